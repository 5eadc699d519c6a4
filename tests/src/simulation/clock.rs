//! Time and chance of a simulation: both come from the seed and from nowhere else.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use countersign_device::app::Platform;
use countersign_hub::edge::{Clock, Edge};
use tokio::time::Instant;

use crate::chance::Chance;

/// When every simulation begins: 25 October 2026, 00:30 UTC, half an hour before clocks in Europe go back.
const BEGIN: i64 = 1_792_888_200_000;

/// The true time of a simulation: that of the paused clock of its runtime.
#[derive(Clone, Debug)]
pub struct Time(Instant);

impl Time {
    /// Begins now.
    pub fn begin() -> Time {
        Time(Instant::now())
    }

    /// Milliseconds since the simulation began.
    pub fn elapsed(&self) -> i64 {
        i64::try_from(self.0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// Milliseconds since 1970, as the hub's clock shows them.
    pub fn now(&self) -> i64 {
        BEGIN + self.elapsed()
    }

    /// The hub's edge: this time, and chance of the seed.
    pub fn edge(&self, seed: u64) -> Edge {
        let time = self.clone();
        edge_of(Arc::new(move || time.now()), seed)
    }
}

/// An edge whose clock stands where every simulation begins, for what is made before one.
pub fn still_edge(seed: u64) -> Edge {
    edge_of(Arc::new(|| BEGIN), seed)
}

fn edge_of(clock: Clock, seed: u64) -> Edge {
    let chance = Mutex::new(Chance::new(seed));
    Edge {
        clock,
        chance: Arc::new(move |into| {
            fill(&mut chance.lock().unwrap_or_else(PoisonError::into_inner), into);
            Ok(())
        }),
    }
}

fn fill(chance: &mut Chance, into: &mut [u8]) {
    for piece in into.chunks_mut(8) {
        let bytes = chance.draw().to_be_bytes();
        piece.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    }
}

/// A phone as its operating system shows it: a wall clock that people and networks set, a monotonic one that begins
/// anew at each boot.
#[derive(Debug)]
pub struct Handset {
    time: Time,
    chance: Mutex<Chance>,
    /// How far the wall clock is off, milliseconds.
    skew: AtomicI64,
    offset_minutes: AtomicI64,
    boot: AtomicU64,
    booted: AtomicI64,
}

impl Handset {
    /// Switched on now, with a right clock.
    pub fn new(time: &Time, seed: u64) -> Handset {
        Handset {
            time: time.clone(),
            chance: Mutex::new(Chance::new(seed)),
            skew: AtomicI64::new(0),
            offset_minutes: AtomicI64::new(120),
            boot: AtomicU64::new(1),
            booted: AtomicI64::new(0),
        }
    }

    /// Sets the wall clock this much off the truth, and its zone.
    pub fn set(&self, skew: i64, offset_minutes: i64) {
        self.skew.store(skew, Ordering::Relaxed);
        self.offset_minutes.store(offset_minutes, Ordering::Relaxed);
    }

    /// Boots: another count of monotonic time begins.
    pub fn boot_anew(&self) {
        self.boot.fetch_add(1, Ordering::Relaxed);
        self.booted.store(self.time.elapsed(), Ordering::Relaxed);
    }
}

impl Platform for Handset {
    fn free_space(&self, _: &Path) -> Option<u64> {
        None
    }

    fn wall(&self) -> i64 {
        self.time.now() + self.skew.load(Ordering::Relaxed)
    }

    fn boot(&self) -> String {
        self.boot.load(Ordering::Relaxed).to_string()
    }

    fn monotonic(&self) -> i64 {
        self.time.elapsed() - self.booted.load(Ordering::Relaxed)
    }

    fn offset_minutes(&self) -> i32 {
        i32::try_from(self.offset_minutes.load(Ordering::Relaxed)).unwrap_or(0)
    }

    fn chance(&self, into: &mut [u8]) -> io::Result<()> {
        fill(&mut self.chance.lock().unwrap_or_else(PoisonError::into_inner), into);
        Ok(())
    }
}
