//! The errors of calls.
//!
//! In: what went wrong with a call. Out: [`Error`], which tells the cases apart and loses nothing
//! of what the server sent. Only [`Error::Api`] depends on the operation; the questions that can be
//! asked of all errors are answered by code that is compiled once.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{OperationInfo, Reply, RequestError, Summary, TransportError, TransportErrorKind};

/// Why a call did not succeed. `E` is the errors that the document describes for the operation.
///
/// `Display` is one readable line: the operation, the status, code and message of the server, and
/// the request id. It may repeat what the server said, but no credential and no header.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request is wrong, and was not sent.
    Request(Box<RequestError>),
    /// There was no connection: the server has seen nothing of the request.
    Connect(Box<FailedCall>),
    /// The time was up. The server may have acted on the request.
    Timeout(Box<FailedCall>),
    /// The connection broke, or what came is not HTTP. The server may have acted on the request.
    Transport(Box<FailedCall>),
    /// An error that the document describes, with its typed body.
    Api(Box<ApiError<E>>),
    /// A status that the document does not describe.
    Unexpected(Reply),
    /// The body is not what the document says.
    Decode(Box<DecodeError>),
    /// A status of success with a body that says that the request failed.
    ErrorInSuccess(Reply),
}

impl<E> Error<E> {
    /// The status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(Reply::status_code)
    }

    /// The code of the error, from the body of the reply.
    pub fn code(&self) -> Option<&str> {
        self.summary().error_reply()?.details().code.as_deref()
    }

    /// The message of the error, from the body of the reply.
    pub fn message(&self) -> Option<&str> {
        self.summary().error_reply()?.details().message.as_deref()
    }

    /// What the body of the reply says beyond the message.
    pub fn detail(&self) -> Option<&str> {
        self.summary().error_reply()?.details().detail.as_deref()
    }

    /// The id that the server gave the request: that of a header, or else of the body.
    pub fn request_id(&self) -> Option<&str> {
        self.summary().request_id()
    }

    /// The headers of the reply, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(Reply::headers)
    }

    /// The body of the reply as far as it was read, if there was a reply.
    pub fn body(&self) -> Option<&[u8]> {
        self.reply().map(|reply| &reply.body()[..])
    }

    /// The reply, if there was one.
    pub fn reply(&self) -> Option<&Reply> {
        self.summary().reply()
    }

    /// The error that the document describes, if it is one.
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api(error) => Some(error.error()),
            _ => None,
        }
    }

    /// The id of the operation.
    pub fn operation(&self) -> &'static str {
        self.summary().operation()
    }

    /// Whether the time was up.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Whether there was no connection, so that the server has seen nothing of the request.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Connect(_))
    }

    /// The error with another type for what the document describes.
    pub(super) fn map_api<F>(self, change: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Request(error) => Error::Request(error),
            Self::Connect(failed) => Error::Connect(failed),
            Self::Timeout(failed) => Error::Timeout(failed),
            Self::Transport(failed) => Error::Transport(failed),
            Self::Api(error) => {
                let ApiError { error, reply } = *error;
                Error::Api(Box::new(ApiError::new(change(error), reply)))
            }
            Self::Unexpected(reply) => Error::Unexpected(reply),
            Self::Decode(error) => Error::Decode(error),
            Self::ErrorInSuccess(reply) => Error::ErrorInSuccess(reply),
        }
    }

    pub(super) fn summary(&self) -> Summary<'_> {
        match self {
            Self::Request(error) => Summary::Request(error),
            Self::Connect(failed) | Self::Timeout(failed) | Self::Transport(failed) => {
                Summary::Failed(failed)
            }
            Self::Api(error) => Summary::Api(error.reply()),
            Self::Unexpected(reply) => Summary::Unexpected(reply),
            Self::Decode(error) => Summary::Decode(error),
            Self::ErrorInSuccess(reply) => Summary::ErrorInSuccess(reply),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.summary(), formatter)
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.summary().source()
    }
}

impl<E> From<SendError> for Error<E> {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Request(error) => Self::Request(error),
            SendError::Failed(failed) => match failed.kind() {
                TransportErrorKind::Connect => Self::Connect(failed),
                TransportErrorKind::Timeout => Self::Timeout(failed),
                TransportErrorKind::Other => Self::Transport(failed),
            },
        }
    }
}

