//! Points in time as those of `chrono`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the time is for.

use chrono::{FixedOffset, ParseError, SecondsFormat, TimeZone, Utc};

use super::DateTime;

impl TryFrom<&DateTime> for chrono::DateTime<FixedOffset> {
    type Error = ParseError;

    fn try_from(text: &DateTime) -> Result<Self, ParseError> {
        Self::parse_from_rfc3339(text.as_str())
    }
}

/// The point in time; the offset from UTC is lost.
impl TryFrom<&DateTime> for chrono::DateTime<Utc> {
    type Error = ParseError;

    fn try_from(text: &DateTime) -> Result<Self, ParseError> {
        chrono::DateTime::<FixedOffset>::try_from(text).map(Self::from)
    }
}

/// The text keeps the offset; that of UTC is `Z`.
impl<Tz: TimeZone> From<chrono::DateTime<Tz>> for DateTime {
    fn from(time: chrono::DateTime<Tz>) -> Self {
        Self::from(time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}
