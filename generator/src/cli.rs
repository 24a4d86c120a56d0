//! The command line: arguments to calls, exit codes, what a terminal shows.
//!
//! Exit codes: 0 done; 1 the answer is no (stale, errors, anything skipped under `strict`); 2 wrong
//! use.

mod arguments;
mod explain;
mod generate;
mod terminal;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::diag::{Diags, Failed};
use crate::document::Document;
use crate::names::Settled;
use crate::{inspect, plan};
use arguments::{Arguments, Command, Format};
use terminal::Terminal;

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It is done.
    Done,
    /// The answer is no.
    No,
    /// It was used wrongly.
    Misuse,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::No => ExitCode::from(1),
            Outcome::Misuse => ExitCode::from(2),
        }
    }
}

/// Runs the program with `arguments`, the name of the program first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are errors to clap; both print themselves and know their code.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let terminal = Terminal::new();
    let outcome = match arguments.command {
        Command::Generate(arguments) => generate::run(&arguments, &terminal),
        Command::Lint { spec, overlay } => lint(&spec, &overlay, &terminal),
        Command::Inspect {
            spec,
            overlay,
            format,
        } => inspect(&spec, &overlay, format, &terminal),
        Command::Explain { code } => explain::run(code.as_deref(), &terminal),
    };
    outcome.into()
}

/// Reads a document and plans its crate, for what is reported on the way.
fn lint(spec: &Path, overlays: &[PathBuf], terminal: &Terminal) -> Outcome {
    let diags = Diags::default();
    let result = Document::read_with(spec, overlays, &diags).and_then(|document| {
        plan(&document, &Settled::new(), &diags)?;
        Ok(())
    });
    terminal.report(&diags);
    match result {
        Ok(()) => {
            terminal.say(&format!("{}: {}", spec.display(), terminal::counts(&diags)));
            Outcome::Done
        }
        Err(Failed) => Outcome::No,
    }
}

/// Shows what is in a document and what each thing is called.
fn inspect(spec: &Path, overlays: &[PathBuf], format: Format, terminal: &Terminal) -> Outcome {
    let diags = Diags::default();
    let planned = Document::read_with(spec, overlays, &diags)
        .and_then(|document| plan(&document, &Settled::new(), &diags));
    let Ok(planned) = planned else {
        terminal.report(&diags);
        return Outcome::No;
    };
    let report = inspect::inspect(&planned.api, &planned.names, &diags.snapshot());
    let text = match format {
        Format::Text => report.text(),
        Format::Json => match serde_json::to_string_pretty(&report) {
            Ok(text) => text + "\n",
            Err(error) => {
                terminal.say(&format!("the report cannot be printed: {error}"));
                return Outcome::No;
            }
        },
    };
    terminal.print(&text);
    Outcome::Done
}
