//! SDK-HMAC-SHA256 against vectors of the provider's SDK, and the rules around it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bindery_runtime::{
    AccessKey, Body, CoreBuilder, Credential, CredentialSet, HeaderMap, Method, OperationInfo,
    RequestErrorKind, SdkSignature, SendError, SigningError, SigningInfo, SigningRequest,
    encode_component, sdk_date, sdk_hmac_sha256, sha256_hex,
};
use bindery_runtime::{ApiInfo, Call, SchemeKind, SecuritySchemeInfo};
use serde_json::Value;

use crate::support::{API, End, FakeTransport, Pieces, block_on, plain};

fn vectors() -> Vec<Value> {
    let text = include_str!("../data/sdk-hmac-sha256.json");
    let all: Value = serde_json::from_str(text).unwrap();
    all["vectors"].as_array().unwrap().clone()
}

fn text<'v>(vector: &'v Value, name: &str) -> &'v str {
    vector[name].as_str().unwrap()
}

fn body(vector: &Value) -> Vec<u8> {
    match vector.get("body_hex").and_then(Value::as_str) {
        Some(digits) => (0..digits.len() / 2)
            .map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
            .collect(),
        None => vector["body"]
            .as_str()
            .unwrap_or_default()
            .as_bytes()
            .to_vec(),
    }
}

fn headers(vector: &Value) -> Vec<(String, Vec<u8>)> {
    let headers = vector["headers"].as_object().unwrap().iter();
    headers
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().as_bytes().to_vec()))
        .collect()
}

/// Signs a vector with all its headers, and with its query in the order given.
fn sign(vector: &Value) -> SdkSignature {
    let headers = headers(vector);
    let headers: Vec<(&str, &[u8])> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_slice()))
        .collect();
    let content = vector["headers"]
        .get("X-Sdk-Content-Sha256")
        .and_then(Value::as_str);
    let query: Vec<String> = vector["query"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| [&pair[0], &pair[1]].map(|text| encode_component(text.as_str().unwrap())))
        .map(|[name, value]| format!("{name}={value}"))
        .collect();
    SdkSignature::new(
        text(vector, "method"),
        text(vector, "path"),
        &query.join("&"),
        &headers,
        &content.map_or_else(|| sha256_hex(&body(vector)), str::to_owned),
        text(vector, "x_sdk_date"),
        text(vector, "secret_key"),
    )
}

#[test]
fn vectors_of_the_providers_sdk() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 25);
    for vector in &vectors {
        let name = text(vector, "name");
        let expected = &vector["expected"];
        let signature = sign(vector);
        assert_eq!(
            signature.signed_headers,
            text(expected, "signed_headers"),
            "{name}"
        );
        assert_eq!(
            String::from_utf8(signature.canonical_request.clone()).unwrap(),
            text(expected, "canonical_request"),
            "{name}"
        );
        assert_eq!(
            signature.string_to_sign,
            text(expected, "string_to_sign"),
            "{name}"
        );
        assert_eq!(
            signature.authorization(text(vector, "access_key")),
            text(expected, "authorization"),
            "{name}"
        );
    }
}

/// The time of a vector, from its date.
fn time(date: &str) -> SystemTime {
    // All vectors are of one day, whose midnight this is.
    let midnight = 1_790_121_600;
    assert_eq!(&date[..9], "20260923T", "{date}");
    let number = |range: std::ops::Range<usize>| date[range].parse::<u64>().unwrap();
    let seconds = number(9..11) * 3600 + number(11..13) * 60 + number(13..15);
    UNIX_EPOCH + Duration::from_secs(midnight + seconds)
}

/// The same vectors through the function that calls use, which adds the headers itself.
#[test]
fn headers_that_signing_adds() {
    let adds = ["x-sdk-date", "x-sdk-content-sha256", "x-security-token"];
    for vector in &vectors() {
        let name = text(vector, "name");
        // Only these names are signed in every request; the vectors sign others, too.
        let all: Vec<String> = headers(vector)
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .collect();
        let signed: Vec<&'static str> = all
            .iter()
            .filter(|name| !["host", "content-type"].contains(&name.as_str()))
            .map(|name| &*name.clone().leak())
            .collect();
        let mut given = HeaderMap::new();
        for (name, value) in headers(vector) {
            let name: http::HeaderName = name.parse().unwrap();
            if !adds.contains(&name.as_str()) {
                given.insert(name, http::HeaderValue::from_bytes(&value).unwrap());
            }
        }
        let url: http::Uri = text(vector, "url").parse().unwrap();
        let mut key = AccessKey::new(text(vector, "access_key"), text(vector, "secret_key"));
        if let Some(token) = vector.get("security_token").and_then(Value::as_str) {
            key = key.security_token(token);
        }
        let method: Method = text(vector, "method").parse().unwrap();
        let added = sdk_hmac_sha256(&SigningRequest {
            method: &method,
            authority: url.authority().unwrap().as_str(),
            path: text(vector, "path"),
            query: url.query().unwrap_or_default(),
            headers: &given,
            signed: &signed,
            body: Some(&body(vector)),
            time: time(text(vector, "x_sdk_date")),
            key: &key,
        })
        .unwrap();
        let (last, authorization) = added.last().unwrap();
        assert_eq!(last, "authorization");
        assert!(authorization.is_sensitive());
        assert_eq!(
            authorization.to_str().unwrap(),
            text(&vector["expected"], "authorization"),
            "{name}"
        );
        for (name, value) in &added {
            assert_eq!(
                value.is_sensitive(),
                ["authorization", "x-security-token"].contains(&name.as_str())
            );
        }
    }
}

