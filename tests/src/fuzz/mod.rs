//! Fuzzing on stable Rust: real items of our own making are changed by chance, and what takes bytes from outside must answer
//! with a value or an error. A panic, an overflow or a call that does not end is a failure; the input is kept in a file.
//!
//! The same seed changes the same items alike on every machine; only how many are tried depends on the time.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "how many inputs were tried is for whoever runs it longer"
)]

mod bytes;
mod value;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub use bytes::{Mixer, Words};
pub use value::{change_text, change_value};

use countersign_model::Digest;

use crate::chance::Chance;
use crate::office::{Office, Phone};

/// For how long a target is tried where nothing else is said.
const USUAL: Duration = Duration::from_millis(1_500);
/// Tried at least this often, however slow the machine is.
const LEAST: u64 = 40;
/// A call that takes longer has failed.
const SLOWEST: Duration = Duration::from_secs(5);
/// A call that takes longer does not end: the program is stopped, since nothing else stops it.
const ENDLESS: Duration = Duration::from_secs(120);

/// For how long each target is tried: `COUNTERSIGN_FUZZ_SECONDS` asks for more.
pub fn budget() -> Duration {
    let asked = std::env::var("COUNTERSIGN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    asked.map_or(USUAL, Duration::from_secs)
}

/// Tries a target: `make` makes an input by chance, `take` gives it to the target and checks what comes back.
pub fn fuzz<I: AsRef<[u8]>>(target: &str, mut make: impl FnMut(&mut Chance) -> I, mut take: impl FnMut(&I)) {
    let watch = Watch::start(target);
    let begin = Instant::now();
    let (mut tried, mut slowest) = (0u64, Duration::ZERO);
    while tried < LEAST || begin.elapsed() < budget() {
        let input = make(&mut chance(target, tried));
        watch.begin(tried);
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| take(&input)));
        let took = started.elapsed();
        watch.end();
        if outcome.is_err() || took > SLOWEST {
            let kept = keep(target, tried, input.as_ref());
            panic!("{target}: input {tried} failed after {took:?}; it is kept in {}", kept.display());
        }
        slowest = slowest.max(took);
        tried += 1;
    }
    println!("fuzz: {target}: {tried} inputs, slowest {slowest:?}");
}

/// The chance of one input: none needs those before it to be made again.
fn chance(target: &str, number: u64) -> Chance {
    let seed = target
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    Chance::new(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn keep(target: &str, number: u64, input: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join("countersign-fuzz");
    let path = folder.join(format!("{target}-{number}.bin"));
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input));
    if let Err(error) = written {
        println!("the input could not be kept: {error}; it is {}", hex::encode(input));
    }
    path
}

/// Looks from another thread at whether the present call ends.
struct Watch {
    since: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
    zero: Instant,
}

impl Watch {
    fn start(target: &str) -> Watch {
        let watch = Watch { since: Arc::default(), over: Arc::default(), zero: Instant::now() };
        let (since, over, zero, target) = (watch.since.clone(), watch.over.clone(), watch.zero, target.to_owned());
        std::thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                std::thread::park_timeout(Duration::from_millis(200));
                // The number of the input and when it began, milliseconds; 0 between two inputs.
                let now = since.load(Ordering::Relaxed);
                let began = Duration::from_millis(now & 0xffff_ffff);
                if now != 0 && zero.elapsed().saturating_sub(began) > ENDLESS {
                    eprintln!("{target}: input {} does not end", now >> 32);
                    std::process::abort();
                }
            }
        });
        watch
    }

    fn begin(&self, number: u64) {
        let now = self.zero.elapsed().as_millis() as u64 & 0xffff_ffff;
        self.since.store((number << 32) | now.max(1), Ordering::Relaxed);
    }

    fn end(&self) {
        self.since.store(0, Ordering::Relaxed);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// A phone with work of every kind that is not sent, and a signed document.
pub async fn at_work() -> (Office, Phone, Digest) {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 1).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.answer(planned.job, "hours", "4711").expect("it is saved");
    ana.app().use_part(&planned.job.to_string(), "SEAL-0042", "1.5", "").expect("it is saved");
    ana.photograph(planned.job, 4);
    let sealed = ana.sign(planned.job).sealed;
    (office, ana, sealed)
}
