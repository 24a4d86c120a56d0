//! Forms of pairs.

use std::collections::BTreeMap;

use bindery_runtime::{
    Call, DEEP_OBJECT, Form, FormField, PIPE_DELIMITED, ParameterInfo, RequestErrorKind,
    SPACE_DELIMITED, Style,
};
use serde::Serialize;
use serde_json::json;

use crate::support::{operation, refused, sent};

fn body<T: Serialize + ?Sized>(value: &T, fields: &'static [FormField]) -> String {
    let sent = sent(|core| Call::new(core, operation("/x", &[])).form(value, fields));
    assert_eq!(
        sent.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    String::from_utf8(sent.body).unwrap()
}

#[derive(Serialize)]
struct Pet {
    name: &'static str,
    age: Option<u8>,
    weight: f32,
    tags: Vec<&'static str>,
    owner: serde_json::Value,
    visits: Vec<serde_json::Value>,
    none: Vec<i64>,
}

#[test]
fn members_by_their_shape() {
    let pet = Pet {
        name: "R&D = a+b ~\u{8d22}\r\n",
        age: None,
        weight: 0.1,
        tags: vec!["x y", "z"],
        owner: json!({"id": 1}),
        visits: vec![json!({"at": "now"}), json!(2), json!(null)],
        none: Vec::new(),
    };
    assert_eq!(
        body(&pet, &[]),
        "name=R%26D+%3D+a%2Bb+~%E8%B4%A2%0D%0A&weight=0.1&tags=x+y&tags=z\
         &owner=%7B%22id%22%3A1%7D&visits=%7B%22at%22%3A%22now%22%7D&visits=2&visits="
    );
    let odd = BTreeMap::from([("a b&c=", "%20")]);
    assert_eq!(body(&odd, &[]), "a+b%26c%3D=%2520");
}

#[test]
fn members_by_their_encoding() {
    static FIELDS: &[FormField] = &[
        FormField::new("deep").style(DEEP_OBJECT),
        FormField::new("list").explode(false),
        FormField::new("space")
            .style(SPACE_DELIMITED)
            .explode(false),
        FormField::new("pipe").style(PIPE_DELIMITED).explode(false),
        FormField::new("object").style(Style::Form),
        FormField::new("to").reserved(),
    ];
    let value = json!({
        "deep": {"a": {"b": 1}, "none": null},
        "list": ["a,b", "c"],
        "object": {"k": "v w"},
        "other": {"k": null},
        "pipe": [1, 2],
        "space": [true, false],
        "to": "/a?b+c d%20e#",
        "zero": null,
    });
    assert_eq!(
        body(&value, FIELDS),
        "deep%5Ba%5D%5Bb%5D=1&list=a%2Cb,c&k=v+w&other=%7B%22k%22%3Anull%7D&pipe=1%7C2\
         &space=true+false&to=/a?b%2Bc+d+e%23"
    );
}

#[test]
fn what_is_no_object_is_no_form() {
    for value in [json!([1]), json!("text"), json!(null)] {
        let kind = refused(|core| Call::new(core, operation("/x", &[])).form(&value, &[]));
        let RequestErrorKind::InvalidBody { message } = kind else {
            panic!("{kind}");
        };
        assert!(message.contains("an object"), "{message}");
    }
    assert_eq!(body(&json!({}), &[]), "");
}

/// A form may be the whole query; given again it takes the place of the one before.
#[test]
fn a_query_may_be_a_form() {
    static FIELDS: &[FormField] = &[FormField::new("list").explode(false)];
    static PARAMETERS: &[ParameterInfo] = &[ParameterInfo::query_form("search")];
    let target = |value: &serde_json::Value| {
        let sent = sent(|core| {
            Call::new(core, operation("/x", PARAMETERS))
                .query_string("search", &Form(&json!({"old": 1}), &[]))
                .query_string("search", &Form(value, FIELDS))
        });
        let path = sent.url.find("/x").unwrap();
        sent.url[path..].to_owned()
    };
    assert_eq!(
        target(&json!({"a&b": "c d", "list": ["x", "y,z"]})),
        "/x?a%26b=c+d&list=x,y%2Cz"
    );
    assert_eq!(target(&json!({})), "/x");
    let kind = refused(|core| {
        Call::new(core, operation("/x", PARAMETERS)).query_string("search", &Form(&1, &[]))
    });
    assert!(
        matches!(&kind, RequestErrorKind::InvalidParameter { name, .. } if name == "search"),
        "{kind}"
    );
}
