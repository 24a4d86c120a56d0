//! `measure generate`: how long generating takes and how much memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::print;
use super::process::{peak_memory, release};

/// Builds the program, then measures it in a process of its own: what building took must not count.
pub(crate) fn generate(spec: &Path, runs: usize) -> Result<(), String> {
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
pub(crate) fn run(program: &Path, spec: &Path, runs: usize) -> Result<(), String> {
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
        peak_memory().map_or_else(
            || "unknown".to_owned(),
            |megabytes| format!("{megabytes:.1} MB")
        )
    ));
    Ok(())
}
