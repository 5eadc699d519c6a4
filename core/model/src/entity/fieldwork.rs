//! The field's records: fills, answers, evidence, parts, times, documents, amendments.

use serde::{Deserialize, Serialize};

use super::{ChargeKind, Extra, SetMember, SetPlace};
use crate::digest::Digest;
use crate::document::{Attestation, Payer, Provenance, Sealed, SignOff, Stage, VoucherClass};
use crate::id::{Id, RecordRef};
use crate::money::{Line, Money};
use crate::open_enum;
use crate::time::TimeRecord;

/// One filling of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// The visit or amendment that it belongs to.
    pub subject: RecordRef,
    /// The form version that it is pinned to.
    pub form: Digest,
    /// What it is for: `service`.
    pub purpose: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The id of a fill: the same on each phone that fills this form for this subject.
pub fn fill_id(subject: &RecordRef, form: Digest, purpose: &str) -> Id {
    Id::derived("fill", &[subject.kind.as_bytes(), subject.id.bytes(), &form.0, purpose.as_bytes()])
}

/// Which question instance in a fill: the node's path and the ids of the repeat items around it, outermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InstanceKey {
    /// Path in the form without indexes, such as `/data/points/pressure`.
    pub path: String,
    /// Ids of the repeat items around it.
    #[serde(default)]
    pub items: Vec<Id>,
}

impl InstanceKey {
    /// A question outside any repeat.
    pub fn plain(path: &str) -> InstanceKey {
        InstanceKey { path: path.to_owned(), items: Vec::new() }
    }

    /// The id of the answer to this instance in a fill.
    pub fn answer_id(&self, fill: Id) -> Id {
        let mut parts: Vec<&[u8]> = vec![fill.bytes(), self.path.as_bytes()];
        parts.extend(self.items.iter().map(|item| item.bytes().as_slice()));
        Id::derived("answer", &parts)
    }
}

/// One value that an answer has or had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerValue {
    /// The value in the form's lexical form; `None` for cleared.
    pub value: Option<String>,
    /// Where it came from.
    pub provenance: Provenance,
    /// The command that set it: what `seen` names.
    pub command: Id,
    /// Who set it.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
}

/// One answer: its current value, and the earlier ones that another person set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Which fill.
    pub fill: Id,
    /// Which question instance.
    pub instance: InstanceKey,
    /// The form version under which it was given.
    pub form: Digest,
    /// The current value.
    pub current: AnswerValue,
    /// Values that lost against a later received one without having been seen; never thrown away.
    #[serde(default)]
    pub kept: Vec<AnswerValue>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One item of a repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which fill.
    pub fill: Id,
    /// Path of the repeat.
    pub repeat: String,
    /// Ids of the items around it, outermost first.
    #[serde(default)]
    pub around: Vec<Id>,
    /// Place among its siblings; ties are broken by id.
    pub place: i64,
    /// Taken out; edit beats this.
    #[serde(default)]
    pub removed: bool,
    /// The command that took it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_by: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What a file says of itself: read, kept, not trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Capture time as written, `YYYY-MM-DDTHH:MM:SS` with offset if given.
    #[serde(default)]
    pub captured: String,
    /// Latitude and longitude in decimal degrees as text.
    #[serde(default)]
    pub position: String,
    /// Maker and model of the camera.
    #[serde(default)]
    pub camera: String,
    /// Pixels as a person sees it, `width x height`.
    #[serde(default)]
    pub pixels: String,
    /// Running time of a video or sound in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// How pictures or sound are coded, such as `hvc1`; empty where nothing is said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub codec: String,
    /// Pages of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u64>,
}

/// Where a phone was when it captured something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Decimal degrees as exact text.
    pub latitude: String,
    /// Decimal degrees as exact text.
    pub longitude: String,
    /// Radius of the 68 % circle in metres.
    pub accuracy_metres: i64,
}

/// A derived picture: media of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    /// Digest of its bytes.
    pub sha256: Digest,
    /// Length.
    pub bytes: u64,
}

/// A photo or file captured for a subject. The row travels before the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Visit, amendment or job that it was captured for.
    pub subject: RecordRef,
    /// Digest of the original bytes.
    pub sha256: Digest,
    /// Length of the original.
    pub bytes: u64,
    /// Media type by content, such as `image/jpeg`.
    pub media_type: String,
    /// Name of the file as it came.
    pub name: String,
    /// As found, as left or neither.
    pub stage: Stage,
    /// The question that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<InstanceKey>,
    /// 1600 px.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Derived>,
    /// 320 px.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<Derived>,
    /// What the file says of itself.
    #[serde(default)]
    pub claims: Claims,
    /// Words for what is odd about the bytes: `damaged`, `empty`, `mislabelled`, `huge`, `claims`, `mixed`, `time`.
    #[serde(default)]
    pub findings: Vec<String>,
    /// Its place in the set of the visit's captures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<SetPlace>,
    /// Who captured it.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Evidence {
    /// Whether there is a picture to look at and to draw on: a photo, or something with a preview.
    pub fn is_picture(&self) -> bool {
        self.media_type.starts_with("image/") || self.preview.is_some()
    }

    /// It as a member of its set.
    pub fn set_member(&self) -> Option<SetMember<'_>> {
        self.set.map(|place| SetMember { place, sha256: self.sha256, time: &self.time })
    }

    /// Original, preview and thumbnail with their lengths: everything that must reach the hub.
    pub fn media(&self) -> impl Iterator<Item = (Digest, u64)> + '_ {
        let derived = [&self.thumbnail, &self.preview].into_iter().flatten();
        derived.map(|media| (media.sha256, media.bytes)).chain(std::iter::once((self.sha256, self.bytes)))
    }
}

