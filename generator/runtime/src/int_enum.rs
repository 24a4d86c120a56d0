//! Reading of values that are integers on the wire.
//!
//! In: a deserializer. Out: a value that can be made of any integer, such as an open enum. This
//! file knows nothing of which integers a type expects.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// Reads an integer and makes a `T` of it. A number without a fraction is one, however it is
/// written: `1.0` is `1`.
///
/// # Errors
///
/// That the value is not an integer of 64 bits, and the errors of the format.
pub fn deserialize_integer<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<i64>,
    D: Deserializer<'de>,
{
    deserializer
        .deserialize_i64(IntegerVisitor)
        .map(|integer| T::from(integer))
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer of 64 bits")
    }

    fn visit_i64<E>(self, integer: i64) -> Result<i64, E> {
        Ok(integer)
    }

    fn visit_u64<E: Error>(self, integer: u64) -> Result<i64, E> {
        let unexpected = Unexpected::Unsigned(integer);
        i64::try_from(integer).map_err(|_| E::invalid_value(unexpected, &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
        // The bounds are powers of two, which a float holds exactly; the upper one is no `i64`.
        const BOUND: f64 = 9_223_372_036_854_775_808.0;
        match number.fract() == 0.0 && (-BOUND..BOUND).contains(&number) {
            true => Ok(number as i64),
            false => Err(E::invalid_value(Unexpected::Float(number), &self)),
        }
    }
}
