//! The command `bindery`.

use std::process::ExitCode;

fn main() -> ExitCode {
    bindery::cli::run(std::env::args_os())
}
