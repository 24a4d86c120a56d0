//! Overlays: what their paths select, what becomes of a document, and what is said of broken ones.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;

/// A document to which these overlays were applied, or nothing, and what was reported.
fn overlaid(text: &str, overlays: &[&str]) -> (Option<Document>, Diags) {
    let diags = Diags::new();
    let first = Source::new("test.yaml", text);
    let overlays = overlays.iter().enumerate();
    let overlays = overlays.map(|(i, text)| Source::new(format!("fix{i}.yaml"), *text));
    let document = Document::load(first, overlays.collect(), None, &diags);
    (document.ok(), diags)
}

/// The document of these tests.
const BASE: &str = "openapi: 3.0.3
info: {title: Test, version: '1'}
paths:
  /a: {get: {tags: [x], operationId: a}, x-n: 1}
  /b: {get: {tags: [y, z], operationId: b, deprecated: true}, post: {operationId: c}, x-n: 2.5}
x-list: [a, b, c, d]
x-mixed: [1, '1', null, true, {a: null}, [1]]
";

fn with_actions(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions: {actions}\n")
}

/// What is at a pointer after these actions, about which nothing is said.
fn after(actions: &str, pointer: &str) -> Value {
    let (document, diags) = overlaid(BASE, &[&with_actions(actions)]);
    assert!(diags.is_empty(), "{}", plain(&diags));
    let document = document.expect("it is read");
    let node = document.at(pointer);
    node.map_or(Value::Null, NodeRef::to_json)
}

/// The pointers that a path selects: those of what it removes and nothing else is held by.
fn selected(path: &str) -> Vec<String> {
    let update = with_actions(&format!("[{{target: {path:?}, update: {{x-hit: 1}}}}]"));
    let (document, diags) = overlaid(BASE, &[&update]);
    let document = document.unwrap_or_else(|| panic!("{path}: {}", plain(&diags)));
    let mut open = vec![document.root()];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        if node.get("x-hit").is_some() {
            found.push(node.pointer());
        }
        open.extend(node.entries().map(|(_, child)| child));
        open.extend(node.items());
    }
    found.sort();
    found
}

#[test]
fn paths_select_objects() {
    for (path, expected) in [
        ("$", &[""][..]),
        ("$.info", &["/info"]),
        ("$['info']", &["/info"]),
        ("$[\"info\"]", &["/info"]),
        ("$.paths['/a'].get", &["/paths/~1a/get"]),
        (
            "$.paths['/a', '/b'].get",
            &["/paths/~1a/get", "/paths/~1b/get"],
        ),
        ("$.paths.*.post", &["/paths/~1b/post"]),
        ("$.paths[*]['post']", &["/paths/~1b/post"]),
        ("$..post", &["/paths/~1b/post"]),
        ("$..['post']", &["/paths/~1b/post"]),
        ("$.paths..get", &["/paths/~1a/get", "/paths/~1b/get"]),
        ("$ .paths ['/a'] .get", &["/paths/~1a/get"]),
        ("$.paths.*[?@.operationId == 'b']", &["/paths/~1b/get"]),
        ("$.paths.*[?(@.operationId=='b')]", &["/paths/~1b/get"]),
        ("$.paths.*[?@.deprecated]", &["/paths/~1b/get"]),
        ("$.paths.*[?@.deprecated == true]", &["/paths/~1b/get"]),
        (
            "$.paths.*[?!@.deprecated && @.operationId]",
            &["/paths/~1a/get", "/paths/~1b/post"],
        ),
        (
            "$.paths.*[?@.deprecated || @.operationId == 'c']",
            &["/paths/~1b/get", "/paths/~1b/post"],
        ),
        ("$.paths[?@['x-n'] < 2]", &["/paths/~1a"]),
        ("$.paths[?@['x-n'] >= 2.5]", &["/paths/~1b"]),
        ("$.paths[?@['x-n'] == 1.0]", &["/paths/~1a"]),
        ("$.paths[?@.get.tags[-1] == 'z']", &["/paths/~1b"]),
        ("$.paths[?@.get.tags[?@ == 'x']]", &["/paths/~1a"]),
        ("$.paths[?@.get.operationId > 'a']", &["/paths/~1b"]),
        (
            "$.paths[?@.post.deprecated == @.get.nothing]",
            &["/paths/~1a", "/paths/~1b"],
        ),
        (
            "$.paths[?@.get.operationId == $.paths['/b'].get.operationId]",
            &["/paths/~1b"],
        ),
        ("$['x-mixed'][?@.a == null]", &["/x-mixed/4"]),
        ("$['x-mixed'][4]", &["/x-mixed/4"]),
        ("$['x-mixed'][-2]", &["/x-mixed/4"]),
        ("$['x-mixed'][4:5]", &["/x-mixed/4"]),
        ("$['x-mixed'][-2::-5]", &["/x-mixed/4"]),
        ("$['x-mixed'][4, 4]", &["/x-mixed/4"]),
    ] {
        assert_eq!(selected(path), expected, "{path}");
    }
}

