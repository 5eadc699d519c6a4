//! One job: its visits, the steps with the next one, evidence, parts, documents, remarks of the review.

use countersign_model::departure;
use countersign_model::entity::{
    Contact, Customer, Derived, Document, Evidence, Job, Machine, MachineModel, PartUse, Review, ReviewOutcome, Site,
    TimeEntry, Visit, Voucher, VoucherState, standing, voucher_id,
};
use countersign_model::payload::customer_outcome;
use std::path::PathBuf;

use countersign_model::{Digest, Id, Language, RecordRef};
use countersign_texts::{Texts, Zone};

use super::allowed::allowed;
use super::departure::contacts;
use super::document::is_amended;
use super::job_rows::{
    ContactRow, CustomerShown, DocumentRow, EvidenceRow, FileSafety, JobScreen, MachineShown, PartRow, RemarkRow,
    SiteShown, TimeRow, VisitRow,
};
use super::stages::{newest, next_stage, put_side_by_side, stages};
use super::steps::steps;
use super::{count, revision};
use crate::app::annotating::overlay_of;
use crate::app::booking::to_take_back;
use crate::app::charging::facts;
use crate::app::content::person_name;
use crate::app::history::visits_on;
use crate::app::work::{Work, works_on};
use crate::app::{App, AppError, Layer};
use crate::store::Rows;

