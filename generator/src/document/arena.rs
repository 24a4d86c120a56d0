//! The nodes of a document, those of all its files in one place.
//!
//! In come nodes from the [`Builder`](super::build::Builder), file by file; out goes access by
//! [`NodeId`]. The nodes of a file lie side by side and begin with its root. Keys are interned, so an
//! object is a list of nodes that know their key. What was [changed](super::edit) after the files were
//! read knows where it stood. Nothing here knows what JSON, YAML or OpenAPI are, or what a file is
//! called.

use std::ops::Range;

use indexmap::{IndexMap, IndexSet};

use super::edit::Changes;
use super::number::Number;
use super::pointer;
use crate::diag::Focus;

/// A node of a document, by its number. The order is that in which the nodes are written, the files
/// in the order in which they were read; nodes that no file has come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The root of the file with which a document begins.
    pub(super) const ROOT: NodeId = NodeId(0);
}

/// The bytes in the text that a node or key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    /// From byte offsets, which fit because the size of a text is limited.
    pub(super) fn new(start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// A number, by its position in the arena: few nodes are numbers, and those are large.
    Number(u32),
    String(Box<str>),
    Array(Children),
    Object(Children),
}

/// The children of a node, as a part of the arena's list.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Children {
    pub(super) first: u32,
    pub(super) len: u32,
}

/// An object as large as this has an index of its keys.
const INDEXED: usize = 16;

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) value: Value,
    /// The parent; of a root, itself.
    pub(super) parent: NodeId,
    /// How the parent reaches the node: the number of the key in an object, the index in an array.
    pub(super) step: u32,
    pub(super) span: Span,
    /// The key in an object.
    pub(super) key: Option<Span>,
}

/// Where the nodes of a file begin.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) id: NodeId,
    /// The position of its first number among all numbers.
    pub(super) numbers: usize,
    /// Its numbers as text, if its nodes have no places at which they could be looked up.
    pub(super) spellings: Option<Vec<Box<str>>>,
}

/// The nodes of a document.
#[derive(Debug, Default)]
pub(super) struct Arena {
    /// The files, in the order of their nodes.
    pub(super) roots: Vec<Root>,
    pub(super) nodes: Vec<Node>,
    pub(super) children: Vec<NodeId>,
    pub(super) numbers: Vec<Number>,
    keys: IndexSet<Box<str>>,
    /// Where the keys of large objects are.
    pub(super) index: IndexMap<(NodeId, u32), NodeId>,
    /// What was changed since the files were read.
    pub(super) changes: Changes,
}

impl Arena {
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Which file a node is in; of one that no file has, which file it was added to.
    pub(super) fn file(&self, mut id: NodeId) -> usize {
        while self.is_added(id)
            && let Some(parent) = self.parent(id)
        {
            id = parent;
        }
        self.roots.partition_point(|root| root.id <= id) - 1
    }

    /// The nodes of a file, from its root on.
    pub(super) fn nodes_of(&self, file: usize) -> impl Iterator<Item = NodeId> {
        let end = match self.roots.get(file + 1) {
            Some(next) => next.id.0,
            None => u32::try_from(self.read_count()).unwrap_or(u32::MAX),
        };
        (self.roots[file].id.0..end).map(NodeId)
    }

