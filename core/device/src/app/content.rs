//! Layer 1 of a document out of the records: everything that the pages say, in the signer's language.
//!
//! What is not here cannot be on the pages. Only relevant questions are printed; calculates are frozen as they stand.

mod changes;
mod evidence;
mod form;
pub(crate) mod job_facts;
mod lines;

pub(crate) use form::display;

use std::collections::BTreeSet;

use countersign_model::document::{AmendmentShown, Content, FormShown, Letterhead, MachineShown, Party, StepShown};
use countersign_model::entity::{
    Company, Customer, Document, Machine, MachineModel, Person, Policy, Site, document_id,
};
use countersign_model::language::Language;
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id};

use super::charging::class_of;
use super::filling::Filling;
use super::work::Work;
use super::{App, AppError};
use crate::store::Rows;

/// Content with what a person must still do before it can be signed.
pub(crate) struct Draft {
    pub content: Content,
    /// Questions that are missing or do not fit, by their text in the language of this device.
    pub missing: Vec<String>,
    /// Whether the customer must sign: always on a voucher, on an amendment where money or time changes.
    pub needs_customer: bool,
}

impl App {
    /// The language in which the customer signs.
    pub(crate) fn signing_language(&self, rows: &Rows<'_>, work: &Work) -> Result<Language, AppError> {
        let customer = work.job.customer.map(|id| rows.get::<Customer>(id)).transpose()?.flatten();
        Ok(customer.map_or_else(|| self.language().unwrap_or_default(), |customer| customer.language))
    }

    /// What would be signed now; `prepared` is the moment at which the pages were made.
    pub(crate) fn content(&self, rows: &Rows<'_>, work: &Work, prepared: TimeRecord) -> Result<Draft, AppError> {
        let language = self.signing_language(rows, work)?;
        let filling = self.filling(rows, work, language)?;
        let layers = work.layers(rows)?;
        let texts = countersign_texts::Texts::new(language);
        let company = company(rows)?;
        let sections = filling.as_ref().map(|filling| form::sections(filling, &texts)).unwrap_or_default();
        let before = amended(rows, work)?;
        let found = evidence::found(rows, &layers, &before)?;
        let missing = self.missing_for_reader(rows, work, filling.as_ref(), language, &found.lost)?;
        let shown = evidence::shown(rows, &layers, filling.as_ref(), found.whole)?;
        let class = class_of(work);
        let parts = lines::parts(rows, &layers, language, &class)?;
        let charges = lines::charges(rows, &layers, &class)?;
        let times = lines::times(rows, &layers)?;
        let totals = lines::to_pay(&parts, &charges)?;
        let voucher = work.voucher.as_ref();
        let prices_shown = prices_shown(rows, &class)?;
        let number = work.draft.as_ref().map_or_else(
            || voucher.map(|voucher| voucher.number.clone()).unwrap_or_default(),
            |(_, draft)| draft.number.clone(),
        );
        let letterhead = letterhead(&company);
        let mut content = Content {
            kind: if work.draft.is_some() { "amendment" } else { "voucher" }.to_owned(),
            number,
            language,
            zone: company.zone.clone(),
            class,
            company: Party { name: company.name, address: company.address, phone: company.phone },
            customer: customer(rows, work)?,
            site: site(rows, work)?,
            machine: machine(rows, work, language)?,
            job: work.job_id,
            visit: work.visit_id,
            fault: work.job.fault.clone(),
            engineers: engineers(rows, work)?,
            steps: steps(work),
            form: filling.as_ref().map(form_shown),
            sections,
            evidence: shown.evidence,
            parts,
            charges,
            times,
            totals,
            prices_shown,
            amendment: None,
            prepared,
            class_reason: class_reason(work),
            remote: work.visit.remote,
            diagnosis: job_facts::diagnosis(rows, &work.job, language)?,
            findings: work.job.findings.clone(),
            meters: job_facts::meters(rows, work, &layers)?,
            leave_reason: work.visit.leave_reason.clone(),
            ..Content::default()
        };
        content.letterhead = Some(letterhead);
        content.sets = evidence::sets(&content, &shown.people);
        let needs_customer = self.amend(rows, work, &before, &mut content)?;
        Ok(Draft { content, missing, needs_customer })
    }

    /// What is missing in the form, in the language of the person who fills it: the pages are in the signer's.
    fn missing_for_reader(
        &self,
        rows: &Rows<'_>,
        work: &Work,
        filling: Option<&Filling>,
        language: Language,
        lost: &BTreeSet<Digest>,
    ) -> Result<Vec<String>, AppError> {
        let Some(filling) = filling else { return Ok(Vec::new()) };
        let missing = form::missing(filling, lost);
        let reader = self.language()?;
        if missing.is_empty() || reader == language {
            return Ok(missing);
        }
        let read = self.filling(rows, work, reader)?;
        Ok(read.map(|filling| form::missing(&filling, lost)).unwrap_or(missing))
    }

