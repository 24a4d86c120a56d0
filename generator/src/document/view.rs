//! Typed views: one object as the `openapiv3` crate has it, without what is below it.
//!
//! In come a node and its [`Kind`]; out goes the crate's type, or reports of what stands in its way.
//!
//! A view is shallow. Where OpenAPI allows a reference, a child is always shown as one, to its own
//! place, whether it is written out there or is a reference itself. So one function resolves named and
//! inline children alike, and a broken child can't spoil its parent. Large children for which the
//! crate has no reference (operations, media types, path items, callbacks) are shown empty: their
//! keys are seen, their contents are read with a view of their own. Small ones (servers, tags,
//! external documentation) are shown with their contents.
//!
//! What the specification requires but reading can do without, as the description of a response, is
//! shown empty if it is missing. A child that can't be read is left out if the object means the same
//! without it; if not, there is no view.

use std::borrow::Cow;

use openapiv3::ReferenceOr;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::fit::{Fit, element, fit};
use super::kinds::{Key, Kind, Shape};
use super::node::NodeRef;
use super::number::Number;
use super::{Document, Version};
use crate::diag::{Code, Diag, Diags, Severity, reference_to};

impl NodeRef<'_> {
    /// The object as the `openapiv3` crate has it. The node must be the object itself, not a
    /// reference to it: [`resolve`](NodeRef::resolve) comes first. [`Document::child`] turns the
    /// references in the view back into nodes.
    ///
    /// Left out are keys that the specification doesn't define, and children that can't be read and
    /// without which the object means the same. They are reported; an unknown key is not, since
    /// [`check`](super::check()) does that.
    ///
    /// `None` if the object can't be read, which is reported as
    /// [`UnreadableObject`](Code::UnreadableObject), at the child where there is one.
    pub fn view<T: serde::de::DeserializeOwned>(self, kind: Kind, diags: &Diags) -> Option<T> {
        let version = self.document().version();
        let report = |message: String| {
            diags.report(Diag::new(Code::UnreadableObject, self.place(), message));
        };
        if !self.is_object() {
            report(format!(
                "this is {}, not a {}",
                self.type_name(),
                kind.name(version)
            ));
            return None;
        }
        let tree = match object(self, kind, diags) {
            Ok(tree) => tree,
            Err(Broken::Reported) => return None,
            Err(Broken::Missing(key)) => {
                report(format!("the {} has no `{key}`", kind.name(version)));
                return None;
            }
        };
        match T::deserialize(tree) {
            Ok(view) => Some(view),
            Err(error) => {
                report(format!("the {} can't be read: {error}", kind.name(version)));
                None
            }
        }
    }
}

impl Document {
    /// The node that a reference of a [view](NodeRef::view) stands for: a child of the viewed object,
    /// which may be a Reference Object in turn. `None` if the reference is not from a view.
    pub fn child<T>(&self, reference: &ReferenceOr<T>) -> Option<NodeRef<'_>> {
        match reference {
            ReferenceOr::Reference { reference } => {
                self.at(reference.strip_prefix('#').unwrap_or(reference))
            }
            ReferenceOr::Item(_) => None,
        }
    }
}

/// What is shown to the types of the crate.
#[derive(Debug)]
enum Tree<'d> {
    Null,
    Flag(bool),
    Number(Number),
    Text(Cow<'d, str>),
    List(Vec<Tree<'d>>),
    Map(Vec<(&'d str, Tree<'d>)>),
}

impl Tree<'_> {
    const EMPTY_TEXT: Self = Tree::Text(Cow::Borrowed(""));
    const EMPTY_MAP: Self = Tree::Map(Vec::new());
}

