//! Nodes from events: what the readers of JSON and YAML have in common.
//!
//! In come values, keys, beginnings and ends of objects and arrays in the order of the text, file by
//! file; out goes the [`Arena`]. Limits on depth and size are held here, the latter for all files
//! together, and keys that occur twice are seen here.

use std::ops::Range;

use super::arena::{Arena, Children, Length, Node, NodeId, Root, Span, Value};
use super::number::Number;
use crate::diag::Code;

/// Objects and arrays may be nested this deep.
pub(super) const DEPTH: usize = 256;

/// A document may have this many nodes. Documents in use have up to about two million.
pub(super) const NODES: usize = 5_000_000;

/// So many of them may be copies made for YAML aliases.
const COPIES: usize = 1_000_000;

/// Why a text can't be read.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

impl Fault {
    pub(super) fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code,
            range,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }
}

/// A key that an object has twice.
#[derive(Debug)]
pub(super) struct Duplicate {
    pub(super) key: String,
    pub(super) first: Range<usize>,
    pub(super) second: Range<usize>,
}

/// An object or array whose end has not come yet.
struct Open {
    node: NodeId,
    /// Where its children begin among the pending ones.
    first: usize,
    key: Option<Key>,
    /// The value of its merge key.
    merge: Option<NodeId>,
}

struct Key {
    step: u32,
    span: Span,
    /// Whether it is YAML's merge key.
    merge: bool,
}

/// Builds an arena from events.
#[derive(Default)]
pub(super) struct Builder {
    arena: Arena,
    open: Vec<Open>,
    /// The children of everything open, the innermost at the end.
    pending: Vec<NodeId>,
    /// For each key: the number of the object that had it last, and where among its children.
    seen: Vec<(u32, u32)>,
    objects: u32,
    duplicates: Vec<Duplicate>,
    copies: usize,
    /// Where the file that is being read begins.
    begin: Length,
    /// The numbers of that file as text, if its nodes have no places.
    spellings: Option<Vec<Box<str>>>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// What was read so far.
    pub(super) fn arena(&self) -> &Arena {
        &self.arena
    }

    /// Begins the next file, or the same one anew: what was added since the last one ended is
    /// forgotten. (What it has cost is not: the limits are for all attempts together.)
    pub(super) fn begin_file(&mut self) {
        self.arena.truncate(self.begin);
        self.open.clear();
        self.pending.clear();
        self.duplicates.clear();
        self.spellings = None;
    }

    /// Ends a file, and gives the keys that it has twice.
    pub(super) fn end_file(&mut self) -> Vec<Duplicate> {
        let id = u32::try_from(self.begin.nodes).unwrap_or(u32::MAX);
        self.arena.roots.push(Root {
            id: NodeId(id),
            numbers: self.begin.numbers,
            spellings: self.spellings.take(),
        });
        self.begin = self.arena.length();
        std::mem::take(&mut self.duplicates)
    }

    /// Adds a scalar.
    pub(super) fn scalar(&mut self, value: Value, range: Range<usize>) -> Result<NodeId, Fault> {
        self.add(value, range)
    }

    /// Adds a number.
    pub(super) fn number(&mut self, number: Number, range: Range<usize>) -> Result<NodeId, Fault> {
        let position = u32::try_from(self.arena.numbers.len()).unwrap_or(u32::MAX);
        self.arena.numbers.push(number);
        self.add(Value::Number(position), range)
    }

    /// Begins an object, whose entries follow until [`end`](Self::end).
    pub(super) fn object(&mut self, range: Range<usize>) -> Result<NodeId, Fault> {
        self.begin(Value::Object(Children::default()), range)
    }

    /// Begins an array, whose items follow until [`end`](Self::end).
    pub(super) fn array(&mut self, range: Range<usize>) -> Result<NodeId, Fault> {
        self.begin(Value::Array(Children::default()), range)
    }

    fn begin(&mut self, value: Value, range: Range<usize>) -> Result<NodeId, Fault> {
        if self.open.len() >= DEPTH {
            return Err(too_deep(range));
        }
        let node = self.add(value, range)?;
        let first = self.pending.len();
        self.open.push(Open {
            node,
            first,
            key: None,
            merge: None,
        });
        Ok(node)
    }

