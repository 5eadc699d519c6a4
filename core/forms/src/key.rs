//! Stable names of things inside a fill: which question, in which repeat items.
//!
//! A reference such as `/data/point[2]/value` changes when an item before it is removed; a [`NodeKey`] never does.
//! This module never looks anything up.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The id of one repeat item: 128 bits as 32 lowercase hex digits, made by whoever adds the item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemId(String);

impl ItemId {
    /// Reads an id; `None` unless it is exactly 32 hex digits. Hyphens (as in a UUID) are dropped and upper case is lowered.
    pub fn parse(text: &str) -> Option<ItemId> {
        let digits: String = text.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()).collect();
        let valid = digits.len() == 32 && digits.chars().all(|c| c.is_ascii_hexdigit());
        valid.then_some(ItemId(digits))
    }

    /// An id from its 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> ItemId {
        ItemId(hex::encode(bytes))
    }

    /// The 32 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for ItemId {
    type Error = String;
    fn try_from(text: String) -> Result<ItemId, String> {
        ItemId::parse(&text).ok_or_else(|| format!("{text:?} is not an item id (32 hex digits)"))
    }
}

impl From<ItemId> for String {
    fn from(id: ItemId) -> String {
        id.0
    }
}

/// A node of a fill, named so that it stays the same when other repeat items come and go: its path in the form
/// (without indexes, such as `/data/point/value`) and the ids of the repeat items around it, outermost first.
/// For a repeat item itself, the path is the repeat's and the last id is its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeKey {
    /// Path in the form, without indexes.
    pub path: String,
    /// Ids of the repeat items around the node, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemId>,
}

impl NodeKey {
    /// A node that is in no repeat.
    pub fn plain(path: &str) -> NodeKey {
        NodeKey { path: path.to_owned(), items: Vec::new() }
    }

    /// A node inside repeat items.
    pub fn within(path: &str, items: Vec<ItemId>) -> NodeKey {
        NodeKey { path: path.to_owned(), items }
    }
}
