//! Telling the variants of a union apart.
//!
//! In: a JSON value. Out: what there is to decide by, and the value decoded as one variant; and a
//! variant written so that it can be read in this way. This file knows nothing of any union, and
//! does not decide.

use serde::de::{Deserialize, Error};
use serde::ser::{self, Serialize, Serializer};
use serde_json::Value;

/// The text of the member `name`, where `value` is an object that has it and it is a string
/// (OpenAPI 3.0.3, Discriminator Object).
pub fn tag<'value>(value: &'value Value, name: &str) -> Option<&'value str> {
    value.as_object()?.get(name)?.as_str()
}

/// Whether `value` is an object that has all of `keys`, whatever their values.
pub fn has_keys(value: &Value, keys: &[&str]) -> bool {
    let object = value.as_object();
    object.is_some_and(|object| keys.iter().all(|&key| object.contains_key(key)))
}

/// Whether `value` is an integer. A number without a fraction is one, however it is written.
pub fn is_integer(value: &Value) -> bool {
    let Value::Number(number) = value else {
        return false;
    };
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// Decodes `value` as a `T`.
///
/// # Errors
///
/// That the value is no `T`.
pub fn decode<'value, T: Deserialize<'value>>(
    value: &'value Value,
) -> Result<T, serde_json::Error> {
    T::deserialize(value)
}

/// Decodes `value` as a `T` while something else is read, whose error it becomes.
///
/// # Errors
///
/// That the value is no `T`.
pub fn decode_as<'value, T, E>(value: &'value Value) -> Result<T, E>
where
    T: Deserialize<'value>,
    E: Error,
{
    T::deserialize(value).map_err(E::custom)
}

/// Writes the value of a variant.
///
/// A union is read by way of a [`Value`], and some values are of another form in formats that are
/// not for people. So they are written by way of a [`Value`] there.
///
/// # Errors
///
/// Those of the format and of the value.
pub fn serialize_variant<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Serialize + ?Sized,
    S: Serializer,
{
    if serializer.is_human_readable() {
        return value.serialize(serializer);
    }
    let value = serde_json::to_value(value).map_err(ser::Error::custom)?;
    value.serialize(serializer)
}
