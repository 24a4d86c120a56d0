//! What the methods of the client ask for: required parameters and the body.
//!
//! Up to six are positional; more are the fields of one struct, so that each has its name.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::body::BodyArgument;
use super::docs::{self, Docs};
use super::ty::{self, Argument, From};
use super::{Plan, markdown, request};
use crate::ir::{Operation, Parameter};
use crate::names::{Name, OperationNames};

/// One argument of a method.
struct Given {
    name: Ident,
    /// As it stands in a signature.
    input: TokenStream,
    /// Its type where nothing converts.
    ty: TokenStream,
    /// The statement that makes the input a value of that type.
    binding: TokenStream,
    docs: Docs,
}

/// The arguments of the method of an operation.
pub(super) struct Arguments<'p> {
    names: &'p OperationNames,
    given: Vec<Given>,
    /// The methods of a call that add the parameters.
    steps: TokenStream,
    body: Option<BodyArgument<'p>>,
}

impl<'p> Arguments<'p> {
    /// The arguments of the method of `operation`.
    pub(super) fn new(
        plan: &'p Plan<'p>,
        operation: &'p Operation,
        names: &'p OperationNames,
    ) -> Self {
        let parameters: Vec<(&Parameter, &Name)> = operation
            .arguments()
            .map(|(index, parameter)| (parameter, &names.parameters[index]))
            .collect();
        let of_parameters = parameters.iter();
        let mut given: Vec<Given> = of_parameters
            .map(|(parameter, name)| of_parameter(plan, parameter, name))
            .collect();
        let steps = parameters
            .iter()
            .map(|(parameter, name)| request::add_parameter(plan, parameter, name));
        let body = operation.body.as_ref().filter(|body| body.required);
        let body = body.map(|body| BodyArgument::new(plan, body, names));
        given.extend(body.as_ref().map(of_body));
        Self {
            names,
            given,
            steps: steps.collect(),
            body,
        }
    }

    /// The arguments as they stand in the signature of the method.
    pub(super) fn inputs(&self) -> TokenStream {
        if let Some(required) = &self.names.required {
            let required = required.ident();
            return quote!(required: #required);
        }
        let inputs = self.given.iter().map(|given| &given.input);
        quote!(#(#inputs),*)
    }

    /// The statements that make the arguments values of their types.
    pub(super) fn bindings(&self) -> TokenStream {
        if let Some(required) = &self.names.required {
            let required = required.ident();
            let names = self.given.iter().map(|given| &given.name);
            return quote!(let #required { #(#names),* } = required;);
        }
        self.given
            .iter()
            .map(|given| given.binding.clone())
            .collect()
    }

    /// `call` with the arguments added to it.
    pub(super) fn added_to(&self, call: &TokenStream) -> TokenStream {
        let steps = &self.steps;
        let call = quote!(#call #steps);
        match &self.body {
            Some(body) => body.added_to(&call),
            None => call,
        }
    }

    /// The struct of the arguments, where there are too many for a signature.
    pub(super) fn required_struct(&self) -> TokenStream {
        let Some(required) = &self.names.required else {
            return TokenStream::new();
        };
        let name = required.ident();
        let docs = Docs::of(format!(
            "What [`Client::{}`] asks for.",
            self.names.method.plain()
        ));
        let fields = self.given.iter().map(|given| {
            let Given { name, ty, docs, .. } = given;
            quote!(#docs pub #name: #ty,)
        });
        let clone = self.body.as_ref().is_none_or(BodyArgument::is_clone);
        let clone = clone.then(|| quote!(Clone,));
        quote! {
            #docs
            #[derive(#clone Debug)]
            pub struct #name { #(#fields)* }
        }
    }
}

fn of_parameter(plan: &Plan<'_>, parameter: &Parameter, name: &Name) -> Given {
    let argument = Argument::new(plan, parameter.ty, From::Outside, name);
    let mut docs = Docs::default();
    docs::prose_of(&mut docs, &parameter.doc);
    if docs.is_empty() {
        let name = markdown::code(&parameter.name);
        docs = Docs::of(format!("The parameter {name}."));
    }
    docs.list(docs::constraints_through(plan, parameter.ty));
    Given {
        name: name.ident(),
        input: argument.input(),
        ty: ty::ty(plan, parameter.ty, From::Outside),
        binding: argument.binding(),
        docs,
    }
}

fn of_body(body: &BodyArgument<'_>) -> Given {
    Given {
        name: body.name(),
        input: body.input(),
        ty: body.ty(),
        binding: body.binding(),
        docs: body.docs("The body."),
    }
}
