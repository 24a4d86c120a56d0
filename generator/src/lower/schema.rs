//! Schemas: what each becomes.
//!
//! A schema gets its id first and what it holds later, from a list: so neither cycles nor long chains
//! of references nest, and no schema is read twice.

mod alternatives;
mod array;
mod constraints;
mod inheritance;
mod nesting;
mod nulls;
mod object;
mod rings;
mod scalar;
mod unchecked;
mod whole;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Lowering, external_docs};
use crate::diag::{Code, Diag};
use crate::document::{NodeRef, Schema, TypeSet, read_schema};
use crate::ir::{Doc, Naming, Segment, Shape, TypeDef, TypeId};

pub(super) use alternatives::label;
use inheritance::Family;
use unchecked::Unchecked;
use whole::{Part, Whole};

/// What lowering knows of schemas so far.
#[derive(Default)]
pub(super) struct Schemas<'d> {
    /// The type that was made of a schema, by its parts.
    known: BTreeMap<Vec<Part<'d>>, TypeId>,
    /// Schemas that have an id and nothing else yet.
    unfilled: VecDeque<Unfilled<'d>>,
    /// Whether that list is being worked off.
    filling: bool,
    /// How many schemas were made of alternatives and what stands beside them.
    multiplied: usize,
    /// Who inherits from whom, once it was asked for.
    family: Option<Family<'d>>,
    /// Keywords that no type can express.
    unchecked: Unchecked<'d>,
}

/// A schema that has an id and nothing else yet.
struct Unfilled<'d> {
    id: TypeId,
    parts: Vec<Part<'d>>,
    place: At<'d>,
}

/// Where the schema of a type stands, which gives the type its name.
#[derive(Clone)]
struct At<'d> {
    node: NodeRef<'d>,
    /// A step beyond the node, for a type that has no node of its own.
    step: Option<Segment>,
}

impl<'d> At<'d> {
    /// A step beyond this place.
    fn then(&self, step: Segment) -> Self {
        Self {
            node: self.node,
            step: Some(step),
        }
    }
}

