//! Replays the scripts of `conformance/xforms.jsonl` (see the README beside it for origin and licences).
//!
//! Each row of `conformance/unsupported.txt` names a form that is known to be refused or to differ, under the reason.
//! The test fails when a form that passed differs, and when a listed one passes.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use countersign_forms::{Environment, Fill, Form, ItemId, NodeView, QuestionProblemCode};
use serde_json::{Value, json};

const FORMS: &str = include_str!("conformance/xforms.jsonl");
const UNSUPPORTED: &str = include_str!("conformance/unsupported.txt");

fn environment() -> Environment {
    Environment {
        job: json!({}),
        language: String::new(),
        now: DateTime::parse_from_rfc3339("2026-11-21T11:56:19Z").unwrap(),
        fill: [7; 16],
    }
}

/// A reference without the index of first items, as the expectations write it.
fn plain(reference: &str) -> String {
    reference.replace("[1]", "")
}

fn act(fill: &mut Fill, operation: &Value, made: &mut u8) {
    let reference = operation["ref"].as_str().unwrap_or_default();
    match operation["op"].as_str().unwrap() {
        "set" => {
            if let Some(key) = fill.find(reference) {
                let _ = fill.set(&key, operation["value"].as_str().unwrap());
            }
        }
        "add" => {
            *made += 1;
            if let Some(repeat) = fill.find_repeat(reference) {
                let _ = fill.add_item(&repeat.path, &repeat.items, ItemId::from_bytes([*made; 16]));
            }
        }
        "remove" => {
            if let Some(item) = fill.find(reference) {
                let _ = fill.remove_item(&item);
            }
        }
        _ => {}
    }
}

/// The first difference between what is expected of a node and what it is.
fn difference(node: &NodeView, expected: &Value) -> Option<String> {
    let violation = node.problem.as_ref().and_then(|problem| match problem.code {
        QuestionProblemCode::Missing => Some("required"),
        QuestionProblemCode::Violated => Some("constraint"),
        QuestionProblemCode::NotAnOption => None,
    });
    let options: Vec<Value> =
        node.options.iter().map(|option| json!([option.value.trim(), option.label.trim()])).collect();
    let ours = json!({
        "rel": node.relevant, "v": node.value, "req": node.required, "ro": node.read_only, "viol": violation,
        "label": node.label.trim(), "opts": options,
    });
    expected.as_object().unwrap().iter().find_map(|(field, theirs)| {
        let theirs = trimmed(theirs);
        (ours[field] != theirs).then(|| format!("{} {field}: {} instead of {theirs}", node.reference, ours[field]))
    })
}

fn trimmed(value: &Value) -> Value {
    match value {
        Value::String(text) => json!(text.trim()),
        Value::Array(entries) => entries.iter().map(trimmed).collect(),
        other => other.clone(),
    }
}

fn replay(row: &Value) -> Result<(), String> {
    let form = Form::compile(row["xml"].as_str().unwrap()).map_err(|problems| {
        let first = problems.first().unwrap();
        format!("refused: {first}")
    })?;
    let mut fill = Fill::new(&form, &environment());
    let mut made = 0;
    for (place, step) in row["steps"].as_array().unwrap().iter().enumerate() {
        act(&mut fill, &step["op"], &mut made);
        let nodes: BTreeMap<String, NodeView> =
            fill.nodes().into_iter().map(|node| (node.reference.clone(), node)).collect();
        for (reference, expected) in step["expect"].as_object().unwrap() {
            let node = nodes.get(&plain(reference)).ok_or(format!("step {place}: no {reference}"))?;
            if let Some(difference) = difference(node, expected) {
                return Err(format!("step {place} {}: {difference}", step["op"]));
            }
        }
    }
    Ok(())
}

#[test]
fn recorded_scripts_hold() {
    let listed: BTreeSet<&str> = UNSUPPORTED
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let (mut passed, mut complaints) = (0, Vec::new());
    for line in FORMS.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let name = row["name"].as_str().unwrap();
        match (replay(&row), listed.contains(name)) {
            (Ok(()), false) => passed += 1,
            (Ok(()), true) => complaints.push(format!("{name} passes now: take it off the list")),
            (Err(_), true) => {}
            (Err(why), false) => complaints.push(format!("{name} {why}")),
        }
    }
    assert!(complaints.is_empty(), "{passed} hold, {} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
