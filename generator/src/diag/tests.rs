//! Codes, places and rendering, without any document.

use std::ops::Range;
use std::sync::Arc;

use insta::assert_snapshot;

use super::*;

fn span(source: &Source, part: &str) -> Place {
    let start = source.text().find(part).expect("the part is in the text");
    Place::span(source, start..start + part.len())
}

fn one(diag: Diag) -> String {
    render(&[diag], Style::Plain)
}

/// Knows one node.
struct OneNode(&'static str, Range<usize>);

impl Locate for OneNode {
    fn locate(&self, pointer: &str, focus: Focus) -> Option<Range<usize>> {
        (pointer == self.0 && focus == Focus::Key).then(|| self.1.clone())
    }
}

#[test]
fn codes_are_documented_and_distinct() {
    let mut names = IndexSet::new();
    for &code in Code::all() {
        let name = code.name();
        assert!(names.insert(name), "{name} is there twice");
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(kebab), "{name} is not kebab case");
        assert_eq!(Code::from_name(name), Some(code));
        assert_eq!(code.to_string(), name);

        let summary = code.summary();
        assert!(
            summary.ends_with('.') && !summary.contains('\n'),
            "{name}: {summary}"
        );
        let lines: Vec<&str> = code.explanation().lines().collect();
        assert!(
            (3..=10).contains(&lines.len()),
            "{name} has {} lines",
            lines.len()
        );
        assert!(
            code.explanation().ends_with('\n'),
            "{name} ends without a line break"
        );
        for line in lines {
            assert!(
                line.chars().count() <= 100,
                "{name}: the line is too long: {line}"
            );
            assert_eq!(
                line,
                line.trim_end(),
                "{name}: white space at the end of a line"
            );
        }
    }
}

#[test]
fn the_nearest_code_is_found() {
    assert_eq!(Code::nearest("unkown-key"), Some(Code::UnknownKey));
    assert_eq!(
        Code::nearest("Dangling-References"),
        Some(Code::DanglingReference)
    );
    assert_eq!(Code::nearest("xyz"), None);
    assert_eq!(Code::from_name("unknown_key"), None);
}

#[test]
fn the_nearest_word_needs_few_edits() {
    let keys = ["required", "properties", "nullable", "not", "items"];
    assert_eq!(nearest("requierd", keys), Some("required"));
    assert_eq!(nearest("NULLABLE", keys), Some("nullable"));
    assert_eq!(nearest("nulable", keys), Some("nullable"));
    assert_eq!(nearest("propertys", keys), Some("properties"));
    assert_eq!(nearest("nto", keys), Some("not"), "a swap is one edit");
    assert_eq!(nearest("additional", keys), None);
    assert_eq!(nearest("", keys), None);
    assert_eq!(
        nearest("ab", ["ac", "ad"]),
        None,
        "two letters allow no edit"
    );
    assert_eq!(
        nearest("abc", ["abd", "abe"]),
        Some("abd"),
        "the first of equals"
    );
    assert_eq!(nearest(&"a".repeat(65), ["a"]), None);
    assert_eq!(
        nearest("größe", ["grösse", "grüße"]),
        Some("grüße"),
        "letters, not bytes"
    );
}

#[test]
fn lines_and_columns_count_from_one_in_characters() {
    let source = Source::new("a.yaml", "a: é€\r\nb: 𝄞x\n\nlast");
    let at = |part: &str| source.line_column(source.text().find(part).expect("is there"));
    assert_eq!(source.line_column(0), (1, 1));
    assert_eq!(at("€"), (1, 5));
    assert_eq!(at("x\n"), (2, 5));
    assert_eq!(at("last"), (4, 1));
    assert_eq!(source.line_column(usize::MAX), (4, 5), "behind the end");
    let inside = source.text().find('𝄞').expect("is there") + 2;
    assert_eq!(source.line_column(inside), (2, 4), "inside a character");
}

#[test]
fn lines_and_columns_hold_across_blocks() {
    // Each line is longer than the blocks in which characters are counted.
    let line = "äb".repeat(5000);
    let source = Source::new("a.json", format!("{line}x\n{line}y"));
    let at = |part: char| source.line_column(source.text().find(part).expect("is there"));
    assert_eq!(at('x'), (1, 10_001));
    assert_eq!(at('y'), (2, 10_001));
    assert_eq!(
        source.line(source.text().len()),
        line.len() + 2..2 * line.len() + 3
    );
}

