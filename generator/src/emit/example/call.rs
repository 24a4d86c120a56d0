//! Calls of examples: the arguments of a method.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::super::{Plan, form};
use super::value::needs_into;
use super::{DEPTH, library, typed, value};
use crate::ir::{Content, Operation, Part, PartKind, Payload, TypeId};
use crate::names::{FormNames, OperationNames};

/// A text that stands for any other.
const TEXT: &str = "\u{2026}";

/// The arguments of a call, with the statement that has to come before.
pub(super) struct Call {
    /// The statement; nothing where the arguments are short.
    pub(super) body: TokenStream,
    /// The arguments.
    pub(super) inputs: Vec<TokenStream>,
    /// What is imported for them, beside `types`.
    pub(super) uses: Vec<TokenStream>,
}

/// A call of an operation; nothing where a value would go too deep.
pub(super) fn of(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> Option<Call> {
    let library = library(plan);
    let named = names.required.as_ref();
    let mut uses = Vec::new();
    let mut inputs = Vec::new();
    let mut fields = Vec::new();
    for (index, parameter) in operation.arguments() {
        let value = match named {
            Some(_) => owned(plan, parameter.ty, None)?,
            None => value(plan, parameter.ty, DEPTH, None)?,
        };
        fields.push(names.parameters[index].ident());
        inputs.push(value);
    }
    let mut body = TokenStream::new();
    if let Some(required) = operation.body.as_ref().filter(|body| body.required) {
        let content = &required.contents[0];
        let is_owned = named.is_some() || names.bodies.is_some();
        let mut value = body_value(plan, content, names, is_owned, &mut uses)?;
        if let Some(bodies) = &names.bodies {
            let (of, variant) = (bodies.name.ident(), bodies.variants[0].ident());
            uses.push(quote!(use #library::operations::#of;));
            value = quote!(#of::#variant(#value));
        }
        let name = names.body.ident();
        fields.push(name.clone());
        if is_short(content) && names.bodies.is_none() {
            inputs.push(value);
        } else {
            body = quote!(let #name = #value;);
            inputs.push(quote!(#name));
        }
    }
    let Some(required) = named else {
        return Some(Call { body, inputs, uses });
    };
    let required = required.ident();
    let fields =
        fields
            .iter()
            .zip(&inputs)
            .map(|(field, input)| match *field == input.to_string() {
                true => quote!(#field),
                false => quote!(#field: #input),
            });
    uses.push(quote!(use #library::operations::#required;));
    let required = quote!(#required { #(#fields),* });
    Some(Call {
        body,
        inputs: vec![required],
        uses,
    })
}

/// A value of a media type; of the very type that it holds where `is_owned`.
fn body_value(
    plan: &Plan<'_>,
    content: &Content,
    names: &OperationNames,
    is_owned: bool,
    uses: &mut Vec<TokenStream>,
) -> Option<TokenStream> {
    let library = library(plan);
    let example = content.example.as_ref();
    Some(match &content.payload {
        Payload::Json(ty) | Payload::Form { ty, .. } => match is_owned {
            true => owned(plan, *ty, example)?,
            false => value(plan, *ty, DEPTH, example)?,
        },
        Payload::JsonStream(item) => {
            let item = owned(plan, *item, example)?;
            match names.bodies {
                Some(_) => quote!(vec![#item]),
                None => quote!([#item]),
            }
        }
        Payload::Multipart(parts) => {
            // A form is of the first media type, whose example this is.
            form_value(plan, parts, names.forms.values().next()?, uses)?
        }
        Payload::AnyMultipart => {
            uses.push(quote!(use #library::runtime::Multipart;));
            quote!(Multipart::new().text("name", "value"))
        }
        Payload::Text | Payload::Bytes => match is_owned {
            true => quote!(#TEXT.into()),
            false => quote!(#TEXT),
        },
        Payload::Any => {
            uses.push(quote!(use #library::runtime::Payload;));
            quote!(Payload::new("text/plain", #TEXT))
        }
    })
}

/// A form with its required parts.
fn form_value(
    plan: &Plan<'_>,
    parts: &[Part],
    names: &FormNames,
    uses: &mut Vec<TokenStream>,
) -> Option<TokenStream> {
    let library = library(plan);
    let name = names.name.ident();
    let required = form::required(parts, names);
    uses.push(quote!(use #library::operations::#name;));
    if required.iter().any(|(part, _)| part.kind == PartKind::File) {
        uses.push(quote!(use #library::runtime::File;));
    }
    if let Some(of) = &names.required {
        let of = of.ident();
        uses.push(quote!(use #library::operations::#of;));
        let mut fields = Vec::new();
        for (part, name) in required {
            let (name, value) = (name.ident(), part_value(plan, part, true)?);
            fields.push(quote!(#name: #value));
        }
        return Some(quote!(#name::new(#of { #(#fields),* })));
    }
    let mut inputs = Vec::new();
    for (part, _) in required {
        inputs.push(part_value(plan, part, false)?);
    }
    Some(quote!(#name::new(#(#inputs),*)))
}

/// A value of a part; of the very type that it holds where `is_owned`.
fn part_value(plan: &Plan<'_>, part: &Part, is_owned: bool) -> Option<TokenStream> {
    let one = match part.kind {
        PartKind::File => quote!(File::new(#TEXT).name("example.txt")),
        PartKind::Text(ty) | PartKind::Json(ty) => match (part.many, is_owned) {
            (_, true) => owned(plan, ty, None)?,
            (true, false) => {
                let value = value(plan, ty, DEPTH, None)?;
                match needs_into(plan, ty) {
                    true => {
                        let ty = typed(plan, ty);
                        quote!(<#ty>::from(#value))
                    }
                    false => value,
                }
            }
            (false, false) => value(plan, ty, DEPTH, None)?,
        },
    };
    Some(match (part.many, is_owned) {
        (true, true) => quote!(vec![#one]),
        (true, false) => quote!([#one]),
        (false, _) => one,
    })
}

/// Whether what people write for a media type is one literal.
fn is_short(content: &Content) -> bool {
    match content.payload {
        Payload::Text | Payload::Bytes => true,
        Payload::Json(_)
        | Payload::JsonStream(_)
        | Payload::Form { .. }
        | Payload::Multipart(_)
        | Payload::AnyMultipart
        | Payload::Any => false,
    }
}

/// An expression that becomes the very type, where that is known from its place.
fn owned(plan: &Plan<'_>, id: TypeId, example: Option<&Value>) -> Option<TokenStream> {
    let value = value(plan, id, DEPTH, example)?;
    Some(match needs_into(plan, id) {
        true => quote!(#value.into()),
        false => value,
    })
}
