//! Words texts and options in the fill's language, outputs filled in.

use crate::fill::Fill;
use crate::model::{Control, Label, Options, Part};
use crate::question::QuestionKind;
use crate::snapshot::OptionView;
use crate::tree::NodeIndex;
use crate::xpath::evaluate::{At, text};
use crate::xpath::value::NodeRef;

impl Fill {
    /// A text as a person reads it; blank where there is none.
    pub(super) fn label(&self, label: &Label, carrier: NodeIndex) -> String {
        match label {
            Label::None => String::new(),
            Label::Plain(parts) => self.word(parts, carrier),
            Label::Translated(languages) => {
                languages.get(self.language).map(|parts| self.word(parts, carrier)).unwrap_or_default()
            }
            Label::Computed(expr) => text(expr, At::carrier(self, NodeRef { tree: 0, node: carrier })),
        }
    }

    fn word(&self, parts: &[Part], carrier: NodeIndex) -> String {
        let mut words = String::new();
        for part in parts {
            match part {
                Part::Text(fixed) => words.push_str(fixed),
                Part::Output(expr) => {
                    words.push_str(&text(expr, At::carrier(self, NodeRef { tree: 0, node: carrier })));
                }
            }
        }
        single_spaced(&words)
    }

    pub(super) fn control_of(&self, node: NodeIndex) -> Option<&Control> {
        self.model_of(node)?.control.and_then(|place| self.form.inner.controls.get(place))
    }

    /// The options of a select at this moment.
    pub(super) fn options_of(&self, node: NodeIndex) -> Vec<OptionView> {
        self.control_of(node).map(|control| self.control_options(control, node)).unwrap_or_default()
    }

    pub(super) fn control_options(&self, control: &Control, node: NodeIndex) -> Vec<OptionView> {
        let value = self.tree.string_value(node);
        let chosen = |option: &str| match control.kind {
            QuestionKind::SelectMany => value.split_whitespace().any(|one| one == option),
            _ => value == option,
        };
        let options: Vec<(String, String)> = match &control.options {
            Options::None => Vec::new(),
            Options::Listed(listed) => {
                listed.iter().map(|(value, label)| (value.clone(), self.label(label, node))).collect()
            }
            Options::Nodes { nodes, value, label, .. } => {
                let at = At::carrier(self, NodeRef { tree: 0, node });
                let rows = crate::xpath::evaluate::nodes(nodes, at);
                let size = rows.len();
                let word = |(place, row): (usize, NodeRef)| {
                    let here = At { node: row, position: place + 1, size, ..at };
                    let label = match label {
                        Label::Computed(expr) => text(expr, here).trim().to_owned(),
                        other => self.label(other, node),
                    };
                    (text(value, here), label)
                };
                rows.into_iter().enumerate().map(word).collect()
            }
        };
        options.into_iter().map(|(value, label)| OptionView { chosen: chosen(&value), value, label }).collect()
    }

    /// A value as a person reads it.
    pub(super) fn shown_value(&self, node: NodeIndex, options: &[OptionView]) -> String {
        let value = self.tree.string_value(node);
        let shown = |one: &str| {
            let option = options.iter().find(|option| option.value == one && !option.label.is_empty());
            option.map_or_else(|| one.to_owned(), |option| option.label.clone())
        };
        match self.kind_of(node) {
            Some(QuestionKind::SelectOne) => shown(&value),
            Some(QuestionKind::SelectMany) => {
                let labels: Vec<String> = value.split_whitespace().map(shown).collect();
                labels.join(self.list_mark())
            }
            _ => value,
        }
    }

    /// What stands between the entries of a list in the fill's language.
    fn list_mark(&self) -> &'static str {
        let chinese = self.form.inner.languages.get(self.language).is_some_and(|name| name.contains("(zh"));
        if chinese { "、" } else { ", " }
    }
}

/// One space where XML has several (an output without a value leaves two); line breaks stay.
fn single_spaced(text: &str) -> String {
    let lines = text
        .trim()
        .lines()
        .map(|line| line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}
