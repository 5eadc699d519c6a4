//! Evaluates an expression at a node.
//!
//! Never fails: what cannot be computed is blank or not a number, as XPath has it.

use crate::xpath::ast::{Comparison, Expr, Operator, Path, Start, Step};
use crate::xpath::functions;
use crate::xpath::steps;
use crate::xpath::value::{NodeRef, Value, string_value};
use crate::xpath::world::World;

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(crate) struct At<'w> {
    pub(crate) world: &'w dyn World,
    /// The context node.
    pub(crate) node: NodeRef,
    /// The node that carries the whole expression: `current()`.
    pub(crate) current: NodeRef,
    pub(crate) position: usize,
    pub(crate) size: usize,
}

impl<'w> At<'w> {
    /// The place of a whole expression.
    pub(crate) fn carrier(world: &'w dyn World, node: NodeRef) -> At<'w> {
        At { world, node, current: node, position: 1, size: 1 }
    }
}

/// The value of an expression.
pub(crate) fn evaluate(expr: &Expr, at: At<'_>) -> Value {
    match expr {
        Expr::Number(value) => Value::Number(*value),
        Expr::Text(text) => Value::Text(text.to_string()),
        Expr::Or(left, right) => Value::Boolean(truth(left, at) || truth(right, at)),
        Expr::And(left, right) => Value::Boolean(truth(left, at) && truth(right, at)),
        Expr::Compare(comparison, left, right) => {
            Value::Boolean(compare(*comparison, &evaluate(left, at), &evaluate(right, at), at.world))
        }
        Expr::Arithmetic(operator, left, right) => {
            Value::Number(calculate(*operator, number(left, at), number(right, at)))
        }
        Expr::Negate(inner) => Value::Number(-number(inner, at)),
        Expr::Union(left, right) => {
            let mut nodes = nodes(left, at);
            nodes.extend(self::nodes(right, at));
            steps::sort(&mut nodes, at.world);
            Value::Nodes(nodes)
        }
        Expr::Call(function, arguments) => functions::call(*function, arguments, at),
        Expr::Matches(inner, pattern) => Value::Boolean(pattern.0.is_match(&text(inner, at))),
        Expr::Path(path) => Value::Nodes(follow(path, at)),
    }
}

/// As a truth.
pub(crate) fn truth(expr: &Expr, at: At<'_>) -> bool {
    evaluate(expr, at).truth()
}

/// As a number.
pub(crate) fn number(expr: &Expr, at: At<'_>) -> f64 {
    evaluate(expr, at).number(at.world)
}

/// As text.
pub(crate) fn text(expr: &Expr, at: At<'_>) -> String {
    evaluate(expr, at).text(at.world)
}

/// As nodes; none when the value is not a node-set.
pub(crate) fn nodes(expr: &Expr, at: At<'_>) -> Vec<NodeRef> {
    match evaluate(expr, at) {
        Value::Nodes(nodes) => nodes,
        _ => Vec::new(),
    }
}

fn calculate(operator: Operator, left: f64, right: f64) -> f64 {
    match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        Operator::Modulo => left % right,
    }
}

fn follow(path: &Path, at: At<'_>) -> Vec<NodeRef> {
    let (mut found, from) = match begin(path, at) {
        Some(begun) => begun,
        None => (start(&path.start, at), 0),
    };
    for step in path.steps.get(from..).unwrap_or_default() {
        found = steps::step(step, &found, at);
    }
    steps::drop_hidden(&mut found, at.world);
    found
}

/// The nodes after the steps that the compiler worked out, and how many steps those are.
fn begin(path: &Path, at: At<'_>) -> Option<(Vec<NodeRef>, usize)> {
    match &path.resolved {
        Some(resolved) => at.world.follow(resolved, at.current).map(|found| (found, resolved.steps)),
        None => looked_up(path, at),
    }
}

