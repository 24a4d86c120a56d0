//! Output: from emitted files to formatted ones, and to the disk.
//!
//! In goes a [`Crate`](crate::emit::Crate), out come [`Files`]: text by path. [`Files`] are written to a folder that
//! belongs to the tool, or compared with what is there. It knows nothing of the model.

mod diff;
mod format;
mod manifest;
mod write;

use std::collections::BTreeMap;

pub use diff::unified;
pub use format::format;
pub use manifest::{MANIFEST, Manifest};
pub use write::{Change, Changes, compare, write};

/// Formatted files by path, with `/`; what an emitted crate is on disk, its manifest included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The files.
    pub files: BTreeMap<String, String>,
}
