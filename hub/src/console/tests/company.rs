//! A small company on a real hub: people of each role, a customer with a machine, jobs, a signed voucher.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use countersign_model::document::{
    AmendmentShown, AnswerShown, Attestation, ChangeShown, Content, EvidenceShown, Outcome, Party, Provenance, Sealed,
    SectionShown, SignOff, SignerRole, Stage, VoucherClass, sign_offs_digest,
};
use countersign_model::entity::{
    Customer, Derived, Document, Machine, MachineModel, MachineState, Part, Role, Voucher, document_id, voucher_id,
};
use countersign_model::money::Money;
use countersign_model::payload::{DocumentSign, EvidenceAttach, Payload, VisitLeave, VisitStep, VoucherSubmit};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, Language, LocalText, RecordRef};
use tempfile::TempDir;
use tokio::sync::watch;

use super::browser::Browser;
use crate::console::{Reached, router};
use crate::edge::Clock;
use crate::service::{Actor, NewJob};
use crate::store::Put;
use crate::{Hub, InitOptions};

/// 22 Nov 2026, 09:00 UTC.
pub const START: i64 = 1_795_338_000_000;

pub struct Company {
    pub hub: Hub,
    pub router: Router,
    pub clock: Arc<AtomicI64>,
    pub machine: Id,
    pub customer: Id,
    closing: watch::Sender<bool>,
    _folder: TempDir,
}

/// A voucher that waits for review.
pub struct Handed {
    pub job: Id,
    pub visit: Id,
    pub sealed: Digest,
    pub photo: Digest,
    pub number: String,
}

impl Company {
    pub fn new() -> Company {
        Company::reached(Reached::default())
    }

    pub fn behind_proxy() -> Company {
        Company::reached(Reached { behind_proxy: true, ..Reached::default() })
    }

    fn reached(reached: Reached) -> Company {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let shared = clock.clone();
        let ticking: Clock = Arc::new(move || shared.fetch_add(1, Ordering::SeqCst));
        let hub = Hub::init_at(
            &folder.path().join("hub"),
            &InitOptions { company: "Meridian".to_owned(), sample: false },
            ticking,
        )
        .unwrap();
        let (closing, closed) = watch::channel(false);
        let router = router(hub.clone(), reached, closed);
        let mut company =
            Company { hub, router, clock, machine: Id::default(), customer: Id::default(), closing, _folder: folder };
        company.fill();
        company
    }

    fn fill(&mut self) {
        for (name, role) in [
            ("Ana Engineer", Role::Engineer),
            ("Ben Engineer", Role::Engineer),
            ("Mia Manager", Role::Manager),
            ("Dora Desk", Role::CallDesk),
            ("Otto Auditor", Role::Auditor),
            ("Ada Admin", Role::Administrator),
        ] {
            self.hub.add_person(&self.hub.system(), name, &[role], Language::English).unwrap();
        }
        let system = self.hub.system();
        let (customer, model, machine, part) = (id("acme"), id("h7"), id("3391"), id("seal"));
        let acme = Customer { name: "Acme Farm".to_owned(), ..Customer::default() };
        self.hub.save(&system, customer, &acme).unwrap();
        let name = LocalText::four(["Harvester H7", "Cosechadora H7", "收割机 H7", "收割機 H7"]);
        self.hub.save(&system, model, &MachineModel { name, ..MachineModel::default() }).unwrap();
        let body = Machine {
            model,
            serial: "3391".to_owned(),
            customer,
            contract: "C-77".to_owned(),
            meter: "1204.5".to_owned(),
            warranty_until: "2026-01-31".to_owned(),
            ..Machine::default()
        };
        self.hub.save(&system, machine, &body).unwrap();
        let body = Part {
            code: "SEAL-12".to_owned(),
            name: LocalText::four(["Seal", "Junta", "密封圈", "密封圈"]),
            price: Money::new(1850, "EUR"),
            tax_basis_points: 2100,
            wear: true,
            ..Part::default()
        };
        self.hub.save(&system, part, &body).unwrap();
        self.machine = machine;
        self.customer = customer;
    }

    /// The address of a link that signs this person in.
    pub fn link(&self, name: &str) -> String {
        let (person, _) = self.hub.find_person(name).unwrap();
        self.hub.sign_in_link(person, true).unwrap().path
    }

    /// A browser in which this person is signed in.
    pub async fn browser(&self, name: &str) -> Browser {
        Browser::signed_in(&self.router, &self.link(name)).await
    }

