//! The pages of a fill: one for each top-level group or repeat, and one for the questions between them.

use crate::fill::Fill;
use crate::key::NodeKey;
use crate::model::{BodyNode, Label, ScopeIndex};
use crate::snapshot::{ItemView, PageEntry, PageView, Progress, RepeatView};
use crate::tree::NodeIndex;

/// Where a walk through the body is.
#[derive(Clone)]
struct Place {
    item: usize,
    depth: usize,
    groups: Vec<String>,
}

impl Place {
    fn inside(&self, title: &str) -> Place {
        let mut groups = self.groups.clone();
        if !title.is_empty() {
            groups.push(title.to_owned());
        }
        Place { item: self.item, depth: self.depth + 1, groups }
    }
}

impl Fill {
    /// The pages.
    pub fn pages(&self) -> Vec<PageView> {
        let mut pages: Vec<PageView> = Vec::new();
        let mut between = false;
        for node in &self.form.inner.body {
            let is_question = matches!(node, BodyNode::Question(_));
            if is_question && between {
                if let Some(page) = pages.last_mut() {
                    self.walk(node, &Place { item: 0, depth: 0, groups: Vec::new() }, &mut page.entries);
                }
            } else {
                pages.push(self.page(node));
            }
            between = is_question;
        }
        for page in &mut pages {
            page.progress = progress(&page.entries);
            if page.title.is_empty() {
                page.relevant = page.entries.iter().any(applies);
            }
        }
        pages
    }

    fn page(&self, node: &BodyNode) -> PageView {
        let root = Place { item: 0, depth: 0, groups: Vec::new() };
        let mut page = PageView {
            path: self.path_of(node),
            title: String::new(),
            relevant: true,
            entries: Vec::new(),
            progress: Progress::default(),
        };
        match node {
            BodyNode::Group { node: own, label, children } => {
                let place = own.and_then(|own| self.node_in(0, own));
                page.title = self.label(label, place.unwrap_or(0));
                page.relevant = place.is_none_or(|place| self.applies(place));
                let inside = Place { depth: 0, ..root.inside(&page.title) };
                for child in children {
                    self.walk(child, &inside, &mut page.entries);
                }
            }
            other => {
                if let BodyNode::Repeat { label, .. } = other {
                    page.title =
                        self.label(label, self.items.first().and_then(|item| item.nodes.first()).copied().unwrap_or(0));
                }
                self.walk(other, &root, &mut page.entries);
            }
        }
        page
    }

    fn path_of(&self, node: &BodyNode) -> String {
        let model = &self.form.inner;
        let index = match node {
            BodyNode::Question(place) => model.controls.get(*place).map(|control| control.node),
            BodyNode::Group { node, children, .. } => {
                return match node.and_then(|index| model.node(index)) {
                    Some(found) => found.path.clone(),
                    None => children.first().map(|child| self.path_of(child)).unwrap_or_default(),
                };
            }
            BodyNode::Repeat { scope, .. } => model.scope(*scope).map(|found| found.node),
        };
        index.and_then(|index| model.node(index)).map(|found| found.path.clone()).unwrap_or_default()
    }

    pub(super) fn applies(&self, node: NodeIndex) -> bool {
        self.tree.get(node).is_some_and(|found| !found.hidden)
    }

    fn walk(&self, node: &BodyNode, place: &Place, entries: &mut Vec<PageEntry>) {
        match node {
            BodyNode::Question(control) => {
                let Some(control) = self.form.inner.controls.get(*control) else { return };
                let Some(node) = self.node_in(place.item, control.node) else { return };
                let question = self.question_view(control, node, &place.groups);
                entries.push(PageEntry::Question { question, depth: place.depth });
            }
            BodyNode::Group { node, label, children } => self.walk_group(*node, label, children, place, entries),
            BodyNode::Repeat { scope, label, children } => self.walk_repeat(*scope, label, children, place, entries),
        }
    }

