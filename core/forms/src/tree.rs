//! The arena tree behind every instance: nodes in one vector, links as indexes.
//!
//! A leaf element of a form carries its text itself; only documents read with [`crate::tree::Reading::Complete`] have
//! text, comment and instruction nodes. Never knows what a node means to a form.

use crate::names::{NO_NAME, NameId, Names};

/// Index of a node in its tree. `NONE` where there is none.
pub(crate) type NodeIndex = u32;

/// No node.
pub(crate) const NONE: NodeIndex = u32::MAX;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Document,
    Element,
    Attribute,
    Text,
    Comment,
    Instruction,
    Namespace,
    /// Taken out of the tree; the place in the arena is used again.
    Free,
}

/// One node.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) prefix: NameId,
    pub(crate) space: NameId,
    pub(crate) local: NameId,
    pub(crate) parent: NodeIndex,
    pub(crate) first_child: NodeIndex,
    pub(crate) last_child: NodeIndex,
    pub(crate) next: NodeIndex,
    pub(crate) previous: NodeIndex,
    pub(crate) first_attribute: NodeIndex,
    /// Place in document order; valid after [`Tree::number`].
    pub(crate) order: u32,
    /// Not relevant, or inside something that is not: expressions read it as blank.
    pub(crate) hidden: bool,
    pub(crate) value: String,
}

impl Node {
    fn new(kind: NodeKind) -> Node {
        Node {
            kind,
            prefix: NO_NAME,
            space: NO_NAME,
            local: NO_NAME,
            parent: NONE,
            first_child: NONE,
            last_child: NONE,
            next: NONE,
            previous: NONE,
            first_attribute: NONE,
            order: 0,
            hidden: false,
            value: String::new(),
        }
    }
}

/// A name as written in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QualifiedName {
    pub(crate) prefix: NameId,
    pub(crate) space: NameId,
    pub(crate) local: NameId,
}

/// How much of an XML document becomes nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Elements with their trimmed text, and attributes: all that a form needs.
    Values,
    /// Every node of the XPath data model.
    #[cfg_attr(not(test), allow(dead_code, reason = "the XPath conformance tests read whole documents"))]
    Complete,
}

/// A tree. Node 0 is its document node.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    free: Vec<NodeIndex>,
}

impl Tree {
    /// The document node alone.
    pub(crate) fn new() -> Tree {
        Tree { nodes: vec![Node::new(NodeKind::Document)], free: Vec::new() }
    }

    /// Not even a document node.
    pub(crate) const fn nothing() -> Tree {
        Tree { nodes: Vec::new(), free: Vec::new() }
    }

    /// A node; `None` for [`NONE`].
    pub(crate) fn get(&self, index: NodeIndex) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    /// A node to change.
    pub(crate) fn get_mut(&mut self, index: NodeIndex) -> Option<&mut Node> {
        self.nodes.get_mut(index as usize)
    }

    fn allocate(&mut self, node: Node) -> NodeIndex {
        if let Some(index) = self.free.pop()
            && let Some(place) = self.nodes.get_mut(index as usize)
        {
            *place = node;
            return index;
        }
        self.nodes.push(node);
        u32::try_from(self.nodes.len() - 1).unwrap_or(NONE)
    }

    /// Adds a node of a kind without linking it.
    fn named(kind: NodeKind, name: QualifiedName) -> Node {
        Node { prefix: name.prefix, space: name.space, local: name.local, ..Node::new(kind) }
    }

    /// Adds an element as the last child.
    pub(crate) fn add_element(&mut self, parent: NodeIndex, name: QualifiedName) -> NodeIndex {
        let index = self.allocate(Tree::named(NodeKind::Element, name));
        self.link_last(parent, index);
        index
    }

    /// Adds an element right after a sibling, or first when `after` is [`NONE`].
    pub(crate) fn insert_element(&mut self, parent: NodeIndex, after: NodeIndex, name: QualifiedName) -> NodeIndex {
        let index = self.allocate(Tree::named(NodeKind::Element, name));
        self.link_after(parent, after, index);
        index
    }

    fn add_leaf(&mut self, parent: NodeIndex, kind: NodeKind, name: QualifiedName, value: &str) -> NodeIndex {
        let node = Node { value: value.to_owned(), ..Tree::named(kind, name) };
        let index = self.allocate(node);
        self.link_last(parent, index);
        index
    }