#[test]
fn slices_select_items() {
    for (slice, left) in [
        ("1:3", json!(["a", "d"])),
        (":", json!([])),
        ("::2", json!(["b", "d"])),
        ("-1:", json!(["a", "b", "c"])),
        ("3:0:-2", json!(["a", "c"])),
        ("::-1", json!([])),
        ("-9:1", json!(["b", "c", "d"])),
        ("0, -1", json!(["b", "c"])),
    ] {
        let action = format!("[{{target: \"$['x-list'][{slice}]\", remove: true}}]");
        let (document, diags) = overlaid(BASE, &[&with_actions(&action)]);
        let document = document.unwrap_or_else(|| panic!("{}", plain(&diags)));
        let list = document.root().get("x-list").expect("it is there");
        assert_eq!(list.to_json(), left, "{slice}");
    }
}

#[test]
fn values_are_merged() {
    let actions = "[{target: \"$.paths['/a']\", update: {x-n: 3, get: {tags: [w], summary: S}}}]";
    assert_eq!(
        after(actions, "/paths/~1a"),
        json!({"get": {"tags": ["x", "w"], "operationId": "a", "summary": "S"}, "x-n": 3})
    );
    let actions =
        "[{target: \"$['x-list']\", update: e}, {target: \"$['x-list']\", update: [f, g]}]";
    assert_eq!(
        after(actions, "/x-list"),
        json!(["a", "b", "c", "d", "e", "f", "g"])
    );
    assert_eq!(
        after("[{target: $.info.title, update: Other}]", "/info/title"),
        json!("Other")
    );
}

#[test]
fn values_are_removed() {
    assert_eq!(
        after("[{target: $.paths.*.get, remove: true}]", "/paths/~1a"),
        json!({"x-n": 1})
    );
    // What is removed is gone for references as well.
    let actions = "[{target: \"$.paths['/a']\", remove: true}]";
    assert_eq!(after(actions, "/paths/~1a/get"), Value::Null);
    // The others keep their places, and what is added gets one that nothing had.
    let actions =
        "[{target: \"$['x-list'][0]\", remove: true}, {target: \"$['x-list']\", update: {a: 1}}]";
    assert_eq!(after(actions, "/x-list/1"), json!("b"));
    assert_eq!(after(actions, "/x-list/4"), json!({"a": 1}));
    assert_eq!(after(actions, "/x-list/0"), Value::Null);
}

#[test]
fn values_are_copied() {
    let actions = "[{target: \"$.paths['/a']\", copy: \"$.paths['/b']\"}]";
    assert_eq!(
        after(actions, "/paths/~1a"),
        json!({
            "get": {"tags": ["x", "y", "z"], "operationId": "b", "deprecated": true},
            "x-n": 2.5,
            "post": {"operationId": "c"},
        })
    );
    assert_eq!(
        after("[{target: $.info, copy: $.info}]", "/info"),
        json!({"title": "Test", "version": "1"})
    );
}

