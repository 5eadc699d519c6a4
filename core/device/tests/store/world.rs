//! A company with a customer, a machine and a visit; devices with their keys; and what one does with a store.

use std::collections::BTreeMap;
use std::sync::Arc;

use countersign_device::app::{SignRequest, SoftwareVault, Vault};
use countersign_device::evidence::samples::sample_signature;
use countersign_device::store::files::{Files, SystemFiles};
use countersign_device::store::{Draft, OpenOptions, Rows, Store, StoreError, StoreKey};
use countersign_documents::public_half;
use countersign_model::command::Command;
use countersign_model::document::{Outcome, Provenance, SignerRole, VoucherClass};
use countersign_model::entity::{
    Answer, Company, Customer, InstanceKey, Job, JobState, Machine, MachineState, Person, Role, Visit, Voucher,
    fill_id, voucher_id,
};
use countersign_model::payload::{AnswerSet, NoteAdd, Payload, VisitStep};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::recovery::{DecryptionKey, RecoveryKeys};
use countersign_model::time::TimeRecord;
use countersign_model::trust::{Credential, PrivateKey, TenantKey, TrustChain};
use countersign_model::wire::{Enrolment, EnrolmentString};
use countersign_model::{Digest, Id, RecordRef};
use tempfile::TempDir;

use crate::office::Office;

pub fn id(name: &str) -> Id {
    Id::derived("test", &[name.as_bytes()])
}

pub fn key(seed: u8) -> PrivateKey {
    PrivateKey::from_bytes(&[seed; 32]).unwrap()
}

/// The vault of every device here: one that tests may open from anywhere.
pub fn vault() -> Arc<dyn Vault> {
    Arc::new(SoftwareVault::from_bytes([5; 32]))
}

pub fn chain() -> TrustChain {
    let tenant = id("tenant");
    TrustChain { tenant, keys: vec![TenantKey::first(tenant, &key(1)).unwrap()] }
}

pub fn string() -> EnrolmentString {
    let tenant_key = key(1).public().fingerprint();
    EnrolmentString { url: "http://127.0.0.1:1".to_owned(), code: "CODE".to_owned(), tenant_key, tls_key: None }
}

/// The private halves of the company's recovery key and of the hub's own.
pub fn recovery_secrets() -> [DecryptionKey; 2] {
    [DecryptionKey::from_bytes([21; 32]), DecryptionKey::from_bytes([22; 32])]
}

/// Their public halves, as the tenant key states them.
pub fn recovery() -> RecoveryKeys {
    let [recovery, hub] = recovery_secrets();
    let keys = RecoveryKeys {
        tenant: id("tenant"),
        recovery: public_half(&recovery),
        hub: public_half(&hub),
        issued: 1,
        key_number: 0,
        signature: String::new(),
    };
    keys.signed(&key(1)).unwrap()
}

/// The hub's answer for a device of a person.
pub fn enrolment(name: &str, person: &str, epoch: &str) -> Enrolment {
    let credential = Credential {
        tenant: id("tenant"),
        device: id(name),
        person: id(person),
        person_name: person.to_owned(),
        code: name.to_owned(),
        key: key(9).public(),
        issued: 1,
        key_number: 0,
        signature: String::new(),
    };
    Enrolment {
        device: id(name),
        person: id(person),
        token: format!("token-{name}"),
        lease_until: 1,
        credential: credential.signed(&key(1)).unwrap(),
        chain: chain(),
        recovery: Some(recovery()),
        epoch: epoch.to_owned(),
        tls: None,
    }
}

pub fn options(files: Arc<dyn Files>) -> OpenOptions {
    OpenOptions { ballast_bytes: 0, vfs: None, files }
}

pub fn open(folder: &TempDir) -> Store {
    Store::open(folder.path(), StoreKey::Platform, options(Arc::new(SystemFiles))).unwrap()
}

/// An office with one planned job of Ana, and Ben who helps nobody yet.
pub fn office() -> Office {
    let mut office = Office::new("e1");
    for (name, role) in [("ana", Role::Engineer), ("ben", Role::Engineer), ("mia", Role::Manager)] {
        let person = Person { name: name.to_owned(), roles: vec![role], ..Person::default() };
        office.save(id(name), &Scope::reference("people"), &person);
    }
    let company = Company { name: "Northwind Service".to_owned(), zone: "UTC".to_owned(), ..Company::default() };
    office.save(id("company"), &Scope::reference("company"), &company);
    let customer = Customer { name: "Acme Farm".to_owned(), ..Customer::default() };
    office.save(id("acme"), &Scope::customer(id("acme")), &customer);
    let machine = Machine { serial: "3391".to_owned(), customer: id("acme"), ..Machine::default() };
    office.save(id("machine"), &Scope::machine(id("machine")), &machine);
    add_job(&mut office, "job", "visit", "ana");
    office
}

