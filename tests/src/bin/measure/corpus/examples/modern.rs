//! Schemas of any version, written as those of JSON Schema 2020-12.
//!
//! In goes a file of a document, out comes the same with each of its schemas at the same place, but
//! for the schemas of 3.0 and 2.0 that may be null. What a validator would stumble over is left out.

use serde_json::{Map, Value, json};

use super::Way;
use super::collect::within;

/// The types of JSON Schema.
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// A file with its schemas converted. `old` says that they are of a version before 3.1, `way` which
/// properties nobody can require.
pub(super) fn file(root: &Value, old: bool, way: Way) -> Value {
    let converter = Converter { root, old, way };
    converter.part(root, true)
}

struct Converter<'v> {
    root: &'v Value,
    old: bool,
    way: Way,
}

impl Converter<'_> {
    /// A part of a document that is no schema.
    fn part(&self, value: &Value, is_root: bool) -> Value {
        match value {
            Value::Object(entries) => {
                // A parameter of 2.0 is a schema as well, and so is the whole of some files.
                let parameter = entries.contains_key("in") && entries["in"].is_string();
                if parameter && entries.get("type").is_some_and(Value::is_string) {
                    return self.schema(value);
                }
                let known = ["openapi", "swagger", "paths", "components", "schemas"];
                let whole = is_root && !known.iter().any(|key| entries.contains_key(*key));
                if whole && (entries.contains_key("type") || entries.contains_key("allOf")) {
                    return self.schema(value);
                }
                let entries = entries.iter().filter(|(key, _)| {
                    !matches!(key.as_str(), "example" | "examples") && !key.starts_with("x-")
                });
                let parts = entries.map(|(key, value)| {
                    let part = match key.as_str() {
                        "schema" | "itemSchema" if value.is_object() => self.schema(value),
                        "schemas" | "definitions" | "$defs" => self.schemas(value),
                        _ => self.part(value, false),
                    };
                    (key.clone(), part)
                });
                Value::Object(parts.collect())
            }
            Value::Array(items) => items.iter().map(|item| self.part(item, false)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }

    /// Schemas by name.
    fn schemas(&self, value: &Value) -> Value {
        let entries = value.as_object().into_iter().flatten();
        let schemas = entries.map(|(name, schema)| (name.clone(), self.schema(schema)));
        Value::Object(schemas.collect())
    }

    fn schema(&self, value: &Value) -> Value {
        let Value::Object(entries) = value else {
            return value.clone();
        };
        let mut schema = entries.clone();
        if let (true, Some(reference)) = (self.old, entries.get("$ref")) {
            return json!({ "$ref": reference });
        }
        for key in [
            "example",
            "examples",
            "discriminator",
            "xml",
            "$id",
            "id",
            "$schema",
        ] {
            // What is called so by a property is no keyword of this schema.
            schema.remove(key);
        }
        for steps in within(value) {
            let pointer: String = steps.iter().map(|step| step_of(step)).collect();
            let Some(inner) = value.pointer(&pointer) else {
                continue;
            };
            let inner = self.schema(inner);
            if let Some(place) = place(&mut schema, &steps) {
                *place = inner;
            }
        }
        self.settle_types(&mut schema);
        self.settle_required(&mut schema);
        if self.old {
            self.bounds(&mut schema);
            if schema.remove("nullable") == Some(Value::Bool(true)) {
                return nullable(schema);
            }
        }
        Value::Object(schema)
    }

    /// Types that JSON Schema does not have admit anything.
    fn settle_types(&self, schema: &mut Map<String, Value>) {
        let known = |ty: &Value| ty.as_str().is_some_and(|ty| TYPES.contains(&ty));
        let fine = match schema.get("type") {
            Some(Value::Array(types)) => types.iter().all(known),
            Some(ty) => known(ty),
            None => true,
        };
        if !fine {
            schema.remove("type");
        }
        // Some documents mean one value by it.
        if schema.get("enum").is_some_and(|values| !values.is_array()) {
            schema.remove("enum");
        }
    }

    /// Nobody can require what the other side alone sends (OpenAPI 3.0.3, section 4.7.24.2).
    fn settle_required(&self, schema: &mut Map<String, Value>) {
        let Some(required) = schema.remove("required") else {
            return;
        };
        let excluded = match self.way {
            Way::Request => "readOnly",
            Way::Reply => "writeOnly",
        };
        let properties = schema.get("properties");
        let sent = |name: &Value| {
            let property = name.as_str().and_then(|name| properties?.get(name));
            property.is_none_or(|property| {
                let target = property["$ref"]
                    .as_str()
                    .and_then(|reference| self.root.pointer(reference.strip_prefix('#')?));
                let is = |of: &Value| of[excluded] == Value::Bool(true);
                !is(property) && !target.is_some_and(is)
            })
        };
        // Older drafts have a boolean here.
        if let Value::Array(names) = required {
            let names: Vec<Value> = names.into_iter().filter(sent).collect();
            schema.insert("required".to_owned(), Value::Array(names));
        }
    }

    /// Before 3.1 it is a boolean that makes a bound exclusive.
    fn bounds(&self, schema: &mut Map<String, Value>) {
        for (bound, exclusive) in [
            ("minimum", "exclusiveMinimum"),
            ("maximum", "exclusiveMaximum"),
        ] {
            match schema.get(exclusive) {
                Some(Value::Bool(true)) => {
                    schema.remove(exclusive);
                    if let Some(value) = schema.remove(bound) {
                        schema.insert(exclusive.to_owned(), value);
                    }
                }
                Some(Value::Bool(false)) => {
                    schema.remove(exclusive);
                }
                Some(_) | None => {}
            }
        }
    }
}

/// A schema that may also be null. With a type of its own it stays where it is, and all within it.
fn nullable(mut schema: Map<String, Value>) -> Value {
    let alone = ["allOf", "anyOf", "oneOf", "not"]
        .iter()
        .all(|key| !schema.contains_key(*key));
    if let (true, Some(ty)) = (alone, schema.get("type").cloned()) {
        schema.insert("type".to_owned(), json!([ty, "null"]));
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            values.push(Value::Null);
            values.dedup();
        }
        return Value::Object(schema);
    }
    json!({ "anyOf": [{ "type": "null" }, schema] })
}

fn step_of(step: &str) -> String {
    format!("/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// What is at some steps below a schema.
fn place<'v>(schema: &'v mut Map<String, Value>, steps: &[String]) -> Option<&'v mut Value> {
    let (first, rest) = steps.split_first()?;
    let pointer: String = rest.iter().map(|step| step_of(step)).collect();
    schema.get_mut(first)?.pointer_mut(&pointer)
}
