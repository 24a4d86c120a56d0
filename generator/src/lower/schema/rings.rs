//! Lists, maps and aliases that hold themselves.

use std::collections::{BTreeSet, VecDeque};

use super::super::Lowering;
use crate::diag::{Code, Diag, Place};
use crate::ir::{Naming, Shape, TypeId};

/// How deep lists, maps and aliases may nest.
const NESTED: usize = 64;

impl Lowering<'_> {
    /// Gives what holds itself through nothing but lists, maps and aliases a type of its own, since
    /// no alias of Rust can be made of it. What holds nothing but itself, or nests so deep that nobody
    /// could read it, accepts any value.
    pub(in crate::lower) fn break_rings(&mut self) {
        self.break_tuples();
        for start in 0..self.types.len() {
            let Some(ring) = self.ring(start) else {
                continue;
            };
            let holds =
                |at: &usize| matches!(self.types[*at].shape, Shape::Array(_) | Shape::Map(_));
            if ring.len() > NESTED {
                self.widen(start);
                continue;
            }
            if !ring.iter().any(holds) {
                ring.into_iter().for_each(|at| self.widen(at));
                continue;
            }
            let named: Vec<usize> = ring
                .iter()
                .copied()
                .filter(|at| matches!(self.types[*at].naming, Naming::Item { .. }))
                .collect();
            match named.is_empty() {
                true => self.wrap_anonymous(start),
                false => named.into_iter().for_each(|at| self.wrap(at)),
            }
        }
    }

    /// Makes a list of a tuple that holds itself and no type with a name between, or that nests so deep
    /// that nobody could read it.
    fn break_tuples(&mut self) {
        for start in 0..self.types.len() {
            let Shape::Tuple(_) = self.types[start].shape else {
                continue;
            };
            let mut seen = BTreeSet::new();
            let mut open = VecDeque::from([(start, 0)]);
            let mut deepest = 0;
            while let Some((here, depth)) = open.pop_front()
                && deepest <= NESTED
            {
                deepest = depth;
                let shape = &self.types[here].shape;
                if let Shape::Struct { .. } | Shape::Union { .. } = shape {
                    continue;
                }
                let children = shape.children().into_iter().map(TypeId::index);
                let new = children.filter(|child| seen.insert(*child));
                open.extend(new.map(|child| (child, depth + 1)));
            }
            if seen.contains(&start) {
                self.widen_items(start, "the list holds itself: its items accept any value");
            } else if deepest > NESTED {
                self.widen_items(start, "lists nest too deep: the items accept any value");
            }
        }
    }

    /// Makes a tuple a list of any values.
    fn widen_items(&mut self, at: usize, message: &str) {
        let pointer = self.types[at].pointer.clone();
        let any = self.add_anonymous_at(pointer, Shape::Any);
        self.types[at].shape = Shape::Array(any);
        self.report_widened(at, message);
    }

    /// The types that `start` leads through and back to itself, or all of a nest that is too deep.
    fn ring(&self, start: usize) -> Option<Vec<usize>> {
        let mut ring = vec![start];
        let mut seen = BTreeSet::from([start]);
        let mut here = start;
        while let Shape::Alias(next)
        | Shape::Nullable(next)
        | Shape::Array(next)
        | Shape::Map(next) = self.types[here].shape
        {
            here = next.index();
            if here == start || ring.len() > NESTED {
                return Some(ring);
            }
            if !seen.insert(here) {
                return None;
            }
            ring.push(here);
        }
        None
    }

    /// Turns a named alias into a type of its own.
    fn wrap(&mut self, at: usize) {
        if let Shape::Alias(target) = self.types[at].shape {
            self.types[at].shape = Shape::Wrapper(target);
        }
    }

    /// Gives a list or map that has no name a type of its own, called after its place.
    fn wrap_anonymous(&mut self, at: usize) {
        let pointer = self.types[at].pointer.clone();
        let Some(node) = self.document.at(&pointer) else {
            return self.widen(at);
        };
        let shape = self.types[at].shape.clone();
        let target = self.add_anonymous_at(pointer, shape);
        self.types[at].naming = self.naming(node);
        self.types[at].shape = Shape::Wrapper(target);
    }

    fn report_widened(&self, at: usize, message: &str) {
        let place = match self.document.at(&self.types[at].pointer) {
            Some(node) => node.key_place(),
            None => Place::Nowhere,
        };
        self.diags
            .report(Diag::new(Code::UnsupportedSchema, place, message));
    }

    fn widen(&mut self, at: usize) {
        let pointer = self.types[at].pointer.clone();
        let message = "it holds nothing but itself, or nests without end: any value is accepted";
        self.report_widened(at, message);
        self.types[at].shape = match self.types[at].naming {
            Naming::Anonymous => Shape::Any,
            Naming::Item { .. } => Shape::Alias(self.add_anonymous_at(pointer, Shape::Any)),
        };
    }
}
