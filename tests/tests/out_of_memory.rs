//! SQLite gets no memory at its n-th request, once or from there on, while an answer is saved, a photo attached, a document
//! signed and vouched for, a page of the feed taken.
//!
//! Then nothing is there by half, in the store that stays open and in one that is opened anew, what was called saved is
//! there, and as soon as there is memory again the same step works. Rust's own allocator ends the process where it gets
//! none: that is a kill, which `crash.rs` and `kill.rs` play.
#![cfg(test)]

use countersign_device::store::Store;
use countersign_tests::bench::Bench;
use countersign_tests::memory::{Shortage, during, install};
use countersign_tests::steps::{ANSWER, ATTACH, SIGN, Step, TAKE_PAGE, VOUCH, whole};

/// Each of the first so many requests is refused, and of the later ones one in so many.
const EACH: u64 = 30;
const LATER: usize = 47;
/// A step asks for memory more often than this; else nothing would be tried.
const FEWEST_REQUESTS: u64 = 40;

fn at_every_request(step: &Step) {
    install();
    let bench = Bench::new();
    bench.prepare_more(step.before);
    let requests = requests(&bench, step);
    assert!(requests >= FEWEST_REQUESTS, "{requests} requests");
    let mut refused = 0;
    let places = (1..=requests.min(EACH)).chain((EACH + 1..=requests).step_by(LATER));
    for at in places {
        for shortage in [Shortage::Once(at), Shortage::From(at)] {
            refused += u64::from(!struck(&bench, step, shortage));
        }
    }
    assert!(refused > EACH / 2, "{refused} times a step said that it could not");
}

/// How often the step asks for memory where there is enough.
fn requests(bench: &Bench, step: &Step) -> u64 {
    let store = bench.open(&bench.copy("sound")).unwrap();
    let (done, requests) = during(Shortage::Never, || (step.act)(&store));
    done.unwrap();
    assert!((step.happened)(&store));
    requests
}

/// Does the step while memory is short, and looks at everything; says whether it was called done.
fn struck(bench: &Bench, step: &Step, shortage: Shortage) -> bool {
    let name = format!("{shortage:?}");
    let folder = bench.copy(&name);
    let store = bench.open(&folder).unwrap();
    let (outcome, _) = during(shortage, || (step.act)(&store));
    let saved = outcome.is_ok();
    // Bytes that got no row are adopted at the next start: until then a file without a row may lie there.
    match saved {
        true => look(&store, step, saved, &name),
        false => whole(&store, &name),
    }
    drop(store);
    let store = bench.open(&folder).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(store.salvaged().is_none(), "{name}: nothing was damaged");
    look(&store, step, saved, &name);
    if !(step.happened)(&store) {
        (step.act)(&store).unwrap_or_else(|error| panic!("{name}, with memory: {error}"));
        look(&store, step, true, &name);
    }
    drop(store);
    std::fs::remove_dir_all(&folder).unwrap();
    saved
}

fn look(store: &Store, step: &Step, saved: bool, name: &str) {
    assert!((step.happened)(store) || !saved, "{name}: it was called saved and is not there");
    whole(store, name);
}

#[test]
fn an_answer_is_there_or_not_when_memory_runs_out() {
    at_every_request(&ANSWER);
}

#[test]
fn a_photo_is_there_or_not_when_memory_runs_out() {
    at_every_request(&ATTACH);
}

#[test]
fn a_signature_is_there_or_not_when_memory_runs_out() {
    at_every_request(&SIGN);
}

#[test]
fn the_devices_signature_is_there_or_not_when_memory_runs_out() {
    at_every_request(&VOUCH);
}

#[test]
fn a_page_of_the_feed_is_taken_or_not_when_memory_runs_out() {
    at_every_request(&TAKE_PAGE);
}
