//! Days as those of `jiff`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the day is for.

use super::Date;

impl TryFrom<&Date> for jiff::civil::Date {
    type Error = jiff::Error;

    fn try_from(text: &Date) -> Result<Self, jiff::Error> {
        text.as_str().parse()
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self::from(date.to_string())
    }
}
