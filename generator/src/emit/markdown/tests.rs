//! What prose becomes, and that it can do no harm.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::{
    LANGUAGES, code, is_code_block, is_harmless, line, lines, plain, rustdoc_options, wrapped,
};

fn check(text: &str, expected: &[&str]) {
    assert_eq!(lines(text), expected, "{text:?}");
}

#[test]
fn prose_is_wrapped_and_escaped() {
    check("One\nline.", &["One line."]);
    check(
        "See [Tag] and Vec<String>, a*b, snake_case.",
        &["See \\[Tag\\] and Vec\\<String\\>, a\\*b, snake_case."],
    );
    check(
        "At https://example.com/a_b, now.",
        &["At <https://example.com/a_b>, now."],
    );
    check(
        "[docs](https://example.com) and [here](#x)",
        &["[docs](<https://example.com>) and here"],
    );
}

#[test]
fn code_is_never_rust() {
    check(
        "    std::process::abort();",
        &["```text", "std::process::abort();", "```"],
    );
    check(
        "```\nfn main() {}\n```",
        &["```text", "fn main() {}", "```"],
    );
    check(
        "```rust\nfn main() {}\n```",
        &["```text", "fn main() {}", "```"],
    );
    check("```JSON\n{}\n```", &["```json", "{}", "```"]);
    check(
        "~~~\n```\nx\n```\n~~~",
        &["````text", "```", "x", "```", "````"],
    );
}

#[test]
fn lists_keep_their_shape() {
    check(
        "- a\n- b\n  - c\n\n1. x\n2. y",
        &["- a", "- b", "  - c", "", "1. x", "2. y"],
    );
    check(
        "- a\n  - b\n\n  c\n- d\n",
        &["- a", "  - b", "", "  c", "- d"],
    );
    check("a\n\n> b\n> c\n\nd", &["a", "", "> b c", "", "d"]);
}

#[test]
fn nothing_hides() {
    check("a\u{202e}b\u{0}c\rd", &["a\\\\u{202e}b\\\\u{0}c d"]);
    check(
        "<script>x</script> <b>bold</b><br>next",
        &["\\<script\\>x\\</script\\> bold\\", "next"],
    );
}

#[test]
fn tables_stay_tables() {
    check(
        "| a | b |\n|---|---|\n| 1 | x\\|y |",
        &["| a | b |", "| --- | --- |", "| 1 | x\\|y |"],
    );
}

#[test]
fn single_lines() {
    assert_eq!(line("First sentence.\n\nSecond."), "First sentence.");
    assert_eq!(code("a`b"), "`` a`b ``");
    assert_eq!(code("x"), "`x`");
}

/// Asserts that rustdoc would find no test in `found`, and that no line outside of a block of
/// code begins with a fence.
fn assert_no_tests(found: &[String]) {
    let text = found.join("\n");
    let mut blocks = Vec::new();
    for (event, range) in Parser::new_ext(&text, rustdoc_options()).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(kind)) = event {
            let CodeBlockKind::Fenced(info) = kind else {
                panic!("indented code in {text:?}");
            };
            assert!(
                info.as_ref() == "text" || LANGUAGES.contains(&info.as_ref()),
                "{text:?}"
            );
            blocks.push(range);
        }
    }
    let mut at = 0;
    for line in found {
        let start = at + line.len() - line.trim_start_matches([' ', '>', '-']).len();
        if !blocks.iter().any(|block| block.contains(&start)) {
            let line = &text[start..at + line.len()];
            assert!(!line.starts_with("```"), "{text:?}");
            assert!(!line.starts_with("~~~"), "{text:?}");
        }
        at += line.len() + 1;
    }
}

