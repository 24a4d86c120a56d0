//! What a server answered, before it is known what it means.
//!
//! In: status, headers and the bytes of the body. Out: a [`Response`] or an [`Error`], as an
//! emitted operation asks by the status. Only the decoding of a body depends on its type; all else
//! here is compiled once. This file does not know which statuses an operation documents.

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{
    ApiError, ApiInfo, DecodeError, DecodeProblem, Error, ErrorDetails, OperationInfo, Response,
    error_in_success,
};

/// A reply of the server.
#[derive(Clone)]
pub struct Reply(Box<Parts>);

#[derive(Clone)]
struct Parts {
    api: &'static ApiInfo,
    operation: &'static OperationInfo,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    complete: bool,
    details: OnceLock<ErrorDetails>,
}

impl Reply {
    pub(super) fn new(
        api: &'static ApiInfo,
        operation: &'static OperationInfo,
        (status, headers): (StatusCode, HeaderMap),
        body: Bytes,
        complete: bool,
    ) -> Self {
        Self(Box::new(Parts {
            api,
            operation,
            status,
            headers,
            body,
            complete,
            details: OnceLock::new(),
        }))
    }

    /// The status, as the number that documents name it by.
    pub fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    /// The status.
    pub fn status_code(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body, as far as it was read.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Whether the whole body was read. It was not if it is longer than the client's limit, or if
    /// the connection broke or the time was up in between.
    pub fn is_complete(&self) -> bool {
        self.0.complete
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.0.operation
    }

    /// The id that the server gave the request: that of a header, or else of the body.
    pub fn request_id(&self) -> Option<&str> {
        self.header_request_id()
            .or_else(|| self.details().request_id.as_deref())
    }

    /// What the body says about an error. It is read when it is first asked for.
    pub fn details(&self) -> &ErrorDetails {
        self.0
            .details
            .get_or_init(|| ErrorDetails::read(self.0.api.error_body.as_ref(), self.json_bytes()))
    }

    /// A success with a JSON body.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the body is too long or no `T`, [`Error::ErrorInSuccess`] if it says
    /// that the request failed.
    pub fn json<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        let reply = self.accept().map_err(Rejected::into_error)?;
        match serde_json::from_slice(reply.json_bytes()) {
            Ok(value) => Ok(reply.into_response(value)),
            Err(error) => Err(reply.undecoded(error)),
        }
    }

    /// A success whose body is text, in UTF-8.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the body is too long or not UTF-8, [`Error::ErrorInSuccess`] if it is
    /// JSON that says that the request failed.
    pub fn text<E>(self) -> Result<Response<String>, Error<E>> {
        let reply = self.accept().map_err(Rejected::into_error)?;
        match std::str::from_utf8(&reply.0.body) {
            Ok(text) => {
                let text = text.to_owned();
                Ok(reply.into_response(text))
            }
            Err(error) => Err(Rejected::Decode(reply, DecodeProblem::Text(error)).into_error()),
        }
    }

    /// A success whose body is bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the body is too long, [`Error::ErrorInSuccess`] if it is JSON that says
    /// that the request failed.
    pub fn bytes<E>(self) -> Result<Response<Bytes>, Error<E>> {
        let reply = self.accept().map_err(Rejected::into_error)?;
        let bytes = reply.0.body.clone();
        Ok(reply.into_response(bytes))
    }

    /// A success without a body. A body that is there all the same is passed over.
    ///
    /// # Errors
    ///
    /// [`Error::ErrorInSuccess`] if the body says that the request failed.
    pub fn empty<E>(self) -> Result<Response<()>, Error<E>> {
        match self.carries_error() {
            true => Err(Error::ErrorInSuccess(self)),
            false => Ok(self.into_response(())),
        }
    }

    /// An error that the document describes, with a JSON body. `variant` says which.
    ///
    /// It is [`Error::Api`], or [`Error::Decode`] if the body is no `T`.
    pub fn error<T: DeserializeOwned, E>(self, variant: fn(T) -> E) -> Error<E> {
        match serde_json::from_slice(self.json_bytes()) {
            Ok(body) => Error::Api(Box::new(ApiError::new(variant(body), self))),
            Err(error) => self.undecoded(error),
        }
    }

    /// An error that the document describes, without a body.
    pub fn empty_error<E>(self, variant: E) -> Error<E> {
        Error::Api(Box::new(ApiError::new(variant, self)))
    }

    /// A reply with a status that the document does not describe.
    pub fn unexpected<E>(self) -> Error<E> {
        Error::Unexpected(self)
    }

    pub(super) fn header_request_id(&self) -> Option<&str> {
        request_id(self.0.api, &self.0.headers)
    }

    /// Checks what can be checked without the type of the body.
    fn accept(self) -> Result<Self, Rejected> {
        if !self.0.complete {
            let limit = self.0.body.len();
            return Err(Rejected::Decode(self, DecodeProblem::TooLong { limit }));
        }
        match self.carries_error() {
            true => Err(Rejected::ErrorInSuccess(self)),
            false => Ok(self),
        }
    }

    fn carries_error(&self) -> bool {
        let info = self.0.api.error_body.as_ref();
        self.0.status.is_success()
            && info.is_some_and(|info| error_in_success(info, self.json_bytes()))
    }

    /// The body without a byte-order mark, which JSON may not have and some servers send (RFC
    /// 8259, section 8.1).
    fn json_bytes(&self) -> &[u8] {
        let body = &self.0.body;
        body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
    }

    fn into_response<T>(self, value: T) -> Response<T> {
        let Parts {
            api,
            status,
            headers,
            ..
        } = *self.0;
        Response::new(value, api, status, headers)
    }

    fn undecoded<E>(self, error: serde_json::Error) -> Error<E> {
        let problem = match (self.0.body.is_empty(), self.0.complete) {
            (true, _) => DecodeProblem::Empty,
            (false, true) => DecodeProblem::Json(error),
            (false, false) => DecodeProblem::TooLong {
                limit: self.0.body.len(),
            },
        };
        Rejected::Decode(self, problem).into_error()
    }
}

impl fmt::Debug for Reply {
    /// Leaves out the values of headers and the body, which may be secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reply")
            .field("operation", &self.0.operation.id)
            .field("status", &self.status())
            .field("request_id", &self.header_request_id())
            .field("body_bytes", &self.0.body.len())
            .field("complete", &self.0.complete)
            .finish_non_exhaustive()
    }
}

/// Why a success is none.
enum Rejected {
    Decode(Reply, DecodeProblem),
    ErrorInSuccess(Reply),
}

impl Rejected {
    fn into_error<E>(self) -> Error<E> {
        match self {
            Self::Decode(reply, problem) => {
                Error::Decode(Box::new(DecodeError::new(reply, problem)))
            }
            Self::ErrorInSuccess(reply) => Error::ErrorInSuccess(reply),
        }
    }
}

/// The request id of the first header that has one.
pub fn request_id<'headers>(api: &ApiInfo, headers: &'headers HeaderMap) -> Option<&'headers str> {
    api.request_id_headers
        .iter()
        .filter_map(|name| headers.get(*name)?.to_str().ok())
        .find(|id| !id.is_empty())
}
