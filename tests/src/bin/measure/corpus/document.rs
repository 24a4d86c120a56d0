//! What a document itself holds.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::figures::{Figure, Record};
use super::text;

/// The keys of a path item under which operations stand (OpenAPI 3.2.0, section 4.9).
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Counts the operations of the document at `path`.
pub(super) fn count(path: &Path, record: &mut Record) {
    let root = match text::read(path) {
        Ok(root) => root,
        Err(error) => {
            record.note(&format!("it cannot be read: {error}"));
            return;
        }
    };
    record.version = ["openapi", "swagger"]
        .iter()
        .find_map(|key| root.get(*key))
        .map(|version| {
            version
                .as_str()
                .map_or_else(|| version.to_string(), str::to_owned)
        })
        .unwrap_or_default();
    record.set(Figure::Documented, operations(&root, path) as f64);
}

/// How many operations a document has, each path with each of its methods.
fn operations(root: &Value, path: &Path) -> usize {
    let query = root["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.2"));
    let paths = root["paths"].as_object().into_iter().flatten();
    paths
        .filter(|(template, _)| !template.starts_with("x-"))
        .map(|(_, item)| methods(&whole(item, root, path), query).len())
        .sum()
}

/// The methods of a path item that have an operation.
fn methods(item: &[Value], query: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for item in item {
        let known = METHODS.iter().filter(|key| query || **key != "query");
        let there = known.filter(|key| item[**key].is_object());
        found.extend(there.map(|key| (*key).to_owned()));
        if let (true, Some(more)) = (query, item["additionalOperations"].as_object()) {
            found.extend(more.keys().cloned());
        }
    }
    found
}

/// A path item with those to which it refers.
fn whole(item: &Value, root: &Value, path: &Path) -> Vec<Value> {
    let mut items = vec![item.clone()];
    let mut at: (PathBuf, Option<Value>) = (path.to_owned(), None);
    // A ring of references ends somewhere.
    for _ in 0..8 {
        let Some(reference) = items.last().and_then(|item| item["$ref"].as_str()) else {
            break;
        };
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !file.is_empty() {
            let next = at.0.with_file_name("").join(file);
            let value = text::read(&next).ok();
            at = (next, value);
        }
        let root = at.1.as_ref().unwrap_or(root);
        let pointer = percent_decoded(fragment);
        let Some(target) = root.pointer(&pointer) else {
            break;
        };
        let target = target.clone();
        items.push(target);
    }
    items
}

/// A URI fragment as the JSON Pointer that it is (RFC 6901, section 6).
pub(super) fn percent_decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = &after[2..];
            }
            (_, Some(_) | None) => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{operations, percent_decoded};
    use serde_json::json;
    use std::path::Path;

    #[test]
    fn operations_are_paths_times_methods() {
        let document = json!({
            "openapi": "3.1.0",
            "paths": {
                "x-mine": { "get": {} },
                "/a": { "get": {}, "put": {}, "query": {}, "parameters": [] },
                "/b": { "$ref": "#/components/pathItems/b~1%7Bx%7D" },
                "/c": { "$ref": "#/paths/~1c" },
            },
            "components": { "pathItems": { "b/{x}": { "delete": {} } } },
        });
        assert_eq!(operations(&document, Path::new("a.json")), 3);
    }

    #[test]
    fn fragments_are_pointers() {
        assert_eq!(percent_decoded("/a%20b/%7Bx%7D%"), "/a b/{x}%");
    }
}
