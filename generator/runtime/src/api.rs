//! What a document says about the API as a whole, as static data.
//!
//! In: nothing. Out: [`ApiInfo`] and its parts, which an emitted crate fills in once and hands to
//! a `CoreBuilder`. No behaviour, and nothing about single operations.

use super::{Location, SignFn};

/// The API that an emitted crate is a client of.
#[derive(Clone, Copy, Debug)]
pub struct ApiInfo {
    /// The title of the document.
    pub title: &'static str,
    /// The product of the `User-Agent` header: name and version of the emitted crate
    /// (RFC 9110, section 10.1.5).
    pub user_agent: &'static str,
    /// The servers. The first is the document's; others belong to single operations.
    pub servers: &'static [ServerInfo],
    /// The security schemes.
    pub security_schemes: &'static [SecuritySchemeInfo],
    /// The parameters that the client holds for all operations.
    pub client_parameters: &'static [ClientParameterInfo],
    /// The response headers that may hold the request id, the most telling first.
    pub request_id_headers: &'static [&'static str],
    /// Where the body of an error has its parts. Nothing: `code` and `message`.
    pub error_body: Option<ErrorBodyInfo>,
}

/// A server (OpenAPI 3.0.3, Server Object).
#[derive(Clone, Copy, Debug)]
pub struct ServerInfo {
    /// The name of the setter on the client's builder that sets another base URL.
    pub name: &'static str,
    /// The URL template, with variables in braces. It may be relative, in which case the base URL
    /// has to be set.
    pub url: &'static str,
    /// The variables of the template.
    pub variables: &'static [VariableInfo],
}

/// A variable of a server's URL (OpenAPI 3.0.3, Server Variable Object).
#[derive(Clone, Copy, Debug)]
pub struct VariableInfo {
    /// The name in the template.
    pub name: &'static str,
    /// The value that is used when none is set.
    pub default: &'static str,
    /// The name of the setter on the client's builder.
    pub setter: &'static str,
}

/// A security scheme (OpenAPI 3.0.3, Security Scheme Object).
#[derive(Clone, Copy, Debug)]
pub struct SecuritySchemeInfo {
    /// The name in the document.
    pub name: &'static str,
    /// The name of the constructor on the emitted `Credentials`.
    pub setter: &'static str,
    /// What the scheme asks for.
    pub kind: SchemeKind,
}

/// What a security scheme asks for.
#[derive(Clone, Copy, Debug)]
pub enum SchemeKind {
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// Where the key stands. A path is not possible.
        location: Location,
        /// The name of the header, query parameter or cookie.
        name: &'static str,
    },
    /// A user name and a password in the `Authorization` header (RFC 7617).
    Basic,
    /// A token in the `Authorization` header (RFC 6750, section 2.1).
    Bearer,
    /// A signature of the request.
    Signing(SigningInfo),
    /// A certificate that TLS shows (OpenAPI 3.1.1, Security Scheme Object). The transport has it, so
    /// nothing is added to a request, and no credential stands for it.
    MutualTls,
}

/// How requests are signed.
#[derive(Clone, Copy, Debug)]
pub struct SigningInfo {
    /// The algorithm.
    pub sign: SignFn,
    /// Headers that are sent and signed: the name of the header, and the client parameter that
    /// has its value. A parameter without a value sends no header.
    pub headers: &'static [(&'static str, &'static str)],
    /// The environment variables that hold the key.
    pub env: Option<AccessKeyEnv>,
}

/// The environment variables that hold an access key.
#[derive(Clone, Copy, Debug)]
pub struct AccessKeyEnv {
    /// The variable of the access key.
    pub access_key: &'static str,
    /// The variable of the secret key.
    pub secret_key: &'static str,
    /// The variable of the security token, which only temporary keys have.
    pub security_token: Option<&'static str>,
}

/// A parameter that the client holds for all operations.
#[derive(Clone, Copy, Debug)]
pub struct ClientParameterInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// The name of the setter on the client's builder, and on the requests that take it.
    pub setter: &'static str,
    /// The environment variable that holds the value.
    pub env: Option<&'static str>,
}

/// Where the body of an error has its parts.
#[derive(Clone, Copy, Debug)]
pub struct ErrorBodyInfo {
    /// The names of the fields, the first that fits first.
    pub fields: &'static [ErrorFields],
    /// Whether the fields may stand in an object inside the body.
    pub nested: bool,
    /// The name of the field that holds the request id.
    pub request_id: Option<&'static str>,
    /// Codes that mean success.
    pub success_codes: &'static [&'static str],
}

/// The names of the fields that belong together in the body of an error.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFields {
    /// The field of the code: a string or a number.
    pub code: &'static str,
    /// The field of the message.
    pub message: &'static str,
    /// The field that says more than the message.
    pub detail: Option<&'static str>,
}
