//! `decide`: the business rules, once, for the phone and the hub.
//!
//! Pure: the same state, command and context give the same decision. A rule reads through [`View`]; what it changes
//! is a list of [`Change`]s that boring code applies. With `NotHere` a phone accepts provisionally; the hub, which
//! never answers `NotHere`, has the last word.

mod annotations;
mod answers;
mod cash;
mod documents;
mod facts;
mod jobs;
mod judge;
mod master;
mod parts;
mod remote;
mod requests;
mod restored;
mod reviews;
mod stock;
mod visits;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::{Command, Origin};
use crate::digest::Digest;
use crate::id::{Id, RecordRef};
use crate::open_enum;
use crate::payload::{Payload, PayloadProblem};
use crate::record::Scope;
use crate::state::{Key, State, View};

use judge::{Judge, Stop};
pub use visits::ordered_window;

/// What a command does to one row. The applier gives revisions and places in the feed, and leaves a tombstone behind
/// where a row changes its scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The row has this body from now on.
    Put {
        /// Which row.
        record: RecordRef,
        /// Where it travels.
        scope: Scope,
        /// Its body.
        body: Value,
    },
    /// The row is gone; a tombstone stays.
    Remove {
        /// Which row.
        record: RecordRef,
    },
}

impl Change {
    /// Which row it is about.
    pub fn record(&self) -> &RecordRef {
        match self {
            Change::Put { record, .. } | Change::Remove { record } => record,
        }
    }
}

open_enum! {
    /// Why a command was refused. Texts word it as `refusal-<code>`.
    RefusalCode {
        /// The author may not do this.
        NotAllowed = "not_allowed",
        /// Nobody reviews their own voucher.
        OwnVoucher = "own_voucher",
        /// The payload does not fit its type.
        Malformed = "malformed",
        /// A needed word or number is missing.
        Missing = "missing",
        /// The answer does not fit its question.
        WrongAnswer = "wrong_answer",
        /// The form has no such question.
        NoQuestion = "no_question",
        /// What is drawn over must be a picture.
        NotAPicture = "not_a_picture",
        /// The record does not exist.
        NoRecord = "no_record",
        /// It exists already.
        Exists = "exists",
        /// The voucher is signed: begin an amendment.
        Signed = "signed",
        /// The amendment's draft is closed.
        DraftClosed = "draft_closed",
        /// The state does not allow it.
        State = "state",
        /// It changed since the author looked.
        ChangedSince = "changed_since",
        /// Cited media have not reached the office.
        MediaMissing = "media_missing",
        /// The device has not signed the document yet.
        Unattested = "unattested",
        /// There are several current documents: an amendment of all is needed first.
        SeveralDocuments = "several_documents",
        /// A text is longer than its limit.
        TooLong = "too_long",
        /// A list is longer than its limit.
        TooMany = "too_many",
        /// An appointment ends before it begins.
        WindowReversed = "window_reversed",
        /// A number is outside its bounds.
        OutOfRange = "out_of_range",
        /// A number was expected.
        NotANumber = "not_a_number",
        /// An amount names no currency.
        NoCurrency = "no_currency",
        /// Two currencies on one voucher.
        Currencies = "currencies",
        /// More of a part is taken back than was booked.
        MoreThanBooked = "more_than_booked",
        /// The amounts of a line do not fit each other.
        LineDoesNotAddUp = "line_does_not_add_up",
        /// Waited longer than thirty days.
        WaitedTooLong = "waited_too_long",
        /// The rules stopped on this command; it is decided again after an upgrade.
        Defect = "defect",
    }
}

/// A refusal with what a sentence about it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// Names and values for the sentence.
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
}

impl Refusal {
    /// A refusal without facts.
    pub fn new(code: RefusalCode) -> Refusal {
        Refusal { code, facts: BTreeMap::new() }
    }