fn request<'a>(
    headers: &'a HeaderMap,
    body: Option<&'a [u8]>,
    key: &'a AccessKey,
) -> SigningRequest<'a> {
    SigningRequest {
        method: &Method::POST,
        authority: "example.com:8080",
        path: "/a",
        query: "",
        headers,
        signed: &["x-project-id"],
        body,
        time: time("20260923T081530Z"),
        key,
    }
}

fn names(added: &[(http::HeaderName, http::HeaderValue)]) -> Vec<&str> {
    added.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn only_stable_headers_are_signed() {
    let key = AccessKey::new("AK", "SK");
    let mut headers = HeaderMap::new();
    for name in [
        "user-agent",
        "accept",
        "x-trace",
        "x-project-id",
        "content-type",
    ] {
        headers.insert(name, http::HeaderValue::from_static("application/json"));
    }
    let added = sdk_hmac_sha256(&request(&headers, Some(b"{}"), &key)).unwrap();
    assert_eq!(names(&added), ["x-sdk-date", "host", "authorization"]);
    let authorization = added[2].1.to_str().unwrap();
    assert!(
        authorization.contains("SignedHeaders=content-type;host;x-project-id;x-sdk-date,"),
        "{authorization}"
    );
    assert_eq!(added[0].1, "20260923T081530Z");
    assert_eq!(added[1].1, "example.com:8080");
}

#[test]
fn a_date_and_a_host_that_are_given_are_kept() {
    let key = AccessKey::new("AK", "SK");
    let mut headers = HeaderMap::new();
    headers.insert(
        "x-sdk-date",
        http::HeaderValue::from_static("20200101T000000Z"),
    );
    headers.insert("host", http::HeaderValue::from_static("given.example.com"));
    let added = sdk_hmac_sha256(&request(&headers, Some(b""), &key)).unwrap();
    assert_eq!(names(&added), ["authorization"]);
    let expected = SdkSignature::new(
        "POST",
        "/a",
        "",
        &[
            ("host", b"given.example.com"),
            ("x-sdk-date", b"20200101T000000Z"),
        ],
        &sha256_hex(b""),
        "20200101T000000Z",
        "SK",
    );
    assert_eq!(added[0].1, expected.authorization("AK"));
}

#[test]
fn bodies_that_are_not_json_are_not_covered() {
    let key = AccessKey::new("AK", "SK");
    for (media_type, body, covered) in [
        (Some("application/json"), &b"x"[..], true),
        (Some("application/json;charset=utf-8"), b"x", true),
        (Some("application/bson"), b"x", true),
        (None, b"x", true),
        (Some("application/octet-stream"), b"x", false),
        (Some("application/octet-stream"), b"", true),
    ] {
        let mut headers = HeaderMap::new();
        if let Some(media_type) = media_type {
            headers.insert("content-type", http::HeaderValue::from_static(media_type));
        }
        let added = sdk_hmac_sha256(&request(&headers, Some(body), &key)).unwrap();
        let says = added
            .iter()
            .find(|(name, _)| name == "x-sdk-content-sha256");
        assert_eq!(says.is_none(), covered, "{media_type:?} {body:?}");
        assert!(says.is_none_or(|(_, value)| value == "UNSIGNED-PAYLOAD"));

        // A stream has no hash.
        let stream = sdk_hmac_sha256(&request(&headers, None, &key));
        match covered && !body.is_empty() {
            true => assert_eq!(stream.unwrap_err(), SigningError::StreamingBody),
            false => assert!(names(&stream.unwrap()).contains(&"x-sdk-content-sha256")),
        }
    }
}

#[test]
fn keys_that_cannot_be_sent_are_refused() {
    let headers = HeaderMap::new();
    for key in [
        AccessKey::new("A\nK", "SK"),
        AccessKey::new("AK", "SK").security_token("t\r\nX-Evil: 1"),
    ] {
        let error = sdk_hmac_sha256(&request(&headers, Some(b""), &key)).unwrap_err();
        assert_eq!(error, SigningError::InvalidKey);
    }
}

#[test]
fn dates() {
    let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    for (seconds, expected) in [
        (0, "19700101T000000Z"),
        (86_399, "19700101T235959Z"),
        (951_782_399, "20000228T235959Z"),
        (951_782_400, "20000229T000000Z"),
        (951_868_800, "20000301T000000Z"),
        (1_709_164_800, "20240229T000000Z"),
        (1_709_251_200, "20240301T000000Z"),
        (1_790_150_130, "20260923T075530Z"),
        (4_107_542_399, "21000228T235959Z"),
        (4_107_542_400, "21000301T000000Z"),
        (253_402_300_799, "99991231T235959Z"),
    ] {
        assert_eq!(sdk_date(at(seconds)).unwrap(), expected, "{seconds}");
    }
    // Each day of 800 years has the date after its predecessor's.
    let (mut year, mut month, mut day) = (1970, 1, 1);
    for number in 0..292_194 {
        let date = sdk_date(at(number * 86_400 + 1)).unwrap();
        assert_eq!(date, format!("{year:04}{month:02}{day:02}T000001Z"));
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = [
            31,
            if leap { 29 } else { 28 },
            31,
            30,
            31,
            30,
            31,
            31,
            30,
            31,
            30,
            31,
        ];
        day += 1;
        if day > days[month - 1] {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!(sdk_date(at(253_402_300_800)), Err(SigningError::Clock));
    assert_eq!(
        sdk_date(UNIX_EPOCH - Duration::from_nanos(1)),
        Err(SigningError::Clock)
    );
}

/// An API whose requests are signed by the real algorithm.
static SIGNED_API: ApiInfo = ApiInfo {
    security_schemes: &[SecuritySchemeInfo {
        name: "accessKey",
        setter: "access_key",
        kind: SchemeKind::Signing(SigningInfo {
            sign: sdk_hmac_sha256,
            headers: &[("x-project-id", "project_id")],
            env: None,
        }),
    }],
    ..API
};
static SIGNED: OperationInfo = plain(&[&[0]]);

fn signed_call(transport: &FakeTransport) -> Call {
    let key = AccessKey::new("AKEXAMPLE", "SKEXAMPLE");
    let core = CoreBuilder::new(&SIGNED_API)
        .transport(transport.clone())
        .credentials(CredentialSet::new(0, Credential::AccessKey(key)))
        .client_parameter("project_id", "p1")
        .base_url(1, "http://127.0.0.1:8080/v1")
        .clock(|| UNIX_EPOCH + Duration::from_secs(1_790_150_130))
        .build()
        .unwrap();
    Call::new(&core, &SIGNED)
}

#[test]
fn a_call_is_signed_as_it_is_sent() {
    let transport = FakeTransport::replying(200, "");
    let call = signed_call(&transport)
        .json(&[1])
        .client_parameter("project_id", "p2");
    block_on(call.send()).unwrap();
    let sent = transport.only_sent();
    let date = "20260923T075530Z";
    let expected = SdkSignature::new(
        "GET",
        "/v1/plain",
        "",
        &[
            ("content-type", b"application/json"),
            ("host", b"127.0.0.1:8080"),
            ("x-project-id", b"p2"),
            ("x-sdk-date", date.as_bytes()),
        ],
        &sha256_hex(b"[1]"),
        date,
        "SKEXAMPLE",
    );
    assert_eq!(
        sent.header("authorization").unwrap(),
        expected.authorization("AKEXAMPLE")
    );
    assert_eq!(sent.header("host"), Some("127.0.0.1:8080"));
    assert_eq!(sent.header("x-sdk-date"), Some(date));
    assert_eq!(sent.header("x-project-id"), Some("p2"));
}

#[test]
fn a_stream_is_signed_only_if_it_is_not_covered() {
    let stream = || Pieces::body(&["a", "b"], End::Whole);
    let transport = FakeTransport::replying(200, "");
    let call = signed_call(&transport).body("application/json", stream());
    let SendError::Request(error) = block_on(call.send()).unwrap_err() else {
        panic!("it was sent");
    };
    assert_eq!(
        error.kind(),
        &RequestErrorKind::Signing(SigningError::StreamingBody)
    );
    assert_eq!(
        error.to_string(),
        "Plain: not sent: its signature covers the body, which is a stream: give the bytes of \
         the body at once"
    );
    assert!(transport.sent().is_empty());

    let call = signed_call(&transport).body("application/octet-stream", stream());
    block_on(call.send()).unwrap();
    let sent = transport.only_sent();
    assert_eq!(
        sent.header("x-sdk-content-sha256"),
        Some("UNSIGNED-PAYLOAD")
    );
    assert_eq!(sent.body, b"ab");
}

#[test]
fn a_clock_out_of_range_is_an_error() {
    let transport = FakeTransport::default();
    let key = AccessKey::new("AK", "SK");
    let core = CoreBuilder::new(&SIGNED_API)
        .transport(transport.clone())
        .credentials(CredentialSet::new(0, Credential::AccessKey(key)))
        .clock(|| UNIX_EPOCH - Duration::from_secs(1))
        .build()
        .unwrap();
    let error = block_on(
        Call::new(&core, &SIGNED)
            .body("text/plain", Body::from("x"))
            .send(),
    );
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("the clock is not between the years")
    );
}
