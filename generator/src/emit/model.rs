//! Structs: what a reader wants of an object with known properties.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Plan;
use super::docs::{self, Docs};
use super::ty::{self, Argument, From};
use crate::ir::{Field, Fixed, Presence, TypeId};
use crate::names::{FieldNames, MAX_POSITIONAL, TypeNames};

/// A struct with its constructor and setters.
pub(super) struct Model<'a> {
    plan: &'a Plan<'a>,
    id: TypeId,
    names: &'a TypeNames,
    fields: &'a [Field],
    /// The type of properties that are not listed, where they are kept.
    rest: Option<TypeId>,
}

impl<'a> Model<'a> {
    /// The struct of type `id`.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        id: TypeId,
        fields: &'a [Field],
        rest: Option<TypeId>,
    ) -> Self {
        Self {
            plan,
            id,
            names: &plan.names.types[&id],
            fields,
            rest,
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

    /// The fields that `new` asks for, in the order of their keys, so that moving a property in the
    /// document changes nothing.
    fn required(&self) -> Vec<(usize, &Field, &FieldNames)> {
        let mut required: Vec<_> = self
            .fields
            .iter()
            .zip(&self.names.fields)
            .enumerate()
            .map(|(index, (field, names))| (index, field, names))
            .filter(|(_, field, _)| self.plan.api.is_argument(field))
            .collect();
        required.sort_by(|(_, a, _), (_, b, _)| a.key.cmp(&b.key));
        required
    }

    /// The values of the fields that `new` does not ask for.
    fn unset(&self) -> Vec<TokenStream> {
        let fields = self.fields.iter().zip(&self.names.fields).enumerate();
        let mut unset: Vec<TokenStream> = fields
            .filter(|(_, (field, _))| !self.plan.api.is_argument(field))
            .map(|(index, (field, names))| {
                let name = names.field.ident();
                let value = self.unset_value(index, field);
                quote!(#name: #value,)
            })
            .collect();
        if let Some(rest) = &self.names.rest {
            let name = rest.ident();
            unset.push(quote!(#name: std::collections::BTreeMap::new(),));
        }
        unset
    }

    /// What a field holds that nobody has set.
    fn unset_value(&self, index: usize, field: &Field) -> TokenStream {
        let value = match self.plan.api.fixed(field) {
            Some(Fixed::Text(text)) => quote!(#text.into()),
            Some(Fixed::Variant(id)) => {
                let names = &self.plan.names.types[&id];
                let (name, variant) = (names.name.ident(), names.variants[0].ident());
                quote!(super::#name::#variant)
            }
            None if field.presence == Presence::OptionalNullable => {
                return quote!(runtime::Patch::Absent);
            }
            None => return quote!(None),
        };
        match self.boxed(index) {
            true => quote!(Box::new(#value)),
            false => value,
        }
    }

    fn constructor(&self) -> TokenStream {
        let required = self.required();
        let unset = self.unset();
        if required.is_empty() {
            return quote! {
                /// A value in which nothing is set but what has one value only.
                pub fn new() -> Self {
                    Self { #(#unset)* }
                }
            };
        }
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
        let value = match field.presence {
            Presence::OptionalNullable => quote!(runtime::Patch::Value(#value)),
            Presence::Required | Presence::Optional | Presence::Nullable => quote!(Some(#value)),
        };
        let docs = Docs::of(format!("Sets [`{0}`](Self::{0}).", names.field.plain()));
        let deprecated = field.doc.deprecated.then(|| quote!(#[deprecated]));
        let null = self.null_setter(field, names);
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #input) -> Self {
                self.#name = #value;
                self
            }

            #null
        }
    }

    /// The setter that makes a field null where it might as well be absent.
    fn null_setter(&self, field: &Field, names: &FieldNames) -> TokenStream {
        let Some(null) = &names.null else {
            return TokenStream::new();
        };
        let (name, null) = (names.field.ident(), null.ident());
        let docs = Docs::of(format!(
            "Sets [`{0}`](Self::{0}) to null, which is not the same as leaving it out.",
            names.field.plain()
        ));
        let deprecated = field.doc.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #null(mut self) -> Self {
                self.#name = runtime::Patch::Null;
                self
            }
        }
    }

    /// The field of properties that are not listed.
    fn rest_field(&self) -> TokenStream {
        let (Some(rest), Some(name)) = (self.rest, &self.names.rest) else {
            return TokenStream::new();
        };
        let name = name.ident();
        let ty = ty::ty(self.plan, rest, From::Types);
        quote! {
            /// Properties that are not listed here, by their keys.
            pub #name: std::collections::BTreeMap<String, #ty>,
        }
    }
}

impl ToTokens for Model<'_> {
    fn to_tokens(&self, out: &mut TokenStream) {
        let name = self.names.name.ident();
        let docs = docs::of_type(self.plan, self.id);
        let pairs = || self.fields.iter().zip(&self.names.fields).enumerate();
        let fields = pairs().map(|(index, (field, names))| self.field(index, field, names));
        let rest = self.rest_field();
        let setters = pairs().map(|(index, (field, names))| self.setter(index, field, names));
        let required_struct = self.required_struct();
        let empty = self.required().is_empty();
        // Nothing is required and nothing fixed, so the empty value is one.
        let derived = empty
            && !self
                .fields
                .iter()
                .any(|field| field.presence == Presence::Required);
        let default = derived.then(|| quote!(, Default));
        let constructor = match derived {
            true => quote! {
                /// A value in which nothing is set.
                pub fn new() -> Self {
                    Default::default()
                }
            },
            false => self.constructor(),
        };
        let default_impl = (empty && !derived).then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        out.extend(quote! {
            #docs
            #[derive(Clone, Debug, PartialEq #default)]
            #[non_exhaustive]
            pub struct #name { #(#fields)* #rest }

            impl #name {
                #constructor
                #(#setters)*
            }

            #default_impl

            #required_struct
        });
    }
}
