//! Values of examples: expressions for each type, like the examples of the document.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::super::{Plan, markdown, ty};
use super::library;
use crate::ir::{EnumValues, Field, Presence, Scalar, Shape, TypeId, Variant};
use crate::names::MAX_POSITIONAL;

/// An expression for a value of type `id`, like `example` as far as there is one; nothing where it
/// would go too deep. Where the type is converted into by an argument, the expression is what people
/// write there.
pub(in super::super) fn value(
    plan: &Plan<'_>,
    id: TypeId,
    depth: usize,
    example: Option<&Value>,
) -> Option<TokenStream> {
    let depth = depth.checked_sub(1)?;
    let def = plan.api.ty(id);
    let example = example.or(def.examples.first());
    match &def.shape {
        Shape::Struct { fields, .. } => structure(plan, id, fields, depth, example),
        Shape::Enum(values) => enumeration(plan, id, values, example),
        Shape::Union { variants, .. } => union(plan, id, variants, depth),
        Shape::Newtype(scalar) => {
            let name = plan.names.types.get(&id)?.name.ident();
            let value = self::scalar(*scalar, example);
            Some(match scalar.is_text() || *scalar == Scalar::Number {
                true => value,
                false => quote!(types::#name(#value)),
            })
        }
        Shape::Scalar(scalar) => Some(self::scalar(*scalar, example)),
        Shape::Alias(target) => value(plan, *target, depth, example),
        Shape::Wrapper(target) => {
            let name = plan.names.types.get(&id)?.name.ident();
            let inner = owned(plan, *target, depth, example)?;
            Some(quote!(types::#name(#inner)))
        }
        Shape::Nullable(target) => {
            let inner = owned(plan, *target, depth, example)?;
            Some(quote!(Some(#inner)))
        }
        Shape::Array(item) => {
            let first = example.and_then(|example| example.get(0));
            let value = owned(plan, *item, depth, first)?;
            Some(quote!([#value]))
        }
        Shape::Tuple(items) => {
            let values = items.iter().enumerate().map(|(position, item)| {
                let example = example.and_then(|example| example.get(position));
                owned(plan, *item, depth, example)
            });
            let values = values.collect::<Option<Vec<_>>>()?;
            Some(quote!((#(#values,)*)))
        }
        Shape::Map(_) => Some(quote!(std::collections::BTreeMap::new())),
        Shape::Any => {
            let library = library(plan);
            Some(quote!(#library::runtime::Value::Null))
        }
    }
}

/// The same, where nothing converts what people write: an expression of the very type.
fn owned(
    plan: &Plan<'_>,
    id: TypeId,
    depth: usize,
    example: Option<&Value>,
) -> Option<TokenStream> {
    let value = value(plan, id, depth, example)?;
    if !needs_into(plan, id) {
        return Some(value);
    }
    let ty = super::typed(plan, id);
    Some(quote!(<#ty>::from(#value)))
}

/// Whether what people write for this type has to be converted where no setter does it.
pub(super) fn needs_into(plan: &Plan<'_>, id: TypeId) -> bool {
    match &plan.api.ty(id).shape {
        Shape::Scalar(scalar) | Shape::Newtype(scalar) => {
            scalar.is_text() || *scalar == Scalar::Number
        }
        Shape::Array(_) => true,
        Shape::Alias(target) => needs_into(plan, *target),
        Shape::Struct { .. }
        | Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Wrapper(_)
        | Shape::Nullable(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Any => false,
    }
}

/// The variant that the example names, or the first.
fn enumeration(
    plan: &Plan<'_>,
    id: TypeId,
    values: &EnumValues,
    example: Option<&Value>,
) -> Option<TokenStream> {
    let names = plan.names.types.get(&id)?;
    let index = example.and_then(|example| match values {
        EnumValues::Texts(texts) => texts
            .iter()
            .position(|text| Some(text.as_str()) == example.as_str()),
        EnumValues::Integers(integers) => integers
            .iter()
            .position(|integer| Some(*integer) == example.as_i64()),
        EnumValues::Mixed(values) => values.iter().position(|value| value == example),
    });
    let (name, variant) = (
        names.name.ident(),
        names.variants.get(index.unwrap_or(0))?.ident(),
    );
    Some(quote!(types::#name::#variant))
}

/// The first variant of which there is an example.
fn union(plan: &Plan<'_>, id: TypeId, variants: &[Variant], depth: usize) -> Option<TokenStream> {
    let names = plan.names.types.get(&id)?;
    let name = names.name.ident();
    variants
        .iter()
        .zip(&names.variants)
        .find_map(|(variant, variant_name)| {
            let variant_name = variant_name.ident();
            let value = owned(plan, variant.ty, depth, None)?;
            let value = match ty::is_boxed_in_union(plan, variant.ty) {
                true => quote!(Box::new(#value)),
                false => value,
            };
            Some(quote!(types::#name::#variant_name(#value)))
        })
}

/// A struct: its constructor, and the setters of what the example sets.
fn structure(
    plan: &Plan<'_>,
    id: TypeId,
    fields: &[Field],
    depth: usize,
    example: Option<&Value>,
) -> Option<TokenStream> {
    let names = plan.names.types.get(&id)?;
    let name = names.name.ident();
    let of = |field: &Field| example.and_then(|example| example.get(&field.key));
    let mut required: Vec<_> = fields
        .iter()
        .zip(&names.fields)
        .filter(|(field, _)| plan.api.is_argument(field))
        .collect();
    required.sort_by(|(a, _), (b, _)| a.key.cmp(&b.key));
    let mut inputs = Vec::new();
    for (field, field_names) in &required {
        let value = value(plan, field.ty, depth, of(field))?;
        inputs.push((field_names.field.ident(), value, needs_into(plan, field.ty)));
    }
    let constructor = if inputs.len() > MAX_POSITIONAL {
        let required_name = names.required.as_ref()?.ident();
        let values = inputs.iter().map(|(field, value, into)| match into {
            true => quote!(#field: #value.into()),
            false => quote!(#field: #value),
        });
        quote!(types::#name::new(types::#required_name { #(#values),* }))
    } else {
        let values = inputs.iter().map(|(_, value, _)| value);
        quote!(types::#name::new(#(#values),*))
    };
    let mut setters = TokenStream::new();
    for (field, field_names) in fields.iter().zip(&names.fields) {
        let set = of(field).filter(|value| !value.is_null());
        let scalar =
            set.filter(|value| value.is_string() || value.is_boolean() || value.is_number());
        if field.presence != Presence::Required
            && !field.doc.deprecated
            && let Some(scalar) = scalar
            && fits(plan, field.ty, scalar)
            && let Some(value) = value(plan, field.ty, depth, Some(scalar))
        {
            let setter = field_names.setter.ident();
            setters.extend(quote!(.#setter(#value)));
        }
    }
    Some(quote!(#constructor #setters))
}

/// Whether an example is a value of its type.
fn fits(plan: &Plan<'_>, id: TypeId, example: &Value) -> bool {
    match &plan.api.ty(id).shape {
        Shape::Scalar(scalar) | Shape::Newtype(scalar) => match scalar {
            Scalar::Bool => example.is_boolean(),
            Scalar::I32 | Scalar::I64 => example.is_i64(),
            Scalar::U32 | Scalar::U64 => example.is_u64(),
            Scalar::F32 | Scalar::F64 => example.is_number(),
            Scalar::Number => example.is_i64(),
            Scalar::String
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Time
            | Scalar::Duration
            | Scalar::Uuid
            | Scalar::Decimal
            | Scalar::Uri
            | Scalar::Base64
            | Scalar::Secret => example.is_string(),
        },
        Shape::Enum(EnumValues::Texts(_)) => example.is_string(),
        Shape::Enum(EnumValues::Integers(_)) => example.is_i64(),
        Shape::Alias(target) => fits(plan, *target, example),
        Shape::Enum(EnumValues::Mixed(_))
        | Shape::Struct { .. }
        | Shape::Union { .. }
        | Shape::Wrapper(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Any => false,
    }
}

/// A literal for a scalar.
fn scalar(scalar: Scalar, example: Option<&Value>) -> TokenStream {
    use proc_macro2::Literal;
    let signed = example.and_then(Value::as_i64);
    let unsigned = example.and_then(Value::as_u64);
    match scalar {
        Scalar::Bool => {
            let value = example.and_then(Value::as_bool).unwrap_or(true);
            quote!(#value)
        }
        Scalar::I32 => {
            let value = signed.and_then(|value| i32::try_from(value).ok());
            let value = Literal::i32_unsuffixed(value.unwrap_or(1));
            quote!(#value)
        }
        Scalar::U32 => {
            let value = unsigned.and_then(|value| u32::try_from(value).ok());
            let value = Literal::u32_unsuffixed(value.unwrap_or(1));
            quote!(#value)
        }
        Scalar::I64 => {
            let value = Literal::i64_unsuffixed(signed.unwrap_or(1));
            quote!(#value)
        }
        Scalar::U64 => {
            let value = Literal::u64_unsuffixed(unsigned.unwrap_or(1));
            quote!(#value)
        }
        Scalar::Number => {
            let value = Literal::i64_suffixed(signed.unwrap_or(1));
            quote!(#value)
        }
        Scalar::F32 | Scalar::F64 => {
            let value = example
                .and_then(Value::as_f64)
                .filter(|value| value.is_finite());
            let value = Literal::f64_unsuffixed(value.unwrap_or(1.0));
            quote!(#value)
        }
        Scalar::String
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Time
        | Scalar::Duration
        | Scalar::Uuid
        | Scalar::Decimal
        | Scalar::Uri
        | Scalar::Base64
        | Scalar::Secret => {
            let text = example.and_then(Value::as_str).unwrap_or(sample(scalar));
            let text = markdown::visible(text);
            quote!(#text)
        }
    }
}

/// A text that shows what a scalar looks like.
fn sample(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::DateTime => "2030-01-31T12:30:00Z",
        Scalar::Date => "2030-01-31",
        Scalar::Time => "12:30:00",
        Scalar::Duration => "PT15M",
        Scalar::Uuid => "4e1243bd-22c6-4f1c-b2a5-0d9e8b3f7a61",
        Scalar::Decimal => "12.50",
        Scalar::Uri => "https://example.com",
        Scalar::Base64 => "aGVsbG8=",
        Scalar::Bool
        | Scalar::I32
        | Scalar::I64
        | Scalar::U32
        | Scalar::U64
        | Scalar::F32
        | Scalar::F64
        | Scalar::Number
        | Scalar::String
        | Scalar::Secret => "\u{2026}",
    }
}
