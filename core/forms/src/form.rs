//! A compiled form: immutable, cheap to clone, shared by all its fills.
//!
//! Never holds answers and never reads XML after compiling.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::check;
use crate::compile;
use crate::model::{BodyNode, Control, Label, Model, ModelNode, Options, Part};
use crate::names::Names;
use crate::problem::{AnswerProblem, FormProblem};
use crate::question::{Choice, QuestionInfo, QuestionKind};
use crate::tree::Tree;
use crate::xpath::ast::{Expr, Lookup, Resolved};
use crate::xpath::evaluate::{self, At};
use crate::xpath::table::Function;
use crate::xpath::value::NodeRef;
use crate::xpath::world::World;

/// A compiled form. Cloning shares it.
#[derive(Debug, Clone)]
pub struct Form {
    pub(crate) inner: Arc<Model>,
}

impl Form {
    /// Compiles a form. Everything outside the service profile is a problem, and each problem names its node.
    pub fn compile(xml: &str) -> Result<Form, Vec<FormProblem>> {
        compile::compile(xml)
    }

    /// The form's id (of the primary instance).
    pub fn id(&self) -> &str {
        &self.inner.id
    }

    /// The form's title.
    pub fn title(&self) -> &str {
        &self.inner.title
    }

    /// The form's version text, or empty.
    pub fn version(&self) -> &str {
        &self.inner.version
    }

    /// Whether the form looks at this element of the job's data (see [`crate::Environment::job`]): what it does not look at
    /// need not be brought.
    pub fn looks_at_job(&self, name: &str) -> bool {
        self.inner.looked_at.has(self.inner.names.find(name))
    }

    /// The languages as the form names them, such as `English (en)`; empty for a form without translations.
    pub fn languages(&self) -> &[String] {
        &self.inner.languages
    }

    /// The form's own name of a language given by name or tag (`en`); its default language when it has no such one.
    pub fn language(&self, wanted: &str) -> &str {
        self.inner.languages.get(self.inner.language(wanted)).map_or("", String::as_str)
    }
}

impl Form {
    /// What the form says about its questions, in document order, in a language (see [`crate::Environment::language`]).
    pub fn questions(&self, language: &str) -> Vec<QuestionInfo> {
        let mut found = Vec::new();
        let reader = StaticTexts { model: &self.inner, language: self.inner.language(language) };
        reader.collect(&self.inner.body, &[], &mut found);
        found
    }

    /// Checks the type of an answer without a fill and returns it in canonical form (trimmed where the kind is not
    /// text). Options are checked where they do not depend on answers. The empty value clears and is always of the
    /// right type.
    pub fn check(&self, path: &str, value: &str) -> Result<String, AnswerProblem> {
        let model = &self.inner;
        let missing = || AnswerProblem::NoSuchQuestion { path: path.to_owned() };
        let node = model.by_path.get(path).and_then(|index| model.node(*index)).ok_or_else(missing)?;
        let control = node.control.and_then(|place| model.controls.get(place));
        let Some(control) = control.filter(|control| control.kind.takes_an_answer()) else {
            // Nodes that the form fills in itself come up as answers with provenance default.
            if node.is_leaf() && control.is_none() && !self.is_calculated(node) {
                return check::canonical(QuestionKind::Hidden, value);
            }
            return Err(AnswerProblem::TakesNoAnswer { path: path.to_owned() });
        };
        if self.is_calculated(node) {
            return Err(AnswerProblem::TakesNoAnswer { path: path.to_owned() });
        }
        let canonical = check::canonical(control.kind, value)?;
        check::on_scale(control, &canonical)?;
        let reader = StaticTexts { model, language: model.default_language };
        if let Some(choices) = reader.choices(control).filter(|_| !canonical.is_empty()) {
            let unknown = |one: &&str| !choices.iter().any(|choice| choice.value == *one);
            if let Some(value) = canonical.split(' ').find(unknown) {
                return Err(AnswerProblem::NotAnOption { path: path.to_owned(), value: value.to_owned() });
            }
        }
        Ok(canonical)
    }

    fn is_calculated(&self, node: &ModelNode) -> bool {
        let rule = node.calculate.and_then(|rule| self.inner.rule(rule));
        rule.is_some_and(|rule| !matches!(rule.expr, Expr::Call(Function::Once, _)))
    }
}

/// Texts and options that need no fill.
struct StaticTexts<'m> {
    model: &'m Model,
    language: usize,
}

