//! Keeps everything computed: a change queues the rules that read it, rules run in dependency order.
//!
//! Never evaluates a rule whose inputs did not change.

use crate::fill::Fill;
use crate::model::{DataType, ModelIndex, Reader, RuleIndex, RuleKind, ScopeIndex};
use crate::snapshot::ValueOrigin;
use crate::tree::{NodeIndex, NodeKind};
use crate::xpath::ast::Expr;
use crate::xpath::dates;
use crate::xpath::evaluate::{At, evaluate};
use crate::xpath::table::Function;
use crate::xpath::value::{NodeRef, Value};

/// Most items that a count may ask for; our figure, far above any real list.
const MOST_ITEMS: f64 = 10_000.0;

impl Fill {
    /// Evaluates everything that is queued.
    pub(super) fn run(&mut self) {
        while let Some((rule, node)) = self.queue.pop_first() {
            self.apply(rule, node);
        }
    }

    fn apply(&mut self, index: RuleIndex, node: NodeIndex) {
        let form = self.form.clone();
        let Some(rule) = form.inner.rule(index) else { return };
        let alive = self.tree.get(node).is_some_and(|found| found.kind == NodeKind::Element);
        if !alive || self.states.get(node as usize).is_none_or(|state| state.model != rule.carrier) {
            return;
        }
        if rule.kind == RuleKind::Constraint && self.tree.get(node).is_some_and(|found| found.value.is_empty()) {
            // Nothing has been answered, so nothing can be wrong with it.
            return self.flag(node, |state| &mut state.violated, false);
        }
        let value = evaluate(&rule.expr, At::carrier(self, NodeRef { tree: 0, node }));
        match rule.kind {
            RuleKind::Relevant => self.set_relevant(node, value.truth()),
            RuleKind::Required => self.flag(node, |state| &mut state.required, value.truth()),
            RuleKind::ReadOnly => self.flag(node, |state| &mut state.read_only, value.truth()),
            RuleKind::Constraint => self.flag(node, |state| &mut state.violated, !value.truth()),
            RuleKind::Calculate => {
                let once = matches!(rule.expr, Expr::Call(Function::Once, _));
                let text = self.coerce(value, rule.carrier);
                self.calculated_value(node, &text, once);
            }
            RuleKind::Count(scope) => {
                let wanted = value.number(self);
                self.set_count(scope, node, wanted);
            }
        }
    }

    fn calculated_value(&mut self, node: NodeIndex, text: &str, once: bool) {
        let unchanged = self.tree.get(node).is_some_and(|found| found.value == text);
        if once && unchanged {
            // Restored, or typed over by a person: stays what it is.
            return;
        }
        self.put(node, text, if once { ValueOrigin::Default } else { ValueOrigin::Calculated });
    }

    fn flag(&mut self, node: NodeIndex, of: impl Fn(&mut super::NodeState) -> &mut bool, value: bool) {
        if let Some(state) = self.states.get_mut(node as usize) {
            let place = of(state);
            if *place != value {
                *place = value;
                self.touched.insert(node);
            }
        }
    }

    /// The text of a result, in the form that the node's type has.
    pub(super) fn coerce(&self, value: Value, model: ModelIndex) -> String {
        let data = self.form.inner.node(model).map_or(DataType::Text, |node| node.data);
        let offset = *self.environment.now.offset();
        match (&value, data) {
            (Value::Number(number), _) if number.is_nan() => String::new(),
            (Value::Number(number), DataType::Integer) => crate::xpath::number::print(number.trunc()),
            (Value::Number(days), DataType::Date) => {
                let text = dates::from_days(*days, &offset).unwrap_or_default();
                text.split('T').next().unwrap_or_default().to_owned()
            }
            (Value::Number(days), DataType::DateTime) => dates::from_days(*days, &offset).unwrap_or_default(),
            _ => value.text(self),
        }
    }

    /// Puts a value on a node and queues what reads it.
    pub(super) fn put(&mut self, node: NodeIndex, value: &str, origin: ValueOrigin) {
        let changed = self.tree.get(node).is_some_and(|found| found.value != value);
        self.put_quietly(node, value, origin);
        if changed {
            self.touched.insert(node);
            self.value_changed(node);
        }
    }

