//! An office in memory: applies decisions as the boring code of phone and hub does.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;

use countersign_model::command::{Command, Origin};
use countersign_model::decide::{
    AnswerCheck, Change, Context, Decision, FormRules, MediaRules, Refusal, RefusalCode, decide, needs,
};
use countersign_model::digest::Digest;
use countersign_model::document::{Content, Outcome, Sealed, SignOff, SignerRole};
use countersign_model::entity::{Entity, Flag, FlagCode, Part, Person, Role};
use countersign_model::id::{Id, RecordRef};
use countersign_model::payload::{DocumentSign, JobCreate, Payload, VisitPlan};
use countersign_model::record::{Row, Scope};
use countersign_model::state::{Key, Lookup, State};
use countersign_model::time::TimeRecord;

pub fn id(name: &str) -> Id {
    Id::derived("test", &[name.as_bytes()])
}

/// Questions under `/data/n` take integers, all others anything.
pub struct Forms;

impl FormRules for Forms {
    fn check(&self, _: Digest, path: &str, value: &str) -> AnswerCheck {
        match path {
            "/data/n" if value.parse::<i64>().is_err() => AnswerCheck::Wrong { expected: "integer".to_owned() },
            "/data/none" => AnswerCheck::NoQuestion,
            _ => AnswerCheck::Fits(value.to_owned()),
        }
    }
}

pub struct Media(pub bool);

impl MediaRules for Media {
    fn holds(&self, _: Digest) -> bool {
        self.0
    }
}

/// Rows, the next command's number, and whether this is a hub or a phone that holds some scopes only.
pub struct Office {
    pub rows: BTreeMap<(String, Id), Row>,
    pub on_hub: bool,
    pub holds_media: bool,
    count: u64,
}

impl Office {
    pub fn hub() -> Office {
        let mut office = Office { rows: BTreeMap::new(), on_hub: true, holds_media: true, count: 0 };
        for (name, role) in [
            ("ana", Role::Engineer),
            ("ben", Role::Engineer),
            ("mia", Role::Manager),
            ("des", Role::CallDesk),
            ("adm", Role::Administrator),
            ("aud", Role::Auditor),
        ] {
            let person = Person { name: name.to_owned(), roles: vec![role], ..Person::default() };
            office.seed(id(name), Scope::reference("people"), &person);
        }
        let seal = Part { code: "SEAL-0042".to_owned(), ..Part::default() };
        office.seed(id("seal"), Scope::reference("parts"), &seal);
        office
    }

    pub fn seed<T: Entity>(&mut self, id: Id, scope: Scope, body: &T) {
        let row = Row { kind: T::KIND.to_owned(), id, scope, rev: 1, seq: 1, body: Some(body.body()) };
        self.rows.insert((T::KIND.to_owned(), id), row);
    }

    pub fn get<T: Entity>(&self, id: Id) -> Option<T> {
        self.rows.get(&(T::KIND.to_owned(), id)).and_then(T::of)
    }

    pub fn all<T: Entity>(&self) -> Vec<T> {
        self.rows.values().filter_map(T::of).collect()
    }

    pub fn flags(&self) -> Vec<FlagCode> {
        self.all::<Flag>().into_iter().map(|flag| flag.code).collect()
    }

    fn lookup(&self, key: &Key) -> Lookup<Vec<Row>> {
        let found: Vec<Row> = match key {
            Key::Row { kind, id } => self.rows.get(&(kind.clone(), *id)).cloned().into_iter().collect(),
            Key::Children { kind, parent } => {
                self.rows.values().filter(|row| row.kind == *kind && row.parent() == Some(*parent)).cloned().collect()
            }
        };
        match found.is_empty() && matches!(key, Key::Row { .. }) {
            false => Lookup::Known(found),
            true if self.on_hub => Lookup::Absent,
            true => Lookup::NotHere,
        }
    }

    pub fn command(&mut self, author: &str, lane: Scope, seen: Option<Id>, payload: &Payload) -> Command {
        self.count += 1;
        Command {
            id: Id::derived("command", &[&self.count.to_be_bytes()]),
            kind: payload.kind().to_owned(),
            version: payload.version(),
            author: id(author),
            time: TimeRecord::by_hub(1_800_000_000_000 + self.count as i64),
            lane,
            seen,
            instead_of: None,
            payload: payload.to_value(),
        }
    }

    /// Decides and applies; `device` is the phone it came from, with its sequence number.
    pub fn judge(&mut self, command: &Command, device: Option<(&str, u64)>) -> Decision {
        let origin = match device {
            Some((name, seq)) => Origin::Device { id: id(name), seq, prev_hash: Digest::default() },
            None => Origin::Console { session: String::new() },
        };
        let media = Media(self.holds_media);
        let context = Context {
            now: 1_790_000_000_000,
            origin: &origin,
            on_hub: self.on_hub,
            handed_over: false,
            forms: &Forms,
            media: &media,
        };
        let mut state = State::new();
        loop {
            let keys = needs(command, &state, &context);
            if keys.is_empty() {
                break;
            }
            for key in keys {
                let rows = self.lookup(&key);
                state.load(key, rows);
            }
        }
        let decision = decide(&state, command, &context);
        if let Decision::Accepted(changes) = &decision {
            changes.iter().for_each(|change| self.apply(change));
        }
        decision
    }

