//! Lines that let little through: every call of a whole visit cut at one byte after the other, a line of one kilobyte a
//! second, a line that loses a third of its packets. Nothing gets lost, nothing happens twice, and no line is used for more
//! than the work needs.
#![cfg(test)]
#![allow(clippy::print_stdout, reason = "a long run says how far it came")]

use std::collections::BTreeMap;
use std::time::Instant;

use countersign_device::store::MediaClass;
use countersign_device::sync::driver::sync_some;
use countersign_hub::store::EntryState;
use countersign_model::Id;
use countersign_model::entity::{Answer, Document, Evidence, FlagCode};
use countersign_model::wire::PUSH_COMMANDS;
use countersign_tests::office::{Office, Phone};
use countersign_tests::proxy::{Exchange, Fault, Proxy, SlowLine};

/// How far apart the cuts are; `COUNTERSIGN_CUT_EVERY` asks for others, 1 for every byte.
const EVERY: usize = 263;
/// Tries of a lane that are never used up: each cut costs one.
const TRIES: u32 = 10_000_000;

fn every() -> usize {
    std::env::var("COUNTERSIGN_CUT_EVERY").map_or(EVERY, |text| text.parse().expect("a number of bytes"))
}

/// Whose call it is: paths without what differs from call to call.
fn route(exchange: &Exchange) -> String {
    let words = exchange.path.split('/').map(|word| if word.len() > 20 { "{}" } else { word });
    format!("{} {}", exchange.method, words.collect::<Vec<_>>().join("/"))
}

/// Cuts by route: within requests, within replies.
fn cuts(log: &[Exchange]) -> BTreeMap<String, (u64, u64)> {
    let mut counted: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for exchange in log {
        let (requests, replies) = counted.entry(route(exchange)).or_default();
        match exchange.fault {
            Fault::CutAt(at) if at < exchange.request_bytes => *requests += 1,
            Fault::CutAt(at) if at < exchange.request_bytes + exchange.reply_bytes => *replies += 1,
            _ => {}
        }
    }
    counted
}

async fn enrol(office: &Office, proxy: &Proxy) -> Phone {
    let string = office.invite_at(office.ana, &proxy.url());
    let phone = Phone::new(11);
    let mut tried = 0;
    while let Err(problem) = phone.enrol(&string).await {
        tried += 1;
        assert!(tried < 1_000_000, "{problem}");
    }
    phone
}

/// A device that never heard of its hub gives up at once and is asked again, as a person does.
async fn sync_through(phone: &Phone) {
    let mut tried = 0;
    loop {
        let report = phone.sync_trying(TRIES).await;
        if report.problem.is_none() {
            return;
        }
        tried += 1;
        assert!(tried < 1_000_000, "{report:?}");
    }
}

/// All of a visit is at the hub, once.
fn arrived(office: &Office, visit: Id) {
    let answers = office.hub.all::<Answer>().unwrap();
    let of = |path: &str| answers.iter().filter(|(_, answer)| answer.instance.path == path).count();
    assert_eq!((of("/check/hours"), of("/check/machine_runs")), (1, 1));
    assert!(answers.iter().all(|(_, answer)| answer.kept.is_empty()), "one person's answers never conflict");
    let evidence = office.hub.children::<Evidence>(visit).unwrap();
    assert_eq!(evidence.len(), 1);
    assert!(evidence[0].1.media().all(|(sha256, _)| office.hub.holds(sha256).unwrap()));
    let documents = office.hub.children::<Document>(visit).unwrap();
    assert_eq!(documents.len(), 1);
    assert!(documents[0].1.attestation.is_some());
    assert!(office.flags(&FlagCode::AnswerConflict).is_empty());
    office.check();
}

