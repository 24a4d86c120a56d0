//! `tests/consumer` builds outside the workspace and does its work against the local server; so it
//! does when it is copied out of the tree together with `generated/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

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

/// The services that the program talks to.
struct Services {
    workspace: Server,
    ims: Server,
    sts: Server,
}

impl Services {
    /// Runs the program against them, with little patience.
    fn run(&self, program: &Path) -> Output {
        Command::new(program)
            .args(["d3b0", "golden-image"])
            .env("WORKSPACE_URL", self.workspace.url())
            .env("IMS_URL", self.ims.url())
            .env("STS_URL", self.sts.url())
            .env("JOB_INTERVAL_MS", "1")
            .env("JOB_LOOKS", "3")
            .env("HUAWEICLOUD_SDK_AK", AK)
            .env("HUAWEICLOUD_SDK_SK", SK)
            .env("HUAWEICLOUD_SDK_PROJECT_ID", "p1")
            .env_remove("HUAWEICLOUD_SDK_SECURITY_TOKEN")
            .output()
            .expect("the program runs")
    }
}

/// A method, a target, and the answers to it in their order; the last one is given again and again.
type Script = &'static [(&'static str, &'static str, &'static [(u16, &'static str)])];

/// A server that answers by a script, and refuses what is not signed.
fn service(script: Script) -> Server {
    let counts: Vec<AtomicUsize> = script.iter().map(|_| AtomicUsize::new(0)).collect();
    Server::start(move |request: &Received| {
        if let Err(reason) = check_signature(request, AK, SK) {
            return Answer::json(
                401,
                &json!({"error_code": "APIGW.0301", "error_msg": reason}),
            );
        }
        let known = |(method, target, _): &(&str, &str, _)| {
            *method == request.method && *target == request.target
        };
        let Some(at) = script.iter().position(known) else {
            return Answer::status(404);
        };
        let answers = script[at].2;
        let count = counts[at].fetch_add(1, Ordering::SeqCst);
        let (status, body) = answers[count.min(answers.len() - 1)];
        Answer::status(status)
            .header("Content-Type", "application/json")
            .header("X-Request-Id", "req-1")
            .body(body)
    })
}

/// What a server was asked, in order.
fn asked(server: &Server) -> Vec<String> {
    let received = server.received();
    let shown = received
        .iter()
        .map(|request| format!("{} {}", request.method, request.target));
    shown.collect()
}

const CHECK: &str = "/v2/p1/desktops/d3b0/sysprep";
const CONVERT: &str = "/v2/p1/desktops/desktop-to-image";
const JOB: &str = "/v2/p1/workspace-jobs/j%201";
const TAGS: &str = "/v2/p1/desktops/d3b0/tags";
const FIND: &str = "/v2/cloudimages?__imagetype=private&name=golden-image&status=active";

const CAN_BE_CONVERTED: &[(u16, &str)] = &[(
    200,
    r#"{"sysprep_version": "23.5.1", "support_create_image": true}"#,
)];
const STARTED: &[(u16, &str)] = &[(200, r#"{"job_id": "j 1"}"#)];

#[test]
fn a_program_converts_a_desktop() {
    let program = build(&root().join("tests/consumer"));
    succeeds(&program);
    a_job_fails(&program);
    a_job_takes_too_long(&program);
    a_desktop_cannot_be_converted(&program);
    a_call_is_refused(&program);
}

/// From the first question to the tag.
fn succeeds(program: &Path) {
    let services = Services {
        workspace: service(&[
            ("GET", CHECK, CAN_BE_CONVERTED),
            ("POST", CONVERT, STARTED),
            (
                "GET",
                JOB,
                &[
                    (200, r#"{"status": "WAITING"}"#),
                    (200, r#"{"status": "ROLLBACK"}"#),
                    (200, r#"{"status": "SUCCESS"}"#),
                ],
            ),
            ("POST", TAGS, &[(204, "")]),
        ]),
        ims: service(&[(
            "GET",
            FIND,
            &[(
                200,
                r#"{"images": [{"id": "i-1", "name": "golden-image", "status": "active"}]}"#,
            )],
        )]),
        sts: service(&[]),
    };
    let output = services.run(program);
    succeeded(&output, "the conversion");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "job j 1\nstill WAITING\nstill ROLLBACK\nimage i-1\ntagged d3b0\n"
    );
    let look = format!("GET {JOB}");
    let story = [
        &format!("GET {CHECK}"),
        &format!("POST {CONVERT}"),
        &look,
        &look,
        &look,
        &format!("POST {TAGS}"),
    ];
    assert_eq!(asked(&services.workspace), story.map(String::as_str));
    let received = services.workspace.received();
    assert_eq!(
        received[1].json(),
        json!({"desktop_id": "d3b0", "image_name": "golden-image", "execute_sysprep": true})
    );
    assert_eq!(
        received[5].json(),
        json!({"tag": {"key": "image", "value": "golden-image"}})
    );
    assert_eq!(asked(&services.ims), [format!("GET {FIND}")]);
    assert_eq!(services.sts.received(), []);
}

/// Services whose job answers like this, and which have no image.
fn with_job(answers: &'static [(u16, &'static str)]) -> Services {
    // A script is borrowed for good; a test is short.
    let script = vec![
        ("GET", CHECK, CAN_BE_CONVERTED),
        ("POST", CONVERT, STARTED),
        ("GET", JOB, answers),
    ];
    Services {
        workspace: service(script.leak()),
        ims: service(&[]),
        sts: service(&[]),
    }
}

fn a_job_fails(program: &Path) {
    let services = with_job(&[(
        200,
        r#"{"status": "FAILED", "job_error_code": "WKS.0407", "fail_reason": "disks are being added"}"#,
    )]);
    let output = services.run(program);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "job j 1\n");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "job j 1 failed: disks are being added (WKS.0407)\n"
    );
    assert_eq!(services.ims.received(), []);
}

fn a_job_takes_too_long(program: &Path) {
    let services = with_job(&[(200, r#"{"status": "RUNNING"}"#)]);
    let output = services.run(program);
    assert_eq!(output.status.code(), Some(1));
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(shown.contains("has not finished"), "{shown}");
    assert_eq!(asked(&services.workspace).len(), 5);
}

/// Nothing is started then.
fn a_desktop_cannot_be_converted(program: &Path) {
    let services = Services {
        workspace: service(&[(
            "GET",
            CHECK,
            &[(
                200,
                r#"{"sysprep_version": "1.0", "support_create_image": false}"#,
            )],
        )]),
        ims: service(&[]),
        sts: service(&[]),
    };
    let output = services.run(program);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "d3b0 cannot be converted (Sysprep 1.0)\n"
    );
    assert_eq!(asked(&services.workspace), [format!("GET {CHECK}")]);
}

/// A refusal is explained, if it can be; whether or not, it is the refusal that is told.
fn a_call_is_refused(program: &Path) {
    let refused = |sts: Script| Services {
        workspace: service(&[
            ("GET", CHECK, CAN_BE_CONVERTED),
            (
                "POST",
                CONVERT,
                &[(
                    403,
                    r#"{"error_code": "WKS.1", "error_msg": "no", "encoded_authorization_message": "Zm9v"}"#,
                )],
            ),
        ]),
        ims: service(&[]),
        sts: service(sts),
    };
    let services = refused(&[(
        "POST",
        "/v5/decode-authorization-message",
        &[(200, r#"{"decoded_message": "the policy denies it"}"#)],
    )]);
    let output = services.run(program);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "refused: the policy denies it\n"
    );
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(shown.contains("WKS.1"), "{shown}");
    assert_eq!(
        services.sts.only().json(),
        json!({"encoded_message": "Zm9v"})
    );

    let output = refused(&[]).run(program);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        told.starts_with("refused, and the reason cannot be decoded"),
        "{told}"
    );
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(shown.contains("WKS.1"), "{shown}");
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

/// Removes what Cargo has unpacked of these packages when they were packaged before: it takes a version
/// that it knows for unchanged.
fn forget_unpacked(packages: &[&str]) {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = home.map(|home| home.join("registry/src"));
    let folders = sources.and_then(|sources| fs::read_dir(sources).ok());
    // A registry in a folder has no host, so that its name begins with a hyphen.
    let local = |folder: &fs::DirEntry| folder.file_name().to_string_lossy().starts_with('-');
    for folder in folders.into_iter().flatten().flatten().filter(local) {
        for package in packages {
            let unpacked = folder.path().join(format!("{package}-0.1.0"));
            if unpacked.exists() {
                fs::remove_dir_all(unpacked).expect("what was unpacked can be removed");
            }
        }
    }
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
    forget_unpacked(&packages);
    let mut command = cargo(&root());
    command.args(["package", "--allow-dirty", "--quiet"]);
    for package in packages {
        command.args(["-p", package]);
    }
    let output = command.output().expect("cargo runs");
    succeeded(&output, "cargo package");
}
