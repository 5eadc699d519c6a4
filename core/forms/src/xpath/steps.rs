//! Walks the axes of a location path.
//!
//! Gives nodes in document order and once each; positions inside a predicate count along the axis.

use crate::names::NO_NAME;
use crate::tree::{NONE, Node, NodeIndex, NodeKind, Tree};
use crate::xpath::ast::{Axis, Expr, Step, Test};
use crate::xpath::evaluate::{At, evaluate};
use crate::xpath::value::{NodeRef, Value};
use crate::xpath::world::World;

/// Takes one step from each of the nodes.
pub(crate) fn step(step: &Step, from: &[NodeRef], at: At<'_>) -> Vec<NodeRef> {
    let mut found = Vec::new();
    for node in from {
        let tree = at.world.tree(node.tree);
        let mut reached = walk(tree, *node, step.axis);
        reached.retain(|to| tree.get(to.node).is_some_and(|target| takes(&step.test, target, step.axis)));
        for predicate in &step.predicates {
            reached = filter(predicate, reached, at);
        }
        found.extend(reached);
    }
    if from.len() > 1 || step.axis.backwards() {
        sort(&mut found, at.world);
    }
    found
}

/// Keeps the nodes for which a predicate holds.
pub(crate) fn filter(predicate: &Expr, nodes: Vec<NodeRef>, at: At<'_>) -> Vec<NodeRef> {
    if let Expr::Number(position) = predicate {
        return nodes
            .into_iter()
            .enumerate()
            .filter(|(place, _)| (place + 1) as f64 == *position)
            .map(|(_, n)| n)
            .collect();
    }
    let size = nodes.len();
    let mut kept = Vec::new();
    for (place, node) in nodes.into_iter().enumerate() {
        let here = At { node, position: place + 1, size, ..at };
        let holds = match evaluate(predicate, here) {
            Value::Number(position) => position == (place + 1) as f64,
            other => other.truth(),
        };
        if holds {
            kept.push(node);
        }
    }
    kept
}

/// Document order, each node once.
pub(crate) fn sort(nodes: &mut Vec<NodeRef>, world: &dyn World) {
    let order = |node: &NodeRef| (node.tree, world.tree(node.tree).get(node.node).map_or(0, |found| found.order));
    if !nodes.is_sorted_by(|left, right| order(left) < order(right)) {
        nodes.sort_by_key(order);
        nodes.dedup();
    }
}

/// Leaves out nodes that are not relevant: expressions read them as blank.
pub(crate) fn drop_hidden(nodes: &mut Vec<NodeRef>, world: &dyn World) {
    nodes.retain(|node| node.tree != 0 || world.tree(0).get(node.node).is_some_and(|found| !found.hidden));
}

fn takes(test: &Test, node: &Node, axis: Axis) -> bool {
    let principal = match axis {
        Axis::Attribute => NodeKind::Attribute,
        Axis::Namespace => NodeKind::Namespace,
        _ => NodeKind::Element,
    };
    match test {
        Test::AnyNode => true,
        Test::Text => node.kind == NodeKind::Text,
        Test::Comment => node.kind == NodeKind::Comment,
        Test::Instruction(target) => {
            node.kind == NodeKind::Instruction && target.is_none_or(|target| node.local == target)
        }
        _ if node.kind != principal => false,
        Test::AnyName => true,
        Test::Space(space) => node.space == *space,
        Test::Name(local) => node.local == *local && node.prefix == NO_NAME,
        Test::Qualified(space, local) => node.local == *local && node.space == *space,
    }
}

/// The nodes of an axis, in the order in which positions count.
fn walk(tree: &Tree, from: NodeRef, axis: Axis) -> Vec<NodeRef> {
    let nodes = match axis {
        Axis::SelfNode => vec![from.node],
        Axis::Child => tree.children(from.node).collect(),
        Axis::Parent => parent(tree, from.node).into_iter().collect(),
        Axis::Attribute => of_kind(tree, from.node, NodeKind::Attribute),
        Axis::Namespace => namespaces(tree, from.node),
        Axis::Descendant => tree.descendants(from.node),
        Axis::DescendantOrSelf => with_self(from.node, tree.descendants(from.node)),
        Axis::Ancestor => ancestors(tree, from.node),
        Axis::AncestorOrSelf => with_self(from.node, ancestors(tree, from.node)),
        Axis::FollowingSibling => siblings(tree, from.node, |node| node.next),
        Axis::PrecedingSibling => siblings(tree, from.node, |node| node.previous),
        Axis::Following => following(tree, from.node),
        Axis::Preceding => preceding(tree, from.node),
    };
    nodes.into_iter().map(|node| NodeRef { tree: from.tree, node }).collect()
}

fn with_self(node: NodeIndex, others: Vec<NodeIndex>) -> Vec<NodeIndex> {
    std::iter::once(node).chain(others).collect()
}

fn parent(tree: &Tree, node: NodeIndex) -> Option<NodeIndex> {
    tree.get(node).map(|found| found.parent).filter(|parent| *parent != NONE)
}

fn of_kind(tree: &Tree, element: NodeIndex, kind: NodeKind) -> Vec<NodeIndex> {
    tree.attributes(element).filter(|index| tree.get(*index).is_some_and(|node| node.kind == kind)).collect()
}

fn namespaces(tree: &Tree, element: NodeIndex) -> Vec<NodeIndex> {
    of_kind(tree, element, NodeKind::Namespace)
}

fn ancestors(tree: &Tree, node: NodeIndex) -> Vec<NodeIndex> {
    std::iter::successors(parent(tree, node), |up| parent(tree, *up)).collect()
}

fn is_attribute(tree: &Tree, node: NodeIndex) -> bool {
    tree.get(node).is_some_and(|found| matches!(found.kind, NodeKind::Attribute | NodeKind::Namespace))
}

fn siblings(tree: &Tree, node: NodeIndex, next: impl Fn(&Node) -> NodeIndex) -> Vec<NodeIndex> {
    if is_attribute(tree, node) {
        return Vec::new();
    }
    let step = |index: NodeIndex| tree.get(index).map(&next).filter(|found| *found != NONE);
    std::iter::successors(step(node), |current| step(*current)).collect()
}

fn following(tree: &Tree, node: NodeIndex) -> Vec<NodeIndex> {
    let mut found = Vec::new();
    // What follows an attribute begins with the children of its element.
    if is_attribute(tree, node)
        && let Some(owner) = parent(tree, node)
    {
        found.extend(tree.descendants(owner));
        found.extend(following(tree, owner));
        return found;
    }
    for up in with_self(node, ancestors(tree, node)) {
        for sibling in siblings(tree, up, |node| node.next) {
            found.push(sibling);
            found.extend(tree.descendants(sibling));
        }
    }
    found
}

fn preceding(tree: &Tree, node: NodeIndex) -> Vec<NodeIndex> {
    let node = if is_attribute(tree, node) { parent(tree, node).unwrap_or(node) } else { node };
    let mut found = Vec::new();
    for up in with_self(node, ancestors(tree, node)) {
        for sibling in siblings(tree, up, |node| node.previous) {
            let mut below = tree.descendants(sibling);
            below.reverse();
            found.extend(below);
            found.push(sibling);
        }
    }
    found
}
