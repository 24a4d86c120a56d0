//! What a type is named after: its own place in the document, and nothing else. In another file than
//! the first one the name of the file is a part of the place.

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
                None => break TypeRoot::Schema(node.pointer().replace(['/', '#'], " ")),
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
        let (name, group) = place(node)?;
        Some(TypeRoot::Schema(match group {
            Group::Schemas => name,
            Group::Other("responses") => format!("{name} Response"),
            Group::Other("requestBodies") => format!("{name} Body"),
            Group::Other("parameters") => format!("{name} Parameter"),
            Group::Other("headers") => format!("{name} Header"),
            Group::Other(other) => format!("{name} {other}"),
        }))
    }

    /// Whether `node`, a schema, has a name of its own: one of `components.schemas`, or in another file
    /// the whole file, a member of its `components.schemas`, `schemas`, `definitions` or `$defs`, or
    /// what stands right under its root.
    ///
    /// A component that is nothing but a reference to such a schema of another file, and is called like
    /// it, is that schema and no second name for it: many documents list their files in this way.
    pub(super) fn is_named(&self, node: NodeRef<'d>) -> bool {
        let Some((name, Group::Schemas)) = place(node) else {
            return false;
        };
        if node.reference().is_none() {
            return true;
        }
        let target = node.resolve(self.diags);
        let same = target
            .filter(|target| target.file() != node.file())
            .and_then(place)
            .is_some_and(|(other, group)| group == Group::Schemas && is_alike(&name, &other));
        !same
    }
}

/// Where something that is called by a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group<'d> {
    /// Among schemas.
    Schemas,
    /// Among other components, of which this is the key.
    Other(&'d str),
}

/// The name of what stands at `node`, and among what, if it is a thing that is called by a name.
fn place(node: NodeRef<'_>) -> Option<(String, Group<'_>)> {
    let root = node.file_root();
    let own = root == node.document().root();
    if node == root {
        return (!own).then(|| (stem(node.file()), kind(node)));
    }
    let (key, parent) = (node.key()?, node.parent()?);
    let group = |key| match key {
        "schemas" => Group::Schemas,
        other => Group::Other(other),
    };
    if parent == root {
        let named = !own && node.is_object() && !PARTS.contains(&key);
        return named.then(|| (key.to_owned(), kind(node)));
    }
    let above = parent.parent()?;
    if above == root && !own {
        let schemas = ["schemas", "definitions", "$defs"].contains(&parent.key()?);
        return schemas.then(|| (key.to_owned(), Group::Schemas));
    }
    let components = above.parent()? == root && above.key() == Some("components");
    components.then_some((key.to_owned(), group(parent.key()?)))
}

/// Keys under which an object has its parts. What stands under one right below the root of a file is a
/// part of what the whole file is, and not called by that name.
const PARTS: &[&str] = &[
    "$defs",
    "additionalProperties",
    "callbacks",
    "components",
    "content",
    "definitions",
    "delete",
    "examples",
    "get",
    "head",
    "headers",
    "items",
    "not",
    "options",
    "parameters",
    "patch",
    "paths",
    "post",
    "properties",
    "put",
    "requestBodies",
    "requestBody",
    "responses",
    "schema",
    "schemas",
    "trace",
];

/// What an object in another file is, where its place doesn't say it.
fn kind(node: NodeRef<'_>) -> Group<'_> {
    let has_text = |key| node.get(key).is_some_and(|value| value.as_str().is_some());
    let has_object = |key| node.get(key).is_some_and(NodeRef::is_object);
    if has_text("in") && has_text("name") {
        Group::Other("parameters")
    } else if has_object("content") && has_text("description") && node.get("required").is_none() {
        Group::Other("responses")
    } else if has_object("content") {
        Group::Other("requestBodies")
    } else {
        Group::Schemas
    }
}

/// The name that a file gives to what it holds: its own without the ending, or that of its folder if it
/// is called `index`.
fn stem(file: &str) -> String {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = name.strip_suffix(".schema").unwrap_or(name);
    let folder = folder.rsplit('/').next().unwrap_or_default();
    match name {
        "index" | "_index" if !folder.is_empty() => folder.to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether two names differ in case and in what separates words only.
fn is_alike(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
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
