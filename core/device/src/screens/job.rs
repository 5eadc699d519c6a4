//! One job: its visits, the steps with the next one, evidence, parts, documents, remarks of the review.

use countersign_model::departure;
use countersign_model::document::{Outcome, Stage};
use countersign_model::entity::{
    Contact, Customer, Derived, Document, Evidence, Job, JobState, Machine, MachineModel, PartUse, Review,
    ReviewOutcome, Site, TimeEntry, Visit, VisitState, Voucher, VoucherState, Window, standing, voucher_id,
};
use countersign_model::payload::customer_outcome;
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, Language, RecordRef};
use serde::Serialize;
use std::path::PathBuf;

use super::departure::contacts;
use super::facts::JobFacts;
use super::revision;
use crate::app::annotating::overlay_of;
use crate::app::charging::facts;
use crate::app::content::person_name;
use crate::app::history::visits_on;
use crate::app::work::{Work, works_on};
use crate::app::{App, AppError, Layer};
use crate::store::Rows;

/// Whether a step of the visit is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Done.
    Done,
    /// The next one to do.
    Next,
    /// Still to come.
    Open,
}

/// A step of the visit; any order stays possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `travel`, `arrive`, `as_found`, `form`, `parts`, `as_left`, `sign`, `leave`, `submit` or `amend`.
    pub step: &'static str,
    /// Whether it is done.
    pub state: StepState,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VisitRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number.
    pub number: String,
    /// Who leads.
    pub lead: String,
    /// Where it stands.
    pub state: VisitState,
    /// A session by phone or video.
    pub remote: bool,
    /// The agreed window.
    pub window: Option<Window>,
    /// Why they left; empty while there.
    pub leave_reason: String,
    /// Where its voucher stands.
    pub voucher: Option<VoucherState>,
    /// Whether this person works on it: they are on it, or collect its sign-off.
    pub own: bool,
}

/// A photo or file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceRow {
    /// The evidence.
    pub evidence: Id,
    /// Digest of the original.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// Media type by content.
    pub kind: String,
    /// Name as it came.
    pub name: String,
    /// As found, as left or neither.
    pub stage: Stage,
    /// The question that it answers: its path.
    pub question: Option<String>,
    /// What is odd about it.
    pub findings: Vec<String>,
    /// The hub signed that it holds the original, the preview and the thumbnail.
    pub confirmed: bool,
    /// The thumbnail on this device.
    pub thumbnail: Option<PathBuf>,
    /// Size as a person sees it, `width x height`; empty where it is not known.
    pub pixels: String,
    /// Running time of a video or sound in milliseconds.
    pub duration_ms: Option<u64>,
    /// Whether it can be drawn on.
    pub picture: bool,
    /// What people drew over it, oldest first.
    pub layers: Vec<Layer>,
    /// All layers as one SVG that lies over the picture; empty where nothing is drawn.
    pub overlay: String,
    /// The preview on this device.
    pub preview: Option<PathBuf>,
    /// The original on this device.
    pub original: Option<PathBuf>,
    /// When it was captured.
    pub time: TimeRecord,
}

/// A part used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartRow {
    /// The movement.
    pub part_use: Id,
    /// Part code.
    pub code: String,
    /// Exact decimal; negative takes back.
    pub quantity: String,
    /// Booked after the signature by another device.
    pub late: bool,
}

/// Time spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimeRow {
    /// Whose.
    pub person: String,
    /// On what.
    pub kind: String,
    /// Minutes.
    pub minutes: i64,
}

/// A signed document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// Its name.
    pub sealed: Digest,
    /// Printed number.
    pub number: String,
    /// `voucher` or `amendment`.
    pub kind: String,
    /// What the customer said.
    pub outcome: Option<Outcome>,
    /// `voucher.pdf` on this device; `None` while it is "unsigned by device", and for another's document.
    pub pdf: Option<PathBuf>,
    /// Whether something amends it.
    pub amended: bool,
}

/// What a review wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemarkRow {
    /// The question's instance; empty for the whole voucher.
    pub question: String,
    /// The question's text.
    pub label: String,
    /// What the reviewer wants: a standard remark in this person's language, then the reviewer's own words.
    pub text: String,
    /// Who.
    pub reviewer: String,
}

/// Somebody at the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactRow {
    /// The contact.
    pub contact: Id,
    /// Name.
    pub name: String,
    /// What they do there; may be empty.
    pub position: String,
    /// Phone; may be empty.
    pub phone: String,
    /// Mail address; may be empty.
    pub email: String,
}

