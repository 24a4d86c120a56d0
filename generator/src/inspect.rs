//! What is in a document and what each thing is called: for people, and for programs.
//!
//! In goes a plan, out comes a [`Report`]. It knows nothing of tokens.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::{Diag, Severity, reference_to};
use crate::ir::{
    Api, Callback, Encoding, FormField, Naming, PartKind, Payload, ReplyBody, Shape, Styled, TypeId,
};
use crate::names::NamePlan;

/// What a document holds and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The title of the API.
    pub title: String,
    /// The version of the document.
    pub version: String,
    /// How much there is, and how much of it is in the crate.
    pub totals: Totals,
    /// The operations that are not in the crate.
    pub skipped: Vec<Skipped>,
    /// The operations, in the order of the document.
    pub operations: Vec<OperationEntry>,
    /// The types, in the order of the document.
    pub types: Vec<TypeEntry>,
    /// What was found wrong or could not be expressed.
    pub findings: Vec<Finding>,
}

/// How much a document holds and how much of it is in the crate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
    /// Operations in the document.
    pub operations_documented: usize,
    /// Operations in the crate.
    pub operations_emitted: usize,
    /// Operations that are not in it.
    pub operations_skipped: usize,
    /// The part that is, in per cent, with two digits.
    pub coverage: f64,
    /// Types of the crate.
    pub types: usize,
    /// Types of each kind.
    pub types_by_kind: BTreeMap<&'static str, usize>,
    /// Findings that something was left out.
    pub skipped: usize,
    /// Findings that something became any value.
    pub widened: usize,
    /// Other findings.
    pub notes: usize,
}

/// An operation that is not in the crate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Skipped {
    /// JSON Pointer of the operation.
    pub pointer: String,
    /// The codes of what was skipped within it; none where the reason stands elsewhere in the document.
    pub codes: Vec<&'static str>,
}

/// An operation and its names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OperationEntry {
    /// The `operationId`, or what stands for it.
    pub id: String,
    /// JSON Pointer of the operation.
    pub pointer: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The method of the client.
    pub rust: String,
    /// The Cargo feature that switches it on.
    pub feature: String,
}

/// A schema that became an item, and its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeEntry {
    /// JSON Pointer of the schema.
    pub pointer: String,
    /// Its path in the emitted crate.
    pub rust: String,
    /// What it is: `struct`, `enum`, `union`, `newtype`, `alias`.
    pub kind: &'static str,
}

/// A diagnostic, as data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The code.
    pub code: &'static str,
    /// What it costs.
    pub severity: &'static str,
    /// JSON Pointer of the place, if it is in a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// What was found.
    pub message: String,
}

/// Looks at a plan and at what was reported on the way to it.
pub fn inspect(api: &Api, names: &NamePlan, diags: &[Diag]) -> Report {
    let operations = api
        .operations
        .iter()
        .zip(&names.operations)
        .map(|(operation, of)| OperationEntry {
            id: operation.id.clone(),
            pointer: operation.pointer.clone(),
            method: operation.method.as_str().to_owned(),
            path: operation.path.clone(),
            rust: format!("Client::{}", of.method),
            feature: names.tags[of.tag].feature.to_string(),
        });
    let types = names.types.iter().map(|(&id, of)| {
        let def = api.ty(id);
        TypeEntry {
            pointer: def.pointer.clone(),
            rust: format!("types::{}", of.name),
            kind: kind(&def.shape),
        }
    });
    let findings = diags.iter().map(|diag| Finding {
        code: diag.code.name(),
        severity: diag.code.severity().name(),
        pointer: diag.place.pointer().map(str::to_owned),
        message: diag.message.clone(),
    });
    let (types, findings): (Vec<TypeEntry>, Vec<Finding>) = (types.collect(), findings.collect());
    let skipped = skipped(api, &findings);
    Report {
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        totals: totals(api, &types, &findings, skipped.len()),
        skipped,
        operations: operations.collect(),
        types,
        findings,
    }
}

