//! One filling of a form: its instance tree, kept computed.
//!
//! Every change recomputes what depends on it, in dependency order, and nothing else. Never stores or sends anything.

use crate::environment::Environment;
use crate::form::Form;
use crate::key::{ItemId, NodeKey};
use crate::problem::{AnswerProblem, ItemProblem, Orphan};
use crate::snapshot::{Changes, DefaultValue, PageView, Progress, QuestionView, Saved, Why};

/// One filling of a form.
#[derive(Debug, Clone)]
pub struct Fill {
    form: Form,
}

impl Fill {
    /// Begins a new fill: static defaults, first-load actions, `once()`.
    pub fn new(form: &Form, _environment: &Environment) -> Fill {
        Fill { form: form.clone() }
    }

    /// Opens a fill again from what was saved; first-load actions do not run again. Answers without a place in this
    /// form come back as orphans.
    pub fn restore(form: &Form, environment: &Environment, _saved: &Saved) -> (Fill, Vec<Orphan>) {
        (Fill::new(form, environment), Vec::new())
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Finds a node by its ODK style reference (`/data/rep[2]/x`; a missing index is 1).
    pub fn find(&self, _reference: &str) -> Option<NodeKey> {
        None
    }

    /// The ODK style reference of a node.
    pub fn reference(&self, _key: &NodeKey) -> Option<String> {
        None
    }

    /// Answers a question; the empty value clears it. Says what changed.
    pub fn set(&mut self, key: &NodeKey, _value: &str) -> Result<Changes, AnswerProblem> {
        Err(AnswerProblem::NoSuchQuestion {
            path: key.path.clone(),
        })
    }

    /// Adds an item at the end of a repeat. `parents` are the items around the repeat, outermost first.
    pub fn add_item(
        &mut self,
        repeat: &str,
        _parents: &[ItemId],
        _id: ItemId,
    ) -> Result<Changes, ItemProblem> {
        Err(ItemProblem::NoSuchRepeat {
            path: repeat.to_owned(),
        })
    }

    /// Removes an item with everything in it. `item` is the repeat's path; its last id is the item's own.
    pub fn remove_item(&mut self, item: &NodeKey) -> Result<Changes, ItemProblem> {
        Err(ItemProblem::NoSuchRepeat {
            path: item.path.clone(),
        })
    }

    /// Changes the language of labels and messages.
    pub fn set_language(&mut self, _language: &str) {}

    /// All question instances in document order, hidden ones included; nodes without a control are left out.
    pub fn questions(&self) -> Vec<QuestionView> {
        Vec::new()
    }

    /// One question instance.
    pub fn question(&self, _key: &NodeKey) -> Option<QuestionView> {
        None
    }

    /// The pages.
    pub fn pages(&self) -> Vec<PageView> {
        Vec::new()
    }

    /// How far the fill is.
    pub fn progress(&self) -> Progress {
        Progress::default()
    }

    /// Why a question is hidden, required, read-only or in violation.
    pub fn why(&self, _key: &NodeKey) -> Option<Why> {
        None
    }

    /// The present value of any leaf node, controls or not; also of irrelevant ones.
    pub fn value(&self, _key: &NodeKey) -> Option<&str> {
        None
    }

    /// Values that the form itself put there and that become answers with provenance *default*.
    pub fn defaults(&self) -> Vec<DefaultValue> {
        Vec::new()
    }

    /// Calculated values of this moment, to be frozen at sealing.
    pub fn calculated(&self) -> Vec<(NodeKey, String)> {
        Vec::new()
    }

    /// The XML record, as ODK exports it: irrelevant nodes are left out of the record (their answers stay saved).
    pub fn to_xml(&self) -> String {
        String::new()
    }
}
