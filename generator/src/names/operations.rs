//! The names that belong to operations: methods, requests, and what is emitted beside a request.

use std::collections::BTreeMap;

use super::case::{Case, spelled_out};
use super::media::media_name;
use super::plan::{CLIENT_METHODS, Namer};
use super::status::{status_name, status_text};
use super::types::{MAX_POSITIONAL, RESERVED};
use super::{Name, Request};
use crate::ir::{Api, Location, Operation, Parameter, Part, Payload, Success};

/// The largest number of arguments of a method; with more, they are one struct.
pub const MAX_ARGUMENTS: usize = 6;

/// The names that belong to an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationNames {
    /// The method of the client.
    pub method: Name,
    /// The type of the request.
    pub request: Name,
    /// The type of its documented errors.
    pub error: Name,
    /// The arguments and setters, by the index of the parameter.
    pub parameters: Vec<Name>,
    /// The argument of the body.
    pub body: Name,
    /// The struct of the arguments, of a method with more than six.
    pub required: Option<Name>,
    /// The type of the body, where it may have several media types.
    pub bodies: Option<BodyNames>,
    /// The forms of multipart bodies, by the index of the media type.
    pub forms: BTreeMap<usize, FormNames>,
    /// The type of successes that differ in what they hold.
    pub replies: Option<ReplyNames>,
    /// The type of the headers of replies.
    pub headers: Option<HeaderNames>,
    /// The variants of the error type, by the index of the reply; only for errors.
    pub variants: BTreeMap<usize, Name>,
    /// The tag, by its index in [`Api::tags`].
    pub tag: usize,
}

/// The names of a body of several media types.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyNames {
    /// The enum.
    pub name: Name,
    /// Its variants, by the index of the media type.
    pub variants: Vec<Name>,
}

/// The names of a form with parts.
#[derive(Clone, Debug, PartialEq)]
pub struct FormNames {
    /// The struct.
    pub name: Name,
    /// The struct of its required parts, of a form with more than three.
    pub required: Option<Name>,
    /// The arguments and setters of the parts, by their index.
    pub parts: Vec<Name>,
    /// The setters of headers: part, header.
    pub headers: BTreeMap<(usize, usize), Name>,
}

/// The names of successes that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyNames {
    /// The enum.
    pub name: Name,
    /// Its variants, by the index in what [`Api::successes`] returns.
    pub variants: Vec<Name>,
}

/// The names of the headers of replies.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderNames {
    /// The struct.
    pub name: Name,
    /// Its fields, by the index in what [`Operation::reply_headers`] returns.
    pub fields: Vec<Name>,
}

/// Methods that every request has or will have.
const REQUEST_METHODS: &[&str] = &[
    "new",
    "send",
    "send_blocking",
    "wait",
    "pages",
    "header",
    "timeout",
    "base_url",
    "clone",
    "into_future",
    "call",
];

/// Methods that every form has.
const FORM_METHODS: &[&str] = &["new", "default", "clone"];

/// A type that is emitted beside a request; of a form, with the index of its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    Error,
    Required,
    Body,
    Form(usize),
    FormRequired(usize),
    Reply,
    Headers,
}

impl Beside {
    /// What it adds to the name of the operation.
    fn suffix(self) -> &'static str {
        match self {
            Self::Error => " Error",
            Self::Required => " Required",
            Self::Body => " Body",
            Self::Form(_) => " Form",
            Self::FormRequired(_) => " Form Required",
            Self::Reply => " Reply",
            Self::Headers => " Headers",
        }
    }
}

/// The types that are emitted beside the request of `operation`.
fn beside(api: &Api, operation: &Operation) -> Vec<Beside> {
    let mut types = vec![Beside::Error];
    let mut add = |is: bool, ty: Beside| types.extend(is.then_some(ty));
    add(operation.argument_count() > MAX_ARGUMENTS, Beside::Required);
    let contents = operation.contents();
    add(contents.len() > 1, Beside::Body);
    for (index, content) in contents.iter().enumerate() {
        if let Payload::Multipart(parts) = &content.payload {
            add(true, Beside::Form(index));
            let required = parts.iter().filter(|part| part.required).count();
            add(required > MAX_POSITIONAL, Beside::FormRequired(index));
        }
    }
    add(!api.agree(&api.successes(operation)), Beside::Reply);
    add(!operation.reply_headers(api).is_empty(), Beside::Headers);
    types
}

