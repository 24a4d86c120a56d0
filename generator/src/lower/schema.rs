//! Schemas: what each becomes.

use std::collections::BTreeSet;

use super::{Lowering, extension, external_docs};
use crate::diag::{Code, Diag, Place};
use crate::document::{Additional, Limits, NodeRef, Schema, TypeSet, read_schema};
use crate::ir::{
    Constraint, Doc, EnumValue, Field, Naming, Presence, Scalar, Shape, TypeDef, TypeId,
};

/// How deep lists, maps and aliases may nest.
const NESTED: usize = 64;

impl<'d> Lowering<'d> {
    /// Every schema of `components.schemas`.
    pub(super) fn schemas(&mut self, root: NodeRef<'d>) {
        let schemas = root
            .get("components")
            .and_then(|components| components.get("schemas"));
        for (_, node) in schemas.into_iter().flat_map(NodeRef::entries) {
            self.type_of(node);
        }
    }

    /// The type of the schema at `node`, which may be a reference; the type of any value where it
    /// cannot be resolved.
    ///
    /// Ids come first and contents after: a schema that is referred to is put on a list, so that
    /// neither cycles nor long chains of references nest.
    pub(super) fn type_of(&mut self, node: NodeRef<'d>) -> TypeId {
        let id = self.id_of(node);
        if !self.filling {
            self.filling = true;
            while let Some(node) = self.unfilled.pop() {
                self.fill(node);
            }
            self.filling = false;
        }
        id
    }

    /// The id of the schema at `node`. What it holds is known at once for a schema that stands right
    /// there, and after the list was worked off for one that is referred to.
    fn id_of(&mut self, node: NodeRef<'d>) -> TypeId {
        let named = self.is_named(node);
        let (node, listed) = match node.reference() {
            Some(_) if !named => match node.resolve(self.diags) {
                Some(target) => (target, true),
                None => return self.add_anonymous(node, Shape::Any),
            },
            Some(_) | None => (node, named),
        };
        if let Some(&id) = self.by_node.get(&node) {
            return id;
        }
        let id = self.add_anonymous(node, Shape::Any);
        self.by_node.insert(node, id);
        if listed {
            self.unfilled.push(node);
        } else {
            self.fill(node);
        }
        id
    }

    /// Fills in what the schema at `node` holds, which has an id.
    fn fill(&mut self, node: NodeRef<'d>) {
        let Some(&id) = self.by_node.get(&node) else {
            return;
        };
        let named = self.is_named(node);
        if node.reference().is_some() {
            // A named schema that refers to another one is another name for it.
            self.types[id.index()].naming = self.naming(node);
            let target = match node.resolve(self.diags) {
                Some(target) => self.id_of(target),
                None => self.add_anonymous(node, Shape::Any),
            };
            self.types[id.index()].shape = Shape::Alias(target);
            return;
        }
        let Some(schema) = read_schema(node, self.diags) else {
            return;
        };
        let shape = self.shape(&schema);
        let item = matches!(shape, Shape::Struct { .. } | Shape::Enum { .. });
        if item || named {
            self.types[id.index()].naming = self.naming(node);
        }
        let shape = if named { self.named(shape, id) } else { shape };
        let def = &mut self.types[id.index()];
        def.shape = shape;
        def.doc = doc(&schema);
        def.constraints = constraints(&schema.limits, schema.format, &def.shape);
        def.examples = schema
            .examples
            .iter()
            .map(|example| example.to_json())
            .collect();
    }

    /// Breaks rings of lists, maps and aliases, of which no type of Rust can be made yet, and nests of
    /// them that nobody could read: what closes the ring, or lies too deep, accepts any value.
    pub(super) fn break_rings(&mut self) {
        for start in 0..self.types.len() {
            let mut seen = BTreeSet::new();
            let mut here = start;
            while let Shape::Alias(next) | Shape::Array(next) | Shape::Map(next) =
                self.types[here].shape
            {
                if !seen.insert(here) || seen.len() > NESTED {
                    self.break_ring(here);
                    break;
                }
                here = next.index();
            }
        }
    }

