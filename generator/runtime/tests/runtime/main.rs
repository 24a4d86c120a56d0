//! Tests of the runtime through its public items.

mod call;
mod client;
mod errors;
mod object;
mod parameter;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
#[cfg(feature = "sdk-hmac-sha256")]
mod signing;
mod support;
mod text;
mod url;
