//! Bindery: from an OpenAPI document to a Rust client crate.
//!
//! One stage after the other, each a module that takes the type of the one before:
//!
//! ```text
//! text ─ document ─▶ Document ─ lower ─▶ Api ─ passes ─▶ Facts ─ names ─▶ NamePlan
//!                                          └──────────┬──────────────────────┘
//!                        disk ◀─ output ─ Crate ◀─ emit
//! ```
//!
//! Nothing is written and no network is used before [`output::write`]: [`generate`] returns files
//! in memory. Everything that is found on the way is reported to [`diag::Diags`], never lost.
//!
//! ```
//! use bindery::config::Options;
//! use bindery::diag::Diags;
//! use bindery::document::Document;
//! use bindery::names::Settled;
//!
//! let text = r#"
//! openapi: 3.0.3
//! info: { title: Greeter, version: "1" }
//! paths:
//!   /greeting:
//!     get:
//!       operationId: greet
//!       responses:
//!         "204": { description: Greeted. }
//! "#;
//! let diags = Diags::default();
//! let document = Document::from_text("greeter.yaml", text.to_owned(), &diags)?;
//! let options = Options::new("greeter.yaml", "greeter", None);
//! let generated = bindery::generate(&document, &options, &Settled::new(), &diags)?;
//! assert!(generated.files.files["src/operations/default_tag.rs"].contains("pub fn greet(&self)"));
//! # Ok::<(), bindery::diag::Failed>(())
//! ```

pub mod cli;
pub mod config;
pub mod diag;
pub mod document;
pub mod emit;
pub mod inspect;
pub mod ir;
pub mod lower;
pub mod names;
pub mod output;
pub mod passes;

use config::Options;
use diag::{Diags, Failed, Severity};
use document::Document;
use ir::Api;
use names::{NamePlan, Settled};
use passes::{Facts, Settings};

/// The model of a document, with what is known about it and what everything is called.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The model.
    pub api: Api,
    /// What is known about it as a whole.
    pub facts: Facts,
    /// What everything is called.
    pub names: NamePlan,
}

/// A generated crate in memory.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its files.
    pub files: output::Files,
    /// What they were made from.
    pub planned: Planned,
}

/// Plans the crate of `document`, without emitting it. `settled` are the disputed names of an
/// earlier run.
///
/// # Errors
///
/// When a stage reported an error.
pub fn plan(document: &Document, settled: &Settled, diags: &Diags) -> Result<Planned, Failed> {
    plan_with(document, Settings::default(), settled, diags)
}

/// The same, with what the user decides.
///
/// # Errors
///
/// When a stage reported an error.
pub fn plan_with(
    document: &Document,
    settings: Settings,
    settled: &Settled,
    diags: &Diags,
) -> Result<Planned, Failed> {
    document::check(document, diags);
    diags.finish(())?;
    let mut api = lower::lower(document, diags)?;
    let file = document.root().place();
    let facts = passes::run(&mut api, settings, &file, diags);
    let names = names::plan(&api, settled, &file, diags);
    diags.finish(Planned { api, facts, names })
}

/// Generates the crate of `document` in memory.
///
/// # Errors
///
/// When a stage reported an error, or, with [`Options::strict`], anything was skipped or widened.
pub fn generate(
    document: &Document,
    options: &Options,
    settled: &Settled,
    diags: &Diags,
) -> Result<Generated, Failed> {
    let settings = Settings {
        keep_unknown_fields: options.keep_unknown_fields,
    };
    let planned = plan_with(document, settings, settled, diags)?;
    if options.strict && diags.count(Severity::Skipped) + diags.count(Severity::Widened) > 0 {
        return Err(Failed);
    }
    let Planned { api, facts, names } = &planned;
    let plan = emit::Plan {
        api,
        facts,
        names,
        options,
    };
    let files = output::format(emit::emit(&plan), names.disputed.clone(), diags)?;
    Ok(Generated { files, planned })
}
