//! Measurements: `cargo xtask bench pages`. Never part of the tests: what a machine is busy with would fail them.

use std::process::{Command, ExitCode};

use crate::steps::{self, Problem, cargo};

/// Builds the program and the measuring program in release, and measures every page of the console. Further words (such
/// as `--jobs 1000`) are the measuring program's.
pub fn pages(words: &[&str]) -> ExitCode {
    match run(words) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn run(words: &[&str]) -> Result<ExitCode, Problem> {
    cargo(&["build", "--release", "--workspace", "--bin", "countersign", "--bin", "bench-pages"])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| steps::root().join("target"), Into::into);
    let status = Command::new(target.join("release/bench-pages"))
        .arg("--program")
        .arg(target.join("release/countersign"))
        .arg("--cache")
        .arg(target.join("bench"))
        .args(words)
        .current_dir(steps::root())
        .status()
        .map_err(|error| Problem(format!("bench-pages: {error}")))?;
    // A page that is too slow and a measurement that could not be made are different things to whoever reads the code.
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
