//! The files of a document: the first one, and those to which it refers.
//!
//! In goes the text of the first file and, if it has one, its folder; out come the nodes of all files
//! and where each path leads. The files are read before anything is resolved, breadth first and in
//! the order of the references, so that the result depends on the files alone
//! (decision 8).
//!
//! What looks like a reference is taken for one here, also in an example: a file too many is read,
//! and nothing is said of it. What a reference is and where it ends is [`super::reference`]'s to know.

use std::cell::RefCell;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;

use super::FILE_SIZE;
use super::arena::{Arena, NodeId, Value};
use super::build::Builder;
use super::path::{self, Refusal};
use super::read::{read_file, read_nodes, without_mark};
use crate::diag::{Code, Diag, Diags, Failed, Focus, Locate, Place, Source};

/// So many files are looked for besides the first one.
const FILES: usize = 1000;

/// A file that was read.
#[derive(Debug)]
struct Text {
    source: Source,
    /// Its path from the folder of the document on.
    path: String,
    /// What is remarkable about it. It is said when a reference leads into the file.
    notes: RefCell<Vec<Diag>>,
}

/// Where a path leads.
#[derive(Debug, Clone)]
pub(super) enum Destination {
    /// To this file.
    File(usize),
    /// Out of the folder, by a symbolic link.
    Outside,
    /// To a file that can't be read.
    Unread(Unread),
}

/// Why a file can't be read.
#[derive(Debug, Clone)]
pub(super) struct Unread {
    pub(super) message: String,
    /// Where its text is broken, and what is wrong there.
    pub(super) fault: Option<(Place, String)>,
}

/// The files of a document, in the order of their nodes.
#[derive(Debug)]
pub(super) struct Files {
    /// By their path as pointers show it; the first one by the empty text.
    texts: IndexMap<String, Text>,
    /// Where the paths lead to which there are references.
    destinations: IndexMap<String, Destination>,
    /// How many of the files, behind the first one, are overlays.
    overlays: usize,
}

impl Files {
    /// Whether a file is an overlay.
    pub(super) fn is_overlay(&self, file: usize) -> bool {
        (1..=self.overlays).contains(&file)
    }

    /// The text of a file.
    pub(super) fn source(&self, file: usize) -> &Source {
        &self.texts[file].source
    }

    /// The path of a file as pointers show it; empty for the first one.
    pub(super) fn shown(&self, file: usize) -> &str {
        self.texts.get_index(file).map_or("", |(shown, _)| shown)
    }

    /// Where the part of a reference before its `#` leads, which stands in `file`. `Ok(None)` says
    /// that nobody has looked.
    pub(super) fn destination(
        &self,
        file: usize,
        reference: &str,
    ) -> Result<Option<Destination>, Refusal> {
        if reference.is_empty() {
            return Ok(Some(Destination::File(file)));
        }
        let path = path::join(&self.texts[file].path, reference)?;
        Ok(self.destinations.get(&path).cloned())
    }

    /// Whether more files are referred to than are looked for.
    pub(super) fn are_too_many(&self) -> bool {
        self.destinations.len() > FILES
    }

    /// Reports what is remarkable about a file, the first time.
    pub(super) fn report_notes(&self, file: usize, diags: &Diags) {
        for note in self.texts[file].notes.take() {
            diags.report(note);
        }
    }

    /// The file that a pointer names, and the pointer within it.
    pub(super) fn split<'p>(&self, pointer: &'p str) -> Option<(usize, &'p str)> {
        let (shown, pointer) = split(pointer)?;
        Some((self.texts.get_index_of(shown)?, pointer))
    }

    /// Tells each text where its nodes are.
    pub(super) fn set_nodes(&self, nodes: &Arc<Arena>) {
        let others = self.texts.iter().skip(1);
        let mut others: IndexMap<String, Source> = others
            .map(|(shown, text)| (shown.clone(), text.source.clone()))
            .collect();
        for (file, (shown, text)) in self.texts.iter().enumerate() {
            text.source.set_nodes(Arc::new(Places {
                nodes: Arc::clone(nodes),
                file,
                shown: shown.clone(),
                others: std::mem::take(&mut others),
            }));
        }
    }
}

/// The path of the file that a pointer names, and the pointer within it.
fn split(pointer: &str) -> Option<(&str, &str)> {
    if pointer.is_empty() || pointer.starts_with('/') {
        Some(("", pointer))
    } else {
        pointer.split_once('#')
    }
}

/// Knows where the nodes of a file are written.
struct Places {
    nodes: Arc<Arena>,
    file: usize,
    shown: String,
    /// The other files, which the first one knows.
    others: IndexMap<String, Source>,
}

