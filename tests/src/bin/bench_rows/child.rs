//! Measurements in a process of their own: cold starts, and memory that nothing else has touched.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::{opening, paper, photos};

/// The word before the name of a measurement that this program runs alone.
pub const WORD: &str = "alone";

/// Runs a measurement in a fresh process of this program and answers the JSON that it printed.
pub fn alone(name: &str, arguments: &[&Path]) -> Result<Value, String> {
    let program = std::env::current_exe().map_err(|error| format!("this program's own name: {error}"))?;
    let mut command = Command::new(program);
    command.arg(WORD).arg(name).args(arguments);
    read(&mut command)
}

/// Runs a command that prints one JSON object at its end.
pub fn read(command: &mut Command) -> Result<Value, String> {
    let shown = command.get_program().display().to_string();
    let output = command.output().map_err(|error| format!("{shown}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        return Err(format!("{shown}: {}: {last}", output.status));
    }
    let last = text.lines().last().unwrap_or_default();
    serde_json::from_str(last).map_err(|error| format!("{shown} printed no JSON ({error}): {last}"))
}

/// A number of such an answer.
pub fn number(told: &Value, name: &str) -> Result<f64, String> {
    told.get(name).and_then(Value::as_f64).ok_or_else(|| format!("{name} is missing in {told}"))
}

/// What this process was asked to measure alone.
pub fn run(name: &str, arguments: &[String]) -> Result<Value, String> {
    let path = |place: usize| {
        arguments.get(place).map(Path::new).ok_or_else(|| format!("{name} needs {} arguments", place + 1))
    };
    match name {
        "open" => opening::alone(path(0)?),
        "plain-open" => opening::alone_plain(path(0)?),
        "photo" => photos::alone(path(0)?, path(1)?),
        "paper" => paper::alone(path(0)?, path(1)?, path(2)?),
        _ => Err(format!("{name} is nothing that is measured alone")),
    }
}

/// Processor time of this process so far, milliseconds; 0 where the system does not say.
pub fn processor_ms() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanoseconds = threads.filter_map(|thread| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e6
}

/// What a foreign program used over so many runs: processor time of one run in milliseconds, and peak memory in MB.
pub struct Used {
    /// Processor time of a run, milliseconds.
    pub cpu_ms: f64,
    /// The most that one of its processes held, MB.
    pub peak_mb: f64,
}

/// Runs a shell script so often under GNU time, in this folder.
pub fn used(script: &str, times: u32, folder: &Path) -> Result<Used, String> {
    let repeated = format!("set -e; for round in $(seq {times}); do {script}; done >/dev/null");
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "used %U %S %M", "sh", "-c"]).arg(OsStr::new(&repeated)).current_dir(folder);
    let output = command.output().map_err(|error| format!("/usr/bin/time: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().rev().find_map(|line| line.strip_prefix("used "));
    let numbers: Vec<f64> =
        line.unwrap_or_default().split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [user, system, kilobytes] if output.status.success() => {
            Ok(Used { cpu_ms: (user + system) * 1_000.0 / f64::from(times), peak_mb: kilobytes / 1_024.0 })
        }
        _ => Err(said.trim().to_owned()),
    }
}
