//! Bodies of replies that are read piece by piece.
//!
//! In: an open reply. Out: a [`ByteStream`], which gives the bytes as they come, and what streams of
//! items read from. The time of the call ends with the head of the reply: from then on it limits how
//! long nothing may come. This file knows nothing of what the bytes mean.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::{
    Body, DecodeError, DecodeProblem, Error, Exchange, FailureCause, OpenReply, Response, Timer,
    is_of_type,
};

/// Why a stream has no next item: [`Error::Timeout`], [`Error::Transport`] or [`Error::Decode`].
///
/// [`Error::reply`] has status and headers of the reply, and of its body what belongs to the item:
/// all of one that could not be decoded, what came of one that broke off.
pub type StreamError = Error<Infallible>;

/// The body of a reply, as it comes.
///
/// Dropping it gives up what has not come yet. After an error there is nothing more.
///
/// The call's time-out limits the time until the head of the reply is there, and from then on how
/// long nothing may come; a body that goes on coming may take as long as it does.
pub struct ByteStream(Box<Parts>);

struct Parts {
    exchange: Box<Exchange>,
    body: Body,
    idle: Option<Duration>,
    timer: Option<Timer>,
    done: bool,
}

impl ByteStream {
    /// The next bytes; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All bytes that are still to come.
    ///
    /// # Errors
    ///
    /// That the connection breaks, that nothing comes for too long, or that there is more than the
    /// client reads of a body ([`Error::Decode`]). The error has what came.
    pub async fn bytes(&mut self) -> Result<Bytes, StreamError> {
        let limit = self.max_bytes();
        let mut bytes = Vec::new();
        loop {
            match poll_fn(|context| self.poll_chunk(context)).await {
                None => return Ok(bytes.into()),
                Some(Err(cause)) => return Err(self.failed(cause, bytes.into())),
                Some(Ok(chunk)) => {
                    let room = limit.saturating_sub(bytes.len());
                    bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                    if chunk.len() > room {
                        return Err(self.too_long(bytes.into()));
                    }
                }
            }
        }
    }

    /// Sets how long nothing may come, in place of the call's time-out; nothing for ever.
    pub fn set_idle_timeout(&mut self, limit: Option<Duration>) {
        self.0.idle = limit;
        self.0.timer = None;
    }

    pub(super) fn new(reply: OpenReply) -> Self {
        let idle = Some(reply.exchange.limit);
        Self(Box::new(Parts {
            exchange: reply.exchange,
            body: reply.body,
            idle,
            timer: None,
            done: false,
        }))
    }

    /// The next bytes, which are never none.
    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, FailureCause>>> {
        let parts = &mut *self.0;
        let end = loop {
            if parts.done {
                return Poll::Ready(None);
            }
            match http_body::Body::poll_frame(Pin::new(&mut parts.body), context) {
                Poll::Ready(Some(Ok(frame))) => {
                    parts.timer = None;
                    if let Ok(data) = frame.into_data()
                        && !data.is_empty()
                    {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Poll::Ready(Some(Err(error))) => break Some(FailureCause::Transport(error)),
                Poll::Ready(None) => break None,
                Poll::Pending => {
                    let Some(limit) = parts.idle else {
                        return Poll::Pending;
                    };
                    let core = &parts.exchange.core;
                    let timer = parts.timer.get_or_insert_with(|| Timer::new(core, limit));
                    ready!(timer.poll(context));
                    break Some(FailureCause::Idle(limit));
                }
            }
        };
        self.end();
        Poll::Ready(end.map(Err))
    }

    /// Gives up what has not come yet.
    pub(super) fn end(&mut self) {
        self.0.done = true;
        self.0.timer = None;
        self.0.body = Body::empty();
    }

    /// How long a body that is held in memory may be.
    pub(super) fn max_bytes(&self) -> usize {
        self.0.exchange.core.max_bytes(true)
    }

    /// The error of a body that ended too early. `rest` is what came of an item.
    pub(super) fn failed(&self, cause: FailureCause, rest: Bytes) -> StreamError {
        let failed = self.0.exchange.as_ref().clone().failed(cause, rest);
        super::SendError::from(failed).into()
    }

    /// The error of an item that is not what the document says.
    pub(super) fn undecoded(&self, item: Bytes, problem: DecodeProblem) -> StreamError {
        let reply = self.0.exchange.as_ref().clone().reply(item, true);
        Error::Decode(Box::new(DecodeError::new(reply, problem)))
    }

    /// The error of an item that is longer than the client reads. Nothing comes after it.
    pub(super) fn too_long(&mut self, item: Bytes) -> StreamError {
        self.end();
        let problem = DecodeProblem::TooLong { limit: item.len() };
        self.undecoded(item, problem)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, StreamError>>> {
        let chunk = ready!(self.poll_chunk(context));
        let chunk = chunk.map(|chunk| chunk.map_err(|cause| self.failed(cause, Bytes::new())));
        Poll::Ready(chunk)
    }
}

impl fmt::Debug for ByteStream {
    /// Leaves out headers and the body, which may be secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ByteStream")
            .field("operation", &self.0.exchange.operation.id)
            .field("done", &self.0.done)
            .finish_non_exhaustive()
    }
}

impl OpenReply {
    /// A success whose body is bytes, as they come.
    ///
    /// # Errors
    ///
    /// [`Error::ErrorInSuccess`] if the body is JSON that says that the request failed.
    pub async fn bytes<E>(self) -> Result<Response<ByteStream>, Error<E>> {
        self.stream(|bytes| bytes).await
    }

    /// A success whose body is a stream. Where errors may be within successes, a body of JSON is read
    /// first.
    pub(super) async fn stream<T, E>(
        self,
        make: impl FnOnce(ByteStream) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let mut open = self;
        let api = open.exchange.core.api();
        if api.error_body.is_some() && is_of_type(open.headers(), "application/json") {
            let exchange = open.exchange.as_ref().clone();
            let bytes = open.read().await?.bytes()?.into_inner();
            let timer = Timer::new(&exchange.core, exchange.limit);
            open = Self::new(exchange, bytes.into(), timer);
        }
        let (status, headers) = (open.exchange.status, open.exchange.headers.clone());
        Ok(Response::new(
            make(ByteStream::new(open)),
            api,
            status,
            headers,
        ))
    }
}
