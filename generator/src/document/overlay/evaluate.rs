//! What a JSONPath selects.
//!
//! In go a query and the root of a document, out come nodes in the order of RFC 9535. Nothing is changed
//! here.

use std::cmp::Ordering;

use super::path::{Comparison, Operand, Path, Segment, Selector, Test};
use crate::document::node::NodeRef;

/// So many nodes are looked at for one query: filters within filters could look at them without end.
const STEPS: u64 = 100_000_000;

/// The evaluation of a query.
pub(super) struct Evaluation<'d> {
    root: NodeRef<'d>,
    steps: u64,
}

/// What an operand of a comparison is.
enum Compared<'a, 'd> {
    /// A query has selected nothing.
    Nothing,
    Node(NodeRef<'d>),
    Literal(&'a Operand),
}

impl<'d> Evaluation<'d> {
    pub(super) fn new(root: NodeRef<'d>) -> Self {
        Self { root, steps: STEPS }
    }

    /// The nodes that a query selects; none at all if looking for them took too long.
    pub(super) fn nodes(mut self, path: &Path) -> Option<Vec<NodeRef<'d>>> {
        self.select(path, self.root)
    }

    fn step(&mut self) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        Some(())
    }

    fn select(&mut self, path: &Path, here: NodeRef<'d>) -> Option<Vec<NodeRef<'d>>> {
        let start = if path.from_root { self.root } else { here };
        let mut nodes = vec![start];
        for segment in &path.segments {
            let mut next = Vec::new();
            for node in nodes {
                self.segment(segment, node, &mut next)?;
            }
            nodes = next;
        }
        Some(nodes)
    }

    fn segment(
        &mut self,
        segment: &Segment,
        node: NodeRef<'d>,
        found: &mut Vec<NodeRef<'d>>,
    ) -> Option<()> {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            self.step()?;
            for selector in &segment.selectors {
                self.selector(selector, node, found)?;
            }
            if segment.deep {
                // What comes first is looked at first.
                let mut children = children(node);
                children.reverse();
                open.extend(children);
            }
        }
        Some(())
    }

    fn selector(
        &mut self,
        selector: &Selector,
        node: NodeRef<'d>,
        found: &mut Vec<NodeRef<'d>>,
    ) -> Option<()> {
        match selector {
            Selector::Name(name) => found.extend(node.get(name)),
            Selector::All => {
                for child in children(node) {
                    self.step()?;
                    found.push(child);
                }
            }
            Selector::Index(index) => {
                let index = position(*index, node.len());
                found.extend(index.and_then(|index| node.items().nth(index)));
            }
            Selector::Slice { start, end, step } => slice(node, *start, *end, *step, found),
            Selector::Filter(test) => {
                for child in children(node) {
                    self.step()?;
                    if self.holds(test, child)? {
                        found.push(child);
                    }
                }
            }
        }
        Some(())
    }

    /// Whether a test holds for a node.
    fn holds(&mut self, test: &Test, node: NodeRef<'d>) -> Option<bool> {
        Some(match test {
            Test::Any(tests) => {
                for test in tests {
                    if self.holds(test, node)? {
                        return Some(true);
                    }
                }
                false
            }
            Test::All(tests) => {
                for test in tests {
                    if !self.holds(test, node)? {
                        return Some(false);
                    }
                }
                true
            }
            Test::Not(test) => !self.holds(test, node)?,
            Test::Exists(path) => !self.select(path, node)?.is_empty(),
            Test::Compare(left, comparison, right) => {
                let left = self.compared(left, node)?;
                let right = self.compared(right, node)?;
                compare(&left, *comparison, &right)
            }
        })
    }

    fn compared<'a>(
        &mut self,
        operand: &'a Operand,
        node: NodeRef<'d>,
    ) -> Option<Compared<'a, 'd>> {
        Some(match operand {
            Operand::Query(path) => match self.select(path, node)?.first() {
                Some(node) => Compared::Node(*node),
                None => Compared::Nothing,
            },
            Operand::Null | Operand::Flag(_) | Operand::Number(_) | Operand::Text(_) => {
                Compared::Literal(operand)
            }
        })
    }
}

