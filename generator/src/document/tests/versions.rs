//! What OpenAPI 3.1 and 3.2 have that 3.0 has not: their objects, their schemas, their references.

use insta::assert_snapshot;

use super::*;

/// A document of a version from the parts of it that matter, in YAML.
fn document_of(version: &str, rest: &str) -> Document {
    let text = format!("openapi: {version}\ninfo: {{title: Test, version: '1'}}\n{rest}");
    let diags = Diags::new();
    let document = Document::from_text("test.yaml", text, &diags);
    let document = document.unwrap_or_else(|_| panic!("{}", plain(&diags)));
    assert!(diags.is_empty(), "{}", plain(&diags));
    document
}

/// The reports of the check.
fn checked(version: &str, rest: &str) -> String {
    let document = document_of(version, rest);
    let diags = Diags::new();
    check(&document, &diags);
    plain(&diags)
}

/// What `look` finds in the schema `S` among `schemas`, and the codes that were reported.
fn schema_31<T>(schemas: &str, look: impl for<'d> FnOnce(Schema<'d>, Vec<&'static str>) -> T) -> T {
    let document = document_of("3.1.0", &format!("components:\n  schemas: {schemas}\n"));
    let diags = Diags::new();
    let node = document.at("/components/schemas/S").expect("is there");
    let schema = read_schema(node, &diags).expect("is a schema");
    look(schema, codes(&diags))
}

#[test]
fn a_good_document_of_31_has_no_reports() {
    let good = r##"{
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "webhooks": {"w": {"post": {"description": "d"}}, "v": {"$ref": "#/components/pathItems/I"}},
        "components": {
            "pathItems": {"I": {"get": {}, "$ref": "#/components/pathItems/J", "summary": "s"}, "J": {}},
            "parameters": {"P": {"name": "p", "in": "query", "schema": true}},
            "securitySchemes": {"M": {"type": "mutualTLS"}},
            "responses": {"R": {
                "description": "d", "headers": {"h": {"schema": false}},
                "content": {"a/b": {"schema": {"$ref": "#/components/schemas/S", "title": "t"}}}
            }, "Q": {"$ref": "#/components/responses/R", "description": "d", "summary": "s"}},
            "schemas": {"T": true, "S": {
                "$schema": "s", "$vocabulary": {"v": true}, "$id": "i", "$anchor": "a",
                "$dynamicAnchor": "b", "$ref": "#/components/schemas/T", "$dynamicRef": "#b",
                "$defs": {"d": {}}, "$comment": "c", "allOf": [true], "anyOf": [{}], "oneOf": [{}],
                "not": false, "if": {}, "then": {}, "else": {}, "dependentSchemas": {"a": {}},
                "prefixItems": [{}, true], "items": false, "contains": {}, "properties": {"a": true},
                "patternProperties": {"^a": {}}, "additionalProperties": false, "propertyNames": {},
                "unevaluatedItems": false, "unevaluatedProperties": {}, "type": ["string", "null"],
                "enum": [null], "const": null, "multipleOf": 1, "maximum": 1, "exclusiveMaximum": 1,
                "minimum": 1, "exclusiveMinimum": 1, "maxLength": 1, "minLength": 1, "pattern": "p",
                "maxItems": 1, "minItems": 1, "uniqueItems": true, "maxContains": 1, "minContains": 1,
                "maxProperties": 1, "minProperties": 1, "required": ["a"],
                "dependentRequired": {"a": ["b"]}, "title": "t", "description": "d", "default": 1,
                "deprecated": true, "readOnly": true, "writeOnly": true, "examples": [1],
                "format": "f", "contentEncoding": "base64", "contentMediaType": "a/b",
                "contentSchema": {}, "discriminator": {"propertyName": "p"}, "xml": {},
                "externalDocs": {"url": "u"}, "example": 1, "definitions": {}, "anyOtherWord": {}
            }}
        }
    }"##;
    let text = good.replacen(
        '{',
        r#"{"openapi": "3.1.1",
           "info": {"title": "t", "version": "1", "summary": "s", "license": {"name": "n", "identifier": "i"}},"#,
        1,
    );
    let diags = Diags::new();
    let document = Document::from_text("a.json", text, &diags).expect("it is read");
    check(&document, &diags);
    assert_eq!(plain(&diags), "");
}

