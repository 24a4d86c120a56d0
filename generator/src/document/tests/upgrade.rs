//! Swagger 2.0: what its objects become, where they are found, and what is said of broken ones.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;

/// A document of Swagger 2.0 from the parts of it that matter, in YAML, and what was reported when it was
/// read.
fn swagger(rest: &str) -> (Document, Diags) {
    let paths = if rest.contains("paths:") {
        ""
    } else {
        "paths: {}\n"
    };
    let text = format!("swagger: '2.0'\ninfo: {{title: Test, version: '1'}}\n{paths}{rest}");
    let diags = Diags::new();
    let document = Document::from_text("test.yaml", text, &diags);
    let document = document.unwrap_or_else(|_| panic!("{}", plain(&diags)));
    (document, diags)
}

/// The node that has this pointer in OpenAPI 3.0.
fn upgraded<'d>(document: &'d Document, pointer: &str) -> NodeRef<'d> {
    let tokens = pointer::tokens(pointer).expect("a pointer");
    tokens.flatten().fold(document.root(), |node, token| {
        let child = match node.is_array() {
            true => node.items().nth(token.parse().expect("an index")),
            false => node.get(&token),
        };
        child.unwrap_or_else(|| panic!("{node:?} has no {token}"))
    })
}

/// What is at a pointer of OpenAPI 3.0, of a document about which nothing is said.
fn becomes(rest: &str, pointer: &str) -> Value {
    let (document, diags) = swagger(rest);
    check(&document, &diags);
    assert!(diags.is_empty(), "{}", plain(&diags));
    upgraded(&document, pointer).to_json()
}

/// An operation with these keys, in YAML.
fn operation(keys: &str) -> String {
    format!("paths:\n  /a:\n    post: {{responses: {{'204': {{description: Done.}}}}, {keys}}}\n")
}

/// What is reported when a document is read and held against its specification.
fn reports(rest: &str) -> String {
    let (document, diags) = swagger(rest);
    check(&document, &diags);
    plain(&diags)
}

#[test]
fn a_root_has_its_parts_elsewhere() {
    let rest = "host: a.example\nbasePath: v1/\nschemes: [ws, HTTP, https]\nconsumes: [a/b]\n\
                definitions: {A: {type: string}}\nx-a: 1\n\
                securityDefinitions: {B: {type: basic}}\n\
                parameters: {Q: {name: q, in: query, type: string}}\n";
    let (document, diags) = swagger(rest);
    assert_eq!(
        document.root().to_json(),
        json!({
            "openapi": "3.0.3",
            "servers": [{"url": "https://a.example/v1"}, {"url": "http://a.example/v1"}],
            "info": {"title": "Test", "version": "1"},
            "paths": {},
            "x-a": 1,
            "components": {
                "schemas": {"A": {"type": "string"}},
                "securitySchemes": {"B": {"type": "http", "scheme": "basic"}},
                "parameters": {"Q": {"name": "q", "in": "query", "schema": {"type": "string"}}},
            },
        })
    );
    assert_eq!(document.version(), Version::OpenApi30);
    assert_eq!(codes(&diags), ["unsupported-feature"]);
}

#[test]
fn servers_are_made_of_what_there_is() {
    for (rest, expected) in [
        ("", json!(null)),
        ("schemes: [http]\n", json!(null)),
        ("basePath: /\n", json!(null)),
        ("basePath: /a/\n", json!([{"url": "/a"}])),
        ("host: a\n", json!([{"url": "https://a"}])),
        ("host: a\nschemes: [http]\n", json!([{"url": "http://a"}])),
        ("host: 'http://a/'\n", json!([{"url": "http://a"}])),
    ] {
        let (document, _) = swagger(rest);
        let servers = document.root().get("servers");
        let servers = servers.map_or(json!(null), NodeRef::to_json);
        assert_eq!(servers, expected, "{rest}");
    }
}

