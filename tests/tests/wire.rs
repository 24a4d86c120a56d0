//! What goes over the wire, seen by a real server on the loopback interface, and what comes of its
//! answers.

use std::time::{Duration, SystemTime};

use bindery_tests::gateway::check_signature;
use bindery_tests::{Answer, Received, Server};
use huaweicloud_workspace::operations::{ChangeDesktopToImageError, ShowJobError};
use huaweicloud_workspace::types::{
    DecodeAuthorizationMessageReq, DesktopToImageReq, JobStatus, TagKeyValue,
};
use huaweicloud_workspace::{AccessKey, AnyError, Client, ClientBuilder, Credentials, Error};
use serde_json::json;

const AK: &str = "AKEXAMPLE0000000001";
const SK: &str = "SKexample/0000+0000=0000000000000000000002";
const PROJECT: &str = "0bec5db98280d2d02fd6c00c2de791ce";

/// 2026-09-23 08:15:30 UTC, as the published signing vectors have it.
fn fixed_time() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_151_330)
}

/// A client that signs and sends everything to `server`.
fn signing(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(server.url())
        .sts_base_url(server.url())
        .credentials(Credentials::access_key(AccessKey::new(AK, SK)))
        .project_id(PROJECT)
        .clock(fixed_time)
}

fn client(server: &Server) -> Client {
    signing(server).build().expect("the client can be built")
}

fn image() -> DesktopToImageReq {
    DesktopToImageReq::new("a130ab3a-72bf-4b71-baa9-af4987c8e338", "财务部-Win10_v2.1")
}

/// A gateway: refuses what is not signed rightly, answers the rest.
fn gateway(answer: Answer) -> Server {
    Server::start(
        move |request: &Received| match check_signature(request, AK, SK) {
            Ok(()) => answer.clone(),
            Err(reason) => Answer::json(
                401,
                &json!({"error_code": "APIGW.0301", "error_msg": reason, "request_id": "gate-1"}),
            ),
        },
    )
}

#[tokio::test]
async fn a_desktop_is_converted() {
    let server = gateway(
        Answer::json(
            200,
            &json!({"job_id": "ff80808188e70b1801897c0f0f2a01f2", "later": true}),
        )
        .header("X-Request-Id", "req-1"),
    );
    let request = image()
        .image_description("gold image Ü 2026")
        .execute_sysprep(true)
        .image_tags([TagKeyValue::new().key("团队").value("财务")])
        .enterprise_project_id("0")
        .is_clear_data(false)
        .max_ram("16384")
        .min_ram("0");
    let accepted = client(&server)
        .change_desktop_to_image(request)
        .await
        .expect("it is accepted");
    assert_eq!(
        accepted.job_id.as_ref().expect("a job").as_str(),
        "ff80808188e70b1801897c0f0f2a01f2"
    );
    assert_eq!(accepted.request_id(), Some("req-1"));
    assert_eq!(accepted.status().as_u16(), 200);

    let sent = server.only();
    assert_eq!(sent.method, "POST");
    assert_eq!(
        sent.target,
        format!("/v2/{PROJECT}/desktops/desktop-to-image")
    );
    assert_eq!(sent.header("host"), Some(server.host().as_str()));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("x-project-id"), Some(PROJECT));
    assert_eq!(sent.header("x-sdk-date"), Some("20260923T081530Z"));
    assert!(
        sent.header("user-agent")
            .is_some_and(|agent| agent.contains("huaweicloud-workspace/"))
    );
    assert_eq!(
        sent.json(),
        json!({
            "image_name": "财务部-Win10_v2.1",
            "image_description": "gold image Ü 2026",
            "desktop_id": "a130ab3a-72bf-4b71-baa9-af4987c8e338",
            "execute_sysprep": true,
            "image_tags": [{"key": "团队", "value": "财务"}],
            "enterprise_project_id": "0",
            "is_clear_data": false,
            "max_ram": "16384",
            "min_ram": "0",
        })
    );
}

/// Defaults are the service's to apply: what nobody set is not sent.
#[tokio::test]
async fn only_what_is_set_is_sent() {
    let server = gateway(Answer::json(200, &json!({})));
    let reply = client(&server)
        .change_desktop_to_image(image())
        .await
        .expect("it is accepted");
    assert_eq!(reply.job_id, None);
    assert_eq!(
        server.only().json(),
        json!({
            "desktop_id": "a130ab3a-72bf-4b71-baa9-af4987c8e338",
            "image_name": "财务部-Win10_v2.1",
        })
    );
}

