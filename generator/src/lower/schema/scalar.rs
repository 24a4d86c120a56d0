//! Scalars, enumerations, and the demands on values.

use super::super::Lowering;
use super::whole::Whole;
use crate::diag::{Code, Diag};
use crate::document::{NodeRef, Number, TypeSet};
use crate::ir::{EnumValues, Scalar, Segment, Shape, Variant};

/// The least and the greatest integer of 64 bits as floating-point numbers: documents have bounds that
/// were rounded to these.
const ROUNDED: (f64, f64) = (i64::MIN as f64, i64::MAX as f64);

impl<'d> Lowering<'d> {
    /// The scalar that has these types; none of any other. Without a format, a number is as wide as what
    /// the schema says of its values demands.
    pub(super) fn scalar_of(&self, whole: &Whole<'d>, types: TypeSet) -> Option<Scalar> {
        let narrow = scalar(types, whole.format)?;
        let told = whole.format.is_some_and(|format| is_chosen(narrow, format));
        match narrow {
            // Documents say 32 bits of what they show more digits of.
            Scalar::I32 | Scalar::F32 => {
                let wide = match narrow {
                    Scalar::I32 => Scalar::I64,
                    _ => Scalar::F64,
                };
                return Some(too_wide(whole, narrow).map_or(narrow, |_| wide));
            }
            Scalar::I64 | Scalar::F64 if !told => {}
            _ => return Some(narrow),
        }
        let Some((wide, text)) = too_wide(whole, narrow) else {
            return Some(narrow);
        };
        let limits = &whole.limits;
        let least = limits.minimum.or(limits.exclusive_minimum);
        let most = limits.maximum.or(limits.exclusive_maximum);
        if narrow == Scalar::I64
            && least.is_some_and(|least| least.as_f64() >= 0.0)
            && most.is_none_or(|most| most.as_f64() <= u64::MAX as f64)
            && wide.as_u64().is_some()
        {
            return Some(Scalar::U64);
        }
        let message = format!("{text} is beyond 64 bits: the type keeps every digit of a number");
        let diag = Diag::new(Code::WideNumber, whole.place.node.place(), message);
        let format = if narrow == Scalar::I64 {
            "int64"
        } else {
            "double"
        };
        let help = format!("`format: {format}` makes it a number of 64 bits");
        self.diags.report(diag.help(help));
        Some(Scalar::Number)
    }

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
        if let Some(scalar) = self.scalar_of(whole, types) {
            return Shape::Scalar(scalar);
        }
        let mut variants = Vec::new();
        for (only, label) in KINDS.into_iter().filter(|(only, _)| types.contains(*only)) {
            let mut parts = whole.parts.clone();
            for part in &mut parts {
                part.only = only;
            }
            let place = whole.place.then(Segment::Kind(label.to_owned()));
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
            fallback: None,
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
            "int32" | "int16" | "int8" | "uint16" | "uint8" => Scalar::I32,
            "uint32" => Scalar::U32,
            "uint64" => Scalar::U64,
            "int128" | "uint128" | "bigint" => Scalar::Number,
            _ => Scalar::I64,
        },
        TypeSet::NUMBER => match format {
            "float" => Scalar::F32,
            "decimal" | "decimal128" => Scalar::Number,
            _ => Scalar::F64,
        },
        _ => return None,
    })
}

/// A number that the schema speaks of and the scalar cannot hold, with how it is written.
fn too_wide(whole: &Whole<'_>, narrow: Scalar) -> Option<(Number, String)> {
    let limits = &whole.limits;
    let bounds = [
        limits.minimum,
        limits.exclusive_minimum,
        limits.maximum,
        limits.exclusive_maximum,
    ];
    // A bound of floating-point numbers is often one of these written in full.
    let bounds = bounds.into_iter().flatten();
    let bounds = bounds.filter(|_| narrow != Scalar::F32);
    let values = whole.examples.iter().chain(&whole.default);
    let values = values.filter_map(|node| Some((node.as_number()?, node.text()?.to_owned())));
    let mut known = bounds.map(|bound| (bound, bound.to_string())).chain(values);
    known.find(|(number, text)| match narrow {
        Scalar::I32 => number
            .whole()
            .is_some_and(|whole| i32::try_from(whole).is_err()),
        Scalar::I64 => !fits_i64(*number),
        Scalar::F32 => !fits_f32(*number, text),
        _ => !fits_f64(*number, text),
    })
}

/// Whether a number is an integer of 64 bits, or a bound of these that was rounded.
fn fits_i64(number: Number) -> bool {
    let (least, most) = ROUNDED;
    (least..=most).contains(&number.as_f64())
}

/// Whether a floating-point number of 64 bits is the number that is written, and not one near it, or a
/// bound of integers.
fn fits_f64(number: Number, text: &str) -> bool {
    let float = number.as_f64();
    let bound = [ROUNDED.0, ROUNDED.1].contains(&float);
    float.is_finite() && (bound || digits(text) == digits(&format!("{float:e}")))
}

/// The same of a floating-point number of 32 bits.
fn fits_f32(number: Number, text: &str) -> bool {
    let float = number.as_f64() as f32;
    float.is_finite() && digits(text) == digits(&format!("{float:e}"))
}

/// The digits of a decimal number that count: without sign, point, exponent, and the zeros around.
fn digits(text: &str) -> String {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Whether the format of a scalar is what its type says already.
pub(super) fn is_chosen(scalar: Scalar, format: &str) -> bool {
    match scalar {
        Scalar::I32 => format == "int32",
        Scalar::I64 => format == "int64",
        Scalar::U32 => format == "uint32",
        Scalar::U64 => format == "uint64",
        Scalar::F32 => format == "float",
        Scalar::F64 => format == "double",
        Scalar::Number => ["decimal", "decimal128"].contains(&format),
        Scalar::Decimal => format == "decimal",
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
