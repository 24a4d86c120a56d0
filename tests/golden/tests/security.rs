//! What authenticates the requests of a golden, and where they go.

use bindery_goldens::security::types::Region;
use bindery_goldens::security::{Client, Credentials};
use bindery_goldens::security_certificate as certificate;
use bindery_runtime::Error;
use bindery_tests::{Answer, Received, Server};

/// A client with credentials that sends everything to one server.
fn client(server: &Server, credentials: Option<Credentials>) -> Client {
    let mut builder = Client::builder()
        .base_url(server.url())
        .auth_base_url(server.url());
    if let Some(credentials) = credentials {
        builder = builder.credentials(credentials);
    }
    builder.build().expect("a client")
}

/// What carries credentials in a request: two headers, and the query.
fn carried(sent: &Received) -> (Option<&str>, Option<&str>, &str) {
    (
        sent.header("x-key"),
        sent.header("authorization"),
        sent.query(),
    )
}

/// The first alternative that the credentials meet is taken, as a whole; an operation has its own.
#[tokio::test]
async fn alternatives_combinations_and_none() {
    let key = || Credentials::key("k");
    let basic = || Credentials::basic("user", "pass word");
    let app = || Credentials::app("a b");
    let bearer = || Credentials::oauth("t0k");
    let basic_text = "Basic dXNlcjpwYXNzIHdvcmQ=";
    let cases = [
        (key(), (Some("k"), None, "")),
        (basic().and(app()), (None, Some(basic_text), "app=a%20b")),
        (basic().and(app()).and(key()), (Some("k"), None, "")),
    ];
    for (credentials, wanted) in cases {
        let server = Server::always(Answer::status(204));
        let client = client(&server, Some(credentials));
        client.get_secret().await.expect("a reply");
        assert_eq!(carried(&server.only()), wanted);
    }
    let server = Server::always(Answer::status(204));
    let all = client(&server, Some(key().and(bearer())));
    all.get_open().await.expect("a reply");
    all.get_either().await.expect("a reply");
    client(&server, None).get_either().await.expect("a reply");
    let received = server.received();
    let carried: Vec<_> = received.iter().map(carried).collect();
    assert_eq!(
        carried,
        [
            (None, None, ""),
            (None, Some("Bearer t0k"), ""),
            (None, None, "")
        ]
    );
}

/// Half of a combination is none: nothing is sent.
#[tokio::test]
async fn nothing_goes_out_without_what_is_asked_for() {
    let server = Server::always(Answer::status(204));
    for credentials in [
        None,
        Some(Credentials::basic("u", "p")),
        Some(Credentials::oauth("t")),
    ] {
        let error = client(&server, credentials).get_secret().await;
        let error = error.expect_err("credentials are missing");
        assert!(matches!(error, Error::Request(_)), "{error}");
    }
    assert_eq!(server.received(), []);
}

/// A server of an operation has its own default for a variable, and one setter fills in both.
#[test]
fn servers_have_their_variables() {
    let urls = |client: &Client| {
        let core = client.core();
        [0, 1].map(|server| core.base_url(server).expect("a URL").to_string())
    };
    let usual = Client::builder().build().expect("a client");
    assert_eq!(
        urls(&usual),
        ["https://eu.example.com/v1", "https://auth.us.example.com"]
    );
    let asia = Client::builder()
        .region(Region::Asia)
        .build()
        .expect("a client");
    assert_eq!(
        urls(&asia),
        [
            "https://asia.example.com/v1",
            "https://auth.asia.example.com"
        ]
    );
}

/// A certificate is the transport's, so only what stands beside it is asked for.
#[tokio::test]
async fn a_certificate_needs_no_credential() {
    let server = Server::always(Answer::status(204));
    let client = |credentials: Option<certificate::Credentials>| {
        let builder = certificate::Client::builder().base_url(server.url());
        match credentials {
            Some(credentials) => builder.credentials(credentials).build(),
            None => builder.build(),
        }
        .expect("a client")
    };
    let key = || certificate::Credentials::key("k");
    client(None).open_vault().await.expect("a reply");
    client(Some(key())).open_vault().await.expect("a reply");
    client(Some(key())).open_safe().await.expect("a reply");
    client(None).open_desk().await.expect("a reply");
    client(Some(key())).open_desk().await.expect("a reply");
    let received = server.received();
    let keys: Vec<_> = received.iter().map(|sent| sent.header("x-key")).collect();
    assert_eq!(keys, [None, None, Some("k"), None, Some("k")]);

    let error = client(None).open_safe().await.expect_err("no key");
    assert!(
        error.to_string().contains("`Credentials::key(..)`"),
        "{error}"
    );
    assert!(!error.to_string().contains("tls"), "{error}");
    assert_eq!(server.received().len(), 5);
}
