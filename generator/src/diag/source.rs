//! Texts under a name, for showing parts of them.
//!
//! In comes a text as it was read, later whoever knows where its nodes are written; out go bytes,
//! lines and columns, looked up when they are asked for.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::Focus;

/// Knows where in a text the nodes of its document are written.
pub trait Locate: Send + Sync {
    /// The bytes of the node at a JSON Pointer (RFC 6901), or of its key. There are none if the
    /// document has no such node.
    fn locate(&self, pointer: &str, focus: Focus) -> Option<Range<usize>>;

    /// The text in which the node at a pointer is written, if the document has several and it is
    /// another than this one.
    fn elsewhere(&self, pointer: &str) -> Option<Source> {
        let _ = pointer;
        None
    }
}

/// How the node at `pointer` is referred to, as in a `$ref`: a pointer into the file with which a
/// document begins gets a `#` before it, and one that names its file has it already.
pub fn reference_to(pointer: &str) -> Cow<'_, str> {
    if pointer.is_empty() || pointer.starts_with('/') {
        Cow::Owned(format!("#{pointer}"))
    } else {
        Cow::Borrowed(pointer)
    }
}

/// A text and the name under which it is shown, as a rule the path of the file it was read from.
///
/// It is a handle: clones share the text. Two sources are equal if they have the same name and text.
#[derive(Clone)]
pub struct Source(Arc<Named>);

struct Named {
    name: Box<str>,
    text: Box<str>,
    /// Where lines and columns are, found when first asked for.
    index: OnceLock<Index>,
    /// Whoever read the text and knows its nodes.
    nodes: OnceLock<Arc<dyn Locate>>,
}

/// How many bytes lie between two counts of characters.
const BLOCK: usize = 4096;

/// Makes lines and columns quick to find, also in a text of one huge line.
struct Index {
    /// The byte offsets at which lines begin.
    lines: Vec<usize>,
    /// How many characters begin before each block of bytes.
    chars: Vec<usize>,
}

impl Source {
    /// A text and the name under which it is shown.
    pub fn new(name: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        Self(Arc::new(Named {
            name: name.into(),
            text: text.into(),
            index: OnceLock::new(),
            nodes: OnceLock::new(),
        }))
    }

    /// Tells the source, and all its clones, who knows where the nodes of the text are. Only the
    /// first call counts.
    pub fn set_nodes(&self, nodes: Arc<dyn Locate>) {
        // A second reader of the same text would say the same.
        let _ = self.0.nodes.set(nodes);
    }

    /// The bytes of the node at a JSON Pointer (RFC 6901), or of its key, if the text was read and
    /// has such a node.
    pub fn locate(&self, pointer: &str, focus: Focus) -> Option<Range<usize>> {
        self.0.nodes.get()?.locate(pointer, focus)
    }

    /// The text in which the node at a pointer is written: this one, or, if the pointer names another
    /// file of the same document, the text of that file.
    pub(super) fn of_node(&self, pointer: &str) -> Source {
        let nodes = self.0.nodes.get();
        let other = nodes.and_then(|nodes| nodes.elsewhere(pointer));
        other.unwrap_or_else(|| self.clone())
    }

    /// The name under which the text is shown.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The line and the column of the byte at `offset`, both counted from 1, the column in
    /// characters. An offset behind the end of the text counts as its end, one inside a character
    /// as the beginning of that character.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.boundary(offset);
        let line = self.line_index(offset);
        let columns = self.chars(self.index().lines[line]..offset);
        (line + 1, columns + 1)
    }

    /// The bytes of the line in which the byte at `offset` is, without its line break.
    pub(super) fn line(&self, offset: usize) -> Range<usize> {
        let line = self.line_index(self.boundary(offset));
        let lines = &self.index().lines;
        let (start, end) = (lines[line], lines.get(line + 1).copied());
        let text = &self.text()[start..end.unwrap_or(self.text().len())];
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        start..start + text.len()
    }

    /// How many characters are in a range, whose ends are boundaries of characters.
    pub(super) fn chars(&self, range: Range<usize>) -> usize {
        let before = |offset: usize| {
            let block = offset / BLOCK;
            let rest = &self.text().as_bytes()[block * BLOCK..offset];
            self.index().chars[block] + count_chars(rest)
        };
        before(range.end) - before(range.start)
    }

    /// The last offset at or before `offset` at which a character begins or the text ends.
    pub(super) fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text().len());
        while !self.text().is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn line_index(&self, offset: usize) -> usize {
        self.index().lines.partition_point(|&start| start <= offset) - 1
    }

    fn index(&self) -> &Index {
        self.0.index.get_or_init(|| {
            let bytes = self.text().as_bytes();
            let breaks = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\n');
            let mut chars = vec![0];
            for block in bytes.chunks(BLOCK) {
                chars.push(chars.last().unwrap_or(&0) + count_chars(block));
            }
            Index {
                lines: std::iter::once(0)
                    .chain(breaks.map(|(at, _)| at + 1))
                    .collect(),
                chars,
            }
        })
    }
}

/// How many characters begin in these bytes of a UTF-8 text.
fn count_chars(bytes: &[u8]) -> usize {
    // All bytes but those that continue a character.
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.name() == other.name() && self.text() == other.text())
    }
}

impl Eq for Source {}

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Enough to agree with equality; the text may be megabytes.
        self.name().hash(state);
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name())
            .field("bytes", &self.text().len())
            .finish_non_exhaustive()
    }
}
