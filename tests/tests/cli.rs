//! The program as its users meet it: right and wrong use, exit codes, and what happens to the disk.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

use bindery_tests::cases::{program, root};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Greeter, version: "1" }
servers: [{ url: https://example.com }]
paths:
  /greeting/{name}:
    get:
      operationId: greet
      tags: [Greetings]
      parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
      responses:
        "200": { description: A greeting., content: { application/json: { schema: { $ref: "#/components/schemas/Greeting" } } } }
components:
  schemas:
    Greeting: { type: object, properties: { text: { type: string } } }
"##;

/// Runs the program in a folder.
fn bindery(folder: &Path, arguments: &[&str]) -> Output {
    static PROGRAM: OnceLock<std::path::PathBuf> = OnceLock::new();
    Command::new(PROGRAM.get_or_init(program))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("api.yaml"), DOCUMENT).expect("a document");
    folder
}

const GENERATE: &[&str] = &["generate", "--spec", "api.yaml", "--out", "greeter"];

#[test]
fn a_document_becomes_a_crate() {
    let folder = folder();
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("greeter: 1 operations, 1 types"),
        "{}",
        said(&output)
    );
    assert_eq!(printed(&output), "");
    let emitted = fs::read_to_string(folder.path().join("greeter/src/operations/greetings.rs"));
    assert!(
        emitted
            .expect("the file")
            .contains("pub fn greet(&self, name: impl Into<String>)")
    );
    // In a pipe nothing moves.
    assert!(!said(&output).contains('\r') && !said(&output).contains('\x1b'));
}

#[test]
fn a_second_run_writes_nothing() {
    let folder = folder();
    bindery(folder.path(), GENERATE);
    let manifest = folder.path().join("greeter/bindery-manifest.json");
    let before = fs::metadata(&manifest)
        .and_then(|data| data.modified())
        .expect("a time");
    let output = bindery(folder.path(), GENERATE);
    assert!(said(&output).contains("none changed"), "{}", said(&output));
    let after = fs::metadata(&manifest)
        .and_then(|data| data.modified())
        .expect("a time");
    assert_eq!(before, after);
}

#[test]
fn check_shows_what_is_stale() {
    let folder = folder();
    let check = [
        "generate", "--check", "--spec", "api.yaml", "--out", "greeter",
    ];
    let output = bindery(folder.path(), &check);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        !folder.path().join("greeter").exists(),
        "nothing is written"
    );
    bindery(folder.path(), GENERATE);
    assert_eq!(bindery(folder.path(), &check).status.code(), Some(0));
    let changed = DOCUMENT.replace("text: { type: string }", "text: { type: integer }");
    fs::write(folder.path().join("api.yaml"), changed).expect("a change");
    let output = bindery(folder.path(), &check);
    assert_eq!(output.status.code(), Some(1));
    let diff = printed(&output);
    assert!(
        diff.contains("--- a/src/types/greeting.rs\n+++ b/src/types/greeting.rs\n@@"),
        "{diff}"
    );
    assert!(
        diff.contains("-    pub text: Option<String>,\n+    pub text: Option<i64>,"),
        "{diff}"
    );
    assert!(said(&output).contains("stale"), "{}", said(&output));
}

#[test]
fn what_is_no_longer_emitted_is_deleted() {
    let folder = folder();
    bindery(folder.path(), GENERATE);
    let old = folder.path().join("greeter/src/types/greeting.rs");
    assert!(old.exists());
    // What Cargo leaves there is not ours to delete, and no reason to stop.
    fs::create_dir_all(folder.path().join("greeter/target/debug")).expect("a folder");
    fs::write(folder.path().join("greeter/target/debug/x"), "").expect("a file");
    fs::write(folder.path().join("greeter/Cargo.lock"), "").expect("a file");
    fs::write(
        folder.path().join("api.yaml"),
        DOCUMENT.replace("Greeting", "Salute"),
    )
    .expect("a change");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!old.exists());
    assert!(folder.path().join("greeter/src/types/salute.rs").exists());
    assert!(folder.path().join("greeter/Cargo.lock").exists());
    assert!(folder.path().join("greeter/target/debug/x").exists());
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let folder = folder();
    let out = folder.path().join("greeter");
    fs::create_dir_all(out.join("src")).expect("a folder");
    fs::write(out.join("src/lib.rs"), "// mine").expect("a file");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("foreign-files") && said.contains("`src/lib.rs`"),
        "{said}"
    );
    assert_eq!(
        fs::read_to_string(out.join("src/lib.rs")).expect("the file"),
        "// mine"
    );
    assert!(!out.join("Cargo.toml").exists());

    // The same where one file was put into a folder of ours.
    let folder = self::folder();
    bindery(folder.path(), GENERATE);
    fs::write(folder.path().join("greeter/src/mine.rs"), "").expect("a file");
    fs::write(
        folder.path().join("api.yaml"),
        DOCUMENT.replace("text", "words"),
    )
    .expect("a change");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(1));
    let emitted = fs::read_to_string(folder.path().join("greeter/src/types/greeting.rs"));
    assert!(
        emitted.expect("the file").contains("text"),
        "the previous output stays"
    );
}

