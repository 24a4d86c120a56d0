//! Parameters whose values may have reserved characters.
//!
//! In: texts. Out: the same, with the characters that RFC 3986 reserves left as they are: what
//! `allowReserved` asks for. It is the caller's to encode those that mean something to the server,
//! such as `&`. This file knows nothing of styles.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode_byte, utf8_percent_encode};

use super::{Location, ParameterInfo};

/// All but the unreserved and the reserved characters (RFC 3986, section 2.2). A `#` is encoded: it
/// would end the query.
const NOT_RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

impl ParameterInfo {
    /// The parameter with `allowReserved`. It is for queries alone: elsewhere, such characters
    /// would end the value.
    ///
    /// So a value may hold `&` and `=` as they are, and add pairs of its own: a caller whose
    /// values come from somebody else percent-encodes them first.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        match self.location {
            Location::Query => self.encode = encode_reserved,
            Location::Path | Location::QueryString | Location::Header | Location::Cookie => {}
        }
        self
    }
}

/// Percent-encodes all but the unreserved and the reserved characters, and `#`. What is already
/// percent-encoded stays as it is.
pub fn encode_reserved(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut encoded = String::with_capacity(text.len());
    encoded.extend(utf8_percent_encode(
        pieces.next().unwrap_or_default(),
        NOT_RESERVED,
    ));
    for piece in pieces {
        let digits = piece.as_bytes().first_chunk::<2>();
        let is_encoded = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if is_encoded {
            "%"
        } else {
            percent_encode_byte(b'%')
        });
        encoded.extend(utf8_percent_encode(piece, NOT_RESERVED));
    }
    encoded
}
