//! The work of a year: calls, jobs, visits, vouchers and reviews, given as commands and judged like any other.

use countersign_hub::Hub;
use countersign_hub::service::{Actor, NewJob, Planned, ReviewChoice};
use countersign_model::document::{
    AnswerShown, Attestation, Content, Outcome, Party, Provenance, Sealed, SectionShown, SignOff, SignerRole, Stage,
    VoucherClass, sign_offs_digest,
};
use countersign_model::entity::{Call, Derived, Machine, MachineState, Part, Priority, Remark, Role, TimeKind, Window};
use countersign_model::payload::{
    DocumentAttest, DocumentSign, EvidenceAttach, MeterRead, NoteAdd, PartUsed, Payload, TimeRecorded, VisitLeave,
    VisitStep, VoucherSubmit,
};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, Language, RecordRef};

use crate::amounts::Amounts;
use crate::phone::Phone;

/// Engineers of the company.
const ENGINEERS: u8 = 60;
/// Jobs of the newest share that are not over, in percent.
const OPEN_SHARE: usize = 20;
const HOUR: i64 = 60 * 60 * 1000;
const FAULTS: [&str; 6] = [
    "Leaks oil at the pump after two hours",
    "Pierde aceite por el retén de la bomba",
    "主轴轴承有异响，停机检查",
    "液壓泵漏油，壓力不足",
    "No start, relay clicks",
    "Alarm 2041 at full load",
];

/// Moves the clock of the hub.
pub type Advance<'a> = &'a dyn Fn(i64);

/// Who works, and on what.
pub struct Company {
    phones: Vec<Phone>,
    manager: Actor,
    machines: Vec<(Id, Machine)>,
    parts: Vec<(Id, String)>,
}

/// How far a job has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    New,
    Planned,
    Travelling,
    OnSite,
    Waiting,
    Signed,
    Submitted,
    Returned,
    Approved,
    Cancelled,
}

impl Far {
    /// Most jobs are over; the newest are at every step.
    fn of(place: usize, jobs: usize) -> Far {
        if place * 100 < jobs * (100 - OPEN_SHARE) {
            return if place.is_multiple_of(33) { Far::Cancelled } else { Far::Approved };
        }
        match place % 20 {
            0..=2 => Far::New,
            3..=8 => Far::Planned,
            9 => Far::Travelling,
            10 | 11 => Far::OnSite,
            12 | 13 => Far::Waiting,
            14 => Far::Signed,
            15..=18 => Far::Submitted,
            _ => Far::Returned,
        }
    }
}

/// Adds the engineers with their phones and looks up what they work on.
pub fn company(hub: &Hub) -> Company {
    let system = hub.system();
    let phones = (1..=ENGINEERS).map(|number| {
        let name = format!("Engineer {number:02}");
        let person = hub.add_person(&system, &name, &[Role::Engineer], Language::English).expect("a person");
        Phone::enrol(hub, person, number)
    });
    let phones = phones.collect();
    let manager = hub.somebody_who_is(&Role::Manager).expect("people").expect("a manager");
    let parts = hub.page::<Part>(None, 500, countersign_hub::store::Direction::Descending).expect("parts");
    Company {
        phones,
        manager: Actor::System { person: manager },
        machines: hub.all::<Machine>().expect("machines").into_iter().map(|(row, body)| (row.id, body)).collect(),
        parts: parts.into_iter().map(|(row, part)| (row.id, part.code)).collect(),
    }
}

/// Makes every job.
pub fn jobs(hub: &Hub, company: &mut Company, amounts: &Amounts, advance: Advance<'_>) {
    // A year's work: the clock moves on by so much from job to job.
    let step = 365 * 24 * HOUR / amounts.jobs as i64;
    let mut refused = 0;
    for place in 0..amounts.jobs {
        refused += job(hub, company, amounts, place, advance);
        advance(step);
        if place % 500 == 499 {
            eprintln!("jobs: {} of {}, {refused} commands refused", place + 1, amounts.jobs);
        }
    }
}

