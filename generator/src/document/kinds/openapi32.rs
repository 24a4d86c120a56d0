//! OpenAPI 3.2: in what the OpenAPI Specification 3.2.0 differs from 3.1.1, in its section "Schema".

use super::Shape::{Any, Flag, List, Map, Object, OneOf, Ref, Text};
use super::openapi31::SCHEMA;
use super::{Kind, OPERATION, Row, Shape, more, optional, required};

const CONTENT: Shape = Map(&Ref(Kind::MediaType));
const ENCODING: Shape = Object(Kind::Encoding);

/// What the version says of `kind`, where it says something else or more than the one before.
pub(super) fn row(kind: Kind) -> Option<&'static Row> {
    let row = ROWS.iter().find(|(known, _)| *known == kind);
    row.map(|(_, row)| row)
}

const ROWS: &[(Kind, Row)] = &[
    (
        Kind::OpenApi,
        more("OpenAPI Object", &[optional("$self", Text)]),
    ),
    (
        Kind::Server,
        more("Server Object", &[optional("name", Text)]),
    ),
    (
        Kind::Components,
        more(
            "Components Object",
            &[optional("mediaTypes", Map(&Ref(Kind::MediaType))).shaping()],
        ),
    ),
    (
        Kind::PathItem,
        more(
            "Path Item Object",
            &[
                optional("query", OPERATION).vital(),
                optional("additionalOperations", Map(&OPERATION)).vital(),
            ],
        ),
    ),
    (
        Kind::Parameter,
        more(
            "Parameter Object",
            &[
                required(
                    "in",
                    OneOf(&["query", "querystring", "header", "path", "cookie"]),
                )
                .vital(),
                optional("content", CONTENT).vital(),
            ],
        ),
    ),
    (
        Kind::RequestBody,
        more(
            "Request Body Object",
            &[required("content", CONTENT).vital()],
        ),
    ),
    (
        Kind::MediaType,
        more(
            "Media Type Object",
            &[
                optional("itemSchema", SCHEMA).shaping(),
                optional("prefixEncoding", List(&ENCODING)),
                optional("itemEncoding", ENCODING),
            ],
        ),
    ),
    (
        Kind::Encoding,
        more(
            "Encoding Object",
            &[
                optional("encoding", Map(&ENCODING)),
                optional("prefixEncoding", List(&ENCODING)),
                optional("itemEncoding", ENCODING),
            ],
        ),
    ),
    (
        Kind::Response,
        more(
            "Response Object",
            &[
                optional("summary", Text),
                optional("description", Text),
                optional("content", CONTENT).shaping(),
            ],
        ),
    ),
    (
        Kind::Example,
        more(
            "Example Object",
            &[
                optional("dataValue", Any),
                optional("serializedValue", Text),
            ],
        ),
    ),
    (
        Kind::Header,
        more("Header Object", &[optional("content", CONTENT).shaping()]),
    ),
    (
        Kind::Tag,
        more(
            "Tag Object",
            &[
                optional("summary", Text),
                optional("parent", Text),
                optional("kind", Text),
            ],
        ),
    ),
    (
        Kind::Discriminator,
        more(
            "Discriminator Object",
            &[optional("defaultMapping", Text).shaping()],
        ),
    ),
    (
        Kind::Xml,
        more(
            "XML Object",
            &[optional(
                "nodeType",
                OneOf(&["element", "attribute", "text", "cdata", "none"]),
            )],
        ),
    ),
    (
        Kind::SecurityScheme,
        more(
            "Security Scheme Object",
            &[
                optional("oauth2MetadataUrl", Text),
                optional("deprecated", Flag),
            ],
        ),
    ),
    (
        Kind::OAuthFlows,
        more(
            "OAuth Flows Object",
            &[optional("deviceAuthorization", Object(Kind::DeviceFlow))],
        ),
    ),
    (
        Kind::DeviceFlow,
        more(
            "OAuth Flow Object",
            &[
                required("deviceAuthorizationUrl", Text),
                required("tokenUrl", Text),
                optional("refreshUrl", Text),
                required("scopes", Map(&Text)),
            ],
        ),
    ),
];
