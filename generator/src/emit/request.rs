//! Requests: the value that a method returns, how it is sent, and the errors documented for it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::operation::{reply_type, success};
use super::ty::{self, Argument, From};
use super::{Plan, docs, markdown, server};
use crate::ir::{Location, Operation, Parameter, Reply, ReplyBody, Status, TypeId};
use crate::names::{Name, OperationNames};

/// The request type of an operation and its error type.
pub(super) fn tokens(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let request = names.request.ident();
    let error = names.error.ident();
    let docs = Docs::of(format!(
        "A request of [`Client::{0}`]; await it to send it.",
        names.method.plain()
    ));
    let info = server::operation_info(plan, operation);
    let setters = setters(plan, operation, names);
    let reply = reply_type(plan, success(operation));
    let send = send(operation, names);
    let errors = errors(plan, operation, names);
    let ok = quote!(Response<#reply>);
    let err = quote!(Error<#error>);
    let send_docs = Docs::of("Sends the request and decodes the reply.");
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct #request {
            call: Call,
        }

        impl #request {
            /// What the document says of the operation, as data.
            pub const OPERATION: &'static OperationInfo = &#info;

            #setters

            /// Adds a header to this request. A value that cannot stand in a header is an error when
            /// the request is sent.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.call = self.call.header(name, value);
                self
            }

            /// Limits the time of this request, the reading of its reply included.
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.call = self.call.timeout(timeout);
                self
            }

            #send_docs
            ///
            /// # Errors
            ///
            /// See [`Error`]: whatever keeps a documented success from coming back.
            pub async fn send(self) -> Result<#ok, #err> {
                #send
            }
        }

        impl IntoFuture for #request {
            type Output = Result<#ok, #err>;
            type IntoFuture = runtime::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }

        #errors
    }
}

