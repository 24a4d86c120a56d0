//! Overlays: changes to a document that stand in files of their own (OpenAPI Overlay Specification 1.0
//! and 1.1).
//!
//! In go the files, read like others, and the nodes of the document that they change; the nodes come out
//! as the overlays have them, and those that an overlay has added are shown there. It is done before
//! anything is read, so an overlay speaks of the document as it is written, in whatever version.
//!
//! What the objects of a document mean is not known here.

mod evaluate;
mod path;

use indexmap::{IndexMap, IndexSet};

use self::evaluate::Evaluation;
use self::path::Path;
use super::Document;
use super::arena::NodeId;
use super::build::{DEPTH, NODES};
use super::node::NodeRef;
use crate::diag::{Code, Diag, Diags, Failed};

/// Applies the overlays whose roots are these to `document`, one after the other.
///
/// # Errors
///
/// When an overlay can't be understood, or makes the document too large or too deep: reported.
pub(super) fn apply(
    document: &mut Document,
    overlays: &[NodeId],
    diags: &Diags,
) -> Result<(), Failed> {
    for &root in overlays {
        Overlay { document, diags }.apply(root)?;
    }
    if !overlays.is_empty() {
        // What an overlay has removed is gone.
        document.nodes_mut().forget_taken();
    }
    Ok(())
}

struct Overlay<'a> {
    document: &'a mut Document,
    diags: &'a Diags,
}

