//! UUIDs that keep their text.
//!
//! In: a text. Out: the same text. This file does not read the text; a feature converts to a type that
//! does.

super::text_scalar! {
    /// A UUID, as in `f81d4fae-7dec-11d0-a765-00a0c91e6bf6` (format `uuid`; RFC 9562).
    ///
    /// The feature `uuid` converts it from and to the type of that crate.
    Uuid
}
