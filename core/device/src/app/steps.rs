//! Steps and facts of a visit: travel, arrive, leave, time, meter, parts, charges, notes, new jobs, handing in.

use countersign_model::document::VoucherClass;
use countersign_model::entity::{FormVersion, Machine, MachineModel, MachineState, Part, Priority, TimeKind};
use countersign_model::money::{Line, Money};
use countersign_model::payload::{
    ChargeAdd, JobCreate, MeterRead, NoteAdd, PartUsed, Payload, TimeRecorded, VisitLeave, VisitPlan, VisitStep,
    VoucherSubmit,
};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};

use super::work::not_found;
use super::{App, AppError};

/// A registered machine with its id, if the serial is known here.
type FoundMachine = Option<(Id, Machine)>;

/// A job made on site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// The job.
    pub job: Id,
    /// Its first visit.
    pub visit: Id,
    /// The voucher's number, from this phone's own block.
    pub number: String,
}

/// Time spent on a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeSpent {
    /// On what.
    pub kind: TimeKind,
    /// Minutes.
    pub minutes: i64,
    /// Kilometres, for travel.
    pub kilometres: Option<i64>,
}

impl App {
    /// Sets out to the job's site.
    pub fn travel(&self, job: &str) -> Result<(), AppError> {
        self.step(job, |visit| Payload::VisitTravel(VisitStep { visit }))
    }

    /// Arrives there.
    pub fn arrive(&self, job: &str) -> Result<(), AppError> {
        self.step(job, |visit| Payload::VisitArrive(VisitStep { visit }))
    }

    /// Leaves; the reason is `solved`, `part`, `customer`, `workshop` or `another_visit`.
    pub fn leave(&self, job: &str, reason: &str) -> Result<(), AppError> {
        let reason = reason.to_owned();
        self.step(job, |visit| Payload::VisitLeave(VisitLeave { visit, reason }))
    }

    /// Hands the voucher in for review.
    pub fn submit(&self, job: &str) -> Result<(), AppError> {
        self.step(job, |visit| Payload::VoucherSubmit(VoucherSubmit { visit }))?;
        self.flush()
    }

