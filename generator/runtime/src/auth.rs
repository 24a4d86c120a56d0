//! Authentication of requests.
//!
//! In: the security requirements of an operation, the security schemes of the API and the
//! credentials of a client. Out: the alternative that the client can meet, and its headers, query
//! parameters and cookies. Signing itself is left to the caller, since it comes last.

use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::{
    AccessKey, ApiInfo, Credential, CredentialSet, Location, OperationInfo, RequestErrorKind,
    SchemeKind, SecuritySchemeInfo, SigningInfo, encode_component,
};

/// What a request is authenticated by. Nothing, for an operation that asks for nothing.
#[derive(Default)]
pub struct Authentication<'client> {
    /// Headers, marked as sensitive.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Query parameters: percent-encoded pairs.
    pub query: Vec<String>,
    /// Cookies: percent-encoded pairs.
    pub cookies: Vec<String>,
    /// How the request is signed once it is complete.
    pub signing: Option<(SigningInfo, &'client AccessKey)>,
}

impl<'client> Authentication<'client> {
    /// Chooses the first alternative of the operation for which there are all credentials. An
    /// alternative that asks for nothing, or for a certificate alone, is the last choice.
    pub fn choose(
        api: &ApiInfo,
        operation: &OperationInfo,
        credentials: &'client CredentialSet,
    ) -> Result<Self, RequestErrorKind> {
        let met = operation.auth.iter().find_map(|alternative| {
            let found: Option<Vec<_>> = sent(api, alternative)
                .map(|(index, scheme)| Some((scheme?, credentials.get(index)?)))
                .collect();
            found.filter(|found| !found.is_empty())
        });
        let Some(met) = met else {
            let mut alternatives = operation.auth.iter();
            let optional = operation.auth.is_empty()
                || alternatives.any(|alternative| sent(api, alternative).next().is_none());
            return match optional {
                true => Ok(Self::default()),
                false => Err(RequestErrorKind::MissingCredentials {
                    help: help(api, operation),
                }),
            };
        };
        let mut authentication = Self::default();
        for (scheme, credential) in met {
            authentication.add(scheme, credential)?;
        }
        Ok(authentication)
    }

    fn add(
        &mut self,
        scheme: &SecuritySchemeInfo,
        credential: &'client Credential,
    ) -> Result<(), RequestErrorKind> {
        match (scheme.kind, credential) {
            (SchemeKind::ApiKey { location, name }, Credential::ApiKey(key)) => match location {
                Location::Header => self.header(name, key.expose())?,
                Location::Query => self.query.push(pair(name, key.expose())),
                Location::Cookie => self.cookies.push(pair(name, key.expose())),
                Location::Path | Location::QueryString => return Err(wrong(scheme)),
            },
            (SchemeKind::Basic, Credential::Basic { username, password }) => {
                let both = format!("{username}:{}", password.expose());
                self.header(
                    AUTHORIZATION.as_str(),
                    &format!("Basic {}", base64(both.as_bytes())),
                )?;
            }
            (SchemeKind::Bearer, Credential::Bearer(token)) => {
                self.header(
                    AUTHORIZATION.as_str(),
                    &format!("Bearer {}", token.expose()),
                )?;
            }
            (SchemeKind::Signing(info), Credential::AccessKey(key)) => {
                self.signing = Some((info, key));
            }
            // The client's builder lets no such pair pass.
            _ => return Err(wrong(scheme)),
        }
        Ok(())
    }

    fn header(&mut self, name: &str, text: &str) -> Result<(), RequestErrorKind> {
        let invalid = |reason| RequestErrorKind::InvalidHeader {
            name: name.to_owned(),
            reason,
        };
        let header = HeaderName::try_from(name).map_err(|_| invalid("has no valid name"))?;
        let mut value = HeaderValue::from_str(text)
            .map_err(|_| invalid("would hold a credential with an invalid character"))?;
        value.set_sensitive(true);
        self.headers.push((header, value));
        Ok(())
    }
}

/// The schemes of an alternative that a request carries a credential for, with their indexes; nothing
/// for an index that the API does not have. A certificate is shown before there is a request.
fn sent<'api>(
    api: &'api ApiInfo,
    alternative: &'api [usize],
) -> impl Iterator<Item = (usize, Option<&'static SecuritySchemeInfo>)> + 'api {
    let schemes = alternative.iter();
    let schemes = schemes.map(|index| (*index, api.security_schemes.get(*index)));
    schemes.filter(|(_, scheme)| {
        scheme.is_none_or(|scheme| !matches!(scheme.kind, SchemeKind::MutualTls))
    })
}

fn wrong(scheme: &SecuritySchemeInfo) -> RequestErrorKind {
    RequestErrorKind::MissingCredentials {
        help: format!(
            "a credential that the security scheme {} takes",
            scheme.name
        ),
    }
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encode_component(name), encode_component(value))
}

/// What credentials would do for an operation, and how each is set.
fn help(api: &ApiInfo, operation: &OperationInfo) -> String {
    let schemes = |alternative: &&[usize]| {
        let schemes: Vec<String> = sent(api, alternative)
            .filter_map(|(_, scheme)| scheme)
            .map(|scheme| match scheme.kind {
                SchemeKind::Signing(SigningInfo { env: Some(env), .. }) => format!(
                    "`Credentials::{}(..)` (environment variables {} and {})",
                    scheme.setter, env.access_key, env.secret_key
                ),
                _ => format!("`Credentials::{}(..)`", scheme.setter),
            })
            .collect();
        schemes.join(" and ")
    };
    let alternatives: Vec<String> = operation.auth.iter().map(schemes).collect();
    alternatives.join(", or ")
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit <= chunk.len() {
                let index = group >> (18 - 6 * digit) & 63;
                text.push(char::from(ALPHABET[index as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}
