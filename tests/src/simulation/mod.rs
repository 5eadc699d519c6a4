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
mod clock;
pub mod coverage;
mod invariants;
mod manager;
mod phone;
mod plan;
mod shrink;
mod wire;
mod world;

pub use coverage::Coverage;
pub use plan::{Step, history};
pub use shrink::shortest;
pub use world::{Ended, Template};

/// Runs a seed's history.
pub fn run(template: &Template, seed: u64) -> Ended {
    run_steps(template, seed, &history(seed))
}

/// Runs these steps in the world of a seed.
pub fn run_steps(template: &Template, seed: u64, steps: &[Step]) -> Ended {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(world::live(template, seed, steps))
}
