//! The job's data as a secondary instance.

use serde_json::Value;

use crate::names::{NO_NAME, Names};
use crate::tree::{NodeIndex, QualifiedName, Tree};

/// Makes the tree: an object's entries become elements, a list one element an entry, anything else text.
pub(super) fn tree(job: &Value, names: &Names) -> Tree {
    let mut tree = Tree::new();
    let root = tree.add_element(0, name("root", names));
    add(&mut tree, root, job, names);
    tree.number();
    tree
}

fn name(text: &str, names: &Names) -> QualifiedName {
    QualifiedName { prefix: NO_NAME, space: NO_NAME, local: names.find(text) }
}

fn add(tree: &mut Tree, parent: NodeIndex, value: &Value, names: &Names) {
    let Value::Object(entries) = value else {
        if let Some(node) = tree.get_mut(parent) {
            node.value = text(value);
        }
        return;
    };
    for (key, entry) in entries {
        match entry {
            Value::Array(several) => {
                for one in several {
                    let element = tree.add_element(parent, name(key, names));
                    add(tree, element, one, names);
                }
            }
            other => {
                let element = tree.add_element(parent, name(key, names));
                add(tree, element, other, names);
            }
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
