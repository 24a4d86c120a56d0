//! Numbers of a document, without loss where 64 bits are not enough.

use std::fmt;

/// A number as it is written in a document.
///
/// Real documents have bounds beyond 64 bits (`-9223372036854776000`), so integers are read with
/// 128. What is written with a fraction or an exponent, and integers that are longer still, are
/// floating-point numbers; one that is too large even for that (`1e400`) is infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A number written without a fraction and an exponent.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

impl Number {
    /// The number as an integer of 64 bits, if it is a whole number in that range, however it is
    /// written.
    pub fn as_i64(self) -> Option<i64> {
        i64::try_from(self.whole()?).ok()
    }

    /// The number as an unsigned integer of 64 bits, if it is a whole number in that range, however
    /// it is written.
    pub fn as_u64(self) -> Option<u64> {
        u64::try_from(self.whole()?).ok()
    }

    /// The number as a floating-point number: the nearest one, or an infinite one.
    pub fn as_f64(self) -> f64 {
        match self {
            Number::Integer(integer) => integer as f64,
            Number::Float(float) => float,
        }
    }

    /// The number as an integer, if it is a whole number, however it is written.
    pub fn whole(self) -> Option<i128> {
        match self {
            Number::Integer(integer) => Some(integer),
            // The bounds of `i128` are rounded outwards, and the cast saturates, so a number at the
            // bound is left to be a floating-point number.
            Number::Float(float)
                if float.fract() == 0.0 && float > i128::MIN as f64 && float < i128::MAX as f64 =>
            {
                Some(float as i128)
            }
            Number::Float(_) => None,
        }
    }

    /// The number as `serde_json` has it. An integer beyond 64 bits becomes a floating-point number;
    /// an infinite one can't be expressed.
    pub fn to_json(self) -> Option<serde_json::Number> {
        match self {
            Number::Integer(integer) => {
                if let Ok(signed) = i64::try_from(integer) {
                    Some(signed.into())
                } else if let Ok(unsigned) = u64::try_from(integer) {
                    Some(unsigned.into())
                } else {
                    serde_json::Number::from_f64(integer as f64)
                }
            }
            Number::Float(float) => serde_json::Number::from_f64(float),
        }
    }

    /// Reads a number in the notation of JSON (RFC 8259, section 6).
    pub(super) fn from_json(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('-').unwrap_or(text);
        let after = skip_digits(rest)?;
        if rest.starts_with('0') && rest.len() - after.len() > 1 {
            return None;
        }
        if let Some(fraction) = after.strip_prefix('.') {
            skip_digits(fraction)?;
        }
        Self::decimal(text, after)
    }

    /// Reads a plain scalar as the core schema of YAML 1.2 does (section 10.3.2). Integers with
    /// leading zeros stay text: YAML 1.1 reads them as octal, and they are codes more often than
    /// numbers.
    pub(super) fn from_yaml(text: &str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        match rest {
            ".inf" | ".Inf" | ".INF" if negative => return Some(Number::Float(f64::NEG_INFINITY)),
            ".inf" | ".Inf" | ".INF" => return Some(Number::Float(f64::INFINITY)),
            ".nan" | ".NaN" | ".NAN" if rest.len() == text.len() => {
                return Some(Number::Float(f64::NAN));
            }
            _ => {}
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8)] {
            if let Some(digits) = text.strip_prefix(prefix) {
                let digit = |c: char| c.is_digit(radix);
                let integer = digits
                    .chars()
                    .all(digit)
                    .then(|| i128::from_str_radix(digits, radix));
                return integer?.ok().map(Number::Integer);
            }
        }
        let text = text.strip_prefix('+').unwrap_or(text);
        if let Some(fraction) = rest.strip_prefix('.') {
            skip_digits(fraction)?;
            return Self::decimal(text, rest);
        }
        let after = skip_digits(rest)?;
        if rest.starts_with('0') && rest.len() - after.len() > 1 && after.is_empty() {
            return None;
        }
        Self::decimal(text, after)
    }

    /// Reads `text`, of which `after` is what follows the digits before the point.
    fn decimal(text: &str, after: &str) -> Option<Self> {
        if after.is_empty() {
            let integer = text.parse().map(Number::Integer);
            return integer
                .ok()
                .or_else(|| text.parse().ok().map(Number::Float));
        }
        let mut rest = after;
        if let Some(fraction) = rest.strip_prefix('.') {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
            rest = skip_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))?;
        }
        if rest.is_empty() {
            text.parse().ok().map(Number::Float)
        } else {
            None
        }
    }
}

/// What follows the digits at the beginning of `text`, if there is at least one.
fn skip_digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Integer(integer) => integer.fmt(f),
            // Debug keeps the fraction of whole numbers (`1.0`) and writes exponents.
            Number::Float(float) => write!(f, "{float:?}"),
        }
    }
}
