//! Schemas, and what describes a value like one.

use super::{Upgrade, as_entry};
use crate::document::arena::NodeId;

/// The keys of parameters, items and headers that stand in a schema in OpenAPI 3.0.
const VALUE_KEYS: [&str; 16] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
];

/// Whether a key of a parameter, of items or of a header speaks of its value.
pub(super) fn is_of_value(key: &str) -> bool {
    VALUE_KEYS.contains(&key) || key == "x-nullable"
}

impl Upgrade<'_> {
    /// Upgrades a schema, or what a reference in its place leads to, and remembers the schemas in it.
    pub(super) fn schema(&mut self, schema: NodeId) {
        self.nullable_reference(schema);
        let Some(schema) = self.resolve(schema) else {
            return;
        };
        if !self.node(schema).is_object() || !self.done.insert(schema) || self.is_full() {
            return;
        }
        let own = self.entries(schema);
        let entries = self.schema_entries(own.clone());
        if entries != own {
            self.set_entries(schema, entries.iter().map(as_entry).collect());
        }
        for (key, child) in entries {
            let is_array = self.node(child).is_array();
            let within: Vec<NodeId> = match key.as_str() {
                "properties" => self.entries(child).into_iter().map(|(_, id)| id).collect(),
                "allOf" | "oneOf" | "anyOf" => self.items(child),
                "items" if is_array => self.items(child),
                "items" | "additionalProperties" | "not" => vec![child],
                _ => continue,
            };
            self.schemas.extend(within);
        }
    }

    /// Wraps a reference that has `x-nullable: true` beside it, which documents mean: `nullable` has no
    /// effect there.
    fn nullable_reference(&mut self, schema: NodeId) {
        let node = self.node(schema);
        let flag = node
            .get("x-nullable")
            .filter(|flag| flag.as_bool() == Some(true));
        let (Some(flag), Some(text), Some(_)) = (flag, node.get("$ref"), node.reference()) else {
            return;
        };
        let (flag, text) = (flag.id(), text.id());
        let reference = self.add_object(vec![("$ref", text)], schema);
        let all = self.document.nodes_mut().add_array(vec![reference], schema);
        self.set_entries(schema, vec![("allOf", all), ("nullable", flag)]);
    }

    /// The entries of a schema in the words of OpenAPI 3.0.
    pub(super) fn schema_entries(&mut self, own: Vec<(String, NodeId)>) -> Vec<(String, NodeId)> {
        let is_file = own
            .iter()
            .any(|(key, child)| key == "type" && self.node(*child).as_str() == Some("file"));
        let has_nullable = own.iter().any(|(key, _)| key == "nullable");
        let mut entries = Vec::new();
        for (key, child) in own {
            match key.as_str() {
                "discriminator" if self.node(child).as_str().is_some() => {
                    let discriminator = self.add_object(vec![("propertyName", child)], child);
                    entries.push((key, discriminator));
                }
                "type" if is_file => {
                    entries.push((key, self.add_text("string", child)));
                    entries.push(("format".to_owned(), self.add_text("binary", child)));
                }
                "format" if is_file => {}
                "x-nullable" if !has_nullable => {
                    let nullable = self.document.nodes_mut().add_copy(child);
                    entries.push((key, child));
                    entries.push(("nullable".to_owned(), nullable));
                }
                _ => entries.push((key, child)),
            }
        }
        entries
    }

    /// A schema of what a parameter or header says of its value; none if it says nothing.
    pub(super) fn value_schema(&mut self, of: NodeId) -> Option<NodeId> {
        let mut own = self.entries(of);
        own.retain(|(key, _)| is_of_value(key));
        if own.is_empty() {
            return None;
        }
        let entries = self.schema_entries(own);
        let schema = self.add_object(entries.iter().map(as_entry).collect(), of);
        self.schemas.extend(self.get(schema, "items"));
        Some(schema)
    }

    /// Whether a schema is of a file.
    pub(super) fn is_file(&self, schema: NodeId) -> bool {
        let schema = self.resolve(schema).unwrap_or(schema);
        let binary = self.text(schema, "format") == Some("binary");
        match self.text(schema, "type") {
            Some("file") => true,
            Some("string") => binary,
            _ => false,
        }
    }
}
