//! Replies and errors: what is told apart, what is kept, and how it reads.

use std::time::Duration;

use bindery_runtime::{
    AnyError, Call, CredentialSet, DecodeProblem, Error, ErrorBodyInfo, ErrorDetails, ErrorFields,
    FailureCause, Reply, Response, SendError, TransportErrorKind, error_in_success,
};
use http::StatusCode;
use serde::Deserialize;

use crate::support::{
    API, Answer, CHANGE, End, FakeTransport, OPEN, Pieces, block_on, builder, core,
};

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Job {
    job_id: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Problem {
    error_code: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum ChangeError {
    Forbidden(Problem),
    Gone,
}

type Outcome = Result<Response<Job>, Error<ChangeError>>;

/// What an emitted operation does with its reply.
fn documented(reply: Result<Reply, SendError>) -> Outcome {
    let reply = reply?;
    match reply.status() {
        200 => reply.json(),
        403 => Err(reply.error(ChangeError::Forbidden)),
        410 => Err(reply.empty_error(ChangeError::Gone)),
        _ => Err(reply.unexpected()),
    }
}

fn call(transport: &FakeTransport) -> Outcome {
    let call = Call::new(&core(transport), &CHANGE).path("desktop_id", "d1");
    documented(block_on(call.send()))
}

fn replying(status: u16, headers: &[(&str, &str)], body: &str) -> Outcome {
    let transport = FakeTransport::default();
    transport.reply(status, headers, body);
    call(&transport)
}

fn error(status: u16, headers: &[(&str, &str)], body: &str) -> Error<ChangeError> {
    replying(status, headers, body).unwrap_err()
}

#[test]
fn a_success_keeps_what_came_with_it() {
    let headers = [
        ("X-Trace-Id", "second"),
        ("X-Request-Id", "first"),
        ("ETag", "\"1\""),
    ];
    let response = replying(200, &headers, r#"{"job_id":"j1"}"#).unwrap();
    assert_eq!(response.job_id, "j1");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["etag"], "\"1\"");
    assert_eq!(response.request_id(), Some("first"));
    let shown = format!("{response:?}");
    assert_eq!(
        shown,
        "Response { status: 200, request_id: Some(\"first\"), value: Job { job_id: \"j1\" }, .. }"
    );
    let length = response.map(|job| job.job_id.len());
    assert_eq!(length.request_id(), Some("first"));
    assert_eq!(length.into_inner(), 2);

    let response = replying(200, &[("x-request-id", "")], "\u{feff}{\"job_id\":\"j1\"}").unwrap();
    assert_eq!(response.request_id(), None);
}

#[test]
fn a_documented_error_is_typed_and_loses_nothing() {
    let body = r#"{"error_code":"WKS.0007","error_msg":"no permission","error_detail":"why"}"#;
    let error = error(403, &[("X-Request-Id", "abc"), ("Retry-After", "5")], body);
    let problem = Problem {
        error_code: Some("WKS.0007".to_owned()),
    };
    assert_eq!(error.api(), Some(&ChangeError::Forbidden(problem)));
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
    assert_eq!(error.code(), Some("WKS.0007"));
    assert_eq!(error.message(), Some("no permission"));
    assert_eq!(error.detail(), Some("why"));
    assert_eq!(error.request_id(), Some("abc"));
    assert_eq!(error.headers().unwrap()["retry-after"], "5");
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert_eq!(error.operation(), "ChangeDesktop");
    assert!(!error.is_timeout() && !error.is_connect());
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: 403 Forbidden, WKS.0007 \"no permission\" (request id abc)"
    );
    let gone = self::error(410, &[], "");
    assert_eq!(gone.api(), Some(&ChangeError::Gone));
    assert_eq!(gone.to_string(), "ChangeDesktop: 410 Gone");
}

#[test]
fn a_link_tells_where_a_value_can_go() {
    let text = |status, body: &str| error(status, &[], body).to_string();
    let sentence = "; encoded_authorization_message can be passed to \
                    client.decode_authorization_message(..) (DecodeAuthorizationMessage)";
    let body = r#"{"error_code":"WKS.0007","error_msg":"no","encoded_authorization_message":"AQ"}"#;
    assert_eq!(
        text(403, body),
        format!("ChangeDesktop: 403 Forbidden, WKS.0007 \"no\"{sentence}")
    );
    // For another status, or without a value, there is nothing to say.
    assert!(!text(404, body).contains("can be passed"));
    for value in ["\"\"", "null", "[]", "{}"] {
        let body = format!("{{\"encoded_authorization_message\":{value}}}");
        assert!(!text(403, &body).contains("can be passed"), "{value}");
    }
    for value in ["0", "false", "[0]"] {
        let body = format!("{{\"encoded_authorization_message\":{value}}}");
        assert!(text(403, &body).contains("can be passed"), "{value}");
    }
}

#[test]
fn an_undocumented_status_is_no_documented_error() {
    let body = r#"{"code":"APIGW.0308","message":"policy user over ratelimit,limit:10"}"#;
    let error = error(429, &[("x-request-id", "r1")], body);
    assert!(matches!(error, Error::Unexpected(_)));
    assert_eq!(error.api(), None);
    assert_eq!(error.code(), Some("APIGW.0308"));
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: 429 Too Many Requests, which the document does not describe, APIGW.0308 \
         \"policy user over ratelimit,limit:10\" (request id r1)"
    );
    // A redirect is not followed, and no success.
    let error = self::error(302, &[("location", "https://evil.example.com/")], "");
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: 302 Found, which the document does not describe"
    );
    let error = self::error(299, &[], "");
    assert!(
        error.to_string().starts_with("ChangeDesktop: 299, which"),
        "{error}"
    );
}

