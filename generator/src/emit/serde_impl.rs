//! Serde impls of structs: what the wire wants of an object with known properties.
//!
//! No derive: a table of keys, a small `match`, and what all types share in the runtime, since the
//! derives are most of what compiling a generated client costs.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Plan;
use super::ty::{self, From};
use crate::ir::{Field, Presence, TypeId};

/// `Object`, `Deserialize` and `Serialize` of the struct `id`.
pub(super) fn tokens(plan: &Plan<'_>, id: TypeId, fields: &[Field]) -> TokenStream {
    let names = &plan.names.types[&id];
    let name = names.name.ident();
    let object = match fields {
        [] => empty_object(&name),
        fields => object(plan, id, fields),
    };
    quote! {
        #object

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::deserialize_object(deserializer)
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                runtime::serialize_object(self, serializer)
            }
        }
    }
}

/// `Object` of a struct with fields.
fn object(plan: &Plan<'_>, id: TypeId, fields: &[Field]) -> TokenStream {
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
    let slots = fields.iter().enumerate().map(|(index, field)| {
        let inner = ty::ty(plan, field.ty, From::Types);
        let ty = ty::field(
            inner,
            field.presence,
            plan.facts.boxed.contains(&(id, index)),
        );
        if is_slot(field.presence) {
            ty
        } else {
            quote!(Option<#ty>)
        }
    });
    let nones = fields.iter().map(|_| quote!(None));
    let reads = fields.iter().zip(&positions).map(|(field, position)| {
        let read = if is_slot(field.presence) {
            quote!(read_optional)
        } else {
            quote!(read_field)
        };
        quote!(#position => runtime::#read(&mut slots.#position, value),)
    });
    let values = fields
        .iter()
        .zip(&idents)
        .zip(&positions)
        .map(|((field, ident), position)| {
            match field.presence {
                Presence::Required => {
                    let key = &field.key;
                    quote!(#ident: runtime::require(slots.#position, #key)?,)
                }
                // Left out where it should be null: services do that, and the meaning is plain.
                Presence::Nullable => quote!(#ident: slots.#position.unwrap_or_default(),),
                Presence::Optional | Presence::OptionalNullable => quote!(#ident: slots.#position,),
            }
        });
    let writes = fields.iter().zip(&idents).map(|(field, ident)| {
        let key = &field.key;
        let write = if is_slot(field.presence) {
            quote!(optional)
        } else {
            quote!(field)
        };
        quote!(fields.#write(#key, &self.#ident);)
    });
    quote! {
        impl runtime::Object for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [&'static str] = &[#(#keys),*];

            type Slots = (#(#slots,)*);

            const EMPTY: Self::Slots = (#(#nones,)*);

            fn read<'de, D: Deserializer<'de>>(
                slots: &mut Self::Slots,
                index: usize,
                value: D,
            ) -> Result<(), D::Error> {
                match index {
                    #(#reads)*
                    _ => runtime::skip_value(value),
                }
            }

            fn finish<E: runtime::DeserializeError>(slots: Self::Slots) -> Result<Self, E> {
                Ok(Self { #(#values)* })
            }

            fn write<W: runtime::FieldWriter>(&self, fields: &mut W) {
                #(#writes)*
            }
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

/// Whether a field is itself the slot that it is read into: it may be absent, and is not written
/// then.
fn is_slot(presence: Presence) -> bool {
    match presence {
        Presence::Optional | Presence::OptionalNullable => true,
        Presence::Required | Presence::Nullable => false,
    }
}
