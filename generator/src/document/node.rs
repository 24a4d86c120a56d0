//! Navigation: a node together with its document.
//!
//! In comes an id, out go kind, children, place and value. Nothing here knows what OpenAPI is, but
//! for the form of a Reference Object.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::arena::{NodeId, Value};
use super::number::Number;
use super::{Document, Version};
use crate::diag::{Focus, Place, Source, reference_to};

/// A node of a document: cheap to copy, and valid as long as its document.
///
/// Nodes are compared by their position in the document, so they must be of the same one.
#[derive(Clone, Copy)]
pub struct NodeRef<'d> {
    pub(super) document: &'d Document,
    pub(super) id: NodeId,
}

impl<'d> NodeRef<'d> {
    /// The number of the node in its document. Nodes that come earlier in the text have lower ones,
    /// except for copies made for YAML aliases; the files follow each other in the order in which they
    /// were read.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The document of which this is a node.
    pub fn document(self) -> &'d Document {
        self.document
    }

    fn with(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    fn value(self) -> &'d Value {
        &self.document.nodes.node(self.id).value
    }

    /// The value under `key`, if this is an object that has the key.
    pub fn get(self, key: &str) -> Option<NodeRef<'d>> {
        self.document
            .nodes
            .child(self.id, key)
            .map(|id| self.with(id))
    }

    /// The entries of an object in their order; none of anything else.
    pub fn entries(self) -> impl Iterator<Item = (&'d str, NodeRef<'d>)> {
        let nodes = &self.document.nodes;
        let children = if self.is_object() {
            nodes.children(self.id)
        } else {
            &[]
        };
        children
            .iter()
            .map(move |&id| (nodes.key_text(nodes.node(id).step), self.with(id)))
    }

    /// The items of an array in their order; none of anything else.
    pub fn items(self) -> impl Iterator<Item = NodeRef<'d>> {
        let nodes = &self.document.nodes;
        let children = if self.is_array() {
            nodes.children(self.id)
        } else {
            &[]
        };
        children.iter().map(move |&id| self.with(id))
    }

    /// How many entries or items an object or array has; 0 for anything else.
    pub fn len(self) -> usize {
        self.document.nodes.children(self.id).len()
    }

    /// Whether this is not an object or array with something in it.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The text of a string.
    pub fn as_str(self) -> Option<&'d str> {
        match self.value() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.value() {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value of a number.
    pub fn as_number(self) -> Option<Number> {
        match self.value() {
            Value::Number(position) => Some(self.document.nodes.numbers[*position as usize]),
            _ => None,
        }
    }

    /// The value of a number that is whole and fits.
    pub fn as_i64(self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// Whether this is `null`, in YAML also an empty value.
    pub fn is_null(self) -> bool {
        matches!(self.value(), Value::Null)
    }

    /// Whether this is an object.
    pub fn is_object(self) -> bool {
        matches!(self.value(), Value::Object(_))
    }

    /// Whether this is an array.
    pub fn is_array(self) -> bool {
        matches!(self.value(), Value::Array(_))
    }

    /// The type of the node for a message: `null`, `a boolean`, `a number`, `a string`, `an array`
    /// or `an object`.
    pub fn type_name(self) -> &'static str {
        match self.value() {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// A string, a boolean as `true` or `false`, or a number in the letters in which it is written:
    /// what the author of an unquoted `version: 1.10` has meant.
    pub fn text(self) -> Option<&'d str> {
        let nodes = &self.document.nodes;
        match self.value() {
            Value::String(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Number(position) => {
                let written = nodes.written(self.id);
                let root = &nodes.roots[nodes.file(written)];
                match &root.spellings {
                    Some(spellings) => spellings
                        .get(*position as usize - root.numbers)
                        .map(|text| &**text),
                    None => self.source().text().get(nodes.node(written).span.range()),
                }
            }
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The object or array that holds the node; `None` for the root of a file.
    pub fn parent(self) -> Option<NodeRef<'d>> {
        self.document.nodes.parent(self.id).map(|id| self.with(id))
    }

    /// The key under which an object holds the node.
    pub fn key(self) -> Option<&'d str> {
        self.document.nodes.key(self.id)
    }

    /// The JSON Pointer (RFC 6901) of the node; empty for the root. In another file than the one with
    /// which the document begins, the path of that file and `#` come before it:
    /// `schemas/pet.yaml#/properties/name`.
    ///
    /// A node that an upgrade has moved keeps the pointer that it has in the text.
    pub fn pointer(self) -> String {
        let pointer = self.document.nodes.pointer(self.id);
        match self.file() {
            "" => pointer,
            file => format!("{file}#{pointer}"),
        }
    }

    /// The file of which the node is a part, from which its references lead on: its path from the folder
    /// of the document on, with `/` between the folders, and with `%23` for `#` and `%25` for `%`. Empty
    /// for the file with which the document begins.
    pub fn file(self) -> &'d str {
        self.document.files.shown(self.document.nodes.file(self.id))
    }

    /// The root of the file of which the node is a part.
    pub fn file_root(self) -> NodeRef<'d> {
        let nodes = &self.document.nodes;
        self.with(nodes.roots[nodes.file(self.id)].id)
    }

    /// The text in which the node is written.
    pub fn source(self) -> &'d Source {
        let nodes = &self.document.nodes;
        let written = nodes.written(self.id);
        self.document.files.source(nodes.file(written))
    }

    /// The place of the node. An object or array that has a key is shown by it.
    pub fn place(self) -> Place {
        self.focus(Focus::Value)
    }

    /// The place of the key under which an object holds the node; of another node, its own place.
    pub fn key_place(self) -> Place {
        self.focus(Focus::Key)
    }

    fn focus(self, focus: Focus) -> Place {
        let written = self.with(self.document.nodes.written(self.id));
        Place::Node {
            source: written.source().clone(),
            pointer: written.pointer(),
            focus,
        }
    }

    /// The node with everything in it as a JSON value. An integer beyond 64 bits becomes a
    /// floating-point number, and a number that isn't finite its text.
    pub fn to_json(self) -> serde_json::Value {
        match self.value() {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => serde_json::Value::Bool(*value),
            Value::Number(_) => {
                let number = self.as_number().and_then(Number::to_json);
                number.map_or_else(|| self.text().into(), serde_json::Value::Number)
            }
            Value::String(text) => serde_json::Value::String(text.to_string()),
            // The depth of documents is limited, so this recursion is, too.
            Value::Array(_) => self.items().map(NodeRef::to_json).collect(),
            Value::Object(_) => {
                let entries = self.entries();
                entries
                    .map(|(key, value)| (key.to_owned(), value.to_json()))
                    .collect()
            }
        }
    }

    /// The text of `$ref`, if this is a Reference Object: an object with that key and a string under
    /// it. (An object of properties may have one that is called `$ref`; its value is no string.)
    ///
    /// From OpenAPI 3.1 on a schema with `$ref` and something beside it is no Reference Object, but a
    /// schema like others (decision 11), and so is a path item. There the text under `$ref` or
    /// `$dynamicRef` is the reference: a node that resolves as a Reference Object does.
    pub fn reference(self) -> Option<&'d str> {
        let Some(text) = self.get("$ref") else {
            return self.reference_of_schema();
        };
        let text = text.as_str()?;
        let alone = self.len() == 1 || self.document.version() < Version::OpenApi31;
        (alone || self.is_reference_with_words(text)).then_some(text)
    }

    /// The text, if it is what a schema refers to that says more.
    fn reference_of_schema(self) -> Option<&'d str> {
        let text = self.as_str()?;
        if self.document.version() < Version::OpenApi31 {
            return None;
        }
        let counts = matches!(self.key()?, "$ref" | "$dynamicRef")
            && self
                .parent()
                .is_some_and(|schema| schema.reference().is_none());
        counts.then_some(text)
    }

    /// Whether an object with more than a `$ref` is a Reference Object of OpenAPI 3.1. Where it leads
    /// tells, or else that nothing but words stands beside it.
    fn is_reference_with_words(self, reference: &str) -> bool {
        let (_, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let mut steps = fragment.rsplit('/').skip(1);
        match (steps.next(), steps.next()) {
            (Some("schemas" | "$defs" | "definitions"), _) => false,
            // Such objects are more than their reference.
            (Some("pathItems"), Some("components")) | (None, _) => self.has_words_only(),
            (Some(_), Some("components")) => true,
            (Some(_), _) => self.has_words_only(),
        }
    }

    fn has_words_only(self) -> bool {
        self.entries()
            .all(|(key, _)| matches!(key, "$ref" | "summary" | "description"))
    }
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for NodeRef<'_> {}

impl PartialOrd for NodeRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NodeRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl Hash for NodeRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&reference_to(&self.pointer()))
    }
}
