//! Types as they are written: in fields, arguments and replies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Plan, docs};
use crate::ir::{Naming, Presence, Scalar, Shape, TypeId};
use crate::names::Name;

/// The code that a type is written in: decides how the way to other types begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A file of `types`.
    Types,
    /// A file of `operations`, or `client.rs`, which import `types`.
    Outside,
    /// An example, which knows the crate by its name and imports `types`.
    Example,
}

/// The type `id` as it is written.
pub(super) fn ty(plan: &Plan<'_>, id: TypeId, from: From) -> TokenStream {
    let def = plan.api.ty(id);
    if let Naming::Item { .. } = def.naming
        && let Some(names) = plan.names.types.get(&id)
    {
        let name = names.name.ident();
        return match from {
            From::Types => quote!(super::#name),
            From::Outside | From::Example => quote!(types::#name),
        };
    }
    match &def.shape {
        Shape::Array(item) => {
            let item = ty(plan, *item, from);
            quote!(Vec<#item>)
        }
        Shape::Tuple(items) => {
            let items = items.iter().map(|item| ty(plan, *item, from));
            quote!((#(#items,)*))
        }
        Shape::Map(value) => {
            let value = ty(plan, *value, from);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Shape::Nullable(inner) => {
            let inner = ty(plan, *inner, from);
            quote!(Option<#inner>)
        }
        Shape::Scalar(scalar) => self::scalar(*scalar, &runtime(plan, from)),
        Shape::Alias(target) => ty(plan, *target, from),
        // The others are items and have a name; `Any` is what is left.
        Shape::Any
        | Shape::Struct { .. }
        | Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Wrapper(_) => {
            let runtime = runtime(plan, from);
            quote!(#runtime::Value)
        }
    }
}

/// The way to the runtime.
fn runtime(plan: &Plan<'_>, from: From) -> TokenStream {
    match from {
        From::Types | From::Outside => quote!(runtime),
        From::Example => {
            let library = proc_macro2::Ident::new(
                &plan.options.library_name(),
                proc_macro2::Span::call_site(),
            );
            quote!(#library::runtime)
        }
    }
}

/// A scalar as it is written, where the runtime is at `runtime`.
pub(super) fn scalar(scalar: Scalar, runtime: &TokenStream) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::U32 => quote!(u32),
        Scalar::U64 => quote!(u64),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        Scalar::Number => quote!(#runtime::Number),
        Scalar::String => quote!(String),
        Scalar::DateTime => quote!(#runtime::DateTime),
        Scalar::Date => quote!(#runtime::Date),
        Scalar::Time => quote!(#runtime::Time),
        Scalar::Duration => quote!(#runtime::Duration),
        Scalar::Uuid => quote!(#runtime::Uuid),
        Scalar::Decimal => quote!(#runtime::Decimal),
        Scalar::Uri => quote!(#runtime::Uri),
        Scalar::Base64 => quote!(#runtime::Base64),
        Scalar::Secret => quote!(#runtime::Secret<String>),
    }
}

/// The type of a field with its presence and box.
pub(super) fn field(inner: TokenStream, presence: Presence, boxed: bool) -> TokenStream {
    let inner = if boxed { quote!(Box<#inner>) } else { inner };
    match presence {
        Presence::Required => inner,
        Presence::Optional | Presence::Nullable => quote!(Option<#inner>),
        Presence::OptionalNullable => quote!(runtime::Patch<#inner>),
    }
}

/// Whether a union holds a type in a box: structs and unions and tuples of these, so that no property
/// that is added to one changes how it is held, and no recursion is without end.
pub(super) fn is_boxed_in_union(plan: &Plan<'_>, id: TypeId) -> bool {
    let item = |id: &TypeId| match plan.api.ty(*id).shape {
        Shape::Nullable(inner) => is_boxed_in_union(plan, inner),
        _ => is_boxed_in_union(plan, *id),
    };
    match &plan.api.ty(id).shape {
        Shape::Struct { .. } | Shape::Union { .. } => true,
        Shape::Alias(target) => is_boxed_in_union(plan, *target),
        Shape::Tuple(items) => items.iter().any(item),
        Shape::Enum(_)
        | Shape::Newtype(_)
        | Shape::Wrapper(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => false,
    }
}

/// The type as a variant of an enum holds it: what is boxed there is so within an option as well.
pub(super) fn payload(plan: &Plan<'_>, id: TypeId, from: From) -> TokenStream {
    let def = plan.api.ty(id);
    match (&def.naming, &def.shape) {
        (Naming::Anonymous, Shape::Alias(target)) => payload(plan, *target, from),
        (Naming::Anonymous, Shape::Nullable(inner)) => {
            let inner = payload(plan, *inner, from);
            quote!(Option<#inner>)
        }
        _ => {
            let ty = ty(plan, id, from);
            match is_boxed_in_union(plan, id) {
                true => quote!(Box<#ty>),
                false => ty,
            }
        }
    }
}

/// How a value is handed over: as anything that converts into it where people write literals, as
/// itself elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    name: Ident,
    ty: TokenStream,
    converts: bool,
    is_string: bool,
}

impl Argument {
    /// The argument `name` for a value of type `id`.
    pub(super) fn new(plan: &Plan<'_>, id: TypeId, from: From, name: &Name) -> Self {
        Self {
            name: name.ident(),
            ty: ty(plan, id, from),
            converts: converts(plan, id),
            is_string: plan.api.ty(id).shape == Shape::Scalar(Scalar::String),
        }
    }

    /// The argument with its type, as it stands in a signature.
    pub(super) fn input(&self) -> TokenStream {
        let Self { name, ty, .. } = self;
        if self.converts {
            quote!(#name: impl Into<#ty>)
        } else {
            quote!(#name: #ty)
        }
    }

    /// The value, where its type is known.
    pub(super) fn value(&self) -> TokenStream {
        let name = &self.name;
        if self.converts {
            quote!(#name.into())
        } else {
            quote!(#name)
        }
    }

    /// The value as the field of a struct literal, in a box if that is asked for.
    pub(super) fn field(&self, boxed: bool) -> TokenStream {
        let (name, value) = (&self.name, self.value());
        match (boxed, self.converts) {
            (true, _) => quote!(#name: Box::new(#value),),
            (false, true) => quote!(#name: #value,),
            (false, false) => quote!(#name,),
        }
    }

    /// The statement that makes the argument a value of its type; nothing where it is one.
    pub(super) fn binding(&self) -> TokenStream {
        let Self { name, ty, .. } = self;
        if self.converts {
            quote!(let #name: #ty = #name.into();)
        } else {
            TokenStream::new()
        }
    }

    /// The value as text for a `impl Into<String>`, with the statement that has to come before.
    pub(super) fn text(&self) -> (TokenStream, TokenStream) {
        let name = &self.name;
        if self.is_string {
            return (TokenStream::new(), quote!(#name));
        }
        (self.binding(), quote!(#name.to_string()))
    }
}

/// Whether people hand over something else than the type itself: text, arrays, JSON, a variant.
fn converts(plan: &Plan<'_>, id: TypeId) -> bool {
    match &plan.api.ty(id).shape {
        Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Wrapper(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Any => true,
        Shape::Scalar(scalar) => scalar.is_text() || *scalar == Scalar::Number,
        Shape::Alias(target) => converts(plan, *target),
        Shape::Struct { .. } | Shape::Tuple(_) | Shape::Map(_) => false,
    }
}

/// The item of a named list, map or free-form value.
pub(super) fn alias(plan: &Plan<'_>, id: TypeId, target: TypeId) -> TokenStream {
    let Some(names) = plan.names.types.get(&id) else {
        return TokenStream::new();
    };
    let name = names.name.ident();
    let docs = docs::of_type(plan, id);
    let target = ty(plan, target, From::Types);
    quote! {
        #docs
        pub type #name = #target;
    }
}
