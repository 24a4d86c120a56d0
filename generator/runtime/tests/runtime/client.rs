//! Clients: servers, the environment, credentials, and what is refused.

use std::ffi::OsString;
use std::time::Duration;

use bindery_runtime::{
    AccessKey, BuildError, Call, CoreBuilder, Credential, CredentialSet, CredentialsError,
    OperationInfo, RequestErrorKind, SendError,
};

use crate::support::{
    API, BASIC, BEARER, FakeTransport, OPEN, SIGNING, TOKEN, access_key, block_on, builder,
    plain_at, token,
};

fn blank() -> CoreBuilder {
    CoreBuilder::new(&API).transport(FakeTransport::default())
}

fn base_url(builder: CoreBuilder) -> String {
    builder.build().unwrap().base_url(0).unwrap().to_string()
}

fn refusal(builder: CoreBuilder) -> String {
    builder.build().unwrap_err().to_string()
}

#[test]
fn servers_come_from_the_document() {
    assert_eq!(base_url(blank()), "https://api.north-1.example.com/root");
    assert_eq!(
        base_url(blank().variable("region", "south-2")),
        "https://api.south-2.example.com/root"
    );
    assert_eq!(
        base_url(blank().variable("region", "a").variable("region", "b")),
        "https://api.b.example.com/root"
    );
    assert_eq!(
        base_url(blank().base_url(0, "http://localhost:1/")),
        "http://localhost:1"
    );
    let core = blank().build().unwrap();
    assert_eq!(core.base_url(2), None);
    assert_eq!(core.base_url(3), None);
}

#[test]
fn what_is_set_wrong_is_said_when_the_client_is_built() {
    for (builder, expected) in [
        (
            blank().variable("zone", "1"),
            "there is no server variable \"zone\"",
        ),
        (
            blank().variable("region", "evil.com/"),
            "the value \"evil.com/\" of `region` has a `/`, but it is part of a host name",
        ),
        (
            blank().variable("region", ""),
            "the value \"\" of `region` is empty",
        ),
        (
            blank().base_url(0, "example.com"),
            "the URL \"example.com\" (`base_url`) has no scheme: it must begin with `https://` or \
             `http://`",
        ),
        (
            blank().base_url(1, "https://example.com/?a=b"),
            "the URL \"https://example.com/?a=b\" (`other_base_url`) has a query or a fragment, \
             which a base URL cannot have",
        ),
        (
            blank().base_url(9, "https://example.com"),
            "there is no server with the index 9",
        ),
        (
            blank().client_parameter("domain", "x"),
            "there is no client parameter \"domain\"",
        ),
        (
            blank().header("X-A", "a\r\nX-B: b"),
            "the header \"X-A\" has a line break or another control character in its value",
        ),
        (
            blank().header("X A", "a"),
            "the header \"X A\" has no valid name: letters, digits and the characters \
             !#$%&'*+-.^_`|~ are allowed",
        ),
        (
            blank().header("Content-Length", "5"),
            "the header \"Content-Length\" is set by the transport",
        ),
        (
            blank().user_agent("a\nb"),
            "the header \"user-agent\" has a line break or another control character in its value",
        ),
    ] {
        assert_eq!(refusal(builder), expected);
    }
}