    pub fn person(&self, name: &str) -> Id {
        self.hub.find_person(name).unwrap().0
    }

    fn by(&self, name: &str) -> Actor {
        Actor::System { person: self.person(name) }
    }

    /// A job for which nobody is planned.
    pub fn open_job(&self, fault: &str) -> Id {
        let new = NewJob {
            machine: Some(self.machine),
            fault: fault.to_owned(),
            machine_state: Some(MachineState::Down),
            ..NewJob::default()
        };
        self.hub.create_job(&self.by("Dora Desk"), &new).unwrap()
    }

    /// A job with a planned visit.
    pub fn job(&self, fault: &str, lead: &str) -> (Id, Id) {
        let job = self.open_job(fault);
        let planned = self.hub.plan_visit(&self.by("Dora Desk"), job, self.person(lead), &[], None).unwrap();
        (job, planned.visit)
    }

    fn give(&self, author: &str, job: Id, payload: Payload) {
        self.hub.order(&self.by(author), &payload, Scope::job(job)).unwrap();
    }

    /// Bytes that the office holds.
    pub fn hold(&self, bytes: &[u8]) -> Digest {
        let sha256 = Digest::of(bytes);
        self.hub.inner.blobs.keep(self.hub.tenant(), sha256, &mut Cursor::new(bytes)).unwrap();
        let length = u64::try_from(bytes.len()).unwrap();
        self.hub.write(|write| Ok(write.hold(sha256, length, START)?)).unwrap();
        sha256
    }

    pub fn attach(&self, author: &str, job: Id, visit: Id, bytes: &[u8], stage: Stage) -> Digest {
        let sha256 = Digest::of(bytes);
        let body = EvidenceAttach {
            evidence: Id::derived("evidence", &[&sha256.0, stage.as_str().as_bytes()]),
            subject: RecordRef::new(kind::VISIT, visit),
            sha256,
            bytes: u64::try_from(bytes.len()).unwrap(),
            media_type: "image/jpeg".to_owned(),
            name: "IMG_0001.jpg".to_owned(),
            stage,
            question: None,
            preview: None,
            thumbnail: None,
            claims: Default::default(),
            findings: Vec::new(),
            location: None,
            set: None,
            chosen: false,
        };
        self.give(author, job, Payload::EvidenceAttach(body));
        sha256
    }

    /// A whole visit, handed in. The photo's bytes are at the office only if `held`.
    pub fn handed_in(&self, lead: &str, held: bool) -> Handed {
        let (job, visit) = self.job("leaks at the pump", lead);
        self.give(lead, job, Payload::VisitArrive(VisitStep { visit }));
        let bytes = [&[0xff, 0xd8, 0xff, 0xe0][..], visit.to_string().as_bytes()].concat();
        let photo = self.attach(lead, job, visit, &bytes, Stage::Found);
        if held {
            self.hold(&bytes);
        }
        self.give(lead, job, Payload::VisitLeave(VisitLeave { visit, reason: "solved".to_owned() }));
        let number = self.hub.get::<Voucher>(voucher_id(visit)).unwrap().unwrap().1.number;
        let content = self.content(job, visit, &number, photo, bytes.len(), "148");
        let sealed = self.sign(lead, job, visit, content, Vec::new());
        self.give(lead, job, Payload::VoucherSubmit(VoucherSubmit { visit }));
        Handed { job, visit, sealed, photo, number }
    }

    /// An amendment that changes the oil pressure, signed and handed in.
    pub fn amended(&self, lead: &str, handed: &Handed) -> Digest {
        let mut content =
            self.content(handed.job, handed.visit, &format!("{}-A1-K7", handed.number), handed.photo, 40, "184");
        content.kind = "amendment".to_owned();
        content.amendment = Some(AmendmentShown {
            amends: vec![handed.sealed],
            of_number: handed.number.clone(),
            reason: "measured again".to_owned(),
            remarks: Vec::new(),
            changes: vec![ChangeShown {
                what: "Oil pressure".to_owned(),
                before: "148 bar".to_owned(),
                after: "184 bar".to_owned(),
            }],
        });
        let sealed = self.sign(lead, handed.job, handed.visit, content, vec![handed.sealed]);
        self.give(lead, handed.job, Payload::VoucherSubmit(VoucherSubmit { visit: handed.visit }));
        sealed
    }

