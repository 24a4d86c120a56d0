//! The sources of this crate as text, for the generator.
//!
//! In: nothing. Out: the files that an emitted crate can hold as its module `runtime`, with what
//! each needs: other files, and crates. This file is not handed out itself. It does not know what
//! an API needs; that is said to [`select`].

mod crates;
mod files;

pub use crates::CrateDep;
use files::FILES;

/// A file of the runtime.
///
/// An emitted `runtime/mod.rs` has `mod body; pub use body::*;` for each file, under
/// `#[cfg(feature = ..)]` where [`feature`](Self::feature) says so, and nothing else. The `pub` or
/// the whole `use` is missing where [`exports`](Self::exports) says so.
///
/// A file `date_as_jiff.rs` converts what is in `date.rs` from and to the types of an optional
/// crate. It comes along with `date.rs`, which needs it in this sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The name of the file, as in `body.rs`.
    pub name: &'static str,
    /// What is in it.
    pub text: &'static str,
    /// The modules whose items it names, as in `transport`, in order.
    pub needs: &'static [&'static str],
    /// The crates that it names, in order.
    pub crates: &'static [CrateDep],
    /// Whether every client needs it.
    pub always: bool,
    /// The Cargo feature without which the module is left out.
    pub feature: Option<&'static str>,
}

impl SourceFile {
    /// The name of the module: that of the file without `.rs`.
    pub fn module(&self) -> &'static str {
        self.name.trim_end_matches(".rs")
    }

    /// Who names items of the file.
    pub fn exports(&self) -> Exports {
        let has = |start: &str| self.text.lines().any(|line| line.starts_with(start));
        // The macro defines a type for everyone.
        match (
            has("pub ") || has("super::text_scalar!"),
            has("pub(super) "),
        ) {
            (true, _) => Exports::Everyone,
            (false, true) => Exports::Siblings,
            (false, false) => Exports::Nobody,
        }
    }
}

/// Who names items of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exports {
    /// The users of the runtime.
    Everyone,
    /// Other files only, as with a macro.
    Siblings,
    /// Nobody: it implements traits, and has no items.
    Nobody,
}

/// All files, by name.
pub fn files() -> &'static [SourceFile] {
    FILES
}

/// The files that every client needs, those of `modules`, and what these need in turn, by name.
/// Names that are none of a module are passed over.
pub fn select<'names>(modules: impl IntoIterator<Item = &'names str>) -> Vec<&'static SourceFile> {
    let always = FILES.iter().filter(|file| file.always);
    let always = always.map(|file| file.module());
    let mut wanted: Vec<&str> = modules.into_iter().chain(always).collect();
    let mut selected = vec![false; FILES.len()];
    while let Some(module) = wanted.pop() {
        let Some(place) = FILES.iter().position(|file| file.module() == module) else {
            continue;
        };
        if !std::mem::replace(&mut selected[place], true) {
            wanted.extend(FILES[place].needs);
        }
    }
    let files = FILES.iter().zip(selected);
    files
        .filter_map(|(file, selected)| selected.then_some(file))
        .collect()
}
