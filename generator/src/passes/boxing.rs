//! Which fields need a `Box`.
//!
//! Before: any graph of types. After: no struct contains itself by value, when the fields found
//! here hold a `Box`. Lists and maps hold their items elsewhere already. Whether a field is boxed
//! depends on what it reaches alone, so that growth elsewhere does not change it.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, TypeId};

/// The fields, each with its struct, whose value may contain that struct by value: those whose type
/// is in one component with the struct.
pub(super) fn boxed(api: &Api) -> BTreeSet<(TypeId, usize)> {
    let component = components(api);
    let mut boxed = BTreeSet::new();
    for (index, def) in api.types.iter().enumerate() {
        if let Shape::Struct { fields, .. } = &def.shape {
            for (position, field) in fields.iter().enumerate() {
                if component[field.ty.index()] == component[index] {
                    boxed.insert((TypeId::new(index), position));
                }
            }
        }
    }
    boxed
}

/// The types that a value of this shape contains without a list, a map or a box between. A union
/// holds structs and unions in a box, whatever they are.
fn contained(shape: &Shape) -> Vec<usize> {
    match shape {
        Shape::Struct { fields, .. } => fields.iter().map(|field| field.ty.index()).collect(),
        Shape::Alias(target) | Shape::Nullable(target) | Shape::Wrapper(target) => {
            vec![target.index()]
        }
        Shape::Tuple(items) => items.iter().map(|item| item.index()).collect(),
        Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Array(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => Vec::new(),
    }
}

/// A visit of a type that is not over.
struct Visit {
    index: usize,
    children: std::vec::IntoIter<usize>,
}

/// The strongly connected component of each type, by Tarjan's algorithm (R. Tarjan, Depth-first
/// search and linear graph algorithms, 1972), with a list of visits in place of recursion.
fn components(api: &Api) -> Vec<usize> {
    let count = api.types.len();
    let mut component = vec![usize::MAX; count];
    let mut order = vec![usize::MAX; count];
    let mut low = vec![usize::MAX; count];
    let mut stack = Vec::new();
    let mut next = 0;
    for root in 0..count {
        let mut visits = Vec::new();
        let mut entering = (order[root] == usize::MAX).then_some(root);
        loop {
            if let Some(index) = entering.take() {
                order[index] = next;
                low[index] = next;
                next += 1;
                stack.push(index);
                let children = contained(&api.types[index].shape).into_iter();
                visits.push(Visit { index, children });
            }
            let Some(visit) = visits.last_mut() else {
                break;
            };
            let index = visit.index;
            if let Some(child) = visit.children.next() {
                if order[child] == usize::MAX {
                    entering = Some(child);
                } else if component[child] == usize::MAX {
                    low[index] = low[index].min(order[child]);
                }
                continue;
            }
            visits.pop();
            if let Some(parent) = visits.last() {
                low[parent.index] = low[parent.index].min(low[index]);
            }
            if low[index] == order[index] {
                while let Some(member) = stack.pop() {
                    component[member] = index;
                    if member == index {
                        break;
                    }
                }
            }
        }
    }
    component
}