    /// The same with one more fact.
    pub fn with(mut self, name: &str, value: impl ToString) -> Refusal {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

/// What a waiting command waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A row that another device has not sent yet.
    Row(RecordRef),
    /// The XForm with this digest.
    Form(Digest),
    /// A newer program.
    Upgrade {
        /// The command's type.
        kind: String,
        /// Its version.
        version: u32,
    },
}

/// The result of judging a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It has these effects.
    Accepted(Vec<Change>),
    /// It has none, and says why.
    Refused(Refusal),
    /// It waits.
    Waiting(Need),
}

/// What a form says of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerCheck {
    /// It fits; this is its canonical text.
    Fits(String),
    /// It does not fit; the word names the type that is expected, such as `integer`.
    Wrong {
        /// Expected type.
        expected: String,
    },
    /// The form has no such question.
    NoQuestion,
    /// The form is not here.
    NoForm,
}

/// What rules need to know of forms; implemented by the forms engine.
pub trait FormRules {
    /// Whether a value fits the question at this path of the form with this digest.
    fn check(&self, form: Digest, path: &str, value: &str) -> AnswerCheck;
}

/// What rules need to know of media.
pub trait MediaRules {
    /// Whether these bytes are held durably; a phone answers `true`, since it cannot know.
    fn holds(&self, sha256: Digest) -> bool;
}

/// Everything besides rows that a decision rests on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The hub's receive time or the phone's clock, milliseconds; names the year of numbers, orders nothing.
    pub now: i64,
    /// Where the command came from.
    pub origin: &'a Origin,
    /// Whether the hub decides; a phone's decision is provisional.
    pub on_hub: bool,
    /// The phone took this job over from a colleague's file, maybe before the office knows: whoever holds it goes on with
    /// it, and the hub keeps and flags what they record.
    pub handed_over: bool,
    /// The forms.
    pub forms: &'a dyn FormRules,
    /// The media.
    pub media: &'a dyn MediaRules,
}

/// The keys that must be loaded before [`decide`] can answer; call until it returns nothing.
pub fn needs(command: &Command, state: &State, context: &Context<'_>) -> Vec<Key> {
    let view = View::new(state);
    match judge(command, &view, context) {
        Err(Stop::Missing) => view.missing(),
        _ => Vec::new(),
    }
}

/// Judges a command. A state that lacks a needed key gives a refusal that names the defect, never a wrong decision.
pub fn decide(state: &State, command: &Command, context: &Context<'_>) -> Decision {
    let view = View::new(state);
    match judge(command, &view, context) {
        Ok(changes) => Decision::Accepted(changes),
        Err(Stop::Refused(refusal)) => Decision::Refused(refusal),
        Err(Stop::Waiting(need)) => Decision::Waiting(need),
        Err(Stop::Missing) => Decision::Refused(Refusal::new(RefusalCode::Defect).with("why", "a key was not loaded")),
    }
}