impl StaticTexts<'_> {
    fn collect(&self, body: &[BodyNode], groups: &[String], found: &mut Vec<QuestionInfo>) {
        for node in body {
            match node {
                BodyNode::Question(place) => {
                    found.extend(self.model.controls.get(*place).and_then(|control| self.info(control, groups)));
                }
                BodyNode::Group { label, children, .. } | BodyNode::Repeat { label, children, .. } => {
                    let mut inside = groups.to_vec();
                    inside.extend(Some(self.text(label)).filter(|title| !title.is_empty()));
                    self.collect(children, &inside, found);
                }
            }
        }
    }

    fn info(&self, control: &Control, groups: &[String]) -> Option<QuestionInfo> {
        let node = self.model.node(control.node)?;
        let chain = self.model.scope_chain(node.scope);
        let repeats = chain.iter().skip(1).filter_map(|scope| {
            let scope = self.model.scope(*scope)?;
            self.model.node(scope.node).map(|repeat| repeat.path.clone())
        });
        Some(QuestionInfo {
            path: node.path.clone(),
            kind: control.kind,
            label: self.text(&control.label),
            hint: self.text(&control.hint),
            repeats: repeats.collect(),
            groups: groups.to_vec(),
            has_required: node.required.is_some(),
            calculated: node.calculate.is_some(),
            choices: self.choices(control),
            scale: control.scale.clone(),
        })
    }

    /// A text without its outputs.
    fn text(&self, label: &Label) -> String {
        let parts = match label {
            Label::None | Label::Computed(_) => return String::new(),
            Label::Plain(parts) => Some(parts),
            Label::Translated(languages) => languages.get(self.language),
        };
        let fixed = parts.into_iter().flatten().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Output(_) => None,
        });
        fixed.collect::<String>().trim().to_owned()
    }

    fn choices(&self, control: &Control) -> Option<Vec<Choice>> {
        match &control.options {
            Options::None => None,
            Options::Listed(listed) => {
                let choice =
                    |(value, label): &(String, Label)| Choice { value: value.clone(), label: self.text(label) };
                Some(listed.iter().map(choice).collect())
            }
            Options::Nodes { nodes, value, label, fixed: true } => Some(self.rows(nodes, value, label)),
            Options::Nodes { .. } => None,
        }
    }

    fn rows(&self, nodes: &Expr, value: &Expr, label: &Label) -> Vec<Choice> {
        let origin = NodeRef { tree: 0, node: 0 };
        let rows = evaluate::nodes(nodes, At::carrier(self, origin));
        let choice = |row: NodeRef| {
            let at = At::carrier(self, row);
            let label = match label {
                Label::Computed(expr) => evaluate::text(expr, at).trim().to_owned(),
                other => self.text(other),
            };
            Choice { value: evaluate::text(value, at), label }
        };
        rows.into_iter().map(choice).collect()
    }
}

impl World for StaticTexts<'_> {
    fn tree(&self, number: u16) -> &Tree {
        let place = usize::from(number).checked_sub(1);
        let tree = place.and_then(|place| self.model.instances.get(place)).and_then(|(_, tree)| tree.as_deref());
        tree.unwrap_or(&NOTHING)
    }

    fn names(&self) -> &Names {
        &self.model.names
    }

    fn instance(&self, id: &str) -> Option<NodeRef> {
        let place = self.model.instances.iter().position(|(known, _)| known == id)?;
        Some(NodeRef { tree: u16::try_from(place + 1).ok()?, node: 0 })
    }

    fn now(&self) -> DateTime<FixedOffset> {
        DateTime::default()
    }

    fn chance(&self, _place: NodeRef) -> u64 {
        0
    }

    fn itext(&self, id: &str) -> Option<String> {
        self.model.texts.get(id).map(|label| self.text(label))
    }

    fn choice_name(&self, _value: &str, _question: &str, _at: NodeRef) -> String {
        String::new()
    }

    fn follow(&self, _path: &Resolved, _carrier: NodeRef) -> Option<Vec<NodeRef>> {
        None
    }

    fn lookup(&self, lookup: &Lookup, key: &str) -> Option<Vec<NodeRef>> {
        let list = self.model.lists.get(lookup.index)?;
        Some(list.rows(key).iter().map(|node| NodeRef { tree: list.tree, node: *node }).collect())
    }
}

/// An empty instance, for lists that a fill brings.
static NOTHING: Tree = Tree::nothing();
