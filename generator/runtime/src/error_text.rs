//! Errors as text.
//!
//! In: an error without the type of its operation. Out: one line that a person can read, whatever
//! the server sent: control characters are escaped, long texts are cut. This file adds no facts.

use std::fmt::{self, Write};

use serde_json::Value;

use super::{
    DecodeError, DecodeProblem, FailedCall, FailureCause, LinkInfo, Reply, RequestError,
    TransportErrorKind,
};

/// How many characters of a code or a request id are shown.
const MAX_WORD: usize = 100;
/// How many characters of a message are shown.
const MAX_SENTENCE: usize = 300;

/// An error without the type that its operation gives it.
#[derive(Clone, Copy, Debug)]
pub enum Summary<'error> {
    /// The request was not sent.
    Request(&'error RequestError),
    /// The exchange did not come to its end.
    Failed(&'error FailedCall),
    /// An error that the document describes.
    Api(&'error Reply),
    /// A status that the document does not describe.
    Unexpected(&'error Reply),
    /// A body that is not what the document says.
    Decode(&'error DecodeError),
    /// A status of success with a body that says that the request failed.
    ErrorInSuccess(&'error Reply),
}

impl<'error> Summary<'error> {
    /// The id of the operation.
    pub(super) fn operation(self) -> &'static str {
        match self {
            Self::Request(error) => error.operation(),
            Self::Failed(failed) => failed.operation().id,
            Self::Api(reply) | Self::Unexpected(reply) | Self::ErrorInSuccess(reply) => {
                reply.operation().id
            }
            Self::Decode(error) => error.reply().operation().id,
        }
    }

    /// The reply, if its head came.
    pub(super) fn reply(self) -> Option<&'error Reply> {
        match self {
            Self::Request(_) => None,
            Self::Failed(failed) => failed.reply(),
            Self::Api(reply) | Self::Unexpected(reply) | Self::ErrorInSuccess(reply) => Some(reply),
            Self::Decode(error) => Some(error.reply()),
        }
    }

    /// The reply, if its body is about an error. The body of a success that could not be decoded
    /// is not: what it calls `code` may be anything.
    pub(super) fn error_reply(self) -> Option<&'error Reply> {
        self.reply().filter(|reply| {
            matches!(self, Self::ErrorInSuccess(_)) || !reply.status_code().is_success()
        })
    }

    /// The request id. Only a body that is about an error is looked at.
    pub(super) fn request_id(self) -> Option<&'error str> {
        match self.error_reply() {
            Some(reply) => reply.request_id(),
            None => self.reply()?.header_request_id(),
        }
    }

    /// The cause, where there is one that is an error of its own.
    pub(super) fn source(self) -> Option<&'error (dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(failed) => match failed.cause() {
                FailureCause::Transport(error) => Some(error),
                FailureCause::Timeout(_) | FailureCause::Idle(_) => None,
            },
            Self::Decode(error) => match error.problem() {
                DecodeProblem::Json(error) => Some(error),
                DecodeProblem::Text(error) => Some(error),
                DecodeProblem::Empty | DecodeProblem::TooLong { .. } => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Request(error) = self {
            return write!(formatter, "{error}");
        }
        write!(formatter, "{}: ", self.operation())?;
        match self {
            Self::Request(_) => Ok(()),
            Self::Failed(failed) => write_failed(formatter, failed),
            Self::Api(reply) => write_status(formatter, reply),
            Self::Unexpected(reply) => {
                write_status(formatter, reply)?;
                formatter.write_str(", which the document does not describe")
            }
            Self::Decode(error) => {
                write_status(formatter, error.reply())?;
                let problem = error.problem().to_string();
                write!(
                    formatter,
                    ", but the body is not what the document says: {}",
                    Excerpt(&problem, MAX_SENTENCE)
                )
            }
            Self::ErrorInSuccess(reply) => {
                write_status(formatter, reply)?;
                formatter.write_str(", but the body says that the request failed")
            }
        }?;
        if let Some(reply) = self.error_reply() {
            write_details(formatter, reply)?;
        }
        if let Some(id) = self.request_id() {
            write!(formatter, " (request id {})", Excerpt(id, MAX_WORD))?;
        }
        match self.error_reply() {
            Some(reply) => write_links(formatter, reply),
            None => Ok(()),
        }
    }
}

