//! Values of schemas of JSON Schema 2020-12 (OpenAPI 3.1 and 3.2), there and back.

mod support;

use bindery_goldens::{
    conditions, default_mapping, json_schema, pattern_properties, tuples, wide_numbers,
};
use serde_json::{from_str, from_value, json, to_string};
use support::kept;

/// A list of fixed length is a tuple, and holds no more and no less.
#[test]
fn positions_have_their_types() {
    use tuples::types::{Entry, Expression, Path, Point, Row};
    let (longitude, latitude): Point = kept(&json!([13.4, 52.5]));
    assert!(longitude < latitude);
    assert!(from_value::<Point>(json!([13.4])).is_err());
    assert!(from_value::<Point>(json!([13.4, 52.5, 34.0])).is_err());
    let (name, count, road) =
        kept::<Entry>(&json!(["A1", null, {"kind": "road", "at": [1.0, 2.0]}]));
    assert_eq!((name.as_str(), count), ("A1", None));
    assert_eq!(road.at, Some((1.0, 2.0)));
    kept::<Path>(&json!([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]));
    kept::<Row>(&json!(["a", 1, {"more": null}]));
    let sum = kept::<Expression>(&json!(["+", 1.0, ["*", 2.0, 3.0]]));
    let Expression::Array(sum) = sum else {
        panic!("a list is an expression with parts");
    };
    assert_eq!(sum.1, Expression::Number(1.0));
    assert!(matches!(kept(&json!(["+", 1.0])), Expression::Unknown(_)));
}

/// What is named by a pattern is kept, of its type where there is one.
#[test]
fn properties_by_pattern_are_kept() {
    use pattern_properties::types::{Counters, Labels, Listed, Open, Rest};
    assert_eq!(kept::<Counters>(&json!({"hits": 2}))["hits"], 2);
    let labels = kept::<Labels>(&json!({"host": "a", "x-a": {"value": "b"}}));
    let value = labels.additional_properties["x-a"].value.as_deref();
    assert_eq!(value, Some("b"));
    kept::<Open>(&json!({"x-a": "b", "other": [1]}));
    kept::<Listed>(&json!({"en": "house", "de": "Haus"}));
    kept::<Rest>(&json!({"a": "b", "count": 3}));
}

/// Properties under conditions are there for every value, and required by none.
#[test]
fn conditions_widen() {
    use conditions::types::{Bag, Payment, PaymentMethod};
    let payment = kept::<Payment>(&json!({"method": "card", "number": "4711", "amount": 3}));
    assert_eq!(payment.method, PaymentMethod::Card);
    assert_eq!(payment.number.as_deref(), Some("4711"));
    let invoice = json!({
        "method": "invoice", "amount": 3.5, "address": {"street": "Elm"}, "note": "x",
        "language": "en", "anything": {"a": null},
    });
    kept::<Payment>(&invoice);
    kept::<Bag>(&json!(["pear"]));
}

/// What OpenAPI 3.1 says in other words comes out as the same types.
#[test]
fn json_schema_reads_as_it_is_meant() {
    use json_schema::types::{Book, BookState, Event, Mixed, Writer};
    let book = json!({
        "title": "The Sea", "pages": 200, "kind": "book", "subtitle": null, "cover": "aGk=",
        "author": {"name": "A"}, "borrower": null, "shelf": {"floor": 1, "next": {"floor": 2}},
        "legacy": null, "size": {"height": 20.5, "width": 13.0}, "tags": {"a": "b"}, "state": "lost",
    });
    let book = kept::<Book>(&book);
    assert_eq!(book.state, Some(BookState::Lost));
    assert_eq!(book.borrower, None);
    for tags in [json!(["a"]), json!("a")] {
        kept::<json_schema::types::BookTags>(&tags);
    }
    kept::<Writer>(&json!({"name": "A", "pen": "red"}));
    assert!(from_value::<Writer>(json!({"name": "A"})).is_err());
    let lent = kept(&json!({"type": "lent", "book": "1"}));
    assert!(matches!(lent, Event::Lent(_)));
    assert!(matches!(
        kept(&json!({"type": "moved", "shelf": 1})),
        Event::Moved(_)
    ));
    for mixed in [json!([1, 2]), json!({"a": "b"}), json!(true)] {
        assert!(!matches!(kept(&mixed), Mixed::Unknown(_)));
    }
}

/// Digits beyond 64 bits are the same after a decode and an encode.
#[test]
fn wide_numbers_keep_their_digits() {
    let text = "{\"balance\":340282366920938463463374607431768211455,\"nonce\":18446744073709551615,\
                \"share\":0.123456789012345678901,\"total\":100000000000000000000,\"price\":9.99,\
                \"rounded\":-9223372036854775808,\"bounded\":1.5,\"hits\":4294967296,\
                \"rate\":0.00743999984115362,\"short\":0.1,\"told\":7}";
    let account: wide_numbers::types::Account = from_str(text).expect("an account");
    assert_eq!(account.nonce, u64::MAX);
    assert_eq!(to_string(&account).expect("JSON"), text);
}

/// A tag that is missing or unknown means the default, which gets no tag of its own.
#[test]
fn a_default_takes_what_no_tag_names() {
    use default_mapping::types::Animal;
    assert!(matches!(
        kept(&json!({"kind": "dog", "barks": true})),
        Animal::Dog(_)
    ));
    for value in [
        json!({"name": "Bo"}),
        json!({"kind": "newt", "name": "Bo"}),
        json!({"kind": "Other"}),
    ] {
        assert!(matches!(kept(&value), Animal::Other(_)));
    }
}