impl App {
    /// One job with this person's visit.
    pub fn job_screen(&self, name: &str) -> Result<JobScreen, AppError> {
        let language = self.language()?;
        self.show(|rows| {
            let work = self.work(rows, name)?;
            let layers = work.layers(rows)?;
            let evidence = self.evidence_rows(rows, &work, &layers, language)?;
            let documents = self.document_rows(rows, &work)?;
            let model = |machine: &Machine| {
                let model = rows.get::<MachineModel>(machine.model)?;
                Ok::<_, AppError>(model.map(|model| model.name.get(language).to_owned()).unwrap_or_default())
            };
            let machine = work.job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
            let machine = match &machine {
                Some(machine) => MachineShown {
                    model: model(machine)?,
                    serial: machine.serial.clone(),
                    place: machine.place.clone(),
                },
                None => MachineShown { serial: work.job.serial.clone(), ..MachineShown::default() },
            };
            let (customer, site) = (customer(rows, &work.job)?, site(rows, &work.job)?);
            let address = if site.address.is_empty() { &customer.address } else { &site.address };
            let mut screen = JobScreen {
                revision: 0,
                address: address.clone(),
                job: work.job_id,
                name: self.name_of(rows, &work),
                title: title(&work, &machine.serial),
                visit: work.visit_id,
                number: work.job.number.clone(),
                state: work.job.state.clone(),
                fault: work.job.fault.clone(),
                customer,
                site,
                contacts: contact_rows(rows, &work.job)?,
                ready: departure::is_ready(&departure::check(&self.departure_facts(rows, work.job_id, &work.job)?)),
                earlier_visits: earlier_visits(rows, &work)?,
                machine,
                facts: self.job_facts(rows, &work, language)?,
                visits: visit_rows(rows, &work)?,
                steps: steps(&work, &evidence, &documents, self.form_is_complete(rows, &work, language)),
                parts: part_rows(rows, &layers)?,
                times: time_rows(rows, &layers)?,
                newest: newest(&evidence),
                stages: stages(&evidence),
                next_stage: next_stage(&evidence),
                evidence,
                documents,
                remarks: remarks(rows, &work, language)?,
                may: allowed(&work),
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
        language: Language,
    ) -> Result<Vec<EvidenceRow>, AppError> {
        let mut found = Vec::new();
        let reader = Reader { texts: Texts::new(language), zone: self.zone(rows)? };
        for layer in layers {
            for (id, evidence) in rows.children_of::<Evidence>(layer.id)? {
                found.push(self.evidence_row(rows, work, &reader, (id, evidence))?);
            }
        }
        found.sort_by_key(|row| row.evidence);
        put_side_by_side(&mut found);
        Ok(found)
    }

    fn evidence_row(
        &self,
        rows: &Rows<'_>,
        work: &Work,
        reader: &Reader,
        (id, evidence): (Id, Evidence),
    ) -> Result<EvidenceRow, AppError> {
        let safety = file_safety(rows, &evidence)?;
        let layers = self.layers_of(rows, work, id)?;
        let here = |sha256: Digest| -> Result<Option<PathBuf>, AppError> {
            let media = rows.media(sha256)?.filter(|media| media.here && !media.damaged);
            Ok(media.map(|_| self.store().media_path(sha256)))
        };
        let derived = |media: &Option<Derived>| media.as_ref().map(|media| here(media.sha256)).transpose();
        let preview = derived(&evidence.preview)?.flatten();
        let picture = evidence.is_picture();
        Ok(EvidenceRow {
            evidence: id,
            may_draw: picture && preview.is_some() && !work.is_locked(),
            picture,
            drawn_by: drawn_by(&reader.texts, &layers),
            taken: reader.taken(&evidence),
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
            safety,
            thumbnail: derived(&evidence.thumbnail)?.flatten(),
            preview,
            original: here(evidence.sha256)?,
            beside: Vec::new(),
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
                    outcome: customer_outcome(&document.sign_offs).cloned(),
                    pdf,
                    amended: is_amended(&document, &leaves),
                    kind: document.kind,
                })
            })
            .collect()
    }
}

/// Who reads about files.
struct Reader {
    texts: Texts,
    zone: Zone,
}

impl Reader {
    /// When a file was captured, by the clock that the engineer looked at.
    fn taken(&self, evidence: &Evidence) -> String {
        let time = self.texts.date_time(evidence.time.wall, &self.zone);
        if evidence.chosen { self.texts.chosen(&evidence.claims.captured, &time) } else { time }
    }
}

/// Who drew over a file, each named once.
fn drawn_by(texts: &Texts, layers: &[Layer]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for layer in layers {
        if !names.contains(&layer.author.as_str()) {
            names.push(&layer.author);
        }
    }
    match names.is_empty() {
        true => String::new(),
        false => texts.with("evidence-drawn-by", &[("names", names.join(" · ").as_str().into())]),
    }
}

fn title(work: &Work, serial: &str) -> String {
    let voucher = work.voucher.as_ref().map(|voucher| voucher.number.as_str()).unwrap_or_default();
    let named = [voucher, work.job.number.as_str(), serial].into_iter().find(|name| !name.is_empty());
    named.unwrap_or_default().to_owned()
}

fn customer(rows: &Rows<'_>, job: &Job) -> Result<CustomerShown, AppError> {
    let customer = job.customer.map(|id| rows.get::<Customer>(id)).transpose()?.flatten();
    Ok(customer
        .map(|customer| CustomerShown { name: customer.name, address: customer.address, phone: customer.phone })
        .unwrap_or_default())
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

fn earlier_visits(rows: &Rows<'_>, work: &Work) -> Result<u32, AppError> {
    let Some(machine) = work.job.machine else { return Ok(0) };
    Ok(count(visits_on(rows, machine, Some(work.job_id))?.len()))
}

fn site(rows: &Rows<'_>, job: &Job) -> Result<SiteShown, AppError> {
    let site = job.site.map(|id| rows.get::<Site>(id)).transpose()?.flatten();
    Ok(site.map(|site| SiteShown { name: site.name, address: site.address }).unwrap_or_default())
}

fn visit_rows(rows: &Rows<'_>, work: &Work) -> Result<Vec<VisitRow>, AppError> {
    let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
    let mut visits = rows.children_of::<Visit>(work.job_id)?;
    visits.sort_by_key(|(_, visit)| visit.ordinal);
    visits
        .into_iter()
        .map(|(id, visit)| {
            let voucher = rows.get::<Voucher>(voucher_id(id))?;
            let own = works_on(rows, &visit, person)?;
            Ok(VisitRow {
                visit: id,
                number: voucher.as_ref().map(|voucher| voucher.number.clone()).unwrap_or_default(),
                own,
                opens: own && id != work.visit_id,
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
    let movements = facts::<PartUse>(rows, layers)?;
    let row = |(part_use, body): &(Id, PartUse)| PartRow {
        part_use: *part_use,
        back: to_take_back(*part_use, body, &movements),
        code: body.code.clone(),
        quantity: body.quantity.clone(),
        batch: body.batch.clone(),
        late: body.late,
    };
    Ok(movements.iter().map(row).collect())
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

fn file_safety(rows: &Rows<'_>, evidence: &Evidence) -> Result<FileSafety, AppError> {
    // What another device captured has no row here, or was fetched to be looked at: its original was never ours.
    if rows.media(evidence.sha256)?.is_none() {
        return Ok(FileSafety::Elsewhere);
    }
    for (sha256, _) in evidence.media() {
        if rows.media(sha256)?.is_some_and(|media| !media.confirmed) {
            return Ok(FileSafety::Here);
        }
    }
    Ok(FileSafety::Office)
}
