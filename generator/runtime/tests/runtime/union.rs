//! Telling the variants of a union apart, and writing them.

use std::collections::BTreeMap;

use bindery_runtime::{
    Value, decode, decode_as, has_keys, is_integer, serialize_tagged, serialize_variant, tag,
};
use serde::{Serialize, Serializer};

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_tag_is_the_text_of_a_member() {
    let cat = value(r#"{"kind":"cat","lives":9}"#);
    assert_eq!(tag(&cat, "kind"), Some("cat"));
    assert_eq!(tag(&cat, "lives"), None);
    assert_eq!(tag(&cat, "Kind"), None);
    for text in [r#"["kind"]"#, r#""kind""#, "null", r#"{"kind":null}"#] {
        assert_eq!(tag(&value(text), "kind"), None, "{text}");
    }
}

#[test]
fn keys_are_there_whatever_their_values() {
    let cat = value(r#"{"kind":null,"lives":9}"#);
    assert!(has_keys(&cat, &[]) && has_keys(&cat, &["lives", "kind"]));
    assert!(!has_keys(&cat, &["lives", "name"]));
    assert!(!has_keys(&value("[]"), &[]));
    assert!(!has_keys(&value(r#""kind""#), &["kind"]));
}

#[test]
fn integers_are_so_by_their_value() {
    for text in ["0", "-1", "1.0", "1e3", "18446744073709551615", "1e300"] {
        assert!(is_integer(&value(text)), "{text}");
    }
    for text in ["1.5", "1e-3", r#""1""#, "null", "[1]", "true"] {
        assert!(!is_integer(&value(text)), "{text}");
    }
}

#[test]
fn a_value_is_decoded_or_says_why_not() {
    let list = value("[1,2]");
    assert_eq!(decode::<Vec<u8>>(&list).unwrap(), [1, 2]);
    let text = value(r#""borrowed""#);
    assert_eq!(decode::<&str>(&text).unwrap(), "borrowed");

    let plain = decode::<Vec<bool>>(&list).unwrap_err().to_string();
    assert_eq!(plain, "invalid type: integer `1`, expected a boolean");
    let error = decode_as::<Vec<bool>, serde::de::value::Error>(&list).unwrap_err();
    assert_eq!(error.to_string(), plain);
    assert_eq!(
        decode_as::<Vec<u8>, serde::de::value::Error>(&list).unwrap(),
        [1, 2]
    );
}

/// A value that is written with a tag.
struct Tagged<T>(T);

impl<T: Serialize> Serialize for Tagged<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_tagged(&self.0, "cat", "kind", serializer)
    }
}

#[derive(Serialize)]
struct Cat {
    lives: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    name: &'static str,
}

#[derive(Serialize)]
struct Wrapped<T>(T);

fn cat(kind: Option<&'static str>) -> Cat {
    Cat {
        lives: 9,
        kind,
        name: "Tom",
    }
}

#[test]
fn a_tag_is_added_where_it_is_missing() {
    let with = r#"{"kind":"cat","lives":9,"name":"Tom"}"#;
    let write = |value: &dyn Fn() -> serde_json::Result<String>| value().unwrap();
    assert_eq!(write(&|| serde_json::to_string(&Tagged(cat(None)))), with);
    assert_eq!(
        write(&|| serde_json::to_string(&Tagged(Some(Box::new(Wrapped(cat(None))))))),
        with
    );
    assert_eq!(
        write(&|| serde_json::to_string(&Tagged(Tagged(cat(None))))),
        with
    );
    assert_eq!(
        serde_json::to_value(Tagged(cat(None))).unwrap(),
        value(with)
    );
    let map = BTreeMap::from([("lives", 9)]);
    assert_eq!(
        write(&|| serde_json::to_string(&Tagged(&map))),
        r#"{"kind":"cat","lives":9}"#
    );
    let empty = BTreeMap::<String, u8>::new();
    assert_eq!(
        write(&|| serde_json::to_string(&Tagged(&empty))),
        r#"{"kind":"cat"}"#
    );
    assert_eq!(
        write(&|| serde_json::to_string(&Tagged(value(r#"{"z":{"kind":1}}"#)))),
        r#"{"kind":"cat","z":{"kind":1}}"#
    );
    // In a format with lengths as well.
    for bytes in [
        rmp_serde::to_vec(&Tagged(cat(None))).unwrap(),
        rmp_serde::to_vec_named(&Tagged(cat(None))).unwrap(),
    ] {
        assert_eq!(rmp_serde::from_slice::<Value>(&bytes).unwrap(), value(with));
    }
}

#[test]
fn what_has_a_tag_or_cannot_have_one_is_written_as_it_is() {
    let tabby = cat(Some("tabby"));
    assert_eq!(
        serde_json::to_string(&Tagged(tabby)).unwrap(),
        r#"{"lives":9,"kind":"tabby","name":"Tom"}"#
    );
    for text in [
        r#"{"kind":null}"#,
        "null",
        "1",
        "1.5",
        "true",
        r#""kind""#,
        "[]",
        r#"[{"a":1}]"#,
    ] {
        assert_eq!(serde_json::to_string(&Tagged(value(text))).unwrap(), text);
    }
}

/// A value that cannot be written.
struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("broken"))
    }
}

#[test]
fn an_error_of_a_value_is_the_error() {
    for error in [
        serde_json::to_string(&Tagged(Broken)).unwrap_err(),
        serde_json::to_string(&Tagged(BTreeMap::from([("a", Broken)]))).unwrap_err(),
    ] {
        assert_eq!(error.to_string(), "broken");
    }
}

#[cfg(feature = "number")]
#[test]
fn a_tag_leaves_digits_as_they_are() {
    let number: bindery_runtime::Number = "1.50".parse().unwrap();
    assert_eq!(
        serde_json::to_string(&Tagged(BTreeMap::from([("price", number)]))).unwrap(),
        r#"{"kind":"cat","price":1.50}"#
    );
    let number: bindery_runtime::Number = "1.50".parse().unwrap();
    assert_eq!(serde_json::to_string(&Tagged(number)).unwrap(), "1.50");
}

/// A value whose form depends on the format.
struct Moody;

impl Serialize for Moody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.serialize_u8(1),
            false => serializer.serialize_str("one"),
        }
    }
}

struct Variant<T>(T);

impl<T: Serialize> Serialize for Variant<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_variant(&self.0, serializer)
    }
}

#[test]
fn a_variant_is_written_as_it_is_read() {
    let moody = || BTreeMap::from([("mood", Moody)]);
    let mut plain = Vec::new();
    ciborium::into_writer(&Variant(moody()), &mut plain).unwrap();
    let read: Value = ciborium::from_reader(&plain[..]).unwrap();
    assert_eq!(read, value(r#"{"mood":1}"#));

    let mut tagged = Vec::new();
    ciborium::into_writer(&Tagged(moody()), &mut tagged).unwrap();
    let read: Value = ciborium::from_reader(&tagged[..]).unwrap();
    assert_eq!(read, value(r#"{"kind":"cat","mood":1}"#));

    assert_eq!(
        serde_json::to_string(&Variant(moody())).unwrap(),
        r#"{"mood":1}"#
    );
    let mut broken = Vec::new();
    let error = ciborium::into_writer(&Variant(Broken), &mut broken).unwrap_err();
    assert!(error.to_string().contains("broken"), "{error}");
}
