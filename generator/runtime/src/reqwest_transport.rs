//! The built-in transport, over `reqwest`.
//!
//! In: requests of the runtime. Out: the same requests through a `reqwest::Client` that follows no
//! redirects, decompresses nothing and repeats nothing. TLS is rustls with *ring* and the
//! certificates that the system trusts, set up for this client alone: no state of the process is
//! read or changed. This file knows nothing of operations.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use rustls_platform_verifier::BuilderVerifierExt;

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport over `reqwest`. It works within a Tokio runtime that has I/O and time enabled.
///
/// Proxies are those of the environment variables `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and
/// `NO_PROXY`, as `reqwest` reads them. Clones share their connections.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport that gives up when a connection is not there after `connect_timeout`.
    ///
    /// # Errors
    ///
    /// That TLS cannot be set up, for want of the system's certificates.
    pub fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let kind = TransportErrorKind::Other;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_platform_verifier())
            .map_err(|error| TransportError::new(kind, error))?
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(connect_timeout)
            .build()
            .map_err(|error| TransportError::new(kind, error))?;
        Ok(Self { client })
    }

    /// A transport over a client of your own, for what the builder of the API's client has no
    /// setter for: proxies, certificates, a local address.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: a client that follows
    /// redirects takes credentials in headers of the API's own to the server that it is sent to.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            if tokio::runtime::Handle::try_current().is_err() {
                return Err(TransportError::new(
                    TransportErrorKind::Other,
                    "there is no Tokio runtime: await the call within one, as in a function \
                     with `#[tokio::main]`, or give the client another transport",
                ));
            }
            let request = reqwest::Request::try_from(request).map_err(classify)?;
            let response = self.client.execute(request).await.map_err(classify)?;
            let response = http::Response::<reqwest::Body>::from(response);
            Ok(response.map(|body| Body::stream(Incoming(body))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        if tokio::runtime::Handle::try_current().is_err() {
            // `send` says so in words; a timer would panic.
            return Box::pin(std::future::pending());
        }
        Box::pin(tokio::time::sleep(duration))
    }
}

impl From<Body> for reqwest::Body {
    fn from(body: Body) -> Self {
        match body.into_bytes() {
            Ok(bytes) => bytes.into(),
            Err(stream) => Self::wrap(stream),
        }
    }
}

/// The error without its URL, whose query may hold a key.
fn classify(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind, error.without_url())
}

/// The body of a response, with the errors of the runtime.
struct Incoming(reqwest::Body);

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.0).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(classify)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
