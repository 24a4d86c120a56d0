//! Which tags need a type.
//!
//! Before: every operation has its tags. After: each type that an operation reaches is listed with
//! the tags of all operations that do.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, TypeId};

/// The tags of the operations that reach each type.
pub(super) fn tags_of(api: &Api) -> BTreeMap<TypeId, BTreeSet<usize>> {
    let mut tags_of: BTreeMap<TypeId, BTreeSet<usize>> = BTreeMap::new();
    for operation in &api.operations {
        let first = operation.tags.first();
        let Some(tag) = api.tags.iter().position(|tag| Some(&tag.name) == first) else {
            continue;
        };
        let mut open = operation.types();
        while let Some(id) = open.pop() {
            if tags_of.entry(id).or_default().insert(tag) {
                open.extend(api.ty(id).shape.children());
            }
        }
    }
    // What the builder names, and what no operation needs, is there whatever is switched on, and so
    // is all that it names in turn.
    let mut always: Vec<TypeId> = api
        .variables
        .iter()
        .filter_map(|variable| variable.ty)
        .chain(api.client_parameters.iter().map(|parameter| parameter.ty))
        .collect();
    let all = (0..api.types.len()).map(TypeId::new);
    always.extend(all.filter(|id| !tags_of.contains_key(id)));
    let mut seen = BTreeSet::new();
    while let Some(id) = always.pop() {
        if seen.insert(id) {
            tags_of.remove(&id);
            always.extend(api.ty(id).shape.children());
        }
    }
    tags_of
}
