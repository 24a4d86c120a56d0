//! The API as a whole: servers, authentication, conventions.

use super::{Callback, Doc, Field, Operation, Presence, Shape, Status, TypeDef, TypeId};

/// An API, ready to be named and emitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Who it is.
    pub info: Info,
    /// The distinct servers; the first is the document's own, even if it names none.
    pub servers: Vec<Server>,
    /// The variables of all servers, each name once.
    pub variables: Vec<ServerVariable>,
    /// The ways to authenticate, in the order of the document.
    pub security_schemes: Vec<SecurityScheme>,
    /// The parameters that are set once on the client.
    pub client_parameters: Vec<ClientParameter>,
    /// The response headers that carry the id of a request, the first that is there counts.
    pub request_id_headers: Vec<String>,
    /// Where an error body says what went wrong, if the document tells.
    pub error_body: Option<ErrorBody>,
    /// The arena of types.
    pub types: Vec<TypeDef>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The JSON Pointers of all operations in the document, those that were skipped included.
    pub documented: Vec<String>,
    /// What the service sends by itself, whatever was called.
    pub webhooks: Vec<Callback>,
    /// The tags that operations have, in the order of the document, those it declares first.
    pub tags: Vec<Tag>,
}

impl Api {
    /// The type with this id.
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// The only value that a required field can have, if the document lists one alone: a constructor
    /// fills it in.
    pub fn fixed<'a>(&self, field: &'a Field) -> Option<Fixed<'a>> {
        if field.presence != Presence::Required {
            return None;
        }
        if let Some(text) = &field.fixed {
            return Some(Fixed::Text(text));
        }
        let mut ty = field.ty;
        while let Shape::Alias(target) = self.ty(ty).shape {
            ty = target;
        }
        match &self.ty(ty).shape {
            Shape::Enum(values) if values.len() == 1 => Some(Fixed::Variant(ty)),
            _ => None,
        }
    }

    /// Whether there is a scheme that requests carry a credential for.
    pub fn has_credentials(&self) -> bool {
        let mut schemes = self.security_schemes.iter();
        schemes.any(|scheme| scheme.kind.takes_credential())
    }

    /// Whether a type is that of any value.
    pub fn is_any(&self, mut ty: TypeId) -> bool {
        while let Shape::Alias(target) = self.ty(ty).shape {
            ty = target;
        }
        self.ty(ty).shape == Shape::Any
    }

    /// Whether a value of a type writes the property `tag` itself, whatever it is.
    pub fn writes_tag(&self, ty: TypeId, tag: &str) -> bool {
        match &self.ty(ty).shape {
            Shape::Struct { fields, .. } => fields
                .iter()
                .any(|field| field.key == tag && self.is_written(field)),
            Shape::Alias(target) => self.writes_tag(*target, tag),
            Shape::Union {
                tag: Some(inner), ..
            } => inner == tag,
            Shape::Union { tag: None, .. }
            | Shape::Enum(_)
            | Shape::Newtype(_)
            | Shape::Wrapper(_)
            | Shape::Nullable(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Any => false,
        }
    }

    /// Whether a field is always written.
    pub fn is_written(&self, field: &Field) -> bool {
        match field.presence {
            Presence::Required | Presence::Nullable => true,
            Presence::Optional | Presence::OptionalNullable => false,
        }
    }

    /// Whether a constructor asks for a field: it is required, and there is more than one value.
    pub fn is_argument(&self, field: &Field) -> bool {
        field.presence == Presence::Required && self.fixed(field).is_none()
    }
}

/// The only value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed<'a> {
    /// This text.
    Text(&'a str),
    /// The only variant of this enumeration.
    Variant(TypeId),
}

/// The `info` object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// The title.
    pub title: String,
    /// The version of the document, any text.
    pub version: String,
    /// What the API is.
    pub doc: Doc,
}

/// A server that operations are sent to.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The URL, with variables in braces; empty where the document names no server.
    pub url: String,
    /// What it is.
    pub description: Option<String>,
    /// The variables that occur in the URL with this server's default.
    pub variables: Vec<(String, String)>,
    /// The URLs of other servers for the same operations, each with what it is.
    pub others: Vec<(String, Option<String>)>,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
    /// JSON Pointer of the server object.
    pub pointer: String,
}

impl Server {
    /// Whether the URL has no host: it is relative to where the document is served.
    pub fn is_relative(&self) -> bool {
        !self.url.contains("://")
    }
}

