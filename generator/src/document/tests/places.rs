//! Nodes know where they are written, in both formats.

use insta::assert_snapshot;

use super::*;
use crate::diag::Focus;

const YAML: &str = "\
openapi: 3.0.3
info: {title: 'é', version: \"1\"}
paths:
  /a~b/{c}:
    get:
      tags:
        - first
        -   second: 1
      description: |
        two
        lines
      200: &x yes
      alias: *x
";

/// For each node its pointer, and the text of its key and of its value.
fn spans(name: &str, text: &str) -> String {
    let diags = Diags::new();
    let document = Document::from_text(name, text.to_owned(), &diags).expect("it is read");
    let mut lines = Vec::new();
    let mut pending = vec![document.root()];
    while let Some(node) = pending.pop() {
        let pointer = node.pointer();
        assert_eq!(document.at(&pointer), Some(node), "{pointer}");
        let part = |focus| {
            let range = document
                .source()
                .locate(&pointer, focus)
                .expect("each node is written");
            document.source().text()[range].to_owned()
        };
        let (key, value) = (part(Focus::Key), part(Focus::Value));
        lines.push(format!("{pointer:<28} {key:?} {value:?}"));
        let children: Vec<_> = node
            .entries()
            .map(|(_, node)| node)
            .chain(node.items())
            .collect();
        pending.extend(children.into_iter().rev());
    }
    lines.join("\n")
}

#[test]
fn yaml_nodes_know_their_text() {
    assert_snapshot!(spans("a.yaml", YAML), @r#"
                                 "o" "o"
    /openapi                     "openapi" "3.0.3"
    /info                        "info" "info"
    /info/title                  "title" "'é'"
    /info/version                "version" "\"1\""
    /paths                       "paths" "paths"
    /paths/~1a~0b~1{c}           "/a~b/{c}" "/a~b/{c}"
    /paths/~1a~0b~1{c}/get       "get" "get"
    /paths/~1a~0b~1{c}/get/tags  "tags" "tags"
    /paths/~1a~0b~1{c}/get/tags/0 "first" "first"
    /paths/~1a~0b~1{c}/get/tags/1 "s" "s"
    /paths/~1a~0b~1{c}/get/tags/1/second "second" "1"
    /paths/~1a~0b~1{c}/get/description "description" "two\n        lines\n      "
    /paths/~1a~0b~1{c}/get/200   "200" "&x yes"
    /paths/~1a~0b~1{c}/get/alias "alias" "*x"
    "#);
}

#[test]
fn json_nodes_know_their_text() {
    let text =
        r#"{"openapi":"3.0.3","é": {"a/b" : [1, {"c":"\u00e9"}, []], "d":-1.50e1},"e":null}"#;
    assert_snapshot!(spans("a.json", text), @r#"
                                 "{" "{"
    /openapi                     "\"openapi\"" "\"3.0.3\""
    /é                           "\"é\"" "\"é\""
    /é/a~1b                      "\"a/b\"" "\"a/b\""
    /é/a~1b/0                    "1" "1"
    /é/a~1b/1                    "{" "{"
    /é/a~1b/1/c                  "\"c\"" "\"\\u00e9\""
    /é/a~1b/2                    "[" "["
    /é/d                         "\"d\"" "-1.50e1"
    /e                           "\"e\"" "null"
    "#);
}

#[test]
fn carriage_returns_and_tabs_do_not_shift_places() {
    let text = "openapi: 3.0.3\r\nx-é:\r\n  a: \t1\r\n  b: [é, x]\r\n";
    let diags = Diags::new();
    let document = Document::from_text("a.yaml", text.to_owned(), &diags).expect("it is read");
    let at = |pointer: &str| {
        document
            .at(pointer)
            .expect("is there")
            .place()
            .line_column()
    };
    assert_eq!(at("/x-é/a"), Some((3, 7)));
    assert_eq!(at("/x-é/b/1"), Some((4, 10)));
    assert_eq!(document.at("/x-é/b/1").and_then(NodeRef::as_str), Some("x"));
}

#[test]
fn pointers_lead_back() {
    let document = document("x-a:\n  'a/b~c': [1, {'': 2}]\n  '0': 3\n");
    let node = document.at("/x-a/a~1b~0c/1/").expect("is there");
    assert_eq!(node.as_i64(), Some(2));
    assert_eq!(node.key(), Some(""));
    assert_eq!(
        node.parent()
            .and_then(NodeRef::parent)
            .map(NodeRef::pointer)
            .as_deref(),
        Some("/x-a/a~1b~0c")
    );
    assert_eq!(document.at(""), Some(document.root()));
    assert_eq!(
        document.at("/x-a/0").and_then(NodeRef::as_i64),
        Some(3),
        "a key may be digits"
    );
    assert_eq!(format!("{node:?}"), "#/x-a/a~1b~0c/1/");
    for gone in [
        "x-a",
        "/x-a/",
        "/x-a/a~1b~0c/01",
        "/x-a/a~1b~0c/2",
        "/x-a/a~1b~0c/-",
        "/x-a/a~2",
        "/x-a/~",
    ] {
        assert_eq!(document.at(gone), None, "{gone}");
    }
}

#[test]
fn navigation_tells_what_is_there() {
    let document = document("x-a: {n: null, t: true, i: 1, s: text, l: [1, 2], o: {}}");
    let node = document.root().get("x-a").expect("is there");
    let types: Vec<_> = node
        .entries()
        .map(|(key, node)| (key, node.type_name()))
        .collect();
    assert_eq!(
        types,
        [
            ("n", "null"),
            ("t", "a boolean"),
            ("i", "a number"),
            ("s", "a string"),
            ("l", "an array"),
            ("o", "an object"),
        ]
    );
    let get = |key| node.get(key).expect("is there");
    assert!(get("n").is_null() && get("n").text().is_none());
    assert_eq!(
        (get("t").as_bool(), get("t").text()),
        (Some(true), Some("true"))
    );
    assert_eq!(
        (get("s").as_str(), get("s").as_bool()),
        (Some("text"), None)
    );
    assert_eq!((get("l").len(), get("l").entries().count()), (2, 0));
    assert!(get("o").is_object() && get("o").is_empty());
    assert_eq!(node.items().count(), 0);
    assert_eq!(node.get("gone"), None);
    assert_eq!(document.root().parent(), None);
    assert_eq!(document.root().key(), None);
    assert!(get("t") < get("i"), "in the order of the text");
}

#[test]
fn large_objects_are_indexed() {
    let entries: String = (0..100).map(|i| format!("  k{i}: {i}\n")).collect();
    let document = document(&format!("x-a: &a\n{entries}x-b: *a\n"));
    for name in ["x-a", "x-b"] {
        let node = document.root().get(name).expect("is there");
        assert_eq!(node.get("k57").and_then(NodeRef::as_i64), Some(57));
        assert_eq!(node.get("k100"), None);
        assert_eq!(node.get("openapi"), None, "a key of another object");
        assert_eq!(node.len(), 100);
    }
}
