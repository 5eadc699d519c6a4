//! `setvalue`: what the form fills in at its events.

use roxmltree::Node;

use crate::compile::{Compiler, place};
use crate::model::{Action, ActionValue, Event, ModelIndex};
use crate::problem::FormProblemCode;

/// Reads the actions of the model, then those inside questions and repeats.
pub(crate) fn build(compiler: &mut Compiler, model: Node<'_, '_>, body: Node<'_, '_>) {
    let is_action = |node: &Node<'_, '_>| node.is_element() && node.tag_name().name() == "setvalue";
    for action in model.children().filter(is_action) {
        read(compiler, action, None);
    }
    for action in body.descendants().filter(is_action) {
        let around = action.parent().and_then(|parent| parent.attribute("ref").or_else(|| parent.attribute("nodeset")));
        let trigger = around.and_then(|path| compiler.by_path.get(path).copied());
        read(compiler, action, trigger);
    }
}

fn read(compiler: &mut Compiler, action: Node<'_, '_>, trigger: Option<ModelIndex>) {
    compiler.only_attributes(action, &["ref", "value", "event"]);
    let at = place(action);
    let target = action.attribute("ref").unwrap_or_default();
    let Some(target) = compiler.by_path.get(target).copied() else {
        compiler.problem(at, FormProblemCode::NoSuchNode, target);
        return;
    };
    let mut events = Vec::new();
    for word in action.attribute("event").unwrap_or_default().split_whitespace() {
        match word {
            "odk-instance-first-load" => events.push(Event::FirstLoad),
            "odk-new-repeat" if trigger.is_some() => events.push(Event::NewItem),
            "xforms-value-changed" if trigger.is_some() => events.push(Event::ValueChanged),
            other => compiler.outside(action, format!("event {other}")),
        }
    }
    let value = match action.attribute("value").filter(|value| !value.trim().is_empty()) {
        Some(value) => match compiler.expression(value, target, &at) {
            Some(compiled) => ActionValue::Computed(compiled.expr),
            None => return,
        },
        None => ActionValue::Text(action.text().unwrap_or_default().to_owned()),
    };
    compiler.actions.push(Action { events, trigger, target, value });
}
