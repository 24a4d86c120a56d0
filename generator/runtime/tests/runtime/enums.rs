//! Enumerations whose values are not texts.

use bindery_runtime::{Value, deserialize_integer, deserialize_value};
use serde::{Deserialize, Deserializer};

#[derive(Debug, PartialEq)]
struct Level(i64);

impl From<i64> for Level {
    fn from(level: i64) -> Self {
        Self(level)
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_integer(deserializer)
    }
}

#[derive(Debug, PartialEq)]
enum Mixed {
    Auto,
    Zero,
    Unknown(Value),
}

impl From<Value> for Mixed {
    fn from(value: Value) -> Self {
        match &value {
            Value::String(text) if text == "auto" => Self::Auto,
            Value::Number(number) if number.as_i64() == Some(0) => Self::Zero,
            _ => Self::Unknown(value),
        }
    }
}

impl<'de> Deserialize<'de> for Mixed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_value(deserializer)
    }
}

#[test]
fn integers_are_read_however_they_are_written() {
    for (text, integer) in [
        ("0", 0),
        ("-7", -7),
        ("1.0", 1),
        ("-0.0", 0),
        ("1e3", 1000),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        ("-9223372036854775808.0", i64::MIN),
    ] {
        assert_eq!(
            serde_json::from_str::<Level>(text).unwrap(),
            Level(integer),
            "{text}"
        );
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            serde_json::from_value::<Level>(value).unwrap(),
            Level(integer),
            "{text}"
        );
    }
    let bytes = postcard::to_stdvec(&-5_i64).unwrap();
    assert_eq!(postcard::from_bytes::<Level>(&bytes).unwrap(), Level(-5));
}

#[test]
fn what_is_no_integer_is_refused() {
    for (text, error) in [
        ("1.5", "invalid value: floating point `1.5`"),
        (
            "9223372036854775808",
            "invalid value: integer `9223372036854775808`",
        ),
        ("9223372036854775808.0", "invalid value: floating point"),
        ("1e300", "invalid value: floating point"),
        ("1e400", "number out of range"),
        (r#""1""#, r#"invalid type: string "1""#),
        ("null", "invalid type: null"),
        ("[1]", "invalid type: sequence"),
    ] {
        let found = serde_json::from_str::<Level>(text).unwrap_err().to_string();
        assert!(found.starts_with(error), "{text}: {found}");
        if error.starts_with("invalid") {
            assert!(found.contains("expected an integer of 64 bits"), "{found}");
        }
    }
}

#[test]
fn mixed_values_are_read_by_what_they_are() {
    let read = |text| serde_json::from_str::<Mixed>(text).unwrap();
    assert_eq!(read(r#""auto""#), Mixed::Auto);
    assert_eq!(read("0"), Mixed::Zero);
    for text in ["1", "null", r#"{"a":[true]}"#, r#""AUTO""#] {
        let value = serde_json::from_str(text).unwrap();
        assert_eq!(read(text), Mixed::Unknown(value));
    }
    assert!(serde_json::from_str::<Mixed>("nul").is_err());
}