/// From the enrolment to the receipt of the signed paper: the first try of each call breaks at its first byte, the next so
/// many bytes later, and so on through request and reply until one passes.
#[tokio::test(flavor = "multi_thread")]
async fn a_whole_visit_gets_through_cuts_at_one_place_after_the_other_of_all_its_calls() {
    let office = Office::without_limits().await;
    let proxy = Proxy::start(office.address).await;
    let planned = office.job(office.ana, &[]);
    proxy.cut_everywhere(every());
    let phone = enrol(&office, &proxy).await;
    sync_through(&phone).await;
    phone.fill(planned.job);
    phone.answer(planned.job, "hours", "4711").unwrap();
    phone.photograph(planned.job, 1);
    sync_through(&phone).await;
    let signed = phone.sign(planned.job);
    phone.app().submit(&planned.job.to_string()).unwrap();
    sync_through(&phone).await;
    let status = phone.app().status_screen().unwrap();
    assert!(!status.unique_on_this_device, "{status:?}");
    arrived(&office, planned.visit);
    assert_eq!(office.hub.children::<Document>(planned.visit).unwrap()[0].1.sealed_sha256, signed.sealed);
    let counted = cuts(&proxy.take_log());
    for route in [
        "GET /v1/trust",
        "POST /v1/enrol",
        "GET /v1/feed",
        "POST /v1/scopes",
        "POST /v1/commands",
        "POST /v1/media",
        "PUT /v1/media/{}/chunks/0",
        "POST /v1/media/{}/finish",
        "GET /v1/media/{}",
    ] {
        let of_route = counted.get(route).unwrap_or_else(|| panic!("{route} was never called: {counted:?}"));
        assert!(of_route.0 > 0 && of_route.1 > 0, "{route} was not cut on both ways: {counted:?}");
    }
    let (requests, replies) = counted.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("soak: every {} bytes: {requests} requests and {replies} replies cut, nothing was lost", every());
}

/// A sync over a line of this kind, of a device that has work of each kind but (too large for it) a photo.
async fn by_slow_line(bytes_per_second: u64, lost_per_mille: u64, photo: bool) -> (u64, f64) {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 11).await;
    phone.sync().await;
    phone.fill(planned.job);
    phone.answer(planned.job, "hours", "4711").unwrap();
    if photo {
        phone.photograph(planned.job, 1);
    }
    let line = SlowLine::start(office.address, bytes_per_second, lost_per_mille, 7).await;
    phone.set_address(&line.url());
    let begun = Instant::now();
    let report = phone.sync().await;
    let took = begun.elapsed().as_secs_f64();
    assert!(report.pushed >= 2, "{report:?}");
    let status = phone.app().status_screen().unwrap();
    assert!(!status.unique_on_this_device, "{status:?}");
    let hours = office.hub.all::<Answer>().unwrap();
    assert_eq!(hours.iter().filter(|(_, answer)| answer.instance.path == "/check/hours").count(), 1);
    office.check();
    (line.passed(), took)
}

/// Some answers over one kilobyte a second: slow, and all the same in one go.
#[tokio::test(flavor = "multi_thread")]
async fn answers_get_through_a_line_of_one_kilobyte_a_second() {
    let (bytes, seconds) = by_slow_line(1_000, 0, false).await;
    assert!(bytes < 24_000, "{bytes} bytes for three entries: something was sent again and again");
    // Each call has a connection of its own, and two may be under way at the same time.
    assert!(seconds > bytes as f64 / 1_000.0 / 4.0, "{bytes} bytes in {seconds} s: the line is not that slow");
    println!("soak: 1 kB/s: {bytes} bytes in {seconds:.1} s");
}

/// A photo over a line that loses a third of its packets.
#[tokio::test(flavor = "multi_thread")]
async fn a_photo_gets_through_a_line_that_loses_a_third_of_its_packets() {
    let (bytes, seconds) = by_slow_line(64_000, 300, true).await;
    assert!(bytes > 10_000, "{bytes}");
    println!("soak: 30 % loss: {bytes} bytes in {seconds:.1} s");
}

