//! Resolves the paths of an expression against the form: which nodes it reads, where a path leads straight to its
//! nodes, where a hash index answers it.
//!
//! Absolute paths inside a repeat mean the same item as the node that carries the expression (ODK); a predicate on the
//! repeat, or a path that ends at the repeat itself, means all items.

use crate::compile::Compiler;
use crate::model::{ModelIndex, ModelNode, Read};
use crate::names::NO_NAME;
use crate::problem::FormProblemCode;
use crate::xpath::ast::{Axis, Expr, Path, Resolved, Start, Step, Test};
use crate::xpath::table::Function;

/// An expression ready to be evaluated.
pub(crate) struct Compiled {
    pub(crate) expr: Expr,
    pub(crate) reads: Vec<Read>,
}

/// A node that a path has reached.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reached {
    node: ModelIndex,
    /// Depth of the innermost scope shared with the carrier.
    shared: usize,
    /// Whether an absolute path still follows the carrier's own items.
    bound: bool,
}

/// Where a path is.
#[derive(Debug, Clone)]
enum Spot {
    /// The document node of the primary instance.
    Document,
    Nodes(Vec<Reached>),
    /// In a secondary instance, or no node-set at all.
    Elsewhere,
}

impl Compiler {
    /// Reads and resolves an expression carried by a node.
    pub(crate) fn expression(&mut self, text: &str, carrier: ModelIndex, at: &str) -> Option<Compiled> {
        let mut expr = self.read(text, at)?;
        let depth = self.depth_of(carrier);
        let context = Spot::Nodes(vec![Reached { node: carrier, shared: depth, bound: false }]);
        let mut resolver = Resolver { compiler: self, carrier, depth, reads: Vec::new(), at, text };
        resolver.expr(&mut expr, &context, true);
        let mut reads = resolver.reads;
        reads.sort();
        reads.dedup();
        Some(Compiled { expr, reads })
    }

    fn depth_of(&self, node: ModelIndex) -> usize {
        let scope = self.nodes.get(node as usize).map_or(0, |found| found.scope);
        self.scopes.get(scope as usize).map_or(0, |found| found.depth)
    }

    /// Scopes from the form to the one of a node.
    pub(crate) fn chain_of(&self, node: ModelIndex) -> Vec<u32> {
        let scope = self.nodes.get(node as usize).map(|found| found.scope);
        let outer = |inner: &u32| self.scopes.get(*inner as usize).and_then(|found| found.parent);
        let mut chain: Vec<u32> = std::iter::successors(scope, outer).collect();
        chain.reverse();
        chain
    }
}

struct Resolver<'c> {
    compiler: &'c mut Compiler,
    carrier: ModelIndex,
    depth: usize,
    reads: Vec<Read>,
    at: &'c str,
    text: &'c str,
}