#[test]
fn overlays_come_one_after_the_other() {
    let first = with_actions("[{target: $, update: {x-new: {a: 1}}}]");
    let second = with_actions("[{target: \"$['x-new']\", update: {b: 2}}]");
    let (document, _) = overlaid(BASE, &[&first, &second]);
    let document = document.expect("it is read");
    let new = document.at("/x-new").expect("it is there");
    assert_eq!(new.to_json(), json!({"a": 1, "b": 2}));
}

#[test]
fn what_is_added_is_shown_in_the_overlay() {
    let update = with_actions(
        "\n- target: $.paths['/a'].get\n  update: {responses: {'200': {descripton: A.}}}",
    );
    let (document, diags) = overlaid(BASE, &[&update]);
    let document = document.expect("it is read");
    let added = document
        .at("/paths/~1a/get/responses/200")
        .expect("it is there");
    assert_eq!(added.pointer(), "/paths/~1a/get/responses/200");
    assert_eq!(added.file(), "");
    check(&document, &diags);
    let unknown = diags.snapshot().into_iter();
    let unknown = unknown.filter(|diag| diag.code == Code::UnknownKey);
    let only = Diags::new();
    unknown.for_each(|diag| only.report(diag));
    assert_snapshot!(plain(&only), @r"
    note[unknown-key]: `descripton` is no key of the Response Object; it is ignored
     --> fix0.yaml:5:32
      |
    5 |   update: {responses: {'200': {descripton: A.}}}
      |                                ^^^^^^^^^^
      |
      = at: fix0.yaml#/actions/0/update/responses/200/descripton
      = help: `description` may have been meant
    ");
}

#[test]
fn an_overlay_speaks_of_the_document_as_it_is() {
    let text = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}\ndefinitions: {A: {type: string}}\n";
    let actions = "[{target: $.definitions, update: {B: {type: object, discriminator: kind}}}, \
                   {target: $.definitions.A, remove: true}]";
    let (document, diags) = overlaid(text, &[&with_actions(actions)]);
    let document = document.expect("it is read");
    check(&document, &diags);
    assert!(diags.is_empty(), "{}", plain(&diags));
    let schemas = document
        .root()
        .get("components")
        .and_then(|components| components.get("schemas"));
    assert_eq!(
        schemas.map(NodeRef::to_json),
        Some(json!({"B": {"type": "object", "discriminator": {"propertyName": "kind"}}}))
    );
    let added = document.at("/definitions/B").expect("it is there");
    assert_eq!(added.pointer(), "/definitions/B");
    let line = added.place().line_column();
    assert!(added.place().file_name() == Some("fix0.yaml") && line.is_some());
    assert_eq!(document.at("/definitions/A"), None);
}

#[test]
fn an_overlay_may_make_it_a_document() {
    let update = with_actions("[{target: $, update: {openapi: 3.1.0}}]");
    let (document, diags) = overlaid("info: {title: T, version: '1'}\n", &[&update]);
    assert_eq!(
        document.map(|document| document.version()),
        Some(Version::OpenApi31)
    );
    assert!(diags.is_empty(), "{}", plain(&diags));
}

#[test]
fn what_does_not_fit_is_noted() {
    let nothing = with_actions("[{target: $.nothing, update: {a: 1}}]");
    let other = "overlay: 1.1.0\nextends: https://a.example/other.yaml?b\nactions: []\n";
    let same = "overlay: 1.0.0\nextends: ./test.yaml\nactions: []\n";
    for (overlay, expected) in [
        (nothing.as_str(), &["overlay-mismatch"][..]),
        (other, &["overlay-mismatch"]),
        (same, &[]),
    ] {
        let (document, diags) = overlaid(BASE, &[overlay]);
        assert!(document.is_some());
        assert_eq!(codes(&diags), expected, "{}", plain(&diags));
    }
}

