//! Documents: from text to one arena of nodes.
//!
//! In goes the text of a JSON or YAML file. Out comes a [`Document`], whose nodes know where they are
//! written. On top of the nodes there are three ways to read what OpenAPI means by them: references
//! ([`NodeRef::resolve`]), schemas ([`read_schema`]) and typed views of all other objects
//! ([`NodeRef::view`]). [`check()`] holds a whole document against the specification, so that what the
//! readers don't look at doesn't vanish silently.
//!
//! This module knows no IR and no Rust code. It opens the one file that it is told to open and
//! nothing else.

mod arena;
mod build;
mod check;
mod fit;
mod json;
mod kinds;
mod libyaml;
mod node;
mod number;
mod pointer;
mod reference;
mod schema;
#[cfg(test)]
mod tests;
mod view;
mod yaml;

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;

use self::arena::Arena;
use self::build::{Builder, Duplicate, Fault};
use self::yaml::Stream;
use crate::diag::{Code, Diag, Diags, Failed, Place, Source};

pub use self::arena::NodeId;
pub use self::check::check;
pub use self::kinds::Kind;
pub use self::node::NodeRef;
pub use self::number::Number;
pub use self::schema::{Additional, Discriminator, Limits, Schema, TypeSet, read_schema};

/// A file may have this many bytes. The largest published documents have some 60 MB.
const FILE_SIZE: u64 = 256 * 1024 * 1024;

/// So many dangling references are reported with the nearest name.
const GUESSES: u32 = 100;

/// A version of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Version {
    /// OpenAPI 3.0.
    OpenApi30,
}

/// A document: nodes, and the text in which they are written.
#[derive(Debug)]
pub struct Document {
    source: Source,
    nodes: Arc<Arena>,
    version: Version,
    /// Where references end, for those that were followed.
    resolved: RefCell<IndexMap<NodeId, Option<NodeId>>>,
    /// How many more guesses at misspelt references may be made: each compares many names.
    guesses: Cell<u32>,
}

impl Document {
    /// Reads the document in the file at `path`, which is also its name in diagnostics.
    ///
    /// # Errors
    ///
    /// Reported are [`UnreadableFile`](Code::UnreadableFile), [`TooLarge`](Code::TooLarge) and
    /// everything of [`from_text`](Self::from_text).
    pub fn read(path: &Path, diags: &Diags) -> Result<Self, Failed> {
        let name = path.to_string_lossy();
        let text = read_file(path, FILE_SIZE).map_err(|(code, message)| {
            diags.report(Diag::new(code, Place::file(name.as_ref()), message));
            Failed
        })?;
        Self::from_text(&name, text, diags)
    }

    /// Reads a document from its text, JSON or YAML. `name` is its name in diagnostics, as a rule a
    /// path: a name that ends in `.json` says that the text is JSON.
    ///
    /// # Errors
    ///
    /// When the text can't be read ([`EmptyDocument`](Code::EmptyDocument),
    /// [`SyntaxError`](Code::SyntaxError), [`TooLarge`](Code::TooLarge), [`TooDeep`](Code::TooDeep),
    /// [`AliasLimit`](Code::AliasLimit)) or is no OpenAPI document of a supported version
    /// ([`NotOpenapi`](Code::NotOpenapi), [`UnsupportedVersion`](Code::UnsupportedVersion)): reported.
    pub fn from_text(name: &str, text: String, diags: &Diags) -> Result<Self, Failed> {
        // RFC 8259, section 8.1, lets readers ignore a byte-order mark.
        let text = text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text);
        let source = Source::new(name, text);
        let nodes = Arc::new(read_nodes(&source, diags)?);
        source.set_nodes(Arc::clone(&nodes) as _);
        let mut document = Self {
            source,
            nodes,
            version: Version::OpenApi30,
            resolved: RefCell::default(),
            guesses: Cell::new(GUESSES),
        };
        document.version = document.read_version(diags)?;
        Ok(document)
    }

    /// The root of the document.
    pub fn root(&self) -> NodeRef<'_> {
        NodeRef {
            document: self,
            id: NodeId::ROOT,
        }
    }

    /// The node at a JSON Pointer (RFC 6901).
    pub fn at(&self, pointer: &str) -> Option<NodeRef<'_>> {
        let id = self.nodes.find(pointer)?;
        Some(NodeRef { document: self, id })
    }

    /// The text from which the document was read, without a byte-order mark.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The version of the specification by which the document is written.
    pub fn version(&self) -> Version {
        self.version
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
        let is = |wanted: &str| {
            let rest = version.strip_prefix(wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if key == "openapi" && is("3.0") {
            return Ok(Version::OpenApi30);
        }
        let message = match key {
            "openapi" if is("3.1") || is("3.2") => {
                format!("OpenAPI {version} is not supported yet, only OpenAPI 3.0")
            }
            "openapi" => {
                format!("there is no OpenAPI {version} that is supported, only OpenAPI 3.0")
            }
            _ => format!("Swagger {version} is not supported yet, only OpenAPI 3.0"),
        };
        let place = root.get(key).unwrap_or(root).place();
        let help = "convert the document to OpenAPI 3.0";
        diags.report(Diag::new(Code::UnsupportedVersion, place, message).help(help));
        Err(Failed)
    }
}

/// Reads a file that has at most `limit` bytes and holds UTF-8 text.
fn read_file(path: &Path, limit: u64) -> Result<String, (Code, String)> {
    let unreadable = |error: std::io::Error| {
        let message = format!("the file can't be read: {error}");
        (Code::UnreadableFile, message)
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // The limit holds for what is read, since a pipe has no size.
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let message = format!("the file has more than {limit} bytes");
        return Err((Code::TooLarge, message));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                "the file is UTF-16 text; save it as UTF-8".to_owned()
            }
            _ => format!(
                "the file is not UTF-8 text: the byte at offset {at} is no part of a character"
            ),
        };
        (Code::UnreadableFile, message)
    })
}

