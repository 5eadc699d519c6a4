//! Finds nodes by key, by reference and by place, and names them again.

use crate::fill::Fill;
use crate::key::{ItemId, NodeKey};
use crate::model::{ModelIndex, ModelNode, RuleKind, ScopeIndex};
use crate::question::QuestionKind;
use crate::tree::{NodeIndex, NodeKind};
use crate::xpath::ast::Expr;
use crate::xpath::table::Function;

/// Which item of a repeat a part of a reference means.
#[derive(PartialEq)]
enum Which {
    /// By its place, 1 for the first.
    Number(usize),
    /// By its id.
    Id(ItemId),
}

impl Which {
    /// An id comes first: one that begins with noughts reads as a number, too.
    fn read(text: &str) -> Option<Which> {
        ItemId::parse(text).map(Which::Id).or_else(|| text.parse().map(Which::Number).ok())
    }
}

impl Fill {
    /// Finds a node by its ODK style reference (`/data/rep[2]/x`; a missing index is 1), or by its name, in which the id of
    /// an item stands in the place of its number.
    pub fn find(&self, reference: &str) -> Option<NodeKey> {
        let mut path = String::new();
        let mut item = 0;
        let mut ids = Vec::new();
        for part in reference.strip_prefix('/')?.split('/') {
            let (name, which) = match part.strip_suffix(']').and_then(|rest| rest.split_once('[')) {
                Some((name, which)) => (name, Which::read(which)?),
                None => (part, Which::Number(1)),
            };
            path = format!("{path}/{name}");
            let model = *self.form.inner.by_path.get(&path)?;
            match self.form.inner.scope_of_repeat(model) {
                Some(scope) => {
                    item = self.item_that(scope, item, &which)?;
                    ids.extend(self.items.get(item).and_then(|found| found.id.clone()));
                }
                None if which != Which::Number(1) => return None,
                None => {}
            }
        }
        Some(NodeKey { path, items: ids })
    }

    /// Finds a repeat by reference without the index of its last part: the repeat's key (items around it).
    pub fn find_repeat(&self, reference: &str) -> Option<NodeKey> {
        let reference = reference.trim_end_matches('/');
        let (parent, last) = reference.rsplit_once('/')?;
        let name = last.split_once('[').map_or(last, |(name, _)| name);
        let items = if parent.is_empty() { Vec::new() } else { self.find(parent)?.items };
        let parent_path: String =
            parent.split('/').skip(1).map(|part| format!("/{}", part.split('[').next().unwrap_or_default())).collect();
        let path = format!("{parent_path}/{name}");
        let model = *self.form.inner.by_path.get(&path)?;
        self.form.inner.scope_of_repeat(model)?;
        Some(NodeKey { path, items })
    }

    /// The ODK style reference of a node.
    pub fn reference(&self, key: &NodeKey) -> Option<String> {
        self.node_of(key).map(|node| self.reference_of(node))
    }

    /// The name of a node ([`QuestionView::name`](crate::QuestionView::name)).
    pub fn name(&self, key: &NodeKey) -> Option<String> {
        self.node_of(key).map(|node| self.name_of(node))
    }

    fn item_that(&self, scope: ScopeIndex, parent: usize, which: &Which) -> Option<usize> {
        match which {
            Which::Number(number) => self.items_of(scope, parent).get(number.checked_sub(1)?).copied(),
            Which::Id(id) => self.item_with(scope, parent, id),
        }
    }

    pub(super) fn model_of(&self, node: NodeIndex) -> Option<&ModelNode> {
        self.tree.get(node).filter(|found| found.kind == NodeKind::Element)?;
        self.form.inner.node(self.states.get(node as usize)?.model)
    }

    /// The node of a key.
    pub(super) fn node_of(&self, key: &NodeKey) -> Option<NodeIndex> {
        let model = *self.form.inner.by_path.get(&key.path)?;
        let node = self.form.inner.node(model)?;
        let mut item = 0;
        let mut ids = key.items.iter();
        for scope in self.form.inner.scope_chain(node.scope).into_iter().skip(1) {
            item = self.item_with(scope, item, ids.next()?)?;
        }
        if ids.next().is_some() {
            return None;
        }
        self.items.get(item)?.nodes.get(node.offset).copied()
    }

    /// The items of a repeat inside an item.
    pub(super) fn items_of(&self, scope: ScopeIndex, parent: usize) -> &[usize] {
        let found = || {
            let parent = self.items.get(parent)?;
            let place = self.form.inner.scope(parent.scope)?.inner.iter().position(|inner| *inner == scope)?;
            parent.inner.get(place)
        };
        found().map_or(&[], Vec::as_slice)
    }

