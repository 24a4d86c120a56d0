//! Bodies that are JSON values one after the other.
//!
//! In: an open reply, or values to send. Out: a [`JsonStream`] of typed values, or the body that holds
//! them. Lines are told apart by line breaks (`application/jsonl`, `application/x-ndjson`), the texts
//! of a sequence by record separators (`application/json-seq`, RFC 7464). This file knows nothing of
//! what the values mean.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

use super::{
    Body, ByteStream, Call, DecodeProblem, Error, OpenReply, RequestErrorKind, Response,
    StreamError,
};

/// What stands before each text of a sequence (RFC 7464, section 2.2).
const RECORD_SEPARATOR: u8 = 0x1e;

/// JSON values, as they come.
///
/// Dropping it gives up what has not come yet. A value that is not what the document says is an
/// [`Error::Decode`] with its bytes, after which the next one comes; after any other error there is
/// nothing more. One value may be as long as a whole body (`max_body_bytes` of the client's builder).
///
/// The call's time-out limits the time until the head of the reply is there, and from then on how
/// long nothing may come.
pub struct JsonStream<T> {
    source: ByteStream,
    records: Box<RecordDecoder>,
    decode: fn(&[u8]) -> Result<T, serde_json::Error>,
}

impl<T> JsonStream<T> {
    /// The next value; nothing after the last.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Sets how long nothing may come, in place of the call's time-out; nothing for ever.
    pub fn set_idle_timeout(&mut self, limit: Option<Duration>) {
        self.source.set_idle_timeout(limit);
    }

    /// One value, decoded.
    fn decoded(&self, record: Bytes) -> Result<T, StreamError> {
        let value = match self.records.is_cut_off(&record) {
            true => Err(serde_json::Error::custom("the text may be cut off")),
            false => (self.decode)(&record),
        };
        value.map_err(|error| self.source.undecoded(record, DecodeProblem::Json(error)))
    }
}

impl<T> Stream for JsonStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, StreamError>>> {
        let this = &mut *self;
        loop {
            if let Some(record) = this.records.next() {
                return Poll::Ready(Some(this.decoded(record)));
            }
            let limit = this.source.max_bytes();
            if this.records.pending().len() > limit {
                let rest = this.records.take(limit);
                return Poll::Ready(Some(Err(this.source.too_long(rest))));
            }
            match ready!(this.source.poll_chunk(context)) {
                Some(Ok(bytes)) => this.records.push(&bytes),
                Some(Err(cause)) => {
                    let rest = this.records.take(usize::MAX);
                    return Poll::Ready(Some(Err(this.source.failed(cause, rest))));
                }
                None => {
                    let last = this.records.finish();
                    return Poll::Ready(last.map(|record| this.decoded(record)));
                }
            }
        }
    }
}

impl<T> fmt::Debug for JsonStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("JsonStream")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// Tells JSON texts apart, however the bytes are cut into pieces.
#[derive(Clone, Debug)]
pub struct RecordDecoder {
    separator: u8,
    buffer: BytesMut,
    /// How much of the buffer is known to have no separator.
    searched: usize,
}

impl RecordDecoder {
    /// A decoder of lines.
    pub fn lines() -> Self {
        Self::new(b'\n')
    }

    /// A decoder of texts with record separators before them.
    pub fn sequence() -> Self {
        Self::new(RECORD_SEPARATOR)
    }

    fn new(separator: u8) -> Self {
        Self {
            separator,
            buffer: BytesMut::new(),
            searched: 0,
        }
    }

    /// Adds what came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next text that is there as a whole, without what is around it. Empty ones are passed
    /// over.
    #[expect(clippy::should_implement_trait, reason = "more may come after nothing")]
    pub fn next(&mut self) -> Option<Bytes> {
        loop {
            let rest = &self.buffer[self.searched..];
            let Some(found) = rest.iter().position(|byte| *byte == self.separator) else {
                self.searched = self.buffer.len();
                return None;
            };
            let record = self.buffer.split_to(self.searched + found + 1);
            self.searched = 0;
            let record = record.freeze();
            let record = record.slice(..record.len() - 1);
            if !record.trim_ascii().is_empty() {
                return Some(record);
            }
        }
    }

    /// The last text, which no separator follows.
    pub fn finish(&mut self) -> Option<Bytes> {
        let rest = self.take(usize::MAX);
        (!rest.trim_ascii().is_empty()).then_some(rest)
    }

    /// What came of a text that is not there as a whole.
    pub fn pending(&self) -> &[u8] {
        &self.buffer
    }

    /// At most `limit` bytes of that; the rest is thrown away.
    fn take(&mut self, limit: usize) -> Bytes {
        self.buffer.truncate(limit);
        self.searched = 0;
        self.buffer.split().freeze()
    }

    /// Whether a text of a sequence is one that says by itself neither that it ended nor, by
    /// whitespace behind it, that it is whole (RFC 7464, section 2.4).
    fn is_cut_off(&self, record: &[u8]) -> bool {
        let ends_itself =
            |byte: &u8| matches!(byte, b'"' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n');
        self.separator == RECORD_SEPARATOR && !record.last().is_some_and(ends_itself)
    }
}

impl OpenReply {
    /// A success whose body is lines of JSON.
    ///
    /// # Errors
    ///
    /// [`Error::ErrorInSuccess`] if the body is JSON that says that the request failed.
    pub async fn json_lines<T: DeserializeOwned, E>(
        self,
    ) -> Result<Response<JsonStream<T>>, Error<E>> {
        self.json_stream(RecordDecoder::lines()).await
    }

    /// A success whose body is a sequence of JSON texts.
    ///
    /// # Errors
    ///
    /// [`Error::ErrorInSuccess`] if the body is JSON that says that the request failed.
    pub async fn json_sequence<T: DeserializeOwned, E>(
        self,
    ) -> Result<Response<JsonStream<T>>, Error<E>> {
        self.json_stream(RecordDecoder::sequence()).await
    }

    async fn json_stream<T: DeserializeOwned, E>(
        self,
        records: RecordDecoder,
    ) -> Result<Response<JsonStream<T>>, Error<E>> {
        self.stream(|source| JsonStream {
            source,
            records: Box::new(records),
            decode: |record| serde_json::from_slice(record),
        })
        .await
    }
}

impl Call {
    /// Sets the body: each of `values` as a line of JSON, or as a text of a sequence if `media_type`
    /// ends in `json-seq`.
    #[must_use]
    pub fn json_stream<T: Serialize>(self, media_type: &str, values: &[T]) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default();
        let is_sequence = essence.trim().ends_with("json-seq");
        let mut bytes = Vec::new();
        for value in values {
            if is_sequence {
                bytes.push(RECORD_SEPARATOR);
            }
            if let Err(error) = serde_json::to_writer(&mut bytes, value) {
                return self.fail(RequestErrorKind::InvalidBody {
                    message: error.to_string(),
                });
            }
            bytes.push(b'\n');
        }
        self.body(media_type, Body::from(bytes))
    }
}
