//! Request bodies: what a caller hands over for each media type, and how it becomes a body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::ty::{self, Argument, From};
use super::{Plan, markdown, server};
use crate::ir::{Body, Content, FormField, Operation, Payload, Shape, Style, TypeId};
use crate::names::OperationNames;

/// The argument or setter of a body.
pub(super) struct BodyArgument<'p> {
    plan: &'p Plan<'p>,
    body: &'p Body,
    names: &'p OperationNames,
}

impl<'p> BodyArgument<'p> {
    /// The argument for `body`.
    pub(super) fn new(plan: &'p Plan<'p>, body: &'p Body, names: &'p OperationNames) -> Self {
        Self { plan, body, names }
    }

    /// Its name.
    pub(super) fn name(&self) -> Ident {
        self.names.body.ident()
    }

    /// What it is; `otherwise` where the document does not tell.
    pub(super) fn docs(&self, otherwise: &str) -> Docs {
        let text = self.body.doc.description.as_deref().map(markdown::line);
        match text.filter(|text| !text.is_empty()) {
            Some(text) => Docs::of(text),
            None => Docs::of(otherwise),
        }
    }

    /// The argument with its type, as it stands in a signature.
    pub(super) fn input(&self) -> TokenStream {
        let (name, ty) = (self.name(), self.ty());
        match &self.only().payload {
            _ if self.is_enum() => quote!(#name: impl Into<#ty>),
            Payload::Json(id) | Payload::Form { ty: id, .. } => self.argument(*id).input(),
            Payload::JsonStream(item) => {
                let item = ty::ty(self.plan, *item, From::Outside);
                quote!(#name: impl IntoIterator<Item = #item>)
            }
            Payload::Text | Payload::Bytes => quote!(#name: impl Into<#ty>),
            Payload::Multipart(_) | Payload::AnyMultipart | Payload::Any => quote!(#name: #ty),
        }
    }

    /// Its type where nothing converts.
    pub(super) fn ty(&self) -> TokenStream {
        match &self.names.bodies {
            Some(names) => {
                let name = names.name.ident();
                quote!(#name)
            }
            None => held(self.plan, self.names, 0, self.only()),
        }
    }

    /// The statement that makes the input a value of that type; nothing where it is one.
    pub(super) fn binding(&self) -> TokenStream {
        let (name, ty) = (self.name(), self.ty());
        match &self.only().payload {
            _ if self.is_enum() => quote!(let #name: #ty = #name.into();),
            Payload::Json(id) | Payload::Form { ty: id, .. } => self.argument(*id).binding(),
            Payload::JsonStream(_) => quote!(let #name: #ty = #name.into_iter().collect();),
            Payload::Text | Payload::Bytes => quote!(let #name: #ty = #name.into();),
            Payload::Multipart(_) | Payload::AnyMultipart | Payload::Any => TokenStream::new(),
        }
    }

    /// `call` with the body set.
    pub(super) fn added_to(&self, call: &TokenStream) -> TokenStream {
        let name = self.name();
        if self.is_enum() {
            return quote!(#name.add_to(#call));
        }
        let step = set(self.only(), &name);
        quote!(#call #step)
    }

    /// Whether the argument can be cloned: bytes that may be a stream cannot.
    pub(super) fn is_clone(&self) -> bool {
        !self.is_enum() && self.only().payload != Payload::Bytes
    }

    /// Whether there are several media types.
    fn is_enum(&self) -> bool {
        self.names.bodies.is_some()
    }

    /// The only media type, or the first.
    fn only(&self) -> &'p Content {
        &self.body.contents[0]
    }

    fn argument(&self, ty: TypeId) -> Argument {
        Argument::new(self.plan, ty, From::Outside, &self.names.body)
    }
}

/// The type of what the media type at `index` holds.
fn held(plan: &Plan<'_>, names: &OperationNames, index: usize, content: &Content) -> TokenStream {
    match &content.payload {
        Payload::Json(id) | Payload::Form { ty: id, .. } => ty::ty(plan, *id, From::Outside),
        Payload::JsonStream(item) => {
            let item = ty::ty(plan, *item, From::Outside);
            quote!(Vec<#item>)
        }
        Payload::Multipart(_) => match names.forms.get(&index) {
            Some(form) => {
                let name = form.name.ident();
                quote!(#name)
            }
            None => quote!(runtime::Multipart),
        },
        Payload::AnyMultipart => quote!(runtime::Multipart),
        Payload::Text => quote!(String),
        Payload::Bytes => quote!(runtime::Body),
        Payload::Any => quote!(runtime::Payload),
    }
}

/// The method of a call that sets the body to `value`, which is of the type that the media type
/// holds.
fn set(content: &Content, value: &Ident) -> TokenStream {
    let media_type = &content.media_type;
    match &content.payload {
        Payload::Json(_) if media_type == "application/json" => quote!(.json(&#value)),
        Payload::Json(_) => quote!(.json_as(#media_type, &#value)),
        Payload::JsonStream(_) => quote!(.json_stream(#media_type, &#value)),
        Payload::Form { fields, .. } => {
            let fields = form_fields(fields);
            quote!(.form(&#value, #fields))
        }
        Payload::Multipart(_) => quote!(.multipart(#value.form)),
        Payload::AnyMultipart => quote!(.multipart(#value)),
        Payload::Text => quote!(.body(#media_type, #value.into())),
        Payload::Bytes => quote!(.body(#media_type, #value)),
        Payload::Any => quote!(.payload(#value)),
    }
}

/// The members of a form that are written in a way of their own.
pub(super) fn form_fields(fields: &[FormField]) -> TokenStream {
    if fields.is_empty() {
        return quote!(&[]);
    }
    let fields = fields.iter().map(|field| {
        let name = &field.name;
        let how = server::styled_as(field.styled, (Style::Form, true));
        quote!(runtime::FormField::new(#name) #how)
    });
    quote!(const { &[#(#fields),*] })
}

/// The type of a body of several media types; nothing where there is one.
pub(super) fn tokens(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let Some(bodies) = &names.bodies else {
        return TokenStream::new();
    };
    let name = bodies.name.ident();
    let docs = Docs::of(format!("The body of a [`{}`].", names.request));
    let contents = || {
        operation
            .contents()
            .iter()
            .zip(&bodies.variants)
            .enumerate()
    };
    let variants = contents().map(|(index, (content, variant))| {
        let variant = variant.ident();
        let docs = Docs::of(format!("Sent as {}.", markdown::code(&content.media_type)));
        let ty = held(plan, names, index, content);
        quote!(#docs #variant(#ty),)
    });
    let arms = contents().map(|(_, (content, variant))| {
        let variant = variant.ident();
        let value = Ident::new("value", proc_macro2::Span::call_site());
        let step = set(content, &value);
        quote!(Self::#variant(value) => call #step,)
    });
    let conversions = conversions(plan, operation, names);
    let large = operation
        .contents()
        .iter()
        .any(|content| match &content.payload {
            Payload::Json(ty) | Payload::Form { ty, .. } => is_struct(plan, *ty),
            Payload::JsonStream(_)
            | Payload::Multipart(_)
            | Payload::AnyMultipart
            | Payload::Text
            | Payload::Bytes
            | Payload::Any => false,
        });
    let allow = large.then(|| {
        quote!(#[allow(clippy::large_enum_variant, reason = "a body is moved once, into its call")])
    });
    quote! {
        #docs
        #[derive(Debug)]
        #[non_exhaustive]
        #allow
        pub enum #name { #(#variants)* }

        impl #name {
            fn add_to(self, call: Call) -> Call {
                match self { #(#arms)* }
            }
        }

        #conversions
    }
}

/// Whether values of a type are held in place and may be large.
fn is_struct(plan: &Plan<'_>, id: TypeId) -> bool {
    match &plan.api.ty(id).shape {
        Shape::Struct { .. } => true,
        Shape::Alias(target) | Shape::Nullable(target) => is_struct(plan, *target),
        Shape::Union { .. }
        | Shape::Enum(_)
        | Shape::Newtype(_)
        | Shape::Wrapper(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => false,
    }
}

/// `From` for each type that only one media type holds, or JSON beside forms.
fn conversions(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let Some(bodies) = &names.bodies else {
        return TokenStream::new();
    };
    let name = bodies.name.ident();
    let contents = || operation.contents().iter().enumerate();
    let is_clear = |index: usize, content: &Content| {
        let mut peers = contents()
            .filter(|(at, _)| *at != index)
            .map(|(_, peer)| &peer.payload)
            .filter(|peer| alike(plan, peer, &content.payload));
        match content.payload {
            Payload::Json(_) => peers.all(|peer| matches!(peer, Payload::Form { .. })),
            Payload::Form { .. }
            | Payload::JsonStream(_)
            | Payload::Multipart(_)
            | Payload::AnyMultipart
            | Payload::Text
            | Payload::Bytes
            | Payload::Any => peers.next().is_none(),
        }
    };
    let mut out = TokenStream::new();
    for (index, content) in contents().filter(|(index, content)| is_clear(*index, content)) {
        let variant = bodies.variants[index].ident();
        let ty = held(plan, names, index, content);
        out.extend(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(value)
                }
            }
        });
        if content.payload == Payload::Text {
            out.extend(quote! {
                impl From<&str> for #name {
                    fn from(text: &str) -> Self {
                        Self::#variant(text.to_owned())
                    }
                }
            });
        }
    }
    out
}

/// Whether two payloads are held as one type.
fn alike(plan: &Plan<'_>, a: &Payload, b: &Payload) -> bool {
    use crate::ir::Scalar;
    let ty = |payload: &Payload| match payload {
        Payload::Json(ty) | Payload::Form { ty, .. } => Some(*ty),
        Payload::JsonStream(_)
        | Payload::Multipart(_)
        | Payload::AnyMultipart
        | Payload::Text
        | Payload::Bytes
        | Payload::Any => None,
    };
    match (a, b) {
        (Payload::JsonStream(a), Payload::JsonStream(b)) => return plan.api.same_type(*a, *b),
        (Payload::JsonStream(item), Payload::Json(list))
        | (Payload::Json(list), Payload::JsonStream(item)) => {
            return plan.api.is_list_of(*list, *item);
        }
        (_, _) => {}
    }
    let text = |id: TypeId| plan.api.is_scalar(id, Scalar::String);
    match (ty(a), ty(b)) {
        (Some(a), Some(b)) => plan.api.same_type(a, b),
        (Some(id), None) => *b == Payload::Text && text(id),
        (None, Some(id)) => *a == Payload::Text && text(id),
        // Each form with parts is a type of its own.
        (None, None) => a == b && !matches!(a, Payload::Multipart(_)),
    }
}
