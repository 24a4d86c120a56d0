//! Changing nodes after their files were read, so that they still know where they are written.
//!
//! In come nodes that are added, and what objects and arrays shall hold; the [`Arena`] remembers where
//! each node stood and what each object held. Nothing is ever taken out of the arena: what nobody
//! holds any more is still found at its pointer. Nothing here knows what OpenAPI is, or why something
//! is changed.

use indexmap::IndexMap;

use super::arena::{Arena, Children, Node, NodeId, Value};
use super::pointer;

/// What was changed since the files were read.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// For the nodes that no file has, which are the last ones: the node in whose place each is shown.
    written: Vec<NodeId>,
    /// Where nodes stood: their parent, and how it reached them.
    moved: IndexMap<NodeId, (NodeId, u32)>,
    /// What objects and arrays held, and do not hold any more.
    taken: IndexMap<(NodeId, u32), NodeId>,
}

impl Arena {
    /// How many nodes the files have.
    pub(super) fn read_count(&self) -> usize {
        self.nodes.len() - self.changes.written.len()
    }

    /// The nodes that no file has.
    pub(super) fn added(&self) -> impl Iterator<Item = NodeId> {
        (self.read_count()..self.nodes.len())
            .map(|id| NodeId(u32::try_from(id).unwrap_or(u32::MAX)))
    }

    /// Whether no file has this node.
    pub(super) fn is_added(&self, id: NodeId) -> bool {
        id.0 as usize >= self.read_count()
    }

    /// The node in a file in whose place this one is shown: as a rule itself.
    pub(super) fn written(&self, id: NodeId) -> NodeId {
        let added = (id.0 as usize).checked_sub(self.read_count());
        let written = added.and_then(|added| self.changes.written.get(added));
        written.copied().unwrap_or(id)
    }

    /// The object or array that held a node before it was moved, and how; none of a root.
    pub(super) fn origin(&self, id: NodeId) -> Option<(NodeId, u32)> {
        let moved = self.changes.moved.get(&id).copied();
        moved.or_else(|| Some((self.parent(id)?, self.node(id).step)))
    }

    /// The child of a node to which a reference token leads (RFC 6901, section 4): one that it holds, or
    /// else one that it held.
    pub(super) fn reach(&self, id: NodeId, token: &str) -> Option<NodeId> {
        let (step, child) = match self.node(id).value {
            Value::Object(_) => (self.key_number(token)?, self.child(id, token)),
            Value::Array(_) => {
                let step = u32::try_from(pointer::index(token)?).ok()?;
                (step, self.item(id, step))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        };
        let is_here = |&child: &NodeId| {
            self.parent(child) == Some(id) || self.origin(child) == Some((id, step))
        };
        let taken = || self.changes.taken.get(&(id, step)).copied();
        child.filter(is_here).or_else(taken)
    }

    /// The item of an array that has this number, which is its position unless items were removed.
    fn item(&self, id: NodeId, step: u32) -> Option<NodeId> {
        let items = self.children(id);
        let at_position = items.get(step as usize).copied();
        if at_position.is_some_and(|item| self.node(item).step == step) {
            return at_position;
        }
        let found = items.binary_search_by_key(&step, |&item| self.node(item).step);
        found.ok().map(|position| items[position])
    }

    /// Adds a node that nothing holds yet, and that is shown in the place of another one.
    pub(super) fn add(&mut self, value: Value, shown_at: NodeId) -> NodeId {
        let written = self.written(shown_at);
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node {
            value,
            parent: id,
            step: 0,
            span: self.node(written).span,
            key: None,
        });
        self.changes.written.push(written);
        id
    }

    /// Adds an object that nothing holds yet.
    pub(super) fn add_object(&mut self, entries: Vec<(&str, NodeId)>, shown_at: NodeId) -> NodeId {
        let id = self.add(Value::Object(Children::default()), shown_at);
        self.set_entries(id, entries);
        id
    }

    /// Adds an array that nothing holds yet.
    pub(super) fn add_array(&mut self, items: Vec<NodeId>, shown_at: NodeId) -> NodeId {
        let id = self.add(Value::Array(Children::default()), shown_at);
        self.set_items(id, items);
        id
    }

    /// Adds a boolean that nothing holds yet.
    pub(super) fn add_flag(&mut self, flag: bool, shown_at: NodeId) -> NodeId {
        self.add(Value::Bool(flag), shown_at)
    }

    /// Adds a text that nothing holds yet.
    pub(super) fn add_text(&mut self, text: &str, shown_at: NodeId) -> NodeId {
        self.add(Value::String(text.into()), shown_at)
    }

