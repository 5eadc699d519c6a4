//! `cargo xtask simulate`: runs many seeds of the simulation and says which broke an invariant, with the shortest
//! history that still does.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a program that a person started speaks to them; a world that cannot be made ends it"
)]

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use countersign_tests::simulation::{Coverage, Ended, Template, history, run, run_steps, shortest};
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
    let next = AtomicU64::new(asked.from);
    let total = Mutex::new(Coverage::default());
    let broken = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= asked.to {
                        return;
                    }
                    let ended = run(&template, seed);
                    total.lock().expect("nobody panicked").add(&ended.coverage);
                    if ended.broken.is_some() {
                        broken.lock().expect("nobody panicked").push(ended);
                    }
                }
            });
        }
    });
    let seconds = began.elapsed().as_secs_f64();
    let total = total.into_inner().expect("nobody panicked");
    let mut broken = broken.into_inner().expect("nobody panicked");
    broken.sort_by_key(|ended| ended.seed);
    tell(&asked, seconds, &total, &broken);
    if let Some(first) = broken.first() {
        tell_shortest(&asked, &template, first);
    }
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(asked: &Asked, seconds: f64, total: &Coverage, broken: &[Ended]) {
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
