//! Values of compositions, there and back: `allOf`, `oneOf`, `anyOf`, inheritance.

mod support;

use bindery_goldens::{all_of, any_of, inheritance, one_of, one_of_discriminator as tagged};
use serde_json::{Value, from_value, json, to_value};
use support::kept;

/// A property of one part is required by another.
#[test]
fn all_parts_hold() {
    let id = "4e1243bd-22c6-4f1c-b2a5-0d9e8b3f7a61";
    let book = all_of::types::Book::new(id, 120, "A3");
    assert_eq!(
        to_value(&book).expect("JSON"),
        json!({"id": id, "shelf": "A3", "pages": 120})
    );
    let missing = from_value::<all_of::types::Book>(json!({"id": id, "pages": 1}));
    let error = missing.expect_err("`shelf` is required").to_string();
    assert!(error.contains("shelf"), "{error}");
    let loan = all_of::types::Loan::new(book).returned_null();
    assert_eq!(to_value(&loan).expect("JSON")["returned"], Value::Null);
    kept::<all_of::types::Impossible>(&json!(["whatever", 1]));
}

/// The tag decides, by the mapping, by names, by listed values; another one is kept as it is.
#[test]
fn a_discriminator_decides() {
    use tagged::types::{Anything, Medium, Place};
    let atlas = kept::<Medium>(&json!({"kind": "atlas", "pages": 90}));
    assert!(matches!(&atlas, Medium::Book(book) if book.pages == 90));
    assert!(matches!(
        kept(&json!({"kind": "record", "minutes": 40})),
        Medium::Record(_)
    ));
    let unknown = json!({"kind": "film", "minutes": 90, "deep": [1, {"a": null}]});
    assert!(matches!(kept(&unknown), Medium::Unknown(value) if value == unknown));
    assert!(matches!(
        kept(&json!("no object at all")),
        Medium::Unknown(_)
    ));
    // The schema that was chosen says what is wrong with the value.
    let error = from_value::<Medium>(json!({"kind": "book"})).expect_err("`pages` is required");
    assert!(error.to_string().contains("pages"), "{error}");

    let below = kept::<Place>(&json!({"at": "below", "damp": true}));
    assert!(matches!(below, Place::Cellar(_)));
    // A schema without the property is told apart all the same: the union writes it.
    let shelf = Place::from(tagged::types::Shelf::new(7));
    assert_eq!(
        to_value(&shelf).expect("JSON"),
        json!({"at": "Shelf", "row": 7})
    );
    assert!(matches!(
        kept(&json!({"at": "Shelf", "row": 7})),
        Place::Shelf(_)
    ));

    // A union within a union.
    let within = kept::<Anything>(&json!({"kind": "record"}));
    assert!(matches!(within, Anything::Medium(medium) if matches!(*medium, Medium::Record(_))));
    assert!(matches!(
        kept(&json!({"kind": "person", "name": "Ada"})),
        Anything::Person(_)
    ));
}

/// The only value of a property is filled in.
#[test]
fn what_has_one_value_is_not_asked_for() {
    let record = tagged::types::Record::new().minutes(40);
    assert_eq!(
        to_value(&record).expect("JSON"),
        json!({"kind": "record", "minutes": 40})
    );
    let cat = inheritance::types::Cat::new("Tom").lives(9);
    assert_eq!(
        to_value(&cat).expect("JSON"),
        json!({"kind": "feline", "name": "Tom", "lives": 9})
    );
}

