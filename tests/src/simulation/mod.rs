//! A whole company under bad weather, by a seed: engineers and a manager who act at random, two to five devices with
//! their real stores, the hub's real judge and store, and between them a network that loses, delays, doubles and
//! reorders. Clocks are skewed and jump, devices are killed and lose what their disk had not synced, the hub restarts.
//!
//! Everything that happens follows from the seed: one thread, a clock that only the simulation moves, and chance that is
//! drawn from the seed. A seed that is run twice leaves the same trace. The history of a seed is a list of steps that
//! do not depend on each other's chance, so a failing one can be cut down to the steps that it needs ([`shrink`]).
//!
//! After every step the invariants of [`invariants`] are looked at; at the end the weather clears, and all must come to
//! rest.

mod acts;
mod came;
mod clock;
pub mod coverage;
mod invariants;
mod manager;
mod phone;
mod plan;
mod shrink;
mod wire;
mod world;

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use countersign_model::seeded::{self, Bug};
pub use coverage::Coverage;
pub use plan::{Step, history};
pub use shrink::shortest;
pub use world::{Ended, Template};

/// Runs a seed's history.
pub fn run(template: &Template, seed: u64) -> Ended {
    run_steps(template, seed, &history(seed))
}

/// What many seeds came to.
#[derive(Clone, Debug, Default)]
pub struct Lived {
    /// What they came across, together.
    pub coverage: Coverage,
    /// Those that broke an invariant, by their seeds.
    pub broken: Vec<Ended>,
}

/// Runs each of these seeds once, as many at a time as the machine has processors.
pub fn run_seeds(template: &Template, seeds: Range<u64>) -> Lived {
    let next = AtomicU64::new(seeds.start);
    let lived = Mutex::new(Lived::default());
    let live = || {
        while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < seeds.end) {
            let ended = run(template, seed);
            let mut lived = lived.lock().expect("no seed panicked");
            lived.coverage.add(&ended.coverage);
            lived.broken.extend(ended.broken.is_some().then_some(ended));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(live))));
    let mut lived = lived.into_inner().expect("no seed panicked");
    lived.broken.sort_by_key(|ended| ended.seed);
    lived
}

/// Does this with a bug switched on.
pub fn with<T>(bug: Bug, work: impl FnOnce() -> T) -> T {
    seeded::switch(Some(bug));
    let outcome = work();
    seeded::switch(None);
    outcome
}

/// Runs a seed's history with every clock right, and with clocks that are set wrong again and again. What people did
/// must come to the same; `None` where it does not say anything, since a clock kept somebody from doing it.
pub fn clocks_change_only_times(template: &Template, seed: u64) -> Option<Result<(), String>> {
    let steps = history(seed);
    let right: Vec<Step> = steps.iter().filter(|step| !matches!(step, Step::SetClock { .. })).cloned().collect();
    let (right, wrong) = (run_steps(template, seed, &right), run_steps(template, seed, &plan::with_wrong_clocks(seed)));
    if right.acts() != wrong.acts() {
        return None;
    }
    let differs = right.came_of_it.iter().zip(&wrong.came_of_it).find(|(right, wrong)| right != wrong);
    Some(match differs {
        None if right.came_of_it.len() == wrong.came_of_it.len() => Ok(()),
        other => Err(format!("I9: with wrong clocks something else came of it: {other:?}")),
    })
}

/// Runs these steps in the world of a seed.
pub fn run_steps(template: &Template, seed: u64, steps: &[Step]) -> Ended {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(world::live(template, seed, steps))
}