impl Overlay<'_> {
    fn node(&self, id: NodeId) -> NodeRef<'_> {
        self.document.node(id)
    }

    fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.node(id).get(key).map(NodeRef::id)
    }

    fn report(&self, code: Code, at: NodeId, message: impl Into<String>) -> Diag {
        Diag::new(code, self.node(at).place(), message)
    }

    /// Says what is wrong with an overlay, so that nothing is generated.
    fn refuse(&self, at: NodeId, message: impl Into<String>) -> Failed {
        self.diags
            .report(self.report(Code::InvalidOverlay, at, message));
        Failed
    }

    fn note(&self, code: Code, at: NodeId, message: impl Into<String>) {
        self.diags.report(self.report(code, at, message));
    }

    fn apply(&mut self, root: NodeId) -> Result<(), Failed> {
        let version = self.node(root).get("overlay").and_then(NodeRef::text);
        match version {
            None => {
                let message =
                    "an overlay begins with `overlay` and the version of its specification";
                let diag = self.report(Code::InvalidOverlay, root, message);
                self.diags.report(diag.help("write `overlay: 1.0.0`"));
                return Err(Failed);
            }
            Some(version) if version.trim() == "1" || version.trim().starts_with("1.") => {}
            Some(version) => {
                let message =
                    format!("there is no overlay {version} that is supported, only 1.0 and 1.1");
                let at = self.get(root, "overlay").unwrap_or(root);
                return Err(self.refuse(at, message));
            }
        }
        self.unknown_keys(root, "overlay", &["overlay", "info", "extends", "actions"]);
        self.extends(root);
        let actions = self.get(root, "actions");
        let Some(actions) = actions.filter(|&id| self.node(id).is_array()) else {
            let message = "an overlay has `actions`, an array";
            return Err(self.refuse(actions.unwrap_or(root), message));
        };
        let actions: Vec<NodeId> = self.node(actions).items().map(NodeRef::id).collect();
        for action in actions {
            self.action(action)?;
        }
        Ok(())
    }

    fn unknown_keys(&self, of: NodeId, what: &str, known: &[&str]) {
        for (key, child) in self.node(of).entries() {
            if !known.contains(&key) && !key.starts_with("x-") {
                let message = format!("`{key}` is no key of an {what}; it is ignored");
                let diag = Diag::new(Code::UnknownKey, child.key_place(), message);
                self.diags.report(diag);
            }
        }
    }

    /// Says if the overlay is for a document of another name.
    fn extends(&self, root: NodeId) {
        let name = |text: &str| -> String {
            let text = text.split(['?', '#']).next().unwrap_or_default();
            let name = text.rsplit(['/', '\\']).next().unwrap_or_default();
            name.to_owned()
        };
        let Some(extends) = self.get(root, "extends") else {
            return;
        };
        let wanted = self.node(extends).as_str().map(name).unwrap_or_default();
        let found = name(self.document.source().name());
        if wanted != found {
            let message = format!("the overlay extends `{wanted}`, and is applied to `{found}`");
            self.note(Code::OverlayMismatch, extends, message);
        }
    }

    /// An Action Object.
    fn action(&mut self, action: NodeId) -> Result<(), Failed> {
        if !self.node(action).is_object() {
            return Err(self.refuse(action, "an action is an object"));
        }
        let known = ["target", "description", "update", "remove", "copy"];
        self.unknown_keys(action, "action", &known);
        let Some(target) = self.get(action, "target") else {
            return Err(self.refuse(action, "an action has a `target`"));
        };
        let mut found = self.select(target)?;
        // A node may be selected in several ways.
        found.sort_unstable();
        found.dedup();
        if found.is_empty() {
            let message = "nothing in the document is selected; the action has no effect";
            self.note(Code::OverlayMismatch, target, message);
            return Ok(());
        }
        let update = self.get(action, "update");
        let copy = self.get(action, "copy");
        match self
            .get(action, "remove")
            .map(|id| (id, self.node(id).as_bool()))
        {
            Some((_, Some(true))) => {
                for beside in [update, copy].into_iter().flatten() {
                    let message = "it has no effect beside `remove`";
                    self.note(Code::UnsupportedFeature, beside, message);
                }
                return self.remove(&found, target);
            }
            Some((remove, None)) => return Err(self.refuse(remove, "`remove` is a boolean")),
            Some((_, Some(false))) | None => {}
        }
        let value = self.value(action, update, copy)?;
        let size = self.size(value);
        for target in found {
            self.check_size(target, size, value)?;
            self.update(target, value)?;
        }
        Ok(())
    }

    /// What is merged into the targets of an action.
    fn value(
        &mut self,
        action: NodeId,
        update: Option<NodeId>,
        copy: Option<NodeId>,
    ) -> Result<NodeId, Failed> {
        match (update, copy) {
            (Some(update), None) => Ok(update),
            (None, Some(copy)) => {
                let [source] = self.select(copy)?[..] else {
                    let message =
                        "`copy` selects exactly one node, and this selects none or several";
                    return Err(self.refuse(copy, message));
                };
                // The source may be within the target, or around it.
                let size = self.size(source);
                self.check_size(source, size, copy)?;
                Ok(self.document.nodes_mut().add_copy(source))
            }
            (Some(_), Some(copy)) => {
                Err(self.refuse(copy, "an action has `update` or `copy`, not both"))
            }
            (None, None) => Err(self.refuse(action, "an action has `update`, `remove` or `copy`")),
        }
    }

    /// The nodes of the document that the JSONPath in the text of a node selects.
    fn select(&self, path: NodeId) -> Result<Vec<NodeId>, Failed> {
        let node = self.node(path);
        let Some(text) = node.as_str() else {
            let message = format!("a JSONPath is a string, not {}", node.type_name());
            return Err(self.refuse(path, message));
        };
        let parsed = Path::parse(text).map_err(|fault| {
            let message = format!(
                "this is no JSONPath: {}, at character {}",
                fault.message, fault.at
            );
            let diag = self.report(Code::InvalidOverlay, path, message);
            let help = "JSONPath is defined by RFC 9535; its functions are not supported";
            self.diags.report(diag.help(help));
            Failed
        })?;
        let root = self.document.root();
        let found = Evaluation::new(root).nodes(&parsed);
        let found = found.ok_or_else(|| self.refuse(path, "the path takes too many steps"))?;
        Ok(found.into_iter().map(NodeRef::id).collect())
    }

    fn remove(&mut self, found: &[NodeId], target: NodeId) -> Result<(), Failed> {
        let mut parents: IndexMap<NodeId, IndexSet<NodeId>> = IndexMap::new();
        for &id in found {
            let Some(parent) = self.node(id).parent() else {
                return Err(self.refuse(target, "the whole document can't be removed"));
            };
            parents.entry(parent.id()).or_default().insert(id);
        }
        for (parent, removed) in parents {
            let nodes = self.document.nodes_mut();
            nodes.keep(parent, |child| !removed.contains(&child));
        }
        Ok(())
    }

    /// Merges a value into a node of the document.
    fn update(&mut self, target: NodeId, value: NodeId) -> Result<(), Failed> {
        let (into, from) = (self.node(target), self.node(value));
        if into.is_array() && !from.is_array() {
            let mut items: Vec<NodeId> = into.items().map(NodeRef::id).collect();
            items.push(self.document.nodes_mut().add_copy(value));
            self.document.nodes_mut().set_items(target, items);
            return Ok(());
        }
        if into.is_object() && !from.is_object() {
            let message = format!(
                "an object is updated by an object, not by {}",
                from.type_name()
            );
            return Err(self.refuse(value, message));
        }
        let is_root = into.parent().is_none();
        if !into.is_object() && !into.is_array() && is_root {
            return Err(self.refuse(value, "the document is no object"));
        }
        self.merge(target, value);
        Ok(())
    }

    /// Merges a value into a node: objects key by key, arrays one behind the other, and anything else is
    /// replaced. The depth of both is limited, so the recursion is.
    fn merge(&mut self, target: NodeId, value: NodeId) {
        let (into, from) = (self.node(target), self.node(value));
        if into.is_object() && from.is_object() {
            let new: Vec<(String, NodeId, Option<NodeId>)> = from
                .entries()
                .map(|(key, child)| {
                    let own = into.get(key).map(NodeRef::id);
                    (key.to_owned(), child.id(), own)
                })
                .collect();
            let mut added = Vec::new();
            for (key, child, own) in new {
                match own {
                    Some(own) => self.merge(own, child),
                    None => added.push((key, self.document.nodes_mut().add_copy(child))),
                }
            }
            if !added.is_empty() {
                let own = self.node(target).entries();
                let mut entries: Vec<(String, NodeId)> = own
                    .map(|(key, child)| (key.to_owned(), child.id()))
                    .collect();
                entries.extend(added);
                let entries = entries.iter().map(|(key, id)| (key.as_str(), *id));
                let entries = entries.collect();
                self.document.nodes_mut().set_entries(target, entries);
            }
        } else if into.is_array() && from.is_array() {
            let mut items: Vec<NodeId> = into.items().map(NodeRef::id).collect();
            let new: Vec<NodeId> = from.items().map(NodeRef::id).collect();
            for child in new {
                items.push(self.document.nodes_mut().add_copy(child));
            }
            self.document.nodes_mut().set_items(target, items);
        } else {
            let nodes = self.document.nodes_mut();
            let copy = nodes.add_copy(value);
            nodes.replace(target, copy);
        }
    }

    /// How many nodes a value has, and how many levels.
    fn size(&self, value: NodeId) -> (usize, usize) {
        let (mut count, mut height) = (0, 0);
        let mut open = vec![(self.node(value), 1)];
        while let Some((node, level)) = open.pop() {
            count += 1;
            height = height.max(level);
            open.extend(node.entries().map(|(_, child)| (child, level + 1)));
            open.extend(node.items().map(|child| (child, level + 1)));
        }
        (count, height)
    }

    /// Refuses to go on where a value of this size would make the document larger or deeper than documents
    /// may be.
    fn check_size(
        &self,
        target: NodeId,
        (count, height): (usize, usize),
        value: NodeId,
    ) -> Result<(), Failed> {
        let ancestors = std::iter::successors(Some(self.node(target)), |node| node.parent());
        let refuse = |code, message: String| {
            self.note(code, value, message);
            Err(Failed)
        };
        if self.document.nodes.nodes.len() + count > NODES {
            let message = format!("with this the document has more than {NODES} nodes");
            return refuse(Code::TooLarge, message);
        }
        if ancestors.count() + height > DEPTH {
            let message = format!("with this the document is more than {DEPTH} levels deep");
            return refuse(Code::TooDeep, message);
        }
        Ok(())
    }
}