/// One job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The job.
    pub job: Id,
    /// The name under which this very visit is asked for again: the job's id, or the visit's where another visit is the
    /// usual one.
    pub name: String,
    /// The present visit.
    pub visit: Id,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: JobState,
    /// The fault.
    pub fault: String,
    /// Customer: name, address, phone.
    pub customer: [String; 3],
    /// Site: name and address.
    pub site: [String; 2],
    /// People at the customer, by name.
    pub contacts: Vec<ContactRow>,
    /// The light of the departure check; its lines are on the departure screen.
    pub ready: bool,
    /// Earlier visits of the machine on this device; they are on the machine screen.
    pub earlier_visits: usize,
    /// Machine: model, serial, place.
    pub machine: [String; 3],
    /// Urgency, class, helpers, diagnosis and what else is to be known.
    pub facts: JobFacts,
    /// Its visits, oldest first.
    pub visits: Vec<VisitRow>,
    /// Steps of the present visit.
    pub steps: Vec<Step>,
    /// Evidence of the present visit.
    pub evidence: Vec<EvidenceRow>,
    /// Parts of the present visit.
    pub parts: Vec<PartRow>,
    /// Times of the present visit.
    pub times: Vec<TimeRow>,
    /// Signed documents of the present visit.
    pub documents: Vec<DocumentRow>,
    /// What the last review wants, while the voucher is returned.
    pub remarks: Vec<RemarkRow>,
    /// Signed, and no draft of an amendment is open: nothing of the visit can be changed now.
    pub locked: bool,
    /// Number of the amendment whose draft is open.
    pub draft: Option<String>,
    /// From which colleague this device took the work over; empty for its own.
    pub carried_from: String,
}

