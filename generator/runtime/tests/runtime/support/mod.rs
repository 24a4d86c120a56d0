//! An API, and a transport that answers without a network.

#[cfg(feature = "reqwest")]
pub(crate) mod server;

use std::collections::VecDeque;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use bindery_runtime::{
    AccessKey, AccessKeyEnv, ApiInfo, Body, BoxFuture, Bytes, Call, ClientParameterInfo, Core,
    CoreBuilder, Credential, CredentialSet, ErrorBodyInfo, ErrorFields, HeaderMap, LinkInfo,
    Location, Method, OperationInfo, ParameterInfo, RequestErrorKind, SchemeKind,
    SecuritySchemeInfo, SendError, ServerInfo, SigningError, SigningInfo, SigningRequest,
    Transport, TransportError, TransportErrorKind, VariableInfo,
};
use http::{HeaderName, HeaderValue};
use http_body::Frame;

/// An algorithm that says what it was given.
fn sign(request: &SigningRequest<'_>) -> Result<Vec<(HeaderName, HeaderValue)>, SigningError> {
    let body = request.body.ok_or(SigningError::StreamingBody)?;
    let text = format!(
        "Test key={} {} {} {}?{} signed={} body={} token={}",
        request.key.access_key().expose(),
        request.method,
        request.authority,
        request.path,
        request.query,
        request.signed.join(";"),
        body.len(),
        request.key.token().map_or("-", |token| token.expose()),
    );
    let value = HeaderValue::from_str(&text).map_err(|_| SigningError::InvalidKey)?;
    Ok(vec![(http::header::AUTHORIZATION, value)])
}

pub(crate) const SIGNING: usize = 0;
pub(crate) const TOKEN: usize = 1;
pub(crate) const BASIC: usize = 2;
pub(crate) const BEARER: usize = 3;
pub(crate) const QUERY_KEY: usize = 4;
pub(crate) const COOKIE_KEY: usize = 5;

pub(crate) static API: ApiInfo = ApiInfo {
    title: "Test",
    user_agent: "test-client/1.0",
    servers: &[
        ServerInfo {
            name: "base_url",
            url: "https://api.{region}.example.com/root",
            variables: &[VariableInfo {
                name: "region",
                default: "north-1",
                setter: "region",
            }],
        },
        ServerInfo {
            name: "other_base_url",
            url: "https://other.example.com",
            variables: &[],
        },
        ServerInfo {
            name: "relative_base_url",
            url: "/v3",
            variables: &[],
        },
    ],
    security_schemes: &[
        SecuritySchemeInfo {
            name: "accessKey",
            setter: "access_key",
            kind: SchemeKind::Signing(SigningInfo {
                sign,
                headers: &[("x-project-id", "project_id")],
                env: Some(AccessKeyEnv {
                    access_key: "TEST_AK",
                    secret_key: "TEST_SK",
                    security_token: Some("TEST_TOKEN"),
                }),
            }),
        },
        SecuritySchemeInfo {
            name: "token",
            setter: "token",
            kind: SchemeKind::ApiKey {
                location: Location::Header,
                name: "X-Auth-Token",
            },
        },
        SecuritySchemeInfo {
            name: "basic",
            setter: "basic",
            kind: SchemeKind::Basic,
        },
        SecuritySchemeInfo {
            name: "bearer",
            setter: "bearer",
            kind: SchemeKind::Bearer,
        },
        SecuritySchemeInfo {
            name: "queryKey",
            setter: "query_key",
            kind: SchemeKind::ApiKey {
                location: Location::Query,
                name: "api key",
            },
        },
        SecuritySchemeInfo {
            name: "cookieKey",
            setter: "cookie_key",
            kind: SchemeKind::ApiKey {
                location: Location::Cookie,
                name: "session",
            },
        },
    ],
    client_parameters: &[
        ClientParameterInfo {
            name: "project_id",
            setter: "project_id",
            env: Some("TEST_PROJECT_ID"),
        },
        ClientParameterInfo {
            name: "trace",
            setter: "trace",
            env: None,
        },
    ],
    request_id_headers: &["x-request-id", "x-trace-id"],
    error_body: Some(ErrorBodyInfo {
        fields: &[
            ErrorFields {
                code: "error_code",
                message: "error_msg",
                detail: Some("error_detail"),
            },
            ErrorFields {
                code: "code",
                message: "message",
                detail: None,
            },
        ],
        nested: true,
        request_id: Some("request_id"),
        success_codes: &["WKS.00000000"],
    }),
};

/// An operation with parameters at every place, and signing or a token.
pub(crate) static CHANGE: OperationInfo = OperationInfo {
    id: "ChangeDesktop",
    method: "POST",
    template: "/v2/{project_id}/desktops/{desktop_id}/change",
    tags: &["Desktop"],
    server: 0,
    parameters: &[
        ParameterInfo::path("project_id").of_client(),
        ParameterInfo::path("desktop_id"),
        ParameterInfo::query("limit"),
        ParameterInfo::query("tag"),
        ParameterInfo::query("ids").explode(false),
        ParameterInfo::header("X-Reason"),
        ParameterInfo::cookie("flavour"),
        ParameterInfo::header("trace").of_client(),
    ],
    auth: &[&[SIGNING], &[TOKEN]],
    idempotent: false,
    links: &[LinkInfo {
        status: Some(403),
        value: "/encoded_authorization_message",
        operation: "DecodeAuthorizationMessage",
        method: "decode_authorization_message",
    }],
};

/// An operation without parameters, with the given ways to authenticate.
pub(crate) const fn plain(auth: &'static [&'static [usize]]) -> OperationInfo {
    plain_at(1, auth)
}