#[test]
fn a_body_that_is_not_as_documented_is_kept() {
    let error = error(
        200,
        &[("x-request-id", "r1")],
        r#"{"job_id":7,"code":"c","message":""}"#,
    );
    // The body of a success may well have a `code`; here its fields are those of an error.
    assert!(matches!(error, Error::ErrorInSuccess(_)), "{error}");

    let error = self::error(
        200,
        &[("x-request-id", "r1")],
        "{\n\"job_id\":7,\"code\":\"c\"}",
    );
    let Error::Decode(decode) = &error else {
        panic!("{error}");
    };
    let DecodeProblem::Json(json) = decode.problem() else {
        panic!("{decode:?}");
    };
    assert_eq!((json.line(), json.column()), (2, 10));
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.code(), None);
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.body(), Some(&b"{\n\"job_id\":7,\"code\":\"c\"}"[..]));
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: 200 OK, but the body is not what the document says: invalid type: integer \
         `7`, expected a string at line 2 column 10 (request id r1)"
    );
    assert_eq!(
        self::error(200, &[], "").to_string(),
        "ChangeDesktop: 200 OK, but the body is not what the document says: the body is empty"
    );

    // So is that of an error, which stays one.
    let error = self::error(
        403,
        &[],
        "<html><head><title>403 Forbidden</title></head></html>",
    );
    assert!(matches!(error, Error::Decode(_)));
    assert_eq!(error.message(), Some("403 Forbidden"));
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: 403 Forbidden, but the body is not what the document says: expected value \
         at line 1 column 1, \"403 Forbidden\""
    );
}

#[test]
fn a_success_can_say_that_it_is_none() {
    let error = error(
        200,
        &[],
        r#"{"error_code":"WKS.00010110","error_msg":"no address"}"#,
    );
    assert!(matches!(error, Error::ErrorInSuccess(_)));
    assert_eq!(error.code(), Some("WKS.00010110"));
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: 200 OK, but the body says that the request failed, WKS.00010110 \"no \
         address\""
    );
    for body in [
        r#"{"job_id":"j","error_code":"WKS.00000000","error_msg":"ok"}"#,
        r#"{"job_id":"j","error_code":"","error_msg":"x"}"#,
        r#"{"job_id":"j","error_code":null,"error_msg":null}"#,
        r#"{"job_id":"j","error_code":"E"}"#,
        r#"{"job_id":"j","failed":[{"error_code":"E","error_msg":"x"}]}"#,
        r#"{"job_id":"error_code error_msg"}"#,
        r#"{"job_id":"j","error_code":"E","message":"x"}"#,
    ] {
        assert!(replying(200, &[], body).is_ok(), "{body}");
    }
}

