//! The body: questions, groups and repeats.

use std::collections::BTreeSet;

use roxmltree::Node;

use crate::compile::{Compiler, JAVAROSA, child, place};
use crate::model::{BodyNode, Control, DataType, Label, ModelIndex, Options, RuleKind};
use crate::problem::FormProblemCode;
use crate::question::{QuestionKind, Scale};

/// The paths of all repeats.
pub(crate) fn repeat_paths(compiler: &mut Compiler, body: Node<'_, '_>) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for repeat in body.descendants().filter(|node| node.is_element() && node.tag_name().name() == "repeat") {
        match repeat.attribute("nodeset") {
            Some(path) if path.starts_with('/') => {
                paths.insert(path.trim().to_owned());
            }
            other => compiler.problem(
                place(repeat),
                FormProblemCode::OutsideProfile,
                format!("nodeset {:?}", other.unwrap_or("")),
            ),
        }
    }
    paths
}

/// Reads the body.
pub(crate) fn build(compiler: &mut Compiler, body: Node<'_, '_>) -> Vec<BodyNode> {
    // The class of the body is a page style of web engines; pages here are the top-level groups.
    compiler.only_attributes(body, &["class"]);
    children(compiler, body)
}

fn children(compiler: &mut Compiler, parent: Node<'_, '_>) -> Vec<BodyNode> {
    let mut found = Vec::new();
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "label" | "hint" | "setvalue" => {}
            "group" => found.push(group(compiler, node)),
            "repeat" => found.extend(repeat(compiler, node, Label::None)),
            "input" | "select1" | "select" | "upload" | "trigger" | "range" => found.extend(question(compiler, node)),
            other => compiler.outside(node, format!("element {other}")),
        }
    }
    found
}

/// The node that an element refers to.
fn target(compiler: &mut Compiler, node: Node<'_, '_>, attribute: &str) -> Option<ModelIndex> {
    let path = node.attribute(attribute)?.trim();
    let found = compiler.by_path.get(path).copied();
    if found.is_none() {
        compiler.problem(place(node), FormProblemCode::NoSuchNode, path);
    }
    found
}

fn group(compiler: &mut Compiler, node: Node<'_, '_>) -> BodyNode {
    compiler.only_attributes(node, &["ref", "appearance"]);
    let index = target(compiler, node, "ref");
    let label = compiler.label(child(node, "label"), index.unwrap_or(0));
    let repeat_inside = child(node, "repeat").filter(|repeat| repeat.attribute("nodeset") == node.attribute("ref"));
    let others = node.children().filter(|one| one.is_element() && !matches!(one.tag_name().name(), "label" | "repeat"));
    if let Some(inside) = repeat_inside
        && others.count() == 0
        && let Some(found) = repeat(compiler, inside, label.clone())
    {
        return found;
    }
    // The rules of a repeat belong to its items, not to the group that carries its title.
    let is_repeat = index.and_then(|index| compiler.nodes.get(index as usize)).is_some_and(|found| found.is_repeat);
    BodyNode::Group { node: index.filter(|_| !is_repeat), label, children: children(compiler, node) }
}

fn repeat(compiler: &mut Compiler, node: Node<'_, '_>, title: Label) -> Option<BodyNode> {
    compiler.only_attributes(node, &["nodeset", "appearance", "jr:count", "jr:noAddRemove"]);
    let index = target(compiler, node, "nodeset")?;
    let found = compiler.nodes.get(index as usize).filter(|found| found.is_repeat)?;
    let (scope, parent) = (found.scope, found.parent.unwrap_or(0));
    let own = compiler.label(child(node, "label"), index);
    let label = if matches!(own, Label::None) { title } else { own };
    if let Some(count) = node.attribute((JAVAROSA, "count")) {
        let rule = compiler.rule(count, RuleKind::Count(scope), parent, &place(node));
        if let Some(around) = compiler.nodes.get_mut(parent as usize) {
            around.counts.extend(rule);
        }
    }
    let counted =
        node.attribute((JAVAROSA, "count")).is_some() || node.attribute((JAVAROSA, "noAddRemove")) == Some("true()");
    if let Some(found) = compiler.scopes.get_mut(scope as usize) {
        found.counted = counted;
    }
    Some(BodyNode::Repeat { scope, label, children: children(compiler, node) })
}

fn question(compiler: &mut Compiler, node: Node<'_, '_>) -> Option<BodyNode> {
    match node.tag_name().name() {
        "range" => compiler.only_attributes(node, &["ref", "appearance", "start", "end", "step"]),
        "upload" => compiler.only_attributes(node, &["ref", "appearance", "mediatype"]),
        "input" => compiler.only_attributes(node, &["ref", "appearance", "rows"]),
        _ => compiler.only_attributes(node, &["ref", "appearance"]),
    }
    let Some(index) = target(compiler, node, "ref") else {
        if node.attribute("ref").is_none() {
            compiler.problem(place(node), FormProblemCode::Missing, "attribute ref");
        }
        return None;
    };
    for inside in node.children().filter(Node::is_element) {
        if !matches!(inside.tag_name().name(), "label" | "hint" | "item" | "itemset" | "setvalue") {
            compiler.outside(inside, format!("element {}", inside.tag_name().name()));
        }
    }
    let appearance = node.attribute("appearance").unwrap_or_default().trim().to_owned();
    if appearance.contains('(') {
        compiler.outside(node, format!("appearance=\"{appearance}\""));
    }
    let kind = kind(compiler, node, index, &appearance);
    let control = Control {
        node: index,
        kind,
        label: compiler.label(child(node, "label"), index),
        hint: compiler.label(child(node, "hint"), index),
        appearance,
        options: options(compiler, node, index),
        scale: scale(compiler, node),
    };
    compiler.controls.push(control);
    let place = compiler.controls.len() - 1;
    if let Some(found) = compiler.nodes.get_mut(index as usize) {
        // Two questions may ask for one node on different conditions; the first names it.
        found.control = found.control.or(Some(place));
    }
    Some(BodyNode::Question(place))
}

