//! A hub and devices in one process over real HTTP: what goes up, what comes down, and what a bad line does to it.
#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use countersign_device::app::{App, AppOptions, SoftwareVault, SystemPlatform};
use countersign_device::store::OpenOptions;
use countersign_device::sync::{FileProblem, Phase, Problem, Progress, Wish, watch};
use countersign_hub::{ServeOptions, Tls};
use countersign_model::document::{Provenance, Stage};
use countersign_model::entity::{Answer, Evidence, FormVersion, InstanceKey, fill_id};
use countersign_model::wire::{CHUNK_BYTES, EnrolmentString};
use countersign_model::{Digest, Id, RecordRef};
use countersign_tests::office::{Office, Phone};
use countersign_tests::proxy::{Exchange, Fault, Proxy};
use tokio::sync::{mpsc, oneshot};

/// Longer than any of these takes, so that a broken one ends at all.
const PATIENCE: Duration = Duration::from_secs(120);

fn answer_at_hub(office: &Office, visit: Id, question: &str) -> Option<Answer> {
    let form = office.hub.all::<FormVersion>().unwrap()[0].1.sha256;
    let fill = fill_id(&RecordRef::new("visit", visit), form, "service");
    office.hub.get::<Answer>(InstanceKey::plain(question).answer_id(fill)).unwrap().map(|(_, answer)| answer)
}

fn value_at_hub(office: &Office, visit: Id, question: &str) -> Option<String> {
    answer_at_hub(office, visit, question).and_then(|answer| answer.current.value)
}

/// Bytes that no camera made, as a file of a machine's log would be.
fn attach_file(phone: &Phone, job: Id, length: u64) -> Digest {
    let bytes: Vec<u8> = (0..length).map(|at| u8::try_from((at * 31 + at / 977) % 251).unwrap()).collect();
    phone.attach(job, &mut bytes.as_slice(), "machine.log", Stage::Neither)
}

/// A device behind a proxy that holds the job.
async fn behind_proxy(office: &Office, job: Id) -> (Proxy, Phone) {
    let proxy = Proxy::start(office.address).await;
    let phone = office.phone_at(office.ana, 11, &proxy.url()).await;
    phone.sync().await;
    assert_eq!(phone.app().job_screen(&job.to_string()).unwrap().job, job);
    proxy.take_log();
    (proxy, phone)
}

fn count(log: &[Exchange], method: &str, path: &str) -> usize {
    log.iter().filter(|exchange| exchange.method == method && exchange.path.contains(path)).count()
}

