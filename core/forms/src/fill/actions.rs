//! What the form fills in by itself: preloads and `setvalue`.

use crate::fill::Fill;
use crate::model::{ActionValue, Event, ModelIndex, Preload};
use crate::snapshot::ValueOrigin;
use crate::tree::NodeIndex;
use crate::xpath::dates;
use crate::xpath::evaluate::{At, evaluate};
use crate::xpath::value::NodeRef;

impl Fill {
    /// Fills in what binds ask for when a fill begins.
    pub(super) fn preload(&mut self) {
        let form = self.form.clone();
        for (index, node) in form.inner.nodes.iter().enumerate() {
            let Some(preload) = node.preload else { continue };
            let value = match preload {
                Preload::RecordId => format!("uuid:{}", uuid::Uuid::from_bytes(self.environment.fill)),
                Preload::Start => dates::print(self.environment.now),
                Preload::Today => self.environment.now.date_naive().format("%Y-%m-%d").to_string(),
            };
            let Ok(model) = ModelIndex::try_from(index) else { continue };
            for place in self.nodes_under(model, 0) {
                if self.tree.get(place).is_some_and(|found| found.value.is_empty()) {
                    self.put(place, &value, ValueOrigin::Default);
                }
            }
        }
        self.run();
    }

    /// Runs the actions of an event. With an item, only on targets inside it or around it.
    pub(super) fn run_actions(&mut self, event: Event, trigger: Option<ModelIndex>, item: Option<usize>) {
        let form = self.form.clone();
        for action in &form.inner.actions {
            if !action.events.contains(&event) || (trigger.is_some() && action.trigger != trigger) {
                continue;
            }
            let targets = match item {
                Some(item) => match self.node_in(item, action.target) {
                    Some(node) => vec![node],
                    None => self.nodes_under(action.target, item),
                },
                None => self.nodes_under(action.target, 0),
            };
            for node in targets {
                let value = match &action.value {
                    ActionValue::Text(text) => text.clone(),
                    ActionValue::Computed(expr) => {
                        let value = evaluate(expr, At::carrier(self, NodeRef { tree: 0, node }));
                        self.coerce(value, action.target)
                    }
                };
                self.put(node, &value, ValueOrigin::Default);
                self.run();
            }
        }
    }

    /// All nodes of a model node inside an item.
    pub(super) fn nodes_under(&self, model: ModelIndex, item: usize) -> Vec<NodeIndex> {
        let Some(node) = self.form.inner.node(model) else { return Vec::new() };
        let own = self.items.get(item).map(|found| found.scope);
        let chain = self.form.inner.scope_chain(node.scope);
        let mut items = vec![item];
        for scope in chain.into_iter().skip_while(|scope| Some(*scope) != own).skip(1) {
            items = items.iter().flat_map(|outer| self.items_of(scope, *outer).iter().copied()).collect();
        }
        items.iter().filter_map(|item| self.items.get(*item)?.nodes.get(node.offset).copied()).collect()
    }
}
