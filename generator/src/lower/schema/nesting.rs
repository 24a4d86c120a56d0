//! Lists, maps and tuples within each other, of which nobody could read the type in one piece.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Lowering;
use crate::ir::{Naming, Shape, TypeDef, TypeId};

/// How much of a type is written in one piece, counted as Clippy counts (`type_complexity`): ten for
/// each type, times the depth at which it stands. A field may add an `Option` and a `Box` around it.
const READABLE: usize = 180;

/// The depth at which a type stands in a field.
const IN_FIELD: usize = 3;

impl Lowering<'_> {
    /// Gives a list, map or tuple that holds too much to be read in one piece a name of its own.
    pub(in crate::lower) fn name_nested(&mut self) {
        let mut taken: BTreeSet<String> = self
            .types
            .iter()
            .filter(|def| def.naming != Naming::Anonymous)
            .map(TypeDef::identity)
            .collect();
        // What is within comes first: each type is counted with the names that those have got.
        for at in self.inner_first() {
            let def = &self.types[at];
            let composed = matches!(def.shape, Shape::Array(_) | Shape::Map(_) | Shape::Tuple(_));
            if !composed
                || def.naming != Naming::Anonymous
                || self.written(at, IN_FIELD) <= READABLE
            {
                continue;
            }
            let pointer = def.pointer.clone();
            let Some(node) = self.document.at(&pointer) else {
                continue;
            };
            if taken.insert(pointer.clone()) {
                let shape = def.shape.clone();
                let target = self.add_anonymous_at(pointer, shape);
                self.types[at].naming = self.naming(node);
                self.types[at].shape = Shape::Alias(target);
            }
        }
    }

    /// The types without a name, each after those that it holds.
    fn inner_first(&self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut entered: BTreeMap<usize, bool> = BTreeMap::new();
        for start in 0..self.types.len() {
            let mut open = vec![(start, false)];
            while let Some((at, left)) = open.pop() {
                if left {
                    order.push(at);
                    continue;
                }
                let anonymous = self.types[at].naming == Naming::Anonymous;
                if !anonymous || entered.insert(at, true).is_some() {
                    continue;
                }
                open.push((at, true));
                let children = self.types[at].shape.children();
                open.extend(children.into_iter().map(|child| (child.index(), false)));
            }
        }
        order
    }

    /// How much is written for a type, at a depth.
    fn written(&self, at: usize, depth: usize) -> usize {
        let def = &self.types[at];
        let own = 10 * depth;
        if own > READABLE || def.naming != Naming::Anonymous {
            return own;
        }
        let within = |id: &TypeId| self.written(id.index(), depth + 1);
        match &def.shape {
            Shape::Alias(target) => self.written(target.index(), depth),
            Shape::Array(item) | Shape::Nullable(item) => own + within(item),
            // The keys are a type as well.
            Shape::Map(value) => own + 10 * (depth + 1) + within(value),
            Shape::Tuple(items) => own + items.iter().map(within).sum::<usize>(),
            Shape::Struct { .. }
            | Shape::Enum(_)
            | Shape::Union { .. }
            | Shape::Newtype(_)
            | Shape::Wrapper(_)
            | Shape::Scalar(_)
            | Shape::Any => own,
        }
    }
}
