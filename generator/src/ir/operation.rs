//! Operations: what is sent and what comes back.

use super::{Doc, TypeId};

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The `operationId`, or what stands for it.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: String,
    /// The parameters: those of the path in the order of the template, then the others.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The documented replies, in the order of the document.
    pub replies: Vec<Reply>,
    /// What authenticates a request.
    pub auth: Auth,
    /// The server, by its index in [`super::Api::servers`].
    pub server: usize,
    /// The tags; the first one decides the file and the feature.
    pub tags: Vec<String>,
    /// Its prose.
    pub doc: Doc,
    /// The permission that a caller needs.
    pub permission: Option<Permission>,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
    /// JSON Pointer of the operation: its identity from one run to the next.
    pub pointer: String,
}

/// An HTTP method that a path item has a key for (OpenAPI 3.0.3, section 4.7.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
}

impl Method {
    /// Every method, in the order of the specification, with its key in a path item.
    pub const ALL: [(&'static str, Self); 8] = [
        ("get", Self::Get),
        ("put", Self::Put),
        ("post", Self::Post),
        ("delete", Self::Delete),
        ("options", Self::Options),
        ("head", Self::Head),
        ("patch", Self::Patch),
        ("trace", Self::Trace),
    ];

    /// The method on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// Whether sending twice is meant to have the effect of sending once (RFC 9110, section 9.2.2).
    pub fn is_idempotent(self) -> bool {
        match self {
            Self::Get | Self::Put | Self::Delete | Self::Options | Self::Head | Self::Trace => true,
            Self::Post | Self::Patch => false,
        }
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// Whether a request without it is refused.
    pub required: bool,
    /// The type of its value.
    pub ty: TypeId,
    /// How the value becomes text.
    pub style: Style,
    /// Whether each item of an array is sent by itself.
    pub explode: bool,
    /// The index in [`super::Api::client_parameters`] where the client supplies it.
    pub client: Option<usize>,
    /// Its prose.
    pub doc: Doc,
    /// The value that the service assumes when it is absent, as JSON.
    pub default: Option<serde_json::Value>,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
    /// JSON Pointer of the parameter; of the operation where it is not declared.
    pub pointer: String,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// How a value becomes text (OpenAPI 3.0.3, section 4.7.12.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Comma-separated, in paths and headers.
    Simple,
    /// `name=value` pairs, in queries.
    Form,
}

/// A request body in JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The media type, as the document writes it.
    pub media_type: String,
    /// The type of the value.
    pub ty: TypeId,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Its prose.
    pub doc: Doc,
    /// An example, as JSON.
    pub example: Option<serde_json::Value>,
}

/// A documented reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The statuses that it stands for.
    pub status: Status,
    /// What its body holds.
    pub body: ReplyBody,
    /// Its prose.
    pub doc: Doc,
    /// Operations that can be called with what it holds.
    pub links: Vec<Link>,
}

/// What the body of a reply holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyBody {
    /// Nothing.
    Empty,
    /// JSON of a type.
    Json(TypeId),
}

/// The statuses that a documented reply stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All statuses with this first digit, `2XX`.
    Range(u16),
    /// Every status that is not documented by itself.
    Default,
}

/// An operation that can be called with a value of a reply (`links`).
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The operation, by its index in [`super::Api::operations`].
    pub operation: usize,
    /// JSON Pointer of the value in the body of the reply.
    pub value: String,
    /// What it is for.
    pub description: Option<String>,
}

/// What authenticates a request: any one of the alternatives, of which each is a set of security
/// schemes by their indices in [`super::Api::security_schemes`].
///
/// No alternatives, or an empty one, means that a request may go out without.
pub type Auth = Vec<Vec<usize>>;

/// The permission that a caller needs (`x-iam`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permission {
    /// The action.
    pub action: String,
    /// The access level.
    pub level: Option<String>,
    /// The type of resource, and whether a policy has to name it.
    pub resource: Option<(String, bool)>,
    /// The condition keys that a policy may use.
    pub condition_keys: Vec<String>,
    /// Another name of the action.
    pub alias: Vec<String>,
    /// Actions that are needed as well.
    pub dependencies: Vec<String>,
    /// What role-based authorization needs instead.
    pub role_based: Option<String>,
}
