//! Processes and what they took.
//!
//! What a process took is asked of the system by its parent, about all of its children at once. So
//! each process that is measured gets a parent of its own: this program again, as `measure child`,
//! or in the place of `rustc` where Cargo starts that.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use bindery_tests::cases::root;
use clap::Args;
use serde_json::{Value, json};

use super::write;

/// The variable with the file in which a stand-in for `rustc` writes down what that took.
const RUSTC_REPORT: &str = "BINDERY_MEASURE_RUSTC";

/// The exit code of `measure child` when the program took too long.
const TOO_LONG: i32 = 124;

/// What a process took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// From its start to its end, in seconds.
    pub(crate) wall: f64,
    /// Of all processors, in seconds.
    pub(crate) cpu: Option<f64>,
    /// The most memory that it had at once, in megabytes; of the largest, if it started others.
    pub(crate) peak: Option<f64>,
}

impl Cost {
    fn read(path: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let value: Value = serde_json::from_str(&text).ok()?;
        Some(Self {
            wall: value["wall"].as_f64()?,
            cpu: value["cpu"].as_f64(),
            peak: value["peak"].as_f64(),
        })
    }

    fn write(&self, path: &Path) -> Result<(), String> {
        let Self { wall, cpu, peak } = self;
        write(
            path,
            &json!({ "wall": wall, "cpu": cpu, "peak": peak }).to_string(),
        )
    }

    /// What the children of this process took since `begin`.
    fn of_children(begin: Instant) -> Self {
        Self {
            wall: begin.elapsed().as_secs_f64(),
            cpu: processor_time(),
            peak: peak_memory(),
        }
    }
}

/// A process that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) cost: Cost,
    /// Its exit code; none if it was ended by a signal.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn is_success(&self) -> bool {
        self.code == Some(0)
    }

    /// Whether it was stopped because it took too long.
    pub(crate) fn is_stopped(&self) -> bool {
        self.code == Some(TOO_LONG)
    }
}

/// A process to run and to measure.
#[derive(Debug)]
pub(crate) struct Process {
    program: OsString,
    arguments: Vec<OsString>,
    folder: PathBuf,
    variables: Vec<(OsString, OsString)>,
    limit: Duration,
}

impl Process {
    /// A program that runs in `folder`, where it leaves nothing of ours.
    pub(crate) fn new(program: impl AsRef<OsStr>, folder: &Path, limit: Duration) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            folder: folder.to_owned(),
            variables: Vec::new(),
            limit,
        }
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        let arguments = arguments.into_iter();
        self.arguments
            .extend(arguments.map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.variables
            .push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Lets Cargo write down in `report` what the compiler alone takes for a package of ours.
    pub(crate) fn measure_rustc(self, report: &Path) -> Result<Self, String> {
        let itself = std::env::current_exe().map_err(|error| error.to_string())?;
        Ok(self
            .env("RUSTC_WORKSPACE_WRAPPER", itself)
            .env(RUSTC_REPORT, report))
    }

    /// Runs it to its end, or to the end of its time.
    pub(crate) fn run(self) -> Result<Ended, String> {
        let reports = tempfile::tempdir().map_err(|error| error.to_string())?;
        let report = reports.path().join("cost.json");
        let itself = std::env::current_exe().map_err(|error| error.to_string())?;
        let output = Command::new(itself)
            .arg("child")
            .arg("--seconds")
            .arg(self.limit.as_secs().to_string())
            .arg("--report")
            .arg(&report)
            .arg("--")
            .arg(&self.program)
            .args(&self.arguments)
            .current_dir(&self.folder)
            .env_remove("RUSTFLAGS")
            .envs(self.variables)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let cost = Cost::read(&report).ok_or_else(|| {
            let program = self.program.to_string_lossy();
            format!("{program} could not be measured: {stderr}")
        })?;
        Ok(Ended {
            cost,
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr,
        })
    }
}

/// The cost that a stand-in for `rustc` wrote down.
pub(crate) fn rustc_cost(report: &Path) -> Option<Cost> {
    Cost::read(report)
}

