//! One machine with its history: what it is, who pays, its meter, and each earlier visit with the machine as found and as
//! left, the answers that were signed, parts and documents.

use countersign_model::Id;
use countersign_model::document::{SectionShown, Stage, VoucherClass};
use countersign_model::entity::{
    Customer, Document, Machine, MachineModel, MeterReading, Site, VisitState, document_id,
};
use countersign_model::time::estimate;
use serde::Serialize;

use super::departure::model_name;
use super::job::part_rows;
use super::job_rows::{DocumentRow, EvidenceRow, PartRow};
use super::revision;
use crate::app::content::person_name;
use crate::app::history::{is_complete, visits_on, when};
use crate::app::work::{Work, not_found};
use crate::app::{App, AppError};
use crate::store::Rows;

/// One reading of the meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingRow {
    /// Exact decimal.
    pub value: String,
    /// When, as well as is known: milliseconds since 1970.
    pub at: i64,
    /// Lower than the one before: kept and not taken over.
    pub backward: bool,
}

/// One visit to the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryVisit {
    /// Its job.
    pub job: Id,
    /// The visit.
    pub visit: Id,
    /// The voucher's number.
    pub number: String,
    /// The fault as reported.
    pub fault: String,
    /// Who led.
    pub lead: String,
    /// Where it stands.
    pub state: VisitState,
    /// When, as well as is known: milliseconds since 1970.
    pub at: Option<i64>,
    /// Why they left: `solved`, `part`, `customer`, `workshop`, `another_visit`; empty before.
    pub leave_reason: String,
    /// What was found, in the engineer's words.
    pub findings: String,
    /// Photos and files of the machine as found.
    pub found: Vec<EvidenceRow>,
    /// The same as left.
    pub left: Vec<EvidenceRow>,
    /// Other photos and files.
    pub other: Vec<EvidenceRow>,
    /// The answers as they were signed last, in the signer's language; empty where nothing is signed.
    pub answers: Vec<SectionShown>,
    /// Parts used.
    pub parts: Vec<PartRow>,
    /// Readings of the meter.
    pub readings: Vec<ReadingRow>,
    /// Signed documents.
    pub documents: Vec<DocumentRow>,
}

/// A part of the model that wears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WearPart {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// When it was used last on this machine, as far as the history here goes: milliseconds since 1970.
    pub last_used: Option<i64>,
}

/// One machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MachineScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The machine.
    pub machine: Id,
    /// Its model, in the person's language.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// Whose.
    pub customer: String,
    /// On which site; empty for none.
    pub site: String,
    /// Where on the site; may be empty.
    pub place: String,
    /// Last day of the warranty, `YYYY-MM-DD`; empty for none.
    pub warranty_until: String,
    /// Number of the service contract; empty for none.
    pub contract: String,
    /// How work on it would be paid today.
    pub proposed_class: VoucherClass,
    /// Day of installation; empty where unknown.
    pub installed: String,
    /// Version of its software; empty where unknown.
    pub software: String,
    /// The last reading of the meter; empty for none.
    pub meter: String,
    /// What the meter counts, such as `h`.
    pub meter_unit: String,
    /// Parts of the model that wear.
    pub wear_parts: Vec<WearPart>,
    /// Its visits, newest first.
    pub visits: Vec<HistoryVisit>,
    /// Whether all of the history that the office gives to this device has arrived.
    pub complete: bool,
}

/// A registered machine in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownMachine {
    /// The machine.
    pub machine: Id,
    /// Its serial number as it is registered.
    pub serial: String,
    /// Its model, in the person's language.
    pub model: String,
    /// Whose.
    pub customer: String,
    /// On which site; empty for none.
    pub site: String,
}

impl App {
    /// The machine that is registered under a serial number, as a new job would find it; `None` where none is.
    pub fn known_machine(&self, serial: &str) -> Result<Option<KnownMachine>, AppError> {
        let language = self.language()?;
        self.show(|rows| {
            let Some((id, machine)) = rows.machine_by_serial(serial)? else { return Ok(None) };
            let site = machine.site.map(|id| rows.get::<Site>(id)).transpose()?.flatten();
            let customer = rows.get::<Customer>(machine.customer)?;
            Ok(Some(KnownMachine {
                machine: id,
                model: model_name(rows, &machine, language)?,
                customer: customer.map(|customer| customer.name).unwrap_or_default(),
                site: site.map(|site| site.name).unwrap_or_default(),
                serial: machine.serial,
            }))
        })
    }

