//! JSON numbers that keep their text.
//!
//! In: a number as it stands in a document. Out: the same digits. This file does not calculate.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::{self, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{ParameterValue, ToParameter};

/// A JSON number of any size and precision.
///
/// It is kept as it was received, and sent back unchanged: `1.50` stays `1.50`. Values are equal
/// when their texts are. (A [`serde_json::Value`] on the way keeps what an `f64` can.)
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// The number as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as an integer, if it is one and in range. `1.0` is; an exponent is not read.
    pub fn as_i64(&self) -> Option<i64> {
        self.whole().parse().ok()
    }

    /// The number as an integer, if it is one and in range. `1.0` is; an exponent is not read.
    pub fn as_u64(&self) -> Option<u64> {
        self.whole().parse().ok()
    }

    /// The `f64` that is nearest to the number, if it is in range.
    pub fn as_f64(&self) -> Option<f64> {
        self.0
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    /// The text without a fraction that is zero.
    fn whole(&self) -> &str {
        match self.0.split_once('.') {
            Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
            _ => &self.0,
        }
    }
}

/// Whether a text is a number (RFC 8259, section 6).
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        match is_number(text) {
            true => Ok(Self(text.to_owned())),
            false => Err(NumberError(())),
        }
    }
}

/// Infinities and what is no number have no place in JSON.
impl TryFrom<f64> for Number {
    type Error = NumberError;

    fn try_from(number: f64) -> Result<Self, NumberError> {
        let number = serde_json::Number::from_f64(number).ok_or(NumberError(()))?;
        Ok(Self(number.to_string()))
    }
}

/// Implements [`From`] for integers.
macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                Self(integer.to_string())
            }
        }
    )*};
}

integers!(i32 i64 u32 u64);

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl ToParameter for Number {
    fn to_parameter(&self) -> ParameterValue {
        ParameterValue::Primitive(self.0.clone())
    }
}

/// In a format that is not for people, it is a string.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_str(&self.0);
        }
        // Most numbers are written so by any serializer. The raw text is for `serde_json` alone.
        match serde_json::from_str::<serde_json::Number>(&self.0) {
            Ok(number) if number.to_string() == self.0 => number.serialize(serializer),
            Ok(_) | Err(_) => {
                let raw = RawValue::from_string(self.0.clone()).map_err(ser::Error::custom)?;
                raw.serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            return text.parse().map_err(de::Error::custom);
        }
        deserializer.deserialize_newtype_struct(RAW, NumberVisitor)
    }
}

/// The name by which `serde_json` is asked for the text of a value. Should it ever change, or if
/// the deserializer is another, a number is asked for after all.
const RAW: &str = "$serde_json::private::RawValue";

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    /// The text, as the only member of an object.
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Number, A::Error> {
        if access.next_key::<String>()?.as_deref() != Some(RAW) {
            return Err(de::Error::invalid_type(Unexpected::Map, &self));
        }
        let text: String = access.next_value()?;
        text.parse()
            .map_err(|_| de::Error::invalid_type(kind(&text), &self))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Number, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Number, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Number, E> {
        Ok(number.into())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Number, E> {
        let unexpected = Unexpected::Float(number);
        Number::try_from(number).map_err(|_| E::invalid_value(unexpected, &self))
    }
}

/// What a text of JSON is that is no number.
fn kind(text: &str) -> Unexpected<'_> {
    match text.as_bytes().first() {
        Some(b'n') => Unexpected::Unit,
        Some(b't') => Unexpected::Bool(true),
        Some(b'f') => Unexpected::Bool(false),
        Some(b'"') => Unexpected::Other("string"),
        Some(b'[') => Unexpected::Seq,
        Some(b'{') => Unexpected::Map,
        _ => Unexpected::Other("value"),
    }
}

/// A text or an `f64` that is not a JSON number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberError(());

impl fmt::Display for NumberError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a JSON number")
    }
}

impl std::error::Error for NumberError {}
