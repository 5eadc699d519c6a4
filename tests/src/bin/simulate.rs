//! `cargo xtask simulate`: runs many seeds of the simulation and says which broke an invariant, with the shortest
//! history that still does.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that a person started speaks to them")]

use std::process::ExitCode;
use std::time::Instant;

use countersign_tests::simulation::{Ended, Lived, Template, history, run_seeds, run_steps, shortest};
use serde_json::json;

const USAGE: &str = "usage: simulate --seeds A..B [--json]
A and B are numbers; each seed from A to below B is run once. Exit 1 where a seed broke an invariant.";

struct Asked {
    from: u64,
    to: u64,
    json: bool,
}

fn asked(words: &[String]) -> Option<Asked> {
    let mut asked = Asked { from: 0, to: 0, json: false };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--json" => asked.json = true,
            "--seeds" => {
                let (from, to) = words.next()?.split_once("..")?;
                (asked.from, asked.to) = (from.parse().ok()?, to.parse().ok()?);
            }
            _ => return None,
        }
    }
    (asked.from < asked.to).then_some(asked)
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(asked) = asked(&words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let began = Instant::now();
    let template = Template::new();
    let lived = run_seeds(&template, asked.from..asked.to);
    tell(&asked, began.elapsed().as_secs_f64(), &lived);
    if let Some(first) = lived.broken.first() {
        tell_shortest(&asked, &template, first);
    }
    if lived.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(asked: &Asked, seconds: f64, lived: &Lived) {
    let Lived { coverage: total, broken } = lived;
    let seeds = asked.to - asked.from;
    if asked.json {
        let counts: serde_json::Map<String, serde_json::Value> =
            total.rows().map(|(name, count)| (name.to_owned(), count.into())).collect();
        let failed: Vec<_> = broken.iter().map(|ended| json!({"seed": ended.seed, "broken": ended.broken})).collect();
        println!("{}", json!({"seeds": seeds, "seconds": seconds, "coverage": counts, "broken": failed}));
        return;
    }
    total.rows().for_each(|(name, count)| println!("{count:>9}  {name}"));
    for ended in broken {
        println!("seed {}: {}", ended.seed, ended.broken.as_deref().unwrap_or_default());
    }
    #[allow(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = seeds as f64 / seconds.max(0.001);
    println!("{seeds} seeds in {seconds:.1} s, {rate:.1} seeds/s, {} broken", broken.len());
}

fn tell_shortest(asked: &Asked, template: &Template, ended: &Ended) {
    let steps = shortest(template, ended.seed, &history(ended.seed));
    let again = run_steps(template, ended.seed, &steps);
    if asked.json {
        let steps: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
        println!("{}", json!({"seed": ended.seed, "shortest": steps, "broken": again.broken}));
        return;
    }
    println!("the shortest history of seed {} that breaks something:", ended.seed);
    again.lines.iter().for_each(|line| println!("  {line}"));
    println!("  {}", again.broken.unwrap_or_default());
}
