//! Running the generator over small documents.

use std::path::{Path, PathBuf};

use bindery::config::{Layout, Options, Runtime};
use bindery::diag::{Diags, Failed, Style, render};
use bindery::document::Document;
use bindery::names::Settled;
use bindery::{Generated, Planned, generate, plan};

/// The folder of this package.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    folder().parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The program `bindery`, built from this tree.
///
/// # Panics
///
/// When it does not build.
pub fn program() -> PathBuf {
    let output = std::process::Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "build",
            "--quiet",
            "-p",
            "bindery",
            "--message-format",
            "json-render-diagnostics",
        ])
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let messages = String::from_utf8_lossy(&output.stdout);
    let path = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "bindery")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from));
    path.expect("cargo names the program")
}

/// The documents in a folder of this package, by name without the ending, in order.
///
/// # Panics
///
/// When the folder cannot be read.
pub fn documents(folder_name: &str) -> Vec<(String, PathBuf)> {
    let folder = folder().join(folder_name);
    let entries = std::fs::read_dir(&folder).expect("the folder of the documents can be read");
    let mut documents: Vec<(String, PathBuf)> = entries
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ending| ending == "yaml" || ending == "json")
        })
        .map(|path| {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (stem, path)
        })
        .collect();
    documents.sort();
    documents
}

/// Reads and plans a document that is shown as `name` in diagnostics.
///
/// # Errors
///
/// When an error was reported.
pub fn plan_text(name: &str, text: &str, diags: &Diags) -> Result<Planned, Failed> {
    let document = Document::from_text(name, text.to_owned(), diags)?;
    plan(&document, &Settled::new(), diags)
}

/// Generates the crate of a document as a tree of modules that uses the runtime as a crate: what a
/// golden holds.
///
/// # Errors
///
/// When an error was reported.
pub fn generate_text(name: &str, text: &str, diags: &Diags) -> Result<Generated, Failed> {
    let options = Options {
        layout: Layout::Module,
        runtime: Runtime::Crate,
        ..Options::new(name, "golden", None)
    };
    generate_with(name, text, &options, &Settled::new(), diags)
}

/// Generates a crate with options of one's own.
///
/// # Errors
///
/// When an error was reported.
pub fn generate_with(
    name: &str,
    text: &str,
    options: &Options,
    settled: &Settled,
    diags: &Diags,
) -> Result<Generated, Failed> {
    let document = Document::from_text(name, text.to_owned(), diags)?;
    generate(&document, options, settled, diags)
}

/// What was reported, as a terminal without colours shows it.
pub fn shown(diags: &Diags) -> String {
    render(&diags.snapshot(), Style::Plain)
}

/// Whether goldens are to be written instead of compared: `BLESS=1`.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}