impl<'a> Namer<'a> {
    /// The names of all operations.
    pub(super) fn operations(&mut self) -> Vec<OperationNames> {
        let api = self.api;
        let methods = self.list(
            "methods",
            "the client",
            Case::Value,
            CLIENT_METHODS,
            indexed(api)
                .map(|(index, of)| operation_request(index, of, "", ""))
                .collect(),
        );
        // What is derived from an operation is named before the operations are, so that an
        // operation `GetError` that is added later cannot rename the error of `Get`.
        let mut scope = self.scope("requests", "", Case::Type, RESERVED);
        let derived = indexed(api).flat_map(|(index, operation)| {
            let types = beside(api, operation).into_iter();
            types.map(move |ty| operation_request((index, ty), operation, ty.suffix(), ""))
        });
        let mut derived = self.assign(&mut scope, derived.collect());
        // A pin is the name of the method; the type is called like it in its own case.
        let types = indexed(api).map(|(index, operation)| Request {
            pin: None,
            ..operation_request(index, operation, "", " Request")
        });
        let types = self.assign(&mut scope, types.collect());
        let names = methods.into_iter().zip(types.into_values());
        names
            .zip(indexed(api))
            .filter_map(|((method, request), (index, operation))| {
                let mut of = |ty: Beside| derived.remove(&(index, ty));
                let (parameters, body) = self.parameters(operation);
                Some(OperationNames {
                    method,
                    request,
                    error: of(Beside::Error)?,
                    parameters,
                    body,
                    required: of(Beside::Required),
                    bodies: of(Beside::Body).map(|name| self.bodies(name, operation)),
                    forms: self.forms(operation, &mut of),
                    replies: of(Beside::Reply).map(|name| self.reply_variants(name, operation)),
                    headers: of(Beside::Headers).map(|name| self.header_fields(name, operation)),
                    variants: self.error_variants(operation),
                    tag: tag_of(api, operation),
                })
            })
            .collect()
    }

    /// The arguments and setters of an operation, and the argument of its body.
    fn parameters(&mut self, operation: &Operation) -> (Vec<Name>, Name) {
        let mut scope = self.scope("parameters", &operation.id, Case::Value, REQUEST_METHODS);
        let body = self.body(&mut scope, operation);
        let requests = operation
            .parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| Request {
                key: index,
                text: parameter.name.clone(),
                fallbacks: parameter_fallbacks(parameter),
                pin: parameter.pin.as_deref(),
                identity: format!(
                    "{} {} {}",
                    operation.pointer,
                    word(parameter.location),
                    parameter.name
                ),
                pointer: &parameter.pointer,
            });
        let names = self.assign(&mut scope, requests.collect());
        (names.into_values().collect(), body)
    }

    /// The argument of the body: `body`, whatever the parameters are called.
    fn body(&mut self, scope: &mut super::Scope<'a>, operation: &Operation) -> Name {
        let pointer = format!("{}/requestBody", operation.pointer);
        let text = "body".to_owned();
        let identity = pointer.clone();
        let request = Request {
            key: (),
            text,
            fallbacks: Vec::new(),
            pin: None,
            identity,
            pointer: &pointer,
        };
        let mut names = self.assign(scope, vec![request]);
        names.remove(&()).unwrap_or_else(|| Name("body".to_owned()))
    }

    /// The variants of a body of several media types.
    fn bodies(&mut self, name: Name, operation: &Operation) -> BodyNames {
        let pointer = format!("{}/requestBody", operation.pointer);
        let contents = operation.contents().iter().enumerate();
        let requests = contents.map(|(index, content)| Request {
            key: index,
            text: media_name(&content.media_type),
            fallbacks: vec![content.media_type.clone(), spelled_out(&content.media_type)],
            pin: None,
            identity: format!("{pointer} {}", content.media_type),
            pointer: &pointer,
        });
        let requests = requests.collect();
        BodyNames {
            name,
            variants: self.list("bodies", &operation.id, Case::Type, &[], requests),
        }
    }

    /// The names of each form with parts.
    fn forms(
        &mut self,
        operation: &Operation,
        of: &mut impl FnMut(Beside) -> Option<Name>,
    ) -> BTreeMap<usize, FormNames> {
        let mut forms = BTreeMap::new();
        for (index, content) in operation.contents().iter().enumerate() {
            if let Payload::Multipart(parts) = &content.payload
                && let Some(name) = of(Beside::Form(index))
            {
                let (parts, headers) = self.parts(&name, operation, parts);
                let form = FormNames {
                    name,
                    required: of(Beside::FormRequired(index)),
                    parts,
                    headers,
                };
                forms.insert(index, form);
            }
        }
        forms
    }

    fn parts(
        &mut self,
        form: &Name,
        operation: &Operation,
        parts: &[Part],
    ) -> (Vec<Name>, BTreeMap<(usize, usize), Name>) {
        let mut scope = self.scope("parts", form.as_str(), Case::Value, FORM_METHODS);
        let of_parts = parts.iter().enumerate().map(|(index, part)| Request {
            key: index,
            text: part.name.clone(),
            fallbacks: vec![format!("{} part", part.name), spelled_out(&part.name)],
            pin: part.pin.as_deref(),
            identity: format!("{} part {}", operation.pointer, part.name),
            pointer: &part.pointer,
        });
        let names = self.assign(&mut scope, of_parts.collect());
        let of_headers = parts.iter().enumerate().flat_map(|(at, part)| {
            let headers = part.headers.iter().enumerate();
            headers.map(move |(index, header)| Request {
                key: (at, index),
                text: format!("{} {header}", part.name),
                fallbacks: vec![format!("{} {header} header", part.name)],
                pin: None,
                identity: format!("{} part {} {header}", operation.pointer, part.name),
                pointer: &part.pointer,
            })
        });
        let headers = self.assign(&mut scope, of_headers.collect());
        (names.into_values().collect(), headers)
    }

    /// The variants of successes that differ: by status, and by media type where one status has
    /// several.
    fn reply_variants(&mut self, name: Name, operation: &Operation) -> ReplyNames {
        let successes = self.api.successes(operation);
        let pointers: Vec<String> = successes
            .iter()
            .map(|success| {
                format!(
                    "{}/responses/{}",
                    operation.pointer,
                    status_text(operation.replies[success.reply].status)
                )
            })
            .collect();
        let requests = successes.iter().zip(&pointers).enumerate();
        let requests = requests.map(|(index, (success, pointer))| {
            let status = success_name(success);
            let media_type = success.media_types.first().copied().unwrap_or_default();
            let text = match success.several {
                true => format!("{status} {}", media_name(media_type)),
                false => status.clone(),
            };
            Request {
                key: index,
                text,
                fallbacks: vec![
                    format!("{status} {media_type}"),
                    format!("{status} {}", spelled_out(media_type)),
                ],
                pin: None,
                identity: format!("{pointer} {media_type}"),
                pointer,
            }
        });
        let requests = requests.collect();
        ReplyNames {
            name,
            variants: self.list("replies", &operation.id, Case::Type, &[], requests),
        }
    }

    fn header_fields(&mut self, name: Name, operation: &Operation) -> HeaderNames {
        let headers = operation.reply_headers(self.api);
        let requests = headers.iter().enumerate().map(|(index, common)| Request {
            key: index,
            text: common.header.name.clone(),
            fallbacks: vec![spelled_out(&common.header.name)],
            pin: common.header.pin.as_deref(),
            identity: format!("{} header {}", operation.pointer, common.header.name),
            pointer: &common.header.pointer,
        });
        let requests = requests.collect();
        HeaderNames {
            name,
            fields: self.list("headers", &operation.id, Case::Value, &[], requests),
        }
    }

    fn error_variants(&mut self, operation: &Operation) -> BTreeMap<usize, Name> {
        let pointers: Vec<String> = operation
            .replies
            .iter()
            .map(|reply| {
                format!(
                    "{}/responses/{}",
                    operation.pointer,
                    status_text(reply.status)
                )
            })
            .collect();
        let errors = operation.replies.iter().zip(&pointers).enumerate();
        let requests = errors
            .filter(|(_, (reply, _))| !reply.status.is_success())
            .map(|(index, (reply, pointer))| Request {
                key: index,
                text: status_name(reply.status),
                fallbacks: vec![format!("Status{}", status_text(reply.status))],
                pin: None,
                identity: pointer.clone(),
                pointer,
            });
        let mut scope = self.scope("errors", &operation.id, Case::Type, &[]);
        self.assign(&mut scope, requests.collect())
    }
}

