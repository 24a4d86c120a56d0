//! `measure tree`: how many crates a program on an emitted crate brings.

use std::collections::BTreeSet;
use std::process::Command;

use bindery_tests::cases::root;

use super::print;

/// Counts the crates that the program of `tests/consumer` is built of, itself included.
pub(crate) fn tree() -> Result<(), String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root().join("tests/consumer"))
        .args([
            "tree", "-e", "normal", "--prefix", "none", "--format", "{p}",
        ])
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let crates: BTreeSet<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    print(&format!(
        "tests/consumer: {} crates in the normal dependency tree, TLS included\n",
        crates.len()
    ));
    Ok(())
}
