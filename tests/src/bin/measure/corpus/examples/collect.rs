//! Every example of a document, with the schema that it is an example of.

use std::collections::BTreeSet;

use serde_json::Value;

use super::source::{At, Source};
use super::{Example, Way};

/// Keys under which a schema holds another one.
const SCHEMA: [&str; 13] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "itemSchema",
];
/// Keys under which a schema holds a list of them.
const SCHEMAS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keys under which a schema holds them by name.
const NAMED: [&str; 5] = [
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// The examples of a document, each once.
pub(super) fn examples(source: &Source) -> Vec<Example> {
    let mut collector = Collector {
        source,
        found: Vec::new(),
        visited: BTreeSet::new(),
    };
    collector.document();
    collector.found.sort_by(|a, b| a.at.cmp(&b.at));
    collector.found
}

/// The schemas right within a schema: the steps to each.
pub(super) fn within(schema: &Value) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let object = schema.as_object();
    for (key, value) in object.into_iter().flatten() {
        if SCHEMA.contains(&key.as_str()) && value.is_object() {
            found.push(vec![key.clone()]);
        }
        // `items` as a list is of older drafts.
        if SCHEMAS.contains(&key.as_str()) || key == "items" {
            let count = value.as_array().map_or(0, Vec::len);
            found.extend((0..count).map(|index| vec![key.clone(), index.to_string()]));
        }
        if NAMED.contains(&key.as_str()) {
            let names = value.as_object().into_iter().flatten();
            found.extend(names.map(|(name, _)| vec![key.clone(), name.clone()]));
        }
    }
    found
}

struct Collector<'s> {
    source: &'s Source,
    found: Vec<Example>,
    visited: BTreeSet<At>,
}