#[test]
fn a_diagnostic_shows_its_place_and_help() {
    let source = Source::new("spec/pets.yaml", "paths:\n  /pets:\n    gte: {}\n");
    let diag = Diag::new(Code::UnknownKey, span(&source, "gte"), "`gte` is no key")
        .help("`get` may have been meant");
    assert_snapshot!(one(diag), @r"
    note[unknown-key]: `gte` is no key
     --> spec/pets.yaml:3:5
      |
    3 |     gte: {}
      |     ^^^
      |
      = help: `get` may have been meant
    ");
}

#[test]
fn each_severity_has_its_word() {
    let source = Source::new("a.yaml", "a: 1\n");
    let severities = [
        Code::SyntaxError,
        Code::InvalidPath,
        Code::UnknownType,
        Code::Renamed,
    ];
    let words: Vec<String> = severities
        .into_iter()
        .map(|code| one(Diag::new(code, span(&source, "1"), "message")))
        .map(|text| text.lines().next().expect("a first line").to_owned())
        .collect();
    assert_snapshot!(words.join("\n"), @r"
    error[syntax-error]: message
    skipped[invalid-path]: message
    widened[unknown-type]: message
    note[renamed]: message
    ");
}

#[test]
fn a_node_shows_its_pointer() {
    let source = Source::new("a.yaml", "paths:\n  /pets: {}\n");
    source.set_nodes(Arc::new(OneNode("/paths/~1pets", 9..14)));
    let root = Place::span(&source, 0..0);
    let place = root.at("/paths/~1pets");
    assert_eq!(place.line_column(), Some((2, 3)));
    assert_eq!(place.pointer(), Some("/paths/~1pets"));
    assert_eq!(place.file_name(), Some("a.yaml"));
    assert_snapshot!(one(Diag::new(Code::InvalidPath, place, "this is no path")), @r"
    skipped[invalid-path]: this is no path
     --> a.yaml:2:3
      |
    2 |   /pets: {}
      |   ^^^^^
      |
      = at: /paths/~1pets
    ");

    let gone = root.at("/paths/~1gone");
    assert_eq!(gone.line_column(), None);
    assert_snapshot!(one(Diag::new(Code::Renamed, gone, "is called `Gone2`")), @r"
    note[renamed]: is called `Gone2`
    --> a.yaml
     = at: /paths/~1gone
    ");
}

#[test]
fn places_without_an_excerpt_are_shown_as_well() {
    let file = Diag::new(
        Code::UnreadableFile,
        Place::file("gone.yaml"),
        "no such file",
    );
    assert_snapshot!(one(file), @r"
    error[unreadable-file]: no such file
    --> gone.yaml
    ");
    let nowhere = Diag::new(Code::UnknownOption, Place::Nowhere, "there is no `--forze`")
        .help("`--force` may have been meant");
    assert_snapshot!(one(nowhere), @r"
    error[unknown-option]: there is no `--forze`
     |
     = help: `--force` may have been meant
    ");
    let node = Diag::new(
        Code::Renamed,
        Place::file("a.yaml").at("/a"),
        "is called `b`",
    );
    assert_snapshot!(one(node), @r"
    note[renamed]: is called `b`
    --> a.yaml
     = at: /a
    ");
    assert_eq!(Place::Nowhere.at("/a"), Place::Nowhere);
}

#[test]
fn related_places_follow() {
    let source = Source::new("a.yaml", "get: 1\npost: 2\nget: 3\n");
    let second = Place::span(&source, 15..18);
    let diag = Diag::new(Code::DuplicateKey, second, "the object has `get` twice")
        .help("remove one")
        .related(span(&source, "get"), "this value is dropped")
        .related(Place::file("b.yaml"), "see also this file");
    assert_snapshot!(one(diag), @r"
    note[duplicate-key]: the object has `get` twice
     --> a.yaml:3:1
      |
    3 | get: 3
      | ^^^
      |
      = help: remove one
    note: this value is dropped
     --> a.yaml:1:1
      |
    1 | get: 1
      | ^^^
    note: see also this file
     --> b.yaml
    ");
}

#[test]
fn several_lines_are_shown_by_their_first() {
    let source = Source::new("a.yaml", "a:\n  - b: 1\n    c: 2\n");
    let place = span(&source, "b: 1\n    c: 2");
    assert_snapshot!(one(Diag::new(Code::WrongType, place, "message")), @r"
    note[wrong-type]: message
     --> a.yaml:2:5
      |
    2 |   - b: 1
      |     ^^^^
    ");
}

#[test]
fn the_end_of_a_text_can_be_shown() {
    let source = Source::new("a.json", "{\"a\": 1");
    let place = Place::span(&source, 7..7);
    assert_snapshot!(one(Diag::new(Code::SyntaxError, place, "`}` was expected")), @r#"
    error[syntax-error]: `}` was expected
     --> a.json:1:8
      |
    1 | {"a": 1
      |        ^
    "#);
}

#[test]
fn long_lines_are_shown_in_part() {
    let many =
        |from: usize| -> String { (from..from + 300).map(|i| format!("\"k{i}\":0,")).collect() };
    let text = format!("{{{}\"täg\":\"wröng\",{}\"z\":1}}", many(1000), many(2000));
    let source = Source::new("mini.json", text);
    let text = one(Diag::new(
        Code::WrongType,
        span(&source, "\"wröng\""),
        "message",
    ));
    assert_snapshot!(text, @r#"
    note[wrong-type]: message
     --> mini.json:1:3008
      = note: the line has 6021 columns, of which a part is shown
      |
    1 | … ":0,"k1297":0,"k1298":0,"k1299":0,"täg":"wröng","k2000":0,"k2001":0,"k2002":0,"k2003":0,"k2004":0,"k …
      |                                           ^^^^^^^
    "#);

    // At the beginning and at the end nothing is cut away on that side.
    let source = Source::new("mini.json", format!("{{{}\"z\":1}}", many(1000)));
    let start = one(Diag::new(
        Code::WrongType,
        Place::span(&source, 0..1),
        "message",
    ));
    assert_snapshot!(start, @r#"
    note[wrong-type]: message
     --> mini.json:1:1
      = note: the line has 3007 columns, of which a part is shown
      |
    1 | {"k1000":0,"k1001":0,"k1002":0,"k1003":0,"k1004":0,"k1005":0 …
      | ^
    "#);
    let end = source.text().len();
    let end = one(Diag::new(
        Code::WrongType,
        Place::span(&source, end - 2..end),
        "message",
    ));
    assert_snapshot!(end, @r#"
    note[wrong-type]: message
     --> mini.json:1:3006
      = note: the line has 3007 columns, of which a part is shown
      |
    1 | … 96":0,"k1297":0,"k1298":0,"k1299":0,"z":1}
      |                                           ^^
    "#);

    // What is marked may be longer than what is shown.
    let long = one(Diag::new(
        Code::WrongType,
        Place::span(&source, 0..2000),
        "message",
    ));
    assert!(
        long.lines().all(|line| line.chars().count() < 160),
        "{long}"
    );
}

#[test]
fn hostile_text_cannot_steer_a_terminal() {
    let text = "a: \u{1b}[2J\u{202e}x\u{200b}\u{7f}\tb\n";
    let source = Source::new("\u{1b}]0;evil\u{7}.yaml", text);
    let diag = Diag::new(
        Code::UnknownKey,
        span(&source, "x"),
        "`\u{1b}[31m\u{2066}\r` is no key",
    )
    .help("\u{9b}1m")
    .related(Place::file("b\u{85}.yaml"), "\u{2028}");
    for style in [Style::Plain, Style::Color] {
        let text = render(std::slice::from_ref(&diag), style);
        let own = |c: &char| *c == '\n' || (style == Style::Color && *c == '\u{1b}');
        let steering: Vec<char> = text
            .chars()
            .filter(|c| !own(c))
            .filter(|c| {
                c.is_control() || matches!(c, '\u{200b}' | '\u{2028}' | '\u{202e}' | '\u{2066}')
            })
            .collect();
        assert!(steering.is_empty(), "{steering:?} in {text:?}");
        assert!(
            !text.contains("\u{1b}[2J")
                && !text.contains("\u{1b}]0")
                && !text.contains("\u{1b}[31m\\")
        );
    }
    assert_snapshot!(one(diag), @r"
    note[unknown-key]: `\u{1b}[31m\u{2066}\u{d}` is no key
     --> \u{1b}]0;evil\u{7}.yaml:1:9
      |
    1 | a: �[2J�x��    b
      |         ^
      |
      = help: \u{9b}1m
    note: \u{2028}
     --> b\u{85}.yaml
    ");
}

#[test]
fn endless_text_is_cut() {
    let diag = Diag::new(Code::UnknownKey, Place::Nowhere, "a".repeat(100_000));
    assert!(one(diag).len() < 1200);
}

#[test]
fn color_is_escape_sequences_around_the_same_text() {
    let source = Source::new("a.yaml", "a: 1\n");
    let diag = Diag::new(Code::WrongType, span(&source, "1"), "message").help("help");
    let plain = render(std::slice::from_ref(&diag), Style::Plain);
    let color = render(&[diag], Style::Color);
    assert_ne!(plain, color);
    let mut stripped = String::new();
    let mut rest = color.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

#[test]
fn order_is_by_file_then_position_then_report() {
    let first = Source::new("first.yaml", "a\nb\nc\n");
    let second = Source::new("second.yaml", "a\n");
    let diags = [
        Diag::new(
            Code::WrongType,
            Place::span(&first, 4..5),
            "1: third of the first file",
        ),
        Diag::new(
            Code::WrongType,
            Place::span(&second, 0..1),
            "2: second file",
        ),
        Diag::new(Code::WrongType, Place::Nowhere, "3: nowhere"),
        Diag::new(
            Code::WrongType,
            Place::span(&first, 0..1),
            "4: first of the first file",
        ),
        Diag::new(
            Code::UnknownKey,
            Place::span(&first, 0..1),
            "5: the same place, later",
        ),
        Diag::new(
            Code::WrongType,
            Place::span(&first, 4..5),
            "1: third of the first file",
        ),
    ];
    let text = render(&diags, Style::Plain);
    let order: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("note["))
        .collect();
    assert_snapshot!(order.join("\n"), @r"
    note[wrong-type]: 4: first of the first file
    note[unknown-key]: 5: the same place, later
    note[wrong-type]: 1: third of the first file
    note[wrong-type]: 2: second file
    note[wrong-type]: 3: nowhere
    ");
}

#[test]
fn reports_are_kept_once_and_counted() {
    let source = Source::new("a.yaml", "a\n");
    let diags = Diags::new();
    assert!(diags.is_empty());
    let diag = |code| Diag::new(code, Place::span(&source, 0..1), "message");
    diags.report(diag(Code::UnknownKey));
    diags.report(diag(Code::UnknownKey).help("another help says nothing new"));
    diags.report(diag(Code::WrongType));
    diags.report(diag(Code::UnknownType));
    assert_eq!(diags.count(Severity::Note), 2);
    assert_eq!(diags.count(Severity::Widened), 1);
    assert_eq!(diags.finish(7), Ok(7));
    assert!(!diags.has_errors());

    diags.report(diag(Code::SyntaxError));
    assert!(diags.has_errors());
    assert_eq!(diags.finish(7), Err(Failed));
    assert_eq!(diags.snapshot().len(), 4);
    let all = diags.into_vec();
    assert_eq!(all.iter().map(Diag::severity).max(), Some(Severity::Error));
    assert_eq!(summary(&all), "1 error, 1 widened, 2 notes");
}

#[test]
fn the_summary_names_what_there_is() {
    let diags = |codes: &[Code]| -> Vec<Diag> {
        codes
            .iter()
            .map(|&code| Diag::new(code, Place::Nowhere, "message"))
            .collect()
    };
    assert_eq!(summary(&[]), "no findings");
    let two = [
        Code::InvalidPath,
        Code::UnknownType,
        Code::UnsupportedParameter,
    ];
    assert_eq!(summary(&diags(&two)), "2 skipped, 1 widened");
    assert_eq!(
        summary(&diags(&[Code::SyntaxError, Code::TooDeep])),
        "2 errors"
    );
    assert_eq!(summary(&diags(&[Code::Renamed])), "1 note");
}