fn kind(compiler: &mut Compiler, node: Node<'_, '_>, index: ModelIndex, appearance: &str) -> QuestionKind {
    let Some(found) = compiler.nodes.get(index as usize) else { return QuestionKind::Text };
    let data = found.data;
    match node.tag_name().name() {
        "select1" => return QuestionKind::SelectOne,
        "select" => return QuestionKind::SelectMany,
        "trigger" => return QuestionKind::Acknowledge,
        "upload" => return upload_kind(compiler, node, appearance),
        _ => {}
    }
    match data {
        DataType::Integer => QuestionKind::Integer,
        DataType::Decimal => QuestionKind::Decimal,
        DataType::Binary => {
            compiler.outside(node, "an input for a file");
            QuestionKind::Text
        }
        DataType::Text | DataType::Date | DataType::Time | DataType::DateTime | DataType::Barcode
            if node.tag_name().name() == "range" =>
        {
            compiler.outside(node, "a scale of something that is no number");
            QuestionKind::Integer
        }
        DataType::Date => QuestionKind::Date,
        DataType::Time => QuestionKind::Time,
        DataType::DateTime => QuestionKind::DateTime,
        DataType::Barcode => QuestionKind::Barcode,
        DataType::Text => {
            let constant = |rule: Option<u32>| {
                rule.and_then(|rule| compiler.rules.get(rule as usize)).is_some_and(|rule| rule.text == "true()")
            };
            let plain = found.calculate.is_none() && found.default.is_empty();
            if plain && constant(found.read_only) { QuestionKind::Note } else { QuestionKind::Text }
        }
    }
}

fn scale(compiler: &mut Compiler, node: Node<'_, '_>) -> Option<Scale> {
    if node.tag_name().name() != "range" {
        return None;
    }
    let bound = |name: &str| node.attribute(name).unwrap_or_default().trim().to_owned();
    let scale = Scale { start: bound("start"), end: bound("end"), step: bound("step") };
    for text in [&scale.start, &scale.end, &scale.step] {
        if text.parse::<rust_decimal::Decimal>().is_err() {
            compiler.problem(place(node), FormProblemCode::WrongType, format!("start, end or step {text:?}"));
        }
    }
    Some(scale)
}

fn upload_kind(compiler: &mut Compiler, node: Node<'_, '_>, appearance: &str) -> QuestionKind {
    let media = node.attribute("mediatype").unwrap_or_default();
    if !media.starts_with("image/") {
        compiler.outside(node, format!("mediatype=\"{media}\""));
    }
    let drawn = appearance.split_whitespace().any(|word| matches!(word, "signature" | "draw"));
    if drawn { QuestionKind::Signature } else { QuestionKind::Photo }
}

fn options(compiler: &mut Compiler, node: Node<'_, '_>, index: ModelIndex) -> Options {
    if !node.tag_name().name().starts_with("select") {
        return Options::None;
    }
    if let Some(itemset) = child(node, "itemset") {
        return itemset_options(compiler, itemset, index);
    }
    let mut listed: Vec<(String, Label)> = Vec::new();
    for item in node.children().filter(|one| one.is_element() && one.tag_name().name() == "item") {
        let value = child(item, "value").and_then(|value| value.text()).unwrap_or_default().trim().to_owned();
        if value.is_empty() || value.contains(char::is_whitespace) {
            compiler.problem(place(node), FormProblemCode::OutsideProfile, format!("option value {value:?}"));
        }
        let label = compiler.label(child(item, "label"), index);
        listed.push((value, label));
    }
    Options::Listed(listed)
}

fn itemset_options(compiler: &mut Compiler, itemset: Node<'_, '_>, index: ModelIndex) -> Options {
    let at = place(itemset);
    let nodeset = itemset.attribute("nodeset").unwrap_or_default();
    let Some(compiled) = compiler.expression(nodeset, index, &at) else { return Options::None };
    let reference = |name: &str| child(itemset, name).and_then(|found| found.attribute("ref")).unwrap_or_default();
    let (value_text, label_text) = (reference("value"), reference("label"));
    let Some(value) = compiler.read(value_text, &at) else { return Options::None };
    let label = compiler.read(label_text, &at).map_or(Label::None, Label::Computed);
    compiler.looked_at.note_inside(&value);
    if let Label::Computed(label) = &label {
        compiler.looked_at.note_inside(label);
    }
    let fixed = compiled.reads.is_empty() && !nodeset.contains("randomize");
    Options::Nodes { nodes: compiled.expr, value, label, fixed }
}
