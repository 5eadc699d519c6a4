//! Small forms and short words for the tests of the engine.
#![cfg(test)]
#![allow(dead_code, reason = "each test file uses its own part")]

use chrono::DateTime;
use countersign_forms::{Environment, Fill, Form, ItemId, NodeKey, QuestionView, samples};
use serde_json::json;

pub fn environment(language: &str) -> Environment {
    Environment {
        job: json!({
            "customer": "ACME Ltd", "serial": "SN-4711", "model": "HP-200",
            "part": [{"code": "F1", "name": "Filter"}, {"code": "S2", "name": "Seal"}],
        }),
        language: language.to_owned(),
        now: DateTime::parse_from_rfc3339("2026-11-22T08:30:00+01:00").unwrap(),
        fill: [7; 16],
    }
}

/// A form from its instance, binds and body.
pub fn form(instance: &str, model: &str, body: &str) -> Form {
    Form::compile(&xml(instance, model, body)).unwrap_or_else(|problems| panic!("{problems:?}"))
}

pub fn xml(instance: &str, model: &str, body: &str) -> String {
    format!(
        r#"<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
          xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title>
          <model><instance><d id="t" version="1">{instance}</d></instance>{model}</model></h:head>
          <h:body>{body}</h:body></h:html>"#
    )
}

pub fn fill(form: &Form) -> Fill {
    Fill::new(form, &environment("en"))
}

pub fn service_visit() -> Form {
    Form::compile(samples::SERVICE_VISIT).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub fn id(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

/// Answers by reference, panicking where the answer is refused.
pub fn set(fill: &mut Fill, reference: &str, value: &str) {
    let key = fill.find(reference).unwrap_or_else(|| panic!("no {reference}"));
    fill.set(&key, value).unwrap_or_else(|problem| panic!("{reference} {value:?}: {problem}"));
}

pub fn get(fill: &Fill, reference: &str) -> String {
    let key = fill.find(reference).unwrap_or_else(|| panic!("no {reference}"));
    fill.value(&key).unwrap_or_default().to_owned()
}

pub fn question(fill: &Fill, reference: &str) -> QuestionView {
    let key = fill.find(reference).unwrap_or_else(|| panic!("no {reference}"));
    fill.question(&key).unwrap_or_else(|| panic!("no question {reference}"))
}

pub fn relevant(fill: &Fill, reference: &str) -> bool {
    let node = fill.nodes().into_iter().find(|node| node.reference == reference);
    node.unwrap_or_else(|| panic!("no {reference}")).relevant
}

pub fn add(fill: &mut Fill, repeat: &str, number: u8) -> NodeKey {
    let key = fill.find_repeat(repeat).unwrap_or_else(|| panic!("no repeat {repeat}"));
    fill.add_item(&key.path, &key.items, id(number)).unwrap();
    let mut items = key.items;
    items.push(id(number));
    NodeKey { path: key.path, items }
}