fn job(hub: &Hub, company: &mut Company, amounts: &Amounts, place: usize, advance: Advance<'_>) -> usize {
    let far = Far::of(place, amounts.jobs);
    // A few machines break often, most hardly ever.
    let at = if place.is_multiple_of(4) { place % 25 } else { (place * 7) % company.machines.len() };
    let (machine_id, machine) = company.machines[at].clone();
    let call = place.is_multiple_of(3).then(|| call(hub, company, &machine, place));
    let new = NewJob {
        call,
        customer: Some(machine.customer),
        machine: Some(machine_id),
        serial: machine.serial.clone(),
        fault: format!("{} ({place})", FAULTS[place % FAULTS.len()]),
        priority: Some([Priority::Normal, Priority::High, Priority::Low, Priority::Urgent][place % 4].clone()),
        machine_state: Some([MachineState::Limited, MachineState::Down, MachineState::Running][place % 3].clone()),
        class: None,
    };
    let job = hub.create_job(&company.manager, &new).expect("a job");
    if far == Far::New {
        return 0;
    }
    let phone = place % company.phones.len();
    let window = Window { from: hub.now() + 20 * HOUR, to: hub.now() + 24 * HOUR };
    let lead = company.phones[phone].person;
    let planned = hub.plan_visit(&company.manager, job, lead, &[], Some(window)).expect("a visit");
    advance(HOUR / 4);
    if far == Far::Cancelled {
        hub.cancel_job(&company.manager, job, "ordered twice").expect("a job");
        return 0;
    }
    let Company { phones, parts, manager, .. } = company;
    let phone = &mut phones[phone];
    let visit = Work { hub, planned: &planned, machine: machine_id, place, lane: Scope::job(job) };
    let refused = visit.go(phone, far, parts, amounts.lines_of_a_job());
    visit.review(manager, far);
    refused
}

fn call(hub: &Hub, company: &Company, machine: &Machine, place: usize) -> Id {
    let body = Call {
        customer: Some(machine.customer),
        caller: format!("Lin {place}"),
        phone: format!("+34 611 {place:06}"),
        fault: FAULTS[place % FAULTS.len()].to_owned(),
        ..Call::default()
    };
    hub.register_call(&company.manager, body).expect("a call")
}

/// One visit's work.
struct Work<'a> {
    hub: &'a Hub,
    planned: &'a Planned,
    machine: Id,
    place: usize,
    lane: Scope,
}