impl App {
    /// One job with this person's visit.
    pub fn job_screen(&self, name: &str) -> Result<JobScreen, AppError> {
        let language = self.language()?;
        self.show(|rows| {
            let work = self.work(rows, name)?;
            let layers = work.layers(rows)?;
            let evidence = self.evidence_rows(rows, &work, &layers)?;
            let documents = self.document_rows(rows, &work)?;
            let model = |machine: &Machine| {
                let model = rows.get::<MachineModel>(machine.model)?;
                Ok::<_, AppError>(model.map(|model| model.name.get(language).to_owned()).unwrap_or_default())
            };
            let machine = work.job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
            let machine = match &machine {
                Some(machine) => [model(machine)?, machine.serial.clone(), machine.place.clone()],
                None => [String::new(), work.job.serial.clone(), String::new()],
            };
            let mut screen = JobScreen {
                revision: 0,
                job: work.job_id,
                name: self.name_of(rows, &work),
                visit: work.visit_id,
                number: work.job.number.clone(),
                state: work.job.state.clone(),
                fault: work.job.fault.clone(),
                customer: customer(rows, &work.job)?,
                site: site(rows, &work.job)?,
                contacts: contact_rows(rows, &work.job)?,
                ready: departure::is_ready(&departure::check(&self.departure_facts(rows, work.job_id, &work.job)?)),
                earlier_visits: earlier_visits(rows, &work)?,
                machine,
                facts: self.job_facts(rows, &work, language)?,
                visits: visit_rows(rows, work.job_id)?,
                steps: steps(&work, &evidence, &documents, self.form_is_complete(rows, &work, language)),
                parts: part_rows(rows, &layers)?,
                times: time_rows(rows, &layers)?,
                evidence,
                documents,
                remarks: remarks(rows, &work, language)?,
                locked: work.is_signed() && work.draft.is_none(),
                draft: work.draft.as_ref().map(|(_, draft)| draft.number.clone()),
                carried_from: rows.carried_from(work.job_id)?.map(|(_, name)| name).unwrap_or_default(),
            };
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }

    fn name_of(&self, rows: &Rows<'_>, work: &Work) -> String {
        let job = work.job_id.to_string();
        // Whoever only collects a sign-off has no visit of the job that would be the usual one.
        let usual = self.work(rows, &job).is_ok_and(|usual| usual.visit_id == work.visit_id);
        if usual { job } else { work.visit_id.to_string() }
    }

    /// Whether nothing in the form keeps the visit from being signed. A form that has not reached this device yet does.
    fn form_is_complete(&self, rows: &Rows<'_>, work: &Work, language: Language) -> bool {
        match self.filling(rows, work, language) {
            Ok(Some(filling)) => filling.fill.progress().complete(),
            Ok(None) => true,
            Err(_) => false,
        }
    }

    pub(super) fn evidence_rows(
        &self,
        rows: &Rows<'_>,
        work: &Work,
        layers: &[RecordRef],
    ) -> Result<Vec<EvidenceRow>, AppError> {
        let mut found = Vec::new();
        for layer in layers {
            for (id, evidence) in rows.children_of::<Evidence>(layer.id)? {
                found.push(self.evidence_row(rows, work, id, evidence)?);
            }
        }
        found.sort_by_key(|row| row.evidence);
        Ok(found)
    }

    fn evidence_row(&self, rows: &Rows<'_>, work: &Work, id: Id, evidence: Evidence) -> Result<EvidenceRow, AppError> {
        let mut confirmed = true;
        for (sha256, _) in evidence.media() {
            // What another device captured has no row here: its own device knows whether it is confirmed.
            confirmed &= rows.media(sha256)?.is_none_or(|media| media.confirmed);
        }
        let layers = self.layers_of(rows, work, id)?;
        let here = |sha256: Digest| -> Result<Option<PathBuf>, AppError> {
            let media = rows.media(sha256)?.filter(|media| media.here && !media.damaged);
            Ok(media.map(|_| self.store().media_path(sha256)))
        };
        let derived = |media: &Option<Derived>| media.as_ref().map(|media| here(media.sha256)).transpose();
        Ok(EvidenceRow {
            evidence: id,
            picture: evidence.is_picture(),
            overlay: overlay_of(&layers, &evidence.claims.pixels),
            layers,
            pixels: evidence.claims.pixels,
            duration_ms: evidence.claims.duration_ms,
            sha256: evidence.sha256,
            bytes: evidence.bytes,
            kind: evidence.media_type,
            name: evidence.name,
            stage: evidence.stage,
            question: evidence.question.map(|question| question.path),
            findings: evidence.findings,
            confirmed,
            thumbnail: derived(&evidence.thumbnail)?.flatten(),
            preview: derived(&evidence.preview)?.flatten(),
            original: here(evidence.sha256)?,
            time: evidence.time,
        })
    }

    pub(super) fn document_rows(&self, rows: &Rows<'_>, work: &Work) -> Result<Vec<DocumentRow>, AppError> {
        let leaves = work.voucher.as_ref().map(|voucher| voucher.leaves.clone()).unwrap_or_default();
        let mut documents: Vec<Document> =
            rows.children_of::<Document>(work.visit_id)?.into_iter().map(|(_, document)| document).collect();
        documents
            .sort_by_key(|document| (document.sealed.content.number.len(), document.sealed.content.number.clone()));
        documents
            .into_iter()
            .map(|document| {
                let pdf = rows.attested(document.sealed_sha256)?.map(|attested| self.store().media_path(attested.pdf));
                Ok(DocumentRow {
                    sealed: document.sealed_sha256,
                    number: document.sealed.content.number.clone(),
                    kind: document.kind,
                    outcome: customer_outcome(&document.sign_offs).cloned(),
                    pdf,
                    amended: !leaves.contains(&document.sealed_sha256),
                })
            })
            .collect()
    }
}

fn customer(rows: &Rows<'_>, job: &Job) -> Result<[String; 3], AppError> {
    let customer = job.customer.map(|id| rows.get::<Customer>(id)).transpose()?.flatten();
    Ok(customer.map(|customer| [customer.name, customer.address, customer.phone]).unwrap_or_default())
}

fn contact_rows(rows: &Rows<'_>, job: &Job) -> Result<Vec<ContactRow>, AppError> {
    let Some(customer) = job.customer else { return Ok(Vec::new()) };
    let row = |(contact, body): (Id, Contact)| ContactRow {
        contact,
        name: body.name,
        position: body.position,
        phone: body.phone,
        email: body.email,
    };
    Ok(contacts(rows, customer)?.into_iter().map(row).collect())
}

fn earlier_visits(rows: &Rows<'_>, work: &Work) -> Result<usize, AppError> {
    let Some(machine) = work.job.machine else { return Ok(0) };
    Ok(visits_on(rows, machine, Some(work.job_id))?.len())
}

fn site(rows: &Rows<'_>, job: &Job) -> Result<[String; 2], AppError> {
    let site = job.site.map(|id| rows.get::<Site>(id)).transpose()?.flatten();
    Ok(site.map(|site| [site.name, site.address]).unwrap_or_default())
}

fn visit_rows(rows: &Rows<'_>, job: Id) -> Result<Vec<VisitRow>, AppError> {
    let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
    let mut visits = rows.children_of::<Visit>(job)?;
    visits.sort_by_key(|(_, visit)| visit.ordinal);
    visits
        .into_iter()
        .map(|(id, visit)| {
            let voucher = rows.get::<Voucher>(voucher_id(id))?;
            Ok(VisitRow {
                visit: id,
                number: voucher.as_ref().map(|voucher| voucher.number.clone()).unwrap_or_default(),
                own: works_on(rows, &visit, person)?,
                lead: person_name(rows, visit.lead)?,
                remote: visit.remote,
                window: visit.window,
                leave_reason: visit.leave_reason.clone(),
                state: visit.state,
                voucher: voucher.map(|voucher| voucher.state),
            })
        })
        .collect()
}

pub(super) fn part_rows(rows: &Rows<'_>, layers: &[RecordRef]) -> Result<Vec<PartRow>, AppError> {
    let mut found = Vec::new();
    for layer in layers {
        let uses = rows.children_of::<PartUse>(layer.id)?.into_iter();
        found.extend(uses.map(|(part_use, body)| PartRow {
            part_use,
            code: body.code,
            quantity: body.quantity,
            late: body.late,
        }));
    }
    Ok(found)
}

fn time_rows(rows: &Rows<'_>, layers: &[RecordRef]) -> Result<Vec<TimeRow>, AppError> {
    let mut found = Vec::new();
    for (_, entry) in standing(facts::<TimeEntry>(rows, layers)?) {
        let person = person_name(rows, entry.person)?;
        found.push(TimeRow { person, kind: entry.kind.to_string(), minutes: entry.minutes });
    }
    Ok(found)
}

/// The remarks of the newest review, while the voucher is returned.
fn remarks(rows: &Rows<'_>, work: &Work, language: Language) -> Result<Vec<RemarkRow>, AppError> {
    let returned = work.voucher.as_ref().is_some_and(|voucher| voucher.state == VoucherState::Returned);
    let reviews = rows.children_of::<Review>(voucher_id(work.visit_id))?;
    let newest = reviews.into_iter().map(|(_, review)| review).max_by_key(|review| review.round);
    let Some(review) = newest.filter(|review| returned && review.outcome == ReviewOutcome::Returned) else {
        return Ok(Vec::new());
    };
    let reviewer = person_name(rows, review.reviewer)?;
    let remarks = review.remarks.into_iter();
    Ok(remarks
        .map(|remark| RemarkRow {
            text: remark.in_language(language),
            question: remark.question,
            label: remark.label,
            reviewer: reviewer.clone(),
        })
        .collect())
}

/// The steps in their usual order; the first that is not done is the next one, but for a sign-off that waits for a visit.
fn steps(work: &Work, evidence: &[EvidenceRow], documents: &[DocumentRow], form_complete: bool) -> Vec<Step> {
    let visit = &work.visit;
    let voucher = work.voucher.as_ref().map(|voucher| voucher.state.clone());
    let returned = voucher == Some(VoucherState::Returned);
    let signed = !documents.is_empty() && !returned && work.draft.is_none();
    let submitted = matches!(voucher, Some(VoucherState::Submitted | VoucherState::Approved));
    let seen = |stage: Stage| work.is_signed() || evidence.iter().any(|row| row.stage == stage);
    // What was signed is not filled in again; what an amendment changes is.
    let filled = form_complete || work.is_signed() && work.draft.is_none();
    let mut done = match visit.remote {
        // Nobody goes there, and nothing is seen with one's own eyes.
        true => vec![("arrive", visit.arrived.is_some() || signed), ("form", filled)],
        false => vec![
            ("travel", visit.travelled.is_some() || visit.arrived.is_some()),
            ("arrive", visit.arrived.is_some() || signed),
            ("as_found", seen(Stage::Found)),
            ("form", filled),
            ("as_left", seen(Stage::Left)),
        ],
    };
    if returned || work.draft.is_some() {
        done.push(("amend", work.draft.is_some()));
    }
    let left = ("leave", visit.left.is_some());
    // A remote visit is signed on a later one: it is left first, and signing is no next step before somebody collects it.
    let waits = visit.remote && visit.collected_by.is_none() && !signed;
    match visit.remote {
        true => done.extend([left, ("sign", signed), ("submit", submitted)]),
        false => done.extend([("sign", signed), ("submit", submitted), left]),
    }
    if waits {
        done.retain(|(step, _)| *step != "submit");
    }
    let next = done.iter().position(|(step, done)| !done && !(waits && *step == "sign"));
    let state = |index: usize, done: bool| match (done, Some(index) == next) {
        (true, _) => StepState::Done,
        (false, true) => StepState::Next,
        (false, false) => StepState::Open,
    };
    done.iter().enumerate().map(|(index, (step, done))| Step { step, state: state(index, *done) }).collect()
}
