//! The operations of the services beside Workspace that are about identities: tokens, projects, and
//! why a call was refused.

use bindery_tests::exchange::{
    answering, assert_body, assert_no_body, assert_sent, assert_told, assert_whole, refusing, reply,
};
use bindery_tests::service::{AK, SK, client, gateway, signing};
use bindery_tests::{Answer, Server};
use huaweicloud_workspace::operations::{
    DecodeAuthorizationMessageError, KeystoneCreateUserTokenByPasswordError,
    KeystoneCreateUserTokenByPasswordHeaders, KeystoneListProjectsError,
};
use huaweicloud_workspace::types::{
    AuthMethod, AuthScope, AuthScopeDomain, AuthScopeProject, DecodeAuthorizationMessageReq,
    KeystoneCreateUserTokenByPasswordReq, PasswordAuth, PasswordCredential, PasswordIdentity,
    PasswordUser, TotpCredential, TotpUser, UserDomain,
};
use huaweicloud_workspace::{AccessKey, Client, Credentials};
use serde_json::json;

/// A user, with the password `secret word`.
fn identity() -> PasswordIdentity {
    let user = PasswordUser::new(
        UserDomain::new("example-company"),
        "mei.chen",
        "secret word",
    );
    PasswordIdentity::new([AuthMethod::Password], PasswordCredential::new(user))
}

/// A client that has nothing to authenticate itself with.
fn stranger(iam: &Server) -> Client {
    Client::builder()
        .base_url("http://127.0.0.1:9")
        .iam_base_url(iam.url())
        .build()
        .expect("a client")
}

/// The token is in a header; the body says what it is good for.
#[tokio::test]
async fn a_token_is_issued() {
    let wire = reply("keystone-create-user-token-by-password");
    let iam = Server::always(
        Answer::json(201, &wire)
            .header("X-Subject-Token", "MIIDkgYJ-token")
            .header("X-Request-Id", "req-1"),
    );
    let scope = AuthScope::new().project(AuthScopeProject::new().name("ap-southeast-1"));
    let request =
        KeystoneCreateUserTokenByPasswordReq::new(PasswordAuth::new(identity()).scope(scope));
    let issued = stranger(&iam)
        .keystone_create_user_token_by_password(request)
        .await
        .expect("a token");
    assert_eq!(issued.status().as_u16(), 201);
    assert_eq!(issued.request_id(), Some("req-1"));
    assert_whole("KeystoneCreateUserTokenByPasswordRsp", &*issued, &wire);
    let headers =
        KeystoneCreateUserTokenByPasswordHeaders::read(issued.headers()).expect("headers");
    let token = headers.x_subject_token.as_ref().expect("a token");
    assert_eq!(token.expose(), "MIIDkgYJ-token");
    assert!(!format!("{headers:?} {issued:?}").contains("MIIDkgYJ"));
    let sent = iam.only();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("POST", "/v3/auth/tokens")
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(sent.header("x-auth-token"), None);
    assert_eq!(
        sent.json(),
        json!({"auth": {
            "identity": {
                "methods": ["password"],
                "password": {"user": {
                    "name": "mei.chen",
                    "password": "secret word",
                    "domain": {"name": "example-company"},
                }},
            },
            "scope": {"project": {"name": "ap-southeast-1"}},
        }})
    );

    // And it opens the door.
    let workspace = Server::always(Answer::json(200, &json!({"status": "SUCCESS"})));
    let client = Client::builder()
        .base_url(workspace.url())
        .credentials(Credentials::token(token.clone()))
        .project_id("p1")
        .build()
        .expect("a client");
    client.show_job("1").await.expect("sent");
    assert_eq!(
        workspace.only().header("x-auth-token"),
        Some("MIIDkgYJ-token")
    );
}

/// What is at hand to authenticate calls with is kept out of the one that needs none.
#[tokio::test]
async fn a_token_is_asked_for_without_credentials() {
    let iam = Server::always(Answer::json(201, &json!({})));
    let key = Credentials::access_key(AccessKey::new(AK, SK)).and(Credentials::token("OLD"));
    let client = signing(&iam).credentials(key).build().expect("a client");
    client
        .keystone_create_user_token_by_password(KeystoneCreateUserTokenByPasswordReq::new(
            PasswordAuth::new(identity()),
        ))
        .nocatalog("true")
        .await
        .expect("a token");
    let sent = iam.only();
    assert_eq!(sent.target, "/v3/auth/tokens?nocatalog=true");
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(sent.header("x-auth-token"), None);
}

