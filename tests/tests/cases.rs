//! Each small document of `cases/`, a file or a folder of files, becomes the model and names of its snapshot, and the code of its
//! golden, which the package in `golden/` compiles.
//!
//! `INSTA_UPDATE=always cargo test -p bindery-tests --test cases` accepts new snapshots;
//! `BLESS=1 cargo test -p bindery-tests --test cases` writes new goldens. The diff is the review.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bindery::diag::Diags;
use bindery::inspect;
use bindery::names::Settled;
use bindery::output::unified;
use bindery::plan;
use bindery_tests::cases::{blessing, documents, file_name, folder, generate_golden, read, shown};

/// The model, the names and the diagnostics of each case.
#[test]
fn models_and_names() {
    for (name, path) in documents("cases") {
        let diags = Diags::default();
        let document = read(&path, &diags);
        let planned = document.and_then(|document| plan(&document, &Settled::new(), &diags));
        let planned = planned.unwrap_or_else(|_| panic!("{name}: {}", shown(&diags)));
        let report = inspect::inspect(&planned.api, &planned.names, &[]);
        let snapshot = format!(
            "{}\n----- names\n{}\n----- diagnostics\n{}",
            inspect::dump(&planned.api),
            report.text(),
            shown(&diags)
        );
        insta::with_settings!({
            snapshot_path => folder().join("cases/snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, snapshot);
        });
    }
}

/// The code of each case.
#[test]
fn goldens() {
    let mut stale = String::new();
    let mut modules = String::new();
    for (name, path) in documents("cases") {
        let diags = Diags::default();
        let file = file_name(&path);
        let generated = generate_golden(&path, &diags);
        let generated = generated.unwrap_or_else(|_| panic!("{name}: {}", shown(&diags)));
        let module = name.replace('-', "_");
        let golden = folder().join("golden").join(&module);
        let mut expected = BTreeSet::new();
        for (path, text) in &generated.files.files {
            if path.ends_with(".rs") {
                expected.insert(path.clone());
                compare(
                    &golden.join(path),
                    text,
                    &format!("golden/{module}/{path}"),
                    &mut stale,
                );
            }
        }
        for path in leftovers(&golden, &golden, &expected) {
            if blessing() {
                fs::remove_file(golden.join(&path)).expect("a golden can be deleted");
            } else {
                stale.push_str(&format!("golden/{module}/{path} is no longer emitted\n"));
            }
        }
        modules.push_str(&format!(
            "
/// What `cases/{file}` becomes.
#[rustfmt::skip]
pub mod {module};
"
        ));
    }
    let declared = format!(
        "//! What the cases become: `cargo test` shows that it compiles.
{modules}"
    );
    compare(
        &folder().join("golden/lib.rs"),
        &declared,
        "golden/lib.rs",
        &mut stale,
    );
    assert!(
        stale.is_empty(),
        "goldens are stale; `BLESS=1 cargo test -p bindery-tests --test cases` writes them:\n{stale}"
    );
}

/// Compares a file with what belongs there, or writes it.
fn compare(path: &Path, text: &str, shown: &str, stale: &mut String) {
    let old = fs::read_to_string(path).unwrap_or_default();
    if old == text {
        return;
    }
    if blessing() {
        fs::create_dir_all(path.parent().unwrap_or(path)).expect("the folder can be made");
        fs::write(path, text).expect("the golden can be written");
    } else {
        stale.push_str(&unified(shown, &old, text));
    }
}

/// Files of a golden that are not expected.
fn leftovers(root: &Path, folder: &Path, expected: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(leftovers(root, &path, expected));
        } else if let Ok(relative) = path.strip_prefix(root) {
            let relative = relative.to_string_lossy().replace('\\', "/");
            if !expected.contains(&relative) {
                found.push(relative);
            }
        }
    }
    found.sort();
    found
}
