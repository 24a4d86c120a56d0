//! Texts to nodes: JSON, YAML, and what is neither.

use insta::assert_snapshot;
use serde_json::json;

use super::*;
use crate::document::build::Builder;

/// The value of a text that must be read without any report.
fn value(name: &str, text: &str) -> serde_json::Value {
    let (value, reports) = read(name, text);
    assert_eq!(reports, "", "{text}");
    value.expect("the text is read")
}

/// The reports of a text.
fn reports(name: &str, text: &str) -> String {
    read(name, text).1
}

/// The codes that reading a text as a document reports.
fn refused(name: &str, text: impl Into<String>) -> Vec<&'static str> {
    let diags = Diags::new();
    assert!(Document::from_text(name, text.into(), &diags).is_err());
    codes(&diags)
}

#[test]
fn json_and_yaml_give_the_same_nodes() {
    let expected = json!({"a": [1, -2.5, true, null, "x"], "b": {"c": {}}, "d": []});
    let text = r#"{"a": [1, -2.5, true, null, "x"], "b": {"c": {}}, "d": []}"#;
    assert_eq!(value("a.json", text), expected);
    assert_eq!(value("a.yaml", text), expected);
    assert_eq!(value("no-extension", text), expected);
    let text = "a:\n  - 1\n  - -2.5\n  - true\n  -\n  - x\nb:\n  c: {}\nd: []\n";
    assert_eq!(value("a.yaml", text), expected);
    assert_eq!(value("a.YML", text), expected);
    assert_eq!(value("no-extension", text), expected);
}

#[test]
fn a_byte_order_mark_is_ignored() {
    let text = "\u{feff}{\"openapi\": \"3.0.3\"}";
    let diags = Diags::new();
    let document = Document::from_text("a.json", text.to_owned(), &diags).expect("it is read");
    assert_eq!(
        document.root().get("openapi").and_then(NodeRef::as_str),
        Some("3.0.3")
    );
    let place = document.root().get("openapi").expect("is there").place();
    assert_eq!(place.line_column(), Some((1, 13)));
    let text = "\u{feff}openapi: 3.0.3".to_owned();
    assert!(Document::from_text("a.yaml", text, &diags).is_ok());
}

#[test]
fn json_strings_are_unescaped() {
    let text = r#"["\"\\\/\b\f\n\r\t", "\u00e9\u20AC", "\ud834\udd1e", "é𝄞", ""]"#;
    let expected = json!(["\"\\/\u{8}\u{c}\n\r\t", "é€", "𝄞", "é𝄞", ""]);
    assert_eq!(value("a.json", text), expected);
}

#[test]
fn broken_json_says_what_and_where() {
    let cases = [
        (
            "{\"a\": 1,}",
            "JSON allows no comma before a closing bracket",
        ),
        ("[1 2]", "`,` or `]` was expected"),
        ("{\"a\" 1}", "`:` was expected after the key"),
        ("{a: 1}", "a key in double quotes was expected"),
        ("{\"a\": }", "a value was expected"),
        ("[01]", "a value was expected"),
        ("[1.]", "a value was expected"),
        ("[1.e3]", "a value was expected"),
        ("[.5]", "a value was expected"),
        ("[+1]", "a value was expected"),
        ("[1e]", "a value was expected"),
        ("[-]", "a value was expected"),
        ("[tru]", "a value was expected"),
        ("[\"a]", "the string has no closing quote"),
        ("[\"a\nb\"]", "line breaks"),
        ("[\"\\x\"]", "no such escape sequence"),
        ("[\"\\u12g4\"]", "four hexadecimal digits"),
        ("[\"\\ud800\"]", "half of a surrogate pair"),
        ("[\"\\ud800\\u0041\"]", "half of a surrogate pair"),
        ("{} x", "there is more text"),
        ("[1", "the text ends here"),
    ];
    for (text, message) in cases {
        let mut builder = Builder::new();
        let fault = json::read(text, &mut builder).expect_err(text);
        assert!(fault.message.contains(message), "{text}: {}", fault.message);
        assert!(text.get(fault.range).is_some(), "{text}");
    }
}

