//! Passes: what is decided over the whole graph of types, once it is known.
//!
//! In goes an [`Api`], out come the same with its forms told apart, and [`Facts`] about it. A pass is
//! a function in its own file, listed in [`run`] and called from nowhere else. It knows neither
//! documents nor tokens.

mod boxing;
mod choices;
mod forms;
mod reach;
mod unknown;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diags, Place};
use crate::ir::{Api, TypeId};

pub use choices::{Candidate, JsonKind, Test};
pub use uses::{Part, is_parameter};

/// What is known about an [`Api`] beyond what stands in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Fields that hold their value in a `Box`, since the value may hold their own struct: the
    /// struct and the index of the field.
    pub boxed: BTreeSet<(TypeId, usize)>,
    /// How the variant of a value is found, of each union without a tag, in the order of trial.
    pub choices: BTreeMap<TypeId, Vec<Candidate>>,
    /// The tags, by index, whose operations need a type. A type without any is always emitted.
    pub tags_of: BTreeMap<TypeId, BTreeSet<usize>>,
    /// Which parts of the runtime the API needs.
    pub uses: BTreeSet<Part>,
}

/// What the user decides of the passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether structs keep properties that the document does not list.
    pub keep_unknown_fields: bool,
}

/// Runs every pass over `api`, in the order in which they build on each other. `file` is where the
/// document is, for notes about what was decided.
pub fn run(api: &mut Api, settings: Settings, file: &Place, diags: &Diags) -> Facts {
    if settings.keep_unknown_fields {
        unknown::keep(api);
    }
    forms::split(api);
    Facts {
        boxed: boxing::boxed(api),
        choices: choices::choices(api, file, diags),
        tags_of: reach::tags_of(api),
        uses: uses::uses(api),
    }
}
