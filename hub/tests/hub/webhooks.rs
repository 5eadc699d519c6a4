//! Webhooks: written with the records, signed, in order, tried again, given up, told again. The receiver is a real one
//! on loopback; the hub's clock is turned by the test.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_hub::HubError;
use countersign_hub::webhooks::{TYPES, signature};
use countersign_model::record::{Scope, kind};
use countersign_model::{Digest, Id};
use serde_json::Value;

use crate::common::{Office, note};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// One request as it arrived.
#[derive(Clone, Debug)]
struct Got {
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// Whether one of its signatures is made with this secret.
    fn is_signed_with(&self, secret: &str) -> bool {
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let timestamp = self.header("webhook-timestamp").parse().unwrap();
        let want = signature(&bytes, self.header("webhook-id"), timestamp, &self.body);
        self.header("webhook-signature").split(' ').any(|one| one == want)
    }
}

/// Answers with the given heads in their order, then always with 204.
struct Receiver {
    address: SocketAddr,
    got: Arc<Mutex<Vec<Got>>>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
}

impl Receiver {
    fn new() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (got, answers) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(VecDeque::new())));
        let (kept, scripted) = (Arc::clone(&got), Arc::clone(&answers));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                let Some(request) = read(&mut stream) else { continue };
                kept.lock().unwrap().push(request);
                let head: &str = scripted.lock().unwrap().pop_front().unwrap_or("204 No Content");
                let _ = write!(stream, "HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        });
        Receiver { address, got, answers }
    }

    fn url(&self) -> String {
        format!("http://{}/hook?key=hidden", self.address)
    }

    fn answer(&self, heads: &[&'static str]) {
        self.answers.lock().unwrap().extend(heads);
    }

    fn taken(&self) -> Vec<Got> {
        std::mem::take(&mut *self.got.lock().unwrap())
    }
}

fn read(stream: &mut impl Read) -> Option<Got> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let mut lines = head.split("\r\n");
        let path = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect();
        let got = Got { path, headers, body: body.to_owned() };
        if got.header("content-length").parse() == Ok(got.body.len()) {
            return Some(got);
        }
    }
}

struct Hooked {
    office: Office,
    receiver: Receiver,
    endpoint: Id,
    secret: String,
    runtime: tokio::runtime::Runtime,
}

impl Hooked {
    fn new(events: &[&str]) -> Hooked {
        let (office, receiver) = (Office::new(), Receiver::new());
        office.hub.allow_private_webhooks(true).unwrap();
        let events: Vec<String> = events.iter().map(|event| (*event).to_owned()).collect();
        let made = office.hub.add_webhook("books", &receiver.url(), &events).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Hooked { office, receiver, endpoint: made.endpoint.id, secret: made.secret, runtime }
    }

    /// Sends until nothing is due; answers what arrived.
    fn deliver(&self) -> Vec<Got> {
        while self.runtime.block_on(self.office.hub.deliver_webhooks()).unwrap() > 0 {}
        self.receiver.taken()
    }

    fn is_disabled(&self) -> bool {
        self.office.hub.webhook(self.endpoint, None, 0).unwrap().0.disabled.is_some()
    }

    /// Type, state, tries and status of the deliveries, oldest first.
    fn log(&self) -> Vec<(String, String, u32, Option<u16>)> {
        let (_, mut rows) = self.office.hub.webhook(self.endpoint, None, 100).unwrap();
        rows.reverse();
        rows.into_iter().map(|row| (row.event.kind, row.state, row.attempts, row.status)).collect()
    }
}

fn kinds(got: &[Got]) -> Vec<String> {
    got.iter().map(Got::kind).collect()
}

