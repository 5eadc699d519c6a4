//! Running Java: quietly, with a named memory limit; what it said is shown when it fails.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::Problem;

/// A class path, joined for Java.
pub fn class_path<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> OsString {
    std::env::join_paths(paths).unwrap_or_default()
}

/// How everything here runs: with the quick compiler and the small collector. None of it lives long enough for what the
/// better compiler makes to pay for its making: with both compilers Kotlin, ktlint and detekt take half as long again, R8
/// a fifth, the tests twice the processor time.
pub const SHORT_LIVED: [&str; 2] = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/// A command that runs this class with this class path and at most so much memory.
pub fn java(memory: &str, paths: &[PathBuf], main: &str) -> Command {
    let mut command = Command::new("java");
    command.arg(format!("-Xmx{memory}")).args(SHORT_LIVED).arg("-cp").arg(class_path(paths)).arg(main);
    command
}

/// Compiles Java sources.
pub fn javac(sources: &[PathBuf], paths: &[PathBuf], out: &Path) -> Result<(), Problem> {
    let mut command = Command::new("javac");
    command.args(["--release", "17", "-nowarn", "-d"]).arg(out);
    if !paths.is_empty() {
        command.arg("-cp").arg(class_path(paths));
    }
    quiet("javac", command.args(sources))
}

/// Runs a command; its output is kept back and printed only when it fails.
pub fn quiet(name: &str, command: &mut Command) -> Result<(), Problem> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Problem(format!("{}: {error}", command.get_program().display())))?;
    if output.status.success() {
        return Ok(());
    }
    eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(Problem(format!("{name}: {}", output.status)))
}

/// Runs a command whose output goes to the person who waits.
pub fn loud(name: &str, command: &mut Command) -> Result<(), Problem> {
    let status = command.status().map_err(|error| Problem(format!("{}: {error}", command.get_program().display())))?;
    if status.success() { Ok(()) } else { Err(Problem(format!("{name}: {status}"))) }
}

/// The folder of the JDK, whose classes D8 and R8 know Java's own by.
pub fn home() -> Result<PathBuf, Problem> {
    if let Some(home) = std::env::var_os("JAVA_HOME") {
        return Ok(home.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let program = std::env::split_paths(&path).map(|folder| folder.join("javac")).find(|file| file.exists());
    let program = program.and_then(|program| program.canonicalize().ok());
    let home = program.as_deref().and_then(Path::parent).and_then(Path::parent);
    home.map(Path::to_owned).ok_or_else(|| Problem("javac is not in the PATH".to_owned()))
}