    /// Adds an attribute (or a namespace node) of an element.
    pub(crate) fn add_attribute(&mut self, element: NodeIndex, kind: NodeKind, name: QualifiedName, value: &str) {
        let mut last = NONE;
        let mut walk = self.get(element).map_or(NONE, |node| node.first_attribute);
        while let Some(node) = self.get(walk) {
            last = walk;
            walk = node.next;
        }
        let node = Node { value: value.to_owned(), parent: element, previous: last, ..Tree::named(kind, name) };
        let index = self.allocate(node);
        match self.get_mut(last) {
            Some(before) => before.next = index,
            None => {
                if let Some(owner) = self.get_mut(element) {
                    owner.first_attribute = index;
                }
            }
        }
    }

    fn link_last(&mut self, parent: NodeIndex, index: NodeIndex) {
        let last = self.get(parent).map_or(NONE, |node| node.last_child);
        self.link_after(parent, last, index);
    }

    fn link_after(&mut self, parent: NodeIndex, after: NodeIndex, index: NodeIndex) {
        let next = match self.get(after) {
            Some(sibling) => sibling.next,
            None => self.get(parent).map_or(NONE, |node| node.first_child),
        };
        if let Some(node) = self.get_mut(index) {
            node.parent = parent;
            node.previous = after;
            node.next = next;
        }
        match self.get_mut(after) {
            Some(sibling) => sibling.next = index,
            None => self.change(parent, |node| node.first_child = index),
        }
        match self.get_mut(next) {
            Some(sibling) => sibling.previous = index,
            None => self.change(parent, |node| node.last_child = index),
        }
    }

    fn change(&mut self, index: NodeIndex, apply: impl FnOnce(&mut Node)) {
        if let Some(node) = self.get_mut(index) {
            apply(node);
        }
    }

    /// Takes a node with everything below it out of the tree.
    pub(crate) fn remove(&mut self, index: NodeIndex) {
        let Some(node) = self.get(index) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        match self.get_mut(previous) {
            Some(sibling) => sibling.next = next,
            None => self.change(parent, |node| node.first_child = next),
        }
        match self.get_mut(next) {
            Some(sibling) => sibling.previous = previous,
            None => self.change(parent, |node| node.last_child = previous),
        }
        let mut gone = self.descendants(index);
        gone.push(index);
        for dead in gone {
            let mut attribute = self.get(dead).map_or(NONE, |node| node.first_attribute);
            while let Some(node) = self.get(attribute) {
                let following = node.next;
                self.release(attribute);
                attribute = following;
            }
            self.release(dead);
        }
    }

    fn release(&mut self, index: NodeIndex) {
        if let Some(node) = self.get_mut(index) {
            *node = Node::new(NodeKind::Free);
            self.free.push(index);
        }
    }

    /// Children in order.
    pub(crate) fn children(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> + '_ {
        let mut walk = self.get(index).map_or(NONE, |node| node.first_child);
        std::iter::from_fn(move || {
            let current = walk;
            walk = self.get(current)?.next;
            Some(current)
        })
    }

    /// Attributes (and namespace nodes) in order.
    pub(crate) fn attributes(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> + '_ {
        let mut walk = self.get(index).map_or(NONE, |node| node.first_attribute);
        std::iter::from_fn(move || {
            let current = walk;
            walk = self.get(current)?.next;
            Some(current)
        })
    }

    /// Everything below a node in document order, without attributes.
    pub(crate) fn descendants(&self, index: NodeIndex) -> Vec<NodeIndex> {
        let mut found = Vec::new();
        let mut walk = self.get(index).map_or(NONE, |node| node.first_child);
        while let Some(node) = self.get(walk) {
            found.push(walk);
            walk = if node.first_child == NONE { self.after_subtree(walk, index) } else { node.first_child };
        }
        found
    }

    /// The next node in document order that is not below `from`, staying below `top`.
    fn after_subtree(&self, from: NodeIndex, top: NodeIndex) -> NodeIndex {
        let mut walk = from;
        while walk != top {
            let Some(node) = self.get(walk) else { return NONE };
            if node.next != NONE {
                return node.next;
            }
            walk = node.parent;
        }
        NONE
    }

