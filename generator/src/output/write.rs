//! Files to the disk, and never anything but our own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Files, MANIFEST, Manifest};
use crate::diag::{Code, Diag, Diags, Failed, Place};

/// What the name of a file ends in that is written and not yet in its place.
const ASIDE: &str = ".bindery-new";

/// How many foreign files a diagnostic names.
const NAMED: usize = 5;

/// What writing did, or would do, to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added {
        /// Its text.
        new: String,
    },
    /// It has another text.
    Changed {
        /// The text on disk.
        old: String,
        /// The text that belongs there.
        new: String,
    },
    /// It is no longer emitted.
    Removed {
        /// The text on disk.
        old: String,
    },
}

/// What writing did, or would do, by path.
pub type Changes = BTreeMap<String, Change>;

/// What writing `files` to the folder `out` would change. Nothing is written.
///
/// # Errors
///
/// When the folder cannot be read, or holds files of somebody else.
pub fn compare(files: &Files, out: &Path, diags: &Diags) -> Result<Changes, Failed> {
    let before = before(out, diags)?;
    let mut changes = Changes::new();
    for (path, new) in &files.files {
        match read(&out.join(path)) {
            Ok(Some(old)) if old == *new => {}
            Ok(Some(old)) => {
                changes.insert(
                    path.clone(),
                    Change::Changed {
                        old,
                        new: new.clone(),
                    },
                );
            }
            Ok(None) => {
                changes.insert(path.clone(), Change::Added { new: new.clone() });
            }
            Err(error) => unwritable(diags, &out.join(path), "cannot be read", &error),
        }
    }
    for path in before
        .files
        .keys()
        .filter(|path| !files.files.contains_key(*path))
    {
        match relative(path).map(|path| read(&out.join(path))) {
            Some(Ok(Some(old))) => {
                changes.insert(path.clone(), Change::Removed { old });
            }
            Some(Ok(None)) | None => {}
            Some(Err(error)) => unwritable(diags, &out.join(path), "cannot be read", &error),
        }
    }
    diags.finish(changes)
}

/// Makes the folder `out` hold `files`: what differs is written aside and renamed, the manifest
/// last, and what an earlier run wrote and is no longer emitted is deleted. `target/` and
/// `Cargo.lock` are left alone.
///
/// # Errors
///
/// When the folder cannot be written, or holds files of somebody else; in the latter case nothing
/// was touched.
pub fn write(files: &Files, out: &Path, diags: &Diags) -> Result<Changes, Failed> {
    let changes = compare(files, out, diags)?;
    if let Err((path, what, error)) = apply(&changes, out) {
        unwritable(diags, &path, what, &error);
        // Without the manifest, files that are new would be taken for somebody else's next time.
        for (path, change) in &changes {
            if matches!(change, Change::Added { .. }) {
                let _ = remove(out, &out.join(path));
            }
        }
        return Err(Failed);
    }
    Ok(changes)
}

/// Writes and deletes what has changed, the manifest last; or says which path could not be, what
/// was to be done with it, and why not.
fn apply(changes: &Changes, out: &Path) -> Result<(), (PathBuf, &'static str, io::Error)> {
    fs::create_dir_all(out).map_err(|error| (out.to_owned(), "cannot be made", error))?;
    let manifest = changes.get_key_value(MANIFEST);
    let others = changes.iter().filter(|(path, _)| *path != MANIFEST);
    for (path, change) in others.chain(manifest) {
        let target = out.join(path);
        let (done, what) = match change {
            Change::Added { new } | Change::Changed { new, .. } => {
                (replace(&target, new), "cannot be written")
            }
            Change::Removed { .. } => (remove(out, &target), "cannot be deleted"),
        };
        done.map_err(|error| (target, what, error))?;
    }
    Ok(())
}

/// The manifest of an earlier run, once it is sure that everything in the folder is ours.
fn before(out: &Path, diags: &Diags) -> Result<Manifest, Failed> {
    let before = match Manifest::read(out) {
        Ok(manifest) => manifest,
        Err(error) => {
            let path = out.join(MANIFEST);
            let message = format!("`{}` cannot be read: {error}", path.display());
            let help = "it says which files may be replaced: restore it, or empty the folder";
            let place = Place::file(path.to_string_lossy());
            diags.report(Diag::new(Code::UnwritableOutput, place, message).help(help));
            return Err(Failed);
        }
    };
    let mut found = BTreeSet::new();
    if let Err(error) = walk(out, Path::new(""), &mut found) {
        unwritable(diags, out, "cannot be read", &error);
        return Err(Failed);
    }
    let foreign: Vec<&String> = found
        .iter()
        .filter(|path| path.as_str() != MANIFEST && !before.files.contains_key(*path))
        .collect();
    if foreign.is_empty() {
        return Ok(before);
    }
    let named: Vec<String> = foreign
        .iter()
        .take(NAMED)
        .map(|path| format!("`{path}`"))
        .collect();
    let more = match foreign.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "`{}` holds files that Bindery did not write: {}{more}",
        out.display(),
        named.join(", ")
    );
    let help =
        "the output folder belongs to Bindery alone: choose another one, or move these files away";
    let place = Place::file(out.to_string_lossy());
    diags.report(Diag::new(Code::ForeignFiles, place, message).help(help));
    Err(Failed)
}

/// The files below `out`, with `/`, without those that Cargo makes. Links are not followed: a link
/// is a file like any other, and none of ours.
fn walk(out: &Path, below: &Path, found: &mut BTreeSet<String>) -> io::Result<()> {
    let entries = match fs::read_dir(out.join(below)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound && below.as_os_str().is_empty() => {
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path = below.join(entry.file_name());
        let cargos = path == Path::new("target") || path == Path::new("Cargo.lock");
        // What a run that was cut off has left aside is ours, and is written anew.
        if cargos || path.to_string_lossy().ends_with(ASIDE) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(out, &path, found)?;
        } else {
            found.insert(slashed(&path));
        }
    }
    Ok(())
}

/// A relative path with `/`, whatever the machine uses.
fn slashed(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}

/// A path of the manifest, if it stays below the folder: the manifest may have been edited.
fn relative(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(path);
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(path)
}

/// The text of a file; none where there is no file.
fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes aside and renames, so that a reader sees the old text or the new one, never a part.
fn replace(target: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(ASIDE);
    let aside = target.with_file_name(name);
    let written = fs::write(&aside, text).and_then(|()| fs::rename(&aside, target));
    if written.is_err() {
        // The reason that is reported is the first one; this is only tidying up after it.
        let _ = fs::remove_file(&aside);
    }
    written
}

/// Deletes a file and the folders that it leaves empty, `out` itself excepted.
fn remove(out: &Path, target: &Path) -> io::Result<()> {
    fs::remove_file(target)?;
    let mut folder = target.parent();
    while let Some(empty) = folder.filter(|folder| *folder != out && folder.starts_with(out)) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}

fn unwritable(diags: &Diags, path: &Path, what: &str, error: &io::Error) {
    let message = format!("`{}` {what}: {error}", path.display());
    let place = Place::file(path.to_string_lossy());
    diags.report(Diag::new(Code::UnwritableOutput, place, message));
}