fn write_failed(formatter: &mut fmt::Formatter<'_>, failed: &FailedCall) -> fmt::Result {
    let host = failed.host();
    match (failed.cause(), failed.reply()) {
        (FailureCause::Timeout(limit), None) => {
            write!(formatter, "no reply from {host} within {limit:?}")
        }
        (FailureCause::Timeout(limit), Some(reply)) => {
            write!(
                formatter,
                "the reply from {host} did not end within {limit:?}: "
            )?;
            write_status(formatter, reply)
        }
        (FailureCause::Idle(limit), reply) => {
            write!(formatter, "nothing more came from {host} for {limit:?}")?;
            match reply {
                Some(reply) => {
                    formatter.write_str(": ")?;
                    write_status(formatter, reply)
                }
                None => Ok(()),
            }
        }
        (FailureCause::Transport(error), reply) => {
            let stage = match (error.kind(), reply) {
                (TransportErrorKind::Connect, None) => "no connection to",
                (_, None) => "no reply from",
                (_, Some(_)) => "the reply broke off from",
            };
            let error = error.to_string();
            write!(
                formatter,
                "{stage} {host}: {}",
                Excerpt(&error, MAX_SENTENCE)
            )?;
            match reply {
                Some(reply) => {
                    formatter.write_str(": ")?;
                    write_status(formatter, reply)
                }
                None => Ok(()),
            }
        }
    }
}

fn write_status(formatter: &mut fmt::Formatter<'_>, reply: &Reply) -> fmt::Result {
    let status = reply.status_code();
    write!(formatter, "{}", status.as_u16())?;
    match status.canonical_reason() {
        Some(reason) => write!(formatter, " {reason}"),
        None => Ok(()),
    }
}

/// Code and message, or the beginning of a body that has neither.
fn write_details(formatter: &mut fmt::Formatter<'_>, reply: &Reply) -> fmt::Result {
    let details = reply.details();
    if let Some(code) = &details.code {
        write!(formatter, ", {}", Excerpt(code, MAX_WORD))?;
    }
    if let Some(message) = &details.message {
        let comma = if details.code.is_some() { "" } else { "," };
        write!(formatter, "{comma} \"{}\"", Excerpt(message, MAX_SENTENCE))?;
    }
    if details.code.is_none() && details.message.is_none() && !reply.body().is_empty() {
        let body = String::from_utf8_lossy(reply.body());
        write!(formatter, ", body \"{}\"", Excerpt(&body, MAX_SENTENCE))?;
    }
    match reply.is_complete() {
        true => Ok(()),
        false => write!(
            formatter,
            " (body cut off after {} bytes)",
            reply.body().len()
        ),
    }
}

/// The operations that take a value of the body.
fn write_links(formatter: &mut fmt::Formatter<'_>, reply: &Reply) -> fmt::Result {
    let applies = |link: &&LinkInfo| link.status.is_none_or(|status| status == reply.status());
    let mut links = reply.operation().links.iter().filter(applies).peekable();
    if links.peek().is_none() {
        return Ok(());
    }
    let Ok(body) = serde_json::from_slice::<Value>(reply.body()) else {
        return Ok(());
    };
    for link in links {
        if body.pointer(link.value).is_some_and(has_content) {
            let name = link.value.rsplit('/').next().unwrap_or_default();
            let name = name.replace("~1", "/").replace("~0", "~");
            write!(
                formatter,
                "; {} can be passed to client.{}(..) ({})",
                Excerpt(&name, MAX_WORD),
                link.method,
                link.operation
            )?;
        }
    }
    Ok(())
}

fn has_content(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// The beginning of a text that is not trusted, on one line: so many characters at most, and
/// nothing that a terminal or a log would take for more than text.
struct Excerpt<'text>(&'text str, usize);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, max) = *self;
        for (place, char) in text.trim().chars().enumerate() {
            if place == max {
                return formatter.write_char('…');
            }
            match char {
                '\n' | '\r' | '\t' => formatter.write_char(' ')?,
                _ if is_unprintable(char) => write!(formatter, "{}", char.escape_unicode())?,
                _ => formatter.write_char(char)?,
            }
        }
        Ok(())
    }
}

/// Control characters, line separators, and marks that change the direction of text or cannot be
/// seen.
fn is_unprintable(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
