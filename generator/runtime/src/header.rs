//! Headers that a user names and fills in.
//!
//! In: texts, which are not trusted. Out: names and values that can be sent. This file knows
//! nothing of what a header is for.

use http::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};

/// Reads the name of a header (RFC 9110, section 5.1).
///
/// # Errors
///
/// Why it is none that a user may set, as a sentence without its subject. How the body is framed
/// is the transport's to say: a header that said otherwise would hide one request in another.
pub fn header_name(name: &str) -> Result<HeaderName, &'static str> {
    let name = HeaderName::try_from(name).map_err(
        |_| "has no valid name: letters, digits and the characters !#$%&'*+-.^_`|~ are allowed",
    )?;
    if name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
        return Err("is set by the transport");
    }
    Ok(name)
}

/// Reads the value of a header (RFC 9110, section 5.5). White space at its ends is no part of it.
/// Characters outside ASCII are sent as UTF-8.
///
/// # Errors
///
/// Why it is none, as a sentence without its subject.
pub fn header_value(value: &str) -> Result<HeaderValue, &'static str> {
    // Only spaces and tabs are trimmed: a line break is an error wherever it stands.
    let trimmed = value.trim_matches([' ', '\t']);
    HeaderValue::from_bytes(trimmed.as_bytes())
        .map_err(|_| "has a line break or another control character in its value")
}
