//! Request bodies: of parameters that are the body, and of the fields of a form.

use super::parameter::{Collection, Parameter};
use super::{Entries, Media, Upgrade, as_entry};
use crate::diag::Code;
use crate::document::arena::NodeId;

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";

/// A parameter that is a body or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    /// What stands in the list of parameters.
    pub(super) item: NodeId,
    /// The Parameter Object itself.
    pub(super) target: NodeId,
    /// Whether the list is that of the path item, which all its operations share.
    pub(super) inherited: bool,
    pub(super) parameter: Parameter,
}

impl Sent {
    /// Whether nothing but one operation has the Parameter Object.
    fn is_own(&self) -> bool {
        !self.inherited && self.item == self.target
    }
}

impl Upgrade<'_> {
    /// The media types of a body.
    pub(super) fn body_media(&self, operation: NodeId) -> Vec<Media> {
        self.media(operation, "consumes").unwrap_or_else(only_json)
    }

    /// The Request Body Object of a parameter that is the body.
    pub(super) fn body(&mut self, sent: &Sent, media: &[Media]) -> NodeId {
        if sent.is_own() {
            self.body_in_place(sent.target, media);
            return sent.target;
        }
        let content = self.content(sent.parameter.schema, false, media, sent.item);
        let mut entries: Entries<'_> = Vec::new();
        for key in ["description", "required"] {
            if let Some(child) = self.get(sent.target, key) {
                entries.push((key, self.document.nodes_mut().add_copy(child)));
            }
        }
        entries.push(("content", content));
        self.add_object(entries, sent.item)
    }

    /// Makes a Parameter Object the Request Body Object of its value.
    pub(super) fn body_in_place(&mut self, node: NodeId, media: &[Media]) {
        let schema = self.parameter(node).schema;
        let mut entries = self.entries(node);
        entries.retain(|(key, _)| {
            ["description", "required"].contains(&key.as_str()) || key.starts_with("x-")
        });
        let content = self.content(schema, true, media, node);
        entries.push(("content".to_owned(), content));
        self.set_entries(node, entries.iter().map(as_entry).collect());
    }

    /// The `content` that says of each media type that its schema is this one. If it is taken, it becomes
    /// a part of the content; otherwise, and where it stands again, it is referred to.
    pub(super) fn content(
        &mut self,
        schema: Option<NodeId>,
        take: bool,
        media: &[Media],
        at: NodeId,
    ) -> NodeId {
        let mut contents: Entries<'_> = Vec::new();
        for (position, media) in media.iter().enumerate() {
            let schema = schema.map(|schema| match take && position == 0 {
                true => schema,
                false => self.add_reference(schema),
            });
            let entries = schema.map(|schema| ("schema", schema));
            let object = self.add_object(entries.into_iter().collect(), media.at.unwrap_or(at));
            contents.push((&media.name, object));
        }
        self.add_object(contents, at)
    }

    /// The Request Body Object of the fields of a form, of which there is one at least. None if one of
    /// them can't be sent, which is reported.
    pub(super) fn form(&mut self, fields: &[Sent], operation: NodeId) -> Option<NodeId> {
        let at = fields.first()?.item;
        let media = self.form_media(fields, operation);
        let mut properties: Vec<(String, NodeId)> = Vec::new();
        let mut required = Vec::new();
        let mut encoding: Vec<(String, NodeId)> = Vec::new();
        for field in fields {
            let Some(name) = field.parameter.name.clone() else {
                let message = "the operation is left out: a field of its form has no `name`";
                self.report(Code::UnreadableObject, field.target, message);
                return None;
            };
            if properties.iter().any(|(known, _)| *known == name) {
                let message = format!("the form has the field `{name}` twice; the first is taken");
                self.report(Code::UnsupportedFeature, field.item, message);
                continue;
            }
            if field.parameter.required {
                required.push(self.add_text(&name, field.target));
            }
            if let Some(collection) = field.parameter.collection {
                encoding.extend(self.encoding(&name, collection, field, &media));
            }
            let schema = match field.inherited {
                true => self.add_reference(field.target),
                false => field.item,
            };
            properties.push((name, schema));
        }
        let is_required = !required.is_empty();
        let kind = self.add_text("object", at);
        let required = self.document.nodes_mut().add_array(required, at);
        let properties = self.add_object(properties.iter().map(as_entry).collect(), at);
        let schema = vec![
            ("type", kind),
            ("required", required),
            ("properties", properties),
        ];
        let schema = self.add_object(schema, at);
        let content = self.content(Some(schema), true, &media, at);
        if !encoding.is_empty() {
            self.add_encoding(content, &encoding, at);
        }
        let mut entries: Entries<'_> = vec![("content", content)];
        if is_required {
            entries.push(("required", self.add_flag(true, at)));
        }
        Some(self.add_object(entries, at))
    }

    /// Adds to each media type how its fields are written.
    fn add_encoding(&mut self, content: NodeId, encoding: &[(String, NodeId)], at: NodeId) {
        for (_, media) in self.entries(content) {
            let mut entries = self.entries(media);
            let copies = encoding.iter();
            let copies: Vec<(String, NodeId)> = copies
                .map(|(name, node)| (name.clone(), self.document.nodes_mut().add_copy(*node)))
                .collect();
            let copies = self.add_object(copies.iter().map(as_entry).collect(), at);
            entries.push(("encoding".to_owned(), copies));
            self.set_entries(media, entries.iter().map(as_entry).collect());
        }
    }

    /// The media types of a form: those of `consumes` that are ones, or else what suits the fields.
    fn form_media(&self, fields: &[Sent], operation: NodeId) -> Vec<Media> {
        let has_files = fields.iter().any(|field| field.parameter.is_file);
        let mut media = self.media(operation, "consumes").unwrap_or_default();
        media.retain(|media| {
            let essence = media.name.split(';').next().unwrap_or_default().trim();
            let is = |known: &str| essence.eq_ignore_ascii_case(known);
            is(PARTS) || (is(FORM) && !has_files)
        });
        if !media.is_empty() {
            // The second one refers to the schema of the first; the parts of a schema that nobody refers
            // to are no type by themselves.
            media.sort_by_key(|media| !media.name.to_ascii_lowercase().starts_with(FORM));
            return media;
        }
        let name = if has_files { PARTS } else { FORM };
        let stated = self.get(operation, "consumes");
        if let Some(stated) = stated.filter(|&stated| !self.node(stated).is_empty()) {
            let message = format!("a form is sent as `{name}`, which is not listed here");
            self.report(Code::UnsupportedFeature, stated, message);
        }
        vec![Media {
            name: name.to_owned(),
            at: None,
        }]
    }

    /// How a list in a form is written, as an Encoding Object.
    fn encoding(
        &mut self,
        name: &str,
        collection: Collection,
        field: &Sent,
        media: &[Media],
    ) -> Option<(String, NodeId)> {
        let in_parts = media.iter().any(|media| !media.name.starts_with(FORM));
        if in_parts && collection != Collection::Many && !field.parameter.is_file {
            let message = format!("each item of `{name}` is sent as a part of its own");
            self.report(Code::UnsupportedFeature, field.target, message);
        }
        if media.iter().all(|media| !media.name.starts_with(FORM)) {
            return None;
        }
        let style = self.style(collection, field.target);
        let encoding = self.add_object(style.iter().map(as_entry).collect(), field.target);
        Some((name.to_owned(), encoding))
    }
}

/// What is taken where no media type is listed.
pub(super) fn only_json() -> Vec<Media> {
    vec![Media {
        name: "application/json".to_owned(),
        at: None,
    }]
}
