//! What is printed: results to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};

use crate::diag::{self, Code, Diags, Severity, Style};

/// The two streams of a program.
#[derive(Debug)]
pub(super) struct Terminal {
    style: Style,
    interactive: bool,
}

impl Terminal {
    /// The streams of this process. Colours are for terminals, and for those who want them
    /// (`NO_COLOR`, `TERM=dumb`).
    pub(super) fn new() -> Self {
        let interactive = io::stderr().is_terminal();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let style = if interactive && !unwanted {
            Style::Color
        } else {
            Style::Plain
        };
        Self { style, interactive }
    }

    /// Prints a result. A reader that has gone away is no failure of ours.
    pub(super) fn print(&self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Says one line.
    pub(super) fn say(&self, line: &str) {
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Shows what is being done, on a terminal alone; the next line takes its place.
    pub(super) fn progress(&self, line: &str) {
        if self.interactive {
            let _ = write!(io::stderr().lock(), "\r\x1b[2K{line}");
        }
    }

    /// Ends what [`Terminal::progress`] shows.
    pub(super) fn done(&self) {
        self.progress("");
    }

    /// Prints every diagnostic, and how many there are of each kind if anything is wrong.
    pub(super) fn report(&self, diags: &Diags) {
        self.done();
        let found = diags.snapshot();
        if found.is_empty() {
            return;
        }
        let _ = io::stderr()
            .lock()
            .write_all(diag::render(&found, self.style).as_bytes());
        if diags.has_errors() {
            let unwritable = found.iter().any(|diag| diag.code == Code::UnwritableOutput);
            let outcome = if unwritable {
                "the output is not up to date"
            } else {
                "nothing was written"
            };
            self.say(&format!("{outcome}: {}", counts(diags)));
        }
    }
}

/// How much was found: `2 skipped, 1 widened, 3 notes`, or that nothing was.
pub(super) fn counts(diags: &Diags) -> String {
    let found = diags.snapshot();
    if found.is_empty() {
        "nothing to report".to_owned()
    } else {
        diag::summary(&found)
    }
}

/// How much of the document is not in the output as it stands there.
pub(super) fn losses(diags: &Diags) -> usize {
    diags.count(Severity::Skipped) + diags.count(Severity::Widened)
}