/// Answers `…/item[child = key]` from a hash index: the items, and the step to go on with.
fn looked_up(path: &Path, at: At<'_>) -> Option<(Vec<NodeRef>, usize)> {
    let lookup = path.lookup.as_ref()?;
    let key = match evaluate(&lookup.key, at) {
        Value::Text(text) => text,
        // Several keys would have to be joined; one is what forms have.
        Value::Nodes(nodes) => match nodes.as_slice() {
            [] => return Some((Vec::new(), lookup.step + 1)),
            [one] => string_value(at.world, *one),
            _ => return None,
        },
        // Numbers compare by value (`1` equals `1.0`), which an index over texts cannot answer.
        Value::Number(_) | Value::Boolean(_) => return None,
    };
    let mut items = at.world.lookup(lookup, &key)?;
    let step: &Step = path.steps.get(lookup.step)?;
    for predicate in step.predicates.get(1..).unwrap_or_default() {
        items = steps::filter(predicate, items, at);
    }
    Some((items, lookup.step + 1))
}

fn start(start: &Start, at: At<'_>) -> Vec<NodeRef> {
    match start {
        // Also in a predicate over a list, an absolute path means the primary instance.
        Start::Root => vec![NodeRef { tree: 0, node: 0 }],
        Start::Context => vec![at.node],
        Start::Filtered(primary, predicates) => {
            let mut found = nodes(primary, at);
            for predicate in predicates {
                found = steps::filter(predicate, found, at);
            }
            found
        }
    }
}

/// Compares two values as XPath 1.0 section 3.4 has it.
fn compare(comparison: Comparison, left: &Value, right: &Value, world: &dyn World) -> bool {
    match (left, right) {
        (Value::Nodes(nodes), Value::Boolean(_)) => {
            compare_plain(comparison, &Value::Boolean(!nodes.is_empty()), right, world)
        }
        (Value::Boolean(_), Value::Nodes(nodes)) => {
            compare_plain(comparison, left, &Value::Boolean(!nodes.is_empty()), world)
        }
        (Value::Nodes(left), Value::Nodes(right)) => {
            let right: Vec<Value> = right.iter().map(|node| Value::Text(string_value(world, *node))).collect();
            left.iter().any(|node| {
                let left = Value::Text(string_value(world, *node));
                right.iter().any(|right| compare_plain(comparison, &left, right, world))
            })
        }
        (Value::Nodes(nodes), plain) => {
            any_node(nodes, plain, world, |left, right| compare_plain(comparison, left, right, world))
        }
        (plain, Value::Nodes(nodes)) => {
            any_node(nodes, plain, world, |right, left| compare_plain(comparison, left, right, world))
        }
        _ => compare_plain(comparison, left, right, world),
    }
}

fn any_node(nodes: &[NodeRef], plain: &Value, world: &dyn World, holds: impl Fn(&Value, &Value) -> bool) -> bool {
    // An answer that is not there reads as the empty text (ODK), where XPath 1.0 would let every comparison fail.
    if nodes.is_empty() && matches!(plain, Value::Text(_)) {
        return holds(&Value::Text(String::new()), plain);
    }
    nodes.iter().any(|node| holds(&Value::Text(string_value(world, *node)), plain))
}

fn compare_plain(comparison: Comparison, left: &Value, right: &Value, world: &dyn World) -> bool {
    match comparison {
        Comparison::Equal => equal(left, right, world),
        Comparison::NotEqual => !equal(left, right, world),
        Comparison::Less => ordering(left, world) < ordering(right, world),
        Comparison::LessOrEqual => ordering(left, world) <= ordering(right, world),
        Comparison::Greater => ordering(left, world) > ordering(right, world),
        Comparison::GreaterOrEqual => ordering(left, world) >= ordering(right, world),
    }
}

fn ordering(value: &Value, world: &dyn World) -> f64 {
    value.number(world)
}

fn equal(left: &Value, right: &Value, world: &dyn World) -> bool {
    match (left, right) {
        (Value::Boolean(_), _) | (_, Value::Boolean(_)) => left.truth() == right.truth(),
        (Value::Number(_), _) | (_, Value::Number(_)) => left.number(world) == right.number(world),
        (Value::Text(left), Value::Text(right)) => left == right,
        _ => false,
    }
}