#[test]
fn bodies_are_taken_from_the_parameters() {
    let body = "{name: b, in: body, required: true, schema: {type: string, x-nullable: true}}";
    let rest = operation(&format!("consumes: [a/b, c/d], parameters: [{body}]"));
    assert_eq!(
        becomes(&rest, "/paths/~1a/post"),
        json!({
            "responses": {"204": {"description": "Done."}},
            "parameters": [],
            "requestBody": {
                "required": true,
                "content": {
                    "a/b": {"schema": {"type": "string", "x-nullable": true, "nullable": true}},
                    "c/d": {"schema": {"$ref": "#/paths/~1a/post/parameters/0/schema"}},
                },
            },
        })
    );
}

#[test]
fn fields_are_the_properties_of_a_form() {
    let fields = "{name: f, in: formData, type: file, required: true, description: F.}, \
                  {name: l, in: formData, type: array, items: {type: string}, collectionFormat: multi}";
    let rest = operation(&format!("parameters: [{fields}]"));
    assert_eq!(
        becomes(&rest, "/paths/~1a/post/requestBody"),
        json!({
            "content": {"multipart/form-data": {"schema": {
                "type": "object",
                "required": ["f"],
                "properties": {
                    "f": {"type": "string", "format": "binary", "description": "F."},
                    "l": {"type": "array", "items": {"type": "string"}},
                },
            }}},
            "required": true,
        })
    );
    let list =
        "{name: l, in: formData, type: array, items: {type: string}, collectionFormat: pipes}";
    let rest = operation(&format!("parameters: [{list}]"));
    let form = "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/encoding";
    assert_eq!(
        becomes(&rest, form),
        json!({"l": {"style": "pipeDelimited", "explode": false}})
    );
}

#[test]
fn responses_have_their_schema_in_each_media_type() {
    let rest = "produces: [application/json]\nresponses:\n  A:\n    description: A.\n    \
                schema: {type: string}\n    headers: {H: {type: integer, description: H.}}\n    \
                examples: {application/json: a, c/d: b}\n";
    assert_eq!(
        becomes(rest, "/components/responses/A"),
        json!({
            "description": "A.",
            "headers": {"H": {"description": "H.", "schema": {"type": "integer"}}},
            "content": {"application/json": {"schema": {"type": "string"}, "example": "a"}},
        })
    );
    let file = "paths:\n  /a:\n    get:\n      responses: {'200': {description: A., schema: {type: file}}}\n";
    let pointer = "/paths/~1a/get/responses/200/content";
    let binary = json!({"schema": {"type": "string", "format": "binary"}});
    for (produces, media) in [
        ("", "application/octet-stream"),
        ("produces: [application/json]\n", "*/*"),
        ("produces: [application/json, image/png]\n", "image/png"),
    ] {
        let found = becomes(&format!("{file}{produces}"), pointer);
        assert_eq!(found, json!({media: binary}), "{produces}");
    }
}

#[test]
fn shared_responses_are_in_the_media_types_of_the_document() {
    let rest = "produces: [a/b]\nconsumes: [c/d]\nresponses: {A: {description: A., schema: {type: string}}}\n\
                parameters: {B: {name: b, in: body, schema: {}}}\npaths:\n  /a:\n    get:\n      \
                produces: [e/f]\n      responses: {'200': {$ref: '#/responses/A'}}\n    put:\n      \
                responses: {'200': {$ref: '#/responses/A'}}\n";
    let (document, diags) = swagger(rest);
    assert!(diags.is_empty(), "{}", plain(&diags));
    let media = |pointer: &str| {
        let target = upgraded(&document, pointer).resolve(&diags);
        let content = target.and_then(|target| target.get("content"));
        let content = content.expect("it has content");
        let names: Vec<&str> = content.entries().map(|(name, _)| name).collect();
        names.join(" ")
    };
    assert_eq!(media("/components/responses/A"), "a/b");
    assert_eq!(media("/paths/~1a/put/responses/200"), "a/b");
    assert_eq!(media("/paths/~1a/get/responses/200"), "e/f");
    assert_eq!(media("/components/requestBodies/B"), "c/d");
}