fn judge(command: &Command, view: &View<'_>, context: &Context<'_>) -> Result<Vec<Change>, Stop> {
    let payload = match command.parse() {
        Ok(payload) => payload,
        Err(PayloadProblem::Unknown { kind, version }) => return Err(Stop::Waiting(Need::Upgrade { kind, version })),
        Err(PayloadProblem::Malformed { why, .. }) => {
            return Err(Stop::Refused(Refusal::new(RefusalCode::Malformed).with("why", why)));
        }
    };
    let mut judge = Judge::new(command, view, context);
    judge.check_author()?;
    if !always_stored(&payload) || !context.on_hub {
        crate::limits::check(&command.payload)?;
    }
    match payload {
        Payload::CallRegister(body) => jobs::call_register(&mut judge, body)?,
        Payload::JobCreate(body) => jobs::job_create(&mut judge, body)?,
        Payload::JobCancel(body) => jobs::job_cancel(&mut judge, body)?,
        Payload::VisitPlan(body) => jobs::visit_plan(&mut judge, body)?,
        Payload::VisitReassign(body) => jobs::visit_reassign(&mut judge, body)?,
        Payload::VisitTravel(body) => facts::travel(&mut judge, body)?,
        Payload::VisitArrive(body) => facts::arrive(&mut judge, body)?,
        Payload::VisitLeave(body) => facts::leave(&mut judge, body)?,
        Payload::TimeRecorded(body) => facts::time_recorded(&mut judge, body)?,
        Payload::MeterRead(body) => facts::meter_read(&mut judge, body)?,
        Payload::EvidenceAttach(body) => facts::evidence_attach(&mut judge, body)?,
        Payload::EvidenceAnnotate(body) => annotations::evidence_annotate(&mut judge, body)?,
        Payload::PartUsed(body) => parts::part_used(&mut judge, body)?,
        Payload::ChargeAdd(body) => parts::charge_add(&mut judge, body)?,
        Payload::NoteAdd(body) => facts::note_add(&mut judge, body)?,
        Payload::AnswerSet(body) => answers::answer_set(&mut judge, body)?,
        Payload::ItemAdd(body) => answers::item_add(&mut judge, body)?,
        Payload::ItemRemove(body) => answers::item_remove(&mut judge, body)?,
        Payload::DocumentSign(body) => documents::document_sign(&mut judge, body)?,
        Payload::DocumentAttest(body) => documents::document_attest(&mut judge, body)?,
        Payload::VoucherSubmit(body) => documents::voucher_submit(&mut judge, body)?,
        Payload::AmendmentBegin(body) => documents::amendment_begin(&mut judge, body)?,
        Payload::AmendmentReason(body) => documents::amendment_reason(&mut judge, body)?,
        Payload::AmendmentDiscard(body) => documents::amendment_discard(&mut judge, body)?,
        Payload::ReviewDecide(body) => reviews::review_decide(&mut judge, body)?,
        Payload::FlagClose(body) => reviews::flag_close(&mut judge, body)?,
        Payload::RefusalDiscard(_) => {}
        Payload::VisitAppoint(body) => visits::visit_appoint(&mut judge, body)?,
        Payload::VisitStaff(body) => visits::visit_staff(&mut judge, body)?,
        Payload::VisitRemote(body) => remote::visit_remote(&mut judge, body)?,
        Payload::VisitCollect(body) => remote::visit_collect(&mut judge, body)?,
        Payload::JobChange(body) => visits::job_change(&mut judge, body)?,
        Payload::JobLinkMachine(body) => visits::job_link_machine(&mut judge, body)?,
        Payload::JobDiagnose(body) => visits::job_diagnose(&mut judge, body)?,
        Payload::ClassSet(body) => visits::class_set(&mut judge, body)?,
        Payload::RequestMake(body) => requests::request_make(&mut judge, body)?,
        Payload::RequestDecide(body) => requests::request_decide(&mut judge, body)?,
        Payload::StockMove(body) => stock::stock_move(&mut judge, body)?,
        Payload::CashTake(body) => cash::cash_take(&mut judge, body)?,
        Payload::CashHandOver(body) => cash::cash_hand_over(&mut judge, body)?,
        Payload::CashReceive(body) => cash::cash_receive(&mut judge, body)?,
        Payload::MasterSave(body) => master::master_save(&mut judge, body)?,
        Payload::DeviceEnrol(body) => master::device_enrol(&mut judge, body)?,
        Payload::DeviceRevoke(body) => master::device_revoke(&mut judge, body)?,
        Payload::DeviceIntroduce(body) => master::device_introduce(&mut judge, body)?,
        Payload::DeviceConfirm(body) => master::device_confirm(&mut judge, body)?,
        Payload::HubRestored(body) => restored::hub_restored(&mut judge, body)?,
    }
    Ok(judge.into_changes())
}

/// What was signed or captured is never turned away: its limits hold on the phone, before anyone signs.
fn always_stored(payload: &Payload) -> bool {
    matches!(payload, Payload::DocumentSign(_) | Payload::DocumentAttest(_) | Payload::EvidenceAttach(_))
}

/// The lane that a command about a job must name.
pub fn job_lane(job: Id) -> Scope {
    Scope::job(job)
}
