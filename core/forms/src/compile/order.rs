//! Puts the rules in the order in which they are evaluated, and tells every node and repeat who reads it.
//!
//! A circle is a problem: no order would make its values right.

use std::collections::BTreeSet;

use crate::compile::Compiler;
use crate::model::{Reader, Rule, RuleIndex, RuleKind};
use crate::problem::FormProblemCode;

/// Sorts the rules and fills in the readers.
pub(crate) fn sort(compiler: &mut Compiler) {
    let edges = edges(compiler);
    let order = match topological(&edges) {
        Ok(order) => order,
        Err(stuck) => {
            for rule in stuck {
                let Some(found) = compiler.rules.get(rule) else { continue };
                let path = compiler.nodes.get(found.carrier as usize).map(|node| node.path.clone()).unwrap_or_default();
                let text = found.text.clone();
                compiler.problem(format!("bind {path}"), FormProblemCode::Circle, text);
            }
            return;
        }
    };
    reorder(compiler, &order);
    fill_readers(compiler);
}

/// For each rule the rules that read what it writes.
fn edges(compiler: &Compiler) -> Vec<BTreeSet<usize>> {
    let mut readers: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); compiler.nodes.len()];
    for (index, rule) in compiler.rules.iter().enumerate() {
        for read in &rule.reads {
            if let Some(slot) = readers.get_mut(read.node as usize) {
                slot.insert(index);
            }
        }
    }
    let of = |node: u32| readers.get(node as usize).into_iter().flatten().copied();
    let mut edges = Vec::new();
    for (index, rule) in compiler.rules.iter().enumerate() {
        let mut targets: BTreeSet<usize> = match rule.kind {
            RuleKind::Calculate => of(rule.carrier).collect(),
            RuleKind::Relevant => below(compiler, rule.carrier).into_iter().flat_map(of).collect(),
            RuleKind::Count(scope) => {
                let repeat = compiler.scopes.get(scope as usize).map_or(0, |found| found.node);
                below(compiler, repeat).into_iter().flat_map(of).collect()
            }
            RuleKind::Required | RuleKind::ReadOnly | RuleKind::Constraint => BTreeSet::new(),
        };
        // A calculation may look at its own present value (`once()`, "keep what is there").
        if rule.kind == RuleKind::Calculate {
            targets.remove(&index);
        }
        edges.push(targets);
    }
    edges
}

fn below(compiler: &Compiler, top: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut work = vec![top];
    while let Some(index) = work.pop() {
        found.push(index);
        work.extend(compiler.nodes.get(index as usize).map(|node| node.children.iter()).into_iter().flatten());
    }
    found
}

/// An order in which every edge points forward, or the rules that are in or behind a circle.
fn topological(edges: &[BTreeSet<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut waiting = vec![0usize; edges.len()];
    for target in edges.iter().flatten() {
        if let Some(count) = waiting.get_mut(*target) {
            *count += 1;
        }
    }
    let mut ready: BTreeSet<usize> =
        waiting.iter().enumerate().filter(|(_, count)| **count == 0).map(|(index, _)| index).collect();
    let mut order = Vec::new();
    while let Some(next) = ready.pop_first() {
        order.push(next);
        for target in edges.get(next).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(*target) {
                *count -= 1;
                if *count == 0 {
                    ready.insert(*target);
                }
            }
        }
    }
    if order.len() == edges.len() {
        return Ok(order);
    }
    let done: BTreeSet<usize> = order.into_iter().collect();
    Err((0..edges.len()).filter(|index| !done.contains(index)).collect())
}

fn reorder(compiler: &mut Compiler, order: &[usize]) {
    let mut places = vec![0u32; order.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(place) = places.get_mut(*old) {
            *place = u32::try_from(new).unwrap_or(u32::MAX);
        }
    }
    let moved = |rule: Option<RuleIndex>| rule.and_then(|old| places.get(old as usize).copied());
    for node in &mut compiler.nodes {
        node.relevant = moved(node.relevant);
        node.required = moved(node.required);
        node.read_only = moved(node.read_only);
        node.constraint = moved(node.constraint);
        node.calculate = moved(node.calculate);
        node.counts = node.counts.iter().filter_map(|old| moved(Some(*old))).collect();
    }
    let mut old: Vec<Option<Rule>> = std::mem::take(&mut compiler.rules).into_iter().map(Some).collect();
    compiler.rules = order.iter().filter_map(|place| old.get_mut(*place).and_then(Option::take)).collect();
}

fn fill_readers(compiler: &mut Compiler) {
    let mut value_readers: Vec<(u32, Reader)> = Vec::new();
    let mut item_readers: Vec<(u32, Reader)> = Vec::new();
    for (index, rule) in compiler.rules.iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        for read in &rule.reads {
            let reader = Reader { rule: index, shared: read.shared };
            value_readers.push((read.node, reader));
            let inner = compiler.chain_of(read.node).into_iter().skip(read.shared + 1);
            item_readers.extend(inner.map(|scope| (scope, reader)));
        }
    }
    for (node, reader) in value_readers {
        if let Some(found) = compiler.nodes.get_mut(node as usize) {
            found.readers.push(reader);
        }
    }
    for (scope, reader) in item_readers {
        if let Some(found) = compiler.scopes.get_mut(scope as usize) {
            found.readers.push(reader);
        }
    }
    for readers in compiler.nodes.iter_mut().map(|node| &mut node.readers) {
        readers.sort();
        readers.dedup();
    }
    for readers in compiler.scopes.iter_mut().map(|scope| &mut scope.readers) {
        readers.sort();
        readers.dedup();
    }
}