/// Texts that have tried to become code of Rust.
fn payloads() -> Vec<String> {
    let span = format!(
        "```` rust std::process::abort();/*{}*/ //```x`{} ````",
        "a".repeat(70),
        "b".repeat(85)
    );
    let mut payloads = vec![
        "```\nrust,x\n\nx\n```".to_owned(),
        "std::process::abort(); let x = \"\n\n```\n\";\n```\n".to_owned(),
        "```rust".to_owned(),
        format!("{} {span}", "w".repeat(90)),
        format!("# {span}"),
        format!("#x<br>{span}"),
        format!("- a\n- {span}\n  1. {span}"),
        format!("| a | b |\n|---|---|\n| {span} | x |"),
        "> a\n> ```\n> std::process::abort();\n".to_owned(),
        "> ~~~rust\n> std::process::abort();\n> ~~~\nx".to_owned(),
        "- a\n  - b\n\n        std::process::abort();\n".to_owned(),
        "- - - ---\n\n      abort();\n".to_owned(),
        "999999999. a\n1. b\n\n           abort();\n".to_owned(),
        "[a\\[`x ```rust abort();`](#x) y ```".to_owned(),
        "[a<p>b](https://example.com) `x`<!-- -->`y`".to_owned(),
        "`a`<!-- -->``b ` ```rust``".to_owned(),
        "\\`\\`\\`rust\nabort();\n\\`\\`\\`".to_owned(),
        "\\~~~rust\nabort();\n".to_owned(),
        "&#96;&#96;&#96;rust\nabort();".to_owned(),
        "&lt;br&gt;```rust\n\nabort();".to_owned(),
        "x<br>```rust abort();```".to_owned(),
        "<pre>\n```rust\nabort();\n```\n</pre>".to_owned(),
        "*<b></b>     abort();*".to_owned(),
        span,
    ];
    // Wherever a line may break within or before a span, it has to be tried.
    for width in 60..100 {
        for ticks in 1..6 {
            let ticks = "`".repeat(ticks);
            payloads.push(format!(
                "{} {ticks} rust a(); ``` ~~~ rust b(); {ticks} ```x`` {} {ticks}",
                "p".repeat(width),
                "q ".repeat(40),
            ));
        }
    }
    payloads
}

#[test]
fn no_text_becomes_a_test() {
    for payload in payloads() {
        assert_no_tests(&lines(&payload));
        assert_no_tests(&plain(&payload));
        let brief = line(&payload);
        assert!(!brief.contains('\n'), "{payload:?}");
        assert!(!is_code_block(&brief), "{payload:?} {brief:?}");
        assert_no_tests(std::slice::from_ref(&brief));
        assert_no_tests(&wrapped("", &format!("{brief}.")));
        assert_no_tests(&wrapped("- ", &format!("`x`: {brief}.")));
        assert_no_tests(&wrapped("", &code(&payload)));
    }
}

#[test]
fn single_lines_have_no_blocks() {
    assert_eq!(line("```\nrust,x\n\nx\n```"), "`rust,x x`");
    assert_eq!(line("```rust"), "\\`\\`\\`rust");
    assert_eq!(line("## Title\ntext"), "Title");
    assert_eq!(line("- a\n- b"), "a");
    assert_eq!(line("| a | b |\n|---|---|\n| 1 | 2 |"), "a b");
    assert_eq!(line("a<br>b"), "a b");
    assert_eq!(line("<!-- a -->"), "");
}

#[test]
fn code_keeps_its_spans_short() {
    assert_eq!(code("a``b"), "` a``b `");
    assert_eq!(code("a```b"), "` a```b `");
    assert_eq!(code("a`b``c"), "a\\`b\\`\\`c");
}

#[test]
fn harm_is_found() {
    let harmless = |text: &str| is_harmless(&text.lines().map(str::to_owned).collect::<Vec<_>>());
    assert!(harmless("a\n\n```text\nx\n```\n\n- b\n  - c"));
    assert!(harmless(""));
    for harm in [
        "```\nx\n```",
        "```text,rust\nx\n```",
        "```rust\nx\n```",
        "    x",
        "- a\n\n      x",
        "> ```",
        "```text\nx",
        "<!-- x",
    ] {
        assert!(!harmless(harm), "{harm:?}");
    }
}
