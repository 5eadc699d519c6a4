//! Calls a function: the ones about nodes and control here, the others in the modules beside.

use crate::names::NO_NAME;
use crate::tree::{NONE, NodeKind};
use crate::xpath::ast::Expr;
use crate::xpath::evaluate::{At, evaluate, nodes, number, text, truth};
use crate::xpath::table::Function;
use crate::xpath::value::{NodeRef, Value, string_value};
use crate::xpath::{dates, geo, numeric, select, steps, text as texts};

/// The value of a call. The number of arguments was checked when the expression was read.
pub(crate) fn call(function: Function, arguments: &[Expr], at: At<'_>) -> Value {
    control(function, arguments, at)
        .or_else(|| about_nodes(function, arguments, at))
        .or_else(|| texts::call(function, arguments, at))
        .or_else(|| numeric::call(function, arguments, at))
        .or_else(|| select::call(function, arguments, at))
        .or_else(|| dates::call(function, arguments, at))
        .or_else(|| geo::call(function, arguments, at))
        .unwrap_or_else(|| Value::Text(String::new()))
}

/// The text of an argument; blank when it is not there.
pub(crate) fn text_of(arguments: &[Expr], place: usize, at: At<'_>) -> String {
    arguments.get(place).map(|argument| text(argument, at)).unwrap_or_default()
}

/// The text of an argument, or of the context node when it is not there.
pub(crate) fn text_or_context(arguments: &[Expr], at: At<'_>) -> String {
    arguments.first().map_or_else(|| string_value(at.world, at.node), |argument| text(argument, at))
}

/// The number of an argument; NaN when it is not there.
pub(crate) fn number_of(arguments: &[Expr], place: usize, at: At<'_>) -> f64 {
    arguments.get(place).map_or(f64::NAN, |argument| number(argument, at))
}

/// The nodes of an argument.
pub(crate) fn nodes_of(arguments: &[Expr], place: usize, at: At<'_>) -> Vec<NodeRef> {
    arguments.get(place).map(|argument| nodes(argument, at)).unwrap_or_default()
}

/// All arguments as texts; a node-set gives one text a node.
pub(crate) fn texts_of(arguments: &[Expr], at: At<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for argument in arguments {
        match evaluate(argument, at) {
            Value::Nodes(nodes) => found.extend(nodes.into_iter().map(|node| string_value(at.world, node))),
            other => found.push(other.text(at.world)),
        }
    }
    found
}

fn control(function: Function, arguments: &[Expr], at: At<'_>) -> Option<Value> {
    let truth_of = |place: usize| arguments.get(place).is_some_and(|argument| truth(argument, at));
    Some(match function {
        Function::True => Value::Boolean(true),
        Function::False => Value::Boolean(false),
        Function::Not => Value::Boolean(!truth_of(0)),
        Function::Boolean => Value::Boolean(truth_of(0)),
        Function::If => {
            let branch = arguments.get(if truth_of(0) { 1 } else { 2 })?;
            evaluate(branch, at)
        }
        Function::Coalesce => {
            let full = arguments.iter().map(|argument| text(argument, at)).find(|text| !is_blank(text));
            Value::Text(full.unwrap_or_default())
        }
        Function::Once => {
            let present = string_value(at.world, at.current);
            if present.is_empty() { Value::Text(once(arguments, at)) } else { Value::Text(present) }
        }
        _ => return None,
    })
}

/// Not a number counts as nothing, or a form could never fall back from a failed calculation.
fn is_blank(text: &str) -> bool {
    text.is_empty() || text == "NaN"
}

fn once(arguments: &[Expr], at: At<'_>) -> String {
    let value = text_of(arguments, 0, at);
    if is_blank(&value) { String::new() } else { value }
}

fn about_nodes(function: Function, arguments: &[Expr], at: At<'_>) -> Option<Value> {
    Some(match function {
        Function::Last => Value::Number(at.size as f64),
        Function::Position => Value::Number(position(arguments, at)),
        Function::Count => Value::Number(nodes_of(arguments, 0, at).len() as f64),
        Function::CountNonEmpty => {
            let filled =
                nodes_of(arguments, 0, at).into_iter().filter(|node| !string_value(at.world, *node).is_empty());
            Value::Number(filled.count() as f64)
        }
        Function::Current => Value::Nodes(vec![at.current]),
        Function::Instance => Value::Nodes(at.world.instance(&text_of(arguments, 0, at)).into_iter().collect()),
        Function::IndexedRepeat => indexed_repeat(arguments, at),
        Function::Itext => Value::Text(at.world.itext(&text_of(arguments, 0, at)).unwrap_or_default()),
        Function::ChoiceName => {
            Value::Text(at.world.choice_name(&text_of(arguments, 0, at), &text_of(arguments, 1, at), at.current))
        }
        Function::LocalName | Function::Name | Function::NamespaceUri => Value::Text(name(function, arguments, at)),
        Function::Id => Value::Nodes(by_id(&texts_of(arguments, at), at)),
        Function::Lang => Value::Boolean(language(&text_of(arguments, 0, at), at)),
        _ => return None,
    })
}

