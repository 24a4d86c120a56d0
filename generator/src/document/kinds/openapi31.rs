//! OpenAPI 3.1: in what the OpenAPI Specification 3.1.1 differs from 3.0.3, in its section "Schema".
//!
//! The Schema Object is that of JSON Schema 2020-12, with all its vocabularies and the base vocabulary of
//! OpenAPI.

use super::Shape::{
    Any, Count, Flag, FlagOrSchema, List, Map, Number, Object, OneOf, Ref, SchemaOrList, Text,
};
use super::{DOCS, Kind, Row, Shape, TEXTS, more, optional, required};

/// A schema.
pub(super) const SCHEMA: Shape = Shape::Schema;
const SCHEMAS: Shape = List(&SCHEMA);
const NAMED_SCHEMAS: Shape = Map(&SCHEMA);

/// What the version says of `kind`, where it says something else or more than the one before.
pub(super) fn row(kind: Kind) -> Option<&'static Row> {
    let row = ROWS.iter().find(|(known, _)| *known == kind);
    row.map(|(_, row)| row)
}

const ROWS: &[(Kind, Row)] = &[
    (
        Kind::OpenApi,
        more(
            "OpenAPI Object",
            &[
                optional("jsonSchemaDialect", Text),
                optional("paths", Object(Kind::Paths)).vital(),
                optional("webhooks", Map(&Ref(Kind::PathItem))),
            ],
        ),
    ),
    (
        Kind::Info,
        more("Info Object", &[optional("summary", Text)]),
    ),
    (
        Kind::License,
        more("License Object", &[optional("identifier", Text)]),
    ),
    (
        Kind::Components,
        more(
            "Components Object",
            &[
                optional("schemas", NAMED_SCHEMAS).shaping(),
                optional("pathItems", Map(&Ref(Kind::PathItem))).shaping(),
            ],
        ),
    ),
    (
        Kind::PathItem,
        more("Path Item Object", &[optional("$ref", Text).vital()]),
    ),
    (
        Kind::Operation,
        more(
            "Operation Object",
            &[optional("responses", Object(Kind::Responses)).shaping()],
        ),
    ),
    (
        Kind::Parameter,
        more("Parameter Object", &[optional("schema", SCHEMA).shaping()]),
    ),
    (
        Kind::MediaType,
        more("Media Type Object", &[optional("schema", SCHEMA).shaping()]),
    ),
    (
        Kind::Header,
        more("Header Object", &[optional("schema", SCHEMA).shaping()]),
    ),
    (
        Kind::SecurityScheme,
        more(
            "Security Scheme Object",
            &[required(
                "type",
                OneOf(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
            )
            .vital()],
        ),
    ),
    (
        Kind::Schema,
        Row {
            name: "Schema Object",
            keys: SCHEMA_KEYS,
            patterned: None,
            replaces: true,
        },
    ),
];

const SCHEMA_KEYS: &[super::Key] = &[
    // Core.
    optional("$schema", Text),
    optional("$vocabulary", Map(&Flag)),
    optional("$id", Text),
    optional("$anchor", Text),
    optional("$dynamicAnchor", Text),
    optional("$ref", Text).shaping(),
    optional("$dynamicRef", Text).shaping(),
    optional("$defs", NAMED_SCHEMAS),
    optional("$comment", Text),
    // Applicators.
    optional("allOf", SCHEMAS).shaping(),
    optional("anyOf", SCHEMAS).shaping(),
    optional("oneOf", SCHEMAS).shaping(),
    optional("not", SCHEMA).shaping(),
    optional("if", SCHEMA),
    optional("then", SCHEMA),
    optional("else", SCHEMA),
    optional("dependentSchemas", NAMED_SCHEMAS),
    optional("prefixItems", SCHEMAS).shaping(),
    optional("items", SchemaOrList).shaping(),
    optional("contains", SCHEMA),
    optional("properties", NAMED_SCHEMAS).shaping(),
    optional("patternProperties", NAMED_SCHEMAS).shaping(),
    optional("additionalProperties", FlagOrSchema).shaping(),
    optional("propertyNames", SCHEMA),
    optional("unevaluatedItems", FlagOrSchema).shaping(),
    optional("unevaluatedProperties", FlagOrSchema).shaping(),
    // Validation. The reader of schemas judges `type` and the exclusive bounds.
    optional("type", Any),
    optional("enum", List(&Any)).shaping(),
    optional("const", Any),
    optional("multipleOf", Number),
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
    optional("maxContains", Count),
    optional("minContains", Count),
    optional("maxProperties", Count),
    optional("minProperties", Count),
    optional("required", TEXTS),
    optional("dependentRequired", Map(&TEXTS)),
    // Annotations, `format` and the content of strings.
    optional("title", Text),
    optional("description", Text),
    optional("default", Any),
    optional("deprecated", Flag),
    optional("readOnly", Flag),
    optional("writeOnly", Flag),
    optional("examples", List(&Any)),
    optional("format", Text),
    optional("contentEncoding", Text),
    optional("contentMediaType", Text),
    optional("contentSchema", SCHEMA),
    // The base vocabulary of OpenAPI.
    optional("discriminator", Object(Kind::Discriminator)).shaping(),
    optional("xml", Object(Kind::Xml)),
    optional("externalDocs", DOCS),
    optional("example", Any),
    // Of older versions, and understood.
    optional("nullable", Flag),
    optional("definitions", NAMED_SCHEMAS),
];
