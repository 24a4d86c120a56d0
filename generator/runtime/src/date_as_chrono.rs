//! Days as those of `chrono`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what the day is for.

use super::Date;

impl TryFrom<&Date> for chrono::NaiveDate {
    type Error = chrono::ParseError;

    fn try_from(text: &Date) -> Result<Self, chrono::ParseError> {
        text.as_str().parse()
    }
}

impl From<chrono::NaiveDate> for Date {
    fn from(date: chrono::NaiveDate) -> Self {
        Self::from(date.to_string())
    }
}
