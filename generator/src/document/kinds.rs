//! What the specification defines: the keys of each kind of object and what is under them.
//!
//! It is a table, read by the [check](super::check()), by the typed [views](super::NodeRef::view) and by
//! the reader of schemas, so that they can't disagree. The source is the OpenAPI Specification 3.0.3,
//! section "Schema"; each row is named after its subsection.

use super::Version;
use crate::diag::Severity;

/// A kind of object that the specification defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// OpenAPI Object, the root of a document.
    OpenApi,
    /// Info Object.
    Info,
    /// Contact Object.
    Contact,
    /// License Object.
    License,
    /// Server Object.
    Server,
    /// Server Variable Object.
    ServerVariable,
    /// Components Object.
    Components,
    /// Paths Object.
    Paths,
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// External Documentation Object.
    ExternalDocs,
    /// Parameter Object.
    Parameter,
    /// Request Body Object.
    RequestBody,
    /// Media Type Object.
    MediaType,
    /// Encoding Object.
    Encoding,
    /// Responses Object.
    Responses,
    /// Response Object.
    Response,
    /// Callback Object.
    Callback,
    /// Example Object.
    Example,
    /// Link Object.
    Link,
    /// Header Object.
    Header,
    /// Tag Object.
    Tag,
    /// Schema Object.
    Schema,
    /// Discriminator Object.
    Discriminator,
    /// XML Object.
    Xml,
    /// Security Scheme Object.
    SecurityScheme,
    /// OAuth Flows Object.
    OAuthFlows,
    /// OAuth Flow Object of the implicit flow.
    ImplicitFlow,
    /// OAuth Flow Object of the password flow and of the client credentials flow.
    TokenFlow,
    /// OAuth Flow Object of the authorization code flow.
    CodeFlow,
    /// Security Requirement Object.
    SecurityRequirement,
}

/// What may be under a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Any value. It is not looked into.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A whole number, zero or more.
    Count,
    /// A number.
    Number,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A style that suits the `in` beside it.
    Style,
    /// An array of strings. Another value counts as an empty one: a security scheme is required
    /// even if its scopes can't be read.
    Scopes,
    /// An object of this kind.
    Object(Kind),
    /// An object of this kind or a reference to one.
    Ref(Kind),
    /// A boolean, a schema, or a reference to one.
    FlagOrSchema,
    /// An array.
    List(&'static Shape),
    /// An object with any keys.
    Map(&'static Shape),
}

/// What is said of one key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) required: bool,
    /// What it costs to ignore the key if its value can't be read: nothing that changes a type, a
    /// type, or the whole item.
    pub(super) loss: Severity,
}

/// What is said of one kind of object.
#[derive(Debug)]
pub(super) struct Spec {
    /// The name of the subsection.
    pub(super) name: &'static str,
    /// The fixed fields.
    pub(super) keys: &'static [Key],
    /// The patterned fields.
    pub(super) patterned: Option<Patterned>,
}

/// What is said of all keys that follow a pattern.
#[derive(Debug)]
pub(super) struct Patterned {
    matches: fn(&str) -> bool,
    /// What is said of them, under the name that the specification has for the pattern.
    key: Key,
}

impl Spec {
    /// What is said of the key `name`, fixed or patterned.
    pub(super) fn key(&self, name: &str) -> Option<&Key> {
        let fixed = self.keys.iter().find(|key| key.name == name);
        fixed.or_else(|| {
            let patterned = self.patterned.as_ref()?;
            (patterned.matches)(name).then_some(&patterned.key)
        })
    }
}

impl Kind {
    /// The name of the kind in the specification: `Path Item Object`.
    pub fn name(self) -> &'static str {
        self.spec(Version::OpenApi30).name
    }

    /// What a version of the specification says of this kind.
    pub(super) fn spec(self, version: Version) -> &'static Spec {
        match version {
            Version::OpenApi30 => self.spec_30(),
        }
    }
}

/// A field that is not required, and without which nothing changes.
const fn optional(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        required: false,
        loss: Severity::Note,
    }
}

/// A field that is required.
const fn required(name: &'static str, shape: Shape) -> Key {
    Key {
        required: true,
        ..optional(name, shape)
    }
}

impl Key {
    /// Without the field a type is freer.
    const fn shaping(self) -> Key {
        Key {
            loss: Severity::Widened,
            ..self
        }
    }

