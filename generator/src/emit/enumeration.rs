//! Enumerations: strings with known values, open to others.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::{Plan, markdown};
use crate::ir::{EnumValue, TypeId};

/// The enum of type `id`, its conversions and its serde impls.
pub(super) fn tokens(plan: &Plan<'_>, id: TypeId, values: &[EnumValue]) -> TokenStream {
    let names = &plan.names.types[&id];
    let name = names.name.ident();
    let docs = docs::of_type(plan, id);
    let variants: Vec<_> = names
        .variants
        .iter()
        .map(crate::names::Name::ident)
        .collect();
    let texts: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
    let variant_docs = texts
        .iter()
        .map(|text| Docs::of(format!("The value {}.", markdown::code(text))));
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

/// What every type that is text on the wire has: made from text, printed as text, sent as text.
pub(super) fn conversions(name: &proc_macro2::Ident) -> TokenStream {
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
