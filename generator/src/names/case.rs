//! From any text to an identifier in one of Rust's cases.

use std::borrow::Cow;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// The case of an identifier (Rust API guidelines, C-CASE).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `UpperCamelCase`: types and variants.
    Type,
    /// `snake_case`: fields, methods, arguments, modules.
    Value,
    /// `SHOUTY_SNAKE_CASE`: statics.
    Static,
    /// `kebab-case`: Cargo features. Not an identifier, and so never escaped.
    Feature,
}

/// The longest name in bytes: files are called like modules, and no system has names of more than
/// 255.
const LONGEST: usize = 200;

/// The reserved words of Rust, all editions, strict and reserved. Our own list, since `syn` takes
/// `gen` for an identifier.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that stay keywords even with `r#` before them.
const UNESCAPABLE: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Names that Clippy takes for ones that were forgotten (`disallowed_names`).
const PLACEHOLDERS: &[&str] = &["foo", "baz", "quux"];

/// What `text` is called in `case`: always a valid identifier, not yet a unique one.
pub(super) fn render(case: Case, text: &str) -> String {
    let spelled = spell(text);
    let cased = match case {
        Case::Type => spelled.to_upper_camel_case(),
        Case::Value => spelled.to_snake_case(),
        Case::Static => spelled.to_shouty_snake_case(),
        Case::Feature => return feature(&spelled),
    };
    escape(case, cased)
}

/// `text` as the name of a Cargo feature: ASCII letters and digits, parted by single hyphens.
fn feature(text: &str) -> String {
    let words = text.to_snake_case().replace('_', "-");
    let plain: String = words
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    match plain.trim_matches('-') {
        "" => "tag".to_owned(),
        name => name.to_owned(),
    }
}

/// `text` with signs that carry its meaning spelled out where nothing else would be left, so that
/// `+1` and `-1` stay apart and `*` has a name at all.
fn spell(text: &str) -> String {
    let digits_only =
        text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
    let mut out = String::new();
    for (index, c) in text.chars().enumerate() {
        match c {
            c if c.is_alphanumeric() => out.push_str(&latin(c)),
            '-' if digits_only && index == 0 => out.push_str("minus "),
            '+' if digits_only && index == 0 => out.push_str("plus "),
            '\'' | '\u{2019}' => {}
            _ => out.push(' '),
        }
    }
    if out.trim().is_empty() && !text.is_empty() {
        let words: Vec<Cow<'_, str>> = text.chars().map(sign).collect();
        return words.join(" ");
    }
    out
}

/// `text` with every sign spelled out, to tell apart what differs in signs alone.
pub(super) fn spelled_out(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() => out.push_str(&latin(c)),
            '_' | ' ' => out.push(' '),
            c => {
                out.push(' ');
                out.push_str(&sign(c));
                out.push(' ');
            }
        }
    }
    out
}

/// A letter or digit in the letters of ASCII. Identifiers in other scripts are legal, but the compiler
/// warns of letters that look alike, files cannot be called by them everywhere, and few can type them.
fn latin(c: char) -> Cow<'static, str> {
    if c.is_ascii() {
        return Cow::Owned(c.to_string());
    }
    match deunicode::deunicode_char(c) {
        Some(text) if text.chars().any(|c| c.is_ascii_alphanumeric()) => Cow::Borrowed(text),
        Some(_) | None => Cow::Owned(format!(" u{:x} ", u32::from(c))),
    }
}

/// The name of a sign.
fn sign(c: char) -> Cow<'static, str> {
    let name = match c {
        '*' => "star",
        '+' => "plus",
        '-' => "minus",
        '_' => "underscore",
        '/' => "slash",
        '\\' => "backslash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '^' => "caret",
        '&' => "and",
        '|' => "or",
        '~' => "tilde",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        c if c.is_whitespace() => "space",
        c => return latin(c),
    };
    Cow::Borrowed(name)
}

/// Makes a cased text a valid identifier: not empty, no digit first, no keyword, and nothing but
/// what Rust allows in one.
fn escape(case: Case, cased: String) -> String {
    let mut name: String = cased
        .chars()
        .filter(|&c| unicode_ident::is_xid_continue(c))
        .collect();
    while name.len() > LONGEST {
        name.pop();
    }
    if name.is_empty() {
        name = match case {
            Case::Type => "Empty".to_owned(),
            Case::Value | Case::Feature => "empty".to_owned(),
            Case::Static => "EMPTY".to_owned(),
        };
    }
    if !name.starts_with(unicode_ident::is_xid_start) {
        name = match case {
            Case::Type => format!("N{name}"),
            Case::Value | Case::Feature => format!("n{name}"),
            Case::Static => format!("N{name}"),
        };
    }
    if KEYWORDS.contains(&name.as_str()) {
        return format!("r#{name}");
    }
    let words = [UNESCAPABLE, PLACEHOLDERS];
    if words.iter().any(|words| words.contains(&name.as_str())) {
        return format!("{name}_");
    }
    name
}

/// Whether `text` may be used as an identifier as it is.
pub(super) fn is_identifier(text: &str) -> bool {
    let plain = text.strip_prefix("r#").unwrap_or(text);
    let mut chars = plain.chars();
    let shaped = chars
        .next()
        .is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && chars.all(unicode_ident::is_xid_continue);
    let keyword = KEYWORDS.contains(&plain) && plain == text;
    shaped && !keyword && !UNESCAPABLE.contains(&plain)
}

#[cfg(test)]
mod tests {
    use super::{Case, is_identifier, render};

    #[test]
    fn texts_become_identifiers() {
        let cases = [
            (Case::Type, "book_to_shelf", "BookToShelf"),
            (Case::Type, "MoveBookToShelf", "MoveBookToShelf"),
            (
                Case::Value,
                "OS-EXT-IPS-MAC:mac_addr",
                "os_ext_ips_mac_mac_addr",
            ),
            (Case::Value, "totalCount", "total_count"),
            (Case::Value, "@type", "r#type"),
            (Case::Value, "gen", "r#gen"),
            (Case::Value, "self", "self_"),
            (Case::Type, "self", "Self_"),
            (Case::Value, "+1", "plus_1"),
            (Case::Value, "-1", "minus_1"),
            (Case::Type, "3gpp", "N3gpp"),
            (Case::Value, "", "empty"),
            (Case::Type, "", "Empty"),
            (Case::Type, "*", "Star"),
            (Case::Type, ">=", "GreaterEquals"),
            (Case::Type, "🚀", "Rocket"),
            (Case::Value, "имя", "imia"),
            (Case::Type, "日本", "RiBen"),
            (Case::Static, "ListBooks", "LIST_BOOKS"),
            (Case::Feature, "Book Club", "book-club"),
            (Case::Feature, "图", "tu"),
        ];
        for (case, text, name) in cases {
            assert_eq!(render(case, text), name, "{text:?} as {case:?}");
        }
    }

    #[test]
    fn long_texts_become_names_that_a_file_can_have() {
        for text in ["name ".repeat(100), "имя".repeat(100)] {
            for case in [Case::Type, Case::Value, Case::Static] {
                let name = render(case, &text);
                assert!(name.len() <= 200 && name.len() > 150, "{name}");
                assert!(is_identifier(&name), "{name}");
            }
        }
    }

    #[test]
    fn pins_are_checked() {
        for good in ["Book", "_x", "r#type", "é"] {
            assert!(is_identifier(good), "{good}");
        }
        for bad in [
            "", "type", "self", "r#self", "1a", "a b", "a-b", "a;b", "Self", "_",
        ] {
            assert!(!is_identifier(bad), "{bad}");
        }
    }
}
