//! Tests of the runtime through its public items.

mod call;
mod client;
mod cookies;
mod errors;
mod form;
mod header_text;
mod multipart;
mod object;
mod parameter;
mod payload;
mod reply_media;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod serialized;
#[cfg(feature = "sdk-hmac-sha256")]
mod signing;
mod styles;
mod support;
mod text;
mod url;