/// `measure child`: the parent of one process that is measured.
#[derive(Debug, Args)]
pub(crate) struct Child {
    /// How long it may take
    #[arg(long)]
    seconds: u64,
    /// The file for what it took
    #[arg(long)]
    report: PathBuf,
    /// The program and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<OsString>,
}

impl Child {
    /// Runs the program, and ends as it does.
    pub(crate) fn run(&self) -> ExitCode {
        let begin = Instant::now();
        let ended = self.wait(begin);
        let reported = Cost::of_children(begin).write(&self.report);
        match ended.and_then(|code| reported.map(|()| code)) {
            Ok(code) => exit_code(code),
            Err(error) => {
                super::print(&format!("{error}\n"));
                ExitCode::FAILURE
            }
        }
    }

    fn wait(&self, begin: Instant) -> Result<i32, String> {
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let limit = Duration::from_secs(self.seconds);
        let mut pause = Duration::from_micros(500);
        loop {
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                return Ok(code(status));
            }
            if begin.elapsed() > limit {
                stop(&mut child);
                child.wait().map_err(|error| error.to_string())?;
                return Ok(TOO_LONG);
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

/// Ends a process with all that it has started.
fn stop(child: &mut std::process::Child) {
    #[cfg(unix)]
    if let Ok(group) = i32::try_from(child.id()) {
        use nix::sys::signal::{Signal, killpg};
        let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
    }
    // It may be gone already.
    let _ = child.kill();
}

/// The exit code of a process; of one that a signal ended, what a shell makes of it.
fn code(status: ExitStatus) -> i32 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return 128 + signal;
    }
    status.code().unwrap_or(1)
}

fn exit_code(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// Does the work of `rustc` by starting it, if Cargo started this program in its place, and writes
/// down what it took.
pub(crate) fn stand_in_for_rustc() -> Option<ExitCode> {
    let report = PathBuf::from(std::env::var_os(RUSTC_REPORT)?);
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments.next()?;
    // Not Cargo, but `measure child`, which starts it.
    if Path::new(&rustc).file_stem() != Some(OsStr::new("rustc")) {
        return None;
    }
    let arguments: Vec<OsString> = arguments.collect();
    let begin = Instant::now();
    let status = Command::new(rustc).args(&arguments).status();
    // Cargo also asks the compiler about itself.
    if arguments
        .iter()
        .any(|argument| argument == "--emit" || argument.to_string_lossy().starts_with("--emit="))
    {
        let _ = Cost::of_children(begin).write(&report);
    }
    Some(match status {
        Ok(status) => exit_code(code(status)),
        Err(_) => ExitCode::FAILURE,
    })
}

/// The program, built for release.
pub(crate) fn release() -> Result<PathBuf, String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["build", "--release", "--quiet", "-p", "bindery"])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| error.to_string())?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "bindery")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .ok_or_else(|| "bindery does not build".to_owned())
}

/// The most memory that a child of this process had at once, in megabytes, where the system tells.
#[cfg(unix)]
pub(crate) fn peak_memory() -> Option<f64> {
    let usage = usage()?;
    // Linux counts kibibytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") {
        1.0
    } else {
        1024.0
    };
    Some(usage.max_rss() as f64 * unit / 1e6)
}

/// The time that the children of this process took of all processors, in seconds.
#[cfg(unix)]
fn processor_time() -> Option<f64> {
    let usage = usage()?;
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Some(seconds(usage.user_time()) + seconds(usage.system_time()))
}

#[cfg(unix)]
fn usage() -> Option<nix::sys::resource::Usage> {
    use nix::sys::resource::{UsageWho, getrusage};
    getrusage(UsageWho::RUSAGE_CHILDREN).ok()
}

/// The most memory that a child of this process had at once, in megabytes, where the system tells.
#[cfg(not(unix))]
pub(crate) fn peak_memory() -> Option<f64> {
    None
}

/// The time that the children of this process took of all processors, in seconds.
#[cfg(not(unix))]
fn processor_time() -> Option<f64> {
    None
}
