//! What to generate and how: `bindery.toml`, and the same from flags.
//!
//! In goes the text of a `bindery.toml` or what flags say, out come [`Options`], one for each crate. It
//! knows nothing of documents.

use std::path::PathBuf;

use serde::Deserialize;

use crate::diag::{Code, Diag, Diags, Failed, Place, Source};

/// A `bindery.toml`: the crates that it lists, in order.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The `[[crate]]` tables.
    #[serde(rename = "crate")]
    pub crates: Vec<Options>,
}

/// How to turn one document into one crate: a `[[crate]]` table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The document, relative to the folder of `bindery.toml`.
    pub spec: PathBuf,
    /// Overlays that are applied to the document, one after the other, relative to the folder of
    /// `bindery.toml`. Default: none.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// The folder that is written, relative to the folder of `bindery.toml`. It belongs to the
    /// tool alone.
    pub out: PathBuf,
    /// The name of the emitted package.
    pub name: String,
    /// The version of the emitted package, by Semantic Versioning. Default: `0.1.0`.
    #[serde(default = "default_version")]
    pub version: String,
    /// What the package is, in one line. Default: made from the title of the document.
    #[serde(default)]
    pub description: Option<String>,
    /// The licence of the package, an SPDX expression. Default: none is stated.
    #[serde(default)]
    pub license: Option<String>,
    /// Its authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// The address of its repository.
    #[serde(default)]
    pub repository: Option<String>,
    /// Its keywords, five at most.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Its categories in the registry.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Where the runtime comes from. Default: copied.
    #[serde(default)]
    pub runtime: Runtime,
    /// What is written. Default: a crate.
    #[serde(default)]
    pub layout: Layout,
    /// Whether structs keep properties that the document does not list, and send them back. Default:
    /// no.
    #[serde(default)]
    pub keep_unknown_fields: bool,
    /// Whether anything skipped or widened is an error. Default: no.
    #[serde(default)]
    pub strict: bool,
}

/// Where the emitted code finds its runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Runtime {
    /// The sources that are needed are copied, so that the crate stands alone.
    #[default]
    Copied,
    /// The crate depends on `bindery-runtime`.
    Crate,
}

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A crate with a manifest.
    #[default]
    Crate,
    /// A tree of modules, to be included by another crate.
    Module,
}

fn default_version() -> String {
    "0.1.0".to_owned()
}

impl Options {
    /// The options for `spec` into `out`, everything else at its default. Without a `name`, the
    /// name of the folder is taken, as far as it can be the name of a package.
    pub fn new(spec: impl Into<PathBuf>, out: impl Into<PathBuf>, name: Option<&str>) -> Self {
        let out = out.into();
        let folder = || {
            out.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        let name = name
            .map(str::to_owned)
            .unwrap_or_else(|| package_name(&folder().unwrap_or_default()));
        Self {
            spec: spec.into(),
            overlays: Vec::new(),
            out,
            name,
            version: default_version(),
            description: None,
            license: None,
            authors: Vec::new(),
            repository: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            runtime: Runtime::default(),
            layout: Layout::default(),
            keep_unknown_fields: false,
            strict: false,
        }
    }

    /// The name of the library that the package holds: hyphens become underscores.
    pub fn library_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Reports what can not stand in a manifest.
    ///
    /// # Errors
    ///
    /// When the name is no package name, or the version is no semantic version.
    pub fn check(&self, place: &Place, diags: &Diags) -> Result<(), Failed> {
        let first_fits = self.name.starts_with(|c: char| c.is_ascii_alphabetic());
        let rest_fits = self
            .name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !(first_fits && rest_fits) {
            let message = format!("`{}` is not the name of a package", self.name);
            let help = "begin with a letter, go on with letters, digits, `-` or `_`";
            diags.report(Diag::new(Code::InvalidConfig, place.clone(), message).help(help));
        }
        if let Err(error) = semver::Version::parse(&self.version) {
            let message = format!("`{}` is not a semantic version: {error}", self.version);
            let help = "write three numbers, as in `0.1.0`";
            diags.report(Diag::new(Code::InvalidConfig, place.clone(), message).help(help));
        }
        diags.finish(())
    }
}

/// `text` as far as it can be the name of a package: in small letters, since the compiler warns of
/// others.
fn package_name(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join("-");
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("api-{name}"),
        None => "api".to_owned(),
    }
}

/// Reads the text of a `bindery.toml` that is called `file`.
///
/// # Errors
///
/// When it is not TOML, or a key is unknown, missing or of another type: reported with its place.
pub fn parse(file: &str, text: &str, diags: &Diags) -> Result<Config, Failed> {
    match toml::from_str::<Config>(text) {
        Ok(config) => {
            for options in &config.crates {
                options.check(&Place::file(file), diags)?;
            }
            Ok(config)
        }
        Err(error) => {
            let place = match error.span() {
                Some(range) => Place::span(&Source::new(file, text), range),
                None => Place::file(file),
            };
            let help = "docs/configuration.md lists every key";
            diags.report(Diag::new(Code::InvalidConfig, place, error.message()).help(help));
            Err(Failed)
        }
    }
}
