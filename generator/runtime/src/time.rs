//! Times of day that keep their text.
//!
//! In: a text. Out: the same text. This file knows no clock; features convert to the types of crates that
//! do.

super::text_scalar! {
    /// A time of day, with an offset from UTC as in `09:30:00Z` (format `time`; RFC 3339, section
    /// 5.6), or without one.
    ///
    /// The features `chrono`, `jiff` and `time` convert it from and to the types of these crates,
    /// which have no offset.
    Time
}
