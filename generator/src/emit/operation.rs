//! Operations of a tag: the methods of the client.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::arguments::Arguments;
use super::docs::Docs;
use super::{Plan, markdown, operation_docs, reply, request};
use crate::ir::{Operation, Tag};
use crate::names::OperationNames;

/// The file of a tag: an `impl Client` block, then the types of its requests and errors.
pub(super) fn file(plan: &Plan<'_>, tag: usize) -> TokenStream {
    let operations: Vec<(&Operation, &OperationNames)> = plan
        .api
        .operations
        .iter()
        .zip(&plan.names.operations)
        .filter(|(_, names)| names.tag == tag)
        .collect();
    let tag = &plan.api.tags[tag];
    let mut module_docs = Docs::of(tag_sentence(tag));
    if let Some(title) = &tag.doc.title {
        module_docs.prose(title);
    }
    if let Some(description) = &tag.doc.description {
        module_docs.prose(description);
    }
    let module_docs = module_docs.inner();
    let methods = operations
        .iter()
        .map(|(operation, names)| method(plan, operation, names));
    let requests: TokenStream = operations
        .iter()
        .map(|(operation, names)| request::tokens(plan, operation, names))
        .collect();
    let impl_docs = Docs::of(tag_sentence(tag));
    let methods = quote! {
        #impl_docs
        impl Client {
            #(#methods)*
        }
    };
    let types = (names_types(&methods) || names_types(&requests)).then(|| {
        quote!(
            use super::super::types;
        )
    });
    quote! {
        #module_docs

        use std::time::Duration;

        use super::super::Client;
        use super::super::runtime::{self, Call, Error, OperationInfo, Response};
        #types

        #methods

        #requests
    }
}

/// Which operations these are: the tag, its kind, and what it is part of.
fn tag_sentence(tag: &Tag) -> String {
    let mut text = format!("Operations of the tag {}", markdown::code(&tag.name));
    if let Some(kind) = &tag.kind {
        text.push_str(&format!(" (kind: {})", markdown::code(kind)));
    }
    if let Some(parents) = part_of(tag) {
        text.push_str(&format!(", {parents}"));
    }
    text.push('.');
    text
}

/// The tags that a tag is part of, in words; nothing where it is part of none.
pub(super) fn part_of(tag: &Tag) -> Option<String> {
    let parents = tag.parents.iter().map(|parent| markdown::code(parent));
    let parents: Vec<String> = parents.collect();
    (!parents.is_empty()).then(|| format!("part of {}", parents.join(", which is part of ")))
}

/// Whether code names a type of `types`: the word with a path after it, which an argument of that name
/// has not.
fn names_types(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let path = match tokens.peek() {
            Some(TokenTree::Punct(sign)) => {
                sign.as_char() == ':' && sign.spacing() == Spacing::Joint
            }
            Some(_) | None => false,
        };
        match token {
            TokenTree::Group(group) if names_types(&group.stream()) => return true,
            TokenTree::Ident(ident) if path && ident == "types" => return true,
            TokenTree::Group(_)
            | TokenTree::Ident(_)
            | TokenTree::Punct(_)
            | TokenTree::Literal(_) => {}
        }
    }
    false
}

/// One method of the client.
fn method(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let docs = operation_docs::of_method(plan, operation, names);
    let (method, request) = (names.method.ident(), names.request.ident());
    let arguments = Arguments::new(plan, operation, names);
    let (inputs, bindings) = (arguments.inputs(), arguments.bindings());
    let accept = reply::accept(operation).map(|accept| quote!(.accept(#accept)));
    let call = quote!(Call::new(self.core(), #request::OPERATION) #accept);
    let call = arguments.added_to(&call);
    let deprecated = operation.doc.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #inputs) -> #request {
            #bindings
            #request { call: #call }
        }
    }
}
