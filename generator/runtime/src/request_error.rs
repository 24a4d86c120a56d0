//! Why a request was not sent.
//!
//! In: what a call found wrong before anything went out. Out: one sentence that says what, and how
//! to mend it. This file knows no transport and no reply.

use std::fmt;

use super::SigningError;

/// A request was not sent, because something about it is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    operation: &'static str,
    kind: RequestErrorKind,
}

impl RequestError {
    pub(super) fn new(operation: &'static str, kind: RequestErrorKind) -> Self {
        Self { operation, kind }
    }

    /// The id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What is wrong.
    pub fn kind(&self) -> &RequestErrorKind {
        &self.kind
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: not sent: {}", self.operation, self.kind)
    }
}

impl std::error::Error for RequestError {}

/// What is wrong with a request. Values are not kept: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// The client has no credentials for any alternative that the operation takes.
    MissingCredentials {
        /// What would do, and how to set it.
        help: String,
    },
    /// A parameter of the path has no value.
    MissingParameter {
        /// The name on the wire.
        name: String,
        /// The setter on the client's builder and on the request, if the client can hold it.
        setter: Option<&'static str>,
        /// The environment variable, if there is one.
        env: Option<&'static str>,
    },
    /// The value of a path parameter would change which resource the path names.
    InvalidPathValue {
        /// The name on the wire.
        name: String,
        /// What the value is, as in "is empty".
        reason: &'static str,
    },
    /// The operation has no such parameter. Only a call that was not generated can have this.
    UnknownParameter {
        /// The name that was given.
        name: String,
    },
    /// The value of a parameter could not be written.
    InvalidParameter {
        /// The name on the wire.
        name: String,
        /// What the format says.
        message: String,
    },
    /// A header has an invalid name or value, or is one that the transport sets.
    InvalidHeader {
        /// The name that was given.
        name: String,
        /// What is wrong with it, as a sentence without its subject.
        reason: &'static str,
    },
    /// The body could not be written.
    InvalidBody {
        /// What the format says.
        message: String,
    },
    /// The body is a stream that another request has already taken.
    BodyTaken,
    /// The base URL that the call was given is none.
    InvalidBaseUrl {
        /// What is wrong with it, as a sentence without its subject.
        reason: &'static str,
    },
    /// The document gives no absolute URL of the server, and the client has none either.
    MissingBaseUrl {
        /// The setter on the client's builder.
        setter: &'static str,
    },
    /// The URL as a whole is none: it is too long.
    InvalidUrl,
    /// The method is none that can be sent. Only an operation that was not generated can have this.
    InvalidMethod,
    /// The request could not be signed.
    Signing(SigningError),
}

impl fmt::Display for RequestErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingCredentials { help } => {
                write!(formatter, "it needs credentials; set on the client {help}")
            }
            Self::MissingParameter { name, setter, env } => {
                write!(formatter, "it needs a value for the parameter `{name}`")?;
                if let Some(setter) = setter {
                    write!(
                        formatter,
                        "; set it by `{setter}(..)` on the client's builder or on the request"
                    )?;
                }
                if let Some(env) = env {
                    write!(
                        formatter,
                        ", or by the environment variable {env} and `from_env()`"
                    )?;
                }
                Ok(())
            }
            Self::InvalidPathValue { name, reason } => write!(
                formatter,
                "the value of the path parameter `{name}` {reason}, which would name another \
                 resource"
            ),
            Self::UnknownParameter { name } => {
                write!(formatter, "it has no parameter {name:?}")
            }
            Self::InvalidParameter { name, message } => write!(
                formatter,
                "the value of the parameter `{name}` cannot be written: {message}"
            ),
            Self::InvalidHeader { name, reason } => {
                write!(formatter, "the header {name:?} {reason}")
            }
            Self::InvalidBody { message } => {
                write!(formatter, "its body cannot be written: {message}")
            }
            Self::BodyTaken => formatter.write_str(
                "its body is a stream, which a clone of the request has already sent; \
                 give each request a body of its own",
            ),
            Self::InvalidBaseUrl { reason } => write!(formatter, "the base URL {reason}"),
            Self::MissingBaseUrl { setter } => write!(
                formatter,
                "the document gives no absolute URL of the server; set it by `{setter}(..)` on \
                 the client's builder"
            ),
            Self::InvalidUrl => formatter.write_str("its URL is too long"),
            Self::InvalidMethod => formatter.write_str("its method is none that can be sent"),
            Self::Signing(error) => write!(formatter, "{error}"),
        }
    }
}
