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
    /// What the service calls back with.
    pub callbacks: Vec<Callback>,
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

impl Operation {
    /// The types that the operation names itself: of parameters, of its body, of its replies.
    pub fn types(&self) -> Vec<TypeId> {
        let mut types = self.sent();
        for reply in &self.replies {
            types.extend(
                reply
                    .contents
                    .iter()
                    .filter_map(|content| content.body.ty()),
            );
            types.extend(reply.headers.iter().map(|header| header.ty));
        }
        for callback in &self.callbacks {
            types.extend(&callback.received);
        }
        types
    }

    /// The types of what is sent: of parameters, of the body, of answers to callbacks.
    pub fn sent(&self) -> Vec<TypeId> {
        let mut types: Vec<TypeId> = self
            .parameters
            .iter()
            .map(|parameter| parameter.ty)
            .collect();
        for content in self.body.iter().flat_map(|body| &body.contents) {
            types.extend(content.payload.types());
        }
        for callback in &self.callbacks {
            types.extend(&callback.answered);
        }
        types
    }

    /// Replaces each type of what is sent by what `change` makes of it.
    pub fn map_sent(&mut self, mut change: impl FnMut(TypeId) -> TypeId) {
        for parameter in &mut self.parameters {
            parameter.ty = change(parameter.ty);
        }
        for content in self.body.iter_mut().flat_map(|body| &mut body.contents) {
            match &mut content.payload {
                Payload::Json(ty) | Payload::JsonStream(ty) | Payload::Form { ty, .. } => {
                    *ty = change(*ty);
                }
                Payload::Multipart(parts) => {
                    for part in parts {
                        match &mut part.kind {
                            PartKind::Text(ty) | PartKind::Json(ty) => *ty = change(*ty),
                            PartKind::File => {}
                        }
                    }
                }
                Payload::AnyMultipart | Payload::Text | Payload::Bytes | Payload::Any => {}
            }
        }
        for ty in self.callbacks.iter_mut().flat_map(|of| &mut of.answered) {
            *ty = change(*ty);
        }
    }
}

impl Payload {
    /// The types that the payload names.
    fn types(&self) -> Vec<TypeId> {
        match self {
            Self::Json(ty) | Self::JsonStream(ty) | Self::Form { ty, .. } => vec![*ty],
            Self::Multipart(parts) => parts
                .iter()
                .filter_map(|part| match part.kind {
                    PartKind::Text(ty) | PartKind::Json(ty) => Some(ty),
                    PartKind::File => None,
                })
                .collect(),
            Self::AnyMultipart | Self::Text | Self::Bytes | Self::Any => Vec::new(),
        }
    }
}

/// An HTTP method: one that a path item has a key for (OpenAPI 3.2.0, section 4.9), or another.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// `QUERY`
    Query,
    /// Any other, in the letters in which it is sent (`additionalOperations`): a token that is none
    /// of the above (RFC 9110, section 9.1).
    Other(String),
}

impl Method {
    /// The methods that have a key in a path item, each with that, in the order of the specification.
    pub const KEYED: [(&'static str, Self); 9] = [
        ("get", Self::Get),
        ("put", Self::Put),
        ("post", Self::Post),
        ("delete", Self::Delete),
        ("options", Self::Options),
        ("head", Self::Head),
        ("patch", Self::Patch),
        ("trace", Self::Trace),
        ("query", Self::Query),
    ];

    /// The method on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(token) => token,
        }
    }

    /// Whether sending twice is meant to have the effect of sending once (RFC 9110, section 9.2.2, and
    /// RFC 10008 of `QUERY`). Of a method that we don't know, nobody says so.
    pub fn is_idempotent(&self) -> bool {
        match self {
            Self::Get
            | Self::Put
            | Self::Delete
            | Self::Options
            | Self::Head
            | Self::Trace
            | Self::Query => true,
            Self::Post | Self::Patch | Self::Other(_) => false,
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
    pub encoding: Encoding,
    /// Whether the service takes an empty value (`allowEmptyValue`).
    pub allow_empty: bool,
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
    /// As the query, of which it is the whole.
    QueryString,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How the value of a parameter becomes text (OpenAPI 3.0.3, section 4.7.12.2).
#[derive(Clone, Debug, PartialEq)]
pub enum Encoding {
    /// By a style (`schema`).
    Styled(Styled),
    /// As JSON (`content`).
    Json,
    /// As a form: the members of an object, with those that are written in another way than the usual
    /// one (`content` of the query as a whole).
    Form(Vec<FormField>),
}

/// How a value with parts is written (OpenAPI 3.0.3, section 4.7.12.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styled {
    /// What is put between the parts.
    pub style: Style,
    /// Whether each part is sent by itself.
    pub explode: bool,
    /// Whether reserved characters (RFC 3986, section 2.2) go out as they are.
    pub allow_reserved: bool,
}

/// What is put between the parts of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Commas, in paths and headers.
    Simple,
    /// Full stops, in paths.
    Label,
    /// `;name=value`, in paths.
    Matrix,
    /// `name=value` pairs, in queries and cookies.
    Form,
    /// Spaces, in queries.
    SpaceDelimited,
    /// Vertical bars, in queries.
    PipeDelimited,
    /// `name[key]=value` pairs, in queries.
    DeepObject,
    /// `name=value` pairs of which nothing is encoded, in cookies.
    Cookie,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Whether a request without it is refused.
    pub required: bool,
    /// Its media types with what each holds, in the order of the document; at least one.
    pub contents: Vec<Content>,
    /// Its prose.
    pub doc: Doc,
}

