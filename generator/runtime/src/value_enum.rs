//! Reading of enumerations whose values are of several types.
//!
//! In: a deserializer. Out: a value that can be made of any JSON value. This file knows nothing of
//! which values a type expects.

use serde::de::{Deserialize, Deserializer};
use serde_json::Value;

/// Reads a JSON value and makes a `T` of it.
///
/// # Errors
///
/// Those of the format.
pub fn deserialize_value<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<Value>,
    D: Deserializer<'de>,
{
    Value::deserialize(deserializer).map(T::from)
}
