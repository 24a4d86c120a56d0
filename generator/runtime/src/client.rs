//! What a client is made of.
//!
//! In: the API as static data, and what a user sets. Out: [`Core`], which every call of the client
//! shares: servers, credentials, client parameters, limits and the transport. Nothing here knows a
//! single operation, and nothing is sent.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::{
    ApiInfo, BaseUrl, CredentialSet, CredentialsError, MaybeSend, MaybeSync, SchemeKind,
    ServerInfo, Transport, TransportError, check_server_variable, expand_server, header_name,
    header_value,
};

/// How long a call may take: 60 seconds.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);
/// How long the built-in transport waits for a connection: 10 seconds.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How many bytes of the body of a success are read: 64 MiB.
pub const DEFAULT_MAX_BODY_BYTES: usize = 64 << 20;
/// How many bytes of the body of any other reply are read: 1 MiB.
pub const DEFAULT_MAX_ERROR_BODY_BYTES: usize = 1 << 20;

/// The part of a client that does not depend on the API. Clones share it.
#[derive(Clone)]
pub struct Core(Arc<Shared>);

struct Shared {
    api: &'static ApiInfo,
    /// By the index of the server. Nothing where the document has no absolute URL and the user
    /// gave none.
    servers: Vec<Option<BaseUrl>>,
    client_parameters: Vec<(&'static str, String)>,
    credentials: CredentialSet,
    headers: HeaderMap,
    timeout: Duration,
    max_body_bytes: usize,
    max_error_body_bytes: usize,
    clock: Clock,
    transport: Arc<dyn Transport>,
}

impl Core {
    /// The API that the client is for.
    pub fn api(&self) -> &'static ApiInfo {
        self.0.api
    }

    /// The base URL of a server. `server` is an index into [`ApiInfo::servers`]. Nothing where the
    /// document has no absolute URL of it and none was set.
    pub fn base_url(&self, server: usize) -> Option<&BaseUrl> {
        self.0.servers.get(server)?.as_ref()
    }

