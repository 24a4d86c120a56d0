//! The Cargo manifest of the emitted crate.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{Plan, runtime};
use crate::config::Runtime;

/// The oldest Rust that emitted code compiles with.
const RUST_VERSION: &str = "1.88";

/// `Cargo.toml`. It inherits nothing, so that it can stand anywhere.
pub(super) fn text(plan: &Plan<'_>) -> String {
    let sections = [
        ("package", package(plan)),
        ("features", features(plan)),
        ("dependencies", dependencies(plan)),
    ];
    let mut text = String::new();
    for (name, section) in sections {
        text.push_str(&format!("[{name}]\n"));
        for (key, value) in ordered(name, &section) {
            text.push_str(&format!("{key} = {value}\n"));
        }
        text.push('\n');
    }
    text.push_str("[lints.rust]\nunsafe_code = \"forbid\"\n");
    text
}

/// The keys of a section: of a package in their usual order, of any other by the alphabet.
fn ordered<'t>(name: &str, section: &'t Table) -> Vec<(&'t String, &'t Value)> {
    const USUAL: &[&str] = &[
        "name",
        "version",
        "description",
        "edition",
        "rust-version",
        "license",
        "authors",
        "repository",
        "readme",
        "keywords",
        "categories",
    ];
    let mut entries: Vec<_> = section.iter().collect();
    entries.sort_by_key(|(key, _)| {
        let usual = USUAL
            .iter()
            .position(|usual| usual == key)
            .filter(|_| name == "package");
        (usual, *key != "default", (*key).clone())
    });
    entries
}

fn package(plan: &Plan<'_>) -> Table {
    let options = plan.options;
    let mut package = Table::new();
    let mut set = |key: &str, value: Value| package.insert(key.to_owned(), value);
    let description = options.description.clone().unwrap_or_else(|| {
        format!(
            "A client of {}",
            super::markdown::visible(plan.api.info.title.trim()).replace('\n', " ")
        )
    });
    set("name", options.name.clone().into());
    set("version", options.version.clone().into());
    set("description", description.into());
    set("edition", "2024".into());
    set("rust-version", RUST_VERSION.into());
    if let Some(license) = &options.license {
        set("license", license.clone().into());
    }
    if !options.authors.is_empty() {
        set("authors", options.authors.clone().into());
    }
    if let Some(repository) = &options.repository {
        set("repository", repository.clone().into());
    }
    set("readme", "README.md".into());
    if !options.keywords.is_empty() {
        set("keywords", options.keywords.clone().into());
    }
    if !options.categories.is_empty() {
        set("categories", options.categories.clone().into());
    }
    package
}

fn features(plan: &Plan<'_>) -> Table {
    let mut features = Table::new();
    let mut default = vec!["reqwest".to_owned()];
    for names in &plan.names.tags {
        default.push(names.feature.as_str().to_owned());
        features.insert(names.feature.as_str().to_owned(), Value::Array(Vec::new()));
    }
    features.insert("default".to_owned(), default.into());
    for (feature, switched) in runtime::features(plan) {
        features.insert(feature.to_owned(), switched.into());
    }
    features
}

fn dependencies(plan: &Plan<'_>) -> Table {
    let mut dependencies = Table::new();
    let crates: BTreeMap<String, Value> = match plan.options.runtime {
        Runtime::Copied => runtime::crates(plan),
        Runtime::Crate => BTreeMap::from([("bindery-runtime".to_owned(), runtime::itself(plan))]),
    };
    for (name, value) in crates {
        dependencies.insert(name, value);
    }
    dependencies
}
