//! What the goldens make of replies: by status, by media type, and of their headers.

use bindery_goldens::{reply_headers, reply_several, reply_text};
use bindery_runtime::{AnyError, Error};
use bindery_tests::{Answer, Server};
use reply_headers::operations::{ListThingsError, ListThingsHeaders};
use reply_several::operations::{GetLatestReply, GetReportError, GetReportReply};
use reply_several::types::{Job, Report};
use reply_text::operations::GetPageError;
use serde_json::json;

/// A client of a golden that talks to `server`.
macro_rules! client {
    ($golden:ident, $server:expr) => {
        $golden::Client::builder()
            .base_url($server.url())
            .build()
            .expect("a client")
    };
}

async fn report(answer: Answer) -> Result<GetReportReply, Error<GetReportError>> {
    let server = Server::always(answer);
    let reply = client!(reply_several, server).get_report().await;
    let sent = server.only();
    assert_eq!(
        sent.header("accept"),
        Some(
            "application/json, text/csv, image/*, text/plain, text/html, application/problem+json"
        )
    );
    reply.map(bindery_runtime::Response::into_inner)
}

fn typed(status: u16, media_type: &str, body: &str) -> Answer {
    Answer::status(status)
        .header("Content-Type", media_type)
        .body(body)
}

#[tokio::test]
async fn successes_are_told_apart_by_status_and_media_type() {
    let title = Box::new(Report::new().title("t"));
    let json = r#"{"title":"t"}"#;
    let cases = [
        (
            typed(200, "application/json; charset=utf-8", json),
            GetReportReply::OkJson(title.clone()),
        ),
        (
            typed(200, "application/hal+json", json),
            GetReportReply::OkJson(title),
        ),
        (
            typed(200, "Text/CSV; header=present", "a,b"),
            GetReportReply::OkCsv("a,b".into()),
        ),
        (
            Answer::json(202, &json!({"id": "7"})),
            GetReportReply::Accepted(Box::new(Job::new().id("7"))),
        ),
        (Answer::status(204), GetReportReply::NoContent),
    ];
    for (answer, expected) in cases {
        let reply = report(answer).await.expect("a success");
        // A reply that holds a stream has no equality, so its text is compared.
        assert_eq!(format!("{reply:?}"), format!("{expected:?}"));
    }
    let picture = report(typed(200, "image/png", "png")).await;
    let Ok(GetReportReply::OkAnyImage(mut picture)) = picture else {
        panic!("a picture");
    };
    assert_eq!(picture.bytes().await.expect("all of it"), "png");
}

#[tokio::test]
async fn errors_are_decoded_as_what_is_documented() {
    let error = report(typed(404, "text/plain", "no such thing")).await;
    let error = error.expect_err("an error");
    assert_eq!(
        error.api(),
        Some(&GetReportError::NotFound("no such thing".into()))
    );
    let error = report(Answer::status(410)).await.expect_err("an error");
    assert_eq!(error.api(), Some(&GetReportError::Gone));
    let problem = typed(500, "application/problem+json", r#"{"id":"7"}"#);
    let error = report(problem).await.expect_err("an error");
    assert_eq!(
        error.api(),
        Some(&GetReportError::Default(Job::new().id("7")))
    );
    // Of the media types of an error only JSON is decoded; the others are kept as they came.
    let page = typed(500, "text/html", "<p>Sorry</p>");
    let error = AnyError::from(report(page).await.expect_err("an error"));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert_eq!(error.body(), Some(&b"<p>Sorry</p>"[..]));
}

#[tokio::test]
async fn a_success_may_be_null_or_absent() {
    for (answer, expected) in [
        (Answer::status(200), GetLatestReply::Ok(None)),
        (Answer::json(200, &json!(null)), GetLatestReply::Ok(None)),
        (
            Answer::json(203, &json!({"title": "t"})),
            GetLatestReply::Success(Box::new(Report::new().title("t"))),
        ),
    ] {
        let server = Server::always(answer);
        let reply = client!(reply_several, server).get_latest().await;
        assert_eq!(reply.expect("a success").into_inner(), expected);
    }
}

#[tokio::test]
async fn headers_are_typed() {
    let answer = Answer::json(200, &json!(["a"]))
        .header("x-rate-limit", "17")
        .header("X-State", "stale")
        .header("X-Page", r#"{"next":"n","size":2}"#)
        .header("X-Tags", "a, b")
        .header("X-Tags", "c")
        .header("X-Pairs", "next=m,size=3");
    let server = Server::always(answer);
    let client = client!(reply_headers, server);
    let reply = client.list_things().await.expect("a success");
    let headers = ListThingsHeaders::read(reply.headers()).expect("headers");
    assert_eq!(headers.x_rate_limit, Some(17));
    assert_eq!(
        headers.x_state.map(|state| state.to_string()),
        Some("stale".into())
    );
    let page = headers.x_page.expect("a page");
    assert_eq!((page.next.as_deref(), page.size), (Some("n"), Some(2)));
    assert_eq!(
        headers.x_tags,
        Some(vec!["a".into(), "b".into(), "c".into()])
    );
    let pairs = headers.x_pairs.expect("pairs");
    assert_eq!((pairs.next.as_deref(), pairs.size), (Some("m"), Some(3)));
    assert_eq!(headers.retry_after, None);
}

#[tokio::test]
async fn a_header_of_another_type_says_which() {
    let server = Server::always(Answer::status(429).header("Retry-After", "soon"));
    let client = client!(reply_headers, server);
    let error = client.list_things().await.expect_err("an error");
    assert_eq!(error.api(), Some(&ListThingsError::TooManyRequests));
    let error = AnyError::from(error);
    let headers = error.headers().expect("headers");
    let problem = ListThingsHeaders::read(headers).expect_err("no number");
    let text = problem.to_string();
    assert!(
        text.contains("Retry-After") && !text.contains("soon"),
        "{text}"
    );
}

#[tokio::test]
async fn text_and_bytes_are_given_as_they_come() {
    let server = Server::always(typed(200, "text/html", "<p>Grüezi</p>"));
    let page = client!(reply_text, server).get_page().await;
    assert_eq!(*page.expect("a page"), "<p>Grüezi</p>");
    assert!(
        server
            .only()
            .header("accept")
            .expect("one")
            .starts_with("text/html")
    );
    let server = Server::always(typed(404, "text/plain", "gone"));
    let error = client!(reply_text, server)
        .get_page()
        .await
        .expect_err("an error");
    assert_eq!(error.api(), Some(&GetPageError::NotFound("gone".into())));
    let server = Server::always(Answer::status(500).body(vec![0, 255]));
    let error = client!(reply_text, server)
        .get_page()
        .await
        .expect_err("an error");
    let bytes = vec![0, 255].into();
    assert_eq!(error.api(), Some(&GetPageError::InternalServerError(bytes)));
    let server = Server::always(typed(200, "image/png", "png"));
    let picture = client!(reply_text, server).get_picture().await;
    let picture = picture.expect("a picture").bytes().await;
    assert_eq!(picture.expect("all of it"), "png");
}
