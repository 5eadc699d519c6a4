//! The programs of others that `cargo xtask bench` measures beside ours, in a cache outside the tree.
//!
//! What cannot be had here leaves a file `KIND.missing` with the reason, which the measuring program tells in its line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::{self, Problem, Program};

/// What npm installs, by exact versions.
const NODE: &str = r#"{"private": true, "dependencies": {
  "pouchdb": "9.0.0", "express": "4.21.2", "express-pouchdb": "4.2.0",
  "@tus/server": "2.4.5", "@tus/file-store": "2.1.1"
}}
"#;
/// What pip installs.
const PYTHON: [&str; 2] = ["pillow==13.0.0", "typst==0.15.2"];
/// Debian's programs: libvips, and GNU time, which says what a program used.
const DEBIAN: [Program; 2] =
    [Program { name: "vipsthumbnail", version: "--version" }, Program { name: "/usr/bin/time", version: "--version" }];

/// Installs what is missing and answers the folder.
pub fn install() -> Result<PathBuf, Problem> {
    let folder = steps::cache_folder().join("peers");
    fs::create_dir_all(&folder).map_err(|error| Problem(format!("{}: {error}", folder.display())))?;
    steps::install(&DEBIAN, &["libvips-tools", "time"]);
    once(&folder, "node", NODE, node)?;
    once(&folder, "py", &PYTHON.join(" "), python)?;
    once(&folder, "nginx", "nginx", nginx)?;
    Ok(folder)
}

/// Installs a kind of peer where it is not there in these versions; a failure is written down for its line.
fn once(folder: &Path, kind: &str, versions: &str, install: fn(&Path) -> Result<(), Problem>) -> Result<(), Problem> {
    let (place, mark, missing) =
        (folder.join(kind), folder.join(format!("{kind}.installed")), folder.join(format!("{kind}.missing")));
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == versions) {
        return Ok(());
    }
    let whole = |error: std::io::Error| Problem(format!("{}: {error}", place.display()));
    if place.exists() {
        fs::remove_dir_all(&place).map_err(whole)?;
    }
    fs::create_dir_all(&place).map_err(whole)?;
    match install(&place) {
        Ok(()) => {
            drop(fs::remove_file(missing));
            fs::write(mark, versions).map_err(whole)
        }
        Err(why) => {
            eprintln!("{kind}: {why}");
            fs::write(missing, why.to_string()).map_err(whole)
        }
    }
}

fn node(place: &Path) -> Result<(), Problem> {
    fs::write(place.join("package.json"), NODE).map_err(|error| Problem(error.to_string()))?;
    quiet(Command::new("npm").args(["install", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(place))
}

fn python(place: &Path) -> Result<(), Problem> {
    quiet(Command::new("python3").args(["-m", "venv"]).arg(place))?;
    quiet(Command::new(place.join("bin/pip")).args(["install", "--quiet"]).args(PYTHON))
}

/// Unpacked, not installed: installing would start a server on this machine.
fn nginx(place: &Path) -> Result<(), Problem> {
    quiet(Command::new("apt-get").args(["update", "-qq"]))?;
    quiet(Command::new("apt-get").args(["download", "-qq", "nginx"]).current_dir(place))?;
    let entries = fs::read_dir(place).map_err(|error| Problem(error.to_string()))?;
    for package in entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some()) {
        quiet(Command::new("dpkg").arg("-x").arg(package).arg(place))?;
    }
    Ok(())
}

/// Runs a command whose words are for people: what this task prints on its output is for programs.
fn quiet(command: &mut Command) -> Result<(), Problem> {
    let shown = format!("{command:?}");
    eprintln!("+ {shown}");
    let output = command.stdout(Stdio::null()).output().map_err(|error| Problem(format!("{shown}: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    Err(Problem(format!("{}: {last}", output.status)))
}
