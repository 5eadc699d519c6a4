//! What networks do to a device: replies lost after the hub committed, connections cut at many bytes, a hub that is
//! down, captive portals, somebody else's hub, refusals with and without `Retry-After`.
//!
//! After each: nothing is marked sent that the hub does not have, nothing has its effect twice, and as soon as the
//! network is sound again everything gets through.
#![cfg(test)]

use std::sync::Arc;

use countersign_device::app::{AppError, Remedy};
use countersign_device::store::Draft;
use countersign_device::sync::Problem;
use countersign_model::document::Provenance;
use countersign_model::entity::{Answer, Evidence, FlagCode, FormVersion, InstanceKey, Visit};
use countersign_model::payload::{AnswerSet, Payload};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, Language, RecordRef};
use countersign_tests::office::{Office, Phone};
use countersign_tests::proxy::{Fault, Proxy, nobody};
use countersign_texts::Texts;

/// An office, a proxy before it, and a device behind the proxy that holds a job.
struct Line {
    office: Office,
    proxy: Arc<Proxy>,
    phone: Phone,
    job: Id,
    visit: Id,
}

impl Line {
    async fn open() -> Line {
        let office = Office::open().await;
        let proxy = Arc::new(Proxy::start(office.address).await);
        let planned = office.job(office.ana, &[]);
        let phone = office.phone_at(office.ana, 11, &proxy.url()).await;
        phone.sync().await;
        proxy.take_log();
        Line { office, proxy, phone, job: planned.job, visit: planned.visit }
    }

    /// Work that needs every kind of call: answers, a photo.
    fn work(&self, number: u64) -> Digest {
        self.phone.answer(self.job, "hours", &number.to_string()).unwrap();
        self.phone.photograph(self.job, number)
    }

    /// The network is sound again: everything gets through, once.
    async fn arrives(&self, number: u64, photos: usize) {
        self.proxy.clear();
        self.phone.sync().await;
        let status = self.phone.app().status_screen().unwrap();
        assert_eq!((status.pending_commands, status.unconfirmed_media), (0, 0), "{number}");
        assert!(!status.unique_on_this_device && status.problem.is_none(), "{number}: {status:?}");
        let answers = self.office.hub.all::<Answer>().unwrap();
        let hours: Vec<&Answer> =
            answers.iter().map(|(_, answer)| answer).filter(|answer| answer.instance.path == "/check/hours").collect();
        assert_eq!(hours.len(), 1);
        assert_eq!(hours[0].current.value.as_deref(), Some(number.to_string().as_str()));
        assert!(hours[0].kept.is_empty(), "one person's answers never conflict with each other");
        let evidence = self.office.hub.children::<Evidence>(self.visit).unwrap();
        assert_eq!(evidence.len(), photos);
        for (_, photo) in evidence {
            assert!(photo.media().all(|(sha256, _)| self.office.hub.holds(sha256).unwrap()));
        }
        assert!(self.office.flags(&FlagCode::AnswerConflict).is_empty());
    }

    /// Nothing that is only here was called sent.
    fn still_here(&self) {
        let status = self.phone.app().status_screen().unwrap();
        assert!(status.unique_on_this_device && status.pending_commands > 0 && status.unconfirmed_media > 0);
    }
}