impl Locate for Places {
    fn locate(&self, pointer: &str, focus: Focus) -> Option<Range<usize>> {
        let (shown, pointer) = split(pointer)?;
        if shown != self.shown {
            return None;
        }
        self.nodes.locate(self.file, pointer, focus)
    }

    fn elsewhere(&self, pointer: &str) -> Option<Source> {
        let (shown, _) = split(pointer)?;
        self.others.get(shown).cloned()
    }
}

/// The folder of a document, below which other files are read.
#[derive(Debug)]
pub(super) struct Folder {
    /// The folder without symbolic links.
    folder: PathBuf,
    /// The first file without symbolic links.
    first: PathBuf,
}

impl Folder {
    /// The folder in which the file at `path` is. What isn't a file has none: beside a pipe there is
    /// nothing that belongs to a document.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let parent = path.parent()?;
        let parent = match parent.as_os_str().is_empty() {
            true => Path::new("."),
            false => parent,
        };
        let folder = fs::canonicalize(parent).ok()?;
        let first = fs::canonicalize(path).ok()?;
        first.is_file().then_some(Self { folder, first })
    }

    /// The file at a path from the folder on, without symbolic links.
    fn find(&self, path: &str) -> Result<PathBuf, Destination> {
        let mut found = self.folder.clone();
        found.extend(path.split('/'));
        let found = fs::canonicalize(found).map_err(|error| unread(reason(error.kind())))?;
        if !found.starts_with(&self.folder) {
            return Err(Destination::Outside);
        }
        // A pipe or a device could keep the reader waiting for ever.
        match fs::metadata(&found) {
            Ok(metadata) if metadata.is_file() => Ok(found),
            Ok(metadata) if metadata.is_dir() => Err(unread("it is a folder")),
            Ok(_) => Err(unread("it is no ordinary file")),
            Err(error) => Err(unread(reason(error.kind()))),
        }
    }
}

/// What the system has against a file, in the same words on all systems.
fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput => {
            "there is no such file"
        }
        ErrorKind::PermissionDenied => "reading it is not permitted",
        _ => "the system refuses to open it",
    }
}

fn unread(message: impl Into<String>) -> Destination {
    Destination::Unread(Unread {
        message: message.into(),
        fault: None,
    })
}

