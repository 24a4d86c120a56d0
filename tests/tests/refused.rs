//! Documents with something wrong: one at least for each code that a document can cause, and what
//! is said about it.

use std::collections::BTreeSet;
use std::fs;

use bindery::diag::{Code, Diags};
use bindery_tests::cases::{documents, folder, plan_text, shown};

/// Codes that no document of `refused/` can cause, each with the test that shows it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("unreadable-file", "cli.rs"),
    ("too-large", "generator/src/document/tests.rs"),
    ("alias-limit", "generator/src/document/tests.rs"),
    ("too-deep", "generator/src/document/tests.rs"),
    ("invalid-overlay", "cli.rs"),
    ("overlay-mismatch", "cli.rs"),
    ("invalid-config", "cli.rs"),
    ("unknown-option", "cli.rs"),
    ("unwritable-output", "cli.rs"),
    ("foreign-files", "cli.rs"),
    ("internal-format", "generator/src/output/format.rs"),
];

/// What is said about each document, and that it is said of the code that names the file.
#[test]
fn what_is_said() {
    for (name, path) in documents("refused") {
        let text = fs::read_to_string(&path).expect("the document can be read");
        let diags = Diags::default();
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let result = plan_text(&file, &text, &diags);
        let found: BTreeSet<&str> = diags
            .snapshot()
            .iter()
            .map(|diag| diag.code.name())
            .collect();
        let code = name.split("--").next().unwrap_or_default();
        assert!(
            found.contains(code),
            "{name} is not about `{code}`: {found:?}"
        );
        let outcome = if result.is_ok() {
            "goes on"
        } else {
            "nothing is written"
        };
        let snapshot = format!("{outcome}\n\n{}", shown(&diags));
        insta::with_settings!({
            snapshot_path => folder().join("refused/snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, snapshot);
        });
    }
}

/// Every code has a document, or a test that shows it.
#[test]
fn every_code_has_a_document() {
    let shown: BTreeSet<String> = documents("refused")
        .into_iter()
        .map(|(name, _)| name.split("--").next().unwrap_or_default().to_owned())
        .collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    for code in Code::all() {
        let here = shown.contains(code.name());
        let there = elsewhere.contains(code.name());
        assert!(here || there, "no document shows `{}`", code.name());
        assert!(
            !(here && there),
            "`{}` is shown here: take it off the list",
            code.name()
        );
    }
    for name in shown.iter().map(String::as_str).chain(elsewhere) {
        assert!(Code::from_name(name).is_some(), "there is no code `{name}`");
    }
}
