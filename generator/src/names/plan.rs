//! The plan: one function that names everything.

use std::collections::BTreeMap;

use super::case::Case;
use super::operations::OperationNames;
use super::types::type_names;
use super::{Name, Request, Scope, Settled};
use crate::diag::{Diags, Place};
use crate::ir::{Api, SchemeKind, TypeId};

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
    /// The field of a struct that holds properties which are not listed.
    pub rest: Option<Name>,
    /// The variants of an enumeration or a union, by their index.
    pub variants: Vec<Name>,
}

/// The names that belong to a field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldNames {
    /// The field.
    pub field: Name,
    /// Its setter.
    pub setter: Name,
    /// The setter that makes it null, where it might as well be absent.
    pub null: Option<Name>,
}

/// The names that belong to a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TagNames {
    /// The module of its operations.
    pub module: Name,
    /// The Cargo feature.
    pub feature: Name,
}

/// Methods that the client has or will have besides the operations.
pub(super) const CLIENT_METHODS: &[&str] = &["builder", "from_env", "core", "clone", "new"];

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
const FEATURES: &[&str] = &[
    "default",
    "reqwest",
    "full",
    "blocking",
    "tracing",
    "chrono",
    "jiff",
    "rust_decimal",
    "time",
    "uuid",
];

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
        let requests = || {
            let tags = self.api.tags.iter().enumerate();
            tags.map(|(index, tag)| Request {
                key: index,
                text: tag.name.clone(),
                fallbacks: vec![format!("{} tag", tag.name)],
                pin: None,
                identity: tag.name.clone(),
                pointer: "/tags",
            })
            .collect::<Vec<_>>()
        };
        let (for_modules, for_features) = (requests(), requests());
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
}

/// The kind of a scheme as a word in a name.
fn scheme_word(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKeyHeader { .. }
        | SchemeKind::ApiKeyQuery { .. }
        | SchemeKind::ApiKeyCookie { .. } => "key",
        SchemeKind::Basic => "basic",
        SchemeKind::Bearer => "bearer",
        SchemeKind::Signing { .. } => "signing",
        SchemeKind::MutualTls => "certificate",
    }
}

/// The first label of the host in a URL that no variable stands in: what people call that server.
fn host_label(url: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = &host[..host.find(['/', ':']).unwrap_or(host.len())];
    let mut labels = host.split('.');
    let plain = labels.clone().find(|label| !label.contains(['{', '}']));
    let label = plain.or_else(|| labels.next()).unwrap_or_default();
    label.to_owned()
}
