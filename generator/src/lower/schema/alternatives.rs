//! Alternatives: `oneOf` and `anyOf`.
//!
//! What they become depends on what they are alternatives of: words in the docs, where they tell
//! apart what is required only; an open enumeration, where all are strings; one struct, where `anyOf`
//! joins objects that can stand together; a union, elsewhere.

use std::collections::BTreeMap;

use super::super::{Lowering, extension, naming};
use super::inheritance::distinct_tags;
use super::scalar::KINDS;
use super::whole::{Alternatives, Part, Whole, is_shaping, meant};
use crate::diag::{Code, Diag, Diags};
use crate::document::{Additional, NodeRef, Schema, TypeSet, read_schema};
use crate::ir::{EnumValues, Scalar, Shape, TypeId, Variant};

/// How many alternatives may be multiplied with each other.
const MULTIPLIED: usize = 4;

/// How many schemas may come of multiplying, in the whole document.
const PRODUCTS: usize = 5_000;

/// A schema that is another name for one.
pub(super) struct Name<'d> {
    /// The reference to that.
    pub(super) of: NodeRef<'d>,
    /// What is left to read: the schema's own words, and not what it is a name of, or else a chain of
    /// names would be read once for each of them. Nothing for a schema that says of which type its
    /// values are: what it is a name of may contradict that.
    pub(super) words: Option<Vec<Part<'d>>>,
}

