//! Hash indexes over secondary instances, so that a cascading select does not read ten thousand rows each time.
//!
//! Made once when the form is compiled; only for instances inside the form, which never change.

use std::collections::HashMap;

use crate::names::NameId;
use crate::tree::Tree;

/// The rows of one list by the text of one child.
#[derive(Debug)]
pub(crate) struct List {
    /// Number of the tree.
    pub(crate) tree: u16,
    /// Names from the document node down to the row.
    pub(crate) path: Vec<NameId>,
    /// The child whose text is the key.
    pub(crate) child: NameId,
    rows: HashMap<String, Vec<u32>>,
}

impl List {
    /// Indexes the rows.
    pub(crate) fn build(number: u16, tree: &Tree, path: &[NameId], child: NameId) -> List {
        let mut level = vec![0];
        for name in path {
            level = level.iter().flat_map(|node| children_named(tree, *node, *name)).collect();
        }
        let mut rows: HashMap<String, Vec<u32>> = HashMap::new();
        for row in level {
            let mut keys: Vec<String> =
                children_named(tree, row, child).into_iter().map(|node| tree.string_value(node)).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                rows.entry(key).or_default().push(row);
            }
        }
        List { tree: number, path: path.to_vec(), child, rows }
    }

    /// The rows with a key, in document order.
    pub(crate) fn rows(&self, key: &str) -> &[u32] {
        self.rows.get(key).map_or(&[], Vec::as_slice)
    }
}

fn children_named(tree: &Tree, parent: u32, name: NameId) -> Vec<u32> {
    tree.children(parent).filter(|child| tree.get(*child).is_some_and(|node| node.local == name)).collect()
}