/// The operations that are not in the crate, with what was skipped within each.
fn skipped(api: &Api, findings: &[Finding]) -> Vec<Skipped> {
    let emitted = |pointer: &str| api.operations.iter().any(|of| of.pointer == pointer);
    let within = |pointer: &str, finding: &Finding| {
        let rest = finding.pointer.as_deref()?.strip_prefix(pointer)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(finding.code)
    };
    let missing = api.documented.iter().filter(|pointer| !emitted(pointer));
    let entries = missing.map(|pointer| Skipped {
        pointer: pointer.clone(),
        codes: findings
            .iter()
            .filter(|finding| finding.severity == Severity::Skipped.name())
            .filter_map(|finding| within(pointer, finding))
            .collect(),
    });
    entries.collect()
}

fn totals(api: &Api, types: &[TypeEntry], findings: &[Finding], skipped: usize) -> Totals {
    let mut types_by_kind = BTreeMap::new();
    for entry in types {
        *types_by_kind.entry(entry.kind).or_default() += 1;
    }
    let count = |severity: Severity| {
        let of = findings.iter();
        of.filter(|finding| finding.severity == severity.name())
            .count()
    };
    let (documented, emitted) = (api.documented.len(), api.operations.len());
    Totals {
        operations_documented: documented,
        operations_emitted: emitted,
        operations_skipped: skipped,
        // Rounded down: not quite all must not look like all.
        coverage: match documented {
            0 => 100.0,
            _ => (emitted * 10_000 / documented) as f64 / 100.0,
        },
        types: types.len(),
        types_by_kind,
        skipped: count(Severity::Skipped),
        widened: count(Severity::Widened),
        notes: count(Severity::Note),
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => "struct",
        Shape::Enum(_) => "enum",
        Shape::Union { .. } => "union",
        Shape::Newtype(_) | Shape::Wrapper(_) => "newtype",
        Shape::Alias(_)
        | Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => "alias",
    }
}

impl Report {
    /// The report for people.
    pub fn text(&self) -> String {
        let mut out = format!("{} {}\n", self.title, self.version);
        let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or_default();
        let rust = width(&mut self.operations.iter().map(|o| o.rust.len()));
        let method = width(&mut self.operations.iter().map(|o| o.method.len()));
        let _ = writeln!(
            out,
            "\n{} of {} operations ({} %)",
            self.totals.operations_emitted, self.totals.operations_documented, self.totals.coverage
        );
        for o in &self.operations {
            let _ = writeln!(
                out,
                "  {:rust$}  {:method$} {}  [{}]",
                o.rust, o.method, o.path, o.feature
            );
        }
        for s in &self.skipped {
            let codes = match s.codes.as_slice() {
                [] => "see below".to_owned(),
                codes => codes.join(", "),
            };
            let _ = writeln!(out, "  skipped  {}  {codes}", reference_to(&s.pointer));
        }
        let rust = width(&mut self.types.iter().map(|t| t.rust.len()));
        let _ = writeln!(out, "\n{} types", self.types.len());
        for t in &self.types {
            let _ = writeln!(
                out,
                "  {:rust$}  {:7}  {}",
                t.rust,
                t.kind,
                reference_to(&t.pointer)
            );
        }
        if !self.findings.is_empty() {
            let _ = writeln!(out, "\n{} findings", self.findings.len());
            for f in &self.findings {
                let place = reference_to(f.pointer.as_deref().unwrap_or_default());
                let _ = writeln!(out, "  {}[{}] {place}: {}", f.severity, f.code, f.message);
            }
        }
        out
    }

    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity.name())
            .count()
    }
}

/// The model of an API as stable text: what a snapshot of it shows.
pub fn dump(api: &Api) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "api {} {}", api.info.title, api.info.version);
    for server in &api.servers {
        let _ = writeln!(out, "server {} {:?}", server.url, server.variables);
        for (url, _) in &server.others {
            let _ = writeln!(out, "  or {url}");
        }
    }
    for scheme in &api.security_schemes {
        let _ = writeln!(out, "security {} {:?}", scheme.name, scheme.kind);
    }
    for parameter in &api.client_parameters {
        let _ = writeln!(
            out,
            "client parameter {} env {:?}: {}",
            parameter.name,
            parameter.env,
            reference(api, parameter.ty)
        );
    }
    for operation in &api.operations {
        dump_operation(&mut out, api, operation);
    }
    if !api.webhooks.is_empty() {
        let _ = writeln!(out, "\nwebhooks");
        dump_callbacks(&mut out, api, &api.webhooks);
    }
    for def in &api.types {
        if let Naming::Item { .. } = def.naming {
            dump_type(&mut out, api, def);
        }
    }
    out
}

