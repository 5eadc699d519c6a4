//! What stands on a job screen: its rows and the screen itself.

use countersign_model::document::{Outcome, Stage};
use countersign_model::entity::{JobState, VisitState, VoucherState, Window};
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id};
use countersign_texts::{Chip, Texts};
use serde::Serialize;
use std::path::PathBuf;

use super::allowed::Allowed;
use super::facts::JobFacts;
use super::stages::StageRow;
use super::steps::Step;
use crate::app::{Layer, PartBooking};

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
    /// Whether it has a screen of its own to go to: it is this person's, and another than the one that is shown.
    pub opens: bool,
}

/// Where the bytes of a file are, as far as this device knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileSafety {
    /// The hub signed that it holds the original, the preview and the thumbnail.
    Office,
    /// Nowhere but on this device.
    Here,
    /// Another device captured it: that one knows whether the office has it.
    Elsewhere,
}

impl FileSafety {
    /// The mark that says so on screen.
    pub fn chip(self, texts: &Texts) -> Chip {
        let (class, icon, word) = match self {
            FileSafety::Office => ("ok", "check", "office"),
            FileSafety::Here => ("attention", "phone", "here"),
            FileSafety::Elsewhere => ("info", "phone", "elsewhere"),
        };
        Chip { class, icon, word: texts.word("file-safety", word) }
    }
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
    /// Where its bytes are safe.
    pub safety: FileSafety,
    /// The thumbnail on this device.
    pub thumbnail: Option<PathBuf>,
    /// Size as a person sees it, `width x height`; empty where it is not known.
    pub pixels: String,
    /// Running time of a video or sound in milliseconds.
    pub duration_ms: Option<u64>,
    /// Whether it is a picture.
    pub picture: bool,
    /// Whether this person may draw over it now: there is a picture of it here, and the visit is not signed.
    pub may_draw: bool,
    /// What people drew over it, oldest first.
    pub layers: Vec<Layer>,
    /// Who drew over it, as a sentence; empty for nobody.
    pub drawn_by: String,
    /// All layers as one SVG that lies over the picture; empty where nothing is drawn.
    pub overlay: String,
    /// The preview on this device.
    pub preview: Option<PathBuf>,
    /// The original on this device.
    pub original: Option<PathBuf>,
    /// Files that can be looked at beside it: of the machine before the work for one after it, and the other way round.
    pub beside: Vec<Id>,
    /// When it was captured, or chosen among the files of the device.
    pub time: TimeRecord,
    /// The same in words; of a chosen file also when it was taken, as it says itself.
    pub taken: String,
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
    /// Batch or serial; empty for none.
    pub batch: String,
    /// What a take-back of it starts from; `None` for what was taken back itself.
    pub back: Option<PartBooking>,
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

/// Whose machine it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CustomerShown {
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub address: String,
    /// Phone; may be empty.
    pub phone: String,
}

/// Where a machine stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SiteShown {
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub address: String,
}

/// A machine in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MachineShown {
    /// The model in the reader's language; empty where the machine is not registered.
    pub model: String,
    /// Serial number.
    pub serial: String,
    /// The place on the site; may be empty.
    pub place: String,
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
    /// What people call it: the number of the present visit's voucher, else its own, else the machine's serial.
    pub title: String,
    /// The present visit.
    pub visit: Id,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: JobState,
    /// The fault.
    pub fault: String,
    /// The customer; empty texts where the job names none.
    pub customer: CustomerShown,
    /// Where; empty texts where the job names no site.
    pub site: SiteShown,
    /// Where to go: the site's address, else the customer's; may be empty.
    pub address: String,
    /// People at the customer, by name.
    pub contacts: Vec<ContactRow>,
    /// The light of the departure check; its lines are on the departure screen.
    pub ready: bool,
    /// Earlier visits of the machine on this device; they are on the machine screen.
    pub earlier_visits: u32,
    /// The machine.
    pub machine: MachineShown,
    /// Urgency, class, helpers, diagnosis and what else is to be known.
    pub facts: JobFacts,
    /// Its visits, oldest first.
    pub visits: Vec<VisitRow>,
    /// Steps of the present visit.
    pub steps: Vec<Step>,
    /// Evidence of the present visit.
    pub evidence: Vec<EvidenceRow>,
    /// The newest pictures, in the order of capture: what the job shows by itself.
    pub newest: Vec<Id>,
    /// The same by stage.
    pub stages: Vec<StageRow>,
    /// The stage of what is photographed next, unless a person says otherwise.
    pub next_stage: Stage,
    /// Parts of the present visit.
    pub parts: Vec<PartRow>,
    /// Times of the present visit.
    pub times: Vec<TimeRow>,
    /// Signed documents of the present visit.
    pub documents: Vec<DocumentRow>,
    /// What the last review wants, while the voucher is returned.
    pub remarks: Vec<RemarkRow>,
    /// What may be done on the visit now.
    pub may: Allowed,
    /// Number of the amendment whose draft is open.
    pub draft: Option<String>,
    /// From which colleague this device took the work over; empty for its own.
    pub carried_from: String,
}