#[test]
fn an_edited_manifest_cannot_delete_elsewhere() {
    let folder = folder();
    bindery(folder.path(), GENERATE);
    let manifest = folder.path().join("greeter/bindery-manifest.json");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    let edited = text.replacen("\"files\": {", "\"files\": { \"../api.yaml\": \"\",", 1);
    fs::write(&manifest, edited).expect("an edit");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(folder.path().join("api.yaml").exists());
    // One that cannot be read stops the run, since it says what may be replaced.
    fs::write(&manifest, "{").expect("an edit");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("bindery-manifest.json"),
        "{}",
        said(&output)
    );
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let folder = folder();
    fs::write(folder.path().join("greeter"), "a file").expect("a file");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("unwritable-output"),
        "{}",
        said(&output)
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("greeter")).expect("the file"),
        "a file"
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_out_of_the_folder() {
    let folder = folder();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("greeter")).expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("greeter/src"))
        .expect("a link");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
}

/// A document that cannot be read leaves the previous output as it was.
#[test]
fn broken_documents_touch_nothing() {
    let folder = folder();
    bindery(folder.path(), GENERATE);
    let emitted = folder.path().join("greeter/src/types/greeting.rs");
    let before = fs::read_to_string(&emitted).expect("the file");
    for broken in [
        "",
        "{",
        "openapi: 4.0.0\n",
        "- a\n- list\n",
        "openapi: 3.0.3\nx: \u{0}\n",
    ] {
        fs::write(folder.path().join("api.yaml"), broken).expect("a change");
        let output = bindery(folder.path(), GENERATE);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{broken:?}: {}",
            said(&output)
        );
        assert!(
            said(&output).contains("nothing was written"),
            "{broken:?}: {}",
            said(&output)
        );
        assert_eq!(fs::read_to_string(&emitted).expect("the file"), before);
    }
    fs::write(folder.path().join("api.yaml"), [0xff, 0xfe, 0x00]).expect("a change");
    assert_eq!(bindery(folder.path(), GENERATE).status.code(), Some(1));
    fs::remove_file(folder.path().join("api.yaml")).expect("it is gone");
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("unreadable-file"),
        "{}",
        said(&output)
    );
    assert_eq!(fs::read_to_string(&emitted).expect("the file"), before);
}

