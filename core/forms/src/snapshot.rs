//! What a screen shows of a fill: whole snapshots, in document order, in one language.
//!
//! Snapshots are plain values; they never change the fill they were taken from.

use serde::{Deserialize, Serialize};

use crate::key::NodeKey;
use crate::problem::QuestionProblem;
use crate::question::{QuestionKind, Scale};

/// Where the present value of a question comes from, as far as the form knows. Whether an answer was typed, scanned,
/// measured or copied is known to the caller alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueOrigin {
    /// No value.
    Empty,
    /// Given by a person (set or restored).
    Answer,
    /// Put there by the form: static default, first-load, new item, `once()`.
    Default,
    /// Computed from other values; never saved as an answer.
    Calculated,
}

/// One option of a select at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionView {
    /// What is stored.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One question instance at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Stable identity.
    pub key: NodeKey,
    /// ODK style reference; the first item of a repeat carries no index: `/data/rep/x`, `/data/rep[2]/x`.
    pub reference: String,
    /// The same with ids in the place of numbers: `/data/rep[018f…]/x`. [`Fill::find`](crate::Fill::find) finds both, and
    /// a name stays true when another item comes or goes, so that it is what a screen keeps.
    pub name: String,
    /// Kind of answer.
    pub kind: QuestionKind,
    /// Label in the fill's language, outputs filled in.
    pub label: String,
    /// Hint, or empty.
    pub hint: String,
    /// The form's appearance hint, or empty.
    pub appearance: String,
    /// Titles of the groups and items around it, outermost first.
    pub groups: Vec<String>,
    /// The value, also when the question is not relevant (an answer is never dropped).
    pub value: String,
    /// The value as a person reads it: option labels instead of option values; otherwise equal to `value`.
    pub shown_value: String,
    /// Where the value comes from.
    pub origin: ValueOrigin,
    /// Whether the question applies.
    pub relevant: bool,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether it cannot be answered by a person now.
    pub read_only: bool,
    /// What keeps it from being complete; only for relevant questions.
    pub problem: Option<QuestionProblem>,
    /// Options of a select, else empty.
    pub options: Vec<OptionView>,
    /// For a number chosen on a scale: its bounds.
    pub scale: Option<Scale>,
}

/// A repeat at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatView {
    /// Path of the repeat, and the items around it.
    pub key: NodeKey,
    /// Title, or empty.
    pub title: String,
    /// Number of items.
    pub count: usize,
    /// Whether a person may add and remove items (false when the form counts them itself).
    pub can_change: bool,
    /// Whether it applies.
    pub relevant: bool,
}

/// One repeat item at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    /// Path of the repeat; the last id is the item's own.
    pub key: NodeKey,
    /// ODK style reference.
    pub reference: String,
    /// The same with ids in the place of numbers.
    pub name: String,
    /// Title of the repeat or of the group in it, or empty.
    pub title: String,
    /// 1 for the first.
    pub ordinal: usize,
    /// Whether it applies.
    pub relevant: bool,
}

/// One entry of a page, in document order. `depth` is 0 on the page itself and grows by one in each group and item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
#[allow(
    clippy::large_enum_variant,
    reason = "most entries are questions; a box for each would cost more than it saves"
)]
pub enum PageEntry {
    /// A group inside the page begins.
    Group {
        /// Path of the group.
        key: NodeKey,
        /// Title.
        title: String,
        /// Depth.
        depth: usize,
        /// Whether it applies.
        relevant: bool,
    },
    /// A repeat begins; its items follow, if any.
    Repeat {
        /// The repeat.
        repeat: RepeatView,
        /// Depth.
        depth: usize,
    },
    /// An item of a repeat begins.
    Item {
        /// The item.
        item: ItemView,
        /// Depth.
        depth: usize,
    },
    /// A question.
    Question {
        /// The question.
        question: QuestionView,
        /// Depth.
        depth: usize,
    },
}

/// One page: a top-level group, a top-level repeat, or the questions between them. Pages that do not apply are listed
/// too (`relevant: false`), so that "why is this hidden" can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageView {
    /// Path of the group, or of the first question.
    pub path: String,
    /// Title, or empty.
    pub title: String,
    /// Whether it applies.
    pub relevant: bool,
    /// What is on it, in document order.
    pub entries: Vec<PageEntry>,
    /// Counts for this page.
    pub progress: Progress,
}

/// How far a fill (or a page) is. Only relevant questions that take an answer count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Questions with a value.
    pub answered: usize,
    /// All questions.
    pub total: usize,
    /// Required ones without a value, in document order.
    pub missing: Vec<NodeKey>,
    /// Ones whose value breaks a constraint or is not an option, in document order.
    pub violated: Vec<NodeKey>,
}

impl Progress {
    /// Whether nothing keeps the form from being signed.
    pub fn complete(&self) -> bool {
        self.missing.is_empty() && self.violated.is_empty()
    }
}

/// Why a question is hidden, required, read-only or in violation (promise 6 of the product).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The question asked about.
    pub key: NodeKey,
    /// Its label.
    pub label: String,
    /// The rules behind its present state; empty when nothing of the kind holds.
    pub reasons: Vec<Reason>,
}

/// One rule and what it looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// One node of the instance at this moment, with or without a control: for replays, exports and tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeView {
    /// Stable identity.
    pub key: NodeKey,
    /// ODK style reference.
    pub reference: String,
    /// Whether it can have a value (groups and repeats cannot).
    pub is_leaf: bool,
    /// The value, also when the node is not relevant.
    pub value: String,
    /// Where the value comes from.
    pub origin: ValueOrigin,
    /// Whether it applies, with everything around it.
    pub relevant: bool,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether it, or something around it, is read-only.
    pub read_only: bool,
    /// What keeps it from being complete.
    pub problem: Option<QuestionProblem>,
    /// Label of its control, or empty.
    pub label: String,
    /// Options of its control.
    pub options: Vec<OptionView>,
}

/// What an operation changed: the nodes whose value, relevance, requiredness, read-only state or validity is
/// different from before, in document order. Options and labels are read anew from a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The changed nodes.
    pub nodes: Vec<NodeKey>,
}

/// A value that the form itself put there and that becomes an answer with provenance *default*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultValue {
    /// Where.
    pub key: NodeKey,
    /// What.
    pub value: String,
}

/// What is restored when a fill is opened again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Items added, oldest first, each before the items inside it. Items that the form itself makes need not be listed.
    pub added: Vec<NodeKey>,
    /// Items removed.
    pub removed: Vec<NodeKey>,
    /// Answers, those with provenance *default* included.
    pub answers: Vec<(NodeKey, String)>,
}
