//! The browser tests: a real hub, Debian's Chromium, Playwright's library driving it.

use std::path::Path;
use std::process::Command;

use crate::steps::{self, Outcome, Problem, Program, cargo};

const CHROMIUM: Program = Program { name: "chromium", version: "--version" };

/// Installs Chromium and the npm packages, builds the program and runs `tests/browser`.
pub fn run() -> Result<Outcome, Problem> {
    if !steps::has("node") || !steps::has("npm") {
        return Ok(Outcome::Skipped("Node 20 or newer with npm is needed".to_owned()));
    }
    if !steps::install(&[CHROMIUM], &["chromium", "fonts-noto-cjk"]) {
        return Ok(Outcome::Skipped("Chromium is missing and could not be installed with apt-get".to_owned()));
    }
    let folder = steps::root().join("tests/browser");
    packages(&folder)?;
    cargo(&["test", "--workspace", "--no-run"])?;
    steps::run(
        Command::new("node")
            .arg("--test")
            .arg("--test-concurrency=1")
            .args(["visit.test.mjs", "office.test.mjs", "field.test.mjs", "fieldwork.test.mjs"])
            .current_dir(&folder),
    )?;
    Ok(Outcome::Passed)
}

/// Puts `node_modules` into a cache outside the tree, named by the lock file, and links it.
fn packages(folder: &Path) -> Result<(), Problem> {
    let lock = std::fs::read(folder.join("package-lock.json")).map_err(|error| Problem(error.to_string()))?;
    let cache = steps::cache_folder().join(format!("browser-{:016x}", steps::hash_of(&lock)));
    let ready = cache.join("ready");
    if !ready.exists() {
        std::fs::create_dir_all(&cache).map_err(|error| Problem(error.to_string()))?;
        for name in ["package.json", "package-lock.json"] {
            std::fs::copy(folder.join(name), cache.join(name)).map_err(|error| Problem(error.to_string()))?;
        }
        steps::run(
            Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&cache),
        )?;
        std::fs::write(&ready, b"").map_err(|error| Problem(error.to_string()))?;
    }
    let link = folder.join("node_modules");
    if link.symlink_metadata().is_ok() {
        std::fs::remove_file(&link).map_err(|error| Problem(format!("{}: {error}", link.display())))?;
    }
    std::os::unix::fs::symlink(cache.join("node_modules"), &link).map_err(|error| Problem(error.to_string()))
}
