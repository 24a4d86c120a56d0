//! Forms with parts: what a caller hands over for a multipart body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{self, Docs};
use super::ty::{self, Argument, From};
use super::{Plan, markdown};
use crate::ir::{Operation, Part, PartKind, Payload, Scalar, TypeId};
use crate::names::{FormNames, MAX_POSITIONAL, Name, OperationNames};
use crate::passes::is_parameter;

/// The media type of a file that says none.
const BYTES: &str = "application/octet-stream";

/// The forms of the bodies of an operation.
pub(super) fn tokens(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let mut out = TokenStream::new();
    for (index, content) in operation.contents().iter().enumerate() {
        if let Payload::Multipart(parts) = &content.payload
            && let Some(form) = names.forms.get(&index)
        {
            out.extend(form_tokens(plan, names, parts, form));
        }
    }
    out
}

fn form_tokens(
    plan: &Plan<'_>,
    operation: &OperationNames,
    parts: &[Part],
    names: &FormNames,
) -> TokenStream {
    let name = names.name.ident();
    let docs = Docs::of(format!(
        "The parts of the body of a [`{}`].",
        operation.request
    ));
    let constructor = constructor(plan, parts, names);
    let mut setters = TokenStream::new();
    for (index, part) in parts.iter().enumerate() {
        if !part.required {
            setters.extend(setter(plan, part, &names.parts[index]));
        }
        for (at, header) in part.headers.iter().enumerate() {
            setters.extend(header_setter(part, header, &names.headers[&(index, at)]));
        }
    }
    let default = parts.iter().all(|part| !part.required).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let required = required_struct(plan, parts, names);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a form is sent as the body of a request"]
        pub struct #name {
            form: runtime::Multipart,
        }

        impl #name {
            #constructor
            #setters
        }

        #default

        #required
    }
}

/// The required parts, in the order of their names, so that moving one in the document changes
/// nothing.
pub(super) fn required<'p>(parts: &'p [Part], names: &'p FormNames) -> Vec<(&'p Part, &'p Name)> {
    let mut required: Vec<_> = parts
        .iter()
        .zip(&names.parts)
        .filter(|(part, _)| part.required)
        .collect();
    required.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    required
}