#[test]
fn a_good_document_of_32_has_no_reports() {
    let good = r##"
$self: https://example.com/api
servers: [{url: u, name: n}]
tags: [{name: a, summary: s, kind: nav}, {name: b, parent: a}]
paths:
  /a:
    query: {requestBody: {content: {a/b: {$ref: '#/components/mediaTypes/M'}}}}
    additionalOperations: {COPY: {responses: {'200': {summary: s}}}}
    get:
      parameters:
        - {name: q, in: querystring, content: {a/b: {}}}
        - {name: c, in: cookie, style: cookie}
components:
  mediaTypes:
    M:
      itemSchema: {$ref: '#/components/schemas/S'}
      itemEncoding: {contentType: c, encoding: {a: {}}, prefixEncoding: [{}], itemEncoding: {}}
      prefixEncoding: [{}]
  examples: {E: {dataValue: {a: 1}, serializedValue: s}}
  schemas:
    S: {discriminator: {propertyName: p, defaultMapping: S}, xml: {nodeType: element}}
  securitySchemes:
    O:
      type: oauth2
      deprecated: true
      oauth2MetadataUrl: u
      flows: {deviceAuthorization: {deviceAuthorizationUrl: u, tokenUrl: t, scopes: {}}}
"##;
    assert_eq!(checked("3.2.0", good), "");
}

#[test]
fn keys_of_later_versions_are_unknown_to_earlier_ones() {
    assert_snapshot!(checked("3.1.0", "paths: {/a: {query: {}}}\n"), @r"
    note[unknown-key]: `query` is no key of the Path Item Object; it is ignored
     --> test.yaml:3:14
      |
    3 | paths: {/a: {query: {}}}
      |              ^^^^^
      |
      = at: /paths/~1a/query
      = help: the key belongs to OpenAPI 3.2
    ");
    assert_snapshot!(checked("3.0.3", "paths: {}\nwebhooks: {}\n"), @r"
    note[unknown-key]: `webhooks` is no key of the OpenAPI Object; it is ignored
     --> test.yaml:4:1
      |
    4 | webhooks: {}
      | ^^^^^^^^
      |
      = at: /webhooks
      = help: the key belongs to OpenAPI 3.1
    ");
}

#[test]
fn what_is_wrong_in_31_is_reported() {
    let wrong = "servers: [{url: u, variables: {v: {default: d, enum: []}}}]\n\
                 components:\n  schemas:\n    A: {nullable: true, propertes: {}}\n    B: {nullable: true}\n    \
                 C: {properties: {a: 1}, $ref: '#/components/schemas/D'}\n  responses:\n    \
                 R: {$ref: '#/components/responses/S', content: {}}\n    S: {}\n";
    let document = document_of("3.1.0", wrong);
    let diags = Diags::new();
    check(&document, &diags);
    let mut found: Vec<_> = diags
        .snapshot()
        .iter()
        .map(|diag| format!("{} {}", diag.code, diag.place.pointer().unwrap_or("-")))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "dangling-reference /components/schemas/C/$ref",
            "missing-key /components/responses/S",
            "reference-siblings /components/responses/R/content",
            "unknown-key /components/schemas/A/propertes",
            // Once for the document.
            "unknown-key /components/schemas/B/nullable",
            "unsupported-schema /components/schemas/C/properties/a",
            "wrong-type /servers/0/variables/v/enum",
        ]
    );
}

#[test]
fn keywords_of_2020_12_are_read() {
    let schemas = "{S: {type: [object, 'null', array], const: 1, prefixItems: [{}, true], \
                   patternProperties: {a: {}}, propertyNames: {}, unevaluatedProperties: false, \
                   unevaluatedItems: {}, contains: {}, minContains: 1, maxContains: 2, if: {}, then: {}, \
                   else: {}, dependentRequired: {a: [b, c]}, dependentSchemas: {a: {}}, \
                   contentEncoding: base64, contentMediaType: a/b, contentSchema: {}, example: 0, \
                   examples: [1, 2], $defs: {d: {}}, definitions: {e: {}}, exclusiveMinimum: 1, \
                   exclusiveMaximum: 2, minimum: 0}}";
    schema_31(schemas, |schema, codes| {
        assert_eq!(codes, Vec::<&str>::new());
        let types: Vec<_> = schema.types.names().collect();
        assert_eq!(types, ["null", "array", "object"]);
        assert!(schema.nullable && !schema.never);
        assert_eq!(schema.constant.and_then(NodeRef::as_i64), Some(1));
        assert_eq!(schema.enumeration.map(|values| values.len()), Some(1));
        assert_eq!((schema.prefix_items.len(), schema.examples.len()), (2, 3));
        let limits = schema.limits;
        assert_eq!(limits.exclusive_minimum, Some(Number::Integer(1)));
        assert_eq!(limits.exclusive_maximum, Some(Number::Integer(2)));
        assert_eq!(limits.minimum, Some(Number::Integer(0)));
        let more = schema.more;
        assert_eq!(more.definitions.len(), 2);
        assert_eq!(more.pattern_properties.len(), 1);
        assert_eq!(more.unevaluated_properties, Additional::Denied);
        assert!(matches!(more.unevaluated_items, Additional::Schema(_)));
        assert_eq!((more.min_contains, more.max_contains), (Some(1), Some(2)));
        assert!(more.condition.is_some() && more.then.is_some() && more.otherwise.is_some());
        assert!(more.property_names.is_some() && more.contains.is_some());
        assert_eq!(more.dependent_required, [("a", vec!["b", "c"])]);
        assert_eq!(more.dependent_schemas.len(), 1);
        assert_eq!(more.content_encoding, Some("base64"));
        assert_eq!(more.content_media_type, Some("a/b"));
        assert!(more.content_schema.is_some());
        assert_eq!(schema.format, Some("byte"));
    });
}

