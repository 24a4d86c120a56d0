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
mod body;
mod call;
mod client;
mod credentials;
mod error;
mod error_body;
mod error_text;
mod external;
mod form;
mod header;
mod header_text;
mod multipart;
mod object;
mod open_enum;
mod operation;
mod parameter;
mod payload;
mod platform;
mod reply;
mod reply_media;
mod request_error;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod reserved;
mod response;
#[cfg(feature = "sdk-hmac-sha256")]
mod sdk_hmac_sha256;
mod secret;
mod serialized;
mod signing;
mod styles;
mod text;
mod transport;
mod url;

pub use any_error::*;
pub use api::*;
pub use auth::*;
pub use body::*;
pub use call::*;
pub use client::*;
pub use credentials::*;
pub use error::*;
pub use error_body::*;
pub use error_text::*;
pub use external::*;
pub use form::*;
pub use header::*;
pub use header_text::*;
pub use multipart::*;
pub use object::*;
pub use open_enum::*;
pub use operation::*;
pub use parameter::*;
pub use payload::*;
pub use platform::*;
pub use reply::*;
pub use reply_media::*;
pub use request_error::*;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::*;
pub use reserved::*;
pub use response::*;
#[cfg(feature = "sdk-hmac-sha256")]
pub use sdk_hmac_sha256::*;
pub use secret::*;
pub use serialized::*;
pub use signing::*;
pub use styles::*;
pub use text::*;
pub use transport::*;
pub use url::*;
