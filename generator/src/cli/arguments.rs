//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Generates idiomatic Rust clients from OpenAPI documents.
///
/// Without anything else, `bindery generate` makes what `bindery.toml` lists. For one document,
/// `bindery generate --spec api.yaml --out my-client` needs no such file.
#[derive(Debug, Parser)]
#[command(name = "bindery", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate the crates that `bindery.toml` lists, or the crate of one document
    Generate(Generate),
    /// Report what is wrong with a document, or cannot be expressed
    Lint {
        /// The document, in JSON or YAML
        spec: PathBuf,
        /// An overlay that is applied to the document; several are applied one after the other
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
    },
    /// Show what is in a document and what each thing is called in Rust
    Inspect {
        /// The document, in JSON or YAML
        spec: PathBuf,
        /// An overlay that is applied to the document; several are applied one after the other
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
        /// For people or for programs
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Explain a diagnostic: what it means and how to mend the document
    Explain {
        /// The code, as it stands in brackets: `dangling-reference`. Without one, all are listed
        code: Option<String>,
    },
}

/// What to generate.
#[derive(Debug, Args)]
pub(super) struct Generate {
    /// Write nothing: show what would change, and fail if anything would
    #[arg(long)]
    pub(super) check: bool,
    /// The file that lists what to generate
    #[arg(
        long,
        value_name = "FILE",
        default_value = "bindery.toml",
        conflicts_with = "spec"
    )]
    pub(super) config: PathBuf,
    /// Generate this document's crate alone
    #[arg(long, requires = "out")]
    pub(super) spec: Option<PathBuf>,
    /// An overlay that is applied to the document; several are applied one after the other
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(super) overlay: Vec<PathBuf>,
    /// The folder to write, which belongs to Bindery alone
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(super) out: Option<PathBuf>,
    /// The name of the crate [default: the name of the folder]
    #[arg(long, requires = "spec")]
    pub(super) name: Option<String>,
    /// Copy the runtime into the crate, or depend on `bindery-runtime`
    #[arg(long, value_enum, requires = "spec")]
    pub(super) runtime: Option<Runtime>,
    /// Write a crate, or a tree of modules for another one
    #[arg(long, value_enum, requires = "spec")]
    pub(super) layout: Option<Layout>,
    /// Let structs keep properties that the document does not list, and send them back
    #[arg(long, requires = "spec")]
    pub(super) keep_unknown_fields: bool,
    /// Fail if anything is skipped or widened
    #[arg(long)]
    pub(super) strict: bool,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Where the emitted code finds its runtime.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Runtime {
    /// In the crate itself.
    Copied,
    /// In `bindery-runtime`.
    Crate,
}

/// What is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Layout {
    /// A crate.
    Crate,
    /// A tree of modules.
    Module,
}
