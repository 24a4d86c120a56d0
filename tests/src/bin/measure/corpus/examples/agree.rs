//! Whether a document contradicts its own examples.

use std::collections::BTreeMap;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::source::{At, Source};
use super::{Example, Way, modern};

/// The folder that the files of a document seem to be in.
const BASE: &str = "http://document.invalid/";
/// The name that the first file seems to have.
const FIRST: &str = ".first";

/// Holds examples against their schemas, by a validator that is not ours.
pub(super) struct Judge {
    registries: BTreeMap<Way, Option<Registry<'static>>>,
    validators: BTreeMap<(Way, At), Option<Validator>>,
}

impl Judge {
    pub(super) fn new(source: &Source) -> Self {
        let registries = [Way::Request, Way::Reply].map(|way| (way, registry(source, way)));
        Self {
            registries: registries.into_iter().collect(),
            validators: BTreeMap::new(),
        }
    }

    /// What of its schema an example contradicts. An example that cannot be judged contradicts
    /// nothing.
    pub(super) fn contradiction(&mut self, example: &Example) -> Option<String> {
        let key = (example.way, example.schema.clone());
        let registry = self.registries.get(&example.way)?.as_ref()?;
        let validator = self
            .validators
            .entry(key)
            .or_insert_with(|| validator(registry, &example.schema));
        let error = validator.as_ref()?.validate(&example.value).err()?;
        let text: String = error.to_string().chars().take(200).collect();
        Some(format!("{text} at `{}`", error.instance_path()))
    }
}

/// Where a file seems to be.
fn address(file: &str) -> String {
    let file = if file.is_empty() { FIRST } else { file };
    let letters = file.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    format!("{BASE}{}", letters.collect::<String>())
}

/// All files of a document, with their schemas converted.
fn registry(source: &Source, way: Way) -> Option<Registry<'static>> {
    let mut registry = Registry::new().draft(Draft::Draft202012);
    for (name, root) in source.files() {
        let converted = modern::file(&root, source.is_old(), way);
        registry = registry.add(address(&name), converted).ok()?;
    }
    registry.prepare().ok()
}

fn validator(registry: &Registry<'static>, at: &At) -> Option<Validator> {
    let pointer: String = at
        .pointer
        .bytes()
        .map(|byte| match byte {
            b'%' | b' ' | b'{' | b'}' | b'"' | b'<' | b'>' | b'^' | b'`' | b'|' | b'\\' | b'#'
            | b'[' | b']' => format!("%{byte:02X}"),
            _ if !byte.is_ascii() => format!("%{byte:02X}"),
            _ => char::from(byte).to_string(),
        })
        .collect();
    let schema: Value = json!({ "$ref": format!("{}#{pointer}", address(&at.file)) });
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_registry(registry)
        .build(&schema)
        .ok()
}
