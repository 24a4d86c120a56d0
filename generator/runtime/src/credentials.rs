//! Credentials: what a client has, by security scheme.
//!
//! In: values of a user, or environment variables. Out: a [`CredentialSet`] for the client. How a
//! credential gets into a request is not known here. No value is ever shown.

use std::ffi::OsString;
use std::fmt;

use http::HeaderValue;

use super::{AccessKeyEnv, ApiInfo, Location, SchemeKind, Secret};

/// A credential for one security scheme.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A key in a header, a query parameter or a cookie.
    ApiKey(Secret<String>),
    /// A user name and a password (RFC 7617).
    Basic {
        /// The user name. It has no colon.
        username: String,
        /// The password.
        password: Secret<String>,
    },
    /// A token (RFC 6750).
    Bearer(Secret<String>),
    /// A key that requests are signed with.
    AccessKey(AccessKey),
}

/// A key that requests are signed with.
#[derive(Clone, Debug)]
pub struct AccessKey {
    access_key: Secret<String>,
    secret_key: Secret<String>,
    security_token: Option<Secret<String>>,
}

impl AccessKey {
    /// A key without an end. `access_key` says whose key it is, `secret_key` never leaves the
    /// process.
    pub fn new(
        access_key: impl Into<Secret<String>>,
        secret_key: impl Into<Secret<String>>,
    ) -> Self {
        Self {
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            security_token: None,
        }
    }

    /// Makes it a temporary key, which is sent together with a security token.
    #[must_use]
    pub fn security_token(mut self, security_token: impl Into<Secret<String>>) -> Self {
        self.security_token = Some(security_token.into());
        self
    }

    /// Says whose key it is.
    pub fn access_key(&self) -> &Secret<String> {
        &self.access_key
    }

    /// What signatures are made with.
    pub fn secret_key(&self) -> &Secret<String> {
        &self.secret_key
    }

    /// What a temporary key is sent together with.
    pub fn token(&self) -> Option<&Secret<String>> {
        self.security_token.as_ref()
    }
}

/// The credentials of a client: at most one for each security scheme.
#[derive(Clone, Debug, Default)]
pub struct CredentialSet {
    by_scheme: Vec<(usize, Credential)>,
}

impl CredentialSet {
    /// One credential. `scheme` is an index into
    /// [`ApiInfo::security_schemes`](super::ApiInfo::security_schemes).
    pub fn new(scheme: usize, credential: Credential) -> Self {
        Self {
            by_scheme: vec![(scheme, credential)],
        }
    }

    /// Both sets. Where both have a credential for one scheme, that of `other` holds.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.by_scheme
            .retain(|(scheme, _)| other.get(*scheme).is_none());
        self.by_scheme.extend(other.by_scheme);
        self
    }

    /// The credential for a scheme.
    pub fn get(&self, scheme: usize) -> Option<&Credential> {
        self.by_scheme
            .iter()
            .find_map(|(at, credential)| (*at == scheme).then_some(credential))
    }

    /// Whether there is no credential.
    pub fn is_empty(&self) -> bool {
        self.by_scheme.is_empty()
    }

    /// The credentials of the process's environment, by the variables that the API names.
    ///
    /// # Errors
    ///
    /// That no scheme of the API names variables, that none is set or only a part of those that
    /// belong together, or that a value cannot be one.
    pub fn from_env(api: &ApiInfo) -> Result<Self, CredentialsError> {
        Self::from_variables(api, &|name| std::env::var_os(name))
    }

    /// Like [`from_env`](Self::from_env), with variables of another source. `variable` gives the
    /// value of a variable; an empty one counts as none.
    ///
    /// # Errors
    ///
    /// Those of [`from_env`](Self::from_env).
    pub fn from_variables(
        api: &ApiInfo,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, CredentialsError> {
        let mut set = Self::default();
        let mut wanted = Vec::new();
        for (scheme, info) in api.security_schemes.iter().enumerate() {
            let SchemeKind::Signing(signing) = info.kind else {
                continue;
            };
            let Some(env) = signing.env else {
                continue;
            };
            wanted.extend([env.access_key, env.secret_key]);
            if let Some(key) = access_key_from(&env, variable)? {
                set = set.and(Self::new(scheme, Credential::AccessKey(key)));
            }
        }
        match (set.is_empty(), wanted.is_empty()) {
            (false, _) => Ok(set),
            (true, true) => Err(CredentialsError::NoVariables),
            (true, false) => Err(CredentialsError::Missing { variables: wanted }),
        }
    }

    /// Whether each credential is one that its scheme takes.
    pub(super) fn check(&self, api: &ApiInfo) -> Result<(), CredentialsError> {
        self.by_scheme.iter().try_for_each(|(index, credential)| {
            let scheme = api
                .security_schemes
                .get(*index)
                .ok_or(CredentialsError::UnknownScheme { index: *index })?;
            let scheme_name = scheme.name;
            let fits = match (scheme.kind, credential) {
                (SchemeKind::ApiKey { location, .. }, Credential::ApiKey(key)) => {
                    location != Location::Header || is_header_value(key.expose())
                }
                (SchemeKind::Basic, Credential::Basic { username, .. }) => !username.contains(':'),
                (SchemeKind::Bearer, Credential::Bearer(token)) => is_header_value(token.expose()),
                (SchemeKind::Signing(_), Credential::AccessKey(key)) => {
                    is_header_value(key.access_key.expose())
                        && key
                            .token()
                            .is_none_or(|token| is_header_value(token.expose()))
                        && !key.secret_key.expose().is_empty()
                }
                _ => {
                    return Err(CredentialsError::WrongKind {
                        scheme: scheme_name,
                    });
                }
            };
            if fits {
                Ok(())
            } else {
                Err(CredentialsError::InvalidValue {
                    what: scheme_name.to_owned(),
                })
            }
        })
    }
}

