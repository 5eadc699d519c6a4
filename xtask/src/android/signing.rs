//! The key that signs an APK: one made here for tests, or the one that the app is published with.

use std::path::PathBuf;
use std::process::Command;

use crate::steps::Problem;

use super::digest;
use super::java;
use super::project::Project;

/// The variable whose value opens the key store; it is handed on, never shown.
const PASSWORD: &str = "COUNTERSIGN_KEY_STORE_PASSWORD";
/// The variable for a key that has a password of its own.
const KEY_PASSWORD: &str = "COUNTERSIGN_KEY_PASSWORD";
/// What opens the key store of tests, as everywhere in the Android world.
const OPEN: &str = "android";

/// A key, by where it is kept.
pub struct Key {
    /// The key store.
    pub store: PathBuf,
    /// The key's name in it.
    pub alias: String,
    /// Whether it is the one for tests.
    pub debug: bool,
}

impl Key {
    /// The key for tests: made once, kept outside the tree.
    pub fn debug(project: &Project) -> Result<Self, Problem> {
        let alias = "androiddebugkey";
        let folder = digest::cached("debug-key", project.digest("debug key"), |out| {
            let mut tool = Command::new("keytool");
            tool.args(["-genkeypair", "-storetype", "PKCS12", "-storepass", OPEN, "-alias", alias, "-keyalg", "RSA"]);
            tool.args(["-keysize", "2048", "-validity", "10000", "-dname", "CN=Android Debug,O=Android,C=US"]);
            java::quiet("keytool", tool.arg("-keystore").arg(out.join("debug.p12")))
        })?;
        Ok(Self { store: folder.join("debug.p12"), alias: alias.to_owned(), debug: true })
    }

    /// The key that a person names.
    pub fn named(store: PathBuf, alias: String) -> Result<Self, Problem> {
        if !store.is_file() {
            return Err(Problem(format!("{}: no such key store", store.display())));
        }
        let given = std::env::var_os(PASSWORD).is_some_and(|password| !password.is_empty());
        if given { Ok(Self { store, alias, debug: false }) } else { Err(Problem(format!("{PASSWORD} is not set"))) }
    }

    /// Lets a command open the key store: by its environment, which no list of processes and no log shows.
    pub fn open(&self, command: &mut Command) {
        if self.debug {
            command.env(PASSWORD, OPEN).env_remove(KEY_PASSWORD);
        }
    }
}