/// Kinds of values, values of a property, and required properties tell variants apart.
#[test]
fn what_differs_decides() {
    use one_of::types::{Answer, Contact, Event, Fine, Nest, Size};
    assert!(matches!(kept(&json!("yes")), Answer::String(_)));
    assert!(matches!(kept(&json!(3)), Answer::Integer(3)));
    assert!(matches!(kept(&json!(2.5)), Answer::Number(_)));
    assert!(matches!(kept(&json!(true)), Answer::Boolean(true)));
    assert!(matches!(kept(&json!(["a"])), Answer::Array(_)));
    assert!(matches!(
        kept(&json!({"why": "because"})),
        Answer::ExplainedAnswer(_)
    ));
    assert!(matches!(kept(&json!(null)), Answer::Unknown(Value::Null)));
    assert!(matches!(kept(&json!([1, 2])), Answer::Unknown(_)));
    assert!(matches!(kept(&json!({"how": 1})), Answer::Unknown(_)));

    assert!(matches!(
        kept(&json!({"event": "lent", "to": "Ada"})),
        Event::Lent(_)
    ));
    assert!(matches!(
        kept(&json!({"event": "returned"})),
        Event::Returned(_)
    ));
    assert!(matches!(kept(&json!({"event": "lost"})), Event::Unknown(_)));

    assert!(matches!(
        kept(&json!({"address": "a@b.c", "note": "n"})),
        Contact::Mail(_)
    ));
    assert!(matches!(
        kept(&json!({"number": "112", "note": "n"})),
        Contact::Phone(_)
    ));

    assert!(matches!(kept(&json!({"cm": 3.5})), Size::Metric(_)));
    assert!(matches!(kept(&json!({"inches": 2.0})), Size::Imperial(_)));

    // What stands beside the alternatives holds for each.
    assert!(matches!(
        kept(&json!({"amount": "1.50", "due": "2030-01-31"})),
        Fine::Due(_)
    ));
    assert!(matches!(
        kept(&json!({"due": "2030-01-31"})),
        Fine::Unknown(_)
    ));

    use one_of::types::{Loose, Version};
    assert!(matches!(
        kept(&json!({"v": 1, "name": "n"})),
        Version::V1(_)
    ));
    assert!(matches!(
        kept(&json!({"v": 2, "name": "n"})),
        Version::V2(_)
    ));
    assert!(matches!(kept(&json!({"v": 3})), Version::Unknown(_)));
    assert!(matches!(
        kept(&json!({"event": "returned"})),
        Loose::Told(_)
    ));
    assert!(matches!(kept(&json!({"event": "lost"})), Loose::Object(_)));

    kept::<Nest>(&json!({"a": ["b", ["c", {"d": "e"}]], "f": "g"}));
}

/// Objects that can stand together are one; others are told apart.
#[test]
fn any_of_keeps_every_value() {
    use any_of::types::{Genre, Owner, Pages, Reader, Term};
    assert!(matches!(kept(&json!({"next": "b"})), Pages::Object(_)));
    assert!(matches!(kept(&json!({"first": 1})), Pages::Object2(_)));
    assert!(matches!(
        kept(&json!({"next": "b", "first": 1})),
        Pages::Variant(_)
    ));
    let both = kept::<Reader>(&json!({"name": "Ada", "card": "7", "host": "Bob"}));
    assert_eq!(
        (both.card.as_deref(), both.host.as_deref()),
        (Some("7"), Some("Bob"))
    );
    kept::<Reader>(&json!({"name": "Ada"}));
    assert!(matches!(
        kept(&json!({"id": "f", "vat": "1"})),
        Owner::Firm(_)
    ));
    assert!(matches!(kept(&json!({"id": 7})), Owner::Town(_)));
    assert_eq!(kept::<Genre>(&json!("novel")), Genre::Novel);
    assert_eq!(kept::<Genre>(&json!("western")).as_str(), "western");
    assert!(matches!(kept(&json!("forever")), Term::Forever(_)));
    assert!(matches!(kept(&json!("2030-01-31")), Term::String(_)));
}

/// A reply that is typed as the parent decodes into the child, and a child of a child.
#[test]
fn a_parent_decodes_into_its_children() {
    use inheritance::types::{Animal, Fish, Vehicle};
    let cat = kept::<Animal>(&json!({"kind": "feline", "name": "Tom", "lives": 9}));
    assert!(matches!(&cat, Animal::Cat(cat) if cat.lives == Some(9)));
    let parrot = json!({"kind": "Parrot", "name": "Polly", "wingspan": 0.5, "words": ["hello"]});
    assert!(matches!(kept(&parrot), Animal::Parrot(_)));
    let shark =
        kept::<Animal>(&json!({"kind": "Shark", "name": "Bruce", "water": "salt", "teeth": 300}));
    assert!(matches!(&shark, Animal::Fish(fish) if matches!(**fish, Fish::Shark(_))));
    assert!(matches!(
        kept(&json!({"kind": "Animal", "name": "x"})),
        Animal::Animal(_)
    ));
    assert!(matches!(
        kept(&json!({"kind": "yeti", "name": "x"})),
        Animal::Unknown(_)
    ));
    let round = inheritance::types::RoundThing::new().radius(1.5);
    let round = to_value(&round).expect("JSON");
    assert_eq!(round, json!({"form": "round-thing", "radius": 1.5}));
    assert!(matches!(
        kept(&round),
        inheritance::types::Shape::RoundThing(_)
    ));
    assert!(matches!(
        kept(&json!({"type": "Boat", "sails": 2})),
        Vehicle::Boat(_)
    ));
}