#[test]
fn replies_without_json() {
    let reply = |status, body| {
        let transport = FakeTransport::replying(status, body);
        block_on(Call::new(&core(&transport), &OPEN).send()).unwrap()
    };
    let failed = r#"{"error_code":"E","error_msg":"m"}"#;
    assert!(reply(204, "").empty::<()>().is_ok());
    assert!(reply(200, "anything").empty::<()>().is_ok());
    assert!(matches!(
        reply(200, failed).empty::<()>(),
        Err(Error::ErrorInSuccess(_))
    ));
    assert_eq!(*reply(200, "t\u{e9}xt").text::<()>().unwrap(), "t\u{e9}xt");
    assert!(matches!(
        reply(200, failed).text::<()>(),
        Err(Error::ErrorInSuccess(_))
    ));
    assert_eq!(&reply(200, "bytes").bytes::<()>().unwrap()[..], b"bytes");

    let transport = FakeTransport::default();
    let body = bindery_runtime::Body::from(vec![b'a', 0xff]);
    transport.answer(Answer::Reply(http::Response::new(body)));
    let reply = block_on(Call::new(&core(&transport), &OPEN).send()).unwrap();
    let error = reply.text::<()>().unwrap_err();
    assert!(error.to_string().contains("invalid utf-8"), "{error}");
    assert_eq!(error.body(), Some(&b"a\xff"[..]));
}

#[test]
fn failures_of_the_transport_are_told_apart() {
    for (kind, text) in [
        (TransportErrorKind::Connect, "no connection to"),
        (TransportErrorKind::Timeout, "no reply from"),
        (TransportErrorKind::Other, "no reply from"),
    ] {
        let transport = FakeTransport::default();
        transport.answer(Answer::Error(kind));
        let error = call(&transport).unwrap_err();
        assert_eq!(error.is_connect(), kind == TransportErrorKind::Connect);
        assert_eq!(error.is_timeout(), kind == TransportErrorKind::Timeout);
        assert_eq!(
            matches!(error, Error::Transport(_)),
            kind == TransportErrorKind::Other
        );
        assert_eq!(
            (error.status(), error.body(), error.code()),
            (None, None, None)
        );
        assert_eq!(
            error.to_string(),
            format!("ChangeDesktop: {text} api.north-1.example.com: it is made to fail")
        );
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[test]
fn time_is_up_before_or_within_the_reply() {
    let transport = FakeTransport::default();
    transport.answer(Answer::Never);
    transport.end_time();
    let error = call(&transport).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: no reply from api.north-1.example.com within 60s"
    );

    let transport = FakeTransport::default();
    let body = Pieces::body(&["{\"error_code\":\"E1\",", "\"x\":"], End::Stalls);
    let reply = http::Response::builder()
        .status(500)
        .header("x-request-id", "r1");
    transport.answer(Answer::Reply(reply.body(body).unwrap()));
    transport.end_time();
    let error = call(&transport).unwrap_err();
    let Error::Timeout(failed) = &error else {
        panic!("{error}");
    };
    assert!(
        matches!(failed.cause(), FailureCause::Timeout(limit) if *limit == Duration::from_secs(60))
    );
    assert!(!failed.reply().unwrap().is_complete());
    // What had come by then is not lost.
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.code(), Some("E1"));
    assert_eq!(error.body(), Some(&b"{\"error_code\":\"E1\",\"x\":"[..]));
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: the reply from api.north-1.example.com did not end within 60s: 500 \
         Internal Server Error, E1 (body cut off after 23 bytes) (request id r1)"
    );
}

#[test]
fn a_reply_that_breaks_off_is_an_error() {
    let transport = FakeTransport::default();
    let body = Pieces::body(&["{\"job_id\":"], End::Breaks);
    transport.answer(Answer::Reply(http::Response::new(body)));
    let error = call(&transport).unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.body(), Some(&b"{\"job_id\":"[..]));
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: the reply broke off from api.north-1.example.com: the connection broke: \
         200 OK"
    );
}

