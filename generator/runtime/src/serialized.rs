//! Parameters of any shape.
//!
//! In: values that serde can write. Out: the same as values of parameters, either part by part or
//! as JSON in one text. This file knows nothing of styles.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;

use super::{ParameterValue, ToParameter};

/// A value as a parameter of the shape that it has in JSON.
///
/// Members that are null are left out; any other null is the empty text. Members keep the order in
/// which they are written. What JSON has no word for follows it: floats that are no numbers are
/// null, and integers beyond 64 bits are floats.
#[derive(Clone, Copy, Debug)]
pub struct Serialized<'v, T: ?Sized>(pub &'v T);

impl<T: Serialize + ?Sized> ToParameter for Serialized<'_, T> {
    fn to_parameter(&self) -> ParameterValue {
        match serde_json::to_vec(self.0) {
            Ok(json) => read(&json),
            Err(error) => ParameterValue::Invalid(error.to_string()),
        }
    }
}

/// A value as a parameter that is JSON: a `content` parameter (OpenAPI 3.0.3, Parameter Object).
#[derive(Clone, Copy, Debug)]
pub struct Json<'v, T: ?Sized>(pub &'v T);

impl<T: Serialize + ?Sized> ToParameter for Json<'_, T> {
    fn to_parameter(&self) -> ParameterValue {
        match serde_json::to_string(self.0) {
            Ok(json) => ParameterValue::Primitive(json),
            Err(error) => ParameterValue::Invalid(error.to_string()),
        }
    }
}

/// The way over the text keeps the digits of a float and the order of members, which a tree of
/// values would not.
fn read(json: &[u8]) -> ParameterValue {
    match serde_json::from_slice(json) {
        Ok(ReadValue(value)) => value.unwrap_or_else(|| ParameterValue::Primitive(String::new())),
        Err(error) => ParameterValue::Invalid(error.to_string()),
    }
}

/// A value of a parameter that is read from JSON; nothing for null.
pub struct ReadValue(pub Option<ParameterValue>);

impl<'de> Deserialize<'de> for ReadValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl ValueVisitor {
    fn primitive<E>(text: impl fmt::Display) -> Result<ReadValue, E> {
        let value = ParameterValue::Primitive(text.to_string());
        Ok(ReadValue(Some(value)))
    }
}

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = ReadValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<ReadValue, E> {
        Self::primitive(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<ReadValue, E> {
        Self::primitive(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<ReadValue, E> {
        Self::primitive(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<ReadValue, E> {
        Self::primitive(value)
    }

    fn visit_str<E>(self, text: &str) -> Result<ReadValue, E> {
        Self::primitive(text)
    }

    fn visit_unit<E>(self) -> Result<ReadValue, E> {
        Ok(ReadValue(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<ReadValue, A::Error> {
        let mut items = Vec::new();
        while let Some(ReadValue(item)) = access.next_element()? {
            items.push(item.unwrap_or_else(|| ParameterValue::Primitive(String::new())));
        }
        Ok(ReadValue(Some(ParameterValue::Array(items))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<ReadValue, A::Error> {
        let mut members = Vec::new();
        while let Some((name, ReadValue(value))) = access.next_entry::<String, _>()? {
            members.extend(value.map(|value| (name, value)));
        }
        Ok(ReadValue(Some(ParameterValue::Object(members))))
    }
}
