//! `bindery explain`.

use super::Outcome;
use super::terminal::Terminal;
use crate::diag::Code;

/// Explains one code, or lists them all.
pub(super) fn run(code: Option<&str>, terminal: &Terminal) -> Outcome {
    let Some(name) = code else {
        terminal.print(&list());
        return Outcome::Done;
    };
    match Code::from_name(name) {
        Some(code) => {
            terminal.print(&page(code));
            Outcome::Done
        }
        None => {
            let known: Vec<&str> = Code::all().iter().map(|code| code.name()).collect();
            terminal.say(&format!("there is no code `{name}`"));
            match crate::diag::nearest(name, known) {
                Some(near) => terminal.say(&format!("did you mean `{near}`?")),
                None => terminal.say("`bindery explain` lists them all"),
            }
            Outcome::Misuse
        }
    }
}

/// What is known about a code.
fn page(code: Code) -> String {
    format!(
        "{}[{}]: {}\n\n{}\n",
        code.severity().name(),
        code.name(),
        code.summary(),
        code.explanation().trim()
    )
}

/// Every code with its severity and summary.
fn list() -> String {
    let width = Code::all()
        .iter()
        .map(|code| code.name().len())
        .max()
        .unwrap_or_default();
    Code::all()
        .iter()
        .map(|code| {
            format!(
                "{:width$}  {:8} {}\n",
                code.name(),
                code.severity().name(),
                code.summary()
            )
        })
        .collect()
}
