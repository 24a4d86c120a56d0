//! `generated/` is what `spec/workspace.yaml` becomes.

use bindery::config;
use bindery::diag::Diags;
use bindery::document::Document;
use bindery::names::Settled;
use bindery::output::{self, Change, Manifest};
use bindery_tests::cases::{root, shown};

/// The crates of `bindery.toml` are up to date.
#[test]
fn the_tree_is_fresh() {
    let root = root();
    let diags = Diags::default();
    let path = root.join("bindery.toml");
    let text = std::fs::read_to_string(&path).expect("bindery.toml can be read");
    let config = config::parse("bindery.toml", &text, &diags).expect("bindery.toml is valid");
    for options in &config.crates {
        let spec =
            std::fs::read_to_string(root.join(&options.spec)).expect("the document can be read");
        let name = options.spec.to_string_lossy();
        let document = Document::from_text(&name, spec, &diags).expect("the document can be read");
        let out = root.join(&options.out);
        let settled: Settled = Manifest::read(&out)
            .expect("the manifest can be read")
            .names;
        let generated = bindery::generate(&document, options, &settled, &diags);
        let generated = generated.unwrap_or_else(|_| panic!("{}", shown(&diags)));
        let changes = output::compare(&generated.files, &out, &diags);
        let changes = changes.unwrap_or_else(|_| panic!("{}", shown(&diags)));
        let diff: String = changes
            .iter()
            .map(|(path, change)| match change {
                Change::Added { new } => output::unified(path, "", new),
                Change::Changed { old, new } => output::unified(path, old, new),
                Change::Removed { old } => output::unified(path, old, ""),
            })
            .collect();
        assert!(
            changes.is_empty(),
            "`{}` is stale; `cargo run -- generate` brings it up to date:\n{diff}",
            options.out.display()
        );
    }
}
