//! The value of an enum that its document does not list.
//!
//! In: a text from the wire. Out: the same text, opaque. This file knows nothing of any enum.

use std::fmt;

/// A value that the document of the API does not list.
///
/// A service may add values at any time, so an enum keeps one that it does not know as it was
/// received, and sends it back unchanged. The text is read through the enum's `as_str`; do not
/// match on it: once the value is listed, it gets a variant of its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Keeps `text`. Make an enum from a text by its `From<&str>` rather than by this.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
