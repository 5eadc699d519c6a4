//! What is found and answered: fills, answers, repeat items, evidence with its facts.

use serde::{Deserialize, Serialize};

use super::{Extra, SetMember, SetPlace};
use crate::canonical::is_false;
use crate::digest::Digest;
use crate::document::{Provenance, Stage};
use crate::id::{Id, RecordRef};
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
    /// It lay among the files of the device before somebody chose it: `time` is when that was, and when it was taken only
    /// `claims` can say.
    #[serde(default, skip_serializing_if = "is_false")]
    pub chosen: bool,
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
