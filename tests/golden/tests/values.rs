//! Values of the goldens, there and back.

use bindery_goldens::{names, presence, recursion};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

/// Absent and null come out as they should: what is required is written even as null.
#[test]
fn presence_is_kept() {
    let record = presence::types::Record::new(1, "z");
    assert_eq!(
        to_value(&record).expect("JSON"),
        json!({"alpha": 1, "zeta": "z", "maybe": null})
    );
    let value = json!({"alpha": 2, "zeta": "y", "maybe": "m", "optional": false, "both": "b"});
    let record: presence::types::Record = from_value(value.clone()).expect("a record");
    assert_eq!(to_value(&record).expect("JSON"), value);
    // A service that leaves out what it should send as null is understood.
    let record: presence::types::Record =
        from_value(json!({"alpha": 1, "zeta": "z"})).expect("a record");
    assert_eq!(record.maybe, None);
    let missing = from_value::<presence::types::Record>(json!({"alpha": 1, "maybe": null}));
    assert!(
        missing
            .expect_err("`zeta` is required")
            .to_string()
            .contains("zeta")
    );
}

/// More than three required fields have names; maps and lists hold structs.
#[test]
fn many_required_fields_have_names() {
    let record = presence::types::Record::new(1, "z");
    let wide = presence::types::Wide::new(presence::types::WideRequired {
        a: record.clone(),
        b: 0.5,
        c: vec![record],
        d: "d".to_owned(),
    })
    .e([("k".to_owned(), 7)].into());
    let value = to_value(&wide).expect("JSON");
    assert_eq!(value["e"], json!({"k": 7}));
    assert_eq!(
        from_value::<presence::types::Wide>(value).expect("a value"),
        wide
    );
}

#[test]
fn recursion_has_an_end() {
    let value =
        json!({"root": {"children": [{"left": {"back": {}}}], "parent": {"named": {"x": {}}}}});
    let tree: recursion::types::Tree = from_value(value.clone()).expect("a tree");
    assert_eq!(to_value(&tree).expect("JSON"), value);
}

/// Lists, maps and unions that hold themselves hold any depth.
#[test]
fn whatever_holds_itself_is_kept() {
    use recursion::types::{Expression, Folder, Holder, List, Map, Ping};
    fn kept<T: DeserializeOwned + Serialize>(value: &Value) -> T {
        let decoded: T = from_value(value.clone()).expect("a value");
        assert_eq!(&to_value(&decoded).expect("JSON"), value);
        decoded
    }
    let list = kept::<List>(&json!([[], [[], [[]]]]));
    assert_eq!(list.0.len(), 2);
    kept::<Map>(&json!({"a": {"b": {}}, "c": {}}));
    kept::<Ping>(&json!([{"a": [{}]}]));
    kept::<Holder>(&json!({"lists": [[], [[]]]}));
    let sum = json!({"left": 1.5, "right": {"left": [2.5, [3.5]], "right": 0.5}});
    assert!(matches!(kept::<Expression>(&sum), Expression::Sum(_)));
    kept::<Folder>(&json!({"folder": {"up": {}}, "entries": [{"entries": []}]}));
}

/// Keys that are no identifiers, and values that differ in case or signs alone, stay what they are.
#[test]
fn odd_names_are_sent_as_they_are() {
    let value = json!({
        "type": "t", "new": "n", "self": "s", "@type": "a", "start<": "1", "start>": "2",
        "start": "3", "OS-EXT-IPS:type": "o",
    });
    let option: names::types::OptionSchema = from_value(value.clone()).expect("a value");
    assert_eq!(
        (option.r#type.as_str(), option.at_type.as_deref()),
        ("t", Some("a"))
    );
    assert_eq!(to_value(&option).expect("JSON"), value);
    for text in ["asc", "ASC", "+1", "-1", "", "3gpp", "new"] {
        let value = json!({"order": text});
        let error: names::types::ErrorSchema = from_value(value.clone()).expect("a value");
        assert_eq!(to_value(&error).expect("JSON"), value);
    }
}