    /// The value of a client parameter, by its name on the wire.
    pub fn client_parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.0.client_parameters.iter();
        parameters.find_map(|(at, value)| (*at == name).then_some(value.as_str()))
    }

    /// What carries the requests of the client.
    pub fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    /// How long a call may take, the reading of the body included.
    pub fn timeout(&self) -> Duration {
        self.0.timeout
    }

    pub(super) fn credentials(&self) -> &CredentialSet {
        &self.0.credentials
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(super) fn now(&self) -> SystemTime {
        (self.0.clock.0)()
    }

    /// How many bytes of the body of a reply are read.
    pub(super) fn max_bytes(&self, success: bool) -> usize {
        match success {
            true => self.0.max_body_bytes,
            false => self.0.max_error_body_bytes,
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &*self.0;
        let servers: Vec<_> = shared
            .servers
            .iter()
            .flatten()
            .map(BaseUrl::to_string)
            .collect();
        let names: Vec<_> = shared
            .client_parameters
            .iter()
            .map(|(name, _)| name)
            .collect();
        formatter
            .debug_struct("Core")
            .field("api", &shared.api.title)
            .field("servers", &servers)
            .field("credentials", &shared.credentials)
            .field("client_parameters", &names)
            .field("timeout", &shared.timeout)
            .finish_non_exhaustive()
    }
}

/// A clock of the user's, or the system's.
#[derive(Clone)]
struct Clock(Arc<dyn ClockFn>);

trait ClockFn: Fn() -> SystemTime + MaybeSend + MaybeSync {}
impl<F: Fn() -> SystemTime + MaybeSend + MaybeSync> ClockFn for F {}

/// Makes a [`Core`].
///
/// The setters keep what they are given; [`build`](Self::build) looks at it. Where a value is set
/// twice, the last one holds.
#[derive(Clone)]
pub struct CoreBuilder {
    api: &'static ApiInfo,
    variables: Vec<(String, String)>,
    base_urls: Vec<(usize, String)>,
    client_parameters: Vec<(String, String)>,
    credentials: CredentialSet,
    headers: Vec<(String, String)>,
    user_agent: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
    max_body_bytes: usize,
    max_error_body_bytes: usize,
    clock: Clock,
    transport: Option<Arc<dyn Transport>>,
}

impl CoreBuilder {
    /// A builder in which nothing is set.
    pub fn new(api: &'static ApiInfo) -> Self {
        Self {
            api,
            variables: Vec::new(),
            base_urls: Vec::new(),
            client_parameters: Vec::new(),
            credentials: CredentialSet::default(),
            headers: Vec::new(),
            user_agent: None,
            timeout: DEFAULT_TIMEOUT,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            max_body_bytes: DEFAULT_MAX_BODY_BYTES,
            max_error_body_bytes: DEFAULT_MAX_ERROR_BODY_BYTES,
            clock: Clock(Arc::new(SystemTime::now)),
            transport: None,
        }
    }

    /// Sets a server variable, in the URLs of all servers that have it.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Replaces the whole URL of a server. `server` is an index into [`ApiInfo::servers`].
    #[must_use]
    pub fn base_url(mut self, server: usize, url: impl Into<String>) -> Self {
        self.base_urls.push((server, url.into()));
        self
    }

    /// Sets the value of a client parameter, by its name on the wire.
    #[must_use]
    pub fn client_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.client_parameters.push((name.into(), value.into()));
        self
    }

    /// Adds credentials. Where there is one for the same security scheme, the new one holds.
    #[must_use]
    pub fn credentials(mut self, credentials: CredentialSet) -> Self {
        self.credentials = self.credentials.and(credentials);
        self
    }

    /// Sets what carries the requests. The default is `ReqwestTransport`, if the feature `reqwest`
    /// is on.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets how long a call may take, the reading of the body included. The default is
    /// [`DEFAULT_TIMEOUT`].
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long the built-in transport waits for a connection. The default is
    /// [`DEFAULT_CONNECT_TIMEOUT`]. Other transports have their own.
    #[must_use]
    pub fn connect_timeout(mut self, connect_timeout: Duration) -> Self {
        self.connect_timeout = connect_timeout;
        self
    }

    /// Sends a header with every call. A call that sets a header of the same name replaces it.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Puts `product` before the client's own in the `User-Agent` header, as in `my-app/2.1`.
    #[must_use]
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Sets how many bytes of the body of a success are read; a longer one is an error. The
    /// default is [`DEFAULT_MAX_BODY_BYTES`].
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// Sets how many bytes of the body of any other reply are read; the rest is cut off. The
    /// default is [`DEFAULT_MAX_ERROR_BODY_BYTES`].
    #[must_use]
    pub fn max_error_body_bytes(mut self, bytes: usize) -> Self {
        self.max_error_body_bytes = bytes;
        self
    }

    /// Sets the clock that signatures are dated by. The default is the system's.
    #[must_use]
    pub fn clock(
        mut self,
        clock: impl Fn() -> SystemTime + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        self.clock = Clock(Arc::new(clock));
        self
    }

    /// Takes from the process's environment what is not set yet: client parameters and, unless
    /// there are credentials, those.
    ///
    /// # Errors
    ///
    /// That credentials are named but missing or invalid, or that a value is not UTF-8.
    pub fn from_env(self) -> Result<Self, BuildError> {
        self.from_variables(&|name| std::env::var_os(name))
    }

    /// Like [`from_env`](Self::from_env), with variables of another source. `variable` gives the
    /// value of a variable; an empty one counts as none.
    ///
    /// # Errors
    ///
    /// Those of [`from_env`](Self::from_env).
    pub fn from_variables(
        mut self,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, BuildError> {
        for parameter in self.api.client_parameters {
            let is_set = |(name, _): &(String, String)| name == parameter.name;
            let Some(env) = parameter.env else {
                continue;
            };
            if self.client_parameters.iter().any(is_set) {
                continue;
            }
            let Some(value) = variable(env).filter(|value| !value.is_empty()) else {
                continue;
            };
            let value = value
                .into_string()
                .map_err(|_| BuildError::InvalidEnvironment { variable: env })?;
            self = self.client_parameter(parameter.name, value);
        }
        if self.credentials.is_empty() && has_credential_variables(self.api) {
            self.credentials = CredentialSet::from_variables(self.api, variable)?;
        }
        Ok(self)
    }

    /// Makes the core.
    ///
    /// # Errors
    ///
    /// What was set wrong, or that there is no transport.
    pub fn build(self) -> Result<Core, BuildError> {
        self.check_names()?;
        self.credentials.check(self.api)?;
        let servers = (0..self.api.servers.len())
            .map(|server| self.server(server))
            .collect::<Result<_, _>>()?;
        Ok(Core(Arc::new(Shared {
            api: self.api,
            servers,
            client_parameters: self.collect_client_parameters(),
            headers: self.collect_headers()?,
            transport: match self.transport {
                Some(transport) => transport,
                None => default_transport(self.connect_timeout)?,
            },
            credentials: self.credentials,
            timeout: self.timeout,
            max_body_bytes: self.max_body_bytes,
            max_error_body_bytes: self.max_error_body_bytes,
            clock: self.clock,
        })))
    }

    /// Whether everything that was set by a name or an index exists.
    fn check_names(&self) -> Result<(), BuildError> {
        let api = self.api;
        for (name, _) in &self.variables {
            let mut variables = api.servers.iter().flat_map(|server| server.variables);
            if !variables.any(|variable| variable.name == name) {
                return Err(BuildError::UnknownVariable { name: name.clone() });
            }
        }
        for (name, _) in &self.client_parameters {
            let mut parameters = api.client_parameters.iter();
            if !parameters.any(|parameter| parameter.name == name) {
                return Err(BuildError::UnknownClientParameter { name: name.clone() });
            }
        }
        match self
            .base_urls
            .iter()
            .find(|(at, _)| *at >= api.servers.len())
        {
            Some((server, _)) => Err(BuildError::UnknownServer { server: *server }),
            None => Ok(()),
        }
    }

    fn collect_client_parameters(&self) -> Vec<(&'static str, String)> {
        let values = self.api.client_parameters.iter().filter_map(|parameter| {
            let value = last(&self.client_parameters, |name| name == parameter.name)?;
            Some((parameter.name, value.to_owned()))
        });
        values.collect()
    }

    fn collect_headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        let invalid = |name: &str, reason| BuildError::InvalidHeader {
            name: name.to_owned(),
            reason,
        };
        let own = self.api.user_agent;
        let user_agent = match &self.user_agent {
            Some(product) => format!("{product} {own}"),
            None => own.to_owned(),
        };
        if !user_agent.is_empty() {
            let value =
                header_value(&user_agent).map_err(|reason| invalid(USER_AGENT.as_str(), reason))?;
            headers.insert(USER_AGENT, value);
        }
        for (name, value) in &self.headers {
            let header: HeaderName = header_name(name).map_err(|reason| invalid(name, reason))?;
            let value: HeaderValue = header_value(value).map_err(|reason| invalid(name, reason))?;
            headers.insert(header, value);
        }
        Ok(headers)
    }

    /// The base URL of a server: the one that was set, or that of the document.
    fn server(&self, index: usize) -> Result<Option<BaseUrl>, BuildError> {
        let info = &self.api.servers[index];
        let invalid = |url: &str, reason| BuildError::InvalidBaseUrl {
            setter: info.name,
            url: url.to_owned(),
            reason,
        };
        if let Some(url) = last(&self.base_urls, |server| *server == index) {
            let parsed = BaseUrl::parse(url).map_err(|reason| invalid(url, reason))?;
            return Ok(Some(parsed));
        }
        for variable in info.variables {
            if let Some(value) = last(&self.variables, |name| name == variable.name) {
                check_server_variable(info.url, variable.name, value).map_err(|reason| {
                    BuildError::InvalidVariable {
                        setter: variable.setter,
                        value: value.to_owned(),
                        reason,
                    }
                })?;
            }
        }
        let url = self.expand(info)?;
        if !url.contains("://") {
            return Ok(None);
        }
        let parsed = BaseUrl::parse(&url).map_err(|reason| invalid(&url, reason))?;
        Ok(Some(parsed))
    }

    fn expand(&self, server: &ServerInfo) -> Result<String, BuildError> {
        let value = |name: &str| {
            let variable = server
                .variables
                .iter()
                .find(|variable| variable.name == name)?;
            last(&self.variables, |set| set == name).or(Some(variable.default))
        };
        expand_server(server.url, value).map_err(|name| BuildError::UnknownVariable { name })
    }
}

