//! What an expression may look at while it is evaluated.
//!
//! The form's fill is one world; the XPath conformance tests bring another.

use chrono::{DateTime, FixedOffset};

use crate::names::Names;
use crate::tree::Tree;
use crate::xpath::ast::{Lookup, Resolved};
use crate::xpath::value::NodeRef;

/// Trees, time and chance.
pub(crate) trait World {
    /// A tree by its number; 0 is the primary instance.
    fn tree(&self, number: u16) -> &Tree;
    /// The names of all trees.
    fn names(&self) -> &Names;
    /// The document node of a secondary instance.
    fn instance(&self, id: &str) -> Option<NodeRef>;
    /// The time of `now()`.
    fn now(&self) -> DateTime<FixedOffset>;
    /// 64 bits of chance that are the same each time for one place and one fill.
    fn chance(&self, place: NodeRef) -> u64;
    /// A text of the form's translations.
    fn itext(&self, id: &str) -> Option<String>;
    /// The label of an option of a select.
    fn choice_name(&self, value: &str, question: &str, at: NodeRef) -> String;
    /// Follows a resolved path from the node that carries the expression; `None` when it has to be walked.
    fn follow(&self, path: &Resolved, carrier: NodeRef) -> Option<Vec<NodeRef>>;
    /// The items of a hash index whose child has this text.
    fn lookup(&self, lookup: &Lookup, key: &str) -> Option<Vec<NodeRef>>;
}
