//! `cargo xtask soak …`: tests that are part of `cargo xtask test`, for as long, as often and as densely as asked. Each ends
//! at the first thing that is lost and says where.
//!
//! - `kills`: `kill -9` of the real programs at as many points as asked.
//! - `network`: every call of a whole visit cut at one byte after the other.
//! - `reconnect`: as many devices as asked come back within one second.
//! - `fuzz`: changed bytes and messages, for so many seconds each target.
//! - `api`: schemathesis against a served hub (see `soak/api.rs`).

mod api;

use std::process::ExitCode;

use crate::steps::{Problem, cargo_command, run};

/// Kills where nothing is asked for.
const COUNT: u64 = 2_000;
/// Of so many kills one is of the office server: it takes longest to come back.
const HUB_SHARE: u64 = 9;

const USAGE: &str = "usage: cargo xtask soak kills [--count 2000] [--seed 0]
       cargo xtask soak network [--every 31]
       cargo xtask soak reconnect [--devices 1000]
       cargo xtask soak fuzz [--seconds 60]
       cargo xtask soak api [--seconds 60]";

/// Runs one kind with its words.
pub fn soak(words: &[&str]) -> ExitCode {
    let done = match words {
        ["kills", rest @ ..] => kills(rest),
        ["network", rest @ ..] => numbers(rest, &[("--every", 31)]).and_then(|asked| {
            let test = "a_whole_visit_gets_through_cuts";
            tests(&["--test", "bad_lines"], test, &[("COUNTERSIGN_CUT_EVERY", number(&asked, 0))])
        }),
        ["reconnect", rest @ ..] => numbers(rest, &[("--devices", 1_000)]).and_then(|asked| {
            tests(&["--test", "load"], "devices_that_all_come_back", &[("COUNTERSIGN_DEVICES", number(&asked, 0))])
        }),
        ["fuzz", rest @ ..] => numbers(rest, &[("--seconds", 60)]).and_then(|asked| {
            let targets = ["--test", "hostile_bytes", "--test", "hostile_peers"];
            tests(&targets, "", &[("COUNTERSIGN_FUZZ_SECONDS", number(&asked, 0))])
        }),
        ["api", rest @ ..] => numbers(rest, &[("--seconds", 60)]).and_then(|asked| api::run_for(number(&asked, 0))),
        _ => Err(Problem(USAGE.to_owned())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Problem(why)) if why == USAGE => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
        Err(Problem(why)) => {
            println!("FAILED: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Kills the device program and the office server `--count` times in all, from other seeds than the tests with `--seed`.
fn kills(words: &[&str]) -> Result<(), Problem> {
    let asked = numbers(words, &[("--count", COUNT), ("--seed", 0)])?;
    let (count, seed) = (number(&asked, 0), number(&asked, 1));
    let of_hub = count / HUB_SHARE;
    let parts = [
        ("kill_minus_nine_at_two_hundred_points_loses_nothing_that_was_called_saved", count - of_hub),
        ("a_hub_killed_in_the_middle_of_syncs_keeps_what_it_answered_and_does_nothing_twice", of_hub),
    ];
    let kill = |(test, count): (&str, u64)| match count {
        0 => Ok(()),
        _ => tests(&[], test, &[("COUNTERSIGN_KILLS", count), ("COUNTERSIGN_KILL_SEED", seed)]),
    };
    let lost: Vec<String> = parts.into_iter().filter_map(|part| kill(part).err()).map(|Problem(why)| why).collect();
    match lost.is_empty() {
        true => println!("at least {count} kills, as counted above; nothing was lost"),
        false => return Err(Problem(format!("the seed stands above: {}", lost.join("; ")))),
    }
    Ok(())
}

/// The numbers that the words ask for, in the order of the names.
fn numbers(words: &[&str], names: &[(&str, u64)]) -> Result<Vec<u64>, Problem> {
    let mut asked: Vec<u64> = names.iter().map(|(_, usual)| *usual).collect();
    for pair in words.chunks(2) {
        let [name, text] = pair else { return Err(Problem(USAGE.to_owned())) };
        let place = names.iter().position(|(known, _)| known == name).ok_or_else(|| Problem(USAGE.to_owned()))?;
        let value = text.parse().map_err(|_| Problem(format!("{name} {text}: name a number")))?;
        asked.splice(place..=place, [value]);
    }
    Ok(asked)
}

fn number(asked: &[u64], place: usize) -> u64 {
    asked.get(place).copied().unwrap_or_default()
}

/// Runs tests of the workspace with what they print, one after the other.
fn tests(programs: &[&str], filter: &str, asked: &[(&str, u64)]) -> Result<(), Problem> {
    let mut command = cargo_command();
    // All of the workspace, as the tests build it: another choice of packages would be another build.
    command.args(["test", "--workspace"]).args(programs).arg("--");
    command.args(Some(filter).filter(|filter| !filter.is_empty())).args(["--nocapture", "--test-threads=1"]);
    run(command.envs(asked.iter().map(|(name, value)| (*name, value.to_string()))))
}
