//! Service forms. Mirrors of the core's records: a field that is missing here does not compile.

use countersign_device::app::AnswerGiven;
use countersign_device::forms::{Effect, Input, ItemId, NodeKey, Picked, Reason, Why};
use countersign_device::model::document::{Provenance, Stage};
use countersign_device::model::{Digest, Id};
use countersign_device::screens::{
    FormEntry, FormPage, FormQuestion, FormScreen, KeptAnswer, LastAnswerShown, OptionShown, OrphanShown, ScaleShown,
};

/// The form of a job.
#[uniffi::remote(Record)]
pub struct FormScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The form's title.
    pub title: String,
    /// Questions with a value.
    pub answered: u32,
    /// All questions.
    pub total: u32,
    /// Questions whose answer is missing or does not fit: their ids.
    pub missing: Vec<String>,
    /// Its pages.
    pub pages: Vec<FormPage>,
    /// Answers whose question is not in this form version, with their paths: kept and shown.
    pub orphans: Vec<OrphanShown>,
}

/// One page.
#[uniffi::remote(Record)]
pub struct FormPage {
    /// Its path.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it applies now.
    pub relevant: bool,
    /// Questions with a value.
    pub answered: u32,
    /// All questions.
    pub total: u32,
    /// Whether nothing on it keeps the visit from being signed.
    pub complete: bool,
    /// Its questions.
    pub questions: Vec<FormQuestion>,
    /// How many of them do not apply now, apart from those without a place.
    pub hidden: u32,
    /// Groups, repeats, items and questions in the order in which they stand; only what applies now, save questions.
    pub entries: Vec<FormEntry>,
}

/// One question.
#[uniffi::remote(Record)]
pub struct FormQuestion {
    /// Its name, such as `/data/points[018f…]/pressure`, which stays when another item of a repeat comes or goes.
    pub id: String,
    /// Its place among the items now, such as `/data/points[2]/pressure`: what a voucher and a remark of a review name.
    pub reference: String,
    /// The question.
    pub label: String,
    /// More about it.
    pub hint: String,
    /// The kind of answer: `text`, `integer`, `select_one`, `photo`, …
    pub kind: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether it applies now.
    pub relevant: bool,
    /// Whether a rule of the form keeps a person from answering it.
    pub read_only: bool,
    /// Whether a person may give an answer, change it or take it back now: the question applies, no rule of the form keeps
    /// them from it, and the visit is not signed.
    pub may_answer: bool,
    /// Whether it has a place on its page; a value that the form sets by itself has none.
    pub has_place: bool,
    /// Whether its answer is a file.
    pub takes_file: bool,
    /// The value as stored; empty for none.
    pub value: String,
    /// The value as a person reads it.
    pub display: String,
    /// Digests of the files that answer it.
    pub files: Vec<Digest>,
    /// Files of the visit that may answer it, the oldest first; a signature is drawn for its question.
    pub candidates: Vec<Id>,
    /// Where it came from; `None` without a value.
    pub provenance: Option<Provenance>,
    /// Where it came from in words; empty for what somebody typed, which needs none.
    pub from: String,
    /// What keeps it from being complete.
    pub problem: Option<String>,
    /// Whether there is an answer and it does not fit; one that is only missing is not wrong.
    pub wrong: bool,
    /// What can be chosen; for a text to be acknowledged the one thing that says so.
    pub options: Vec<OptionShown>,
    /// How many characters a field for it takes.
    pub longest: u32,
    /// Whether a text is written in several lines.
    pub multiline: bool,
    /// How the form wants it to look, such as `multiline`; empty for nothing.
    pub appearance: String,
    /// For a number on a scale.
    pub scale: Option<ScaleShown>,
    /// What a photo for it is at first; the person may say otherwise.
    pub stage: Stage,
    /// The command that set what is shown.
    pub seen: Option<Id>,
    /// Values that lost against it.
    pub kept: Vec<KeptAnswer>,
    /// What was answered on the last visit of the machine, where it may be taken over and says something else: an answer
    /// with the provenance *copied* does it.
    pub last: Option<LastAnswerShown>,
}