    fn break_ring(&mut self, at: usize) {
        let pointer = self.types[at].pointer.clone();
        let place = match self.document.at(&pointer) {
            Some(node) => node.key_place(),
            None => Place::Nowhere,
        };
        let message = "lists or maps that hold themselves, or nest without end, are not supported yet: \
                       any value is accepted";
        self.diags
            .report(Diag::new(Code::UnsupportedSchema, place, message));
        self.types[at].shape = match self.types[at].naming {
            Naming::Anonymous => Shape::Any,
            Naming::Item { .. } => Shape::Alias(self.add_anonymous_at(pointer, Shape::Any)),
        };
    }

    /// Whether the schema at `node` admits null.
    pub(super) fn is_nullable(&self, node: NodeRef<'d>) -> bool {
        let target = node.resolve(self.diags);
        let schema = target.and_then(|target| read_schema(target, self.diags));
        schema.is_some_and(|schema| schema.nullable)
    }

    /// A type that is written where it is used.
    pub(super) fn add_anonymous(&mut self, node: NodeRef<'d>, shape: Shape) -> TypeId {
        self.add_anonymous_at(node.pointer(), shape)
    }

    /// The same, for a schema of which only the pointer is at hand.
    fn add_anonymous_at(&mut self, pointer: String, shape: Shape) -> TypeId {
        self.add_type(TypeDef {
            pointer,
            naming: Naming::Anonymous,
            shape,
            doc: Doc::default(),
            constraints: Vec::new(),
            examples: Vec::new(),
        })
    }

    /// What a named schema becomes that is neither struct nor enumeration: a scalar gets a type of
    /// its own, anything else another name.
    fn named(&mut self, shape: Shape, id: TypeId) -> Shape {
        match shape {
            Shape::Scalar(scalar) => Shape::Newtype(scalar),
            Shape::Array(_) | Shape::Map(_) | Shape::Any => {
                let pointer = self.types[id.index()].pointer.clone();
                Shape::Alias(self.add_anonymous_at(pointer, shape))
            }
            Shape::Struct { .. } | Shape::Enum { .. } | Shape::Newtype(_) | Shape::Alias(_) => {
                shape
            }
        }
    }

    /// What is emitted for a schema, nullability and name left out.
    fn shape(&mut self, schema: &Schema<'d>) -> Shape {
        if let Some((keyword, node)) = unsupported(schema) {
            let message = format!("`{keyword}` is not supported yet: any value is accepted here");
            self.diags.report(Diag::new(
                Code::UnsupportedSchema,
                node.key_place(),
                message,
            ));
            return Shape::Any;
        }
        let types = schema.types.without(TypeSet::NULL);
        if let Some(values) = &schema.enumeration {
            return self.enumeration(schema, types, values);
        }
        if types == TypeSet::ARRAY {
            let item = match schema.items {
                Some(items) => self.element(items),
                None => self.add_anonymous(schema.node, Shape::Any),
            };
            return Shape::Array(item);
        }
        if types == TypeSet::OBJECT {
            return self.object(schema);
        }
        if let Some(scalar) = scalar(types, schema.format) {
            return Shape::Scalar(scalar);
        }
        if !types.is_empty() {
            let message = "several types at once are not supported yet: any value is accepted here";
            let at = schema.node.get("type").unwrap_or(schema.node).place();
            self.diags
                .report(Diag::new(Code::UnsupportedSchema, at, message));
        }
        Shape::Any
    }