    /// Puts a value on a node whose readers are queued anyway.
    pub(super) fn put_quietly(&mut self, node: NodeIndex, value: &str, origin: ValueOrigin) {
        if let Some(found) = self.tree.get_mut(node) {
            value.clone_into(&mut found.value);
        }
        if let Some(state) = self.states.get_mut(node as usize) {
            state.origin = origin;
        }
    }

    fn set_relevant(&mut self, node: NodeIndex, relevant: bool) {
        if let Some(state) = self.states.get_mut(node as usize) {
            state.relevant = relevant;
        }
        self.spread_hidden(node);
    }

    /// Hides or shows a node with what is inside, as far as that changes.
    fn spread_hidden(&mut self, top: NodeIndex) {
        let mut work = vec![top];
        while let Some(node) = work.pop() {
            let Some(found) = self.tree.get(node) else { continue };
            let (before, parent) = (found.hidden, found.parent);
            let around = self.tree.get(parent).is_some_and(|above| above.hidden);
            let hidden = around || self.states.get(node as usize).is_some_and(|state| !state.relevant);
            if hidden == before {
                continue;
            }
            if let Some(found) = self.tree.get_mut(node) {
                found.hidden = hidden;
            }
            self.touched.insert(node);
            self.value_changed(node);
            work.extend(self.tree.children(node));
        }
    }

    /// Queues the readers of a node.
    fn value_changed(&mut self, node: NodeIndex) {
        let form = self.form.clone();
        let Some(state) = self.states.get(node as usize) else { return };
        let (model, item) = (state.model, state.item);
        let Some(shape) = form.inner.node(model) else { return };
        if let Some(rule) = shape.constraint {
            self.queue.insert((rule, node));
        }
        for reader in &shape.readers {
            // A calculation does not run again because of its own result.
            if shape.calculate == Some(reader.rule) {
                continue;
            }
            self.queue_reader(*reader, item);
        }
    }

    /// Queues the readers of how many items a repeat has.
    pub(super) fn items_changed(&mut self, scope: ScopeIndex, parent: usize) {
        let form = self.form.clone();
        for reader in form.inner.scope(scope).map(|found| found.readers.as_slice()).unwrap_or_default() {
            self.queue_reader(*reader, parent);
        }
    }

    /// Queues a rule at each node that shares the reader's scopes with an item.
    fn queue_reader(&mut self, reader: Reader, item: usize) {
        for node in self.reader_nodes(reader, item) {
            self.queue.insert((reader.rule, node));
        }
    }

    fn reader_nodes(&self, reader: Reader, item: usize) -> Vec<NodeIndex> {
        let model = &self.form.inner;
        let Some(carrier) = model.rule(reader.rule).and_then(|rule| model.node(rule.carrier)) else {
            return Vec::new();
        };
        let depth = |item: usize| {
            self.items.get(item).and_then(|found| model.scope(found.scope)).map_or(0, |scope| scope.depth)
        };
        let mut shared = item;
        while depth(shared) > reader.shared {
            let Some(outer) = self.items.get(shared).and_then(|found| found.parent) else { break };
            shared = outer;
        }
        let mut items = vec![shared];
        if self.items.get(shared).is_none_or(|found| found.scope != carrier.scope) {
            for scope in model.scope_chain(carrier.scope).into_iter().skip(depth(shared) + 1) {
                items = items.iter().flat_map(|outer| self.items_of(scope, *outer).iter().copied()).collect();
            }
        }
        let nodes = items.iter().filter_map(|item| self.items.get(*item)?.nodes.get(carrier.offset).copied());
        nodes.collect()
    }

    /// Makes or removes items until there are as many as the form says.
    fn set_count(&mut self, scope: ScopeIndex, around: NodeIndex, wanted: f64) {
        let Some(parent) = self.states.get(around as usize).map(|state| state.item) else { return };
        let wanted = if wanted.is_nan() { 0 } else { wanted.clamp(0.0, MOST_ITEMS) as usize };
        let before = self.items_of(scope, parent).len();
        if before == wanted {
            return;
        }
        for ordinal in before..wanted {
            let id = self.own_id(scope, parent, ordinal + 1);
            let form = self.form.clone();
            let initial = form.inner.scope(scope).and_then(|found| found.initial.get(ordinal));
            self.create_item(scope, parent, id, initial);
        }
        let surplus: Vec<usize> = self.items_of(scope, parent).iter().skip(wanted).copied().collect();
        for item in surplus.into_iter().rev() {
            self.delete_item(item);
        }
        self.tree.number();
        self.items_changed(scope, parent);
    }
}
