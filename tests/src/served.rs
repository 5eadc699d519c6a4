//! The hub's own program, serving a folder on loopback.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::measure::peak_memory;

/// A hub that serves.
pub struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts the program on a free port and waits until it says where it listens.
    pub fn start(program: &Path, folder: &Path) -> Result<Server, String> {
        Server::start_at(program, folder, "127.0.0.1:0")
    }

    /// Starts the program at this address, such as the one where it was before it was killed.
    pub fn start_at(program: &Path, folder: &Path, address: &str) -> Result<Server, String> {
        let mut child = Command::new(program)
            .args(["hub", "serve"])
            .arg(folder)
            .args(["--listen", address, "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let output = child.stdout.take().ok_or("the program's output is not there")?;
        for line in BufReader::new(output).lines() {
            let line = line.map_err(|error| error.to_string())?;
            let told: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if let Some(url) = told.get("url").and_then(serde_json::Value::as_str) {
                return Ok(Server { url: url.to_owned(), child });
            }
        }
        Err(format!("{} ended before it served", program.display()))
    }

    /// Where it is reached.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The most memory that it held, kilobytes.
    pub fn peak_memory(&self) -> u64 {
        peak_memory(&self.child.id().to_string())
    }

    /// Begins to count the most memory anew; where the system does not allow that, the count goes on.
    pub fn forget_peak(&self) {
        drop(std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5"));
    }

    /// Kills it without a word.
    pub fn stop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
