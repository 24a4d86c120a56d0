//! What comes of answers that are no success: each is told apart, and none loses what it says.

use std::time::Duration;

use bindery_tests::service::{AK, client, gateway, image, signing};
use bindery_tests::{Answer, Server};
use huaweicloud_workspace::operations::{ChangeDesktopToImageError, ShowJobError};
use huaweicloud_workspace::{AccessKey, AnyError, Client, Credentials, Error};
use serde_json::json;

#[tokio::test]
async fn every_documented_status_is_typed() {
    type Variant = fn(&ChangeDesktopToImageError) -> bool;
    let cases: [(u16, Variant); 6] = [
        (400, |error| {
            matches!(error, ChangeDesktopToImageError::BadRequest(_))
        }),
        (401, |error| {
            matches!(error, ChangeDesktopToImageError::Unauthorized(_))
        }),
        (403, |error| {
            matches!(error, ChangeDesktopToImageError::Forbidden(_))
        }),
        (404, |error| {
            matches!(error, ChangeDesktopToImageError::NotFound(_))
        }),
        (409, |error| {
            matches!(error, ChangeDesktopToImageError::Conflict(_))
        }),
        (500, |error| {
            matches!(error, ChangeDesktopToImageError::InternalServerError(_))
        }),
    ];
    for (status, is_variant) in cases {
        let server = gateway(
            Answer::json(
                status,
                &json!({"error_code": "WKS.0042", "error_msg": "it is so", "error_detail": "in detail"}),
            )
            .header("X-Request-Id", "req-2"),
        );
        let error = client(&server)
            .change_desktop_to_image(image())
            .await
            .expect_err("an error");
        let api = error.api().unwrap_or_else(|| panic!("{status}: {error:?}"));
        assert!(is_variant(api), "{status}: {api:?}");
        assert_eq!(api.body().error_detail.as_deref(), Some("in detail"));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.code(), Some("WKS.0042"));
        assert_eq!(error.message(), Some("it is so"));
        assert_eq!(error.request_id(), Some("req-2"));
        let shown = error.to_string();
        for part in [
            "ChangeDesktopToImage",
            &status.to_string(),
            "WKS.0042",
            "it is so",
            "req-2",
        ] {
            assert!(shown.contains(part), "{shown:?} lacks {part:?}");
        }
        assert_eq!(shown.lines().count(), 1);
    }
}

#[tokio::test]
async fn a_refusal_says_that_it_can_be_decoded() {
    let server = gateway(Answer::json(
        403,
        &json!({"error_code": "WKS.0403", "error_msg": "no", "encoded_authorization_message": "Zm9v"}),
    ));
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("refused");
    let shown = error.to_string();
    assert!(shown.contains("encoded_authorization_message"), "{shown}");
    assert!(shown.contains("decode_authorization_message"), "{shown}");
    // Without the message there is nothing to decode.
    let server = gateway(Answer::json(
        403,
        &json!({"error_code": "WKS.0403", "error_msg": "no"}),
    ));
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("refused");
    assert!(
        !error.to_string().contains("decode_authorization_message"),
        "{error}"
    );
}

#[tokio::test]
async fn the_default_reply_takes_every_other_status() {
    let server = gateway(Answer::json(
        503,
        &json!({"error_code": "WKS.00050902", "error_msg": "later"}),
    ));
    let error = client(&server).show_job("1").await.expect_err("an error");
    assert!(
        matches!(error.api(), Some(ShowJobError::Default(_))),
        "{error:?}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
}

/// Errors that come in other shapes than the documented one keep everything that they say.
#[tokio::test]
async fn gateway_errors_are_read() {
    let shapes = [
        json!({"error_code": "APIGW.0308", "error_msg": "policy user over ratelimit,limit:10", "request_id": "gate-2"}),
        json!({"errorCode": "APIGW.0308", "errorMsg": "policy user over ratelimit,limit:10", "request_id": "gate-2"}),
        json!({"error": {"code": "APIGW.0308", "message": "policy user over ratelimit,limit:10"}, "request_id": "gate-2"}),
    ];
    for shape in shapes {
        let server = Server::always(Answer::json(429, &shape));
        let error = client(&server)
            .change_desktop_to_image(image())
            .await
            .expect_err("throttled");
        assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
        assert_eq!(error.code(), Some("APIGW.0308"), "{shape}");
        assert_eq!(
            error.message(),
            Some("policy user over ratelimit,limit:10"),
            "{shape}"
        );
        assert_eq!(error.request_id(), Some("gate-2"), "{shape}");
    }
    // A number is a code as well.
    let server = Server::always(Answer::json(
        418,
        &json!({"code": 1100, "message": "numbered"}),
    ));
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert_eq!(error.code(), Some("1100"));
}

#[tokio::test]
async fn a_body_that_is_no_json_is_kept() {
    let html = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    let server = Server::always(
        Answer::status(502)
            .header("Content-Type", "text/html")
            .body(html),
    );
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    assert_eq!(error.body(), Some(html.as_bytes()));
    assert!(error.to_string().contains("502"), "{error}");

    // A documented status whose body is not what is documented: told apart, nothing lost.
    let server = Server::always(
        Answer::status(404)
            .body(html)
            .header("X-Request-Id", "req-3"),
    );
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.request_id(), Some("req-3"));
    assert_eq!(error.body(), Some(html.as_bytes()));
}

