//! Operations of a tag: the methods of the client, with their docs.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::ty::{self, Argument, From};
use super::{Plan, example, markdown, request};
use crate::ir::{Operation, Parameter, Payload, Permission, Reply, ReplyBody, Status};
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

/// The parameters that are arguments of the method: what a caller must give and the client does
/// not have. Those of the path come in the order of the template.
pub(super) fn arguments<'p>(
    operation: &'p Operation,
    names: &'p OperationNames,
) -> impl Iterator<Item = (&'p Parameter, &'p crate::names::Name)> {
    operation
        .parameters
        .iter()
        .zip(&names.parameters)
        .filter(|(parameter, _)| parameter.required && parameter.client.is_none())
}

/// One method of the client.
fn method(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let docs = method_docs(plan, operation, names);
    let (method, request) = (names.method.ident(), names.request.ident());
    let mut inputs = Vec::new();
    let mut values = Vec::new();
    let mut steps = Vec::new();
    for (parameter, name) in arguments(operation, names) {
        let argument = Argument::new(plan, parameter.ty, From::Outside, name);
        inputs.push(argument.input());
        values.push(argument.binding());
        steps.push(request::add_parameter(parameter, name));
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let name = names.body.ident();
        let ty = ty::ty(plan, json(body), From::Outside);
        inputs.push(quote!(#name: #ty));
        steps.push(quote!(.json(&#name)));
    }
    let deprecated = operation.doc.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #(#inputs),*) -> #request {
            #(#values)*
            #request { call: Call::new(self.core(), #request::OPERATION) #(#steps)* }
        }
    }
}

/// The docs of a method: what it does, how it is sent, who may call it, what can go wrong, an
/// example.
fn method_docs(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> Docs {
    let mut docs = Docs::default();
    docs::prose_of(&mut docs, &operation.doc);
    if docs.is_empty() {
        docs = Docs::of(format!("The operation {}.", markdown::code(&operation.id)));
    }
    docs::deprecation(&mut docs, &operation.doc);
    let sent = format!("{} {}", operation.method.as_str(), operation.path);
    docs.paragraph(format!("Sent as {}.", markdown::code(&sent)));
    if let Some(description) = operation
        .body
        .as_ref()
        .and_then(|body| body.doc.description.as_deref())
    {
        docs.paragraph(format!(
            "`{}`: {}",
            names.body.plain(),
            markdown::line(description)
        ));
    }
    if let Some(permission) = &operation.permission {
        docs.heading("Permission")
            .list(permission_lines(permission));
    }
    let errors: Vec<String> = operation
        .replies
        .iter()
        .enumerate()
        .filter_map(|(index, reply)| {
            let variant = names.variants.get(&index)?;
            Some(error_line(plan, reply, names, variant))
        })
        .collect();
    if !errors.is_empty() {
        docs.heading("Errors");
        docs.paragraph(format!(
            "[`Error::Api`] holds a [`{0}`](super::{0}), which is one of:",
            names.error
        ));
        docs.list(errors);
    }
    let example = example::of_call(plan, operation, names);
    if !example.is_empty() {
        docs.heading("Example").code(example);
    }
    docs::external(&mut docs, &operation.doc);
    docs
}

/// A documented error as an item of a list.
fn error_line(
    plan: &Plan<'_>,
    reply: &Reply,
    names: &OperationNames,
    variant: &crate::names::Name,
) -> String {
    let status = match reply.status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut line = format!("{status}: [`{variant}`](super::{}::{variant})", names.error);
    if let Some(description) = &reply.doc.description {
        let text = markdown::line(description);
        if !text.is_empty() {
            line.push_str(&format!(". {text}"));
        }
    }
    for link in &reply.links {
        let method = &plan.names.operations[link.operation].method;
        // No link of rustdoc: the method may be behind another feature.
        line.push_str(&format!(
            " Its {} can be passed to `{method}`.",
            markdown::code(&link.value)
        ));
    }
    line
}

/// The permission in words.
fn permission_lines(permission: &Permission) -> Vec<String> {
    let mut lines = Vec::new();
    if !permission.action.is_empty() {
        let mut line = format!("Action: {}", markdown::code(&permission.action));
        if let Some(level) = &permission.level {
            line.push_str(&format!(", access level {}", markdown::line(level)));
        }
        lines.push(format!("{line}."));
    }
    if let Some((resource, required)) = &permission.resource {
        let rule = if *required {
            "a policy has to name it"
        } else {
            "a policy may name it"
        };
        lines.push(format!(
            "Resource type: {} ({rule}).",
            markdown::code(resource)
        ));
    }
    let list = |title: &str, items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| markdown::code(item)).collect();
        (!items.is_empty()).then(|| format!("{title}: {}.", items.join(", ")))
    };
    lines.extend(list("Condition keys", &permission.condition_keys));
    lines.extend(list("Alias", &permission.alias));
    lines.extend(list("Needed as well", &permission.dependencies));
    if let Some(text) = &permission.role_based {
        lines.push(format!(
            "With role-based authorization: {}",
            markdown::line(text)
        ));
    }
    lines
}

/// The type of a JSON body.
pub(super) fn json(body: &crate::ir::Body) -> crate::ir::TypeId {
    match body.contents[0].payload {
        Payload::Json(ty) => ty,
        _ => unreachable!(),
    }
}

/// The type of a success: the body that all documented successes share.
pub(super) fn success(operation: &Operation) -> Option<ReplyBody> {
    let documented = operation
        .replies
        .iter()
        .find(|reply| reply.status.is_success());
    let fallback = operation
        .replies
        .iter()
        .find(|reply| reply.status == Status::Default);
    documented
        .or(fallback)?
        .contents
        .first()
        .map(|content| content.body)
}

/// A reply body as it is written.
pub(super) fn reply_type(plan: &Plan<'_>, body: Option<ReplyBody>) -> TokenStream {
    match body {
        None => quote!(()),
        Some(ReplyBody::Json(ty)) => ty::ty(plan, ty, From::Outside),
        Some(ReplyBody::Text) => quote!(String),
        Some(ReplyBody::Bytes) => quote!(runtime::Bytes),
    }
}
