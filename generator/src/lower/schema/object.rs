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
        let rest = self.unlisted(whole);
        if whole.properties.is_empty() && whole.conditional.is_empty() {
            return match (rest, whole.additional) {
                (Some(values), _) => Shape::Map(values),
                (None, Additional::Denied) => Shape::Struct {
                    fields: Vec::new(),
                    rest: None,
                },
                (None, _) => Shape::Map(self.add_anonymous(whole.place.node, Shape::Any)),
            };
        }
        let mut fields = Vec::new();
        for (key, nodes) in &whole.properties {
            let required = whole.required.iter().any(|(known, _)| known == key);
            // A property of which no value is allowed is not there.
            if !required && nodes.iter().any(|node| self.is_false(*node)) {
                continue;
            }
            fields.push(self.field(key, nodes, required, whole));
        }
        for (key, nodes) in &whole.conditional {
            if !whole.properties.contains_key(key) {
                fields.extend(self.conditional(key, nodes, whole));
            }
        }
        for (key, at) in &whole.required {
            if !whole.properties.contains_key(key) {
                fields.push(self.undeclared(key, *at, rest));
            }
        }
        Shape::Struct { fields, rest }
    }

    /// The type of properties that are not listed, where they are kept.
    fn unlisted(&mut self, whole: &Whole<'d>) -> Option<TypeId> {
        let node = whole.place.node;
        let mut patterns = whole.pattern_properties.iter();
        let Some(&(pattern, first)) = patterns.next() else {
            return match whole.additional {
                Additional::Schema(values) => Some(self.value(values)),
                Additional::Allowed => Some(self.add_anonymous(node, Shape::Any)),
                Additional::Unstated | Additional::Denied => None,
            };
        };
        // Whose name matches no pattern, of these one type has to be the same as well.
        let every = ["", ".*", "^.*$", "^.*", ".*$", ".+", "^.+$", "^.+", ".+$"].contains(&pattern);
        let others = match whole.additional {
            Additional::Schema(values) if !every => Some(values),
            Additional::Schema(_) | Additional::Denied => None,
            Additional::Unstated | Additional::Allowed if every => None,
            Additional::Unstated | Additional::Allowed => {
                let help = "`additionalProperties: false` says that there are no others";
                return Some(self.any_unlisted(first, "others may have any value", help));
            }
        };
        let mut others = patterns.map(|(_, node)| *node).chain(others);
        if others.all(|other| self.is_same(first, other)) {
            return Some(self.value(first));
        }
        let help = "one schema for all of them gives them a type";
        Some(self.any_unlisted(first, "their schemas differ", help))
    }

    /// Whether two schemas are one, or say the same in the same words.
    pub(super) fn is_same(&self, a: NodeRef<'d>, b: NodeRef<'d>) -> bool {
        let (a, b) = (a.resolve(self.diags), b.resolve(self.diags));
        a == b || a.map(NodeRef::to_json) == b.map(NodeRef::to_json)
    }

    /// Any value, for the properties under `patternProperties`, and why.
    fn any_unlisted(&mut self, pattern: NodeRef<'d>, why: &str, help: &str) -> TypeId {
        let message = format!("properties whose names match a pattern may be any value: {why}");
        let at = pattern.parent().unwrap_or(pattern).key_place();
        self.diags
            .report(Diag::new(Code::UnsupportedSchema, at, message).help(help));
        self.add_anonymous(pattern, Shape::Any)
    }

    /// The field of a property that only some objects have: of the type that it has in all of them.
    fn conditional(
        &mut self,
        key: &str,
        nodes: &[NodeRef<'d>],
        whole: &Whole<'d>,
    ) -> Option<Field> {
        let mut allowed = nodes.iter().filter(|node| !self.is_false(**node));
        let first = *allowed.next()?;
        let same = allowed.all(|node| self.is_same(first, *node));
        let mut field = self.field(key, &[first], false, whole);
        if !same {
            field.ty = self.add_anonymous(first, Shape::Any);
            field.presence = Presence::Optional;
        }
        Some(field)
    }

    /// The type of a value, null included where it may be that: of a map, of an item.
    pub(super) fn value(&mut self, node: NodeRef<'d>) -> TypeId {
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
