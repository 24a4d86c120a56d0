//! The same document gives the same bytes: twice, in any folder, under any locale.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use bindery_tests::cases::{program, root};

/// The files below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).expect("a folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, fs::read(&path).expect("a file can be read"));
            }
        }
    }
    found
}

#[test]
fn the_same_bytes_everywhere() {
    let spec = root().join("spec/workspace.yaml");
    let program = program();
    let mut results = Vec::new();
    for (locale, zone) in [("C", "UTC"), ("tr_TR.UTF-8", "Asia/Tokyo")] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::copy(&spec, folder.path().join("api.yaml")).expect("a copy");
        let status = Command::new(&program)
            .current_dir(folder.path())
            .env("LC_ALL", locale)
            .env("TZ", zone)
            .args([
                "generate",
                "--spec",
                "api.yaml",
                "--out",
                "deep/er/client",
                "--name",
                "client",
            ])
            .output()
            .expect("the program runs");
        assert!(
            status.status.success(),
            "{}",
            String::from_utf8_lossy(&status.stderr)
        );
        results.push(files(&folder.path().join("deep/er/client")));
    }
    assert!(!results[0].is_empty());
    assert_eq!(results[0], results[1]);
}
