//! Facts about the whole graph of types, computed once.
//!
//! In goes an [`Api`], out come [`Facts`]. A pass is a function in its own file, listed in [`run`]
//! and called from nowhere else. It knows neither documents nor tokens.

mod boxing;
mod reach;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, TypeId};

pub use uses::Uses;

/// What is known about an [`Api`] beyond what stands in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Fields that hold their value in a `Box`, since the value may hold their own struct: the
    /// struct and the index of the field.
    pub boxed: BTreeSet<(TypeId, usize)>,
    /// The tags, by index, whose operations need a type. A type without any is always emitted.
    pub tags_of: BTreeMap<TypeId, BTreeSet<usize>>,
    /// Which parts of the runtime the API needs.
    pub uses: Uses,
}

/// Runs every pass over `api`, in the order in which they build on each other.
pub fn run(api: &Api) -> Facts {
    Facts {
        boxed: boxing::boxed(api),
        tags_of: reach::tags_of(api),
        uses: uses::uses(api),
    }
}
