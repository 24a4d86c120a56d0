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

/// The file with which a document of several files begins.
const FIRST: &str = "openapi.yaml";

/// The documents in a folder of this package, by name without the ending, in order. A folder in it that
/// has an `openapi.yaml` is a document of several files, which begins with that one.
///
/// # Panics
///
/// When the folder cannot be read.
pub fn documents(folder_name: &str) -> Vec<(String, PathBuf)> {
    let folder = folder().join(folder_name);
    let entries = std::fs::read_dir(&folder).expect("the folder of the documents can be read");
    let mut documents: Vec<(String, PathBuf)> = entries
        .map(|entry| entry.expect("its entries can be read").path())
        .filter_map(|path| {
            let stem = path.file_stem()?.to_string_lossy().into_owned();
            if path.is_dir() {
                let first = path.join(FIRST);
                return first.is_file().then_some((stem, first));
            }
            let ending = path.extension()?;
            (ending == "yaml" || ending == "json").then_some((stem, path))
        })
        .collect();
    documents.sort();
    documents
}

/// What a document of [`documents`] is called in messages: its file, and if it has several the folder
/// of these.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match path.parent().and_then(Path::file_name) {
        Some(folder) if name == FIRST => format!("{}/{name}", folder.to_string_lossy()),
        Some(_) | None => name.into_owned(),
    }
}

/// Reads a document of [`documents`], with `text` in place of that of the file itself.
///
/// # Errors
///
/// When an error was reported.
///
/// # Panics
///
/// When the other files of the document cannot be copied.
pub fn read_with(path: &Path, text: &str, diags: &Diags) -> Result<Document, Failed> {
    if path.file_name().is_none_or(|name| name != FIRST) {
        return Document::from_text(&file_name(path), text.to_owned(), diags);
    }
    // Other files are looked for on the disk, beside the first one.
    let copy = tempfile::tempdir().expect("a temporary folder");
    copy_folder(path.parent().unwrap_or(path), copy.path()).expect("the files can be copied");
    let first = copy.path().join(FIRST);
    std::fs::write(&first, text).expect("the first file can be written");
    Document::read(&first, diags)
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Reads a document of [`documents`].
///
/// # Errors
///
/// When an error was reported.
///
/// # Panics
///
/// When the file of the document cannot be read.
pub fn read(path: &Path, diags: &Diags) -> Result<Document, Failed> {
    if path.file_name().is_some_and(|name| name == FIRST) {
        // Relative to this package, in which its tests run, so that no message has a path of this
        // machine.
        return Document::read(path.strip_prefix(folder()).unwrap_or(path), diags);
    }
    let text = std::fs::read_to_string(path).expect("the document can be read");
    Document::from_text(&file_name(path), text, diags)
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

/// Generates the crate of a document of [`documents`] as a tree of modules that uses the runtime as a
/// crate: what a golden holds.
///
/// # Errors
///
/// When an error was reported.
///
/// # Panics
///
/// When the file of the document cannot be read.
pub fn generate_golden(path: &Path, diags: &Diags) -> Result<Generated, Failed> {
    let options = Options {
        layout: Layout::Module,
        runtime: Runtime::Crate,
        ..Options::new(file_name(path), "golden", None)
    };
    generate(&read(path, diags)?, &options, &Settled::new(), diags)
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