#[test]
fn security_schemes_have_their_flows_by_name() {
    let scheme = |keys: &str| {
        let rest = format!("securityDefinitions: {{S: {{type: oauth2, {keys}}}}}\n");
        let (document, _) = swagger(&rest);
        upgraded(&document, "/components/securitySchemes/S/flows").to_json()
    };
    assert_eq!(
        scheme("flow: accessCode, authorizationUrl: a, tokenUrl: b, scopes: {c: d}"),
        json!({"authorizationCode": {"authorizationUrl": "a", "tokenUrl": "b", "scopes": {"c": "d"}}})
    );
    assert_eq!(
        scheme("flow: application, tokenUrl: b"),
        json!({"clientCredentials": {"tokenUrl": "b"}})
    );
    assert_eq!(
        scheme("authorizationUrl: a"),
        json!({"implicit": {"authorizationUrl": "a"}})
    );
}

#[test]
fn a_discriminator_is_an_object() {
    let rest = "definitions: {A: {type: object, discriminator: kind}}\n";
    assert_eq!(
        becomes(rest, "/components/schemas/A"),
        json!({"type": "object", "discriminator": {"propertyName": "kind"}})
    );
}

#[test]
fn a_reference_may_be_nullable() {
    let rest = "definitions: {A: {type: string}, B: {properties: {a: {$ref: '#/definitions/A', x-nullable: true}}}}\n";
    assert_eq!(
        becomes(rest, "/components/schemas/B/properties/a"),
        json!({"allOf": [{"$ref": "#/definitions/A"}], "nullable": true})
    );
}

/// A document with something of everything.
const ALL: &str = "host: a.example
consumes: [a/b, c/d]
paths:
  /a/{id}:
    parameters:
      - {$ref: '#/parameters/Id'}
    get:
      parameters:
        - {name: b, in: body, schema: {type: object, properties: {a: {type: string}}}}
        - {name: list, in: query, type: array, items: {type: string, enum: [a]}, collectionFormat: multi}
      responses:
        '200': {description: A., schema: {$ref: '#/definitions/A'}, headers: {H: {type: string, enum: [a]}}}
        default: {$ref: '#/responses/Failed'}
  /c:
    parameters: [{name: source, in: formData, type: string, enum: [a]}]
    put:
      parameters: [{$ref: '#/parameters/Field'}, {name: f, in: formData, type: file}]
      responses: {'204': {description: A.}}
  /b:
    post:
      parameters: [{$ref: '#/parameters/Body'}]
      responses: {'204': {description: A.}}
parameters:
  Id: {name: id, in: path, required: true, type: string}
  Field: {name: field, in: formData, type: string, enum: [a, b]}
  Body: {name: body, in: body, schema: {type: object}}
responses:
  Failed: {description: Failed., schema: {type: object, properties: {a: {$ref: '#/definitions/A'}}}}
securityDefinitions: {S: {type: basic}}
definitions:
  A: {type: object, discriminator: kind, properties: {kind: {type: string, x-nullable: true}}}
";

/// A text that is inside an object of the same key is not found by its pointer, but that object is.
const INSIDE: &str = "/discriminator";

#[test]
fn every_node_is_found_by_its_pointer() {
    let (document, _) = swagger(ALL);
    let mut open = vec![document.root()];
    let mut pointers = BTreeSet::new();
    while let Some(node) = open.pop() {
        let pointer = node.pointer();
        if !(pointer.ends_with(INSIDE) && node.as_str().is_some()) {
            assert_eq!(document.at(&pointer), Some(node), "{pointer}");
            assert!(pointers.insert(pointer.clone()), "{pointer} is there twice");
        }
        let diags = Diags::new();
        assert!(node.resolve(&diags).is_some(), "{}", plain(&diags));
        let line = node.place().line_column();
        assert!(line.is_some(), "{pointer} is written somewhere");
        open.extend(node.entries().map(|(_, child)| child));
        open.extend(node.items());
    }
    assert!(pointers.len() > 100);
}

