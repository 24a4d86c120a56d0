//! What carries a request to a server and brings its response.
//!
//! In: a complete request. Out: the response, or why there is none. A transport knows HTTP and
//! nothing of operations, credentials or what a status means.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::{Body, BoxFuture, MaybeSend, MaybeSync};

/// Sends requests.
///
/// An implementation sends each request once: it follows no redirect, since credentials must not
/// reach another server, does not repeat a request that may have arrived, and hands over the body
/// of the response as it is received, neither decompressed nor read ahead. It needs no time-out of
/// its own for the whole exchange.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends `request` and waits for the head of the response.
    ///
    /// # Errors
    ///
    /// Why there is no response.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits for `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// Why a transport has no response, or not all of it.
///
/// `Display` gives the cause and the causes of the cause in one line.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn Error + Send + Sync>,
}

/// The stage at which a transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection, so the server has seen nothing of the request. Taking too long to
    /// connect is of this kind.
    Connect,
    /// It took too long.
    Timeout,
    /// Anything else: the connection broke, or the response is not HTTP.
    Other,
}

impl TransportError {
    /// An error of the given kind, with its cause.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// The stage at which the transport failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = self.source.to_string();
        formatter.write_str(&said)?;
        let mut next = self.source.source();
        while let Some(cause) = next {
            // Many errors repeat their cause.
            let text = cause.to_string();
            if !said.contains(&text) {
                write!(formatter, ": {text}")?;
            }
            said = text;
            next = cause.source();
        }
        Ok(())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