/// Why an object can't be shown.
enum Broken {
    /// A required key is missing, which nothing can stand in for.
    Missing(&'static str),
    /// Something vital can't be read, which was reported.
    Reported,
}

/// An object with its fields.
fn object<'d>(node: NodeRef<'d>, kind: Kind, diags: &Diags) -> Result<Tree<'d>, Broken> {
    let spec = kind.spec(node.document().version());
    let mut fields = Vec::new();
    for (name, child) in node.entries() {
        let tree = match spec.key(name) {
            Some(key) => field(child, kind, key, diags)?,
            None if name.starts_with("x-") && has_extensions(kind) => Some(value(child)),
            None => None,
        };
        fields.extend(tree.map(|tree| (name, tree)));
    }
    stand_in(kind, &mut fields)?;
    Ok(Tree::Map(fields))
}

/// A child, or nothing if it can't be read and can be left out.
fn field<'d>(
    node: NodeRef<'d>,
    kind: Kind,
    key: &Key,
    diags: &Diags,
) -> Result<Option<Tree<'d>>, Broken> {
    Ok(match fit(node, kind, key, diags) {
        Fit::Text(text) => Some(Tree::Text(Cow::Borrowed(text))),
        Fit::Flag(flag) => Some(Tree::Flag(flag)),
        Fit::Number(number) => Some(Tree::Number(number)),
        Fit::NoScopes => Some(Tree::List(Vec::new())),
        Fit::Absent => None,
        Fit::Misfit if key.loss == Severity::Skipped => return Err(Broken::Reported),
        Fit::Misfit => None,
        Fit::Exact => match key.shape {
            Shape::Ref(child) if is_cut(kind, child) => Some(empty(child)),
            Shape::Object(child) if is_cut(kind, child) => Some(empty(child)),
            Shape::Ref(_) | Shape::Schema | Shape::SchemaOrList => Some(reference(node)),
            Shape::FlagOrSchema if node.is_object() => Some(reference(node)),
            Shape::Style if is_newer_style(node) => None,
            Shape::Object(child) => embedded(node, child, key, diags)?,
            Shape::List(shape) => Some(list(node, kind, &element(key, *shape), diags)?),
            Shape::Scopes => Some(list(node, kind, &element(key, Shape::Text), diags)?),
            Shape::Map(shape) => {
                let key = element(key, *shape);
                let mut entries = Vec::new();
                for (name, child) in node.entries() {
                    entries.extend(field(child, kind, &key, diags)?.map(|tree| (name, tree)));
                }
                Some(Tree::Map(entries))
            }
            Shape::Any
            | Shape::Text
            | Shape::Flag
            | Shape::Count
            | Shape::Number
            | Shape::OneOf(_)
            | Shape::Style
            | Shape::FlagOrSchema => Some(value(node)),
        },
    })
}

fn list<'d>(node: NodeRef<'d>, kind: Kind, key: &Key, diags: &Diags) -> Result<Tree<'d>, Broken> {
    let mut items = Vec::new();
    for item in node.items() {
        items.extend(field(item, kind, key, diags)?);
    }
    Ok(Tree::List(items))
}

/// A small object with its contents. If it lacks something, it is left out like another child.
fn embedded<'d>(
    node: NodeRef<'d>,
    kind: Kind,
    key: &Key,
    diags: &Diags,
) -> Result<Option<Tree<'d>>, Broken> {
    match object(node, kind, diags) {
        Ok(tree) => Ok(Some(tree)),
        Err(Broken::Missing(name)) => {
            let (code, ignored) = match key.loss {
                Severity::Skipped => (Code::UnreadableObject, ""),
                _ => (Code::MissingKey, "; it is ignored"),
            };
            let kind = kind.name(node.document().version());
            let message = format!("the {kind} has no `{name}`{ignored}");
            diags.report(Diag::new(code, node.place(), message));
            match code {
                Code::UnreadableObject => Err(Broken::Reported),
                _ => Ok(None),
            }
        }
        Err(Broken::Reported) => Err(Broken::Reported),
    }
}

/// Whether the crate has no word for a style, so that the default of its place holds.
fn is_newer_style(node: NodeRef<'_>) -> bool {
    node.as_str() == Some("cookie")
}