/// Whether a credential can stand in a header: it is not empty, has no white space at its ends and
/// no control character.
fn is_header_value(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && HeaderValue::from_str(text).is_ok()
}

fn access_key_from(
    env: &AccessKeyEnv,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<AccessKey>, CredentialsError> {
    let read = |name: &'static str| -> Result<Option<Secret<String>>, CredentialsError> {
        let Some(value) = variable(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        match value.into_string() {
            Ok(text) if is_header_value(&text) => Ok(Some(text.into())),
            _ => Err(CredentialsError::InvalidValue {
                what: format!("environment variable {name}"),
            }),
        }
    };
    let key = match (read(env.access_key)?, read(env.secret_key)?) {
        (None, None) => return Ok(None),
        (Some(access_key), Some(secret_key)) => AccessKey::new(access_key, secret_key),
        (Some(_), None) => {
            return Err(CredentialsError::Incomplete {
                present: env.access_key,
                missing: env.secret_key,
            });
        }
        (None, Some(_)) => {
            return Err(CredentialsError::Incomplete {
                present: env.secret_key,
                missing: env.access_key,
            });
        }
    };
    let token = match env.security_token {
        Some(name) => read(name)?,
        None => None,
    };
    Ok(Some(AccessKey {
        security_token: token,
        ..key
    }))
}

/// Why there are no credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The API names no environment variables for credentials.
    NoVariables,
    /// None of the environment variables is set.
    Missing {
        /// The variables that were looked for.
        variables: Vec<&'static str>,
    },
    /// Of variables that belong together one is set and one is not.
    Incomplete {
        /// The variable that is set.
        present: &'static str,
        /// The variable that is not.
        missing: &'static str,
    },
    /// A value is empty, has white space at its ends, or a character that cannot be sent.
    InvalidValue {
        /// The security scheme or the variable.
        what: String,
    },
    /// A credential is of another kind than its security scheme asks for.
    WrongKind {
        /// The security scheme.
        scheme: &'static str,
    },
    /// A credential is for a security scheme that the API does not have.
    UnknownScheme {
        /// The index that was given.
        index: usize,
    },
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoVariables => formatter.write_str(
                "no credentials: the API names no environment variables that hold any; \
                 set them on the client",
            ),
            Self::Missing { variables } => {
                let variables = variables.join(", ");
                write!(
                    formatter,
                    "no credentials in the environment: set the variables {variables}"
                )
            }
            Self::Incomplete { present, missing } => write!(
                formatter,
                "incomplete credentials in the environment: {present} is set and {missing} is not; \
                 set both"
            ),
            Self::InvalidValue { what } => write!(
                formatter,
                "invalid credential ({what}): it is empty, has white space at an end, or a \
                 character that cannot be sent; a line break at the end of a file is a common cause"
            ),
            Self::WrongKind { scheme } => write!(
                formatter,
                "wrong credential: the security scheme {scheme} takes one of another kind"
            ),
            Self::UnknownScheme { index } => write!(
                formatter,
                "wrong credential: the API has no security scheme with the index {index}"
            ),
        }
    }
}

impl std::error::Error for CredentialsError {}