    /// The parent of a node; none of a root.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.node(id).parent;
        (parent != id).then_some(parent)
    }

    /// The children of a node in their order; none of a scalar.
    pub(super) fn children(&self, id: NodeId) -> &[NodeId] {
        match self.node(id).value {
            Value::Array(children) | Value::Object(children) => self.held(children),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => &[],
        }
    }

    /// The child of an object under a key.
    pub(super) fn child(&self, id: NodeId, key: &str) -> Option<NodeId> {
        let Value::Object(Children { len, .. }) = self.node(id).value else {
            return None;
        };
        let step = self.key_number(key)?;
        if len as usize >= INDEXED {
            return self.index.get(&(id, step)).copied();
        }
        let mut children = self.children(id).iter().copied();
        children.find(|&child| self.node(child).step == step)
    }

    /// The key under which the parent, an object, holds a node.
    pub(super) fn key(&self, id: NodeId) -> Option<&str> {
        match self.node(self.parent(id)?).value {
            Value::Object(_) => Some(self.key_text(self.node(id).step)),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => None,
        }
    }

    /// How many different keys there are.
    pub(super) fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// Whether any object has this key.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// The number of a key, if any object has it.
    pub(super) fn key_number(&self, key: &str) -> Option<u32> {
        u32::try_from(self.keys.get_index_of(key)?).ok()
    }

    /// These children of a node.
    pub(super) fn held(&self, children: Children) -> &[NodeId] {
        &self.children[children.first as usize..][..children.len as usize]
    }

    pub(super) fn key_text(&self, step: u32) -> &str {
        &self.keys[step as usize]
    }

    /// The number of a key, whether it was there before or not.
    pub(super) fn intern(&mut self, key: &str) -> u32 {
        let known = self.keys.get_index_of(key);
        let index = known.unwrap_or_else(|| self.keys.insert_full(key.into()).0);
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    /// Makes the keys of a large object quick to find, when its children are known.
    pub(super) fn index(&mut self, id: NodeId) {
        if let Value::Object(Children { first, len }) = self.node(id).value
            && len as usize >= INDEXED
        {
            for child in &self.children[first as usize..][..len as usize] {
                let step = self.nodes[child.0 as usize].step;
                self.index.insert((id, step), *child);
            }
        }
    }

    /// Forgets what was added since the arena had this length; keys are kept.
    pub(super) fn truncate(&mut self, to: Length) {
        self.nodes.truncate(to.nodes);
        self.children.truncate(to.children);
        self.numbers.truncate(to.numbers);
        self.index.truncate(to.index);
    }

    /// How much there is of everything.
    pub(super) fn length(&self) -> Length {
        Length {
            nodes: self.nodes.len(),
            children: self.children.len(),
            numbers: self.numbers.len(),
            index: self.index.len(),
        }
    }

    /// The JSON Pointer (RFC 6901) of a node within its file: where it is written, also if it was moved
    /// since. A node that no file has continues the pointer of what it was added to.
    pub(super) fn pointer(&self, mut id: NodeId) -> String {
        let mut path = Vec::new();
        while let Some((parent, step)) = self.origin(id) {
            path.push((parent, step));
            id = parent;
        }
        let mut text = String::new();
        for (parent, step) in path.into_iter().rev() {
            match self.node(parent).value {
                Value::Object(_) => pointer::push(&mut text, self.key_text(step)),
                _ => pointer::push(&mut text, &step.to_string()),
            }
        }
        text
    }

    /// The node at a JSON Pointer (RFC 6901) in a file.
    pub(super) fn find(&self, file: usize, pointer: &str) -> Option<NodeId> {
        let root = self.roots.get(file)?.id;
        pointer::tokens(pointer)?.try_fold(root, |id, token| self.reach(id, &token?))
    }

    /// The bytes of the node at a JSON Pointer in a file, or of its key.
    pub(super) fn locate(&self, file: usize, pointer: &str, focus: Focus) -> Option<Range<usize>> {
        if self.roots.get(file)?.spellings.is_some() {
            return None;
        }
        let id = self.written(self.find(file, pointer)?);
        if self.file(id) != file {
            return None;
        }
        let node = self.node(id);
        let container = matches!(node.value, Value::Array(_) | Value::Object(_));
        // An object is best recognized by its key: in YAML it begins on a line of its own, with the
        // key of its first child. One without a key is shown by its beginning.
        Some(match (node.key, focus) {
            (Some(key), Focus::Key) => key.range(),
            (Some(key), Focus::Value) if container => key.range(),
            (None, _) if container => node.span.range().start..node.span.range().start + 1,
            _ => node.span.range(),
        })
    }
}

/// How much there is of everything in an arena.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Length {
    pub(super) nodes: usize,
    children: usize,
    pub(super) numbers: usize,
    index: usize,
}
