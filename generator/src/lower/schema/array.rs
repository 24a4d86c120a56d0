//! Arrays: lists, and tuples.

use super::super::Lowering;
use super::whole::Whole;
use crate::diag::{Code, Diag};
use crate::document::NodeRef;
use crate::ir::{Shape, TypeId};

/// How many items a tuple may have: of longer ones the standard library has no traits.
const LONGEST_TUPLE: usize = 12;

impl<'d> Lowering<'d> {
    /// An array: a tuple, where it says of each of its items what it is and has no others; else a list.
    pub(super) fn array(&mut self, whole: &Whole<'d>) -> Shape {
        let positions = &whole.prefix_items;
        let others: Vec<NodeRef<'d>> = whole
            .items
            .iter()
            .copied()
            .filter(|items| !self.is_false(*items))
            .collect();
        if positions.is_empty() {
            return Shape::Array(self.items(whole, &others));
        }
        let count = positions.len() as u64;
        let limits = &whole.limits;
        let closed =
            others.len() < whole.items.len() || limits.max_items.is_some_and(|most| most <= count);
        let complete = limits.min_items.is_some_and(|least| least >= count);
        if closed && complete && positions.len() <= LONGEST_TUPLE {
            let items = positions.iter().map(|position| self.value(*position));
            return Shape::Tuple(items.collect());
        }
        if let Some(item) = self.one_for_all(positions, &others, closed) {
            return Shape::Array(self.value(item));
        }
        let message = "items of several types, of which it is not fixed how many there are: an item may \
                       be any value";
        let at = positions[0].parent().unwrap_or(positions[0]).key_place();
        let diag = Diag::new(Code::UnsupportedSchema, at, message);
        let help = "`minItems` and `maxItems` make it a tuple, where they are equal to the number of \
                    `prefixItems`";
        self.diags.report(diag.help(help));
        Shape::Array(self.add_anonymous(whole.place.node, Shape::Any))
    }

    /// The type of the items of a list.
    fn items(&mut self, whole: &Whole<'d>, schemas: &[NodeRef<'d>]) -> TypeId {
        match schemas {
            [] => self.add_anonymous(whole.place.node, Shape::Any),
            [items] => self.value(*items),
            items => {
                let id = self.id_of_all(items);
                match items.iter().all(|node| self.is_nullable(*node)) {
                    true => self.add_anonymous(items[0], Shape::Nullable(id)),
                    false => id,
                }
            }
        }
    }

    /// The schema of every item, where those of all positions are the same, and those of the items that
    /// come after these.
    fn one_for_all(
        &self,
        positions: &[NodeRef<'d>],
        others: &[NodeRef<'d>],
        closed: bool,
    ) -> Option<NodeRef<'d>> {
        let first = *positions.first()?;
        first.resolve(self.diags)?;
        let told = closed || !others.is_empty();
        let mut all = positions.iter().chain(others);
        (told && all.all(|node| self.is_same(first, *node))).then_some(first)
    }

    /// Whether the schema at `node` is `false`, which nothing satisfies.
    pub(super) fn is_false(&self, node: NodeRef<'d>) -> bool {
        let target = node.resolve(self.diags);
        target.and_then(NodeRef::as_bool) == Some(false)
    }
}