#[test]
fn booleans_are_schemas_from_31_on() {
    schema_31("{S: true}", |schema, codes| {
        assert!(!schema.never && schema.types.is_empty() && codes.is_empty());
    });
    schema_31("{S: false}", |schema, codes| {
        assert!(schema.never && codes.is_empty());
    });
}

#[test]
fn forms_of_older_versions_are_understood() {
    schema_31("{S: {type: string, nullable: true}}", |schema, codes| {
        assert!(
            schema.nullable && codes.is_empty(),
            "the check says it once"
        );
    });
    schema_31(
        "{S: {minimum: 1, exclusiveMinimum: true}}",
        |schema, codes| {
            assert_eq!(schema.limits.exclusive_minimum, Some(Number::Integer(1)));
            assert_eq!((schema.limits.minimum, codes), (None, vec!["wrong-type"]));
        },
    );
    schema_31("{S: {items: [{}, {}]}}", |schema, codes| {
        assert_eq!((schema.prefix_items.len(), codes), (2, vec!["wrong-type"]));
        assert!(schema.items.is_none() && schema.types == TypeSet::ARRAY);
    });
    schema_31("{S: {type: [string, null]}}", |schema, codes| {
        assert!(schema.nullable && schema.types.contains(TypeSet::STRING));
        assert_eq!(codes, ["wrong-type"]);
    });
    schema_31("{S: {type: null, properties: {a: {}}}}", |schema, codes| {
        assert_eq!((schema.types, codes), (TypeSet::OBJECT, vec!["wrong-type"]));
    });
}

#[test]
fn content_of_strings_is_a_format() {
    for (keywords, format) in [
        ("contentMediaType: image/png", Some("binary")),
        ("contentMediaType: application/json", None),
        (
            "contentMediaType: image/png, contentEncoding: base64",
            Some("byte"),
        ),
        ("contentEncoding: quoted-printable", None),
        ("contentEncoding: base64, format: own", Some("own")),
    ] {
        let found = schema_31(&format!("{{S: {{{keywords}}}}}"), |schema, _| {
            schema.format.map(str::to_owned)
        });
        assert_eq!(found.as_deref(), format, "{keywords}");
    }
}

#[test]
fn what_stands_beside_a_reference_counts() {
    let schemas =
        "{S: {$ref: '#/components/schemas/T', description: d, allOf: [{}]}, T: {type: string}}";
    schema_31(schemas, |schema, codes| {
        assert_eq!(codes, Vec::<&str>::new());
        assert_eq!(schema.description, Some("d"));
        let target = schema.reference.expect("it leads somewhere");
        assert_eq!(target.pointer(), "/components/schemas/T");
        let [first, _] = schema.all_of.as_slice() else {
            panic!("both count");
        };
        assert_eq!(first.pointer(), "/components/schemas/S/$ref");
        assert_eq!(first.reference(), Some("#/components/schemas/T"));
        assert_eq!(first.resolve(&Diags::new()), Some(target));
    });
    schema_31("{S: {$ref: '#/gone', type: string}}", |schema, codes| {
        assert!(schema.reference.is_none() && schema.all_of.is_empty());
        assert_eq!(codes, ["dangling-reference"]);
    });
    schema_31(
        "{S: {$dynamicRef: '#t'}, T: {$dynamicAnchor: t}}",
        |schema, codes| {
            assert_eq!((schema.all_of.len(), codes), (1, vec![]));
        },
    );
}

#[test]
fn reference_objects_are_told_from_schemas() {
    let is_reference = |version: &str, object: &str| {
        let document = document_of(version, &format!("x-v: {object}\n"));
        let node = document.root().get("x-v").expect("is there");
        node.reference().is_some()
    };
    for (object, expected) in [
        ("{$ref: '#/components/schemas/A'}", true),
        ("{$ref: '#/components/schemas/A', description: d}", false),
        ("{$ref: '#/$defs/A', type: string}", false),
        ("{$ref: '#/components/parameters/A', description: d}", true),
        ("{$ref: '#/components/parameters/A', required: true}", true),
        ("{$ref: '#/components/pathItems/A', get: {}}", false),
        ("{$ref: 'a.yaml', description: d}", true),
        ("{$ref: 'a.yaml', title: d}", false),
        ("{$ref: {type: string}}", false),
    ] {
        assert_eq!(is_reference("3.1.0", object), expected, "{object}");
        let in_30 = object != "{$ref: {type: string}}";
        assert_eq!(is_reference("3.0.3", object), in_30, "{object}");
    }
}

