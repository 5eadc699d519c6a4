//! `cargo xtask soak kills`: the tests that `kill -9` the real programs, at as many points as asked. Each scene ends with
//! the same questions as in the tests; the first thing that is lost ends the run and names the seed.

use std::process::{Command, ExitCode};

use crate::steps::{Problem, run};

/// Kills where nothing is asked for.
const COUNT: u64 = 2_000;
/// Of so many kills one is of the office server: it takes longest to come back.
const HUB_SHARE: u64 = 9;

/// Kills the device program and the office server `--count` times in all, from other seeds than the tests with `--seed`.
pub fn kills(words: &[&str]) -> ExitCode {
    let asked = match read(words) {
        Ok(asked) => asked,
        Err(Problem(why)) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    let of_hub = asked.count / HUB_SHARE;
    let parts = [
        ("kill_minus_nine_at_two_hundred_points_loses_nothing_that_was_called_saved", asked.count - of_hub),
        ("a_hub_killed_in_the_middle_of_syncs_keeps_what_it_answered_and_does_nothing_twice", of_hub),
    ];
    let lost: Vec<String> =
        parts.iter().filter_map(|(test, count)| soak(test, *count, asked.seed).err()).map(|Problem(why)| why).collect();
    match lost.is_empty() {
        true => println!("at least {} kills, as counted above; nothing was lost", asked.count),
        false => println!("FAILED, the seed stands above: {}", lost.join("; ")),
    }
    if lost.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Asked {
    count: u64,
    seed: u64,
}

fn read(words: &[&str]) -> Result<Asked, Problem> {
    let mut asked = Asked { count: COUNT, seed: 0 };
    for pair in words.chunks(2) {
        let number = |text: &str| text.parse().map_err(|_| Problem(format!("{text} is no number")));
        match pair {
            ["--count", text] => asked.count = number(text)?,
            ["--seed", text] => asked.seed = number(text)?,
            _ => return Err(Problem("usage: cargo xtask soak kills [--count 2000] [--seed 0]".to_owned())),
        }
    }
    Ok(asked)
}

fn soak(test: &str, count: u64, seed: u64) -> Result<(), Problem> {
    if count == 0 {
        return Ok(());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo)
        // All of the workspace, as the tests build it: another choice of packages would be another build.
        .args(["test", "--workspace", "--", test, "--nocapture"])
        .env("COUNTERSIGN_KILLS", count.to_string())
        .env("COUNTERSIGN_KILL_SEED", seed.to_string()))
}
