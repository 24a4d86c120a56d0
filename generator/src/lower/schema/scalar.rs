//! Scalars, enumerations, and the demands on values.

use super::super::Lowering;
use super::whole::Whole;
use crate::diag::{Code, Diag};
use crate::document::{NodeRef, Number, TypeSet};
use crate::ir::{Constraint, EnumValues, Scalar, Segment, Shape, Variant};

impl<'d> Lowering<'d> {
    /// An enumeration, if values are listed; of truth values and of what is no value of the type, the
    /// type itself.
    pub(super) fn enumeration(&self, whole: &Whole<'d>, types: TypeSet) -> Option<Shape> {
        let nodes = whole.enumeration.as_ref()?;
        let mut values: Vec<NodeRef<'d>> = Vec::new();
        for node in nodes.iter().filter(|node| !node.is_null()) {
            if values.iter().all(|known| known.to_json() != node.to_json()) {
                values.push(*node);
            }
        }
        if values.is_empty() || types == TypeSet::BOOLEAN {
            return None;
        }
        let parts = types.with(TypeSet::OBJECT) == types || types.with(TypeSet::ARRAY) == types;
        if parts && !types.is_empty() && values.iter().all(|value| value.text().is_some()) {
            let message =
                "the listed values are none of the type: any value of the type is accepted";
            let at = values[0].parent().unwrap_or(values[0]).key_place();
            self.diags
                .report(Diag::new(Code::ContradictorySchema, at, message));
            return None;
        }
        Some(Shape::Enum(listed(&values, types)))
    }

    /// A value of one of several types.
    pub(super) fn of_several_types(&mut self, whole: &Whole<'d>, types: TypeSet) -> Shape {
        // Every integer is a number.
        let types = match types.contains(TypeSet::NUMBER) {
            true => types.without(TypeSet::INTEGER),
            false => types,
        };
        if let Some(scalar) = scalar(types, whole.format) {
            return Shape::Scalar(scalar);
        }
        let mut variants = Vec::new();
        for (only, label) in KINDS.into_iter().filter(|(only, _)| types.contains(*only)) {
            let mut parts = whole.parts.clone();
            for part in &mut parts {
                part.only = only;
            }
            let place = whole.place.then(Segment::Variant(label.to_owned()));
            let pointer = format!("{} {label}", whole.place.node.pointer());
            variants.push(Variant {
                label: label.to_owned(),
                ty: self.id_of_parts(parts, place),
                tags: Vec::new(),
                pin: None,
                pointer,
            });
        }
        Shape::Union {
            tag: None,
            variants,
        }
    }
}

/// The types of JSON values, but for null, with the words for them in names.
pub(super) const KINDS: [(TypeSet, &str); 6] = [
    (TypeSet::BOOLEAN, "Boolean"),
    (TypeSet::INTEGER, "Integer"),
    (TypeSet::NUMBER, "Number"),
    (TypeSet::STRING, "String"),
    (TypeSet::ARRAY, "Array"),
    (TypeSet::OBJECT, "Object"),
];

/// The listed values, as what they are. A string without quotes that YAML takes for something else
/// (`on`, `1.0`) is one all the same where the type says so.
fn listed(values: &[NodeRef<'_>], types: TypeSet) -> EnumValues {
    let texts: Option<Vec<&str>> = match types {
        TypeSet::STRING => values.iter().map(|value| value.text()).collect(),
        _ => values.iter().map(|value| value.as_str()).collect(),
    };
    if let Some(texts) = texts
        && (types.is_empty() || types == TypeSet::STRING)
    {
        let mut listed: Vec<String> = Vec::new();
        for text in texts {
            if listed.iter().all(|known| known != text) {
                listed.push(text.to_owned());
            }
        }
        return EnumValues::Texts(listed);
    }
    let integers: Option<Vec<i64>> = values.iter().map(|value| value.as_i64()).collect();
    match integers {
        Some(integers) if TypeSet::NUMBER.with(TypeSet::INTEGER).contains(types) => {
            EnumValues::Integers(integers)
        }
        _ => EnumValues::Mixed(values.iter().map(|value| value.to_json()).collect()),
    }
}

/// The scalar that has these types; none of any other.
pub(super) fn scalar(types: TypeSet, format: Option<&str>) -> Option<Scalar> {
    let format = format.unwrap_or_default();
    Some(match types {
        TypeSet::STRING => match format {
            "date-time" => Scalar::DateTime,
            "date" => Scalar::Date,
            "time" => Scalar::Time,
            "duration" => Scalar::Duration,
            "uuid" => Scalar::Uuid,
            "decimal" => Scalar::Decimal,
            "uri" => Scalar::Uri,
            "byte" => Scalar::Base64,
            "password" => Scalar::Secret,
            _ => Scalar::String,
        },
        TypeSet::BOOLEAN => Scalar::Bool,
        TypeSet::INTEGER => match format {
            "int32" => Scalar::I32,
            "uint32" => Scalar::U32,
            "uint64" => Scalar::U64,
            _ => Scalar::I64,
        },
        TypeSet::NUMBER => match format {
            "float" => Scalar::F32,
            "decimal" => Scalar::Number,
            _ => Scalar::F64,
        },
        _ => return None,
    })
}

/// Whether the format of a scalar is what its type says already.
fn is_chosen(scalar: Scalar, format: &str) -> bool {
    match scalar {
        Scalar::I32 => format == "int32",
        Scalar::I64 => format == "int64",
        Scalar::U32 => format == "uint32",
        Scalar::U64 => format == "uint64",
        Scalar::F32 => format == "float",
        Scalar::F64 => format == "double",
        Scalar::Number | Scalar::Decimal => format == "decimal",
        Scalar::DateTime
        | Scalar::Date
        | Scalar::Time
        | Scalar::Duration
        | Scalar::Uuid
        | Scalar::Uri
        | Scalar::Base64
        | Scalar::Secret => true,
        Scalar::Bool | Scalar::String => false,
    }
}

/// The demands on values of a schema, for its docs.
pub(super) fn constraints(whole: &Whole<'_>, shape: &Shape) -> Vec<Constraint> {
    // Those of another type are said of that.
    if let Shape::Alias(_) | Shape::Union { .. } = shape {
        return Vec::new();
    }
    let mut out = Vec::new();
    let limits = &whole.limits;
    if let Some(format) = whole.format {
        let chosen = match shape {
            Shape::Scalar(scalar) | Shape::Newtype(scalar) => is_chosen(*scalar, format),
            Shape::Struct { .. }
            | Shape::Enum(_)
            | Shape::Union { .. }
            | Shape::Wrapper(_)
            | Shape::Alias(_)
            | Shape::Nullable(_)
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Any => false,
        };
        if !chosen {
            out.push(Constraint::Format(format.to_owned()));
        }
    }
    let pair = |least: Option<u64>, most: Option<u64>| {
        (least.is_some_and(|least| least > 0) || most.is_some()).then_some((least, most))
    };
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
    if let Some((least, most)) = pair(limits.min_items, limits.max_items) {
        out.push(Constraint::Items(least, most));
    }
    if limits.unique_items {
        out.push(Constraint::Unique);
    }
    if let Some((least, most)) = pair(limits.min_properties, limits.max_properties) {
        out.push(Constraint::Properties(least, most));
    }
    if !whole.one_of_required.is_empty() {
        out.push(Constraint::OneOfRequired(whole.one_of_required.clone()));
    }
    out
}
