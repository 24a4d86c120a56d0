//! Measures what the README and the guides claim: how long generating takes and how much memory,
//! and how many crates a program on an emitted crate brings.
//!
//! Not a test: figures depend on the machine. It prints the median and the range of several runs
//! of the whole process.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use bindery_tests::cases::root;

const HELP: &str = "\
Measures Bindery.

Usage: measure generate [SPEC] [RUNS]   time and memory of `bindery generate`, release build
       measure tree                     crates in the dependency tree of tests/consumer
       measure models [COUNT]           `cargo check` of COUNT structs, as emitted and derived
       measure                          the first two, for spec/workspace.yaml
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let spec = root().join("spec/workspace.yaml");
    let result = match words.as_slice() {
        [] => generate(&spec, 20).and_then(|()| tree()),
        ["generate"] => generate(&spec, 20),
        ["generate", spec] => generate(Path::new(spec), 5),
        ["generate", spec, runs] => match runs.parse() {
            Ok(runs) if runs > 0 => generate(Path::new(spec), runs),
            Ok(_) | Err(_) => Err(format!("`{runs}` is no number of runs")),
        },
        ["run", program, spec, runs] => match runs.parse() {
            Ok(runs) if runs > 0 => run(Path::new(program), Path::new(spec), runs),
            Ok(_) | Err(_) => Err(format!("`{runs}` is no number of runs")),
        },
        ["tree"] => tree(),
        ["models"] => models(600),
        ["models", count] => match count.parse() {
            Ok(count) if count > 0 => models(count),
            Ok(_) | Err(_) => Err(format!("`{count}` is no number of structs")),
        },
        ["--help" | "-h"] => {
            print(HELP);
            return ExitCode::SUCCESS;
        }
        _ => {
            print(HELP);
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print(&format!("{error}\n"));
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) {
    // A reader that has gone away is no failure of ours.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Builds the program, then measures it in a process of its own: what building took must not count.
fn generate(spec: &Path, runs: usize) -> Result<(), String> {
    let program = release()?;
    let spec = std::path::absolute(spec).map_err(|error| error.to_string())?;
    let itself = std::env::current_exe().map_err(|error| error.to_string())?;
    let status = Command::new(itself)
        .arg("run")
        .arg(program)
        .arg(spec)
        .arg(runs.to_string())
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err("it could not be measured".to_owned())
    }
}

/// Runs `bindery generate` into a fresh folder, several times after a warm-up.
fn run(program: &Path, spec: &Path, runs: usize) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("bindery-measure-{}", std::process::id()));
    let mut times = Vec::new();
    for run in 0..=runs {
        let _ = std::fs::remove_dir_all(&folder);
        let begin = Instant::now();
        let status = Command::new(program)
            .args(["generate", "--name", "measured", "--spec"])
            .arg(spec)
            .arg("--out")
            .arg(&folder)
            .stderr(Stdio::null())
            .status()
            .map_err(|error| error.to_string())?;
        let time = begin.elapsed();
        if !status.success() {
            return Err(format!(
                "`bindery generate --spec {}` failed",
                spec.display()
            ));
        }
        if run > 0 {
            times.push(time);
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    times.sort();
    let seconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    print(&format!(
        "generate {}: {} (from {} to {}, {runs} runs), peak memory {}\n",
        spec.file_name().unwrap_or_default().to_string_lossy(),
        seconds(times[times.len() / 2]),
        seconds(times[0]),
        seconds(times[times.len() - 1]),
        peak_memory()
    ));
    Ok(())
}

/// The program, built for release.
fn release() -> Result<PathBuf, String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["build", "--release", "--quiet", "-p", "bindery"])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| error.to_string())?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "bindery")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .ok_or_else(|| "bindery does not build".to_owned())
}

/// The most memory that a child of this process had at once.
#[cfg(unix)]
fn peak_memory() -> String {
    use nix::sys::resource::{UsageWho, getrusage};
    match getrusage(UsageWho::RUSAGE_CHILDREN) {
        // Linux counts kibibytes, macOS bytes.
        Ok(usage) if cfg!(target_os = "macos") => format!("{:.1} MB", usage.max_rss() as f64 / 1e6),
        Ok(usage) => format!("{:.1} MB", usage.max_rss() as f64 * 1024.0 / 1e6),
        Err(error) => format!("unknown ({error})"),
    }
}