    fn content(&self, job: Id, visit: Id, number: &str, photo: Digest, bytes: usize, pressure: &str) -> Content {
        let answer = |number: &str, reference: &str, question: &str, display: &str| AnswerShown {
            number: number.to_owned(),
            reference: reference.to_owned(),
            question: question.to_owned(),
            value: display.to_owned(),
            display: display.to_owned(),
            provenance: Provenance::Measured,
            media: Vec::new(),
        };
        Content {
            kind: "voucher".to_owned(),
            number: number.to_owned(),
            language: Language::English,
            zone: "UTC".to_owned(),
            class: VoucherClass::Contract,
            company: Party { name: "Meridian".to_owned(), ..Party::default() },
            customer: Some(Party { name: "Acme Farm".to_owned(), ..Party::default() }),
            site: None,
            machine: None,
            job,
            visit,
            fault: "leaks at the pump".to_owned(),
            engineers: vec!["Ana Engineer".to_owned()],
            steps: Vec::new(),
            form: None,
            sections: vec![SectionShown {
                title: "Hydraulics".to_owned(),
                answers: vec![
                    answer("12", "/data/pressure", "Oil pressure", &format!("{pressure} bar")),
                    answer("13", "/data/leak", "Leak seen at", "pump"),
                ],
            }],
            evidence: vec![EvidenceShown {
                sha256: photo,
                bytes: u64::try_from(bytes).unwrap(),
                media_type: "image/jpeg".to_owned(),
                name: "IMG_0001.jpg".to_owned(),
                stage: Stage::Found,
                preview: None,
                time: TimeRecord::by_hub(START),
                caption: String::new(),
                set: None,
                layers: Vec::new(),
                duration_ms: None,
                chosen: false,
                claimed: String::new(),
            }],
            parts: Vec::new(),
            charges: Vec::new(),
            times: Vec::new(),
            totals: None,
            prices_shown: true,
            amendment: None,
            prepared: TimeRecord::by_hub(START),
            ..Content::default()
        }
    }

    fn sign(&self, lead: &str, job: Id, visit: Id, content: Content, amends: Vec<Digest>) -> Digest {
        let content_sha256 = content.digest().unwrap();
        let kind = content.kind.clone();
        let sealed = Sealed { content, shown_sha256: Digest::of(b"pages"), renderer: "test".to_owned() };
        let sealed_sha256 = sealed.digest().unwrap();
        let sign_off = |role, name: &str, outcome, remarks: &str| SignOff {
            sealed_sha256,
            role,
            name: name.to_owned(),
            outcome,
            remarks: remarks.to_owned(),
            satisfaction: None,
            aspects: Default::default(),
            strokes: "AA==".to_owned(),
            stamp: None,
            stamp_preview: None,
            time: TimeRecord::by_hub(START),
        };
        let rated = [("skill".to_owned(), 5), ("timeliness".to_owned(), 4)];
        let sign_offs = vec![
            sign_off(SignerRole::Engineer, "Ana Engineer", Outcome::Accepted, ""),
            SignOff {
                aspects: rated.into(),
                ..sign_off(SignerRole::Customer, "Carl Customer", Outcome::Remarks, "noise remains")
            },
        ];
        let sign_offs_sha256 = sign_offs_digest(&sign_offs).unwrap();
        let body = DocumentSign { kind, visit, job, draft: None, amends, content_sha256, sealed, sign_offs };
        self.give(lead, job, Payload::DocumentSign(body));
        self.attest(sealed_sha256, sign_offs_sha256);
        sealed_sha256
    }

    /// The document as it stands once its device vouched for it. The hub takes that from the device itself alone, which
    /// the judge's own tests try; here the row is put.
    fn attest(&self, sealed_sha256: Digest, sign_offs_sha256: Digest) {
        let (row, mut document) = self.hub.get::<Document>(document_id(sealed_sha256)).unwrap().unwrap();
        document.attestation = Some(Attestation {
            sealed_sha256,
            sign_offs_sha256,
            device: id("phone"),
            time: TimeRecord::by_hub(START),
            signature: String::new(),
        });
        document.pdf = Some(Derived { sha256: Digest::of(b"pdf"), bytes: 3 });
        let put = Put::of(row.id, row.scope, &document);
        self.hub.inner.store.write(self.hub.tenant(), |write| write.put(&[put])).unwrap();
    }

    /// Moves the clock on by so many minutes.
    pub fn later(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        self.closing.send_replace(true);
    }
}

pub fn id(name: &str) -> Id {
    Id::derived("console-test", &[name.as_bytes()])
}
