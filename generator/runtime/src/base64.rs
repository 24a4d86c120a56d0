//! Bytes that are base64 on the wire, and keep their text.
//!
//! In: a text, or bytes. Out: the text, or the bytes that it stands for. This file knows nothing
//! of what the bytes are.

use std::fmt;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

super::text_scalar! {
    /// Bytes as base64, as in `aGVsbG8=` (format `byte`; RFC 4648).
    ///
    /// Made of bytes, it has the standard alphabet and padding (section 4). Made of a text, it is
    /// that text: `Base64::from("aGVsbG8=")` holds the five bytes of `hello`.
    Base64
}

/// Writes padding, and reads texts with and without it.
const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

impl Base64 {
    /// The bytes that the text stands for. It may be in the standard alphabet or in the one for
    /// URLs (RFC 4648, section 5), with or without padding.
    ///
    /// # Errors
    ///
    /// That the text is not base64.
    pub fn decode(&self) -> Result<Vec<u8>, Base64Error> {
        let engine = match self.0.contains(['-', '_']) {
            true => URL_SAFE,
            false => STANDARD,
        };
        engine.decode(&self.0).map_err(Base64Error)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(STANDARD.encode(bytes))
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for Base64 {
    fn from(bytes: &[u8; LENGTH]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

/// A text that is not base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base64Error(base64::DecodeError);

impl fmt::Display for Base64Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not base64: ")?;
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl std::error::Error for Base64Error {}