pub fn add_job(office: &mut Office, job: &str, visit: &str, lead: &str) {
    let scope = Scope::job(id(job));
    let body = Job {
        number: format!("J-{job}"),
        customer: Some(id("acme")),
        machine: Some(id("machine")),
        fault: "leaks at the pump".to_owned(),
        machine_state: MachineState::Down,
        state: JobState::Planned,
        class: VoucherClass::Internal,
        ..Job::default()
    };
    office.save(id(job), &scope, &body);
    office.save(id(visit), &scope, &planned(job, lead));
    let voucher = Voucher {
        visit: id(visit),
        job: id(job),
        number: format!("V-{job}"),
        class: VoucherClass::Internal,
        ..Voucher::default()
    };
    office.save(voucher_id(id(visit)), &scope, &voucher);
    office.hold_again();
}

pub fn planned(job: &str, lead: &str) -> Visit {
    Visit { job: id(job), ordinal: 1, lead: id(lead), ..Visit::default() }
}

/// Enrols a store as a device and fetches everything.
pub fn enrol(store: &Store, office: &mut Office, device: &str, person: &str) {
    store.save_enrolment(&string(), &enrolment(device, person, &office.epoch), &*vault()).unwrap();
    office.enrol(id(device), id(person));
    sync(store, office);
}

/// Pushes and pulls until nothing is left.
pub fn sync(store: &Store, office: &mut Office) {
    sync_by(store, office, 1_000);
}

/// The same with pages of this many rows.
pub fn sync_by(store: &Store, office: &mut Office, rows: usize) {
    let device = store.identity().unwrap().unwrap().device;
    while let Some(batch) = store.next_push(200, 1 << 20).unwrap() {
        let pushed = office.push(device, &batch);
        store.record_pushed(&pushed).unwrap();
    }
    pull_by(store, office, rows);
}

pub fn pull_by(store: &Store, office: &Office, rows: usize) {
    let device = store.identity().unwrap().unwrap().device;
    loop {
        let page = office.page(device, store.cursor().unwrap().as_deref(), rows);
        let at_head = page.at_head;
        store.apply_feed_page(&page).unwrap();
        for wanted in store.scopes_to_fetch().unwrap() {
            fetch(store, office, device, &wanted.scope, wanted.after, rows);
        }
        if at_head && store.scopes_to_fetch().unwrap().is_empty() {
            break;
        }
    }
}

fn fetch(store: &Store, office: &Office, device: Id, scope: &Scope, after: Option<String>, rows: usize) {
    if !office.holds(device).contains(scope) {
        store.scope_denied(scope).unwrap();
        return;
    }
    let mut after = after;
    loop {
        let page = office.scope(scope, after.as_deref(), rows);
        after = page.next.clone();
        if store.apply_scope_page(&page).unwrap().ready {
            return;
        }
    }
}

/// A number for ids that a test gives in order.
pub fn draft(name: &str, lane: &Scope, seen: Option<Id>, payload: Payload) -> Draft {
    let time = TimeRecord { wall: 1_790_000_000_000, ..TimeRecord::default() };
    Draft { id: id(name), time, lane: lane.clone(), seen, payload }
}

pub fn give(store: &Store, draft: &Draft) -> Result<Command, StoreError> {
    store.write(|tx| tx.submit(draft))
}

pub const FORM: Digest = Digest([7; 32]);

pub fn answer(visit: &str, path: &str, value: &str) -> Payload {
    Payload::AnswerSet(AnswerSet {
        subject: RecordRef::new(kind::VISIT, id(visit)),
        form: FORM,
        purpose: "service".to_owned(),
        instance: InstanceKey::plain(path),
        value: Some(value.to_owned()),
        provenance: Provenance::Typed,
    })
}

pub fn answer_row(rows: &Rows<'_>, visit: &str, path: &str) -> Option<Answer> {
    let fill = fill_id(&RecordRef::new(kind::VISIT, id(visit)), FORM, "service");
    rows.get(InstanceKey::plain(path).answer_id(fill)).unwrap()
}

pub fn note(job: &str, text: &str) -> Payload {
    let subject = RecordRef::new(kind::JOB, id(job));
    Payload::NoteAdd(NoteAdd { note: id(&format!("note {text}")), subject, text: text.to_owned(), instead_of: None })
}

pub fn arrive(visit: &str) -> Payload {
    Payload::VisitArrive(VisitStep { visit: id(visit) })
}

pub fn job_lane() -> Scope {
    Scope::job(id("job"))
}

/// The bodies of the view, for comparing with the office's rows.
pub fn bodies(rows: &[Row]) -> BTreeMap<(String, Id), (Scope, serde_json::Value)> {
    let of = |row: &Row| Some(((row.kind.clone(), row.id), (row.scope.clone(), row.body.clone()?)));
    rows.iter().filter_map(of).collect()
}

/// How Ana signs alone.
pub fn request() -> SignRequest {
    SignRequest {
        name: "ana".to_owned(),
        role: SignerRole::Engineer,
        outcome: Outcome::Accepted,
        remarks: String::new(),
        satisfaction: None,
        aspects: Default::default(),
        strokes: None,
        engineer_strokes: sample_signature(1),
        stamp: None,
        content_sha256: None,
    }
}