impl Resolver<'_> {
    fn node(&self, index: ModelIndex) -> Option<&ModelNode> {
        self.compiler.nodes.get(index as usize)
    }

    fn carrier_spot(&self) -> Spot {
        Spot::Nodes(vec![Reached { node: self.carrier, shared: self.depth, bound: false }])
    }

    /// Resolves an expression; gives where its nodes are. `top` says that the context node is the carrier.
    fn expr(&mut self, expr: &mut Expr, context: &Spot, top: bool) -> Spot {
        match expr {
            Expr::Number(_) | Expr::Text(_) => Spot::Elsewhere,
            Expr::Or(left, right) | Expr::And(left, right) => self.both(left, right, context, top),
            Expr::Compare(_, left, right) | Expr::Arithmetic(_, left, right) => self.both(left, right, context, top),
            Expr::Negate(inner) | Expr::Matches(inner, _) => {
                self.expr(inner, context, top);
                Spot::Elsewhere
            }
            Expr::Union(left, right) => {
                let (left, right) = (self.expr(left, context, top), self.expr(right, context, top));
                match (left, right) {
                    (Spot::Nodes(mut left), Spot::Nodes(right)) => {
                        left.extend(right);
                        Spot::Nodes(left)
                    }
                    (Spot::Elsewhere, other) | (other, _) => other,
                }
            }
            Expr::Call(function, arguments) => self.call(*function, arguments, context, top),
            Expr::Path(path) => self.path(path, context, top, false),
        }
    }

    fn both(&mut self, left: &mut Expr, right: &mut Expr, context: &Spot, top: bool) -> Spot {
        self.expr(left, context, top);
        self.expr(right, context, top);
        Spot::Elsewhere
    }

    fn call(&mut self, function: Function, arguments: &mut [Expr], context: &Spot, top: bool) -> Spot {
        match function {
            Function::Current => return self.carrier_spot(),
            Function::Instance => {
                self.check_instance(arguments.first());
                return Spot::Elsewhere;
            }
            Function::ChoiceName => self.check_choice_name(arguments.get(1)),
            _ => {}
        }
        let mut first = Spot::Elsewhere;
        for (place, argument) in arguments.iter_mut().enumerate() {
            let free = function == Function::IndexedRepeat && matches!(place, 0 | 1 | 3 | 5);
            let spot = match argument {
                Expr::Path(path) if free => self.path(path, context, top, true),
                other => self.expr(other, context, top),
            };
            if place == 0 {
                first = spot;
            }
        }
        if function == Function::Position
            && let Spot::Nodes(nodes) = &first
        {
            // Where an item stands changes when items before it come and go.
            let outer: Vec<Read> = nodes
                .iter()
                .filter(|reached| self.node(reached.node).is_some_and(|node| node.is_repeat))
                .map(|reached| Read {
                    node: reached.node,
                    shared: self.compiler.depth_of(reached.node).saturating_sub(1),
                })
                .collect();
            self.reads.extend(outer);
        }
        if function == Function::Randomize { first } else { Spot::Elsewhere }
    }

    fn check_instance(&mut self, id: Option<&Expr>) {
        match id {
            Some(Expr::Text(id)) if self.compiler.instance_number(id).is_some() => {}
            Some(Expr::Text(id)) => {
                self.compiler.problem(self.at, FormProblemCode::Undefined, format!("instance('{id}')"));
            }
            _ => self.compiler.problem(self.at, FormProblemCode::OutsideProfile, "instance() of a computed name"),
        }
    }

    fn check_choice_name(&mut self, question: Option<&Expr>) {
        match question {
            Some(Expr::Text(path)) if self.compiler.by_path.contains_key(path.trim()) => {}
            Some(Expr::Text(path)) => {
                self.compiler.problem(self.at, FormProblemCode::NoSuchNode, format!("jr:choice-name of {path}"));
            }
            _ => self.compiler.problem(self.at, FormProblemCode::OutsideProfile, "jr:choice-name of a computed path"),
        }
    }

    /// Resolves a path. `free` paths (of indexed-repeat) follow no item of their own.
    fn path(&mut self, path: &mut Path, context: &Spot, top: bool, free: bool) -> Spot {
        let from_carrier = match &path.start {
            Start::Root => true,
            Start::Context => top,
            Start::Filtered(primary, predicates) => {
                predicates.is_empty() && matches!(primary.as_ref(), Expr::Call(Function::Current, _))
            }
        };
        let mut spot = self.start(&mut path.start, context, top);
        let mut plain = Some(0);
        let mut last_plain = spot.clone();
        let count = path.steps.len();
        for (place, step) in path.steps.iter_mut().enumerate() {
            let straight =
                step.predicates.is_empty() && matches!(step.axis, Axis::Child | Axis::Parent | Axis::SelfNode);
            spot = self.step(step, &spot, free);
            let single = matches!(&spot, Spot::Nodes(nodes) if nodes.len() == 1);
            if straight && single && plain == Some(place) {
                plain = Some(place + 1);
                last_plain = spot.clone();
            }
        }
        let whole = plain == Some(count) && count > 0;
        if whole {
            spot = self.unbind_last(spot);
            last_plain = spot.clone();
        }
        if let (true, false, Some(steps), Spot::Nodes(nodes)) = (from_carrier, free, plain, &last_plain)
            && steps > 0
            && let [reached] = nodes.as_slice()
        {
            path.resolved = Some(self.resolved(*reached, steps));
        }
        if path.resolved.is_none() {
            path.lookup = self.compiler.lookup(path);
        }
        self.note_reads(&spot, free);
        spot
    }

    /// A path that ends at a repeat means all its items, not the carrier's own.
    fn unbind_last(&self, spot: Spot) -> Spot {
        let Spot::Nodes(nodes) = spot else { return spot };
        let unbind = |reached: Reached| match self.node(reached.node) {
            Some(node) if node.is_repeat && reached.bound => {
                Reached { shared: reached.shared.saturating_sub(1), bound: false, ..reached }
            }
            _ => reached,
        };
        Spot::Nodes(nodes.into_iter().map(unbind).collect())
    }

    fn resolved(&self, reached: Reached, steps: usize) -> Resolved {
        let chain = self.compiler.chain_of(reached.node);
        let through = chain.into_iter().skip(reached.shared + 1).collect();
        Resolved { climb: self.depth.saturating_sub(reached.shared), through, target: reached.node, steps }
    }

    fn note_reads(&mut self, spot: &Spot, free: bool) {
        if let Spot::Nodes(nodes) = spot {
            let shared = |reached: &Reached| if free { 0 } else { reached.shared };
            self.reads.extend(nodes.iter().map(|reached| Read { node: reached.node, shared: shared(reached) }));
        }
    }

    fn start(&mut self, start: &mut Start, context: &Spot, top: bool) -> Spot {
        match start {
            Start::Root => Spot::Document,
            Start::Context => context.clone(),
            Start::Filtered(primary, predicates) => {
                let mut spot = self.expr(primary, context, top);
                for predicate in predicates {
                    spot = self.loosen(spot);
                    self.expr(predicate, &spot, false);
                }
                spot
            }
        }
    }

    fn step(&mut self, step: &mut Step, from: &Spot, free: bool) -> Spot {
        let mut spot = match from {
            Spot::Elsewhere => Spot::Elsewhere,
            Spot::Document => self.first_step(step, free),
            Spot::Nodes(nodes) => {
                let mut found: Vec<Reached> = Vec::new();
                for reached in nodes.clone() {
                    found.extend(self.walk(step, reached, free));
                }
                found.dedup();
                Spot::Nodes(found)
            }
        };
        if let Spot::Nodes(nodes) = &spot
            && nodes.is_empty()
            && !matches!(from, Spot::Nodes(before) if before.is_empty())
        {
            self.compiler.problem(self.at, FormProblemCode::NoSuchNode, self.text);
        }
        for predicate in &mut step.predicates {
            spot = self.loosen(spot);
            self.expr(predicate, &spot, false);
        }
        spot
    }

    /// A predicate looks at all items.
    fn loosen(&self, spot: Spot) -> Spot {
        self.unbind_last(spot)
    }

    fn first_step(&mut self, step: &Step, free: bool) -> Spot {
        let document = Reached { node: 0, shared: 0, bound: !free };
        let found = match step.axis {
            Axis::Child => self.matching(&[0], step, document),
            Axis::Descendant | Axis::DescendantOrSelf => {
                let all: Vec<ModelIndex> =
                    (0..self.compiler.nodes.len()).filter_map(|index| u32::try_from(index).ok()).collect();
                self.matching(&all, step, Reached { bound: false, ..document })
            }
            Axis::SelfNode => return Spot::Document,
            _ => Vec::new(),
        };
        Spot::Nodes(found)
    }

    fn walk(&mut self, step: &Step, from: Reached, free: bool) -> Vec<Reached> {
        let Some(node) = self.node(from.node) else { return Vec::new() };
        let (children, parent) = (node.children.clone(), node.parent);
        match step.axis {
            Axis::SelfNode => self.matching(&[from.node], step, from),
            Axis::Child => self.matching(&children, step, from),
            Axis::Parent => match parent {
                Some(parent) => self.matching(&[parent], step, self.leave(from, parent)),
                None => Vec::new(),
            },
            Axis::Descendant | Axis::DescendantOrSelf => {
                let mut all = self.below(from.node);
                if step.axis == Axis::Descendant {
                    all.retain(|index| *index != from.node);
                }
                self.matching(&all, step, Reached { bound: false, ..from })
            }
            Axis::Ancestor | Axis::AncestorOrSelf => {
                let up: Vec<ModelIndex> =
                    std::iter::successors(parent, |index| self.node(*index).and_then(|found| found.parent)).collect();
                let loose = Reached { shared: 0, bound: false, ..from };
                self.matching(&up, step, loose)
            }
            Axis::FollowingSibling | Axis::PrecedingSibling => {
                let Some(parent) = parent else { return Vec::new() };
                let siblings = self.node(parent).map(|found| found.children.clone()).unwrap_or_default();
                let outside = self.leave(from, parent);
                self.matching(&siblings, step, Reached { bound: false, ..outside })
            }
            Axis::Attribute | Axis::Namespace | Axis::Following | Axis::Preceding => {
                let _ = free;
                let detail = format!("{} (an axis that answers do not have)", self.text);
                self.compiler.problem(self.at, FormProblemCode::OutsideProfile, detail);
                vec![from]
            }
        }
    }

    fn below(&self, top: ModelIndex) -> Vec<ModelIndex> {
        let mut found = Vec::new();
        let mut work = vec![top];
        while let Some(index) = work.pop() {
            found.push(index);
            work.extend(self.node(index).map(|node| node.children.iter().rev()).into_iter().flatten());
        }
        found
    }

    /// Climbing out of an item loses what its scope shared.
    fn leave(&self, from: Reached, parent: ModelIndex) -> Reached {
        Reached { node: parent, shared: from.shared.min(self.compiler.depth_of(parent)), bound: from.bound }
    }

    /// The candidates that a step takes.
    fn matching(&mut self, candidates: &[ModelIndex], step: &Step, from: Reached) -> Vec<Reached> {
        if matches!(step.test, Test::Text | Test::Comment | Test::Instruction(_)) {
            let detail = format!("{} (answers have no such nodes)", self.text);
            self.compiler.problem(self.at, FormProblemCode::OutsideProfile, detail);
            return vec![from];
        }
        let carrier = self.compiler.chain_of(self.carrier);
        let mut found = Vec::new();
        for candidate in candidates {
            let Some(node) = self.node(*candidate).filter(|node| takes(&step.test, node)) else { continue };
            let mut reached = Reached { node: *candidate, ..from };
            // An absolute path that enters a repeat around the carrier means the carrier's own item.
            if step.axis == Axis::Child && node.is_repeat {
                let own = from.bound && carrier.contains(&node.scope);
                reached.bound = own;
                if own {
                    reached.shared = self.compiler.depth_of(*candidate);
                }
            }
            found.push(reached);
        }
        found
    }
}

fn takes(test: &Test, node: &ModelNode) -> bool {
    match test {
        Test::AnyName | Test::AnyNode => true,
        Test::Space(space) => node.name.space == *space,
        Test::Name(local) => node.name.local == *local && node.name.prefix == NO_NAME,
        Test::Qualified(space, local) => node.name.local == *local && node.name.space == *space,
        Test::Text | Test::Comment | Test::Instruction(_) => false,
    }
}
