//! A hub in a temporary folder with a clock of its own, and devices that chain, sign and push like real ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use countersign_hub::service::{Actor, JobOrder, NewJob, Planned};
use countersign_hub::{Caller, Hub, InitOptions, Problem, RawPush};
use countersign_model::command::{Command, Envelope, Origin, chain_next, chain_start};
use countersign_model::document::Provenance;
use countersign_model::entity::{InstanceKey, Role};
use countersign_model::id::RecordRef;
use countersign_model::payload::{AnswerSet, NoteAdd, Payload};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::trust::{PrivateKey, chain_statement};
use countersign_model::wire::{ChainSignature, EnrolRequest, Enrolment, Push, Pushed};
use countersign_model::{Digest, Id, Language};

/// The start of every test: 2026-03-01.
pub const START: i64 = 1_772_323_200_000;

pub struct Office {
    pub folder: tempfile::TempDir,
    pub hub: Hub,
    pub clock: Arc<AtomicI64>,
    pub engineer: Id,
    pub manager: Id,
}

impl Office {
    pub fn new() -> Office {
        Office::with_sample(false)
    }

    pub fn with_sample(sample: bool) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let options = InitOptions { company: "Acme Service".to_owned(), sample };
        let hub = Hub::init_at(&folder.path().join("hub"), &options, ticking(&clock)).unwrap();
        let system = hub.system();
        let (engineer, manager) = match sample {
            true => (hub.find_person("Ana Ruiz").unwrap().0, hub.find_person("Marta Vidal").unwrap().0),
            false => (
                hub.add_person(&system, "Ana", &[Role::Engineer], Language::Spanish).unwrap(),
                hub.add_person(&system, "Marta", &[Role::Manager], Language::Spanish).unwrap(),
            ),
        };
        Office { folder, hub, clock, engineer, manager }
    }

    /// The same folder opened again, as after a stop.
    pub fn reopened(self) -> Office {
        let Office { folder, hub, clock, engineer, manager } = self;
        drop(hub);
        let hub = Hub::open_at(&folder.path().join("hub"), ticking(&clock)).unwrap();
        Office { folder, hub, clock, engineer, manager }
    }

    pub fn advance(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    pub fn manager(&self) -> Actor {
        Actor::Person { person: self.manager, session: "test".to_owned() }
    }

    pub fn device(&self, person: Id, seed: u8) -> Device {
        let invite = self.hub.invite(person, Some("http://127.0.0.1:1")).unwrap();
        let key = PrivateKey::from_bytes(&[seed; 32]).unwrap();
        let enrolment = self.hub.enrol(&enrol_request(&invite.code, &key)).unwrap();
        Device { chain_hash: chain_start(enrolment.device), enrolment, key, seq: 0, count: 0 }
    }

    pub fn job(&self, lead: Id) -> Planned {
        let job = NewJob { serial: "X-1".to_owned(), fault: "leaks".to_owned(), ..NewJob::default() };
        self.hub.job(&self.manager(), &JobOrder { job, lead, helpers: Vec::new(), window: None }).unwrap()
    }

    /// Everything that a device's feed gives from the start, in order.
    pub fn feed(&self, device: &Device) -> Vec<Row> {
        let caller = self.hub.recognise(&device.enrolment.token).unwrap();
        let mut rows = Vec::new();
        let mut cursor = None;
        loop {
            let page = self.hub.feed(&caller, cursor.as_deref(), Some(7)).unwrap();
            rows.extend(page.rows);
            cursor = Some(page.cursor);
            if page.at_head {
                return rows;
            }
        }
    }
}

fn ticking(clock: &Arc<AtomicI64>) -> countersign_hub::edge::Clock {
    let clock = Arc::clone(clock);
    // A millisecond a look: ids that are made one after the other sort one after the other.
    Arc::new(move || clock.fetch_add(1, Ordering::SeqCst))
}

pub fn enrol_request(code: &str, key: &PrivateKey) -> EnrolRequest {
    EnrolRequest { code: code.to_owned(), key: key.public(), name: "phone".to_owned(), program: "test".to_owned() }
}

/// A phone without a store: it chains what it is told and pushes it.
pub struct Device {
    pub enrolment: Enrolment,
    pub key: PrivateKey,
    pub seq: u64,
    pub chain_hash: Digest,
    pub count: u32,
}

impl Device {
    pub fn id(&self) -> Id {
        self.enrolment.device
    }

    pub fn caller(&self, office: &Office) -> Caller {
        office.hub.recognise(&self.enrolment.token).unwrap()
    }

    /// The next command of this device.
    pub fn command(&mut self, payload: &Payload, lane: &Scope) -> Envelope {
        self.command_as(self.enrolment.person, payload, lane)
    }

    /// The next command of this device, sent instead of a refused one.
    pub fn instead_of(&mut self, refused: Id, payload: &Payload, lane: &Scope) -> Envelope {
        self.give(self.enrolment.person, payload, lane, Some(refused))
    }

    pub fn command_as(&mut self, author: Id, payload: &Payload, lane: &Scope) -> Envelope {
        self.give(author, payload, lane, None)
    }

    fn give(&mut self, author: Id, payload: &Payload, lane: &Scope, instead_of: Option<Id>) -> Envelope {
        self.count += 1;
        let command = Command {
            id: Id::derived("test-command", &[self.id().bytes(), &self.count.to_be_bytes()]),
            kind: payload.kind().to_owned(),
            version: payload.version(),
            author,
            time: TimeRecord::by_hub(START),
            lane: lane.clone(),
            seen: None,
            instead_of,
            payload: payload.to_value(),
        };
        self.envelope(command)
    }

    /// Any command at the next place of the chain.
    pub fn envelope(&mut self, command: Command) -> Envelope {
        self.seq += 1;
        let origin = Origin::Device { id: self.id(), seq: self.seq, prev_hash: self.chain_hash };
        self.chain_hash = chain_next(self.chain_hash, self.seq, &command).unwrap();
        Envelope { origin, command }
    }

    pub fn signature(&self) -> ChainSignature {
        let statement = chain_statement(self.id(), self.seq, self.chain_hash).unwrap();
        ChainSignature { seq: self.seq, chain_hash: self.chain_hash, signature: self.key.sign(&statement) }
    }

    pub fn push(&self, office: &Office, envelopes: &[Envelope]) -> Result<Pushed, Problem> {
        self.push_with(office, envelopes, Some(self.signature()))
    }

    pub fn push_with(
        &self,
        office: &Office,
        envelopes: &[Envelope],
        signature: Option<ChainSignature>,
    ) -> Result<Pushed, Problem> {
        let push = Push { envelopes: envelopes.to_vec(), signature };
        office.hub.receive(&self.caller(office), RawPush::from(&push))
    }
}

/// A note about a job: accepted from everybody, about anything.
pub fn note(name: &str, job: Id) -> Payload {
    Payload::NoteAdd(NoteAdd {
        note: Id::derived("note", &[name.as_bytes()]),
        subject: RecordRef::new(kind::JOB, job),
        text: name.to_owned(),
        instead_of: None,
    })
}

/// An answer to a question of a form.
pub fn answer(visit: Id, form: Digest, path: &str, value: &str) -> Payload {
    Payload::AnswerSet(AnswerSet {
        subject: RecordRef::new(kind::VISIT, visit),
        form,
        purpose: "service".to_owned(),
        instance: InstanceKey::plain(path),
        value: Some(value.to_owned()),
        provenance: Provenance::Typed,
    })
}
