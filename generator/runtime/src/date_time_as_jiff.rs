//! Points in time as those of `jiff`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the time is for.

use super::DateTime;

/// The point in time; the offset from UTC is lost.
impl TryFrom<&DateTime> for jiff::Timestamp {
    type Error = jiff::Error;

    fn try_from(text: &DateTime) -> Result<Self, jiff::Error> {
        text.as_str().parse()
    }
}

/// The text is in UTC, as in `2025-01-31T09:30:00Z`.
impl From<jiff::Timestamp> for DateTime {
    fn from(time: jiff::Timestamp) -> Self {
        Self::from(time.to_string())
    }
}