/// Reads the first file, of which only the text is at hand, the overlays that follow it, and all files
/// that these lead to.
pub(super) fn load(
    first: Source,
    overlays: Vec<Source>,
    folder: Option<Folder>,
    diags: &Diags,
) -> Result<(Arena, Files), Failed> {
    let mut builder = Builder::new();
    for source in std::iter::once(&first).chain(&overlays) {
        read_given(source, &mut builder, diags)?;
    }
    let name = first.name();
    let (before, own) = match name.rfind(['/', '\\']) {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    let given = std::iter::once(&first).chain(&overlays);
    let bytes = given.map(|source| source.text().len() as u64).sum();
    let mut loader = Loader {
        builder,
        before: before.to_owned(),
        bytes: FILE_SIZE.saturating_sub(bytes),
        known: IndexMap::new(),
        destinations: IndexMap::from([(own.to_owned(), Destination::File(0))]),
        texts: IndexMap::new(),
    };
    let path = own.to_owned();
    let count = overlays.len();
    for source in overlays {
        // What an overlay adds is a part of the first file, so its references are counted from there.
        let text = Text {
            source,
            path: path.clone(),
            notes: RefCell::default(),
        };
        let shown = shown_overlay(text.source.name(), &loader.texts);
        loader.texts.insert(shown, text);
    }
    let notes = RefCell::default();
    let text = Text {
        source: first,
        path,
        notes,
    };
    loader.texts.shift_insert(0, String::new(), text);
    if let Some(folder) = folder {
        loader.known.insert(folder.first.clone(), 0);
        let mut file = 0;
        while file < loader.texts.len() {
            loader.follow(file, &folder);
            file += 1;
        }
    }
    let files = Files {
        texts: loader.texts,
        destinations: loader.destinations,
        overlays: count,
    };
    Ok((loader.builder.finish(), files))
}

/// Reads a file that was asked for, of which only the text is at hand.
fn read_given(source: &Source, builder: &mut Builder, diags: &Diags) -> Result<(), Failed> {
    let notes = read_nodes(source, builder).map_err(|fault| {
        let diag = Diag::new(fault.code, Place::span(source, fault.range), fault.message);
        diags.report(match fault.help {
            Some(help) => diag.help(help),
            None => diag,
        });
        Failed
    })?;
    for note in notes {
        diags.report(note);
    }
    Ok(())
}

/// How pointers name an overlay: by the path that was given. One that is given again has a number.
fn shown_overlay(name: &str, texts: &IndexMap<String, Text>) -> String {
    let shown = path::shown(name);
    let again = (2..).map(|number| format!("{shown} ({number})"));
    let names = std::iter::once(shown.clone()).chain(again);
    let mut free = names.skip_while(|name| texts.contains_key(name));
    free.next().unwrap_or(shown)
}

struct Loader {
    builder: Builder,
    /// What stands before the paths of files in diagnostics.
    before: String,
    /// How many bytes may still be read.
    bytes: u64,
    /// The files that were read, by their paths without symbolic links: none is read twice.
    known: IndexMap<PathBuf, usize>,
    destinations: IndexMap<String, Destination>,
    texts: IndexMap<String, Text>,
}

impl Loader {
    /// Reads the files to which a file refers.
    fn follow(&mut self, file: usize, folder: &Folder) {
        let base = &self.texts[file].path;
        let mut paths: Vec<String> = Vec::new();
        for reference in references(self.builder.arena(), file) {
            // What is wrong with a path is said where its reference is resolved.
            if let Ok(path) = path::join(base, reference)
                && !self.destinations.contains_key(&path)
            {
                paths.push(path);
            }
        }
        for path in paths {
            if self.destinations.len() > FILES {
                return;
            }
            if !self.destinations.contains_key(&path) {
                let destination = match self.open(&path, folder) {
                    Ok(file) => Destination::File(file),
                    Err(destination) => destination,
                };
                self.destinations.insert(path, destination);
            }
        }
    }

    /// Reads the file at a path, unless it was read.
    fn open(&mut self, path: &str, folder: &Folder) -> Result<usize, Destination> {
        let found = folder.find(path)?;
        if let Some(&file) = self.known.get(&found) {
            return Ok(file);
        }
        let size = fs::File::open(&found)
            .and_then(|file| file.metadata())
            .map_err(|error| unread(reason(error.kind())))?
            .len();
        if size > self.bytes {
            let message = format!("all files together have more than {FILE_SIZE} bytes");
            return Err(unread(message));
        }
        let text = read_file(&found, self.bytes).map_err(|(code, message)| match code {
            Code::TooLarge => unread("it grew while it was read"),
            _ => unread(message),
        })?;
        self.bytes = self.bytes.saturating_sub(text.len() as u64);
        let source = Source::new(format!("{}{path}", self.before), without_mark(text));
        let notes = read_nodes(&source, &mut self.builder).map_err(|fault| {
            let why = match fault.code {
                Code::SyntaxError => "its text is broken",
                Code::EmptyDocument => "it is empty",
                _ => "it goes beyond a limit",
            };
            Destination::Unread(Unread {
                message: why.to_owned(),
                fault: Some((Place::span(&source, fault.range), fault.message)),
            })
        })?;
        let file = self.texts.len();
        if self.texts.contains_key(&path::shown(path)) {
            return Err(unread("an overlay is called like it"));
        }
        let text = Text {
            source,
            path: path.to_owned(),
            notes: RefCell::new(notes),
        };
        self.texts.insert(path::shown(path), text);
        self.known.insert(found, file);
        Ok(file)
    }
}

/// What the references of a file, and texts that look like ones, have before their `#`, where that
/// isn't nothing.
fn references(nodes: &Arena, file: usize) -> impl Iterator<Item = &str> {
    nodes.nodes_of(file).filter_map(move |id| {
        let Value::String(text) = &nodes.node(id).value else {
            return None;
        };
        let is_reference = nodes.key(id) == Some("$ref");
        // Most texts are prose, which is not searched.
        if !is_reference && !is_in_mapping(nodes, id) {
            return None;
        }
        let before = text.split_once('#').map_or(&**text, |(before, _)| before);
        let leads_out = !before.is_empty() && (is_reference || is_file(before));
        leads_out.then_some(before)
    })
}

/// Whether a text stands in the `mapping` of a Discriminator Object.
fn is_in_mapping(nodes: &Arena, id: NodeId) -> bool {
    let key = |id: Option<NodeId>| id.and_then(|id| nodes.key(id));
    let mapping = nodes.parent(id);
    key(mapping) == Some("mapping")
        && key(mapping.and_then(|id| nodes.parent(id))) == Some("discriminator")
}

/// Whether a text in a `mapping` is a file, and not the name of a schema.
fn is_file(text: &str) -> bool {
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["yaml", "yml", "json"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}
