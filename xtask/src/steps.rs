//! Running commands: each is printed before it runs, and a failure names the command.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a part ended.
pub enum Outcome {
    /// Everything in it passed.
    Passed,
    /// What there is of it passed; the text says what that is, and what is missing.
    Partly(String),
    /// This machine cannot run it; the text says why.
    Skipped(String),
}

/// What went wrong, in words for the person who ran the task.
#[derive(Debug)]
pub struct Problem(pub String);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where downloads are kept, outside the tree.
pub fn cache_folder() -> PathBuf {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from).join(".cache");
    base.unwrap_or_else(home).join("countersign")
}

/// A short name for what a file or list says: another content has another folder in the cache.
pub fn hash_of(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

/// Runs cargo with these arguments at the root.
pub fn cargo(arguments: &[&str]) -> Result<(), Problem> {
    run(cargo_command().args(arguments))
}

/// Cargo as a person calls it: what the outer cargo said of this package is taken away. Build scripts that look at it (ring's
/// does) would run again, and half of the workspace with them, whenever somebody builds now by `xtask` and now without.
pub fn cargo_command() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let of_package = |name: &str| ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|prefix| name.starts_with(prefix));
    let names = std::env::vars_os().map(|(name, _)| name);
    for name in names.filter(|name| name.to_str().is_some_and(of_package)) {
        command.env_remove(name);
    }
    command
}

/// Runs a command at the root and fails with its name.
pub fn run(command: &mut Command) -> Result<(), Problem> {
    // Without what is set or taken away around it.
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let shown = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    eprintln!("+ {shown}");
    if command.get_current_dir().is_none() {
        command.current_dir(root());
    }
    let status = command.status().map_err(|error| Problem(format!("{shown}: {error}")))?;
    if status.success() { Ok(()) } else { Err(Problem(format!("{shown}: {status}"))) }
}

/// A program and how it is asked for its version.
#[derive(Clone, Copy)]
pub struct Program {
    /// What it is called.
    pub name: &'static str,
    /// The argument that makes it say its version and end.
    pub version: &'static str,
}

/// Whether a program answers when asked for its version.
pub fn has(program: &str) -> bool {
    answers(program, "--version")
}

fn answers(program: &str, version: &str) -> bool {
    Command::new(program)
        .arg(version)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Installs Debian packages where one of these programs is missing; `false` where that cannot be done here.
pub fn install(programs: &[Program], packages: &[&str]) -> bool {
    let here = || programs.iter().all(|program| answers(program.name, program.version));
    if here() {
        return true;
    }
    if !has("apt-get") {
        return false;
    }
    // What a measurement prints on its output is for programs: the words of the installer go beside it.
    let update = run(Command::new("apt-get").args(["update", "-qq"]).stdout(std::io::stderr()));
    let install = run(Command::new("apt-get")
        .stdout(std::io::stderr())
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"));
    update.is_ok() && install.is_ok() && here()
}