    /// Whether the next event is a key: an object is open and its last key has got its value.
    pub(super) fn wants_key(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.key.is_none() && matches!(self.arena.node(open.node).value, Value::Object(_))
        })
    }

    /// Adds the key of the next value. `merge` says that it is YAML's merge key, whose value is to
    /// be merged into the object.
    pub(super) fn key(&mut self, text: &str, range: Range<usize>, merge: bool) {
        let step = self.arena.intern(text);
        let span = Span::new(range.start, range.end);
        if let Some(open) = self.open.last_mut() {
            open.key = Some(Key { step, span, merge });
        }
    }

    /// The text of a string.
    pub(super) fn string(&self, node: NodeId) -> Option<Box<str>> {
        match &self.arena.node(node).value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// Ends the innermost open object or array, whose last byte is before `end`.
    pub(super) fn end(&mut self, end: usize) -> Result<Option<NodeId>, Fault> {
        let Some(open) = self.open.pop() else {
            return Ok(None);
        };
        if matches!(self.arena.node(open.node).value, Value::Object(_)) {
            self.drop_duplicates(open.first);
            if let Some(merge) = open.merge {
                self.merge(&open, merge)?;
            }
        }
        let children = self.adopt(open.first);
        let node = &mut self.arena.nodes[open.node.0 as usize];
        node.span.end = Span::new(0, end).end.max(node.span.start);
        match &mut node.value {
            Value::Array(slot) | Value::Object(slot) => *slot = children,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        self.arena.index(open.node);
        Ok(Some(open.node))
    }

    /// Moves the pending children from `first` on into the arena.
    fn adopt(&mut self, first: usize) -> Children {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let children = Children {
            first: narrow(self.arena.children.len()),
            len: narrow(self.pending.len() - first),
        };
        self.arena.children.extend(self.pending.drain(first..));
        children
    }

    /// Adds a copy of a node that is complete: what a YAML alias stands for.
    pub(super) fn copy(&mut self, original: NodeId, range: Range<usize>) -> Result<(), Fault> {
        // A number is spelt where it is written, everything else is where the alias is.
        let place = match self.arena.node(original).value {
            Value::Number(_) => self.arena.node(original).span.range(),
            _ => range.clone(),
        };
        let copy = self.add(Value::Null, place)?;
        self.copy_value(original, copy, self.open.len(), &range)
    }

    /// Gives `copy` the value of `original`, children included.
    fn copy_value(
        &mut self,
        original: NodeId,
        copy: NodeId,
        depth: usize,
        range: &Range<usize>,
    ) -> Result<(), Fault> {
        self.copies += 1;
        if self.copies > COPIES {
            let message = format!("the aliases of this document make more than {COPIES} copies");
            return Err(Fault::new(Code::AliasLimit, range.clone(), message)
                .help("refer to shared objects with `$ref`, which copies nothing"));
        }
        let mut value = self.arena.node(original).value.clone();
        if let Value::Array(slot) | Value::Object(slot) = &mut value {
            if depth >= DEPTH {
                return Err(too_deep(range.clone()));
            }
            let first = self.pending.len();
            for position in slot.first..slot.first + slot.len {
                let child = self.arena.children[position as usize];
                let child_copy = self.copy_under(child, copy, range)?;
                self.pending.push(child_copy);
                self.copy_value(child, child_copy, depth + 1, range)?;
            }
            *slot = self.adopt(first);
        }
        self.arena.nodes[copy.0 as usize].value = value;
        self.arena.index(copy);
        Ok(())
    }

    /// A node like `original`, but without a value, in another parent.
    fn copy_under(
        &mut self,
        original: NodeId,
        parent: NodeId,
        range: &Range<usize>,
    ) -> Result<NodeId, Fault> {
        let node = Node {
            value: Value::Null,
            parent,
            ..*self.arena.node(original)
        };
        self.push(node, range)
    }

    /// Replaces the merge key of `open` by what it stands for: the entries of an object, or of
    /// several ones in an array, unless the object has the key itself. A merge key with another value
    /// stays a key like others.
    fn merge(&mut self, open: &Open, merge: NodeId) -> Result<(), Fault> {
        let origins = match self.arena.node(merge).value {
            Value::Object(_) => vec![merge],
            Value::Array(_) => self.arena.children(merge).to_vec(),
            _ => return Ok(()),
        };
        let is_object = |&id: &NodeId| matches!(self.arena.node(id).value, Value::Object(_));
        if !origins.iter().all(is_object) {
            return Ok(());
        }
        let children = |&id: &NodeId| self.arena.children(id).iter().copied();
        let entries: Vec<NodeId> = origins.iter().flat_map(children).collect();
        for child in self.pending.split_off(open.first) {
            if child != merge {
                self.pending.push(child);
                continue;
            }
            for &entry in &entries {
                // Just before, the keys of this object were marked with its number.
                let seen = &mut self.seen[self.arena.node(entry).step as usize].0;
                if std::mem::replace(seen, self.objects) == self.objects {
                    continue;
                }
                let range = self.arena.node(entry).span.range();
                let copy = self.copy_under(entry, open.node, &range)?;
                self.pending.push(copy);
                self.copy_value(entry, copy, self.open.len() + 1, &range)?;
            }
        }
        Ok(())
    }

    /// Leaves of the pending children from `first` on one for each key: the last, in the place of
    /// the first.
    fn drop_duplicates(&mut self, first: usize) {
        self.objects += 1;
        self.seen.resize(self.arena.key_count(), (0, 0));
        let mut kept = first;
        for position in first..self.pending.len() {
            let id = self.pending[position];
            let node = self.arena.node(id);
            let seen = &mut self.seen[node.step as usize];
            if seen.0 == self.objects {
                let earlier = std::mem::replace(&mut self.pending[seen.1 as usize], id);
                let range = |id| self.arena.node(id).key.map_or(0..0, Span::range);
                self.duplicates.push(Duplicate {
                    key: self.arena.key_text(node.step).to_owned(),
                    first: range(earlier),
                    second: range(id),
                });
            } else {
                *seen = (self.objects, u32::try_from(kept).unwrap_or(u32::MAX));
                self.pending[kept] = id;
                kept += 1;
            }
        }
        self.pending.truncate(kept);
    }

    /// Adds a node to what is open.
    fn add(&mut self, value: Value, range: Range<usize>) -> Result<NodeId, Fault> {
        let own = NodeId(u32::try_from(self.arena.nodes.len()).unwrap_or(u32::MAX));
        let (parent, step, key, merge) = match self.open.last_mut() {
            None => (own, 0, None, false),
            Some(open) => match open.key.take() {
                Some(key) => (open.node, key.step, Some(key.span), key.merge),
                None => {
                    let index = self.pending.len() - open.first;
                    (
                        open.node,
                        u32::try_from(index).unwrap_or(u32::MAX),
                        None,
                        false,
                    )
                }
            },
        };
        let node = Node {
            value,
            parent,
            step,
            span: Span::new(range.start, range.end),
            key,
        };
        let id = self.push(node, &range)?;
        if parent != id {
            self.pending.push(id);
        }
        if let Some(open) = self.open.last_mut().filter(|_| merge) {
            open.merge = Some(id);
        }
        Ok(id)
    }

    fn push(&mut self, node: Node, range: &Range<usize>) -> Result<NodeId, Fault> {
        let position = self.arena.nodes.len();
        if position >= NODES {
            let message = format!("the document has more than {NODES} nodes");
            return Err(Fault::new(Code::TooLarge, range.clone(), message)
                .help("split the document or remove examples"));
        }
        self.arena.nodes.push(node);
        Ok(NodeId(u32::try_from(position).unwrap_or(u32::MAX)))
    }

    /// Says that nothing of this file has a place in the text. Numbers are then spelt as they are
    /// printed.
    pub(super) fn without_places(&mut self) {
        let numbers = &self.arena.numbers[self.begin.numbers..];
        let spellings = numbers.iter().map(|number| number.to_string().into());
        self.spellings = Some(spellings.collect());
    }

    /// The nodes of all files that were ended.
    pub(super) fn finish(mut self) -> Arena {
        self.begin_file();
        self.arena
    }
}

fn too_deep(range: Range<usize>) -> Fault {
    let message = format!("objects and arrays are nested more than {DEPTH} levels deep");
    Fault::new(Code::TooDeep, range, message)
        .help("name the inner schemas in `components/schemas` and refer to them with `$ref`")
}
