//! One question as a screen shows it, and all of them.

use crate::fill::Fill;
use crate::key::NodeKey;
use crate::model::{Control, Label};
use crate::problem::{QuestionProblem, QuestionProblemCode};
use crate::question::QuestionKind;
use crate::snapshot::{NodeView, OptionView, PageEntry, Progress, QuestionView, ValueOrigin};
use crate::tree::NodeIndex;

impl Fill {
    /// All question instances in document order, hidden ones included; nodes without a control are left out.
    pub fn questions(&self) -> Vec<QuestionView> {
        let entries = self.pages().into_iter().flat_map(|page| page.entries);
        let questions = entries.filter_map(|entry| match entry {
            PageEntry::Question { question, .. } => Some(question),
            _ => None,
        });
        questions.collect()
    }

    /// One question instance.
    pub fn question(&self, key: &NodeKey) -> Option<QuestionView> {
        let node = self.node_of(key)?;
        let control = self.control_of(node)?;
        Some(self.question_view(control, node, &self.groups_around(node)))
    }

    pub(super) fn question_view(&self, control: &Control, node: NodeIndex, groups: &[String]) -> QuestionView {
        let options = self.control_options(control, node);
        let value = self.tree.string_value(node);
        let state = self.states.get(node as usize);
        let origin = state.map_or(ValueOrigin::Empty, |state| state.origin);
        let relevant = self.tree.get(node).is_some_and(|found| !found.hidden);
        QuestionView {
            key: self.key_of(node).unwrap_or_else(|| NodeKey::plain("")),
            reference: self.reference_of(node),
            name: self.name_of(node),
            kind: control.kind,
            label: self.label(&control.label, node),
            hint: self.label(&control.hint, node),
            appearance: control.appearance.clone(),
            groups: groups.to_vec(),
            shown_value: self.shown_value(node, &options),
            origin: if value.is_empty() { ValueOrigin::Empty } else { origin },
            relevant,
            required: state.is_some_and(|state| state.required),
            read_only: self.is_read_only(node) || self.is_calculated(node) || !control.kind.takes_an_answer(),
            problem: if relevant { self.problem_of(control.kind, node, &value, &options) } else { None },
            options,
            scale: control.scale.clone(),
            value,
        }
    }

    fn problem_of(
        &self,
        kind: QuestionKind,
        node: NodeIndex,
        value: &str,
        options: &[OptionView],
    ) -> Option<QuestionProblem> {
        let (model, state) = (self.model_of(node)?, self.states.get(node as usize)?);
        let problem = |code, label: &Label| {
            let message = Some(self.label(label, node)).filter(|message| !message.is_empty());
            Some(QuestionProblem { code, message })
        };
        if value.is_empty() {
            let missing = state.required && kind.takes_an_answer();
            return if missing { problem(QuestionProblemCode::Missing, &model.required_message) } else { None };
        }
        if state.violated {
            return problem(QuestionProblemCode::Violated, &model.constraint_message);
        }
        let unknown = |chosen: &str| !options.iter().any(|option| option.value == chosen);
        let select = matches!(kind, QuestionKind::SelectOne | QuestionKind::SelectMany);
        if select && value.split_whitespace().any(unknown) {
            return problem(QuestionProblemCode::NotAnOption, &Label::None);
        }
        None
    }

    /// Every node of the instance in document order.
    pub fn nodes(&self) -> Vec<NodeView> {
        self.tree.descendants(0).into_iter().filter_map(|node| self.node_view(node)).collect()
    }

    fn node_view(&self, node: NodeIndex) -> Option<NodeView> {
        let (model, state) = (self.model_of(node)?, self.states.get(node as usize)?);
        let control = self.control_of(node);
        let options = control.map(|control| self.control_options(control, node)).unwrap_or_default();
        let value = if model.is_leaf() { self.tree.string_value(node) } else { String::new() };
        let relevant = self.applies(node);
        let kind = control.map_or(QuestionKind::Hidden, |control| control.kind);
        let problem = if relevant { self.problem_of(kind, node, &value, &options) } else { None };
        Some(NodeView {
            key: self.key_of(node)?,
            reference: self.reference_of(node),
            is_leaf: model.is_leaf(),
            origin: if value.is_empty() { ValueOrigin::Empty } else { state.origin },
            relevant,
            required: state.required,
            read_only: self.is_read_only(node),
            problem,
            label: control.map(|control| self.label(&control.label, node)).unwrap_or_default(),
            options,
            value,
        })
    }

    /// How far the fill is.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for question in self.questions() {
            progress.add(&question);
        }
        progress
    }
}

impl Progress {
    /// Counts a question in.
    pub(crate) fn add(&mut self, question: &QuestionView) {
        let asked = question.kind.takes_an_answer() && !question.read_only;
        if !question.relevant {
            return;
        }
        if asked {
            self.total += 1;
            self.answered += usize::from(!question.value.is_empty());
        }
        match question.problem.as_ref().map(|problem| problem.code) {
            Some(QuestionProblemCode::Missing) => self.missing.push(question.key.clone()),
            Some(QuestionProblemCode::Violated | QuestionProblemCode::NotAnOption) => {
                self.violated.push(question.key.clone());
            }
            None => {}
        }
    }
}
