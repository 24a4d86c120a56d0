//! Whether a value is what the specification wants under its key.
//!
//! In come a node and what the [table](super::kinds) says of its key; out goes how the node is to be
//! read, with a report if that is not as it stands. What is obviously meant is understood (`"true"`
//! for a boolean). The [check](super::check()), the typed views and the reader of schemas all ask
//! here, so they agree, and since they report the same, it is kept once.

use super::Version;
use super::kinds::{Key, Kind, QUERY_STYLES, Shape};
use super::node::NodeRef;
use super::number::Number;
use crate::diag::{Code, Diag, Diags, Severity, nearest};

/// How the value of a key is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fit<'d> {
    /// As it is.
    Exact,
    /// As this string.
    Text(&'d str),
    /// As this boolean.
    Flag(bool),
    /// As this number.
    Number(Number),
    /// As an empty array.
    NoScopes,
    /// As if the key were missing.
    Absent,
    /// Not at all.
    Misfit,
}

/// How `node` is to be read, which is under `key` in an object of `kind`. Anything but
/// [`Fit::Exact`] is reported.
pub(super) fn fit<'d>(node: NodeRef<'d>, kind: Kind, key: &Key, diags: &Diags) -> Fit<'d> {
    let fit = match fit_quietly(node, key.shape) {
        // A key without a value is as good as none; an item or entry of that name is there.
        Fit::Absent if node.key() != Some(key.name) => Fit::Misfit,
        fit => fit,
    };
    let read_as = match fit {
        Fit::Exact => return fit,
        Fit::Misfit => {
            diags.report(misfit(node, kind, key));
            return fit;
        }
        Fit::Text(text) => format!("it is read as \"{text}\""),
        Fit::Flag(value) => format!("it is read as {value}"),
        Fit::Number(value) => format!("it is read as {value}"),
        Fit::NoScopes => "the scheme is required without scopes".to_owned(),
        Fit::Absent => "it is ignored".to_owned(),
    };
    let message = format!("{}; {read_as}", contrast(node, key.shape));
    diags.report(Diag::new(Code::WrongType, node.place(), message));
    fit
}

/// What is said of an item of an array, or of an entry of a map, under `key`.
pub(super) fn element(key: &Key, shape: Shape) -> Key {
    Key {
        shape,
        required: false,
        ..*key
    }
}

fn fit_quietly<'d>(node: NodeRef<'d>, shape: Shape) -> Fit<'d> {
    let exact_if = |condition| if condition { Fit::Exact } else { Fit::Misfit };
    match shape {
        Shape::Any => Fit::Exact,
        Shape::Scopes if node.is_array() => Fit::Exact,
        Shape::Scopes => Fit::NoScopes,
        _ if node.is_null() => Fit::Absent,
        Shape::Text => match node.as_str() {
            Some(_) => Fit::Exact,
            None => node.text().map_or(Fit::Misfit, Fit::Text),
        },
        Shape::Flag => flag(node),
        Shape::Count => number(node, |number| number.as_u64().is_some()),
        Shape::Number => number(node, |_| true),
        Shape::OneOf(_) | Shape::Style => {
            let known = values(node, shape);
            exact_if(node.as_str().is_some_and(|text| known.contains(&text)))
        }
        Shape::FlagOrSchema if node.is_object() => Fit::Exact,
        Shape::FlagOrSchema => flag(node),
        Shape::Schema => exact_if(node.is_object() || node.as_bool().is_some()),
        Shape::SchemaOrList => {
            exact_if(node.is_object() || node.is_array() || node.as_bool().is_some())
        }
        Shape::Object(_) | Shape::Ref(_) | Shape::Map(_) => exact_if(node.is_object()),
        Shape::List(_) => exact_if(node.is_array()),
    }
}

