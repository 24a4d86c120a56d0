//! A schema as a whole: what `allOf` joins, in one.
//!
//! In go the parts of a schema; out comes what a value has to satisfy to satisfy all of them: types
//! and limits intersected, properties and what is required united, so that a property may be declared
//! in one part and required in another.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::super::Lowering;
use super::At;
use crate::diag::{Code, Diag, Diags};
use crate::document::{
    Additional, Discriminator, Limits, NodeRef, Number, Schema, TypeSet, read_schema,
};
use crate::ir::Doc;

/// Through how many schemas `allOf` may lead, one after the other.
const DEEPEST: usize = 256;

/// A schema, or what is left of it after some of its keywords were dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) struct Part<'d> {
    pub(super) node: NodeRef<'d>,
    /// The keywords that do not count.
    pub(super) without: Without,
    /// Only these types count, where that is said.
    pub(super) only: TypeSet,
}

/// Keywords of a schema that were dealt with already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) struct Without {
    pub(super) all_of: bool,
    pub(super) one_of: bool,
    pub(super) any_of: bool,
}

impl<'d> Part<'d> {
    /// All of the schema at `node`.
    pub(super) fn whole(node: NodeRef<'d>) -> Self {
        Self {
            node,
            without: Without::default(),
            only: TypeSet::ANY,
        }
    }

    /// The schema's own properties: what all that inherit from it have in common.
    pub(super) fn base(node: NodeRef<'d>) -> Self {
        let mut part = Self::whole(node);
        part.without.one_of = true;
        part.without.any_of = true;
        part
    }

    /// Whether the alternatives of the schema do not count: it is the base of others.
    fn is_base(self) -> bool {
        self.without.one_of && self.without.any_of
    }
}

/// The alternatives of a `oneOf` or an `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct Alternatives<'d> {
    /// The schema that has them.
    pub(super) node: NodeRef<'d>,
    /// Whether several may hold at once: `anyOf`.
    pub(super) any: bool,
    /// Schemas or references.
    pub(super) branches: Vec<NodeRef<'d>>,
    /// What says which one it is.
    pub(super) discriminator: Option<Discriminator<'d>>,
}

/// A schema as a whole.
pub(super) struct Whole<'d> {
    /// The schemas that were joined, `allOf` of each dealt with.
    pub(super) parts: Vec<Part<'d>>,
    pub(super) place: At<'d>,
    /// The one schema that it is the whole of, if it is that of one.
    pub(super) single: Option<NodeRef<'d>>,
    /// The reference to what it is nothing but another name for.
    pub(super) name_of: Option<NodeRef<'d>>,
    pub(super) types: TypeSet,
    /// Whether no part states the types: keywords tell them.
    pub(super) inferred: bool,
    /// The schema `false` among the parts, which nothing satisfies.
    pub(super) never: Option<NodeRef<'d>>,
    /// Whether no type satisfies all parts, which was reported.
    pub(super) contradictory: bool,
    pub(super) format: Option<&'d str>,
    pub(super) doc: Doc,
    pub(super) examples: Vec<NodeRef<'d>>,
    pub(super) default: Option<NodeRef<'d>>,
    pub(super) enumeration: Option<Vec<NodeRef<'d>>>,
    /// The schemas of each property.
    pub(super) properties: IndexMap<&'d str, Vec<NodeRef<'d>>>,
    /// What is required, with the schema that says so.
    pub(super) required: Vec<(&'d str, NodeRef<'d>)>,
    /// The schemas of properties that only some objects have, those of which a condition holds.
    pub(super) conditional: IndexMap<&'d str, Vec<NodeRef<'d>>>,
    /// The patterns of names, each with the schema of the properties that have one of these names.
    pub(super) pattern_properties: Vec<(&'d str, NodeRef<'d>)>,
    pub(super) additional: Additional<'d>,
    /// The schemas of the names of properties.
    pub(super) property_names: Vec<NodeRef<'d>>,
    pub(super) items: Vec<NodeRef<'d>>,
    /// The schemas of the first items, by their positions.
    pub(super) prefix_items: Vec<NodeRef<'d>>,
    pub(super) alternatives: Vec<Alternatives<'d>>,
    /// What a string holds, and how it is written there.
    pub(super) content: (Option<&'d str>, Option<&'d str>),
    pub(super) limits: Limits<'d>,
    /// The patterns, all of which have to match.
    pub(super) patterns: Vec<&'d str>,
    /// Schemas with a discriminator that this one inherits from.
    pub(super) bases: Vec<NodeRef<'d>>,
    /// Sets of properties of which one has to be there.
    pub(super) one_of_required: Vec<Vec<String>>,
}

