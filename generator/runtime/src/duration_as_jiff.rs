//! Lengths of time as those of `jiff`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the length is for.

use super::Duration;

impl TryFrom<&Duration> for jiff::Span {
    type Error = jiff::Error;

    fn try_from(text: &Duration) -> Result<Self, jiff::Error> {
        text.as_str().parse()
    }
}

impl From<jiff::Span> for Duration {
    fn from(span: jiff::Span) -> Self {
        Self::from(span.to_string())
    }
}
