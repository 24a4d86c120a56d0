//! The bodies of requests and responses.
//!
//! In: bytes at once, or a stream of them. Out: [`Body`], which every transport takes and gives, and
//! [`SharedBody`], which clones of a call have in common. This file knows nothing of what the bytes mean.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{MaybeSend, MaybeSync, TransportError};

/// The body of a request or a response.
#[derive(Default)]
pub struct Body(Kind);

#[derive(Default)]
enum Kind {
    #[default]
    Empty,
    Bytes(Bytes),
    /// The lock makes a body `Sync`, which a stream need not be. Nobody ever waits for it.
    Stream(Mutex<Pin<Box<dyn BodyStream>>>),
}

/// A stream that a [`Body`] can be made of. All types with its bounds implement it.
pub trait BodyStream: http_body::Body<Data = Bytes, Error = TransportError> + MaybeSend {}
impl<T> BodyStream for T where
    T: http_body::Body<Data = Bytes, Error = TransportError> + MaybeSend + ?Sized
{
}

impl Body {
    /// A body of no bytes.
    pub const fn empty() -> Self {
        Self(Kind::Empty)
    }

    /// A body that is read piece by piece, and only once.
    pub fn stream(stream: impl BodyStream + 'static) -> Self {
        Self(Kind::Stream(Mutex::new(Box::pin(stream))))
    }

    /// All bytes of the body, where they are at hand; nothing for a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Kind::Empty => Some(&[]),
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(_) => None,
        }
    }

    /// All bytes of the body.
    ///
    /// # Errors
    ///
    /// The body itself, where it is a stream.
    pub fn into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Kind::Empty => Ok(Bytes::new()),
            Kind::Bytes(bytes) => Ok(bytes),
            Kind::Stream(_) => Err(self),
        }
    }

    /// Appends what the body holds to `buffer`, until the body ends or `buffer` is `limit` bytes
    /// long. Trailers are passed over. Gives back whether the body ended.
    ///
    /// # Errors
    ///
    /// Those of the stream. `buffer` holds what was read before, also when the future is dropped.
    pub async fn read_to(
        &mut self,
        buffer: &mut Vec<u8>,
        limit: usize,
    ) -> Result<bool, TransportError> {
        while let Some(frame) =
            std::future::poll_fn(|context| http_body::Body::poll_frame(Pin::new(self), context))
                .await
        {
            let Ok(data) = frame?.into_data() else {
                continue;
            };
            let room = limit.saturating_sub(buffer.len());
            buffer.extend_from_slice(&data[..data.len().min(room)]);
            if data.len() > room {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Kind::Empty => Poll::Ready(None),
            Kind::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Kind::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Kind::Stream(stream) => stream
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner)
                .as_mut()
                .poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Empty => true,
            Kind::Bytes(bytes) => bytes.is_empty(),
            Kind::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Empty => SizeHint::with_exact(0),
            Kind::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Stream(stream) => stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .size_hint(),
        }
    }
}

impl fmt::Debug for Body {
    /// Says what kind of body it is; the bytes may be secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Empty => formatter.write_str("Body(empty)"),
            Kind::Bytes(bytes) => write!(formatter, "Body({} bytes)", bytes.len()),
            Kind::Stream(_) => formatter.write_str("Body(stream)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// Makes the body of a request at the time when it is sent.
pub trait BodySource: MaybeSend + MaybeSync {
    /// The body; nothing if it was a stream and is taken already.
    fn take(&self) -> Option<Body>;
}

impl BodySource for Mutex<Option<Body>> {
    fn take(&self) -> Option<Body> {
        self.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A body that can be cloned. Bytes are every clone's own; a stream is shared, and the first clone
/// that is sent takes it.
#[derive(Clone)]
pub struct SharedBody(Shared);

#[derive(Clone)]
enum Shared {
    Bytes(Bytes),
    Source(Arc<dyn BodySource>),
}

impl SharedBody {
    /// A body that `source` makes.
    pub fn new(source: impl BodySource + 'static) -> Self {
        Self(Shared::Source(Arc::new(source)))
    }

    /// All bytes, where they are at hand.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Shared::Bytes(bytes) => Some(bytes),
            Shared::Source(_) => None,
        }
    }

    /// The body; nothing if it is a stream that another clone has taken.
    pub fn take(&self) -> Option<Body> {
        match &self.0 {
            Shared::Bytes(bytes) if bytes.is_empty() => Some(Body::empty()),
            Shared::Bytes(bytes) => Some(bytes.clone().into()),
            Shared::Source(source) => source.take(),
        }
    }
}

impl From<Body> for SharedBody {
    fn from(body: Body) -> Self {
        match body.into_bytes() {
            Ok(bytes) => Self(Shared::Bytes(bytes)),
            Err(stream) => Self::new(Mutex::new(Some(stream))),
        }
    }
}

impl fmt::Debug for SharedBody {
    /// Says what kind of body it is; the bytes may be secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shared::Bytes(bytes) => write!(formatter, "Body({} bytes)", bytes.len()),
            Shared::Source(_) => formatter.write_str("Body(stream)"),
        }
    }
}