#[test]
fn pointers_and_places_are_those_of_the_text() {
    let (document, _) = swagger(ALL);
    for (found, pointer) in [
        ("/components/schemas/A", "/definitions/A"),
        ("/components/responses/Failed", "/responses/Failed"),
        ("/components/parameters/Id", "/parameters/Id"),
        ("/components/requestBodies/Body", "/parameters/Body"),
        (
            "/components/responses/Failed/content/application~1json/schema",
            "/responses/Failed/schema",
        ),
        (
            "/paths/~1a~1{id}/get/requestBody/content/a~1b/schema",
            "/paths/~1a~1{id}/get/parameters/0/schema",
        ),
        (
            "/paths/~1a~1{id}/get/parameters/0",
            "/paths/~1a~1{id}/get/parameters/1",
        ),
        (
            "/paths/~1a~1{id}/get/parameters/0/schema/items",
            "/paths/~1a~1{id}/get/parameters/1/items",
        ),
        ("/components/securitySchemes/S", "/securityDefinitions/S"),
    ] {
        let node = upgraded(&document, found);
        assert_eq!(node.pointer(), pointer, "{found}");
        assert_eq!(node.place().pointer(), Some(pointer), "{found}");
    }
    // What is made is shown where it was made of.
    let schema = upgraded(&document, "/paths/~1a~1{id}/get/parameters/0/schema");
    assert_eq!(schema.pointer(), "/paths/~1a~1{id}/get/parameters/1/schema");
    assert_eq!(
        schema.place().pointer(),
        Some("/paths/~1a~1{id}/get/parameters/1")
    );
}

#[test]
fn shared_parts_are_referred_to() {
    let (document, diags) = swagger(ALL);
    let end = |pointer: &str| {
        let node = upgraded(&document, pointer);
        node.resolve(&diags).map(NodeRef::pointer)
    };
    let form = "/paths/~1c/put/requestBody/content/multipart~1form-data/schema/properties";
    assert_eq!(
        end(&format!("{form}/field")).as_deref(),
        Some("/parameters/Field")
    );
    assert_eq!(
        end(&format!("{form}/source")).as_deref(),
        Some("/paths/~1c/parameters/0")
    );
    for media in ["a~1b", "c~1d"] {
        let body = format!("/paths/~1b/post/requestBody/content/{media}/schema");
        assert_eq!(end(&body).as_deref(), Some("/parameters/Body/schema"));
    }
}

