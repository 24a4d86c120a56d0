//! Measures what the README and the guides claim: how long generating takes and how much memory,
//! how many crates a program on an emitted crate brings, and what becomes of documents that nobody
//! wrote for us.
//!
//! Not a test: times and memory depend on the machine.

mod corpus;
mod generating;
mod models;
mod process;
mod tree;

use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bindery_tests::cases::root;
use clap::{Parser, Subcommand};

/// Measures Bindery.
///
/// Without a command: `generate` and `tree`, for spec/workspace.yaml.
#[derive(Debug, Parser)]
#[command(name = "measure", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to measure.
#[derive(Debug, Subcommand)]
enum Command {
    /// Time and memory of `bindery generate`, release build: median and range of several runs
    Generate {
        /// The document [default: spec/workspace.yaml]
        spec: Option<PathBuf>,
        /// How often it runs after a warm-up
        #[arg(default_value = "5")]
        runs: NonZeroUsize,
    },
    /// Crates in the dependency tree of tests/consumer
    Tree,
    /// `cargo check` of structs, as emitted and derived
    Models {
        /// How many structs
        #[arg(default_value = "600")]
        count: NonZeroUsize,
    },
    /// Every document of a folder: generated, checked, and its examples decoded and encoded again
    Corpus(corpus::Arguments),
    /// Runs `bindery generate` in this process's children alone
    #[command(hide = true)]
    Run {
        program: PathBuf,
        spec: PathBuf,
        runs: NonZeroUsize,
    },
    /// Runs one program and writes down what it took
    #[command(hide = true)]
    Child(process::Child),
}

fn main() -> ExitCode {
    if let Some(code) = process::stand_in_for_rustc() {
        return code;
    }
    let spec = root().join("spec/workspace.yaml");
    let result = match Arguments::parse().command {
        None => generating::generate(&spec, 20).and_then(|()| tree::tree()),
        Some(Command::Generate { spec: None, .. }) => generating::generate(&spec, 20),
        Some(Command::Generate {
            spec: Some(spec),
            runs,
        }) => generating::generate(&spec, runs.get()),
        Some(Command::Tree) => tree::tree(),
        Some(Command::Models { count }) => models::models(count.get()),
        Some(Command::Run {
            program,
            spec,
            runs,
        }) => generating::run(&program, &spec, runs.get()),
        Some(Command::Child(child)) => return child.run(),
        Some(Command::Corpus(arguments)) => match corpus::run(&arguments) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) {
    // A reader that has gone away is no failure of ours.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes a file, with the folders that lead to it.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
