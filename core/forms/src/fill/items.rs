//! Makes and removes the nodes of the form and of repeat items.

use sha2::{Digest, Sha256};

use crate::fill::{Fill, Item, NodeState};
use crate::key::{ItemId, NodeKey};
use crate::model::{InitialItem, ModelIndex, ScopeIndex};
use crate::snapshot::ValueOrigin;
use crate::tree::{NONE, NodeIndex};

impl Fill {
    /// Makes the nodes of the form, with the items that its repeats begin with.
    pub(super) fn create_form(&mut self) {
        self.create(0, None, None, None);
    }

    /// Makes an item at the end of a repeat.
    pub(super) fn create_item(
        &mut self,
        scope: ScopeIndex,
        parent: usize,
        id: ItemId,
        initial: Option<&InitialItem>,
    ) -> usize {
        self.create(scope, Some(parent), Some(id), initial)
    }

    fn create(
        &mut self,
        scope: ScopeIndex,
        parent: Option<usize>,
        id: Option<ItemId>,
        initial: Option<&InitialItem>,
    ) -> usize {
        let form = self.form.clone();
        let place = self.items.len();
        let Some(shape) = form.inner.scope(scope) else { return place };
        let inner = vec![Vec::new(); shape.inner.len()];
        self.items.push(Item { scope, id, parent, nodes: Vec::with_capacity(shape.members.len()), inner });
        let after = parent.map_or(NONE, |parent| self.last_before(scope, parent));
        for model in &shape.members {
            let node = self.create_node(*model, place, after);
            if let Some(item) = self.items.get_mut(place) {
                item.nodes.push(node);
            }
        }
        if let Some(parent) = parent {
            self.list_item(scope, parent, place);
        }
        for (model, value) in initial.map(|initial| initial.values.as_slice()).unwrap_or_default() {
            if let Some(node) = self.node_in(place, *model) {
                self.put_quietly(node, value, ValueOrigin::Default);
            }
        }
        self.unpark(place);
        self.create_initial(scope, place, initial);
        place
    }

    fn list_item(&mut self, scope: ScopeIndex, parent: usize, place: usize) {
        let outer = self.items.get(parent).map(|item| item.scope);
        let slot = outer
            .and_then(|outer| self.form.inner.scope(outer))
            .and_then(|outer| outer.inner.iter().position(|inner| *inner == scope));
        if let (Some(slot), Some(item)) = (slot, self.items.get_mut(parent))
            && let Some(list) = item.inner.get_mut(slot)
        {
            list.push(place);
        }
    }

    /// Makes one node. `after` is where an item's own node goes; the others go last in their parents.
    fn create_node(&mut self, model: ModelIndex, item: usize, after: NodeIndex) -> NodeIndex {
        let form = self.form.clone();
        let Some(shape) = form.inner.node(model) else { return NONE };
        let parent = shape.parent.and_then(|parent| self.node_in(item, parent)).unwrap_or(0);
        let node = if shape.is_repeat {
            self.tree.insert_element(parent, after, shape.name)
        } else {
            self.tree.add_element(parent, shape.name)
        };
        let hidden = self.tree.get(parent).is_some_and(|found| found.hidden);
        if let Some(found) = self.tree.get_mut(node) {
            found.hidden = hidden;
            found.value.clone_from(&shape.default);
        }
        let origin = if shape.default.is_empty() { ValueOrigin::Empty } else { ValueOrigin::Default };
        let state =
            NodeState { model, item, relevant: true, required: false, read_only: false, violated: false, origin };
        let wanted = node as usize + 1;
        if self.states.len() < wanted {
            self.states.resize(wanted, state.clone());
        }
        if let Some(slot) = self.states.get_mut(node as usize) {
            *slot = state;
        }
        let rules = [shape.relevant, shape.required, shape.read_only, shape.constraint, shape.calculate];
        self.queue.extend(rules.into_iter().flatten().map(|rule| (rule, node)));
        self.queue.extend(shape.counts.iter().map(|rule| (*rule, node)));
        self.touched.insert(node);
        node
    }

    /// The sibling after which the next item of a repeat stands: its last item, or what is before the repeat.
    fn last_before(&self, scope: ScopeIndex, parent: usize) -> NodeIndex {
        let model = &self.form.inner;
        let own = |item: &usize| self.items.get(*item).and_then(|found| found.nodes.first()).copied();
        if let Some(last) = self.items_of(scope, parent).last().and_then(own) {
            return last;
        }
        let Some(repeat) = model.scope(scope).map(|found| found.node) else { return NONE };
        let siblings = model.node(repeat).and_then(|node| node.parent).and_then(|above| model.node(above));
        let Some(siblings) = siblings.map(|above| &above.children) else { return NONE };
        for sibling in siblings.iter().take_while(|sibling| **sibling != repeat).collect::<Vec<_>>().into_iter().rev() {
            let found = match model.scope_of_repeat(*sibling) {
                Some(other) => self.items_of(other, parent).last().and_then(own),
                None => self.node_in(parent, *sibling),
            };
            if let Some(node) = found {
                return node;
            }
        }
        NONE
    }

