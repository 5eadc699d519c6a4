//! Functions about selects and checklists. The values of a select-many are separated by white space.

use crate::xpath::ast::Expr;
use crate::xpath::evaluate::{At, evaluate};
use crate::xpath::functions::{number_of, text_of};
use crate::xpath::table::Function;
use crate::xpath::value::{Value, string_value, text_number};

/// The value of a call, or `None` when the function is not about selects.
pub(crate) fn call(function: Function, arguments: &[Expr], at: At<'_>) -> Option<Value> {
    Some(match function {
        Function::Selected => {
            let wanted = text_of(arguments, 1, at);
            let wanted = wanted.trim();
            Value::Boolean(text_of(arguments, 0, at).split_whitespace().any(|value| value == wanted))
        }
        Function::SelectedAt => Value::Text(selected_at(arguments, at)),
        Function::CountSelected => Value::Number(text_of(arguments, 0, at).split_whitespace().count() as f64),
        Function::Checklist => {
            let ticks = arguments.get(2..).unwrap_or_default().iter().flat_map(|argument| ticks(argument, at));
            within(arguments, ticks.filter(|tick| *tick).count() as f64, at)
        }
        Function::WeightedChecklist => {
            let pairs = arguments.get(2..).unwrap_or_default();
            within(arguments, pairs.chunks(2).map(|pair| weight(pair, at)).sum(), at)
        }
        _ => return None,
    })
}

/// Values are counted from 0.
fn selected_at(arguments: &[Expr], at: At<'_>) -> String {
    let place = number_of(arguments, 1, at);
    if place.is_nan() || place < 0.0 {
        return String::new();
    }
    text_of(arguments, 0, at).split_whitespace().nth(place as usize).unwrap_or_default().to_owned()
}

/// A tick is a truth, or a text that is not blank; a node-set is one tick a node.
fn ticks(argument: &Expr, at: At<'_>) -> Vec<bool> {
    match evaluate(argument, at) {
        Value::Nodes(nodes) => nodes.into_iter().map(|node| !string_value(at.world, node).is_empty()).collect(),
        other => vec![other.truth()],
    }
}

fn weight(pair: &[Expr], at: At<'_>) -> f64 {
    let [tick, weight] = pair else { return 0.0 };
    let weights = match evaluate(weight, at) {
        Value::Nodes(nodes) => {
            nodes.into_iter().map(|node| text_number(&string_value(at.world, node), at.world)).collect()
        }
        other => vec![other.number(at.world)],
    };
    ticks(tick, at).into_iter().zip(weights).filter(|(tick, _)| *tick).map(|(_, weight)| weight).sum()
}

/// Whether a count lies between the first two arguments; -1 stands for no limit.
fn within(arguments: &[Expr], count: f64, at: At<'_>) -> Value {
    let (least, most) = (number_of(arguments, 0, at), number_of(arguments, 1, at));
    Value::Boolean((least < 0.0 || count >= least) && (most < 0.0 || count <= most))
}
