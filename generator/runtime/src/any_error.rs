//! One error for a whole program.
//!
//! In: the error of any call, of making a client, or of finding credentials. Out: [`AnyError`],
//! which answers the questions that can be asked of all of them, and gives the typed error of an
//! operation back.

use std::any::Any;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::{BuildError, CredentialsError, Error, MaybeSend, MaybeSync, Reply};

/// Any error of an emitted crate, so that `?` works throughout a program.
///
/// `Display` is one readable line, and so is `Debug` without `#`, since that is what a `main` that
/// returns an error prints.
pub struct AnyError(Kind);

enum Kind {
    Call(Error<AnyApiError>),
    Build(BuildError),
    Credentials(CredentialsError),
}

/// The error of an operation whose type is not known.
struct AnyApiError(Box<dyn ApiErrorValue>);

trait ApiErrorValue: fmt::Debug + MaybeSend + MaybeSync {
    fn as_any(&self) -> &dyn Any;
}

impl<E: fmt::Debug + MaybeSend + MaybeSync + 'static> ApiErrorValue for E {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl fmt::Debug for AnyApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl AnyError {
    /// The error as that of a call. Nothing for the making of a client.
    fn call(&self) -> Option<&Error<AnyApiError>> {
        match &self.0 {
            Kind::Call(error) => Some(error),
            Kind::Build(_) | Kind::Credentials(_) => None,
        }
    }

    /// The status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.call()?.status()
    }

    /// The code of the error, from the body of the reply.
    pub fn code(&self) -> Option<&str> {
        self.call()?.code()
    }

    /// The message of the error, from the body of the reply.
    pub fn message(&self) -> Option<&str> {
        self.call()?.message()
    }

    /// What the body of the reply says beyond the message.
    pub fn detail(&self) -> Option<&str> {
        self.call()?.detail()
    }

    /// The id that the server gave the request: that of a header, or else of the body.
    pub fn request_id(&self) -> Option<&str> {
        self.call()?.request_id()
    }

    /// The headers of the reply, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.call()?.headers()
    }

    /// The body of the reply as far as it was read, if there was a reply.
    pub fn body(&self) -> Option<&[u8]> {
        self.call()?.body()
    }

    /// The reply, if there was one.
    pub fn reply(&self) -> Option<&Reply> {
        self.call()?.reply()
    }

    /// The id of the operation, unless the error is of the making of a client.
    pub fn operation(&self) -> Option<&'static str> {
        Some(self.call()?.operation())
    }

    /// Whether the time was up.
    pub fn is_timeout(&self) -> bool {
        self.call().is_some_and(Error::is_timeout)
    }

    /// Whether there was no connection, so that the server has seen nothing of the request.
    pub fn is_connect(&self) -> bool {
        self.call().is_some_and(Error::is_connect)
    }

    /// The error that the document describes for an operation, if it is of the type `E`.
    pub fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        let AnyApiError(value) = self.call()?.api()?;
        // The box itself has all bounds of the trait too; what is asked for is inside.
        (**value).as_any().downcast_ref()
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Call(error) => fmt::Display::fmt(error, formatter),
            Kind::Build(error) => fmt::Display::fmt(error, formatter),
            Kind::Credentials(error) => fmt::Display::fmt(error, formatter),
        }
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return fmt::Display::fmt(self, formatter);
        }
        match &self.0 {
            Kind::Call(error) => fmt::Debug::fmt(error, formatter),
            Kind::Build(error) => fmt::Debug::fmt(error, formatter),
            Kind::Credentials(error) => fmt::Debug::fmt(error, formatter),
        }
    }
}

impl std::error::Error for AnyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Call(error) => error.source(),
            Kind::Build(error) => error.source(),
            Kind::Credentials(error) => error.source(),
        }
    }
}

impl<E: fmt::Debug + MaybeSend + MaybeSync + 'static> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        Self(Kind::Call(
            error.map_api(|error| AnyApiError(Box::new(error))),
        ))
    }
}

impl From<BuildError> for AnyError {
    fn from(error: BuildError) -> Self {
        Self(Kind::Build(error))
    }
}

impl From<CredentialsError> for AnyError {
    fn from(error: CredentialsError) -> Self {
        Self(Kind::Credentials(error))
    }
}