/// What a success is called; the reply for every other status is one where no success is documented.
fn success_name(success: &Success<'_>) -> String {
    match success.status {
        crate::ir::Status::Default => "Success".to_owned(),
        status @ (crate::ir::Status::Code(_) | crate::ir::Status::Range(_)) => status_name(status),
    }
}

/// The operations with their indices.
fn indexed(api: &Api) -> impl Iterator<Item = (usize, &Operation)> {
    api.operations.iter().enumerate()
}

/// A request for a name of an operation, with `suffix`: its pin or id, then with `other` added, then
/// with the method and the path.
fn operation_request<'a, K>(
    key: K,
    operation: &'a Operation,
    suffix: &str,
    other: &str,
) -> Request<'a, K> {
    let text = operation.pin.as_ref().unwrap_or(&operation.id);
    let method = operation.method.as_str().to_lowercase();
    Request {
        key,
        text: format!("{text}{suffix}"),
        fallbacks: vec![
            format!("{text}{other}{suffix}"),
            format!("{text} {method}{suffix}"),
            format!("{text} {method} {}{suffix}", operation.path),
        ],
        pin: operation.pin.as_deref().filter(|_| suffix.is_empty()),
        identity: format!("{}{suffix}", operation.pointer),
        pointer: &operation.pointer,
    }
}

/// The index of the tag that an operation belongs to: its first.
fn tag_of(api: &Api, operation: &Operation) -> usize {
    let first = operation.tags.first();
    api.tags
        .iter()
        .position(|tag| Some(&tag.name) == first)
        .unwrap_or_default()
}

fn parameter_fallbacks(parameter: &Parameter) -> Vec<String> {
    let word = word(parameter.location);
    vec![
        format!("{} {word}", parameter.name),
        spelled_out(&parameter.name),
    ]
}

/// The place of a parameter as a word in a name.
fn word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "query string",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}
