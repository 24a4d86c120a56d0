//! Decimal numbers as those of `rust_decimal`, and back.
//!
//! In: either. Out: the other. This file knows nothing of what is counted.

use super::Decimal;

/// A text with more digits than `rust_decimal` has, 28 or so, is refused rather than rounded.
impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = rust_decimal::Error;

    fn try_from(text: &Decimal) -> Result<Self, rust_decimal::Error> {
        match text.as_str() {
            text if text.contains(['e', 'E']) => Self::from_scientific(text),
            text => Self::from_str_exact(text),
        }
    }
}

/// The text keeps the digits after the point, as in `12.50`.
impl From<rust_decimal::Decimal> for Decimal {
    fn from(decimal: rust_decimal::Decimal) -> Self {
        Self::from(decimal.to_string())
    }
}
