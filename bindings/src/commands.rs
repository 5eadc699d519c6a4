//! What an engineer does on a job: each call is saved whole before it returns, or nothing of it is.

use countersign_device::app::{
    AmendmentOpened, AnswerGiven, CashGiven, CashTyped, ChargeTyped, Diagnosis, NewJob, OwnVisitTyped, PartBooking,
    Remedy, TimeTyped, Wanted,
};
use countersign_device::evidence::Point;
use countersign_device::model::Id;
use countersign_device::model::document::{Provenance, VoucherClass};
use countersign_device::model::entity::CashMethod;

use crate::countersign::Countersign;
use crate::errors::AppError;
use crate::signing::drawn;

/// Money that is taken, as a person types it.
#[derive(Clone, Debug, uniffi::Record)]
pub struct CashPayment {
    /// The sum, tax included, in the voucher's currency; empty takes what the voucher asks for.
    pub sum: String,
    /// Who gives it.
    pub received_from: String,
    /// How.
    pub method: CashMethod,
    /// Words about it.
    pub note: String,
    /// The engineer's strokes.
    pub engineer_strokes: Vec<Vec<Point>>,
}

#[uniffi::export]
impl Countersign {
    /// Sets out for the visit.
    pub fn travel(&self, job: &str) -> Result<(), AppError> {
        self.say(self.app.travel(job))
    }

    /// Arrives.
    pub fn arrive(&self, job: &str) -> Result<(), AppError> {
        self.say(self.app.arrive(job))
    }

    /// Leaves, with the reason where the work is not done.
    pub fn leave(&self, job: &str, reason: &str) -> Result<(), AppError> {
        self.say(self.app.leave(job, reason))
    }

    /// Submits the voucher for review.
    pub fn submit(&self, job: &str) -> Result<(), AppError> {
        self.say(self.app.submit(job))
    }

    /// Records time spent.
    pub fn record_time(&self, job: &str, typed: TimeTyped) -> Result<(), AppError> {
        let spent = self.say(self.app.time_typed(job, &typed))?;
        self.say(self.app.record_time(job, spent))
    }

    /// What is proposed for a new time, for each kind in the order in which the kinds are offered.
    pub fn times_proposed(&self, job: &str) -> Result<Vec<TimeTyped>, AppError> {
        self.say(self.app.times_proposed(job))
    }

    /// Puts a time right.
    pub fn correct_time(&self, job: &str, entry: Id, typed: TimeTyped) -> Result<(), AppError> {
        let spent = self.say(self.app.time_typed(job, &typed))?;
        self.say(self.app.correct_time(job, entry, spent))
    }

    /// Reads the meter.
    pub fn read_meter(&self, job: &str, value: &str) -> Result<(), AppError> {
        self.say(self.app.read_meter(job, value))
    }

    /// Adds a note.
    pub fn add_note(&self, job: &str, text: &str) -> Result<(), AppError> {
        self.say(self.app.add_note(job, text))
    }

    /// A new job for a machine by its serial number.
    pub fn new_job(&self, serial: &str, fault: &str) -> Result<NewJob, AppError> {
        self.say(self.app.new_job(serial, fault))
    }

    /// Answers a question. What is `copied` is the answer of the machine's last visit, whatever value comes along.
    pub fn answer(
        &self,
        job: &str,
        question: &str,
        value: &str,
        provenance: Provenance,
    ) -> Result<AnswerGiven, AppError> {
        self.say(self.app.answer(job, question, value, provenance))
    }

    /// Answers a question with a file that the visit has already.
    pub fn answer_with_file(&self, job: &str, question: &str, evidence: Id) -> Result<AnswerGiven, AppError> {
        self.say(self.app.answer_with_file(job, question, evidence))
    }

    /// Adds an item to a repeat; its id.
    pub fn add_item(&self, job: &str, repeat: &str) -> Result<String, AppError> {
        self.say(self.app.add_item(job, repeat))
    }

    /// Removes an item of a repeat.
    pub fn remove_item(&self, job: &str, item: &str) -> Result<(), AppError> {
        self.say(self.app.remove_item(job, item))
    }

    /// Books a part.
    pub fn book_part(&self, job: &str, booking: PartBooking) -> Result<Id, AppError> {
        self.say(self.app.book_part(job, booking))
    }

    /// Takes back as many parts as the booking says.
    pub fn take_back_part(&self, job: &str, booking: PartBooking) -> Result<Id, AppError> {
        self.say(self.app.take_back_part(job, booking))
    }

    /// Moves a part the other way, whole.
    pub fn reverse_part(&self, job: &str, part_use: Id) -> Result<Id, AppError> {
        self.say(self.app.reverse_part(job, part_use))
    }