#[tokio::test]
async fn a_path_value_is_one_segment() {
    for value in [
        "a/b", "a b", "p /1?", "100%", "%2e%2e", "ü", "a+b", "a;b=c", "..a", "#x",
    ] {
        let server = gateway(Answer::json(200, &json!({"status": "RUNNING"})));
        let client = client(&server);
        let job = client
            .show_job(value)
            .await
            .unwrap_or_else(|error| panic!("{value:?}: {error}"));
        assert_eq!(job.status, Some(JobStatus::Running));
        let sent = server.only();
        let prefix = format!("/v2/{PROJECT}/workspace-jobs/");
        let segment = sent
            .target
            .strip_prefix(&prefix)
            .expect("the path up to the value");
        assert!(
            !segment.contains(['/', '?', '#', ' ', '+']) || value.contains('+'),
            "{segment}"
        );
        let bytes: Vec<u8> = percent_decode(segment);
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), value);
    }
}

fn percent_decode(text: &str) -> Vec<u8> {
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
    out
}

/// URL parsers collapse these, encoded or not, and the request would go somewhere else.
#[tokio::test]
async fn path_values_that_vanish_are_refused() {
    let server = gateway(Answer::json(200, &json!({})));
    let client = client(&server);
    for value in ["", ".", ".."] {
        let error = client.show_job(value).await.expect_err("it is refused");
        assert!(matches!(error, Error::Request(_)), "{value:?}: {error}");
        assert!(error.to_string().contains("job_id"), "{error}");
    }
    assert_eq!(server.received(), []);
}

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
async fn a_refusal_is_decoded_elsewhere() {
    let workspace = gateway(Answer::status(500));
    let sts = gateway(Answer::json(200, &json!({"decoded_message": "because"})));
    let client = signing(&workspace)
        .sts_base_url(sts.url())
        .build()
        .expect("a client");
    let decoded = client
        .decode_authorization_message(DecodeAuthorizationMessageReq::new("Zm9v"))
        .await;
    assert_eq!(
        decoded.expect("decoded").decoded_message.as_deref(),
        Some("because")
    );
    assert_eq!(workspace.received(), []);
    let sent = sts.only();
    assert_eq!(sent.target, "/v5/decode-authorization-message");
    assert_eq!(sent.json(), json!({"encoded_message": "Zm9v"}));
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
    assert_eq!(
        error.body().map(|body| body.as_ref()),
        Some(html.as_bytes())
    );
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
    assert_eq!(
        error.body().map(|body| body.as_ref()),
        Some(html.as_bytes())
    );
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
async fn headers_cannot_be_injected() {
    let server = gateway(Answer::json(200, &json!({})));
    let client = client(&server);
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0b"] {
        let error = client
            .show_job("1")
            .header("x-note", value)
            .await
            .expect_err("refused");
        assert!(matches!(error, Error::Request(_)), "{error:?}");
    }
    let error = client
        .show_job("1")
        .header("x note", "v")
        .await
        .expect_err("refused");
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert_eq!(server.received(), []);
    client
        .show_job("1")
        .header("X-Note", "fine")
        .await
        .expect("sent");
    assert_eq!(server.only().header("x-note"), Some("fine"));
}

#[tokio::test]
async fn a_token_goes_in_its_own_header() {
    let server = Server::always(Answer::json(200, &json!({"status": "SUCCESS"})));
    let client = Client::builder()
        .base_url(server.url())
        .credentials(Credentials::token("TOKEN"))
        .project_id("p /1?")
        .build()
        .expect("a client");
    client.show_job("1").await.expect("sent");
    let sent = server.only();
    assert_eq!(sent.target, "/v2/p%20%2F1%3F/workspace-jobs/1");
    assert_eq!(sent.header("x-auth-token"), Some("TOKEN"));
    assert_eq!(sent.header("authorization"), None);
}

