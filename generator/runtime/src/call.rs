//! One call of an operation, from its parameters to its reply.
//!
//! In: a [`Core`], static data about an operation, and what the caller gives. Out: a [`Reply`], or
//! why there is none. A call notes the first thing that is wrong and says so when it is sent, so
//! that the setters of emitted requests need no results. It knows neither the types of bodies nor
//! which statuses are documented.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::Method;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
};
use serde::Serialize;

use super::{
    AccessKey, Authentication, BaseUrl, Body, BoxFuture, Core, Exchange, FailedCall, FailureCause,
    Location, OpenReply, OperationInfo, ParameterInfo, ParameterValue, PathProblem, Reply,
    RequestError, RequestErrorKind, SendError, SharedBody, SigningInfo, SigningRequest, Timer,
    ToParameter, encode_component, expand_path, header_name, header_value, race,
    write_header_parameter, write_path_parameter, write_query_parameter,
};

const JSON: &str = "application/json";

/// A call that is being put together.
///
/// Nothing is sent before [`send`](Self::send). Clones are calls of their own.
#[derive(Clone)]
pub struct Call(Box<Parts>);

#[derive(Clone)]
struct Parts {
    core: Core,
    operation: &'static OperationInfo,
    /// Values of path parameters, percent-encoded.
    path: Vec<(&'static str, String)>,
    /// Percent-encoded pairs, each with the parameter that it is of.
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    /// Percent-encoded pairs, each with the parameter that it is of.
    cookies: Vec<(&'static str, String)>,
    /// The parameters outside the path that were given, by location and name.
    given: Vec<(Location, &'static str)>,
    client_parameters: Vec<(String, String)>,
    accept: HeaderValue,
    content_type: Option<HeaderValue>,
    body: SharedBody,
    timeout: Option<Duration>,
    base_url: Option<BaseUrl>,
    /// The first thing that is wrong.
    problem: Option<RequestErrorKind>,
}

impl Call {
    /// A call without parameters or a body.
    pub fn new(core: &Core, operation: &'static OperationInfo) -> Self {
        Self(Box::new(Parts {
            core: core.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            given: Vec::new(),
            client_parameters: Vec::new(),
            accept: HeaderValue::from_static(JSON),
            content_type: None,
            body: Body::empty().into(),
            timeout: None,
            base_url: None,
            problem: None,
        }))
    }

    /// Sets a path parameter. The value stays within its segment of the path; one that is empty or
    /// makes the segment `.` or `..` is refused.
    #[must_use]
    pub fn path(self, name: &str, value: &(impl ToParameter + ?Sized)) -> Self {
        self.parameter(Location::Path, name, &|| value.to_parameter())
    }

    /// Sets a query parameter.
    #[must_use]
    pub fn query(self, name: &str, value: &(impl ToParameter + ?Sized)) -> Self {
        self.parameter(Location::Query, name, &|| value.to_parameter())
    }

    /// Sets the query as a whole. Credentials that go into the query follow it.
    #[must_use]
    pub fn query_string(self, name: &str, value: &(impl ToParameter + ?Sized)) -> Self {
        self.parameter(Location::QueryString, name, &|| value.to_parameter())
    }

    /// Sets a header parameter.
    #[must_use]
    pub fn header_parameter(self, name: &str, value: &(impl ToParameter + ?Sized)) -> Self {
        self.parameter(Location::Header, name, &|| value.to_parameter())
    }

    /// Sets a cookie parameter.
    #[must_use]
    pub fn cookie(self, name: &str, value: &(impl ToParameter + ?Sized)) -> Self {
        self.parameter(Location::Cookie, name, &|| value.to_parameter())
    }

    /// Sets a client parameter for this call alone.
    #[must_use]
    pub fn client_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.client_parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the body: `value` as JSON, of the type `application/json`.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.json_as(JSON, value)
    }

    /// Sets the body: `value` as JSON, of another media type that is JSON, such as
    /// `application/merge-patch+json`.
    #[must_use]
    pub fn json_as<T: Serialize + ?Sized>(self, media_type: &str, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.body(media_type, Body::from(bytes)),
            Err(error) => self.fail(RequestErrorKind::InvalidBody {
                message: error.to_string(),
            }),
        }
    }

    /// Sets the body and its media type. A stream can be sent once: clones of the call share it,
    /// and only the first that is sent has it. A media type with a line break or another control
    /// character is an error, which [`send`](Self::send) gives back.
    #[must_use]
    pub fn body(self, media_type: &str, body: Body) -> Self {
        self.shared_body(media_type, body.into())
    }

    /// Like [`body`](Self::body), with a body that others may have as well.
    #[must_use]
    pub fn shared_body(mut self, media_type: &str, body: SharedBody) -> Self {
        match header_value(media_type) {
            Ok(media_type) => {
                self.0.content_type = Some(media_type);
                self.0.body = body;
                self
            }
            Err(reason) => self.fail(RequestErrorKind::InvalidHeader {
                name: CONTENT_TYPE.to_string(),
                reason,
            }),
        }
    }

    /// Sets the media types that the reply may have, in place of `application/json`. A header
    /// `Accept` that the caller sets comes before it.
    #[must_use]
    pub fn accept(mut self, media_types: &'static str) -> Self {
        match header_value(media_types) {
            Ok(media_types) => {
                self.0.accept = media_types;
                self
            }
            Err(reason) => self.fail(RequestErrorKind::InvalidHeader {
                name: ACCEPT.to_string(),
                reason,
            }),
        }
    }

    /// Sets a header, in place of one of the same name. A header that would otherwise be set by
    /// the client, such as `Authorization` or `Content-Type`, is then the caller's.
    ///
    /// A line break or another control character in the value, an invalid name, and a header that
    /// says how the body is framed are errors, which [`send`](Self::send) gives back.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header_name(name).and_then(|header| Ok((header, header_value(value)?))) {
            Ok((header, value)) => {
                self.0.headers.insert(header, value);
                self
            }
            Err(reason) => self.fail(RequestErrorKind::InvalidHeader {
                name: name.to_owned(),
                reason,
            }),
        }
    }

    /// Sets how long the call may take, the reading of the body included.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.0.timeout = Some(timeout);
        self
    }

    /// Sends the call to another server, with the client's credentials. A URL that is none is an
    /// error, which [`send`](Self::send) gives back.
    #[must_use]
    pub fn base_url(mut self, url: &str) -> Self {
        match BaseUrl::parse(url) {
            Ok(url) => {
                self.0.base_url = Some(url);
                self
            }
            Err(reason) => self.fail(RequestErrorKind::InvalidBaseUrl { reason }),
        }
    }

    /// The operation.
    pub fn operation(&self) -> &'static OperationInfo {
        self.0.operation
    }

    /// Sends the call and reads the reply, whatever its status.
    ///
    /// Dropping the future gives the call up; the server may have seen it by then.
    pub fn send(self) -> BoxFuture<'static, Result<Reply, SendError>> {
        Box::pin(async { self.exchange().await?.read().await })
    }

    /// Sends the call and waits for the head of the reply, whatever its status. The time of the call
    /// goes on until the body is read or becomes a stream.
    ///
    /// Dropping the future gives the call up; the server may have seen it by then.
    pub fn open(self) -> BoxFuture<'static, Result<OpenReply, SendError>> {
        Box::pin(self.exchange())
    }

    fn parameter(
        mut self,
        location: Location,
        name: &str,
        value: &dyn Fn() -> ParameterValue,
    ) -> Self {
        let mut parameters = self.0.operation.parameters.iter();
        let Some(info) = parameters.find(|at| at.location == location && at.name == name) else {
            return self.fail(RequestErrorKind::UnknownParameter {
                name: name.to_owned(),
            });
        };
        match self.0.write_parameter(info, &value()) {
            Ok(()) => self,
            Err(problem) => self.fail(problem),
        }
    }

    /// Keeps `problem`, unless there was one before.
    pub(super) fn fail(mut self, problem: RequestErrorKind) -> Self {
        self.0.problem.get_or_insert(problem);
        self
    }

    async fn exchange(self) -> Result<OpenReply, SendError> {
        let parts = *self.0;
        let operation = parts.operation;
        let core = parts.core.clone();
        let limit = parts.timeout.unwrap_or_else(|| core.timeout());
        let request = parts
            .into_request()
            .map_err(|kind| RequestError::new(operation.id, kind))?;
        let host = request.uri().authority().map(ToString::to_string);
        let host = host.unwrap_or_default();

        let mut timer = Timer::begun(&core, limit).await;
        let sent = race(core.transport().send(request), &mut timer).await;
        let cause = match sent {
            Some(Ok(response)) => {
                let (head, body) = response.into_parts();
                let exchange = Exchange {
                    core,
                    operation,
                    host,
                    limit,
                    status: head.status,
                    headers: head.headers,
                };
                return Ok(OpenReply::new(exchange, body, timer));
            }
            Some(Err(error)) => FailureCause::Transport(error),
            None => FailureCause::Timeout(limit),
        };
        Err(FailedCall::new(operation, host, cause, None).into())
    }
}

