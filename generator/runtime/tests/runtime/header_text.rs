//! The headers of replies as values.

use std::collections::BTreeMap;

use bindery_runtime::{
    HeaderError, HeaderMap, read_exploded_header, read_header, read_json_header,
};
use http::{HeaderName, HeaderValue};
use serde::Deserialize;
use serde::de::DeserializeOwned;

const NAME: &str = "x-value";

fn headers(lines: &[&str]) -> HeaderMap {
    let name = HeaderName::from_static(NAME);
    let value = |line: &&str| HeaderValue::from_bytes(line.as_bytes()).unwrap();
    lines
        .iter()
        .map(|line| (name.clone(), value(line)))
        .collect()
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, &'static str> {
    read_header(&headers(&[text]), NAME)
        .map(Option::unwrap)
        .map_err(|error| error.problem)
}

#[derive(Debug, PartialEq, Deserialize)]
struct Color {
    #[serde(rename = "R")]
    red: i64,
    #[serde(rename = "G")]
    green: Option<i64>,
    #[serde(rename = "B", default)]
    name: String,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Id(i64);

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Size {
    Small,
    Large,
}

#[test]
fn a_header_by_any_case() {
    assert_eq!(read_header(&headers(&["7"]), "X-Value"), Ok(Some(7)));
    assert_eq!(read_header::<i64>(&headers(&["7"]), "X Value"), Ok(None));
}

#[test]
fn a_header_that_is_not_there() {
    assert_eq!(read_header::<i64>(&HeaderMap::new(), NAME), Ok(None));
    assert_eq!(
        read_exploded_header::<Color>(&HeaderMap::new(), NAME),
        Ok(None)
    );
    assert_eq!(read_json_header::<i64>(&HeaderMap::new(), NAME), Ok(None));
}

#[test]
fn primitives() {
    assert_eq!(
        read("a, \"b\" \u{8d22}"),
        Ok("a, \"b\" \u{8d22}".to_owned())
    );
    assert_eq!(read("-7"), Ok(-7_i64));
    assert_eq!(read("255"), Ok(255_u8));
    assert_eq!(read("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read(" 1.5\t"), Ok(1.5_f64));
    assert_eq!(read("true"), Ok(true));
    assert_eq!(read("7"), Ok(Id(7)));
    assert_eq!(read("large"), Ok(Size::Large));
    assert_eq!(read("x"), Ok('x'));
    assert_eq!(read(""), Ok(String::new()));
    assert_eq!(read("7"), Ok(Some(7_i64)));
    assert_eq!(read(""), Ok(None::<i64>));
    assert_eq!(read("7"), Ok(serde_json::json!("7")));
}

#[test]
fn arrays() {
    assert_eq!(read("1, 2,3"), Ok(vec![1, 2, 3]));
    assert_eq!(read(""), Ok(Vec::<i64>::new()));
    assert_eq!(
        read("a,,b"),
        Ok(vec!["a".to_owned(), String::new(), "b".to_owned()])
    );
    assert_eq!(read("1,x"), Ok((1, "x".to_owned())));
    assert_eq!(read("small, large"), Ok(vec![Size::Small, Size::Large]));
    // Several lines are one.
    let lines = headers(&["1", "2,3", " 4 "]);
    assert_eq!(read_header(&lines, NAME), Ok(Some(vec![1, 2, 3, 4])));
    assert_eq!(
        read_header(&headers(&["a", "b"]), NAME),
        Ok(Some("a, b".to_owned()))
    );
}

#[test]
fn objects() {
    let color = |green, name: &str| Color {
        red: 100,
        green,
        name: name.to_owned(),
    };
    assert_eq!(read("R,100,G,200,B,x"), Ok(color(Some(200), "x")));
    assert_eq!(read("B, x, more, 1, R, 100"), Ok(color(None, "x")));
    assert_eq!(read("R,100,G,"), Ok(color(None, "")));
    let map = BTreeMap::from([(Id(1), true), (Id(2), false)]);
    assert_eq!(read("1,true,2,false"), Ok(map));
    assert_eq!(read(""), Ok(BTreeMap::<String, i64>::new()));

    let exploded = read_exploded_header(&headers(&["R=100,G=200", "B=x=y"]), NAME);
    assert_eq!(exploded, Ok(Some(color(Some(200), "x=y"))));
}

#[test]
fn json() {
    let text = headers(&[r#"{"R": 100, "B": "a,b"}"#]);
    let color: Color = read_json_header(&text, NAME).unwrap().unwrap();
    assert_eq!(color.name, "a,b");
}

#[test]
fn what_does_not_fit_is_told_without_the_value() {
    assert_eq!(read::<i64>("SECRET"), Err("is not an integer of 64 bits"));
    assert_eq!(
        read::<u8>("256"),
        Err("is not an unsigned integer of 8 bits")
    );
    assert_eq!(read::<f64>(""), Err("is not a number"));
    assert_eq!(read::<bool>("TRUE"), Err("is neither `true` nor `false`"));
    assert_eq!(
        read::<Vec<i64>>("1,SECRET"),
        Err("is not an integer of 64 bits")
    );
    assert_eq!(read::<Color>("R"), Err("has a member without a value"));
    assert_eq!(read::<Color>("G,1"), Err("lacks a member of its object"));
    let other = "has a value that the document does not allow";
    assert_eq!(read::<Size>("SECRET"), Err(other));
    assert_eq!(read::<(i64, i64)>("1"), Err(other));
    assert_eq!(read::<(i64, i64)>("1,2,3"), Err(other));
    let pair = headers(&["SECRET"]);
    assert_eq!(
        read_exploded_header::<Color>(&pair, NAME)
            .unwrap_err()
            .problem,
        "has a member without a value"
    );

    for (text, problem) in [
        ("SECRET", "is not JSON"),
        (
            "\"SECRET\"",
            "is JSON of another type than the document says",
        ),
    ] {
        let error = read_json_header::<i64>(&headers(&[text]), NAME).unwrap_err();
        assert_eq!(
            error,
            HeaderError {
                name: NAME,
                problem
            }
        );
        assert_eq!(
            error.to_string(),
            format!("the header \"x-value\" {problem}")
        );
    }
    let mut bytes = HeaderMap::new();
    bytes.insert(NAME, HeaderValue::from_bytes(b"\xff").unwrap());
    assert_eq!(
        read_header::<String>(&bytes, NAME).unwrap_err().problem,
        "is not UTF-8"
    );
}
