//! Serde impls of structs: what the wire wants of an object with known properties.
//!
//! No derive: a table of keys, a small `match`, and what all types share in the runtime, since the
//! derives are most of what compiling a generated client costs.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Plan;
use super::ty::{self, From};
use crate::ir::{Field, Presence, TypeId};
use crate::names::Name;

/// `Object`, `Deserialize` and `Serialize` of the struct `id`.
pub(super) fn tokens(
    plan: &Plan<'_>,
    id: TypeId,
    fields: &[Field],
    rest: Option<TypeId>,
) -> TokenStream {
    let names = &plan.names.types[&id];
    let name = names.name.ident();
    let object = match (fields, rest) {
        ([], None) => empty_object(&name),
        ([], Some(rest)) => only_rest(plan, &name, rest, names.rest.as_ref()),
        (fields, rest) => object(plan, id, fields, rest),
    };
    let (with_rest, deserialize, serialize) = match (rest, &names.rest) {
        (Some(rest), Some(field)) => (
            with_rest(plan, &name, &field.ident(), fields.len(), rest),
            quote!(deserialize_object_with_rest),
            quote!(serialize_object_with_rest),
        ),
        _ => (
            TokenStream::new(),
            quote!(deserialize_object),
            quote!(serialize_object),
        ),
    };
    quote! {
        #object

        #with_rest

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::#deserialize(deserializer)
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                runtime::#serialize(self, serializer)
            }
        }
    }
}

/// `ObjectWithRest`: where a struct keeps properties that are not listed.
fn with_rest(
    plan: &Plan<'_>,
    name: &Ident,
    field: &Ident,
    position: usize,
    rest: TypeId,
) -> TokenStream {
    let ty = ty::ty(plan, rest, From::Types);
    let position = Literal::usize_unsuffixed(position);
    quote! {
        impl runtime::ObjectWithRest for #name {
            type Rest = #ty;

            fn rest_mut(
                slots: &mut Self::Slots,
            ) -> &mut std::collections::BTreeMap<String, Self::Rest> {
                &mut slots.#position
            }

            fn rest(&self) -> &std::collections::BTreeMap<String, Self::Rest> {
                &self.#field
            }
        }
    }
}

