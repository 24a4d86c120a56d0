//! What a type is named after: its own place in the document, and nothing else.

use super::Lowering;
use crate::document::NodeRef;
use crate::ir::{Naming, Segment, TypeRoot};

impl<'d> Lowering<'d> {
    /// The naming of the item that is made of the schema at `node`.
    pub(super) fn naming(&self, node: NodeRef<'d>) -> Naming {
        let mut path = Vec::new();
        let mut here = node;
        let root = loop {
            if let Some(root) = self.root(here) {
                break root;
            }
            if let Some(segment) = segment(here) {
                path.push(segment);
            }
            match here.parent() {
                Some(parent) => here = parent,
                // Below nothing that has a name: the place itself is one.
                None => break TypeRoot::Schema(node.pointer().replace('/', " ")),
            }
        };
        path.reverse();
        Naming::Item {
            root,
            path,
            pin: super::extension::rust_name(node, self.diags),
        }
    }

    /// The named thing at `node`, if it is one.
    fn root(&self, node: NodeRef<'d>) -> Option<TypeRoot> {
        if let Some(id) = self.operation_ids.get(&node) {
            return Some(TypeRoot::Operation(id.clone()));
        }
        let group = node.parent()?;
        let components = group.parent()?;
        let named =
            components.parent()? == self.document.root() && components.key() == Some("components");
        let name = node.key().filter(|_| named)?;
        Some(TypeRoot::Schema(match group.key()? {
            "schemas" => name.to_owned(),
            "responses" => format!("{name} Response"),
            "requestBodies" => format!("{name} Body"),
            "parameters" => format!("{name} Parameter"),
            "headers" => format!("{name} Header"),
            other => format!("{name} {other}"),
        }))
    }
}

/// What the step from its parent to `node` adds to a name.
fn segment(node: NodeRef<'_>) -> Option<Segment> {
    let parent = node.parent()?;
    match parent.key() {
        Some("properties") if parent.is_object() => {
            node.key().map(|key| Segment::Property(key.to_owned()))
        }
        Some("responses") if parent.is_object() => {
            node.key().map(|key| Segment::Reply(key.to_owned()))
        }
        Some("headers") if parent.is_object() => {
            node.key().map(|key| Segment::Header(key.to_owned()))
        }
        Some("callbacks") if parent.is_object() => {
            node.key().map(|key| Segment::Callback(key.to_owned()))
        }
        Some("parameters") if parent.is_array() => {
            let name = node.get("name").and_then(NodeRef::as_str)?;
            Some(Segment::Parameter(name.to_owned()))
        }
        _ => match node.key()? {
            "items" => Some(Segment::Item),
            "additionalProperties" => Some(Segment::Value),
            "requestBody" => Some(Segment::Body),
            _ => None,
        },
    }
}
