//! The docs of methods: what an operation does, how it is sent, what comes back.

use super::docs::{self, Docs};
use super::{Plan, example, markdown};
use crate::ir::{
    Callback, Doc, Link, Operation, Permission, Reply, SchemeKind, Shape, Status, Success, TypeId,
};
use crate::names::{Name, OperationNames, ReplyNames};

/// The docs of a method: what it does, how it is sent, who may call it, what can go wrong, an
/// example.
pub(super) fn of_method(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> Docs {
    let mut docs = Docs::default();
    docs::prose_of(&mut docs, &operation.doc);
    if docs.is_empty() {
        docs = Docs::of(format!("The operation {}.", markdown::code(&operation.id)));
    }
    docs::deprecation(&mut docs, &operation.doc);
    let sent = format!("{} {}", operation.method.as_str(), operation.path);
    docs.paragraph(format!("Sent as {}.", markdown::code(&sent)));
    docs.list(argument_lines(operation, names));
    if let Some(text) = certificate_text(plan, operation) {
        docs.paragraph(text);
    }
    if let Some(permission) = &operation.permission {
        docs.heading("Permission")
            .list(permission_lines(permission));
    }
    replies(&mut docs, plan, operation, names);
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
    if !operation.callbacks.is_empty() {
        docs.heading("Callbacks");
        docs.paragraph("The service sends by itself:");
        let callbacks = operation.callbacks.iter();
        docs.list(callbacks.map(|callback| callback_line(plan, callback)));
    }
    let example = example::of_call(plan, operation, names);
    if !example.is_empty() {
        docs.heading("Example").code(example);
    }
    docs::external(&mut docs, &operation.doc);
    docs
}

/// That a certificate authenticates an operation, or may.
fn certificate_text(plan: &Plan<'_>, operation: &Operation) -> Option<String> {
    let certificate = |alternative: &&Vec<usize>| {
        let mut schemes = alternative.iter();
        schemes.any(|&scheme| plan.api.security_schemes[scheme].kind == SchemeKind::MutualTls)
    };
    let may = match operation.auth.iter().filter(certificate).count() {
        0 => return None,
        count if count == operation.auth.len() => "authenticates it",
        _ => "may authenticate it",
    };
    Some(format!(
        "A certificate of the client {may}: see \
         [`ClientBuilder::transport`](super::super::ClientBuilder::transport)."
    ))
}

/// What the document says of the arguments, where they are no struct that says it.
fn argument_lines(operation: &Operation, names: &OperationNames) -> Vec<String> {
    if names.required.is_some() {
        return Vec::new();
    }
    let line = |name: &Name, doc: &Doc| {
        let text = doc.description.as_deref().map(markdown::line)?;
        (!text.is_empty()).then(|| format!("`{}`: {text}", name.plain()))
    };
    let parameters = operation
        .arguments()
        .filter_map(|(index, parameter)| line(&names.parameters[index], &parameter.doc));
    let body = operation.body.as_ref();
    let body = body.and_then(|body| line(&names.body, &body.doc));
    parameters.chain(body).collect()
}

/// What a success holds, where there is something to be said of it: several things, headers, links.
fn replies(docs: &mut Docs, plan: &Plan<'_>, operation: &Operation, names: &OperationNames) {
    let successes = plan.api.successes(operation);
    if let Some(replies) = &names.replies {
        docs.heading("Replies");
        docs.paragraph(format!(
            "The reply is a [`{0}`](super::{0}), which is one of:",
            replies.name
        ));
        let lines = successes.iter().zip(&replies.variants);
        docs.list(lines.map(|(success, variant)| {
            let reply = &operation.replies[success.reply];
            let mut line = success_line(success, variant, replies);
            line.push_str(&reply_text(plan, reply));
            line
        }));
    } else {
        let links = successes
            .iter()
            .flat_map(|success| &operation.replies[success.reply].links);
        if let Some(text) = link_text(plan, links) {
            docs.paragraph(format!("The reply's {text}."));
        }
    }
    if let Some(headers) = &names.headers {
        let listed: Vec<String> = operation
            .reply_headers(plan.api)
            .iter()
            .map(|common| markdown::code(&common.header.name))
            .collect();
        docs.paragraph(format!(
            "Headers of the reply, which [`{0}::read`](super::{0}::read) reads: {1}.",
            headers.name,
            listed.join(", ")
        ));
    }
}

/// A success as an item of a list.
fn success_line(success: &Success<'_>, variant: &Name, names: &ReplyNames) -> String {
    let status = match success.status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "Any success".to_owned(),
    };
    let types: Vec<String> = match success.several {
        true => success
            .media_types
            .iter()
            .copied()
            .map(markdown::code)
            .collect(),
        false => Vec::new(),
    };
    let types = match types.as_slice() {
        [] => String::new(),
        types => format!(" as {}", types.join(" or ")),
    };
    format!(
        "{status}{types}: [`{variant}`](super::{}::{variant})",
        names.name
    )
}

