//! Calls: what is sent for what is given.

use std::time::Duration;

use bindery_runtime::{
    Body, Call, CoreBuilder, Credential, CredentialSet, Method, OperationInfo, RequestErrorKind,
    SendError,
};

use crate::support::{
    API, BASIC, BEARER, CHANGE, COOKIE_KEY, End, FakeTransport, OPEN, Pieces, QUERY_KEY, SIGNING,
    Sent, TOKEN, access_key, block_on, builder, core, plain, token,
};

fn change(transport: &FakeTransport) -> Call {
    Call::new(&core(transport), &CHANGE).path("desktop_id", "d1")
}

/// Sends a call that is answered with 200.
fn sent(make: impl FnOnce(&FakeTransport) -> Call) -> Sent {
    let transport = FakeTransport::replying(200, "{}");
    block_on(make(&transport).send()).unwrap();
    transport.only_sent()
}

/// Sends a call that must be refused before anything is sent.
fn refused(make: impl FnOnce(&FakeTransport) -> Call) -> RequestErrorKind {
    let transport = FakeTransport::default();
    let SendError::Request(error) = block_on(make(&transport).send()).unwrap_err() else {
        panic!("it was sent");
    };
    assert!(transport.sent().is_empty());
    error.kind().clone()
}

#[test]
fn everything_that_is_given_is_sent_in_its_place() {
    let sent = sent(|transport| {
        change(transport)
            .query("limit", &10)
            .query("tag", &["a b", "c"][..])
            .query("ids", &vec![1, 2])
            .header_parameter("X-Reason", "because, \u{8d22}")
            .cookie("flavour", "sweet & sour")
            .header("X-Own", "mine")
            .json(&serde_json::json!({"name": "\u{8d22}"}))
    });
    assert_eq!(sent.method, Method::POST);
    assert_eq!(
        sent.url,
        "https://api.north-1.example.com/root/v2/p1/desktops/d1/change\
         ?limit=10&tag=a%20b&tag=c&ids=1,2"
    );
    assert_eq!(sent.body, "{\"name\":\"\u{8d22}\"}".as_bytes());
    for (name, value) in [
        ("content-type", "application/json"),
        ("accept", "application/json"),
        ("user-agent", "test-client/1.0"),
        ("x-auth-token", "TOKEN-secret"),
        ("x-reason", "because, \u{8d22}"),
        ("cookie", "flavour=sweet%20%26%20sour"),
        ("x-own", "mine"),
    ] {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
    assert_eq!(sent.headers.len(), 7);
}

#[test]
fn a_call_without_a_body_has_no_media_type() {
    let sent = sent(|transport| Call::new(&core(transport), &OPEN));
    assert_eq!(sent.url, "https://other.example.com/plain");
    assert_eq!(sent.header("content-type"), None);
    assert!(sent.body.is_empty());
}

#[test]
fn bodies_of_other_media_types() {
    let patch = "application/merge-patch+json";
    let json = sent(|transport| change(transport).json_as(patch, &[1]));
    assert_eq!(json.header("content-type"), Some(patch));
    assert_eq!(json.body, b"[1]");
    let bytes = sent(|transport| change(transport).body("application/zip", vec![0, 255].into()));
    assert_eq!(bytes.header("content-type"), Some("application/zip"));
    assert_eq!(bytes.body, [0, 255]);
    let own = sent(|transport| change(transport).json(&1).header("content-type", "a/b"));
    assert_eq!(own.header("content-type"), Some("a/b"));
}

#[test]
fn a_client_parameter_can_be_set_for_one_call() {
    let own = sent(|transport| change(transport).client_parameter("project_id", "p 2/"));
    assert!(own.url.contains("/v2/p%202%2F/desktops"), "{}", own.url);
    let direct = sent(|transport| change(transport).path("project_id", "p3"));
    assert!(direct.url.contains("/v2/p3/desktops"), "{}", direct.url);

    let trace = sent(|transport| change(transport).client_parameter("trace", "t1"));
    assert_eq!(trace.header("trace"), Some("t1"));
    let trace = sent(|transport| {
        let core = builder(transport)
            .client_parameter("trace", "t0")
            .build()
            .unwrap();
        Call::new(&core, &CHANGE)
            .path("desktop_id", "d1")
            .header_parameter("trace", "t2")
    });
    assert_eq!(trace.header("trace"), Some("t2"));
}

#[test]
fn a_missing_parameter_says_how_to_set_it() {
    let without_project = |transport: &FakeTransport| {
        CoreBuilder::new(&API)
            .transport(transport.clone())
            .credentials(token())
            .build()
            .unwrap()
    };
    let kind = refused(|transport| {
        Call::new(&without_project(transport), &CHANGE).path("desktop_id", "d1")
    });
    assert_eq!(
        kind.to_string(),
        "it needs a value for the parameter `project_id`; set it by `project_id(..)` on the \
         client's builder or on the request, or by the environment variable TEST_PROJECT_ID and \
         `from_env()`"
    );
    let kind = refused(|transport| Call::new(&core(transport), &CHANGE));
    assert_eq!(
        kind,
        RequestErrorKind::MissingParameter {
            name: "desktop_id".to_owned(),
            setter: None,
            env: None
        }
    );
}

#[test]
fn path_values_that_name_another_resource_are_refused() {
    for value in ["", ".", ".."] {
        let kind =
            refused(|transport| Call::new(&core(transport), &CHANGE).path("desktop_id", value));
        let RequestErrorKind::InvalidPathValue { name, .. } = kind else {
            panic!("{value:?}: {kind}");
        };
        assert_eq!(name, "desktop_id");
        // It makes no difference who holds the value.
        let kind = refused(|transport| change(transport).client_parameter("project_id", value));
        assert!(kind.to_string().contains("`project_id`"), "{kind}");
    }
}

#[test]
fn headers_cannot_be_split() {
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "\r\n", "a\u{7f}"] {
        for kind in [
            refused(|transport| change(transport).header("X-Own", value)),
            refused(|transport| change(transport).header_parameter("X-Reason", value)),
            refused(|transport| change(transport).client_parameter("trace", value)),
        ] {
            let RequestErrorKind::InvalidHeader { reason, .. } = kind else {
                panic!("{value:?}: {kind}");
            };
            assert_eq!(
                reason,
                "has a line break or another control character in its value"
            );
        }
    }
    for name in ["", "X Own", "X-Own:", "X-\r\nEvil", "X-\u{fc}"] {
        let kind = refused(|transport| change(transport).header(name, "1"));
        assert!(
            matches!(kind, RequestErrorKind::InvalidHeader { .. }),
            "{kind}"
        );
    }
    for name in ["Content-Length", "transfer-encoding"] {
        let kind = refused(|transport| change(transport).header(name, "1"));
        assert!(
            kind.to_string().ends_with("is set by the transport"),
            "{kind}"
        );
    }
    // A cookie is percent-encoded, so it can be anything.
    let sent = sent(|transport| change(transport).cookie("flavour", "a;b\r\nX-Evil: 1"));
    assert_eq!(
        sent.header("cookie"),
        Some("flavour=a%3Bb%0D%0AX-Evil%3A%201")
    );
}