    /// An enumeration: of strings an open one, of anything else the type of its values.
    fn enumeration(&mut self, schema: &Schema<'d>, types: TypeSet, nodes: &[NodeRef<'d>]) -> Shape {
        let mut values: Vec<EnumValue> = Vec::new();
        let mut texts_only = true;
        for node in nodes.iter().filter(|node| !node.is_null()) {
            match node.as_str() {
                Some(text) if values.iter().any(|value| value.value == text) => {}
                Some(text) => values.push(EnumValue {
                    value: text.to_owned(),
                }),
                None => texts_only = false,
            }
        }
        let of_texts = types.is_empty() || types == TypeSet::STRING;
        if texts_only && !values.is_empty() && of_texts {
            return Shape::Enum { values };
        }
        let message =
            "only enumerations of strings are supported yet: any value of the type is accepted";
        let at = schema.node.get("enum").unwrap_or(schema.node).key_place();
        self.diags
            .report(Diag::new(Code::UnsupportedSchema, at, message));
        scalar(types, schema.format).map_or(Shape::Any, Shape::Scalar)
    }

    /// The type of the items of a list or the values of a map. Where these may be null, any value is
    /// accepted, so that none makes a whole reply unreadable.
    fn element(&mut self, node: NodeRef<'d>) -> TypeId {
        let message = "items that may be null are not supported yet: any value is accepted";
        self.type_without_null(node, message)
    }

    /// The type of the schema at `node`, where null has no place of its own: one that admits it
    /// accepts any value, which `message` says.
    pub(super) fn type_without_null(&mut self, node: NodeRef<'d>, message: &str) -> TypeId {
        if !self.is_nullable(node) {
            return self.type_of(node);
        }
        let diag = Diag::new(Code::UnsupportedSchema, node.key_place(), message);
        self.diags.report(diag);
        self.add_anonymous(node, Shape::Any)
    }

    /// An object: a struct where it declares properties, else a map.
    fn object(&mut self, schema: &Schema<'d>) -> Shape {
        if schema.properties.is_empty() {
            return match schema.additional {
                Additional::Schema(values) => Shape::Map(self.element(values)),
                Additional::Unstated | Additional::Allowed => {
                    Shape::Map(self.add_anonymous(schema.node, Shape::Any))
                }
                Additional::Denied => Shape::Struct { fields: Vec::new() },
            };
        }
        if let Additional::Schema(values) = schema.additional {
            let message = "properties beside the declared ones are not kept yet";
            self.diags.report(Diag::new(
                Code::UnsupportedFeature,
                values.key_place(),
                message,
            ));
        }
        for key in &schema.required {
            if schema
                .properties
                .iter()
                .all(|(declared, _)| declared != key)
            {
                let message = format!("`{key}` is required and not declared under `properties`");
                let at = schema.node.get("required").unwrap_or(schema.node).place();
                self.diags
                    .report(Diag::new(Code::ContradictorySchema, at, message));
            }
        }
        let fields = schema.properties.iter().map(|&(key, node)| {
            let required = schema.required.contains(&key);
            self.field(key, node, required)
        });
        Shape::Struct {
            fields: fields.collect(),
        }
    }

    fn field(&mut self, key: &str, node: NodeRef<'d>, required: bool) -> Field {
        let presence = match (required, self.is_nullable(node)) {
            (true, false) => Presence::Required,
            (false, false) => Presence::Optional,
            (true, true) => Presence::Nullable,
            (false, true) => Presence::OptionalNullable,
        };
        if presence == Presence::OptionalNullable {
            let message =
                format!("`{key}` may be absent and may be null: the two are not told apart yet");
            self.diags.report(Diag::new(
                Code::UnsupportedFeature,
                node.key_place(),
                message,
            ));
        }
        let ty = self.id_of(node);
        // Siblings of a reference do not count in OpenAPI 3.0: all of this is the target's.
        let own = match node.reference() {
            None => read_schema(node, self.diags),
            Some(_) => None,
        };
        let default = |schema: &Schema<'d>| schema.default.map(NodeRef::to_json);
        let target = || {
            node.resolve(self.diags)
                .and_then(|target| read_schema(target, self.diags))
        };
        Field {
            key: key.to_owned(),
            ty,
            presence,
            doc: own.as_ref().map(doc).unwrap_or_default(),
            default: match &own {
                Some(schema) => default(schema),
                None => target().as_ref().and_then(default),
            },
            read_only: own.as_ref().is_some_and(|schema| schema.read_only),
            write_only: own.as_ref().is_some_and(|schema| schema.write_only),
            pin: extension::rust_name(node, self.diags).filter(|_| own.is_some()),
            pointer: node.pointer(),
        }
    }
}

