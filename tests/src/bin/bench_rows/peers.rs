//! Programs of others that do the same work. `cargo xtask bench` installs them; one that is missing is told in its line.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where they were installed.
pub struct Peers {
    folder: PathBuf,
    scripts: PathBuf,
}

impl Peers {
    /// In this folder.
    pub fn at(folder: &Path) -> Peers {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/bench_rows/peers");
        Peers { folder: folder.to_owned(), scripts }
    }

    /// A program of the system; its path is not asked for, only whether it answers.
    pub fn need(&self, program: &str) -> Result<(), String> {
        let answered = Command::new(program).arg("--version").output();
        answered.map(drop).map_err(|error| format!("{program} is not installed ({error})"))
    }

    /// A script of ours for Python with the packages that were installed for it.
    pub fn python(&self, script: &str) -> Result<Command, String> {
        self.run("py/bin/python", script)
    }

    /// A script of ours for Node with the packages that were installed for it.
    pub fn node(&self, script: &str) -> Result<Command, String> {
        let modules = self.folder.join("node/node_modules");
        if !modules.exists() {
            return Err(self.missing("node/node_modules"));
        }
        let mut command = Command::new("node");
        command.env("NODE_PATH", modules).arg(self.scripts.join(script));
        Ok(command)
    }

    /// A program that was unpacked into the folder.
    pub fn unpacked(&self, program: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(program);
        if path.exists() { Ok(path) } else { Err(self.missing(program)) }
    }

    fn run(&self, program: &str, script: &str) -> Result<Command, String> {
        let mut command = Command::new(self.unpacked(program)?);
        command.arg(self.scripts.join(script));
        Ok(command)
    }

    /// Why it is not there, where the installing said so.
    fn missing(&self, name: &str) -> String {
        let kind = name.split('/').next().unwrap_or(name);
        let why = std::fs::read_to_string(self.folder.join(format!("{kind}.missing"))).unwrap_or_default();
        format!("{name} could not be installed: {}", why.trim())
    }
}