impl Collector<'_> {
    fn document(&mut self) {
        let root = At::root("");
        for item in self.children(&root.child("paths")) {
            self.path_item(&item, Way::Request);
        }
        for item in self.children(&root.child("webhooks")) {
            self.path_item(&item, Way::Reply);
        }
        let components = root.child("components");
        for kind in ["schemas", "responses", "parameters", "headers"] {
            for of in self.children(&components.child(kind)) {
                match kind {
                    "schemas" => self.schema(&of, Way::Reply),
                    "responses" => self.response(&of, Way::Reply),
                    "parameters" => self.holder(&of, Way::Request, true),
                    _ => self.holder(&of, Way::Reply, true),
                }
            }
        }
        for of in self.children(&components.child("requestBodies")) {
            self.body(&of, Way::Request);
        }
        for of in self.children(&components.child("pathItems")) {
            self.path_item(&of, Way::Request);
        }
        // The same in 2.0.
        for of in self.children(&root.child("definitions")) {
            self.schema(&of, Way::Reply);
        }
        for of in self.children(&root.child("parameters")) {
            self.holder(&of, Way::Request, true);
        }
        for of in self.children(&root.child("responses")) {
            self.response(&of, Way::Reply);
        }
    }

    /// The places right below a place.
    fn children(&self, at: &At) -> Vec<At> {
        match self.source.get(at) {
            Some(Value::Object(entries)) => entries
                .keys()
                .filter(|key| !key.starts_with("x-"))
                .map(|key| at.child(key))
                .collect(),
            Some(Value::Array(items)) => (0..items.len())
                .map(|index| at.child(&index.to_string()))
                .collect(),
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {
                Vec::new()
            }
        }
    }

    /// Where something is to be read, and its value: elsewhere, if it is a reference to another
    /// file. What the first file holds is read where it stands there. None if it was read.
    fn open(&mut self, at: &At) -> Option<(At, Value)> {
        let value = self.source.get(at)?;
        let (at, value) = match value["$ref"].as_str() {
            Some(reference) => {
                let target = self.source.target(at, reference)?;
                if target.file.is_empty() {
                    // Beside the reference of a schema there may be an example.
                    (at.clone(), value)
                } else {
                    let target = self.source.resolve(&target)?;
                    let value = self.source.get(&target)?;
                    (target, value)
                }
            }
            None => (at.clone(), value),
        };
        self.visited.insert(at.clone()).then_some((at, value))
    }

    /// A path item, whose requests are sent by the client, or come to it.
    fn path_item(&mut self, at: &At, way: Way) {
        let Some((at, value)) = self.open(at) else {
            return;
        };
        for parameter in self.children(&at.child("parameters")) {
            self.holder(&parameter, way, true);
        }
        let operations = value.as_object().into_iter().flatten();
        for (key, operation) in operations {
            if operation["responses"].is_object() {
                self.operation(&at.child(key), way);
            }
        }
    }

    fn operation(&mut self, at: &At, way: Way) {
        let back = match way {
            Way::Request => Way::Reply,
            Way::Reply => Way::Request,
        };
        for parameter in self.children(&at.child("parameters")) {
            self.holder(&parameter, way, true);
        }
        self.body(&at.child("requestBody"), way);
        for response in self.children(&at.child("responses")) {
            self.response(&response, back);
        }
        for callback in self.children(&at.child("callbacks")) {
            let Some((callback, _)) = self.open(&callback) else {
                continue;
            };
            for item in self.children(&callback) {
                self.path_item(&item, back);
            }
        }
    }

    fn body(&mut self, at: &At, way: Way) {
        if let Some((at, _)) = self.open(at) {
            self.content(&at, way);
        }
    }

    fn response(&mut self, at: &At, way: Way) {
        let Some((at, value)) = self.open(at) else {
            return;
        };
        self.content(&at, way);
        for header in self.children(&at.child("headers")) {
            self.holder(&header, way, true);
        }
        // 2.0 has the schema here, and examples by media type.
        let schema = at.child("schema");
        if value["schema"].is_object() {
            self.schema(&schema, way);
            for (media_type, example) in value["examples"].as_object().into_iter().flatten() {
                let place = at.child("examples").child(media_type);
                let json = is_json(media_type);
                self.add(place, example.clone(), schema.clone(), way, json);
            }
        }
    }

    /// The media types of a body.
    fn content(&mut self, at: &At, way: Way) {
        for media in self.children(&at.child("content")) {
            let media_type = media.step().replace("~1", "/").replace("~0", "~");
            self.holder(&media, way, is_json(&media_type));
        }
    }

    /// What holds a schema with examples of it: a media type, a parameter, a header.
    fn holder(&mut self, at: &At, way: Way, json: bool) {
        let Some((at, value)) = self.open(at) else {
            return;
        };
        self.content(&at, way);
        let mut schema = at.child("schema");
        if value["schema"].is_object() {
            self.schema(&schema, way);
        } else if value["type"].is_string() {
            // A parameter of 2.0 is a schema itself.
            schema = at.clone();
            self.schema(&schema, way);
            return;
        } else {
            // Without a schema there is nothing to compare with.
            return;
        }
        if let Some(example) = value.get("example") {
            let place = at.child("example");
            self.add(place, example.clone(), schema.clone(), way, json);
        }
        for place in self.children(&at.child("examples")) {
            let Some(target) = self.source.resolve(&place) else {
                continue;
            };
            let example = self.source.get(&target).unwrap_or_default();
            if let Some(example) = example.get("value").or(example.get("dataValue")) {
                self.add(place, example.clone(), schema.clone(), way, json);
            }
        }
    }

    fn schema(&mut self, at: &At, way: Way) {
        let Some((at, value)) = self.open(at) else {
            return;
        };
        let reference = value["$ref"].is_string();
        // Before 3.1, what stands beside a reference counts for nothing.
        if reference && self.source.is_old() {
            return;
        }
        for key in ["example", "default"] {
            if let Some(example) = value.get(key) {
                self.add(at.child(key), example.clone(), at.clone(), way, true);
            }
        }
        for (index, example) in value["examples"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            let place = at.child("examples").child(&index.to_string());
            self.add(place, example.clone(), at.clone(), way, true);
        }
        for steps in within(&value) {
            let place = steps.iter().fold(at.clone(), |at, step| at.child(step));
            self.schema(&place, way);
        }
    }

    fn add(&mut self, at: At, value: Value, schema: At, way: Way, is_json: bool) {
        self.found.push(Example {
            at,
            value,
            schema,
            way,
            is_json,
        });
    }
}

/// Whether examples of a media type are written as the value that they stand for.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence.ends_with("/json")
        || essence.ends_with("+json")
        || essence == "application/x-www-form-urlencoded"
        || essence == "multipart/form-data"
}
