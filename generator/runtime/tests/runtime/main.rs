//! Tests of the runtime through its public items.

mod call;
mod client;
mod conversions;
mod cookies;
mod enums;
mod errors;
mod form;
mod header_text;
mod multipart;
#[cfg(feature = "number")]
mod number;
mod object;
mod parameter;
mod patch;
mod payload;
mod reply_media;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod rest;
mod scalars;
mod serialized;
#[cfg(feature = "sdk-hmac-sha256")]
mod signing;
mod streams;
mod styles;
mod support;
mod text;
mod union;
mod url;
