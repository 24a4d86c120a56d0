//! Operations of a tag: the methods of the client.

use proc_macro2::TokenStream;
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
    let requests = operations
        .iter()
        .map(|(operation, names)| request::tokens(plan, operation, names));
    let impl_docs = Docs::of(format!("Operations of the tag {}.", markdown::code(name)));
    let types = operations
        .iter()
        .any(|(operation, _)| names_types(plan, operation))
        .then(|| {
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

        #impl_docs
        impl Client {
            #(#methods)*
        }

        #(#requests)*
    }
}

/// Whether the code of an operation mentions a type of `types`.
fn names_types(plan: &Plan<'_>, operation: &Operation) -> bool {
    let mut open = operation.types();
    while let Some(id) = open.pop() {
        if plan.names.types.contains_key(&id) {
            return true;
        }
        open.extend(plan.api.ty(id).shape.children());
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