fn dump_operation(out: &mut String, api: &Api, operation: &crate::ir::Operation) {
    let _ = writeln!(
        out,
        "\noperation {} {} {}",
        operation.id,
        operation.method.as_str(),
        operation.path
    );
    let _ = writeln!(
        out,
        "  tags {:?} server {} auth {:?}",
        operation.tags, operation.server, operation.auth
    );
    for p in &operation.parameters {
        let need = if p.required { "required" } else { "optional" };
        let client = if p.client.is_some() { " client" } else { "" };
        let _ = writeln!(
            out,
            "  {:?} {} {need}{client} {}: {}",
            p.location,
            p.name,
            encoding(&p.encoding),
            reference(api, p.ty)
        );
    }
    if let Some(body) = &operation.body {
        let need = if body.required {
            "required"
        } else {
            "optional"
        };
        for content in &body.contents {
            let payload = payload(api, &content.payload);
            let _ = writeln!(out, "  body {} {need}: {payload}", content.media_type);
        }
    }
    dump_callbacks(out, api, &operation.callbacks);
    for reply in &operation.replies {
        let links: Vec<_> = reply
            .links
            .iter()
            .map(|link| (&api.operations[link.operation].id, &link.value))
            .collect();
        let bodies: Vec<String> = reply
            .contents
            .iter()
            .map(|content| {
                let body = match content.body {
                    ReplyBody::Json(ty) => reference(api, ty),
                    ReplyBody::Text => "text".to_owned(),
                    ReplyBody::Bytes => "bytes".to_owned(),
                    ReplyBody::Events(ty) => format!("events of {}", reference(api, ty)),
                    ReplyBody::TextEvents => "events of text".to_owned(),
                    ReplyBody::JsonLines(ty) => format!("lines of {}", reference(api, ty)),
                    ReplyBody::JsonSequence(ty) => format!("sequence of {}", reference(api, ty)),
                };
                format!("{} {body}", content.media_type)
            })
            .collect();
        let bodies = match bodies.as_slice() {
            [] => "empty".to_owned(),
            bodies => bodies.join(", "),
        };
        let _ = writeln!(out, "  reply {:?}: {bodies} links {links:?}", reply.status);
        for header in &reply.headers {
            let ty = reference(api, header.ty);
            let _ = writeln!(
                out,
                "    header {} {}: {ty}",
                header.name,
                encoding(&header.encoding)
            );
        }
    }
}

fn dump_callbacks(out: &mut String, api: &Api, callbacks: &[Callback]) {
    let types = |types: &[TypeId]| {
        let types = types.iter().map(|&ty| reference(api, ty));
        types.collect::<Vec<_>>().join(", ")
    };
    for callback in callbacks {
        let _ = writeln!(
            out,
            "  callback {} {} {}: {} answered {}",
            callback.name,
            callback.method.as_str(),
            callback.url,
            types(&callback.received),
            types(&callback.answered)
        );
    }
}

/// How a value becomes text, in a word or two.
fn encoding(encoding: &Encoding) -> String {
    match encoding {
        Encoding::Styled(styled) => self::styled(*styled),
        Encoding::Json => "json".to_owned(),
        Encoding::Form(fields) => format!("form{}", form_fields(fields)),
    }
}

fn styled(styled: Styled) -> String {
    let explode = if styled.explode { " explode" } else { "" };
    let reserved = if styled.allow_reserved {
        " reserved"
    } else {
        ""
    };
    format!("{:?}{explode}{reserved}", styled.style)
}

/// The members of a form that are written in a way of their own.
fn form_fields(fields: &[FormField]) -> String {
    let fields = fields.iter();
    let fields = fields.map(|field| format!(" {} {}", field.name, styled(field.styled)));
    fields.collect()
}

