//! A transport of one's own takes the place of the built-in one, and sees what would be sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_tests::service::{AK, SK, fixed_time};
use huaweicloud_workspace::runtime::{
    Body, BoxFuture, Call, OperationInfo, ParameterInfo, Transport, TransportError,
    TransportErrorKind,
};
use huaweicloud_workspace::{AccessKey, Client, Credentials, Error};

/// Keeps the requests and answers them all alike.
#[derive(Clone, Default)]
struct Recorder {
    seen: Arc<Mutex<Vec<(String, String, usize)>>>,
    refuses: bool,
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let host = request
            .headers()
            .get("authorization")
            .map_or("", |_| "signed")
            .to_owned();
        let size = request.body().as_bytes().map_or(0, |bytes| bytes.len());
        let entry = (request.uri().to_string(), host, size);
        self.seen
            .lock()
            .expect("no thread has panicked")
            .push(entry);
        let answer = if self.refuses {
            Err(TransportError::new(
                TransportErrorKind::Connect,
                "nobody is there",
            ))
        } else {
            Ok(http::Response::new(Body::from(r#"{"status": "SUCCESS"}"#)))
        };
        Box::pin(async move { answer })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn client(recorder: &Recorder) -> Client {
    Client::builder()
        .region("eu-west-101")
        .credentials(Credentials::access_key(AccessKey::new(AK, SK)))
        .project_id("p")
        .clock(fixed_time)
        .transport(recorder.clone())
        .build()
        .expect("a client")
}

#[tokio::test]
async fn requests_go_to_the_region() {
    let recorder = Recorder::default();
    let job = client(&recorder).show_job("1").await.expect("a job");
    assert_eq!(
        job.status.as_ref().map(|status| status.as_str()),
        Some("SUCCESS")
    );
    let seen = recorder.seen.lock().expect("no thread has panicked");
    let url = "https://workspace.eu-west-101.myhuaweicloud.com/v2/p/workspace-jobs/1";
    assert_eq!(*seen, [(url.to_owned(), "signed".to_owned(), 0)]);
}

#[tokio::test]
async fn its_errors_are_ours() {
    let recorder = Recorder {
        refuses: true,
        ..Recorder::default()
    };
    let error = client(&recorder)
        .show_job("1")
        .await
        .expect_err("nobody is there");
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(error.to_string().contains("nobody is there"), "{error}");
}

/// An operation that no document describes, sent through a client's core; setting a parameter again
/// takes the place of what was set before.
#[tokio::test]
async fn parameters_are_set_not_added() {
    const SEARCH: &OperationInfo = &OperationInfo {
        id: "Search",
        method: "GET",
        template: "/v2/search",
        tags: &[],
        server: 0,
        parameters: &[
            ParameterInfo::query("id"),
            ParameterInfo::query("sort").explode(false),
        ],
        auth: &[],
        idempotent: true,
        links: &[],
    };
    let recorder = Recorder::default();
    let reply = Call::new(client(&recorder).core(), SEARCH)
        .query("id", &["x"][..])
        .query("sort", &["a,b", "c"][..])
        .query("id", &["1", "2 3"][..])
        .send()
        .await
        .expect("a reply");
    assert_eq!(reply.status(), 200);
    let seen = recorder.seen.lock().expect("no thread has panicked");
    assert!(
        seen[0].0.ends_with("/v2/search?sort=a%2Cb,c&id=1&id=2%203"),
        "{}",
        seen[0].0
    );
}
