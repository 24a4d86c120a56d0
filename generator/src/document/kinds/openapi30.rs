//! OpenAPI 3.0: what the OpenAPI Specification 3.0.3 says of each kind, in its section "Schema".

use super::Kind::{
    Callback, CodeFlow, Components, Contact, Discriminator, Encoding, ImplicitFlow, Info, License,
    Link, OAuthFlows, PathItem, Paths, RequestBody, Response, Responses, SecurityScheme,
    ServerVariable, TokenFlow, Xml,
};
use super::Shape::{
    Any, Count, Flag, FlagOrSchema, List, Map, Number, Object, OneOf, Ref, Style, Text,
};
use super::{
    DOCS, EXAMPLES, HEADERS, Kind, OPERATION, PARAMETERS, Patterned, QUERY_STYLES, Row, SECURITY,
    SERVERS, Shape, TEXTS, optional, required,
};

const SCHEMA: Shape = Ref(Kind::Schema);
const SCHEMAS: Shape = List(&SCHEMA);
const CONTENT: Shape = Map(&Object(Kind::MediaType));

/// Declares the table: `Kind "Name" [fields] patterned`.
macro_rules! table {
    ($(
        $kind:ident $name:literal [$($key:expr),* $(,)?] $(, $pattern:expr => $patterned:expr)?;
    )+) => {
        /// What the version says of `kind`.
        pub(super) fn row(kind: Kind) -> &'static Row {
            match kind {
                $(Kind::$kind => {
                    const ROW: Row = Row {
                        name: $name,
                        keys: &[$($key),*],
                        patterned: table!(@ $($pattern => $patterned)?),
                        replaces: true,
                    };
                    &ROW
                })+
            }
        }
    };
    (@) => { None };
    (@ $pattern:expr => $key:expr) => { Some(Patterned { matches: $pattern, key: $key }) };
}

table! {
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
    // This kind is older; nothing leads to one here.
    Items "Items Object" [];
    // Flows of this kind are newer; nothing leads to one here.
    DeviceFlow "OAuth Flow Object" [];
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
