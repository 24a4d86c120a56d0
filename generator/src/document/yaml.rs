//! The reader of YAML 1.2.
//!
//! In goes a text, out come events for the [`Builder`]. The grammar is the `saphyr-parser` crate's;
//! here is what it leaves open: which scalars are numbers (the core schema, section 10.3), aliases,
//! merge keys, and which keys an object can have. It does not recurse over the text.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::arena::{NodeId, Value};
use super::build::{Builder, Fault};
use super::number::Number;
use crate::diag::Code;

/// What a YAML text has.
pub(super) enum Stream {
    /// No document: nothing but white space and comments.
    Empty,
    /// One document, and where a second one begins, which was not read.
    Document {
        /// The marker of the second document.
        second: Option<Range<usize>>,
    },
}

/// Reads the first document of the YAML text `text`.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<Stream, Fault> {
    let mut reader = Reader {
        builder,
        offsets: Offsets::new(text),
        anchors: Vec::new(),
        open: Vec::new(),
    };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = reader.offsets.byte(error.marker().index());
            let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
            // The parser has a limit of its own for brackets within brackets.
            let code = match error.info() {
                "recursion limit exceeded" => Code::TooDeep,
                _ => Code::SyntaxError,
            };
            Fault::new(code, at..end, error.info())
        })?;
        if let Event::DocumentStart(_) = event {
            documents += 1;
            if documents == 2 {
                let second = Some(reader.offsets.range(span));
                return Ok(Stream::Document { second });
            }
        }
        reader.event(event, span)?;
    }
    Ok(match documents {
        0 => Stream::Empty,
        _ => Stream::Document { second: None },
    })
}

/// What an anchor marks.
enum Anchor {
    /// An object or array that has not ended: an alias of it would have no end.
    Open,
    Node(NodeId),
    /// A key, which is no node, by its text.
    Key(Box<str>),
}

struct Reader<'b, 't> {
    builder: &'b mut Builder,
    offsets: Offsets<'t>,
    /// What the anchors mark, by their number.
    anchors: Vec<Anchor>,
    /// The anchors of everything open; 0 stands for none.
    open: Vec<usize>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        let range = self.offsets.range(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.builder.wants_key() {
                    let merge = style == ScalarStyle::Plain && text == "<<";
                    self.builder.key(&text, range, merge);
                    self.set(anchor, Anchor::Key(text.into()));
                    return Ok(());
                }
                let node = match scalar(&text, style, tag.as_deref()) {
                    Scalar::Value(value) => self.builder.scalar(value, range)?,
                    Scalar::Number(number) => {
                        // Without a tag and an anchor before it: the range is how it is spelt.
                        let start = range.end.saturating_sub(text.len()).max(range.start);
                        self.builder.number(number, start..range.end)?
                    }
                };
                self.set(anchor, Anchor::Node(node));
            }
            Event::MappingStart(anchor, _) => {
                self.refuse_key(&range, "an object")?;
                self.builder.object(range)?;
                self.begin(anchor);
            }
            Event::SequenceStart(anchor, _) => {
                self.refuse_key(&range, "an array")?;
                self.builder.array(range)?;
                self.begin(anchor);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let node = self.builder.end(range.end)?;
                let anchor = self.open.pop().unwrap_or(0);
                if let Some(node) = node {
                    self.set(anchor, Anchor::Node(node));
                }
            }
            Event::Alias(anchor) => {
                self.alias(anchor, range)?;
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn begin(&mut self, anchor: usize) {
        self.set(anchor, Anchor::Open);
        self.open.push(anchor);
    }

    fn set(&mut self, anchor: usize, to: Anchor) {
        if anchor > 0 {
            if self.anchors.len() <= anchor {
                self.anchors.resize_with(anchor + 1, || Anchor::Open);
            }
            self.anchors[anchor] = to;
        }
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Fault> {
        match (self.anchors.get(anchor), self.builder.wants_key()) {
            (Some(Anchor::Key(text)), true) => self.builder.key(text, range, false),
            (Some(Anchor::Key(text)), false) => {
                self.builder.scalar(Value::String(text.clone()), range)?;
            }
            (Some(Anchor::Node(node)), true) => {
                let Some(text) = self.builder.string(*node) else {
                    return self.refuse_key(&range, "what the alias stands for");
                };
                self.builder.key(&text, range, false);
            }
            (Some(Anchor::Node(node)), false) => self.builder.copy(*node, range)?,
            // The parser refuses aliases of anchors that are not there.
            (Some(Anchor::Open) | None, _) => {
                let message = "the alias stands for something that it is a part of";
                return Err(Fault::new(Code::AliasLimit, range, message)
                    .help("refer to the outer object with `$ref`"));
            }
        }
        Ok(())
    }

    /// Keys of an OpenAPI document are text.
    fn refuse_key(&self, range: &Range<usize>, what: &str) -> Result<(), Fault> {
        if self.builder.wants_key() {
            let message = format!("{what} can't be the key of an object");
            return Err(Fault::new(Code::SyntaxError, range.clone(), message)
                .help("keys are text; put one that has brackets in it into quotes"));
        }
        Ok(())
    }
}

/// What a scalar is.
enum Scalar {
    Value(Value),
    Number(Number),
}

/// What a scalar is, by the core schema (YAML 1.2.2, section 10.3.2). Of tags only `!!str` has a
/// meaning here: it makes a plain scalar a string.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Scalar {
    let string = || Scalar::Value(Value::String(text.into()));
    if style != ScalarStyle::Plain {
        return string();
    }
    if tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str") {
        return string();
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Value(Value::Null),
        "true" | "True" | "TRUE" => Scalar::Value(Value::Bool(true)),
        "false" | "False" | "FALSE" => Scalar::Value(Value::Bool(false)),
        _ => Number::from_yaml(text).map_or_else(string, Scalar::Number),
    }
}

/// Byte offsets for the character offsets that the parser counts.
struct Offsets<'t> {
    text: &'t str,
    /// Whether every character is one byte.
    ascii: bool,
    /// The last offset that was asked for, in characters and in bytes: the next one is near.
    chars: usize,
    bytes: usize,
}

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            ascii: text.is_ascii(),
            chars: 0,
            bytes: 0,
        }
    }

    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        start..end
    }

    fn byte(&mut self, index: usize) -> usize {
        if self.ascii {
            return index.min(self.text.len());
        }
        let (before, after) = self.text.split_at(self.bytes);
        let found = if index >= self.chars {
            let offset = after.char_indices().nth(index - self.chars);
            offset.map(|(at, _)| self.bytes + at)
        } else {
            let offset = before.char_indices().rev().nth(self.chars - index - 1);
            offset.map(|(at, _)| at)
        };
        let Some(bytes) = found else {
            return self.text.len();
        };
        self.bytes = bytes;
        self.chars = index;
        self.bytes
    }
}
