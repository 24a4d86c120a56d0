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
       measure                          both, for spec/workspace.yaml
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
