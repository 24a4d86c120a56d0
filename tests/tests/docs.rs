//! The guides say what is true: every code, every key, every extension is in them.
//!
//! `BLESS=1 cargo test -p bindery-tests --test docs` writes `docs/diagnostics.md`.

use std::collections::BTreeSet;
use std::fs;

use bindery::diag::{Code, Severity};
use bindery_tests::cases::{blessing, documents, root};

/// The text of `docs/diagnostics.md`, from the codes themselves.
fn diagnostics() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         What Bindery reports about a document, by code. `bindery explain CODE` prints the same.\n\n\
         | severity | what it costs |\n|---|---|\n\
         | error | nothing is written |\n\
         | skipped | one item, as a rule an operation, is left out |\n\
         | widened | a type accepts more than the document says |\n\
         | note | nothing: the output is complete, but not the literal reading |\n",
    );
    for severity in [
        Severity::Error,
        Severity::Skipped,
        Severity::Widened,
        Severity::Note,
    ] {
        for code in Code::all()
            .iter()
            .filter(|code| code.severity() == severity)
        {
            text.push_str(&format!(
                "\n## {}\n\n*{severity}.* {}\n\n",
                code.name(),
                code.summary()
            ));
            for paragraph in code.explanation().trim().split("\n\n") {
                // What is indented is an example.
                if paragraph.lines().all(|line| line.starts_with("    ")) {
                    text.push_str("```yaml\n");
                    for line in paragraph.lines() {
                        text.push_str(line.strip_prefix("    ").unwrap_or(line));
                        text.push('\n');
                    }
                    text.push_str("```\n\n");
                } else {
                    text.push_str(paragraph);
                    text.push_str("\n\n");
                }
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
    }
    text
}

#[test]
fn every_code_is_documented() {
    let path = root().join("docs/diagnostics.md");
    let wanted = diagnostics();
    if blessing() {
        fs::write(&path, &wanted).expect("the guide can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "docs/diagnostics.md is stale; `BLESS=1 cargo test -p bindery-tests --test docs` writes it"
    );
}

/// The fields of a struct of `config.rs`, as keys of `bindery.toml`.
fn keys(of: &str) -> Vec<String> {
    let source = root().join("generator/src/config.rs");
    let file = syn::parse_file(&fs::read_to_string(source).expect("a source")).expect("Rust");
    let found = file.items.iter().find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == of => Some(item),
        _ => None,
    });
    let fields = &found.expect("the struct").fields;
    fields
        .iter()
        .filter_map(|field| field.ident.as_ref())
        .map(|name| name.to_string().replace('_', "-"))
        .collect()
}

#[test]
fn every_key_is_documented() {
    let guide = fs::read_to_string(root().join("docs/configuration.md")).expect("the guide");
    let keys = keys("Options");
    assert!(keys.len() > 10);
    for key in keys {
        assert!(
            guide.contains(&format!("| `{key}` |")),
            "docs/configuration.md lacks `{key}`"
        );
    }
}

/// The guide of the specification and the cases are in step: every case proves something that the guide
/// says, and every case that the guide names is there.
#[test]
fn every_case_is_in_the_guide() {
    let guide = fs::read_to_string(root().join("docs/openapi.md")).expect("the guide");
    let cases: BTreeSet<String> = documents("cases")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut named = BTreeSet::new();
    for line in guide.lines().filter(|line| line.starts_with("| ")) {
        let proof = line
            .trim_end_matches(" |")
            .rsplit(" | ")
            .next()
            .unwrap_or_default();
        if proof == "shown by" {
            continue;
        }
        let proofs: Vec<&str> = proof.split(", ").collect();
        for name in &proofs {
            let name = name
                .strip_prefix('`')
                .and_then(|name| name.strip_suffix('`'));
            let name = name.unwrap_or_else(|| panic!("no case proves: {line}"));
            named.insert(name.to_owned());
        }
    }
    assert_eq!(named, cases);
}

#[test]
fn every_extension_is_documented() {
    let source = root().join("generator/src/lower/extension.rs");
    let source = fs::read_to_string(source).expect("a source");
    let guide = fs::read_to_string(root().join("docs/extensions.md")).expect("the guide");
    let mut keys: Vec<&str> = source
        .split('"')
        .filter(|text| text.starts_with("x-") && !text.contains(' '))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    assert!(keys.len() >= 6, "{keys:?}");
    for key in keys {
        assert!(
            guide.contains(&format!("`{key}`")),
            "docs/extensions.md lacks `{key}`"
        );
    }
}
