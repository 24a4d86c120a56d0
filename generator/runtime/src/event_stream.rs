//! Bodies that are streams of events: `text/event-stream`.
//!
//! In: an open reply. Out: an [`EventStream`] of events whose data is typed. What a stream holds is
//! told apart as the HTML standard says (section 9.2, *Server-sent events*). This file knows nothing
//! of what the events mean, and does not connect again: a call may not be one that can be repeated.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use serde::de::{DeserializeOwned, Error as _};

use super::{
    ByteStream, DecodeError, DecodeProblem, Error, OpenReply, Response, StreamError, is_of_type,
};

/// Data with which servers end a stream of JSON that the connection does not end.
const END: &str = "[DONE]";

/// An event of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its name: `message` where the server gives none.
    pub event: String,
    /// Its data.
    pub data: T,
    /// Its id, or that of the last event before it that had one.
    pub id: Option<String>,
    /// How long the server asks clients to wait before they connect again, where this event
    /// says it, or what came before it without being one.
    pub retry: Option<Duration>,
}

/// Events, as they come.
///
/// Dropping it gives up what has not come yet. An event whose data is not what the document says is
/// an [`Error::Decode`], after which the next one comes; [`undecoded`](Self::undecoded) has it as it
/// came. After any other error there is nothing more. Where data is JSON, an event with empty data is
/// passed over, and one with `[DONE]` ends the stream as the end of the connection does. One event may
/// be as long as a whole body (`max_body_bytes` of the client's builder).
///
/// The call's time-out limits the time until the head of the reply is there, and from then on how
/// long nothing may come, not even a comment.
pub struct EventStream<T> {
    source: ByteStream,
    events: Box<EventDecoder>,
    decode: fn(String) -> Result<T, (String, serde_json::Error)>,
    undecoded: Option<Box<Event<String>>>,
    /// Whether an event said that it is the last.
    ended: bool,
}

impl<T> EventStream<T> {
    /// The next event; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The last event so far whose data is not what the document says, as it came: `[DONE]`
    /// and empty data, too.
    pub fn undecoded(&self) -> Option<&Event<String>> {
        self.undecoded.as_deref()
    }

    /// The id of the last event that had one: what a header `Last-Event-ID` would say to go on from
    /// there.
    pub fn last_event_id(&self) -> Option<&str> {
        self.events.last_event_id()
    }

    /// Sets how long nothing may come, in place of the call's time-out; nothing for ever.
    pub fn set_idle_timeout(&mut self, limit: Option<Duration>) {
        self.source.set_idle_timeout(limit);
    }