    /// The items that the repeats inside an item begin with: as the form's own item has them, else as its repeat has.
    fn create_initial(&mut self, scope: ScopeIndex, place: usize, initial: Option<&InitialItem>) {
        let form = self.form.clone();
        let inner = form.inner.scope(scope).map(|found| found.inner.clone()).unwrap_or_default();
        for repeat in inner {
            let Some(shape) = form.inner.scope(repeat) else { continue };
            // A count decides by itself how many items there are.
            if form.inner.count_rule(repeat).is_some() {
                continue;
            }
            let own: Vec<&InitialItem> = match initial {
                Some(initial) => initial.inner.iter().filter(|(of, _)| *of == repeat).map(|(_, item)| item).collect(),
                None => shape.initial.iter().collect(),
            };
            for (ordinal, item) in own.into_iter().enumerate() {
                let id = self.own_id(repeat, place, ordinal + 1);
                let Some(key) = self.item_key(repeat, place, &id) else { continue };
                if !self.removed.contains(&key) {
                    self.create_item(repeat, place, id, Some(item));
                }
            }
        }
    }

    fn item_key(&self, scope: ScopeIndex, parent: usize, id: &ItemId) -> Option<NodeKey> {
        let path = self.form.inner.scope(scope).and_then(|found| self.form.inner.node(found.node))?.path.clone();
        let mut items = self.ids_of(parent);
        items.push(id.clone());
        Some(NodeKey { path, items })
    }

    /// The id of an item that the form makes itself: the same on every device that opens this fill.
    pub(super) fn own_id(&self, scope: ScopeIndex, parent: usize, ordinal: usize) -> ItemId {
        let path = self.form.inner.scope(scope).and_then(|found| self.form.inner.node(found.node));
        let mut hash = Sha256::new();
        hash.update(self.environment.fill);
        hash.update(path.map(|node| node.path.as_str()).unwrap_or_default());
        for id in self.ids_of(parent) {
            hash.update([0]);
            hash.update(id.as_str());
        }
        hash.update([0]);
        hash.update(ordinal.to_string());
        let mut bytes = [0u8; 16];
        for (to, from) in bytes.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        ItemId::from_bytes(bytes)
    }

    /// Puts parked answers on the nodes of a new item.
    fn unpark(&mut self, place: usize) {
        if self.parked.is_empty() {
            return;
        }
        let nodes = self.items.get(place).map(|item| item.nodes.clone()).unwrap_or_default();
        for node in nodes {
            let leaf = self.model_of(node).is_some_and(|model| model.is_leaf());
            if !leaf || self.is_calculated(node) {
                continue;
            }
            if let Some(value) = self.key_of(node).and_then(|key| self.parked.remove(&key)) {
                self.put_quietly(node, &value, ValueOrigin::Answer);
            }
        }
    }

    /// Makes an item again that was saved; nothing happens when its repeat or an item around it is gone.
    pub(super) fn restore_item(&mut self, key: &NodeKey) {
        let Some((id, parents)) = key.items.split_last() else { return };
        let Some((scope, parent)) = self.repeat_in(&key.path, parents) else { return };
        if self.item_with(scope, parent, id).is_none() {
            self.create_item(scope, parent, id.clone(), None);
        }
    }

    /// Takes an item out. Its answers are parked: should the item come back, so do they.
    pub(super) fn delete_item(&mut self, place: usize) {
        let Some(item) = self.items.get(place).cloned() else { return };
        for inner in item.inner.iter().flatten() {
            self.delete_item(*inner);
        }
        for node in &item.nodes {
            let answered = self.states.get(*node as usize).is_some_and(|state| state.origin == ValueOrigin::Answer);
            if answered && let (Some(key), Some(found)) = (self.key_of(*node), self.tree.get(*node)) {
                self.parked.insert(key, found.value.clone());
            }
        }
        if let Some(own) = item.nodes.first() {
            self.tree.remove(*own);
        }
        let slots = item.parent.and_then(|parent| self.items.get_mut(parent));
        for list in slots.map(|parent| parent.inner.iter_mut()).into_iter().flatten() {
            list.retain(|other| *other != place);
        }
        if let Some(gone) = self.items.get_mut(place) {
            gone.nodes.clear();
            gone.inner.clear();
        }
        self.queue.retain(|(_, node)| !item.nodes.contains(node));
    }
}