/// The step of a call chain that adds a parameter, whose value has the name of its argument.
pub(super) fn add_parameter(parameter: &Parameter, name: &Name) -> TokenStream {
    let (key, name) = (&parameter.name, name.ident());
    match parameter.location {
        Location::Path => quote!(.path(#key, &#name)),
        Location::Query => quote!(.query(#key, &#name)),
        Location::Header => quote!(.header_parameter(#key, &#name)),
        Location::Cookie => quote!(.cookie(#key, &#name)),
    }
}

/// Setters of what a request may carry: optional parameters, an optional body, and the client's
/// parameters for this request alone.
fn setters(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let mut out = TokenStream::new();
    for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
        if let Some(client) = parameter.client {
            out.extend(client_setter(plan, parameter, name, client));
        } else if !parameter.required {
            out.extend(setter(plan, parameter, name));
        }
    }
    if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
        let name = names.body.ident();
        let ty = ty::ty(plan, super::operation::json(body), From::Outside);
        let text = body.doc.description.as_deref().map(markdown::line);
        let docs = Docs::of(text.unwrap_or_else(|| "Sets the body.".to_owned()));
        out.extend(quote! {
            #docs
            pub fn #name(mut self, #name: #ty) -> Self {
                self.call = self.call.json(&#name);
                self
            }
        });
    }
    out
}

fn setter(plan: &Plan<'_>, parameter: &Parameter, name: &Name) -> TokenStream {
    let docs = parameter_docs(plan, parameter);
    let argument = Argument::new(plan, parameter.ty, From::Outside, name);
    let (input, value) = (argument.input(), argument.binding());
    let step = add_parameter(parameter, name);
    let name = name.ident();
    let deprecated = parameter.doc.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #input) -> Self {
            #value
            self.call = self.call #step;
            self
        }
    }
}

fn client_setter(
    plan: &Plan<'_>,
    parameter: &Parameter,
    name: &Name,
    client: usize,
) -> TokenStream {
    let key = &parameter.name;
    let of_builder = &plan.names.client_parameters[client];
    let mut docs = Docs::of(format!(
        "Sets {} for this request alone, in place of the client's \
         ([`ClientBuilder::{of_builder}`](super::super::ClientBuilder::{of_builder})).",
        markdown::code(key)
    ));
    docs.list(docs::constraints_through(plan, parameter.ty));
    let argument = Argument::new(plan, parameter.ty, From::Outside, name);
    let input = argument.input();
    let (value, text) = argument.text();
    let name = name.ident();
    quote! {
        #docs
        pub fn #name(mut self, #input) -> Self {
            #value
            self.call = self.call.client_parameter(#key, #text);
            self
        }
    }
}

/// The docs of a parameter's setter.
fn parameter_docs(plan: &Plan<'_>, parameter: &Parameter) -> Docs {
    let mut docs = Docs::default();
    docs::prose_of(&mut docs, &parameter.doc);
    if docs.is_empty() {
        docs = Docs::of(format!(
            "Sets the parameter {}.",
            markdown::code(&parameter.name)
        ));
    }
    let mut facts = docs::constraints_through(plan, parameter.ty);
    if let Some(default) = &parameter.default {
        facts.push(format!(
            "Default: {}.",
            markdown::code(&default.to_string())
        ));
    }
    docs.list(facts);
    docs::deprecation(&mut docs, &parameter.doc);
    docs
}

/// The body of `send`: one arm per documented status, exact ones first.
fn send(operation: &Operation, names: &OperationNames) -> TokenStream {
    let error = names.error.ident();
    let mut replies: Vec<(usize, &Reply)> = operation.replies.iter().enumerate().collect();
    replies.sort_by_key(|(_, reply)| reply.status);
    let mut arms = TokenStream::new();
    let mut rest = quote!(_ => Err(reply.unexpected()),);
    let documents_success = operation
        .replies
        .iter()
        .any(|reply| reply.status.is_success());
    let body = |reply: &Reply| reply.contents.first().map(|content| content.body);
    let read = |body: Option<ReplyBody>| match body {
        Some(ReplyBody::Json(_)) => quote!(reply.json()),
        Some(ReplyBody::Text) => quote!(reply.text()),
        Some(ReplyBody::Bytes) => quote!(reply.bytes()),
        None => quote!(reply.empty()),
    };
    for (index, reply) in replies {
        let outcome = match names.variants.get(&index) {
            None => read(body(reply)),
            Some(variant) => {
                let variant = variant.ident();
                match body(reply) {
                    Some(_) => quote!(Err(reply.error(#error::#variant))),
                    None => quote!(Err(reply.empty_error(#error::#variant))),
                }
            }
        };
        match reply.status {
            Status::Code(code) => {
                let code = proc_macro2::Literal::u16_unsuffixed(code);
                arms.extend(quote!(#code => #outcome,));
            }
            Status::Range(hundred) => {
                let least = proc_macro2::Literal::u16_unsuffixed(hundred * 100);
                let most = proc_macro2::Literal::u16_unsuffixed(hundred * 100 + 99);
                arms.extend(quote!(#least..=#most => #outcome,));
            }
            Status::Default => {
                if !documents_success {
                    let success = read(body(reply));
                    arms.extend(quote!(200..=299 => #success,));
                }
                rest = quote!(_ => #outcome,);
            }
        }
    }
    quote! {
        let reply = self.call.send().await?;
        match reply.status() {
            #arms
            #rest
        }
    }
}

/// The type of the documented errors.
fn errors(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
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
        match reply.contents.first().map(|content| content.body) {
            None => quote!(#docs #name,),
            body => {
                let ty = reply_type(plan, body);
                quote!(#docs #name(#ty),)
            }
        }
    });
    let shared = shared_body(plan, &replies, names);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
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
        .filter_map(|reply| match reply.contents.first()?.body {
            ReplyBody::Json(ty) => Some(ty),
            ReplyBody::Text | ReplyBody::Bytes => None,
        })
        .collect();
    let [first, others @ ..] = bodies.as_slice() else {
        return TokenStream::new();
    };
    if bodies.len() != replies.len() || others.iter().any(|other| other != first) {
        return TokenStream::new();
    }
    let error = names.error.ident();
    let ty = ty::ty(plan, *first, From::Outside);
    let variants = replies.keys().map(|index| names.variants[index].ident());
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
