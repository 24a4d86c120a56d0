//! Which type was emitted for a schema.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bindery::Planned;
use bindery::config::Options;
use bindery::diag::{Diags, Failed};
use bindery::document::Document;
use bindery::emit;
use bindery::ir::{Api, Naming, Presence, Segment, Shape, TypeId};
use bindery::names::Settled;

use super::source::{At, Source};
use super::{Example, Way};
use crate::corpus::generate::NAME;

/// How many anonymous types lie between one and an item, at the most.
const DEPTH: usize = 16;

/// The types of a document, by their schemas.
pub(super) struct Types {
    planned: Planned,
    options: Options,
    by_pointer: BTreeMap<String, Vec<TypeId>>,
    /// The properties that may be null.
    nullable: BTreeSet<String>,
}

impl Types {
    /// Plans a document, as its crate was emitted.
    pub(super) fn of(path: &Path) -> Result<Self, String> {
        let diags = Diags::default();
        let planned = Document::read(path, &diags)
            .and_then(|document| bindery::plan(&document, &Settled::new(), &diags))
            .map_err(|Failed| format!("{} was generated and is refused now", path.display()))?;
        let mut by_pointer: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for (index, def) in planned.api.types.iter().enumerate() {
            let known = by_pointer.entry(def.pointer.clone()).or_default();
            known.push(TypeId::new(index));
        }
        let mut nullable = BTreeSet::new();
        for def in &planned.api.types {
            let Shape::Struct { fields, .. } = &def.shape else {
                continue;
            };
            let null = |presence| match presence {
                Presence::Nullable | Presence::OptionalNullable => true,
                Presence::Required | Presence::Optional => false,
            };
            let fields = fields.iter().filter(|field| null(field.presence));
            nullable.extend(fields.map(|field| field.pointer.clone()));
        }
        Ok(Self {
            nullable,
            planned,
            options: Options::new(path, Path::new(NAME), Some(NAME)),
            by_pointer,
        })
    }

    /// The type of an example as a program writes it that imports `types`. What stands within
    /// `allOf` is a part of a type, so the example is one of the whole.
    pub(super) fn written(&self, source: &Source, example: &Example) -> Option<String> {
        let mut at = example.schema.clone();
        for _ in 0..DEPTH {
            let known = self.by_pointer.get(&at.to_string());
            if let Some(id) = known.and_then(|known| self.best(known, example.way)) {
                let plan = emit::Plan {
                    api: &self.planned.api,
                    facts: &self.planned.facts,
                    names: &self.planned.names,
                    options: &self.options,
                };
                let written = emit::written(&plan, id);
                // The type of a field leaves null out: its presence says that.
                let null = self.nullable.contains(&example.schema.to_string());
                return Some(
                    match null && !matches!(plan.api.ty(id).shape, Shape::Nullable(_)) {
                        true => format!("Option<{written}>"),
                        false => written,
                    },
                );
            }
            let schema = source.get(&at)?;
            at = match schema["$ref"].as_str() {
                Some(reference) => source.target(&at, reference)?,
                None => whole(&at)?,
            };
        }
        None
    }

    /// Of the types with one pointer, that of the whole schema, in its form for one way. A type has
    /// its id before those that are made of it.
    fn best(&self, known: &[TypeId], way: Way) -> Option<TypeId> {
        let api = &self.planned.api;
        let rank = |id: &TypeId| {
            let other = is_input(api, *id, DEPTH) != (way == Way::Request);
            (is_base(api, *id), other, *id)
        };
        let best = *known.iter().min_by_key(|id| rank(id))?;
        // Null is a part of the whole, where there is a type with it.
        let with_null = known
            .iter()
            .find(|id| matches!(api.ty(**id).shape, Shape::Nullable(inner) if inner == best));
        Some(with_null.copied().unwrap_or(best))
    }
}

/// The schema of which another one, within its `allOf`, is a part.
fn whole(at: &At) -> Option<At> {
    let list = at.parent()?;
    (list.step() == "allOf").then(|| list.parent())?
}

/// Whether a type is what others have in common, and no whole.
fn is_base(api: &Api, id: TypeId) -> bool {
    matches!(&api.ty(id).naming, Naming::Item { path, .. } if path.last() == Some(&Segment::Base))
}

/// Whether a type is the form for requests of one that has two.
fn is_input(api: &Api, id: TypeId, depth: usize) -> bool {
    let def = api.ty(id);
    match &def.naming {
        Naming::Item { path, .. } => path.last() == Some(&Segment::Input),
        Naming::Anonymous => {
            let mut children = def.shape.children().into_iter();
            depth > 0 && children.any(|child| is_input(api, child, depth - 1))
        }
    }
}
