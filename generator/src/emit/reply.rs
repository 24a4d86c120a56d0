//! Replies: how each documented status is read, and the types of successes and errors.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{self, Docs};
use super::ty::{self, From};
use super::{Plan, markdown};
use crate::ir::{Operation, Reply, ReplyBody, Status, Success, TypeId};
use crate::names::{OperationNames, ReplyNames};

/// The type that a success holds.
pub(super) fn success_type(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    match &names.replies {
        Some(replies) => {
            let name = replies.name.ident();
            quote!(#name)
        }
        None => {
            let successes = plan.api.successes(operation);
            success_body(plan, successes.first().and_then(|success| success.body))
        }
    }
}

/// The body of a reply as it is written.
fn body_type(plan: &Plan<'_>, body: Option<ReplyBody>) -> TokenStream {
    match body {
        None => quote!(()),
        Some(ReplyBody::Json(ty)) => ty::ty(plan, ty, From::Outside),
        Some(ReplyBody::Text) => quote!(String),
        Some(ReplyBody::Bytes) => quote!(runtime::Bytes),
        Some(ReplyBody::Events(ty)) => {
            let ty = ty::ty(plan, ty, From::Outside);
            quote!(runtime::EventStream<#ty>)
        }
        Some(ReplyBody::TextEvents) => quote!(runtime::EventStream<String>),
        Some(ReplyBody::JsonLines(ty) | ReplyBody::JsonSequence(ty)) => {
            let ty = ty::ty(plan, ty, From::Outside);
            quote!(runtime::JsonStream<#ty>)
        }
    }
}

/// The body of a success as it is written: bytes come as a stream.
fn success_body(plan: &Plan<'_>, body: Option<ReplyBody>) -> TokenStream {
    match body {
        Some(ReplyBody::Bytes) => quote!(runtime::ByteStream),
        Some(_) | None => body_type(plan, body),
    }
}

/// The body of `send`: one arm per documented status, exact ones first, then ranges.
pub(super) fn send(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let successes = plan.api.successes(operation);
    // Of a reply that may be a stream the head comes first, and what is no stream is read as a whole.
    let (send, reply_read) = match plan.api.is_streamed(operation) {
        true => (quote!(open), quote!(reply.read().await?)),
        false => (quote!(send), quote!(reply)),
    };
    let mut replies: Vec<(usize, &Reply)> = operation.replies.iter().enumerate().collect();
    replies.sort_by_key(|(_, reply)| reply.status);
    let mut arms: Vec<Arm> = Vec::new();
    let mut rest = quote!(Err(#reply_read.unexpected()));
    for (index, reply) in replies {
        let is_success = successes.iter().any(|success| success.reply == index);
        let (pattern, success_pattern) = match reply.status {
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                (quote!(#code), quote!(#code))
            }
            Status::Range(hundred) => {
                let range = range(operation, hundred);
                (range.clone(), range)
            }
            Status::Default => (quote!(_), quote!(200..=299)),
        };
        if is_success {
            arms.extend(success_arms(
                plan,
                &successes,
                index,
                names,
                &success_pattern,
                &reply_read,
            ));
        }
        if let Some(variant) = names.variants.get(&index) {
            let (error, variant) = (names.error.ident(), variant.ident());
            let read = match reply.error_body() {
                Some(ReplyBody::Bytes) => quote!(bytes_error),
                Some(body) if body.ty().is_some() => quote!(error),
                Some(_) => quote!(text_error),
                None => quote!(empty_error),
            };
            let outcome = quote!(Err(#reply_read.#read(#error::#variant)));
            match reply.status {
                Status::Default => rest = outcome,
                Status::Code(_) | Status::Range(_) => arms.push(Arm {
                    pattern,
                    test: None,
                    outcome,
                }),
            }
        }
    }
    if successes.is_empty() {
        // Nothing is said of what a success holds, so nothing is read.
        arms.push(Arm {
            pattern: quote!(200..=299),
            test: None,
            outcome: quote!(#reply_read.empty()),
        });
    }
    let arms = merged(arms);
    quote! {
        let reply = self.call.#send().await?;
        match reply.status() {
            #(#arms)*
            _ => #rest,
        }
    }
}

/// The statuses with this first digit, without those at either end that have an arm of their own.
fn range(operation: &Operation, hundred: u16) -> TokenStream {
    let documented = |code: &u16| {
        let mut replies = operation.replies.iter();
        replies.any(|reply| reply.status == Status::Code(*code))
    };
    let codes = || hundred * 100..hundred * 100 + 100;
    let least = codes().find(|code| !documented(code));
    let most = codes().rev().find(|code| !documented(code));
    let end = |code: Option<u16>| Literal::u16_unsuffixed(code.unwrap_or(hundred * 100));
    let (least, most) = (end(least), end(most));
    quote!(#least..=#most)
}

/// An arm over the statuses.
struct Arm {
    pattern: TokenStream,
    test: Option<TokenStream>,
    outcome: TokenStream,
}

/// The arms, with neighbours that do the same made one.
fn merged(arms: Vec<Arm>) -> Vec<TokenStream> {
    let mut merged: Vec<Arm> = Vec::new();
    for arm in arms {
        match merged.last_mut() {
            Some(last)
                if last.test.is_none()
                    && arm.test.is_none()
                    && last.outcome.to_string() == arm.outcome.to_string() =>
            {
                let (before, pattern) = (&last.pattern, &arm.pattern);
                last.pattern = quote!(#before | #pattern);
            }
            Some(_) | None => merged.push(arm),
        }
    }
    let arms = merged.into_iter().map(|arm| {
        let Arm {
            pattern,
            test,
            outcome,
        } = arm;
        let test = test.map(|test| quote!(if #test));
        quote!(#pattern #test => #outcome,)
    });
    arms.collect()
}

/// The arms of one documented success: one for each thing that it may hold, by its media type.
fn success_arms(
    plan: &Plan<'_>,
    successes: &[Success<'_>],
    reply: usize,
    names: &OperationNames,
    pattern: &TokenStream,
    reply_read: &TokenStream,
) -> Vec<Arm> {
    let mut kinds: Vec<(usize, &Success<'_>)> = successes
        .iter()
        .enumerate()
        .filter(|(_, success)| success.reply == reply)
        .collect();
    // The last one needs no test. What is more special is tried before what it is a case of, and the
    // one that comes first in the document is taken for a reply that does not tell.
    kinds.sort_by_key(|(index, success)| (breadth(success), std::cmp::Reverse(*index)));
    let last = kinds.len().saturating_sub(1);
    kinds
        .into_iter()
        .enumerate()
        .map(|(at, (index, success))| {
            let read = read(plan, success, index, names.replies.as_ref(), reply_read);
            let tests = success
                .media_types
                .iter()
                .map(|media_type| quote!(reply.has_type(#media_type)));
            Arm {
                pattern: pattern.clone(),
                test: (at < last).then(|| quote!(#(#tests)||*)),
                outcome: read,
            }
        })
        .collect()
}

/// How much else the media types of a success may stand for.
fn breadth(success: &Success<'_>) -> u8 {
    let breadths = success.media_types.iter().map(|media_type| {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        match essence.split_once('/') {
            Some(("*", _)) => 3,
            Some((_, "*")) => 2,
            // It stands for all that end in `+json` as well.
            _ if essence.eq_ignore_ascii_case("application/json") => 1,
            Some(_) | None => 0,
        }
    });
    breadths.max().unwrap_or_default()
}

/// The call that decodes a success.
fn read(
    plan: &Plan<'_>,
    success: &Success<'_>,
    index: usize,
    names: Option<&ReplyNames>,
    whole: &TokenStream,
) -> TokenStream {
    let read = match success.body {
        Some(ReplyBody::Json(ty)) if plan.api.is_optional(ty) => quote!(#whole.json_optional()),
        Some(ReplyBody::Json(_)) => quote!(#whole.json()),
        Some(ReplyBody::Text) => quote!(#whole.text()),
        Some(ReplyBody::Bytes) => quote!(reply.bytes().await),
        Some(ReplyBody::Events(_)) => quote!(reply.events().await),
        Some(ReplyBody::TextEvents) => quote!(reply.text_events().await),
        Some(ReplyBody::JsonLines(_)) => quote!(reply.json_lines().await),
        Some(ReplyBody::JsonSequence(_)) => quote!(reply.json_sequence().await),
        None => quote!(#whole.empty()),
    };
    let Some(names) = names else {
        return read;
    };
    let (name, variant) = (names.name.ident(), names.variants[index].ident());
    let change = match success.body {
        None => quote!(|()| #name::#variant),
        // A box is decoded as what is in it.
        Some(_) => quote!(#name::#variant),
    };
    // Not a method of `response`, whose type is known from this only.
    quote!(#read.map(|response| Response::map(response, #change)))
}

/// The type of successes that differ in what they hold; nothing where they do not.
pub(super) fn reply_enum(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let Some(replies) = &names.replies else {
        return TokenStream::new();
    };
    let name = replies.name.ident();
    let docs = Docs::of(format!("What a success of a [`{}`] holds.", names.request));
    let successes = plan.api.successes(operation);
    let variants = successes.iter().zip(&replies.variants);
    let variants = variants.map(|(success, variant)| {
        let variant = variant.ident();
        let mut docs = Docs::of(success_line(success));
        docs::prose_of(&mut docs, &operation.replies[success.reply].doc);
        let ty = success_body(plan, success.body);
        match success.body {
            None => quote!(#docs #variant,),
            Some(ReplyBody::Json(id)) => {
                let ty = ty::payload(plan, id, From::Outside);
                quote!(#docs #variant(#ty),)
            }
            Some(_) => quote!(#docs #variant(#ty),),
        }
    });
    // A stream is neither copied nor compared.
    let streamed = plan.api.is_streamed(operation);
    let derives = match streamed {
        true => quote!(Debug),
        false => quote!(Clone, Debug, PartialEq),
    };
    quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    }
}

/// When a success holds this, as a sentence.
fn success_line(success: &Success<'_>) -> String {
    let status = match success.status {
        Status::Code(code) => format!("Status {code}"),
        Status::Range(hundred) => format!("A status from {hundred}00 to {hundred}99"),
        Status::Default => "Any success".to_owned(),
    };
    match success.several {
        true => {
            let types = success.media_types.iter().copied().map(markdown::code);
            let types: Vec<String> = types.collect();
            format!("{status}, as {}.", types.join(" or "))
        }
        false => format!("{status}."),
    }
}

/// The type of the documented errors.
pub(super) fn error_enum(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let error = names.error.ident();
    let mut docs = Docs::of(format!(
        "The errors that are documented for [`{}`].",
        names.request
    ));
    let replies: BTreeMap<usize, &Reply> = operation
        .replies
        .iter()
        .enumerate()
        .filter(|(index, _)| names.variants.contains_key(index))
        .collect();
    if replies.is_empty() {
        docs.paragraph("There are none: it has no values.");
    }
    let variants = replies.iter().map(|(index, reply)| {
        let name = names.variants[index].ident();
        let docs = error_docs(reply);
        match reply.error_body() {
            None => quote!(#docs #name,),
            body => {
                let ty = body_type(plan, body);
                quote!(#docs #name(#ty),)
            }
        }
    });
    let bodies = || replies.values().map(|reply| reply.error_body());
    let mut pairs = bodies().zip(bodies().skip(1));
    let allow = pairs.any(|(a, b)| !plan.api.same_body(a, b)).then(
        || quote!(#[allow(clippy::large_enum_variant, reason = "an error is boxed as a whole")]),
    );
    let shared = shared_body(plan, &replies, names);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #allow
        pub enum #error { #(#variants)* }

        #shared
    }
}

fn error_docs(reply: &Reply) -> Docs {
    let status = match reply.status {
        Status::Code(code) => format!("Status {code}."),
        Status::Range(hundred) => format!("A status from {hundred}00 to {hundred}99."),
        Status::Default => "Any status that is not documented by itself.".to_owned(),
    };
    let mut docs = Docs::of(status);
    docs::prose_of(&mut docs, &reply.doc);
    docs
}

/// A way to the body that does not ask which error it is, where all have the same.
fn shared_body(
    plan: &Plan<'_>,
    replies: &BTreeMap<usize, &Reply>,
    names: &OperationNames,
) -> TokenStream {
    let bodies: Vec<TypeId> = replies
        .values()
        .filter_map(|reply| reply.error_body()?.ty())
        .collect();
    let [first, others @ ..] = bodies.as_slice() else {
        return TokenStream::new();
    };
    let alike = |other: &TypeId| plan.api.same_type(*first, *other);
    if bodies.len() != replies.len() || !others.iter().all(alike) {
        return TokenStream::new();
    }
    let error = names.error.ident();
    let ty = ty::ty(plan, *first, From::Outside);
    let variants: Vec<Ident> = replies
        .keys()
        .map(|index| names.variants[index].ident())
        .collect();
    quote! {
        impl #error {
            /// The body of the reply, which all documented errors have in common.
            pub fn body(&self) -> &#ty {
                match self {
                    #(Self::#variants(body))|* => body,
                }
            }
        }
    }
}

/// The media types that a request asks for, JSON first; nothing where that is JSON alone, which every
/// request asks for.
pub(super) fn accept(operation: &Operation) -> Option<String> {
    let mut accepted: Vec<String> = Vec::new();
    for content in operation.replies.iter().flat_map(|reply| &reply.contents) {
        let media_type = accepted_type(&content.media_type);
        let known = |known: &String| known.eq_ignore_ascii_case(&media_type);
        if is_sendable(&media_type) && !accepted.iter().any(known) {
            accepted.push(media_type);
        }
    }
    accepted.sort_by_key(|media_type| !media_type.eq_ignore_ascii_case("application/json"));
    match accepted.as_slice() {
        [] => None,
        [only] if only.eq_ignore_ascii_case("application/json") => None,
        several => Some(several.join(", ")),
    }
}

/// A media type as a request asks for it: whatever its charset.
fn accepted_type(media_type: &str) -> String {
    let mut parts = media_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_owned();
    let charset = |part: &str| part.to_ascii_lowercase().starts_with("charset=");
    parts
        .filter(|part| !part.is_empty() && !charset(part))
        .fold(essence, |text, part| format!("{text}; {part}"))
}

/// Whether what a document calls a media type can stand in the header `Accept`.
fn is_sendable(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let sign = |c: char| c.is_ascii_graphic() && !"(),:<=>?@[\\]{}\"".contains(c);
    let ascii = |c: char| c == ' ' || c.is_ascii_graphic();
    match essence.split_once('/') {
        Some((kind, subtype)) => {
            let token = |text: &str| !text.is_empty() && text.chars().all(|c| sign(c) && c != '/');
            token(kind) && token(subtype) && media_type.chars().all(ascii)
        }
        None => false,
    }
}
