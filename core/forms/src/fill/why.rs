//! "Why is this hidden or required?": the rule behind a question's state, and the values that the rule looked at.

use crate::fill::Fill;
use crate::key::NodeKey;
use crate::model::RuleIndex;
use crate::snapshot::{Effect, Input, Reason, Why};
use crate::tree::NodeIndex;
use crate::xpath::ast::{Axis, Expr, Path, Start, Test};
use crate::xpath::evaluate::{At, text};
use crate::xpath::table::Function;
use crate::xpath::value::NodeRef;

/// Most values listed for one rule; a sum over two hundred items does not fit a screen.
const MOST_INPUTS: usize = 20;

impl Fill {
    /// Why a question is hidden, required, read-only or in violation, and how it is calculated.
    pub fn why(&self, key: &NodeKey) -> Option<Why> {
        let node = self.node_of(key)?;
        let (model, state) = (self.model_of(node)?, self.states.get(node as usize)?);
        let mut reasons = Vec::new();
        for above in self.upwards(node) {
            let Some((shape, found)) = self.model_of(above).zip(self.states.get(above as usize)) else { continue };
            if !found.relevant {
                reasons.extend(self.reason(Effect::Hidden, shape.relevant, above));
            }
            if found.read_only {
                reasons.extend(self.reason(Effect::ReadOnly, shape.read_only, above));
            }
        }
        if state.required {
            reasons.extend(self.reason(Effect::Required, model.required, node));
        }
        if state.violated {
            reasons.extend(self.reason(Effect::Violated, model.constraint, node));
        }
        reasons.extend(self.reason(Effect::Calculated, model.calculate, node));
        Some(Why { key: key.clone(), label: self.title_of(node), reasons })
    }

    /// A node and the nodes around it, outermost last.
    fn upwards(&self, node: NodeIndex) -> Vec<NodeIndex> {
        let up = |index: &NodeIndex| self.tree.get(*index).map(|found| found.parent);
        std::iter::successors(Some(node), up).take_while(|index| self.model_of(*index).is_some()).collect()
    }

    fn reason(&self, effect: Effect, rule: Option<RuleIndex>, carrier: NodeIndex) -> Option<Reason> {
        let rule = self.form.inner.rule(rule?)?;
        let mut inputs = Vec::new();
        for read in &rule.reads {
            for node in self.read_nodes(*read, carrier) {
                inputs.push(self.input(node));
            }
        }
        let mut outside = Vec::new();
        secondary_paths(&rule.expr, &mut outside);
        for path in outside {
            inputs.extend(self.secondary_input(path, carrier));
        }
        inputs.truncate(MOST_INPUTS);
        Some(Reason {
            effect,
            carrier: self.key_of(carrier)?,
            carrier_label: self.title_of(carrier),
            expression: rule.text.clone(),
            inputs,
        })
    }

    /// The nodes that a rule reads, seen from the node that carries it.
    fn read_nodes(&self, read: crate::model::Read, carrier: NodeIndex) -> Vec<NodeIndex> {
        let Some(state) = self.states.get(carrier as usize) else { return Vec::new() };
        let mut item = state.item;
        let depth = |item: usize| {
            self.items.get(item).and_then(|found| self.form.inner.scope(found.scope)).map_or(0, |scope| scope.depth)
        };
        while depth(item) > read.shared {
            let Some(outer) = self.items.get(item).and_then(|found| found.parent) else { break };
            item = outer;
        }
        let leaf = |node: &NodeIndex| self.model_of(*node).is_some_and(|model| model.is_leaf());
        self.nodes_under(read.node, item).into_iter().filter(leaf).collect()
    }

    fn input(&self, node: NodeIndex) -> Input {
        let options = self.options_of(node);
        Input {
            reference: self.reference_of(node),
            key: self.key_of(node),
            label: self.title_of(node),
            value: self.tree.string_value(node),
            shown_value: self.shown_value(node, &options),
        }
    }

    fn secondary_input(&self, path: &Path, carrier: NodeIndex) -> Option<Input> {
        let reference = self.written(path)?;
        let at = At::carrier(self, NodeRef { tree: 0, node: carrier });
        let value = text(&Expr::Path(path.clone()), at);
        Some(Input { reference, key: None, label: String::new(), shown_value: value.clone(), value })
    }

    /// A plain path into a secondary instance, as the form writes it.
    fn written(&self, path: &Path) -> Option<String> {
        let Start::Filtered(primary, predicates) = &path.start else { return None };
        let Expr::Call(Function::Instance, arguments) = primary.as_ref() else { return None };
        let Some(Expr::Text(id)) = arguments.first() else { return None };
        let mut written = format!("instance('{id}')");
        for step in &path.steps {
            let Test::Name(name) = &step.test else { return None };
            if step.axis != Axis::Child || !step.predicates.is_empty() || !predicates.is_empty() {
                return None;
            }
            written = format!("{written}/{}", self.form.inner.names.text(*name));
        }
        Some(written)
    }

    /// The label of a question, or blank.
    fn title_of(&self, node: NodeIndex) -> String {
        self.control_of(node).map(|control| self.label(&control.label, node)).unwrap_or_default()
    }
}

/// Collects the paths into secondary instances.
fn secondary_paths<'e>(expr: &'e Expr, found: &mut Vec<&'e Path>) {
    match expr {
        Expr::Number(_) | Expr::Text(_) => {}
        Expr::Or(left, right)
        | Expr::And(left, right)
        | Expr::Compare(_, left, right)
        | Expr::Arithmetic(_, left, right)
        | Expr::Union(left, right) => {
            secondary_paths(left, found);
            secondary_paths(right, found);
        }
        Expr::Negate(inner) | Expr::Matches(inner, _) => secondary_paths(inner, found),
        Expr::Call(_, arguments) => arguments.iter().for_each(|argument| secondary_paths(argument, found)),
        Expr::Path(path) => {
            if matches!(&path.start, Start::Filtered(primary, _) if matches!(primary.as_ref(), Expr::Call(Function::Instance, _)))
            {
                found.push(path);
            }
        }
    }
}