#[test]
fn what_can_not_be_understood_is_refused() {
    let action = |text: &str| with_actions(&format!("[{{{text}}}]"));
    for overlay in [
        "a: 1".to_owned(),
        "[]".to_owned(),
        "overlay: 2.0.0\nactions: []\n".to_owned(),
        "overlay: 1.0.0\n".to_owned(),
        "overlay: 1.0.0\nactions: {}\n".to_owned(),
        with_actions("[1]"),
        action("update: {}"),
        action("target: 1, update: {}"),
        action("target: $"),
        action("target: $, remove: true"),
        action("target: $, remove: 1"),
        action("target: $, update: 1"),
        action("target: $, update: {}, copy: $"),
        action("target: $.info, copy: $.paths.*"),
    ] {
        let (document, diags) = overlaid(BASE, &[&overlay]);
        assert!(document.is_none(), "{overlay}");
        assert_eq!(codes(&diags), ["invalid-overlay"], "{overlay}");
    }
    for path in [
        "",
        "info",
        "$info",
        "$.",
        "$..",
        "$.1",
        "$[",
        "$[]",
        "$['a]",
        "$[a]",
        "$[1",
        "$[1 2]",
        "$['\\\\x']",
        "$['\\\\u12']",
        "$['\\\\ud800']",
        "$[?]",
        "$[?@.a ==]",
        "$[?@.a == @..b]",
        "$[?1]",
        "$[?(@.a]",
        "$[?length(@) == 1]",
        "$[99999999999999999999]",
        "$.a b",
        "$[?@.a = 1]",
        "$[?@.a == 01x]",
    ] {
        let overlay = action(&format!("target: \"{path}\", update: {{}}"));
        let (document, diags) = overlaid(BASE, &[&overlay]);
        assert!(document.is_none(), "{path}");
        assert_eq!(codes(&diags), ["invalid-overlay"], "{path}");
    }
    let nested = format!("$[?{}@.a{}]", "(".repeat(1000), ")".repeat(1000));
    let (document, _) = overlaid(
        BASE,
        &[&action(&format!("target: \"{nested}\", update: {{}}"))],
    );
    assert!(document.is_none());
}

#[test]
fn a_bad_path_is_shown_where_it_is_written() {
    let overlay = with_actions("\n  - target: $.paths[get]\n    remove: true");
    let (_, diags) = overlaid(BASE, &[&overlay]);
    assert_snapshot!(plain(&diags), @r"
    error[invalid-overlay]: this is no JSONPath: a name in quotes, a number, `*` or `?` is expected, at character 9
     --> fix0.yaml:4:13
      |
    4 |   - target: $.paths[get]
      |             ^^^^^^^^^^^^
      |
      = at: fix0.yaml#/actions/0/target
      = help: JSONPath is defined by RFC 9535; its functions are not supported
    ");
}

#[test]
fn a_document_does_not_grow_without_end() {
    let deep = format!("{}{}", "{a: ".repeat(200), "}".repeat(200));
    let deep = deep.replace("{a: }", "{x-end: {}}");
    let action = format!("{{target: \"$..['x-end']\", update: {deep}}}");
    let actions = format!("[{{target: $, update: {{x-end: {{}}}}}}, {action}, {action}]");
    let (document, diags) = overlaid(BASE, &[&with_actions(&actions)]);
    assert!(document.is_none());
    let codes = codes(&diags);
    let last = codes.last().copied();
    assert!(matches!(last, Some("too-deep" | "too-large")), "{codes:?}");
}

#[test]
fn references_in_an_overlay_lead_on_from_the_document() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(&path, text).expect("the file can be written");
        path
    };
    let first = write("api/openapi.yaml", BASE);
    write("api/schemas/pet.yaml", "type: string\n");
    let actions = "[{target: $, update: {components: {schemas: {Pet: {$ref: schemas/pet.yaml}, \
                   Same: {$ref: '#/components/schemas/Pet'}}}}}]";
    let overlay = write("fixes/fix.yaml", &with_actions(actions));
    let diags = Diags::new();
    let document = Document::read_with(&first, &[overlay], &diags).expect("it is read");
    let same = document
        .at("/components/schemas/Same")
        .expect("it is there");
    let target = same.resolve(&diags).map(NodeRef::pointer);
    assert!(diags.is_empty(), "{}", plain(&diags));
    assert_eq!(target.as_deref(), Some("schemas/pet.yaml#"));
}
