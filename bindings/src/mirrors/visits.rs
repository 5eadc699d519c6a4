//! The visits of a job: their steps, what was recorded and signed on them, who is there and who pays. Mirrors of the core's
//! records: a field that is missing here does not compile.

use std::path::PathBuf;

use countersign_device::app::PartBooking;
use countersign_device::model::document::{Outcome, Payer, Stage, VoucherClass};
use countersign_device::model::entity::{VisitState, VoucherState, Window};
use countersign_device::model::time::TimeRecord;
use countersign_device::model::{Digest, Id};
use countersign_device::screens::{
    ClassMeaning, ClassScreen, CollectRow, DocumentRow, DocumentScreen, HeldBefore, PartRow, PeopleScreen, PersonRow,
    RemarkRow, Step, StepName, StepState, TimeRow, VisitRow, WaitingRow,
};

/// One visit.
#[uniffi::remote(Record)]
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
    /// Whether it has a screen of its own to go to: it is this person's, and another than the one that is shown.
    pub opens: bool,
}

/// A step of the visit; any order stays possible.
#[uniffi::remote(Record)]
pub struct Step {
    /// Which one.
    pub step: StepName,
    /// Whether it is done.
    pub state: StepState,
    /// Of a session by phone or video nobody arrives and leaves: it begins and ends.
    pub remote: bool,
    /// The stage of its photos and files; `None` for a step without.
    pub stage: Option<Stage>,
    /// Photos and files of its stage; 0 for a step without.
    pub files: u32,
    /// Whether one press does it, without a page of its own.
    pub one_press: bool,
    /// Whether it may be pressed: what one press does is not done twice.
    pub may_press: bool,
}

/// The steps of a visit.
#[uniffi::remote(Enum)]
pub enum StepName {
    /// Setting off.
    Travel,
    /// Arriving; of a remote visit, beginning.
    Arrive,
    /// Photos of the machine as found.
    AsFound,
    /// The form.
    Form,
    /// Photos of the machine as left.
    AsLeft,
    /// An amendment of what was returned.
    Amend,
    /// The sign-off.
    Sign,
    /// Handing in for review.
    Submit,
    /// Leaving; of a remote visit, ending.
    Leave,
}

/// Whether a step of the visit is done.
#[uniffi::remote(Enum)]
pub enum StepState {
    /// Done.
    Done,
    /// The next one to do.
    Next,
    /// Still to come.
    Open,
}

/// A part used.
#[uniffi::remote(Record)]
pub struct PartRow {
    /// The movement.
    pub part_use: Id,
    /// Part code.
    pub code: String,
    /// Exact decimal; negative takes back.
    pub quantity: String,
    /// Booked after the signature by another device.
    pub late: bool,
    /// Batch or serial; empty for none.
    pub batch: String,
    /// What a take-back of it starts from; `None` for what was taken back itself.
    pub back: Option<PartBooking>,
}

/// Time spent.
#[uniffi::remote(Record)]
pub struct TimeRow {
    /// Whose.
    pub person: String,
    /// On what.
    pub kind: String,
    /// Minutes.
    pub minutes: i64,
}

/// A signed document.
#[uniffi::remote(Record)]
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

/// One signed document.
#[uniffi::remote(Record)]
pub struct DocumentScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Its name.
    pub sealed: Digest,
    /// Printed number.
    pub number: String,
    /// `voucher`, `amendment` or `cash_receipt`.
    pub kind: String,
    /// Of which job.
    pub job: Id,
    /// What the customer said.
    pub outcome: Option<Outcome>,
    /// Whether something amends it.
    pub amended: bool,
    /// The paper on this device; `None` while the device has not signed it, and where its file is not here.
    pub pdf: Option<PathBuf>,
    /// Whether the device has not signed it yet.
    pub unsigned: bool,
    /// Why there is no paper and what there is to do, in the reader's language; `None` where it is here.
    pub advice: Option<String>,
    /// Whether this device can pack the bundle that verifies it: it signed it itself.
    pub bundle: bool,
}

/// What a review wants.
#[uniffi::remote(Record)]
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

/// A remote visit whose sign-off the present visit collects.
#[uniffi::remote(Record)]
pub struct CollectRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number: preview and sign by it.
    pub number: String,
    /// Whether it is signed.
    pub signed: bool,
}

/// A remote visit at this customer whose sign-off nobody has collected.
#[uniffi::remote(Record)]
pub struct WaitingRow {
    /// The visit.
    pub visit: Id,
    /// Its voucher's number.
    pub number: String,
    /// The fault of its job.
    pub fault: String,
    /// Who led it.
    pub lead: String,
}

/// Who held a visit before it was given to this person.
#[uniffi::remote(Record)]
pub struct HeldBefore {
    /// Their name.
    pub name: String,
    /// When a device of theirs was last heard of as the visit was given away, hub time; `None` where none ever was.
    pub heard: Option<i64>,
}

/// The agreed window of an appointment, milliseconds since 1970.
#[uniffi::remote(Record)]
pub struct Window {
    /// Not before.
    pub from: i64,
    /// Not after.
    pub to: i64,
}

/// A time as recorded by whoever acted. All times are milliseconds.
#[uniffi::remote(Record)]
pub struct TimeRecord {
    /// The wall clock of the recorder, since 1970 UTC.
    pub wall: i64,
    /// The recorder's offset from UTC in minutes, east positive.
    pub offset_minutes: i32,
    /// Which boot of the recorder's system `monotonic` counts from; empty where unknown.
    pub boot: String,
    /// Time since that boot.
    pub monotonic: i64,
    /// Hub time minus wall clock, as last measured by the recorder.
    pub hub_offset: Option<i64>,
    /// Half the width of the interval in which the true offset lies.
    pub hub_uncertainty: Option<i64>,
}

/// The people of a visit.
#[uniffi::remote(Record)]
pub struct PeopleScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Who leads.
    pub lead: PersonRow,
    /// Who helps.
    pub helpers: Vec<PersonRow>,
    /// Who else of the company goes on visits, by name.
    pub others: Vec<PersonRow>,
    /// Whether this person says who helps: they lead, and the visit still stands.
    pub may_change: bool,
}

/// The class of a visit's voucher, or of the open amendment.
#[uniffi::remote(Record)]
pub struct ClassScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// How it is paid now.
    pub class: VoucherClass,
    /// Why, where it is not the proposed one.
    pub reason: String,
    /// What warranty and contract of the machine propose today.
    pub proposed: Option<VoucherClass>,
    /// The classes and what each means.
    pub choices: Vec<ClassMeaning>,
}

/// What a class means.
#[uniffi::remote(Record)]
pub struct ClassMeaning {
    /// The class.
    pub class: VoucherClass,
    /// Who pays what names nobody else.
    pub payer: Payer,
    /// Whether the customer signs.
    pub customer_signs: bool,
    /// Whether the pages show prices.
    pub prices_shown: bool,
    /// The same sentence by sentence, in the person's language.
    pub sentences: Vec<String>,
}