    fn walk_group(
        &self,
        own: Option<u32>,
        label: &Label,
        children: &[BodyNode],
        place: &Place,
        entries: &mut Vec<PageEntry>,
    ) {
        let node = own.and_then(|own| self.node_in(place.item, own));
        let title = self.label(label, node.or_else(|| self.own_node(place.item)).unwrap_or(0));
        let inside = place.inside(&title);
        if let Some(node) = node {
            let key = self.key_of(node).unwrap_or_else(|| NodeKey::plain(""));
            entries.push(PageEntry::Group { key, title, depth: place.depth, relevant: self.applies(node) });
        }
        for child in children {
            self.walk(child, &inside, entries);
        }
    }

    fn own_node(&self, item: usize) -> Option<NodeIndex> {
        self.items.get(item).and_then(|found| found.nodes.first()).copied()
    }

    fn walk_repeat(
        &self,
        scope: ScopeIndex,
        label: &Label,
        children: &[BodyNode],
        place: &Place,
        entries: &mut Vec<PageEntry>,
    ) {
        let model = &self.form.inner;
        let Some(shape) = model.scope(scope) else { return };
        let Some(repeat) = model.node(shape.node) else { return };
        let items = self.items_of(scope, place.item).to_vec();
        let around = repeat.parent.and_then(|parent| self.node_in(place.item, parent));
        let title = self.label(label, around.unwrap_or(0));
        let shown =
            items.is_empty() || items.iter().any(|item| self.own_node(*item).is_some_and(|node| self.applies(node)));
        let view = RepeatView {
            key: NodeKey { path: repeat.path.clone(), items: self.ids_of(place.item) },
            title: title.clone(),
            count: items.len(),
            can_change: !shape.counted,
            relevant: shown && around.is_none_or(|node| self.applies(node)),
        };
        entries.push(PageEntry::Repeat { repeat: view, depth: place.depth });
        for item in items {
            let Some(node) = self.own_node(item) else { continue };
            let view = ItemView {
                key: self.key_of(node).unwrap_or_else(|| NodeKey::plain("")),
                reference: self.reference_of(node),
                name: self.name_of(node),
                title: self.label(label, node),
                ordinal: self.ordinal(item),
                relevant: self.applies(node),
            };
            let inside = Place { item, depth: place.depth + 1, ..place.inside(&view.title) };
            entries.push(PageEntry::Item { item: view, depth: place.depth + 1 });
            for child in children {
                self.walk(child, &Place { depth: inside.depth + 1, ..inside.clone() }, entries);
            }
        }
    }

    /// Titles of the groups and items around a node, outermost first.
    pub(super) fn groups_around(&self, node: NodeIndex) -> Vec<String> {
        let Some(key) = self.key_of(node) else { return Vec::new() };
        let mut titles = Vec::new();
        self.search(&self.form.inner.body, &key.path, node, &mut titles);
        titles
    }

    /// Collects titles on the way down to a question; whether it was found.
    fn search(&self, body: &[BodyNode], path: &str, node: NodeIndex, titles: &mut Vec<String>) -> bool {
        let item = self.states.get(node as usize).map_or(0, |state| state.item);
        for entry in body {
            let (label, children, own) = match entry {
                BodyNode::Question(_) if self.path_of(entry) == path => return true,
                BodyNode::Question(_) => continue,
                BodyNode::Group { node, label, children } => (label, children, *node),
                BodyNode::Repeat { scope, label, children } => {
                    (label, children, self.form.inner.scope(*scope).map(|found| found.node))
                }
            };
            let before = titles.len();
            let carrier = own.and_then(|own| self.node_in(item, own)).unwrap_or(node);
            let title = self.label(label, carrier);
            if !title.is_empty() {
                titles.push(title);
            }
            if self.search(children, path, node, titles) {
                return true;
            }
            titles.truncate(before);
        }
        false
    }
}

fn applies(entry: &PageEntry) -> bool {
    match entry {
        PageEntry::Question { question, .. } => question.relevant,
        PageEntry::Group { relevant, .. } => *relevant,
        PageEntry::Repeat { repeat, .. } => repeat.relevant,
        PageEntry::Item { item, .. } => item.relevant,
    }
}

fn progress(entries: &[PageEntry]) -> Progress {
    let mut progress = Progress::default();
    for entry in entries {
        if let PageEntry::Question { question, .. } = entry {
            progress.add(question);
        }
    }
    progress
}