/// One media type of a request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The media type, as the document writes it.
    pub media_type: String,
    /// What it holds.
    pub payload: Payload,
    /// An example, as JSON.
    pub example: Option<serde_json::Value>,
}

/// What a request body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// JSON of a type.
    Json(TypeId),
    /// Values of a type, each as JSON: lines of them or a sequence (RFC 7464), by the media type.
    JsonStream(TypeId),
    /// The members of an object as a form (`application/x-www-form-urlencoded`).
    Form {
        /// The type of the object.
        ty: TypeId,
        /// The members that are written in another way than the usual one.
        fields: Vec<FormField>,
    },
    /// The members of an object as parts (`multipart/form-data`), in the order of the document.
    Multipart(Vec<Part>),
    /// Parts that the document says nothing of.
    AnyMultipart,
    /// Text, XML included.
    Text,
    /// Bytes.
    Bytes,
    /// Bytes of a media type that the caller names (`*/*`, `image/*`).
    Any,
}

/// How a member of a form is written.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Its key.
    pub name: String,
    /// How it is written.
    pub styled: Styled,
}

/// A part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: PartKind,
    /// Whether there may be several of that name.
    pub many: bool,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Its media type, where the document says one.
    pub content_type: Option<String>,
    /// The names of the headers that it may have.
    pub headers: Vec<String>,
    /// Its prose.
    pub doc: Doc,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
    /// JSON Pointer of the property.
    pub pointer: String,
}

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A file: bytes that may be a stream.
    File,
    /// Text of a scalar; of an item, where there may be several.
    Text(TypeId),
    /// JSON of a type; of an item, where there may be several.
    Json(TypeId),
}

/// A documented reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The statuses that it stands for.
    pub status: Status,
    /// Its media types with what each holds, in the order of the document; none where there is no
    /// body.
    pub contents: Vec<ReplyContent>,
    /// Its headers.
    pub headers: Vec<ReplyHeader>,
    /// Its prose.
    pub doc: Doc,
    /// Operations that can be called with what it holds.
    pub links: Vec<Link>,
}

/// One media type of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyContent {
    /// The media type, as the document writes it.
    pub media_type: String,
    /// What it holds.
    pub body: ReplyBody,
}

/// What the body of a reply holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyBody {
    /// JSON of a type.
    Json(TypeId),
    /// Text, XML included.
    Text,
    /// Bytes.
    Bytes,
    /// Events whose data is JSON of a type (`text/event-stream`).
    Events(TypeId),
    /// Events whose data is text.
    TextEvents,
    /// Lines, each of which is JSON of a type.
    JsonLines(TypeId),
    /// A sequence of JSON texts of a type (RFC 7464).
    JsonSequence(TypeId),
}

impl ReplyBody {
    /// The type that the body names.
    pub fn ty(self) -> Option<TypeId> {
        match self {
            Self::Json(ty) | Self::Events(ty) | Self::JsonLines(ty) | Self::JsonSequence(ty) => {
                Some(ty)
            }
            Self::Text | Self::Bytes | Self::TextEvents => None,
        }
    }

    /// Whether a success with this body is read as it comes.
    pub fn is_stream(self) -> bool {
        match self {
            Self::Bytes
            | Self::Events(_)
            | Self::TextEvents
            | Self::JsonLines(_)
            | Self::JsonSequence(_) => true,
            Self::Json(_) | Self::Text => false,
        }
    }

    /// The body where it is read as a whole, as that of an error is.
    pub fn as_whole(self) -> Self {
        match self {
            Self::Json(_) | Self::Text | Self::Bytes => self,
            Self::Events(_) | Self::TextEvents | Self::JsonLines(_) | Self::JsonSequence(_) => {
                Self::Text
            }
        }
    }
}

/// A header of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyHeader {
    /// Its name.
    pub name: String,
    /// The type of its value.
    pub ty: TypeId,
    /// How the text becomes a value.
    pub encoding: Encoding,
    /// Its prose.
    pub doc: Doc,
    /// The name that `x-rust-name` pins.
    pub pin: Option<String>,
    /// JSON Pointer of the header.
    pub pointer: String,
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

/// A request that the service sends by itself: a callback (OpenAPI 3.0.3, section 4.7.18) or a webhook
/// (OpenAPI 3.1.1, section 4.8.1). Only what it holds is emitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    /// Its key in the document.
    pub name: String,
    /// The HTTP method.
    pub method: Method,
    /// The expression that says where it is sent; empty for a webhook, which the document doesn't tell.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// The types of what it holds.
    pub received: Vec<TypeId>,
    /// The types of what is answered.
    pub answered: Vec<TypeId>,
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
