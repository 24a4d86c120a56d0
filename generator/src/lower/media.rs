//! Media types: what each lets a client write or read.
//!
//! In goes the key of a `content` object, out comes its [`Family`]. It knows nothing of schemas.

/// What a media type holds, as far as that can be told from its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// JSON (RFC 8259; the suffix of RFC 6839, section 3.1).
    Json,
    /// Pairs of a form.
    Form,
    /// Parts of a form (RFC 7578).
    Multipart,
    /// Text, XML included.
    Text,
    /// Bytes.
    Bytes,
    /// Events (HTML, section 9.2).
    Events,
    /// Lines of JSON.
    JsonLines,
    /// JSON texts with separators (RFC 7464; the suffix of RFC 8091).
    JsonSequence,
    /// Parts of another kind, whose media type has to name what is between them (RFC 2046, section
    /// 5.1).
    OtherParts,
    /// A range of media types, `image/*`.
    Range,
    /// A range of text, `text/*`.
    TextRange,
}

impl Family {
    /// Whether a reply of this family is items that come one after the other.
    pub(super) fn has_items(self) -> bool {
        match self {
            Self::Events | Self::JsonLines | Self::JsonSequence => true,
            Self::Json
            | Self::Form
            | Self::Multipart
            | Self::Text
            | Self::Bytes
            | Self::OtherParts
            | Self::Range
            | Self::TextRange => false,
        }
    }
}

/// The family of a media type; none where it is no media type (RFC 9110, section 8.3.1).
pub(super) fn family(media_type: &str) -> Option<Family> {
    let essence = essence(media_type);
    let (kind, subtype) = essence.split_once('/')?;
    let sendable = media_type
        .chars()
        .all(|c| c == '\t' || (!c.is_control() && c.is_ascii()));
    if !is_token(kind) || !is_token(subtype) || !sendable {
        return None;
    }
    Some(match (kind, subtype) {
        ("application" | "text", "json") => Family::Json,
        (_, subtype) if subtype.ends_with("+json") => Family::Json,
        ("text", "event-stream") => Family::Events,
        (
            "application" | "text",
            "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "ndjson" | "x-ndjson",
        ) => Family::JsonLines,
        ("application", "json-seq") => Family::JsonSequence,
        (_, subtype) if subtype.ends_with("+json-seq") => Family::JsonSequence,
        ("text", "*") => Family::TextRange,
        ("*", _) | (_, "*") => Family::Range,
        ("application", "x-www-form-urlencoded") => Family::Form,
        ("multipart", "form-data") => Family::Multipart,
        ("multipart", _) => Family::OtherParts,
        ("text", _) | ("application", "xml") => Family::Text,
        (_, subtype) if subtype.ends_with("+xml") => Family::Text,
        (_, _) => Family::Bytes,
    })
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a byte may stand in a token (RFC 9110, section 5.6.2).
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Whether `name` is a token, as names of headers and methods are (RFC 9110, section 5.6.2).
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(is_token_byte)
}

#[cfg(test)]
mod tests {
    use super::{Family, family};

    #[test]
    fn a_name_tells_the_family() {
        let cases = [
            ("application/json", Some(Family::Json)),
            ("Application/JSON; charset=utf-8", Some(Family::Json)),
            ("application/merge-patch+json", Some(Family::Json)),
            ("text/json", Some(Family::Json)),
            ("application/x-www-form-urlencoded", Some(Family::Form)),
            ("multipart/form-data", Some(Family::Multipart)),
            ("multipart/mixed", Some(Family::OtherParts)),
            ("text/csv", Some(Family::Text)),
            ("application/xml", Some(Family::Text)),
            ("image/svg+xml", Some(Family::Text)),
            ("image/png", Some(Family::Bytes)),
            ("image/*", Some(Family::Range)),
            ("*/*", Some(Family::Range)),
            ("text/*", Some(Family::TextRange)),
            ("text/event-stream; charset=utf-8", Some(Family::Events)),
            ("application/x-ndjson", Some(Family::JsonLines)),
            ("application/jsonl", Some(Family::JsonLines)),
            ("application/geo+json-seq", Some(Family::JsonSequence)),
            ("json", None),
            ("application/json, text/plain", None),
            ("text/plain\r\nX: y", None),
            ("", None),
        ];
        for (media_type, expected) in cases {
            assert_eq!(family(media_type), expected, "{media_type}");
        }
    }
}