/// The most memory that a child of this process had at once.
#[cfg(not(unix))]
fn peak_memory() -> String {
    "unknown on this system".to_owned()
}

/// Counts the crates that the program of `tests/consumer` is built of, itself included.
fn tree() -> Result<(), String> {
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

/// The properties of each struct that is measured: its name, its schema, its type in Rust.
const FIELDS: [(&str, &str, &str); 10] = [
    ("desktop_id", r#"{"type":"string"}"#, "String"),
    ("computer_name", r#"{"type":"string"}"#, "String"),
    ("size", r#"{"type":"integer"}"#, "i64"),
    ("description", r#"{"type":"string"}"#, "Option<String>"),
    ("status", r#"{"type":"string"}"#, "Option<String>"),
    ("project_id", r#"{"type":"string"}"#, "Option<String>"),
    ("limit", r#"{"type":"integer"}"#, "Option<i64>"),
    ("enabled", r#"{"type":"boolean"}"#, "Option<bool>"),
    (
        "tags",
        r#"{"type":"array","items":{"type":"string"}}"#,
        "Option<Vec<String>>",
    ),
    (
        "parts",
        r#"{"type":"array","items":{"type":"integer"}}"#,
        "Option<Vec<i64>>",
    ),
];

/// Checks a crate of `count` structs of ten fields, three of them required, as it is emitted and
/// with serde's derives.
fn models(count: usize) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("bindery-models-{}", std::process::id()));
    let result = emitted_models(&folder, count).and_then(|()| derived_models(&folder, count));
    let _ = std::fs::remove_dir_all(&folder);
    result
}

fn emitted_models(folder: &Path, count: usize) -> Result<(), String> {
    let properties: Vec<String> = FIELDS
        .iter()
        .map(|(name, schema, _)| format!("{name:?}:{schema}"))
        .collect();
    let schema = format!(
        r#"{{"type":"object","required":["desktop_id","computer_name","size"],"properties":{{{}}}}}"#,
        properties.join(",")
    );
    let schemas: Vec<String> = (0..count)
        .map(|n| format!(r#""Model{n}":{schema}"#))
        .collect();
    let document = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"Models","version":"1"}},"paths":{{}},"components":{{"schemas":{{{}}}}}}}"#,
        schemas.join(",")
    );
    write(&folder.join("models.json"), &document)?;
    let status = Command::new(release()?)
        .current_dir(folder)
        .args(["generate", "--spec", "models.json", "--out", "emitted"])
        .stderr(Stdio::null())
        .status()
        .map_err(|error| error.to_string())?;
    if !status.success() {
        return Err("the models could not be generated".to_owned());
    }
    check(
        &folder.join("emitted"),
        "as emitted, with accessors and docs",
    )
}

fn derived_models(folder: &Path, count: usize) -> Result<(), String> {
    let package = folder.join("derived");
    let manifest = "[package]\nname = \"derived\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
    write(&package.join("Cargo.toml"), manifest)?;
    let fields: String = FIELDS
        .iter()
        .map(|(name, _, ty)| format!("    pub {name}: {ty},\n"))
        .collect();
    let structs: String = (0..count)
        .map(|n| {
            format!(
                "#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]\npub struct Model{n} {{\n{fields}}}\n"
            )
        })
        .collect();
    write(&package.join("src/lib.rs"), &structs)?;
    check(&package, "serde's derives, nothing else")
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    std::fs::write(path, text).map_err(|error| error.to_string())
}

/// Times `cargo check` of a package alone: its dependencies are checked before.
fn check(package: &Path, what: &str) -> Result<(), String> {
    let source = package.join("src/lib.rs");
    let mut times = Vec::new();
    for run in 0..4 {
        let text = std::fs::read_to_string(&source).map_err(|error| error.to_string())?;
        write(&source, &format!("{text}\n"))?;
        let begin = Instant::now();
        let output = Command::new(env!("CARGO"))
            .current_dir(package)
            .env("CARGO_TARGET_DIR", root().join("target/models"))
            .env("CARGO_INCREMENTAL", "0")
            .args(["check", "--quiet"])
            .output()
            .map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        if run > 0 {
            times.push(begin.elapsed());
        }
    }
    times.sort();
    print(&format!(
        "cargo check, {what}: {:.1} s\n",
        times[times.len() / 2].as_secs_f64()
    ));
    Ok(())
}
