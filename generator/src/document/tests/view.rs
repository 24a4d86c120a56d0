//! Typed views: every kind whole and with broken parts, and what a view never shows.

use insta::assert_snapshot;
use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;

use super::*;

/// A view of an object written in YAML, and the codes that were reported.
fn view<T: DeserializeOwned>(kind: Kind, object: &str) -> (Option<T>, Vec<&'static str>) {
    let document = document(&format!("x-v: {object}\n"));
    let diags = Diags::new();
    let view = document
        .root()
        .get("x-v")
        .expect("is there")
        .view(kind, &diags);
    (view, codes(&diags))
}

/// A view that must be there without any report.
fn whole<T: DeserializeOwned>(kind: Kind, object: &str) -> T {
    let (view, codes) = view(kind, object);
    assert_eq!(codes, Vec::<&str>::new(), "{object}");
    view.unwrap_or_else(|| panic!("no view of {object}"))
}

/// A view that must be there, and what was reported.
fn part<T: DeserializeOwned>(kind: Kind, object: &str) -> (T, Vec<&'static str>) {
    let (view, codes) = view(kind, object);
    (
        view.unwrap_or_else(|| panic!("no view of {object}: {codes:?}")),
        codes,
    )
}

/// What is reported of an object of which there is no view.
fn none<T: DeserializeOwned>(kind: Kind, object: &str) -> Vec<&'static str> {
    let (view, codes) = view::<T>(kind, object);
    assert!(view.is_none(), "there is a view of {object}");
    codes
}

fn reference<T>(reference: &ReferenceOr<T>) -> &str {
    match reference {
        ReferenceOr::Reference { reference } => reference,
        ReferenceOr::Item(_) => panic!("the view is not shallow"),
    }
}

#[test]
fn children_are_references_to_their_places() {
    let document =
        document("x-v: {parameters: [{name: a, in: query}, {$ref: '#/x/y'}], 'a/b~c': 1}");
    let diags = Diags::new();
    let node = document.root().get("x-v").expect("is there");
    let item: openapiv3::PathItem = node.view(Kind::PathItem, &diags).expect("a view");
    assert_eq!(reference(&item.parameters[0]), "#/x-v/parameters/0");
    assert_eq!(reference(&item.parameters[1]), "#/x-v/parameters/1");
    let child = document.child(&item.parameters[1]).expect("a child");
    assert_eq!(
        (child.pointer().as_str(), child.reference()),
        ("/x-v/parameters/1", Some("#/x/y"))
    );
    assert_eq!(document.child(&ReferenceOr::Item(1)), None);
    assert_eq!(document.child(&ReferenceOr::<u8>::ref_("#/gone")), None);
    assert_eq!(document.child(&ReferenceOr::<u8>::ref_("gone")), None);
}

#[test]
fn path_items() {
    let object =
        "{summary: s, description: d, get: {z: 1}, post: {}, servers: [{url: u}], x-a: 1, z: 1}";
    let item: openapiv3::PathItem = whole(Kind::PathItem, object);
    let methods: Vec<_> = item.iter().map(|(method, _)| method).collect();
    assert_eq!(methods, ["get", "post"]);
    assert_eq!(
        (
            item.summary.as_deref(),
            item.servers.len(),
            item.extensions.len()
        ),
        (Some("s"), 1, 1)
    );
    let operation = item.get.expect("is there");
    assert_eq!(
        operation,
        openapiv3::Operation::default(),
        "contents are not shown"
    );

    assert_eq!(
        none::<openapiv3::PathItem>(Kind::PathItem, "{parameters: 1}"),
        ["unreadable-object"]
    );
    assert_eq!(
        none::<openapiv3::PathItem>(Kind::PathItem, "{get: []}"),
        ["unreadable-object"]
    );
}

