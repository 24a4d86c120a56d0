//! What is checked of every exchange with the service of `spec/workspace.yaml`: the request as it
//! was sent, the reply as it was decoded, and an error as it was told.

use std::fmt::Debug;
use std::fs;

use huaweicloud_workspace::Error;
use serde::Serialize;
use serde_json::{Value, json};

use crate::cases::{folder, root};
use crate::service::{PROJECT, gateway};
use crate::{Answer, Received, Server};

/// A gateway that gives one answer in JSON, with the ID `req-1`.
pub fn answering(status: u16, body: &Value) -> Server {
    gateway(Answer::json(status, body).header("X-Request-Id", "req-1"))
}

/// A gateway that answers with a status and nothing else, with the ID `req-1`.
pub fn answering_nothing(status: u16) -> Server {
    gateway(Answer::status(status).header("X-Request-Id", "req-1"))
}

/// A gateway that refuses everything with [`refusal`].
pub fn refusing(status: u16) -> Server {
    answering(status, &refusal())
}

/// An error of the service with everything that it can say.
pub fn refusal() -> Value {
    json!({
        "error_code": "WKS.00129901",
        "error_msg": "it cannot be done",
        "error_detail": "in detail",
        "encoded_authorization_message": "Zm9v",
    })
}

/// A realistic reply, whole, from `tests/replies`.
///
/// # Panics
///
/// When there is no such file, or when it is not JSON.
pub fn reply(name: &str) -> Value {
    let path = folder().join("replies").join(format!("{name}.json"));
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Asserts method and target, which is path and query as they are encoded, and that the request was
/// signed for the project.
///
/// That the signature is right is what [`gateway`] checks.
///
/// # Panics
///
/// When something differs.
pub fn assert_sent(sent: &Received, method: &str, target: &str) {
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        (method, target)
    );
    assert_eq!(sent.header("x-project-id"), Some(PROJECT));
    assert_eq!(sent.header("x-sdk-date"), Some("20260923T081530Z"));
    let signed = sent.header("authorization").expect("a signature");
    for name in ["host", "x-project-id", "x-sdk-date"] {
        assert!(signed.contains(name), "{name} is not in {signed}");
    }
}

/// Asserts that the body is this JSON, and that its type is signed.
///
/// # Panics
///
/// When something differs.
pub fn assert_body(sent: &Received, body: &Value) {
    assert_eq!(sent.json(), *body);
    assert_eq!(sent.header("content-type"), Some("application/json"));
    let signed = sent.header("authorization").expect("a signature");
    assert!(signed.contains("content-type"), "{signed}");
}

/// Asserts that there is no body, and nothing that speaks of one.
///
/// # Panics
///
/// When there is.
pub fn assert_no_body(sent: &Received) {
    assert_eq!(sent.body, b"");
    assert_eq!(sent.header("content-type"), None);
    assert_eq!(sent.header("transfer-encoding"), None);
    let length = sent.header("content-length").unwrap_or("0");
    assert_eq!(length, "0");
}

/// Asserts that a value of the type `schema` holds all of `wire`, and that `wire` has everything
/// that the schema has.
///
/// What was not decoded is not encoded again, so no field can be missing from the type.
///
/// # Panics
///
/// When something differs.
pub fn assert_whole<T: Serialize>(schema: &str, value: &T, wire: &Value) {
    let document = fs::read_to_string(root().join("spec/workspace.yaml")).expect("the document");
    let document: Value = serde_yaml::from_str(&document).expect("the document is YAML");
    let place = format!("/components/schemas/{schema}");
    let schema = document.pointer(&place).expect("the schema");
    covers(&document, schema, wire, &place);
    assert_eq!(serde_json::to_value(value).expect("encoded"), *wire);
}

/// Asserts that a value has every property of a schema, and no other.
fn covers(document: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#'));
        return covers(document, target.expect("the reference"), value, place);
    }
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(value), "{place}: {value} is not listed");
    }
    match schema["type"].as_str() {
        Some("object") => {
            let members = value.as_object();
            let members = members.unwrap_or_else(|| panic!("{place}: {value} is no object"));
            assert!(!members.is_empty(), "{place}: nothing is in it");
            if let Some(properties) = schema["properties"].as_object() {
                for (name, property) in properties {
                    let member = members.get(name);
                    let member = member.unwrap_or_else(|| panic!("{place} lacks {name}"));
                    covers(document, property, member, &format!("{place}/{name}"));
                }
                for name in members.keys() {
                    assert!(properties.contains_key(name), "{place} has {name}");
                }
            }
            if let Some(rest) = schema.get("additionalProperties") {
                for (name, member) in members {
                    covers(document, rest, member, &format!("{place}/{name}"));
                }
            }
        }
        Some("array") => {
            let items = value.as_array();
            let items = items.unwrap_or_else(|| panic!("{place}: {value} is no array"));
            assert!(!items.is_empty(), "{place}: nothing is in it");
            for item in items {
                covers(document, &schema["items"], item, place);
            }
        }
        Some("string") => assert!(value.is_string(), "{place}: {value} is no string"),
        Some("boolean") => assert!(value.is_boolean(), "{place}: {value} is no boolean"),
        Some("integer") => assert!(value.is_i64(), "{place}: {value} is no integer"),
        Some(other) => panic!("{place}: the type {other} is not known here"),
        None => {}
    }
}

/// Asserts that an error tells everything that [`refusing`] says.
///
/// # Panics
///
/// When something differs.
pub fn assert_told<E: Debug>(error: &Error<E>, status: u16, body: &impl Serialize) {
    assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
    assert_eq!(error.code(), Some("WKS.00129901"));
    assert_eq!(error.message(), Some("it cannot be done"));
    assert_eq!(error.detail(), Some("in detail"));
    assert_eq!(error.request_id(), Some("req-1"));
    assert_eq!(serde_json::to_value(body).expect("encoded"), refusal());
}

/// Asserts of an operation that each documented status is a variant of its error, with everything
/// that the service says.
///
/// `assert_refused!(client => client.show_job("1"), ShowJobError { 404 => NotFound })`
#[macro_export]
macro_rules! assert_refused {
    ($client:ident => $request:expr, $error:ident { $($status:literal => $variant:ident),+ $(,)? }) => {
        $({
            let server = $crate::exchange::refusing($status);
            let $client = $crate::service::client(&server);
            let error = $request.await.expect_err("it is refused");
            let api = error.api().unwrap_or_else(|| panic!("{}: {error:?}", $status));
            assert!(matches!(api, $error::$variant(_)), "{}: {api:?}", $status);
            $crate::exchange::assert_told(&error, $status, api.body());
        })+
    };
}

/// Undoes the percent-encoding of a segment of a path or of a query.
///
/// # Panics
///
/// When the encoding is broken.
pub fn percent_decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [
                bytes.next().expect("a digit"),
                bytes.next().expect("a digit"),
            ];
            let digits = std::str::from_utf8(&digits).expect("digits").to_owned();
            out.push(u8::from_str_radix(&digits, 16).expect("hexadecimal"));
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).expect("UTF-8")
}
