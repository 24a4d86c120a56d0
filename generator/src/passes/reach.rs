//! Which tags need a type.
//!
//! Before: every operation has its tags. After: each type that an operation reaches is listed with
//! the tags of all operations that do.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Operation, ReplyBody, Shape, TypeId};

/// The tags of the operations that reach each type.
pub(super) fn tags_of(api: &Api) -> BTreeMap<TypeId, BTreeSet<usize>> {
    let mut tags_of: BTreeMap<TypeId, BTreeSet<usize>> = BTreeMap::new();
    for operation in &api.operations {
        let first = operation.tags.first();
        let Some(tag) = api.tags.iter().position(|tag| Some(&tag.name) == first) else {
            continue;
        };
        let mut open = roots(operation);
        while let Some(id) = open.pop() {
            if tags_of.entry(id).or_default().insert(tag) {
                open.extend(children(&api.ty(id).shape));
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
            always.extend(children(&api.ty(id).shape));
        }
    }
    tags_of
}

/// The types that an operation names itself.
fn roots(operation: &Operation) -> Vec<TypeId> {
    let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
    let replies = operation
        .replies
        .iter()
        .filter_map(|reply| match reply.body {
            ReplyBody::Empty => None,
            ReplyBody::Json(ty) => Some(ty),
        });
    parameters
        .chain(operation.body.as_ref().map(|body| body.ty))
        .chain(replies)
        .collect()
}

/// The types that a shape names.
pub(super) fn children(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Struct { fields } => fields.iter().map(|field| field.ty).collect(),
        Shape::Alias(ty) | Shape::Array(ty) | Shape::Map(ty) => vec![*ty],
        Shape::Enum { .. } | Shape::Newtype(_) | Shape::Scalar(_) | Shape::Any => Vec::new(),
    }
}