#[test]
fn a_syntax_error_is_shown() {
    let text = "{\n  \"openapi\": \"3.0.3\",\n  \"info\": {\"title\" \"x\"}\n}";
    assert_snapshot!(reports("a.json", text), @r#"
    error[syntax-error]: `:` was expected after the key
     --> a.json:3:20
      |
    3 |   "info": {"title" "x"}
      |                    ^
    "#);
    let text = "openapi: 3.0.3\ninfo:\n  title: a: b\n";
    assert_snapshot!(reports("a.yaml", text), @r"
    error[syntax-error]: mapping values are not allowed in this context
     --> a.yaml:3:11
      |
    3 |   title: a: b
      |           ^
    ");
}

#[test]
fn sloppy_json_is_read_as_yaml_with_a_note() {
    let text = "{\n  \"a\": 1, # why\n  \"b\": [2,],\n}";
    assert_snapshot!(reports("a.json", text), @r#"
    note[read-as-yaml]: this is not JSON, so the document was read as YAML: a key in double quotes was expected
     --> a.json:2:11
      |
    2 |   "a": 1, # why
      |           ^
    "#);
    assert_eq!(read("a.json", text).0, Some(json!({"a": 1, "b": [2]})));
    assert_eq!(
        value("a.yaml", text),
        json!({"a": 1, "b": [2]}),
        "YAML may be written that way"
    );
}

#[test]
fn what_is_neither_is_refused_as_what_it_looks_like() {
    assert!(reports("a.json", "{\"a\": [}").contains("a value was expected"));
    assert!(reports("a.json", "<html>: {").contains("error[syntax-error]"));
    assert_eq!(refused("a.yaml", "{a: [}"), ["syntax-error"]);
}

#[test]
fn lax_yaml_is_understood_with_a_note() {
    let text = "a:\t1.10\nb: {\n\"c\": [200, true, null, 'x'],\n\t\"c2\": 2\n}\n200: !tag d\n";
    let expected = json!({
        "a": 1.1, "b": {"c": [200, true, null, "x"], "c2": 2}, "200": "d"
    });
    let (value, reports) = read("a.yaml", text);
    assert_eq!(value, Some(expected));
    assert_snapshot!(reports, @r"
    note[lax-yaml]: this is not YAML 1.2, but was understood: ':' must be followed by a valid YAML whitespace
     --> a.yaml:1:4
      |
    1 | a:    1.10
      |       ^
      |
      = help: mend it, and all diagnostics will show lines of this file
    ");
    for text in [
        "x:\n  a: \"b\nc\"\n",
        "a: 'b'#c\n",
        "x:\n  a: [\n  1\n]\n",
        "a:\t1\na: 2\n",
    ] {
        assert!(read("a.yaml", text).0.is_some(), "{text:?}");
    }
}

#[test]
fn lax_yaml_has_no_places() {
    let text = "openapi:\t3.0\nx-a: &a {b: 1, b: true}\nx-c: {<<: *a, d: 1.50}\n---\n";
    let diags = Diags::new();
    let document = Document::from_text("a.yaml", text.to_owned(), &diags).expect("it is read");
    assert_eq!(codes(&diags), ["lax-yaml", "duplicate-key"]);
    let node = document.at("/x-c/b").expect("is there");
    assert_eq!(node.place().line_column(), None);
    assert_eq!(node.place().pointer(), Some("/x-c/b"));
    assert_eq!((node.as_bool(), node.text()), (Some(true), Some("true")));
    assert_eq!(document.at("/x-c/d").and_then(NodeRef::text), Some("1.5"));
}

#[test]
fn lax_yaml_is_limited_as_well() {
    let lax = |rest: &str| format!("openapi:\t3.0.3\na: {rest}");
    assert_eq!(
        refused("a.yaml", lax(&"[".repeat(100_000))),
        ["syntax-error"]
    );
    assert_eq!(
        refused("a.yaml", lax(&format!("\n  {}", "- ".repeat(100_000)))),
        ["syntax-error"]
    );
    assert_eq!(refused("a.yaml", lax("&a\n  b: *a\n")), ["syntax-error"]);
}

#[test]
fn empty_documents_are_refused() {
    for text in ["", " \n\t", "\u{feff}", "# a comment\n"] {
        assert_eq!(refused("a.yaml", text), ["empty-document"], "{text:?}");
    }
    assert_eq!(refused("a.json", " "), ["empty-document"]);
}

#[test]
fn integers_keep_all_digits() {
    let (value, reports) = read(
        "a.json",
        "[9223372036854775807, 18446744073709551615, -9223372036854776000, 1e3, -0, 1.0]",
    );
    assert_eq!(reports, "");
    let expected = json!([
        i64::MAX,
        u64::MAX,
        -9_223_372_036_854_776_000.0,
        1000.0,
        0,
        1.0
    ]);
    assert_eq!(value, Some(expected));
    let document = document("x: [-9223372036854776000, 0x1F, 0o17, +5]");
    let numbers = document.root().get("x").expect("is there").items();
    let numbers: Vec<_> = numbers.filter_map(NodeRef::as_number).collect();
    let integers = [-9_223_372_036_854_776_000, 31, 15, 5].map(Number::Integer);
    assert_eq!(numbers, integers);
}

#[test]
fn numbers_beyond_all_types_do_not_stop_the_reader() {
    let huge = "9".repeat(400);
    let text = format!("{{\"a\": [1e400, -1e400, {huge}, 1{:0<60}]}}", "");
    let source = format!("{{\"openapi\": \"3.0.3\", \"x-a\": {text}}}");
    let diags = Diags::new();
    let document = Document::from_text("a.json", source, &diags).expect("it is read");
    let items: Vec<_> = document.at("/x-a/a").expect("is there").items().collect();
    let numbers: Vec<f64> = items
        .iter()
        .filter_map(|n| n.as_number())
        .map(Number::as_f64)
        .collect();
    assert_eq!(
        numbers,
        [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, 1e60]
    );
    assert_eq!(items[0].to_json(), json!("1e400"), "JSON has no infinity");
    assert_eq!(items[0].text(), Some("1e400"));
}

#[test]
fn numbers_are_spelt_as_written() {
    let document = document("x: [1.10, &a 1.20, !!float 1, *a, +0x1F]");
    let items = document.root().get("x").expect("is there").items();
    let texts: Vec<_> = items.map(|item| item.text().expect("a scalar")).collect();
    assert_eq!(texts, ["1.10", "1.20", "1", "1.20", "+0x1F"]);
    assert_eq!(
        document.at("/x/4").and_then(NodeRef::as_str),
        Some("+0x1F"),
        "no number"
    );
}

#[test]
fn numbers_are_whole_or_not() {
    assert_eq!(Number::Float(255.0).as_u64(), Some(255));
    assert_eq!(Number::Float(2.5).as_i64(), None);
    assert_eq!(Number::Float(f64::INFINITY).whole(), None);
    assert_eq!(Number::Float(1e300).as_i64(), None);
    assert_eq!(Number::Integer(-1).as_u64(), None);
    assert_eq!(Number::Integer(-1).as_i64(), Some(-1));
    assert_eq!(Number::Float(f64::NAN).to_json(), None);
    assert_eq!(Number::Float(1.0).to_string(), "1.0");
    assert_eq!(Number::Integer(1).to_string(), "1");
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    let text = "[~, null, Null, '', \"\", true, False, yes, 012, 0, 1_000, 1.5e3, .5, 5., 1e3, 0xZ, \
                2020-01-02, 1.2.3, -, 0o8, -.inf, +.5, 08:30]";
    let expected = json!([
        null,
        null,
        null,
        "",
        "",
        true,
        false,
        "yes",
        "012",
        0,
        "1_000",
        1500.0,
        0.5,
        5.0,
        1000.0,
        "0xZ",
        "2020-01-02",
        "1.2.3",
        "-",
        "0o8",
        "-.inf",
        0.5,
        "08:30"
    ]);
    // A dash alone is no scalar in a flow sequence.
    let text = text.replace(" -,", " '-',");
    assert_eq!(value("a.yaml", &format!("# YAML\n{text}")), expected);
}

#[test]
fn tags_are_ignored_but_for_strings() {
    let text = "a: !!str 12\nb: !custom 12\nc: !!int '12'\nd: !thing {e: 1}\nf: !!float 1\n";
    let expected = json!({"a": "12", "b": 12, "c": "12", "d": {"e": 1}, "f": 1});
    assert_eq!(value("a.yaml", text), expected);
}

#[test]
fn keys_are_the_text_that_is_written() {
    let text = "200: a\ntrue: b\nnull: c\n1.10: d\n0x1F: e\n'404': f\n? long\n: g\n~: h\n";
    let expected = json!({
        "200": "a", "true": "b", "null": "c", "1.10": "d", "0x1F": "e", "404": "f", "long": "g",
        "~": "h"
    });
    assert_eq!(value("a.yaml", text), expected);
}

#[test]
fn keys_that_are_not_text_are_refused() {
    for text in ["? [a, b]\n: 1\n", "{a: 1}: 2\n", "a: &x [b]\n*x : 1\n"] {
        assert_eq!(refused("a.yaml", text), ["syntax-error"], "{text:?}");
    }
    assert_snapshot!(reports("a.yaml", "a:\n  {x}: 1\n"), @r"
    error[syntax-error]: an object can't be the key of an object
     --> a.yaml:2:3
      |
    2 |   {x}: 1
      |   ^
      |
      = help: keys are text; put one that has brackets in it into quotes
    ");
}

#[test]
fn the_last_of_equal_keys_counts() {
    let text = "{\"a\": 1, \"b\": 2, \"a\": 3, \"a\": 4}";
    let (value, reports) = read("a.json", text);
    assert_eq!(value, Some(json!({"a": 4, "b": 2})));
    assert_snapshot!(reports, @r#"
    note[duplicate-key]: the object has `a` twice; the last value is taken
     --> a.json:1:18
      |
    1 | {"a": 1, "b": 2, "a": 3, "a": 4}
      |                  ^^^
      |
    note: this value is dropped
     --> a.json:1:2
      |
    1 | {"a": 1, "b": 2, "a": 3, "a": 4}
      |  ^^^

    note[duplicate-key]: the object has `a` twice; the last value is taken
     --> a.json:1:26
      |
    1 | {"a": 1, "b": 2, "a": 3, "a": 4}
      |                          ^^^
      |
    note: this value is dropped
     --> a.json:1:18
      |
    1 | {"a": 1, "b": 2, "a": 3, "a": 4}
      |                  ^^^
    "#);
    assert_eq!(
        read("a.yaml", "a: 1\nb: 2\n'a': 3\n").0,
        Some(json!({"a": 3, "b": 2}))
    );

    let diags = Diags::new();
    let text = "{\"openapi\": \"3.0.3\", \"x\": 1, \"x\": 2, \"y\": 3}".to_owned();
    let document = Document::from_text("a.json", text, &diags).expect("it is read");
    let keys: Vec<_> = document.root().entries().map(|(key, _)| key).collect();
    assert_eq!(keys, ["openapi", "x", "y"], "in the place of the first");
}

#[test]
fn aliases_are_copies() {
    let text = "a: &a {k: [1, &s x]}\nb: *a\nc: [*a, *s]\n";
    let copy = json!({"k": [1, "x"]});
    let expected = json!({"a": copy, "b": copy, "c": [copy, "x"]});
    assert_eq!(value("a.yaml", text), expected);

    let keys = "a: &x b\n*x : 1\n&y c: *y\nd: {*y : 2}\n";
    let expected = json!({"a": "b", "b": 1, "c": "c", "d": {"c": 2}});
    assert_eq!(value("a.yaml", keys), expected);

    let document = document("x-a: &a {k: [1]}\nx-b: *a");
    let item = document.at("/x-b/k/0").expect("is there");
    assert_eq!(item.pointer(), "/x-b/k/0");
    assert_eq!(item.text(), Some("1"));
    assert_eq!(
        item.place().line_column(),
        Some((4, 14)),
        "where it is written"
    );
}

#[test]
fn merge_keys_are_merged() {
    let text = "a: &a {x: 1, y: {z: 2}}\nb: &b {x: 3, w: 4}\n\
                c: {<<: *a, x: 0}\nd:\n  x: 5\n  <<: [*b, *a]\ne: {'<<': *a}\nf: {<<: 1}\n";
    let (value, reports) = read("a.yaml", text);
    assert_eq!(reports, "");
    let value = value.expect("it is read");
    assert_eq!(value["c"], json!({"y": {"z": 2}, "x": 0}));
    assert_eq!(
        value["d"],
        json!({"x": 5, "w": 4, "y": {"z": 2}}),
        "the first of several wins"
    );
    assert_eq!(
        value["e"],
        json!({"<<": {"x": 1, "y": {"z": 2}}}),
        "a quoted key is a key"
    );
    assert_eq!(value["f"], json!({"<<": 1}), "nothing to merge");

    let document = document("x-a: &a {k: 1}\nx-b: {<<: *a, l: 2}");
    assert_eq!(document.at("/x-b/k").expect("is there").pointer(), "/x-b/k");
}

#[test]
fn aliases_cannot_multiply_without_end() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 1..12 {
        let aliases = vec![format!("*a{}", i - 1); 10].join(", ");
        bomb.push_str(&format!("a{i}: &a{i} [{aliases}]\n"));
    }
    assert_eq!(refused("a.yaml", bomb), ["alias-limit"]);
    assert_eq!(refused("a.yaml", "a: &a\n  b: *a\n"), ["alias-limit"]);

    let mut merges = String::from("a0: &a0\n");
    for i in 0..1000 {
        merges.push_str(&format!("  k{i}: 1\n"));
    }
    for i in 1..2000 {
        merges.push_str(&format!("a{i}: {{<<: *a0}}\n"));
    }
    assert_eq!(refused("a.yaml", merges), ["alias-limit"]);
    assert_eq!(refused("a.yaml", "a: *nowhere"), ["syntax-error"]);
}

#[test]
fn nesting_is_limited() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(value("a.json", &deep(256)).is_array());
    assert_eq!(refused("a.json", deep(257)), ["too-deep"]);
    assert_eq!(refused("a.json", deep(100_000)), ["too-deep"]);
    assert_eq!(refused("a.json", "{\"a\":".repeat(100_000)), ["too-deep"]);
    assert_eq!(
        refused("a.yaml", format!("a: {}", deep(100_000))),
        ["too-deep"]
    );
    assert_eq!(refused("a.yaml", "- ".repeat(100_000)), ["too-deep"]);
    let indented: String = (0..300).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert_eq!(refused("a.yaml", indented), ["too-deep"]);
    // A copy may be deeper than what is written.
    let copied = format!(
        "a: &a {}\nb: {}*a{}\n",
        deep(200),
        "[".repeat(100),
        "]".repeat(100)
    );
    assert_eq!(refused("a.yaml", copied), ["too-deep"]);
}

#[test]
fn nodes_are_limited() {
    let text = format!("[{}1]", "1,".repeat(5_000_000));
    assert_eq!(refused("a.json", text), ["too-large"]);
}

#[test]
fn of_several_yaml_documents_the_first_is_read() {
    let text = "openapi: 3.0.3\n---\nopenapi: 2.0\n";
    assert_snapshot!(reports("a.yaml", text), @r"
    note[several-documents]: another document begins here; only the first one is read
     --> a.yaml:2:1
      |
    2 | ---
      | ^^^
    ");
    assert_eq!(read("a.yaml", text).0, Some(json!({"openapi": "3.0.3"})));
    assert_eq!(value("a.yaml", "---\na: 1\n...\n"), json!({"a": 1}));
}

#[test]
fn versions_are_told_apart() {
    let version = |text: &str| {
        let diags = Diags::new();
        let document = Document::from_text("a.yaml", text.to_owned(), &diags);
        document
            .map(|document| document.version())
            .map_err(|_| codes(&diags))
    };
    for text in [
        "openapi: 3.0.3",
        "openapi: '3.0'",
        "openapi: 3.0",
        "openapi: 3.0.0-rc2",
    ] {
        assert_eq!(version(text), Ok(Version::OpenApi30), "{text}");
    }
    for (text, expected) in [
        ("openapi: 3.1.0", Version::OpenApi31),
        ("openapi: 3.1", Version::OpenApi31),
        ("openapi: 3.1.0-rc0", Version::OpenApi31),
        ("{\"openapi\": 3.1}", Version::OpenApi31),
        ("openapi: '3.2'", Version::OpenApi32),
        ("openapi: 3.2.0", Version::OpenApi32),
        ("openapi: 3.10.0", Version::OpenApi32),
    ] {
        assert_eq!(version(text), Ok(expected), "{text}");
    }
    for text in [
        "openapi: 3.00.1",
        "openapi: 3.",
        "openapi: 3",
        "openapi: 3.1x",
        "openapi: 4.0.0",
        "openapi: ''",
        "swagger: '1.2'",
        "swagger: 3.0",
    ] {
        assert_eq!(version(text), Err(vec!["unsupported-version"]), "{text}");
    }
    for text in ["a: 1", "openapi:", "openapi: {}", "[]", "just text", "12"] {
        assert_eq!(version(text), Err(vec!["not-openapi"]), "{text}");
    }
    assert_snapshot!(reports_of("swagger: '1.2'\ninfo: {}\n"), @r"
    error[unsupported-version]: there is no Swagger 1.2 that is supported, only Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2
     --> a.yaml:1:10
      |
    1 | swagger: '1.2'
      |          ^^^^^
      |
      = at: /swagger
      = help: the first line of a document is `openapi: 3.0.3`
    ");
    assert_snapshot!(reports_of("[1, 2]"), @r"
    error[not-openapi]: an OpenAPI document is an object, this is an array
     --> a.yaml:1:1
      |
    1 | [1, 2]
      | ^
      |
      = at: the root
      = help: the first line of a document is `openapi: 3.0.3`
    ");
}

fn reports_of(text: &str) -> String {
    let diags = Diags::new();
    assert!(Document::from_text("a.yaml", text.to_owned(), &diags).is_err());
    plain(&diags)
}

#[test]
fn files_are_read_or_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name);
    let refused = |name: &str, bytes: &[u8]| {
        std::fs::write(path(name), bytes).expect("the file can be written");
        let diags = Diags::new();
        assert!(Document::read(&path(name), &diags).is_err());
        diags.into_vec().remove(0)
    };
    let utf16 = refused("utf16.yaml", b"\xff\xfeo\0p\0");
    assert_eq!(
        (utf16.code, &*utf16.message),
        (
            Code::UnreadableFile,
            "the file is UTF-16 text; save it as UTF-8"
        )
    );
    let latin1 = refused("latin1.yaml", b"title: caf\xe9\n");
    assert!(latin1.message.contains("offset 10"), "{}", latin1.message);
    assert_eq!(refused("empty.yaml", b"").code, Code::EmptyDocument);

    let diags = Diags::new();
    assert!(Document::read(&path("gone.yaml"), &diags).is_err());
    assert!(
        Document::read(folder.path(), &diags).is_err(),
        "a folder is no file"
    );
    assert_eq!(codes(&diags), ["unreadable-file", "unreadable-file"]);

    std::fs::write(path("five.txt"), "12345").expect("the file can be written");
    assert_eq!(read_file(&path("five.txt"), 5).as_deref(), Ok("12345"));
    let (code, message) = read_file(&path("five.txt"), 4).expect_err("it has one byte more");
    assert_eq!(code, Code::TooLarge);
    assert_eq!(message, "the file has more than 4 bytes");

    std::fs::write(path("good.json"), "{\"openapi\": \"3.0.3\"}").expect("the file can be written");
    let document = Document::read(&path("good.json"), &diags).expect("it is read");
    assert_eq!(
        document.source().name(),
        path("good.json").to_string_lossy()
    );
}
