//! Tests of the runtime through its public items.

mod call;
mod client;
mod conversions;
mod enums;
mod errors;
#[cfg(feature = "number")]
mod number;
mod object;
mod parameter;
mod patch;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod rest;
mod scalars;
#[cfg(feature = "sdk-hmac-sha256")]
mod signing;
mod support;
mod text;
mod union;
mod url;
