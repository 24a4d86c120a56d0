//! Checking: what the compiler, Clippy and rustdoc say about an emitted crate.

use serde_json::Value;

use super::Task;
use super::figures::{Figure, Record};
use super::generate::NAME;
use crate::process::{Ended, Process, rustc_cost};

/// How many diagnostics of one step are kept to be read.
const SHOWN: usize = 40;

/// The diagnostics of one step.
struct Found {
    errors: usize,
    warnings: usize,
    texts: Vec<String>,
}

impl Task<'_> {
    /// Checks the emitted crate, with all that was asked for.
    pub(super) fn check(&self, record: &mut Record) -> Result<(), String> {
        let report = self.folder.join("rustc.json");
        let _ = std::fs::remove_file(&report);
        let ended = self.cargo(&["check"]).measure_rustc(&report)?.run()?;
        let found = found(&ended, "cargo check", record);
        record.set(Figure::Errors, found.errors as f64);
        record.set(Figure::Warnings, found.warnings as f64);
        if let Some(cost) = rustc_cost(&report) {
            record.set(Figure::CheckSeconds, cost.wall);
            record.set_if(Figure::CheckCpu, cost.cpu);
            record.set_if(Figure::CheckMegabytes, cost.peak);
        }
        if self.arguments.clippy {
            let clippy = self.cargo(&["clippy"]).args(["--", "-D", "warnings"]);
            let found = self::found(&clippy.run()?, "cargo clippy", record);
            record.set(Figure::Clippy, (found.errors + found.warnings) as f64);
        }
        if self.arguments.doc {
            let doc = self.cargo(&["doc", "--no-deps"]);
            let doc = doc.env("RUSTDOCFLAGS", "-D warnings");
            let found = self::found(&doc.run()?, "cargo doc", record);
            record.set(Figure::Doc, (found.errors + found.warnings) as f64);
        }
        Ok(())
    }

    /// Cargo, for the emitted crate.
    pub(super) fn cargo(&self, command: &[&str]) -> Process {
        Process::new(env!("CARGO"), &self.folder, self.limit)
            .args(command)
            .args(["-p", NAME, "--message-format", "json"])
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
    }
}

/// What a step has found. One that failed without a diagnostic counts as an error.
fn found(ended: &Ended, what: &str, record: &mut Record) -> Found {
    let mut found = Found {
        errors: 0,
        warnings: 0,
        texts: Vec::new(),
    };
    for line in ended.stdout.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let message = &line["message"];
        // The last ones only count those before them.
        let counts =
            message["spans"].as_array().is_none_or(Vec::is_empty) && message["code"].is_null();
        if line["reason"] != "compiler-message" || line["target"]["name"] != NAME || counts {
            continue;
        }
        match message["level"].as_str() {
            Some("warning") => found.warnings += 1,
            Some(level) if level.starts_with("error") => found.errors += 1,
            Some(_) | None => continue,
        }
        let text = message["rendered"].as_str().unwrap_or_default();
        found.texts.push(text.to_owned());
    }
    if !ended.is_success() && found.errors == 0 {
        found.errors = 1;
        found.texts.push(match ended.is_stopped() {
            true => format!("{what} took too long"),
            false => format!("{what} failed: {}", ended.stderr),
        });
    }
    for text in found.texts.iter().take(SHOWN) {
        record.note(text);
    }
    if let Some(more @ 1..) = found.texts.len().checked_sub(SHOWN) {
        record.note(&format!("{what}: {more} more"));
    }
    found
}
