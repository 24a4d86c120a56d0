//! Pieces of text within prose: escaped, made visible, broken into lines.

/// Spells out control characters and the invisible ones that can reorder or hide text.
pub(in crate::emit) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            '\r' => {}
            c if is_invisible(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Controls, bidirectional overrides and isolates, zero-width characters, line separators.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// An address that may be linked to: on the web, without characters that would end the link.
pub(super) fn address(url: &str) -> String {
    let web = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    let safe = !url
        .chars()
        .any(|c| c.is_whitespace() || "<>\\`".contains(c) || is_invisible(c));
    if web && safe {
        url.to_owned()
    } else {
        String::new()
    }
}

/// Escapes what CommonMark or rustdoc would take for markup, and makes bare addresses links.
pub(super) fn escape(text: &str, in_link: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !in_link && (rest.starts_with("https://") || rest.starts_with("http://")) {
            let end = rest
                .find(|c: char| {
                    c.is_whitespace() || "<>\"'`\\|{}[]()".contains(c) || is_invisible(c)
                })
                .unwrap_or(rest.len());
            let link = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
            let scheme = if link.starts_with("https") { 8 } else { 7 };
            if link.len() > scheme {
                out.push_str(&format!("<{link}>"));
                rest = &rest[link.len()..];
                continue;
            }
        }
        let next = rest[c.len_utf8()..].chars().next();
        let previous = out.chars().next_back();
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' => out.extend(['\\', c]),
            '_' if inside_word(previous, next) => out.push('_'),
            '_' => out.push_str("\\_"),
            '&' if next.is_some_and(|c| c.is_alphanumeric() || c == '#') => out.push_str("&amp;"),
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Whether an underscore between these characters is none that CommonMark gives a meaning.
fn inside_word(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
}

/// Breaks `text` into lines of `width` characters at most, where its words allow, none of which
/// begins like a block of its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in pieces(text) {
        let word_length = word.chars().count();
        if !line.is_empty() && length + 1 + word_length > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if line.is_empty() {
            line = guard(&word);
            length = line.chars().count();
        } else {
            line.push(' ');
            line.push_str(&word);
            length += 1 + word_length;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The words of `text`, with inline code and the addresses of links in one piece.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '`' => span(rest).unwrap_or_else(|| ticks(rest)),
            // What is escaped opens nothing.
            '\\' => {
                let escaped = rest[1..].chars().next().filter(|c| !c.is_whitespace());
                1 + escaped.map_or(0, char::len_utf8)
            }
            c => c.len_utf8(),
        };
        let (taken, after) = rest.split_at(length);
        rest = after;
        if !c.is_whitespace() {
            let mut words = taken.split_whitespace();
            open.push_str(words.next().unwrap_or_default());
            for word in words {
                open.push(' ');
                open.push_str(word);
            }
        } else if !open.is_empty() {
            pieces.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        pieces.push(open);
    }
    pieces
}

/// How many ticks `text` begins with.
fn ticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// How long the inline code is that `text` begins with: up to the next run of as many ticks as open
/// it, if there is one.
fn span(text: &str) -> Option<usize> {
    let opening = ticks(text);
    if opening == 0 {
        return None;
    }
    let mut at = opening;
    loop {
        at += text[at..].find('`')?;
        let run = ticks(&text[at..]);
        at += run;
        if run == opening {
            return Some(at);
        }
    }
}

/// Escapes every character that can be part of markup, bare addresses included.
pub(super) fn escape_all(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if "\\`*_[]<>~#|&:".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Keeps the first word of a line from being read as the mark of a list, a heading, a rule or a
/// block of code.
fn guard(word: &str) -> String {
    for fence in ['`', '~'] {
        let after = word.trim_start_matches(fence);
        let run = word.len() - after.len();
        if run < 3 {
            continue;
        }
        if let Some(end) = span(word) {
            let inner = word[run..end - run].trim();
            return format!("{}{}", super::code(inner), &word[end..]);
        }
        return format!("{}{after}", format!("\\{fence}").repeat(run));
    }
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let after = &word[digits..];
    if digits > 0 && digits < 10 && (after == "." || after == ")") {
        return format!("{}\\{after}", &word[..digits]);
    }
    match word.chars().next() {
        Some('-' | '+' | '=' | '*') if word.chars().all(|c| "-+=*".contains(c)) => {
            format!("\\{word}")
        }
        Some('#') if word.chars().all(|c| c == '#') => format!("\\{word}"),
        _ => word.to_owned(),
    }
}