/// A part used; a correction is a movement of its own with a negative quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartUse {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Which part of the catalogue; `None` for one that is not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// Code as on the part.
    pub code: String,
    /// Exact decimal.
    pub quantity: String,
    /// Price of one at the time of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// Tax rate at the time of use, basis points.
    #[serde(default)]
    pub tax_basis_points: i64,
    /// Batch or serial.
    #[serde(default)]
    pub batch: String,
    /// Booked after the signature by another device: counts for stock, is not in the document.
    #[serde(default)]
    pub late: bool,
    /// Who.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// Out of which depot or van it came; `None` for one that moves no stock of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depot: Option<Id>,
    /// Who pays for it; `None` where the class of the voucher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A charge that is no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// What for.
    pub description: String,
    /// The charged line.
    pub line: Line,
    /// Booked after the signature by another device.
    #[serde(default)]
    pub late: bool,
    /// Who.
    pub author: Id,
    /// What for, as the rates name it.
    #[serde(default)]
    pub kind: ChargeKind,
    /// Hours, kilometres or pieces, an exact decimal; empty for a sum without one.
    #[serde(default)]
    pub quantity: String,
    /// Price of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Money>,
    /// Who pays for it; `None` where the class of the voucher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Payer>,
    /// The charge that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// What the time was spent on.
    #[derive(Default)]
    TimeKind {
        /// Going there and back.
        Travel = "travel",
        /// Working.
        #[default]
        Work = "work",
        /// Waiting.
        Waiting = "waiting",
    }
}

/// Hours of a person on a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeEntry {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Whose.
    pub person: Id,
    /// On what.
    pub kind: TimeKind,
    /// Minutes.
    pub minutes: i64,
    /// Kilometres, for travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kilometres: Option<i64>,
    /// Booked after the signature by another device.
    #[serde(default)]
    pub late: bool,
    /// The entry that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A fact that a later one may put right: the later names the one that it replaces, and both stay.
///
/// Times and charges are corrected by a replacing entry, not by a movement: "2 h" put right to "1 h 30" is one time on
/// the voucher, and nobody spends minus half an hour. Parts are corrected by a movement, since stock moved twice.
pub trait Replaceable {
    /// The entry that this one corrects.
    fn replaces(&self) -> Option<Id>;
}

impl Replaceable for TimeEntry {
    fn replaces(&self) -> Option<Id> {
        self.replaces
    }
}

impl Replaceable for Charge {
    fn replaces(&self) -> Option<Id> {
        self.replaces
    }
}

/// The entries that no other entry of these replaces.
pub fn standing<T: Replaceable>(entries: Vec<(Id, T)>) -> Vec<(Id, T)> {
    let replaced: std::collections::BTreeSet<Id> = entries.iter().filter_map(|(_, entry)| entry.replaces()).collect();
    entries.into_iter().filter(|(id, _)| !replaced.contains(id)).collect()
}

/// A meter reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterReading {
    /// Visit or amendment.
    pub subject: RecordRef,
    /// Which machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Id>,
    /// Exact decimal.
    pub value: String,
    /// When.
    pub time: TimeRecord,
    /// Lower than the reading before: kept, flagged, and not taken over by the machine.
    #[serde(default)]
    pub backward: bool,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A note in words; also what a refused command is turned into by "attach as a note".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// About what.
    pub subject: RecordRef,
    /// The words.
    pub text: String,
    /// Who.
    pub author: Id,
    /// When.
    pub time: TimeRecord,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A sealed document as the records show it. The sealed bytes themselves stand in a table that nothing updates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// `voucher` or `amendment`.
    pub kind: String,
    /// Which visit.
    pub visit: Id,
    /// Which job.
    pub job: Id,
    /// Digest of the sealed layer: the document's name.
    pub sealed_sha256: Digest,
    /// Layers 1 to 3.
    pub sealed: Sealed,
    /// Layer 4.
    pub sign_offs: Vec<SignOff>,
    /// Documents that it amends.
    #[serde(default)]
    pub amends: Vec<Digest>,
    /// The amendment's draft that it sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Id>,
    /// The device that signed, and the place of the command in its chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<SignedBy>,
    /// The device's signature; `None` while its key is locked ("unsigned by device").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Attestation>,
    /// Digest and length of `voucher.pdf`, once attested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdf: Option<Derived>,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Which device signed, at which place of its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedBy {
    /// The device.
    pub device: Id,
    /// The sequence number of `document.sign`.
    pub seq: u64,
}

/// The id of a document's record.
pub fn document_id(sealed: Digest) -> Id {
    Id::derived("document", &[&sealed.0])
}

open_enum! {
    /// Where an amendment's draft stands.
    AmendmentState {
        /// Being written.
        Open = "open",
        /// Signed.
        Sealed = "sealed",
        /// Given up.
        Discarded = "discarded",
    }
}

/// The copy-on-write draft of an amendment: its own fill and facts stand over those of what it amends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Which visit.
    pub visit: Id,
    /// Which job.
    pub job: Id,
    /// Documents that it will amend.
    pub amends: Vec<Digest>,
    /// Why.
    pub reason: String,
    /// Printed number `<voucher>-A<depth>-<device code>`.
    pub number: String,
    /// Where it stands.
    pub state: AmendmentState,
    /// Who writes it.
    pub author: Id,
    /// The class that it sets; `None` keeps that of what it amends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<VoucherClass>,
    /// Why the class changed.
    #[serde(default)]
    pub class_reason: String,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}
