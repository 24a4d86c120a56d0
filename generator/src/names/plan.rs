//! The plan: one function that names everything.

use std::collections::BTreeMap;

use super::case::{Case, file_text, spelled_out};
use super::status::{status_name, status_text};
use super::types::type_names;
use super::{Name, Request, Scope, Settled};
use crate::diag::{Diags, Place, reference_to};
use crate::ir::{Api, Location, Operation, Parameter, SchemeKind, Shape, TypeId};

/// Every name of the emitted crate.
#[derive(Clone, Debug, PartialEq)]
pub struct NamePlan {
    /// The items of `types`.
    pub types: BTreeMap<TypeId, TypeNames>,
    /// The operations, by their index in [`Api::operations`].
    pub operations: Vec<OperationNames>,
    /// The tags, by their index in [`Api::tags`].
    pub tags: Vec<TagNames>,
    /// The builder's setters of the base URLs, by the index in [`Api::servers`].
    pub servers: Vec<Name>,
    /// The builder's setters of server variables, by the index in [`Api::variables`].
    pub variables: Vec<Name>,
    /// The builder's setters of client parameters, by the index in [`Api::client_parameters`].
    pub client_parameters: Vec<Name>,
    /// The constructors of credentials, by the index in [`Api::security_schemes`].
    pub security_schemes: Vec<Name>,
    /// The names of this plan that more than one item asked for, to be remembered.
    pub disputed: Settled,
}

/// The names that belong to an item of `types`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeNames {
    /// The type.
    pub name: Name,
    /// The struct of its required fields, for a type with more than three.
    pub required: Option<Name>,
    /// The module that holds it, and with it all items of the same root.
    pub module: Name,
    /// The fields of a struct, by their index.
    pub fields: Vec<FieldNames>,
    /// The variants of an enumeration, by their index.
    pub variants: Vec<Name>,
}

/// The names that belong to a field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldNames {
    /// The field.
    pub field: Name,
    /// Its setter.
    pub setter: Name,
}

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
    /// The variants of the error type, by the index of the reply; only for errors.
    pub variants: BTreeMap<usize, Name>,
    /// The tag, by its index in [`Api::tags`].
    pub tag: usize,
}

/// The names that belong to a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TagNames {
    /// The module of its operations.
    pub module: Name,
    /// The Cargo feature.
    pub feature: Name,
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

/// Methods that every model has, of its own or by a trait that people call it by.
const MODEL_METHODS: &[&str] = &["new", "default", "clone"];

/// Methods that the client has or will have besides the operations.
const CLIENT_METHODS: &[&str] = &["builder", "from_env", "core", "clone", "new"];

/// Methods that the builder has besides the setters named here.
const BUILDER_METHODS: &[&str] = &[
    "new",
    "build",
    "from_env",
    "credentials",
    "transport",
    "timeout",
    "connect_timeout",
    "header",
    "user_agent",
    "max_body_bytes",
    "max_error_body_bytes",
    "clock",
    "clone",
    "core",
    "default",
];

/// Features that every emitted crate has or may come to have.
const FEATURES: &[&str] = &["default", "reqwest", "full", "blocking", "tracing"];

/// Names everything in `api`. `settled` are the names that an earlier run had to decide between
/// several items; `file` is where the document is, for notes about names that were altered.
///
/// Never fails by itself: two equal pins are reported as errors, which end the stage.
pub fn plan(api: &Api, settled: &Settled, file: &Place, diags: &Diags) -> NamePlan {
    let mut namer = Namer {
        api,
        settled,
        file,
        diags,
        disputed: Settled::new(),
    };
    let tags = namer.tags();
    let operations = namer.operations();
    let (servers, variables, client_parameters) = namer.builder();
    let security_schemes = namer.security_schemes();
    let types = type_names(&mut namer);
    NamePlan {
        types,
        operations,
        tags,
        servers,
        variables,
        client_parameters,
        security_schemes,
        disputed: namer.disputed,
    }
}

/// What naming one namespace after the other needs.
pub(super) struct Namer<'a> {
    pub(super) api: &'a Api,
    settled: &'a Settled,
    file: &'a Place,
    diags: &'a Diags,
    disputed: Settled,
}