    /// An event with its data decoded; nothing where it is no item.
    fn decoded(&mut self, event: Event<String>) -> Option<Result<Event<T>, StreamError>> {
        let Event {
            event,
            data,
            id,
            retry,
        } = event;
        let (data, error) = match (self.decode)(data) {
            Ok(data) => {
                return Some(Ok(Event {
                    event,
                    data,
                    id,
                    retry,
                }));
            }
            Err(undecoded) => undecoded,
        };
        let bytes = Bytes::copy_from_slice(data.as_bytes());
        self.undecoded = Some(Box::new(Event {
            event,
            data,
            id,
            retry,
        }));
        match bytes.trim_ascii() {
            [] => return None,
            text if text == END.as_bytes() => {
                self.source.end();
                self.ended = true;
                return None;
            }
            _ => {}
        }
        Some(Err(self
            .source
            .undecoded(bytes, DecodeProblem::Json(error))))
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<T>, StreamError>>> {
        let this = &mut *self;
        loop {
            if this.ended {
                return Poll::Ready(None);
            }
            if let Some(event) = this.events.next() {
                match this.decoded(event) {
                    Some(item) => return Poll::Ready(Some(item)),
                    None => continue,
                }
            }
            let limit = this.source.max_bytes();
            if this.events.pending_bytes() > limit {
                let rest = this.events.take_pending().slice(..limit);
                return Poll::Ready(Some(Err(this.source.too_long(rest))));
            }
            match ready!(this.source.poll_chunk(context)) {
                Some(Ok(bytes)) => this.events.push(&bytes),
                Some(Err(cause)) => {
                    let rest = this.events.take_pending();
                    return Poll::Ready(Some(Err(this.source.failed(cause, rest))));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventStream")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// Tells events apart, however the bytes are cut into pieces.
#[derive(Clone, Debug, Default)]
pub struct EventDecoder {
    buffer: BytesMut,
    /// How much of the buffer is known to have no end of a line.
    searched: usize,
    /// Whether a line was ended by a carriage return, to which a line feed may belong.
    after_return: bool,
    /// Whether the first line has been read.
    begun: bool,
    event: String,
    data: String,
    /// Whether there is data, which may be empty.
    has_data: bool,
    id: Option<String>,
    retry: Option<Duration>,
}

impl EventDecoder {
    /// A decoder at the beginning of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next event that is there as a whole. One that the end of the stream cuts off is none.
    #[expect(clippy::should_implement_trait, reason = "more may come after nothing")]
    pub fn next(&mut self) -> Option<Event<String>> {
        while let Some(line) = self.line() {
            if !line.is_empty() {
                self.field(&String::from_utf8_lossy(&line));
            } else if let Some(event) = self.dispatch() {
                return Some(event);
            }
        }
        None
    }

    /// The id of the last event that had one.
    pub fn last_event_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// How many bytes are held of an event that is not there as a whole.
    pub fn pending_bytes(&self) -> usize {
        self.buffer.len() + self.data.len()
    }

    /// The data of an event that is not there as a whole, and the line that is not.
    fn take_pending(&mut self) -> Bytes {
        let mut pending = std::mem::take(&mut self.data).into_bytes();
        pending.extend_from_slice(&self.buffer);
        *self = Self::new();
        pending.into()
    }

    /// The next whole line, without its end: a line feed, a carriage return, or both.
    fn line(&mut self) -> Option<BytesMut> {
        if self.after_return && !self.buffer.is_empty() {
            self.after_return = false;
            if self.buffer[0] == b'\n' {
                self.buffer.advance(1);
            }
        }
        let rest = &self.buffer[self.searched..];
        let Some(found) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            self.searched = self.buffer.len();
            return None;
        };
        let mut line = self.buffer.split_to(self.searched + found + 1);
        self.searched = 0;
        self.after_return = line.last() == Some(&b'\r');
        line.truncate(line.len() - 1);
        if !std::mem::replace(&mut self.begun, true) && line.starts_with(b"\xef\xbb\xbf") {
            line.advance(3);
        }
        Some(line)
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => {
                self.id = (!value.is_empty()).then(|| value.to_owned());
            }
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let milliseconds = value.parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            // A comment, which has no name, or what later versions of the standard may define.
            _ => {}
        }
    }

    /// What an empty line ends: nothing where there is no data.
    fn dispatch(&mut self) -> Option<Event<String>> {
        let mut event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        if event.is_empty() {
            event.push_str("message");
        }
        Some(Event {
            event,
            data,
            id: self.id.clone(),
            retry: self.retry.take(),
        })
    }
}

impl OpenReply {
    /// A success whose body is events with data in JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the body is JSON and no stream, [`Error::ErrorInSuccess`] if that says
    /// that the request failed.
    pub async fn events<T: DeserializeOwned, E>(
        self,
    ) -> Result<Response<EventStream<T>>, Error<E>> {
        self.event_stream(|text| serde_json::from_str(&text).map_err(|error| (text, error)))
            .await
    }

    /// A success whose body is events with data in text.
    ///
    /// # Errors
    ///
    /// Those of [`events`](Self::events).
    pub async fn text_events<E>(self) -> Result<Response<EventStream<String>>, Error<E>> {
        self.event_stream(Ok).await
    }

    async fn event_stream<T, E>(
        self,
        decode: fn(String) -> Result<T, (String, serde_json::Error)>,
    ) -> Result<Response<EventStream<T>>, Error<E>> {
        if is_of_type(self.headers(), "application/json") {
            let reply = self.read().await?;
            reply.clone().bytes()?;
            let error = serde_json::Error::custom("it is JSON, and no stream of events");
            let error = DecodeError::new(reply, DecodeProblem::Json(error));
            return Err(Error::Decode(Box::new(error)));
        }
        self.stream(|source| EventStream {
            source,
            events: Box::default(),
            decode,
            undecoded: None,
            ended: false,
        })
        .await
    }
}
