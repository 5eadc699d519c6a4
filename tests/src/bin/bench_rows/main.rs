//! `cargo xtask bench`: what the targets name, each beside a peer that does the same work in the same run.
//!
//! One JSON line a row. Products of ours are used as they ship: the device's store on disk, the hub's own program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measuring program: what it cannot make or reach ends it, and its message says what"
)]

mod chart;
mod child;
mod commands;
mod killed;
mod line;
mod many;
mod office_made;
mod opening;
mod paper;
mod peers;
mod photos;
mod plain;
mod receivers;
mod saving;
mod searching;
mod syncing;
mod table;
mod uploads;
mod visible;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use line::Line;
use peers::Peers;

/// A measurement with one or more lines: its name, what it tells, and what makes it.
type Part = (&'static str, &'static str, fn(&Asked) -> Result<Vec<Line>, String>);

const PARTS: &[Part] = &[
    ("answer", "save one answer, durable", saving::answer),
    ("screen", "job screen with 30, 300 and 3,000 pieces of evidence", saving::screen),
    ("cold", "cold open of 500, 5,000 and 50,000 jobs to the first page", opening::cold),
    ("unsent", "start with unsent answers and sealed documents", opening::unsent),
    ("photo", "photo of 12 and of 48 megapixels", photos::measure),
    ("paper", "pages of a voucher with two photos, in Chinese", paper::measure),
    ("search", "two Chinese characters in 1,000 to 100,000 entries", searching::measure),
    ("sync", "first sync, first push and a sync with nothing to do, 500 to 50,000 jobs", syncing::measure),
    ("commands", "durable commands a second, one by one and in batches, 1 to 32 devices", commands::rates),
    ("feed", "what a device misses of the feed under 32 writers", commands::feed),
    ("visible", "a change on one device seen on another, 0 to 100 others connected", visible::measure),
    ("upload", "upload of 3 to 300 MiB: speed and the hub's memory", uploads::measure),
    ("killed", "bytes sent again after kills of the hub", killed::measure),
];

/// What the command line asks for.
pub struct Asked {
    /// Where what is made is kept for the next run.
    pub cache: PathBuf,
    /// The hub's program.
    pub program: PathBuf,
    /// The programs of others.
    pub peers: Peers,
    only: String,
}

impl Asked {
    fn of(arguments: &[String]) -> Result<Asked, String> {
        let mut asked = Asked {
            cache: PathBuf::from("target/bench"),
            program: PathBuf::from("target/release/countersign"),
            peers: Peers::at(&PathBuf::from("target/bench/peers")),
            only: String::new(),
        };
        let mut words = arguments.iter();
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--cache" => asked.cache = PathBuf::from(value),
                "--program" => asked.program = PathBuf::from(value),
                "--peers" => asked.peers = Peers::at(&PathBuf::from(value)),
                "--only" if PARTS.iter().any(|(part, ..)| part == value) => asked.only.clone_from(value),
                "--only" => return Err(format!("--only {value}: use {}", names())),
                _ => return Err(format!("{name} is not known: use --only NAME or --list")),
            }
        }
        Ok(asked)
    }
}

fn names() -> String {
    PARTS.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ")
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [.., "--list"] => {
            PARTS.iter().for_each(|(name, tells, _)| println!("{name:10} {tells}"));
            Ok(())
        }
        [word, name, ..] if *word == child::WORD => {
            child::run(name, arguments.get(2..).unwrap_or_default()).map(|told| println!("{told}"))
        }
        ["table", ..] => table::run(arguments.get(1..).unwrap_or_default()),
        _ => Asked::of(&arguments).and_then(|asked| run(&asked)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn run(asked: &Asked) -> Result<(), String> {
    std::fs::create_dir_all(&asked.cache).map_err(|error| format!("{}: {error}", asked.cache.display()))?;
    let mut failed = Vec::new();
    for (name, _, measure) in PARTS.iter().filter(|(name, ..)| asked.only.is_empty() || asked.only == *name) {
        let begun = Instant::now();
        match measure(asked) {
            Ok(lines) => lines.iter().for_each(|line| println!("{}", line.to_json())),
            Err(why) => failed.push(format!("{name}: {why}")),
        }
        eprintln!("{name}: {:.0} s", begun.elapsed().as_secs_f64());
    }
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}
