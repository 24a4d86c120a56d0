//! Responses and their headers.

use super::body::only_json;
use super::schema::is_of_value;
use super::{Media, Upgrade, as_entry};
use crate::diag::Code;
use crate::document::arena::NodeId;

impl Upgrade<'_> {
    /// A Responses Object of an operation that answers with these media types.
    pub(super) fn responses(&mut self, responses: NodeId, produces: Option<Vec<Media>>) {
        for (status, node) in self.entries(responses) {
            if status.starts_with("x-") {
                continue;
            }
            let Some(target) = self.resolve(node) else {
                continue;
            };
            if target == node {
                self.response(node, produces.as_deref());
                continue;
            }
            // Whoever refers to it adds the media types that it answers with.
            let known = self.replies.entry(target).or_default();
            for media in produces.clone().unwrap_or_else(only_json) {
                if known.iter().all(|known| known.name != media.name) {
                    known.push(media);
                }
            }
        }
    }

    /// The responses to which operations refer, and those that nobody refers to.
    pub(super) fn shared_responses(&mut self) {
        for (node, media) in std::mem::take(&mut self.replies) {
            let media = match media.is_empty() {
                true => self.media(node, "produces"),
                false => Some(media),
            };
            self.response(node, media.as_deref());
        }
    }

    /// A Response Object in one of these media types.
    fn response(&mut self, node: NodeId, produces: Option<&[Media]>) {
        if !self.node(node).is_object() || self.is_full() || !self.done.insert(node) {
            return;
        }
        for (name, header) in self.entries_under(node, "headers") {
            if !name.starts_with("x-") || self.get(header, "type").is_some() {
                self.header(header);
            }
        }
        let schema = self.get(node, "schema");
        let schema = schema.filter(|&schema| self.node(schema).is_object());
        let mut entries = self.entries(node);
        entries.retain(|(key, _)| {
            ["description", "headers"].contains(&key.as_str()) || key.starts_with("x-")
        });
        if let Some(schema) = schema {
            let media = match self.is_file(schema) {
                true => file_media(produces),
                false => produces.map_or_else(only_json, <[Media]>::to_vec),
            };
            let content = self.content(Some(schema), true, &media, node);
            self.schemas.push(schema);
            self.examples(node, content);
            entries.push(("content".to_owned(), content));
        }
        self.set_entries(node, entries.iter().map(as_entry).collect());
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
