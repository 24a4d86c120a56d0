//! The files of a document, and places in them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::Value;

use crate::corpus::document::percent_decoded;
use crate::corpus::text;

/// How many references are followed one after the other.
const HOPS: usize = 32;

/// A place: a file, by its path from the folder of the document on, empty for the first one; and a
/// JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) file: String,
    pub(super) pointer: String,
}

impl At {
    /// The root of a file.
    pub(super) fn root(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            pointer: String::new(),
        }
    }

    /// The place of a child.
    pub(super) fn child(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self {
            file: self.file.clone(),
            pointer: format!("{}/{key}", self.pointer),
        }
    }

    /// The place of the object or list that holds it.
    pub(super) fn parent(&self) -> Option<Self> {
        let (parent, _) = self.pointer.rsplit_once('/')?;
        Some(Self {
            file: self.file.clone(),
            pointer: parent.to_owned(),
        })
    }

    /// The last step to it, as it is written in a pointer.
    pub(super) fn step(&self) -> &str {
        self.pointer.rsplit_once('/').map_or("", |(_, step)| step)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file.as_str() {
            "" => f.write_str(&self.pointer),
            file => write!(f, "{file}#{}", self.pointer),
        }
    }
}

/// A document with the files to which it refers.
pub(super) struct Source {
    folder: PathBuf,
    /// The name of the first file.
    first: String,
    files: RefCell<BTreeMap<String, Option<Rc<Value>>>>,
}

impl Source {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let root = Rc::new(text::read(path)?);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            folder: path.with_file_name(""),
            first: name.into_owned(),
            files: RefCell::new(BTreeMap::from([(String::new(), Some(root))])),
        })
    }

    /// A file, if it is there and can be read.
    pub(super) fn file(&self, file: &str) -> Option<Rc<Value>> {
        if let Some(known) = self.files.borrow().get(file) {
            return known.clone();
        }
        let read = text::read(&self.folder.join(file)).ok().map(Rc::new);
        let mut files = self.files.borrow_mut();
        files.insert(file.to_owned(), read.clone());
        read
    }

    /// The files that were read so far.
    pub(super) fn files(&self) -> Vec<(String, Rc<Value>)> {
        let files = self.files.borrow();
        let read = files
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.clone()?)));
        read.collect()
    }

    /// The value at a place.
    pub(super) fn get(&self, at: &At) -> Option<Value> {
        self.file(&at.file)?.pointer(&at.pointer).cloned()
    }

    /// Whether the document is of a version before 3.1, whose schemas are a dialect of their own.
    pub(super) fn is_old(&self) -> bool {
        self.file("").is_some_and(|root| {
            let version = root["openapi"].as_str();
            version.is_none_or(|version| version.starts_with("3.0"))
        })
    }

    /// The place that a reference at another place means.
    pub(super) fn target(&self, at: &At, reference: &str) -> Option<At> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match file {
            "" => at.file.clone(),
            file => {
                let mut parts: Vec<&str> = at.file.split('/').collect();
                parts.pop();
                for part in file.split('/') {
                    match part {
                        "" | "." => {}
                        ".." => {
                            parts.pop()?;
                        }
                        part => parts.push(part),
                    }
                }
                parts.join("/")
            }
        };
        let file = if file == self.first {
            String::new()
        } else {
            file
        };
        let pointer = percent_decoded(fragment);
        let target = At { file, pointer };
        self.get(&target).map(|_| target)
    }

    /// The place of what a place holds, after all references.
    pub(super) fn resolve(&self, at: &At) -> Option<At> {
        let mut at = at.clone();
        for _ in 0..HOPS {
            let value = self.get(&at)?;
            let Some(reference) = value["$ref"].as_str() else {
                return Some(at);
            };
            at = self.target(&at, reference)?;
        }
        None
    }
}
