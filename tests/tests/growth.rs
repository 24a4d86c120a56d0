//! Growth changes nothing: what a crate offers before an operation, a schema or an optional part is
//! added is a subset of what it offers after.

use std::path::Path;

use bindery::config::Options;
use bindery::diag::Diags;
use bindery::generate;
use bindery::names::Settled;
use bindery_tests::PublicApi;
use bindery_tests::cases::{documents, folder, read_with, root, shown};

/// Generates the crate of the document at `path`, with another text, and lists what it offers.
fn offered(path: &Path, text: &str, settled: &Settled) -> (PublicApi, Settled) {
    let name = path.display();
    let diags = Diags::default();
    let options = Options::new(path, "grown", None);
    let generated = read_with(path, text, &diags)
        .and_then(|document| generate(&document, &options, settled, &diags));
    let generated = generated.unwrap_or_else(|_| panic!("{name}: {}", shown(&diags)));
    let files = generated
        .files
        .files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    (PublicApi::of(files), generated.planned.names.disputed)
}

/// Adds an operation with a tag, schemas and names of its own to a document.
fn grown(text: &str) -> String {
    let mut document: serde_yaml::Value = serde_yaml::from_str(text).expect("a document");
    let addition: serde_yaml::Value = serde_yaml::from_str(
        r##"
        post:
          operationId: growTheService
          tags: [Growth]
          requestBody:
            required: true
            content: { application/json: { schema: { $ref: "#/components/schemas/GrowthReq" } } }
          responses:
            "200": { description: Grown., content: { application/json: { schema: { $ref: "#/components/schemas/GrowthRsp" } } } }
        "##,
    )
    .expect("an addition");
    let schemas: serde_yaml::Value = serde_yaml::from_str(
        "{ GrowthReq: { type: object, required: [a], properties: { a: { type: string } } }, GrowthRsp: { type: object, properties: { kind: { type: string, enum: [x, y] } } } }",
    )
    .expect("schemas");
    document["paths"]["/growth"] = addition;
    if document.get("components").is_none() {
        document["components"] = serde_yaml::from_str("{ schemas: {} }").expect("a mapping");
    }
    if document["components"].get("schemas").is_none() {
        document["components"]["schemas"] = serde_yaml::from_str("{}").expect("a mapping");
    }
    for (key, value) in schemas.as_mapping().expect("a mapping") {
        document["components"]["schemas"][key.clone()] = value.clone();
    }
    serde_yaml::to_string(&document).expect("a document")
}

/// Every case and the real document, each with one operation more.
#[test]
fn an_operation_more_changes_nothing() {
    let mut all = documents("cases");
    all.push(("workspace".to_owned(), root().join("spec/workspace.yaml")));
    for (name, path) in all {
        let text = std::fs::read_to_string(&path).expect("the document can be read");
        let (before, settled) = offered(&path, &text, &Settled::new());
        assert!(!before.is_empty(), "{name} offers nothing");
        let (after, _) = offered(&path, &grown(&text), &settled);
        assert_eq!(before.missing_from(&after), Vec::<&str>::new(), "{name}");
        assert!(after.len() > before.len(), "{name} did not grow");
    }
}

/// A schema that comes later and wants a name that is taken does not get it, even if it comes first
/// in the document and is its own identifier: who had the name keeps it.
#[test]
fn who_had_a_name_keeps_it() {
    let with = |schemas: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ {schemas} }} }}\n"
        )
    };
    let object = "{ type: object, properties: { a: { type: string } } }";
    for before in [
        format!("foo_bar: {object}"),
        format!("foo_bar: {object}, 'foo bar': {object}"),
    ] {
        let (first, settled) = offered(Path::new("names.yaml"), &with(&before), &Settled::new());
        let after = with(&format!("FooBar: {object}, {before}"));
        let (second, _) = offered(Path::new("names.yaml"), &after, &settled);
        assert_eq!(first.missing_from(&second), Vec::<&str>::new(), "{before}");
    }
}

/// What the manifest remembers changes nothing by itself: a second run emits what the first did.
#[test]
fn a_second_run_changes_nothing() {
    for (name, path) in documents("cases") {
        let text = std::fs::read_to_string(&path).expect("the document can be read");
        let (before, settled) = offered(&path, &text, &Settled::new());
        let (after, again) = offered(&path, &text, &settled);
        assert_eq!(before, after, "{name}");
        assert_eq!(settled, again, "{name}");
    }
}

/// Keeping what the document does not list adds a field to structs, and changes nothing else.
#[test]
fn keeping_unknown_fields_adds_a_field() {
    let path = folder().join("cases/presence.yaml");
    let text = std::fs::read_to_string(&path).expect("the case can be read");
    let (before, _) = offered(&path, &text, &Settled::new());
    let diags = Diags::default();
    let options = Options {
        keep_unknown_fields: true,
        ..Options::new(&path, "grown", None)
    };
    let document = read_with(&path, &text, &diags).expect("a document");
    let generated = generate(&document, &options, &Settled::new(), &diags).expect("a crate");
    let files = &generated.files.files;
    let after = PublicApi::of(
        files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    assert_eq!(before.missing_from(&after), Vec::<&str>::new());
    let field = "pub additional_properties: std::collections::BTreeMap<String, runtime::Value>";
    assert!(files["src/types/record.rs"].contains(field));
}

/// The order of a document says nothing: the same parts in another order offer the same.
#[test]
fn order_changes_nothing() {
    for (name, path) in documents("cases") {
        let text = std::fs::read_to_string(&path).expect("the document can be read");
        let mut document: serde_yaml::Value = serde_yaml::from_str(&text).expect("a document");
        if let Some(schemas) = document["components"]["schemas"].as_mapping_mut() {
            let mut entries: Vec<_> = std::mem::take(schemas).into_iter().collect();
            entries.reverse();
            schemas.extend(entries);
        }
        let turned = serde_yaml::to_string(&document).expect("a document");
        let (before, _) = offered(&path, &text, &Settled::new());
        let (after, _) = offered(&path, &turned, &Settled::new());
        assert_eq!(before, after, "{name}");
    }
}