impl<'d> Lowering<'d> {
    /// What the one schema of `parts` is another name for: a reference in `allOf` with nothing beside it
    /// that shapes a type.
    pub(super) fn name_at(&self, parts: &[Part<'d>]) -> Option<Name<'d>> {
        let &[part] = parts else {
            return None;
        };
        if part != Part::whole(part.node) {
            return None;
        }
        let schema = read_schema(part.node, self.diags)?;
        let of = self.name_of(part.node, &schema)?;
        let untyped = schema.types.without(TypeSet::NULL).is_empty();
        let words = untyped.then(|| {
            let mut own = part;
            own.without.all_of = true;
            let beside = schema.all_of.iter().copied();
            let beside = beside.filter(|child| child.reference().is_none());
            [own].into_iter().chain(beside.map(Part::whole)).collect()
        });
        Some(Name { of, words })
    }

    /// The reference in `allOf` to what `schema`, which is at `node`, is another name for.
    fn name_of(&self, node: NodeRef<'d>, schema: &Schema<'d>) -> Option<NodeRef<'d>> {
        if schema.all_of.is_empty() || is_shaping(schema) {
            return None;
        }
        let mut shaping = schema.all_of.iter().filter(|child| self.shapes(**child));
        let (child, None) = (*shaping.next()?, shaping.next()) else {
            return None;
        };
        child.reference()?;
        let target = child.resolve(self.diags)?;
        let parent = read_schema(target, self.diags)?.discriminator.is_some();
        if target == node || (parent && self.is_named(node) && schema.reference.is_none()) {
            return None;
        }
        Some(child)
    }

    /// Whether the schema at `node` says anything that shapes a type.
    fn shapes(&self, node: NodeRef<'d>) -> bool {
        let Some(schema) = node
            .resolve(self.diags)
            .and_then(|node| read_schema(node, self.diags))
        else {
            return true;
        };
        node.reference().is_some()
            || is_shaping(&schema)
            || !schema.all_of.is_empty()
            || schema.types.contains(TypeSet::OBJECT)
    }

    /// What a schema with alternatives becomes; nothing where null is all that they add.
    pub(super) fn alternatives(&mut self, whole: &Whole<'d>, id: TypeId) -> Option<Shape> {
        let of = whole.alternatives.first()?;
        let branches: Vec<NodeRef<'d>> = of
            .branches
            .iter()
            .copied()
            .filter(|branch| !self.is_null(*branch) && !self.is_false(*branch))
            .collect();
        if branches.is_empty() {
            return None;
        }
        if let Some(shape) = self.texts(whole, of, &branches) {
            return Some(shape);
        }
        if let Some(shape) = self.together(whole, of, &branches) {
            return Some(shape);
        }
        let multiplied = whole
            .parts
            .iter()
            .filter(|part| part.without.one_of || part.without.any_of);
        if multiplied.count() > MULTIPLIED || self.schemas.multiplied > PRODUCTS {
            let message = "alternatives of alternatives without end: any value is accepted";
            let diag = Diag::new(Code::UnsupportedSchema, of.node.key_place(), message);
            self.diags.report(diag);
            return Some(Shape::Any);
        }
        Some(self.union(whole, of, &branches, id))
    }

    /// Whether an alternative says more than what is required of an object that stands elsewhere.
    pub(super) fn tells_types(&self, branch: NodeRef<'d>) -> bool {
        if branch.reference().is_some() {
            return true;
        }
        let Some(schema) = read_schema(branch, self.diags) else {
            return true;
        };
        let object = schema.types.without(TypeSet::NULL);
        (!object.is_empty() && object != TypeSet::OBJECT)
            || !schema.properties.is_empty()
            || schema.items.is_some()
            || !schema.prefix_items.is_empty()
            || !schema.more.pattern_properties.is_empty()
            || schema.enumeration.is_some()
            || !schema.all_of.is_empty()
            || !schema.one_of.is_empty()
            || !schema.any_of.is_empty()
            || matches!(
                schema.additional,
                Additional::Allowed | Additional::Schema(_)
            )
            || (object == TypeSet::OBJECT && schema.required.is_empty())
    }

    /// Whether an alternative admits null and nothing else.
    fn is_null(&self, branch: NodeRef<'d>) -> bool {
        let target = branch.resolve(self.diags);
        let Some(schema) = target.and_then(|target| read_schema(target, self.diags)) else {
            return false;
        };
        let listed = schema.enumeration.as_ref();
        let only_null = listed
            .is_some_and(|values| !values.is_empty() && values.iter().all(|value| value.is_null()));
        schema.types == TypeSet::NULL || only_null
    }

    /// Alternatives that are all strings: with listed values and without, an open enumeration; of
    /// several formats, a string.
    fn texts(
        &mut self,
        whole: &Whole<'d>,
        of: &Alternatives<'d>,
        branches: &[NodeRef<'d>],
    ) -> Option<Shape> {
        if !(whole.types.is_empty() || whole.types == TypeSet::STRING)
            || !whole.properties.is_empty()
            || of.discriminator.is_some()
        {
            return None;
        }
        let mut values: Vec<String> = Vec::new();
        let mut formats: Vec<Option<&str>> = Vec::new();
        for branch in branches {
            let target = branch.resolve(self.diags)?;
            let whole = self.whole(&[Part::whole(target)], &target.into());
            if !whole.alternatives.is_empty() {
                return None;
            }
            match &whole.enumeration {
                Some(listed) if whole.types.is_empty() || whole.types == TypeSet::STRING => {
                    for value in listed.iter().filter(|value| !value.is_null()) {
                        let text = value.as_str()?;
                        if values.iter().all(|known| known != text) {
                            values.push(text.to_owned());
                        }
                    }
                }
                None if whole.types == TypeSet::STRING => formats.push(whole.format),
                Some(_) | None => return None,
            }
        }
        let plain = formats.iter().all(Option::is_none);
        match (values.is_empty(), formats.as_slice()) {
            (false, _) if plain => Some(Shape::Enum(EnumValues::Texts(values))),
            (true, [first, others @ ..]) if !others.is_empty() => {
                let same = others.iter().all(|other| other == first);
                let format = first.filter(|_| same);
                super::scalar::scalar(TypeSet::STRING, format)
                    .or(Some(Scalar::String))
                    .map(Shape::Scalar)
            }
            _ => None,
        }
    }

    /// `anyOf` of objects that can stand together: one struct with the properties of all, of which
    /// those are required that all require.
    fn together(
        &mut self,
        whole: &Whole<'d>,
        of: &Alternatives<'d>,
        branches: &[NodeRef<'d>],
    ) -> Option<Shape> {
        let more = whole.alternatives.len() > 1;
        if !of.any || of.discriminator.is_some() || more || branches.len() < 2 {
            return None;
        }
        let mut required: BTreeMap<&str, usize> = BTreeMap::new();
        let mut properties: BTreeMap<&str, NodeRef<'d>> = BTreeMap::new();
        let mut parts = self.rest_of(whole, of);
        for branch in branches {
            let target = branch.resolve(self.diags)?;
            let own = self.whole(&[Part::whole(target)], &target.into());
            let object = own.types.is_empty() || own.types == TypeSet::OBJECT;
            if !object || own.properties.is_empty() || !own.alternatives.is_empty() {
                return None;
            }
            for (key, nodes) in &own.properties {
                let [node] = nodes.as_slice() else {
                    return None;
                };
                let node = node.resolve(self.diags)?;
                let known = *properties.entry(key).or_insert(node);
                if !self.is_same(known, node) {
                    return None;
                }
            }
            for (key, _) in &own.required {
                *required.entry(key).or_default() += 1;
            }
            parts.push(Part::whole(target));
        }
        let base = self.whole(&self.rest_of(whole, of), &whole.place);
        let mut all = self.whole(&parts, &whole.place);
        all.single = None;
        all.required.retain(|(key, _)| {
            base.required.iter().any(|(known, _)| known == key)
                || required.get(key) == Some(&branches.len())
        });
        for (key, nodes) in &mut all.properties {
            let of_base = base.properties.get(key).map_or(0, Vec::len);
            nodes.truncate(of_base + 1);
        }
        Some(self.object(&all))
    }

    /// The parts of `whole` without the alternatives `of`.
    fn rest_of(&self, whole: &Whole<'d>, of: &Alternatives<'d>) -> Vec<Part<'d>> {
        let mut parts = whole.parts.clone();
        for part in parts.iter_mut().filter(|part| part.node == of.node) {
            match of.any {
                true => part.without.any_of = true,
                false => part.without.one_of = true,
            }
        }
        parts
    }

    /// A union of the branches, each joined with what stands beside the alternatives.
    fn union(
        &mut self,
        whole: &Whole<'d>,
        of: &Alternatives<'d>,
        branches: &[NodeRef<'d>],
        id: TypeId,
    ) -> Shape {
        let rest = self.rest_of(whole, of);
        let beside = whole.alternatives.len() > 1
            || !whole.properties.is_empty()
            || !whole.required.is_empty()
            || !whole.conditional.is_empty()
            || !whole.pattern_properties.is_empty()
            || !whole.items.is_empty()
            || !whole.prefix_items.is_empty()
            || whole.enumeration.is_some()
            || !whole.types.without(TypeSet::OBJECT).is_empty()
            || matches!(
                whole.additional,
                Additional::Allowed | Additional::Schema(_)
            );
        let mut variants: Vec<Variant> = Vec::new();
        for branch in branches {
            let target = meant(*branch, self.diags);
            let ty = match target {
                Some(target) if beside && !self.takes_over(target, of.node) => {
                    self.schemas.multiplied += 1;
                    let mut parts = rest.clone();
                    parts.push(Part::whole(target));
                    self.id_of_parts(parts, (*branch).into())
                }
                Some(_) => self.id_of(*branch),
                None => self.add_anonymous(*branch, Shape::Any),
            };
            if ty == id {
                continue;
            }
            let tags = match (&of.discriminator, target) {
                (Some(_), Some(target)) => self.branch_tags(of, target),
                _ => Vec::new(),
            };
            match variants.iter_mut().find(|known| known.ty == ty) {
                Some(known) => known.tags.extend(tags),
                None => variants.push(Variant {
                    label: label(*branch, self.diags),
                    ty,
                    tags,
                    pin: branch
                        .reference()
                        .is_none()
                        .then(|| extension::rust_name(*branch, self.diags))
                        .flatten(),
                    pointer: branch.pointer(),
                }),
            }
        }
        distinct_tags(&mut variants);
        let tag = of
            .discriminator
            .as_ref()
            .map(|of| of.property_name.to_owned());
        let default = of
            .discriminator
            .as_ref()
            .and_then(|discriminator| self.default_variant(of.node, discriminator, &variants));
        let tagged = variants
            .iter()
            .enumerate()
            .all(|(index, variant)| !variant.tags.is_empty() || default == Some(index));
        match variants.as_slice() {
            [] => Shape::Any,
            [only] if of.discriminator.is_none() => Shape::Alias(only.ty),
            _ => {
                let discriminator = of.discriminator.as_ref().filter(|_| tagged);
                let fallback = discriminator
                    .and_then(|discriminator| self.fallback(of.node, discriminator, &variants));
                Shape::Union {
                    tag: tag.filter(|_| tagged),
                    variants,
                    fallback,
                }
            }
        }
    }

    /// Whether the schema at `node` has all that `other` has, by `allOf`.
    fn takes_over(&self, node: NodeRef<'d>, other: NodeRef<'d>) -> bool {
        let whole = self.whole(&[Part::whole(node)], &node.into());
        whole.parts.iter().any(|part| part.node == other)
    }

    /// The values of the tag that stand for a branch: those of the mapping; else those that the branch
    /// lists for the property; of a union, those of its own branches; else its name.
    fn branch_tags(&self, of: &Alternatives<'d>, target: NodeRef<'d>) -> Vec<String> {
        let Some(discriminator) = &of.discriminator else {
            return Vec::new();
        };
        let mapping = discriminator.mapping.iter();
        let mapped: Vec<String> = mapping
            .filter(|(_, reference)| self.mapped(of.node, reference) == Some(target))
            .map(|(value, _)| (*value).to_owned())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let property = discriminator.property_name;
        let listed = self.listed_tags(target, property);
        if !listed.is_empty() {
            return listed;
        }
        let inner = self.whole(&[Part::whole(target)], &target.into());
        if self.is_no_text(inner.properties.get(property)) {
            return Vec::new();
        }
        if let Some(nested) = inner.alternatives.first()
            && nested.node != of.node
        {
            let same = nested
                .discriminator
                .as_ref()
                .is_some_and(|of| of.property_name == property);
            let targets = nested
                .branches
                .iter()
                .filter_map(|node| meant(*node, self.diags));
            return match same {
                true => targets
                    .filter(|inner| *inner != target)
                    .flat_map(|target| self.nested_tags(nested, target))
                    .collect(),
                false => targets
                    .flat_map(|target| self.listed_tags(target, property))
                    .collect(),
            };
        }
        self.named_tag(target, target, property)
            .into_iter()
            .collect()
    }

    /// Whether a property can be no string, so that no name of a schema is its value.
    fn is_no_text(&self, property: Option<&Vec<NodeRef<'d>>>) -> bool {
        let schemas = property.into_iter().flatten().filter_map(|node| {
            let target = node.resolve(self.diags)?;
            read_schema(target, self.diags)
        });
        let types = schemas.map(|schema| schema.types);
        types
            .into_iter()
            .any(|types| !types.is_empty() && !types.contains(TypeSet::STRING))
    }

    /// The tags of a branch of a union within a union, one level deep.
    fn nested_tags(&self, of: &Alternatives<'d>, target: NodeRef<'d>) -> Vec<String> {
        let shallow = Alternatives {
            node: target,
            ..of.clone()
        };
        self.branch_tags(&shallow, target)
    }
}

/// What an alternative is called: the name of the schema it refers to; its title; its only value; the
/// only value of a property, which none of the others has; else the kind of value that it is, with a number where several are of one kind.
pub(in crate::lower) fn label(branch: NodeRef<'_>, diags: &Diags) -> String {
    let Some(target) = meant(branch, diags) else {
        let reference = branch.reference().unwrap_or("Other");
        let name = reference.rsplit(['/', '#']).next();
        return name.unwrap_or("Other").to_owned();
    };
    if branch.get("$ref").is_some()
        && let Some(name) = naming::schema_name(target)
    {
        return name;
    }
    let title = target.get("title").and_then(NodeRef::as_str);
    if let Some(title) = title.filter(|title| title.len() <= 60 && !title.trim().is_empty()) {
        return title.to_owned();
    }
    let schema = read_schema(target, diags);
    let values = schema
        .as_ref()
        .and_then(|schema| schema.enumeration.as_deref());
    if let Some([value]) = values
        && let Some(value) = value.as_str()
    {
        return value.to_owned();
    }
    if let Some(value) = told_apart(branch) {
        return value.to_owned();
    }
    let word = kind(target, diags);
    let siblings = branch.parent().into_iter().flat_map(NodeRef::items);
    let before = siblings
        .take_while(|sibling| *sibling != branch)
        .filter(|sibling| sibling.reference().is_none() && kind(*sibling, diags) == word);
    match before.count() {
        0 => word.to_owned(),
        count => format!("{word}{}", count + 1),
    }
}

/// The only value of a property, where no alternative beside this one has the same.
fn told_apart(branch: NodeRef<'_>) -> Option<&str> {
    let properties = branch.get("properties")?;
    let found = properties.entries().find_map(|(key, property)| {
        let value = only_text(property)?;
        let others = branch.parent()?.items().filter(|other| *other != branch);
        let mut same = others.filter_map(|other| only_text(other.get("properties")?.get(key)?));
        same.all(|other| other != value).then_some(value)
    });
    found.filter(|value| !value.trim().is_empty())
}

/// The text that is the only value of a schema, if it is one.
fn only_text(schema: NodeRef<'_>) -> Option<&str> {
    if let Some(value) = schema.get("const") {
        return value.as_str();
    }
    let mut values = schema.get("enum")?.items();
    let (value, None) = (values.next()?, values.next()) else {
        return None;
    };
    value.as_str()
}

/// The kind of value that an inline schema describes, in a word.
fn kind(node: NodeRef<'_>, diags: &Diags) -> &'static str {
    let types = read_schema(node, diags).map_or(TypeSet::ANY, |schema| schema.types);
    let types = types.without(TypeSet::NULL);
    let found = KINDS.into_iter().find(|(kind, _)| *kind == types);
    found.map_or("Variant", |(_, word)| word)
}