impl<'d> Lowering<'d> {
    /// Joins `parts` and all that their `allOf` lead to.
    pub(super) fn whole(&self, parts: &[Part<'d>], place: &At<'d>) -> Whole<'d> {
        let mut whole = Whole {
            parts: Vec::new(),
            place: place.clone(),
            single: match parts {
                [part] if *part == Part::whole(part.node) => Some(part.node),
                _ => None,
            },
            name_of: None,
            types: TypeSet::ANY,
            inferred: true,
            never: None,
            contradictory: false,
            format: None,
            doc: Doc::default(),
            examples: Vec::new(),
            default: None,
            enumeration: None,
            properties: IndexMap::new(),
            required: Vec::new(),
            conditional: IndexMap::new(),
            pattern_properties: Vec::new(),
            additional: Additional::Unstated,
            property_names: Vec::new(),
            items: Vec::new(),
            prefix_items: Vec::new(),
            alternatives: Vec::new(),
            content: (None, None),
            limits: Limits::default(),
            patterns: Vec::new(),
            bases: Vec::new(),
            one_of_required: Vec::new(),
        };
        let own: BTreeSet<NodeRef<'d>> = parts.iter().map(|part| part.node).collect();
        let mut seen: BTreeSet<NodeRef<'d>> = BTreeSet::new();
        let mut open: Vec<(Part<'d>, usize)> = parts.iter().rev().map(|part| (*part, 0)).collect();
        while let Some((part, depth)) = open.pop() {
            if !seen.insert(part.node) {
                continue;
            }
            if depth > DEEPEST {
                self.give_up(&mut whole);
                return whole;
            }
            let Some(schema) = read_schema(part.node, self.diags) else {
                continue;
            };
            if part.is_base() && schema.discriminator.is_some() {
                whole.bases.push(part.node);
            }
            if !part.without.all_of {
                let children = schema.all_of.iter().rev();
                let children = children.filter_map(|child| self.inherited_part(*child, &own));
                open.extend(children.map(|child| (child, depth + 1)));
            }
            self.join(&mut whole, part, &schema);
        }
        self.set_requirements_aside(&mut whole);
        whole
    }

    /// Lets a schema be any value that is made of more than anybody composes: each of a long chain would
    /// be as long as all that come after it.
    fn give_up(&self, whole: &mut Whole<'d>) {
        let message =
            format!("`allOf` leads through more than {DEEPEST} schemas: any value is accepted");
        let place = whole.place.node.key_place();
        self.diags
            .report(Diag::new(Code::UnsupportedSchema, place, message));
        whole.contradictory = true;
        whole.alternatives.clear();
        whole.bases.clear();
    }

    /// Takes alternatives that tell what is required only for what they are: words in the docs, since
    /// they say nothing of a type.
    fn set_requirements_aside(&self, whole: &mut Whole<'d>) {
        let sets = &mut whole.one_of_required;
        whole.alternatives.retain(|of| {
            let shaping = of.branches.iter().any(|branch| self.tells_types(*branch));
            if !shaping {
                sets.extend(of.branches.iter().filter_map(|branch| {
                    let required = read_schema(*branch, self.diags)?.required;
                    let keys: Vec<String> = required.iter().map(|key| (*key).to_owned()).collect();
                    (!keys.is_empty()).then_some(keys)
                }));
            }
            shaping
        });
    }

    /// What a schema takes over from one of its `allOf`. Of a schema with a discriminator these are
    /// its own properties, unless alternatives beside it are meant.
    fn inherited_part(&self, child: NodeRef<'d>, own: &BTreeSet<NodeRef<'d>>) -> Option<Part<'d>> {
        let target = child.resolve(self.diags)?;
        if own.contains(&target) {
            let message = "`allOf` leads back to the schema itself: it adds nothing";
            let diag = Diag::new(Code::ContradictorySchema, child.place(), message);
            self.diags.report(diag);
            return None;
        }
        let schema = read_schema(target, self.diags)?;
        let is_own = |branch: &NodeRef<'d>| {
            let target = branch.resolve(self.diags);
            target.is_some_and(|target| own.contains(&target))
        };
        let mut branches = schema.one_of.iter().chain(&schema.any_of).peekable();
        let parent = schema.discriminator.is_some() && branches.peek().is_none();
        match parent || branches.any(is_own) {
            true => Some(Part::base(target)),
            false => Some(Part::whole(target)),
        }
    }

    /// Adds one part to the whole.
    fn join(&self, whole: &mut Whole<'d>, part: Part<'d>, schema: &Schema<'d>) {
        let mut dealt_with = part;
        dealt_with.without.all_of = true;
        whole.parts.push(dealt_with);
        let (own, inferred) = match part.only.is_empty() {
            true => (schema.types, schema.inferred),
            false => (part.only, false),
        };
        self.join_types(whole, own.without(TypeSet::NULL), inferred, schema.node);
        join_docs(whole, schema);
        whole.never = whole.never.or(schema.never.then_some(schema.node));
        whole.format = whole.format.or(schema.format);
        whole.default = whole.default.or(schema.default);
        whole.content.0 = whole.content.0.or(schema.more.content_encoding);
        whole.content.1 = whole.content.1.or(schema.more.content_media_type);
        self.join_enumeration(whole, schema);
        for &(key, node) in &schema.properties {
            let nodes = whole.properties.entry(key).or_default();
            if !nodes.contains(&node) {
                nodes.push(node);
            }
        }
        for key in &schema.required {
            if whole.required.iter().all(|(known, _)| known != key) {
                let at = schema.node.get("required").unwrap_or(schema.node);
                whole.required.push((key, at));
            }
        }
        self.join_conditional(whole, schema);
        let patterns = schema.more.pattern_properties.iter();
        whole.pattern_properties.extend(patterns);
        whole.property_names.extend(schema.more.property_names);
        let additional = match schema.additional {
            Additional::Unstated => schema.more.unevaluated_properties,
            stated => stated,
        };
        whole.additional = match (whole.additional, additional) {
            (Additional::Schema(node), _) | (_, Additional::Schema(node)) => {
                Additional::Schema(node)
            }
            (Additional::Allowed, _) | (_, Additional::Allowed) => Additional::Allowed,
            (Additional::Denied, _) | (_, Additional::Denied) => Additional::Denied,
            (Additional::Unstated, Additional::Unstated) => Additional::Unstated,
        };
        let unevaluated = match schema.more.unevaluated_items {
            Additional::Schema(items) => Some(items),
            Additional::Denied => schema.node.get("unevaluatedItems"),
            Additional::Allowed | Additional::Unstated => None,
        };
        whole.items.extend(schema.items.or(unevaluated));
        if whole.prefix_items.is_empty() {
            whole.prefix_items.clone_from(&schema.prefix_items);
        }
        whole.patterns.extend(schema.limits.pattern);
        whole.limits = joined_limits(&whole.limits, &schema.limits);
        let alternatives = [
            (false, part.without.one_of, &schema.one_of),
            (true, part.without.any_of, &schema.any_of),
        ];
        for (any, without, branches) in alternatives {
            if !without && !branches.is_empty() {
                whole.alternatives.push(Alternatives {
                    node: schema.node,
                    any,
                    branches: branches.clone(),
                    discriminator: schema.discriminator.clone(),
                });
            }
        }
    }

    /// Joins what the properties under conditions are: none of them is required by that, and one that
    /// the schema declares itself is described there.
    fn join_conditional(&self, whole: &mut Whole<'d>, schema: &Schema<'d>) {
        let more = &schema.more;
        let branches = [more.then, more.otherwise].into_iter().flatten();
        let branches = branches.filter(|_| more.condition.is_some());
        let dependent = more.dependent_schemas.iter().map(|(_, node)| *node);
        for branch in branches.chain(dependent) {
            let target = branch.resolve(self.diags).filter(|node| node.is_object());
            let Some(schema) = target.and_then(|target| read_schema(target, self.diags)) else {
                continue;
            };
            for (key, node) in schema.properties {
                whole.conditional.entry(key).or_default().push(node);
            }
        }
    }

    /// Joins the types. Those that are stated count more than those that other keywords tell: `items`
    /// says what an array holds, and not that there has to be one.
    fn join_types(&self, whole: &mut Whole<'d>, types: TypeSet, inferred: bool, node: NodeRef<'d>) {
        if types.is_empty() || whole.contradictory {
            return;
        }
        if whole.types.is_empty() {
            whole.types = types;
            whole.inferred = inferred;
            return;
        }
        // Every integer is a number.
        let mut both = whole.types.and(types);
        if (whole.types.contains(TypeSet::INTEGER) && types.contains(TypeSet::NUMBER))
            || (whole.types.contains(TypeSet::NUMBER) && types.contains(TypeSet::INTEGER))
        {
            both = both.with(TypeSet::INTEGER);
        }
        if both.is_empty() && (inferred || whole.inferred) {
            if !inferred {
                whole.types = types;
                whole.inferred = false;
            }
            return;
        }
        whole.inferred &= inferred;
        if both.is_empty() {
            let list = |types: TypeSet| types.names().collect::<Vec<_>>().join(" or ");
            let message = format!(
                "no value is {} and {} at once: any value is accepted",
                list(whole.types),
                list(types)
            );
            let at = node.get("type").unwrap_or(node).place();
            self.diags
                .report(Diag::new(Code::ContradictorySchema, at, message));
            whole.contradictory = true;
        }
        whole.types = both;
    }

    fn join_enumeration(&self, whole: &mut Whole<'d>, schema: &Schema<'d>) {
        let Some(more) = &schema.enumeration else {
            return;
        };
        let Some(known) = &mut whole.enumeration else {
            whole.enumeration = Some(more.clone());
            return;
        };
        known.retain(|value| more.iter().any(|other| other.to_json() == value.to_json()));
        if known.is_empty() {
            let message = "no value is listed in every part: any value of the type is accepted";
            let at = schema.node.get("enum").unwrap_or(schema.node).key_place();
            self.diags
                .report(Diag::new(Code::ContradictorySchema, at, message));
            whole.enumeration = None;
        }
    }
}

