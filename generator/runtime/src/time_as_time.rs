//! Times of day as those of the crate `time`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the time is for.

use time::OffsetDateTime;
use time::error::Parse;
use time::format_description::well_known::Rfc3339;

use super::Time;

/// A text with an offset from UTC is refused: `time` has no such times of day.
impl TryFrom<&Time> for time::Time {
    type Error = Parse;

    fn try_from(text: &Time) -> Result<Self, Parse> {
        // The format for times alone passes over an offset. Here a second one is refused.
        let text = format!("1970-01-01T{text}Z");
        OffsetDateTime::parse(&text, &Rfc3339).map(OffsetDateTime::time)
    }
}

impl From<time::Time> for Time {
    fn from(time: time::Time) -> Self {
        let (hour, minute, second, nanosecond) = time.as_hms_nano();
        let mut text = format!("{hour:02}:{minute:02}:{second:02}");
        if nanosecond != 0 {
            text.push_str(format!(".{nanosecond:09}").trim_end_matches('0'));
        }
        Self::from(text)
    }
}
