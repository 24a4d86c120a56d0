//! Decimal numbers that are texts on the wire.
//!
//! In: a text. Out: the same text. This file does not calculate; a feature converts to a type that
//! does.

super::text_scalar! {
    /// A decimal number that is a string on the wire, as in `"12.50"` (format `decimal`), so that
    /// no digit is lost.
    ///
    /// The feature `rust_decimal` converts it from and to the type of that crate.
    Decimal
}