/// Takes the words of the outermost part that has some. What a named schema says of itself is not
/// said of those that take it over.
fn join_docs<'d>(whole: &mut Whole<'d>, schema: &Schema<'d>) {
    let doc = super::doc(schema);
    let inline = schema.node.parent().is_some_and(NodeRef::is_array);
    if whole.parts.len() == 1 {
        whole.doc = doc;
        whole.examples.extend(&schema.examples);
    } else if inline && whole.doc.title.is_none() && whole.doc.description.is_none() {
        whole.doc.title = doc.title;
        whole.doc.description = doc.description;
    }
}

/// Whether a schema says anything that shapes a type, besides `allOf`.
pub(super) fn is_shaping(schema: &Schema<'_>) -> bool {
    !schema
        .types
        .without(TypeSet::NULL)
        .without(TypeSet::OBJECT)
        .is_empty()
        || !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.items.is_some()
        || schema.enumeration.is_some()
        || matches!(
            schema.additional,
            Additional::Allowed | Additional::Schema(_)
        )
        || !schema.prefix_items.is_empty()
        || !schema.more.pattern_properties.is_empty()
        || matches!(
            schema.more.unevaluated_properties,
            Additional::Allowed | Additional::Schema(_)
        )
        || schema.more.condition.is_some()
        || !schema.more.dependent_schemas.is_empty()
        || schema.never
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || schema.discriminator.is_some()
}