/// An error that the document describes.
#[derive(Clone, Debug)]
pub struct ApiError<E> {
    error: E,
    reply: Reply,
}

impl<E> ApiError<E> {
    pub(super) fn new(error: E, reply: Reply) -> Self {
        Self { error, reply }
    }

    /// The error, by its status, with its typed body.
    pub fn error(&self) -> &E {
        &self.error
    }

    /// The error, by its status, with its typed body.
    pub fn into_error(self) -> E {
        self.error
    }

    /// The reply that brought it.
    pub fn reply(&self) -> &Reply {
        &self.reply
    }
}

/// Why a call has no reply that could be decoded.
#[derive(Debug)]
pub enum SendError {
    /// The request is wrong, and was not sent.
    Request(Box<RequestError>),
    /// The exchange with the server did not come to its end.
    Failed(Box<FailedCall>),
}

impl From<RequestError> for SendError {
    fn from(error: RequestError) -> Self {
        Self::Request(Box::new(error))
    }
}

impl From<FailedCall> for SendError {
    fn from(failed: FailedCall) -> Self {
        Self::Failed(Box::new(failed))
    }
}

impl SendError {
    fn summary(&self) -> Summary<'_> {
        match self {
            Self::Request(error) => Summary::Request(error),
            Self::Failed(failed) => Summary::Failed(failed),
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.summary(), formatter)
    }
}

impl std::error::Error for SendError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.summary().source()
    }
}

/// An exchange with a server that did not come to its end.
#[derive(Debug)]
pub struct FailedCall {
    operation: &'static OperationInfo,
    host: String,
    cause: FailureCause,
    reply: Option<Reply>,
}

/// Why an exchange did not come to its end.
#[derive(Debug)]
pub enum FailureCause {
    /// The time that the call may take was up.
    Timeout(Duration),
    /// Nothing more of the reply came for this long.
    Idle(Duration),
    /// What the transport says.
    Transport(TransportError),
}

impl FailedCall {
    pub(super) fn new(
        operation: &'static OperationInfo,
        host: String,
        cause: FailureCause,
        reply: Option<Reply>,
    ) -> Self {
        Self {
            operation,
            host,
            cause,
            reply,
        }
    }

    /// The operation.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// The host and port that the request was for.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Why it did not come to its end.
    pub fn cause(&self) -> &FailureCause {
        &self.cause
    }

    /// The reply as far as it came, if its head did.
    pub fn reply(&self) -> Option<&Reply> {
        self.reply.as_ref()
    }

    /// The stage at which it failed. Once the head of the reply is there, it is not connecting.
    fn kind(&self) -> TransportErrorKind {
        match &self.cause {
            FailureCause::Timeout(_) | FailureCause::Idle(_) => TransportErrorKind::Timeout,
            FailureCause::Transport(error) => match error.kind() {
                TransportErrorKind::Connect if self.reply.is_some() => TransportErrorKind::Other,
                kind => kind,
            },
        }
    }
}

/// A body that is not what the document says.
#[derive(Debug)]
pub struct DecodeError {
    reply: Reply,
    problem: DecodeProblem,
}

/// What is wrong with a body.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// There is none.
    Empty,
    /// It is not JSON, or not of the documented schema. The error has line and column.
    Json(serde_json::Error),
    /// It is not UTF-8.
    Text(std::str::Utf8Error),
    /// It is longer than the client's limit.
    TooLong {
        /// The number of bytes that were read.
        limit: usize,
    },
}

impl DecodeError {
    pub(super) fn new(reply: Reply, problem: DecodeProblem) -> Self {
        Self { reply, problem }
    }

    /// The reply, with its whole body.
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// What is wrong with the body.
    pub fn problem(&self) -> &DecodeProblem {
        &self.problem
    }
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the body is empty"),
            Self::Json(error) => write!(formatter, "{error}"),
            Self::Text(error) => write!(formatter, "{error}"),
            Self::TooLong { limit } => write!(
                formatter,
                "the body is longer than the limit of {limit} bytes, which the client's builder \
                 can raise"
            ),
        }
    }
}
