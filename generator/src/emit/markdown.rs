//! Prose of a document as the lines of a doc comment.
//!
//! In goes CommonMark as people write it, out come lines that rustdoc renders alike and can do no
//! harm with: code is fenced and tagged so that no test runs it, HTML and brackets are text, bare
//! addresses are links, and characters that a reader cannot see are spelled out.

#[cfg(test)]
mod tests;
mod text;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(super) use text::visible;
use text::{address, escape, escape_all, wrap};

/// How wide a line of prose may get, the comment's own marks left out.
const WIDTH: usize = 92;

/// The longest prose that is taken over: what is longer is cut, with a word about it.
const LIMIT: usize = 64 * 1024;

/// Languages of code blocks that are kept, since rustdoc takes none of them for Rust.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "csharp",
    "css",
    "csv",
    "curl",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "jsonc",
    "kotlin",
    "php",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "toml",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

/// `text` as lines of a doc comment, without `///` and without blank lines at the ends.
pub(super) fn lines(text: &str) -> Vec<String> {
    let kept = clip(text);
    let mut printer = Printer::default();
    for event in Parser::new_ext(kept, Options::ENABLE_TABLES) {
        printer.event(event);
    }
    printer.end_block();
    let mut lines = printer.lines;
    if !is_harmless(&lines) {
        lines = plain(kept);
    }
    if kept.len() < text.len() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push("(The rest of the description was cut.)".to_owned());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// `text` as one line of prose: for a summary, a list item, a cell of a table. That is the first
/// block with words in it, a block of code as inline code.
pub(super) fn line(text: &str) -> String {
    let kept = clip(text);
    let mut printer = Printer {
        brief: true,
        ..Printer::default()
    };
    for event in Parser::new_ext(kept, Options::ENABLE_TABLES) {
        printer.event(event);
        if !printer.lines.is_empty() {
            break;
        }
    }
    printer.end_block();
    let found = printer.lines.into_iter().next();
    match found {
        Some(line) if is_harmless(std::slice::from_ref(&line)) && !is_code_block(&line) => line,
        // Nothing but a comment is nothing to show.
        None if kept.trim_start().starts_with("<!--") => String::new(),
        // The marks of a block without words are the words.
        Some(_) | None => plain(kept)
            .into_iter()
            .take_while(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// As much of the start of `text` as is taken over.
fn clip(text: &str) -> &str {
    let mut end = text.len().min(LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What rustdoc reads comments with, so that a check sees what it sees.
fn rustdoc_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Whether rustdoc finds no test in `lines`: every block of code in them is fenced, is closed, and
/// has exactly one tag, of a language that is not Rust.
fn is_harmless(lines: &[String]) -> bool {
    // A paragraph of its own shows whether anything before it was left open.
    const END: &str = "end";
    let text = format!("{}\n\n{END}\n", lines.join("\n"));
    let mut depth = 0_usize;
    let mut last = String::new();
    for event in Parser::new_ext(&text, rustdoc_options()) {
        match event {
            Event::Start(tag) => {
                if let Tag::CodeBlock(kind) = &tag {
                    match kind {
                        CodeBlockKind::Fenced(info)
                            if info.as_ref() == "text" || LANGUAGES.contains(&info.as_ref()) => {}
                        CodeBlockKind::Fenced(_) | CodeBlockKind::Indented => return false,
                    }
                }
                if depth == 0 {
                    last.clear();
                    if tag != Tag::Paragraph {
                        last.push('\n');
                    }
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) => last.push_str(&text),
            _ => last.push('\n'),
        }
    }
    last == END
}

/// Whether rustdoc takes `line` for the start of a block of code.
fn is_code_block(line: &str) -> bool {
    Parser::new_ext(line, rustdoc_options())
        .any(|event| matches!(event, Event::Start(Tag::CodeBlock(_))))
}

/// `text` without any markup, the line breaks of its paragraphs aside: what is left for prose that
/// does not come out harmless otherwise.
fn plain(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let text = visible(text);
    let source: Vec<&str> = text.lines().collect();
    for paragraph in source.split(|line| line.trim().is_empty()) {
        let words = paragraph.join(" ");
        if words.trim().is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&escape_all(&words), WIDTH));
    }
    lines
}

/// A paragraph of our own words, already CommonMark, broken into lines; `marker` stands before the
/// first one, its width in spaces before the others.
pub(super) fn wrapped(marker: &str, text: &str) -> Vec<String> {
    let indent = " ".repeat(marker.len());
    wrap(text, WIDTH - marker.len())
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            if index == 0 {
                format!("{marker}{line}")
            } else {
                format!("{indent}{line}")
            }
        })
        .collect()
}

/// `text` as inline code, whatever is in it, but never within three or more ticks, which would open
/// a block of code if they came to stand at the start of a line. What needs that many is text.
pub(super) fn code(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let has_run = |length| text.split(|c| c != '`').any(|run| run.len() == length);
    let ticks = match (has_run(1), has_run(2)) {
        (false, _) => "`",
        (true, false) => "``",
        (true, true) => return escape_all(&text),
    };
    match text.contains('`') {
        true => format!("{ticks} {text} {ticks}"),
        false => format!("{ticks}{text}{ticks}"),
    }
}

/// What opens a line: the indentation of lists, the marks of quotes.
#[derive(Debug)]
enum Container {
    /// A list item: what stands before its first line, then the width of it before the others.
    Item {
        marker: Option<String>,
        indent: usize,
    },
    /// A quote.
    Quote,
}

/// Turns events into lines.
#[derive(Debug, Default)]
struct Printer {
    lines: Vec<String>,
    containers: Vec<Container>,
    /// The next number of each open list; none for one without numbers.
    lists: Vec<Option<u64>>,
    /// Words of the block that is open.
    inline: String,
    code_block: Option<(String, String)>,
    /// The address of each open link, and where in `inline` its bracket stands.
    link: Vec<(String, usize)>,
    table: Option<Table>,
    /// Whether the next block follows a list item's marker or another block without a gap.
    tight: bool,
    /// Whether only the words of a block are wanted, as one line without the marks of the block.
    brief: bool,
}

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<String>>,
}

impl Printer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                // The ticks of two pieces of code must not become one run.
                if self.inline.ends_with('`') {
                    self.inline.push(' ');
                }
                self.inline.push_str(&code(&text));
            }
            Event::InlineHtml(html) | Event::Html(html) => self.html(&html),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak => self.inline.push('\n'),
            Event::Rule => {
                self.end_block();
                if !self.brief {
                    self.gap();
                    self.push_line("---");
                }
            }
            Event::FootnoteReference(name) => self.text(&format!("[{name}]")),
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.end_block(),
            Tag::Heading { level, .. } => {
                self.end_block();
                if !self.brief {
                    self.inline.push_str(match level {
                        HeadingLevel::H1 | HeadingLevel::H2 => "## ",
                        HeadingLevel::H3 => "### ",
                        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => "#### ",
                    });
                }
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.gap();
                self.containers.push(Container::Quote);
                self.tight = true;
            }
            Tag::CodeBlock(kind) => {
                self.end_block();
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                let known = LANGUAGES
                    .iter()
                    .find(|known| language.eq_ignore_ascii_case(known));
                let language = known.copied().unwrap_or("text").to_owned();
                self.code_block = Some((language, String::new()));
            }
            Tag::List(first) => {
                self.end_block();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::Emphasis => self.inline.push('*'),
            Tag::Strong => self.inline.push_str("**"),
            Tag::Strikethrough => self.inline.push_str("~~"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.link.push((address(&dest_url), self.inline.len()));
                self.inline.push('[');
            }
            Tag::Table(_) => {
                self.end_block();
                if !self.brief {
                    self.table = Some(Table::default());
                }
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_)
            | Tag::Superscript
            | Tag::Subscript => {}
        }
    }

    fn start_item(&mut self) {
        self.end_block();
        let marker = match self.lists.last_mut() {
            Some(Some(next)) => {
                let marker = format!("{next}. ");
                *next += 1;
                marker
            }
            Some(None) | None => "- ".to_owned(),
        };
        let indent = marker.len();
        self.containers.push(Container::Item {
            marker: Some(marker),
            indent,
        });
        self.tight = true;
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock => self.end_block(),
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.containers.pop();
            }
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::Item => {
                self.end_block();
                if !self.brief
                    && let Some(Container::Item {
                        marker: Some(_), ..
                    }) = self.containers.last()
                {
                    // An item without text still shows that it is there.
                    self.push_line("");
                }
                self.containers.pop();
                self.tight = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                // Words after a list would be the last item's without a gap.
                self.tight = false;
            }
            TagEnd::Emphasis => self.inline.push('*'),
            TagEnd::Strong => self.inline.push_str("**"),
            TagEnd::Strikethrough => self.inline.push_str("~~"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableCell if self.brief => self.inline.push(' '),
            TagEnd::TableHead | TagEnd::TableRow if self.brief => self.end_block(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline)
                    .replace('|', "\\|")
                    .replace('\n', " ");
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_)
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    /// Closes a link: only an address on the web stays one, since rustdoc would take any other for
    /// the path of an item.
    fn end_link(&mut self) {
        let Some((address, open)) = self.link.pop() else {
            return;
        };
        if address.is_empty() {
            if self.inline[open..].starts_with('[') {
                self.inline.remove(open);
            }
        } else if self.inline.ends_with('[') {
            self.inline.pop();
            self.inline.push_str(&format!("<{address}>"));
        } else {
            self.inline.push_str(&format!("](<{address}>)"));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code_block {
            code.push_str(&visible(text));
            return;
        }
        let in_link = !self.link.is_empty();
        let escaped = escape(&visible(text), in_link);
        self.inline.push_str(&escaped);
    }

    /// HTML is not rendered: a line break stays one, other tags are dropped with a space, and what
    /// only looks like a tag (`<key>`) is text.
    fn html(&mut self, html: &str) {
        for part in html.split_inclusive('>') {
            let Some(open) = part.find('<') else {
                self.text(part);
                continue;
            };
            self.text(&part[..open]);
            let tag = &part[open..];
            let name: String = tag
                .trim_start_matches(['<', '/'])
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            match name.to_ascii_lowercase().as_str() {
                "br" => self.inline.push('\n'),
                "p" | "div" | "ul" | "ol" | "table" | "tr" | "hr" | "h1" | "h2" | "h3" | "h4" => {
                    self.end_block();
                }
                "li" if !tag.starts_with("</") => {
                    self.end_block();
                    self.inline.push_str("\u{2022} ");
                }
                "b" | "i" | "em" | "strong" | "code" | "a" | "span" | "td" | "th" | "li"
                | "pre" | "tt" | "u" | "s" | "sup" | "sub" | "img" | "font" | "small" | "tbody"
                | "thead" | "details" | "summary" | "section" | "center" | "dl" | "dt" | "dd" => {
                    if !self.inline.ends_with([' ', '\n']) && !self.inline.is_empty() {
                        self.inline.push(' ');
                    }
                }
                "" if tag.starts_with("<!--") => {}
                _ => self.text(tag),
            }
        }
    }

    fn end_code_block(&mut self) {
        let Some((language, code)) = self.code_block.take() else {
            return;
        };
        if self.brief {
            let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() {
                self.lines.push(self::code(&words));
            }
            return;
        }
        self.gap();
        let longest = code
            .split(|c| c != '`')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        self.push_line(&format!("{fence}{language}"));
        for line in code.trim_end_matches('\n').split('\n') {
            self.push_line(line);
        }
        self.push_line(&fence);
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        self.gap();
        for (index, row) in table.rows.iter().enumerate() {
            self.push_line(&format!("| {} |", row.join(" | ")));
            if index == 0 {
                self.push_line(&format!("|{}", " --- |".repeat(row.len())));
            }
        }
    }

    /// Ends the block of words that is open: wraps it and puts it out.
    fn end_block(&mut self) {
        if self.table.is_none() {
            // A tag may end the block within a link, whose bracket must not stay open.
            while !self.link.is_empty() {
                self.end_link();
            }
        }
        let words = std::mem::take(&mut self.inline);
        if words.trim().is_empty() || self.table.is_some() {
            if self.table.is_some() {
                self.inline = words;
            }
            return;
        }
        if self.brief {
            self.lines.extend(wrap(&words, usize::MAX));
            return;
        }
        self.gap();
        let heading = words.starts_with('#');
        let width = WIDTH.saturating_sub(self.indent()).max(20);
        let paragraphs: Vec<&str> = words.trim().split('\n').collect();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let last = index + 1 == paragraphs.len();
            let mut wrapped = match heading && index == 0 {
                true => vec![paragraph.split_whitespace().collect::<Vec<_>>().join(" ")],
                false => wrap(paragraph, width),
            };
            if !last && let Some(line) = wrapped.last_mut() {
                line.push('\\');
            }
            for line in wrapped {
                self.push_line(&line);
            }
        }
    }

    /// Parts the next block from the one before, unless they belong closely together.
    fn gap(&mut self) {
        let tight = std::mem::take(&mut self.tight);
        if !tight && self.lines.last().is_some_and(|line| !line.is_empty()) {
            let prefix = self.prefix();
            self.lines.push(prefix.trim_end().to_owned());
        }
    }

    fn indent(&self) -> usize {
        self.containers
            .iter()
            .map(|container| match container {
                Container::Item { indent, .. } => *indent,
                Container::Quote => 2,
            })
            .sum()
    }

    /// What stands before a line, without using up the marker of an item.
    fn prefix(&self) -> String {
        self.containers
            .iter()
            .map(|container| match container {
                Container::Item { indent, .. } => " ".repeat(*indent),
                Container::Quote => "> ".to_owned(),
            })
            .collect()
    }

    fn push_line(&mut self, line: &str) {
        let mut prefix = String::new();
        for container in &mut self.containers {
            match container {
                Container::Item { marker, indent } => match marker.take() {
                    Some(marker) => prefix.push_str(&marker),
                    None => prefix.push_str(&" ".repeat(*indent)),
                },
                Container::Quote => prefix.push_str("> "),
            }
        }
        prefix.push_str(line);
        self.lines.push(prefix.trim_end().to_owned());
    }
}