#[tokio::test]
async fn temporary_keys_send_their_token() {
    let server = gateway(Answer::json(200, &json!({})));
    let key = AccessKey::new(AK, SK).security_token("TEMP");
    let client = signing(&server)
        .credentials(Credentials::access_key(key))
        .build()
        .expect("a client");
    client.show_job("1").await.expect("sent");
    let sent = server.only();
    assert_eq!(sent.header("x-security-token"), Some("TEMP"));
    let signed = sent.header("authorization").expect("signed");
    assert!(signed.contains("x-security-token"), "{signed}");
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
async fn another_project_for_one_request() {
    let server = gateway(Answer::json(200, &json!({})));
    client(&server)
        .show_job("1")
        .project_id("other")
        .await
        .expect("sent");
    let sent = server.only();
    assert_eq!(sent.target, "/v2/other/workspace-jobs/1");
    assert_eq!(sent.header("x-project-id"), Some("other"));
}

#[tokio::test]
async fn a_missing_project_says_how_to_set_it() {
    let server = gateway(Answer::json(200, &json!({"decoded_message": "because"})));
    let client = Client::builder()
        .base_url(server.url())
        .sts_base_url(server.url())
        .credentials(Credentials::access_key(AccessKey::new(AK, SK)))
        .build()
        .expect("a project is not always needed");
    let error = client.show_job("1").await.expect_err("it is needed here");
    let shown = error.to_string();
    for part in ["project_id", "HUAWEICLOUD_SDK_PROJECT_ID"] {
        assert!(shown.contains(part), "{shown}");
    }
    assert_eq!(server.received(), []);
    client
        .decode_authorization_message(DecodeAuthorizationMessageReq::new("Zm9v"))
        .await
        .expect("this operation needs no project");
}

#[tokio::test]
async fn missing_credentials_send_nothing() {
    let server = gateway(Answer::json(200, &json!({})));
    let client = Client::builder()
        .base_url(server.url())
        .project_id("p")
        .build()
        .expect("a client");
    let error = client
        .show_job("1")
        .await
        .expect_err("nothing authenticates it");
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    for part in ["access_key", "token"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    // A token does not do where a signature is asked for.
    let client = Client::builder()
        .base_url(server.url())
        .sts_base_url(server.url())
        .credentials(Credentials::token("T"))
        .build()
        .expect("a client");
    let error = client
        .decode_authorization_message(DecodeAuthorizationMessageReq::new("Zm9v"))
        .await;
    assert!(error.is_err());
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let server = gateway(Answer::json(200, &json!({})));
    let key = AccessKey::new(AK, SK).security_token("TEMPORARY");
    let credentials = Credentials::access_key(key).and(Credentials::token("TOKEN"));
    let builder = signing(&server).credentials(credentials.clone());
    let shown = format!("{credentials:?} {builder:?}");
    let client = builder.build().expect("a client");
    let request = client.show_job("1");
    let shown = format!("{shown} {client:?} {request:?}");
    for secret in [SK, "TEMPORARY", "TOKEN"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn unknown_values_survive() {
    let server = Server::always(Answer::json(
        200,
        &json!({"status": "PAUSED", "sub_jobs": [{"status": "SUCCESS", "process": 100}], "sub_jobs_total": null}),
    ));
    let job = client(&server).show_job("1").await.expect("decoded");
    let status = job.status.clone().expect("a status");
    assert!(matches!(status, JobStatus::Unknown(_)));
    assert_eq!(status.as_str(), "PAUSED");
    assert_eq!(
        serde_json::to_value(&*job).expect("encoded")["status"],
        json!("PAUSED")
    );
    assert_eq!(job.sub_jobs_total, None);
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

#[tokio::test]
async fn requests_can_move_between_tasks() {
    let server = gateway(Answer::json(200, &json!({"job_id": "1"})));
    let request = client(&server).change_desktop_to_image(image());
    let again = request.clone();
    let reply = tokio::spawn(request.into_future())
        .await
        .expect("the task ends");
    assert!(reply.is_ok());
    tokio::spawn(again.send())
        .await
        .expect("the task ends")
        .expect("accepted");
    assert_eq!(server.received().len(), 2);
}

#[test]
fn base_urls_are_checked_early() {
    for url in [
        "",
        "ftp://x",
        "not a url",
        "http://",
        "http://h/?q=1",
        "http://h/#f",
        "http://h/\r\n",
    ] {
        let built = Client::builder().base_url(url).build();
        assert!(built.is_err(), "{url:?} was taken");
    }
    for url in [
        "http://localhost:8080",
        "https://example.com/prefix/",
        "http://[::1]:80",
    ] {
        let built = Client::builder().base_url(url).build();
        assert!(built.is_ok(), "{url:?}: {built:?}");
    }
    let error = Client::builder().region("x/../../evil").build();
    assert!(error.is_err(), "a region is one label of a host");
}
