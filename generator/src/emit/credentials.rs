//! Credentials: one constructor for each security scheme of the document.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::{Plan, markdown};
use crate::ir::{Flow, Grant, SchemeKind, SecurityScheme, TokenSource};

/// The type `Credentials`, if the document has security schemes.
pub(super) fn tokens(plan: &Plan<'_>) -> TokenStream {
    if !plan.api.has_credentials() {
        return TokenStream::new();
    }
    let constructors = plan
        .api
        .security_schemes
        .iter()
        .zip(&plan.names.security_schemes);
    let constructors = constructors
        .enumerate()
        .filter_map(|(index, (scheme, name))| constructor(&name.ident(), index, scheme));
    let from_env = has_env(plan).then(|| {
        let mut docs = Docs::of("The credentials that the environment holds:");
        docs.list(env_lines(plan));
        quote! {
            #docs
            ///
            /// # Errors
            ///
            /// When it holds none, or only a part of them.
            pub fn from_env() -> Result<Self, runtime::CredentialsError> {
                Ok(Self { set: runtime::CredentialSet::from_env(&API)? })
            }
        }
    });
    quote! {
        /// What authenticates requests.
        #[derive(Clone, Debug)]
        pub struct Credentials {
            set: runtime::CredentialSet,
        }

        impl Credentials {
            #from_env

            #(#constructors)*

            /// These credentials and `other` ones: each operation takes what it asks for.
            #[must_use]
            pub fn and(self, other: Self) -> Self {
                Self { set: self.set.and(other.set) }
            }
        }
    }
}

/// The constructor for a scheme; none where a request carries no credential for it.
fn constructor(
    name: &proc_macro2::Ident,
    index: usize,
    scheme: &SecurityScheme,
) -> Option<TokenStream> {
    let index = Literal::usize_unsuffixed(index);
    let (how, inputs, credential) = match &scheme.kind {
        SchemeKind::ApiKeyHeader { name } => (
            format!("A key that is sent in the header {}.", markdown::code(name)),
            quote!(key: impl Into<runtime::Secret<String>>),
            quote!(runtime::Credential::ApiKey(key.into())),
        ),
        SchemeKind::ApiKeyQuery { name } => (
            format!(
                "A key that is sent in the query parameter {}.",
                markdown::code(name)
            ),
            quote!(key: impl Into<runtime::Secret<String>>),
            quote!(runtime::Credential::ApiKey(key.into())),
        ),
        SchemeKind::ApiKeyCookie { name } => (
            format!("A key that is sent in the cookie {}.", markdown::code(name)),
            quote!(key: impl Into<runtime::Secret<String>>),
            quote!(runtime::Credential::ApiKey(key.into())),
        ),
        SchemeKind::Basic => (
            "A user and a password, sent by HTTP Basic authentication.".to_owned(),
            quote!(username: impl Into<String>, password: impl Into<runtime::Secret<String>>),
            quote!(runtime::Credential::Basic {
                username: username.into(),
                password: password.into()
            }),
        ),
        SchemeKind::Bearer => (
            "A bearer token.".to_owned(),
            quote!(token: impl Into<runtime::Secret<String>>),
            quote!(runtime::Credential::Bearer(token.into())),
        ),
        SchemeKind::Signing { .. } => (
            "An access key that requests are signed with; its secret is never sent.".to_owned(),
            quote!(key: runtime::AccessKey),
            quote!(runtime::Credential::AccessKey(key)),
        ),
        SchemeKind::MutualTls => return None,
    };
    let mut docs = Docs::of(how);
    if let Some(description) = &scheme.description {
        docs.prose(description);
    }
    token_source(&mut docs, &scheme.token);
    if scheme.deprecated {
        docs.paragraph("**Deprecated** by the service.");
    }
    let deprecated = scheme.deprecated.then(|| quote!(#[deprecated]));
    Some(quote! {
        #docs
        #deprecated
        pub fn #name(#inputs) -> Self {
            Self { set: runtime::CredentialSet::new(#index, #credential) }
        }
    })
}

/// Where the token comes from: the flows, their addresses and scopes.
fn token_source(docs: &mut Docs, source: &TokenSource) {
    if let Some(url) = &source.metadata_url {
        docs.paragraph(format!(
            "The authorization server describes itself at {}.",
            markdown::code(url)
        ));
    }
    if source.flows.is_empty() {
        return;
    }
    docs.paragraph("OAuth 2.0 gives such tokens for");
    docs.list(source.flows.iter().map(flow_line));
    let mut scopes: Vec<&(String, String)> = Vec::new();
    for scope in source.flows.iter().flat_map(|flow| &flow.scopes) {
        if scopes.iter().all(|(known, _)| *known != scope.0) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        return;
    }
    docs.paragraph("Scopes:");
    docs.list(scopes.into_iter().map(|(scope, what)| {
        let scope = markdown::code(scope);
        match markdown::line(what) {
            what if what.is_empty() => scope,
            what => format!("{scope}: {what}"),
        }
    }));
}

/// A flow as an item of a list.
fn flow_line(flow: &Flow) -> String {
    let (what, asked) = match flow.grant {
        Grant::Implicit => ("the implicit grant", "the user is asked at"),
        Grant::Password => ("the password of a user", "the user is asked at"),
        Grant::ClientCredentials => ("credentials of the client", "the user is asked at"),
        Grant::AuthorizationCode => ("an authorization code", "the user is asked at"),
        Grant::DeviceAuthorization => ("a device code (RFC 8628)", "the device asks at"),
    };
    let places = [
        (asked, &flow.authorization_url),
        ("tokens are at", &flow.token_url),
        ("and are refreshed at", &flow.refresh_url),
    ];
    let places = places.iter().filter_map(|(what, url)| {
        let url = markdown::code(url.as_deref()?);
        Some(format!("{what} {url}"))
    });
    let places: Vec<String> = places.collect();
    match places.as_slice() {
        [] => format!("{what}."),
        places => format!("{what}: {}.", places.join(", ")),
    }
}

/// Whether any scheme can be read from the environment.
pub(super) fn has_env(plan: &Plan<'_>) -> bool {
    !env_lines(plan).is_empty()
}

/// The environment variables that hold credentials, as a list.
pub(super) fn env_lines(plan: &Plan<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for scheme in &plan.api.security_schemes {
        match &scheme.kind {
            SchemeKind::Signing {
                access_key_env,
                secret_key_env,
                security_token_env,
                ..
            } => {
                let variables = [
                    (access_key_env, "the access key"),
                    (secret_key_env, "its secret"),
                    (security_token_env, "the security token of a temporary one"),
                ];
                for (variable, what) in variables {
                    if let Some(variable) = variable {
                        lines.push(format!("{}: {what}.", markdown::code(variable)));
                    }
                }
            }
            SchemeKind::ApiKeyHeader { .. }
            | SchemeKind::ApiKeyQuery { .. }
            | SchemeKind::ApiKeyCookie { .. }
            | SchemeKind::Basic
            | SchemeKind::Bearer
            | SchemeKind::MutualTls => {}
        }
    }
    lines
}
