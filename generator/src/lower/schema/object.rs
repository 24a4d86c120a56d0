//! Objects: structs and maps.

use super::super::{Lowering, extension};
use super::doc;
use super::whole::Whole;
use crate::diag::{Code, Diag};
use crate::document::{Additional, NodeRef, Schema, read_schema};
use crate::ir::{Doc, Field, Presence, Shape, TypeId};

impl<'d> Lowering<'d> {
    /// An object: a struct where it declares properties, else a map.
    pub(super) fn object(&mut self, whole: &Whole<'d>) -> Shape {
        if whole.properties.is_empty() {
            return match whole.additional {
                Additional::Schema(values) => Shape::Map(self.value(values)),
                Additional::Unstated | Additional::Allowed => {
                    Shape::Map(self.add_anonymous(whole.place.node, Shape::Any))
                }
                Additional::Denied => Shape::Struct {
                    fields: Vec::new(),
                    rest: None,
                },
            };
        }
        let rest = match whole.additional {
            Additional::Schema(values) => Some(self.value(values)),
            Additional::Allowed => Some(self.add_anonymous(whole.place.node, Shape::Any)),
            Additional::Unstated | Additional::Denied => None,
        };
        let mut fields = Vec::new();
        for (key, nodes) in &whole.properties {
            let required = whole.required.iter().any(|(known, _)| known == key);
            fields.push(self.field(key, nodes, required, whole));
        }
        for (key, at) in &whole.required {
            if !whole.properties.contains_key(key) {
                fields.push(self.undeclared(key, *at, rest));
            }
        }
        Shape::Struct { fields, rest }
    }

    /// The type of the values of a map.
    fn value(&mut self, node: NodeRef<'d>) -> TypeId {
        let id = self.id_of(node);
        self.or_null(node, id)
    }

    /// A property that is required and not declared. Whoever sends the object can give it, and no
    /// reply is refused for want of it: as a rule it is misspelt.
    fn undeclared(&mut self, key: &str, at: NodeRef<'d>, rest: Option<TypeId>) -> Field {
        let message = format!(
            "`{key}` is required and not declared under `properties`: it may be any value, or absent"
        );
        self.diags
            .report(Diag::new(Code::ContradictorySchema, at.place(), message));
        let ty = match rest {
            Some(rest) => rest,
            None => self.add_anonymous(at, Shape::Any),
        };
        Field {
            key: key.to_owned(),
            ty,
            presence: Presence::Optional,
            doc: Doc::default(),
            default: None,
            read_only: false,
            write_only: false,
            fixed: None,
            pin: None,
            pointer: at.pointer(),
        }
    }

    /// The field of the property `key`, which the schemas at `nodes` describe.
    fn field(
        &mut self,
        key: &str,
        nodes: &[NodeRef<'d>],
        required: bool,
        whole: &Whole<'d>,
    ) -> Field {
        let nullable = nodes.iter().all(|node| self.is_nullable(*node));
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (false, false) => Presence::Optional,
            (true, true) => Presence::Nullable,
            (false, true) => Presence::OptionalNullable,
        };
        let ty = match nodes {
            [node] => self.id_of(*node),
            nodes => self.id_of_all(nodes),
        };
        // Siblings of a reference do not count in OpenAPI 3.0, so words stand where no reference does;
        // the last schema is the one nearest to whoever composed them.
        let schemas: Vec<(bool, Schema<'d>)> = nodes
            .iter()
            .rev()
            .filter_map(|node| {
                let schema = read_schema(node.resolve(self.diags)?, self.diags)?;
                Some((node.reference().is_none(), schema))
            })
            .collect();
        let own = || {
            schemas
                .iter()
                .filter(|(inline, _)| *inline)
                .map(|(_, schema)| schema)
        };
        let words = own()
            .map(doc)
            .find(|doc| doc.title.is_some() || doc.description.is_some());
        let mut doc = words.unwrap_or_default();
        doc.deprecated = own().any(|schema| schema.deprecated);
        let last = nodes.last().copied().unwrap_or(whole.place.node);
        Field {
            key: key.to_owned(),
            ty,
            presence,
            doc,
            default: schemas
                .iter()
                .find_map(|(_, schema)| schema.default.map(NodeRef::to_json)),
            read_only: schemas.iter().any(|(_, schema)| schema.read_only),
            write_only: schemas.iter().any(|(_, schema)| schema.write_only),
            fixed: self.fixed_tag(key, whole),
            pin: own().find_map(|schema| extension::rust_name(schema.node, self.diags)),
            pointer: last.pointer(),
        }
    }
}