#[test]
fn a_relative_server_must_be_set_only_if_it_is_used() {
    static RELATIVE: OperationInfo = plain_at(2, &[]);
    let transport = FakeTransport::replying(200, "");
    let core = builder(&transport).build().unwrap();
    let SendError::Request(error) = block_on(Call::new(&core, &RELATIVE).send()).unwrap_err()
    else {
        panic!("it was sent");
    };
    assert_eq!(
        error.kind(),
        &RequestErrorKind::MissingBaseUrl {
            setter: "relative_base_url"
        }
    );
    let core = builder(&transport)
        .base_url(2, "https://example.com/v3")
        .build()
        .unwrap();
    block_on(Call::new(&core, &RELATIVE).send()).unwrap();
    assert_eq!(transport.only_sent().url, "https://example.com/v3/plain");
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_a_transport_there_is_no_client() {
    let error = CoreBuilder::new(&API).build().unwrap_err();
    assert!(matches!(error, BuildError::NoTransport));
    assert!(error.to_string().contains("`transport(..)`"), "{error}");
}

fn variables(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<OsString> {
    move |name| {
        let mut pairs = pairs.iter();
        pairs.find_map(|(at, value)| (*at == name).then(|| OsString::from(value)))
    }
}

#[test]
fn credentials_come_from_the_environment() {
    let found = |pairs| CredentialSet::from_variables(&API, &variables(pairs));
    let set = found(&[("TEST_AK", "AK"), ("TEST_SK", "SK"), ("TEST_TOKEN", "")]).unwrap();
    let Some(Credential::AccessKey(key)) = set.get(SIGNING) else {
        panic!("no access key");
    };
    assert_eq!(key.access_key().expose(), "AK");
    assert_eq!(key.secret_key().expose(), "SK");
    assert!(key.token().is_none());

    let set = found(&[("TEST_AK", "AK"), ("TEST_SK", "SK"), ("TEST_TOKEN", "T")]).unwrap();
    let Some(Credential::AccessKey(key)) = set.get(SIGNING) else {
        panic!("no access key");
    };
    assert_eq!(key.token().unwrap().expose(), "T");

    assert_eq!(
        found(&[]).unwrap_err().to_string(),
        "no credentials in the environment: set the variables TEST_AK, TEST_SK"
    );
    assert_eq!(
        found(&[("TEST_SK", "SK"), ("TEST_AK", "")]).unwrap_err(),
        CredentialsError::Incomplete {
            present: "TEST_SK",
            missing: "TEST_AK"
        }
    );
    let error = found(&[("TEST_AK", "AK"), ("TEST_SK", "secret\n")]).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("environment variable TEST_SK") && !text.contains("secret"),
        "{text}"
    );

    static NONE: bindery_runtime::ApiInfo = bindery_runtime::ApiInfo {
        security_schemes: &[],
        ..API
    };
    let error = CredentialSet::from_variables(&NONE, &variables(&[])).unwrap_err();
    assert_eq!(error, CredentialsError::NoVariables);
}

#[cfg(unix)]
#[test]
fn values_that_are_not_utf8_are_refused() {
    use std::os::unix::ffi::OsStringExt;
    let all = |_: &str| Some(OsString::from_vec(vec![b'a', 0xff]));
    assert!(matches!(
        CredentialSet::from_variables(&API, &all),
        Err(CredentialsError::InvalidValue { .. })
    ));
    assert!(matches!(
        blank().from_variables(&all),
        Err(BuildError::InvalidEnvironment {
            variable: "TEST_PROJECT_ID"
        })
    ));
}

#[test]
fn the_environment_fills_in_what_is_not_set() {
    let lookup = variables(&[
        ("TEST_PROJECT_ID", "env"),
        ("TEST_AK", "AK"),
        ("TEST_SK", "SK"),
    ]);
    let core = blank().from_variables(&lookup).unwrap().build().unwrap();
    assert_eq!(core.client_parameter("project_id"), Some("env"));
    assert_eq!(core.client_parameter("trace"), None);

    let own = blank().client_parameter("project_id", "own");
    let core = own.from_variables(&lookup).unwrap().build().unwrap();
    assert_eq!(core.client_parameter("project_id"), Some("own"));

    // With credentials of another kind the environment's are not looked at.
    let broken = variables(&[("TEST_AK", "AK")]);
    assert!(blank().from_variables(&broken).is_err());
    assert!(blank().credentials(token()).from_variables(&broken).is_ok());
    // A client parameter may still be given by each call.
    let none = blank()
        .credentials(token())
        .from_variables(&variables(&[]))
        .unwrap();
    assert_eq!(none.build().unwrap().client_parameter("project_id"), None);
}

#[test]
fn credentials_must_fit_their_schemes() {
    let set = |scheme, credential| blank().credentials(CredentialSet::new(scheme, credential));
    let bearer = |text: &str| Credential::Bearer(text.into());
    assert_eq!(
        refusal(set(TOKEN, bearer("x"))),
        "wrong credential: the security scheme token takes one of another kind"
    );
    assert_eq!(
        refusal(set(99, bearer("x"))),
        "wrong credential: the API has no security scheme with the index 99"
    );
    let basic = |username: &str| Credential::Basic {
        username: username.to_owned(),
        password: "".into(),
    };
    for builder in [
        set(BEARER, bearer("")),
        set(BEARER, bearer("tok\nen")),
        set(BEARER, bearer("token ")),
        set(TOKEN, Credential::ApiKey("token\r\n".into())),
        set(BASIC, basic("a:b")),
        set(SIGNING, Credential::AccessKey(AccessKey::new("AK", ""))),
        set(SIGNING, Credential::AccessKey(AccessKey::new("", "SK"))),
        set(
            SIGNING,
            Credential::AccessKey(AccessKey::new("AK", "SK").security_token("\0")),
        ),
    ] {
        let error = builder.build().unwrap_err();
        let BuildError::Credentials(CredentialsError::InvalidValue { what }) = &error else {
            panic!("{error}");
        };
        assert!(!error.to_string().contains("tok\n"), "{what}");
    }
    assert!(set(BASIC, basic("")).build().is_ok());
}

#[test]
fn of_two_credentials_for_one_scheme_the_last_holds() {
    let other = CredentialSet::new(TOKEN, Credential::ApiKey("other".into()));
    let both = token().and(access_key()).and(other);
    let Some(Credential::ApiKey(key)) = both.get(TOKEN) else {
        panic!("no token");
    };
    assert_eq!(key.expose(), "other");
    assert!(both.get(SIGNING).is_some());
}

#[test]
fn nothing_secret_is_shown() {
    let core = blank()
        .credentials(token().and(access_key()))
        .client_parameter("project_id", "project-secret")
        .header("X-Key", "header-secret");
    let shown = format!("{core:?} {:?}", core.clone().build().unwrap());
    assert!(
        !shown.contains("secret\"") && !shown.contains("-secret"),
        "{shown}"
    );
    assert!(
        shown.contains("https://api.north-1.example.com/root"),
        "{shown}"
    );
}

#[test]
fn headers_of_the_client_go_with_every_call() {
    let transport = FakeTransport::replying(200, "");
    transport.reply(200, &[], "");
    let core = builder(&transport)
        .user_agent("my-app/2.1")
        .header("X-Trace", "1")
        .header("x-trace", "\t2 ")
        .build()
        .unwrap();
    block_on(Call::new(&core, &OPEN).send()).unwrap();
    block_on(
        Call::new(&core, &OPEN)
            .header("X-TRACE", "3")
            .header("User-Agent", "own")
            .send(),
    )
    .unwrap();
    let sent = transport.sent();
    assert_eq!(
        sent[0].header("user-agent"),
        Some("my-app/2.1 test-client/1.0")
    );
    assert_eq!(sent[0].header("x-trace"), Some("2"));
    assert_eq!(sent[0].header("accept"), Some("application/json"));
    assert_eq!(sent[1].header("x-trace"), Some("3"));
    assert_eq!(sent[1].header("user-agent"), Some("own"));
    assert_eq!(sent[1].headers.get_all("x-trace").iter().count(), 1);
}

#[test]
fn time_outs_have_a_default() {
    let transport = FakeTransport::replying(200, "");
    for _ in 0..2 {
        transport.reply(200, &[], "");
    }
    let call = |builder: CoreBuilder| Call::new(&builder.build().unwrap(), &OPEN);
    block_on(call(builder(&transport)).send()).unwrap();
    let short = || builder(&transport).timeout(Duration::from_secs(5));
    block_on(call(short()).send()).unwrap();
    block_on(call(short()).timeout(Duration::from_secs(1)).send()).unwrap();
    assert_eq!(transport.slept(), [60, 5, 1].map(Duration::from_secs));
}