/// What the document says of a reply, as the end of an item of a list.
fn reply_text(plan: &Plan<'_>, reply: &Reply) -> String {
    let mut text = String::new();
    if let Some(description) = &reply.doc.description {
        let line = markdown::line(description);
        if !line.is_empty() {
            text.push_str(&format!(". {line}"));
        }
    }
    if let Some(links) = link_text(plan, &reply.links) {
        let end = if text.ends_with(['.', '!', '?']) {
            ""
        } else {
            "."
        };
        text.push_str(&format!("{end} Its {links}."));
    }
    text
}

/// What the values of a reply are for; nothing where no link says.
fn link_text<'l>(plan: &Plan<'_>, links: impl IntoIterator<Item = &'l Link>) -> Option<String> {
    let mut uses: Vec<(String, Vec<String>)> = Vec::new();
    for link in links {
        // No link of rustdoc: the method may be behind another feature.
        let method = format!("`{}`", plan.names.operations[link.operation].method);
        let value = match link.value.as_str() {
            "" => "whole body".to_owned(),
            value => markdown::code(value),
        };
        match uses.iter_mut().find(|(known, _)| *known == value) {
            Some((_, methods)) if methods.contains(&method) => {}
            Some((_, methods)) => methods.push(method),
            None => uses.push((value, vec![method])),
        }
    }
    let uses = uses.into_iter().map(|(value, methods)| {
        let methods = methods.join(" and ");
        format!("{value} can be passed to {methods}")
    });
    let uses: Vec<String> = uses.collect();
    (!uses.is_empty()).then(|| uses.join("; its "))
}

/// A callback as an item of a list: what is sent by it, and to where.
fn callback_line(plan: &Plan<'_>, callback: &Callback) -> String {
    let types = |types: &[TypeId]| {
        let types: Vec<String> = types.iter().map(|&ty| type_text(plan, ty)).collect();
        types.join(" or ")
    };
    let mut line = format!("{}: ", markdown::code(&callback.name));
    match callback.received.as_slice() {
        [] => line.push_str("a request"),
        received => line.push_str(&types(received)),
    }
    let target = format!("{} {}", callback.method.as_str(), callback.url);
    line.push_str(&format!(" by {}", markdown::code(&target)));
    if !callback.answered.is_empty() {
        let answers = types(&callback.answered);
        line.push_str(&format!(", answered with {answers}"));
    }
    line.push('.');
    if let Some(description) = &callback.description {
        line.push_str(&format!(" {}", markdown::line(description)));
    }
    line
}

/// A type as the docs of a method name it.
fn type_text(plan: &Plan<'_>, id: TypeId) -> String {
    match plan.names.types.get(&id) {
        Some(names) => format!("[`{0}`](super::super::types::{0})", names.name),
        None => match &plan.api.ty(id).shape {
            Shape::Array(item) => format!("a list of {}", type_text(plan, *item)),
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| type_text(plan, *item));
                format!("a list of exactly {}", items.collect::<Vec<_>>().join(", "))
            }
            Shape::Map(value) => format!("a map of {}", type_text(plan, *value)),
            Shape::Nullable(inner) => format!("{} or null", type_text(plan, *inner)),
            Shape::Alias(_)
            | Shape::Struct { .. }
            | Shape::Enum(_)
            | Shape::Union { .. }
            | Shape::Newtype(_)
            | Shape::Wrapper(_)
            | Shape::Scalar(_)
            | Shape::Any => "a value".to_owned(),
        },
    }
}

/// A documented error as an item of a list.
fn error_line(plan: &Plan<'_>, reply: &Reply, names: &OperationNames, variant: &Name) -> String {
    let status = match reply.status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut line = format!("{status}: [`{variant}`](super::{}::{variant})", names.error);
    line.push_str(&reply_text(plan, reply));
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