impl<'d> From<NodeRef<'d>> for At<'d> {
    fn from(node: NodeRef<'d>) -> Self {
        Self { node, step: None }
    }
}

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
    /// cannot be resolved. Null is no part of it: [`element`](Self::element) has a place for that.
    pub(super) fn type_of(&mut self, node: NodeRef<'d>) -> TypeId {
        let id = self.id_of(node);
        if !self.schemas.filling {
            self.schemas.filling = true;
            while let Some(unfilled) = self.schemas.unfilled.pop_front() {
                self.fill(unfilled);
            }
            self.schemas.filling = false;
        }
        id
    }

    /// The type of the schema at `node`, null included where it may be that: of items, of the values
    /// of a map, of bodies.
    pub(super) fn element(&mut self, node: NodeRef<'d>) -> TypeId {
        let ty = self.type_of(node);
        self.or_null(node, ty)
    }

    /// `ty`, or null where the schema at `node` admits that.
    fn or_null(&mut self, node: NodeRef<'d>, ty: TypeId) -> TypeId {
        if !self.is_nullable(node) {
            return ty;
        }
        self.add_anonymous(node, Shape::Nullable(ty))
    }

    /// The id of the schema at `node`, with what it holds known once the list was worked off.
    fn id_of(&mut self, node: NodeRef<'d>) -> TypeId {
        let target = match node.reference() {
            Some(_) if !self.is_named(node) => node.resolve(self.diags),
            Some(_) | None => Some(node),
        };
        match target {
            Some(target) => self.id_of_parts(vec![Part::whole(target)], target.into()),
            None => self.add_anonymous(node, Shape::Any),
        }
    }

    /// The id of what satisfies all `parts`, none of which is a reference unless it is a named schema.
    fn id_of_parts(&mut self, parts: Vec<Part<'d>>, place: At<'d>) -> TypeId {
        if let Some(&id) = self.schemas.known.get(&parts) {
            return id;
        }
        let id = self.add_anonymous(place.node, Shape::Any);
        self.schemas.known.insert(parts.clone(), id);
        self.schemas
            .unfilled
            .push_back(Unfilled { id, parts, place });
        id
    }

    /// Fills in what a schema holds.
    fn fill(&mut self, unfilled: Unfilled<'d>) {
        let Unfilled { id, parts, place } = unfilled;
        let named = place.step.is_none() && parts.len() == 1 && self.is_named(place.node);
        if place.node.reference().is_some() && parts == [Part::whole(place.node)] {
            // A named schema that refers to another one is another name for it.
            self.types[id.index()].naming = self.naming_at(&place);
            let target = match place.node.resolve(self.diags) {
                Some(target) => self.id_of(target),
                None => self.add_anonymous(place.node, Shape::Any),
            };
            self.types[id.index()].shape = Shape::Alias(target);
            return;
        }
        let name = self.name_at(&parts);
        let words = name.as_ref().and_then(|name| name.words.as_deref());
        let mut whole = self.whole(words.unwrap_or(&parts), &place);
        if words.is_some() {
            whole.single = Some(parts[0].node);
        }
        whole.name_of = name.map(|name| name.of);
        self.schemas.unchecked.note(&whole.parts);
        let shape = self.shape(&whole, id);
        let constraints = self.constraints(&whole, &shape);
        let item = matches!(
            shape,
            Shape::Struct { .. } | Shape::Enum(_) | Shape::Union { .. }
        );
        if item || named {
            self.types[id.index()].naming = self.naming_at(&place);
        }
        let shape = if named { self.named(shape, id) } else { shape };
        let def = &mut self.types[id.index()];
        def.shape = shape;
        def.doc = whole.doc.clone();
        def.constraints = constraints;
        def.examples = whole
            .examples
            .iter()
            .map(|example| example.to_json())
            .collect();
    }

    /// The naming of a place.
    fn naming_at(&self, place: &At<'d>) -> Naming {
        let mut naming = self.naming(place.node);
        if let (Some(step), Naming::Item { path, pin, .. }) = (&place.step, &mut naming) {
            path.push(step.clone());
            // A pin is for the whole, not for a part of it.
            *pin = None;
        }
        naming
    }

    /// What a named schema becomes that is no item by itself: a scalar gets a type of its own,
    /// anything else another name.
    fn named(&mut self, shape: Shape, id: TypeId) -> Shape {
        match shape {
            Shape::Scalar(scalar) => Shape::Newtype(scalar),
            Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_) | Shape::Nullable(_) | Shape::Any => {
                let pointer = self.types[id.index()].pointer.clone();
                Shape::Alias(self.add_anonymous_at(pointer, shape))
            }
            Shape::Struct { .. }
            | Shape::Enum(_)
            | Shape::Union { .. }
            | Shape::Newtype(_)
            | Shape::Wrapper(_)
            | Shape::Alias(_) => shape,
        }
    }

    /// What is emitted for a schema, nullability and name left out. `id` is its own.
    fn shape(&mut self, whole: &Whole<'d>, id: TypeId) -> Shape {
        if let Some(of) = whole.name_of {
            return Shape::Alias(self.id_of(of));
        }
        if let Some(shape) = self.inherited(whole) {
            return shape;
        }
        if let Some(shape) = self.alternatives(whole, id) {
            return shape;
        }
        if let Some(never) = whole.never {
            let message = "no value is allowed here (`false`): any value is accepted";
            self.diags
                .report(Diag::new(Code::ContradictorySchema, never.place(), message));
            return Shape::Any;
        }
        if whole.contradictory {
            return Shape::Any;
        }
        let types = whole.types.without(TypeSet::NULL);
        if let Some(shape) = self.enumeration(whole, types) {
            return shape;
        }
        if types == TypeSet::ARRAY {
            return self.array(whole);
        }
        if types == TypeSet::OBJECT {
            return self.object(whole);
        }
        if let Some(scalar) = self.scalar_of(whole, types) {
            return Shape::Scalar(scalar);
        }
        if types.is_empty() {
            return Shape::Any;
        }
        self.of_several_types(whole, types)
    }

    /// The id of what satisfies the schemas at all `nodes`. It is called like the last one, which is the
    /// one that is nearest to whoever composed them.
    fn id_of_all(&mut self, nodes: &[NodeRef<'d>]) -> TypeId {
        let mut parts: Vec<Part<'d>> = Vec::new();
        for node in nodes {
            let Some(target) = node.resolve(self.diags) else {
                return self.add_anonymous(*node, Shape::Any);
            };
            let part = Part::whole(target);
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        match (parts.as_slice(), nodes.last()) {
            ([part], _) => self.id_of(part.node),
            (_, Some(last)) => self.id_of_parts(parts, (*last).into()),
            (_, None) => self.id_of_parts(parts, self.document.root().into()),
        }
    }

    /// Whether the schema at `node` admits null: it says so, or all that it is made of do.
    pub(super) fn is_nullable(&self, node: NodeRef<'d>) -> bool {
        let mut seen = BTreeSet::new();
        self.admits_null(node, &mut seen)
    }

    fn admits_null(&self, node: NodeRef<'d>, seen: &mut BTreeSet<NodeRef<'d>>) -> bool {
        let Some(target) = node.resolve(self.diags) else {
            return false;
        };
        // So deep, and so often, nobody composes.
        if !seen.insert(target) || seen.len() > 64 {
            return false;
        }
        let Some(schema) = read_schema(target, self.diags) else {
            return false;
        };
        if schema.nullable {
            return true;
        }
        let listed = schema
            .enumeration
            .iter()
            .flatten()
            .any(|value| value.is_null());
        if listed && schema.types.is_empty() {
            return true;
        }
        if !schema.types.is_empty() {
            return false;
        }
        let branches = schema.one_of.iter().chain(&schema.any_of);
        let mut any = branches
            .clone()
            .any(|branch| self.admits_null(*branch, seen));
        if branches.count() == 0 && !schema.all_of.is_empty() {
            any = schema
                .all_of
                .iter()
                .all(|part| self.admits_null(*part, seen));
        }
        any
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