/// The same at another server.
pub(crate) const fn plain_at(server: usize, auth: &'static [&'static [usize]]) -> OperationInfo {
    OperationInfo {
        id: "Plain",
        method: "GET",
        template: "/plain",
        tags: &[],
        server,
        parameters: &[],
        auth,
        idempotent: true,
        links: &[],
    }
}

/// An operation with a path and parameters of its own.
pub(crate) fn operation(
    template: &'static str,
    parameters: &'static [ParameterInfo],
) -> &'static OperationInfo {
    Box::leak(Box::new(OperationInfo {
        id: "Own",
        method: "POST",
        template,
        parameters,
        ..plain(&[])
    }))
}

/// Sends a call that is answered with 200.
pub(crate) fn sent(make: impl FnOnce(&Core) -> Call) -> Sent {
    let transport = FakeTransport::replying(200, "{}");
    block_on(make(&core(&transport)).send()).unwrap();
    transport.only_sent()
}

/// Sends a call that must be refused before anything is sent.
pub(crate) fn refused(make: impl FnOnce(&Core) -> Call) -> RequestErrorKind {
    let transport = FakeTransport::default();
    let SendError::Request(error) = block_on(make(&core(&transport)).send()).unwrap_err() else {
        panic!("it was sent");
    };
    assert!(transport.sent().is_empty());
    error.kind().clone()
}

pub(crate) static OPEN: OperationInfo = plain(&[]);

pub(crate) fn access_key() -> CredentialSet {
    let key = AccessKey::new("AK", "SK-secret");
    CredentialSet::new(SIGNING, Credential::AccessKey(key))
}

pub(crate) fn token() -> CredentialSet {
    CredentialSet::new(TOKEN, Credential::ApiKey("TOKEN-secret".into()))
}

/// A client with a project and a token.
pub(crate) fn builder(transport: &FakeTransport) -> CoreBuilder {
    CoreBuilder::new(&API)
        .transport(transport.clone())
        .credentials(token())
        .client_parameter("project_id", "p1")
}

pub(crate) fn core(transport: &FakeTransport) -> Core {
    builder(transport).build().unwrap()
}

/// A request as it would have been sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.get(name)?;
        Some(std::str::from_utf8(value.as_bytes()).unwrap())
    }
}

/// What the transport does with a request.
pub(crate) enum Answer {
    Reply(http::Response<Body>),
    Error(TransportErrorKind),
    Never,
}

/// A transport that keeps what it is given and answers as it was told.
#[derive(Clone, Default)]
pub(crate) struct FakeTransport(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    sent: Vec<Sent>,
    answers: VecDeque<Answer>,
    time_is_up: bool,
    slept: Vec<Duration>,
}

impl FakeTransport {
    /// Answers with a status and a body.
    pub(crate) fn replying(status: u16, body: &str) -> Self {
        let transport = Self::default();
        transport.reply(status, &[], body);
        transport
    }

    pub(crate) fn reply(&self, status: u16, headers: &[(&str, &str)], body: &str) {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let body = Body::from(body.to_owned());
        self.answer(Answer::Reply(response.body(body).unwrap()));
    }

    pub(crate) fn answer(&self, answer: Answer) {
        self.0.lock().unwrap().answers.push_back(answer);
    }

    /// From now on all time is up at once.
    pub(crate) fn end_time(&self) {
        self.0.lock().unwrap().time_is_up = true;
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.0.lock().unwrap().sent.clone()
    }

    pub(crate) fn only_sent(&self) -> Sent {
        let mut sent = self.sent();
        assert_eq!(sent.len(), 1, "requests that were sent");
        sent.remove(0)
    }

    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.0.lock().unwrap().slept.clone()
    }
}

impl Transport for FakeTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, mut body) = request.into_parts();
            let mut bytes = Vec::new();
            assert!(body.read_to(&mut bytes, usize::MAX).await?);
            let answer = {
                let mut state = self.0.lock().unwrap();
                state.sent.push(Sent {
                    method: head.method,
                    url: head.uri.to_string(),
                    headers: head.headers,
                    body: bytes,
                });
                state.answers.pop_front()
            };
            match answer.expect("no answer is left") {
                Answer::Reply(response) => Ok(response),
                Answer::Error(kind) => Err(TransportError::new(kind, "it is made to fail")),
                Answer::Never => std::future::pending().await,
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let time_is_up = {
            let mut state = self.0.lock().unwrap();
            state.slept.push(duration);
            state.time_is_up
        };
        match time_is_up {
            true => Box::pin(std::future::ready(())),
            false => Box::pin(std::future::pending()),
        }
    }
}

/// A stream that gives pieces, then ends or breaks or stalls.
pub(crate) struct Pieces {
    pub(crate) pieces: VecDeque<&'static str>,
    pub(crate) end: End,
}

#[derive(Clone, Copy)]
pub(crate) enum End {
    Whole,
    Breaks,
    Stalls,
}

impl Pieces {
    pub(crate) fn body(pieces: &[&'static str], end: End) -> Body {
        Body::stream(Self {
            pieces: pieces.iter().copied().collect(),
            end,
        })
    }
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match (self.pieces.pop_front(), self.end) {
            (Some(piece), _) => Poll::Ready(Some(Ok(Frame::data(Bytes::from(piece))))),
            (None, End::Whole) => Poll::Ready(None),
            (None, End::Breaks) => Poll::Ready(Some(Err(TransportError::new(
                TransportErrorKind::Other,
                "the connection broke",
            )))),
            (None, End::Stalls) => Poll::Pending,
        }
    }
}

/// Runs a future on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::park();
    }
}
