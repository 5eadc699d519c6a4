//! The compiled form: an arena of nodes, the scopes (the form itself and its repeats), rules with their dependency
//! edges, and the body as a screen walks it.
//!
//! Immutable after compiling and shared by all fills. Never holds an answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compile::looked::LookedAt;
use crate::lists::List;
use crate::names::Names;
use crate::question::{QuestionKind, Scale};
use crate::tree::{QualifiedName, Tree};
use crate::xpath::ast::Expr;

/// Index of a node in [`Model::nodes`]. 0 is the root element of the primary instance.
pub(crate) type ModelIndex = u32;
/// Index of a scope in [`Model::scopes`]. 0 is the form itself.
pub(crate) type ScopeIndex = u32;
/// Index of a rule in [`Model::rules`].
pub(crate) type RuleIndex = u32;

/// A compiled form.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) languages: Vec<String>,
    /// Place of the default language in `languages`.
    pub(crate) default_language: usize,
    pub(crate) names: Names,
    pub(crate) nodes: Vec<ModelNode>,
    pub(crate) by_path: BTreeMap<String, ModelIndex>,
    pub(crate) scopes: Vec<Scope>,
    /// Secondary instances; tree number 1 is the first. `None` is the place of `job`, which each fill brings itself.
    pub(crate) instances: Vec<(String, Option<Arc<Tree>>)>,
    pub(crate) lists: Vec<List>,
    /// In order of evaluation: a rule comes after every rule whose result it reads.
    pub(crate) rules: Vec<Rule>,
    pub(crate) actions: Vec<Action>,
    pub(crate) texts: BTreeMap<String, Label>,
    pub(crate) controls: Vec<Control>,
    /// What it looks at of the job's data.
    pub(crate) looked_at: LookedAt,
    pub(crate) body: Vec<BodyNode>,
}

/// A node of the primary instance.
#[derive(Debug)]
pub(crate) struct ModelNode {
    pub(crate) name: QualifiedName,
    pub(crate) parent: Option<ModelIndex>,
    pub(crate) children: Vec<ModelIndex>,
    pub(crate) path: String,
    pub(crate) scope: ScopeIndex,
    /// Place among the scope's members.
    pub(crate) offset: usize,
    pub(crate) is_repeat: bool,
    pub(crate) data: DataType,
    pub(crate) default: String,
    pub(crate) preload: Option<Preload>,
    pub(crate) relevant: Option<RuleIndex>,
    pub(crate) required: Option<RuleIndex>,
    pub(crate) read_only: Option<RuleIndex>,
    pub(crate) constraint: Option<RuleIndex>,
    pub(crate) calculate: Option<RuleIndex>,
    /// Rules that count the items of repeats directly inside.
    pub(crate) counts: Vec<RuleIndex>,
    pub(crate) constraint_message: Label,
    pub(crate) required_message: Label,
    pub(crate) control: Option<usize>,
    /// Rules that read this node's value, and how many scopes (from the form inwards) reader and read share.
    pub(crate) readers: Vec<Reader>,
}

impl ModelNode {
    /// Whether the node can have a value.
    pub(crate) fn is_leaf(&self) -> bool {
        self.children.is_empty() && !self.is_repeat
    }
}

/// An edge from something read to a rule that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reader {
    pub(crate) rule: RuleIndex,
    /// Depth of the innermost scope that reader and read share; the form is 0.
    pub(crate) shared: usize,
}

/// Type of a bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataType {
    Text,
    Integer,
    Decimal,
    Date,
    Time,
    DateTime,
    Binary,
    Barcode,
}

/// What the form fills in by itself when a fill begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preload {
    /// The id of the record.
    RecordId,
    /// The time when the fill began.
    Start,
    /// The day when the fill began.
    Today,
}

/// The form, or a repeat: the nodes that come and go together.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) node: ModelIndex,
    pub(crate) parent: Option<ScopeIndex>,
    /// 0 for the form.
    pub(crate) depth: usize,
    /// Nodes in document order, the scope's own node first, nodes of inner repeats left out.
    pub(crate) members: Vec<ModelIndex>,
    /// Repeats directly inside.
    pub(crate) inner: Vec<ScopeIndex>,
    /// Items that a new fill (or a new item around them) begins with.
    pub(crate) initial: Vec<InitialItem>,
    /// The form says how many items there are (`jr:count`, `jr:noAddRemove`); a person cannot add or remove.
    pub(crate) counted: bool,
    /// Rules that read how many items there are, or in which order.
    pub(crate) readers: Vec<Reader>,
}

/// Values of an item that the form begins with.
#[derive(Debug, Clone, Default)]
pub(crate) struct InitialItem {
    pub(crate) values: Vec<(ModelIndex, String)>,
    /// Items of the repeats directly inside.
    pub(crate) inner: Vec<(ScopeIndex, InitialItem)>,
}

