//! Generating: what the program says and what it has written.

use std::path::Path;

use syn::{ImplItem, Item, Type, Visibility};

use super::Task;
use super::discover::Found;
use super::figures::{Figure, Outcome, Record};
use crate::process::Process;

/// The name of each emitted crate, so that Cargo takes it for one that changes.
pub(super) const NAME: &str = "measured";

impl Task<'_> {
    /// Generates a document's crate.
    pub(super) fn generate(&self, found: &Found, record: &mut Record) -> Result<(), String> {
        let emitted = self.emitted();
        if emitted.exists() {
            std::fs::remove_dir_all(&emitted)
                .map_err(|error| format!("{} cannot be deleted: {error}", emitted.display()))?;
        }
        let ended = Process::new(self.program, &self.folder, self.limit)
            .args(["generate", "--name", NAME, "--spec"])
            .args([&found.path])
            .arg_out(&emitted)
            .run()?;
        record.set(Figure::GenerateSeconds, ended.cost.wall);
        record.set_if(Figure::GenerateCpu, ended.cost.cpu);
        record.set_if(Figure::GenerateMegabytes, ended.cost.peak);
        record.outcome = match ended.code {
            Some(0) => Outcome::Generated,
            Some(1) => Outcome::Refused,
            Some(_) | None if ended.is_stopped() => Outcome::Stopped,
            Some(_) | None => Outcome::Crashed,
        };
        // Notes cost nothing: what they are about is complete.
        let told = ended.stderr.split("\n\n");
        for told in told.filter(|told| !told.trim_start().starts_with("note[")) {
            record.note(told);
        }
        let last = ended.stderr.lines().last().unwrap_or_default();
        for (figure, word) in [
            (Figure::Types, "types"),
            (Figure::Skipped, "skipped"),
            (Figure::Widened, "widened"),
            (Figure::Notes, "notes"),
        ] {
            record.set(figure, number_before(last, word));
        }
        if record.is_generated() {
            let (lines, methods) = written(&emitted)?;
            record.set(Figure::Lines, lines as f64);
            record.set(Figure::Emitted, methods as f64);
        } else {
            record.set(Figure::Emitted, 0.0);
        }
        Ok(())
    }
}

impl Process {
    fn arg_out(self, folder: &Path) -> Self {
        self.args(["--out"]).args([folder])
    }
}

/// The number that stands before a word: 3 before `types` in `12 operations, 3 types from …`.
fn number_before(line: &str, word: &str) -> f64 {
    let words: Vec<&str> = line
        .split([' ', ',', ';'])
        .filter(|word| !word.is_empty())
        .collect();
    let found = words.windows(2).rev().find_map(|pair| {
        let same = pair[1] == word || pair[1] == word.trim_end_matches('s');
        same.then(|| pair[0].parse().ok()).flatten()
    });
    found.unwrap_or_default()
}

/// How many lines an emitted crate has besides its runtime, and how many methods for operations.
fn written(folder: &Path) -> Result<(usize, usize), String> {
    let (mut lines, mut methods) = (0, 0);
    let mut folders = vec![folder.join("src")];
    while let Some(at) = folders.pop() {
        let entries = std::fs::read_dir(&at).map_err(|error| error.to_string())?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                if !path.ends_with("src/runtime") {
                    folders.push(path);
                }
                continue;
            }
            let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
            lines += text.lines().count();
            if at.ends_with("operations") {
                methods += methods_in(&text)
                    .map_err(|error| format!("{} is not Rust: {error}", path.display()))?;
            }
        }
    }
    Ok((lines, methods))
}

/// How many public methods the client has in a file of operations.
fn methods_in(text: &str) -> syn::Result<usize> {
    let file = syn::parse_file(text)?;
    let impls = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() && is_client(&item.self_ty) => Some(item),
        _ => None,
    });
    let methods = impls.flat_map(|item| &item.items).filter(
        |item| matches!(item, ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_))),
    );
    Ok(methods.count())
}

fn is_client(ty: &Type) -> bool {
    matches!(ty, Type::Path(ty) if ty.path.segments.last().is_some_and(|last| last.ident == "Client"))
}

#[cfg(test)]
mod tests {
    use super::number_before;

    #[test]
    fn the_last_line_is_read() {
        let line =
            "a: 12 operations, 1 type from types.json; 9 files, 9 written; 2 skipped, 1 note";
        assert_eq!(number_before(line, "types"), 1.0);
        assert_eq!(number_before(line, "skipped"), 2.0);
        assert_eq!(number_before(line, "widened"), 0.0);
        assert_eq!(number_before(line, "notes"), 1.0);
    }
}
