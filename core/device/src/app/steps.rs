//! Steps and facts of a visit: travel, arrive, leave, time, meter, parts, charges, notes, new jobs, handing in.

use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::{Stage, VoucherClass};
use countersign_model::entity::{FormVersion, Machine, MachineModel, TimeEntry, TimeKind};
use countersign_model::payload::{
    JobCreate, MeterRead, NoteAdd, Payload, TimeRecorded, VisitLeave, VisitPlan, VisitStep, VoucherSubmit,
};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, RecordRef};
use countersign_texts::typed_number;
use serde::Serialize;

use super::work::{Work, not_found};
use super::{App, AppError, PartBooking};
use crate::media::Captured;
use crate::screens::choices;

/// A registered machine with its id, if the serial is known here.
pub(super) type FoundMachine = Option<(Id, Machine)>;

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

/// Time spent as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TimeTyped {
    /// On what.
    pub kind: TimeKind,
    /// Minutes; empty takes what the visit's steps say.
    pub minutes: String,
    /// Kilometres, for travel; empty for none.
    pub kilometres: String,
}

impl TimeTyped {
    /// What the correction of a time starts from.
    pub(crate) fn again(entry: &TimeEntry) -> TimeTyped {
        TimeTyped {
            kind: entry.kind.clone(),
            minutes: entry.minutes.to_string(),
            kilometres: entry.kilometres.map(|kilometres| kilometres.to_string()).unwrap_or_default(),
        }
    }
}

/// A whole number as it is typed; what is none is refused, never guessed.
fn whole(text: &str) -> Result<Option<i64>, AppError> {
    let text = text.trim();
    let refused = |_| Refusal::new(RefusalCode::WrongAnswer).with("expected", "integer").with("value", text);
    Ok((!text.is_empty()).then(|| text.parse().map_err(refused)).transpose()?)
}

impl App {
    /// What a person typed, as time spent.
    pub fn time_typed(&self, job: &str, typed: &TimeTyped) -> Result<TimeSpent, AppError> {
        let minutes = match whole(&typed.minutes)? {
            Some(minutes) => minutes,
            None => self.minutes_spent(job, &typed.kind)?,
        };
        Ok(TimeSpent { kind: typed.kind.clone(), minutes, kilometres: whole(&typed.kilometres)? })
    }

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
        self.minutes_by_steps(&work, kind)?.ok_or_else(|| AppError::Input {
            why: "the visit's steps do not say how long it took: give the minutes".to_owned(),
        })
    }

    fn minutes_by_steps(&self, work: &Work, kind: &TimeKind) -> Result<Option<i64>, AppError> {
        let (from, to) = match kind {
            TimeKind::Travel => (work.visit.travelled.as_ref(), work.visit.arrived.clone()),
            _ => (work.visit.arrived.as_ref(), Some(self.time()?)),
        };
        let whole = |(from, to): (&TimeRecord, TimeRecord)| {
            to.wall.saturating_sub(from.wall).max(0).div_euclid(60_000).saturating_add(1)
        };
        Ok(from.zip(to).map(whole))
    }

    /// What is proposed for a new time, for each kind in the order in which the kinds are offered: the minutes that the
    /// visit's steps speak of, nothing where they do not say.
    pub fn times_proposed(&self, job: &str) -> Result<Vec<TimeTyped>, AppError> {
        let work = self.show(|rows| self.work(rows, job))?;
        let propose = |word: &&str| {
            let kind = TimeKind::from_word(word);
            let minutes = self.minutes_by_steps(&work, &kind)?;
            let minutes = minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
            Ok(TimeTyped { kind, minutes, kilometres: String::new() })
        };
        choices("time").iter().map(propose).collect()
    }

    /// Records a meter reading of the job's machine.
    pub fn read_meter(&self, job: &str, value: &str) -> Result<(), AppError> {
        let work = self.read(|rows| self.work(rows, job))?;
        let payload = Payload::MeterRead(MeterRead {
            reading: self.new_id()?,
            subject: work.subject(),
            machine: work.job.machine,
            value: typed_number(value),
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Books a part by its code out of the person's own van, if they have one; a negative quantity takes back.
    pub fn use_part(&self, job: &str, code: &str, quantity: &str, batch: &str) -> Result<Id, AppError> {
        let booking = PartBooking {
            code: code.to_owned(),
            quantity: quantity.to_owned(),
            batch: batch.to_owned(),
            ..PartBooking::default()
        };
        self.book_part(job, booking)
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
        let found = self.read(|rows| self.machine_with(rows, serial))?;
        self.make_job(found, serial, fault, None)
    }

    /// Makes the job, its visit and, where a nameplate was photographed, its evidence: all or nothing.
    pub(super) fn make_job(
        &self,
        (machine, form): (FoundMachine, Option<Digest>),
        serial: &str,
        fault: &str,
        nameplate: Option<&Captured>,
    ) -> Result<NewJob, AppError> {
        let person = self.person()?;
        let (job, visit) = (self.new_id()?, self.new_id()?);
        let class = machine.as_ref().map_or(VoucherClass::Paid, |(_, machine)| machine.proposed_class(&self.today()));
        let create = Payload::JobCreate(JobCreate {
            job,
            customer: machine.as_ref().map(|(_, machine)| machine.customer),
            site: machine.as_ref().and_then(|(_, machine)| machine.site),
            machine: machine.as_ref().map(|(id, _)| *id),
            serial: serial.to_owned(),
            fault: fault.to_owned(),
            class,
            form,
            nameplate: nameplate.map(Captured::sha256),
            ..JobCreate::default()
        });
        let lane = Scope::job(job);
        let create = self.draft(lane.clone(), None, create)?;
        let plan_base = self.draft(lane.clone(), None, plan(job, visit, person, String::new()))?;
        let media = nameplate.map(|captured| captured.rows(&lane, self.now())).unwrap_or_default();
        let attach = nameplate
            .map(|captured| {
                let subject = RecordRef::new(kind::VISIT, visit);
                let payload = captured.attach(self.new_id()?, subject, Stage::Found, None, None);
                self.draft(lane.clone(), None, Payload::EvidenceAttach(payload))
            })
            .transpose()?;
        let year = self.year();
        let number = self.store().write(|tx| {
            let number = tx.next_number(year)?;
            tx.submit(&create)?;
            let mut planned = plan_base.clone();
            planned.payload = plan(job, visit, person, number.clone());
            tx.submit(&planned)?;
            media.iter().try_for_each(|row| self.store().still_here(row.file.sha256))?;
            media.iter().try_for_each(|row| tx.put_media(row))?;
            attach.iter().try_for_each(|draft| tx.submit(draft).map(|_| ()))?;
            Ok(number)
        })?;
        Ok(NewJob { job, visit, number })
    }

    /// The registered machine with this serial, and the form of a job on it.
    pub(super) fn machine_with(
        &self,
        rows: &crate::store::Rows<'_>,
        serial: &str,
    ) -> Result<(FoundMachine, Option<Digest>), AppError> {
        if serial.trim().is_empty() {
            return Err(not_found("machine", serial));
        }
        let machine = rows.machine_by_serial(serial)?;
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
    Payload::VisitPlan(VisitPlan { visit, job, lead, number, ..VisitPlan::default() })
}