    fn apply(&mut self, change: &Change) {
        let RecordRef { kind, id } = change.record().clone();
        match change {
            Change::Put { scope, body, .. } => {
                let rev = self.rows.get(&(kind.clone(), id)).map_or(0, |row| row.rev) + 1;
                let row = Row { kind: kind.clone(), id, scope: scope.clone(), rev, seq: 0, body: Some(body.clone()) };
                self.rows.insert((kind, id), row);
            }
            Change::Remove { .. } => {
                self.rows.remove(&(kind, id));
            }
        }
    }

    /// Gives a command from a phone (a name) or the console and returns its id with the decision.
    pub fn give(
        &mut self,
        author: &str,
        phone: Option<(&str, u64)>,
        seen: Option<Id>,
        payload: Payload,
    ) -> (Id, Decision) {
        let command = self.command(author, Scope::job(id("job")), seen, &payload);
        let decision = self.judge(&command, phone);
        (command.id, decision)
    }

    /// The same, and it must be accepted.
    pub fn accept(&mut self, author: &str, phone: Option<(&str, u64)>, seen: Option<Id>, payload: Payload) -> Id {
        let (command, decision) = self.give(author, phone, seen, payload);
        assert!(matches!(decision, Decision::Accepted(_)), "{decision:?}");
        command
    }

    /// The same, and it must be refused for this reason.
    pub fn refuse(&mut self, author: &str, phone: Option<(&str, u64)>, payload: Payload, code: RefusalCode) {
        let (_, decision) = self.give(author, phone, None, payload);
        assert!(matches!(&decision, Decision::Refused(Refusal { code: given, .. }) if *given == code), "{decision:?}");
    }
}

/// A job without a machine and a visit of Ana's, Ben helping.
pub fn planned() -> Office {
    let mut office = Office::hub();
    let store = Person { name: "sto".to_owned(), roles: vec![Role::StoreKeeper], ..Person::default() };
    office.seed(id("sto"), Scope::reference("people"), &store);
    let accountant = Person { name: "acc".to_owned(), roles: vec![Role::Accountant], ..Person::default() };
    office.seed(id("acc"), Scope::reference("people"), &accountant);
    let cleo = Person { name: "cleo".to_owned(), roles: vec![Role::Engineer], ..Person::default() };
    office.seed(id("cleo"), Scope::reference("people"), &cleo);
    let create = JobCreate {
        job: id("job"),
        serial: "3391".to_owned(),
        fault: "leaks at the pump".to_owned(),
        ..JobCreate::default()
    };
    office.accept("des", None, None, Payload::JobCreate(create));
    office.accept("des", None, None, plan_of("visit", "ana", &["ben"]));
    office
}

pub fn plan_of(visit: &str, lead: &str, helpers: &[&str]) -> Payload {
    Payload::VisitPlan(VisitPlan {
        visit: id(visit),
        job: id("job"),
        lead: id(lead),
        helpers: helpers.iter().map(|name| id(name)).collect(),
        ..VisitPlan::default()
    })
}

/// Signs a voucher of this visit, by the engineer and, where `customer`, by the customer.
pub fn signing(visit: &str, content: Content, amends: &[Digest], customer: bool) -> (Digest, Payload) {
    let content = Content { job: id("job"), visit: id(visit), ..content };
    let content_sha256 = content.digest().unwrap();
    let kind = content.kind.clone();
    let sealed = Sealed { content, shown_sha256: Digest::of(b"pages"), renderer: "test".to_owned() };
    let sealed_sha256 = sealed.digest().unwrap();
    let sign_off = |role| SignOff {
        sealed_sha256,
        role,
        name: "Somebody".to_owned(),
        outcome: Outcome::Accepted,
        remarks: String::new(),
        satisfaction: None,
        aspects: Default::default(),
        strokes: "AQ==".to_owned(),
        stamp: None,
        stamp_preview: None,
        time: TimeRecord::default(),
    };
    let mut sign_offs = vec![sign_off(SignerRole::Engineer)];
    sign_offs.extend(customer.then(|| sign_off(SignerRole::Customer)));
    let payload = DocumentSign {
        kind,
        visit: id(visit),
        job: id("job"),
        draft: None,
        amends: amends.to_vec(),
        content_sha256,
        sealed,
        sign_offs,
    };
    (sealed_sha256, Payload::DocumentSign(payload))
}
