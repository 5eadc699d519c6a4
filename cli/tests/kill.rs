//! `kill -9` of the real device program at 200 seeded points of a visit, `sync --watch` included.
//!
//! A point is a number of reads and writes, not a time: the same seed stops the program at about the same place on
//! every machine. After each kill the store is opened by a new process: what a command called saved is there, and the
//! command that was killed is there whole or not at all. At the end everything reaches the hub, once.
#![cfg(test)]
#![cfg(target_os = "linux")]

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use countersign_device::evidence::samples::{SampleClaims, sample_photo};
use program::{Chance, Ended, Hub, Running, Soak, run, run_one, start};
use serde_json::Value;

/// Kills of single commands; with those of enrolment, `sync --watch` and signing they make 200.
const COMMAND_KILLS: u64 = 133;
/// The hub takes thirty calls of one address for enrolment, then one in two seconds: with the two whole enrolments and that
/// of the other device, of up to three calls each, more runs would be told to wait.
const ENROL_RUNS: u64 = 7;
const WATCH_KILLS: u64 = 30;
const SIGN_KILLS: u64 = 30;
const ALL_KILLS: u64 = ENROL_RUNS + COMMAND_KILLS + WATCH_KILLS + SIGN_KILLS;
/// A program that waits for the network is killed after this many looks at it.
const LOOKS: u64 = 20_000;

/// What the device may hold of one question: one value where a command ended, two where one was killed.
type Answers = BTreeMap<String, BTreeSet<String>>;

#[derive(Clone)]
struct Visit {
    root: PathBuf,
    store: PathBuf,
    job: String,
    chance: Chance,
    /// Reads and writes of a whole run, by command.
    lengths: BTreeMap<String, u64>,
    answers: Answers,
    evidence: BTreeSet<String>,
    documents: BTreeSet<String>,
    fingerprint: String,
    kills: u64,
    serial: u64,
}

