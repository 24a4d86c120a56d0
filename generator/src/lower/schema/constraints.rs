//! The demands on values, for the docs: they are never enforced.

use super::super::Lowering;
use super::scalar::is_chosen;
use super::whole::{Part, Whole};
use crate::document::{NodeRef, Number};
use crate::ir::{Constraint, Shape};

impl<'d> Lowering<'d> {
    /// The demands on values of a schema, for its docs.
    pub(super) fn constraints(&self, whole: &Whole<'d>, shape: &Shape) -> Vec<Constraint> {
        // Those of another type are said of that.
        if let Shape::Alias(_) | Shape::Union { .. } = shape {
            return Vec::new();
        }
        let mut out: Vec<Constraint> = format(whole, shape).into_iter().collect();
        let (encoding, media_type) = whole.content;
        if encoding.is_some() || media_type.is_some() {
            let text = |text: Option<&str>| text.map(str::to_owned);
            out.push(Constraint::Content(text(encoding), text(media_type)));
        }
        out.extend(of_scalars(whole));
        out.extend(of_several(whole));
        for names in &whole.property_names {
            let demands = self.of_names(*names);
            if !demands.is_empty() {
                out.push(Constraint::Names(demands));
            }
        }
        if !whole.one_of_required.is_empty() {
            out.push(Constraint::OneOfRequired(whole.one_of_required.clone()));
        }
        out
    }

    /// The demands on the names of properties.
    fn of_names(&self, node: NodeRef<'d>) -> Vec<Constraint> {
        let Some(target) = node.resolve(self.diags) else {
            return Vec::new();
        };
        let whole = self.whole(&[Part::whole(target)], &target.into());
        let values = whole.enumeration.iter().flatten();
        let values: Vec<String> = values
            .filter_map(|value| value.text().map(str::to_owned))
            .collect();
        let listed = (!values.is_empty()).then_some(Constraint::Listed(values));
        let stated = whole
            .format
            .map(|format| Constraint::Format(format.to_owned()));
        stated
            .into_iter()
            .chain(listed)
            .chain(of_scalars(&whole))
            .collect()
    }
}

/// The format, where it is not what chose the type.
fn format(whole: &Whole<'_>, shape: &Shape) -> Option<Constraint> {
    let format = whole.format?;
    let chosen = match shape {
        Shape::Scalar(scalar) | Shape::Newtype(scalar) => is_chosen(*scalar, format),
        Shape::Struct { .. }
        | Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Wrapper(_)
        | Shape::Alias(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Any => false,
    };
    (!chosen).then(|| Constraint::Format(format.to_owned()))
}

/// Those on values that are neither objects nor arrays.
fn of_scalars(whole: &Whole<'_>) -> Vec<Constraint> {
    let mut out = Vec::new();
    let limits = &whole.limits;
    if let Some((least, most)) = pair(limits.min_length, limits.max_length) {
        out.push(Constraint::Length(least, most));
    }
    for pattern in &whole.patterns {
        out.push(Constraint::Pattern((*pattern).to_owned()));
    }
    let bound = |inclusive: Option<Number>, exclusive: Option<Number>| {
        exclusive
            .map(|number| (number.to_string(), true))
            .or_else(|| inclusive.map(|number| (number.to_string(), false)))
    };
    let least = bound(limits.minimum, limits.exclusive_minimum);
    let most = bound(limits.maximum, limits.exclusive_maximum);
    if least.is_some() || most.is_some() {
        out.push(Constraint::Range(least, most));
    }
    if let Some(step) = limits.multiple_of {
        out.push(Constraint::MultipleOf(step.to_string()));
    }
    out
}

/// Those on arrays and objects.
fn of_several(whole: &Whole<'_>) -> Vec<Constraint> {
    let mut out = Vec::new();
    let limits = &whole.limits;
    if let Some((least, most)) = pair(limits.min_items, limits.max_items) {
        out.push(Constraint::Items(least, most));
    }
    if limits.unique_items {
        out.push(Constraint::Unique);
    }
    if let Some((least, most)) = pair(limits.min_properties, limits.max_properties) {
        out.push(Constraint::Properties(least, most));
    }
    out
}

/// Bounds that say something.
fn pair(least: Option<u64>, most: Option<u64>) -> Option<(Option<u64>, Option<u64>)> {
    (least.is_some_and(|least| least > 0) || most.is_some()).then_some((least, most))
}
