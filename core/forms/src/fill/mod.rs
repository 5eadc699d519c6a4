//! One filling of a form: its instance tree, kept computed.
//!
//! Every change recomputes what depends on it, in dependency order, and nothing else. Never stores or sends anything,
//! and never drops an answer: what is not relevant keeps its value and is only read as blank.

mod actions;
mod export;
mod find;
mod items;
mod job;
mod labels;
mod pages;
mod recompute;
mod view;
mod why;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use crate::check;
use crate::environment::Environment;
use crate::form::Form;
use crate::key::{ItemId, NodeKey};
use crate::model::{Event, ModelIndex, RuleIndex, ScopeIndex};
use crate::problem::{AnswerProblem, ItemProblem, Orphan};
use crate::question::QuestionKind;
use crate::snapshot::{Changes, DefaultValue, Saved, ValueOrigin};
use crate::tree::{NodeIndex, Tree};

/// One filling of a form.
#[derive(Debug, Clone)]
pub struct Fill {
    form: Form,
    environment: Environment,
    /// Place of the language among the form's languages.
    language: usize,
    tree: Tree,
    job: Tree,
    /// By node of the tree.
    states: Vec<NodeState>,
    /// The form (0) and the repeat items; places of removed items are not used again.
    items: Vec<Item>,
    /// Rules to evaluate, in order, each at its node.
    queue: BTreeSet<(RuleIndex, NodeIndex)>,
    /// What the operation at hand changed.
    touched: BTreeSet<NodeIndex>,
    /// Answers whose place is not there at present.
    parked: BTreeMap<NodeKey, String>,
    /// Items that the form begins with and that a person removed.
    removed: BTreeSet<NodeKey>,
}

/// What is known of a node of the tree.
#[derive(Debug, Clone)]
struct NodeState {
    model: ModelIndex,
    item: usize,
    /// Its own rule; whether it applies at all depends on the nodes around it too.
    relevant: bool,
    required: bool,
    read_only: bool,
    violated: bool,
    origin: ValueOrigin,
}

/// The form, or one item of a repeat.
#[derive(Debug, Clone)]
struct Item {
    scope: ScopeIndex,
    id: Option<ItemId>,
    parent: Option<usize>,
    /// Nodes of the tree, as the scope lists its members.
    nodes: Vec<NodeIndex>,
    /// Items of the repeats directly inside, as the scope lists them.
    inner: Vec<Vec<usize>>,
}

impl Fill {
    fn empty(form: &Form, environment: &Environment) -> Fill {
        Fill {
            form: form.clone(),
            environment: environment.clone(),
            language: form.inner.language(&environment.language),
            tree: Tree::new(),
            job: job::tree(&environment.job, &form.inner.names),
            states: Vec::new(),
            items: Vec::new(),
            queue: BTreeSet::new(),
            touched: BTreeSet::new(),
            parked: BTreeMap::new(),
            removed: BTreeSet::new(),
        }
    }

    /// Begins a new fill: static defaults, first-load actions, `once()`.
    pub fn new(form: &Form, environment: &Environment) -> Fill {
        let mut fill = Fill::empty(form, environment);
        fill.create_form();
        fill.tree.number();
        fill.run();
        fill.preload();
        fill.run_actions(Event::FirstLoad, None, None);
        fill.touched.clear();
        fill
    }