impl fmt::Debug for Call {
    /// Names what is called. Values, which may be secret, are left out.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.0.operation;
        formatter
            .debug_struct("Call")
            .field("operation", &operation.id)
            .field("method", &format_args!("{}", operation.method))
            .field("template", &operation.template)
            .finish_non_exhaustive()
    }
}

impl Parts {
    fn write_parameter(
        &mut self,
        info: &ParameterInfo,
        value: &ParameterValue,
    ) -> Result<(), RequestErrorKind> {
        let name = info.name;
        if let Some(message) = value.problem() {
            return Err(RequestErrorKind::InvalidParameter {
                name: name.to_owned(),
                message: message.to_owned(),
            });
        }
        match info.location {
            Location::Path => {
                self.path.retain(|(at, _)| *at != name);
                self.path.push((name, write_path_parameter(info, value)));
            }
            Location::Query => {
                let pairs = write_query_parameter(info, value);
                replace(&mut self.query, name, pairs);
            }
            Location::QueryString => {
                let text = (info.encode)(&value.text());
                let text = Some(text).filter(|text| !text.is_empty());
                replace(&mut self.query, name, text);
            }
            Location::Cookie => {
                let pairs = write_query_parameter(info, value);
                if pairs.iter().any(|pair| pair.contains(';')) {
                    return Err(RequestErrorKind::InvalidParameter {
                        name: name.to_owned(),
                        message: "a `;` ends a cookie: encode it as the service reads it"
                            .to_owned(),
                    });
                }
                replace(&mut self.cookies, name, pairs);
            }
            Location::Header => {
                let text = write_header_parameter(info, value);
                let (header, text) = header_name(name)
                    .and_then(|header| Ok((header, header_value(&text)?)))
                    .map_err(|reason| RequestErrorKind::InvalidHeader {
                        name: name.to_owned(),
                        reason,
                    })?;
                self.headers.insert(header, text);
            }
        }
        self.given.push((info.location, name));
        Ok(())
    }