    /// A machine with its history, by its serial number or id, or by the id or number of a job on it.
    pub fn machine_screen(&self, name: &str) -> Result<MachineScreen, AppError> {
        let language = self.language()?;
        self.show(|rows| {
            let (id, machine) = self.machine_named(rows, name)?;
            let works = visits_on(rows, id, None)?;
            let visits: Vec<HistoryVisit> =
                works.iter().map(|work| self.history_visit(rows, work)).collect::<Result<_, _>>()?;
            let model = rows.get::<MachineModel>(machine.model)?;
            let site = machine.site.map(|id| rows.get::<Site>(id)).transpose()?.flatten();
            let customer = rows.get::<Customer>(machine.customer)?;
            let wear = model.as_ref().map(|model| model.wear_parts.as_slice()).unwrap_or_default();
            let mut screen = MachineScreen {
                revision: 0,
                machine: id,
                model: model_name(rows, &machine, language)?,
                customer: customer.map(|customer| customer.name).unwrap_or_default(),
                site: site.map(|site| site.name).unwrap_or_default(),
                place: machine.place.clone(),
                proposed_class: machine.proposed_class(&self.today()),
                meter_unit: model.as_ref().map(|model| model.meter_unit.clone()).unwrap_or_default(),
                wear_parts: wear_parts(rows, wear, &visits, language)?,
                complete: is_complete(rows, &works)?,
                visits,
                serial: machine.serial,
                warranty_until: machine.warranty_until,
                contract: machine.contract,
                installed: machine.installed,
                software: machine.software,
                meter: machine.meter,
            };
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }

    fn machine_named(&self, rows: &Rows<'_>, name: &str) -> Result<(Id, Machine), AppError> {
        let known = |id: Id| Ok::<_, AppError>(rows.get::<Machine>(id)?.map(|machine| (id, machine)));
        if let Ok(id) = name.parse::<Id>()
            && let Some(found) = known(id)?
        {
            return Ok(found);
        }
        if let Some(found) = rows.machine_by_serial(name)? {
            return Ok(found);
        }
        match self.job(rows, name) {
            Ok((_, job)) => match job.machine.map(known).transpose()?.flatten() {
                Some(found) => Ok(found),
                None => Err(AppError::Input { why: format!("the machine of job {name} is not registered") }),
            },
            Err(_) => Err(not_found("machine", name)),
        }
    }

    fn history_visit(&self, rows: &Rows<'_>, work: &Work) -> Result<HistoryVisit, AppError> {
        let layers = work.layers(rows)?;
        let (found, rest): (Vec<_>, Vec<_>) = self
            .evidence_rows(rows, work, &layers, self.language()?)?
            .into_iter()
            .partition(|row| row.stage == Stage::Found);
        let (left, other) = rest.into_iter().partition(|row| row.stage == Stage::Left);
        let mut readings = Vec::new();
        for layer in &layers {
            for (_, reading) in rows.children_of::<MeterReading>(layer.id)? {
                let at = estimate(&reading.time, None).best;
                readings.push(ReadingRow { value: reading.value, at, backward: reading.backward });
            }
        }
        Ok(HistoryVisit {
            job: work.job_id,
            visit: work.visit_id,
            number: work.voucher.as_ref().map(|voucher| voucher.number.clone()).unwrap_or_default(),
            fault: work.job.fault.clone(),
            lead: person_name(rows, work.visit.lead)?,
            state: work.visit.state.clone(),
            at: when(&work.visit),
            leave_reason: work.visit.leave_reason.clone(),
            findings: work.job.findings.clone(),
            found,
            left,
            other,
            answers: signed_answers(rows, work)?,
            parts: part_rows(rows, &layers)?,
            readings,
            documents: self.document_rows(rows, work)?,
        })
    }
}

/// What the newest signed document says was answered.
fn signed_answers(rows: &Rows<'_>, work: &Work) -> Result<Vec<SectionShown>, AppError> {
    let leaf = work.voucher.as_ref().and_then(|voucher| voucher.leaves.last());
    let document = leaf.map(|leaf| rows.get::<Document>(document_id(*leaf))).transpose()?.flatten();
    Ok(document.map(|document| document.sealed.content.sections).unwrap_or_default())
}

fn wear_parts(
    rows: &Rows<'_>,
    codes: &[String],
    visits: &[HistoryVisit],
    language: countersign_model::Language,
) -> Result<Vec<WearPart>, AppError> {
    let used = |code: &str, visit: &HistoryVisit| visit.parts.iter().any(|part| part.code == code);
    let wear = |code: &String| {
        let part = rows.part_by_code(code)?;
        Ok(WearPart {
            code: code.clone(),
            name: part.map(|(_, part)| part.name.get(language).to_owned()).unwrap_or_default(),
            last_used: visits.iter().filter(|visit| used(code, visit)).filter_map(|visit| visit.at).max(),
        })
    };
    codes.iter().map(wear).collect()
}
