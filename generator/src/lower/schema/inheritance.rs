//! Inheritance: schemas that take over another one by `allOf`, and the `discriminator` of a parent
//! that tells which child a value is (OpenAPI 3.0.3, section 4.7.25).

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Lowering, extension, naming};
use super::At;
use super::whole::{Part, Whole, meant};
use crate::diag::{Code, Diag};
use crate::document::{Discriminator, NodeRef, read_schema};
use crate::ir::{Segment, Shape, Variant};

/// Which named schemas take over which others, by name.
pub(in crate::lower) struct Family<'d> {
    children: BTreeMap<NodeRef<'d>, Vec<NodeRef<'d>>>,
}

impl<'d> Lowering<'d> {
    /// The union of all that inherit from a schema which has a discriminator and no alternatives of
    /// its own: a reply that is typed as the parent holds a child.
    pub(super) fn inherited(&mut self, whole: &Whole<'d>) -> Option<Shape> {
        let parent = whole.single.filter(|node| self.is_named(*node))?;
        let discriminator = self.own_discriminator(parent)?;
        let mut heirs = Vec::new();
        let mut seen = BTreeSet::from([parent]);
        self.heirs(parent, &discriminator, &mut seen, &mut heirs);
        for (_, reference) in &discriminator.mapping {
            let target = self.mapped(parent, reference);
            if let Some(target) = target.filter(|target| seen.insert(*target)) {
                heirs.push((target, self.tags_of(parent, &discriminator, target)));
            }
        }
        if heirs.is_empty() {
            return None;
        }
        heirs.sort_by_key(|(node, _)| naming::schema_name(*node));
        let own = self.tags_of(parent, &discriminator, parent);
        let place = At::from(parent).then(Segment::Base);
        let base = self.id_of_parts(vec![Part::base(parent)], place);
        let mut variants = vec![Variant {
            label: naming::schema_name(parent).unwrap_or_default(),
            ty: base,
            tags: own,
            pin: None,
            pointer: parent.pointer(),
        }];
        for (heir, tags) in heirs {
            variants.push(Variant {
                label: naming::schema_name(heir).unwrap_or_default(),
                ty: self.id_of(heir),
                tags,
                pin: extension::rust_name(heir, self.diags),
                pointer: heir.pointer(),
            });
        }
        distinct_tags(&mut variants);
        let fallback = self.fallback(parent, &discriminator, &variants);
        Some(Shape::Union {
            tag: Some(discriminator.property_name.to_owned()),
            variants,
            fallback,
        })
    }

    /// The variant that `defaultMapping` names, by its index.
    pub(super) fn fallback(
        &self,
        holder: NodeRef<'d>,
        discriminator: &Discriminator<'d>,
        variants: &[Variant],
    ) -> Option<usize> {
        let reference = discriminator.default_mapping?;
        let found = self.default_variant(holder, discriminator, variants);
        if found.is_none() {
            let node = holder.get("discriminator");
            let at = node.and_then(|node| node.get("defaultMapping"));
            let message = format!("`defaultMapping` names `{reference}`, which is no variant here");
            let place = at.unwrap_or(holder).place();
            self.diags
                .report(Diag::new(Code::UnsupportedSchema, place, message));
        }
        found
    }

    /// The same, where nothing is said of one that is missing.
    pub(super) fn default_variant(
        &self,
        holder: NodeRef<'d>,
        discriminator: &Discriminator<'d>,
        variants: &[Variant],
    ) -> Option<usize> {
        let named = self.mapped(holder, discriminator.default_mapping?)?;
        let named = meant(named, self.diags)?;
        variants.iter().position(|variant| {
            let node = self.document.at(&variant.pointer);
            node.and_then(|node| meant(node, self.diags)) == Some(named)
        })
    }

