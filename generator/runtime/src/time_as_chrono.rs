//! Times of day as those of `chrono`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the time is for.

use super::Time;

/// A text with an offset from UTC is refused: `chrono` has no such times of day.
impl TryFrom<&Time> for chrono::NaiveTime {
    type Error = chrono::ParseError;

    fn try_from(text: &Time) -> Result<Self, chrono::ParseError> {
        text.as_str().parse()
    }
}

impl From<chrono::NaiveTime> for Time {
    fn from(time: chrono::NaiveTime) -> Self {
        Self::from(time.to_string())
    }
}
