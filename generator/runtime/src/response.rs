//! A success, decoded.
//!
//! In: the value of the body with status and headers. Out: the same, with the value at hand. This
//! file knows nothing of errors.

use std::fmt;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode};

use super::{ApiInfo, request_id};

/// The response to a call that succeeded: its value, and what came with it.
///
/// It derefs to the value.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    head: Box<Head>,
}

#[derive(Clone)]
struct Head {
    api: &'static ApiInfo,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> Response<T> {
    pub(super) fn new(
        value: T,
        api: &'static ApiInfo,
        status: StatusCode,
        headers: HeaderMap,
    ) -> Self {
        Self {
            value,
            head: Box::new(Head {
                api,
                status,
                headers,
            }),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The id that the server gave the request, if it is in a header.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.head.api, &self.head.headers)
    }

    /// The value of the body.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same response with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: change(self.value),
            head: self.head,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    /// Leaves out the values of headers, which may be secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.head.status.as_u16())
            .field("request_id", &self.request_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
