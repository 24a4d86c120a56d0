//! Documents: from text to one arena of nodes.
//!
//! In goes the text of a JSON or YAML file, with those of the files to which it refers. Out comes a
//! [`Document`], whose nodes know where they are written. On top of the nodes there are three ways to read what OpenAPI means by them: references
//! ([`NodeRef::resolve`]), schemas ([`read_schema`]) and typed views of all other objects
//! ([`NodeRef::view`]). [`check()`] holds a whole document against the specification, so that what the
//! readers don't look at doesn't vanish silently.
//!
//! This module knows no IR and no Rust code. It opens the file that it is told to open, files below
//! the folder of that file to which a reference leads, and nothing else.

mod arena;
mod build;
mod check;
mod edit;
mod fit;
mod ids;
mod json;
mod kinds;
mod libyaml;
mod load;
mod node;
mod number;
mod overlay;
mod path;
mod pointer;
mod read;
mod reference;
mod schema;
#[cfg(test)]
mod tests;
mod upgrade;
mod view;
mod yaml;

use std::cell::{Cell, OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;

use self::arena::Arena;
use self::ids::Ids;
use self::load::{Files, Folder};
use self::read::{read_file, without_mark};
use crate::diag::{Code, Diag, Diags, Failed, Place, Source};

pub use self::arena::NodeId;
pub use self::check::check;
pub use self::kinds::Kind;
pub use self::node::NodeRef;
pub use self::number::Number;
pub use self::schema::{Additional, Discriminator, Limits, More, Schema, TypeSet, read_schema};

/// All files of a document together may have this many bytes. The largest published documents have
/// some 60 MB.
const FILE_SIZE: u64 = 256 * 1024 * 1024;

/// So many dangling references are reported with the nearest name.
const GUESSES: u32 = 100;

/// A version of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Version {
    /// Swagger 2.0. A document of it is read as one of OpenAPI 3.0, so nothing behind this module meets it.
    Swagger20,
    /// OpenAPI 3.0.
    OpenApi30,
    /// OpenAPI 3.1.
    OpenApi31,
    /// OpenAPI 3.2.
    OpenApi32,
}

impl Version {
    /// The name of the version: `OpenAPI 3.0`.
    pub fn name(self) -> &'static str {
        match self {
            Version::Swagger20 => "Swagger 2.0",
            Version::OpenApi30 => "OpenAPI 3.0",
            Version::OpenApi31 => "OpenAPI 3.1",
            Version::OpenApi32 => "OpenAPI 3.2",
        }
    }
}

/// A document: nodes, and the texts in which they are written.
///
/// It begins with one file, the root document. Where that refers to other files, these are parts of
/// the document as well: their nodes are nodes like others.
#[derive(Debug)]
pub struct Document {
    nodes: Arc<Arena>,
    files: Files,
    version: Version,
    /// What is wrong by the specification of Swagger 2.0, if the document was upgraded.
    found: Option<Vec<Diag>>,
    /// Where references end, for those that were followed.
    resolved: RefCell<IndexMap<NodeId, Option<NodeId>>>,
    /// How many more guesses at misspelt references may be made: each compares many names.
    guesses: Cell<u32>,
    /// The names that nodes give themselves, once a reference was followed.
    ids: OnceCell<Ids>,
}

impl Document {
    /// Reads the document in the file at `path`, which is also its name in diagnostics, and the files
    /// below the same folder to which it refers, directly or not.
    ///
    /// A file that can't be read costs what refers to it: that is reported where a reference to it is
    /// [resolved](NodeRef::resolve).
    ///
    /// # Errors
    ///
    /// Reported are [`UnreadableFile`](Code::UnreadableFile), [`TooLarge`](Code::TooLarge) and
    /// everything of [`from_text`](Self::from_text).
    pub fn read(path: &Path, diags: &Diags) -> Result<Self, Failed> {
        Self::read_with(path, &[], diags)
    }

    /// Reads a document like [`read`](Self::read), and applies the overlays in these files to it, one after
    /// the other (OpenAPI Overlay Specification 1.0 and 1.1). An overlay changes the file with which the
    /// document begins, as it is written; references in what it adds are relative to that file.
    ///
    /// # Errors
    ///
    /// Reported are everything of [`read`](Self::read), the same for the overlays, and
    /// [`InvalidOverlay`](Code::InvalidOverlay).
    pub fn read_with(path: &Path, overlays: &[PathBuf], diags: &Diags) -> Result<Self, Failed> {
        let source = |path: &Path| {
            let name = path.to_string_lossy();
            let text = read_file(path, FILE_SIZE).map_err(|(code, message)| {
                diags.report(Diag::new(code, Place::file(name.as_ref()), message));
                Failed
            })?;
            Ok(Source::new(name.as_ref(), without_mark(text)))
        };
        let first = source(path)?;
        let overlays = overlays.iter().map(|path| source(path));
        let overlays = overlays.collect::<Result<Vec<Source>, Failed>>()?;
        Self::load(first, overlays, Folder::of(path), diags)
    }

    /// Reads a document from its text, JSON or YAML. `name` is its name in diagnostics, as a rule a
    /// path: a name that ends in `.json` says that the text is JSON. No file is opened, so references
    /// to other files lead nowhere ([`ExternalReference`](Code::ExternalReference)).
    ///
    /// # Errors
    ///
    /// When the text can't be read ([`EmptyDocument`](Code::EmptyDocument),
    /// [`SyntaxError`](Code::SyntaxError), [`TooLarge`](Code::TooLarge), [`TooDeep`](Code::TooDeep),
    /// [`AliasLimit`](Code::AliasLimit)) or is no OpenAPI document of a supported version
    /// ([`NotOpenapi`](Code::NotOpenapi), [`UnsupportedVersion`](Code::UnsupportedVersion)): reported.
    pub fn from_text(name: &str, text: String, diags: &Diags) -> Result<Self, Failed> {
        let source = Source::new(name, without_mark(text));
        Self::load(source, Vec::new(), None, diags)
    }

