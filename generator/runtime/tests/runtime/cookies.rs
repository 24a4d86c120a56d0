//! Cookie parameters, and keys in cookies.

use bindery_runtime::{
    COOKIE, Call, CoreBuilder, Credential, CredentialSet, OperationInfo, ParameterInfo,
    RequestErrorKind,
};

use crate::support::{API, COOKIE_KEY, FakeTransport, block_on, operation, refused, sent};

static PARAMETERS: &[ParameterInfo] = &[
    ParameterInfo::cookie("flavour"),
    ParameterInfo::cookie("list").explode(false),
];

fn key() -> CredentialSet {
    CredentialSet::new(COOKIE_KEY, Credential::ApiKey("k=1; \u{8d22}".into()))
}

fn call(core: &bindery_runtime::Core) -> Call {
    let operation = OperationInfo {
        auth: &[&[COOKIE_KEY]],
        ..operation("/x", PARAMETERS).clone()
    };
    Call::new(core, Box::leak(Box::new(operation)))
        .cookie("flavour", "sour")
        .cookie("list", &["a;b", "c\r\nX-Evil: 1"][..])
        .cookie("flavour", &["sweet", "hot"][..])
}

const COOKIES: &str = "list=a%3Bb,c%0D%0AX-Evil%3A%201; flavour=sweet; flavour=hot; \
                       session=k%3D1%3B%20%E8%B4%A2";

#[test]
fn all_cookies_are_one_header() {
    let transport = FakeTransport::replying(200, "");
    let core = CoreBuilder::new(&API)
        .transport(transport.clone())
        .credentials(key())
        .build()
        .unwrap();
    block_on(call(&core).send()).unwrap();
    let sent = transport.only_sent();
    assert_eq!(sent.headers.get_all("cookie").iter().count(), 1);
    assert_eq!(sent.header("cookie"), Some(COOKIES));
    assert!(sent.headers["cookie"].is_sensitive());
}

#[cfg(feature = "reqwest")]
#[test]
fn all_cookies_are_one_line_on_the_wire() {
    use crate::support::server::{Server, run};

    let server = Server::answering(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]);
    let core = CoreBuilder::new(&API)
        .base_url(1, &server.url)
        .credentials(key())
        .build()
        .unwrap();
    run(call(&core).send()).unwrap();
    let request = server.requests().remove(0);
    let lines: Vec<_> = request
        .split("\r\n")
        .filter(|line| line.to_ascii_lowercase().starts_with("cookie"))
        .collect();
    assert_eq!(lines, [format!("cookie: {COOKIES}")]);
    assert!(!request.to_ascii_lowercase().contains("\r\nx-evil"));
}

/// Of the style `cookie` nothing is encoded, and nothing can add a cookie or a header.
#[test]
fn cookies_of_the_style_cookie_stay_as_they_are() {
    static PLAIN: &[ParameterInfo] = &[
        ParameterInfo::cookie("p!").style(COOKIE),
        ParameterInfo::cookie("list").style(COOKIE).explode(false),
    ];
    let plain = |text: &str| {
        let text = text.to_owned();
        move |core: &bindery_runtime::Core| {
            Call::new(core, operation("/x", PLAIN))
                .cookie("p!", text.as_str())
                .cookie("list", &["a", "b"][..])
        }
    };
    let sent = sent(plain("50%25 {\"k\":1}"));
    assert_eq!(sent.header("cookie"), Some("p!=50%25 {\"k\":1}; list=a,b"));
    assert!(matches!(
        refused(plain("a; b=1")),
        RequestErrorKind::InvalidParameter { .. }
    ));
    assert!(matches!(
        refused(plain("a\r\nX-Evil: 1")),
        RequestErrorKind::InvalidHeader { .. }
    ));
}
