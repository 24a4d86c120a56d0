//! What a type is named after: its own place in the document, and nothing else. In another file than
//! the first one the name of the file is a part of the place.

use super::Lowering;
use crate::diag::Diags;
use crate::document::NodeRef;
use crate::ir::{Naming, Segment, TypeRoot};

impl<'d> Lowering<'d> {
    /// The naming of the item that is made of the schema at `node`.
    pub(super) fn naming(&self, node: NodeRef<'d>) -> Naming {
        let mut path = Vec::new();
        let mut here = node;
        let root = loop {
            if let Some(root) = self.root(here) {
                break root;
            }
            if let Some(segment) = segment(here, self.diags) {
                path.push(segment);
            }
            match here.parent() {
                Some(parent) => here = parent,
                // Below nothing that has a name: the place itself is one.
                None => break TypeRoot::Schema(node.pointer().replace(['/', '#'], " ")),
            }
        };
        path.reverse();
        Naming::Item {
            root,
            path,
            pin: super::extension::rust_name(node, self.diags),
        }
    }

    /// The named thing at `node`, if it is one.
    fn root(&self, node: NodeRef<'d>) -> Option<TypeRoot> {
        if let Some(id) = self.operation_ids.get(&node) {
            return Some(TypeRoot::Operation(id.clone()));
        }
        let (name, group) = place(node)?;
        Some(TypeRoot::Schema(match group {
            Group::Schemas => name,
            Group::Other("responses") => format!("{name} Response"),
            Group::Other("requestBodies") => format!("{name} Body"),
            Group::Other("parameters") => format!("{name} Parameter"),
            Group::Other("headers") => format!("{name} Header"),
            Group::Other(other) => format!("{name} {other}"),
        }))
    }

    /// Whether `node`, a schema, has a name of its own: one of `components.schemas`, or in another file
    /// the whole file, a member of its `components.schemas`, `schemas`, `definitions` or `$defs`, or
    /// what stands right under its root.
    ///
    /// A component that is nothing but a reference to such a schema of another file, and is called like
    /// it, is that schema and no second name for it: many documents list their files in this way.
    pub(super) fn is_named(&self, node: NodeRef<'d>) -> bool {
        let Some((name, Group::Schemas)) = place(node) else {
            return false;
        };
        if node.reference().is_none() {
            return true;
        }
        let target = node.resolve(self.diags);
        let same = target
            .filter(|target| target.file() != node.file())
            .and_then(place)
            .is_some_and(|(other, group)| group == Group::Schemas && is_alike(&name, &other));
        !same
    }
}

/// The name of a schema that is called by one.
pub(super) fn schema_name(node: NodeRef<'_>) -> Option<String> {
    match place(node)? {
        (name, Group::Schemas) => Some(name),
        (_, Group::Other(_)) => None,
    }
}

/// Where something that is called by a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group<'d> {
    /// Among schemas.
    Schemas,
    /// Among other components, of which this is the key.
    Other(&'d str),
}

/// The name of what stands at `node`, and among what, if it is a thing that is called by a name.
fn place(node: NodeRef<'_>) -> Option<(String, Group<'_>)> {
    let root = node.file_root();
    let own = root == node.document().root();
    if node == root {
        return (!own).then(|| (stem(node.file()), kind(node)));
    }
    let (key, parent) = (node.key()?, node.parent()?);
    let group = |key| match key {
        "schemas" => Group::Schemas,
        other => Group::Other(other),
    };
    if parent == root {
        let named = !own && node.is_object() && !PARTS.contains(&key);
        return named.then(|| (key.to_owned(), kind(node)));
    }
    let above = parent.parent()?;
    if above == root && !own {
        let schemas = ["schemas", "definitions", "$defs"].contains(&parent.key()?);
        return schemas.then(|| (key.to_owned(), Group::Schemas));
    }
    let components = above.parent()? == root && above.key() == Some("components");
    components.then_some((key.to_owned(), group(parent.key()?)))
}

