//! Lengths of time that keep their text.
//!
//! In: a text. Out: the same text. This file knows no calendar; a feature converts to a type that does.

super::text_scalar! {
    /// A length of time, as in `P3DT12H` (format `duration`; ISO 8601). Years, months and days are
    /// of no fixed length, so this is not [`std::time::Duration`].
    ///
    /// The feature `jiff` converts it from and to the type of that crate.
    Duration
}