#[tokio::test]
async fn truncated_json_is_no_success() {
    let server = Server::always(Answer::status(200).body(r#"{"job_id": "ff80"#));
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));

    // The connection breaks in the middle: the length that was announced never came.
    let server = Server::always(Answer::json(200, &json!({"job_id": "ff80808188e70b18"})).cut());
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn an_error_in_a_success_is_an_error() {
    let server = Server::always(
        Answer::json(
            200,
            &json!({"error_code": "WKS.00010109", "error_msg": "name empty"}),
        )
        .header("X-Request-Id", "req-4"),
    );
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::ErrorInSuccess(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.code(), Some("WKS.00010109"));
    assert_eq!(error.request_id(), Some("req-4"));

    // The code for success is none, and neither is an empty one.
    for code in ["WKS.00000000", ""] {
        let server = Server::always(Answer::json(
            200,
            &json!({"job_id": "1", "error_code": code, "error_msg": "ok"}),
        ));
        let reply = client(&server).change_desktop_to_image(image()).await;
        assert!(reply.is_ok(), "{code:?}: {reply:?}");
    }
}

#[tokio::test]
async fn slow_answers_time_out() {
    let slow = Answer::json(200, &json!({})).after(Duration::from_secs(5));
    let stalling = Answer::json(200, &json!({"job_id": "ff80"})).stalling(Duration::from_secs(5));
    for answer in [slow, stalling] {
        let server = Server::always(answer);
        let begin = std::time::Instant::now();
        let error = client(&server)
            .change_desktop_to_image(image())
            .timeout(Duration::from_millis(200))
            .await
            .expect_err("too slow");
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert!(error.is_timeout());
        assert!(begin.elapsed() < Duration::from_secs(4));
    }
}

#[tokio::test]
async fn broken_connections_are_told_apart() {
    let server = Server::always(Answer::nothing());
    let error = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");

    // Nobody listens there any more.
    let url = Server::always(Answer::status(200)).url();
    let client = Client::builder()
        .base_url(url)
        .credentials(Credentials::token("t"))
        .project_id("p")
        .build()
        .expect("a client");
    let error = client.show_job("1").await.expect_err("an error");
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(error.is_connect());
}

/// No redirect is followed, so nothing that authenticates ever reaches another origin.
#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::always(Answer::json(200, &json!({"job_id": "stolen"})));
        let target = format!("{}/v2/elsewhere", other.url());
        let server = Server::always(Answer::status(status).header("Location", &target));
        let error = client(&server)
            .change_desktop_to_image(image())
            .await
            .expect_err("an error");
        assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
        let location = error.headers().and_then(|headers| headers.get("location"));
        assert_eq!(
            location.and_then(|value| value.to_str().ok()),
            Some(target.as_str())
        );
        assert_eq!(other.received(), []);
    }
}

#[tokio::test]
async fn error_bodies_are_capped() {
    let text = "x".repeat(100_000);
    let server = Server::always(Answer::json(
        500,
        &json!({"error_code": "WKS.1", "error_msg": text}),
    ));
    let client = signing(&server)
        .max_error_body_bytes(1000)
        .build()
        .expect("a client");
    let error = client
        .change_desktop_to_image(image())
        .await
        .expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert_eq!(error.body().map(|body| body.len()), Some(1000));
    assert!(error.to_string().len() < 1000, "{error}");

    let server = Server::always(Answer::json(200, &json!({"job_id": "x".repeat(100_000)})));
    let client = signing(&server)
        .max_body_bytes(1000)
        .build()
        .expect("a client");
    let error = client
        .change_desktop_to_image(image())
        .await
        .expect_err("too large");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(error.to_string().contains("1000"), "{error}");
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let server = gateway(Answer::json(200, &json!({})));
    let key = AccessKey::new(AK, "another secret");
    let client = signing(&server)
        .credentials(Credentials::access_key(key))
        .build()
        .expect("a client");
    let error = client.show_job("1").await.expect_err("refused");
    assert_eq!(error.code(), Some("APIGW.0301"));
    assert_eq!(error.request_id(), Some("gate-1"));
}

#[tokio::test]
async fn any_error_takes_them_all() {
    async fn program(client: &Client) -> Result<String, AnyError> {
        let job = client.change_desktop_to_image(image()).await?;
        let id = job
            .job_id
            .clone()
            .ok_or_else(|| client.show_job("").project_id("x"));
        let id = match id {
            Ok(id) => id,
            Err(request) => {
                request.await?;
                unreachable!("an empty id is refused")
            }
        };
        let job = client.show_job(id).await?;
        Ok(job.job_type.clone().unwrap_or_default())
    }
    let server = gateway(
        Answer::json(404, &json!({"error_code": "WKS.0202", "error_msg": "gone"}))
            .header("X-Request-Id", "req-5"),
    );
    let error = program(&client(&server)).await.expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.code(), Some("WKS.0202"));
    assert_eq!(error.request_id(), Some("req-5"));
    let typed = error.downcast_ref::<ChangeDesktopToImageError>();
    assert!(
        matches!(typed, Some(ChangeDesktopToImageError::NotFound(_))),
        "{error:?}"
    );
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert!(boxed.to_string().contains("WKS.0202"));
}