#[test]
fn strict_refuses_what_is_lost() {
    let folder = folder();
    let lossy = DOCUMENT.replace(
        "{ type: string } } }",
        "{ type: string }, odd: { type: nothing } } }",
    );
    assert_ne!(lossy, DOCUMENT);
    fs::write(folder.path().join("api.yaml"), lossy).expect("a change");
    let output = bindery(folder.path(), &[GENERATE, &["--strict"]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(!folder.path().join("greeter").exists());
    let output = bindery(folder.path(), GENERATE);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        said(&output).trim_end().ends_with("1 widened"),
        "{}",
        said(&output)
    );
}

#[test]
fn wrong_use_is_explained() {
    let folder = folder();
    let cases: &[(&[&str], &str)] = &[
        (&[], "Usage"),
        (&["generat"], "generate"),
        (&["generate", "--spec", "api.yaml"], "--out"),
        (&["generate", "--speck", "api.yaml"], "--spec"),
        (&["generate"], "bindery.toml"),
        (
            &[
                "generate", "--spec", "api.yaml", "--out", "x", "--name", "no name",
            ],
            "name of a package",
        ),
        (
            &[
                "generate", "--spec", "api.yaml", "--out", "x", "--layout", "heap",
            ],
            "module",
        ),
        (&["explain", "danglin-reference"], "dangling-reference"),
        (&["inspect"], "SPEC"),
    ];
    for (arguments, expected) in cases {
        let output = bindery(folder.path(), arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(
            said(&output).contains(expected),
            "{arguments:?}: {}",
            said(&output)
        );
    }
}

#[test]
fn a_broken_configuration_is_located() {
    let folder = folder();
    let toml = folder.path().join("bindery.toml");
    let cases = [
        (
            "[[crate]]\nspec = 'api.yaml'\nout = 'x'\nname = 'x'\nnmae = 'y'\n",
            "bindery.toml:5:1",
        ),
        ("[[crate]]\nspec = 5\n", "bindery.toml:2:8"),
        ("[[crate]\n", "bindery.toml:1"),
        (
            "[[crate]]\nspec = 'api.yaml'\nout = 'x'\nname = 'x'\nversion = 'one'\n",
            "semantic version",
        ),
    ];
    for (text, expected) in cases {
        fs::write(&toml, text).expect("a configuration");
        let output = bindery(folder.path(), &["generate"]);
        assert_eq!(output.status.code(), Some(2), "{text}: {}", said(&output));
        assert!(
            said(&output).contains(expected),
            "{text}: {}",
            said(&output)
        );
    }
}

/// Paths are relative to the file that lists them, and one crate that fails keeps no other from it.
#[test]
fn a_configuration_lists_several_crates() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub")).expect("a folder");
    let text = "[[crate]]\nspec = '../missing.yaml'\nout = 'a'\nname = 'a'\n\n[[crate]]\nspec = '../api.yaml'\nout = 'b'\nname = 'b'\n";
    fs::write(folder.path().join("sub/bindery.toml"), text).expect("a configuration");
    let output = bindery(folder.path(), &["generate", "--config", "sub/bindery.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("unreadable-file"),
        "{}",
        said(&output)
    );
    assert!(folder.path().join("sub/b/Cargo.toml").exists());
    assert!(!folder.path().join("sub/a").exists());
}

const OVERLAY: &str = r#"
overlay: 1.0.0
info: { title: Names, version: "1" }
extends: api.yaml
actions:
  - target: $.paths.*.get
    update: { operationId: sayHello }
  - target: $.components.schemas.Nothing
    remove: true
"#;

#[test]
fn overlays_mend_documents() {
    let folder = folder();
    let fixes = folder.path().join("fixes");
    fs::create_dir(&fixes).expect("a folder");
    fs::write(fixes.join("names.yaml"), OVERLAY).expect("an overlay");
    let inspected = bindery(
        folder.path(),
        &["inspect", "api.yaml", "--overlay", "fixes/names.yaml"],
    );
    assert!(printed(&inspected).contains("Client::say_hello"));
    let linted = bindery(
        folder.path(),
        &["lint", "api.yaml", "--overlay", "fixes/names.yaml"],
    );
    assert_eq!(linted.status.code(), Some(0));
    let said_of_it = said(&linted);
    assert!(said_of_it.contains("overlay-mismatch"), "{said_of_it}");
    assert!(said_of_it.contains("fixes/names.yaml:8:13"), "{said_of_it}");
    let flags = [GENERATE, &["--overlay", "fixes/names.yaml"]].concat();
    assert_eq!(bindery(folder.path(), &flags).status.code(), Some(0));
    // The same from a file, whose paths are from its folder on.
    let config = "[[crate]]\nname = \"greeter\"\nspec = \"../api.yaml\"\nout = \"../greeter\"\n\
                  overlays = [\"names.yaml\"]\n";
    fs::write(fixes.join("bindery.toml"), config).expect("a configuration");
    let config = ["generate", "--config", "fixes/bindery.toml", "--check"];
    let checked = bindery(folder.path(), &config);
    assert_eq!(checked.status.code(), Some(0), "{}", printed(&checked));
}

#[test]
fn a_broken_overlay_touches_nothing() {
    let folder = folder();
    let flags = [GENERATE, &["--overlay", "fix.yaml"]].concat();
    for (text, code) in [
        (None, "unreadable-file"),
        (Some("actions: []"), "invalid-overlay"),
        (Some("{"), "syntax-error"),
    ] {
        if let Some(text) = text {
            fs::write(folder.path().join("fix.yaml"), text).expect("an overlay");
        }
        let output = bindery(folder.path(), &flags);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains(code), "{}", said(&output));
        assert!(!folder.path().join("greeter").exists());
    }
    let alone = bindery(folder.path(), &["generate", "--overlay", "fix.yaml"]);
    assert_eq!(alone.status.code(), Some(2), "{}", said(&alone));
}

#[test]
fn inspect_is_for_people_and_programs() {
    let folder = folder();
    let text = printed(&bindery(folder.path(), &["inspect", "api.yaml"]));
    for part in [
        "Client::greet",
        "GET",
        "/greeting/{name}",
        "types::Greeting",
        "struct",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let json = printed(&bindery(
        folder.path(),
        &["inspect", "api.yaml", "--format", "json"],
    ));
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["operations"][0]["rust"], "Client::greet");
    assert_eq!(
        report["operations"][0]["pointer"],
        "/paths/~1greeting~1{name}/get"
    );
    assert_eq!(report["types"][0]["rust"], "types::Greeting");
}

#[test]
fn help_helps() {
    let folder = folder();
    for arguments in [&["--help"][..], &["generate", "--help"], &["help", "lint"]] {
        let output = bindery(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(
            printed(&output).contains("Usage: bindery"),
            "{}",
            printed(&output)
        );
    }
    let list = printed(&bindery(folder.path(), &["explain"]));
    assert!(list.lines().count() > 30, "{list}");
    let page = printed(&bindery(folder.path(), &["explain", "dangling-reference"]));
    assert!(page.starts_with("widened[dangling-reference]"), "{page}");
}

/// The crate of the `greeter` compiles without a warning, in each form that can be asked for.
#[test]
fn what_is_emitted_compiles() {
    for (layout, runtime) in [
        ("crate", "copied"),
        ("crate", "crate"),
        ("module", "copied"),
        ("module", "crate"),
    ] {
        let folder = folder();
        let arguments = [GENERATE, &["--layout", layout, "--runtime", runtime]].concat();
        let output = bindery(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let package = match layout {
            "crate" => folder.path().join("greeter"),
            _ => including(folder.path(), runtime),
        };
        let manifest = package.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).expect("a manifest");
        let runtime = root().join("generator/runtime");
        let patched = format!(
            "{text}\n[workspace]\n\n[patch.crates-io]\nbindery-runtime = {{ path = {:?} }}\n",
            runtime.display().to_string()
        );
        fs::write(
            &manifest,
            if text.contains("bindery-runtime") {
                patched
            } else {
                format!("{text}\n[workspace]\n")
            },
        )
        .expect("a manifest");
        let output = Command::new(env!("CARGO"))
            .current_dir(&package)
            .env("CARGO_TARGET_DIR", root().join("target/emitted"))
            .env("RUSTFLAGS", "-D warnings")
            .args(["check", "--quiet"])
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{layout}: {}", said(&output));
    }
}

/// A crate that includes the tree of modules, as one with a `build.rs` does.
fn including(folder: &Path, runtime: &str) -> std::path::PathBuf {
    let package = folder.join("including");
    fs::create_dir_all(package.join("src")).expect("a folder");
    let rest = match runtime {
        "crate" => "[dependencies]\nbindery-runtime = \"0.1\"\n".to_owned(),
        // The crates and the feature that the copied files name, as the manifest of a crate has them.
        _ => {
            bindery(folder, &["generate", "--spec", "api.yaml", "--out", "twin"]);
            let manifest = fs::read_to_string(folder.join("twin/Cargo.toml")).expect("a manifest");
            let start = manifest.find("[features]").expect("features");
            let end = manifest.find("[lints").expect("lints");
            manifest[start..end].to_owned()
        }
    };
    let manifest = format!(
        "[package]\nname = \"including\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{rest}"
    );
    fs::write(package.join("Cargo.toml"), manifest).expect("a manifest");
    let tree = folder.join("greeter/mod.rs");
    let text = format!(
        "pub mod api {{\n    include!({:?});\n}}\n",
        tree.display().to_string()
    );
    fs::write(package.join("src/lib.rs"), text).expect("a library");
    package
}