    /// The XPath string value.
    pub(crate) fn string_value(&self, index: NodeIndex) -> String {
        let Some(node) = self.get(index) else { return String::new() };
        if node.first_child == NONE || !matches!(node.kind, NodeKind::Element | NodeKind::Document) {
            return node.value.clone();
        }
        let mut text = String::new();
        for below in self.descendants(index) {
            if let Some(part) = self.get(below)
                && matches!(part.kind, NodeKind::Text | NodeKind::Element)
            {
                text.push_str(&part.value);
            }
        }
        text
    }

    /// Gives every node its place in document order. Needed after nodes were added.
    pub(crate) fn number(&mut self) {
        let mut next = 0u32;
        let mut order = vec![0];
        order.extend(self.descendants(0));
        for index in order {
            self.change(index, |node| node.order = next);
            next += 1;
            let attributes: Vec<NodeIndex> = self.attributes(index).collect();
            for attribute in attributes {
                self.change(attribute, |node| node.order = next);
                next += 1;
            }
        }
    }

    /// Copies an XML element with everything below it under a node of this tree.
    pub(crate) fn read(
        &mut self,
        parent: NodeIndex,
        xml: roxmltree::Node<'_, '_>,
        names: &mut Names,
        reading: Reading,
    ) -> NodeIndex {
        let element = self.add_element(parent, element_name(xml, names));
        let mut work = vec![(xml, element)];
        while let Some((from, to)) = work.pop() {
            self.read_attributes(from, to, names, reading);
            if reading == Reading::Values && !from.children().any(|child| child.is_element()) {
                let text: String = from.children().filter_map(|child| child.text()).collect();
                self.change(to, |node| node.value = text.trim().to_owned());
                continue;
            }
            for child in from.children() {
                if child.is_element() {
                    let below = self.add_element(to, element_name(child, names));
                    work.push((child, below));
                } else if reading == Reading::Complete {
                    self.read_leaf(child, to, names);
                }
            }
        }
        element
    }

    /// Reads what is not an element: text, comment, processing instruction.
    pub(crate) fn read_leaf(&mut self, xml: roxmltree::Node<'_, '_>, to: NodeIndex, names: &mut Names) {
        let nameless = QualifiedName { prefix: NO_NAME, space: NO_NAME, local: NO_NAME };
        if xml.is_text() {
            self.add_leaf(to, NodeKind::Text, nameless, xml.text().unwrap_or_default());
        } else if xml.is_comment() {
            self.add_leaf(to, NodeKind::Comment, nameless, xml.text().unwrap_or_default());
        } else if let Some(instruction) = xml.pi() {
            let name = QualifiedName { local: names.intern(instruction.target), ..nameless };
            self.add_leaf(to, NodeKind::Instruction, name, instruction.value.unwrap_or_default());
        }
    }

    fn read_attributes(&mut self, xml: roxmltree::Node<'_, '_>, to: NodeIndex, names: &mut Names, reading: Reading) {
        for attribute in xml.attributes() {
            let space = attribute.namespace().unwrap_or_default();
            let prefix = if space.is_empty() { "" } else { xml.lookup_prefix(space).unwrap_or_default() };
            let name = QualifiedName {
                prefix: names.intern(prefix),
                space: names.intern(space),
                local: names.intern(attribute.name()),
            };
            self.add_attribute(to, NodeKind::Attribute, name, attribute.value());
        }
        if reading == Reading::Complete {
            for declared in xml.namespaces() {
                let local = names.intern(declared.name().unwrap_or_default());
                let name = QualifiedName { prefix: NO_NAME, space: NO_NAME, local };
                self.add_attribute(to, NodeKind::Namespace, name, declared.uri());
            }
        }
    }
}

/// The name of an XML element; its prefix as it was written.
pub(crate) fn element_name(xml: roxmltree::Node<'_, '_>, names: &mut Names) -> QualifiedName {
    let space = xml.tag_name().namespace().unwrap_or_default();
    let written = xml.document().input_text().get(xml.range().start..).unwrap_or_default();
    let tag = written.trim_start_matches('<').split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
    let prefix = tag.and_then(|tag| tag.split_once(':')).map_or("", |(prefix, _)| prefix);
    QualifiedName {
        prefix: names.intern(prefix),
        space: names.intern(space),
        local: names.intern(xml.tag_name().name()),
    }
}
