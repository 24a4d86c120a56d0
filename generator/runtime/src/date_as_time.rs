//! Days as those of the crate `time`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the day is for.

use time::error::Parse;
use time::format_description::well_known::Iso8601;

use super::Date;

impl TryFrom<&Date> for time::Date {
    type Error = Parse;

    fn try_from(text: &Date) -> Result<Self, Parse> {
        Self::parse(text.as_str(), &Iso8601::DATE)
    }
}

impl From<time::Date> for Date {
    fn from(date: time::Date) -> Self {
        Self::from(date.to_string())
    }
}