fn flag<'d>(node: NodeRef<'d>) -> Fit<'d> {
    match (node.as_bool(), node.as_str()) {
        (Some(_), _) => Fit::Exact,
        (None, Some("true")) => Fit::Flag(true),
        (None, Some("false")) => Fit::Flag(false),
        _ => Fit::Misfit,
    }
}

fn number<'d>(node: NodeRef<'d>, suits: impl Fn(Number) -> bool) -> Fit<'d> {
    match node.as_number() {
        Some(number) if suits(number) => Fit::Exact,
        Some(_) => Fit::Misfit,
        None => {
            let number = node
                .as_str()
                .and_then(Number::from_json)
                .filter(|&number| suits(number));
            number.map_or(Fit::Misfit, Fit::Number)
        }
    }
}

/// The strings that a closed set allows; none for any other shape.
fn values(node: NodeRef<'_>, shape: Shape) -> &'static [&'static str] {
    match shape {
        Shape::OneOf(values) => values,
        Shape::Style => {
            let location = node.parent().and_then(|parent| parent.get("in"));
            match location.and_then(NodeRef::as_str) {
                Some("path") => &["matrix", "label", "simple"],
                Some("header") => &["simple"],
                Some("cookie") => match node.document().version() {
                    Version::Swagger20 | Version::OpenApi30 | Version::OpenApi31 => &["form"],
                    Version::OpenApi32 => &["form", "cookie"],
                },
                _ => QUERY_STYLES,
            }
        }
        _ => &[],
    }
}

/// The report that a value can't be read, which weighs as much as its loss.
fn misfit(node: NodeRef<'_>, kind: Kind, key: &Key) -> Diag {
    let known = values(node, key.shape);
    let unknown = node.as_str().filter(|_| !known.is_empty());
    let code = match key.loss {
        Severity::Note if unknown.is_some() => Code::UnknownValue,
        Severity::Note => Code::WrongType,
        Severity::Widened => match kind {
            Kind::Operation | Kind::Responses | Kind::Response => Code::UnsupportedResponse,
            _ => Code::UnsupportedSchema,
        },
        Severity::Skipped | Severity::Error => Code::UnreadableObject,
    };
    let ignored = if code == Code::UnreadableObject {
        ""
    } else {
        "; it is ignored"
    };
    let Some(value) = unknown else {
        let message = format!("{}{ignored}", contrast(node, key.shape));
        return Diag::new(code, node.place(), message);
    };
    let known_list = known
        .iter()
        .map(|value| format!("`{value}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let message = match known {
        [_] => format!(
            "{} is `{value}`, which isn't {known_list}{ignored}",
            name(node)
        ),
        _ => format!(
            "{} is `{value}`, which is none of {known_list}{ignored}",
            name(node)
        ),
    };
    let diag = Diag::new(code, node.place(), message);
    match nearest(value, known.iter().copied()) {
        Some(nearest) => diag.help(format!("`{nearest}` may have been meant")),
        None => diag,
    }
}

/// What the node is and what it should be.
fn contrast(node: NodeRef<'_>, shape: Shape) -> String {
    let wanted = match shape {
        Shape::Any => "a value",
        Shape::Text | Shape::OneOf(_) | Shape::Style => "a string",
        Shape::Flag => "a boolean",
        Shape::Count => "a whole number from zero",
        Shape::Number => "a number",
        Shape::Scopes | Shape::List(_) => "an array",
        Shape::Object(_) | Shape::Ref(_) | Shape::Map(_) => "an object",
        Shape::FlagOrSchema => "a boolean or a schema",
        Shape::Schema | Shape::SchemaOrList => "a schema",
    };
    let is = match node.as_number() {
        Some(_) if matches!(shape, Shape::Count) => node.text().unwrap_or("a number"),
        _ => node.type_name(),
    };
    format!("{} is {is}, not {wanted}", name(node))
}

/// How a message calls a node: by its key, if it has one.
fn name(node: NodeRef<'_>) -> String {
    node.key()
        .map_or_else(|| "this item".to_owned(), |key| format!("`{key}`"))
}
