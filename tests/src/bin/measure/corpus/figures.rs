//! What was measured of one document.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::discover::Found;

/// What came of generating a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// The program has panicked or was ended by the system.
    #[default]
    Crashed,
    /// It took too long.
    Stopped,
    /// The document was refused.
    Refused,
    /// There is a crate.
    Generated,
}

impl Outcome {
    pub(super) const ALL: [Self; 4] =
        [Self::Crashed, Self::Stopped, Self::Refused, Self::Generated];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Crashed => "crashed",
            Self::Stopped => "stopped",
            Self::Refused => "refused",
            Self::Generated => "generated",
        }
    }
}

/// A number that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    /// Operations in the document, as counted here.
    Documented,
    /// Methods of the emitted client, as counted in its sources.
    Emitted,
    /// Types of the emitted crate.
    Types,
    /// Diagnostics about something that was left out.
    Skipped,
    /// Diagnostics about something that became any value.
    Widened,
    /// Other diagnostics.
    Notes,
    /// How long generating took.
    GenerateSeconds,
    /// How long it took of all processors.
    GenerateCpu,
    /// The memory it took.
    GenerateMegabytes,
    /// Lines of the emitted crate, without its runtime.
    Lines,
    /// Errors of the compiler.
    Errors,
    /// Warnings of the compiler.
    Warnings,
    /// How long the compiler took to check the emitted crate, without its dependencies.
    CheckSeconds,
    /// How long it took of all processors.
    CheckCpu,
    /// The memory it took.
    CheckMegabytes,
    /// What Clippy finds.
    Clippy,
    /// What rustdoc finds.
    Doc,
    /// Examples in the document, defaults included.
    Examples,
    /// Examples of what has no type, or is no JSON.
    Untyped,
    /// Examples that came back equal.
    Equal,
    /// Examples that agree with their schema and came back as another value.
    Differ,
    /// Examples that agree with their schema and were not decoded.
    Refused,
    /// Examples that did not come back, and contradict their schema.
    Contradicted,
}

/// What a change of a figure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// It depends on the machine, or says nothing by itself.
    Neither,
}

impl Figure {
    pub(super) const ALL: [Self; 23] = [
        Self::Documented,
        Self::Emitted,
        Self::Types,
        Self::Skipped,
        Self::Widened,
        Self::Notes,
        Self::GenerateSeconds,
        Self::GenerateCpu,
        Self::GenerateMegabytes,
        Self::Lines,
        Self::Errors,
        Self::Warnings,
        Self::CheckSeconds,
        Self::CheckCpu,
        Self::CheckMegabytes,
        Self::Clippy,
        Self::Doc,
        Self::Examples,
        Self::Untyped,
        Self::Equal,
        Self::Differ,
        Self::Refused,
        Self::Contradicted,
    ];

    /// The name of its column.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Documented => "operations_documented",
            Self::Emitted => "operations_emitted",
            Self::Types => "types",
            Self::Skipped => "skipped",
            Self::Widened => "widened",
            Self::Notes => "notes",
            Self::GenerateSeconds => "generate_s",
            Self::GenerateCpu => "generate_cpu_s",
            Self::GenerateMegabytes => "generate_mb",
            Self::Lines => "lines",
            Self::Errors => "errors",
            Self::Warnings => "warnings",
            Self::CheckSeconds => "check_s",
            Self::CheckCpu => "check_cpu_s",
            Self::CheckMegabytes => "check_mb",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Examples => "examples",
            Self::Untyped => "examples_untyped",
            Self::Equal => "examples_equal",
            Self::Differ => "examples_differ",
            Self::Refused => "examples_refused",
            Self::Contradicted => "examples_contradicted",
        }
    }

    /// What a change of it means.
    pub(super) fn better(self) -> Better {
        match self {
            Self::Emitted | Self::Equal => Better::More,
            Self::Skipped
            | Self::Widened
            | Self::Errors
            | Self::Warnings
            | Self::Clippy
            | Self::Doc
            | Self::Differ
            | Self::Refused => Better::Less,
            Self::Documented
            | Self::Types
            | Self::Notes
            | Self::GenerateSeconds
            | Self::GenerateCpu
            | Self::GenerateMegabytes
            | Self::Lines
            | Self::CheckSeconds
            | Self::CheckCpu
            | Self::CheckMegabytes
            | Self::Examples
            | Self::Untyped
            | Self::Contradicted => Better::Neither,
        }
    }

    /// Whether it is the same on every machine, so that it can be kept.
    pub(super) fn is_stable(self) -> bool {
        match self {
            Self::GenerateSeconds
            | Self::GenerateCpu
            | Self::GenerateMegabytes
            | Self::CheckSeconds
            | Self::CheckCpu
            | Self::CheckMegabytes => false,
            Self::Documented
            | Self::Emitted
            | Self::Types
            | Self::Skipped
            | Self::Widened
            | Self::Notes
            | Self::Lines
            | Self::Errors
            | Self::Warnings
            | Self::Clippy
            | Self::Doc
            | Self::Examples
            | Self::Untyped
            | Self::Equal
            | Self::Differ
            | Self::Refused
            | Self::Contradicted => true,
        }
    }
}

/// What was measured of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The path of the document below its folder.
    pub(super) document: String,
    /// The version of OpenAPI that it names.
    pub(super) version: String,
    /// What came of it.
    pub(super) outcome: Outcome,
    figures: BTreeMap<Figure, f64>,
    notes: String,
}

impl Record {
    pub(super) fn new(found: &Found) -> Self {
        Self::named(&found.name)
    }

    pub(super) fn named(document: &str) -> Self {
        Self {
            document: document.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn is_generated(&self) -> bool {
        self.outcome == Outcome::Generated
    }

    /// A figure, if it was measured.
    pub(super) fn get(&self, figure: Figure) -> Option<f64> {
        self.figures.get(&figure).copied()
    }

    pub(super) fn set(&mut self, figure: Figure, value: f64) {
        self.figures.insert(figure, value);
    }

    /// Keeps a figure that the system may not tell.
    pub(super) fn set_if(&mut self, figure: Figure, value: Option<f64>) {
        if let Some(value) = value {
            self.set(figure, value);
        }
    }

    /// Remembers something for those who want to know what failed.
    pub(super) fn note(&mut self, text: &str) {
        let _ = writeln!(self.notes, "{}", text.trim_end());
    }

    /// What failed.
    pub(super) fn details(&self) -> String {
        if self.notes.is_empty() {
            return String::new();
        }
        format!("==== {}\n{}\n", self.document, self.notes)
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn every_figure_is_listed_once() {
        for (index, figure) in Figure::ALL.into_iter().enumerate() {
            assert_eq!(figure as usize, index, "{}", figure.name());
        }
    }
}
