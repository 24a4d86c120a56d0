//! Holding documents against the specification.

use insta::assert_snapshot;

use super::*;

/// The reports of the check for a document with these parts.
fn checked(rest: &str) -> String {
    let document = document(rest);
    let diags = Diags::new();
    check(&document, &diags);
    plain(&diags)
}

/// For each report its code and the pointer to which it belongs.
fn found(text: &str) -> Vec<String> {
    let diags = Diags::new();
    let document = Document::from_text("a.yaml", text.to_owned(), &diags).expect("it is read");
    check(&document, &diags);
    let found = diags.into_vec().into_iter();
    found
        .map(|diag| format!("{} {}", diag.code, diag.place.pointer().unwrap_or("-")))
        .collect()
}

#[test]
fn a_good_document_has_no_reports() {
    let good = r##"{
        "openapi": "3.0.3",
        "info": {
            "title": "T", "version": "1", "description": "d", "termsOfService": "t",
            "contact": {"name": "n", "url": "u", "email": "e"},
            "license": {"name": "n", "url": "u"}, "x-a": 1
        },
        "servers": [{
            "url": "https://{a}", "description": "d",
            "variables": {"a": {"default": "1", "enum": ["1"], "description": "d"}}
        }],
        "paths": {"x-a": 1, "/a/{b}": {
            "summary": "s", "description": "d", "servers": [], "x-a": {"requestbody": 1},
            "parameters": [{"$ref": "#/components/parameters/P"}],
            "put": {"responses": {}}, "head": {"responses": {}}, "patch": {"responses": {}},
            "delete": {"responses": {}}, "options": {"responses": {}}, "trace": {"responses": {}},
            "post": {"responses": {}},
            "get": {
                "tags": ["t"], "summary": "s", "description": "d", "operationId": "o",
                "externalDocs": {"url": "u", "description": "d"}, "deprecated": true,
                "parameters": [{
                    "name": "q", "in": "query", "description": "d", "required": false,
                    "deprecated": false, "allowEmptyValue": true, "style": "form",
                    "explode": true, "allowReserved": false, "schema": {}, "example": {"a": [1]},
                    "examples": {"e": {"summary": "s", "description": "d", "value": 1}}
                }],
                "requestBody": {"description": "d", "required": true, "content": {"a/b": {
                    "schema": {"$ref": "#/components/schemas/S"}, "example": 1,
                    "examples": {"e": {"externalValue": "u"}},
                    "encoding": {"p": {
                        "contentType": "c", "headers": {"h": {"schema": {}}}, "style": "form",
                        "explode": true, "allowReserved": true
                    }}
                }}},
                "responses": {
                    "200": {
                        "description": "d",
                        "headers": {"h": {
                            "description": "d", "required": true, "deprecated": true,
                            "allowEmptyValue": true, "style": "simple", "explode": true,
                            "allowReserved": true, "content": {"a/b": {}}, "example": 1,
                            "examples": {}
                        }},
                        "content": {"a/b": {}},
                        "links": {"l": {
                            "operationId": "o", "parameters": {"p": 1}, "requestBody": {},
                            "description": "d", "server": {"url": "u"}
                        }, "m": {"operationRef": "r"}}
                    },
                    "4XX": {"$ref": "#/components/responses/R"}, "default": {"description": "d"}
                },
                "callbacks": {"c": {"{$request.body#/url}": {"post": {"responses": {}}}}},
                "security": [{}, {"K": [], "O": ["s"]}], "servers": [{"url": "u"}]
            }
        }},
        "components": {
            "schemas": {"S": {
                "title": "t", "multipleOf": 1, "maximum": 1, "exclusiveMaximum": true,
                "minimum": 0.5, "exclusiveMinimum": false, "maxLength": 1, "minLength": 0,
                "pattern": "p", "maxItems": 1, "minItems": 0, "uniqueItems": true,
                "maxProperties": 1, "minProperties": 0, "required": ["x-bindery-p"],
                "enum": [{"unknown": 1}, null], "type": "object", "allOf": [{}], "oneOf": [{}],
                "anyOf": [{"$ref": "#/components/schemas/S"}], "not": {}, "items": {},
                "properties": {"x-bindery-p": {"type": "string"}, "$ref": {"type": "string"}},
                "additionalProperties": {"$ref": "#/components/schemas/S"}, "description": "d",
                "format": "f", "default": {"unknown": 1}, "nullable": true,
                "discriminator": {"propertyName": "p", "mapping": {"a": "S"}}, "readOnly": true,
                "writeOnly": true,
                "xml": {
                    "name": "n", "namespace": "s", "prefix": "p", "attribute": true,
                    "wrapped": true
                },
                "externalDocs": {"url": "u"}, "example": {"unknown": 1}, "deprecated": true
            }, "N": {"additionalProperties": false}},
            "responses": {"R": {"description": "d"}},
            "parameters": {"P": {
                "name": "b", "in": "path", "required": true, "style": "matrix",
                "content": {"a/b": {}}
            }},
            "examples": {"E": {}}, "requestBodies": {"B": {"content": {}}},
            "headers": {"H": {"schema": {}}}, "links": {"L": {}}, "callbacks": {"C": {}},
            "securitySchemes": {
                "K": {"type": "apiKey", "name": "n", "in": "header", "description": "d"},
                "H": {"type": "http", "scheme": "bearer", "bearerFormat": "b"},
                "I": {"type": "openIdConnect", "openIdConnectUrl": "u"},
                "O": {"type": "oauth2", "flows": {
                    "implicit": {"authorizationUrl": "u", "scopes": {"s": "d"}},
                    "password": {"tokenUrl": "u", "scopes": {}, "refreshUrl": "u"},
                    "clientCredentials": {"tokenUrl": "u", "scopes": {}},
                    "authorizationCode": {"authorizationUrl": "u", "tokenUrl": "u", "scopes": {}}
                }}
            }
        },
        "security": [], "tags": [{"name": "t", "description": "d", "externalDocs": {"url": "u"}}],
        "externalDocs": {"url": "u"}
    }"##;
    assert_eq!(found(good), Vec::<String>::new());
}

