//! The real program as a child process: run to its end, or killed when it has made a number of reads and writes.
#![allow(clippy::print_stdout, reason = "a long run says how far it is")]
#![allow(dead_code, reason = "each test program uses its part")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The real program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_countersign");

/// Numbers from a seed (SplitMix64).
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    /// The numbers of this seed.
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A number from 0 to below the limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }
}

/// How many kills a test makes. `COUNTERSIGN_KILLS` asks for more than its own: scene after scene, each from another seed.
/// `COUNTERSIGN_KILL_SEED` moves the first one, so that another night kills at other points.
pub struct Soak {
    program: &'static str,
    count: u64,
    made: u64,
    seed: u64,
}

impl Soak {
    /// A test of this program that makes so many kills by itself, from this seed on.
    pub fn new(program: &'static str, own: u64, seed: u64) -> Soak {
        let asked = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
        let seed = seed.wrapping_add(asked("COUNTERSIGN_KILL_SEED").unwrap_or(0));
        Soak { program, count: asked("COUNTERSIGN_KILLS").unwrap_or(own), made: 0, seed }
    }

    /// Plays whole scenes until there were enough kills. A scene gets its seed and answers how many it made; it panics
    /// where something is lost.
    pub fn run(mut self, mut scene: impl FnMut(u64) -> u64) {
        while self.made < self.count {
            println!("soak: {} from seed {}", self.program, self.seed);
            self.made += scene(self.seed);
            println!("soak: {} was killed {} times, nothing was lost", self.program, self.made);
            self.seed = self.seed.wrapping_add(1);
        }
    }
}

/// How a run ended.
#[derive(Debug)]
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
        self.calls = self.calls.max(reads_and_writes(&self.child).unwrap_or(0));
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
        let (child, url) = serve(&folder, "127.0.0.1:0");
        Hub { child, folder, url }
    }

    /// Serves a folder at this address.
    pub fn serve(folder: &Path, listen: &str) -> Hub {
        let (child, url) = serve(folder, listen);
        Hub { child, folder: folder.to_owned(), url }
    }

    /// The most memory that it used so far, kilobytes.
    pub fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Lets it make this many more reads and writes, then `kill -9`; `looks` bounds the waiting.
    pub fn kill_after(&mut self, calls: u64, looks: u64) {
        let begin = reads_and_writes(&self.child).unwrap();
        for _ in 0..looks {
            if reads_and_writes(&self.child).unwrap() >= begin + calls {
                break;
            }
            std::thread::yield_now();
        }
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Serves again at the same address.
    pub fn restart(&mut self) {
        let (child, url) = serve(&self.folder, self.url.trim_start_matches("http://"));
        assert_eq!(url, self.url);
        self.child = child;
    }

    /// The folder as an argument.
    pub fn dir(&self) -> &str {
        self.folder.to_str().unwrap()
    }
}

/// Serves a folder; returns with its first line, which says where it listens.
fn serve(folder: &Path, listen: &str) -> (Child, String) {
    let errors = folder.with_extension("err");
    let mut child = Command::new(PROGRAM)
        .args(["--json", "hub", "serve", folder.to_str().unwrap(), "--listen", listen])
        .stdout(Stdio::piped())
        .stderr(File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line)
        .unwrap_or_else(|_| panic!("{line}{}", fs::read_to_string(&errors).unwrap_or_default()));
    (child, said["url"].as_str().unwrap().to_owned())
}

/// Reads and writes of a running process so far; `None` where it has no figures any more.
fn reads_and_writes(child: &Child) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{}/io", child.id())).ok()?;
    let figure = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0");
        line.trim().parse::<u64>().unwrap()
    };
    Some(figure("syscr:") + figure("syscw:"))
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
