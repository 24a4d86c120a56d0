//! Numbers that keep their digits.

use std::collections::BTreeMap;

use bindery_runtime::{Number, ParameterValue, ToParameter, Value, decode};

/// Numbers that an `f64` or a printer of floats would change.
const ODD: &[&str] = &[
    "-0",
    "1.50",
    "1e2",
    "1E+2",
    "1.0e-7",
    "0.1000000000000000055511151231257827",
    "123456789012345678901234567890",
    "-9223372036854775809",
    "1e400",
    "0.00",
];

/// Numbers that stay as they are on any way.
const PLAIN: &[&str] = &[
    "0",
    "-1",
    "1.0",
    "0.5",
    "9223372036854775807",
    "18446744073709551615",
    "-9223372036854775808",
];

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

#[test]
fn json_keeps_its_digits() {
    for text in ODD.iter().chain(PLAIN) {
        let read: Number = serde_json::from_str(text).unwrap();
        assert_eq!(read.as_str(), *text);
        assert_eq!(read, number(text));
        assert_eq!(serde_json::to_string(&read).unwrap(), *text);
        let read: Number = serde_json::from_reader(text.as_bytes()).unwrap();
        assert_eq!(read.as_str(), *text);

        let inside = format!(r#"{{"a":[{text},null,{text}]}}"#);
        let spaced = format!(r#" {{ "a" : [ {text} , null , {text} ] }} "#);
        for json in [&inside, &spaced] {
            let read: BTreeMap<String, Vec<Option<Number>>> = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), inside);
        }
    }
}

#[test]
fn it_goes_through_values() {
    for text in PLAIN {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_value(number(text)).unwrap(), value);
        assert_eq!(decode::<Number>(&value).unwrap().as_str(), *text);
        assert_eq!(
            serde_json::from_value::<Number>(value).unwrap().as_str(),
            *text
        );
    }
    // What an `f64` can hold of it.
    let value = serde_json::to_value(number("1.50")).unwrap();
    assert_eq!(value, Value::from(1.5));
    let value = serde_json::to_value(number("1e2")).unwrap();
    assert_eq!(decode::<Number>(&value).unwrap().as_f64(), Some(100.0));
    assert!(serde_json::to_value(number("1e400")).is_err());
}

/// A struct of a user, whose derive buffers what it reads.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Flattened {
    #[serde(flatten)]
    all: BTreeMap<String, Number>,
}

#[test]
fn it_goes_through_the_buffers_of_derive() {
    let text = r#"{"a":1,"b":-2,"c":1.5}"#;
    let read: Flattened = serde_json::from_str(text).unwrap();
    assert_eq!(read.all["c"], number("1.5"));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn other_formats_read_back_what_they_wrote() {
    for text in ODD.iter().chain(PLAIN) {
        let number = number(text);
        let bytes = postcard::to_stdvec(&number).unwrap();
        assert_eq!(postcard::from_bytes::<Number>(&bytes).unwrap(), number);
        let mut cbor = Vec::new();
        ciborium::into_writer(&number, &mut cbor).unwrap();
        assert_eq!(
            ciborium::from_reader::<Number, _>(&cbor[..]).unwrap(),
            number
        );
        let bytes = rmp_serde::to_vec(&number).unwrap();
        assert_eq!(rmp_serde::from_slice::<Number>(&bytes).unwrap(), number);
    }
    let bytes = postcard::to_stdvec("1.").unwrap();
    assert!(postcard::from_bytes::<Number>(&bytes).is_err());
}

#[test]
fn what_is_no_number_is_refused() {
    for (text, error) in [
        (r#""1""#, "invalid type: string, expected a number"),
        ("null", "invalid type: null, expected a number"),
        ("true", "invalid type: boolean `true`, expected a number"),
        ("[1]", "invalid type: sequence, expected a number"),
        (r#"{"a":1}"#, "invalid type: map, expected a number"),
        ("1.", "invalid number"),
        ("-", "invalid number"),
        ("01", "invalid number"),
        ("NaN", "expected"),
        ("", "EOF"),
    ] {
        let found = serde_json::from_str::<Number>(text).unwrap_err();
        assert!(found.to_string().starts_with(error), "{text}: {found}");
    }
    for value in [Value::Null, "1".into(), vec![1].into(), true.into()] {
        assert!(decode::<Number>(&value).is_err(), "{value}");
    }
}

#[test]
fn texts_are_held_against_the_grammar() {
    for text in ODD.iter().chain(PLAIN).chain(&["10", "0e0", "-0.0E-00"]) {
        assert_eq!(number(text).to_string(), *text);
    }
    for text in [
        "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1e1.5", "1.5.5", "1e1e1", " 1", "1 ",
        "0x1", "1_000", "inf", "NaN", "--1", "1,5", "\u{661}", "1e--1",
    ] {
        let error = text.parse::<Number>().unwrap_err();
        assert_eq!(error.to_string(), "not a JSON number", "{text}");
    }
}

#[test]
fn it_converts_from_and_to_primitive_numbers() {
    assert_eq!(Number::from(-1_i32), number("-1"));
    assert_eq!(Number::from(u64::MAX).as_u64(), Some(u64::MAX));
    assert_eq!(Number::from(u64::MAX).as_i64(), None);
    assert_eq!(Number::from(i64::MIN).as_i64(), Some(i64::MIN));
    assert_eq!(Number::from(7_u32).as_f64(), Some(7.0));
    assert_eq!(Number::try_from(1.5).unwrap(), number("1.5"));
    for no_number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Number::try_from(no_number).is_err());
    }

    for (text, integer, float) in [
        ("1.0", Some(1), Some(1.0)),
        ("-3.00", Some(-3), Some(-3.0)),
        ("1.5", None, Some(1.5)),
        ("1e2", None, Some(100.0)),
        (
            "9223372036854775808",
            None,
            Some(9_223_372_036_854_775_808.0),
        ),
        (
            "9007199254740993.0",
            Some(9_007_199_254_740_993),
            Some(9_007_199_254_740_992.0),
        ),
        ("1e400", None, None),
    ] {
        assert_eq!(number(text).as_i64(), integer, "{text}");
        assert_eq!(number(text).as_f64(), float, "{text}");
    }
    assert_eq!(number("-1").as_u64(), None);
    assert_eq!(
        format!("{:?} {:>4}", number("1.50"), number("2")),
        "1.50    2"
    );
    assert_eq!(
        number("1.50").to_parameter(),
        ParameterValue::Primitive("1.50".to_owned())
    );
}