impl fmt::Debug for CoreBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CoreBuilder")
            .field("api", &self.api.title)
            .field("variables", &self.variables)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

/// The value of the last pair whose key is wanted.
fn last<K>(pairs: &[(K, String)], wanted: impl Fn(&K) -> bool) -> Option<&str> {
    let mut pairs = pairs.iter().rev();
    pairs.find_map(|(key, value)| wanted(key).then_some(value.as_str()))
}

fn has_credential_variables(api: &ApiInfo) -> bool {
    api.security_schemes.iter().any(|scheme| match scheme.kind {
        SchemeKind::Signing(signing) => signing.env.is_some(),
        SchemeKind::ApiKey { .. }
        | SchemeKind::Basic
        | SchemeKind::Bearer
        | SchemeKind::MutualTls => false,
    })
}

#[cfg(feature = "reqwest")]
fn default_transport(connect_timeout: Duration) -> Result<Arc<dyn Transport>, BuildError> {
    let transport = super::ReqwestTransport::new(connect_timeout);
    Ok(Arc::new(transport.map_err(BuildError::Tls)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Duration) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

/// Why a client could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The feature `reqwest` is off, and no transport was set.
    NoTransport,
    /// The built-in transport could not set up TLS.
    Tls(TransportError),
    /// A base URL is none.
    InvalidBaseUrl {
        /// The setter on the client's builder.
        setter: &'static str,
        /// The URL.
        url: String,
        /// What is wrong with it, as a sentence without its subject.
        reason: &'static str,
    },
    /// A server variable has a value that it cannot have.
    InvalidVariable {
        /// The setter on the client's builder.
        setter: &'static str,
        /// The value.
        value: String,
        /// What is wrong with it, as a sentence without its subject.
        reason: &'static str,
    },
    /// No server has a variable of this name, or a server's URL has one that is not declared.
    UnknownVariable {
        /// The name.
        name: String,
    },
    /// The API has no client parameter of this name.
    UnknownClientParameter {
        /// The name.
        name: String,
    },
    /// The API has no server with this index.
    UnknownServer {
        /// The index.
        server: usize,
    },
    /// A header has an invalid name or value, or is one that the transport sets.
    InvalidHeader {
        /// The name.
        name: String,
        /// What is wrong with it, as a sentence without its subject.
        reason: &'static str,
    },
    /// The value of an environment variable is not UTF-8.
    InvalidEnvironment {
        /// The name of the variable.
        variable: &'static str,
    },
    /// The credentials are missing or invalid.
    Credentials(CredentialsError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTransport => formatter.write_str(
                "the client has no transport: switch on the feature `reqwest`, or give the \
                 builder a `transport(..)`",
            ),
            Self::Tls(error) => write!(formatter, "TLS could not be set up: {error}"),
            Self::InvalidBaseUrl {
                setter,
                url,
                reason,
            } => write!(formatter, "the URL {url:?} (`{setter}`) {reason}"),
            Self::InvalidVariable {
                setter,
                value,
                reason,
            } => write!(formatter, "the value {value:?} of `{setter}` {reason}"),
            Self::UnknownVariable { name } => {
                write!(formatter, "there is no server variable {name:?}")
            }
            Self::UnknownClientParameter { name } => {
                write!(formatter, "there is no client parameter {name:?}")
            }
            Self::UnknownServer { server } => {
                write!(formatter, "there is no server with the index {server}")
            }
            Self::InvalidHeader { name, reason } => {
                write!(formatter, "the header {name:?} {reason}")
            }
            Self::InvalidEnvironment { variable } => write!(
                formatter,
                "the value of the environment variable {variable} is not UTF-8"
            ),
            Self::Credentials(error) => write!(formatter, "{error}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Tls(error) => Some(error),
            _ => None,
        }
    }
}

impl From<CredentialsError> for BuildError {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}