#[test]
fn what_happens_is_told_signed_and_in_order() {
    let hooked = Hooked::new(&[]);
    let planned = hooked.office.job(hooked.office.engineer);
    let mut phone = hooked.office.device(hooked.office.engineer, 1);
    let noted = phone.command(&note("a", planned.job), &Scope::job(planned.job));
    phone.push(&hooked.office, &[noted]).unwrap();
    hooked.office.hub.revoke(&hooked.office.hub.system(), phone.id(), "lost").unwrap();
    let got = hooked.deliver();
    let want = ["job.created", "job.state_changed", "visit.planned", "device.enrolled", "device.revoked"];
    assert_eq!(kinds(&got), want);
    let mut ids: Vec<&str> = got.iter().map(|one| one.header("webhook-id")).collect();
    assert!(ids.iter().all(|id| id.starts_with("msg_")));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), got.len());
    for one in &got {
        assert!(one.is_signed_with(&hooked.secret) && one.path == "/hook?key=hidden");
        assert_eq!(one.header("content-type"), "application/json");
        assert!(TYPES.contains(&one.kind().as_str()), "{}", one.kind());
        assert!(one.json()["timestamp"].as_str().unwrap().ends_with('Z'));
    }
    assert_eq!(got[0].json()["data"]["job"], planned.job.to_string());
    assert_eq!(hooked.deliver().len(), 0);
}

#[test]
fn held_bytes_are_told_with_the_records_that_cite_them() {
    let hooked = Hooked::new(&["evidence.confirmed"]);
    let phone = hooked.office.device(hooked.office.engineer, 1);
    let caller = phone.caller(&hooked.office);
    let (bytes, hub) = (b"a photo".to_vec(), &hooked.office.hub);
    let sha256 = Digest::of(&bytes);
    hub.offer_media(&caller, &countersign_model::wire::MediaOffer { sha256, bytes: 7 }).unwrap();
    hub.take_chunk(&caller, sha256, 0, sha256, &bytes).unwrap();
    hub.finish_media(&caller, sha256).unwrap();
    hub.finish_media(&caller, sha256).unwrap();
    let got = hooked.deliver();
    assert_eq!(kinds(&got), ["evidence.confirmed"], "a finish that is repeated tells nothing");
    let data = &got[0].json()["data"];
    assert_eq!((data["sha256"].as_str(), data["bytes"].as_u64()), (Some(sha256.hex().as_str()), Some(7)));
}

#[test]
fn a_failed_delivery_is_tried_again_before_later_ones() {
    let hooked = Hooked::new(&["job.created"]);
    hooked.receiver.answer(&["500 Broken", "302 Found\r\nlocation: http://127.0.0.1:1/", "200 OK"]);
    let first = hooked.office.job(hooked.office.engineer).job;
    let second = hooked.office.job(hooked.office.engineer).job;
    assert_eq!(hooked.deliver().len(), 1, "the second waits behind the first");
    hooked.office.advance(10_000);
    assert_eq!(hooked.deliver().len(), 1);
    assert_eq!(hooked.deliver().len(), 0, "not before its time");
    assert_eq!(hooked.log()[0], ("job.created".to_owned(), "queued".to_owned(), 2, Some(302)));
    hooked.office.advance(10 * 60 * 1000);
    let got = hooked.deliver();
    let jobs: Vec<Value> = got.iter().map(|one| one.json()["data"]["job"].clone()).collect();
    assert_eq!(jobs, [first.to_string(), second.to_string()]);
    assert!(hooked.log().iter().all(|row| row.1 == "delivered"));
}

#[test]
fn two_secrets_sign_while_one_is_changed_for_the_other() {
    let hooked = Hooked::new(&["job.created"]);
    let changed = hooked.office.hub.rotate_webhook(hooked.endpoint).unwrap();
    assert_ne!(changed.secret, hooked.secret);
    hooked.office.job(hooked.office.engineer);
    let got = hooked.deliver();
    assert!(got[0].is_signed_with(&hooked.secret) && got[0].is_signed_with(&changed.secret));
    assert_eq!(got[0].header("webhook-signature").split(' ').count(), 2);
    hooked.office.advance(DAY + 1000);
    hooked.office.job(hooked.office.engineer);
    let got = hooked.deliver();
    assert!(!got[0].is_signed_with(&hooked.secret) && got[0].is_signed_with(&changed.secret));
}