    /// Without the field the object means something else.
    const fn vital(self) -> Key {
        Key {
            loss: Severity::Skipped,
            ..self
        }
    }
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const SCHEMAS: Shape = Shape::List(&SCHEMA);
const SCHEMA: Shape = Shape::Ref(Kind::Schema);
const EXAMPLES: Shape = Shape::Map(&Shape::Ref(Kind::Example));
const HEADERS: Shape = Shape::Map(&Shape::Ref(Kind::Header));
const CONTENT: Shape = Shape::Map(&Shape::Object(Kind::MediaType));
const SERVERS: Shape = Shape::List(&Shape::Object(Kind::Server));
const PARAMETERS: Shape = Shape::List(&Shape::Ref(Kind::Parameter));
const OPERATION: Shape = Shape::Object(Kind::Operation);
const DOCS: Shape = Shape::Object(Kind::ExternalDocs);
const SECURITY: Shape = Shape::List(&Shape::Object(Kind::SecurityRequirement));

/// The styles of query parameters, and of the parts of a form.
pub(super) const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// Declares the table of a version: `Kind "Name" [fields] patterned`.
macro_rules! table {
    ($function:ident: $(
        $kind:ident $name:literal [$($key:expr),* $(,)?] $(, $pattern:expr => $patterned:expr)?;
    )+) => {
        impl Kind {
            fn $function(self) -> &'static Spec {
                match self {
                    $(Kind::$kind => {
                        const SPEC: Spec = Spec {
                            name: $name,
                            keys: &[$($key),*],
                            patterned: table!(@ $($pattern => $patterned)?),
                        };
                        &SPEC
                    })+
                }
            }
        }
    };
    (@) => { None };
    (@ $pattern:expr => $key:expr) => { Some(Patterned { matches: $pattern, key: $key }) };
}

use Kind::{
    Callback, CodeFlow, Components, Contact, Discriminator, Encoding, ImplicitFlow, Info, License,
    Link, OAuthFlows, PathItem, Paths, RequestBody, Response, Responses, SecurityScheme,
    ServerVariable, TokenFlow, Xml,
};
use Shape::{Any, Count, Flag, FlagOrSchema, List, Map, Number, Object, OneOf, Ref, Style, Text};

