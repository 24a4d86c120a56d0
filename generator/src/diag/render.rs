//! Diagnostics as text for people.
//!
//! In come diagnostics; out goes one string with the code, the message, file, line and column, an
//! excerpt, the JSON Pointer, related places and help of each. All text of the input that reaches
//! the string is made harmless first: it can't steer a terminal.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use indexmap::{IndexMap, IndexSet};

use super::{Diag, Place, Severity, Source};

/// How many characters of a long line are shown: minified documents have a single one.
const WINDOW: usize = 100;

/// How many of these are before the marked part, so that its surroundings can be recognized.
const LEAD: usize = 40;

/// How many characters of a message, a pointer or a name are shown.
const LONGEST: usize = 1000;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    Plain,
    /// With ANSI escape sequences for colors, for terminals.
    Color,
}

/// Prints diagnostics for people, each followed by an empty line.
///
/// They come file by file, in the order in which the files were first reported, and within a file by
/// their position. Those that say the same are printed once. The same diagnostics always give the
/// same text.
pub fn render(diags: &[Diag], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    };
    let mut out = String::new();
    for diag in sorted(diags) {
        out.push_str(&renderer.render(&report(diag)));
        out.push_str("\n\n");
    }
    out
}

/// Each diagnostic once: by file in the order of the first reports, then by position, then in the
/// order of the reports.
fn sorted(diags: &[Diag]) -> Vec<&Diag> {
    let mut files: IndexMap<Option<&str>, Vec<&Diag>> = IndexMap::new();
    for diag in diags.iter().collect::<IndexSet<_>>() {
        files.entry(diag.place.file_name()).or_default().push(diag);
    }
    for diags in files.values_mut() {
        diags.sort_by_key(|diag| diag.place.excerpt().map(|(_, range)| range.start));
    }
    files.into_values().flatten().collect()
}

/// One diagnostic as `annotate-snippets` wants it.
fn report(diag: &Diag) -> Vec<Group<'static>> {
    let severity = diag.severity();
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Skipped | Severity::Widened => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.clone().with_name(severity.name());
    let title = title
        .primary_title(harmless(&diag.message))
        .id(diag.code.name());
    let mut groups = show(Group::with_title(title), level, &diag.place);
    // The group that holds the excerpt is the last one.
    if let Some(mut group) = groups.pop() {
        if let Some(pointer) = diag.place.pointer() {
            let pointer = if pointer.is_empty() {
                "the root"
            } else {
                pointer
            };
            group = group.element(Level::NOTE.with_name("at").message(harmless(pointer)));
        }
        if let Some(help) = &diag.help {
            group = group.element(Level::HELP.message(harmless(help)));
        }
        groups.push(group);
    }
    for (place, text) in &diag.related {
        let title = Level::NOTE.secondary_title(harmless(text));
        groups.extend(show(Group::with_title(title), Level::NOTE, place));
    }
    groups
}

/// Adds the place to a group: its file, line, column and excerpt. A second group is begun where the
/// line is too long to be shown as a whole, because a snippet counts columns from what it is given.
fn show(group: Group<'static>, level: Level<'static>, place: &Place) -> Vec<Group<'static>> {
    let Some((source, range)) = place.excerpt() else {
        return match place.file_name() {
            Some(name) => vec![group.element(Origin::path(harmless(name)))],
            None => vec![group],
        };
    };
    let excerpt = Excerpt::of(source, &range);
    let (line, column) = source.line_column(range.start);
    let snippet = Snippet::source(excerpt.text)
        .line_start(line)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(excerpt.marked));
    let name = harmless(source.name());
    match excerpt.columns {
        None => vec![group.element(snippet.path(name))],
        Some(columns) => {
            let note = format!("the line has {columns} columns, of which a part is shown");
            vec![
                group
                    .element(Origin::path(name).line(line).char_column(column))
                    .element(Level::NOTE.message(note)),
                Group::with_level(level).element(snippet),
            ]
        }
    }
}

/// The part of one line that is shown.
struct Excerpt {
    text: String,
    /// The bytes of `text` to be marked.
    marked: Range<usize>,
    /// How many columns the whole line has, if it is not shown as a whole.
    columns: Option<usize>,
}

impl Excerpt {
    /// The first line of `range`, cut to a window around it if the line is long.
    fn of(source: &Source, range: &Range<usize>) -> Self {
        let line = source.line(range.start);
        let start = source.boundary(range.start).min(line.end);
        let end = source.boundary(range.end).clamp(start, line.end);
        let (before, marked, after) = (
            &source.text()[line.start..start],
            &source.text()[start..end],
            &source.text()[end..line.end],
        );
        let columns = source.chars(line);
        if columns <= WINDOW + LEAD {
            return Self::assemble("", before, marked, after, "", None);
        }
        let (whole_before, whole_after) = (before, after);
        let before = last_chars(before, LEAD);
        let marked = first_chars(marked, WINDOW - LEAD);
        let after = first_chars(after, WINDOW - LEAD - marked.chars().count());
        let head = if before.len() < whole_before.len() {
            "… "
        } else {
            ""
        };
        let tail = if after.len() < whole_after.len() {
            " …"
        } else {
            ""
        };
        Self::assemble(head, before, marked, after, tail, Some(columns))
    }

    fn assemble(
        head: &str,
        before: &str,
        marked: &str,
        after: &str,
        tail: &str,
        columns: Option<usize>,
    ) -> Self {
        let mut text = String::from(head);
        visible(before, &mut text);
        let start = text.len();
        visible(marked, &mut text);
        let marked = start..text.len();
        visible(after, &mut text);
        text.push_str(tail);
        Self {
            text,
            marked,
            columns,
        }
    }
}

fn first_chars(text: &str, count: usize) -> &str {
    let end = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn last_chars(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// Source text, one column a character: tabs stay, everything else that is not printed as itself is
/// replaced, so that columns keep their meaning.
fn visible(text: &str, out: &mut String) {
    out.extend(text.chars().map(|c| match c {
        '\t' => '\t',
        _ if steers(c) => '\u{fffd}',
        _ => c,
    }));
}

/// Text that may quote the input: characters that steer a terminal or the direction of writing are
/// spelt out, and what is too long to be read is cut. Line breaks of our own texts stay.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    let shown = first_chars(text, LONGEST);
    for c in shown.chars() {
        if c != '\n' && steers(c) {
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    if shown.len() < text.len() {
        out.push_str(" …");
    }
    out
}

/// Whether a character acts on a terminal or on its neighbours instead of being printed: control
/// characters, line and paragraph separators, marks of the direction of writing, and characters
/// without width.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}