/// The system stops the worker within a file. The next one runs on a network that costs, the one after it on one that does
/// not: each does what its network allows, and what went through once is not sent again.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_stopped_within_a_file_goes_on_as_the_next_network_allows() {
    let office = Office::open().await;
    let proxy = Proxy::start(office.address).await;
    let planned = office.job(office.ana, &[]);
    let phone = phone_behind(&office, &proxy).await;
    phone.photograph(planned.job, 1);
    let files = phone.app().store().media_to_send(9).unwrap();
    let classes: Vec<MediaClass> = files.iter().map(|file| file.class).collect();
    assert!(classes.contains(&MediaClass::Thumbnail) && classes.contains(&MediaClass::Original), "{classes:?}");
    // The first file passes; in the middle of the next one the worker is stopped.
    proxy.place("PUT", "/v1/media/", 1, usize::MAX, Fault::HalfOpen);
    tokio::select! {
        report = phone.try_sync() => panic!("it ended by itself: {report:?}"),
        () = proxy.met(Fault::HalfOpen) => {}
    }
    assert_eq!(phone.app().store().media_to_send(9).unwrap().len(), files.len() - 1, "what hung is not called sent");
    proxy.clear();
    let sent = |log: Vec<Exchange>| -> Vec<String> {
        let puts = log.into_iter().filter(|exchange| exchange.method == "PUT" && exchange.status == 204);
        puts.map(|exchange| exchange.path).collect()
    };
    let first = sent(proxy.take_log());
    // A network that costs: nothing behind the previews.
    let surroundings = phone.app().surroundings();
    let never = std::future::pending();
    let report = sync_some(phone.app().store(), surroundings, MediaClass::Preview, |_| {}, never).await;
    assert_eq!(report.problem, None, "{}", report.detail);
    let left: Vec<MediaClass> = phone.app().store().media_to_send(9).unwrap().iter().map(|file| file.class).collect();
    assert!(!left.is_empty() && left.iter().all(|class| *class > MediaClass::Preview), "{left:?}");
    phone.sync().await;
    assert!(!phone.app().status_screen().unwrap().unique_on_this_device);
    let mut all: Vec<String> = first.into_iter().chain(sent(proxy.take_log())).collect();
    all.sort();
    let whole: Vec<String> = files.iter().map(|file| format!("/v1/media/{}/chunks/0", file.sha256)).collect();
    assert_eq!(all.len(), whole.len(), "each file went through once: {all:?}");
    assert!(whole.iter().all(|path| all.contains(path)), "{all:?}");
    office.check();
}

/// The office turns a device out between two runs of one push: what came before has its effect, the rest waits for a
/// person, nothing is lost, and nothing more goes down.
#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_turned_out_amid_a_push_loses_nothing_and_gets_nothing_more() {
    let office = Office::open().await;
    let proxy = Proxy::start(office.address).await;
    let planned = office.job(office.ana, &[]);
    let phone = phone_behind(&office, &proxy).await;
    let entries = PUSH_COMMANDS + 7;
    for number in 0..entries {
        phone.answer(planned.job, "hours", &number.to_string()).unwrap();
    }
    proxy.place("POST", "/v1/commands", 1, usize::MAX, Fault::Refuse);
    phone.try_sync().await;
    let left = phone.pending();
    assert!(left > 0 && left < entries as u64, "{left} wait: the push came in two runs");
    let device = phone.app().store().identity().unwrap().unwrap().device;
    office.hub.revoke(&office.manager(), device, "the phone was lost").unwrap();
    let later = office.job(office.ana, &[]);
    proxy.clear();
    phone.try_sync().await;
    assert_eq!(phone.app().status_screen().unwrap().problem.as_deref(), Some("revoked"));
    assert_eq!(phone.pending(), 0, "the office has it");
    assert!(phone.app().job_screen(&later.job.to_string()).is_err(), "no new job reaches it");
    let hours = || {
        let answers = office.hub.all::<Answer>().unwrap();
        answers.into_iter().find(|(_, one)| one.instance.path == "/check/hours").unwrap().1.current.value.unwrap()
    };
    assert_eq!(hours(), (entries as u64 - left - 1).to_string(), "what came before the office's word counts");
    let held = office.hub.read(|read| Ok(read.entries_in(&EntryState::Quarantined, 0, 1_000)?)).unwrap();
    assert_eq!(held.len() as u64, left);
    let held: Vec<Id> = held.into_iter().map(|entry| entry.command.id).collect();
    office.hub.confirm_quarantined(&held).unwrap();
    assert_eq!(hours(), (entries - 1).to_string());
    office.check();
}

async fn phone_behind(office: &Office, proxy: &Proxy) -> Phone {
    let phone = office.phone_at(office.ana, 11, &proxy.url()).await;
    phone.sync().await;
    proxy.take_log();
    phone
}