impl<'a> Namer<'a> {
    /// A namespace with the emitter's own identifiers in it.
    pub(super) fn scope(
        &self,
        kind: &'static str,
        of: &str,
        case: Case,
        reserved: &[&str],
    ) -> Scope<'a> {
        Scope::new(kind, of, case, reserved, self.settled)
    }

    /// Names `requests` in `scope`, remembering disputes.
    pub(super) fn assign<K: Ord + Clone>(
        &mut self,
        scope: &mut Scope<'a>,
        requests: Vec<Request<'_, K>>,
    ) -> BTreeMap<K, Name> {
        scope.assign(requests, self.diags, self.file, &mut self.disputed)
    }

    /// Names `requests`, which are keyed by their position, in a namespace of their own.
    pub(super) fn list(
        &mut self,
        kind: &'static str,
        of: &str,
        case: Case,
        reserved: &[&str],
        requests: Vec<Request<'_, usize>>,
    ) -> Vec<Name> {
        let mut scope = self.scope(kind, of, case, reserved);
        self.assign(&mut scope, requests).into_values().collect()
    }

    fn tags(&mut self) -> Vec<TagNames> {
        let requests = |text: &dyn Fn(&str) -> String| {
            let tags = self.api.tags.iter().enumerate();
            tags.map(|(index, tag)| Request {
                key: index,
                text: text(&tag.name),
                fallbacks: vec![format!("{} tag", text(&tag.name))],
                pin: None,
                identity: tag.name.clone(),
                pointer: "/tags",
            })
            .collect::<Vec<_>>()
        };
        let (for_modules, for_features) = (requests(&file_text), requests(&str::to_owned));
        let modules = self.list(
            "modules",
            "operations",
            Case::Value,
            super::types::RESERVED_FILES,
            for_modules,
        );
        let features = self.list("features", "", Case::Feature, FEATURES, for_features);
        modules
            .into_iter()
            .zip(features)
            .map(|(module, feature)| TagNames { module, feature })
            .collect()
    }

    fn operations(&mut self) -> Vec<OperationNames> {
        let api = self.api;
        let methods = self.list(
            "methods",
            "the client",
            Case::Value,
            CLIENT_METHODS,
            operation_requests(api, "", ""),
        );
        // What is derived from an operation is named before the operations are, so that an
        // operation `GetError` that is added later cannot rename the error of `Get`.
        let mut scope = self.scope("requests", "", Case::Type, super::types::RESERVED);
        let errors = self.assign(&mut scope, operation_requests(api, " Error", ""));
        let types = operation_requests(api, "", " Request").into_iter();
        // A pin is the name of the method; the type is called like it in its own case.
        let types = types
            .map(|request| Request {
                pin: None,
                ..request
            })
            .collect();
        let types = self.assign(&mut scope, types);
        let names = methods
            .into_iter()
            .zip(types.into_values())
            .zip(errors.into_values());
        names
            .zip(&api.operations)
            .map(|(((method, request), error), operation)| {
                let (parameters, body) = self.parameters(operation);
                OperationNames {
                    method,
                    request,
                    error,
                    parameters,
                    body,
                    variants: self.error_variants(operation),
                    tag: tag_of(api, operation),
                }
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
    fn body(&mut self, scope: &mut Scope<'a>, operation: &Operation) -> Name {
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

    /// The setters of the builder: base URLs, variables, client parameters.
    fn builder(&mut self) -> (Vec<Name>, Vec<Name>, Vec<Name>) {
        let api = self.api;
        let mut scope = self.scope("setters", "the builder", Case::Value, BUILDER_METHODS);
        let servers = api.servers.iter().enumerate().map(|(index, server)| {
            let label = server
                .pin
                .clone()
                .unwrap_or_else(|| host_label(&server.url));
            Request {
                key: index,
                text: if index == 0 {
                    "base_url".to_owned()
                } else {
                    format!("{label} base_url")
                },
                fallbacks: vec![format!("{} base_url", server.url)],
                pin: None,
                identity: server.url.clone(),
                pointer: &server.pointer,
            }
        });
        let servers = self.assign(&mut scope, servers.collect());
        let variables = api
            .variables
            .iter()
            .enumerate()
            .map(|(index, variable)| Request {
                key: index,
                text: variable.name.clone(),
                fallbacks: vec![format!("server {}", variable.name)],
                pin: None,
                identity: format!("server variable {}", variable.name),
                pointer: "/servers",
            });
        let variables = self.assign(&mut scope, variables.collect());
        let parameters = api
            .client_parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| Request {
                key: index,
                text: parameter.name.clone(),
                fallbacks: vec![format!("{} parameter", parameter.name)],
                pin: parameter.pin.as_deref(),
                identity: format!("client parameter {}", parameter.name),
                pointer: "/paths",
            });
        let parameters = self.assign(&mut scope, parameters.collect());
        (
            servers.into_values().collect(),
            variables.into_values().collect(),
            parameters.into_values().collect(),
        )
    }

    fn security_schemes(&mut self) -> Vec<Name> {
        let api = self.api;
        let pointers: Vec<_> = api
            .security_schemes
            .iter()
            .map(|scheme| format!("/components/securitySchemes/{}", scheme.name))
            .collect();
        let requests = api.security_schemes.iter().zip(&pointers).enumerate().map(
            |(index, (scheme, pointer))| Request {
                key: index,
                text: scheme.name.clone(),
                fallbacks: vec![format!("{} {}", scheme.name, scheme_word(&scheme.kind))],
                pin: scheme.pin.as_deref(),
                identity: pointer.clone(),
                pointer,
            },
        );
        let reserved = ["new", "from_env", "and", "clone", "default"];
        self.list(
            "constructors",
            "credentials",
            Case::Value,
            &reserved,
            requests.collect(),
        )
    }

    /// The fields and setters of a struct, or the variants of an enumeration.
    pub(super) fn members(&mut self, id: TypeId) -> (Vec<FieldNames>, Vec<Name>) {
        let def = self.api.ty(id);
        match &def.shape {
            Shape::Struct { fields } => {
                let requests = fields.iter().enumerate().map(|(index, field)| Request {
                    key: index,
                    text: field.key.clone(),
                    fallbacks: vec![spelled_out(&field.key)],
                    pin: field.pin.as_deref(),
                    identity: field.pointer.clone(),
                    pointer: &field.pointer,
                });
                let of = format!("`{}`", reference_to(&def.pointer));
                let names = self.list("fields", &of, Case::Value, &[], requests.collect());
                // A setter is called like its field, unless methods of ours are.
                let requests =
                    fields
                        .iter()
                        .zip(&names)
                        .enumerate()
                        .map(|(index, (field, name))| Request {
                            key: index,
                            text: name.plain().to_owned(),
                            fallbacks: vec![format!("with {}", name.plain())],
                            pin: None,
                            identity: field.pointer.clone(),
                            pointer: &field.pointer,
                        });
                let setters = self.list(
                    "setters",
                    &of,
                    Case::Value,
                    MODEL_METHODS,
                    requests.collect(),
                );
                let pairs = names.into_iter().zip(setters);
                (
                    pairs
                        .map(|(field, setter)| FieldNames { field, setter })
                        .collect(),
                    Vec::new(),
                )
            }
            Shape::Enum { values } => {
                let pointer = format!("{}/enum", def.pointer);
                let requests = values.iter().enumerate().map(|(index, value)| Request {
                    key: index,
                    text: value.value.clone(),
                    fallbacks: vec![spelled_out(&value.value)],
                    pin: None,
                    identity: format!("{pointer} {}", value.value),
                    pointer: &pointer,
                });
                let of = format!("`{}`", reference_to(&def.pointer));
                let requests = requests.collect();
                (
                    Vec::new(),
                    self.list("variants", &of, Case::Type, &["Unknown"], requests),
                )
            }
            Shape::Newtype(_)
            | Shape::Alias(_)
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Any => (Vec::new(), Vec::new()),
        }
    }
}

/// Requests for a name of each operation, with `suffix`: its pin or id, then with `other` added, then
/// with the method and the path.
fn operation_requests<'a>(api: &'a Api, suffix: &str, other: &str) -> Vec<Request<'a, usize>> {
    api.operations
        .iter()
        .enumerate()
        .map(|(index, operation)| {
            let text = operation.pin.as_ref().unwrap_or(&operation.id);
            let method = operation.method.as_str().to_lowercase();
            Request {
                key: index,
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
        })
        .collect()
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
        Location::Header => "header",
    }
}

/// The kind of a scheme as a word in a name.
fn scheme_word(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKeyHeader { .. } | SchemeKind::ApiKeyQuery { .. } => "key",
        SchemeKind::Basic => "basic",
        SchemeKind::Bearer => "bearer",
        SchemeKind::Signing { .. } => "signing",
    }
}

/// The first label of the host in a URL: what people call that server.
fn host_label(url: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = host.find(['.', '/', ':', '{']).unwrap_or(host.len());
    host[..end].to_owned()
}