    /// The discriminator of a schema that has no alternatives: it tells its children apart.
    fn own_discriminator(&self, node: NodeRef<'d>) -> Option<Discriminator<'d>> {
        let schema = read_schema(node, self.diags)?;
        let alone = schema.one_of.is_empty() && schema.any_of.is_empty();
        schema.discriminator.filter(|_| alone)
    }

    /// Collects who inherits from `parent`, each with its tags. One that has a discriminator of its own
    /// stands for its heirs.
    fn heirs(
        &mut self,
        parent: NodeRef<'d>,
        discriminator: &Discriminator<'d>,
        seen: &mut BTreeSet<NodeRef<'d>>,
        heirs: &mut Vec<(NodeRef<'d>, Vec<String>)>,
    ) {
        let root = parent;
        let mut open = self.children(parent);
        open.reverse();
        while let Some(child) = open.pop() {
            if !seen.insert(child) {
                continue;
            }
            let mut tags = self.tags_of(root, discriminator, child);
            let grandchildren = self.children(child);
            if self.own_discriminator(child).is_some() && !grandchildren.is_empty() {
                let mut below = grandchildren;
                while let Some(heir) = below.pop() {
                    if seen.insert(heir) {
                        tags.extend(self.tags_of(root, discriminator, heir));
                        below.extend(self.children(heir));
                    }
                }
            } else {
                open.extend(grandchildren.into_iter().rev());
            }
            heirs.push((child, tags));
        }
    }

    /// The values of the tag that stand for `child`: those of the mapping; else what the child itself
    /// says; else its name.
    fn tags_of(
        &self,
        parent: NodeRef<'d>,
        discriminator: &Discriminator<'d>,
        child: NodeRef<'d>,
    ) -> Vec<String> {
        let mapping = discriminator.mapping.iter();
        let mapped: Vec<String> = mapping
            .filter(|(_, reference)| self.mapped(parent, reference) == Some(child))
            .map(|(value, _)| (*value).to_owned())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let extension = child
            .get("x-ms-discriminator-value")
            .and_then(NodeRef::as_str);
        if let Some(value) = extension {
            return vec![value.to_owned()];
        }
        let listed = self.listed_tags(child, discriminator.property_name);
        if !listed.is_empty() && child != parent {
            return listed;
        }
        let property = discriminator.property_name;
        self.named_tag(parent, child, property)
            .into_iter()
            .collect()
    }

    /// The name of a schema as a value of the tag: as the values that `holder` lists for the property
    /// spell it, if they spell it otherwise.
    pub(super) fn named_tag(
        &self,
        holder: NodeRef<'d>,
        named: NodeRef<'d>,
        property: &str,
    ) -> Option<String> {
        let name = naming::schema_name(named)?;
        let listed = self.all_tags(holder, property);
        let mut alike = listed.iter().filter(|value| naming::is_alike(value, &name));
        match (listed.contains(&name), alike.next(), alike.next()) {
            (false, Some(value), None) => Some(value.clone()),
            _ => Some(name),
        }
    }

    /// The values that a schema itself lists for a property, of those it does not take over.
    pub(super) fn listed_tags(&self, node: NodeRef<'d>, property: &str) -> Vec<String> {
        let whole = self.whole(&[Part::whole(node)], &node.into());
        let nodes = whole.properties.get(property).into_iter().flatten();
        self.texts_listed(nodes.copied().filter(|at| {
            let holder = at.parent().and_then(NodeRef::parent);
            holder.is_none_or(|holder| !whole.bases.contains(&holder))
        }))
    }

    /// The same, with those that it takes over.
    fn all_tags(&self, node: NodeRef<'d>, property: &str) -> Vec<String> {
        let whole = self.whole(&[Part::base(node)], &node.into());
        let nodes = whole.properties.get(property).into_iter().flatten();
        self.texts_listed(nodes.copied())
    }

    /// The strings that the schemas at `nodes` list, each once.
    fn texts_listed(&self, nodes: impl Iterator<Item = NodeRef<'d>>) -> Vec<String> {
        let schemas = nodes.filter_map(|node| {
            let target = node.resolve(self.diags)?;
            read_schema(target, self.diags)
        });
        let mut values: Vec<String> = Vec::new();
        for schema in schemas {
            for value in schema
                .enumeration
                .iter()
                .flatten()
                .filter_map(|value| value.as_str())
            {
                if values.iter().all(|known| known != value) {
                    values.push(value.to_owned());
                }
            }
        }
        values
    }

    /// The schema that an entry of a mapping means: a reference, or a name.
    pub(super) fn mapped(&self, from: NodeRef<'d>, reference: &str) -> Option<NodeRef<'d>> {
        let schemas = self.document.root().get("components")?.get("schemas");
        if let Some(named) = schemas.and_then(|schemas| schemas.get(reference)) {
            return Some(named);
        }
        from.follow(reference, self.diags)
    }

    /// The only value of a property that tells the heirs of a parent apart, in the heir `whole`.
    pub(super) fn fixed_tag(&self, key: &str, whole: &Whole<'d>) -> Option<String> {
        let child = whole.single.filter(|node| self.is_named(*node))?;
        for base in &whole.bases {
            let discriminator = read_schema(*base, self.diags)?.discriminator?;
            if discriminator.property_name == key {
                let mut tags = self.tags_of(*base, &discriminator, child);
                return tags.pop().filter(|_| tags.is_empty());
            }
        }
        None
    }

    /// The named schemas that take over `parent` directly.
    fn children(&mut self, parent: NodeRef<'d>) -> Vec<NodeRef<'d>> {
        let family = match self.schemas.family.take() {
            Some(family) => family,
            None => self.find_family(),
        };
        let children = family.children.get(&parent).cloned().unwrap_or_default();
        self.schemas.family = Some(family);
        children
    }

    fn find_family(&self) -> Family<'d> {
        let mut children: BTreeMap<NodeRef<'d>, Vec<NodeRef<'d>>> = BTreeMap::new();
        let schemas = self.document.root().get("components");
        let schemas = schemas.and_then(|components| components.get("schemas"));
        for (_, child) in schemas.into_iter().flat_map(NodeRef::entries) {
            // Another name for a schema is no heir of it.
            if meant(child, self.diags) != Some(child) {
                continue;
            }
            let mut open = vec![child];
            while let Some(node) = open.pop() {
                let schema = read_schema(node, self.diags);
                for part in schema.into_iter().flat_map(|schema| schema.all_of) {
                    match part.reference() {
                        None => open.push(part),
                        Some(_) => {
                            if let Some(target) = part.resolve(self.diags) {
                                children.entry(target).or_default().push(child);
                            }
                        }
                    }
                }
            }
        }
        for of in children.values_mut() {
            of.sort_by_key(|node| naming::schema_name(*node));
            of.dedup();
        }
        Family { children }
    }
}

/// Leaves each tag to the first variant that has it.
pub(super) fn distinct_tags(variants: &mut [Variant]) {
    let mut seen = BTreeSet::new();
    for variant in variants {
        variant.tags.retain(|tag| seen.insert(tag.clone()));
    }
}