#[test]
fn what_is_wrong_is_shown_as_it_is_written() {
    let rest = operation("parameters: [{name: q, in: query, tpye: string}]");
    assert_snapshot!(reports(&rest), @r"
    note[missing-key]: the Parameter Object has no `type`; any value is accepted
     --> test.yaml:5:67
      |
    5 |     post: {responses: {'204': {description: Done.}}, parameters: [{name: q, in: query, tpye: string}]}
      |                                                                   ^
      |
      = at: /paths/~1a/post/parameters/0

    note[unknown-key]: `tpye` is no key of the Parameter Object; it is ignored
     --> test.yaml:5:88
      |
    5 |     post: {responses: {'204': {description: Done.}}, parameters: [{name: q, in: query, tpye: string}]}
      |                                                                                        ^^^^
      |
      = at: /paths/~1a/post/parameters/0/tpye
      = help: `type` may have been meant
    ");
}

#[test]
fn an_operation_with_two_bodies_is_left_out() {
    let body = "{name: b, in: body, schema: {}}";
    let field = "{name: f, in: formData, type: string}";
    for parameters in [format!("{body}, {body}"), format!("{body}, {field}")] {
        let rest = operation(&format!("parameters: [{parameters}]"));
        let (document, diags) = swagger(&rest);
        assert_eq!(codes(&diags), ["unreadable-object"]);
        assert!(upgraded(&document, "/paths/~1a").is_empty());
    }
}

#[test]
fn broken_parts_cost_themselves() {
    for rest in [
        "definitions: []\n",
        "definitions: {A: 1, B: [], C: {type: 1, properties: 2, allOf: 3, items: [4]}}\n",
        "parameters: {A: 1, B: {in: body}, C: {in: formData}, D: {$ref: '#/parameters/D'}}\n",
        "responses: {A: 1, B: {schema: 1, headers: 2, examples: 3}}\n",
        "securityDefinitions: {A: 1, B: {type: oauth2, flow: 1}}\n",
        "host: {}\nbasePath: []\nschemes: [1, ftp]\nconsumes: {}\nproduces: [1, {}]\n",
        "paths: {/a: 1, /b: {get: 2, post: {parameters: 3, responses: 4}}}\n",
        "paths: {/a: {parameters: [1, {}, {$ref: x}], get: {responses: {'200': 1, default: {$ref: 1}}}}}\n",
        "paths: {/a: {$ref: '#/paths/~1a'}}\n",
        "paths: []\n",
    ] {
        let (document, diags) = swagger(rest);
        check(&document, &diags);
        assert!(!diags.is_empty(), "{rest}");
    }
}

#[test]
fn other_files_are_upgraded_where_references_lead() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("the file can be written");
    };
    write(
        "first.yaml",
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      \
         parameters: [{$ref: 'other.yaml#/parameters/B'}, {$ref: 'part.yaml#/Q'}]\n      \
         responses: {'200': {$ref: 'part.yaml#/R'}}\n",
    );
    write(
        "other.yaml",
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}\nparameters:\n  \
         B: {name: b, in: body, schema: {$ref: '#/definitions/A'}}\n\
         definitions: {A: {type: object, discriminator: kind}}\n",
    );
    write(
        "part.yaml",
        "Q: {name: q, in: query, type: string}\nR: {description: R., schema: {type: file}}\n",
    );
    let diags = Diags::new();
    let document = Document::read(&folder.path().join("first.yaml"), &diags).expect("it is read");
    check(&document, &diags);
    assert!(diags.is_empty(), "{}", plain(&diags));
    let at = |pointer: &str| {
        let node = upgraded(&document, pointer).resolve(&diags);
        node.expect("it leads somewhere")
    };
    let schema = at("/paths/~1a/post/requestBody/content/application~1json/schema");
    assert_eq!(schema.pointer(), "other.yaml#/definitions/A");
    assert_eq!(
        schema.to_json(),
        json!({"type": "object", "discriminator": {"propertyName": "kind"}})
    );
    let query = at("/paths/~1a/post/parameters/0");
    assert_eq!(query.pointer(), "part.yaml#/Q");
    assert_eq!(
        query.to_json(),
        json!({"name": "q", "in": "query", "schema": {"type": "string"}})
    );
    let reply = at("/paths/~1a/post/responses/200");
    assert_eq!(
        reply.to_json(),
        json!({"description": "R.", "content": {"application/octet-stream": {
            "schema": {"type": "string", "format": "binary"},
        }}})
    );
}

#[test]
fn media_types_cannot_multiply_without_end() {
    let media: Vec<String> = (0..200).map(|i| format!("a/b{i}")).collect();
    let parameter = "parameters: [{name: b, in: body, schema: {}}]";
    let rest = operation(&format!("consumes: [{}], {parameter}", media.join(", ")));
    let (document, diags) = swagger(&rest);
    assert_eq!(codes(&diags), ["unsupported-feature"]);
    let content = upgraded(&document, "/paths/~1a/post/requestBody/content");
    assert_eq!(content.len(), MEDIA_TYPES);
}

/// So many media types are looked at.
const MEDIA_TYPES: usize = 100;
