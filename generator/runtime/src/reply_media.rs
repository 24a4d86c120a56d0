//! Replies that are not always JSON.
//!
//! In: a reply. Out: whether it is of a media type that the document names, and its body as text,
//! as bytes, or as JSON that may be absent. This file knows nothing of which types an operation
//! documents.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use super::{ApiError, DecodeError, DecodeProblem, Error, OpenReply, Reply, Response};

impl Reply {
    /// Whether the body is of `media_type`, which may be a range such as `image/*`.
    ///
    /// Parameters such as `charset` make no difference, nor does case. `application/json` is also
    /// what ends in `+json` (RFC 6839, section 3.1). A reply that does not say its type is of none.
    pub fn has_type(&self, media_type: &str) -> bool {
        is_of_type(self.headers(), media_type)
    }

    /// A success with a JSON body or with none at all, which is [`None`], as `null` is.
    ///
    /// # Errors
    ///
    /// Those of [`json`](Self::json), but for an empty body.
    pub fn json_optional<T: DeserializeOwned, E>(self) -> Result<Response<Option<T>>, Error<E>> {
        if self.body().is_empty() && self.is_complete() {
            let response = self.empty()?;
            return Ok(response.map(|()| None));
        }
        self.json()
    }

    /// An error that the document describes, whose body is text. `variant` says which.
    ///
    /// It is [`Error::Api`], or [`Error::Decode`] if the body is too long or not UTF-8.
    pub fn text_error<E>(self, variant: fn(String) -> E) -> Error<E> {
        if !self.is_complete() {
            return self.too_long();
        }
        match std::str::from_utf8(self.body()) {
            Ok(text) => {
                let error = variant(text.to_owned());
                Error::Api(Box::new(ApiError::new(error, self)))
            }
            Err(problem) => {
                let problem = DecodeProblem::Text(problem);
                Error::Decode(Box::new(DecodeError::new(self, problem)))
            }
        }
    }

    /// An error that the document describes, whose body is bytes. `variant` says which.
    ///
    /// It is [`Error::Api`], or [`Error::Decode`] if the body is too long.
    pub fn bytes_error<E>(self, variant: fn(Bytes) -> E) -> Error<E> {
        if !self.is_complete() {
            return self.too_long();
        }
        let error = variant(self.body().clone());
        Error::Api(Box::new(ApiError::new(error, self)))
    }

    fn too_long<E>(self) -> Error<E> {
        let limit = self.body().len();
        let problem = DecodeProblem::TooLong { limit };
        Error::Decode(Box::new(DecodeError::new(self, problem)))
    }
}

impl OpenReply {
    /// Whether the body is of `media_type`, as [`Reply::has_type`] has it.
    pub fn has_type(&self, media_type: &str) -> bool {
        is_of_type(self.headers(), media_type)
    }
}

/// Whether the header `Content-Type` names `media_type`, as [`Reply::has_type`] has it.
pub fn is_of_type(headers: &HeaderMap, media_type: &str) -> bool {
    let header = headers.get(CONTENT_TYPE);
    let own = header.and_then(|value| value.to_str().ok());
    own.is_some_and(|own| is_media_type(own, media_type))
}

/// Whether `own` is of the type `wanted`, as [`Reply::has_type`] has it.
pub fn is_media_type(own: &str, wanted: &str) -> bool {
    let (own, wanted) = (essence(own), essence(wanted));
    let Some((kind, subtype)) = own.split_once('/') else {
        return false;
    };
    match wanted.split_once('/') {
        Some(("*", "*")) => true,
        Some((wanted, "*")) => kind == wanted,
        Some(("application", "json")) => {
            (kind == "application" && subtype == "json") || subtype.ends_with("+json")
        }
        Some(_) | None => own == wanted,
    }
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