/// The scalar that has these types; none of any other.
fn scalar(types: TypeSet, format: Option<&str>) -> Option<Scalar> {
    let scalars = [
        (TypeSet::STRING, Scalar::String),
        (TypeSet::BOOLEAN, Scalar::Bool),
        (
            TypeSet::INTEGER,
            if format == Some("int32") {
                Scalar::I32
            } else {
                Scalar::I64
            },
        ),
        (
            TypeSet::NUMBER,
            if format == Some("float") {
                Scalar::F32
            } else {
                Scalar::F64
            },
        ),
    ];
    scalars
        .into_iter()
        .find(|(of, _)| *of == types)
        .map(|(_, scalar)| scalar)
}

/// The first keyword that decides over values and is not supported yet.
fn unsupported<'d>(schema: &Schema<'d>) -> Option<(&'static str, NodeRef<'d>)> {
    let keyword = |name: &'static str| Some((name, schema.node.get(name)?));
    [
        (!schema.all_of.is_empty()).then(|| keyword("allOf")),
        (!schema.one_of.is_empty()).then(|| keyword("oneOf")),
        (!schema.any_of.is_empty()).then(|| keyword("anyOf")),
        schema.not.map(|_| keyword("not")),
    ]
    .into_iter()
    .flatten()
    .flatten()
    .next()
}

/// The prose of a schema.
pub(super) fn doc(schema: &Schema<'_>) -> Doc {
    Doc {
        title: schema.title.map(str::to_owned),
        description: schema.description.map(str::to_owned),
        external: schema.node.get("externalDocs").and_then(external_docs),
        deprecated: schema.deprecated,
    }
}

/// The demands on values of a schema, for its docs.
fn constraints(limits: &Limits<'_>, format: Option<&str>, shape: &Shape) -> Vec<Constraint> {
    let mut out = Vec::new();
    let chosen = match shape {
        Shape::Scalar(scalar) | Shape::Newtype(scalar) => match scalar {
            Scalar::I32 | Scalar::I64 | Scalar::F32 | Scalar::F64 => true,
            Scalar::Bool | Scalar::String => false,
        },
        Shape::Struct { .. }
        | Shape::Enum { .. }
        | Shape::Alias(_)
        | Shape::Array(_)
        | Shape::Map(_)
        | Shape::Any => false,
    };
    let known = ["int32", "int64", "float", "double"];
    if let Some(format) = format.filter(|format| !(chosen && known.contains(format))) {
        out.push(Constraint::Format(format.to_owned()));
    }
    let pair = |least: Option<u64>, most: Option<u64>| {
        (least.is_some_and(|least| least > 0) || most.is_some()).then_some((least, most))
    };
    if let Some((least, most)) = pair(limits.min_length, limits.max_length) {
        out.push(Constraint::Length(least, most));
    }
    if let Some(pattern) = limits.pattern {
        out.push(Constraint::Pattern(pattern.to_owned()));
    }
    let bound = |inclusive: Option<crate::document::Number>,
                 exclusive: Option<crate::document::Number>| {
        exclusive
            .map(|number| (number.to_string(), true))
            .or_else(|| inclusive.map(|number| (number.to_string(), false)))
    };
    let least = bound(limits.minimum, limits.exclusive_minimum);
    let most = bound(limits.maximum, limits.exclusive_maximum);
    if least.is_some() || most.is_some() {
        out.push(Constraint::Range(least, most));
    }
    if let Some(step) = limits.multiple_of {
        out.push(Constraint::MultipleOf(step.to_string()));
    }
    if let Some((least, most)) = pair(limits.min_items, limits.max_items) {
        out.push(Constraint::Items(least, most));
    }
    if limits.unique_items {
        out.push(Constraint::Unique);
    }
    if let Some((least, most)) = pair(limits.min_properties, limits.max_properties) {
        out.push(Constraint::Properties(least, most));
    }
    out
}
