//! Bodies whose media type the caller chooses.
//!
//! In: a media type and bytes, or a stream of them. Out: a [`Payload`], which a call takes as its
//! body. This file knows nothing of what the bytes mean.

use http::header::CONTENT_TYPE;

use super::{Body, Call, RequestErrorKind, SharedBody, header_value};

/// A body and its media type.
///
/// Clones of a payload that is a stream share it: the first one that is sent takes it.
#[derive(Clone, Debug)]
pub struct Payload {
    content_type: String,
    body: SharedBody,
}

impl Payload {
    /// A body of a media type such as `text/csv; charset=utf-8`. One that is none is an error when
    /// the call is sent.
    pub fn new(content_type: impl Into<String>, body: impl Into<Body>) -> Self {
        Self {
            content_type: content_type.into(),
            body: SharedBody::from(body.into()),
        }
    }

    /// The media type.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }
}

impl Call {
    /// Sets the body and its media type.
    #[must_use]
    pub fn payload(self, payload: Payload) -> Self {
        match check_media_type(&payload.content_type) {
            Ok(()) => self.shared_body(&payload.content_type, payload.body),
            Err(reason) => self.fail(RequestErrorKind::InvalidHeader {
                name: CONTENT_TYPE.to_string(),
                reason,
            }),
        }
    }
}

/// Whether `text` is a media type, with or without parameters (RFC 9110, section 8.3.1).
///
/// # Errors
///
/// Why it is none, as a sentence without its subject. A range such as `image/*` is none.
pub fn check_media_type(text: &str) -> Result<(), &'static str> {
    header_value(text)?;
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_token = |text: &str| {
        let mut bytes = text.bytes();
        !text.is_empty()
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'+-.^_`|~".contains(&byte))
    };
    match essence.split_once('/') {
        Some((kind, subtype)) if is_token(kind) && is_token(subtype) => Ok(()),
        Some(_) | None => Err("is no media type, such as `text/plain`"),
    }
}