fn constructor(plan: &Plan<'_>, parts: &[Part], names: &FormNames) -> TokenStream {
    let required = required(parts, names);
    // They are sent in the order of the document.
    let steps = parts
        .iter()
        .zip(&names.parts)
        .filter(|(part, _)| part.required)
        .map(|(part, name)| step(plan, part, &name.ident()));
    let form = quote!(Self { form: runtime::Multipart::new() #(#steps)* });
    if required.is_empty() {
        return quote! {
            /// A form without parts.
            pub fn new() -> Self {
                #form
            }
        };
    }
    if let Some(name) = &names.required {
        let name = name.ident();
        let fields = required.iter().map(|(_, name)| name.ident());
        return quote! {
            /// A form with the parts that are required.
            pub fn new(required: #name) -> Self {
                let #name { #(#fields),* } = required;
                #form
            }
        };
    }
    let mut docs = Docs::of("A form with the parts that are required.");
    docs.list(required.iter().filter_map(|(part, name)| {
        let text = part.doc.description.as_deref().map(markdown::line)?;
        Some(format!("`{}`: {text}", name.plain()))
    }));
    let inputs = required.iter().map(|(part, name)| input(plan, part, name));
    let bindings = required
        .iter()
        .map(|(part, name)| binding(plan, part, name));
    quote! {
        #docs
        pub fn new(#(#inputs),*) -> Self {
            #(#bindings)*
            #form
        }
    }
}

fn setter(plan: &Plan<'_>, part: &Part, name: &Name) -> TokenStream {
    let docs = part_docs(plan, part, "Sets the part");
    let input = input(plan, part, name);
    let binding = binding(plan, part, name);
    let name = name.ident();
    let step = step(plan, part, &name);
    let key = &part.name;
    let deprecated = part.doc.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #input) -> Self {
            #binding
            self.form = self.form.without(#key) #step;
            self
        }
    }
}

fn header_setter(part: &Part, header: &str, name: &Name) -> TokenStream {
    let docs = Docs::of(format!(
        "Sets the header {} of the part {}.",
        markdown::code(header),
        markdown::code(&part.name)
    ));
    let (part, name) = (&part.name, name.ident());
    quote! {
        #docs
        pub fn #name(mut self, value: &str) -> Self {
            self.form = self.form.header(#part, #header, value);
            self
        }
    }
}

/// The struct of the required parts, of a form with many.
fn required_struct(plan: &Plan<'_>, parts: &[Part], names: &FormNames) -> TokenStream {
    let Some(name) = &names.required else {
        return TokenStream::new();
    };
    debug_assert!(required(parts, names).len() > MAX_POSITIONAL);
    let name = name.ident();
    let docs = Docs::of(format!("The parts that a [`{}`] has to have.", names.name));
    let fields = required(parts, names).into_iter().map(|(part, name)| {
        let docs = part_docs(plan, part, "The part");
        let (name, ty) = (name.ident(), held(plan, part));
        quote!(#docs pub #name: #ty,)
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name { #(#fields)* }
    }
}

/// The docs of a part, beginning with `verb` where the document does not tell what it is.
fn part_docs(plan: &Plan<'_>, part: &Part, verb: &str) -> Docs {
    let mut docs = Docs::default();
    docs::prose_of(&mut docs, &part.doc);
    if docs.is_empty() {
        let name = markdown::code(&part.name);
        docs = Docs::of(format!("{verb} {name}."));
    }
    let mut facts = match part.kind {
        PartKind::Text(ty) => docs::constraints_through(plan, ty),
        PartKind::File | PartKind::Json(_) => Vec::new(),
    };
    if let Some(content_type) = &part.content_type {
        facts.push(format!("Media type: {}.", markdown::code(content_type)));
    }
    docs.list(facts);
    docs::deprecation(&mut docs, &part.doc);
    docs
}

/// The type of a part where nothing converts.
fn held(plan: &Plan<'_>, part: &Part) -> TokenStream {
    let one = match part.kind {
        PartKind::File => quote!(runtime::File),
        PartKind::Text(ty) | PartKind::Json(ty) => ty::ty(plan, ty, From::Outside),
    };
    match part.many {
        true => quote!(Vec<#one>),
        false => one,
    }
}

/// A part as it stands in a signature.
fn input(plan: &Plan<'_>, part: &Part, name: &Name) -> TokenStream {
    let (ident, ty) = (name.ident(), held(plan, part));
    match (part.kind, part.many) {
        (PartKind::File, true) => quote!(#ident: impl IntoIterator<Item = runtime::File>),
        (PartKind::File, false) => quote!(#ident: impl Into<#ty>),
        (PartKind::Text(_) | PartKind::Json(_), true) => quote!(#ident: impl Into<#ty>),
        (PartKind::Text(id) | PartKind::Json(id), false) => argument(plan, id, name).input(),
    }
}

/// The statement that makes the input a value of its type; nothing where it is one, or needs not be.
fn binding(plan: &Plan<'_>, part: &Part, name: &Name) -> TokenStream {
    let (ident, ty) = (name.ident(), held(plan, part));
    match (part.kind, part.many) {
        (PartKind::File, true) => TokenStream::new(),
        (PartKind::File, false) | (PartKind::Text(_) | PartKind::Json(_), true) => {
            quote!(let #ident: #ty = #ident.into();)
        }
        (PartKind::Text(id) | PartKind::Json(id), false) => argument(plan, id, name).binding(),
    }
}

fn argument(plan: &Plan<'_>, ty: TypeId, name: &Name) -> Argument {
    Argument::new(plan, ty, From::Outside, name)
}

/// The method of a form that adds the part.
fn step(plan: &Plan<'_>, part: &Part, value: &Ident) -> TokenStream {
    let name = &part.name;
    let media_type = concrete(part);
    match part.kind {
        PartKind::File => {
            let media_type = media_type.unwrap_or(BYTES);
            match part.many {
                true => quote!(.files(#name, #media_type, #value)),
                false => quote!(.file(#name, #media_type, #value)),
            }
        }
        PartKind::Json(_) => {
            let media_type = media_type.unwrap_or("application/json");
            quote!(.json(#name, #media_type, &#value))
        }
        PartKind::Text(ty) => match media_type {
            Some(media_type) if !part.many && plan.api.is_scalar(ty, Scalar::String) => {
                quote!(.typed_text(#name, #media_type, #value))
            }
            Some(_) | None if is_parameter(plan.api, ty) => quote!(.text(#name, &#value)),
            Some(_) | None => quote!(.text(#name, &runtime::Serialized(&#value))),
        },
    }
}

/// The media type of a part, where the document names one that can be sent.
fn concrete(part: &Part) -> Option<&str> {
    let media_type = part.content_type.as_deref()?;
    (!media_type.contains(['*', ','])).then_some(media_type)
}
