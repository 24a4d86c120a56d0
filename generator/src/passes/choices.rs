//! How the variant of a value is found, in unions without a tag.
//!
//! Before: the variants of each union, in the order of the document. After: for each union that no
//! `discriminator` decides, tests in the order in which they are made: by what tells the variants
//! apart. That is the kind of JSON value; a property with known values that differ; the properties
//! that a variant requires; and, where one variant's values may hold all that another requires, first
//! which variant knows every property of the value. Two variants that even this cannot tell apart
//! are reported.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diag, Diags, Place};
use crate::ir::{Api, EnumValues, Field, Presence, Scalar, Shape, TypeId, Variant};

/// A test and the variant that is tried if it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The variant, by its index.
    pub variant: usize,
    /// What has to hold of the value.
    pub test: Test,
}

/// What has to hold of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is of a kind.
    Kind(JsonKind),
    /// It is one of these strings.
    Texts(Vec<String>),
    /// It is one of these numbers.
    Integers(Vec<i64>),
    /// It is an object, of which a property is one of these values.
    Tag {
        /// The property.
        property: String,
        /// The strings or integers.
        values: EnumValues,
    },
    /// It is an object with these properties.
    Keys {
        /// The properties.
        required: Vec<String>,
        /// Whether the object may have no property that the variant does not know.
        only: bool,
    },
    /// Nothing.
    Any,
}

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
    /// `true` or `false`.
    Bool,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// What is known of the values of a variant.
enum Profile {
    Texts(Vec<String>),
    Integers(Vec<i64>),
    Kind(JsonKind),
    Object(Object),
    /// An object that a tag tells: a union within the union.
    Tagged(String, Vec<String>),
    /// Anything: such a variant is tried last.
    Any,
}

/// What is known of an object.
struct Object {
    required: Vec<String>,
    fields: BTreeSet<String>,
    /// Properties with known values.
    tags: BTreeMap<String, Tag>,
}

/// A property with known values.
struct Tag {
    values: EnumValues,
    required: bool,
}

/// The tests of every union without a tag.
pub(super) fn choices(api: &Api, file: &Place, diags: &Diags) -> BTreeMap<TypeId, Vec<Candidate>> {
    let mut choices = BTreeMap::new();
    for (index, def) in api.types.iter().enumerate() {
        if let Shape::Union {
            tag: None,
            variants,
            ..
        } = &def.shape
        {
            let place = file.at(def.pointer.as_str());
            choices.insert(TypeId::new(index), candidates(api, variants, &place, diags));
        }
    }
    choices
}

fn candidates(api: &Api, variants: &[Variant], place: &Place, diags: &Diags) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut objects = Vec::new();
    for (variant, of) in variants.iter().enumerate() {
        let test = match profile(api, of.ty) {
            Profile::Object(object) => {
                objects.push((variant, object));
                continue;
            }
            Profile::Texts(values) => Test::Texts(values),
            Profile::Integers(values) => Test::Integers(values),
            Profile::Kind(kind) => Test::Kind(kind),
            Profile::Tagged(property, values) => Test::Tag {
                property,
                values: EnumValues::Texts(values),
            },
            Profile::Any => Test::Any,
        };
        out.push(Candidate { variant, test });
    }
    report_equal_kinds(variants, &out, place, diags);
    // What takes anything keeps every property, so no variant has to take a value of which it would
    // lose some.
    let keeps = out.iter().any(|candidate| candidate.test == Test::Any);
    out.extend(of_objects(variants, objects, keeps, place, diags));
    out.sort_by_key(|candidate| rank(&candidate.test));
    out
}

/// Known values come before kinds, the narrower kind before the wider one, and what takes anything
/// last. Objects keep their order.
fn rank(test: &Test) -> u8 {
    match test {
        Test::Texts(_) | Test::Integers(_) => 0,
        Test::Kind(JsonKind::Bool | JsonKind::Integer | JsonKind::String | JsonKind::Array) => 1,
        Test::Tag { .. } | Test::Keys { .. } => 1,
        Test::Kind(JsonKind::Number | JsonKind::Object) => 2,
        Test::Any => 3,
    }
}

fn profile(api: &Api, ty: TypeId) -> Profile {
    match &api.ty(ty).shape {
        Shape::Struct { fields, .. } => Profile::Object(object(api, fields)),
        Shape::Map(_) => Profile::Object(Object {
            required: Vec::new(),
            fields: BTreeSet::new(),
            tags: BTreeMap::new(),
        }),
        Shape::Enum(EnumValues::Texts(values)) => Profile::Texts(values.clone()),
        Shape::Enum(EnumValues::Integers(values)) => Profile::Integers(values.clone()),
        Shape::Enum(EnumValues::Mixed(_)) | Shape::Any | Shape::Nullable(_) => Profile::Any,
        Shape::Union {
            tag: Some(tag),
            variants,
            ..
        } => {
            let tags = variants.iter().flat_map(|variant| variant.tags.clone());
            Profile::Tagged(tag.clone(), tags.collect())
        }
        Shape::Union {
            tag: None,
            variants,
            ..
        } => nested(api, variants),
        Shape::Newtype(scalar) | Shape::Scalar(scalar) => Profile::Kind(kind(*scalar)),
        Shape::Alias(target) | Shape::Wrapper(target) => profile(api, *target),
        Shape::Array(_) | Shape::Tuple(_) => Profile::Kind(JsonKind::Array),
    }
}

/// A union within a union: of objects, where all of its own variants are.
fn nested(api: &Api, variants: &[Variant]) -> Profile {
    let objects = variants
        .iter()
        .all(|variant| matches!(api.ty(variant.ty).shape, Shape::Struct { .. }));
    match objects {
        true => Profile::Kind(JsonKind::Object),
        false => Profile::Any,
    }
}

