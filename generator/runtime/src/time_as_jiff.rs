//! Times of day as those of `jiff`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the time is for.

use super::Time;

/// A text with an offset from UTC is refused: `jiff` has no such times of day.
impl TryFrom<&Time> for jiff::civil::Time {
    type Error = jiff::Error;

    fn try_from(text: &Time) -> Result<Self, jiff::Error> {
        text.as_str().parse()
    }
}

impl From<jiff::civil::Time> for Time {
    fn from(time: jiff::civil::Time) -> Self {
        Self::from(time.to_string())
    }
}
