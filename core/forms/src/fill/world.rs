//! What expressions of a fill may look at.

use chrono::{DateTime, FixedOffset};
use sha2::{Digest, Sha256};

use crate::fill::Fill;
use crate::names::Names;
use crate::tree::Tree;
use crate::xpath::ast::{Lookup, Resolved};
use crate::xpath::value::NodeRef;
use crate::xpath::world::World;

impl World for Fill {
    fn tree(&self, number: u16) -> &Tree {
        let place = usize::from(number).checked_sub(1);
        match place.and_then(|place| self.form.inner.instances.get(place)) {
            Some((_, Some(tree))) => tree,
            Some((_, None)) => &self.job,
            None => &self.tree,
        }
    }

    fn names(&self) -> &Names {
        &self.form.inner.names
    }

    fn instance(&self, id: &str) -> Option<NodeRef> {
        let place = self.form.inner.instances.iter().position(|(known, _)| known == id)?;
        Some(NodeRef { tree: u16::try_from(place + 1).ok()?, node: 0 })
    }

    fn now(&self) -> DateTime<FixedOffset> {
        self.environment.now
    }

    fn chance(&self, place: NodeRef) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.environment.fill);
        if let Some(key) = self.key_of(place.node) {
            hash.update(&key.path);
            for id in &key.items {
                hash.update([0]);
                hash.update(id.as_str());
            }
        }
        hash.finalize().iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }

    fn itext(&self, id: &str) -> Option<String> {
        let label = self.form.inner.texts.get(id)?;
        Some(self.label(label, self.items.first()?.nodes.first().copied()?))
    }

    fn choice_name(&self, value: &str, question: &str, at: NodeRef) -> String {
        let found = || {
            let model = *self.form.inner.by_path.get(question.trim())?;
            let item = self.states.get(at.node as usize)?.item;
            let node = self.node_in(item, model).or_else(|| self.nodes_under(model, 0).first().copied())?;
            self.options_of(node).into_iter().find(|option| option.value == value)
        };
        found().map(|option| option.label).unwrap_or_default()
    }

    fn follow(&self, path: &Resolved, carrier: NodeRef) -> Option<Vec<NodeRef>> {
        let model = &self.form.inner;
        let mut item = self.states.get(carrier.node as usize)?.item;
        for _ in 0..path.climb {
            item = self.items.get(item)?.parent?;
        }
        let offset = model.node(path.target)?.offset;
        let mut items = vec![item];
        for scope in &path.through {
            items = items.iter().flat_map(|outer| self.items_of(*scope, *outer).iter().copied()).collect();
        }
        let nodes = items.iter().filter_map(|item| self.items.get(*item)?.nodes.get(offset).copied());
        Some(nodes.map(|node| NodeRef { tree: 0, node }).collect())
    }

    fn lookup(&self, lookup: &Lookup, key: &str) -> Option<Vec<NodeRef>> {
        let list = self.form.inner.lists.get(lookup.index)?;
        Some(list.rows(key).iter().map(|node| NodeRef { tree: list.tree, node: *node }).collect())
    }
}
