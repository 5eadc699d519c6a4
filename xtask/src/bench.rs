//! Measurements: `cargo xtask bench` for what the targets name, `cargo xtask bench pages` and `cargo xtask bench device`.
//! Never part of the tests: what a machine is busy with would fail them.

mod peers;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::steps::{self, Problem, cargo};

/// Installs the programs of others, builds ours in release, and measures each row beside its peer. Words such as
/// `--only photo` and `--list` are the measuring program's.
pub fn rows(words: &[&str]) -> ExitCode {
    told(measured_rows(words))
}

/// Prints the table of a run's lines in Markdown and draws the picture of how cost grows.
pub fn table(words: &[&str]) -> ExitCode {
    told(built_rows().and_then(|()| code_of(program("bench-rows").arg("table").args(words))))
}

fn built_rows() -> Result<(), Problem> {
    cargo(&["build", "--release", "--workspace", "--bin", "countersign", "--bin", "bench-rows"])
}

fn measured_rows(words: &[&str]) -> Result<ExitCode, Problem> {
    built_rows()?;
    let mut rows = program("bench-rows");
    if words == ["--list"] {
        return code_of(rows.args(words));
    }
    rows.arg("--peers").arg(peers::install()?).arg("--program").arg(target().join("release/countersign"));
    measure(&mut rows, words)
}

/// Builds the program and the measuring program in release, and measures every page of the console. Further words (such
/// as `--jobs 1000`) are the measuring program's.
pub fn pages(words: &[&str]) -> ExitCode {
    told(run(words))
}

/// Builds the measuring program in release, and measures a device with long lists. Further words (such as
/// `--parts 1000`) are the measuring program's.
pub fn device(words: &[&str]) -> ExitCode {
    let measured = cargo(&["build", "--release", "--workspace", "--bin", "bench-device"])
        .and_then(|()| measure(&mut program("bench-device"), words));
    told(measured)
}

/// Builds the simulation in release and runs it; the words (such as `--seeds 0..20000`) are its own.
pub fn simulate(words: &[&str]) -> ExitCode {
    let simulated = cargo(&["build", "--release", "--workspace", "--bin", "simulate"])
        .and_then(|()| code_of(program("simulate").args(words)));
    told(simulated)
}

fn told(measured: Result<ExitCode, Problem>) -> ExitCode {
    match measured {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn run(words: &[&str]) -> Result<ExitCode, Problem> {
    cargo(&["build", "--release", "--workspace", "--bin", "countersign", "--bin", "bench-pages"])?;
    measure(program("bench-pages").arg("--program").arg(target().join("release/countersign")), words)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| steps::root().join("target"), Into::into)
}

fn program(name: &str) -> Command {
    Command::new(target().join("release").join(name))
}

fn measure(program: &mut Command, words: &[&str]) -> Result<ExitCode, Problem> {
    code_of(program.arg("--cache").arg(target().join("bench")).args(words))
}

fn code_of(program: &mut Command) -> Result<ExitCode, Problem> {
    let status = program
        .current_dir(steps::root())
        .status()
        .map_err(|error| Problem(format!("{}: {error}", program.get_program().display())))?;
    // A page that is too slow and a measurement that could not be made are different things to whoever reads the code.
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