/// `Object` of a struct with fields. Properties that are not listed gather in the last slot.
fn object(plan: &Plan<'_>, id: TypeId, fields: &[Field], rest: Option<TypeId>) -> TokenStream {
    let names = &plan.names.types[&id];
    let name = names.name.ident();
    let text = names.name.plain();
    let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    let idents: Vec<Ident> = names
        .fields
        .iter()
        .map(|names| names.field.ident())
        .collect();
    let positions: Vec<Literal> = (0..fields.len()).map(Literal::usize_unsuffixed).collect();
    let mut slots: Vec<TokenStream> = Vec::new();
    let mut empty: Vec<TokenStream> = Vec::new();
    let mut reads = TokenStream::new();
    let mut values = TokenStream::new();
    let mut writes = TokenStream::new();
    for ((index, field), (ident, position)) in
        fields.iter().enumerate().zip(idents.iter().zip(&positions))
    {
        let key = &field.key;
        let inner = ty::ty(plan, field.ty, From::Types);
        let boxed = plan.facts.boxed.contains(&(id, index));
        let ty = ty::field(inner, field.presence, boxed);
        let (slot, unset, read, value, write) = match field.presence {
            Presence::Required => (
                quote!(Option<#ty>),
                quote!(None),
                quote!(runtime::read_field),
                quote!(runtime::require(slots.#position, #key)?),
                quote!(fields.field(#key, &self.#ident);),
            ),
            // Left out where it should be null: services do that, and the meaning is plain.
            Presence::Nullable => (
                quote!(Option<#ty>),
                quote!(None),
                quote!(runtime::read_field),
                quote!(slots.#position.unwrap_or_default()),
                quote!(fields.field(#key, &self.#ident);),
            ),
            // Null is a value of what may be any value.
            Presence::Optional if plan.api.is_any(field.ty) => (
                ty,
                quote!(None),
                quote!(runtime::read_field),
                quote!(slots.#position),
                quote!(fields.optional(#key, &self.#ident);),
            ),
            Presence::Optional => (
                ty,
                quote!(None),
                quote!(runtime::read_optional),
                quote!(slots.#position),
                quote!(fields.optional(#key, &self.#ident);),
            ),
            Presence::OptionalNullable => (
                ty,
                quote!(runtime::Patch::Absent),
                quote!(runtime::read_patch),
                quote!(slots.#position),
                quote!(runtime::write_patch(fields, #key, &self.#ident);),
            ),
        };
        slots.push(slot);
        empty.push(unset);
        reads.extend(quote!(#position => #read(&mut slots.#position, value),));
        values.extend(quote!(#ident: #value,));
        writes.extend(write);
    }
    if let (Some(rest), Some(field)) = (rest, &names.rest) {
        let ty = ty::ty(plan, rest, From::Types);
        let (field, position) = (field.ident(), Literal::usize_unsuffixed(fields.len()));
        slots.push(quote!(std::collections::BTreeMap<String, #ty>));
        empty.push(quote!(std::collections::BTreeMap::new()));
        values.extend(quote!(#field: slots.#position,));
    }
    quote! {
        impl runtime::Object for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [&'static str] = &[#(#keys),*];

            type Slots = (#(#slots,)*);

            const EMPTY: Self::Slots = (#(#empty,)*);

            fn read<'de, D: Deserializer<'de>>(
                slots: &mut Self::Slots,
                index: usize,
                value: D,
            ) -> Result<(), D::Error> {
                match index {
                    #reads
                    _ => runtime::skip_value(value),
                }
            }

            fn finish<E: runtime::DeserializeError>(slots: Self::Slots) -> Result<Self, E> {
                Ok(Self { #values })
            }

            fn write<W: runtime::FieldWriter>(&self, fields: &mut W) {
                #writes
            }
        }
    }
}

/// `Object` of a struct of which nothing is left but what it keeps besides: all that its schema lists
/// is assigned by the service.
fn only_rest(plan: &Plan<'_>, name: &Ident, rest: TypeId, field: Option<&Name>) -> TokenStream {
    let text = name.to_string();
    let ty = ty::ty(plan, rest, From::Types);
    let field = field.map(Name::ident);
    quote! {
        impl runtime::Object for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [&'static str] = &[];

            type Slots = (std::collections::BTreeMap<String, #ty>,);

            const EMPTY: Self::Slots = (std::collections::BTreeMap::new(),);

            fn read<'de, D: Deserializer<'de>>(
                _slots: &mut Self::Slots,
                _index: usize,
                value: D,
            ) -> Result<(), D::Error> {
                runtime::skip_value(value)
            }

            fn finish<E: runtime::DeserializeError>(slots: Self::Slots) -> Result<Self, E> {
                Ok(Self { #field: slots.0 })
            }

            fn write<W: runtime::FieldWriter>(&self, _fields: &mut W) {}
        }
    }
}

/// `Object` of a struct that takes no property at all.
fn empty_object(name: &Ident) -> TokenStream {
    let text = name.to_string();
    quote! {
        impl runtime::Object for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [&'static str] = &[];

            type Slots = ();

            const EMPTY: Self::Slots = ();

            fn read<'de, D: Deserializer<'de>>(
                _slots: &mut Self::Slots,
                _index: usize,
                value: D,
            ) -> Result<(), D::Error> {
                runtime::skip_value(value)
            }

            fn finish<E: runtime::DeserializeError>(_slots: Self::Slots) -> Result<Self, E> {
                Ok(Self {})
            }

            fn write<W: runtime::FieldWriter>(&self, _fields: &mut W) {}
        }
    }
}