/// Every call of a sync with its path; a visit with a photo makes them all.
const CALLS: &[(&str, &str)] = &[
    ("POST", "/v1/commands"),
    ("GET", "/v1/feed"),
    ("GET", "/v1/scopes/"),
    ("POST", "/v1/media"),
    ("PUT", "/v1/media/"),
    ("POST", "/v1/media/"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_lost_after_the_commit_is_asked_for_again_and_has_one_effect() {
    let line = Line::open().await;
    let mut number = 0;
    for (method, path) in CALLS {
        number += 1;
        line.work(number);
        if *path == "/v1/scopes/" {
            // Scopes are fetched when one is gained.
            line.office.job(line.office.ana, &[]);
        }
        line.proxy.once(method, path, Fault::DropReply);
        line.phone.try_sync().await;
        let log = line.proxy.take_log();
        let lost = log.iter().find(|exchange| exchange.fault == Fault::DropReply);
        let lost = lost.unwrap_or_else(|| panic!("{method} {path} was not called: {log:?}"));
        assert!((200..300).contains(&lost.status), "{method} {path}: the hub did its part, {lost:?}");
        line.arrives(number, number as usize).await;
    }
    line.office.check();
}

/// The reply of a finished upload is a receipt; lost, it is asked for again, and the bytes are not sent again.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_receipt_is_asked_for_again_without_sending_the_bytes_again() {
    let line = Line::open().await;
    line.work(1);
    line.proxy.place("POST", "/v1/media/", 0, usize::MAX, Fault::DropReply);
    line.phone.try_sync().await;
    line.still_here_media();
    line.proxy.take_log();
    line.arrives(1, 1).await;
    let again: Vec<_> = line.proxy.take_log().into_iter().filter(|exchange| exchange.method == "PUT").collect();
    let finished_before = 1;
    assert!(again.len() <= 3 - finished_before, "chunks of a finished upload were sent again: {again:?}");
}

impl Line {
    fn still_here_media(&self) {
        assert!(self.phone.app().status_screen().unwrap().unconfirmed_media > 0);
    }
}

/// Places in a message of this length: every one in its first bytes and around its end, and every 61st between.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).filter(move |at| *at < 4 || at + 4 > length || at % 61 == 0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_at_many_bytes_of_a_request_costs_nothing_but_another_try() {
    cut_everywhere(Fault::CutRequest, |exchange| exchange.request_bytes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_at_many_bytes_of_a_reply_costs_nothing_but_another_try() {
    cut_everywhere(Fault::CutReply, |exchange| exchange.reply_bytes).await;
}

async fn cut_everywhere(fault: fn(usize) -> Fault, length: fn(&countersign_tests::proxy::Exchange) -> usize) {
    let line = Line::open().await;
    line.work(1);
    line.phone.sync().await;
    let log = line.proxy.take_log();
    let mut number = 1;
    for (method, path) in [("POST", "/v1/commands"), ("GET", "/v1/feed"), ("PUT", "/v1/media/"), ("POST", "/v1/media/")]
    {
        let first = log.iter().find(|exchange| exchange.method == method && exchange.path.starts_with(path)).unwrap();
        // A photo's bytes need no cut at each place: what counts is that one is cut.
        for at in places(length(first).min(2_000)) {
            number += 1;
            line.phone.answer(line.job, "hours", &number.to_string()).unwrap();
            if path.starts_with("/v1/media") {
                line.phone.photograph(line.job, number);
            }
            line.proxy.once(method, path, fault(at));
            line.phone.try_sync().await;
        }
        let photos = line.phone.app().job_screen(&line.job.to_string()).unwrap().evidence.len();
        line.arrives(number, photos).await;
    }
    line.office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_hub_down_work_goes_on_and_syncs_when_it_is_back() {
    let mut line = Line::open().await;
    line.office.stop().await;
    line.proxy.lead_to(nobody().await);
    line.work(1);
    let report = line.phone.try_sync().await;
    assert_eq!(report.problem.map(|problem| problem.code()), Some("offline"));
    line.still_here();
    line.phone.restart();
    line.work(2);
    line.office.restart().await;
    line.proxy.lead_to(line.office.address);
    line.arrives(2, 2).await;
    line.office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_not_the_hubs_never_count_as_sent() {
    let line = Line::open().await;
    let stranger = Office::open().await;
    line.work(1);
    let rows = [
        ("a page", Fault::portal_page()),
        ("a redirect", Fault::portal_redirect()),
        ("a proxy's error", Fault::answer(502, "content-type: text/html\r\n", "<h1>Bad gateway</h1>")),
        ("a sign-in wall", Fault::answer(401, "www-authenticate: Basic\r\n", "")),
        ("JSON of somebody", Fault::answer(200, "content-type: application/json\r\n", "{\"stored\":99}")),
    ];
    for (who, fault) in rows {
        line.proxy.always("/", fault);
        let report = line.phone.try_sync().await;
        assert_eq!(report.problem.map(|problem| problem.code()), Some("captive_portal"), "{who}");
        assert_eq!((report.pushed, report.media_bytes), (0, 0), "{who}");
        line.still_here();
        line.proxy.clear();
    }
    // The hub of another company at the same address.
    line.proxy.lead_to(stranger.address);
    let report = line.phone.try_sync().await;
    assert_eq!(report.problem.map(|problem| problem.code()), Some("captive_portal"));
    line.still_here();
    assert!(stranger.hub.all::<Answer>().unwrap().is_empty());
    line.proxy.lead_to(line.office.address);
    line.arrives(1, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_says_no_is_believed_and_nothing_is_lost() {
    let line = Line::open().await;
    line.work(1);
    // (what the hub says to a push, what the device says)
    let rows = [
        (Fault::status(401, "sign_in", None), "sign_in"),
        (Fault::status(429, "too_often", Some(3_600)), "hub_busy"),
        (Fault::status(429, "too_often", None), "hub_busy"),
        (Fault::status(500, "defect_of_a_newer_hub", None), "hub_busy"),
        (Fault::status(503, "unavailable", Some(3_600)), "hub_busy"),
        (Fault::status(507, "storage", None), "hub_storage"),
        (Fault::status(400, "bad_request", None), "not_understood"),
    ];
    for (fault, expected) in rows {
        line.proxy.place("POST", "/v1/commands", 0, usize::MAX, fault.clone());
        let report = line.phone.try_sync().await;
        assert_eq!(report.problem.map(|problem| problem.code()), Some(expected), "{fault:?}");
        let screen = line.phone.app().status_screen().unwrap();
        assert_eq!(screen.problem.as_deref(), Some(expected), "the status screen says it");
        assert!(screen.advice.is_some_and(|advice| advice != expected), "and what to do");
        assert!(screen.pending_commands > 0);
        line.proxy.clear();
    }
    line.arrives(1, 1).await;
}

/// `Retry-After` is waited for and the call made again: two pushes, the second one goes through.
#[tokio::test(flavor = "multi_thread")]
async fn a_short_retry_after_is_waited_for() {
    let line = Line::open().await;
    line.work(1);
    line.proxy.once("POST", "/v1/commands", Fault::status(503, "unavailable", Some(1)));
    let report = line.phone.sync_trying(3).await;
    assert_eq!(report.problem, None, "{}", report.detail);
    let pushes = line.proxy.take_log().into_iter().filter(|exchange| exchange.path == "/v1/commands");
    assert!(pushes.count() >= 2);
    line.arrives(1, 1).await;
}

/// 413: a run of commands is sent in smaller runs; a single one that is too large is named by its place.
#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_is_too_large_is_divided_down_to_the_one_command_that_is() {
    let line = Line::open().await;
    line.work(1);
    line.proxy.once("POST", "/v1/commands", Fault::status(413, "too_large", None));
    line.phone.sync_trying(2).await;
    assert_eq!(line.phone.pending(), 0, "smaller runs went through");
    line.work(2);
    line.proxy.place("POST", "/v1/commands", 0, usize::MAX, Fault::status(413, "too_large", None));
    let report = line.phone.sync_trying(2).await;
    assert_eq!(report.problem.map(|problem| problem.code()), Some("command_too_large"));
    let facts = line.phone.app().store().read(|rows| rows.sync_problem()).unwrap().unwrap().facts;
    assert!(facts["seq"].parse::<u64>().unwrap() > 1, "{facts:?}");
    line.arrives(2, 2).await;
}

/// Each thing that can hold sync up is said in each language, with what a person can do.
#[test]
fn every_problem_of_sync_is_worded() {
    let problems = [
        Problem::NotConnected,
        Problem::NotTheHub,
        Problem::HubBusy,
        Problem::HubStorage,
        Problem::NotUnderstood,
        Problem::LocalStore,
        Problem::Untrusted,
        Problem::CommandTooLarge(1),
        Problem::MissingOnHub(1),
        Problem::Forked,
        Problem::Unconfirmed,
        Problem::Revoked,
        Problem::SignIn,
    ];
    let mut said = std::collections::BTreeSet::new();
    for language in [Language::English, Language::Spanish, Language::SimplifiedChinese, Language::TraditionalChinese] {
        for problem in &problems {
            let text = Texts::new(language).word("problem", problem.code());
            assert_ne!(text, problem.code(), "{language:?}");
            assert!(said.insert(text), "{language:?} {problem:?} is not a sentence of its own");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn used_up_and_unknown_codes_say_what_to_do() {
    let office = Office::open().await;
    let string = office.invite_at(office.ana, &office.url());
    let first = Phone::new(11);
    first.enrol(&string).await.unwrap();
    first.sync().await;
    let used = Phone::new(12).enrol(&string).await.unwrap_err().to_string();
    assert!(used.contains("used up") && used.contains("ask the office for another"), "{used}");
    let mut unknown: countersign_model::wire::EnrolmentString = string.parse().unwrap();
    unknown.code = "0000-0000-0000-0000".to_owned();
    let unknown = Phone::new(13).enrol(&unknown.to_string()).await.unwrap_err().to_string();
    assert!(unknown.contains("copy it again"), "{unknown}");
    // An invitation that names another key: somebody stands between, nothing of the device is told.
    let mut other: countersign_model::wire::EnrolmentString =
        office.invite_at(office.ana, &office.url()).parse().unwrap();
    other.tenant_key = Digest::of(b"somebody else's key");
    let untrusted = Phone::new(14).enrol(&other.to_string()).await.unwrap_err().to_string();
    assert!(untrusted.contains("ask the office"), "{untrusted}");
    // After all that the one device is the only one.
    assert_eq!(office.hub.all::<countersign_model::entity::Device>().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_the_wrong_type_is_refused_on_the_spot_and_by_the_hub() {
    let line = Line::open().await;
    let refused = line.phone.answer(line.job, "hours", "many").unwrap_err();
    assert!(matches!(refused, AppError::Input { .. } | AppError::Refused { .. }), "{refused}");
    assert!(refused.to_string().contains("integer"), "it says what is expected: {refused}");
    assert_eq!((line.phone.pending(), line.phone.value(line.job, "hours")), (0, String::new()));

    // A device without the form cannot judge: the hub does, and the refusal is seen with what can be done.
    let phone = office_phone_without_form(&line).await;
    let command = given_blindly(&line, &phone, "many");
    assert_eq!(phone.pending(), 1, "saved provisionally");
    line.proxy.always("/v1/media/", Fault::Refuse);
    phone.try_sync().await;
    phone.try_sync().await;
    assert_eq!(phone.attention(), ["refused"]);
    let screen = phone.app().outbox_screen().unwrap();
    assert_eq!(screen.attention[0].actions.len(), 3, "{screen:?}");
    assert!(!screen.attention[0].text.is_empty());
    assert!(line.office.hub.all::<Answer>().unwrap().is_empty());
    // Mended and sent again, it is taken.
    line.proxy.clear();
    phone.sync().await;
    phone.app().remedy(command, Remedy::Fix { value: Some("12".to_owned()) }).unwrap();
    phone.sync().await;
    assert!(phone.attention().is_empty());
    assert_eq!(line.office.hub.read(|read| Ok(read.refused(10)?.len())).unwrap(), 0, "the office's list too");
    let answers = line.office.hub.all::<Answer>().unwrap();
    assert_eq!(answers[0].1.current.value.as_deref(), Some("12"));
    line.office.check();
}

async fn office_phone_without_form(line: &Line) -> Phone {
    line.proxy.always("/v1/media/", Fault::Refuse);
    let string = line.office.invite_at(line.office.ana, &line.proxy.url());
    let phone = Phone::new(12);
    phone.enrol(&string).await.unwrap();
    phone.try_sync().await;
    assert!(phone.app().store().read(|rows| rows.get::<Visit>(line.visit)).unwrap().is_some());
    assert!(phone.app().store().form(form(line)).unwrap().is_none());
    phone
}

fn form(line: &Line) -> Digest {
    line.office.hub.all::<FormVersion>().unwrap()[0].1.sha256
}

/// An answer to a form that is not here, as a program that lacks it would save it.
fn given_blindly(line: &Line, phone: &Phone, value: &str) -> Id {
    let draft = Draft {
        id: Id::derived("tests", &[b"blind"]),
        time: TimeRecord::default(),
        lane: Scope::job(line.job),
        seen: None,
        payload: Payload::AnswerSet(AnswerSet {
            subject: RecordRef::new("visit", line.visit),
            form: form(line),
            purpose: "service".to_owned(),
            instance: InstanceKey::plain("/check/hours"),
            value: Some(value.to_owned()),
            provenance: Provenance::Typed,
        }),
    };
    phone.app().store().write(|tx| tx.submit(&draft)).unwrap().id
}

/// Eight seeds of bad weather over a whole visit: a third of all calls goes wrong in one of eight ways.
#[tokio::test(flavor = "multi_thread")]
async fn a_visit_gets_through_bad_weather_once() {
    for seed in 1..=8 {
        let line = Line::open().await;
        line.proxy.weather(seed, 330);
        line.phone.fill(line.job);
        line.work(1);
        line.phone.sync_trying(40).await;
        let signed = line.phone.sign(line.job);
        line.phone.app().submit(&line.job.to_string()).unwrap();
        line.phone.sync_trying(40).await;
        line.arrives(1, 1).await;
        let documents = line.office.hub.children::<countersign_model::entity::Document>(line.visit).unwrap();
        assert_eq!(documents.len(), 1, "seed {seed}");
        assert_eq!(documents[0].1.sealed_sha256, signed.sealed, "seed {seed}");
        assert!(documents[0].1.attestation.is_some(), "seed {seed}");
        line.office.check();
    }
}

/// A request that is swallowed while the connection stays open ends when nothing moves for long enough. The clock of
/// the test is moved on; nobody waits a real minute.
#[tokio::test]
async fn a_half_open_connection_is_given_up_and_nothing_counts_as_sent() {
    let line = Line::open().await;
    line.work(1);
    line.proxy.always("/v1/", Fault::HalfOpen);
    let swallowed = async {
        line.proxy.met(Fault::HalfOpen).await;
        tokio::time::pause();
    };
    let (report, ()) = tokio::join!(line.phone.try_sync(), swallowed);
    tokio::time::resume();
    assert_eq!(report.problem.map(|problem| problem.code()), Some("offline"));
    line.still_here();
    line.arrives(1, 1).await;
}
