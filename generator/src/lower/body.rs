//! Request bodies: every media type with what it holds.

use super::media::{self, Family};
use super::{Lowering, multipart};
use crate::diag::{Code, Diag};
use crate::document::{Kind, NodeRef};
use crate::ir::{Body, Content, Doc, FormField, Payload, Shape, Style, Styled, TypeId};

impl<'d> Lowering<'d> {
    /// The request body at `node`. The outer `None` skips the operation.
    pub(super) fn body(&mut self, node: NodeRef<'d>) -> Option<Option<Body>> {
        let Some(node) = node.resolve(self.diags) else {
            let message = "the operation is left out: nobody knows what its body is";
            let diag = Diag::new(Code::UnreadableObject, node.place(), message);
            self.diags.report(diag);
            return None;
        };
        let view = node.view::<openapiv3::RequestBody>(Kind::RequestBody, self.diags)?;
        let media = self.contents(node);
        let mut contents: Vec<Content> = Vec::new();
        let mut taken: Vec<(&str, NodeRef<'d>)> = Vec::new();
        let mut refused = Vec::new();
        for &(name, node) in &media {
            if let Some((known, _)) = taken.iter().find(|known| is_same(**known, (name, node))) {
                let message = format!("`{name}` is sent as `{known}`");
                let diag = Diag::new(Code::UnsupportedFeature, node.key_place(), message);
                self.diags.report(diag);
                continue;
            }
            match self.content(name, node) {
                Some(content) => {
                    contents.push(content);
                    taken.push((name, node));
                }
                None => refused.push((name, node)),
            }
        }
        for (name, node) in refused {
            let (code, consequence) = match contents.is_empty() {
                true => (Code::UnsupportedMediaType, "the operation is left out"),
                false => (Code::UnsupportedFeature, "it is not sent"),
            };
            let message = format!("`{name}` is no media type: {consequence}");
            self.diags
                .report(Diag::new(code, node.key_place(), message));
        }
        if contents.is_empty() {
            return media.is_empty().then_some(None);
        }
        Some(Some(Body {
            required: view.required,
            contents,
            doc: Doc {
                description: view.description,
                ..Doc::default()
            },
        }))
    }

    /// The media types under `content` of `node`, each of which may be a reference from OpenAPI 3.2 on.
    pub(super) fn contents(&mut self, node: NodeRef<'d>) -> Vec<(&'d str, NodeRef<'d>)> {
        let contents = node.get("content").into_iter().flat_map(NodeRef::entries);
        let contents: Vec<_> = contents
            .map(|(name, media)| (name, media.resolve(self.diags).unwrap_or(media)))
            .collect();
        for (name, media) in &contents {
            let is_stream = media::family(name).is_some_and(Family::has_items);
            if let Some(items) = self.items_of(*media).filter(|_| !is_stream) {
                // Whoever reads the items by himself has a type for them.
                self.type_of(items);
                self.note_items(items);
            }
        }
        contents
    }

    /// A media type with what it holds; none where `name` is no media type.
    fn content(&mut self, name: &str, media: NodeRef<'d>) -> Option<Content> {
        let payload = self.payload(name, media)?;
        let media_type = match payload {
            // A range cannot be sent, and JSON is what such a schema is written in.
            Payload::Json(_) if name.contains('*') => "application/json",
            _ => name,
        };
        Some(Content {
            media_type: media_type.to_owned(),
            payload,
            example: self.example(media),
        })
    }

    /// What a media type holds; none where `name` is no media type.
    fn payload(&mut self, name: &str, media: NodeRef<'d>) -> Option<Payload> {
        let schema = media.get("schema");
        Some(match media::family(name)? {
            Family::Json => Payload::Json(self.json_type(media)),
            Family::Form => self.form(media),
            Family::JsonLines | Family::JsonSequence => Payload::JsonStream(self.item_type(media)),
            Family::Multipart => self.multipart(media),
            Family::Text | Family::Events
                if schema.is_some_and(|schema| self.is_binary(schema)) =>
            {
                Payload::Bytes
            }
            Family::Text | Family::Events => Payload::Text,
            Family::Bytes => Payload::Bytes,
            Family::Range if schema.is_some_and(|schema| self.is_structured(schema)) => {
                Payload::Json(self.json_type(media))
            }
            Family::OtherParts | Family::Range | Family::TextRange => Payload::Any,
        })
    }

    /// The type of a JSON body, null included where it may be that.
    pub(super) fn json_type(&mut self, media: NodeRef<'d>) -> TypeId {
        match media.get("schema") {
            Some(schema) => self.element(schema),
            None => self.add_anonymous(media, Shape::Any),
        }
    }

    /// Whether the schema at `node` is of bytes.
    pub(super) fn is_binary(&mut self, node: NodeRef<'d>) -> bool {
        let ty = self.type_of(node);
        multipart::is_binary(&self.types, ty)
    }

    /// Whether values of the schema at `node` have parts, as bytes and text have not.
    pub(super) fn is_structured(&mut self, node: NodeRef<'d>) -> bool {
        let ty = self.type_of(node);
        match &self.types[multipart::target(&self.types, ty).index()].shape {
            Shape::Struct { .. }
            | Shape::Union { .. }
            | Shape::Wrapper(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_) => true,
            Shape::Enum(_)
            | Shape::Newtype(_)
            | Shape::Alias(_)
            | Shape::Nullable(_)
            | Shape::Scalar(_)
            | Shape::Any => false,
        }
    }

    /// A form: the members of an object, or text where the schema is of no object.
    pub(super) fn form(&mut self, media: NodeRef<'d>) -> Payload {
        let ty = match media.get("schema") {
            Some(schema) => self.type_of(schema),
            None => self.add_anonymous(media, Shape::Any),
        };
        match &self.types[multipart::target(&self.types, ty).index()].shape {
            Shape::Struct { .. }
            | Shape::Union { .. }
            | Shape::Wrapper(_)
            | Shape::Map(_)
            | Shape::Alias(_)
            | Shape::Nullable(_)
            | Shape::Any => Payload::Form {
                ty,
                fields: form_fields(media),
            },
            Shape::Enum(_)
            | Shape::Newtype(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Scalar(_) => Payload::Text,
        }
    }

    /// The example of a media type: `example`, or the first of `examples`.
    fn example(&self, media: NodeRef<'d>) -> Option<serde_json::Value> {
        if let Some(example) = media.get("example") {
            return Some(example.to_json());
        }
        let (_, first) = media.get("examples")?.entries().next()?;
        Some(first.resolve(self.diags)?.get("value")?.to_json())
    }
}

/// Whether two media types are two ways to write one, with one schema: gateways list `text/json` and
/// `application/*+json` beside `application/json`.
fn is_same(a: (&str, NodeRef<'_>), b: (&str, NodeRef<'_>)) -> bool {
    let alike =
        media::essence(a.0) == media::essence(b.0) || is_plain_json(a.0) && is_plain_json(b.0);
    let schema = |node: NodeRef<'_>| node.get("schema").map(NodeRef::to_json);
    alike && schema(a.1) == schema(b.1)
}

/// Whether a media type is JSON and says nothing more.
fn is_plain_json(media_type: &str) -> bool {
    let essence = media::essence(media_type);
    ["application/json", "text/json", "application/*+json"].contains(&essence.as_str())
}

/// The members of a form that `encoding` gives a style (OpenAPI 3.0.3, section 4.7.15).
fn form_fields(media: NodeRef<'_>) -> Vec<FormField> {
    let encodings = media.get("encoding").into_iter().flat_map(NodeRef::entries);
    encodings
        .filter_map(|(name, encoding)| {
            let style = match encoding.get("style").and_then(NodeRef::as_str) {
                Some("spaceDelimited") => Some(Style::SpaceDelimited),
                Some("pipeDelimited") => Some(Style::PipeDelimited),
                Some("deepObject") => Some(Style::DeepObject),
                Some("form") => Some(Style::Form),
                Some(_) | None => None,
            };
            let flag = |key: &str| encoding.get(key).and_then(NodeRef::as_bool);
            let (explode, reserved) = (flag("explode"), flag("allowReserved"));
            if style.is_none() && explode.is_none() && reserved != Some(true) {
                return None;
            }
            let style = style.unwrap_or(Style::Form);
            Some(FormField {
                name: name.to_owned(),
                styled: Styled {
                    style,
                    explode: explode.unwrap_or(style == Style::Form),
                    allow_reserved: reserved == Some(true),
                },
            })
        })
        .collect()
}
