//! Diagnostics: what was found, where, and what it costs.
//!
//! In comes what any stage has to say about its input: a [`Code`] from a closed list, a [`Place`] in
//! a text, and one sentence. Out goes text for people ([`render()`]), one line of counts ([`summary`])
//! or the values themselves. The severity belongs to the code, so the same problem always weighs
//! the same.
//!
//! This module knows no other module of the crate: neither documents nor Rust code. A place carries
//! its [`Source`], so what was reported can be shown when the stage that reported it has failed and
//! is gone.

mod code;
mod codes;
mod nearest;
mod render;
mod source;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexSet;

pub use self::codes::Code;
pub use self::nearest::nearest;
pub use self::render::{Style, render};
pub use self::source::{Locate, Source, reference_to};

/// What a diagnostic costs the output. It belongs to the [`Code`].
///
/// The order is by weight: an error is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output is complete, but not the literal reading of the input.
    Note,
    /// A type became freer than the input says, because it could not be read or expressed.
    Widened,
    /// One item, as a rule an operation, is left out of the output.
    Skipped,
    /// Nothing is written.
    Error,
}

impl Severity {
    /// The word by which the severity is printed: `note`, `widened`, `skipped` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Widened => "widened",
            Severity::Skipped => "skipped",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which part of a node a place means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Focus {
    /// The key under which an object holds the node. A node without a key is meant as a whole.
    Key,
    /// The node itself.
    Value,
}

/// Where in the input something was found.
///
/// A place is cheap to make: bytes, lines and columns are looked up only when it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// No place: the command line, or the output.
    Nowhere,
    /// A file as a whole, by its name as shown to the user.
    File(Arc<str>),
    /// Some bytes of a text: where its syntax is broken, for example.
    Span {
        /// The text.
        source: Source,
        /// The bytes in the text.
        range: Range<usize>,
    },
    /// A node of a document.
    Node {
        /// The text in which the node is written.
        source: Source,
        /// The JSON Pointer (RFC 6901) of the node; empty for the root. In another file than the one
        /// with which the document begins, the path of that file and `#` come before it.
        pointer: String,
        /// Which part of the node is meant.
        focus: Focus,
    },
}

impl Place {
    /// A file as a whole, by its name as shown to the user.
    pub fn file(name: impl Into<Arc<str>>) -> Self {
        Place::File(name.into())
    }

    /// Some bytes of a text.
    pub fn span(source: &Source, range: Range<usize>) -> Self {
        Place::Span {
            source: source.clone(),
            range,
        }
    }

    /// The node at a JSON Pointer (RFC 6901), by its key, in the file of this place, or in another one
    /// of the same document if the pointer names it (`pet.yaml#/properties`). Without a file it is
    /// nowhere as well.
    #[must_use]
    pub fn at(&self, pointer: impl Into<String>) -> Self {
        let pointer = pointer.into();
        let source = match self {
            Place::Nowhere => return Place::Nowhere,
            Place::File(name) => Source::new(&**name, ""),
            Place::Span { source, .. } | Place::Node { source, .. } => source.of_node(&pointer),
        };
        Place::Node {
            source,
            pointer,
            focus: Focus::Key,
        }
    }

    /// The name of the file, as shown to the user, if the place is in one.
    pub fn file_name(&self) -> Option<&str> {
        match self {
            Place::Nowhere => None,
            Place::File(name) => Some(name),
            Place::Span { source, .. } | Place::Node { source, .. } => Some(source.name()),
        }
    }

    /// The JSON Pointer (RFC 6901) of the place, if it is a node of a document.
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Place::Node { pointer, .. } => Some(pointer),
            Place::Nowhere | Place::File(_) | Place::Span { .. } => None,
        }
    }

    /// The line and the column at which the place begins, both counted from 1, the column in
    /// characters. There are none for a file as a whole and for a node that its text doesn't have.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let (source, range) = self.excerpt()?;
        Some(source.line_column(range.start))
    }

    /// The text and the bytes in it, if the place is a part of a text.
    fn excerpt(&self) -> Option<(&Source, Range<usize>)> {
        match self {
            Place::Span { source, range } => Some((source, range.clone())),
            Place::Node {
                source,
                pointer,
                focus,
            } => Some((source, source.locate(pointer, *focus)?)),
            Place::Nowhere | Place::File(_) => None,
        }
    }
}

/// One diagnostic.
///
/// Two of them are equal if they say the same thing: code, place and message are compared, the help
/// and the related places are not.
#[derive(Debug, Clone)]
pub struct Diag {
    /// What kind of problem this is, and with it how much it weighs.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong and what was done about it, in one line without a full stop at its end.
    pub message: String,
    /// How to mend the input, if that can be said.
    pub help: Option<String>,
    /// Other places that belong to the problem, each with what it has to do with it.
    pub related: Vec<(Place, String)>,
}

impl Diag {
    /// A diagnostic without help and related places.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            place,
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// Adds how to mend the input. A second call replaces the text of the first.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds another place that belongs to the problem, and what it has to do with it.
    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push((place, text.into()));
        self
    }

    /// What the diagnostic costs the output: the severity of its code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl PartialEq for Diag {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code && self.place == other.place && self.message == other.message
    }
}

impl Eq for Diag {}

impl Hash for Diag {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code.hash(state);
        self.place.hash(state);
        self.message.hash(state);
    }
}

/// The diagnostics of a run, in the order in which they were reported.
///
/// It is shared by reference: a stage reports and goes on, and [`finish`](Diags::finish) at its end
/// decides whether the next stage may begin. What is reported twice is kept once.
#[derive(Debug, Default)]
pub struct Diags(RefCell<IndexSet<Diag>>);

impl Diags {
    /// No diagnostics yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps `diag`, unless an equal one was reported before.
    pub fn report(&self, diag: Diag) {
        self.0.borrow_mut().insert(diag);
    }

    /// How many diagnostics of this severity were reported.
    pub fn count(&self, severity: Severity) -> usize {
        let diags = self.0.borrow();
        diags
            .iter()
            .filter(|diag| diag.severity() == severity)
            .count()
    }

    /// Whether any error was reported.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Ends a stage: passes `value` on.
    ///
    /// # Errors
    ///
    /// Fails if any error was reported so far.
    pub fn finish<T>(&self, value: T) -> Result<T, Failed> {
        if self.has_errors() {
            Err(Failed)
        } else {
            Ok(value)
        }
    }

    /// A copy of what was reported so far, in the order of the reports.
    pub fn snapshot(&self) -> Vec<Diag> {
        self.0.borrow().iter().cloned().collect()
    }

    /// What was reported, in the order of the reports.
    pub fn into_vec(self) -> Vec<Diag> {
        self.0.into_inner().into_iter().collect()
    }
}

/// Errors were reported, so there is no result. What they are is in the [`Diags`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("errors were reported")
    }
}

impl std::error::Error for Failed {}

/// Counts by severity in one line, the heaviest first: `2 skipped, 1 widened, 3 notes`.
///
/// A severity of which there is none is left out; without any diagnostics the line is `no findings`.
pub fn summary(diags: &[Diag]) -> String {
    let count = |severity| {
        diags
            .iter()
            .filter(|diag| diag.severity() == severity)
            .count()
    };
    let plural = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{n} {many}")),
    };
    let parts: Vec<String> = [
        plural(count(Severity::Error), "error", "errors"),
        plural(count(Severity::Skipped), "skipped", "skipped"),
        plural(count(Severity::Widened), "widened", "widened"),
        plural(count(Severity::Note), "note", "notes"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}