table! { spec_30:
    OpenApi "OpenAPI Object" [
        required("openapi", Text),
        required("info", Object(Info)),
        optional("servers", SERVERS),
        required("paths", Object(Paths)).vital(),
        optional("components", Object(Components)).shaping(),
        optional("security", SECURITY).vital(),
        optional("tags", List(&Object(Kind::Tag))),
        optional("externalDocs", DOCS),
    ];
    Info "Info Object" [
        required("title", Text),
        optional("description", Text),
        optional("termsOfService", Text),
        optional("contact", Object(Contact)),
        optional("license", Object(License)),
        required("version", Text),
    ];
    Contact "Contact Object" [
        optional("name", Text),
        optional("url", Text),
        optional("email", Text),
    ];
    License "License Object" [
        required("name", Text),
        optional("url", Text),
    ];
    Server "Server Object" [
        required("url", Text),
        optional("description", Text),
        optional("variables", Map(&Object(ServerVariable))),
    ];
    ServerVariable "Server Variable Object" [
        optional("enum", TEXTS),
        required("default", Text),
        optional("description", Text),
    ];
    Components "Components Object" [
        optional("schemas", Map(&SCHEMA)).shaping(),
        optional("responses", Map(&Ref(Response))).shaping(),
        optional("parameters", Map(&Ref(Kind::Parameter))).shaping(),
        optional("examples", EXAMPLES),
        optional("requestBodies", Map(&Ref(RequestBody))).shaping(),
        optional("headers", HEADERS),
        optional("securitySchemes", Map(&Ref(SecurityScheme))).shaping(),
        optional("links", Map(&Ref(Link))),
        optional("callbacks", Map(&Ref(Callback))),
    ];
    Paths "Paths Object" [], |key| key.starts_with('/') =>
        optional("/{path}", Ref(PathItem)).vital();
    PathItem "Path Item Object" [
        optional("summary", Text),
        optional("description", Text),
        optional("get", OPERATION).vital(),
        optional("put", OPERATION).vital(),
        optional("post", OPERATION).vital(),
        optional("delete", OPERATION).vital(),
        optional("options", OPERATION).vital(),
        optional("head", OPERATION).vital(),
        optional("patch", OPERATION).vital(),
        optional("trace", OPERATION).vital(),
        optional("servers", SERVERS),
        optional("parameters", PARAMETERS).vital(),
    ];
    Operation "Operation Object" [
        optional("tags", TEXTS),
        optional("summary", Text),
        optional("description", Text),
        optional("externalDocs", DOCS),
        optional("operationId", Text),
        optional("parameters", PARAMETERS).vital(),
        optional("requestBody", Ref(RequestBody)).vital(),
        required("responses", Object(Responses)).shaping(),
        optional("callbacks", Map(&Ref(Callback))),
        optional("deprecated", Flag),
        optional("security", SECURITY).vital(),
        optional("servers", SERVERS),
    ];
    ExternalDocs "External Documentation Object" [
        optional("description", Text),
        required("url", Text),
    ];
    Parameter "Parameter Object" [
        required("name", Text).vital(),
        required("in", OneOf(&["query", "header", "path", "cookie"])).vital(),
        optional("description", Text),
        optional("required", Flag),
        optional("deprecated", Flag),
        optional("allowEmptyValue", Flag),
        optional("style", Style),
        optional("explode", Flag),
        optional("allowReserved", Flag),
        optional("schema", SCHEMA).shaping(),
        optional("example", Any),
        optional("examples", EXAMPLES),
        optional("content", CONTENT).vital(),
    ];
    RequestBody "Request Body Object" [
        optional("description", Text),
        required("content", CONTENT).vital(),
        optional("required", Flag),
    ];
    MediaType "Media Type Object" [
        optional("schema", SCHEMA).shaping(),
        optional("example", Any),
        optional("examples", EXAMPLES),
        optional("encoding", Map(&Object(Encoding))),
    ];
    Encoding "Encoding Object" [
        optional("contentType", Text),
        optional("headers", HEADERS),
        optional("style", OneOf(QUERY_STYLES)),
        optional("explode", Flag),
        optional("allowReserved", Flag),
    ];
    Responses "Responses Object" [
        optional("default", Ref(Response)).shaping(),
    ], is_status => optional("{status}", Ref(Response)).shaping();
    Response "Response Object" [
        required("description", Text),
        optional("headers", HEADERS),
        optional("content", CONTENT).shaping(),
        optional("links", Map(&Ref(Link))),
    ];
    Callback "Callback Object" [], |key| !key.starts_with("x-") =>
        optional("{expression}", Ref(PathItem));
    Example "Example Object" [
        optional("summary", Text),
        optional("description", Text),
        optional("value", Any),
        optional("externalValue", Text),
    ];
    Link "Link Object" [
        optional("operationRef", Text),
        optional("operationId", Text),
        optional("parameters", Map(&Any)),
        optional("requestBody", Any),
        optional("description", Text),
        optional("server", Object(Kind::Server)),
    ];
    Header "Header Object" [
        optional("description", Text),
        optional("required", Flag),
        optional("deprecated", Flag),
        optional("allowEmptyValue", Flag),
        optional("style", OneOf(&["simple"])),
        optional("explode", Flag),
        optional("allowReserved", Flag),
        optional("schema", SCHEMA).shaping(),
        optional("example", Any),
        optional("examples", EXAMPLES),
        optional("content", CONTENT).shaping(),
    ];
    Tag "Tag Object" [
        required("name", Text),
        optional("description", Text),
        optional("externalDocs", DOCS),
    ];
    Schema "Schema Object" [
        optional("title", Text),
        optional("multipleOf", Number),
        optional("maximum", Number),
        // The reader of schemas judges this one, `exclusiveMinimum` and `type`: their later forms are
        // understood.
        optional("exclusiveMaximum", Any),
        optional("minimum", Number),
        optional("exclusiveMinimum", Any),
        optional("maxLength", Count),
        optional("minLength", Count),
        optional("pattern", Text),
        optional("maxItems", Count),
        optional("minItems", Count),
        optional("uniqueItems", Flag),
        optional("maxProperties", Count),
        optional("minProperties", Count),
        optional("required", TEXTS),
        optional("enum", List(&Any)).shaping(),
        optional("type", Any),
        optional("allOf", SCHEMAS).shaping(),
        optional("oneOf", SCHEMAS).shaping(),
        optional("anyOf", SCHEMAS).shaping(),
        optional("not", SCHEMA).shaping(),
        optional("items", SCHEMA).shaping(),
        optional("properties", Map(&SCHEMA)).shaping(),
        optional("additionalProperties", FlagOrSchema).shaping(),
        optional("description", Text),
        optional("format", Text),
        optional("default", Any),
        optional("nullable", Flag),
        optional("discriminator", Object(Discriminator)).shaping(),
        optional("readOnly", Flag),
        optional("writeOnly", Flag),
        optional("xml", Object(Xml)),
        optional("externalDocs", DOCS),
        optional("example", Any),
        optional("deprecated", Flag),
    ];
    Discriminator "Discriminator Object" [
        required("propertyName", Text).shaping(),
        optional("mapping", Map(&Text)).shaping(),
    ];
    Xml "XML Object" [
        optional("name", Text),
        optional("namespace", Text),
        optional("prefix", Text),
        optional("attribute", Flag),
        optional("wrapped", Flag),
    ];
    SecurityScheme "Security Scheme Object" [
        required("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect"])).vital(),
        optional("description", Text),
        optional("name", Text).vital(),
        optional("in", OneOf(&["query", "header", "cookie"])).vital(),
        optional("scheme", Text).vital(),
        optional("bearerFormat", Text),
        optional("flows", Object(OAuthFlows)).vital(),
        optional("openIdConnectUrl", Text).vital(),
    ];
    OAuthFlows "OAuth Flows Object" [
        optional("implicit", Object(ImplicitFlow)),
        optional("password", Object(TokenFlow)),
        optional("clientCredentials", Object(TokenFlow)),
        optional("authorizationCode", Object(CodeFlow)),
    ];
    ImplicitFlow "OAuth Flow Object" [
        required("authorizationUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ];
    TokenFlow "OAuth Flow Object" [
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ];
    CodeFlow "OAuth Flow Object" [
        required("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ];
    SecurityRequirement "Security Requirement Object" [], |_| true =>
        optional("{name}", Shape::Scopes);
}

/// Whether a key of a Responses Object is a status code or a range of them: `200`, `2XX`.
fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'5', rest @ ..] if rest.len() == 2 => {
            rest.iter().all(u8::is_ascii_digit) || rest.eq_ignore_ascii_case(b"XX")
        }
        _ => false,
    }
}