/// Keys under which an object has its parts. What stands under one right below the root of a file is a
/// part of what the whole file is, and not called by that name.
const PARTS: &[&str] = &[
    "$defs",
    "additionalOperations",
    "additionalProperties",
    "callbacks",
    "components",
    "content",
    "definitions",
    "delete",
    "examples",
    "get",
    "head",
    "headers",
    "items",
    "mediaTypes",
    "not",
    "options",
    "parameters",
    "patch",
    "pathItems",
    "paths",
    "post",
    "properties",
    "put",
    "query",
    "requestBodies",
    "requestBody",
    "responses",
    "schema",
    "schemas",
    "trace",
    "webhooks",
];

/// What an object in another file is, where its place doesn't say it.
fn kind(node: NodeRef<'_>) -> Group<'_> {
    let has_text = |key| node.get(key).is_some_and(|value| value.as_str().is_some());
    let has_object = |key| node.get(key).is_some_and(NodeRef::is_object);
    if has_text("in") && has_text("name") {
        Group::Other("parameters")
    } else if has_object("content") && has_text("description") && node.get("required").is_none() {
        Group::Other("responses")
    } else if has_object("content") {
        Group::Other("requestBodies")
    } else {
        Group::Schemas
    }
}

/// The name that a file gives to what it holds: its own without the ending, or that of its folder if it
/// is called `index`.
fn stem(file: &str) -> String {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = name.strip_suffix(".schema").unwrap_or(name);
    let folder = folder.rsplit('/').next().unwrap_or_default();
    match name {
        "index" | "_index" if !folder.is_empty() => folder.to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether two names differ in case and in what separates words only.
pub(super) fn is_alike(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// What the step from its parent to `node` adds to a name.
fn segment(node: NodeRef<'_>, diags: &Diags) -> Option<Segment> {
    let parent = node.parent()?;
    match parent.key() {
        Some("properties") if parent.is_object() => {
            node.key().map(|key| Segment::Property(key.to_owned()))
        }
        Some("responses") if parent.is_object() => {
            node.key().map(|key| Segment::Reply(key.to_owned()))
        }
        Some("headers") if parent.is_object() => {
            node.key().map(|key| Segment::Header(key.to_owned()))
        }
        Some("callbacks") if parent.is_object() => {
            node.key().map(|key| Segment::Callback(key.to_owned()))
        }
        Some("parameters") if parent.is_array() => {
            let name = node.get("name").and_then(NodeRef::as_str)?;
            Some(Segment::Parameter(name.to_owned()))
        }
        Some("prefixItems") if parent.is_array() => {
            let before = parent.items().take_while(|item| *item != node).count();
            Some(Segment::Position(before + 1))
        }
        Some("$defs" | "definitions") if parent.is_object() => {
            node.key().map(|key| Segment::Definition(key.to_owned()))
        }
        Some("patternProperties") if parent.is_object() => Some(Segment::Value),
        Some("oneOf" | "anyOf") if parent.is_array() => {
            Some(Segment::Variant(super::schema::label(node, diags)))
        }
        _ => match node.key()? {
            "items" | "unevaluatedItems" => Some(Segment::Item),
            "additionalProperties" | "unevaluatedProperties" => Some(Segment::Value),
            "requestBody" => Some(Segment::Body),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diags;
    use crate::document::Document;
    use crate::ir::Api;
    use crate::lower::lower;

    /// The model of a document of these files, the first of which begins it.
    fn api(files: &[(&str, &str)]) -> Api {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (path, text) in files {
            let path = folder.path().join(path);
            let parent = path.parent().expect("a file is in a folder");
            std::fs::create_dir_all(parent).expect("the folder can be made");
            std::fs::write(path, text).expect("the file can be written");
        }
        let diags = Diags::new();
        let first = folder.path().join(files[0].0);
        let document = Document::read(&first, &diags).expect("it is read");
        lower(&document, &diags).expect("it is lowered")
    }

    /// The types that have a name, by their pointers.
    fn named(api: &Api) -> Vec<String> {
        let name = |naming: &Naming| match naming {
            Naming::Anonymous => None,
            Naming::Item {
                root: TypeRoot::Schema(name),
                path,
                ..
            } => Some(format!("{name} {path:?}")),
            Naming::Item { root, path, .. } => Some(format!("{root:?} {path:?}")),
        };
        let types = api.types.iter();
        let mut named: Vec<String> = types
            .filter_map(|def| Some(format!("{}: {}", def.pointer, name(&def.naming)?)))
            .collect();
        named.sort();
        named
    }

    /// What a schema that refers to each of these has as names.
    fn names_of(references: &[&str], others: &[(&str, &str)]) -> Vec<String> {
        let properties: String = references
            .iter()
            .enumerate()
            .map(|(i, reference)| format!("        p{i}: {{$ref: '{reference}'}}\n"))
            .collect();
        let first = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
             All:\n      type: object\n      properties:\n{properties}"
        );
        let mut files = vec![("openapi.yaml", first.as_str())];
        files.extend(others);
        let mut named = named(&api(&files));
        named.retain(|line| !line.starts_with("/components/schemas/All:"));
        named
    }

    const TEXT: &str = "{type: string}";

    #[test]
    fn schemas_of_other_files_have_their_names() {
        let common = format!(
            "components: {{schemas: {{A: {TEXT}}}}}\ndefinitions: {{B: {TEXT}}}\nschemas: {{C: {TEXT}}}\n\
             $defs: {{D: {TEXT}}}\nE: {TEXT}\nx: {{y: {TEXT}}}\n"
        );
        let references = [
            "common.yaml#/components/schemas/A",
            "common.yaml#/definitions/B",
            "common.yaml#/schemas/C",
            "common.yaml#/$defs/D",
            "common.yaml#/E",
            "common.yaml#/x/y",
            "schemas/pet.yaml",
            "order.schema.json",
            "schemas/tag/index.yaml",
        ];
        let others = [
            ("common.yaml", common.as_str()),
            ("schemas/pet.yaml", TEXT),
            ("order.schema.json", "{\"type\": \"string\"}"),
            ("schemas/tag/index.yaml", TEXT),
        ];
        assert_eq!(
            names_of(&references, &others),
            [
                "common.yaml#/$defs/D: D []",
                "common.yaml#/E: E []",
                "common.yaml#/components/schemas/A: A []",
                "common.yaml#/definitions/B: B []",
                "common.yaml#/schemas/C: C []",
                "order.schema.json#: order []",
                "schemas/pet.yaml#: pet []",
                "schemas/tag/index.yaml#: tag []",
            ]
        );
    }

    #[test]
    fn parts_of_a_file_are_called_after_the_file() {
        let pets = "type: array\nitems:\n  type: object\n  properties: {kind: {enum: [a]}}\n";
        let named = names_of(&["pets.yaml"], &[("pets.yaml", pets)]);
        assert_eq!(
            named,
            [
                "pets.yaml#/items/properties/kind: pets [Item, Property(\"kind\")]",
                "pets.yaml#/items: pets [Item]",
                "pets.yaml#: pets []",
            ]
        );
    }

    #[test]
    fn other_components_say_what_they_are() {
        let first = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      \
                     operationId: a\n      requestBody: {$ref: bodies/Upload.yaml}\n      parameters: \
                     [{$ref: 'more.yaml#/Kind'}]\n      responses: {'200': {$ref: 'more.yaml#/Done'}}\n";
        let object = "schema: {type: object, properties: {a: {type: string}}}";
        let upload = format!("required: true\ncontent: {{application/json: {{{object}}}}}\n");
        let more = format!(
            "Kind: {{name: kind, in: query, schema: {{enum: [x]}}}}\n\
             Done: {{description: Done., content: {{application/json: {{{object}}}}}}}\n"
        );
        let named = named(&api(&[
            ("openapi.yaml", first),
            ("bodies/Upload.yaml", &upload),
            ("more.yaml", &more),
        ]));
        assert_eq!(
            named,
            [
                "bodies/Upload.yaml#/content/application~1json/schema: Upload Body []",
                "more.yaml#/Done/content/application~1json/schema: Done Response []",
                "more.yaml#/Kind/schema: Kind Parameter []",
            ]
        );
    }

    #[test]
    fn a_component_that_lists_a_file_is_the_file() {
        let first = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
                     OrderItem: {$ref: schemas/order-item.yaml}\n    Line: {$ref: schemas/order-item.yaml}\n";
        let named = named(&api(&[
            ("openapi.yaml", first),
            ("schemas/order-item.yaml", TEXT),
        ]));
        assert_eq!(
            named,
            [
                "/components/schemas/Line: Line []",
                "schemas/order-item.yaml#: order-item []",
            ]
        );
    }
}