#[test]
fn schemas_are_found_by_the_names_they_give_themselves() {
    let rest = r##"
$self: https://example.com/v1/api
x-refs:
  anchor: {$ref: '#pet'}
  id: {$ref: 'https://schemas.example.com/pet'}
  relative: {$ref: '../schemas/owner'}
  within: {$ref: 'https://schemas.example.com/pet#/$defs/name'}
  self: {$ref: 'https://example.com/v1/api#/components/schemas/Owner'}
  gone: {$ref: '#cat'}
  remote: {$ref: 'https://schemas.example.com/cat'}
components:
  schemas:
    Pet:
      $id: https://schemas.example.com/pet
      $anchor: pet
      properties:
        name: {$ref: '#/$defs/name'}
        owner: {$ref: '#/components/schemas/Owner'}
        other: {$ref: 'owner'}
      $defs: {name: {type: string}}
    Owner: {$id: /schemas/owner}
    Other: {$id: https://schemas.example.com/owner}
"##;
    let document = document_of("3.2.0", rest);
    let leads_to = |pointer: &str| {
        let diags = Diags::new();
        let node = document.at(pointer).expect("is there");
        match node.resolve(&diags) {
            Some(target) => target.pointer(),
            None => codes(&diags).join(" "),
        }
    };
    for (reference, target) in [
        ("/x-refs/anchor", "/components/schemas/Pet"),
        ("/x-refs/id", "/components/schemas/Pet"),
        ("/x-refs/relative", "/components/schemas/Owner"),
        ("/x-refs/within", "/components/schemas/Pet/$defs/name"),
        ("/x-refs/self", "/components/schemas/Owner"),
        ("/x-refs/gone", "dangling-reference"),
        ("/x-refs/remote", "remote-reference"),
        (
            "/components/schemas/Pet/properties/name",
            "/components/schemas/Pet/$defs/name",
        ),
        (
            "/components/schemas/Pet/properties/owner",
            "/components/schemas/Owner",
        ),
        (
            "/components/schemas/Pet/properties/other",
            "/components/schemas/Other",
        ),
    ] {
        assert_eq!(leads_to(reference), target, "{reference}");
    }
}

#[test]
fn views_show_what_the_crate_has_a_word_for() {
    let document = document_of(
        "3.2.0",
        "x-o: {responses: {'200': {summary: s}}, requestBody: {content: {}}}\nx-e: {}\n\
         x-r: {content: {a/b: {$ref: x}}, summary: s}\n\
         x-p: {name: p, in: cookie, style: cookie, schema: true}\n\
         x-i: {query: {}, additionalOperations: {COPY: {}}, get: {}, $ref: a, summary: s}\n",
    );
    let node = |key| document.root().get(key).expect("is there");
    let diags = Diags::new();
    let operation: openapiv3::Operation =
        node("x-o").view(Kind::Operation, &diags).expect("a view");
    assert_eq!(operation.responses.responses.len(), 1);
    let empty: openapiv3::Operation = node("x-e").view(Kind::Operation, &diags).expect("a view");
    assert_eq!(empty.responses.responses.len(), 0);
    let response: openapiv3::Response = node("x-r").view(Kind::Response, &diags).expect("a view");
    assert_eq!(
        (response.description.as_str(), response.content.len()),
        ("", 1)
    );
    let item: openapiv3::PathItem = node("x-i").view(Kind::PathItem, &diags).expect("a view");
    assert_eq!(item.iter().count(), 1);
    assert!(diags.is_empty(), "{}", plain(&diags));
    let parameter: openapiv3::Parameter =
        node("x-p").view(Kind::Parameter, &diags).expect("a view");
    let openapiv3::ParameterSchemaOrContent::Schema(schema) =
        &parameter.parameter_data_ref().format
    else {
        panic!("the parameter has a schema");
    };
    let schema = document.child(schema).expect("a child");
    assert_eq!(schema.pointer(), "/x-p/schema");
    assert!(diags.is_empty(), "{}", plain(&diags));
}

#[test]
fn a_newer_version_is_read_as_the_newest_known() {
    let diags = Diags::new();
    let text = "openapi: 3.7.0\ninfo: {title: T, version: '1'}\n".to_owned();
    let document = Document::from_text("a.yaml", text, &diags).expect("it is read");
    assert_eq!(document.version(), Version::OpenApi32);
    assert_eq!(codes(&diags), ["unknown-version"]);
    assert_eq!(document.version().name(), "OpenAPI 3.2");
}