impl Work<'_> {
    fn id(&self, what: &str, number: usize) -> Id {
        Id::derived(what, &[self.planned.visit.bytes(), &number.to_be_bytes()])
    }

    fn subject(&self) -> RecordRef {
        RecordRef::new(kind::VISIT, self.planned.visit)
    }

    /// Everything that the phone does; answers how many commands were refused.
    fn go(&self, phone: &mut Phone, far: Far, parts: &[(Id, String)], lines: usize) -> usize {
        let step = VisitStep { visit: self.planned.visit };
        if far >= Far::Travelling {
            phone.give(self.hub, &self.lane, &Payload::VisitTravel(step.clone()));
        }
        if far >= Far::OnSite {
            phone.give(self.hub, &self.lane, &Payload::VisitArrive(step));
            for line in 0..lines {
                let payload = self.line(phone, parts, line);
                phone.give(self.hub, &self.lane, &payload);
            }
        }
        if far >= Far::Waiting {
            let reason = if far == Far::Waiting { "waiting_part" } else { "solved" }.to_owned();
            phone.give(self.hub, &self.lane, &Payload::VisitLeave(VisitLeave { visit: self.planned.visit, reason }));
        }
        if far >= Far::Signed {
            self.sign(phone);
        }
        if far >= Far::Submitted {
            let submit = VoucherSubmit { visit: self.planned.visit };
            phone.give(self.hub, &self.lane, &Payload::VoucherSubmit(submit));
        }
        phone.push(self.hub)
    }

    /// A line of the machine's history.
    fn line(&self, phone: &Phone, parts: &[(Id, String)], line: usize) -> Payload {
        let number = self.place * 31 + line;
        match line % 5 {
            0 => {
                let (part, code) = parts[number % parts.len()].clone();
                Payload::PartUsed(PartUsed {
                    part_use: self.id("part-use", line),
                    subject: self.subject(),
                    part: Some(part),
                    code,
                    quantity: (1 + number % 3).to_string(),
                    unit_price: None,
                    tax_basis_points: 2_100,
                    batch: format!("B{number}"),
                    depot: None,
                    payer: None,
                    undoes: None,
                })
            }
            1 => Payload::TimeRecorded(TimeRecorded {
                entry: self.id("time", line),
                subject: self.subject(),
                person: phone.person,
                kind: TimeKind::Work,
                minutes: 30 + (number % 90) as i64,
                kilometres: None,
                replaces: None,
            }),
            2 => Payload::MeterRead(MeterRead {
                reading: self.id("meter", line),
                subject: self.subject(),
                machine: Some(self.machine),
                value: (2_000 + self.place * 2 + line).to_string(),
            }),
            3 => self.photo(phone, line),
            _ => Payload::NoteAdd(NoteAdd {
                note: self.id("note", line),
                subject: self.subject(),
                text: format!("Checked the seal, {} bar after the repair", 150 + number % 40),
                instead_of: None,
            }),
        }
    }

    /// One photo in twenty is still on the phone.
    fn photo(&self, phone: &Phone, line: usize) -> Payload {
        let bytes = photo(self.place, line);
        let sha256 = match self.place % 20 {
            0 => Digest::of(&bytes),
            _ => phone.send(self.hub, &bytes),
        };
        Payload::EvidenceAttach(EvidenceAttach {
            evidence: self.id("evidence", line),
            subject: self.subject(),
            sha256,
            bytes: bytes.len() as u64,
            media_type: "image/jpeg".to_owned(),
            name: format!("IMG_{line:04}.jpg"),
            stage: if line.is_multiple_of(2) { Stage::Found } else { Stage::Left },
            question: None,
            preview: None,
            thumbnail: None,
            claims: Default::default(),
            findings: Vec::new(),
            location: None,
            set: None,
            chosen: false,
        })
    }

    fn sign(&self, phone: &mut Phone) {
        let pages = format!("pages of {}", self.planned.number).into_bytes();
        let pdf = format!("paper of {}", self.planned.number).into_bytes();
        let sealed = Sealed { content: self.content(), shown_sha256: Digest::of(&pages), renderer: "bench".to_owned() };
        let sealed_sha256 = sealed.digest().expect("a content of ours");
        let word = |role, name: &str| SignOff {
            sealed_sha256,
            role,
            name: name.to_owned(),
            outcome: Outcome::Accepted,
            remarks: String::new(),
            satisfaction: None,
            aspects: Default::default(),
            strokes: "AAAA".to_owned(),
            stamp: None,
            stamp_preview: None,
            time: TimeRecord::by_hub(self.hub.now()),
        };
        let sign_offs = vec![word(SignerRole::Engineer, "Engineer"), word(SignerRole::Customer, "M. Lin")];
        let sign_offs_sha256 = sign_offs_digest(&sign_offs).expect("sign-offs of ours");
        let sign = DocumentSign {
            kind: "voucher".to_owned(),
            visit: self.planned.visit,
            job: self.planned.job,
            draft: None,
            amends: Vec::new(),
            content_sha256: sealed.content.digest().expect("a content of ours"),
            sealed,
            sign_offs,
        };
        phone.give(self.hub, &self.lane, &Payload::DocumentSign(sign));
        let time = TimeRecord::by_hub(self.hub.now());
        let statement = Attestation::statement(sealed_sha256, sign_offs_sha256, phone.device, &time);
        let signature = phone.key.sign(&statement.expect("a statement of ours"));
        let attestation = Attestation { sealed_sha256, sign_offs_sha256, device: phone.device, time, signature };
        phone.send(self.hub, &pages);
        let pdf_sha256 = phone.send(self.hub, &pdf);
        let attest = DocumentAttest {
            job: self.planned.job,
            attestation,
            pdf: Derived { sha256: pdf_sha256, bytes: pdf.len() as u64 },
            shown_bytes: pages.len() as u64,
        };
        phone.give(self.hub, &self.lane, &Payload::DocumentAttest(attest));
    }

    /// A service form's twenty answers in four sections.
    fn content(&self) -> Content {
        let answer = |number: usize| AnswerShown {
            number: number.to_string(),
            reference: format!("/data/group/question_{number}"),
            question: format!("Pressure at point {number}"),
            value: (140 + (self.place + number) % 50).to_string(),
            display: format!("{} bar", 140 + (self.place + number) % 50),
            provenance: Provenance::Measured,
            media: Vec::new(),
        };
        let section = |number: usize| SectionShown {
            title: format!("Section {number}"),
            answers: (number * 5..number * 5 + 5).map(answer).collect(),
        };
        Content {
            kind: "voucher".to_owned(),
            number: self.planned.number.clone(),
            language: Language::English,
            zone: "UTC".to_owned(),
            class: VoucherClass::Contract,
            company: Party { name: "Bench".to_owned(), ..Party::default() },
            customer: Some(Party { name: "Customer".to_owned(), ..Party::default() }),
            job: self.planned.job,
            visit: self.planned.visit,
            fault: FAULTS[self.place % FAULTS.len()].to_owned(),
            engineers: vec!["Engineer".to_owned()],
            sections: (0..4).map(section).collect(),
            prepared: TimeRecord::by_hub(self.hub.now()),
            ..Content::default()
        }
    }

    fn review(&self, manager: &Actor, far: Far) {
        let choice = match far {
            Far::Approved => ReviewChoice::Approve { missing: Vec::new(), without_attestation: false },
            Far::Returned => ReviewChoice::Return(vec![Remark {
                text: "Was the pressure measured warm?".to_owned(),
                ..Remark::default()
            }]),
            _ => return,
        };
        // Where a photo is still on the phone the voucher waits: that is what the rules ask for.
        drop(self.hub.review(manager, self.planned.job, choice));
    }
}

/// A photo of some kilobytes; the pages are measured, not the pictures.
fn photo(place: usize, line: usize) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.extend(format!("{place}-{line}").into_bytes().iter().cycle().take(2_000));
    bytes
}