/// How many references may follow upon each other, each beside words.
const WORDY: usize = 64;

/// The schema that is meant at `node`: the one that references lead to, also those beside which
/// nothing but words stands.
pub(super) fn meant<'d>(node: NodeRef<'d>, diags: &Diags) -> Option<NodeRef<'d>> {
    let mut target = node.resolve(diags)?;
    for _ in 0..WORDY {
        let next = read_schema(target, diags).and_then(|schema| {
            let alone = schema.all_of.len() == 1 && !is_shaping(&schema);
            schema.reference.filter(|_| alone)
        });
        match next {
            Some(next) => target = next.resolve(diags)?,
            None => break,
        }
    }
    Some(target)
}

/// What satisfies both limits.
fn joined_limits<'d>(a: &Limits<'d>, b: &Limits<'d>) -> Limits<'d> {
    let most = |a: Option<u64>, b: Option<u64>| a.into_iter().chain(b).min();
    let least = |a: Option<u64>, b: Option<u64>| a.into_iter().chain(b).max();
    let pick = |a: Option<Number>, b: Option<Number>, greater: bool| match (a, b) {
        (Some(a), Some(b)) => Some(if (a.as_f64() > b.as_f64()) == greater {
            a
        } else {
            b
        }),
        (a, b) => a.or(b),
    };
    Limits {
        min_length: least(a.min_length, b.min_length),
        max_length: most(a.max_length, b.max_length),
        pattern: a.pattern.or(b.pattern),
        minimum: pick(a.minimum, b.minimum, true),
        maximum: pick(a.maximum, b.maximum, false),
        exclusive_minimum: pick(a.exclusive_minimum, b.exclusive_minimum, true),
        exclusive_maximum: pick(a.exclusive_maximum, b.exclusive_maximum, false),
        multiple_of: a.multiple_of.or(b.multiple_of),
        min_items: least(a.min_items, b.min_items),
        max_items: most(a.max_items, b.max_items),
        unique_items: a.unique_items || b.unique_items,
        min_properties: least(a.min_properties, b.min_properties),
        max_properties: most(a.max_properties, b.max_properties),
    }
}