    /// Opens a fill again from what was saved; first-load actions do not run again. Answers without a place in this
    /// form come back as orphans, and are kept: when their place appears again, they are put there.
    pub fn restore(form: &Form, environment: &Environment, saved: &Saved) -> (Fill, Vec<Orphan>) {
        let mut fill = Fill::empty(form, environment);
        fill.parked = saved.answers.iter().cloned().collect();
        fill.removed = saved.removed.iter().cloned().collect();
        fill.create_form();
        for key in saved.added.iter().filter(|key| !saved.removed.contains(key)) {
            fill.restore_item(key);
        }
        fill.tree.number();
        fill.run();
        fill.touched.clear();
        let orphans = fill.parked.iter().map(|(key, value)| Orphan { key: key.clone(), value: value.clone() });
        let orphans = orphans.collect();
        (fill, orphans)
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Changes the language of labels and messages.
    pub fn set_language(&mut self, language: &str) {
        self.language = self.form.inner.language(language);
    }

    /// Answers a question; the empty value clears it. Says what changed.
    pub fn set(&mut self, key: &NodeKey, value: &str) -> Result<Changes, AnswerProblem> {
        let path = || key.path.clone();
        let node = self.node_of(key).ok_or_else(|| AnswerProblem::NoSuchQuestion { path: path() })?;
        let kind = self.kind_of(node).filter(|kind| kind.takes_an_answer());
        let kind = kind.ok_or_else(|| AnswerProblem::TakesNoAnswer { path: path() })?;
        if self.is_calculated(node) {
            return Err(AnswerProblem::TakesNoAnswer { path: path() });
        }
        if self.is_read_only(node) {
            return Err(AnswerProblem::ReadOnly { path: path() });
        }
        let value = check::canonical(kind, value)?;
        if let Some(control) = self.control_of(node) {
            check::on_scale(control, &value)?;
        }
        self.check_options(node, kind, &value, &key.path)?;
        self.put(node, &value, ValueOrigin::Answer);
        self.run();
        if let Some(model) = self.states.get(node as usize).map(|state| state.model) {
            let item = self.states.get(node as usize).map(|state| state.item);
            self.run_actions(Event::ValueChanged, Some(model), item);
        }
        Ok(self.changes())
    }

    fn check_options(&self, node: NodeIndex, kind: QuestionKind, value: &str, path: &str) -> Result<(), AnswerProblem> {
        if !matches!(kind, QuestionKind::SelectOne | QuestionKind::SelectMany) || value.is_empty() {
            return Ok(());
        }
        let options = self.options_of(node);
        // What was chosen before stays choosable, also when the list has changed since.
        let present = self.tree.string_value(node);
        let known = |chosen: &str| {
            options.iter().any(|option| option.value == chosen) || present.split(' ').any(|before| before == chosen)
        };
        match value.split(' ').find(|chosen| !known(chosen)) {
            Some(unknown) => Err(AnswerProblem::NotAnOption { path: path.to_owned(), value: unknown.to_owned() }),
            None => Ok(()),
        }
    }

    /// Adds an item at the end of a repeat. `parents` are the items around the repeat, outermost first.
    pub fn add_item(&mut self, repeat: &str, parents: &[ItemId], id: ItemId) -> Result<Changes, ItemProblem> {
        let missing = || ItemProblem::NoSuchRepeat { path: repeat.to_owned() };
        let (scope, parent) = self.repeat_in(repeat, parents).ok_or_else(missing)?;
        if self.form.inner.scope(scope).is_some_and(|found| found.counted) {
            return Err(ItemProblem::Counted { path: repeat.to_owned() });
        }
        if self.item_with(scope, parent, &id).is_some() {
            return Err(ItemProblem::SameId { path: repeat.to_owned(), id: id.to_string() });
        }
        let item = self.create_item(scope, parent, id, None);
        self.tree.number();
        self.items_changed(scope, parent);
        self.run();
        let trigger = self.form.inner.scope(scope).map(|found| found.node);
        self.run_actions(Event::NewItem, trigger, Some(item));
        Ok(self.changes())
    }

    /// Removes an item with everything in it. `item` is the repeat's path; its last id is the item's own.
    pub fn remove_item(&mut self, item: &NodeKey) -> Result<Changes, ItemProblem> {
        let missing = || ItemProblem::NoSuchRepeat { path: item.path.clone() };
        let (id, parents) = item.items.split_last().ok_or_else(missing)?;
        let (scope, parent) = self.repeat_in(&item.path, parents).ok_or_else(missing)?;
        if self.form.inner.scope(scope).is_some_and(|found| found.counted) {
            return Err(ItemProblem::Counted { path: item.path.clone() });
        }
        let Some(place) = self.item_with(scope, parent, id) else {
            return Err(ItemProblem::NoSuchItem { path: item.path.clone(), id: id.to_string() });
        };
        self.delete_item(place);
        self.items_changed(scope, parent);
        self.run();
        Ok(self.changes())
    }

    /// The present value of any leaf node, controls or not; also of irrelevant ones.
    pub fn value(&self, key: &NodeKey) -> Option<&str> {
        let node = self.node_of(key)?;
        self.model_of(node).filter(|model| model.is_leaf())?;
        self.tree.get(node).map(|found| found.value.as_str())
    }

    /// Values that the form itself put there and that become answers with provenance *default*.
    pub fn defaults(&self) -> Vec<DefaultValue> {
        let values = self.leaves_with(ValueOrigin::Default);
        values.into_iter().map(|(key, value)| DefaultValue { key, value }).collect()
    }

    /// Calculated values of this moment, to be frozen at sealing.
    pub fn calculated(&self) -> Vec<(NodeKey, String)> {
        self.leaves_with(ValueOrigin::Calculated)
    }

    fn leaves_with(&self, origin: ValueOrigin) -> Vec<(NodeKey, String)> {
        let mut found = Vec::new();
        for node in self.tree.descendants(0) {
            let Some(value) = self.tree.get(node).map(|found| &found.value).filter(|value| !value.is_empty()) else {
                continue;
            };
            if self.states.get(node as usize).is_some_and(|state| state.origin == origin) {
                found.extend(self.key_of(node).map(|key| (key, value.clone())));
            }
        }
        found
    }

    /// The nodes that the operation touched, in document order; begins a new record.
    fn changes(&mut self) -> Changes {
        let touched = std::mem::take(&mut self.touched);
        let alive = touched.into_iter().filter(|node| self.model_of(*node).is_some());
        let mut nodes: Vec<NodeIndex> = alive.collect();
        nodes.sort_by_key(|node| self.tree.get(*node).map_or(0, |found| found.order));
        Changes { nodes: nodes.into_iter().filter_map(|node| self.key_of(node)).collect() }
    }
}