    /// Adds a charge, or puts one right.
    pub fn charge(&self, job: &str, typed: ChargeTyped) -> Result<Id, AppError> {
        let entry = self.say(self.app.charge_typed(job, &typed))?;
        self.say(self.app.charge(job, entry))
    }

    /// Takes the proposed charges; how many.
    pub fn charge_proposed(&self, job: &str) -> Result<u32, AppError> {
        self.say(self.app.charge_proposed(job)).map(count)
    }

    /// Takes back the last word on a charge: what it put right or took out stands again, what was new goes.
    pub fn undo_charge(&self, job: &str, charge: Id) -> Result<Id, AppError> {
        self.say(self.app.undo_charge(job, charge))
    }

    /// Takes a charge out; what is returned is taken back to bring it back.
    pub fn remove_charge(&self, job: &str, charge: Id) -> Result<Id, AppError> {
        self.say(self.app.remove_charge(job, charge))
    }

    /// Takes cash and gives a receipt.
    pub fn take_cash(&self, job: &str, payment: CashPayment) -> Result<CashGiven, AppError> {
        let typed = CashTyped {
            sum: payment.sum,
            received_from: payment.received_from,
            method: payment.method,
            note: payment.note,
            engineer_strokes: drawn(payment.engineer_strokes, self.language())?,
        };
        let taken = self.say(self.app.cash_typed(job, typed))?;
        self.say(self.app.take_cash(job, taken))
    }

    /// Hands cash over to the office.
    pub fn hand_over_cash(&self, number: &str) -> Result<(), AppError> {
        self.say(self.app.hand_over_cash(number))
    }

    /// Says what was found and done.
    pub fn diagnose(&self, job: &str, diagnosis: Diagnosis) -> Result<(), AppError> {
        self.say(self.app.diagnose(job, diagnosis))
    }

    /// Sets the class of the voucher.
    pub fn set_class(&self, job: &str, class: VoucherClass, reason: &str) -> Result<(), AppError> {
        self.say(self.app.set_class(job, class, reason))
    }

    /// Adds and removes helpers.
    pub fn change_helpers(&self, job: &str, add: Vec<String>, remove: Vec<String>) -> Result<(), AppError> {
        self.say(self.app.change_helpers(job, &add, &remove))
    }

    /// Plans a further visit of one's own.
    pub fn plan_own_visit(&self, job: &str, typed: OwnVisitTyped) -> Result<NewJob, AppError> {
        let plan = self.say(self.app.own_visit_typed(typed))?;
        self.say(self.app.plan_own_visit(job, plan))
    }

    /// Marks a visit as one by phone or video.
    pub fn mark_remote(&self, job: &str, remote: bool) -> Result<(), AppError> {
        self.say(self.app.mark_remote(job, remote))
    }

    /// Collects the sign-off of these remote visits.
    pub fn collect(&self, job: &str, visits: Vec<Id>) -> Result<(), AppError> {
        self.say(self.app.collect(job, &visits))
    }

    /// Asks the office for what a person typed.
    pub fn ask_wanted(&self, job: &str, wanted: Wanted) -> Result<Id, AppError> {
        self.say(self.app.ask_wanted(job, &wanted))
    }

    /// Opens an amendment of what was signed.
    pub fn begin_amendment(&self, job: &str, reason: &str) -> Result<AmendmentOpened, AppError> {
        self.say(self.app.begin_amendment(job, reason))
    }

    /// Discards an open amendment.
    pub fn discard_amendment(&self, job: &str, reason: &str) -> Result<(), AppError> {
        self.say(self.app.discard_amendment(job, reason))
    }

    /// Deals with a refused command.
    pub fn remedy(&self, command: Id, remedy: Remedy) -> Result<(), AppError> {
        self.say(self.app.remedy(command, remedy))
    }

    /// What an item of attention says was read; it is named by its id.
    pub fn acknowledge(&self, item: &str) -> Result<(), AppError> {
        self.say(self.app.acknowledge(item))
    }

    /// Confirms work that was held back.
    pub fn confirm_held_work(&self) -> Result<(), AppError> {
        self.say(self.app.confirm_held_work())
    }

    /// Removes files that the hub confirmed and nobody needs here; how many bytes.
    pub fn make_room(&self) -> Result<u64, AppError> {
        self.say(self.app.make_room())
    }

    /// Signs documents that wait for the device's key; how many.
    pub fn resume_attestations(&self) -> Result<u32, AppError> {
        self.say(self.app.resume_attestations()).map(count)
    }
}

pub(crate) fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}
