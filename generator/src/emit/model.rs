//! Structs: what a reader wants of an object with known properties.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Plan;
use super::docs::{self, Docs};
use super::ty::{self, Argument, From};
use crate::ir::{Field, Presence, TypeId};
use crate::names::{FieldNames, MAX_POSITIONAL, TypeNames};

/// A struct with its constructor and setters.
pub(super) struct Model<'a> {
    plan: &'a Plan<'a>,
    id: TypeId,
    names: &'a TypeNames,
    fields: &'a [Field],
}

impl<'a> Model<'a> {
    /// The struct of type `id`.
    pub(super) fn new(plan: &'a Plan<'a>, id: TypeId, fields: &'a [Field]) -> Self {
        Self {
            plan,
            id,
            names: &plan.names.types[&id],
            fields,
        }
    }

    fn boxed(&self, index: usize) -> bool {
        self.plan.facts.boxed.contains(&(self.id, index))
    }

    /// A field's definition.
    fn field(&self, index: usize, field: &Field, names: &FieldNames) -> TokenStream {
        let docs = docs::of_field(self.plan, field);
        let name = names.field.ident();
        let inner = ty::ty(self.plan, field.ty, From::Types);
        let ty = ty::field(inner, field.presence, self.boxed(index));
        quote!(#docs pub #name: #ty,)
    }

    /// The required fields, in the order of their keys, so that moving a property in the document
    /// changes nothing.
    fn required(&self) -> Vec<(usize, &Field, &FieldNames)> {
        let mut required: Vec<_> = self
            .fields
            .iter()
            .zip(&self.names.fields)
            .enumerate()
            .map(|(index, (field, names))| (index, field, names))
            .filter(|(_, field, _)| field.presence == Presence::Required)
            .collect();
        required.sort_by(|(_, a, _), (_, b, _)| a.key.cmp(&b.key));
        required
    }

    /// The value of a field that `new` leaves out.
    fn unset(&self) -> Vec<TokenStream> {
        self.fields
            .iter()
            .zip(&self.names.fields)
            .filter(|(field, _)| field.presence != Presence::Required)
            .map(|(_, names)| {
                let name = names.field.ident();
                quote!(#name: None,)
            })
            .collect()
    }

    fn constructor(&self) -> TokenStream {
        let required = self.required();
        if required.is_empty() {
            return TokenStream::new();
        }
        let unset = self.unset();
        if required.len() > MAX_POSITIONAL
            && let Some(name) = &self.names.required
        {
            let name = name.ident();
            let values = required.iter().map(|(index, _, names)| {
                let field = names.field.ident();
                match self.boxed(*index) {
                    true => quote!(#field: Box::new(required.#field),),
                    false => quote!(#field: required.#field,),
                }
            });
            return quote! {
                /// A value with its required fields, the others unset.
                pub fn new(required: #name) -> Self {
                    Self { #(#values)* #(#unset)* }
                }
            };
        }
        let mut arguments = Vec::new();
        let mut values = Vec::new();
        for (index, field, names) in required {
            let argument = Argument::new(self.plan, field.ty, From::Types, &names.field);
            arguments.push(argument.input());
            values.push(argument.field(self.boxed(index)));
        }
        quote! {
            /// A value with its required fields, the others unset.
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* #(#unset)* }
            }
        }
    }

    /// The struct of the required fields, for a type with too many for positions.
    fn required_struct(&self) -> TokenStream {
        let Some(required_name) = &self.names.required else {
            return TokenStream::new();
        };
        let name = required_name.ident();
        let docs = Docs::of(format!(
            "The required fields of [`{0}`](super::{0}), for [`{0}::new`](super::{0}::new).",
            self.names.name
        ));
        let fields = self.required().into_iter().map(|(_, field, names)| {
            let docs = docs::of_field(self.plan, field);
            let name = names.field.ident();
            let ty = ty::ty(self.plan, field.ty, From::Types);
            quote!(#docs pub #name: #ty,)
        });
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name { #(#fields)* }
        }
    }

    fn setter(&self, index: usize, field: &Field, names: &FieldNames) -> TokenStream {
        if field.presence == Presence::Required {
            return TokenStream::new();
        }
        let (name, setter) = (names.field.ident(), names.setter.ident());
        let argument = Argument::new(self.plan, field.ty, From::Types, &names.field);
        let (input, value) = (argument.input(), argument.value());
        let value = if self.boxed(index) {
            quote!(Box::new(#value))
        } else {
            value
        };
        let docs = Docs::of(format!("Sets [`{0}`](Self::{0}).", names.field.plain()));
        let deprecated = field.doc.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #input) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    }
}

impl ToTokens for Model<'_> {
    fn to_tokens(&self, out: &mut TokenStream) {
        let name = self.names.name.ident();
        let docs = docs::of_type(self.plan, self.id);
        let pairs = || self.fields.iter().zip(&self.names.fields).enumerate();
        let fields = pairs().map(|(index, (field, names))| self.field(index, field, names));
        let setters = pairs().map(|(index, (field, names))| self.setter(index, field, names));
        let constructor = self.constructor();
        let required_struct = self.required_struct();
        // Nothing is required, so the empty value is one.
        let default = constructor.is_empty().then(|| quote!(, Default));
        let new = constructor.is_empty().then(|| {
            quote! {
                /// A value in which nothing is set.
                pub fn new() -> Self {
                    Default::default()
                }
            }
        });
        out.extend(quote! {
            #docs
            #[derive(Clone, Debug, PartialEq #default)]
            #[non_exhaustive]
            pub struct #name { #(#fields)* }

            impl #name {
                #new
                #constructor
                #(#setters)*
            }

            #required_struct
        });
    }
}