    /// The value of a client parameter: the call's, or else the client's.
    fn client_parameter(&self, name: &str) -> Option<&str> {
        let mut own = self.client_parameters.iter().rev();
        own.find_map(|(at, value)| (at == name).then_some(value.as_str()))
            .or_else(|| self.core.client_parameter(name))
    }

    /// Writes the parameters that the client holds and the call did not give.
    fn write_client_parameters(&mut self) -> Result<(), RequestErrorKind> {
        for info in self.operation.parameters {
            if !info.client || self.given.contains(&(info.location, info.name)) {
                continue;
            }
            if let Some(value) = self.client_parameter(info.name) {
                let value = ParameterValue::Primitive(value.to_owned());
                self.write_parameter(info, &value)?;
            }
        }
        Ok(())
    }

    fn into_request(mut self) -> Result<http::Request<Body>, RequestErrorKind> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        self.write_client_parameters()?;
        let path = self.write_path()?;
        let core = self.core.clone();
        let authentication =
            Authentication::choose(core.api(), self.operation, core.credentials())?;

        let mut headers = core.headers().clone();
        headers.extend(std::mem::take(&mut self.headers));
        let authorized = headers.contains_key(AUTHORIZATION);
        for (name, value) in authentication.headers {
            headers.entry(name).or_insert(value);
        }
        headers.entry(ACCEPT).or_insert(self.accept.clone());
        if let Some(media_type) = self.content_type.take() {
            headers.entry(CONTENT_TYPE).or_insert(media_type);
        }
        let query: Vec<String> = texts(self.query.drain(..))
            .chain(authentication.query)
            .collect();
        let cookies: Vec<String> = texts(self.cookies.drain(..))
            .chain(authentication.cookies)
            .collect();
        if !cookies.is_empty() {
            let cookies = cookie_header(&cookies)?;
            headers.entry(COOKIE).or_insert(cookies);
        }