    fn load(
        first: Source,
        overlays: Vec<Source>,
        folder: Option<Folder>,
        diags: &Diags,
    ) -> Result<Self, Failed> {
        let count = overlays.len();
        let (nodes, files) = load::load(first, overlays, folder, diags)?;
        let mut document = Self::of(nodes, files);
        let roots = document.nodes.roots.iter().skip(1).take(count);
        let overlays: Vec<NodeId> = roots.map(|root| root.id).collect();
        let result = overlay::apply(&mut document, &overlays, diags)
            .and_then(|()| document.understand(diags));
        // From now on the nodes stay as they are.
        document.files.set_nodes(&document.nodes);
        result.map(|()| document)
    }

    /// Finds out by which specification the nodes are to be read. Those of Swagger 2.0 are held against
    /// that and upgraded.
    fn understand(&mut self, diags: &Diags) -> Result<(), Failed> {
        self.version = self.read_version(diags)?;
        if self.version == Version::Swagger20 {
            let found = Diags::new();
            check::check_nodes(self, &found);
            self.found = Some(found.into_vec());
            // What a reference leads to is reported anew to whoever follows it.
            self.resolved.borrow_mut().clear();
            upgrade::upgrade(self, diags)?;
            self.version = Version::OpenApi30;
        }
        Ok(())
    }

    /// A document of which everything but the version is known.
    fn of(nodes: Arena, files: Files) -> Self {
        Self {
            nodes: Arc::new(nodes),
            files,
            version: Version::OpenApi30,
            found: None,
            resolved: RefCell::default(),
            guesses: Cell::new(GUESSES),
            ids: OnceCell::new(),
        }
    }

    /// The nodes, to be changed.
    fn nodes_mut(&mut self) -> &mut Arena {
        Arc::get_mut(&mut self.nodes)
            .expect("nobody else has the nodes before a document is complete")
    }

    /// The root of the document.
    pub fn root(&self) -> NodeRef<'_> {
        self.node(NodeId::ROOT)
    }

    /// The node with this id.
    fn node(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { document: self, id }
    }

    /// The node at a pointer as [`NodeRef::pointer`] gives it: a JSON Pointer (RFC 6901), in another
    /// file than the first one with the path of that file and `#` before it.
    pub fn at(&self, pointer: &str) -> Option<NodeRef<'_>> {
        let (file, pointer) = self.files.split(pointer)?;
        let id = self.nodes.find(file, pointer)?;
        Some(self.node(id))
    }

    /// The text of the file with which the document begins, without a byte-order mark.
    pub fn source(&self) -> &Source {
        self.files.source(0)
    }

    /// The version of the specification by which the document is to be read.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The version of the specification by which the document is written: that by which it is to be read,
    /// or Swagger 2.0, from which it was upgraded.
    pub fn written_version(&self) -> Version {
        match self.found {
            Some(_) => Version::Swagger20,
            None => self.version,
        }
    }

    /// Finds out by which specification the document is written.
    fn read_version(&self, diags: &Diags) -> Result<Version, Failed> {
        let root = self.root();
        let stated = |key| root.get(key).and_then(NodeRef::text);
        let (key, version) = match (stated("openapi"), stated("swagger")) {
            (Some(version), _) => ("openapi", version),
            (None, Some(version)) => ("swagger", version),
            (None, None) => {
                let message = if root.is_object() {
                    "the document has no `openapi` with the version of the specification".to_owned()
                } else {
                    format!(
                        "an OpenAPI document is an object, this is {}",
                        root.type_name()
                    )
                };
                let help = "the first line of a document is `openapi: 3.0.3`";
                diags.report(Diag::new(Code::NotOpenapi, root.place(), message).help(help));
                return Err(Failed);
            }
        };
        let place = || root.get(key).unwrap_or(root).place();
        if key == "openapi"
            && let Some(minor) = minor_version(version)
        {
            return Ok(match minor {
                "0" => Version::OpenApi30,
                "1" => Version::OpenApi31,
                "2" => Version::OpenApi32,
                _ => {
                    let message =
                        format!("OpenAPI {version} is not known: it is read as OpenAPI 3.2");
                    diags.report(Diag::new(Code::UnknownVersion, place(), message));
                    Version::OpenApi32
                }
            });
        }
        if key == "swagger" && ["2", "2.0"].contains(&version.trim()) {
            return Ok(Version::Swagger20);
        }
        let name = if key == "openapi" {
            "OpenAPI"
        } else {
            "Swagger"
        };
        let message = format!(
            "there is no {name} {version} that is supported, only Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2"
        );
        let help = "the first line of a document is `openapi: 3.0.3`";
        diags.report(Diag::new(Code::UnsupportedVersion, place(), message).help(help));
        Err(Failed)
    }
}

/// The minor version of an OpenAPI 3: `1` of `3.1`, `3.1.0` and `3.1.0-rc1`.
fn minor_version(version: &str) -> Option<&str> {
    let rest = version.trim().strip_prefix("3.")?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (minor, patch) = rest.split_at(end);
    let fits = patch.is_empty() || patch.starts_with(['.', '-']);
    let is_number = !minor.is_empty() && (minor == "0" || !minor.starts_with('0'));
    (is_number && fits).then_some(minor)
}