/// `position()` in the node-set at hand, or `position(node)` among the siblings of the same name (ODK).
fn position(arguments: &[Expr], at: At<'_>) -> f64 {
    let Some(argument) = arguments.first() else { return at.position as f64 };
    let Some(of) = nodes(argument, at).first().copied() else { return f64::NAN };
    let tree = at.world.tree(of.tree);
    let Some(node) = tree.get(of.node) else { return f64::NAN };
    let mut place = 1.0;
    let mut walk = node.previous;
    while let Some(sibling) = tree.get(walk) {
        if sibling.local == node.local && sibling.space == node.space {
            place += 1.0;
        }
        walk = sibling.previous;
    }
    place
}

/// `indexed-repeat(node, repeat, index, …)`: the node under the repeat's item with that index, 1 for the first.
fn indexed_repeat(arguments: &[Expr], at: At<'_>) -> Value {
    let mut found = unbound(arguments.first(), at);
    for pair in 0..3 {
        let Some(index) = arguments.get(2 + pair * 2) else { break };
        let index = number(index, at);
        let repeats = unbound(arguments.get(1 + pair * 2), at);
        found.retain(|node| repeat_above(*node, &repeats, at).is_some_and(|item| place_of(item, at) == index));
    }
    Value::Nodes(found)
}

/// The nodes of a path over all repeat items: the index arguments, not the place of the expression, choose the item.
fn unbound(argument: Option<&Expr>, at: At<'_>) -> Vec<NodeRef> {
    match argument {
        Some(Expr::Path(path)) => {
            let free = Expr::Path(crate::xpath::ast::Path { resolved: None, ..path.clone() });
            nodes(&free, at)
        }
        Some(other) => nodes(other, at),
        None => Vec::new(),
    }
}

fn repeat_above(node: NodeRef, repeats: &[NodeRef], at: At<'_>) -> Option<NodeRef> {
    let tree = at.world.tree(node.tree);
    let mut walk = node;
    loop {
        if repeats.contains(&walk) {
            return Some(walk);
        }
        walk.node = tree.get(walk.node)?.parent;
    }
}

fn place_of(item: NodeRef, at: At<'_>) -> f64 {
    let tree = at.world.tree(item.tree);
    let Some(node) = tree.get(item.node) else { return f64::NAN };
    let same = tree.children(node.parent).filter(|sibling| {
        tree.get(*sibling).is_some_and(|found| found.local == node.local && found.space == node.space)
    });
    same.take_while(|sibling| *sibling != item.node).count() as f64 + 1.0
}

fn name(function: Function, arguments: &[Expr], at: At<'_>) -> String {
    let node = match arguments.first() {
        Some(argument) => nodes(argument, at).first().copied(),
        None => Some(at.node),
    };
    let Some(node) = node.and_then(|node| at.world.tree(node.tree).get(node.node)) else { return String::new() };
    let names = at.world.names();
    match function {
        Function::NamespaceUri => names.text(node.space).to_owned(),
        Function::Name if node.prefix != NO_NAME => {
            format!("{}:{}", names.text(node.prefix), names.text(node.local))
        }
        _ => names.text(node.local).to_owned(),
    }
}

fn by_id(texts: &[String], at: At<'_>) -> Vec<NodeRef> {
    let wanted: Vec<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
    let tree = at.world.tree(at.node.tree);
    let mut found = Vec::new();
    for element in tree.descendants(0) {
        let has_id = tree.attributes(element).filter_map(|index| tree.get(index)).any(|attribute| {
            attribute.kind == NodeKind::Attribute
                && at.world.names().text(attribute.local) == "id"
                && wanted.contains(&attribute.value.as_str())
        });
        if has_id {
            found.push(NodeRef { tree: at.node.tree, node: element });
        }
    }
    steps::sort(&mut found, at.world);
    found
}

/// `lang()`: the nearest `xml:lang`, compared without its sub-tags and without case.
fn language(wanted: &str, at: At<'_>) -> bool {
    let tree = at.world.tree(at.node.tree);
    let names = at.world.names();
    let mut walk = at.node.node;
    while walk != NONE {
        let declared = tree.attributes(walk).filter_map(|index| tree.get(index)).find(|attribute| {
            names.text(attribute.local) == "lang" && names.text(attribute.space).ends_with("/XML/1998/namespace")
        });
        if let Some(declared) = declared {
            let (declared, wanted) = (declared.value.to_lowercase(), wanted.to_lowercase());
            return declared == wanted || declared.starts_with(&format!("{wanted}-"));
        }
        walk = tree.get(walk).map_or(NONE, |node| node.parent);
    }
    false
}