#[test]
fn operations() {
    let object = "{tags: [b, a], operationId: o, requestBody: {z: 1}, deprecated: true, \
                  responses: {default: {}, 204: {}, 4xx: {$ref: x}, default-cors: 1, x-a: 1}, \
                  callbacks: {c: {'{$url}': {get: {}}}}, externalDocs: {url: u}, \
                  security: [{}, {b: [], a: [s]}], servers: [{url: u}], x-b: {c: [1.5, null]}}";
    let operation: openapiv3::Operation = whole(Kind::Operation, object);
    assert_eq!(operation.tags, ["b", "a"]);
    let statuses: Vec<_> = operation
        .responses
        .responses
        .keys()
        .map(ToString::to_string)
        .collect();
    assert_eq!(statuses, ["204", "4XX"]);
    let not_found = operation
        .responses
        .responses
        .values()
        .last()
        .expect("is there");
    assert_eq!(reference(not_found), "#/x-v/responses/4xx");
    assert_eq!(
        reference(operation.responses.default.as_ref().expect("is there")),
        "#/x-v/responses/default"
    );
    assert_eq!(
        reference(operation.request_body.as_ref().expect("is there")),
        "#/x-v/requestBody"
    );
    assert!(
        operation.callbacks["c"].is_empty(),
        "contents are not shown"
    );
    let security = operation.security.expect("is there");
    assert!(security[0].is_empty());
    assert_eq!(security[1].keys().collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(security[1]["a"], ["s"]);
    assert_eq!(
        operation.extensions["x-b"],
        serde_json::json!({"c": [1.5, null]})
    );
}

#[test]
fn operations_survive_harmless_damage() {
    let damaged = "{tags: nope, summary: 1, description: [], deprecated: 'true', externalDocs: {}, \
                   servers: [{url: u}, 1, {}], responses: [], callbacks: 1, parameters: , security: }";
    let (operation, codes) = part::<openapiv3::Operation>(Kind::Operation, damaged);
    assert_eq!(
        (operation.tags.len(), operation.summary.as_deref()),
        (0, Some("1"))
    );
    assert!(
        operation.deprecated
            && operation.description.is_none()
            && operation.external_docs.is_none()
    );
    assert_eq!(
        (operation.servers.len(), operation.responses.responses.len()),
        (1, 0)
    );
    assert!(
        operation.security.is_none(),
        "as if it were not there, so that of the document holds"
    );
    let expected = [
        "wrong-type",
        "wrong-type",
        "wrong-type",
        "wrong-type",
        "missing-key",
        "wrong-type",
        "missing-key",
        "unsupported-response",
        "wrong-type",
        "wrong-type",
        "wrong-type",
    ];
    assert_eq!(codes, expected);
    let (operation, _) = part::<openapiv3::Operation>(Kind::Operation, "{}");
    assert_eq!(operation, openapiv3::Operation::default());
}

#[test]
fn operations_never_lose_what_is_vital() {
    for object in [
        "{parameters: {a: 1}}",
        "{parameters: [a]}",
        "{parameters: [null]}",
        "{requestBody: [1]}",
        "{security: token}",
        "{security: {token: []}}",
        "{security: [token]}",
        "{security: [null]}",
    ] {
        assert_eq!(
            none::<openapiv3::Operation>(Kind::Operation, object),
            ["unreadable-object"],
            "{object}"
        );
    }
    // A scheme is required even if its scopes can't be read.
    let (operation, codes) =
        part::<openapiv3::Operation>(Kind::Operation, "{security: [{a: , b: all, c: [s, [t]]}]}");
    let security = operation.security.expect("is there");
    assert_eq!(security[0].keys().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(security[0]["c"], ["s"]);
    assert_eq!(codes, ["wrong-type"; 3]);
}

#[test]
fn parameters() {
    use openapiv3::{Parameter, ParameterSchemaOrContent, QueryStyle};
    let object = "{name: q, in: query, required: true, style: deepObject, explode: true, \
                  schema: {type: string}, example: {a: [1]}, examples: {e: {value: 1}}, x-a: 1, \
                  allowReserved: true, allowEmptyValue: true, deprecated: false, description: d}";
    let Parameter::Query {
        parameter_data: data,
        allow_reserved,
        style,
        allow_empty_value,
    } = whole(Kind::Parameter, object)
    else {
        panic!("it is in the query")
    };
    assert_eq!(
        (data.name.as_str(), data.required, data.explode),
        ("q", true, Some(true))
    );
    assert_eq!(
        (style, allow_reserved, allow_empty_value),
        (QueryStyle::DeepObject, true, Some(true))
    );
    let ParameterSchemaOrContent::Schema(schema) = &data.format else {
        panic!("it has a schema")
    };
    assert_eq!(reference(schema), "#/x-v/schema");
    assert_eq!(reference(&data.examples["e"]), "#/x-v/examples/e");
    assert_eq!(data.example, Some(serde_json::json!({"a": [1]})));

    let parameter: Parameter = whole(
        Kind::Parameter,
        "{name: p, in: path, content: {a/b: {schema: {}}}}",
    );
    let ParameterSchemaOrContent::Content(content) = &parameter.parameter_data_ref().format else {
        panic!("it has content")
    };
    assert_eq!(
        content["a/b"],
        openapiv3::MediaType::default(),
        "contents are not shown"
    );
    assert!(matches!(parameter, Parameter::Path { .. }));

    for (object, expected) in [
        ("{name: h, in: header}", vec![]),
        (
            "{name: c, in: cookie, style: simple}",
            vec!["unknown-value"],
        ),
        (
            "{name: 5, in: header, style: form, schema: x}",
            vec!["wrong-type", "unknown-value", "unsupported-schema"],
        ),
    ] {
        let (parameter, codes) = part::<Parameter>(Kind::Parameter, object);
        assert_eq!(codes, expected, "{object}");
        let format = &parameter.parameter_data_ref().format;
        let ParameterSchemaOrContent::Content(content) = format else {
            panic!("nothing describes {object}")
        };
        assert!(content.is_empty());
    }
}

#[test]
fn parameters_need_a_name_and_a_place() {
    for object in [
        "{in: query}",
        "{name: q}",
        "{name: q, in: body}",
        "{name: q, in: }",
        "{name: [q], in: query}",
        "{name: q, in: query, content: 1}",
    ] {
        let codes = none::<openapiv3::Parameter>(Kind::Parameter, object);
        assert!(codes.contains(&"unreadable-object"), "{object}: {codes:?}");
    }
    let document = document("x-v:\n  in: query\n  schema: {}\n");
    let diags = Diags::new();
    let node = document.root().get("x-v").expect("is there");
    assert!(
        node.view::<openapiv3::Parameter>(Kind::Parameter, &diags)
            .is_none()
    );
    assert_snapshot!(plain(&diags), @r"
    skipped[unreadable-object]: the Parameter Object has no `name`
     --> test.yaml:4:1
      |
    4 | x-v:
      | ^^^
      |
      = at: /x-v
    ");
}

#[test]
fn bodies_media_types_and_encodings() {
    let object = "{required: true, content: {b/c: {schema: {}}, a/b: {}}}";
    let body: openapiv3::RequestBody = whole(Kind::RequestBody, object);
    assert!(body.required);
    assert_eq!(body.content.keys().collect::<Vec<_>>(), ["b/c", "a/b"]);
    assert!(
        body.content["b/c"].schema.is_none(),
        "contents are not shown"
    );
    let (body, codes) = part::<openapiv3::RequestBody>(Kind::RequestBody, "{}");
    assert!(body.content.is_empty() && codes.is_empty());
    assert_eq!(
        none::<openapiv3::RequestBody>(Kind::RequestBody, "{content: 1}"),
        ["unreadable-object"]
    );
    assert_eq!(
        none::<openapiv3::RequestBody>(Kind::RequestBody, "{content: {a/b: 1}}"),
        ["unreadable-object"]
    );

    let object = "{schema: {}, example: 1, examples: {e: {}}, encoding: {p: {contentType: c, \
                  headers: {h: {}}, style: deepObject, explode: true, allowReserved: true}, q: 1, \
                  r: {style: simple}}}";
    let (media, codes) = part::<openapiv3::MediaType>(Kind::MediaType, object);
    assert_eq!(codes, ["wrong-type", "unknown-value"]);
    assert_eq!(
        reference(media.schema.as_ref().expect("is there")),
        "#/x-v/schema"
    );
    assert_eq!(media.encoding.keys().collect::<Vec<_>>(), ["p", "r"]);
    let encoding = &media.encoding["p"];
    assert_eq!(
        reference(&encoding.headers["h"]),
        "#/x-v/encoding/p/headers/h"
    );
    assert!(encoding.explode && encoding.allow_reserved && encoding.style.is_some());
    let (media, codes) = part::<openapiv3::MediaType>(Kind::MediaType, "{schema: true}");
    assert!(media.schema.is_none());
    assert_eq!(codes, ["unsupported-schema"]);
    let encoding: openapiv3::Encoding = whole(Kind::Encoding, "{contentType: a/b}");
    assert_eq!(encoding.content_type.as_deref(), Some("a/b"));
}

#[test]
fn responses_and_headers() {
    let object =
        "{description: d, headers: {h: {schema: {}}}, content: {a/b: {z: 1}}, links: {l: {}}}";
    let response: openapiv3::Response = whole(Kind::Response, object);
    assert_eq!(reference(&response.headers["h"]), "#/x-v/headers/h");
    assert_eq!(reference(&response.links["l"]), "#/x-v/links/l");
    assert!(response.content["a/b"].extensions.is_empty());
    let (response, codes) =
        part::<openapiv3::Response>(Kind::Response, "{headers: [], content: 1, links: {l: 1}}");
    assert_eq!(
        (response.description.as_str(), response.links.len()),
        ("", 0)
    );
    assert_eq!(codes, ["wrong-type", "unsupported-response", "wrong-type"]);

    let responses: openapiv3::Responses = whole(
        Kind::Responses,
        "{'200': {}, default: {}, 99: {}, 600: {}, 2x0: {}, OK: {}, x-a: 1}",
    );
    assert_eq!(
        (responses.responses.len(), responses.extensions.len()),
        (1, 1)
    );

    let header: openapiv3::Header =
        whole(Kind::Header, "{required: true, schema: {}, style: simple}");
    assert!(header.required);
    let (header, codes) = part::<openapiv3::Header>(Kind::Header, "{style: form, deprecated: 1}");
    assert_eq!(header.style, openapiv3::HeaderStyle::Simple);
    assert_eq!(codes, ["unknown-value", "wrong-type"]);
}

#[test]
fn links_callbacks_and_examples() {
    let object =
        "{operationId: o, parameters: {b: 1, a: $x}, requestBody: {c: 1}, server: {url: u}}";
    let link: openapiv3::Link = whole(Kind::Link, object);
    assert_eq!(
        link.operation,
        openapiv3::LinkOperation::OperationId("o".to_owned())
    );
    assert_eq!(link.parameters.keys().collect::<Vec<_>>(), ["b", "a"]);
    assert!(link.server.is_some());
    let (link, codes) =
        part::<openapiv3::Link>(Kind::Link, "{operationRef: r, server: {}, parameters: 1}");
    assert!(link.server.is_none() && link.parameters.is_empty());
    assert_eq!(codes, ["missing-key", "wrong-type"]);
    assert_eq!(
        none::<openapiv3::Link>(Kind::Link, "{}"),
        ["unreadable-object"]
    );

    let callback: openapiv3::Callback = whole(
        Kind::Callback,
        "{'{$url}': {post: {}}, x-a: {get: {}}, '{$b}': {$ref: x}}",
    );
    assert_eq!(callback.keys().collect::<Vec<_>>(), ["{$url}", "{$b}"]);
    assert!(callback["{$url}"].post.is_none(), "contents are not shown");

    let example: openapiv3::Example = whole(Kind::Example, "{summary: s, value: [1, null]}");
    assert_eq!(example.value, Some(serde_json::json!([1, null])));
}

#[test]
fn servers_tags_and_documentation() {
    let object =
        "{url: u, description: d, variables: {b: {default: 1, enum: [1, two]}, a: {default: x}}}";
    let (server, codes) = part::<openapiv3::Server>(Kind::Server, object);
    assert_eq!(codes, ["wrong-type", "wrong-type"]);
    let variables = server.variables.expect("is there");
    assert_eq!(variables.keys().collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(
        (
            variables["b"].default.as_str(),
            variables["b"].enumeration.len()
        ),
        ("1", 2)
    );
    let (server, codes) = part::<openapiv3::Server>(
        Kind::Server,
        "{url: u, variables: {a: {}, b: {default: x}}}",
    );
    assert_eq!(
        server
            .variables
            .expect("is there")
            .keys()
            .collect::<Vec<_>>(),
        ["b"]
    );
    assert_eq!(codes, ["missing-key"]);
    assert_eq!(
        none::<openapiv3::Server>(Kind::Server, "{description: d}"),
        ["unreadable-object"]
    );

    let tag: openapiv3::Tag = whole(Kind::Tag, "{name: t, externalDocs: {url: u}}");
    assert_eq!(
        (
            tag.name.as_str(),
            tag.external_docs.expect("is there").url.as_str()
        ),
        ("t", "u")
    );
    assert_eq!(
        none::<openapiv3::Tag>(Kind::Tag, "{}"),
        ["unreadable-object"]
    );
    assert_eq!(
        none::<openapiv3::ExternalDocumentation>(Kind::ExternalDocs, "{}"),
        ["unreadable-object"]
    );

    let object = "{title: T, version: 1.10, contact: {name: n}, license: {}}";
    let (info, codes) = part::<openapiv3::Info>(Kind::Info, object);
    assert_eq!((info.version.as_str(), info.license), ("1.10", None));
    assert_eq!(
        info.contact.and_then(|contact| contact.name).as_deref(),
        Some("n")
    );
    assert_eq!(codes, ["wrong-type", "missing-key"]);
}

#[test]
fn security_schemes() {
    use openapiv3::SecurityScheme;
    let key: SecurityScheme = whole(Kind::SecurityScheme, "{type: apiKey, name: n, in: cookie}");
    assert!(matches!(key, SecurityScheme::APIKey { .. }));
    let http: SecurityScheme = whole(
        Kind::SecurityScheme,
        "{type: http, scheme: Bearer, bearerFormat: J}",
    );
    assert!(matches!(http, SecurityScheme::HTTP { .. }));
    let open_id = "{type: openIdConnect, openIdConnectUrl: u}";
    assert!(matches!(
        whole(Kind::SecurityScheme, open_id),
        SecurityScheme::OpenIDConnect { .. }
    ));
    let object = "{type: oauth2, flows: {implicit: {authorizationUrl: u}, clientCredentials: {scopes: {}}, \
                  password: {tokenUrl: u, scopes: {s: 1}}}}";
    let (scheme, codes) = part(Kind::SecurityScheme, object);
    let SecurityScheme::OAuth2 { flows, .. } = scheme else {
        panic!("it is OAuth 2")
    };
    assert!(flows.implicit.is_some_and(|flow| flow.scopes.is_empty()));
    assert!(flows.client_credentials.is_none());
    assert_eq!(flows.password.expect("is there").scopes["s"], "1");
    assert_eq!(codes, ["missing-key", "wrong-type"]);

    for object in [
        "{}",
        "{type: basic}",
        "{type: apiKey, in: header}",
        "{type: apiKey, name: n, in: body}",
        "{type: http}",
        "{type: oauth2}",
        "{type: oauth2, flows: 1}",
        "{type: openIdConnect}",
    ] {
        assert_eq!(
            none::<SecurityScheme>(Kind::SecurityScheme, object),
            ["unreadable-object"],
            "{object}"
        );
    }
}

#[test]
fn the_root_and_its_components() {
    let document = document(
        "components: {schemas: {A: {z: 1}, B: 1}, parameters: {P: {}}, callbacks: {C: {}}, \
         securitySchemes: {S: {}}}\ntags: [{name: t}, {}]\nservers: [{}]\nx-a: 1\n",
    );
    let diags = Diags::new();
    let root: openapiv3::OpenAPI = document.root().view(Kind::OpenApi, &diags).expect("a view");
    let components = root.components.expect("is there");
    assert_eq!(components.schemas.keys().collect::<Vec<_>>(), ["A"]);
    assert_eq!(
        reference(&components.schemas["A"]),
        "#/components/schemas/A"
    );
    assert_eq!(
        reference(&components.callbacks["C"]),
        "#/components/callbacks/C"
    );
    assert_eq!(
        (root.tags.len(), root.servers.len(), root.extensions.len()),
        (1, 0, 1)
    );
    assert_eq!(
        codes(&diags),
        ["unsupported-schema", "missing-key", "missing-key"]
    );

    let text =
        "{\"openapi\": \"3.0.3\", \"paths\": {\"/b\": {}, \"/a\": {\"$ref\": \"x\"}, \"c\": 1}}";
    let diags = Diags::new();
    let document = Document::from_text("a.json", text.to_owned(), &diags).expect("it is read");
    let root: openapiv3::OpenAPI = document.root().view(Kind::OpenApi, &diags).expect("a view");
    assert_eq!(root.paths.paths.keys().collect::<Vec<_>>(), ["/b", "/a"]);
    assert_eq!(reference(&root.paths.paths["/a"]), "#/paths/~1a");
    assert_eq!(
        root.info,
        openapiv3::Info::default(),
        "a title can be done without"
    );
}

#[test]
fn numbers_of_all_sizes_can_be_viewed() {
    let object = "{value: [18446744073709551615, -9223372036854776000, -5, 0.5, .inf]}";
    let example: openapiv3::Example = whole(Kind::Example, object);
    let expected = serde_json::json!([u64::MAX, -9_223_372_036_854_776_000.0, -5, 0.5, null]);
    assert_eq!(example.value, Some(expected));
}

#[test]
fn only_objects_have_views() {
    for value in ["1", "[]", "text", "null"] {
        assert_eq!(
            none::<openapiv3::Tag>(Kind::Tag, value),
            ["unreadable-object"],
            "{value}"
        );
    }
}

#[test]
fn the_check_and_the_view_say_the_same_once() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      \
                tags: 1\n      security: 1\n      responses: {200: {description: [], content: 1}}\n";
    let diags = Diags::new();
    let document = Document::from_text("a.yaml", text.to_owned(), &diags).expect("it is read");
    check(&document, &diags);
    let count = diags.snapshot().len();
    assert_eq!(count, 4, "{}", plain(&diags));
    let at = |pointer: &str| document.at(pointer).expect("is there");
    assert!(
        at("/paths/~1a/get")
            .view::<openapiv3::Operation>(Kind::Operation, &diags)
            .is_none()
    );
    let response = at("/paths/~1a/get/responses/200");
    assert!(
        response
            .view::<openapiv3::Response>(Kind::Response, &diags)
            .is_some()
    );
    assert_eq!(diags.snapshot().len(), count, "{}", plain(&diags));
}
