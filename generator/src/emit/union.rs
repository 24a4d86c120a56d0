//! Unions: one of several types, and a value that is none of them kept as it is.
//!
//! A value is read into memory first; then its tag, or what tells the variants apart, decides which
//! type it is decoded as.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Plan;
use super::docs::{self, Docs};
use super::ty::{self, From};
use crate::ir::{EnumValues, Scalar, Shape, TypeId, Variant};
use crate::passes::{Candidate, JsonKind, Test};

/// The enum of the union `id`, its conversions and its serde impls.
pub(super) fn tokens(
    plan: &Plan<'_>,
    id: TypeId,
    tag: Option<&str>,
    variants: &[Variant],
    fallback: Option<usize>,
) -> TokenStream {
    let names = &plan.names.types[&id];
    let name = names.name.ident();
    let docs = docs::of_type(plan, id);
    let idents: Vec<Ident> = names
        .variants
        .iter()
        .map(crate::names::Name::ident)
        .collect();
    let definitions = variants.iter().zip(&idents).map(|(variant, ident)| {
        let docs = variant_docs(plan, variant, tag);
        let ty = ty::payload(plan, variant.ty, From::Types);
        quote!(#docs #ident(#ty),)
    });
    let conversions = conversions(plan, &name, variants, &idents);
    // Values without the tag are the fallback's already.
    let written = |index: usize| tag.filter(|_| fallback != Some(index));
    let writes = variants
        .iter()
        .zip(&idents)
        .enumerate()
        .map(|(index, (variant, ident))| write(plan, variant, ident, written(index)));
    let read = match tag {
        Some(tag) => read_tagged(plan, tag, variants, &idents, fallback),
        None => read_shaped(plan, id, variants, &idents),
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions)*
            /// A value that the document does not describe, kept as it was received.
            Unknown(runtime::Value),
        }

        #conversions

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = runtime::Value::deserialize(deserializer)?;
                #read
            }
        }
    }
}

/// The docs of a variant: those of its type, and the values of the tag that choose it.
fn variant_docs(plan: &Plan<'_>, variant: &Variant, tag: Option<&str>) -> Docs {
    use super::markdown::{code, line};
    let doc = &plan.api.ty(variant.ty).doc;
    let text = doc.title.as_deref().or(doc.description.as_deref());
    let text = text.map(line).filter(|text| !text.is_empty());
    let mut docs = match text {
        Some(text) => Docs::of(docs::sentence(&text)),
        None => Docs::of(format!("The alternative {}.", code(&variant.label))),
    };
    if let Some(tag) = tag {
        let values: Vec<String> = variant.tags.iter().map(|value| code(value)).collect();
        if !values.is_empty() {
            docs.paragraph(format!("Its {} is {}.", code(tag), values.join(" or ")));
        }
    }
    docs
}

/// `From` for each type that only one variant has.
fn conversions(
    plan: &Plan<'_>,
    name: &Ident,
    variants: &[Variant],
    idents: &[Ident],
) -> TokenStream {
    let types: Vec<String> = variants
        .iter()
        .map(|variant| canonical(plan, variant.ty))
        .collect();
    let mut out = TokenStream::new();
    for (index, (variant, ident)) in variants.iter().zip(idents).enumerate() {
        let ty = &types[index];
        let alone = types.iter().filter(|other| *other == ty).count() == 1;
        // A free-form value is `Unknown`, unless a variant is made of it by name.
        if !alone || ty == "Value" {
            continue;
        }
        let written = ty::ty(plan, variant.ty, From::Types);
        let value = match ty::is_boxed_in_union(plan, variant.ty) {
            true => quote!(Box::new(value)),
            false => quote!(value),
        };
        out.extend(quote! {
            impl From<#written> for #name {
                fn from(value: #written) -> Self {
                    Self::#ident(#value)
                }
            }
        });
        if ty == "String" {
            out.extend(quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#ident(value.to_owned())
                    }
                }
            });
        }
    }
    out
}

/// A text that two types have in common if and only if they are one type to the compiler: aliases
/// count as what they stand for.
fn canonical(plan: &Plan<'_>, id: TypeId) -> String {
    let mut seen = BTreeSet::new();
    canonical_within(plan, id, &mut seen)
}

fn canonical_within(plan: &Plan<'_>, id: TypeId, seen: &mut BTreeSet<TypeId>) -> String {
    if !seen.insert(id) {
        return format!("{id:?}");
    }
    let text = match &plan.api.ty(id).shape {
        Shape::Alias(target) => canonical_within(plan, *target, seen),
        Shape::Array(item) => format!("Vec<{}>", canonical_within(plan, *item, seen)),
        Shape::Tuple(items) => {
            let items = items.iter().map(|item| canonical_within(plan, *item, seen));
            format!("({})", items.collect::<Vec<_>>().join(", "))
        }
        Shape::Map(value) => format!("Map<{}>", canonical_within(plan, *value, seen)),
        Shape::Nullable(inner) => format!("Option<{}>", canonical_within(plan, *inner, seen)),
        Shape::Scalar(Scalar::String) => "String".to_owned(),
        Shape::Scalar(scalar) => format!("{scalar:?}"),
        Shape::Any => "Value".to_owned(),
        Shape::Struct { .. }
        | Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Wrapper(_) => format!("{id:?}"),
    };
    seen.remove(&id);
    text
}