/// What a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuleKind {
    Relevant,
    Required,
    ReadOnly,
    Constraint,
    Calculate,
    /// How many items a repeat has; the carrier is the node around the repeat.
    Count(ScopeIndex),
}

/// An expression that keeps something of a node computed.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) carrier: ModelIndex,
    pub(crate) kind: RuleKind,
    pub(crate) text: String,
    pub(crate) expr: Expr,
    /// Nodes that it reads.
    pub(crate) reads: Vec<Read>,
}

/// Something that an expression reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Read {
    pub(crate) node: ModelIndex,
    /// Depth of the innermost scope that carrier and node share on this path.
    pub(crate) shared: usize,
}

/// When an action runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    FirstLoad,
    NewItem,
    ValueChanged,
}

/// `setvalue`.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) events: Vec<Event>,
    /// For value-changed: the question whose change triggers it. For a new item: the repeat.
    pub(crate) trigger: Option<ModelIndex>,
    pub(crate) target: ModelIndex,
    pub(crate) value: ActionValue,
}

/// What an action sets.
#[derive(Debug)]
pub(crate) enum ActionValue {
    Text(String),
    Computed(Expr),
}

/// A text for people: for each language its parts. Empty when there is none.
#[derive(Debug, Clone, Default)]
pub(crate) enum Label {
    #[default]
    None,
    /// One text for all languages.
    Plain(Vec<Part>),
    /// A text for each language of the form, fallback already applied.
    Translated(Vec<Vec<Part>>),
    /// `jr:itext(…)` or another expression, worked out when shown.
    Computed(Expr),
}

/// A part of a text.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Text(String),
    Output(Expr),
}

/// A question of the body.
#[derive(Debug)]
pub(crate) struct Control {
    pub(crate) node: ModelIndex,
    pub(crate) kind: QuestionKind,
    pub(crate) label: Label,
    pub(crate) hint: Label,
    pub(crate) appearance: String,
    pub(crate) options: Options,
    pub(crate) scale: Option<Scale>,
}

/// Where a select's options come from.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "a form has few selects; a box would only hide the fields")]
pub(crate) enum Options {
    None,
    Listed(Vec<(String, Label)>),
    /// An itemset: nodes, and where in a node value and label are.
    Nodes {
        nodes: Expr,
        value: Expr,
        label: Label,
        fixed: bool,
    },
}

/// The body as a screen walks it.
#[derive(Debug)]
pub(crate) enum BodyNode {
    Question(usize),
    Group { node: Option<ModelIndex>, label: Label, children: Vec<BodyNode> },
    Repeat { scope: ScopeIndex, label: Label, children: Vec<BodyNode> },
}

impl Model {
    /// A node.
    pub(crate) fn node(&self, index: ModelIndex) -> Option<&ModelNode> {
        self.nodes.get(index as usize)
    }

    /// A scope.
    pub(crate) fn scope(&self, index: ScopeIndex) -> Option<&Scope> {
        self.scopes.get(index as usize)
    }

    /// A rule.
    pub(crate) fn rule(&self, index: RuleIndex) -> Option<&Rule> {
        self.rules.get(index as usize)
    }

    /// The scope whose own node is this repeat.
    pub(crate) fn scope_of_repeat(&self, node: ModelIndex) -> Option<ScopeIndex> {
        self.node(node).filter(|found| found.is_repeat).map(|found| found.scope)
    }

    /// The scopes around and including one, the form first.
    pub(crate) fn scope_chain(&self, scope: ScopeIndex) -> Vec<ScopeIndex> {
        let mut chain: Vec<ScopeIndex> =
            std::iter::successors(Some(scope), |inner| self.scope(*inner).and_then(|found| found.parent)).collect();
        chain.reverse();
        chain
    }

    /// Place of a language by its name, or by the tag in its brackets; the default language when it is not there.
    pub(crate) fn language(&self, wanted: &str) -> usize {
        let tag = |name: &str| {
            let (_, rest) = name.rsplit_once('(')?;
            rest.strip_suffix(')').map(str::to_owned)
        };
        let exact = self.languages.iter().position(|name| name == wanted);
        exact
            .or_else(|| {
                self.languages.iter().position(|name| tag(name).is_some_and(|tag| tag.eq_ignore_ascii_case(wanted)))
            })
            .unwrap_or(self.default_language)
    }
}

impl Model {
    /// The rule that counts the items of a repeat.
    pub(crate) fn count_rule(&self, scope: ScopeIndex) -> Option<RuleIndex> {
        let place = self.rules.iter().position(|rule| rule.kind == RuleKind::Count(scope))?;
        RuleIndex::try_from(place).ok()
    }
}