#[test]
fn an_endpoint_that_fails_for_days_is_disabled_and_goes_on_when_it_is_enabled() {
    let hooked = Hooked::new(&["job.created"]);
    hooked.receiver.answer(&["500 Broken"; 10]);
    hooked.office.job(hooked.office.engineer);
    let second = hooked.office.job(hooked.office.engineer).job;
    for tries in 1..=10 {
        assert!(!hooked.is_disabled(), "{tries}");
        assert_eq!(hooked.deliver().len(), 1, "{tries}");
        hooked.office.advance(2 * DAY);
    }
    assert!(hooked.is_disabled());
    let hub = &hooked.office.hub;
    assert_eq!(hub.failed_webhooks().unwrap().len(), 1);
    assert_eq!(hooked.log()[0].1, "failed");
    assert_eq!(hooked.deliver().len(), 0);
    let third = hooked.office.job(hooked.office.engineer).job;
    hub.enable_webhook(hooked.endpoint).unwrap();
    assert!(hub.failed_webhooks().unwrap().is_empty());
    let jobs: Vec<Value> = hooked.deliver().iter().map(|one| one.json()["data"]["job"].clone()).collect();
    assert_eq!(jobs, [second.to_string(), third.to_string()], "what waited comes in its order");
}

#[test]
fn a_receiver_that_says_gone_is_asked_no_more() {
    let hooked = Hooked::new(&["job.created"]);
    hooked.receiver.answer(&["410 Gone"]);
    hooked.office.job(hooked.office.engineer);
    assert_eq!(hooked.deliver().len(), 1);
    assert!(hooked.is_disabled());
    hooked.office.advance(30 * DAY);
    assert_eq!(hooked.deliver().len(), 0);
}

#[test]
fn what_was_told_is_told_again_under_its_own_id() {
    let hooked = Hooked::new(&["job.created"]);
    hooked.office.job(hooked.office.engineer);
    hooked.office.advance(DAY);
    let since = hooked.office.hub.now();
    hooked.office.job(hooked.office.engineer);
    let got = hooked.deliver();
    let ids: Vec<String> = got.iter().map(|one| one.header("webhook-id").to_owned()).collect();
    let hub = &hooked.office.hub;
    hub.replay_webhook(hooked.endpoint, 1).unwrap();
    let again = hooked.deliver();
    assert_eq!((again.len(), again[0].header("webhook-id")), (1, ids[0].as_str()));
    assert_eq!(again[0].body, got[0].body);
    assert_eq!(hub.replay_webhooks(hooked.endpoint, since).unwrap(), 1);
    assert_eq!(hub.replay_webhooks(hooked.endpoint, since).unwrap(), 0, "what waits already is not queued twice");
    assert_eq!(hooked.deliver()[0].header("webhook-id"), ids[1]);
    assert_eq!(hub.replay_webhooks(hooked.endpoint, 0).unwrap(), 2);
    assert_eq!(hooked.deliver().len(), 2);
    assert!(hub.replay_webhook(hooked.endpoint, 99).is_err());
}

#[test]
fn a_test_goes_to_its_endpoint_only() {
    let hooked = Hooked::new(&["job.created"]);
    let other = hooked.office.hub.add_webhook("other", &hooked.receiver.url(), &[]).unwrap().endpoint.id;
    hooked.office.hub.test_webhook(hooked.endpoint).unwrap();
    assert_eq!(kinds(&hooked.deliver()), ["webhook.test"]);
    assert!(hooked.office.hub.webhook(other, None, 10).unwrap().1.is_empty());
}

#[test]
fn a_private_network_is_not_reached_unless_it_is_allowed() {
    let hooked = Hooked::new(&["job.created"]);
    let hub = &hooked.office.hub;
    hub.allow_private_webhooks(false).unwrap();
    hooked.office.job(hooked.office.engineer);
    assert_eq!(hooked.deliver().len(), 0, "nothing connects");
    let (_, rows) = hub.webhook(hooked.endpoint, None, 10).unwrap();
    assert_eq!((rows[0].why.as_str(), rows[0].attempts), ("private", 1));
    for url in ["http://127.0.0.1:1/", "https://localhost/", "https://10.0.0.1/", "ftp://x/", "http://example.com/", ""]
    {
        let refused = hub.add_webhook("x", url, &[]);
        assert!(matches!(refused, Err(HubError::Input(_))), "{url}: {refused:?}");
    }
}