/// The arm that writes a variant.
fn write(plan: &Plan<'_>, variant: &Variant, ident: &Ident, tag: Option<&str>) -> TokenStream {
    if let (Some(tag), [value, ..]) = (tag, variant.tags.as_slice())
        && !plan.api.writes_tag(variant.ty, tag)
    {
        return quote! {
            Self::#ident(value) => runtime::serialize_tagged(value, #tag, #value, serializer),
        };
    }
    quote!(Self::#ident(value) => value.serialize(serializer),)
}

/// A decoded value as its variant holds it.
fn held(plan: &Plan<'_>, variant: &Variant, ident: &Ident) -> TokenStream {
    match ty::is_boxed_in_union(plan, variant.ty) {
        true => quote!(Self::#ident(Box::new(found))),
        false => quote!(Self::#ident(found)),
    }
}

/// The tag decides; without one, or with one that is not listed, the value may be the fallback.
fn read_tagged(
    plan: &Plan<'_>,
    tag: &str,
    variants: &[Variant],
    idents: &[Ident],
    fallback: Option<usize>,
) -> TokenStream {
    let arms = variants
        .iter()
        .zip(idents)
        .filter(|(variant, _)| !variant.tags.is_empty())
        .map(|(variant, ident)| {
            let tags = &variant.tags;
            let held = held(plan, variant, ident);
            quote!(Some(#(#tags)|*) => runtime::decode_as(&value).map(|found| #held),)
        });
    let other = match fallback {
        Some(index) => {
            let held = held(plan, &variants[index], &idents[index]);
            quote! {
                _ => match runtime::decode(&value) {
                    Ok(found) => Ok(#held),
                    Err(_) => Ok(Self::Unknown(value)),
                }
            }
        }
        None => quote!(_ => Ok(Self::Unknown(value)),),
    };
    quote! {
        match runtime::tag(&value, #tag) {
            #(#arms)*
            #other
        }
    }
}

/// What tells the variants apart decides: the first whose test holds and that can be decoded.
fn read_shaped(plan: &Plan<'_>, id: TypeId, variants: &[Variant], idents: &[Ident]) -> TokenStream {
    let none = Vec::new();
    let candidates = plan.facts.choices.get(&id).unwrap_or(&none);
    let mut tries = TokenStream::new();
    let mut seen = BTreeSet::new();
    for candidate in candidates {
        let variant = &variants[candidate.variant];
        let held = held(plan, variant, &idents[candidate.variant]);
        let decoded = quote!(let Ok(found) = runtime::decode(&value));
        let attempt = match test(plan, candidate, variant) {
            Some(test) => quote!(if #test && #decoded { return Ok(#held); }),
            None => quote!(if #decoded { return Ok(#held); }),
        };
        // Of a type that keeps every property, the strict test is the lenient one.
        if seen.insert(attempt.to_string()) {
            tries.extend(attempt);
        }
    }
    quote! {
        #tries
        Ok(Self::Unknown(value))
    }
}

/// The condition of a candidate; none where any value may be it.
fn test(plan: &Plan<'_>, candidate: &Candidate, variant: &Variant) -> Option<TokenStream> {
    Some(match &candidate.test {
        Test::Kind(kind) => match kind {
            JsonKind::Bool => quote!(value.is_boolean()),
            JsonKind::Integer => quote!(runtime::is_integer(&value)),
            JsonKind::Number => quote!(value.is_number()),
            JsonKind::String => quote!(value.is_string()),
            JsonKind::Array => quote!(value.is_array()),
            JsonKind::Object => quote!(value.is_object()),
        },
        Test::Texts(texts) => quote!(matches!(value.as_str(), Some(#(#texts)|*))),
        Test::Integers(integers) => {
            let integers = integers
                .iter()
                .map(|integer| proc_macro2::Literal::i64_unsuffixed(*integer));
            quote!(matches!(value.as_i64(), Some(#(#integers)|*)))
        }
        Test::Tag { property, values } => match values {
            EnumValues::Integers(integers) => {
                let integers = integers
                    .iter()
                    .map(|integer| proc_macro2::Literal::i64_unsuffixed(*integer));
                quote!(matches!(value[#property].as_i64(), Some(#(#integers)|*)))
            }
            EnumValues::Texts(_) | EnumValues::Mixed(_) => {
                let texts = values.texts();
                quote!(matches!(runtime::tag(&value, #property), Some(#(#texts)|*)))
            }
        },
        Test::Keys { required, only } => {
            let has = match required.as_slice() {
                [] => quote!(value.is_object()),
                keys => quote!(runtime::has_keys(&value, &[#(#keys),*])),
            };
            match (only, fields(plan, variant.ty)) {
                (true, Some(fields)) => quote!(#has && runtime::has_only(&value, #fields)),
                (true, None) | (false, _) => has,
            }
        }
        Test::Any => return None,
    })
}

/// The names of the properties that a struct knows, as an expression.
fn fields(plan: &Plan<'_>, id: TypeId) -> Option<TokenStream> {
    match &plan.api.ty(id).shape {
        Shape::Struct { rest: None, .. } => {
            let name = ty::ty(plan, id, From::Types);
            Some(quote!(<#name as runtime::Object>::FIELDS))
        }
        Shape::Alias(target) => fields(plan, *target),
        Shape::Struct { .. }
        | Shape::Enum(_)
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
