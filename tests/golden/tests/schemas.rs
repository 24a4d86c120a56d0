//! Values of plain schemas, there and back: enumerations, maps, formats, null.

mod support;

use bindery_goldens::{enums, formats, maps, nullable, read_only};
use serde_json::{from_str, from_value, json, to_string, to_value};
use support::kept;

/// Values that differ in case or punctuation alone stay apart, and what is not listed is kept.
#[test]
fn enumerations_are_open() {
    use enums::types::{Level, Mixed, Odd, Ratio, Switch};
    assert_eq!(Odd::KNOWN.len(), 14);
    for known in Odd::KNOWN {
        assert_eq!(&Odd::from(known.as_str()), known);
        assert!(!matches!(known, Odd::Unknown(_)));
    }
    assert!(matches!(kept(&json!("later")), Odd::Unknown(_)));
    assert_eq!(kept::<Level>(&json!(3)), Level::N3);
    assert_eq!(kept::<Level>(&json!(-1)), Level::Minus1);
    assert_eq!(kept::<Level>(&json!(9)), Level::Unknown(9));
    assert!(from_value::<Level>(json!("3")).is_err());
    kept::<Ratio>(&json!(0.5));
    kept::<Ratio>(&json!(0.75));
    for value in [
        json!("auto"),
        json!(0),
        json!(1.5),
        json!(true),
        json!(["new"]),
    ] {
        kept::<Mixed>(&value);
    }
    assert_eq!(kept::<Mixed>(&json!("auto")), Mixed::Auto);
    // A whole number is the same value with a fraction of nothing.
    assert_eq!(from_str::<Level>("3.0").expect("a level"), Level::N3);
    assert_eq!(Switch::from("on").as_str(), "on");
    let report = enums::types::Report::default();
    assert_eq!(to_value(&report).expect("JSON"), json!({"grade": null}));
    kept::<enums::types::Report>(&json!({"grade": "good", "level": 1, "size": "m"}));
}

/// What is not listed is kept, and what is listed comes first.
#[test]
fn properties_that_are_not_listed_are_kept() {
    use maps::types::{Anything, Closed, Counts, Gaps, Labels};
    let labels = kept::<Labels>(&json!({"id": "1", "colour": "red", "additional_properties": "x"}));
    assert_eq!(labels.additional_properties["colour"], "red");
    kept::<Anything>(&json!({"id": "1", "deep": {"a": [1, null]}}));
    kept::<Counts>(&json!({"a": 1, "b": -2}));
    kept::<Gaps>(&json!({"a": null, "b": "x"}));
    assert_eq!(
        to_value(from_value::<Closed>(json!({"new": 1})).expect("it is taken")).expect("JSON"),
        json!({})
    );
}

/// Scalars keep their text, whatever the service sends.
#[test]
fn scalars_keep_their_text() {
    let text = r#"{"at":"2030-01-31T12:30:00.000+02:00","on":"2030-13-77","from":"12:30","lasts":"P1Y","id":"NOT-A-UUID","price":"0012.500","exact":12.3400000000000000000001,"link":"../x","cover":"aGk","raw":"r","mail":"m","small":-1,"large":9007199254740993,"count":18446744073709551615,"plain":1,"single":1.5,"double":1e+300,"number":0.1,"tags":["a","a"]}"#;
    let all: formats::types::All = from_str(text).expect("a value");
    assert_eq!(to_string(&all).expect("JSON"), text);
    let secret = formats::types::All::default().secret("hush");
    assert!(!format!("{secret:?}").contains("hush"), "{secret:?}");
    assert_eq!(to_value(&secret).expect("JSON"), json!({"secret": "hush"}));
    let password = formats::types::Password::from("hush");
    assert!(!format!("{password:?}").contains("hush"));
    assert_eq!(
        formats::types::CreatedAt::from("2030-01-31T12:30:00Z").to_string(),
        "2030-01-31T12:30:00Z"
    );
}

/// Nobody is asked for what the service assigns, and no reply needs what occurs in requests only.
#[test]
fn requests_and_replies_have_forms_of_their_own() {
    use read_only::types::{Card, CardInput, Reader, ReaderInput, Tag};
    let input = ReaderInput::new("Ada", "hush")
        .cards([CardInput::new("2030-01-31")])
        .tag(Tag::new("vip"));
    assert_eq!(
        to_value(&input).expect("JSON"),
        json!({"name": "Ada", "password": "hush", "cards": [{"valid_to": "2030-01-31"}], "tag": {"key": "vip"}})
    );
    let reader: Reader = kept(
        &json!({"id": "7", "name": "Ada", "cards": [{"number": "1", "valid_to": "2030-01-31"}]}),
    );
    assert_eq!(reader.cards.as_deref().map(<[Card]>::len), Some(1));
}

/// Null has its place in lists, maps and bodies.
#[test]
fn null_is_a_value() {
    use nullable::types::{Cells, Page, Row};
    kept::<Row>(&json!([{"value": 1}, null]));
    kept::<Cells>(&json!({"a": null, "b": "x"}));
    kept::<Page>(&json!({"text": null}));
    kept::<Page>(&json!({"text": "t", "mark": null}));
}
