//! Days that keep their text.
//!
//! In: a text. Out: the same text. This file knows no calendar; features convert to the types of crates
//! that do.

super::text_scalar! {
    /// A day, as in `2025-01-31` (format `date`; RFC 3339, section 5.6).
    ///
    /// The features `chrono`, `jiff` and `time` convert it from and to the types of these crates.
    Date
}