#[test]
fn what_waits_survives_a_stop_and_what_is_removed_is_gone() {
    let hooked = Hooked::new(&["job.created"]);
    hooked.office.job(hooked.office.engineer);
    let Hooked { office, receiver, endpoint, secret, runtime } = hooked;
    let hooked = Hooked { office: office.reopened(), receiver, endpoint, secret, runtime };
    let got = hooked.deliver();
    assert!(got.len() == 1 && got[0].is_signed_with(&hooked.secret));
    hooked.office.job(hooked.office.engineer);
    hooked.office.hub.remove_webhook(hooked.endpoint).unwrap();
    assert_eq!(hooked.deliver().len(), 0);
    assert!(hooked.office.hub.remove_webhook(hooked.endpoint).is_err());
}

/// The database and its log hold no secret, and neither does what a program prints of an endpoint.
#[test]
fn a_secret_is_shown_once_and_kept_nowhere() {
    let hooked = Hooked::new(&[]);
    let made = hooked.office.hub.add_webhook("x", "https://example.com/", &[]).unwrap();
    assert!(!format!("{made:?}").contains(&made.secret));
    let text = made.secret.strip_prefix("whsec_").unwrap();
    use base64::Engine as _;
    let raw = base64::engine::general_purpose::STANDARD.decode(text).unwrap();
    for name in ["hub.db", "hub.db-wal"] {
        let bytes = std::fs::read(hooked.office.hub.folder().join(name)).unwrap_or_default();
        let holds = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
        assert!(!holds(text.as_bytes()) && !holds(&raw), "{name}");
    }
}

#[test]
fn an_endpoint_wants_only_what_there_is_and_there_are_not_endless_many() {
    let hooked = Hooked::new(&[]);
    let hub = &hooked.office.hub;
    for (name, events) in [("", vec![]), ("x", vec!["job.made_up".to_owned()]), ("x", vec!["webhook.test".to_owned()])]
    {
        assert!(hub.add_webhook(name, "https://example.com/", &events).is_err(), "{name} {events:?}");
    }
    assert!(hub.add_webhook(&"n".repeat(81), "https://example.com/", &[]).is_err());
    let added = (0..40).filter(|_| hub.add_webhook("more", "https://example.com/", &[]).is_ok()).count();
    assert_eq!(added, 19);
    assert!(matches!(hub.find_webhook("more"), Err(HubError::Several { .. })));
}

/// A command that is refused or rolled back tells nothing.
#[test]
fn nothing_is_told_that_did_not_happen() {
    let hooked = Hooked::new(&[]);
    let planned = hooked.office.job(hooked.office.engineer);
    hooked.deliver();
    let stranger = countersign_hub::service::Actor::Person { person: hooked.office.engineer, session: "x".to_owned() };
    assert!(hooked.office.hub.revoke(&stranger, planned.job, "none").is_err());
    let failed: Result<(), HubError> = hooked.office.hub.write(|write| {
        let row = write.row(kind::JOB, planned.job)?;
        assert!(row.is_some());
        Err(HubError::Waiting)
    });
    assert!(failed.is_err());
    assert_eq!(hooked.deliver().len(), 0);
}

/// What was delivered costs nothing: looking for what is due each second must not grow with the log.
#[test]
fn a_long_log_does_not_slow_what_is_due() {
    let hooked = Hooked::new(&["job.created"]);
    let hub = &hooked.office.hub;
    hooked.office.job(hooked.office.engineer);
    hooked.deliver();
    hub.write(|write| {
        for place in 2..=20_000 {
            write.queue_webhook(hooked.endpoint, 1, 0)?;
            let mut delivery = write.webhook_delivery(hooked.endpoint, place)?.unwrap();
            delivery.state = "delivered".to_owned();
            write.webhook_tried(&delivery)?;
        }
        Ok(())
    })
    .unwrap();
    // A plan that goes over the log compares 20,000 rows with 20,000 each time: a hundred looks would take minutes.
    for _ in 0..100 {
        assert_eq!(hooked.runtime.block_on(hub.deliver_webhooks()).unwrap(), 0);
    }
    hooked.office.job(hooked.office.engineer);
    assert_eq!(hooked.deliver().len(), 1);
}
