//! Values that are text on the wire, and secrets.

use bindery_runtime::{Secret, UnknownValue, deserialize_text};
use serde::{Deserialize, Deserializer};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Status {
    Active,
    Unknown(UnknownValue),
}

impl From<&str> for Status {
    fn from(text: &str) -> Self {
        match text {
            "ACTIVE" => Self::Active,
            _ => Self::Unknown(UnknownValue::new(text)),
        }
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer)
    }
}

#[test]
fn texts_are_read_in_every_form() {
    let unknown = |text| Status::Unknown(UnknownValue::new(text));
    let read = |text| serde_json::from_str::<Status>(text);
    assert_eq!(read(r#""ACTIVE""#).unwrap(), Status::Active);
    // With an escape it cannot be borrowed.
    assert_eq!(read(r#""ACT\u0049VE""#).unwrap(), Status::Active);
    assert_eq!(read(r#""active""#).unwrap(), unknown("active"));
    assert_eq!(read(r#""""#).unwrap(), unknown(""));
    let value = serde_json::Value::from("new\u{0}\n");
    assert_eq!(
        serde_json::from_value::<Status>(value).unwrap(),
        unknown("new\u{0}\n")
    );

    for (text, error) in [
        (
            "1",
            "invalid type: integer `1`, expected a string at line 1 column 1",
        ),
        (
            "null",
            "invalid type: null, expected a string at line 1 column 4",
        ),
        (
            "[]",
            "invalid type: sequence, expected a string at line 1 column 0",
        ),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), error);
    }
}

#[test]
fn an_unknown_value_is_its_text() {
    let value = UnknownValue::new("NEW \"x\"");
    assert_eq!(value.as_str(), "NEW \"x\"");
    assert_eq!(value.to_string(), "NEW \"x\"");
    assert_eq!(format!("{value:?}"), r#""NEW \"x\"""#);
    assert_eq!(value, value.clone());
    assert!(UnknownValue::new("a") < UnknownValue::new("b"));
}

#[test]
fn a_secret_is_not_shown() {
    let secret: Secret<String> = "hidden".into();
    assert_eq!(secret.expose(), "hidden");
    assert!(!format!("{secret:?} {:#?}", Some(&secret)).contains("hidden"));
    assert_eq!(secret.clone().into_inner(), "hidden");
    assert_eq!(secret, Secret::new("hidden".to_owned()));
}
