//! Points in time as those of the crate `time`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the time is for.

use time::OffsetDateTime;
use time::error::{Format, Parse};
use time::format_description::well_known::Rfc3339;

use super::DateTime;

impl TryFrom<&DateTime> for OffsetDateTime {
    type Error = Parse;

    fn try_from(text: &DateTime) -> Result<Self, Parse> {
        Self::parse(text.as_str(), &Rfc3339)
    }
}

/// RFC 3339 has no years below 0 or above 9999, and no seconds in offsets.
impl TryFrom<OffsetDateTime> for DateTime {
    type Error = Format;

    fn try_from(time: OffsetDateTime) -> Result<Self, Format> {
        time.format(&Rfc3339).map(Self::from)
    }
}
