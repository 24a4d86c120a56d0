//! Which files of a folder are documents.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::text;

/// A document.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path below the folder, with `/` between folders.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its size.
    pub(super) bytes: u64,
}

/// The documents below `folder` whose path has one of `only` in it, in order. A file that is a part
/// of others has neither `openapi` nor `swagger` at its root.
pub(super) fn documents(folder: &Path, only: &[String]) -> Result<Vec<Found>, String> {
    let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(at) = folders.pop() {
        let entries = std::fs::read_dir(&at)
            .map_err(|error| format!("{} cannot be read: {error}", at.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = name(&folder, &path);
            let wanted = only.is_empty() || only.iter().any(|text| name.contains(text));
            if wanted && is_document(&path) {
                let bytes = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
                found.push(Found { name, path, bytes });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn name(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Whether a file begins a document. One that cannot be read is, if a line of it looks like that.
fn is_document(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    if ending != "json" && ending != "yaml" && ending != "yml" {
        return false;
    }
    let Ok(bytes) = std::fs::read(path) else {
        return false;
    };
    let read = String::from_utf8_lossy(&bytes);
    if !read.contains("openapi") && !read.contains("swagger") {
        return false;
    }
    match text::parse(&read) {
        Ok(Value::Object(root)) => root.contains_key("openapi") || root.contains_key("swagger"),
        Ok(_) => false,
        Err(_) => read.lines().any(|line| {
            let line = line.trim_start_matches([' ', '{', '"']);
            line.starts_with("openapi") || line.starts_with("swagger")
        }),
    }
}
