//! Enumerations: known values, open to others.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{self, Docs};
use super::{Plan, markdown};
use crate::ir::{EnumValues, TypeId};

/// The enum of type `id`, its conversions and its serde impls.
pub(super) fn tokens(plan: &Plan<'_>, id: TypeId, values: &EnumValues) -> TokenStream {
    match values {
        EnumValues::Texts(texts) => of_texts(plan, id, texts),
        EnumValues::Integers(integers) => of_integers(plan, id, integers),
        EnumValues::Mixed(values) => of_values(plan, id, values),
    }
}

/// The variants of the values in `texts`, with their docs.
fn listed(plan: &Plan<'_>, id: TypeId, texts: &[String]) -> (Vec<Docs>, Vec<Ident>) {
    let docs = texts
        .iter()
        .map(|text| Docs::of(format!("The value {}.", markdown::code(text))));
    let names = plan.names.types[&id].variants.iter();
    (
        docs.collect(),
        names.map(crate::names::Name::ident).collect(),
    )
}

/// An enum of strings.
fn of_texts(plan: &Plan<'_>, id: TypeId, texts: &[String]) -> TokenStream {
    let name = plan.names.types[&id].name.ident();
    let docs = docs::of_type(plan, id);
    let (variant_docs, variants) = listed(plan, id, texts);
    let conversions = conversions(&name);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variants,)*
            /// A value that the document does not list, kept as it was received.
            Unknown(runtime::UnknownValue),
        }

        impl #name {
            /// The values that the document lists.
            pub const KNOWN: &'static [Self] = &[#(Self::#variants),*];

            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                match text {
                    #(#texts => Self::#variants,)*
                    _ => Self::Unknown(runtime::UnknownValue::new(text)),
                }
            }
        }

        #conversions
    }
}

/// An enum of whole numbers.
fn of_integers(plan: &Plan<'_>, id: TypeId, integers: &[i64]) -> TokenStream {
    let name = plan.names.types[&id].name.ident();
    let docs = docs::of_type(plan, id);
    let texts: Vec<String> = integers.iter().map(i64::to_string).collect();
    let (variant_docs, variants) = listed(plan, id, &texts);
    let literals: Vec<Literal> = integers
        .iter()
        .map(|integer| Literal::i64_unsuffixed(*integer))
        .collect();
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variants,)*
            /// A value that the document does not list, kept as it was received.
            Unknown(i64),
        }

        impl #name {
            /// The values that the document lists.
            pub const KNOWN: &'static [Self] = &[#(Self::#variants),*];

            /// The value as it stands on the wire.
            pub fn get(self) -> i64 {
                match self {
                    #(Self::#variants => #literals,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#literals => Self::#variants,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.get().fmt(f)
            }
        }

        impl runtime::ToParameter for #name {
            fn to_parameter(&self) -> runtime::ParameterValue {
                self.get().to_parameter()
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.get())
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::deserialize_integer(deserializer)
            }
        }
    }
}

/// An enum of values of any type.
fn of_values(plan: &Plan<'_>, id: TypeId, values: &[serde_json::Value]) -> TokenStream {
    let name = plan.names.types[&id].name.ident();
    let docs = docs::of_type(plan, id);
    let texts: Vec<String> = values.iter().map(serde_json::Value::to_string).collect();
    let (variant_docs, variants) = listed(plan, id, &texts);
    let literals: Vec<TokenStream> = values.iter().map(literal).collect();
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variants,)*
            /// A value that the document does not list, kept as it was received.
            Unknown(runtime::Value),
        }

        impl #name {
            /// The values that the document lists.
            pub const KNOWN: &'static [Self] = &[#(Self::#variants),*];

            /// The value as it stands on the wire.
            pub fn to_value(&self) -> runtime::Value {
                match self {
                    #(Self::#variants => #literals,)*
                    Self::Unknown(value) => value.clone(),
                }
            }
        }

        impl From<runtime::Value> for #name {
            fn from(value: runtime::Value) -> Self {
                let known = Self::KNOWN.iter().find(|known| known.to_value() == value);
                known.cloned().unwrap_or(Self::Unknown(value))
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_value().serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::deserialize_value(deserializer)
            }
        }
    }
}

/// An expression for a listed value. One with parts is read from its text: lists and objects are
/// rare in enumerations.
fn literal(value: &serde_json::Value) -> TokenStream {
    use serde_json::Value;
    match value {
        Value::Null => quote!(runtime::Value::Null),
        Value::Bool(value) => quote!(runtime::Value::Bool(#value)),
        Value::String(text) => quote!(runtime::Value::from(#text)),
        Value::Number(number) => {
            let literal = match (number.as_i64(), number.as_u64()) {
                (Some(integer), _) => Literal::i64_suffixed(integer),
                (None, Some(integer)) => Literal::u64_suffixed(integer),
                (None, None) => {
                    let float = number.as_f64().filter(|float| float.is_finite());
                    Literal::f64_suffixed(float.unwrap_or_default())
                }
            };
            quote!(runtime::Value::from(#literal))
        }
        Value::Array(items) => {
            let items = items.iter().map(literal);
            quote!(runtime::Value::Array(vec![#(#items),*]))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = literal(value);
                quote!((String::from(#key), #value))
            });
            quote!(runtime::Value::Object([#(#members),*].into_iter().collect()))
        }
    }
}

/// What every type that is text on the wire has: made from text, printed as text, sent as text.
pub(super) fn conversions(name: &Ident) -> TokenStream {
    quote! {
        impl From<String> for #name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl runtime::ToParameter for #name {
            fn to_parameter(&self) -> runtime::ParameterValue {
                self.as_str().to_parameter()
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::deserialize_text(deserializer)
            }
        }
    }
}
