//! Signing of requests, whatever the algorithm.
//!
//! In: a request as it will be sent. Out: the headers to add to it. The algorithms are in files of
//! their own; each is a [`SignFn`]. Nothing here reads a clock or sends anything.

use std::fmt;
use std::time::SystemTime;

use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::AccessKey;

/// An algorithm: gives the headers that make `request` a signed one. They replace headers of the
/// same names.
///
/// # Errors
///
/// Why the request cannot be signed.
pub type SignFn = for<'call> fn(
    request: &SigningRequest<'call>,
) -> Result<Vec<(HeaderName, HeaderValue)>, SigningError>;

/// A request that is to be signed, as it will be sent.
#[derive(Clone, Copy, Debug)]
pub struct SigningRequest<'call> {
    /// The method.
    pub method: &'call Method,
    /// The host and port of the URL, as they stand in it.
    pub authority: &'call str,
    /// The path of the URL, percent-encoded.
    pub path: &'call str,
    /// The query of the URL, percent-encoded, without `?`; empty if there is none.
    pub query: &'call str,
    /// All headers so far.
    pub headers: &'call HeaderMap,
    /// The names of headers that are signed besides those that the algorithm signs, in lower
    /// case.
    pub signed: &'call [&'static str],
    /// The bytes of the body; nothing for a body that is a stream.
    pub body: Option<&'call [u8]>,
    /// When the request is sent.
    pub time: SystemTime,
    /// What it is signed with.
    pub key: &'call AccessKey,
}

/// Why a request cannot be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningError {
    /// The signature covers the body, and the body is a stream.
    StreamingBody,
    /// The clock is before the year 1970 or after the year 9999.
    Clock,
    /// The access key or the security token cannot stand in a header.
    InvalidKey,
}

impl fmt::Display for SigningError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::StreamingBody => {
                "its signature covers the body, which is a stream: give the bytes of the body \
                 at once"
            }
            Self::Clock => "it cannot be signed: the clock is not between the years 1970 and 9999",
            Self::InvalidKey => {
                "it cannot be signed: the access key or the security token has a character that \
                 cannot stand in a header"
            }
        })
    }
}

impl std::error::Error for SigningError {}
