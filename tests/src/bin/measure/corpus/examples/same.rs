//! Whether a value came back.
//!
//! The same JSON value has the same numbers by value and the same keys in any order. A property that
//! the document does not declare counts only where `additionalProperties` admits it in so many words,
//! or nothing is declared at all; a read-only one counts in replies, a write-only one in requests.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::source::{At, Source};
use super::{Came, Example, Way};

/// Compares an example with the text that came back.
pub(super) fn same(source: &Source, example: &Example, text: &str) -> Came {
    let Ok(back) = serde_json::from_str::<Value>(text) else {
        return Came::Differs(format!("`{text}` came back, which is no JSON"));
    };
    let compare = Compare {
        source,
        way: example.way,
    };
    match compare.values(
        &example.value,
        &back,
        std::slice::from_ref(&example.schema),
        "",
    ) {
        Ok(()) => Came::Equal,
        Err(what) => Came::Differs(what),
    }
}

struct Compare<'s> {
    source: &'s Source,
    way: Way,
}

impl Compare<'_> {
    /// Holds two values of some schemas against each other; what differs first is an error.
    fn values(&self, sent: &Value, back: &Value, of: &[At], path: &str) -> Result<(), String> {
        match (sent, back) {
            (Value::Object(sent), Value::Object(back)) => {
                self.objects(sent, back, &self.all(of), path)
            }
            (Value::Array(sent), Value::Array(back)) => {
                if sent.len() != back.len() {
                    let (sent, back) = (sent.len(), back.len());
                    return Err(format!("`{path}` has {back} items, not {sent}"));
                }
                let schemas = self.all(of);
                for (index, (sent, back)) in sent.iter().zip(back).enumerate() {
                    let items = items(&schemas, index);
                    self.values(sent, back, &items, &format!("{path}/{index}"))?;
                }
                Ok(())
            }
            _ if equal(sent, back) => Ok(()),
            _ => Err(format!("`{path}` is {}, not {}", short(back), short(sent))),
        }
    }

    fn objects(
        &self,
        sent: &Map<String, Value>,
        back: &Map<String, Value>,
        schemas: &[(At, Value)],
        path: &str,
    ) -> Result<(), String> {
        for (key, sent) in sent {
            let Some(of) = self.property(schemas, key) else {
                continue;
            };
            let path = format!("{path}/{key}");
            match back.get(key) {
                Some(back) => self.values(sent, back, &of, &path)?,
                None => return Err(format!("`{path}` is not there")),
            }
        }
        match back.keys().find(|key| !sent.contains_key(*key)) {
            Some(more) => Err(format!("`{path}/{more}` was not there")),
            None => Ok(()),
        }
    }

    /// The schemas of a property; none if it does not count.
    fn property(&self, schemas: &[(At, Value)], key: &str) -> Option<Vec<At>> {
        let declared: Vec<At> = schemas
            .iter()
            .filter(|(_, schema)| schema["properties"].get(key).is_some())
            .map(|(at, _)| at.child("properties").child(key))
            .collect();
        if !declared.is_empty() {
            let excluded = match self.way {
                Way::Request => "readOnly",
                Way::Reply => "writeOnly",
            };
            let all = self.all(&declared);
            let counts = !all.iter().any(|(_, schema)| schema[excluded] == true);
            return counts.then_some(declared);
        }
        let admits = |schema: &Value| match &schema["additionalProperties"] {
            Value::Bool(admits) => *admits,
            Value::Object(_) => true,
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => false,
        };
        let additional: Vec<At> = schemas
            .iter()
            .filter(|(_, schema)| admits(schema))
            .map(|(at, _)| at.child("additionalProperties"))
            .collect();
        let free = !schemas
            .iter()
            .any(|(_, schema)| schema["properties"].is_object());
        let closed = schemas
            .iter()
            .any(|(_, schema)| schema["additionalProperties"] == false);
        (!additional.is_empty() || (free && !closed)).then_some(additional)
    }

    /// Schemas with all that they are made of.
    fn all(&self, of: &[At]) -> Vec<(At, Value)> {
        let mut found = Vec::new();
        let mut known = BTreeSet::new();
        let mut open = of.to_vec();
        while let Some(at) = open.pop() {
            if !known.insert(at.clone()) {
                continue;
            }
            let Some(schema) = self.source.get(&at) else {
                continue;
            };
            if let Some(reference) = schema["$ref"].as_str() {
                open.extend(self.source.target(&at, reference));
            }
            for key in ["allOf", "anyOf", "oneOf"] {
                let count = schema[key].as_array().map_or(0, Vec::len);
                open.extend((0..count).map(|index| at.child(key).child(&index.to_string())));
            }
            for key in ["if", "then", "else"] {
                if schema[key].is_object() {
                    open.push(at.child(key));
                }
            }
            found.push((at, schema));
        }
        found
    }
}

/// The schemas of an item of a list.
fn items(schemas: &[(At, Value)], index: usize) -> Vec<At> {
    let of = |(at, schema): &(At, Value)| {
        let step = index.to_string();
        if schema["prefixItems"].get(index).is_some() {
            return Some(at.child("prefixItems").child(&step));
        }
        schema["items"].is_object().then(|| at.child("items"))
    };
    schemas.iter().filter_map(of).collect()
}

/// Whether two values are the same, numbers by value.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x == y || x.as_f64() == y.as_f64(),
        _ => a == b,
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{At, Source};
    use super::super::{Came, Example, Way};
    use super::same;
    use serde_json::{Value, json};

    fn came(schema: &Value, way: Way, sent: Value, back: &Value) -> Came {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, json!({ "schema": schema }).to_string()).expect("a file");
        let source = Source::read(&path).expect("it is JSON");
        let at = At::root("").child("schema");
        let example = Example {
            at: at.clone(),
            value: sent,
            schema: at,
            way,
            is_json: true,
        };
        same(&source, &example, &back.to_string())
    }

    #[test]
    fn what_is_declared_counts() {
        let schema = json!({ "properties": { "a": {}, "r": { "readOnly": true } } });
        let sent = json!({ "a": 1, "r": 2, "other": 3 });
        let request = came(&schema, Way::Request, sent.clone(), &json!({ "a": 1.0 }));
        assert_eq!(request, Came::Equal);
        let reply = came(&schema, Way::Reply, sent, &json!({ "a": 1 }));
        assert_eq!(reply, Came::Differs("`/r` is not there".to_owned()));
        let open = json!({ "properties": {}, "additionalProperties": true });
        let lost = came(&open, Way::Reply, json!({ "b": [1] }), &json!({}));
        assert_eq!(lost, Came::Differs("`/b` is not there".to_owned()));
        let more = came(&open, Way::Reply, json!({}), &json!({ "b": null }));
        assert_eq!(more, Came::Differs("`/b` was not there".to_owned()));
    }
}