/// Adds what is required and missing, where something can stand in for it. What that is doesn't depend
/// on the version of the document: the crate's types are those of OpenAPI 3.0.
fn stand_in(kind: Kind, fields: &mut Vec<(&str, Tree<'_>)>) -> Result<(), Broken> {
    let has = |fields: &[(&str, _)], name| fields.iter().any(|&(key, _)| key == name);
    let spec = kind.spec(Version::OpenApi30);
    for key in spec.keys().filter(|key| key.required) {
        if !has(fields, key.name) {
            let tree = match (kind, key.shape) {
                (Kind::Info | Kind::Response, Shape::Text) => Tree::EMPTY_TEXT,
                (_, Shape::Object(child)) => empty(child),
                (_, Shape::Map(_)) => Tree::EMPTY_MAP,
                _ => return Err(Broken::Missing(key.name)),
            };
            fields.push((key.name, tree));
        }
    }
    // The crate wants one of the two. Without both nothing is known of the value.
    let described = |fields: &[_]| has(fields, "schema") || has(fields, "content");
    if matches!(kind, Kind::Parameter | Kind::Header) && !described(fields) {
        fields.push(("content", Tree::EMPTY_MAP));
    }
    Ok(())
}

/// An object of which nothing but its being there is shown.
fn empty<'d>(kind: Kind) -> Tree<'d> {
    match kind {
        Kind::Info => Tree::Map(vec![
            ("title", Tree::EMPTY_TEXT),
            ("version", Tree::EMPTY_TEXT),
        ]),
        Kind::Operation => Tree::Map(vec![("responses", Tree::EMPTY_MAP)]),
        _ => Tree::EMPTY_MAP,
    }
}

/// Whether a child is shown empty: it is large, and the crate has no reference in its place.
fn is_cut(parent: Kind, child: Kind) -> bool {
    matches!(
        (parent, child),
        (Kind::PathItem, Kind::Operation)
            | (Kind::Operation, Kind::Callback)
            | (Kind::Callback, Kind::PathItem)
            | (_, Kind::MediaType)
    )
}

/// Whether the crate's type has room for extensions. In a map of path items there is none.
fn has_extensions(kind: Kind) -> bool {
    kind != Kind::Callback
}

/// A reference to the place of a node.
fn reference(node: NodeRef<'_>) -> Tree<'_> {
    let reference = reference_to(&node.pointer()).into_owned();
    Tree::Map(vec![("$ref", Tree::Text(Cow::Owned(reference)))])
}

/// A node as it stands.
fn value(node: NodeRef<'_>) -> Tree<'_> {
    if let Some(text) = node.as_str() {
        Tree::Text(Cow::Borrowed(text))
    } else if let Some(flag) = node.as_bool() {
        Tree::Flag(flag)
    } else if let Some(number) = node.as_number() {
        Tree::Number(number)
    } else if node.is_array() {
        Tree::List(node.items().map(value).collect())
    } else if node.is_object() {
        Tree::Map(
            node.entries()
                .map(|(key, child)| (key, value(child)))
                .collect(),
        )
    } else {
        Tree::Null
    }
}

type Error = serde::de::value::Error;

impl<'de> Deserializer<'de> for Tree<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Flag(flag) => visitor.visit_bool(flag),
            // Beyond 64 bits the crate's types can hold floating-point numbers only.
            Tree::Number(number) => match number {
                Number::Integer(integer) => {
                    if let Ok(unsigned) = u64::try_from(integer) {
                        visitor.visit_u64(unsigned)
                    } else if let Ok(signed) = i64::try_from(integer) {
                        visitor.visit_i64(signed)
                    } else {
                        visitor.visit_f64(number.as_f64())
                    }
                }
                Number::Float(float) => visitor.visit_f64(float),
            },
            Tree::Text(text) => visitor.visit_str(&text),
            Tree::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Tree::Map(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        // All enums of the crate that are not read from the keys of an object are strings.
        match self {
            Tree::Text(text) => {
                let text: &str = &text;
                text.into_deserializer()
                    .deserialize_enum(name, variants, visitor)
            }
            other => other.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Tree<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