        let mut request = http::Request::new(self.body.take().ok_or(RequestErrorKind::BodyTaken)?);
        *request.method_mut() = Method::from_bytes(self.operation.method.as_bytes())
            .map_err(|_| RequestErrorKind::InvalidMethod)?;
        let base_url = self.base_url()?;
        let url = base_url.join(&path, &query.join("&"));
        *request.uri_mut() = url.try_into().map_err(|_| RequestErrorKind::InvalidUrl)?;
        *request.headers_mut() = headers;
        if let Some((info, key)) = authentication.signing
            && !authorized
        {
            self.sign(&mut request, &base_url, &info, key)?;
        }
        Ok(request)
    }

    fn write_path(&self) -> Result<String, RequestErrorKind> {
        let value = |name: &str| {
            let mut given = self.path.iter();
            given.find_map(|(at, text)| (*at == name).then_some(Cow::Borrowed(text.as_str())))
        };
        // A template may have a placeholder that no parameter declares and the client holds.
        let value = |name: &str| {
            value(name).or_else(|| {
                let text = self.client_parameter(name)?;
                Some(Cow::Owned(encode_component(text)))
            })
        };
        expand_path(self.operation.template, value).map_err(|problem| match problem {
            PathProblem::Refused { parameter, reason } => RequestErrorKind::InvalidPathValue {
                name: parameter,
                reason,
            },
            PathProblem::Missing { parameter } => {
                let mut known = self.core.api().client_parameters.iter();
                let known = known.find(|info| info.name == parameter);
                RequestErrorKind::MissingParameter {
                    name: parameter,
                    setter: known.map(|info| info.setter),
                    env: known.and_then(|info| info.env),
                }
            }
        })
    }

    fn base_url(&self) -> Result<BaseUrl, RequestErrorKind> {
        let server = self.operation.server;
        let own = self.base_url.as_ref();
        own.or_else(|| self.core.base_url(server))
            .cloned()
            .ok_or_else(|| {
                let info = self.core.api().servers.get(server);
                RequestErrorKind::MissingBaseUrl {
                    setter: info.map_or("base_url", |info| info.name),
                }
            })
    }

    /// Signs the request, which is complete but for this.
    fn sign(
        &self,
        request: &mut http::Request<Body>,
        base_url: &BaseUrl,
        info: &SigningInfo,
        key: &AccessKey,
    ) -> Result<(), RequestErrorKind> {
        for (header, parameter) in info.headers {
            let Some(value) = self.client_parameter(parameter) else {
                continue;
            };
            let (header, value) = header_name(header)
                .and_then(|header| Ok((header, header_value(value)?)))
                .map_err(|reason| RequestErrorKind::InvalidHeader {
                    name: (*header).to_owned(),
                    reason,
                })?;
            request.headers_mut().entry(header).or_insert(value);
        }
        let signed: Vec<&'static str> = info.headers.iter().map(|(name, _)| *name).collect();
        let added = (info.sign)(&SigningRequest {
            method: request.method(),
            authority: base_url.authority(),
            path: request.uri().path(),
            query: request.uri().query().unwrap_or_default(),
            headers: request.headers(),
            signed: &signed,
            body: request.body().as_bytes(),
            time: self.core.now(),
            key,
        })
        .map_err(RequestErrorKind::Signing)?;
        request.headers_mut().extend(
            added
                .into_iter()
                .map(|(name, value): (HeaderName, HeaderValue)| (Some(name), value)),
        );
        Ok(())
    }
}

/// Puts the pairs of the parameter `name` in the place of those that it had.
fn replace(
    pairs: &mut Vec<(&'static str, String)>,
    name: &'static str,
    new: impl IntoIterator<Item = String>,
) {
    pairs.retain(|(known, _)| *known != name);
    pairs.extend(new.into_iter().map(|pair| (name, pair)));
}

/// The pairs without the names of their parameters.
fn texts(pairs: impl Iterator<Item = (&'static str, String)>) -> impl Iterator<Item = String> {
    pairs.map(|(_, pair)| pair)
}

/// The cookies as one header (RFC 6265, section 4.2).
fn cookie_header(cookies: &[String]) -> Result<HeaderValue, RequestErrorKind> {
    let mut value =
        HeaderValue::try_from(cookies.join("; ")).map_err(|_| RequestErrorKind::InvalidHeader {
            name: COOKIE.to_string(),
            reason: "has a line break or another control character in its value",
        })?;
    value.set_sensitive(true);
    Ok(value)
}
