//! Operations of a tag: the methods of the client.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::arguments::Arguments;
use super::docs::Docs;
use super::{Plan, markdown, operation_docs, reply, request};
use crate::ir::Operation;
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
    let name = &plan.api.tags[tag].name;
    let mut module_docs = Docs::of(format!("Operations of the tag {}.", markdown::code(name)));
    if let Some(description) = &plan.api.tags[tag].doc.description {
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
    let impl_docs = Docs::of(format!("Operations of the tag {}.", markdown::code(name)));
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
