//! Parameters that stay parameters, and what is known of those that don't.

use super::schema::is_of_value;
use super::{Upgrade, as_entry};
use crate::diag::Code;
use crate::document::arena::NodeId;

/// Where the value of a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// It is the body.
    Body,
    /// It is a field of a form, which is the body.
    Form,
    /// It goes where parameters go in OpenAPI 3.0 as well.
    Elsewhere,
}

/// How a list becomes text: `collectionFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    Commas,
    Spaces,
    Pipes,
    /// The name is written for each item.
    Many,
}

/// What is known of a parameter, whatever became of it.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) location: Location,
    /// Its name, if it has one.
    pub(super) name: Option<String>,
    pub(super) required: bool,
    /// The schema of a body.
    pub(super) schema: Option<NodeId>,
    /// How a list is written, if the value is one.
    pub(super) collection: Option<Collection>,
    /// Whether the value is a file, or several.
    pub(super) is_file: bool,
}

impl Upgrade<'_> {
    /// What a Parameter Object says. The first time it is upgraded as well: a field of a form to the
    /// schema of its value, a body to nothing yet.
    pub(super) fn parameter(&mut self, node: NodeId) -> Parameter {
        if let Some(known) = self.parameters.get(&node) {
            return known.clone();
        }
        let parameter = self.read_parameter(node);
        self.parameters.insert(node, parameter.clone());
        match parameter.location {
            Location::Body => {}
            Location::Form => self.field(node),
            Location::Elsewhere => self.plain_parameter(node, &parameter),
        }
        parameter
    }

    fn read_parameter(&mut self, node: NodeId) -> Parameter {
        let location = match self.text(node, "in") {
            Some("body") => Location::Body,
            Some("formData") => Location::Form,
            Some(_) | None => Location::Elsewhere,
        };
        let stated = self.get(node, "schema");
        let stated = stated.filter(|&schema| self.node(schema).is_object());
        let schema = match (location, stated) {
            (Location::Body, None) => {
                let message = "the body has no `schema`; any value is accepted";
                let made = self.value_schema(node);
                if made.is_none() {
                    self.report(Code::MissingKey, node, message);
                }
                made
            }
            (_, stated) => stated,
        };
        self.schemas.extend(schema);
        let has_type = self.get(node, "type").is_some();
        if location != Location::Body && self.node(node).is_object() {
            self.note_type(node, has_type, schema);
        }
        let described = schema.filter(|_| !has_type).unwrap_or(node);
        let described = self.resolve(described).unwrap_or(described);
        let item = self.get(described, "items");
        let is_file = self.is_file(described) || item.is_some_and(|item| self.is_file(item));
        if is_file && location == Location::Elsewhere {
            let message = "only a field of a form can be a file; this is sent as text";
            self.report(Code::UnsupportedFeature, node, message);
        }
        let is_list = self.text(described, "type") == Some("array");
        self.nested_lists(described);
        Parameter {
            location,
            name: self
                .node(node)
                .get("name")
                .and_then(|name| name.text())
                .map(str::to_owned),
            required: self
                .node(node)
                .get("required")
                .is_some_and(|flag| flag.text() == Some("true")),
            schema,
            collection: is_list.then(|| self.collection(node)),
            is_file,
        }
    }

    /// Says where a parameter that is no body describes its value in another way than by `type`.
    fn note_type(&self, node: NodeId, has_type: bool, schema: Option<NodeId>) {
        match (has_type, schema) {
            (_, Some(schema)) => {
                let message = "`schema` belongs to a body; it is understood";
                self.report(Code::UnknownKey, schema, message);
            }
            (false, None) => {
                let message = "the Parameter Object has no `type`; any value is accepted";
                self.report(Code::MissingKey, node, message);
            }
            (true, None) => {}
        }
    }

    /// Says that lists within a list are written in no way of their own.
    fn nested_lists(&self, value: NodeId) {
        let mut here = self.get(value, "items");
        while let Some(items) = here {
            if let Some(format) = self.get(items, "collectionFormat")
                && self.node(format).as_str() != Some("csv")
            {
                let message = "a list within a list has no `collectionFormat` of its own";
                self.report(Code::UnsupportedFeature, format, message);
            }
            here = self.get(items, "items");
        }
    }

    /// How the list that is the value of a parameter is written.
    fn collection(&self, node: NodeId) -> Collection {
        let format = self.text(node, "collectionFormat");
        let place = self.text(node, "in");
        let named = matches!(place, Some("query" | "formData"));
        let nearest = |message: String| {
            let at = self.get(node, "collectionFormat").unwrap_or(node);
            self.report(Code::UnsupportedFeature, at, message);
            Collection::Commas
        };
        match format {
            Some("multi") if named => Collection::Many,
            Some("ssv") if named => Collection::Spaces,
            Some("pipes") if named => Collection::Pipes,
            Some("tsv") => nearest("a list is not written with tabs, but with commas".to_owned()),
            Some(format @ ("multi" | "ssv" | "pipes")) => nearest(format!(
                "a list in a path or header is not written as `{format}`, but with commas"
            )),
            // The check reports what is no format at all.
            Some(_) | None => Collection::Commas,
        }
    }

    /// A parameter that stays one.
    fn plain_parameter(&mut self, node: NodeId, parameter: &Parameter) {
        if !self.node(node).is_object() {
            return;
        }
        let mut entries = self.entries(node);
        let stated = parameter.schema.is_some();
        let made = match stated {
            true => None,
            false => self.value_schema(node),
        };
        let kept = ["name", "in", "description", "required", "allowEmptyValue"];
        entries.retain(|(key, _)| {
            kept.contains(&key.as_str())
                || (key == "schema" && stated)
                || (key.starts_with("x-") && !is_of_value(key))
        });
        entries.extend(made.map(|schema| ("schema".to_owned(), schema)));
        if self.text(node, "in") == Some("query")
            && let Some(collection) = parameter.collection
        {
            let at = self.get(node, "collectionFormat").unwrap_or(node);
            entries.extend(self.style(collection, at));
        }
        self.set_entries(node, entries.iter().map(as_entry).collect());
    }

    /// What OpenAPI 3.0 calls a way to write a list in a query or form.
    pub(super) fn style(&mut self, collection: Collection, at: NodeId) -> [(String, NodeId); 2] {
        let style = match collection {
            Collection::Commas | Collection::Many => "form",
            Collection::Spaces => "spaceDelimited",
            Collection::Pipes => "pipeDelimited",
        };
        let explode = collection == Collection::Many;
        [
            ("style".to_owned(), self.add_text(style, at)),
            ("explode".to_owned(), self.add_flag(explode, at)),
        ]
    }

    /// A field of a form becomes the schema of its value.
    fn field(&mut self, node: NodeId) {
        let mut own = self.entries(node);
        let described = own.iter().any(|(key, _)| key == "type");
        if let Some(schema) = self.get(node, "schema").filter(|_| !described) {
            // It is as if the field was that schema.
            own = self.entries(schema);
            self.done.insert(schema);
        } else {
            own.retain(|(key, _)| {
                is_of_value(key) || key == "description" || key.starts_with("x-")
            });
        }
        let entries = self.schema_entries(own);
        self.set_entries(node, entries.iter().map(as_entry).collect());
        self.schemas.push(node);
    }

    /// The parameters that a root lists by name. Bodies are taken out and given, in the words of OpenAPI
    /// 3.0; fields of forms are taken out as well, since there they are schemas.
    pub(super) fn shared_parameters(&mut self, parameters: NodeId) -> Vec<(String, NodeId)> {
        let mut bodies = Vec::new();
        let mut kept = Vec::new();
        for (name, node) in self.entries(parameters) {
            let location = match self.resolve(node) {
                Some(target) if self.node(target).is_object() => self.parameter(target).location,
                Some(_) | None => Location::Elsewhere,
            };
            match location {
                Location::Body if self.resolve(node) == Some(node) => {
                    let media = self.body_media(node);
                    self.body_in_place(node, &media);
                    bodies.push((name, node));
                }
                Location::Body | Location::Form => {}
                Location::Elsewhere => kept.push((name, node)),
            }
        }
        self.set_entries(parameters, kept.iter().map(as_entry).collect());
        bodies
    }
}