fn object(api: &Api, fields: &[Field]) -> Object {
    let needed = |field: &&Field| match field.presence {
        Presence::Required | Presence::Nullable => true,
        Presence::Optional | Presence::OptionalNullable => false,
    };
    let tags = fields.iter().filter_map(|field| {
        let values = known_values(api, field.ty)?;
        let required = needed(&field);
        Some((field.key.clone(), Tag { values, required }))
    });
    Object {
        required: fields
            .iter()
            .filter(needed)
            .map(|field| field.key.clone())
            .collect(),
        fields: fields.iter().map(|field| field.key.clone()).collect(),
        tags: tags.collect(),
    }
}

/// The known values of a type, if it is an enumeration of strings or integers.
fn known_values(api: &Api, ty: TypeId) -> Option<EnumValues> {
    match &api.ty(ty).shape {
        Shape::Enum(EnumValues::Mixed(_)) => None,
        Shape::Enum(values) => Some(values.clone()),
        Shape::Alias(target) => known_values(api, *target),
        Shape::Struct { .. }
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Wrapper(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => None,
    }
}

fn kind(scalar: Scalar) -> JsonKind {
    match scalar {
        Scalar::Bool => JsonKind::Bool,
        Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64 => JsonKind::Integer,
        Scalar::F32 | Scalar::F64 | Scalar::Number => JsonKind::Number,
        Scalar::String
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Time
        | Scalar::Duration
        | Scalar::Uuid
        | Scalar::Decimal
        | Scalar::Uri
        | Scalar::Base64
        | Scalar::Secret => JsonKind::String,
    }
}

/// The tests of the variants that are objects. Where another variant `keeps` what these would lose, they
/// take only what they know every property of.
fn of_objects(
    variants: &[Variant],
    objects: Vec<(usize, Object)>,
    keeps: bool,
    place: &Place,
    diags: &Diags,
) -> Vec<Candidate> {
    let tag = common_tag(&objects);
    let mut tagged = Vec::new();
    let mut untagged: Vec<(usize, &Object)> = Vec::new();
    for (variant, object) in &objects {
        let found = tag
            .as_ref()
            .and_then(|tag| Some((tag, object.tags.get(tag)?)));
        if let Some((property, of)) = found {
            tagged.push(Candidate {
                variant: *variant,
                test: Test::Tag {
                    property: property.clone(),
                    values: of.values.clone(),
                },
            });
            if of.required {
                continue;
            }
        }
        untagged.push((*variant, object));
    }
    untagged.sort_by_key(|(variant, object)| {
        let (required, fields) = (object.required.len(), object.fields.len());
        (std::cmp::Reverse((required, fields)), *variant)
    });
    let fits = |a: &Object, b: &Object| a.required.iter().all(|key| b.fields.contains(key));
    let mut strict = Vec::new();
    let mut lenient = Vec::new();
    for (at, (variant, object)) in untagged.iter().enumerate() {
        let candidate = |only| Candidate {
            variant: *variant,
            test: Test::Keys {
                required: object.required.clone(),
                only,
            },
        };
        let others = || untagged.iter().filter(|(other, _)| other != variant);
        if others().any(|(_, other)| fits(object, other)) {
            strict.push(candidate(true));
            if !keeps {
                lenient.push(candidate(false));
            }
        } else {
            strict.push(candidate(false));
        }
        for (other, of) in &untagged[at + 1..] {
            if !keeps && fits(object, of) && fits(of, object) {
                report_overlap(&variants[*variant], &variants[*other], place, diags);
            }
        }
    }
    tagged.into_iter().chain(strict).chain(lenient).collect()
}

/// The property that tells most of the objects apart: each of those that have it knows other values
/// for it.
fn common_tag(objects: &[(usize, Object)]) -> Option<String> {
    let mut best: Option<(usize, &String)> = None;
    let names: BTreeSet<&String> = objects
        .iter()
        .flat_map(|(_, object)| object.tags.keys())
        .collect();
    for name in names {
        let mut seen = BTreeSet::new();
        let with: Vec<&Tag> = objects
            .iter()
            .filter_map(|(_, object)| object.tags.get(name))
            .collect();
        let disjoint = with
            .iter()
            .flat_map(|tag| tag.values.texts())
            .all(|value| seen.insert(value));
        let required = with.iter().any(|tag| tag.required);
        if disjoint && required && with.len() > 1 && best.is_none_or(|(most, _)| with.len() > most)
        {
            best = Some((with.len(), name));
        }
    }
    best.map(|(_, name)| name.clone())
}

/// Reports variants that are of one kind and not objects.
fn report_equal_kinds(
    variants: &[Variant],
    candidates: &[Candidate],
    place: &Place,
    diags: &Diags,
) {
    let mut seen: Vec<(JsonKind, usize)> = Vec::new();
    for candidate in candidates {
        let Test::Kind(kind) = candidate.test else {
            continue;
        };
        // Items tell lists apart, as far as they do.
        if kind == JsonKind::Array || kind == JsonKind::Object {
            continue;
        }
        match seen.iter().find(|(known, _)| *known == kind) {
            Some((_, first)) => report_overlap(
                &variants[*first],
                &variants[candidate.variant],
                place,
                diags,
            ),
            None => seen.push((kind, candidate.variant)),
        }
    }
}

fn report_overlap(first: &Variant, second: &Variant, place: &Place, diags: &Diags) {
    let message = format!(
        "a value may be both `{}` and `{}`: it is taken for the one that knows all of its properties, \
         or else for the first",
        first.label, second.label
    );
    let diag = Diag::new(Code::OverlappingVariants, place.clone(), message);
    diags.report(
        diag.help("add a `discriminator`, or require a property that only one of them has"),
    );
}
