//! Names: every identifier of the emitted crate, planned at once, before anything is emitted.
//!
//! In goes an [`Api`](crate::ir::Api) with the names that an earlier run had to settle, out comes a [`NamePlan`].
//! A [`Name`] can be made here only. Each namespace of the output is one [`Scope`], which starts
//! with the emitter's own identifiers. Names of a namespace are handed out together, so that no
//! item wins by coming first; what collides is told apart by its context, a number is the last
//! resort, and each such change is a note. It knows nothing of documents and tokens.

mod case;
mod media;
mod members;
mod operations;
mod plan;
mod scope;
mod status;
mod types;

use std::collections::BTreeMap;

pub use case::Case;
pub use operations::{
    BodyNames, FormNames, HeaderNames, MAX_ARGUMENTS, OperationNames, ReplyNames,
};
pub use plan::{FieldNames, NamePlan, TagNames, TypeNames, plan};
pub use scope::{Request, Scope};
pub use types::MAX_POSITIONAL;

/// An identifier of the emitted crate: valid Rust, unique in its namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// The identifier as text, `r#` included where it is a keyword.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`: for file names and for prose.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The identifier as a token.
    pub fn ident(&self) -> proc_macro2::Ident {
        match self.0.strip_prefix("r#") {
            Some(keyword) => proc_macro2::Ident::new_raw(keyword, proc_macro2::Span::call_site()),
            None => proc_macro2::Ident::new(&self.0, proc_macro2::Span::call_site()),
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names that were once disputed and who holds them: what an item is remembered by, to its name.
/// The manifest of the emitted crate keeps them, so that growth renames nothing.
pub type Settled = BTreeMap<String, String>;
