//! Requests: the value that a method returns, how it is set up and sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::Arguments;
use super::body::BodyArgument;
use super::docs::Docs;
use super::ty::{Argument, From};
use super::{Plan, body, docs, form, headers, markdown, reply, server};
use crate::ir::{Encoding, Location, Operation, Parameter};
use crate::names::{Name, OperationNames};
use crate::passes::is_parameter;

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
    let success = reply::success_type(plan, operation, names);
    let send = reply::send(plan, operation, names);
    let beside = beside(plan, operation, names);
    let ok = quote!(Response<#success>);
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

        #beside
    }
}

/// The types that are emitted beside a request: of its arguments, its body, its replies, its errors.
fn beside(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let required = Arguments::new(plan, operation, names).required_struct();
    let body = body::tokens(plan, operation, names);
    let forms = form::tokens(plan, operation, names);
    let replies = reply::reply_enum(plan, operation, names);
    let headers = headers::tokens(plan, operation, names);
    let errors = reply::error_enum(plan, operation, names);
    quote!(#required #body #forms #replies #headers #errors)
}

/// The step of a call chain that adds a parameter, whose value has the name of its argument.
pub(super) fn add_parameter(plan: &Plan<'_>, parameter: &Parameter, name: &Name) -> TokenStream {
    let (key, name) = (&parameter.name, name.ident());
    let value = match &parameter.encoding {
        Encoding::Form(fields) => {
            let fields = body::form_fields(fields);
            quote!(&runtime::Form(&#name, #fields))
        }
        Encoding::Json => quote!(&runtime::Json(&#name)),
        Encoding::Styled(_) if is_parameter(plan.api, parameter.ty) => quote!(&#name),
        Encoding::Styled(_) => quote!(&runtime::Serialized(&#name)),
    };
    match parameter.location {
        Location::Path => quote!(.path(#key, #value)),
        Location::Query => quote!(.query(#key, #value)),
        Location::QueryString => quote!(.query_string(#key, #value)),
        Location::Header => quote!(.header_parameter(#key, #value)),
        Location::Cookie => quote!(.cookie(#key, #value)),
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
        let body = BodyArgument::new(plan, body, names);
        let docs = body.docs("Sets the body.");
        let (name, input, value) = (body.name(), body.input(), body.binding());
        let call = body.added_to(&quote!(self.call));
        out.extend(quote! {
            #docs
            pub fn #name(mut self, #input) -> Self {
                #value
                self.call = #call;
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
    let step = add_parameter(plan, parameter, name);
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
    if parameter.allow_empty {
        facts.push("An empty value is one, too.".to_owned());
    }
    docs.list(facts);
    docs::deprecation(&mut docs, &parameter.doc);
    docs
}