    fn step(&self, job: &str, payload: impl FnOnce(Id) -> Payload) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let draft = self.draft(work.lane(), None, payload(work.visit_id))?;
        self.submit_all(&[draft])
    }

    /// Records time of this person.
    pub fn record_time(&self, job: &str, spent: TimeSpent) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let payload = Payload::TimeRecorded(TimeRecorded {
            entry: self.new_id()?,
            subject: work.subject(),
            person: self.person()?,
            kind: spent.kind,
            minutes: spent.minutes,
            kilometres: spent.kilometres,
            ..TimeRecorded::default()
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Minutes that the visit's steps speak of, rounded up: travel from setting off to the arrival, everything else from
    /// the arrival until now.
    pub fn minutes_spent(&self, job: &str, kind: &TimeKind) -> Result<i64, AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let (from, to) = match kind {
            TimeKind::Travel => (work.visit.travelled, work.visit.arrived),
            _ => (work.visit.arrived, Some(self.time()?)),
        };
        let (Some(from), Some(to)) = (from, to) else {
            return Err(AppError::Input {
                why: "the visit's steps do not say how long it took: give the minutes".to_owned(),
            });
        };
        Ok(to.wall.saturating_sub(from.wall).max(0).div_euclid(60_000).saturating_add(1))
    }

    /// Records a meter reading of the job's machine.
    pub fn read_meter(&self, job: &str, value: &str) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let payload = Payload::MeterRead(MeterRead {
            reading: self.new_id()?,
            subject: work.subject(),
            machine: work.job.machine,
            value: value.trim().to_owned(),
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Books a part by its code; a negative quantity takes back. A code that is not in the catalogue is booked without
    /// a price, since the part was used all the same.
    pub fn use_part(&self, job: &str, code: &str, quantity: &str, batch: &str) -> Result<Id, AppError> {
        let (work, part) = self.read(|rows| {
            let part = rows.all::<Part>()?.into_iter().find(|(_, part)| part.code.eq_ignore_ascii_case(code.trim()));
            Ok((self.work(rows, job)?, part))
        })?;
        let part_use = self.new_id()?;
        let charged = work.job.class == VoucherClass::Paid;
        let payload = Payload::PartUsed(PartUsed {
            part_use,
            subject: work.subject(),
            part: part.as_ref().map(|(id, _)| *id),
            code: part.as_ref().map_or_else(|| code.trim().to_owned(), |(_, part)| part.code.clone()),
            quantity: quantity.trim().to_owned(),
            unit_price: part.as_ref().filter(|_| charged).map(|(_, part)| part.price.clone()),
            tax_basis_points: part.as_ref().map_or(0, |(_, part)| part.tax_basis_points),
            batch: batch.to_owned(),
            ..PartUsed::default()
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])?;
        Ok(part_use)
    }

    /// Adds a charge that is no part.
    pub fn add_charge(&self, job: &str, description: &str, net: Money, tax_basis_points: i64) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let line = Line::new(net, tax_basis_points).map_err(|problem| AppError::Input { why: problem.to_string() })?;
        let payload = Payload::ChargeAdd(ChargeAdd {
            charge: self.new_id()?,
            subject: work.subject(),
            description: description.to_owned(),
            line,
            ..ChargeAdd::default()
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Adds a note to the job.
    pub fn add_note(&self, job: &str, text: &str) -> Result<(), AppError> {
        let (job, _) = self.read(|rows| self.job(rows, job))?;
        let payload = Payload::NoteAdd(NoteAdd {
            note: self.new_id()?,
            subject: RecordRef::new(kind::JOB, job),
            text: text.to_owned(),
            instead_of: None,
        });
        self.submit_all(&[self.draft(Scope::job(job), None, payload)?])
    }

    /// Makes a job on site with a visit of this person; the voucher's number comes from this phone's own block.
    pub fn new_job(&self, serial: &str, fault: &str) -> Result<NewJob, AppError> {
        let identity = self.read(|rows| rows.identity()?.ok_or(AppError::Enrol))?;
        let (machine, form) = self.read(|rows| self.machine_with(rows, serial))?;
        let (job, visit) = (self.new_id()?, self.new_id()?);
        let class = machine.as_ref().map_or(VoucherClass::Paid, |(_, machine)| machine.proposed_class(&self.today()));
        let create = Payload::JobCreate(JobCreate {
            job,
            call: None,
            customer: machine.as_ref().map(|(_, machine)| machine.customer),
            site: machine.as_ref().and_then(|(_, machine)| machine.site),
            machine: machine.as_ref().map(|(id, _)| *id),
            serial: serial.trim().to_owned(),
            fault: fault.to_owned(),
            priority: Priority::Normal,
            machine_state: MachineState::Limited,
            class,
            form,
            ..JobCreate::default()
        });
        let create = self.draft(Scope::job(job), None, create)?;
        let plan_base = self.draft(Scope::job(job), None, plan(job, visit, identity.person, String::new()))?;
        let year = self.today().chars().take(4).collect::<String>().parse().unwrap_or(1970);
        let number = self.store().write(|tx| {
            let number = tx.next_number(year)?;
            tx.submit(&create)?;
            let mut planned = plan_base.clone();
            planned.payload = plan(job, visit, identity.person, number.clone());
            tx.submit(&planned)?;
            Ok(number)
        })?;
        Ok(NewJob { job, visit, number })
    }

    fn machine_with(
        &self,
        rows: &crate::store::Rows<'_>,
        serial: &str,
    ) -> Result<(FoundMachine, Option<countersign_model::Digest>), AppError> {
        if serial.trim().is_empty() {
            return Err(not_found("machine", serial));
        }
        let machine = rows.all::<Machine>()?.into_iter().find(|(_, machine)| machine.serial == serial.trim());
        let model = machine.as_ref().map(|(_, machine)| rows.get::<MachineModel>(machine.model)).transpose()?.flatten();
        let forms = rows.all::<FormVersion>()?;
        Ok((machine, FormVersion::for_job(model.and_then(|model| model.form), &forms)))
    }

    /// Today by this device's clock, `YYYY-MM-DD`.
    pub(crate) fn today(&self) -> String {
        chrono::DateTime::from_timestamp_millis(self.now()).unwrap_or_default().format("%Y-%m-%d").to_string()
    }
}

fn plan(job: Id, visit: Id, lead: Id, number: String) -> Payload {
    Payload::VisitPlan(VisitPlan {
        visit,
        job,
        lead,
        helpers: Vec::new(),
        window: None,
        number,
        ..VisitPlan::default()
    })
}