/// A variable of server URLs.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// The name in the URL.
    pub name: String,
    /// The value where nobody sets one.
    pub default: String,
    /// What it is.
    pub description: Option<String>,
    /// Its listed values, as an open enumeration; absent where the document lists none.
    pub ty: Option<TypeId>,
}

/// A way to authenticate.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// Its key in the document.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// How it works.
    pub kind: SchemeKind,
    /// Where its token comes from, if it has one and the document tells.
    pub token: TokenSource,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
}

/// Where a token comes from (OpenAPI 3.2.0, OAuth Flows Object). It is said, and nothing is done about
/// it: the caller gets the token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenSource {
    /// The address of what describes the authorization server (`oauth2MetadataUrl`,
    /// `openIdConnectUrl`).
    pub metadata_url: Option<String>,
    /// The flows, in the order of the specification.
    pub flows: Vec<Flow>,
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Which one.
    pub grant: Grant,
    /// The address to which a user is sent, or at which a device asks for its code.
    pub authorization_url: Option<String>,
    /// The address of tokens.
    pub token_url: Option<String>,
    /// The address at which tokens are refreshed, where it is another.
    pub refresh_url: Option<String>,
    /// The scopes with what each allows.
    pub scopes: Vec<(String, String)>,
}

/// By what a client gets a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The implicit grant (RFC 6749, section 4.2).
    Implicit,
    /// The password of the user (RFC 6749, section 4.3).
    Password,
    /// Credentials of the client (RFC 6749, section 4.4).
    ClientCredentials,
    /// An authorization code (RFC 6749, section 4.1).
    AuthorizationCode,
    /// A code that a device shows (RFC 8628).
    DeviceAuthorization,
}

/// How a security scheme works.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// A header with a fixed name carries the key.
    ApiKeyHeader {
        /// The name of the header.
        name: String,
    },
    /// A query parameter with a fixed name carries the key.
    ApiKeyQuery {
        /// The name of the parameter.
        name: String,
    },
    /// A cookie with a fixed name carries the key.
    ApiKeyCookie {
        /// The name of the cookie.
        name: String,
    },
    /// HTTP Basic authentication (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// A certificate that TLS shows: the transport's matter (`mutualTLS`).
    MutualTls,
    /// Each request is signed with an access key.
    Signing {
        /// How it is signed.
        algorithm: SigningAlgorithm,
        /// Headers that carry parameters of the client and are signed: header, parameter.
        headers: Vec<(String, String)>,
        /// The environment variable with the access key.
        access_key_env: Option<String>,
        /// The environment variable with the secret key.
        secret_key_env: Option<String>,
        /// The environment variable with the security token of a temporary key.
        security_token_env: Option<String>,
    },
}

impl SchemeKind {
    /// Whether a request carries a credential for it, which the caller gives.
    pub fn takes_credential(&self) -> bool {
        match self {
            Self::ApiKeyHeader { .. }
            | Self::ApiKeyQuery { .. }
            | Self::ApiKeyCookie { .. }
            | Self::Basic
            | Self::Bearer
            | Self::Signing { .. } => true,
            Self::MutualTls => false,
        }
    }
}

/// An algorithm for signing requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningAlgorithm {
    /// `SDK-HMAC-SHA256`.
    SdkHmacSha256,
}

/// A parameter that is set once on the client.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientParameter {
    /// Its name on the wire.
    pub name: String,
    /// The environment variable that holds it.
    pub env: Option<String>,
    /// Its type.
    pub ty: TypeId,
    /// What it is.
    pub doc: Doc,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
}

/// Where the body of an error says what went wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorBody {
    /// Names of fields that belong together, most usual first.
    pub fields: Vec<ErrorFields>,
    /// Whether they may stand in an object within the body.
    pub nested: bool,
    /// The field that holds the id of the request.
    pub request_id: Option<String>,
    /// Codes that mean success.
    pub success_codes: Vec<String>,
}

/// Names of the fields of an error body that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorFields {
    /// The field with the code.
    pub code: String,
    /// The field with the message.
    pub message: String,
    /// The field with details.
    pub detail: Option<String>,
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What it is for, in a word (`nav`, `badge`, `audience`).
    pub kind: Option<String>,
    /// The tags that it is part of, its own parent first.
    pub parents: Vec<String>,
    /// What it is.
    pub doc: Doc,
}

/// A place outside the document to read more.
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalDocs {
    /// The address.
    pub url: String,
    /// What is there.
    pub description: Option<String>,
}

impl Status {
    /// Whether it stands for success (RFC 9110, section 15.3).
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Range(hundred) => hundred == 2,
            Self::Default => false,
        }
    }
}