#[test]
fn the_first_problem_is_the_one_that_is_told() {
    let kind = refused(|transport| {
        change(transport)
            .query("unheard", "1")
            .header("a b", "1")
            .base_url("nonsense")
    });
    assert_eq!(
        kind,
        RequestErrorKind::UnknownParameter {
            name: "unheard".to_owned()
        }
    );
    let kind = refused(|transport| change(transport).base_url("nonsense"));
    assert!(
        kind.to_string().starts_with("the base URL has no scheme"),
        "{kind}"
    );
    // A map with keys that are no strings is not JSON.
    let map = std::collections::BTreeMap::from([((1, 2), 3)]);
    let kind = refused(|transport| change(transport).json(&map));
    assert_eq!(
        kind.to_string(),
        "its body cannot be written: key must be a string"
    );
    let kind = refused(|transport| change(transport).query("limit", &"9".repeat(70_000)));
    assert_eq!(kind, RequestErrorKind::InvalidUrl);
    let odd: &'static OperationInfo = Box::leak(Box::new(OperationInfo {
        method: "NOT ONE",
        ..CHANGE.clone()
    }));
    let kind = refused(|transport| Call::new(&core(transport), odd).path("desktop_id", "d1"));
    assert_eq!(kind, RequestErrorKind::InvalidMethod);
}

#[test]
fn another_server_for_one_call() {
    let sent = sent(|transport| change(transport).base_url("http://localhost:8080/x/"));
    assert_eq!(sent.url, "http://localhost:8080/x/v2/p1/desktops/d1/change");
}

