//! The real program as a child process: run to its end, or killed when it has made a number of reads and writes.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_countersign");

/// How a run ended.
#[derive(Debug)]
#[allow(dead_code, reason = "what a failed test prints")]
pub enum Ended {
    /// It was killed on its way.
    Killed,
    /// It ended by itself.
    Done {
        /// Exit code.
        code: i32,
        /// What it printed, one JSON value a line.
        lines: Vec<Value>,
        /// What it said on standard error.
        errors: String,
    },
}

/// A run that is under way.
pub struct Running {
    child: Child,
    out: PathBuf,
    err: PathBuf,
    /// Most reads and writes that were seen.
    pub calls: u64,
}

/// Starts the program; its output goes to files in `folder`, so that a full pipe never holds it up.
pub fn start(folder: &Path, arguments: &[&str]) -> Running {
    let (out, err) = (folder.join("out"), folder.join("err"));
    let child = Command::new(PROGRAM)
        .arg("--json")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&err).unwrap())
        .spawn()
        .unwrap();
    Running { child, out, err, calls: 0 }
}

impl Running {
    /// Reads and writes so far; `None` once it has ended.
    fn look(&mut self) -> Option<u64> {
        if self.child.try_wait().unwrap().is_some() {
            return None;
        }
        // A process that ends between the two looks has no figures any more.
        if let Ok(text) = fs::read_to_string(format!("/proc/{}/io", self.child.id())) {
            let figure = |name: &str| {
                let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0");
                line.trim().parse::<u64>().unwrap()
            };
            self.calls = self.calls.max(figure("syscr:") + figure("syscw:"));
        }
        Some(self.calls)
    }

    /// Lets it run until it ends or has made this many reads and writes; then `kill -9`. `looks` bounds the waiting for
    /// a program that does not end by itself.
    pub fn kill_at(mut self, calls: u64, looks: u64) -> Ended {
        let mut looked = 0;
        while let Some(now) = self.look() {
            looked += 1;
            if now >= calls || looked >= looks {
                self.child.kill().unwrap();
                break;
            }
            std::thread::yield_now();
        }
        self.end()
    }

    /// Lets it end by itself, and says how many reads and writes it made at least.
    pub fn finish(mut self) -> (Ended, u64) {
        while self.look().is_some() {
            std::thread::yield_now();
        }
        let calls = self.calls;
        (self.end(), calls)
    }

    fn end(mut self) -> Ended {
        let status = self.child.wait().unwrap();
        let Some(code) = status.code() else { return Ended::Killed };
        let text = fs::read_to_string(&self.out).unwrap();
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let lines =
            lines.map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect();
        Ended::Done { code, lines, errors: fs::read_to_string(&self.err).unwrap() }
    }
}

/// Runs to the end, expects exit code 0, returns the lines.
pub fn run(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    match start(folder, arguments).finish().0 {
        Ended::Done { code: 0, lines, .. } => lines,
        other => panic!("{arguments:?}: {other:?}"),
    }
}

/// Runs to the end, expects exit code 0, returns the last line.
pub fn run_one(folder: &Path, arguments: &[&str]) -> Value {
    run(folder, arguments).pop().unwrap_or_else(|| panic!("{arguments:?} printed nothing"))
}

/// The office server as a child process; killed when this goes.
pub struct Hub {
    child: Child,
    /// Its data folder.
    pub folder: PathBuf,
    /// Where it listens.
    pub url: String,
}

impl Hub {
    /// Makes a sample company in a folder and serves it on a free port of loopback.
    pub fn start(root: &Path) -> Hub {
        let folder = root.join("office");
        run(root, &["hub", "init", folder.to_str().unwrap(), "--company", "Acme Service", "--sample"]);
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["--json", "hub", "serve", folder.to_str().unwrap(), "--listen", &free.to_string()])
            .stdout(Stdio::piped())
            .stderr(File::create(root.join("hub.err")).unwrap())
            .spawn()
            .unwrap();
        // Its first line says that it listens.
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{}", fs::read_to_string(root.join("hub.err")).unwrap());
        Hub { child, folder, url: format!("http://{free}") }
    }

    /// The folder as an argument.
    pub fn dir(&self) -> &str {
        self.folder.to_str().unwrap()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