    pub(super) fn item_with(&self, scope: ScopeIndex, parent: usize, id: &ItemId) -> Option<usize> {
        let same = |place: &&usize| self.items.get(**place).is_some_and(|item| item.id.as_ref() == Some(id));
        self.items_of(scope, parent).iter().find(same).copied()
    }

    /// A repeat's scope, and the item around it.
    pub(super) fn repeat_in(&self, path: &str, parents: &[ItemId]) -> Option<(ScopeIndex, usize)> {
        let model = *self.form.inner.by_path.get(path)?;
        let scope = self.form.inner.scope_of_repeat(model)?;
        let chain = self.form.inner.scope_chain(scope);
        let around = chain.get(1..chain.len().checked_sub(1)?)?;
        if around.len() != parents.len() {
            return None;
        }
        let mut item = 0;
        for (scope, id) in around.iter().zip(parents) {
            item = self.item_with(*scope, item, id)?;
        }
        Some((scope, item))
    }

    /// The node of a model node seen from an item: in the item itself or in one around it.
    pub(super) fn node_in(&self, item: usize, model: ModelIndex) -> Option<NodeIndex> {
        let node = self.form.inner.node(model)?;
        let mut walk = Some(item);
        while let Some(place) = walk {
            let found = self.items.get(place)?;
            if found.scope == node.scope {
                return found.nodes.get(node.offset).copied();
            }
            walk = found.parent;
        }
        None
    }

    /// Ids of an item and the items around it, outermost first.
    pub(super) fn ids_of(&self, item: usize) -> Vec<ItemId> {
        let outer = |place: &usize| self.items.get(*place).and_then(|found| found.parent);
        let chain = std::iter::successors(Some(item), outer);
        let mut ids: Vec<ItemId> =
            chain.filter_map(|place| self.items.get(place).and_then(|found| found.id.clone())).collect();
        ids.reverse();
        ids
    }

    pub(super) fn key_of(&self, node: NodeIndex) -> Option<NodeKey> {
        let path = self.model_of(node)?.path.clone();
        Some(NodeKey { path, items: self.ids_of(self.states.get(node as usize)?.item) })
    }

    /// 1 for the first item of its repeat.
    pub(super) fn ordinal(&self, item: usize) -> usize {
        let place = || {
            let found = self.items.get(item)?;
            self.items_of(found.scope, found.parent?).iter().position(|other| *other == item)
        };
        place().map_or(1, |place| place + 1)
    }

    pub(super) fn reference_of(&self, node: NodeIndex) -> String {
        self.written_with(node, |item| match self.ordinal(item) {
            1 => String::new(),
            ordinal => format!("[{ordinal}]"),
        })
    }

    pub(super) fn name_of(&self, node: NodeIndex) -> String {
        let id = |item: usize| self.items.get(item).and_then(|found| found.id.as_ref());
        self.written_with(node, |item| id(item).map(|id| format!("[{id}]")).unwrap_or_default())
    }

    /// The path of a node with what says which item is meant behind the name of each repeat.
    fn written_with(&self, node: NodeIndex, which: impl Fn(usize) -> String) -> String {
        let mut parts = Vec::new();
        let mut walk = node;
        while let Some(model) = self.model_of(walk) {
            let name = model.path.rsplit('/').next().unwrap_or_default();
            let item = self.states.get(walk as usize).map_or(0, |state| state.item);
            let which = if model.is_repeat { which(item) } else { String::new() };
            parts.push(format!("/{name}{which}"));
            walk = self.tree.get(walk).map_or(crate::tree::NONE, |found| found.parent);
        }
        parts.reverse();
        parts.concat()
    }

    /// Kind of question; a node without a control is hidden. `None` for groups.
    pub(super) fn kind_of(&self, node: NodeIndex) -> Option<QuestionKind> {
        let model = self.model_of(node).filter(|model| model.is_leaf())?;
        let control = model.control.and_then(|place| self.form.inner.controls.get(place));
        Some(control.map_or(QuestionKind::Hidden, |control| control.kind))
    }

    /// Whether the form keeps the value computed; `once()` computes it a single time and leaves it to the person.
    pub(super) fn is_calculated(&self, node: NodeIndex) -> bool {
        let rule = self.model_of(node).and_then(|model| model.calculate);
        rule.and_then(|rule| self.form.inner.rule(rule))
            .is_some_and(|rule| rule.kind == RuleKind::Calculate && !matches!(rule.expr, Expr::Call(Function::Once, _)))
    }

    /// Whether the node or a group around it is read-only.
    pub(super) fn is_read_only(&self, node: NodeIndex) -> bool {
        let up = |index: &NodeIndex| self.tree.get(*index).map(|found| found.parent);
        std::iter::successors(Some(node), up)
            .take_while(|index| self.model_of(*index).is_some())
            .any(|index| self.states.get(index as usize).is_some_and(|state| state.read_only))
    }
}
