//! The service of `spec/workspace.yaml` on the loopback interface, and clients of it.

use std::time::{Duration, SystemTime};

use huaweicloud_workspace::types::DesktopToImageReq;
use huaweicloud_workspace::{AccessKey, Client, ClientBuilder, Credentials};
use serde_json::json;

use crate::gateway::check_signature;
use crate::{Answer, Received, Server};

/// An access key that nobody has.
pub const AK: &str = "AKEXAMPLE0000000001";
/// Its secret.
pub const SK: &str = "SKexample/0000+0000=0000000000000000000002";
/// A project that does not exist.
pub const PROJECT: &str = "0bec5db98280d2d02fd6c00c2de791ce";

/// 2026-09-23 08:15:30 UTC, as the published signing vectors have it.
pub fn fixed_time() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_151_330)
}

/// A client to be set up, which signs and sends everything to `server`.
pub fn signing(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(server.url())
        .ims_base_url(server.url())
        .iam_base_url(server.url())
        .sts_base_url(server.url())
        .credentials(Credentials::access_key(AccessKey::new(AK, SK)))
        .project_id(PROJECT)
        .clock(fixed_time)
}

/// A client that signs and sends everything to `server`.
///
/// # Panics
///
/// When it cannot be built.
pub fn client(server: &Server) -> Client {
    signing(server).build().expect("the client can be built")
}

/// A request with nothing but what is required.
pub fn image() -> DesktopToImageReq {
    DesktopToImageReq::new("a130ab3a-72bf-4b71-baa9-af4987c8e338", "财务部-Win10_v2.1")
}

/// A gateway: refuses what is not signed rightly, answers the rest.
pub fn gateway(answer: Answer) -> Server {
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
