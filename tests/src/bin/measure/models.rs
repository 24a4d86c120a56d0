//! `measure models`: what the compiler takes for structs, as they are emitted and with derives.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use bindery_tests::cases::root;

use super::process::release;
use super::{print, write};

/// The properties of each struct that is measured: its name, its schema, its type in Rust.
const FIELDS: [(&str, &str, &str); 10] = [
    ("desktop_id", r#"{"type":"string"}"#, "String"),
    ("computer_name", r#"{"type":"string"}"#, "String"),
    ("size", r#"{"type":"integer"}"#, "i64"),
    ("description", r#"{"type":"string"}"#, "Option<String>"),
    ("status", r#"{"type":"string"}"#, "Option<String>"),
    ("project_id", r#"{"type":"string"}"#, "Option<String>"),
    ("limit", r#"{"type":"integer"}"#, "Option<i64>"),
    ("enabled", r#"{"type":"boolean"}"#, "Option<bool>"),
    (
        "tags",
        r#"{"type":"array","items":{"type":"string"}}"#,
        "Option<Vec<String>>",
    ),
    (
        "parts",
        r#"{"type":"array","items":{"type":"integer"}}"#,
        "Option<Vec<i64>>",
    ),
];

/// Checks a crate of `count` structs of ten fields, three of them required, as it is emitted and
/// with serde's derives.
pub(crate) fn models(count: usize) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("bindery-models-{}", std::process::id()));
    let result = emitted_models(&folder, count).and_then(|()| derived_models(&folder, count));
    let _ = std::fs::remove_dir_all(&folder);
    result
}

fn emitted_models(folder: &Path, count: usize) -> Result<(), String> {
    let properties: Vec<String> = FIELDS
        .iter()
        .map(|(name, schema, _)| format!("{name:?}:{schema}"))
        .collect();
    let schema = format!(
        r#"{{"type":"object","required":["desktop_id","computer_name","size"],"properties":{{{}}}}}"#,
        properties.join(",")
    );
    let schemas: Vec<String> = (0..count)
        .map(|n| format!(r#""Model{n}":{schema}"#))
        .collect();
    let document = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"Models","version":"1"}},"paths":{{}},"components":{{"schemas":{{{}}}}}}}"#,
        schemas.join(",")
    );
    write(&folder.join("models.json"), &document)?;
    let status = Command::new(release()?)
        .current_dir(folder)
        .args(["generate", "--spec", "models.json", "--out", "emitted"])
        .stderr(Stdio::null())
        .status()
        .map_err(|error| error.to_string())?;
    if !status.success() {
        return Err("the models could not be generated".to_owned());
    }
    check(
        &folder.join("emitted"),
        "as emitted, with accessors and docs",
    )
}

fn derived_models(folder: &Path, count: usize) -> Result<(), String> {
    let package = folder.join("derived");
    let manifest = "[package]\nname = \"derived\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
    write(&package.join("Cargo.toml"), manifest)?;
    let fields: String = FIELDS
        .iter()
        .map(|(name, _, ty)| format!("    pub {name}: {ty},\n"))
        .collect();
    let structs: String = (0..count)
        .map(|n| {
            format!(
                "#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]\npub struct Model{n} {{\n{fields}}}\n"
            )
        })
        .collect();
    write(&package.join("src/lib.rs"), &structs)?;
    check(&package, "serde's derives, nothing else")
}

/// Times `cargo check` of a package alone: its dependencies are checked before.
fn check(package: &Path, what: &str) -> Result<(), String> {
    let source = package.join("src/lib.rs");
    let mut times = Vec::new();
    for run in 0..4 {
        let text = std::fs::read_to_string(&source).map_err(|error| error.to_string())?;
        write(&source, &format!("{text}\n"))?;
        let begin = Instant::now();
        let output = Command::new(env!("CARGO"))
            .current_dir(package)
            .env("CARGO_TARGET_DIR", root().join("target/models"))
            .env("CARGO_INCREMENTAL", "0")
            .args(["check", "--quiet"])
            .output()
            .map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        if run > 0 {
            times.push(begin.elapsed());
        }
    }
    times.sort();
    print(&format!(
        "cargo check, {what}: {:.1} s\n",
        times[times.len() / 2].as_secs_f64()
    ));
    Ok(())
}