/// Everything that can be sent, the code of a device included.
#[tokio::test]
async fn a_token_for_a_user_with_a_device() {
    let iam = Server::always(Answer::json(201, &json!({})));
    let mut identity = identity().totp(TotpCredential::new(TotpUser::new(
        "4d2f7c90",
        "012345".to_owned(),
    )));
    identity.methods.push(AuthMethod::Totp);
    let scope = AuthScope::new()
        .project(AuthScopeProject::new().id("p-1").name("ap-southeast-1"))
        .domain(AuthScopeDomain::new().id("d-1").name("example-company"));
    let request =
        KeystoneCreateUserTokenByPasswordReq::new(PasswordAuth::new(identity).scope(scope));
    stranger(&iam)
        .keystone_create_user_token_by_password(request.clone())
        .await
        .expect("a token");
    let body = json!({"auth": {
        "identity": {
            "methods": ["password", "totp"],
            "password": {"user": {
                "name": "mei.chen",
                "password": "secret word",
                "domain": {"name": "example-company"},
            }},
            "totp": {"user": {"id": "4d2f7c90", "passcode": "012345"}},
        },
        "scope": {
            "project": {"id": "p-1", "name": "ap-southeast-1"},
            "domain": {"id": "d-1", "name": "example-company"},
        },
    }});
    assert_eq!(iam.only().json(), body);
    assert_whole("KeystoneCreateUserTokenByPasswordReq", &request, &body);
}

#[tokio::test]
async fn a_wrong_password_is_told() {
    let wire = json!({
        "error": {"code": 401, "message": "it is wrong", "title": "Unauthorized"},
        "error_code": "IAM.0001",
        "error_msg": "it is wrong",
    });
    let iam = Server::always(Answer::json(401, &wire));
    let request = KeystoneCreateUserTokenByPasswordReq::new(PasswordAuth::new(identity()));
    let error = stranger(&iam)
        .keystone_create_user_token_by_password(request)
        .await
        .expect_err("refused");
    let Some(KeystoneCreateUserTokenByPasswordError::Default(body)) = error.api() else {
        panic!("{error:?}")
    };
    assert_whole("IamErrorRsp", body, &wire);
    assert_eq!(error.message(), Some("it is wrong"));
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(!shown.contains("secret word"), "{shown}");
    }
}

#[tokio::test]
async fn projects_are_listed() {
    let workspace = gateway(Answer::status(500));
    let wire = reply("keystone-list-projects");
    let iam = answering(200, &wire);
    let client = signing(&workspace)
        .iam_base_url(iam.url())
        .build()
        .expect("a client");
    let page = client
        .keystone_list_projects()
        .domain_id("d-1")
        .name("ap-southeast-1")
        .parent_id("d-1")
        .enabled(true)
        .is_domain(false)
        .page(2)
        .per_page(1)
        .await
        .expect("a page");
    assert_whole("KeystoneListProjectsRsp", &*page, &wire);
    assert_eq!(workspace.received(), []);
    let sent = iam.only();
    let query = "domain_id=d-1&name=ap-southeast-1&parent_id=d-1&enabled=true&is_domain=false\
                 &page=2&per_page=1";
    assert_sent(&sent, "GET", &format!("/v3/projects?{query}"));
    assert_no_body(&sent);
}

/// Who looks for the ID of a project has none to set.
#[tokio::test]
async fn projects_are_listed_without_a_project() {
    let iam = answering(
        200,
        &json!({"projects": [{"id": "p-1"}], "links": {"next": null}}),
    );
    let client = Client::builder()
        .iam_base_url(iam.url())
        .credentials(Credentials::access_key(AccessKey::new(AK, SK)))
        .build()
        .expect("a client");
    let page = client
        .keystone_list_projects()
        .name("ap-southeast-1")
        .await
        .expect("a page");
    let projects = page.projects.as_deref().unwrap_or_default();
    assert_eq!(projects[0].id.as_deref(), Some("p-1"));
    assert_eq!(iam.only().header("x-project-id"), None);
}

/// The service has the code as a number in an object, the gateway as a string beside the message.
#[tokio::test]
async fn errors_of_iam_are_read() {
    let shapes = [
        (
            json!({"error": {"code": 403, "message": "no", "title": "Forbidden"}}),
            "403",
        ),
        (
            json!({"error_code": "APIGW.0302", "error_msg": "no"}),
            "APIGW.0302",
        ),
    ];
    for (shape, code) in shapes {
        let server = answering(403, &shape);
        let error = client(&server)
            .keystone_list_projects()
            .await
            .expect_err("refused");
        let Some(KeystoneListProjectsError::Default(body)) = error.api() else {
            panic!("{error:?}")
        };
        assert_eq!(serde_json::to_value(body).expect("encoded"), shape);
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.message(), Some("no"));
        assert_eq!(error.request_id(), Some("req-1"));
    }
}

#[tokio::test]
async fn a_refusal_that_cannot_be_decoded_is_told() {
    let wire = json!({"decoded_message": "no policy allows it"});
    let sts = answering(200, &wire);
    let request = DecodeAuthorizationMessageReq::new("Zm9v");
    let decoded = client(&sts)
        .decode_authorization_message(request.clone())
        .await
        .expect("decoded");
    assert_whole("DecodeAuthorizationMessageRsp", &*decoded, &wire);
    let sent = sts.only();
    assert_sent(&sent, "POST", "/v5/decode-authorization-message");
    assert_body(&sent, &json!({"encoded_message": "Zm9v"}));

    let sts = refusing(403);
    let error = client(&sts)
        .decode_authorization_message(request)
        .await
        .expect_err("refused as well");
    let Some(DecodeAuthorizationMessageError::Default(body)) = error.api() else {
        panic!("{error:?}")
    };
    assert_told(&error, 403, body);
}
