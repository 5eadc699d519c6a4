//! Labels, hints, messages and translations.
//!
//! A missing translation falls back to the default language; pyxform writes `-` for one.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::compile::{Compiler, place};
use crate::model::{Label, ModelIndex, Part};
use crate::problem::FormProblemCode;
use crate::xpath::ast::Expr;
use crate::xpath::table::Function;

/// A piece of a text as it stands in the XML.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RawPart {
    Text(String),
    Output(String),
}

/// All translations.
#[derive(Debug, Default)]
pub(crate) struct Translations {
    pub(crate) languages: Vec<String>,
    pub(crate) default: usize,
    /// Text id to one text a language.
    texts: BTreeMap<String, Vec<Option<Vec<RawPart>>>>,
}

/// Reads `itext`.
pub(crate) fn read(compiler: &mut Compiler, model: Node<'_, '_>) {
    let Some(itext) = super::child(model, "itext") else { return };
    let translations: Vec<Node<'_, '_>> = itext.children().filter(Node::is_element).collect();
    let names = translations.iter().map(|one| one.attribute("lang").unwrap_or_default().to_owned());
    compiler.translations.languages = names.collect();
    compiler.translations.default = translations.iter().position(|one| one.has_attribute("default")).unwrap_or(0);
    for (language, translation) in translations.iter().enumerate() {
        compiler.only_attributes(*translation, &["lang", "default"]);
        for text in translation.children().filter(Node::is_element) {
            read_text(compiler, text, language, translations.len());
        }
    }
}

fn read_text(compiler: &mut Compiler, text: Node<'_, '_>, language: usize, languages: usize) {
    let Some(id) = text.attribute("id") else {
        compiler.problem(place(text), FormProblemCode::Missing, "attribute id of a text");
        return;
    };
    for value in text.children().filter(Node::is_element) {
        if let Some(form) = value.attribute("form") {
            compiler.outside(text, format!("a text with form=\"{form}\""));
            continue;
        }
        let parts = raw_parts(compiler, value);
        let slots = compiler.translations.texts.entry(id.to_owned()).or_insert_with(|| vec![None; languages]);
        if let Some(slot) = slots.get_mut(language) {
            *slot = Some(parts);
        }
    }
}

/// Text with outputs between.
fn raw_parts(compiler: &mut Compiler, node: Node<'_, '_>) -> Vec<RawPart> {
    let mut parts = Vec::new();
    for child in node.children() {
        if child.is_text() {
            parts.push(RawPart::Text(child.text().unwrap_or_default().to_owned()));
        } else if child.is_element() && child.tag_name().name() == "output" {
            let value = child.attribute("value").or_else(|| child.attribute("ref")).unwrap_or_default();
            parts.push(RawPart::Output(value.to_owned()));
        } else if child.is_element() {
            compiler.outside(child, format!("element {} in a text", child.tag_name().name()));
        }
    }
    parts
}

impl Compiler {
    fn parts(&mut self, raw: &[RawPart], carrier: ModelIndex, at: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        for part in raw {
            match part {
                RawPart::Text(text) => parts.push(Part::Text(text.clone())),
                RawPart::Output(value) => {
                    parts.extend(self.expression(value, carrier, at).map(|compiled| Part::Output(compiled.expr)));
                }
            }
        }
        parts
    }

    /// A text of the translations for one carrier, with its fallbacks.
    fn translated(&mut self, id: &str, carrier: ModelIndex, at: &str) -> Option<Label> {
        let slots = self.translations.texts.get(id)?.clone();
        let missing = |slot: &Option<Vec<RawPart>>| match slot.as_deref() {
            None | Some([]) => true,
            Some([RawPart::Text(text)]) => matches!(text.trim(), "" | "-"),
            Some(_) => false,
        };
        let fallback = slots.get(self.translations.default).filter(|slot| !missing(slot));
        let fallback =
            fallback.or_else(|| slots.iter().find(|slot| !missing(slot))).cloned().flatten().unwrap_or_default();
        let mut languages = Vec::new();
        for slot in &slots {
            let raw = if missing(slot) { &fallback } else { slot.as_ref().unwrap_or(&fallback) };
            languages.push(self.parts(&raw.clone(), carrier, at));
        }
        Some(Label::Translated(languages))
    }

    /// The label, hint or value child of a control: inline text, or `ref="jr:itext('id')"`, or another expression.
    pub(crate) fn label(&mut self, node: Option<Node<'_, '_>>, carrier: ModelIndex) -> Label {
        let Some(node) = node else { return Label::None };
        let at = place(node.parent().unwrap_or(node));
        match node.attribute("ref") {
            Some(expression) => self.label_expression(expression, carrier, &at),
            None => {
                let raw = raw_parts(self, node);
                Label::Plain(self.parts(&raw, carrier, &at))
            }
        }
    }

    /// A message attribute: plain text, or `jr:itext('id')`.
    pub(crate) fn message(&mut self, text: Option<&str>, carrier: ModelIndex, at: &str) -> Label {
        match text {
            None => Label::None,
            Some(text) if text.trim_start().starts_with("jr:itext(") => self.label_expression(text, carrier, at),
            Some(text) => Label::Plain(vec![Part::Text(text.to_owned())]),
        }
    }

    fn label_expression(&mut self, text: &str, carrier: ModelIndex, at: &str) -> Label {
        let Some(expr) = self.read(text, at) else { return Label::None };
        if let Expr::Call(Function::Itext, arguments) = &expr
            && let Some(Expr::Text(id)) = arguments.first()
        {
            return self.translated(id, carrier, at).unwrap_or_else(|| {
                self.problem(at, FormProblemCode::Undefined, format!("text {id:?}"));
                Label::None
            });
        }
        self.expression(text, carrier, at).map_or(Label::None, |compiled| Label::Computed(compiled.expr))
    }
}

/// Makes the table that `jr:itext()` with a computed id looks into.
pub(crate) fn finish(compiler: &mut Compiler) {
    let ids: Vec<String> = compiler.translations.texts.keys().cloned().collect();
    for id in ids {
        let relative = compiler.translations.texts.get(&id).is_some_and(|slots| {
            let parts = slots.iter().flatten().flatten();
            parts.into_iter().any(|part| matches!(part, RawPart::Output(value) if !value.trim_start().starts_with('/')))
        });
        // A text with relative outputs means something only on the question that names it.
        if !relative && let Some(label) = compiler.translated(&id, 0, &format!("text {id}")) {
            compiler.texts.insert(id, label);
        }
    }
}