/// What stands on a page, in document order. `depth` is 0 on the page itself and grows in each group and item.
#[uniffi::remote(Enum)]
pub enum FormEntry {
    /// A titled group begins.
    Group {
        /// Its title.
        title: String,
        /// How deep it lies.
        depth: u32,
    },
    /// A repeat begins; its items follow, if any.
    Repeat {
        /// What [`App::add_item`] takes.
        id: String,
        /// Its title.
        title: String,
        /// How many items it has.
        count: u32,
        /// Whether a person may add and remove items now.
        can_change: bool,
        /// How deep it lies.
        depth: u32,
    },
    /// An item of a repeat begins.
    Item {
        /// What [`App::remove_item`] takes.
        id: String,
        /// Its title.
        title: String,
        /// 1 for the first.
        ordinal: u32,
        /// Whether a person may remove it now.
        can_remove: bool,
        /// How deep it lies.
        depth: u32,
    },
    /// A question.
    Question {
        /// Its place among the page's questions.
        index: u32,
        /// How deep it lies.
        depth: u32,
    },
}

/// One thing that can be chosen.
#[uniffi::remote(Record)]
pub struct OptionShown {
    /// The value as stored.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

/// A scale of numbers, exact decimals.
#[uniffi::remote(Record)]
pub struct ScaleShown {
    /// The first mark.
    pub start: String,
    /// The last mark.
    pub end: String,
    /// From one mark to the next, without a sign.
    pub step: String,
    /// How many marks it has.
    pub count: u32,
}

/// The day (`2026-11-29`) and the time of day (`14:03`) with which a picker begins; empty where the answer has none.
#[uniffi::remote(Record)]
pub struct Picked {
    /// The day; empty for none.
    pub date: String,
    /// Hours and minutes; empty for none.
    pub time: String,
}

/// An answer whose question a newer version of the form does not have; kept and shown.
#[uniffi::remote(Record)]
pub struct OrphanShown {
    /// The question's path.
    pub path: String,
    /// The value as stored; empty for none.
    pub value: String,
}

/// A value that lost against a later one; nothing is thrown away.
#[uniffi::remote(Record)]
pub struct KeptAnswer {
    /// The value.
    pub value: String,
    /// Who gave it.
    pub author: String,
}

/// What was answered on the last visit of the machine.
#[uniffi::remote(Record)]
pub struct LastAnswerShown {
    /// The value as stored.
    pub value: String,
    /// The value as a person reads it.
    pub display: String,
    /// The voucher's number of that visit.
    pub number: String,
    /// When that visit was, milliseconds since 1970; `None` where unknown.
    pub at: Option<i64>,
}

/// Why a question is hidden, required, read-only or in violation (promise 6 of the product).
#[uniffi::remote(Record)]
pub struct Why {
    /// The question asked about.
    pub key: NodeKey,
    /// Its label.
    pub label: String,
    /// The rules behind its present state; empty when nothing of the kind holds.
    pub reasons: Vec<Reason>,
}

/// A node of a fill, named so that it stays the same when other repeat items come and go: its path in the form
/// (without indexes, such as `/data/point/value`) and the ids of the repeat items around it, outermost first.
/// For a repeat item itself, the path is the repeat's and the last id is its own.
#[uniffi::remote(Record)]
pub struct NodeKey {
    /// Path in the form, without indexes.
    pub path: String,
    /// Ids of the repeat items around the node, outermost first.
    pub items: Vec<ItemId>,
}

/// One rule and what it looked at.
#[uniffi::remote(Record)]
pub struct Reason {
    /// What the rule does to the question.
    pub effect: Effect,
    /// The node that carries the rule: the question itself or a group around it.
    pub carrier: NodeKey,
    /// Label of the carrier, or empty.
    pub carrier_label: String,
    /// The expression as the form has it.
    pub expression: String,
    /// The values it looked at.
    pub inputs: Vec<Input>,
}

/// What a rule does.
#[uniffi::remote(Enum)]
pub enum Effect {
    /// Not relevant.
    Hidden,
    /// Required.
    Required,
    /// Read-only.
    ReadOnly,
    /// The constraint does not hold.
    Violated,
    /// The value is computed by this expression.
    Calculated,
}

/// One value that a rule looked at.
#[uniffi::remote(Record)]
pub struct Input {
    /// Reference, or `instance('job')/root/…` for the job's data.
    pub reference: String,
    /// Identity, when it is a node of the fill.
    pub key: Option<NodeKey>,
    /// Label, or empty.
    pub label: String,
    /// The value as stored.
    pub value: String,
    /// The value as a person reads it.
    pub shown_value: String,
}

/// What an answer led to.
#[uniffi::remote(Record)]
pub struct AnswerGiven {
    /// The question's reference.
    pub reference: String,
    /// The value as it was saved.
    pub value: String,
    /// What keeps it from being complete, in the person's language; the answer is saved all the same.
    pub problem: Option<String>,
}