fn limited(status: u16, pieces: &[&'static str]) -> Outcome {
    let transport = FakeTransport::default();
    let reply = http::Response::builder().status(status);
    let body = Pieces::body(pieces, End::Whole);
    transport.answer(Answer::Reply(reply.body(body).unwrap()));
    let limited = builder(&transport)
        .max_body_bytes(20)
        .max_error_body_bytes(30);
    let call = Call::new(&limited.build().unwrap(), &CHANGE).path("desktop_id", "d1");
    documented(block_on(call.send()))
}

#[test]
fn bodies_have_limits() {
    // As long as the limit is not longer.
    assert!(limited(200, &["{\"job_id\":", "\"12345678\"}"]).is_err());
    assert!(limited(200, &["{\"job_id\":", "\"1234567\"}"]).is_ok());
    let error = limited(200, &["{\"job_id\":", "\"123", "45678\"}"]).unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error}");
    };
    assert!(matches!(
        decode.problem(),
        DecodeProblem::TooLong { limit: 20 }
    ));
    assert_eq!(error.body().unwrap().len(), 20);
    assert_eq!(
        error.to_string(),
        "ChangeDesktop: 200 OK, but the body is not what the document says: the body is longer \
         than the limit of 20 bytes, which the client's builder can raise"
    );

    // Of an error the beginning is kept, and read as far as it goes.
    let pieces = [
        "{\"error_code\":\"E1\",",
        "\"error_msg\":\"long long long\"}",
    ];
    for status in [403, 500] {
        let error = limited(status, &pieces).unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body().unwrap().len(), 30);
        assert!(!error.reply().unwrap().is_complete());
        assert_eq!(error.code(), Some("E1"));
        assert!(
            error.to_string().contains("(body cut off after 30 bytes)"),
            "{error}"
        );
    }
}

fn details(body: &str) -> ErrorDetails {
    ErrorDetails::read(API.error_body.as_ref(), body.as_bytes())
}

