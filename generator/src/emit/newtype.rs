//! Newtypes: scalars with a name of their own, so that one cannot be taken for another.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Plan, docs, ty};
use crate::ir::{Scalar, TypeId};

/// The newtype of type `id`, its conversions and its serde impls.
pub(super) fn tokens(plan: &Plan<'_>, id: TypeId, scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => text(plan, id),
        Scalar::Bool | Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64 => {
            number(plan, id, scalar, &quote!(Eq, PartialOrd, Ord, Hash))
        }
        Scalar::F32 | Scalar::F64 => number(plan, id, scalar, &quote!(PartialOrd)),
        Scalar::Number
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Time
        | Scalar::Duration
        | Scalar::Uuid
        | Scalar::Decimal
        | Scalar::Uri
        | Scalar::Base64
        | Scalar::Secret => around(plan, id, scalar),
    }
}

/// A newtype over a scalar of the runtime: it is made of whatever that is made of.
fn around(plan: &Plan<'_>, id: TypeId, scalar: Scalar) -> TokenStream {
    let name = plan.names.types[&id].name.ident();
    let docs = docs::of_type(plan, id);
    let inner = ty::scalar(scalar, &quote!(runtime));
    let display = (scalar != Scalar::Secret).then(|| {
        quote! {
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(f)
                }
            }
        }
    });
    let text = scalar.is_text().then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(text: &str) -> Self {
                    Self(text.into())
                }
            }

            impl From<String> for #name {
                fn from(text: String) -> Self {
                    Self(text.into())
                }
            }
        }
    });
    let integer = (scalar == Scalar::Number).then(|| {
        quote! {
            impl From<i64> for #name {
                fn from(integer: i64) -> Self {
                    Self(integer.into())
                }
            }
        }
    });
    let wire = match scalar {
        Scalar::Secret => wire(&name, &quote!(<#inner>)),
        _ => wire(&name, &inner),
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct #name(pub #inner);

        #text

        #integer

        impl From<#inner> for #name {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }

        #display

        impl runtime::ToParameter for #name {
            fn to_parameter(&self) -> runtime::ParameterValue {
                self.0.to_parameter()
            }
        }

        #wire
    }
}

/// A type of its own around another one that holds it: a list of itself.
pub(super) fn wrapper(plan: &Plan<'_>, id: TypeId, target: TypeId) -> TokenStream {
    let name = plan.names.types[&id].name.ident();
    let docs = docs::of_type(plan, id);
    let inner = ty::ty(plan, target, ty::From::Types);
    let wire = wire(&name, &quote!(<#inner>));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name(pub #inner);

        impl From<#inner> for #name {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }

        #wire
    }
}

/// Serde impls of a newtype: those of what is in it.
fn wire(name: &proc_macro2::Ident, inner: &TokenStream) -> TokenStream {
    quote! {
        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #inner::deserialize(deserializer).map(Self)
            }
        }
    }
}

/// A newtype over text.
fn text(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    let name = plan.names.types[&id].name.ident();
    let docs = docs::of_type(plan, id);
    let wire = wire(&name, &quote!(String));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(String);

        impl #name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, without a copy.
            pub fn into_inner(self) -> String {
                self.0
            }
        }

        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for #name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<#name> for String {
            fn from(value: #name) -> Self {
                value.0
            }
        }

        impl AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl runtime::ToParameter for #name {
            fn to_parameter(&self) -> runtime::ParameterValue {
                self.0.to_parameter()
            }
        }

        #wire
    }
}

/// A newtype over a number or a truth value.
fn number(plan: &Plan<'_>, id: TypeId, scalar: Scalar, traits: &TokenStream) -> TokenStream {
    let name = plan.names.types[&id].name.ident();
    let docs = docs::of_type(plan, id);
    let inner = ty::scalar(scalar, &quote!(runtime));
    let wire = wire(&name, &inner);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, #traits)]
        pub struct #name(pub #inner);

        impl From<#inner> for #name {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }

        impl From<#name> for #inner {
            fn from(value: #name) -> Self {
                value.0
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl runtime::ToParameter for #name {
            fn to_parameter(&self) -> runtime::ParameterValue {
                self.0.to_parameter()
            }
        }

        #wire
    }
}