    /// Adds a copy of a node with all that it holds. Each part is shown in the place of what it is a
    /// copy of.
    pub(super) fn add_copy(&mut self, original: NodeId) -> NodeId {
        let value = self.node(original).value.clone();
        let children = self.children(original).to_vec();
        // The depth of documents is limited, so this recursion is, too.
        let copies: Vec<NodeId> = children.iter().map(|&child| self.add_copy(child)).collect();
        match value {
            Value::Object(_) => {
                let copy = self.add(Value::Object(Children::default()), original);
                let steps = children.iter().map(|&child| self.node(child).step);
                let steps: Vec<u32> = steps.collect();
                self.hold(copy, steps.into_iter().zip(copies).collect());
                copy
            }
            Value::Array(_) => {
                let copy = self.add(Value::Array(Children::default()), original);
                self.set_items(copy, copies);
                copy
            }
            scalar => self.add(scalar, original),
        }
    }

    /// Gives an object these entries in place of its own. Children that something else holds are taken
    /// from there.
    pub(super) fn set_entries(&mut self, id: NodeId, entries: Vec<(&str, NodeId)>) {
        let entries = entries
            .into_iter()
            .map(|(key, child)| (self.intern(key), child))
            .collect();
        self.hold(id, entries);
    }

    /// Gives an array these items in place of its own. One that the array has already keeps its number,
    /// since its pointer is made of that; another one gets a number that no item had.
    pub(super) fn set_items(&mut self, id: NodeId, items: Vec<NodeId>) {
        let own = |&child: &NodeId| self.origin(child).filter(|(parent, _)| *parent == id);
        let known = self.children(id).iter().filter_map(own);
        let held = known.chain(items.iter().filter_map(own));
        let mut next = held.map(|(_, step)| step + 1).max().unwrap_or(0);
        let items = items.into_iter().map(|child| match self.origin(child) {
            Some((parent, step)) if parent == id => (step, child),
            Some(_) | None => {
                next += 1;
                (next - 1, child)
            }
        });
        let items = items.collect();
        self.hold(id, items);
    }

    /// Takes from an object or array what is not to be kept.
    pub(super) fn keep(&mut self, id: NodeId, is_kept: impl Fn(NodeId) -> bool) {
        let mut kept = self.children(id).to_vec();
        kept.retain(|&child| is_kept(child));
        let kept = kept.into_iter().map(|child| (self.node(child).step, child));
        let kept = kept.collect();
        self.hold(id, kept);
    }

    /// Puts a node that nothing holds yet in the place of another one, which is no root.
    pub(super) fn replace(&mut self, old: NodeId, new: NodeId) {
        let Some(parent) = self.parent(old) else {
            return;
        };
        let children = self.children(parent).iter().map(|&child| {
            let step = self.node(child).step;
            (step, if child == old { new } else { child })
        });
        let children = children.collect();
        self.hold(parent, children);
    }

    /// Lets nobody find what objects and arrays do not hold any more.
    pub(super) fn forget_taken(&mut self) {
        self.changes.taken.clear();
    }

    /// Makes these the children of an object or array.
    fn hold(&mut self, id: NodeId, children: Vec<(u32, NodeId)>) {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let before: Vec<(u32, NodeId)> = self
            .children(id)
            .iter()
            .filter_map(|&child| Some((self.origin(child)?, child)))
            .filter(|((parent, _), _)| *parent == id)
            .map(|((_, step), child)| (step, child))
            .collect();
        for child in self.children(id).to_vec() {
            let step = self.node(child).step;
            self.index.swap_remove(&(id, step));
        }
        let held = Children {
            first: narrow(self.children.len()),
            len: narrow(children.len()),
        };
        for (step, child) in children {
            let origin = self.origin(child);
            if let Some(origin) = origin.filter(|origin| *origin != (id, step)) {
                self.changes.moved.entry(child).or_insert(origin);
            }
            let node = &mut self.nodes[child.0 as usize];
            (node.parent, node.step) = (id, step);
            self.children.push(child);
        }
        if let Value::Array(slot) | Value::Object(slot) = &mut self.nodes[id.0 as usize].value {
            *slot = held;
        }
        self.index(id);
        for (step, child) in before {
            if !self.holds(id, step, child) {
                self.changes.taken.entry((id, step)).or_insert(child);
            }
        }
    }

    /// Whether an object or array holds a child in this way.
    fn holds(&self, id: NodeId, step: u32, child: NodeId) -> bool {
        let found = match self.node(id).value {
            Value::Object(_) => self.child(id, self.key_text(step)),
            _ => self.item(id, step),
        };
        found == Some(child)
    }
}
