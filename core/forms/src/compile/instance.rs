//! The primary instance: nodes, scopes, defaults, and the items that repeats begin with.

use std::collections::BTreeSet;

use roxmltree::Node;

use crate::compile::{Compiler, JAVAROSA};
use crate::model::{DataType, InitialItem, Label, ModelIndex, ModelNode, Scope, ScopeIndex};
use crate::problem::FormProblemCode;
use crate::tree::element_name;

/// Builds nodes and scopes from the primary instance. `repeats` are the paths of the body's repeats.
pub(crate) fn build(compiler: &mut Compiler, primary: Node<'_, '_>, repeats: &BTreeSet<String>) {
    compiler.only_attributes(primary, &["id", "version", "orx:version", "odk:xforms-version", "jr:template"]);
    let mut builder = Builder { compiler, repeats };
    let path = builder.path_of("", primary);
    builder.scope(0, None);
    builder.node(primary, None, path, 0, false);
    for path in repeats {
        if !builder.compiler.by_path.contains_key(path) {
            builder.compiler.problem(format!("repeat {path}"), FormProblemCode::NoSuchNode, path.clone());
        }
    }
}

struct Builder<'c> {
    compiler: &'c mut Compiler,
    repeats: &'c BTreeSet<String>,
}

impl Builder<'_> {
    /// Begins a scope; its node is added right after.
    fn scope(&mut self, node: ModelIndex, parent: Option<ScopeIndex>) -> ScopeIndex {
        let index = u32::try_from(self.compiler.scopes.len()).unwrap_or(u32::MAX);
        let depth =
            parent.and_then(|parent| self.compiler.scopes.get(parent as usize)).map_or(0, |scope| scope.depth + 1);
        let scope = Scope {
            node,
            parent,
            depth,
            members: Vec::new(),
            inner: Vec::new(),
            initial: Vec::new(),
            counted: false,
            readers: Vec::new(),
        };
        self.compiler.scopes.push(scope);
        if let Some(outer) = parent.and_then(|parent| self.compiler.scopes.get_mut(parent as usize)) {
            outer.inner.push(index);
        }
        index
    }

    /// Paths are written as expressions write them: with the prefix of the element, if it has one.
    fn path_of(&mut self, parent: &str, xml: Node<'_, '_>) -> String {
        let name = element_name(xml, &mut self.compiler.names);
        let (prefix, local) = (self.compiler.names.text(name.prefix), self.compiler.names.text(name.local));
        if prefix.is_empty() { format!("{parent}/{local}") } else { format!("{parent}/{prefix}:{local}") }
    }

    fn node(
        &mut self,
        xml: Node<'_, '_>,
        parent: Option<ModelIndex>,
        path: String,
        scope: ScopeIndex,
        is_repeat: bool,
    ) -> ModelIndex {
        let index = u32::try_from(self.compiler.nodes.len()).unwrap_or(u32::MAX);
        let name = element_name(xml, &mut self.compiler.names);
        let offset = self.compiler.scopes.get(scope as usize).map_or(0, |found| found.members.len());
        if let Some(found) = self.compiler.scopes.get_mut(scope as usize) {
            found.members.push(index);
        }
        if self.compiler.by_path.insert(path.clone(), index).is_some() {
            self.compiler.problem(path.clone(), FormProblemCode::Duplicate, path.clone());
        }
        let default = leaf_text(xml);
        self.compiler.nodes.push(ModelNode {
            name,
            parent,
            children: Vec::new(),
            path: path.clone(),
            scope,
            offset,
            is_repeat,
            data: DataType::Text,
            default,
            preload: None,
            relevant: None,
            required: None,
            read_only: None,
            constraint: None,
            calculate: None,
            counts: Vec::new(),
            constraint_message: Label::None,
            required_message: Label::None,
            control: None,
            readers: Vec::new(),
        });
        self.children(xml, index, &path, scope);
        index
    }

    fn children(&mut self, xml: Node<'_, '_>, parent: ModelIndex, path: &str, scope: ScopeIndex) {
        let mut done: BTreeSet<String> = BTreeSet::new();
        for child in xml.children().filter(Node::is_element) {
            let child_path = self.path_of(path, child);
            let is_repeat = self.repeats.contains(&child_path);
            if is_repeat && !done.insert(child_path.clone()) {
                continue;
            }
            let added = if is_repeat {
                let same: Vec<Node<'_, '_>> =
                    xml.children().filter(|other| other.is_element() && other.tag_name() == child.tag_name()).collect();
                self.repeat(&same, parent, child_path, scope)
            } else {
                self.compiler.only_attributes(child, &[]);
                self.node(child, Some(parent), child_path, scope, false)
            };
            if let Some(node) = self.compiler.nodes.get_mut(parent as usize) {
                node.children.push(added);
            }
        }
    }

    /// A repeat: its shape is that of the template, or of the first item where the form has no template.
    fn repeat(&mut self, items: &[Node<'_, '_>], parent: ModelIndex, path: String, scope: ScopeIndex) -> ModelIndex {
        let is_template = |item: &&Node<'_, '_>| item.has_attribute((JAVAROSA, "template"));
        let node = u32::try_from(self.compiler.nodes.len()).unwrap_or(u32::MAX);
        let inner = self.scope(node, Some(scope));
        let Some(shape) = items.iter().find(is_template).or_else(|| items.first()) else { return node };
        self.compiler.only_attributes(*shape, &["jr:template"]);
        let index = self.node(*shape, Some(parent), path.clone(), inner, true);
        for item in items.iter().filter(|item| !is_template(item)) {
            let mut initial = InitialItem::default();
            self.initial_values(*item, &path, inner, &mut initial);
            if let Some(found) = self.compiler.scopes.get_mut(inner as usize) {
                found.initial.push(initial);
            }
        }
        index
    }

    fn initial_values(&mut self, xml: Node<'_, '_>, path: &str, scope: ScopeIndex, initial: &mut InitialItem) {
        for child in xml.children().filter(Node::is_element) {
            let child_path = self.path_of(path, child);
            let Some(index) = self.compiler.by_path.get(&child_path).copied() else {
                self.compiler.problem(child_path.clone(), FormProblemCode::NoSuchNode, "not in the repeat's template");
                continue;
            };
            let Some(node) = self.compiler.nodes.get(index as usize) else { continue };
            if node.scope != scope {
                let (inner, is_template) = (node.scope, child.has_attribute((JAVAROSA, "template")));
                if !is_template {
                    let mut item = InitialItem::default();
                    self.initial_values(child, &child_path, inner, &mut item);
                    initial.inner.push((inner, item));
                }
                continue;
            }
            if node.children.is_empty() {
                initial.values.push((index, leaf_text(child)));
            }
            self.initial_values(child, &child_path, scope, initial);
        }
    }
}

fn leaf_text(xml: Node<'_, '_>) -> String {
    if xml.children().any(|child| child.is_element()) {
        return String::new();
    }
    let text: String = xml.children().filter_map(|child| child.text()).collect();
    text.trim().to_owned()
}