/// Reads the nodes of a text and reports what is remarkable about them.
fn read_nodes(source: &Source, diags: &Diags) -> Result<Arena, Failed> {
    let reading = parse(source).map_err(|fault| {
        let diag = Diag::new(fault.code, Place::span(source, fault.range), fault.message);
        diags.report(match fault.help {
            Some(help) => diag.help(help),
            None => diag,
        });
        Failed
    })?;
    let place = |range| match reading.refused_yaml {
        Some(_) => Place::file(source.name()),
        None => Place::span(source, range),
    };
    if let Some(fault) = &reading.refused_json {
        let message = format!(
            "this is not JSON, so the document was read as YAML: {}",
            fault.message
        );
        let place = Place::span(source, fault.range.clone());
        diags.report(Diag::new(Code::ReadAsYaml, place, message));
    }
    if let Some(fault) = &reading.refused_yaml {
        let message = format!(
            "this is not YAML 1.2, but was understood: {}",
            fault.message
        );
        let diag = Diag::new(
            Code::LaxYaml,
            Place::span(source, fault.range.clone()),
            message,
        );
        diags.report(diag.help("mend it, and all diagnostics will show lines of this file"));
    }
    if let Some(second) = reading.second {
        let message = "another document begins here; only the first one is read";
        diags.report(Diag::new(Code::SeveralDocuments, place(second), message));
    }
    let (nodes, duplicates) = reading.builder.finish();
    for Duplicate { key, first, second } in duplicates {
        let message = format!("the object has `{key}` twice; the last value is taken");
        let diag = Diag::new(Code::DuplicateKey, place(second), message);
        diags.report(diag.related(place(first), "this value is dropped"));
    }
    Ok(nodes)
}

/// A text that was read.
struct Reading {
    builder: Builder,
    /// Why the text, which looks like JSON, isn't JSON.
    refused_json: Option<Fault>,
    /// Why the text isn't YAML 1.2. Then nodes have no places.
    refused_yaml: Option<Fault>,
    /// Where a second YAML document begins.
    second: Option<Range<usize>>,
}

impl Reading {
    fn new(builder: Builder) -> Self {
        Self {
            builder,
            refused_json: None,
            refused_yaml: None,
            second: None,
        }
    }
}

/// Reads a text as JSON or YAML, whichever it is.
fn parse(source: &Source) -> Result<Reading, Fault> {
    let text = source.text();
    let extension = source
        .name()
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    let is = |wanted: &str| extension.eq_ignore_ascii_case(wanted);
    let looks_like_json =
        text.trim_start().starts_with(['{', '[']) || (is("json") && !text.trim().is_empty());
    if !looks_like_json {
        return parse_yaml(text);
    }
    let mut builder = Builder::new();
    match json::read(text, &mut builder) {
        Ok(()) => Ok(Reading::new(builder)),
        // Every JSON text is YAML, and some YAML texts look like JSON.
        Err(fault) if fault.code == Code::SyntaxError && (is("yaml") || is("yml")) => {
            parse_yaml(text)
        }
        Err(fault) if fault.code == Code::SyntaxError => {
            let mut builder = Builder::new();
            match yaml::read(text, &mut builder) {
                Ok(Stream::Document { second }) => Ok(Reading {
                    refused_json: Some(fault),
                    second,
                    ..Reading::new(builder)
                }),
                Ok(Stream::Empty) | Err(_) => Err(fault),
            }
        }
        Err(fault) => Err(fault),
    }
}

/// Reads a text as YAML 1.2, or else by the rules of libyaml.
fn parse_yaml(text: &str) -> Result<Reading, Fault> {
    let mut builder = Builder::new();
    match yaml::read(text, &mut builder) {
        Ok(Stream::Document { second }) => Ok(Reading {
            second,
            ..Reading::new(builder)
        }),
        Ok(Stream::Empty) => Err(Fault::new(
            Code::EmptyDocument,
            0..0,
            "the document is empty",
        )),
        Err(fault) if fault.code == Code::SyntaxError => {
            let mut builder = Builder::new();
            match libyaml::read(text, &mut builder) {
                Some(Ok(())) => {
                    builder.without_places();
                    Ok(Reading {
                        refused_yaml: Some(fault),
                        ..Reading::new(builder)
                    })
                }
                Some(Err(limit)) => Err(Fault {
                    range: fault.range,
                    ..limit
                }),
                None => Err(fault),
            }
        }
        Err(fault) => Err(fault),
    }
}
