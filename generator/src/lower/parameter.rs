//! Parameters: of the path item and of the operation, in the order in which they are asked for.

use super::server::braces;
use super::{Lowering, extension};
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef, read_schema};
use crate::ir::{
    ClientParameter, Doc, Encoding, Location, Parameter, Scalar, Shape, Style, Styled, TypeId,
};

impl<'d> Lowering<'d> {
    /// The parameters of an operation; none of it where a required one cannot be sent as the
    /// document asks, since a required thing is never dropped.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: NodeRef<'d>,
        operation: NodeRef<'d>,
    ) -> Option<Vec<Parameter>> {
        let mut nodes: Vec<NodeRef<'d>> = Vec::new();
        for source in [item, operation] {
            for node in source
                .get("parameters")
                .into_iter()
                .flat_map(NodeRef::items)
            {
                let Some(target) = node.resolve(self.diags) else {
                    let message = "the operation is left out: nobody knows whether it can do without \
                                   this parameter";
                    let diag = Diag::new(Code::UnsupportedParameter, node.place(), message);
                    self.diags.report(diag);
                    return None;
                };
                let node = target;
                // One of the operation replaces one of the path (OpenAPI 3.0.3, section 4.7.10.1).
                nodes.retain(|known| identity(*known) != identity(node));
                nodes.push(node);
            }
        }
        let mut parameters = Vec::new();
        for node in nodes {
            match self.parameter(node) {
                Outcome::Parameter(parameter) => parameters.push(*parameter),
                Outcome::Ignored => {}
                Outcome::Skip => return None,
            }
        }
        self.complete(path, operation, &mut parameters);
        let template = braces(path);
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => template
                .iter()
                .position(|name| *name == parameter.name)
                .unwrap_or(usize::MAX - 1),
            Location::Query | Location::Header | Location::Cookie => usize::MAX,
        });
        Some(parameters)
    }

    /// Makes the parameters of the path those of the template: one that is not declared is taken
    /// for text, one that the template does not have is dropped.
    fn complete(&mut self, path: &str, operation: NodeRef<'d>, parameters: &mut Vec<Parameter>) {
        let template = braces(path);
        let diags = self.diags;
        parameters.retain(|parameter| {
            let used =
                parameter.location != Location::Path || template.contains(&parameter.name.as_str());
            if !used {
                let message = format!(
                    "`{path}` has no `{{{}}}`: the parameter is not sent",
                    parameter.name
                );
                diags.report(Diag::new(
                    Code::UnusedPathParameter,
                    operation.key_place(),
                    message,
                ));
            }
            used
        });
        for name in template {
            let declared = parameters
                .iter()
                .any(|parameter| parameter.location == Location::Path && parameter.name == name);
            if declared {
                continue;
            }
            let message =
                format!("`{{{name}}}` of `{path}` is not declared: it is taken for a string");
            let help = format!("add a parameter `{name}` with `in: path` and a schema");
            diags.report(
                Diag::new(
                    Code::UndeclaredPathParameter,
                    operation.key_place(),
                    message,
                )
                .help(help),
            );
            let ty = self.add_anonymous(operation, Shape::Scalar(Scalar::String));
            parameters.push(Parameter {
                name: name.to_owned(),
                location: Location::Path,
                required: true,
                ty,
                encoding: Encoding::Styled(Styled {
                    style: Style::Simple,
                    explode: false,
                    allow_reserved: false,
                }),
                client: None,
                doc: Doc::default(),
                default: None,
                pin: None,
                pointer: operation.pointer(),
            });
        }
    }

    fn parameter(&mut self, node: NodeRef<'d>) -> Outcome {
        let required = node.get("required").and_then(NodeRef::as_bool) == Some(true);
        // Nothing is lost without an optional parameter but the parameter itself.
        let lost = if required {
            Outcome::Skip
        } else {
            Outcome::Ignored
        };
        let consequence = if required {
            "the operation is left out"
        } else {
            "it cannot be sent"
        };
        let unsupported = |at: NodeRef<'d>, what: &str| {
            let message = format!("{what} is not supported yet: {consequence}");
            self.diags
                .report(Diag::new(Code::UnsupportedParameter, at.place(), message));
        };
        let Some(view) = node.view::<openapiv3::Parameter>(Kind::Parameter, self.diags) else {
            return lost;
        };
        let (data, location, style, default_explode) = match view {
            openapiv3::Parameter::Path {
                parameter_data,
                style,
            } => match style {
                openapiv3::PathStyle::Simple => {
                    (parameter_data, Location::Path, Style::Simple, false)
                }
                openapiv3::PathStyle::Matrix | openapiv3::PathStyle::Label => {
                    unsupported(node.get("style").unwrap_or(node), "this style");
                    return Outcome::Skip;
                }
            },
            openapiv3::Parameter::Query {
                parameter_data,
                style,
                allow_reserved,
                ..
            } => {
                if allow_reserved {
                    unsupported(node.get("allowReserved").unwrap_or(node), "`allowReserved`");
                    return lost;
                }
                match style {
                    openapiv3::QueryStyle::Form => {
                        (parameter_data, Location::Query, Style::Form, true)
                    }
                    openapiv3::QueryStyle::SpaceDelimited
                    | openapiv3::QueryStyle::PipeDelimited
                    | openapiv3::QueryStyle::DeepObject => {
                        unsupported(node.get("style").unwrap_or(node), "this style");
                        return lost;
                    }
                }
            }
            openapiv3::Parameter::Header {
                parameter_data,
                style,
            } => match style {
                openapiv3::HeaderStyle::Simple => {
                    // These three are described elsewhere (OpenAPI 3.0.3, section 4.7.12.1).
                    let name = parameter_data.name.to_ascii_lowercase();
                    if ["accept", "content-type", "authorization"].contains(&name.as_str()) {
                        return Outcome::Ignored;
                    }
                    (parameter_data, Location::Header, Style::Simple, false)
                }
            },
            openapiv3::Parameter::Cookie { .. } => {
                unsupported(node.get("in").unwrap_or(node), "a parameter in a cookie");
                return lost;
            }
        };
        let Some(schema) = node.get("schema") else {
            unsupported(
                node.get("content").unwrap_or(node),
                "a parameter without `schema`",
            );
            return lost;
        };
        let ty = self.type_of(schema);
        if !self.is_parameter(ty) {
            unsupported(
                schema,
                "a parameter that is neither a scalar nor a list of scalars",
            );
            return lost;
        }
        let client = match extension::client_parameter(node, self.diags) {
            Some(_) if !self.is_scalar(ty) => {
                unsupported(schema, "a list that is set once on the client");
                return lost;
            }
            Some(of_client) => Some(self.client_parameter(&data.name, &of_client, ty, node)),
            None => None,
        };
        Outcome::Parameter(Box::new(Parameter {
            required: required || location == Location::Path,
            encoding: Encoding::Styled(Styled {
                style,
                explode: data.explode.unwrap_or(default_explode),
                allow_reserved: false,
            }),
            doc: Doc {
                title: None,
                description: data.description,
                external: None,
                deprecated: data.deprecated == Some(true),
            },
            name: data.name,
            location,
            ty,
            client,
            default: schema
                .resolve(self.diags)
                .and_then(|schema| read_schema(schema, self.diags))
                .and_then(|schema| schema.default.map(NodeRef::to_json)),
            pin: extension::rust_name(node, self.diags),
            pointer: node.pointer(),
        }))
    }

    /// The index of a parameter that is set once on the client. One name is one parameter.
    fn client_parameter(
        &mut self,
        name: &str,
        of_client: &extension::ClientParameter,
        ty: TypeId,
        node: NodeRef<'d>,
    ) -> usize {
        if let Some(known) = self
            .client_parameters
            .iter()
            .position(|known| known.name == name)
        {
            return known;
        }
        let description = node
            .get("description")
            .and_then(NodeRef::as_str)
            .map(str::to_owned);
        self.client_parameters.push(ClientParameter {
            name: name.to_owned(),
            env: of_client.env.clone(),
            ty,
            doc: Doc {
                description,
                ..Doc::default()
            },
            pin: extension::rust_name(node, self.diags),
        });
        self.client_parameters.len() - 1
    }

    /// Whether values of a type can be sent as a parameter.
    fn is_parameter(&self, ty: TypeId) -> bool {
        match &self.types[ty.index()].shape {
            Shape::Array(item) => self.is_scalar(*item),
            Shape::Alias(target) => self.is_parameter(*target),
            _ => self.is_scalar(ty),
        }
    }

    fn is_scalar(&self, ty: TypeId) -> bool {
        match &self.types[ty.index()].shape {
            Shape::Scalar(_) | Shape::Newtype(_) | Shape::Enum(_) => true,
            Shape::Alias(target) => self.is_scalar(*target),
            Shape::Struct { .. }
            | Shape::Union { .. }
            | Shape::Wrapper(_)
            | Shape::Nullable(_)
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Any => false,
        }
    }
}

/// What became of a parameter.
enum Outcome {
    /// It is sent.
    Parameter(Box<Parameter>),
    /// It is not sent, and the operation can do without.
    Ignored,
    /// It cannot be sent, and the operation cannot do without.
    Skip,
}

/// What makes two parameters one (OpenAPI 3.0.3, section 4.7.12): name and place.
fn identity<'d>(node: NodeRef<'d>) -> (Option<&'d str>, Option<&'d str>) {
    let text = |key: &str| node.get(key).and_then(NodeRef::as_str);
    (text("name"), text("in"))
}
