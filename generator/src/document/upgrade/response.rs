//! Responses and their headers.

use super::body::only_json;
use super::schema::is_of_value;
use super::{Media, Upgrade, as_entry};
use crate::diag::Code;
use crate::document::arena::NodeId;

impl Upgrade<'_> {
    /// The Responses Object of an operation.
    pub(super) fn responses(&mut self, responses: NodeId, operation: NodeId) {
        let produces = self.media(operation, "produces");
        let mut entries = self.entries(responses);
        for (status, node) in &mut entries {
            if status.starts_with("x-") || self.is_full() {
                continue;
            }
            let Some(target) = self.resolve(*node) else {
                continue;
            };
            let is_error = !status.starts_with('2');
            if target == *node {
                self.response(target, produces.as_deref(), is_error);
                continue;
            }
            // One of the whole document is in the media types of the document, whoever refers to it.
            self.replies.insert(target);
            if names(produces.as_deref()) != names(self.media(target, "produces").as_deref()) {
                let own = self.own_response(target, produces.as_deref(), is_error);
                *node = own.unwrap_or(*node);
            }
        }
        let before = self.entries(responses);
        if entries != before {
            self.set_entries(responses, entries.iter().map(as_entry).collect());
        }
    }

    /// The responses to which operations refer, and those that nobody refers to.
    pub(super) fn shared_responses(&mut self) {
        for node in std::mem::take(&mut self.replies) {
            let media = self.media(node, "produces");
            self.response(node, media.as_deref(), false);
        }
    }

    /// A Response Object in one of these media types.
    fn response(&mut self, node: NodeId, produces: Option<&[Media]>, is_error: bool) {
        if !self.node(node).is_object() || self.is_full() || !self.done.insert(node) {
            return;
        }
        for (name, header) in self.entries_under(node, "headers") {
            if !name.starts_with("x-") || self.get(header, "type").is_some() {
                self.header(header);
            }
        }
        let mut entries = self.entries(node);
        entries.retain(|(key, _)| {
            ["description", "headers"].contains(&key.as_str()) || key.starts_with("x-")
        });
        if let Some(schema) = self.reply_schema(node) {
            let media = self.reply_media(schema, produces, is_error);
            let content = self.content(Some(schema), true, &media, node);
            self.schemas.push(schema);
            self.examples(node, content);
            entries.push(("content".to_owned(), content));
        }
        self.set_entries(node, entries.iter().map(as_entry).collect());
    }

    /// A Response Object that says the same as one of the whole document, in other media types.
    fn own_response(
        &mut self,
        shared: NodeId,
        produces: Option<&[Media]>,
        is_error: bool,
    ) -> Option<NodeId> {
        let schema = self.reply_schema(shared)?;
        let media = self.reply_media(schema, produces, is_error);
        let content = self.content(Some(schema), false, &media, shared);
        let mut entries = vec![("content", content)];
        if let Some(description) = self.get(shared, "description") {
            let copy = self.document.nodes_mut().add_copy(description);
            entries.push(("description", copy));
        }
        let headers = self.entries_under(shared, "headers").into_iter();
        let headers: Vec<(String, NodeId)> = headers
            .map(|(name, header)| (name, self.add_reference(header)))
            .collect();
        if !headers.is_empty() {
            let headers = self.add_object(headers.iter().map(as_entry).collect(), shared);
            entries.push(("headers", headers));
        }
        Some(self.add_object(entries, shared))
    }

    /// The schema of a response, whether it was upgraded or not.
    fn reply_schema(&self, node: NodeId) -> Option<NodeId> {
        let schema = self.document.nodes.reach(node, "schema")?;
        self.node(schema).is_object().then_some(schema)
    }

    /// The media types in which a reply of this schema comes.
    fn reply_media(
        &self,
        schema: NodeId,
        produces: Option<&[Media]>,
        is_error: bool,
    ) -> Vec<Media> {
        if self.is_file(schema) {
            return file_media(produces);
        }
        let media = produces.map_or_else(only_json, <[Media]>::to_vec);
        let schema = self.resolve(schema).unwrap_or(schema);
        let is_plain = matches!(
            self.text(schema, "type"),
            Some("string" | "number" | "integer" | "boolean")
        );
        // `produces` speaks of the reply that is wanted. An error with members is no picture.
        if is_error && !is_plain && media.iter().all(is_opaque) {
            let media = media.first().map_or("", |media| &media.name);
            let message = format!("an error with members is not `{media}`; it is read as JSON");
            self.report(Code::UnsupportedFeature, schema, message);
            return only_json();
        }
        media
    }

    /// Takes the examples of a response to their media types.
    fn examples(&mut self, response: NodeId, content: NodeId) {
        for (name, example) in self.entries_under(response, "examples") {
            if let Some(media) = self.get(content, &name) {
                let mut entries = self.entries(media);
                entries.push(("example".to_owned(), example));
                self.set_entries(media, entries.iter().map(as_entry).collect());
            }
        }
    }

    /// A Header Object.
    fn header(&mut self, node: NodeId) {
        if !self.node(node).is_object() || !self.done.insert(node) {
            return;
        }
        if let Some(format) = self.get(node, "collectionFormat")
            && self.node(format).as_str() != Some("csv")
        {
            let message = "the list in a header is read as one with commas";
            self.report(Code::UnsupportedFeature, format, message);
        }
        let mut entries = self.entries(node);
        let schema = self.value_schema(node);
        entries.retain(|(key, _)| {
            key == "description" || (key.starts_with("x-") && !is_of_value(key))
        });
        entries.extend(schema.map(|schema| ("schema".to_owned(), schema)));
        self.set_entries(node, entries.iter().map(as_entry).collect());
    }
}

/// What media types are called.
fn names(media: Option<&[Media]>) -> Option<Vec<&str>> {
    media.map(|media| media.iter().map(|media| media.name.as_str()).collect())
}

/// Whether nothing with members is written in a media type.
fn is_opaque(media: &Media) -> bool {
    let essence = media.name.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let kinds = ["audio/", "font/", "image/", "video/"];
    let bytes = [
        "application/gzip",
        "application/octet-stream",
        "application/pdf",
        "application/zip",
    ];
    bytes.contains(&essence.as_str())
        || kinds.iter().any(|kind| essence.starts_with(kind)) && !essence.ends_with("+xml")
}

/// The media types of a reply that is a file. JSON is none that says so: where there is nothing else,
/// the file may be of any.
fn file_media(produces: Option<&[Media]>) -> Vec<Media> {
    let Some(produces) = produces else {
        return vec![Media {
            name: "application/octet-stream".to_owned(),
            at: None,
        }];
    };
    let is_json = |media: &&Media| {
        let essence = media.name.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        essence.ends_with("/json") || essence.ends_with("+json")
    };
    let others: Vec<Media> = produces
        .iter()
        .filter(|media| !is_json(media))
        .cloned()
        .collect();
    if others.is_empty() {
        let any = |media: &Media| Media {
            name: "*/*".to_owned(),
            at: media.at,
        };
        return produces.first().map(any).into_iter().collect();
    }
    others
}