fn payload(api: &Api, payload: &Payload) -> String {
    match payload {
        Payload::Json(ty) => reference(api, *ty),
        Payload::JsonStream(ty) => format!("each {}", reference(api, *ty)),
        Payload::Form { ty, fields } => {
            format!("form {}{}", reference(api, *ty), form_fields(fields))
        }
        Payload::Multipart(parts) => {
            let parts = parts.iter().map(|part| {
                let need = if part.required {
                    "required"
                } else {
                    "optional"
                };
                let many = if part.many { " many" } else { "" };
                let kind = match part.kind {
                    PartKind::File => "file".to_owned(),
                    PartKind::Text(ty) => format!("text {}", reference(api, ty)),
                    PartKind::Json(ty) => format!("json {}", reference(api, ty)),
                };
                let media = part.content_type.as_deref().unwrap_or("-");
                format!(
                    "\n    part {} {need}{many} {kind} {media} {:?}",
                    part.name, part.headers
                )
            });
            format!("multipart{}", parts.collect::<String>())
        }
        Payload::AnyMultipart => "any parts".to_owned(),
        Payload::Text => "text".to_owned(),
        Payload::Bytes => "bytes".to_owned(),
        Payload::Any => "bytes of any type".to_owned(),
    }
}

fn dump_type(out: &mut String, api: &Api, def: &crate::ir::TypeDef) {
    let _ = writeln!(out, "\ntype {}", reference_to(&def.identity()));
    match &def.shape {
        Shape::Struct { fields, rest } => {
            for f in fields {
                let default = f
                    .default
                    .as_ref()
                    .map(|value| format!(" = {value}"))
                    .unwrap_or_default();
                let fixed = f
                    .fixed
                    .as_ref()
                    .map(|text| format!(" always {text:?}"))
                    .unwrap_or_default();
                let _ = writeln!(
                    out,
                    "  {} {:?}: {}{default}{fixed}",
                    f.key,
                    f.presence,
                    reference(api, f.ty)
                );
            }
            if let Some(rest) = rest {
                let _ = writeln!(out, "  …: {}", reference(api, *rest));
            }
        }
        Shape::Enum(values) => {
            for value in values.texts() {
                let _ = writeln!(out, "  {value:?}");
            }
        }
        Shape::Union {
            tag,
            variants,
            fallback,
        } => {
            let _ = writeln!(out, "  union by {tag:?}");
            for variant in variants {
                let ty = reference(api, variant.ty);
                let _ = writeln!(out, "  {} {:?}: {ty}", variant.label, variant.tags);
            }
            if let Some(variant) = fallback.and_then(|index| variants.get(index)) {
                let _ = writeln!(out, "  else {}", variant.label);
            }
        }
        Shape::Newtype(scalar) => {
            let _ = writeln!(out, "  newtype {scalar:?}");
        }
        Shape::Wrapper(target) => {
            let _ = writeln!(out, "  newtype {}", reference(api, *target));
        }
        Shape::Alias(target) => {
            let _ = writeln!(out, "  alias {}", reference(api, *target));
        }
        Shape::Nullable(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Any => {}
    }
    for constraint in &def.constraints {
        let _ = writeln!(out, "  {constraint:?}");
    }
}

/// A type as a dump names it: an item by its pointer, another by its shape.
fn reference(api: &Api, id: crate::ir::TypeId) -> String {
    let def = api.ty(id);
    if let Naming::Item { .. } = def.naming {
        return reference_to(&def.identity()).into_owned();
    }
    match &def.shape {
        Shape::Array(item) => format!("[{}]", reference(api, *item)),
        Shape::Tuple(items) => {
            let items = items.iter().map(|item| reference(api, *item));
            format!("({})", items.collect::<Vec<_>>().join(", "))
        }
        Shape::Map(value) => format!("{{{}}}", reference(api, *value)),
        Shape::Scalar(scalar) => format!("{scalar:?}"),
        Shape::Any => "Any".to_owned(),
        Shape::Nullable(inner) => format!("{}?", reference(api, *inner)),
        Shape::Alias(target) => reference(api, *target),
        Shape::Struct { .. }
        | Shape::Enum(_)
        | Shape::Union { .. }
        | Shape::Newtype(_)
        | Shape::Wrapper(_) => reference_to(&def.pointer).into_owned(),
    }
}