/// Nothing is left on the device that the hub does not have.
fn assert_through(phone: &Phone) {
    let status = phone.app().status_screen().unwrap();
    let left = (status.pending_commands, status.unconfirmed_media, status.unique_on_this_device);
    assert_eq!(left, (0, 0, false), "{}", status.sentence);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_goes_up_decisions_come_back_and_a_second_device_sees_it() {
    let office = Office::open().await;
    let ana = office.phone(office.ana, 11).await;
    let first = ana.sync().await;
    assert!(first.pulled > 0, "people and the form's row: {first:?}");
    let planned = office.job(office.ana, &[office.ben]);
    ana.sync().await;

    ana.answer(planned.job, "hours", "4711").unwrap();
    let photo = ana.photograph(planned.job, 3);
    assert!(ana.app().status_screen().unwrap().unique_on_this_device);
    let report = ana.sync().await;
    assert!(report.pushed >= 2 && report.media_bytes > 0, "{report:?}");
    assert_eq!((report.refused, report.files.len()), (0, 0));
    assert_eq!(value_at_hub(&office, planned.visit, "/check/hours").as_deref(), Some("4711"));
    assert!(office.hub.holds(photo).unwrap());
    assert_through(&ana);

    // The decisions came with the same sync, so nothing is left to do.
    let again = ana.sync().await;
    assert_eq!((again.pushed, again.pulled, again.media_bytes), (0, 0, 0), "{again:?}");

    let ben = office.phone(office.ben, 12).await;
    let report = ben.sync().await;
    assert!(report.fetched_bytes > 0, "the form and the small pictures: {report:?}");
    assert_eq!(ben.value(planned.job, "hours"), "4711");
    let evidence = office.hub.children::<Evidence>(planned.visit).unwrap();
    let preview = evidence[0].1.preview.as_ref().unwrap().sha256;
    assert!(ben.app().store().media_bytes(preview).unwrap().is_some());
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_lost_after_the_commit_leaves_one_effect() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let (proxy, ana) = behind_proxy(&office, planned.job).await;
    for (method, path) in [("POST", "/v1/commands"), ("GET", "/v1/feed"), ("POST", "/v1/media"), ("PUT", "/v1/media")] {
        proxy.once(method, path, Fault::DropReply);
    }
    ana.answer(planned.job, "hours", "5").unwrap();
    ana.photograph(planned.job, 4);
    let report = ana.try_sync().await;
    assert_eq!(report.problem, Some(Problem::NotConnected), "{report:?}");
    // The hub has the answer, the device does not know yet and keeps it.
    assert_eq!(value_at_hub(&office, planned.visit, "/check/hours").as_deref(), Some("5"));
    assert!(ana.pending() > 0);
    let events = |office: &Office| office.hub.children::<Evidence>(planned.visit).unwrap().len();
    assert_eq!(events(&office), 1);
    for _ in 0..3 {
        ana.try_sync().await;
    }
    ana.sync().await;
    assert_eq!(events(&office), 1);
    assert_through(&ana);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watching_device_hears_of_news_and_sends_what_is_saved() {
    let office = Office::open().await;
    let ana = office.phone(office.ana, 11).await;
    let early = office.job(office.ana, &[]);
    let (show, mut shown) = mpsc::unbounded_channel::<Progress>();
    let (wish, wishes) = mpsc::channel(4);
    let (stop, stopped) = oneshot::channel::<()>();
    let app = ana.app().clone();
    let watching = tokio::spawn(async move {
        let show = move |progress: &Progress| drop(show.send(progress.clone()));
        let stopped = async move { drop(stopped.await) };
        watch(app.store(), app.surroundings(), show, wishes, stopped).await
    });
    let mut until = async |what: &str, there: &dyn Fn(&Progress) -> bool| {
        let seen = async { while !there(&shown.recv().await.unwrap()) {} };
        tokio::time::timeout(PATIENCE, seen).await.unwrap_or_else(|_| panic!("{what} never came"));
    };
    until("rest", &|progress| progress.status.phase == Phase::Idle && progress.report.pulled > 0).await;

    // Another program on the same store saves something, and nobody wishes anything.
    let store = OpenOptions { ballast_bytes: 0, ..OpenOptions::default() };
    let options = AppOptions {
        store,
        key: ana.key.clone(),
        vault: Arc::new(SoftwareVault::beside(ana.folder())),
        platform: Arc::new(SystemPlatform::new()),
    };
    let second = App::open(ana.folder(), options).unwrap();
    second.answer(&early.job.to_string(), "hours", "8", Provenance::Typed).unwrap();
    until("another program's answer", &|progress| progress.status.phase == Phase::Idle && progress.report.pushed > 0)
        .await;
    assert_eq!(value_at_hub(&office, early.visit, "/check/hours").as_deref(), Some("8"));

    // No wish, no poll: only the hub's poke can bring this in time.
    let planned = office.job(office.ana, &[]);
    let holds = || ana.app().job_screen(&planned.job.to_string()).is_ok();
    until("the job", &|progress| progress.status.phase == Phase::Idle && holds()).await;

    ana.answer(planned.job, "hours", "9").unwrap();
    wish.send(Wish::LocalChange).await.unwrap();
    until("the answer", &|progress| progress.status.phase == Phase::Idle && progress.report.pushed > 1).await;
    assert_eq!(value_at_hub(&office, planned.visit, "/check/hours").as_deref(), Some("9"));
    stop.send(()).unwrap();
    let report = watching.await.unwrap();
    assert_eq!(report.problem, None, "{}", report.detail);
    assert_through(&ana);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_self_signed_hub_is_known_by_its_key_and_nobody_else_is_let_in() {
    let mut office = Office::open().await;
    office.stop().await;
    let options = ServeOptions { tls: Tls::SelfSigned, ..ServeOptions::local(0) };
    let serving = office.hub.serve(options).await.unwrap();
    let string: EnrolmentString = office.invite_at(office.ana, &serving.url).parse().unwrap();
    assert!(string.url.starts_with("https://") && string.tls_key == serving.tls_key && string.tls_key.is_some());

    // Another key than the invitation's, and a certificate that no public authority issued.
    for pin in [Some(Digest::of(b"somebody else's key")), None] {
        let phone = Phone::new(13);
        let wrong = EnrolmentString { tls_key: pin, ..string.clone() };
        let problem = phone.enrol(&wrong.to_string()).await.unwrap_err();
        assert!(problem.to_string().contains("do not go on"), "{problem}");
        assert_eq!(phone.app().store().pending_enrolment().unwrap(), None, "the code never left the device");
    }
    // Another company at the right address.
    let phone = Phone::new(14);
    let other = EnrolmentString { tenant_key: Digest::of(b"another company"), ..string.clone() };
    let problem = phone.enrol(&other.to_string()).await.unwrap_err();
    assert!(problem.to_string().contains("do not go on"), "{problem}");

    let ana = Phone::new(11);
    ana.enrol(&string.to_string()).await.unwrap();
    let planned = office.job(office.ana, &[]);
    ana.sync().await;
    ana.answer(planned.job, "hours", "1").unwrap();
    ana.photograph(planned.job, 5);
    ana.sync().await;
    assert_through(&ana);
    serving.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_hotel_nothing_counts_as_sent() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let (proxy, ana) = behind_proxy(&office, planned.job).await;
    ana.answer(planned.job, "hours", "3").unwrap();
    ana.photograph(planned.job, 6);
    let before = ana.pending();
    for fault in [Fault::portal_page(), Fault::portal_redirect()] {
        proxy.always("/", fault);
        let report = ana.try_sync().await;
        assert_eq!((report.problem, report.pushed, report.media_bytes), (Some(Problem::NotTheHub), 0, 0));
        assert_eq!(ana.pending(), before);
        assert_eq!(ana.app().status_screen().unwrap().problem.as_deref(), Some("captive_portal"));
        proxy.clear();
    }
    ana.sync().await;
    assert_through(&ana);
    assert_eq!(ana.app().status_screen().unwrap().problem, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_down_is_said_and_found_again() {
    let mut office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    office.stop().await;
    ana.answer(planned.job, "hours", "8").unwrap();
    let report = ana.try_sync().await;
    assert_eq!(report.problem, Some(Problem::NotConnected));
    assert_eq!(ana.app().status_screen().unwrap().problem.as_deref(), Some("offline"));
    office.restart().await;
    ana.sync().await;
    assert_eq!(value_at_hub(&office, planned.visit, "/check/hours").as_deref(), Some("8"));
    assert_through(&ana);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_is_too_large_is_cut_in_halves() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let (proxy, ana) = behind_proxy(&office, planned.job).await;
    for hours in 0..8 {
        ana.answer(planned.job, "hours", &hours.to_string()).unwrap();
    }
    let waiting = ana.pending();
    proxy.place("POST", "/v1/commands", 0, 2, Fault::status(413, "too_large", None));
    let report = ana.sync().await;
    assert_eq!(report.pushed, waiting);
    let pushes = count(&proxy.take_log(), "POST", "/v1/commands");
    assert!(pushes >= 4, "{pushes} pushes: two refused, then parts");
    assert_eq!(value_at_hub(&office, planned.visit, "/check/hours").as_deref(), Some("7"));
    assert_through(&ana);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_in_a_large_file_costs_one_chunk() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let (proxy, ana) = behind_proxy(&office, planned.job).await;
    let file = attach_file(&ana, planned.job, 2 * CHUNK_BYTES + 5);
    proxy.place("PUT", &format!("/v1/media/{file}/chunks/1"), 0, 1, Fault::CutRequest(3 << 20));
    let cut = ana.try_sync().await;
    assert_eq!(cut.problem, Some(Problem::NotConnected), "{cut:?}");
    let rest = ana.sync().await;
    assert_eq!(cut.media_bytes + rest.media_bytes, 2 * CHUNK_BYTES + 5, "no chunk counted twice");
    let log = proxy.take_log();
    let sent: Vec<usize> = (0..3).map(|index| count(&log, "PUT", &format!("{file}/chunks/{index}"))).collect();
    assert_eq!(sent, [1, 2, 1]);
    assert!(office.hub.holds(file).unwrap());
    assert_through(&ana);
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changed_on_the_device_is_named_and_holds_up_no_other() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    let flipped = attach_file(&ana, planned.job, 100_000);
    let shortened = attach_file(&ana, planned.job, 50_000);
    let good = ana.photograph(planned.job, 7);
    let mut bytes = std::fs::read(ana.app().store().media_path(flipped)).unwrap();
    bytes[777] ^= 1;
    std::fs::write(ana.app().store().media_path(flipped), bytes).unwrap();
    std::fs::write(ana.app().store().media_path(shortened), b"short").unwrap();
    let report = ana.try_sync().await;
    assert_eq!(report.files.get(&flipped), Some(&FileProblem::Unreadable), "{report:?}");
    assert_eq!(report.files.get(&shortened), Some(&FileProblem::Unreadable), "{report:?}");
    assert!(office.hub.holds(good).unwrap());
    assert!(!office.hub.holds(flipped).unwrap() && !office.hub.holds(shortened).unwrap());
    // It is told to a person, and the next sync does not try in vain.
    assert!(ana.app().status_screen().unwrap().attention >= 2);
    let again = ana.sync().await;
    assert_eq!((again.media_bytes, again.files.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_arrives_changed_again_and_again_and_is_right_here_is_sent_later() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let (proxy, ana) = behind_proxy(&office, planned.job).await;
    let photo = ana.photograph(planned.job, 8);
    proxy.always(&format!("/v1/media/{photo}/chunks"), Fault::status(422, "digest_mismatch", None));
    let report = ana.try_sync().await;
    assert_eq!(report.files.get(&photo), Some(&FileProblem::Damaged), "{report:?}");
    assert!(!office.hub.holds(photo).unwrap());
    let media = ana.app().store().read(|rows| rows.media(photo)).unwrap().unwrap();
    assert!(!media.damaged, "nobody is asked to take it again");
    proxy.clear();
    ana.sync().await;
    assert!(office.hub.holds(photo).unwrap());
    assert_through(&ana);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_decided_while_a_file_is_stuck() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let (proxy, ana) = behind_proxy(&office, planned.job).await;
    proxy.always("/v1/media", Fault::status(507, "storage", None));
    ana.answer(planned.job, "hours", "6").unwrap();
    let photo = ana.photograph(planned.job, 8);
    let next = office.job(office.ana, &[]);
    let report = ana.try_sync().await;
    assert_eq!(report.problem, Some(Problem::HubStorage), "{report:?}");
    assert_eq!(ana.pending(), 0, "the commands are through");
    assert!(ana.app().job_screen(&next.job.to_string()).is_ok(), "and the news is here");
    assert!(!office.hub.holds(photo).unwrap());
    proxy.clear();
    ana.sync().await;
    assert_through(&ana);
}
