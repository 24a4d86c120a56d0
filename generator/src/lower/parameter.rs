//! Parameters: of the path item and of the operation, in the order in which they are asked for.

use super::media::{self, Family};
use super::operation::item_parts;
use super::server::braces;
use super::{Lowering, extension};
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef, Version, read_schema};
use crate::ir::{
    ClientParameter, Doc, Encoding, EnumValues, Location, Parameter, Payload, Scalar, Shape, Style,
    Styled, TypeId,
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
        let mut sources: Vec<NodeRef<'d>> = item_parts(item, self.diags).collect();
        sources.reverse();
        sources.push(operation);
        for source in sources {
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
        self.check_queries(&nodes)?;
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
            Location::Query | Location::QueryString | Location::Header | Location::Cookie => {
                usize::MAX
            }
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
                encoding: Encoding::Styled(SIMPLE),
                allow_empty: false,
                client: None,
                doc: Doc::default(),
                default: None,
                pin: None,
                pointer: operation.pointer(),
            });
        }
    }

    fn parameter(&mut self, node: NodeRef<'d>) -> Outcome {
        let required = flag(node, "required") == Some(true);
        // Nothing is lost without an optional parameter but the parameter itself.
        let (lost, consequence) = match required {
            true => (Outcome::Skip, "the operation is left out"),
            false => (Outcome::Ignored, "it cannot be sent"),
        };
        let refuse = |what: &str| {
            let message = format!("{what}: {consequence}");
            let diag = Diag::new(Code::UnsupportedParameter, node.place(), message);
            self.diags.report(diag);
        };
        let Some(placed) = self.placed(node) else {
            return lost;
        };
        let Placed {
            name,
            doc,
            location,
            style,
        } = placed;
        if location == Location::Header {
            if self.is_set_elsewhere(&name, node) {
                return Outcome::Ignored;
            }
            if !media::is_token(&name) {
                refuse("this cannot be the name of a header");
                return lost;
            }
        }
        let value = match location {
            Location::QueryString => self.query_of(node),
            Location::Path | Location::Query | Location::Header | Location::Cookie => {
                Some(self.value_of(node, styled(node, location, style)))
            }
        };
        let Some((ty, encoding)) = value else {
            refuse("the query as a whole has a media type under `content`");
            return lost;
        };
        let client = match extension::client_parameter(node, self.diags) {
            Some(_) if encoding == Encoding::Json || !self.is_scalar(ty) => {
                refuse("only text or a number can be set once on the client");
                return lost;
            }
            Some(of_client) => Some(self.client_parameter(&name, &of_client, ty, node)),
            None => None,
        };
        let schema = node.get("schema");
        // Null cannot be sent, so it is sent by leaving the parameter out.
        let nullable = schema.is_some_and(|schema| self.is_nullable(schema));
        Outcome::Parameter(Box::new(Parameter {
            required: (required && !nullable) || location == Location::Path,
            encoding,
            allow_empty: location == Location::Query && flag(node, "allowEmptyValue") == Some(true),
            doc,
            name,
            location,
            ty,
            client,
            default: schema
                .and_then(|schema| schema.resolve(self.diags))
                .and_then(|schema| read_schema(schema, self.diags))
                .and_then(|schema| schema.default.map(NodeRef::to_json)),
            pin: extension::rust_name(node, self.diags),
            pointer: node.pointer(),
        }))
    }

    /// Refuses a query that is the whole of one parameter and has another one as well (OpenAPI 3.2.0,
    /// Parameter Object).
    fn check_queries(&self, nodes: &[NodeRef<'d>]) -> Option<()> {
        let whole = nodes.iter().find(|node| self.is_whole_query(**node));
        let Some(whole) = whole else {
            return Some(());
        };
        let mut others = nodes.iter().filter(|node| *node != whole);
        let other = others.find(|node| {
            let place = node.get("in").and_then(NodeRef::as_str);
            place == Some("query") || self.is_whole_query(**node)
        });
        let Some(other) = other else {
            return Some(());
        };
        let message = "this is the query as a whole, and there is another parameter of the query: the \
                       operation is left out";
        let diag = Diag::new(Code::UnsupportedParameter, whole.place(), message);
        let diag = diag.related(other.place(), "this would be in the query, too");
        self.diags.report(diag);
        None
    }

    fn is_whole_query(&self, node: NodeRef<'d>) -> bool {
        self.document.version() >= Version::OpenApi32
            && node.get("in").and_then(NodeRef::as_str) == Some("querystring")
    }

    /// Where the parameter at `node` is sent, in which style, and what is said of it.
    fn placed(&self, node: NodeRef<'d>) -> Option<Placed> {
        let text = |key: &str| node.get(key).and_then(NodeRef::text).map(str::to_owned);
        if self.is_whole_query(node) {
            return Some(Placed {
                // It is not sent, so that a document may forget it.
                name: text("name").unwrap_or_else(|| "query".to_owned()),
                doc: doc(text("description"), flag(node, "deprecated")),
                location: Location::QueryString,
                style: Style::Simple,
            });
        }
        let view = node.view::<openapiv3::Parameter>(Kind::Parameter, self.diags)?;
        let (data, location, style) = place(view);
        let is_cookie = self.document.version() >= Version::OpenApi32
            && location == Location::Cookie
            && node.get("style").and_then(NodeRef::as_str) == Some("cookie");
        Some(Placed {
            name: data.name,
            doc: doc(data.description, data.deprecated),
            location,
            style: if is_cookie { Style::Cookie } else { style },
        })
    }

    /// The type of a query as a whole: a form, JSON, or else text; none where nothing says what it holds.
    fn query_of(&mut self, node: NodeRef<'d>) -> Option<(TypeId, Encoding)> {
        let (media_type, media) = self.contents(node).into_iter().next()?;
        if media::family(media_type) == Some(Family::Form)
            && let Payload::Form { ty, fields } = self.form(media)
        {
            return Some((ty, Encoding::Form(fields)));
        }
        Some(self.content_type_of(media_type, media))
    }

    /// Whether a header is not a parameter's to set: it is described elsewhere (OpenAPI 3.0.3, section
    /// 4.7.12.1), or says how a request is sent.
    fn is_set_elsewhere(&self, name: &str, node: NodeRef<'d>) -> bool {
        let is_one_of = |names: &[&str]| names.iter().any(|one| name.eq_ignore_ascii_case(one));
        if is_one_of(&["accept", "content-type", "authorization"]) {
            return true;
        }
        let framing = is_one_of(&["content-length", "transfer-encoding", "host", "connection"]);
        if framing {
            let message = format!("`{name}` is set by what sends the request");
            let diag = Diag::new(Code::UnsupportedFeature, node.place(), message);
            self.diags.report(diag);
        }
        framing
    }

    /// The type of a parameter's value, and how it becomes text.
    fn value_of(&mut self, node: NodeRef<'d>, styled: Styled) -> (TypeId, Encoding) {
        let content = self.contents(node).into_iter().next();
        match (node.get("schema"), content) {
            (None, Some((media_type, media))) => {
                let (ty, encoding) = self.content_type_of(media_type, media);
                match encoding {
                    Encoding::Json | Encoding::Form(_) => (ty, encoding),
                    Encoding::Styled(_) => (ty, Encoding::Styled(styled)),
                }
            }
            (Some(schema), _) => (self.type_of(schema), Encoding::Styled(styled)),
            (None, None) => (
                self.add_anonymous(node, Shape::Any),
                Encoding::Styled(styled),
            ),
        }
    }

    /// The type of a value of a media type, of a parameter or header: JSON, or else text.
    pub(super) fn content_type_of(
        &mut self,
        media_type: &str,
        media: NodeRef<'d>,
    ) -> (TypeId, Encoding) {
        let plain = Encoding::Styled(SIMPLE);
        match (media::family(media_type), media.get("schema")) {
            (Some(Family::Json), _) => (self.json_type(media), Encoding::Json),
            (_, Some(schema)) => {
                let ty = self.type_of(schema);
                match self.is_scalar(ty) {
                    true => (ty, plain),
                    false => (self.text_type(media), plain),
                }
            }
            (_, None) => (self.text_type(media), plain),
        }
    }

    /// The type of any text.
    pub(super) fn text_type(&mut self, node: NodeRef<'d>) -> TypeId {
        self.add_anonymous(node, Shape::Scalar(Scalar::String))
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

    /// Whether values of a type are one text or number each.
    fn is_scalar(&self, ty: TypeId) -> bool {
        match &self.types[ty.index()].shape {
            Shape::Scalar(_) | Shape::Newtype(_) => true,
            Shape::Enum(EnumValues::Texts(_) | EnumValues::Integers(_)) => true,
            Shape::Alias(target) => self.is_scalar(*target),
            Shape::Enum(EnumValues::Mixed(_))
            | Shape::Struct { .. }
            | Shape::Union { .. }
            | Shape::Wrapper(_)
            | Shape::Nullable(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Any => false,
        }
    }
}

/// How the value of a path parameter is written where nothing else is said.
const SIMPLE: Styled = Styled {
    style: Style::Simple,
    explode: false,
    allow_reserved: false,
};

/// Where a parameter is sent, and in which style.
fn place(view: openapiv3::Parameter) -> (openapiv3::ParameterData, Location, Style) {
    match view {
        openapiv3::Parameter::Path {
            parameter_data,
            style,
        } => {
            let style = match style {
                openapiv3::PathStyle::Simple => Style::Simple,
                openapiv3::PathStyle::Label => Style::Label,
                openapiv3::PathStyle::Matrix => Style::Matrix,
            };
            (parameter_data, Location::Path, style)
        }
        openapiv3::Parameter::Query {
            parameter_data,
            style,
            ..
        } => {
            let style = match style {
                openapiv3::QueryStyle::Form => Style::Form,
                openapiv3::QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                openapiv3::QueryStyle::PipeDelimited => Style::PipeDelimited,
                openapiv3::QueryStyle::DeepObject => Style::DeepObject,
            };
            (parameter_data, Location::Query, style)
        }
        openapiv3::Parameter::Header {
            parameter_data,
            style: openapiv3::HeaderStyle::Simple,
        } => (parameter_data, Location::Header, Style::Simple),
        openapiv3::Parameter::Cookie {
            parameter_data,
            style: openapiv3::CookieStyle::Form,
        } => (parameter_data, Location::Cookie, Style::Form),
    }
}

fn flag(node: NodeRef<'_>, key: &str) -> Option<bool> {
    node.get(key).and_then(NodeRef::as_bool)
}

fn doc(description: Option<String>, deprecated: Option<bool>) -> Doc {
    Doc {
        title: None,
        description,
        external: None,
        deprecated: deprecated == Some(true),
    }
}

/// How the value of the parameter at `node` is written.
fn styled(node: NodeRef<'_>, location: Location, style: Style) -> Styled {
    let explode = flag(node, "explode");
    Styled {
        style,
        explode: explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
        allow_reserved: location == Location::Query && flag(node, "allowReserved") == Some(true),
    }
}

/// A parameter without its value.
struct Placed {
    name: String,
    doc: Doc,
    location: Location,
    style: Style,
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
