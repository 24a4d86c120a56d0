//! `tests/consumer` builds outside the workspace and does its work against the local server; so it
//! does when it is copied out of the tree together with `generated/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use bindery_tests::cases::root;
use bindery_tests::gateway::check_signature;
use bindery_tests::{Answer, Received, Server};
use serde_json::json;

const AK: &str = "AKEXAMPLE0000000001";
const SK: &str = "a secret";

/// Cargo, as the one that runs this test.
fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder);
    command.env("CARGO_TARGET_DIR", root().join("target/consumer"));
    command.env_remove("RUSTFLAGS");
    command
}

fn succeeded(output: &Output, what: &str) {
    assert!(
        output.status.success(),
        "{what} failed:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Builds the consumer in a folder and says where its program is.
fn build(folder: &Path) -> PathBuf {
    let output = cargo(folder)
        .args(["build", "--quiet"])
        .output()
        .expect("cargo runs");
    succeeded(&output, "cargo build");
    let warnings = String::from_utf8_lossy(&output.stderr);
    assert!(!warnings.contains("warning"), "{warnings}");
    root()
        .join("target/consumer/debug/consumer")
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// Runs the program against a server.
fn run(program: &Path, workspace: &Server, sts: &Server) -> Output {
    Command::new(program)
        .args(["d3b0", "golden-image"])
        .env("WORKSPACE_URL", workspace.url())
        .env("STS_URL", sts.url())
        .env("HUAWEICLOUD_SDK_AK", AK)
        .env("HUAWEICLOUD_SDK_SK", SK)
        .env("HUAWEICLOUD_SDK_PROJECT_ID", "p1")
        .env_remove("HUAWEICLOUD_SDK_SECURITY_TOKEN")
        .output()
        .expect("the program runs")
}

/// A server that answers by path, and refuses what is not signed.
fn service(answers: &'static [(&'static str, u16, &'static str)]) -> Server {
    Server::start(move |request: &Received| {
        if let Err(reason) = check_signature(request, AK, SK) {
            return Answer::json(
                401,
                &json!({"error_code": "APIGW.0301", "error_msg": reason}),
            );
        }
        let found = answers.iter().find(|(path, ..)| *path == request.target);
        match found {
            Some((_, status, body)) => Answer::status(*status)
                .header("Content-Type", "application/json")
                .body(*body),
            None => Answer::status(404),
        }
    })
}

const CONVERT: &str = "/v2/p1/desktops/desktop-to-image";

#[test]
fn a_program_converts_a_desktop() {
    let program = build(&root().join("tests/consumer"));

    let workspace = service(&[
        (CONVERT, 200, r#"{"job_id": "j 1"}"#),
        (
            "/v2/p1/workspace-jobs/j%201",
            200,
            r#"{"status": "RUNNING"}"#,
        ),
    ]);
    let sts = service(&[]);
    let output = run(&program, &workspace, &sts);
    succeeded(&output, "the conversion");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "job j 1\nstill RUNNING\n"
    );
    assert_eq!(workspace.received().len(), 2);

    let workspace = service(&[(
        CONVERT,
        403,
        r#"{"error_code": "WKS.1", "error_msg": "no", "encoded_authorization_message": "Zm9v"}"#,
    )]);
    let sts = service(&[(
        "/v5/decode-authorization-message",
        200,
        r#"{"decoded_message": "the policy denies it"}"#,
    )]);
    let output = run(&program, &workspace, &sts);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "refused: the policy denies it\n"
    );
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(shown.contains("WKS.1"), "{shown}");
    assert_eq!(sts.only().json(), json!({"encoded_message": "Zm9v"}));
}

/// Copies the Rust sources and manifests of a folder, nothing that was built.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder can be read").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if name == "target" || name == "Cargo.lock" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("a file can be copied");
        }
    }
}

/// The features of a crate, `default` left out.
fn features(package: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = toml::from_str(&manifest).expect("a manifest is TOML");
    let features = manifest["features"].as_table().expect("features");
    features
        .keys()
        .filter(|name| *name != "default")
        .cloned()
        .collect()
}

/// The emitted crate needs nothing of this tree, and compiles without a warning with no feature,
/// with each alone, and with all.
#[test]
fn the_pair_stands_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let emitted = folder.path().join("generated");
    copy(&root().join("generated"), &emitted);
    let consumer = folder.path().join("tests/consumer");
    copy(&root().join("tests/consumer"), &consumer);
    build(&consumer);

    let check = |arguments: &[&str]| {
        let output = cargo(&emitted)
            .env("RUSTFLAGS", "-D warnings")
            .env("CARGO_TARGET_DIR", root().join("target/emitted"))
            .args(["check", "--quiet"])
            .args(arguments)
            .output()
            .expect("cargo runs");
        succeeded(&output, &format!("cargo check {arguments:?}"));
    };
    check(&["--no-default-features"]);
    let features = features(&emitted);
    assert!(features.len() >= 4, "{features:?}");
    for feature in &features {
        check(&["--no-default-features", "--features", feature]);
    }
    check(&["--all-features"]);
}

/// Each package holds what it needs, the runtime its sources as text above all.
#[test]
fn packages_are_whole() {
    let packages = ["bindery-runtime", "bindery", "huaweicloud-workspace"];
    let list = |package: &str| {
        let output = cargo(&root())
            .args(["package", "--list", "--allow-dirty", "-p", package])
            .output()
            .expect("cargo runs");
        succeeded(&output, "cargo package --list");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for package in packages {
        let files = list(package);
        for file in ["README.md", "src/lib.rs"] {
            assert!(
                files.lines().any(|line| line == file),
                "{package} lacks {file}:\n{files}"
            );
        }
        assert!(!files.contains("target/"), "{files}");
    }
    assert!(
        list("bindery-runtime")
            .lines()
            .any(|line| line == "src/object.rs")
    );
    assert!(
        list("huaweicloud-workspace")
            .lines()
            .any(|line| line == "src/runtime/object.rs")
    );
    // The packages build from what they hold, one after the other, without the registry's copies.
    let mut command = cargo(&root());
    command.args(["package", "--allow-dirty", "--quiet"]);
    for package in packages {
        command.args(["-p", package]);
    }
    let output = command.output().expect("cargo runs");
    succeeded(&output, "cargo package");
}