#[test]
fn unknown_keys_are_reported_with_the_nearest() {
    assert_snapshot!(checked("components:\n  schemas:\n    Pet: {nulable: true, const: 1, foo: 2}\n"), @r"
    note[unknown-key]: `nulable` is no key of the Schema Object; it is ignored
     --> test.yaml:6:11
      |
    6 |     Pet: {nulable: true, const: 1, foo: 2}
      |           ^^^^^^^
      |
      = at: /components/schemas/Pet/nulable
      = help: `nullable` may have been meant

    note[unknown-key]: `const` is no key of the Schema Object; it is ignored
     --> test.yaml:6:26
      |
    6 |     Pet: {nulable: true, const: 1, foo: 2}
      |                          ^^^^^
      |
      = at: /components/schemas/Pet/const
      = help: the key belongs to OpenAPI 3.1

    note[unknown-key]: `foo` is no key of the Schema Object; it is ignored
     --> test.yaml:6:36
      |
    6 |     Pet: {nulable: true, const: 1, foo: 2}
      |                                    ^^^
      |
      = at: /components/schemas/Pet/foo
      = help: give extensions a name that begins with `x-`
    ");
}

#[test]
fn unknown_keys_are_found_everywhere() {
    let text = "\
openapi: 3.0.3
definitions: {}
info: {title: T, version: '1', z: 1}
paths:
  /a:
    z: 1
    get:
      z: 1
      parameters: [{name: a, in: query, z: 1, schema: {items: {z: 1}}}]
      requestBody: {z: 1, content: {a/b: {z: 1}}}
      responses:
        200: {description: d, z: 1, headers: {h: {z: 1}}, links: {l: {z: 1}}}
      callbacks: {c: {'{$url}': {z: 1}}}
";
    let expected = [
        "unknown-key /definitions",
        "unknown-key /info/z",
        "unknown-key /paths/~1a/z",
        "unknown-key /paths/~1a/get/z",
        "unknown-key /paths/~1a/get/parameters/0/z",
        "unknown-key /paths/~1a/get/parameters/0/schema/items/z",
        "unknown-key /paths/~1a/get/requestBody/z",
        "unknown-key /paths/~1a/get/requestBody/content/a~1b/z",
        "unknown-key /paths/~1a/get/responses/200/z",
        "unknown-key /paths/~1a/get/responses/200/headers/h/z",
        "unknown-key /paths/~1a/get/responses/200/links/l/z",
        "unknown-key /paths/~1a/get/callbacks/c/{$url}/z",
    ];
    let mut found = found(text);
    found.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn values_of_other_types_are_reported_by_what_they_cost() {
    let text = "\
openapi: 3.0.3
info: {title: 12, version: 1.10, contact: me}
paths:
  /a:
    parameters: {a: 1}
    get:
      deprecated: 'true'
      tags: [1, [2]]
      summary:
      responses: []
    put: none
    post:
      security: token
      requestBody: [1]
      parameters:
      responses:
        200:
        201: ok
components:
  schemas:
    A: {maxLength: '12', minLength: -1, maximum: '1e3', uniqueItems: 1, items: [{}], allOf: {}}
    B: {additionalProperties: 'false', properties: [], discriminator: kind, enum: a}
    C:
    D: {xml: 1, default: [], type: 1}
";
    let expected = "\
wrong-type /info/contact
wrong-type /info/title
wrong-type /info/version
wrong-type /paths/~1a/get/deprecated
wrong-type /paths/~1a/get/summary
wrong-type /paths/~1a/get/tags/0
wrong-type /paths/~1a/get/tags/1
wrong-type /paths/~1a/post/parameters
wrong-type /components/schemas/A/maxLength
wrong-type /components/schemas/A/maximum
wrong-type /components/schemas/A/minLength
wrong-type /components/schemas/A/uniqueItems
wrong-type /components/schemas/B/additionalProperties
wrong-type /components/schemas/D/xml
unsupported-response /paths/~1a/get/responses
unsupported-response /paths/~1a/post/responses/200
unsupported-response /paths/~1a/post/responses/201
unsupported-schema /components/schemas/A/allOf
unsupported-schema /components/schemas/A/items
unsupported-schema /components/schemas/B/discriminator
unsupported-schema /components/schemas/B/enum
unsupported-schema /components/schemas/B/properties
unsupported-schema /components/schemas/C
unreadable-object /paths/~1a/parameters
unreadable-object /paths/~1a/post/requestBody
unreadable-object /paths/~1a/post/security
unreadable-object /paths/~1a/put";
    let mut found = found(text);
    found.sort();
    let mut expected: Vec<_> = expected.lines().collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn what_is_read_instead_is_said() {
    let rest = "components:\n  schemas:\n    A: {maxLength: '12', deprecated: 'true', title: 1.10, \
                xml: 1, items: 2}\n";
    assert_snapshot!(checked(rest), @r#"
    note[wrong-type]: `maxLength` is a string, not a whole number from zero; it is read as 12
     --> test.yaml:6:20
      |
    6 |     A: {maxLength: '12', deprecated: 'true', title: 1.10, xml: 1, items: 2}
      |                    ^^^^
      |
      = at: /components/schemas/A/maxLength

    note[wrong-type]: `deprecated` is a string, not a boolean; it is read as true
     --> test.yaml:6:38
      |
    6 |     A: {maxLength: '12', deprecated: 'true', title: 1.10, xml: 1, items: 2}
      |                                      ^^^^^^
      |
      = at: /components/schemas/A/deprecated

    note[wrong-type]: `title` is a number, not a string; it is read as "1.10"
     --> test.yaml:6:53
      |
    6 |     A: {maxLength: '12', deprecated: 'true', title: 1.10, xml: 1, items: 2}
      |                                                     ^^^^
      |
      = at: /components/schemas/A/title

    note[wrong-type]: `xml` is a number, not an object; it is ignored
     --> test.yaml:6:64
      |
    6 |     A: {maxLength: '12', deprecated: 'true', title: 1.10, xml: 1, items: 2}
      |                                                                ^
      |
      = at: /components/schemas/A/xml

    widened[unsupported-schema]: `items` is a number, not an object; it is ignored
     --> test.yaml:6:74
      |
    6 |     A: {maxLength: '12', deprecated: 'true', title: 1.10, xml: 1, items: 2}
      |                                                                          ^
      |
      = at: /components/schemas/A/items
    "#);
}

#[test]
fn values_outside_of_closed_sets_are_reported() {
    let rest = "\
components:
  parameters:
    A: {name: a, in: header, style: form, schema: {}}
    B: {name: b, in: body, schema: {}}
    C: {name: c, in: query, style: spaceDelimitd, schema: {}}
    D: {name: d, in: cookie, style: form, schema: {}}
  securitySchemes:
    S: {type: basic}
";
    assert_snapshot!(checked(rest), @r"
    note[unknown-value]: `style` is `form`, which isn't `simple`; it is ignored
     --> test.yaml:6:37
      |
    6 |     A: {name: a, in: header, style: form, schema: {}}
      |                                     ^^^^
      |
      = at: /components/parameters/A/style

    skipped[unreadable-object]: `in` is `body`, which is none of `query`, `header`, `path`, `cookie`
     --> test.yaml:7:22
      |
    7 |     B: {name: b, in: body, schema: {}}
      |                      ^^^^
      |
      = at: /components/parameters/B/in

    note[unknown-value]: `style` is `spaceDelimitd`, which is none of `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`; it is ignored
     --> test.yaml:8:36
      |
    8 |     C: {name: c, in: query, style: spaceDelimitd, schema: {}}
      |                                    ^^^^^^^^^^^^^
      |
      = at: /components/parameters/C/style
      = help: `spaceDelimited` may have been meant

    skipped[unreadable-object]: `type` is `basic`, which is none of `apiKey`, `http`, `oauth2`, `openIdConnect`
      --> test.yaml:11:15
       |
    11 |     S: {type: basic}
       |               ^^^^^
       |
       = at: /components/securitySchemes/S/type
    ");
}

#[test]
fn missing_keys_are_reported_once_each() {
    let text = "openapi: 3.0.3\npaths:\n  /a:\n    get: {externalDocs: {}}\ntags: [{}]\n";
    let mut found = found(text);
    found.sort();
    assert_eq!(
        found,
        [
            "missing-key ",
            "missing-key /paths/~1a/get",
            "missing-key /paths/~1a/get/externalDocs",
            "missing-key /tags/0",
        ]
    );
}

#[test]
fn siblings_of_references_are_reported() {
    let rest = "\
components:
  schemas:
    A: {properties: {b: {$ref: '#/components/schemas/B', nullable: true, description: d}}}
    B: {}
  responses:
    R: {description: d, $ref: '#/components/responses/S'}
    S: {description: d}
";
    assert_snapshot!(checked(rest), @r"
    note[reference-siblings]: `nullable`, `description` beside `$ref` have no effect
     --> test.yaml:6:58
      |
    6 |     A: {properties: {b: {$ref: '#/components/schemas/B', nullable: true, description: d}}}
      |                                                          ^^^^^^^^
      |
      = at: /components/schemas/A/properties/b/nullable
      = help: wrap the reference: `allOf: [{$ref: …}]`

    note[reference-siblings]: `description` beside `$ref` has no effect
     --> test.yaml:9:9
      |
    9 |     R: {description: d, $ref: '#/components/responses/S'}
      |         ^^^^^^^^^^^
      |
      = at: /components/responses/R/description
      = help: remove what is beside it, or write the object out
    ");
}

#[test]
fn references_are_followed_and_checked_once() {
    let text = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters:
        - {$ref: '#/x-parameters/P'}
        - {$ref: '#/x-parameters/P'}
      responses:
        200: {$ref: '#/gone'}
        201: {$ref: '#/gone'}
x-parameters:
  P: {name: p, in: query, schema: {$ref: '#/definitions/S'}}
definitions:
  S: {z: 1, properties: {s: {$ref: '#/definitions/S'}}}
";
    let mut found = found(text);
    found.sort();
    assert_eq!(
        found,
        [
            "dangling-reference /paths/~1a/get/responses/200/$ref",
            "dangling-reference /paths/~1a/get/responses/201/$ref",
            "unknown-key /definitions",
            "unknown-key /definitions/S/z",
        ]
    );
}

#[test]
fn reserved_extensions_are_errors() {
    assert_snapshot!(checked("x-bindery-runtime: /etc/passwd\n"), @r"
    error[invalid-extension]: `x-bindery-runtime`: keys with `x-bindery-` are the generator's own
     --> test.yaml:4:1
      |
    4 | x-bindery-runtime: /etc/passwd
      | ^^^^^^^^^^^^^^^^^
      |
      = at: /x-bindery-runtime
      = help: remove the key
    ");
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1', x-bindery-a: 1}\npaths:\n  \
                x-bindery-b: 1\n  /a: {get: {x-bindery-c: 1, responses: {x-bindery-d: 1}}}\n";
    assert_eq!(found(text).len(), 4);
    assert!(
        found(text)
            .iter()
            .all(|found| found.starts_with("invalid-extension "))
    );
}

#[test]
fn keys_of_maps_are_free() {
    let rest = "components:\n  schemas: {x-bindery-a: {}, $ref: {type: string}, x-b: {z: 1}}\n";
    let document = document(rest);
    let diags = Diags::new();
    check(&document, &diags);
    assert_eq!(codes(&diags), ["unknown-key"], "{}", plain(&diags));
}
