//! Which fields need a `Box`.
//!
//! Before: any graph of types. After: no struct contains itself by value, when the fields found
//! here hold a `Box`. Lists and maps hold their items elsewhere already. Whether a field is boxed
//! depends on what it reaches alone, so that growth elsewhere does not change it.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, TypeId};

/// The fields, each with its struct, whose value may contain that struct by value.
pub(super) fn boxed(api: &Api) -> BTreeSet<(TypeId, usize)> {
    let mut boxed = BTreeSet::new();
    for (index, def) in api.types.iter().enumerate() {
        let id = TypeId::new(index);
        if let Shape::Struct { fields } = &def.shape {
            for (position, field) in fields.iter().enumerate() {
                if contains(api, field.ty, id) {
                    boxed.insert((id, position));
                }
            }
        }
    }
    boxed
}

/// Whether a value of type `from` may contain one of type `wanted` without a list or map between.
fn contains(api: &Api, from: TypeId, wanted: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == wanted {
            return true;
        }
        if !seen.insert(id) {
            continue;
        }
        match &api.ty(id).shape {
            Shape::Struct { fields } => open.extend(fields.iter().map(|field| field.ty)),
            Shape::Alias(target) => open.push(*target),
            Shape::Enum { .. }
            | Shape::Newtype(_)
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Any => {}
        }
    }
    false
}
