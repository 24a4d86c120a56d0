//! The runtime of clients that Bindery generates.
//!
//! In: what an emitted crate says about its API, as static data and small trait implementations.
//! Out: everything that does not depend on the document: the call from its parameters to its reply,
//! authentication and signing, the transport, errors, and the reading and writing of models. It
//! knows no document and no vendor, but for the signing algorithms that a document selects.
//!
//! All names are in one flat namespace, because the files of this crate are also copied into
//! emitted crates, file by file, as their module `runtime`. So a file names another only by
//! `super::Item`, never by the name of its module.

#[cfg(feature = "sources")]
pub mod sources;

mod any_error;
mod api;
mod auth;
#[cfg(feature = "base64")]
mod base64;
mod body;
mod byte_stream;
mod call;
mod client;
mod credentials;
mod date;
#[cfg(feature = "chrono")]
mod date_as_chrono;
#[cfg(feature = "jiff")]
mod date_as_jiff;
#[cfg(feature = "time")]
mod date_as_time;
mod date_time;
#[cfg(feature = "chrono")]
mod date_time_as_chrono;
#[cfg(feature = "jiff")]
mod date_time_as_jiff;
#[cfg(feature = "time")]
mod date_time_as_time;
mod decimal;
#[cfg(feature = "rust_decimal")]
mod decimal_as_rust_decimal;
mod duration;
#[cfg(feature = "jiff")]
mod duration_as_jiff;
mod error;
mod error_body;
mod error_text;
mod event_stream;
mod external;
mod form;
mod header;
mod header_text;
mod int_enum;
mod json_stream;
mod multipart;
#[cfg(feature = "number")]
mod number;
mod object;
mod open_enum;
mod open_reply;
mod operation;
mod parameter;
mod patch;
mod payload;
mod platform;
mod reply;
mod reply_media;
mod request_error;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod reserved;
mod response;
mod rest;
#[cfg(feature = "sdk-hmac-sha256")]
mod sdk_hmac_sha256;
mod secret;
mod secret_value;
mod serialized;
mod signing;
mod styles;
mod tagged;
mod text;
mod text_scalar;
mod time;
#[cfg(feature = "chrono")]
mod time_as_chrono;
#[cfg(feature = "jiff")]
mod time_as_jiff;
#[cfg(feature = "time")]
mod time_as_time;
mod transport;
mod union;
mod uri;
mod url;
mod uuid;
#[cfg(feature = "uuid")]
mod uuid_as_uuid;
mod value_enum;

pub use any_error::*;
pub use api::*;
pub use auth::*;
#[cfg(feature = "base64")]
pub use base64::*;
pub use body::*;
pub use byte_stream::*;
pub use call::*;
pub use client::*;
pub use credentials::*;
pub use date::*;
pub use date_time::*;
pub use decimal::*;
pub use duration::*;
pub use error::*;
pub use error_body::*;
pub use error_text::*;
pub use event_stream::*;
pub use external::*;
pub use form::*;
pub use header::*;
pub use header_text::*;
pub use int_enum::*;
pub use json_stream::*;
pub use multipart::*;
#[cfg(feature = "number")]
pub use number::*;
pub use object::*;
pub use open_enum::*;
pub use open_reply::*;
pub use operation::*;
pub use parameter::*;
pub use patch::*;
pub use payload::*;
pub use platform::*;
pub use reply::*;
pub use reply_media::*;
pub use request_error::*;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::*;
pub use reserved::*;
pub use response::*;
pub use rest::*;
#[cfg(feature = "sdk-hmac-sha256")]
pub use sdk_hmac_sha256::*;
pub use secret::*;
pub use serialized::*;
pub use signing::*;
pub use styles::*;
pub use tagged::*;
pub use text::*;
use text_scalar::*;
pub use time::*;
pub use transport::*;
pub use union::*;
pub use uri::*;
pub use url::*;
pub use uuid::*;
pub use value_enum::*;