fn children(node: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    let entries = node.entries().map(|(_, child)| child);
    entries.chain(node.items()).collect()
}

/// The position of an item that may be counted from the end.
fn position(index: i64, len: usize) -> Option<usize> {
    let len = i64::try_from(len).ok()?;
    let index = if index < 0 { len + index } else { index };
    usize::try_from(index).ok()
}

/// The items of a slice (RFC 9535, section 2.3.4.2).
fn slice<'d>(
    node: NodeRef<'d>,
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
    found: &mut Vec<NodeRef<'d>>,
) {
    let items: Vec<NodeRef<'d>> = node.items().collect();
    let len = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let normal = |index: i64| {
        if index < 0 {
            len.saturating_add(index)
        } else {
            index
        }
    };
    let (lower, upper) = match step {
        1.. => {
            let lower = normal(start.unwrap_or(0)).clamp(0, len);
            (lower, normal(end.unwrap_or(len)).clamp(0, len))
        }
        _ => {
            let upper = normal(start.unwrap_or(len - 1)).clamp(-1, len - 1);
            (end.map_or(-1, normal).clamp(-1, len - 1), upper)
        }
    };
    let item = |index: i64| {
        usize::try_from(index)
            .ok()
            .and_then(|index| items.get(index))
    };
    match step {
        0 => {}
        1.. => {
            let mut index = lower;
            while index < upper {
                found.extend(item(index));
                index = index.saturating_add(step);
            }
        }
        _ => {
            let mut index = upper;
            while index > lower {
                found.extend(item(index));
                index = index.saturating_add(step);
            }
        }
    }
}

/// Compares two values (RFC 9535, section 2.3.5.2.2).
fn compare(left: &Compared<'_, '_>, comparison: Comparison, right: &Compared<'_, '_>) -> bool {
    let order = || order(left, right);
    match comparison {
        Comparison::Equal => is_equal(left, right),
        Comparison::NotEqual => !is_equal(left, right),
        Comparison::Less => order() == Some(Ordering::Less),
        Comparison::Greater => order() == Some(Ordering::Greater),
        Comparison::LessOrEqual => is_equal(left, right) || order() == Some(Ordering::Less),
        Comparison::GreaterOrEqual => is_equal(left, right) || order() == Some(Ordering::Greater),
    }
}

fn is_equal(left: &Compared<'_, '_>, right: &Compared<'_, '_>) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => left == right,
        _ => json(left) == json(right),
    }
}

/// The order of two numbers or two texts.
fn order(left: &Compared<'_, '_>, right: &Compared<'_, '_>) -> Option<Ordering> {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => left.partial_cmp(&right),
        _ => match (json(left)?, json(right)?) {
            (serde_json::Value::String(left), serde_json::Value::String(right)) => {
                Some(left.cmp(&right))
            }
            _ => None,
        },
    }
}

fn number(compared: &Compared<'_, '_>) -> Option<f64> {
    match compared {
        Compared::Node(node) => node.as_number().map(|number| number.as_f64()),
        Compared::Literal(Operand::Number(number)) => Some(number.as_f64()),
        Compared::Literal(_) | Compared::Nothing => None,
    }
}

/// The value; none if there is nothing.
fn json(compared: &Compared<'_, '_>) -> Option<serde_json::Value> {
    match compared {
        Compared::Nothing => None,
        Compared::Node(node) => Some(node.to_json()),
        Compared::Literal(literal) => match literal {
            Operand::Null => Some(serde_json::Value::Null),
            Operand::Flag(flag) => Some((*flag).into()),
            Operand::Number(number) => number.to_json().map(serde_json::Value::Number),
            Operand::Text(text) => Some(text.as_str().into()),
            Operand::Query(_) => None,
        },
    }
}
