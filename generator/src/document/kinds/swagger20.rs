//! Swagger 2.0: in what the OpenAPI Specification 2.0 differs from OpenAPI 3.0, in its section "Schema".
//!
//! What both say of an object stands in the table of OpenAPI 3.0 alone.

use super::Shape::{Any, Count, Flag, FlagOrSchema, List, Map, Number, Object, OneOf, Ref, Text};
use super::{
    DOCS, Key, Kind, OPERATION, PARAMETERS, Row, SECURITY, Shape, TEXTS, optional, required, whole,
};

const SCHEMA: Shape = Ref(Kind::Schema);
const SCHEMAS: Shape = List(&SCHEMA);
const ITEMS: Shape = Object(Kind::Items);
const FORMATS: Shape = OneOf(&["csv", "ssv", "tsv", "pipes"]);

/// What the version says of `kind`, where OpenAPI 3.0 says something else.
pub(super) fn row(kind: Kind) -> Option<&'static Row> {
    let row = ROWS.iter().find(|(known, _)| *known == kind);
    row.map(|(_, row)| row)
}

/// The keys of an object that has these, and in addition describes a value that is written as text.
macro_rules! of_value {
    ($($key:expr),* $(,)?) => {
        &[
            $($key,)*
            optional("format", Text),
            optional("items", ITEMS).shaping(),
            optional("default", Any),
            optional("maximum", Number),
            optional("exclusiveMaximum", Any),
            optional("minimum", Number),
            optional("exclusiveMinimum", Any),
            optional("maxLength", Count),
            optional("minLength", Count),
            optional("pattern", Text),
            optional("maxItems", Count),
            optional("minItems", Count),
            optional("uniqueItems", Flag),
            optional("enum", List(&Any)).shaping(),
            optional("multipleOf", Number),
        ]
    };
}

const PARAMETER: &[Key] = of_value![
    required("name", Text).vital(),
    // Cookies have a place of their own from OpenAPI 3.0 on; one that is called so is understood.
    required(
        "in",
        OneOf(&["query", "header", "path", "formData", "body", "cookie"]),
    )
    .vital(),
    optional("description", Text),
    optional("required", Flag),
    optional("schema", SCHEMA).shaping(),
    optional("type", Any),
    optional("allowEmptyValue", Flag),
    optional(
        "collectionFormat",
        OneOf(&["csv", "ssv", "tsv", "pipes", "multi"]),
    ),
];

const ITEM: &[Key] = of_value![required("type", Any), optional("collectionFormat", FORMATS),];

const HEADER: &[Key] = of_value![
    optional("description", Text),
    required("type", Any),
    optional("collectionFormat", FORMATS),
];

const ROWS: &[(Kind, Row)] = &[
    (
        Kind::OpenApi,
        whole(
            "Swagger Object",
            &[
                required("swagger", Text),
                required("info", Object(Kind::Info)),
                optional("host", Text),
                optional("basePath", Text),
                optional("schemes", TEXTS),
                optional("consumes", TEXTS),
                optional("produces", TEXTS),
                required("paths", Object(Kind::Paths)).vital(),
                optional("definitions", Map(&SCHEMA)).shaping(),
                optional("parameters", Map(&Ref(Kind::Parameter))).shaping(),
                optional("responses", Map(&Ref(Kind::Response))).shaping(),
                optional("securityDefinitions", Map(&Object(Kind::SecurityScheme))).shaping(),
                optional("security", SECURITY).vital(),
                optional("tags", List(&Object(Kind::Tag))),
                optional("externalDocs", DOCS),
            ],
        ),
    ),
    (
        Kind::PathItem,
        whole(
            "Path Item Object",
            &[
                optional("get", OPERATION).vital(),
                optional("put", OPERATION).vital(),
                optional("post", OPERATION).vital(),
                optional("delete", OPERATION).vital(),
                optional("options", OPERATION).vital(),
                optional("head", OPERATION).vital(),
                optional("patch", OPERATION).vital(),
                optional("parameters", PARAMETERS).vital(),
            ],
        ),
    ),
    (
        Kind::Operation,
        whole(
            "Operation Object",
            &[
                optional("tags", TEXTS),
                optional("summary", Text),
                optional("description", Text),
                optional("externalDocs", DOCS),
                optional("operationId", Text),
                optional("consumes", TEXTS),
                optional("produces", TEXTS),
                optional("parameters", PARAMETERS).vital(),
                required("responses", Object(Kind::Responses)).shaping(),
                optional("schemes", TEXTS),
                optional("deprecated", Flag),
                optional("security", SECURITY).vital(),
            ],
        ),
    ),
    (Kind::Parameter, whole("Parameter Object", PARAMETER)),
    (Kind::Items, whole("Items Object", ITEM)),
    (Kind::Header, whole("Header Object", HEADER)),
    (
        Kind::Response,
        whole(
            "Response Object",
            &[
                required("description", Text),
                optional("schema", SCHEMA).shaping(),
                optional("headers", Map(&Object(Kind::Header))),
                optional("examples", Map(&Any)),
            ],
        ),
    ),
    (
        Kind::Schema,
        whole(
            "Schema Object",
            &[
                optional("format", Text),
                optional("title", Text),
                optional("description", Text),
                optional("default", Any),
                optional("multipleOf", Number),
                optional("maximum", Number),
                // The reader of schemas judges these, as in OpenAPI 3.0.
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
                optional("items", SCHEMA).shaping(),
                optional("allOf", SCHEMAS).shaping(),
                optional("properties", Map(&SCHEMA)).shaping(),
                optional("additionalProperties", FlagOrSchema).shaping(),
                // A string; the object of OpenAPI 3.0 is understood.
                optional("discriminator", Any).shaping(),
                optional("readOnly", Flag),
                optional("xml", Object(Kind::Xml)),
                optional("externalDocs", DOCS),
                optional("example", Any),
                // These are newer, and documents have them nevertheless. They are understood, with a note.
                optional("oneOf", SCHEMAS).shaping(),
                optional("anyOf", SCHEMAS).shaping(),
                optional("not", SCHEMA).shaping(),
                optional("nullable", Flag),
                optional("writeOnly", Flag),
                optional("deprecated", Flag),
            ],
        ),
    ),
    (
        Kind::SecurityScheme,
        whole(
            "Security Scheme Object",
            &[
                required("type", OneOf(&["basic", "apiKey", "oauth2"])).vital(),
                optional("description", Text),
                optional("name", Text).vital(),
                optional("in", OneOf(&["query", "header"])).vital(),
                optional(
                    "flow",
                    OneOf(&["implicit", "password", "application", "accessCode"]),
                ),
                optional("authorizationUrl", Text),
                optional("tokenUrl", Text),
                optional("scopes", Map(&Text)),
            ],
        ),
    ),
];