    /// Adds what an amendment changes; says whether the customer must sign.
    fn amend(&self, rows: &Rows<'_>, work: &Work, before: &[Content], content: &mut Content) -> Result<bool, AppError> {
        let usual = countersign_model::document::needs_customer(&content.class);
        let Some((_, draft)) = &work.draft else { return Ok(usual) };
        let texts = countersign_texts::Texts::new(content.language);
        let first = before.first();
        content.amendment = Some(AmendmentShown {
            amends: draft.amends.clone(),
            of_number: first.map(|content| content.number.clone()).unwrap_or_default(),
            reason: draft.reason.clone(),
            remarks: changes::remarks(rows, work, content.language)?,
            changes: first.map(|first| changes::between(first, content, &texts)).unwrap_or_default(),
        });
        Ok(usual && first.is_none_or(|first| content.concerns_customer(first)))
    }
}

/// Why the class is not the proposed one: the amendment's reason where it sets one.
/// What the documents say that an amendment amends; nothing for a voucher.
fn amended(rows: &Rows<'_>, work: &Work) -> Result<Vec<Content>, AppError> {
    let mut before = Vec::new();
    for sealed in work.draft.iter().flat_map(|(_, draft)| &draft.amends) {
        before.extend(rows.get::<Document>(document_id(*sealed))?.map(|document| document.sealed.content));
    }
    Ok(before)
}

fn class_reason(work: &Work) -> String {
    let amended = work.draft.as_ref().filter(|(_, draft)| draft.class.is_some());
    let voucher = work.voucher.as_ref().map(|voucher| voucher.class_reason.clone());
    amended.map(|(_, draft)| draft.class_reason.clone()).or(voucher).unwrap_or_default()
}

pub(crate) fn company(rows: &Rows<'_>) -> Result<Company, AppError> {
    let company = rows.all::<Company>()?.into_iter().next().map(|(_, company)| company);
    company.ok_or_else(|| AppError::Input {
        why: "the company's data have not reached this device yet: sync while there is a network".to_owned(),
    })
}

fn letterhead(company: &Company) -> Letterhead {
    Letterhead {
        tax_label: company.tax_label.clone(),
        tax_number: company.tax_number.clone(),
        email: company.email.clone(),
        currency: company.currency.clone(),
        logo: company.logo.as_ref().map(|logo| logo.sha256),
    }
}

fn customer(rows: &Rows<'_>, work: &Work) -> Result<Option<Party>, AppError> {
    let customer = work.job.customer.map(|id| rows.get::<Customer>(id)).transpose()?.flatten();
    Ok(customer.map(|customer| Party { name: customer.name, address: customer.address, phone: customer.phone }))
}

fn site(rows: &Rows<'_>, work: &Work) -> Result<Option<Party>, AppError> {
    let site = work.job.site.map(|id| rows.get::<Site>(id)).transpose()?.flatten();
    Ok(site.map(|site| Party { name: site.name, address: site.address, phone: String::new() }))
}

fn machine(rows: &Rows<'_>, work: &Work, language: Language) -> Result<Option<MachineShown>, AppError> {
    let Some(machine) = work.job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten() else {
        let serial = work.job.serial.clone();
        return Ok((!serial.is_empty()).then(|| MachineShown { serial, ..MachineShown::default() }));
    };
    let model = rows.get::<MachineModel>(machine.model)?;
    let model = model.map(|model| model.name.get(language).to_owned()).unwrap_or_default();
    Ok(Some(MachineShown { model, serial: machine.serial, place: machine.place }))
}

fn engineers(rows: &Rows<'_>, work: &Work) -> Result<Vec<String>, AppError> {
    let people = std::iter::once(&work.visit.lead).chain(&work.visit.helpers);
    people.map(|id| person_name(rows, *id)).collect()
}

pub(crate) fn person_name(rows: &Rows<'_>, id: Id) -> Result<String, AppError> {
    Ok(rows.get::<Person>(id)?.map(|person| person.name).unwrap_or_default())
}

fn steps(work: &Work) -> Vec<StepShown> {
    let visit = &work.visit;
    [("travel", &visit.travelled), ("arrive", &visit.arrived), ("leave", &visit.left)]
        .into_iter()
        .filter_map(|(step, time)| time.clone().map(|time| StepShown { step: step.to_owned(), time }))
        .collect()
}

fn form_shown(filling: &Filling) -> FormShown {
    FormShown { title: filling.fill.form().title().to_owned(), sha256: filling.sha256 }
}

/// What the customer pays for the facts of these layers.
pub(crate) fn to_pay(
    rows: &Rows<'_>,
    layers: &[countersign_model::RecordRef],
    language: Language,
    class: &countersign_model::document::VoucherClass,
) -> Result<Option<countersign_model::money::Totals>, AppError> {
    lines::to_pay(&lines::parts(rows, layers, language, class)?, &lines::charges(rows, layers, class)?)
}

pub(crate) fn prices_shown(
    rows: &Rows<'_>,
    class: &countersign_model::document::VoucherClass,
) -> Result<bool, AppError> {
    let policies = rows.all::<Policy>()?;
    Ok(!policies.iter().any(|(_, policy)| policy.hide_prices.contains(class)))
}

/// Media that answers cite: photo questions name evidence by digest.
pub(crate) fn cited(value: &str) -> Vec<Digest> {
    value.split(' ').filter_map(|word| word.parse().ok()).collect()
}