#[test]
fn code_and_message_are_found_where_they_are() {
    for (body, code, message) in [
        (r#"{"error_code":"A","error_msg":"m"}"#, "A", "m"),
        (r#"{"code":"A","message":"m"}"#, "A", "m"),
        // The first pair of the document that is complete, whatever else is there.
        (
            r#"{"code":"B","message":"n","error_code":"A","error_msg":"m"}"#,
            "A",
            "m",
        ),
        (r#"{"code":"A","message":"m","error_code":"B"}"#, "A", "m"),
        (
            r#"{"code":"A","message":"m","error_code":"","error_msg":"x"}"#,
            "A",
            "m",
        ),
        // Within: complete there counts for more than half here.
        (r#"{"error":{"code":"A","message":"m"}}"#, "A", "m"),
        (r#"{"code":1,"error":{"code":"A","message":"m"}}"#, "A", "m"),
        (
            r#"{"a":{"b":{"c":{"code":"B","message":"n"}}},"z":{"code":"A","message":"m"}}"#,
            "A",
            "m",
        ),
        (
            r#"{"errors":[{"code":"A","message":"m"},{"code":"B","message":"n"}]}"#,
            "A",
            "m",
        ),
        (r#"[{"code":"A","message":"m"}]"#, "A", "m"),
        // Numbers.
        (r#"{"code":1100,"message":"m"}"#, "1100", "m"),
        (r#"{"code":-1.5,"message":"m"}"#, "-1.5", "m"),
        // A half.
        (r#"{"message":"m"}"#, "", "m"),
        (r#"{"error":{"code":"A"}}"#, "A", ""),
        (r#"{"error_code":"A","message":"m"}"#, "A", "m"),
        // None.
        (r#"{"code":null,"message":[]}"#, "", ""),
        ("{}", "", ""),
        ("[]", "", ""),
        ("", "", ""),
        (" \n", "", ""),
        // Text.
        ("upstream connect error", "", "upstream connect error"),
        ("null", "", "null"),
        ("\"text\"", "", "text"),
        (
            "<html><body>\n<h1>Bad\tGateway</h1><p>x</p></body></html>",
            "",
            "Bad Gateway x",
        ),
        (
            "<!DOCTYPE html><TITLE >502\nBad Gateway</TITLE><h1>x</h1>",
            "",
            "502 Bad Gateway",
        ),
        ("<title></title><p>x", "", "x"),
        ("<title", "", ""),
        ("<", "", ""),
        // Cut off.
        (r#"{"error_code":"A","error_msg":"m","x":[1,"#, "A", "m"),
        (r#"{"error_code":"A","error_msg":"m"#, "A", ""),
        (r#"{"error":{"code":"A"#, "", r#"{"error":{"code":"A"#),
    ] {
        let found = details(body);
        assert_eq!(found.code.as_deref().unwrap_or_default(), code, "{body}");
        assert_eq!(
            found.message.as_deref().unwrap_or_default(),
            message,
            "{body}"
        );
    }
}

#[test]
fn the_search_in_a_body_is_bounded() {
    let nested = |depth: usize| {
        let (open, close) = ("{\"a\":".repeat(depth), "}".repeat(depth));
        details(&format!(
            "{open}{{\"code\":\"A\",\"message\":\"m\"}}{close}"
        ))
    };
    assert_eq!(nested(3).code.as_deref(), Some("A"));
    assert_eq!(nested(4).code, None);
    assert_eq!(nested(100_000).code, None);
    let many = format!(
        "[{}{{\"code\":\"A\",\"message\":\"m\"}}]",
        "{},".repeat(10_000)
    );
    assert_eq!(details(&many).code, None);

    let long = details(&"word ".repeat(10_000)).message.unwrap();
    assert_eq!(long.chars().count(), 501);
    assert!(long.ends_with('…'));
    let invalid = ErrorDetails::read(None, b"caf\xe9");
    assert_eq!(invalid.message.as_deref(), Some("caf\u{fffd}"));
}

#[test]
fn details_and_request_ids_are_found() {
    let found = details(
        r#"{"request_id":"r1","error":{"error_code":"A","error_msg":"m","error_detail":"d"}}"#,
    );
    assert_eq!(found.detail.as_deref(), Some("d"));
    assert_eq!(found.request_id.as_deref(), Some("r1"));
    assert_eq!(
        details(r#"{"error":{"request_id":7}}"#)
            .request_id
            .as_deref(),
        Some("7")
    );
    assert_eq!(details(r#"{"request_id":""}"#).request_id, None);

    // A header goes before the body.
    let body = r#"{"request_id":"of the body"}"#;
    assert_eq!(error(500, &[], body).request_id(), Some("of the body"));
    let both = error(500, &[("x-request-id", "of the header")], body);
    assert_eq!(both.request_id(), Some("of the header"));
}

#[test]
fn without_a_document_the_usual_fields_are_read() {
    let read = |body: &str| ErrorDetails::read(None, body.as_bytes());
    let problem = read(
        r#"{"type":"https://example.com/probs/out-of-credit","title":"Credit","detail":"30 < 50"}"#,
    );
    assert_eq!(
        problem.code.as_deref(),
        Some("https://example.com/probs/out-of-credit")
    );
    assert_eq!(problem.message.as_deref(), Some("Credit"));
    assert_eq!(problem.detail.as_deref(), Some("30 < 50"));
    let usual = read(r#"{"error":{"code":404,"message":"m"}}"#);
    assert_eq!(
        (usual.code.as_deref(), usual.message.as_deref()),
        (Some("404"), Some("m"))
    );

    static FLAT: ErrorBodyInfo = ErrorBodyInfo {
        fields: &[ErrorFields {
            code: "code",
            message: "message",
            detail: None,
        }],
        nested: false,
        request_id: None,
        success_codes: &["0"],
    };
    let nested = ErrorDetails::read(Some(&FLAT), br#"{"error":{"code":"A","message":"m"}}"#);
    assert_eq!(nested.code, None);
    assert!(error_in_success(&FLAT, br#"{"code":1,"message":"m"}"#));
    assert!(!error_in_success(&FLAT, br#"{"code":0,"message":"m"}"#));
    assert!(!error_in_success(&FLAT, br#"[{"code":1,"message":"m"}]"#));
    assert!(!error_in_success(&FLAT, br#"{"code":1,"message":"m""#));
    assert!(!error_in_success(&FLAT, b"\xff code message"));
    assert!(!error_in_success(&FLAT, b"code message"));
}

#[test]
fn what_a_server_says_cannot_spoil_a_log() {
    let body = serde_json::json!({
        "error_code": "E\u{1b}[31m",
        "error_msg": format!("a\r\nb\tc\u{202e}d\u{0}e\u{200b}\u{2028}{}", "x".repeat(5000)),
    });
    let error = error(500, &[("x-request-id", "r\t1")], &body.to_string());
    let text = error.to_string();
    assert!(
        text.contains("E\\u{1b}[31m \"a  b c\\u{202e}d\\u{0}e\\u{200b}\\u{2028}xxx"),
        "{text}"
    );
    assert!(text.ends_with("x…\" (request id r 1)"), "{text}");
    assert!(text.chars().count() < 500);
    assert!(!text.chars().any(char::is_control));
    // The value itself is as it came.
    assert_eq!(error.code(), Some("E\u{1b}[31m"));

    let odd = self::error(500, &[], &format!("[{}]", "\"\u{7}\",".repeat(1000))).to_string();
    assert!(
        !odd.chars().any(char::is_control) && odd.chars().count() < 2000,
        "{odd}"
    );
}

#[test]
fn a_reply_shows_no_body_and_no_header() {
    let error = error(500, &[("set-cookie", "hidden")], "hidden");
    let shown = format!("{error:?}");
    assert_eq!(
        shown,
        "Unexpected(Reply { operation: \"ChangeDesktop\", status: 500, request_id: None, \
         body_bytes: 6, complete: true, .. })"
    );
}

#[test]
fn any_error_answers_the_same() {
    let body = r#"{"error_code":"WKS.0007","error_msg":"m","error_detail":"d"}"#;
    let plain = error(403, &[("x-request-id", "r")], body);
    let text = plain.to_string();
    let any = AnyError::from(plain);
    assert_eq!(any.status(), Some(StatusCode::FORBIDDEN));
    assert_eq!(
        (any.code(), any.message(), any.detail(), any.request_id()),
        (Some("WKS.0007"), Some("m"), Some("d"), Some("r"))
    );
    assert_eq!(any.body(), Some(body.as_bytes()));
    assert_eq!(any.headers().unwrap().len(), 1);
    assert_eq!(any.reply().unwrap().status(), 403);
    assert_eq!(any.operation(), Some("ChangeDesktop"));
    assert_eq!(any.to_string(), text);
    assert_eq!(format!("{any:?}"), text);
    assert!(format!("{any:#?}").contains("Forbidden"));
    let problem = Problem {
        error_code: Some("WKS.0007".to_owned()),
    };
    assert_eq!(any.downcast_ref(), Some(&ChangeError::Forbidden(problem)));
    assert_eq!(any.downcast_ref::<Problem>(), None);

    let transport = FakeTransport::default();
    transport.answer(Answer::Error(TransportErrorKind::Connect));
    let any = AnyError::from(call(&transport).unwrap_err());
    assert!(any.is_connect() && !any.is_timeout());
    assert!(std::error::Error::source(&any).is_some());
}

#[test]
fn one_error_for_a_whole_program() {
    fn program(transport: &FakeTransport) -> Result<String, AnyError> {
        let core = builder(transport).build()?;
        let call = Call::new(&core, &CHANGE).path("desktop_id", "d1");
        let job = documented(block_on(call.send()))?;
        let _ = CredentialSet::from_variables(&API, &|_| None)?;
        Ok(job.into_inner().job_id)
    }
    let credentials = program(&FakeTransport::replying(200, r#"{"job_id":"j"}"#)).unwrap_err();
    assert!(
        credentials
            .to_string()
            .starts_with("no credentials in the environment")
    );
    assert_eq!(
        (credentials.status(), credentials.operation()),
        (None, None)
    );
    let api = program(&FakeTransport::replying(410, "")).unwrap_err();
    assert_eq!(api.downcast_ref(), Some(&ChangeError::Gone));

    let build = builder(&FakeTransport::default())
        .base_url(0, "x")
        .build()
        .unwrap_err();
    let text = build.to_string();
    assert_eq!(AnyError::from(build).to_string(), text);

    fn is_error<T: std::error::Error + Send + Sync + 'static>(_: &T) {}
    is_error(&api);
    is_error(&error(500, &[], ""));
}
