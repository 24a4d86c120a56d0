//! What goes over the wire, seen by a real server on the loopback interface.

use bindery_tests::exchange::percent_decoded;
use bindery_tests::service::{AK, PROJECT, SK, client, gateway, image, signing};
use bindery_tests::{Answer, Server};
use huaweicloud_workspace::types::{DecodeAuthorizationMessageReq, JobStatus, TagKeyValue};
use huaweicloud_workspace::{AccessKey, Client, Credentials, Error};
use serde_json::json;

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
        assert_eq!(percent_decoded(segment), value);
    }
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