impl Visit {
    fn device<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        let mut all = vec!["device", "--store", self.store.to_str().unwrap()];
        all.extend_from_slice(arguments);
        all
    }

    fn run(&self, arguments: &[&str]) -> Value {
        run_one(&self.root, &self.device(arguments))
    }

    fn start(&self, arguments: &[&str]) -> Running {
        start(&self.root, &self.device(arguments))
    }

    /// Runs a command and kills it at a seeded point of it. Where its length is not known yet, it is run to its end.
    fn killed(&mut self, arguments: &[&str]) -> Ended {
        let name = arguments[0].to_owned();
        let Some(length) = self.lengths.get(&name).copied() else {
            let (ended, calls) = self.start(arguments).finish();
            self.lengths.insert(name, calls.max(1));
            return ended;
        };
        let at = self.chance.below(length + 1);
        let ended = self.start(arguments).kill_at(at, LOOKS);
        self.kills += u64::from(matches!(ended, Ended::Killed));
        ended
    }

    fn job(&self) -> Value {
        self.run(&["job", &self.job])
    }

    /// Opens the store anew and compares with what was called saved.
    fn check(&mut self) {
        let job = self.job();
        for question in job["questions"].as_array().unwrap() {
            let id = question["id"].as_str().unwrap();
            let Some(allowed) = self.answers.get_mut(id) else { continue };
            let value = question["value"].as_str().unwrap_or_default().to_owned();
            assert!(allowed.contains(&value), "{id} is {value:?}, saved was {allowed:?}");
            *allowed = BTreeSet::from([value]);
        }
        let there: Vec<&str> = job["evidence"].as_array().unwrap().iter().map(|row| text(row, "sha256")).collect();
        let unique: BTreeSet<String> = there.iter().map(|sha| (*sha).to_owned()).collect();
        assert_eq!(unique.len(), there.len(), "a file is there twice");
        let lost: Vec<&String> = self.evidence.difference(&unique).collect();
        assert_eq!(lost, Vec::<&String>::new(), "evidence that was called saved is gone");
        self.evidence = unique;
        self.check_documents(&job);
        self.status();
    }

    /// Signed documents only become more, and each one verifies: a signature that was cut off is finished by the next
    /// start.
    fn check_documents(&mut self, job: &Value) {
        let there = job["documents"].as_array().unwrap();
        let sealed: BTreeSet<String> = there.iter().map(|row| text(row, "sealed").to_owned()).collect();
        assert!(self.documents.is_subset(&sealed), "a signed document is gone");
        for row in there {
            if !self.documents.contains(text(row, "sealed")) {
                let pdf = self.root.join(text(row, "pdf"));
                let verified = run_one(&self.root, &["verify", pdf.to_str().unwrap(), "--trust", &self.fingerprint]);
                assert_eq!((&verified["ok"], &verified["issuer"]), (&true.into(), &"trusted".into()), "{verified}");
            }
        }
        self.documents = sealed;
    }

    fn status(&self) -> Value {
        match self.start(&["status"]).finish().0 {
            // 1 says that something needs a person.
            Ended::Done { code: 0 | 1, mut lines, .. } => lines.pop().unwrap(),
            other => panic!("status: {other:?}"),
        }
    }

    /// A new photo in a file.
    fn photo(&mut self) -> String {
        self.serial += 1;
        let file = self.root.join(format!("photo-{}.jpg", self.serial));
        fs::write(&file, sample_photo(self.serial, 320, 240, &SampleClaims::default())).unwrap();
        file.to_str().unwrap().to_owned()
    }

    fn answer_something(&mut self) {
        let question = TEXTS[self.chance.below(TEXTS.len() as u64) as usize];
        let value = format!("value {} {}", self.kills, self.chance.below(1_000));
        self.answer(question, &value);
    }

    fn answer(&mut self, question: &str, value: &str) {
        let job = self.job.clone();
        match self.killed(&["answer", &job, question, value]) {
            Ended::Killed => {
                let unanswered = || BTreeSet::from([String::new()]);
                self.answers.entry(question.to_owned()).or_insert_with(unanswered).insert(value.to_owned());
            }
            Ended::Done { code: 0, .. } => {
                self.answers.insert(question.to_owned(), BTreeSet::from([value.to_owned()]));
            }
            other => panic!("answer: {other:?}"),
        }
    }

    fn attach(&mut self) {
        let file = self.photo();
        let job = self.job.clone();
        match self.killed(&["attach", &job, &file]) {
            Ended::Killed => {}
            Ended::Done { code: 0, lines, .. } => {
                self.evidence.insert(text(lines.last().unwrap(), "sha256").to_owned());
            }
            other => panic!("attach: {other:?}"),
        }
    }

    fn other(&mut self, arguments: &[&str]) {
        match self.killed(arguments) {
            Ended::Killed | Ended::Done { code: 0, .. } => {}
            other => panic!("{arguments:?}: {other:?}"),
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// A visit of the sample company, enrolled under kills.
fn enrolled(root: &Path, hub: &Hub, seed: u64) -> Visit {
    let invite = ["hub", "invite", hub.dir(), "--person", "Ana Ruiz", "--role", "engineer", "--url", &hub.url];
    let invited = run_one(root, &invite);
    let code = text(&invited, "code").to_owned();
    let fault = "leaks at the pump";
    let order = ["hub", "job", hub.dir(), "--customer", "Acme Farm", "--machine", "H7-3391", "--fault", fault];
    let made = run_one(root, &[&order[..], &["--assign", "Ana Ruiz"]].concat());
    let mut visit = Visit {
        root: root.to_owned(),
        store: root.join("phone"),
        job: text(&made, "job").to_owned(),
        chance: Chance::new(seed),
        lengths: BTreeMap::new(),
        answers: Answers::new(),
        evidence: BTreeSet::new(),
        documents: BTreeSet::new(),
        fingerprint: text(&invited, "fingerprint").to_owned(),
        kills: 0,
        serial: 0,
    };
    // The length of an enrolment, measured on another device.
    let other = text(&run_one(root, &invite), "code").to_owned();
    let spare = root.join("spare");
    let arguments = ["device", "--store", spare.to_str().unwrap(), "enrol", "--code", &other];
    let length = start(root, &arguments).finish().1;
    visit.lengths.insert("enrol".to_owned(), length);
    // The hub takes few calls from one address, so the runs are counted here and not the kills.
    for _ in 0..ENROL_RUNS {
        visit.other(&["enrol", "--code", &code]);
    }
    visit.run(&["enrol", "--code", &code]);
    visit.run(&["sync"]);
    visit
}

#[test]
fn kill_minus_nine_at_two_hundred_points_loses_nothing_that_was_called_saved() {
    Soak::new("the device program", ALL_KILLS, 3).run(one_visit);
}

/// One visit with its kills.
fn one_visit(seed: u64) -> u64 {
    let root = tempfile::tempdir().unwrap();
    let hub = Hub::start(root.path());
    let mut visit = enrolled(root.path(), &hub, seed);
    fill(&mut visit);
    while visit.kills < ENROL_RUNS + COMMAND_KILLS {
        step(&mut visit);
        visit.check();
    }
    while visit.kills < ENROL_RUNS + COMMAND_KILLS + WATCH_KILLS {
        beside_watch(&mut visit);
        visit.check();
    }
    while visit.kills < ALL_KILLS {
        sign_or_amend(&mut visit);
        visit.check();
    }
    everything_arrives(&visit, &hub);
    visit.kills
}

/// What the form requires; the texts among it are then answered over and over.
const ANSWERS: &[(&str, &str)] = &[
    ("/visit/safety/locked_out", "yes"),
    ("/visit/safety/hazards", "none"),
    ("/visit/findings/state_found", "limited"),
    ("/visit/findings/hours", "4182"),
    ("/visit/findings/symptom", "leak"),
    ("/visit/findings/description", "Oil leaks at the shaft seal."),
    ("/visit/hydraulics/checked", "no"),
    ("/visit/electrical/emergency_stop", "passed"),
    ("/visit/work/kinds", "replaced"),
    ("/visit/work/description", "Replaced the shaft seal."),
    ("/visit/work/begin", "09:20:00.000"),
    ("/visit/work/end", "11:05:00.000"),
    ("/visit/handover/test_run", "yes"),
    ("/visit/handover/state_left", "running"),
];

/// Questions that take any text.
const TEXTS: &[&str] = &["/visit/findings/description", "/visit/work/description", "/visit/handover/advice"];

fn fill(visit: &mut Visit) {
    let job = visit.job.clone();
    visit.run(&["travel", &job]);
    visit.run(&["arrive", &job]);
    for (question, value) in ANSWERS {
        visit.run(&["answer", &job, question, value]);
        visit.answers.insert((*question).to_owned(), BTreeSet::from([(*value).to_owned()]));
    }
    for (question, stage) in [("/visit/safety/photo_as_found", "found"), ("/visit/handover/photo_as_left", "left")] {
        let file = visit.photo();
        let attached = visit.run(&["attach", &job, &file, "--question", question, "--as", stage]);
        visit.evidence.insert(text(&attached, "sha256").to_owned());
    }
    fs::write(visit.root.join("strokes.json"), r#"{"strokes":[[[0,0,0,0.5],[90,20,50,0.5],[120,90,90,0.6]]]}"#)
        .unwrap();
}

fn step(visit: &mut Visit) {
    let job = visit.job.clone();
    match visit.chance.below(9) {
        0..=3 => visit.answer_something(),
        4 | 5 => visit.attach(),
        6 => visit.other(&["part", &job, "SEAL-0042", "1"]),
        7 => visit.other(&["time", &job, "--minutes", "5"]),
        _ => visit.other(&["sync"]),
    }
}

/// One command runs to its end while `sync --watch` is killed beside it.
fn beside_watch(visit: &mut Visit) {
    let folder = visit.root.join("watch");
    fs::create_dir_all(&folder).unwrap();
    let watch = start(&folder, &visit.device(&["sync", "--watch"]));
    let question = TEXTS[visit.chance.below(TEXTS.len() as u64) as usize];
    let value = format!("watched {}", visit.kills);
    let job = visit.job.clone();
    visit.run(&["answer", &job, question, &value]);
    visit.answers.insert(question.to_owned(), BTreeSet::from([value]));
    let at = visit.chance.below(1_000);
    match watch.kill_at(at, LOOKS / 20) {
        Ended::Killed => visit.kills += 1,
        other => panic!("watching ended by itself: {other:?}"),
    }
}

/// One killed step on the way to the next signature: first the voucher, then one amendment after the other.
fn sign_or_amend(visit: &mut Visit) {
    let job = visit.job.clone();
    let screen = visit.job();
    let signed = !screen["documents"].as_array().unwrap().is_empty();
    if signed && screen["draft"].is_null() {
        return visit.other(&["amend", &job, "--reason", "measured again"]);
    }
    match visit.chance.below(4) {
        0 => visit.answer_something(),
        1 => visit.other(&["preview", &job]),
        _ => {
            visit.run(&["preview", &job]);
            let who = ["--name", "M. Lin", "--outcome", "accepted", "--strokes", "strokes.json"];
            visit.other(&[&["sign", job.as_str()][..], &who].concat());
        }
    }
}

/// A second device of the same person holds the same answers, files and documents, and the hub finds nothing wrong.
fn everything_arrives(visit: &Visit, hub: &Hub) {
    visit.run(&["sync"]);
    let status = visit.status();
    // A capture that was killed between its bytes and its row is kept until a person files it: it was never called saved.
    let unfiled = status["attention"].as_u64().unwrap();
    assert_eq!(status["pending_commands"], 0, "{status}");
    assert_eq!(status["unconfirmed_media"].as_u64(), Some(unfiled), "{status}");
    run(&visit.root, &["hub", "check", hub.dir()]);
    let invite = ["hub", "invite", hub.dir(), "--person", "Ana Ruiz", "--role", "engineer", "--url", &hub.url];
    let code = text(&run_one(&visit.root, &invite), "code").to_owned();
    let other = Visit { store: visit.root.join("second"), ..visit.clone() };
    other.run(&["enrol", "--code", &code]);
    other.run(&["sync"]);
    let (here, there) = (visit.job(), other.job());
    for list in ["questions", "evidence", "parts", "times", "documents"] {
        assert!(!here[list].as_array().unwrap().is_empty(), "{list}");
        assert_eq!(names(&here, list), names(&there, list), "{list}");
    }
}

/// What names the rows of a list, with what they say.
fn names(job: &Value, list: &str) -> Vec<String> {
    let rows = job[list].as_array().unwrap().iter();
    let mut names: Vec<String> = rows
        .map(|row| match list {
            "questions" => format!("{} = {}", row["id"], row["value"]),
            "evidence" => row["sha256"].to_string(),
            "documents" => row["sealed"].to_string(),
            _ => row.to_string(),
        })
        .collect();
    names.sort();
    names
}