fn auth(operation: &'static OperationInfo, credentials: CredentialSet) -> Sent {
    sent(|transport| {
        let core = CoreBuilder::new(&API)
            .transport(transport.clone())
            .credentials(credentials)
            .build()
            .unwrap();
        Call::new(&core, operation)
    })
}

#[test]
fn each_scheme_has_its_place() {
    static BASIC_OPERATION: OperationInfo = plain(&[&[BASIC]]);
    let basic = |username: &str, password: &str| Credential::Basic {
        username: username.to_owned(),
        password: password.into(),
    };
    for (username, password, expected) in [
        // RFC 7617, section 2 and 2.1.
        (
            "Aladdin",
            "open sesame",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        ("test", "123\u{a3}", "Basic dGVzdDoxMjPCow=="),
        ("", "", "Basic Og=="),
        ("a", "", "Basic YTo="),
        ("a", "b", "Basic YTpi"),
        // The last two digits of the alphabet.
        ("\u{ff}\u{3ff}", "\u{fff}>?~", "Basic w7/Pvzrgv78+P34="),
    ] {
        let sent = auth(
            &BASIC_OPERATION,
            CredentialSet::new(BASIC, basic(username, password)),
        );
        assert_eq!(sent.header("authorization"), Some(expected));
        assert!(sent.headers["authorization"].is_sensitive());
    }

    static BEARER_OPERATION: OperationInfo = plain(&[&[BEARER]]);
    let bearer = CredentialSet::new(BEARER, Credential::Bearer("b64token==".into()));
    let sent = auth(&BEARER_OPERATION, bearer);
    assert_eq!(sent.header("authorization"), Some("Bearer b64token=="));

    static KEYS: OperationInfo = plain(&[&[TOKEN, QUERY_KEY, COOKIE_KEY]]);
    let key = |scheme| CredentialSet::new(scheme, Credential::ApiKey("k &1".into()));
    let sent = auth(&KEYS, key(TOKEN).and(key(QUERY_KEY)).and(key(COOKIE_KEY)));
    assert_eq!(
        sent.url,
        "https://other.example.com/plain?api%20key=k%20%261"
    );
    assert_eq!(sent.header("cookie"), Some("session=k%20%261"));
    assert_eq!(sent.header("x-auth-token"), Some("k &1"));
    assert!(sent.headers["cookie"].is_sensitive());
    assert!(sent.headers["x-auth-token"].is_sensitive());
}

#[test]
fn the_first_alternative_with_all_credentials_is_taken() {
    let bearer = || CredentialSet::new(BEARER, Credential::Bearer("b".into()));
    static EITHER: OperationInfo = plain(&[&[TOKEN, BEARER], &[BEARER], &[TOKEN]]);
    let both = auth(&EITHER, bearer().and(token()));
    assert!(both.header("x-auth-token").is_some() && both.header("authorization").is_some());
    let one = auth(&EITHER, token());
    assert!(one.header("x-auth-token").is_some() && one.header("authorization").is_none());

    static OPTIONAL: OperationInfo = plain(&[&[], &[TOKEN]]);
    assert!(auth(&OPTIONAL, token()).header("x-auth-token").is_some());
    assert!(auth(&OPTIONAL, bearer()).header("authorization").is_none());
    // Credentials are sent to operations that ask for them, and to no others.
    assert!(
        auth(&OPEN, token().and(bearer()))
            .header("x-auth-token")
            .is_none()
    );
}

#[test]
fn missing_credentials_say_what_would_do() {
    let kind = refused(|transport| {
        let core = CoreBuilder::new(&API)
            .transport(transport.clone())
            .build()
            .unwrap();
        Call::new(&core, &CHANGE)
            .path("desktop_id", "d1")
            .path("project_id", "p1")
    });
    assert_eq!(
        kind.to_string(),
        "it needs credentials; set on the client `Credentials::access_key(..)` (environment \
         variables TEST_AK and TEST_SK), or `Credentials::token(..)`"
    );
}

#[test]
fn signing_sees_the_request_as_it_is_sent() {
    static SIGNED: OperationInfo = plain(&[&[SIGNING, QUERY_KEY]]);
    let query_key = CredentialSet::new(QUERY_KEY, Credential::ApiKey("q".into()));
    let signed = |transport: &FakeTransport| {
        let core = builder(transport)
            .credentials(access_key().and(query_key.clone()))
            .build()
            .unwrap();
        Call::new(&core, &SIGNED)
    };
    let plainly = sent(|transport| signed(transport).json(&[1, 2]));
    assert_eq!(
        plainly.header("authorization"),
        Some(
            "Test key=AK GET other.example.com /plain?api%20key=q signed=x-project-id body=5 \
             token=-"
        )
    );
    assert_eq!(plainly.header("x-project-id"), Some("p1"));
    let own = sent(|transport| signed(transport).client_parameter("project_id", "p2"));
    assert_eq!(own.header("x-project-id"), Some("p2"));
    let given = sent(|transport| signed(transport).header("X-Project-Id", "p3"));
    assert_eq!(given.header("x-project-id"), Some("p3"));
    // A caller who authorizes the request is left alone.
    let authorized = sent(|transport| signed(transport).header("Authorization", "Own 1"));
    assert_eq!(authorized.header("authorization"), Some("Own 1"));
    assert_eq!(authorized.header("x-project-id"), None);
}

#[test]
fn a_header_of_the_caller_takes_the_place_of_a_credential() {
    let sent = sent(|transport| change(transport).header("x-auth-token", "other"));
    assert_eq!(sent.header("x-auth-token"), Some("other"));
    assert_eq!(sent.headers.get_all("x-auth-token").iter().count(), 1);
}

#[test]
fn a_parameter_that_is_set_twice_has_its_last_value() {
    let sent = sent(|transport| {
        change(transport)
            .path("desktop_id", "d2")
            .query("tag", &["a", "b"][..])
            .query("limit", &1)
            .query("tag", "c")
            .header_parameter("X-Reason", "first")
            .header_parameter("X-Reason", "last")
            .cookie("flavour", "sweet")
            .cookie("flavour", "sour")
    });
    assert!(
        sent.url.ends_with("/desktops/d2/change?limit=1&tag=c"),
        "{}",
        sent.url
    );
    assert_eq!(sent.header("x-reason"), Some("last"));
    assert_eq!(sent.header("cookie"), Some("flavour=sour"));
}

#[test]
fn a_cookie_header_of_the_caller_is_left_alone() {
    let sent = sent(|transport| {
        let call = change(transport).cookie("flavour", "sweet");
        call.header("Cookie", "own=1")
    });
    assert_eq!(sent.header("cookie"), Some("own=1"));
}

#[test]
fn a_stream_is_sent_once() {
    let transport = FakeTransport::replying(200, "");
    let call = change(&transport).body("text/plain", Pieces::body(&["a", "b"], End::Whole));
    let again = call.clone();
    block_on(call.send()).unwrap();
    assert_eq!(transport.only_sent().body, b"ab");
    let SendError::Request(error) = block_on(again.send()).unwrap_err() else {
        panic!("it was sent");
    };
    assert_eq!(error.kind(), &RequestErrorKind::BodyTaken);
    assert_eq!(transport.sent().len(), 1);
}

#[test]
fn clones_are_calls_of_their_own() {
    let transport = FakeTransport::replying(200, "");
    transport.reply(200, &[], "");
    let first = change(&transport).query("limit", &1);
    let second = first
        .clone()
        .query("ids", &2)
        .timeout(Duration::from_secs(1));
    block_on(second.send()).unwrap();
    block_on(first.send()).unwrap();
    let sent = transport.sent();
    assert!(sent[0].url.ends_with("?limit=1&ids=2"));
    assert!(sent[1].url.ends_with("?limit=1"));
}

#[test]
fn nothing_that_may_be_secret_is_shown() {
    let transport = FakeTransport::default();
    let call = change(&transport)
        .client_parameter("project_id", "hidden")
        .query("tag", "hidden")
        .header("X-Key", "hidden")
        .json("hidden");
    let shown = format!("{call:?}");
    assert_eq!(
        shown,
        "Call { operation: \"ChangeDesktop\", method: POST, \
         template: \"/v2/{project_id}/desktops/{desktop_id}/change\", .. }"
    );
    assert_eq!(format!("{:?}", Body::from("hidden")), "Body(6 bytes)");
    assert_eq!(call.operation().id, "ChangeDesktop");
}

#[test]
fn futures_can_move_between_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let transport = FakeTransport::replying(200, "");
    let future = is_send(change(&transport).send());
    std::thread::spawn(move || block_on(future))
        .join()
        .unwrap()
        .unwrap();
}
