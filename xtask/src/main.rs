//! `cargo xtask …`: what CI runs, and a person can run too.
//!
//! `cargo xtask test` installs what the tests need and runs all of them; `cargo xtask test
//! rust|readers|browser|android|ios` runs a part. `cargo xtask android …` builds the Android app. `cargo xtask bench`
//! measures what the targets name beside programs of others, `cargo xtask bench pages` the console's pages, `cargo xtask
//! bench device` a device with long lists; `cargo xtask simulate` lives through seeds;
//! `cargo xtask soak …` runs single tests for as long as asked. A part that this machine cannot run is
//! reported as skipped with its reason, never silently. It changes no sources, save where a person asks for that by
//! name (`android format`, `android lock`), and never downloads what a package registry does not serve.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a task runner speaks to the person who ran it")]

mod android;
mod bench;
mod browser;
mod readers;
mod soak;
mod steps;
mod swift;

use std::process::ExitCode;

use steps::{Outcome, Problem};

/// A part of the tests: its name and what runs it.
type Part = (&'static str, fn() -> Result<Outcome, Problem>);

const PARTS: &[Part] = &[
    ("rust", rust),
    ("readers", readers::run),
    ("browser", browser::run),
    ("android", android::part),
    ("ios", swift::run),
];

const USAGE: &str = "usage: cargo xtask test [rust|readers|browser|android|ios]
       cargo xtask android deps|compile|debug|release|build|test|lint|format|lock
       cargo xtask bench [--only NAME] [--list]
       cargo xtask bench table FILE [--picture docs/pictures/growth.svg]
       cargo xtask bench pages [--jobs 10000] [--history 100000] [--parts 100000] [--customers 10000] [--only /board]
       cargo xtask bench device [--parts 100000] [--machines 10000]
       cargo xtask simulate --seeds A..B [--json]
       cargo xtask soak kills [--count 2000] [--seed 0]
       cargo xtask soak network [--every 31]
       cargo xtask soak reconnect [--devices 1000]
       cargo xtask soak fuzz [--seconds 60]
       cargo xtask soak api [--seconds 60]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test"] => run(PARTS),
        ["test", name] => match PARTS.iter().find(|(part, _)| part == name) {
            Some(part) => run(std::slice::from_ref(part)),
            None => usage(),
        },
        ["bench", "pages", rest @ ..] => bench::pages(rest),
        ["bench", "device", rest @ ..] => bench::device(rest),
        ["bench", "table", rest @ ..] => bench::table(rest),
        ["bench", rest @ ..] => bench::rows(rest),
        ["simulate", rest @ ..] => bench::simulate(rest),
        ["soak", rest @ ..] => soak::soak(rest),
        ["android", rest @ ..] => android::command(rest),
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

/// Runs the parts one after the other, so that one failing part does not hide the others.
fn run(parts: &[Part]) -> ExitCode {
    let results: Vec<_> = parts.iter().map(|(name, part)| (*name, part())).collect();
    let mut failed = 0;
    let mut passed = 0;
    let mut skipped = 0;
    println!();
    for (name, result) in &results {
        match result {
            Ok(Outcome::Passed) => {
                passed += 1;
                println!("{name}: passed");
            }
            Ok(Outcome::Partly(what)) => {
                passed += 1;
                println!("{name}: passed, {what}");
            }
            Ok(Outcome::Skipped(why)) => {
                skipped += 1;
                println!("{name}: skipped, {why}");
            }
            Err(problem) => {
                failed += 1;
                println!("{name}: FAILED, {problem}");
            }
        }
    }
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn rust() -> Result<Outcome, Problem> {
    steps::cargo(&["fmt", "--all", "--check"])?;
    steps::cargo(&["test", "--workspace", "--no-fail-fast"])?;
    steps::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    Ok(Outcome::Passed)
}
