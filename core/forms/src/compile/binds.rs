//! Binds: types, rules and messages of nodes.

use roxmltree::Node;

use crate::check;
use crate::compile::{Compiler, JAVAROSA, place};
use crate::model::{DataType, ModelIndex, ModelNode, Preload, Rule, RuleIndex, RuleKind};
use crate::problem::FormProblemCode;
use crate::question::QuestionKind;

const ATTRIBUTES: [&str; 12] = [
    "id",
    "nodeset",
    "type",
    "readonly",
    "required",
    "relevant",
    "constraint",
    "calculate",
    "jr:constraintMsg",
    "jr:requiredMsg",
    "jr:preload",
    "jr:preloadParams",
];

/// Reads every bind.
pub(crate) fn build(compiler: &mut Compiler, model: Node<'_, '_>) {
    for bind in model.children().filter(|child| child.is_element() && child.tag_name().name() == "bind") {
        compiler.only_attributes(bind, &ATTRIBUTES);
        let path = bind.attribute("nodeset").unwrap_or_default();
        let Some(index) = compiler.by_path.get(path).copied() else {
            compiler.problem(place(bind), FormProblemCode::NoSuchNode, path);
            continue;
        };
        bind_node(compiler, bind, index);
    }
}

fn bind_node(compiler: &mut Compiler, bind: Node<'_, '_>, index: ModelIndex) {
    let data = data_type(compiler, bind);
    let relevant = rule(compiler, bind, "relevant", RuleKind::Relevant, index);
    let required = rule(compiler, bind, "required", RuleKind::Required, index);
    let read_only = rule(compiler, bind, "readonly", RuleKind::ReadOnly, index);
    let constraint = rule(compiler, bind, "constraint", RuleKind::Constraint, index);
    let calculate = rule(compiler, bind, "calculate", RuleKind::Calculate, index);
    let at = place(bind);
    let constraint_message = compiler.message(bind.attribute((JAVAROSA, "constraintMsg")), index, &at);
    let required_message = compiler.message(bind.attribute((JAVAROSA, "requiredMsg")), index, &at);
    let preload = preload(compiler, bind);
    if let Some(node) = compiler.nodes.get_mut(index as usize) {
        node.data = data;
        node.relevant = relevant.or(node.relevant);
        node.required = required.or(node.required);
        node.read_only = read_only.or(node.read_only);
        node.constraint = constraint.or(node.constraint);
        node.calculate = calculate.or(node.calculate);
        node.constraint_message = constraint_message;
        node.required_message = required_message;
        node.preload = preload;
    }
}

fn data_type(compiler: &mut Compiler, bind: Node<'_, '_>) -> DataType {
    let written = bind.attribute("type").unwrap_or("string");
    match written.rsplit_once(':').map_or(written, |(_, local)| local) {
        "string" | "select1" | "select" => DataType::Text,
        "int" | "integer" => DataType::Integer,
        "decimal" => DataType::Decimal,
        "date" => DataType::Date,
        "time" => DataType::Time,
        "dateTime" => DataType::DateTime,
        "binary" => DataType::Binary,
        "barcode" => DataType::Barcode,
        _ => {
            compiler.outside(bind, format!("type=\"{written}\""));
            DataType::Text
        }
    }
}

fn preload(compiler: &mut Compiler, bind: Node<'_, '_>) -> Option<Preload> {
    let preload = bind.attribute((JAVAROSA, "preload"))?;
    let parameters = bind.attribute((JAVAROSA, "preloadParams")).unwrap_or_default();
    match (preload, parameters) {
        ("uid", _) => Some(Preload::RecordId),
        ("timestamp", "start") => Some(Preload::Start),
        ("date", "today") => Some(Preload::Today),
        _ => {
            compiler.outside(bind, format!("jr:preload=\"{preload}\" jr:preloadParams=\"{parameters}\""));
            None
        }
    }
}

fn rule(
    compiler: &mut Compiler,
    bind: Node<'_, '_>,
    attribute: &str,
    kind: RuleKind,
    index: ModelIndex,
) -> Option<RuleIndex> {
    let text = bind.attribute(attribute).map(str::trim).filter(|text| !text.is_empty())?;
    compiler.rule(text, kind, index, &format!("{} {attribute}", place(bind)))
}

impl Compiler {
    /// Adds a rule.
    pub(crate) fn rule(&mut self, text: &str, kind: RuleKind, carrier: ModelIndex, at: &str) -> Option<RuleIndex> {
        let compiled = self.expression(text, carrier, at)?;
        self.rules.push(Rule { carrier, kind, text: text.to_owned(), expr: compiled.expr, reads: compiled.reads });
        u32::try_from(self.rules.len() - 1).ok()
    }
}

/// A default that is not of its node's type would make the very first save fail.
pub(crate) fn check_defaults(compiler: &mut Compiler) {
    let kind = |data: DataType| match data {
        DataType::Integer => QuestionKind::Integer,
        DataType::Decimal => QuestionKind::Decimal,
        DataType::Date => QuestionKind::Date,
        DataType::Time => QuestionKind::Time,
        DataType::DateTime => QuestionKind::DateTime,
        DataType::Text | DataType::Binary | DataType::Barcode => QuestionKind::Text,
    };
    let wrong = |node: &&ModelNode| check::canonical(kind(node.data), &node.default).is_err();
    let wrong: Vec<(String, String)> =
        compiler.nodes.iter().filter(wrong).map(|node| (node.path.clone(), node.default.clone())).collect();
    for (path, default) in wrong {
        compiler.problem(format!("bind {path}"), FormProblemCode::WrongType, format!("default {default:?}"));
    }
}

/// Files that no question asks for (audit logs, background recordings) are outside the profile.
pub(crate) fn check_unasked(compiler: &mut Compiler) {
    let unasked: Vec<String> = compiler
        .nodes
        .iter()
        .filter(|node| node.data == DataType::Binary && node.control.is_none())
        .map(|node| node.path.clone())
        .collect();
    for path in unasked {
        compiler.problem(format!("bind {path}"), FormProblemCode::OutsideProfile, "a file that no question asks for");
    }
}
