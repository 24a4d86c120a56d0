//! `bindery generate`.

use std::path::{Path, PathBuf};

use super::Outcome;
use super::arguments::{self, Generate};
use super::terminal::{self, Terminal};
use crate::config::{self, Layout, Options, Runtime};
use crate::diag::{Code, Diag, Diags, Failed, Place};
use crate::document::Document;
use crate::output::{self, Change, Changes, Manifest};
use crate::{Generated, generate};

/// Generates every crate that is asked for. One that fails does not keep the others from it.
pub(super) fn run(arguments: &Generate, terminal: &Terminal) -> Outcome {
    let diags = Diags::default();
    let asked = match asked(arguments, &diags) {
        Ok(asked) => asked,
        Err(Failed) => {
            terminal.report(&diags);
            return Outcome::Misuse;
        }
    };
    let mut outcome = Outcome::Done;
    for options in &asked {
        if one(options, arguments.check, terminal) == Outcome::No {
            outcome = Outcome::No;
        }
    }
    outcome
}

/// What is to be generated, with paths as they are from here.
fn asked(arguments: &Generate, diags: &Diags) -> Result<Vec<Options>, Failed> {
    let mut asked = match (&arguments.spec, &arguments.out) {
        (Some(spec), Some(out)) => {
            let mut options = Options::new(spec, out, arguments.name.as_deref());
            options.overlays.clone_from(&arguments.overlay);
            if let Some(runtime) = arguments.runtime {
                options.runtime = match runtime {
                    arguments::Runtime::Copied => Runtime::Copied,
                    arguments::Runtime::Crate => Runtime::Crate,
                };
            }
            if let Some(layout) = arguments.layout {
                options.layout = match layout {
                    arguments::Layout::Crate => Layout::Crate,
                    arguments::Layout::Module => Layout::Module,
                };
            }
            options.check(&Place::Nowhere, diags)?;
            vec![options]
        }
        (Some(_), None) | (None, Some(_)) | (None, None) => listed(&arguments.config, diags)?,
    };
    for options in &mut asked {
        options.keep_unknown_fields |= arguments.keep_unknown_fields;
        options.strict |= arguments.strict;
    }
    Ok(asked)
}

/// The crates that a `bindery.toml` lists.
fn listed(path: &Path, diags: &Diags) -> Result<Vec<Options>, Failed> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let shown = path.to_string_lossy();
        let message = format!("`{shown}` cannot be read: {error}");
        let help = "write one, or name a document with `--spec` and a folder with `--out`";
        let place = Place::file(&*shown);
        diags.report(Diag::new(Code::InvalidConfig, place, message).help(help));
        Failed
    })?;
    let config = config::parse(&path.to_string_lossy(), &text, diags)?;
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    let crates = config.crates.into_iter().map(|options| Options {
        spec: folder.join(&options.spec),
        overlays: options
            .overlays
            .iter()
            .map(|path| folder.join(path))
            .collect(),
        out: folder.join(&options.out),
        ..options
    });
    Ok(crates.collect())
}

/// Generates one crate and says what came of it.
fn one(options: &Options, check: bool, terminal: &Terminal) -> Outcome {
    let diags = Diags::default();
    let result = attempt(options, check, terminal, &diags);
    terminal.report(&diags);
    let (generated, changes) = match result {
        Ok(result) => result,
        Err(Failed) => {
            if options.strict && !diags.has_errors() {
                let losses = terminal::losses(&diags);
                terminal.say(&format!(
                    "nothing was written: {losses} skipped or widened under `strict`"
                ));
            }
            return Outcome::No;
        }
    };
    let api = &generated.planned.api;
    let (operations, types) = (api.operations.len(), generated.planned.names.types.len());
    let what = format!(
        "{}: {operations} operations, {types} types from {}",
        options.name,
        options.spec.display()
    );
    let counts = terminal::counts(&diags);
    if check {
        for (path, change) in &changes {
            terminal.print(&shown(path, change));
        }
        if !changes.is_empty() {
            terminal.say(&format!(
                "{what}; {} of its files are stale; {counts}",
                changes.len()
            ));
            terminal.say("`bindery generate` brings them up to date");
            return Outcome::No;
        }
        terminal.say(&format!("{what}; up to date; {counts}"));
        return Outcome::Done;
    }
    terminal.say(&format!(
        "{what}; {} files, {}; {counts}",
        generated.files.files.len(),
        written(&changes)
    ));
    Outcome::Done
}

/// Reads, generates, and writes or compares.
fn attempt(
    options: &Options,
    check: bool,
    terminal: &Terminal,
    diags: &Diags,
) -> Result<(Generated, Changes), Failed> {
    terminal.progress(&format!(
        "{}: reading {}",
        options.name,
        options.spec.display()
    ));
    let document = Document::read_with(&options.spec, &options.overlays, diags)?;
    // A manifest that cannot be read is reported when the folder is looked at, below.
    let settled = Manifest::read(&options.out).unwrap_or_default().names;
    terminal.progress(&format!("{}: generating", options.name));
    let generated = generate(&document, options, &settled, diags)?;
    terminal.progress(&format!(
        "{}: writing {}",
        options.name,
        options.out.display()
    ));
    let changes = if check {
        output::compare(&generated.files, &options.out, diags)?
    } else {
        output::write(&generated.files, &options.out, diags)?
    };
    Ok((generated, changes))
}

/// A change as a unified diff.
fn shown(path: &str, change: &Change) -> String {
    match change {
        Change::Added { new } => output::unified(path, "", new),
        Change::Changed { old, new } => output::unified(path, old, new),
        Change::Removed { old } => output::unified(path, old, ""),
    }
}

/// How many files were written and deleted.
fn written(changes: &Changes) -> String {
    let removed = changes
        .values()
        .filter(|change| matches!(change, Change::Removed { .. }))
        .count();
    match (changes.len() - removed, removed) {
        (0, 0) => "none changed".to_owned(),
        (written, 0) => format!("{written} written"),
        (written, removed) => format!("{written} written, {removed} deleted"),
    }
}
