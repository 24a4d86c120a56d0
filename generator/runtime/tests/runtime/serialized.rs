//! Parameters of any shape that serde can write.

use std::collections::BTreeMap;

use bindery_runtime::{
    Call, DEEP_OBJECT, Json, ParameterInfo, ParameterValue, RequestErrorKind, Serialized,
    ToParameter,
};
use serde::Serialize;

use crate::support::{operation, refused, sent};

#[derive(Serialize)]
struct Filter {
    zone: &'static str,
    size: Option<i64>,
    ratio: f32,
    on: bool,
    tags: Vec<&'static str>,
    inner: Option<Inner>,
}

#[derive(Serialize)]
struct Inner {
    after: u64,
    nothing: (),
}

/// A value that serde cannot write.
struct Odd;

impl Serialize for Odd {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("too odd"))
    }
}

fn filter() -> Filter {
    Filter {
        zone: "b&b",
        size: None,
        ratio: 0.1,
        on: true,
        tags: vec!["x", "y"],
        inner: Some(Inner {
            after: u64::MAX,
            nothing: (),
        }),
    }
}

static PARAMETERS: &[ParameterInfo] = &[
    ParameterInfo::query("deep").style(DEEP_OBJECT),
    ParameterInfo::query("form"),
    ParameterInfo::query("json"),
    ParameterInfo::header("X-Json"),
];

#[test]
fn members_keep_their_order_and_digits() {
    let sent = sent(|core| {
        Call::new(core, operation("/x", PARAMETERS))
            .query("deep", &Serialized(&filter()))
            .query("form", &Serialized(&filter()))
    });
    assert_eq!(
        sent.url,
        "https://other.example.com/x?deep%5Bzone%5D=b%26b&deep%5Bratio%5D=0.1&deep%5Bon%5D=true\
         &deep%5Btags%5D=x&deep%5Btags%5D=y&deep%5Binner%5D%5Bafter%5D=18446744073709551615\
         &zone=b%26b&ratio=0.1&on=true&tags=x%2Cy&inner=after%2C18446744073709551615"
    );
}

#[test]
fn values_that_are_no_objects() {
    let primitive = |text: &str| ParameterValue::Primitive(text.to_owned());
    assert_eq!(Serialized("a\"b").to_parameter(), primitive("a\"b"));
    assert_eq!(Serialized(&-1).to_parameter(), primitive("-1"));
    assert_eq!(Serialized(&1.0).to_parameter(), primitive("1"));
    assert_eq!(Serialized(&None::<i64>).to_parameter(), primitive(""));
    let items = [Some(1), None];
    assert_eq!(
        Serialized(&items).to_parameter(),
        ParameterValue::Array(vec![primitive("1"), primitive("")])
    );
    let empty = BTreeMap::<String, i64>::new();
    assert_eq!(
        Serialized(&empty).to_parameter(),
        ParameterValue::Object(Vec::new())
    );
}

#[test]
fn content_is_json() {
    let sent = sent(|core| {
        Call::new(core, operation("/x", PARAMETERS))
            .query("json", &Json(&["a b", "\u{8d22}"]))
            .header_parameter("X-Json", &Json(&["a\r\nX-Evil: 1"]))
    });
    assert_eq!(
        sent.url,
        "https://other.example.com/x?json=%5B%22a%20b%22%2C%22%E8%B4%A2%22%5D"
    );
    assert_eq!(sent.header("x-json"), Some(r#"["a\r\nX-Evil: 1"]"#));
}

#[test]
fn what_cannot_be_written_is_not_sent() {
    let name = || "json".to_owned();
    let expected = |message: &str| RequestErrorKind::InvalidParameter {
        name: name(),
        message: message.to_owned(),
    };
    let call = |core: &_| Call::new(core, operation("/x", PARAMETERS));
    let kind = refused(|core| call(core).query("json", &Serialized(&Odd)));
    assert_eq!(kind, expected("too odd"));
    assert_eq!(
        kind.to_string(),
        "the value of the parameter `json` cannot be written: too odd"
    );
    let kind = refused(|core| call(core).query("json", &Json(&Odd)));
    assert_eq!(kind, expected("too odd"));
    // Also where it is one of several.
    let kind = refused(|core| call(core).query("json", &vec![Serialized(&Odd)]));
    assert_eq!(kind, expected("too odd"));
    let keys = BTreeMap::from([((1, 2), 3)]);
    let kind = refused(|core| call(core).query("json", &Serialized(&keys)));
    assert_eq!(kind, expected("key must be a string"));
}
