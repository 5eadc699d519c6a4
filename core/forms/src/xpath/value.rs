//! Values of expressions, and how one kind turns into another.
//!
//! Dates are texts in ISO 8601; where a number is wanted they become days since 1970-01-01T00:00Z, the text read in
//! the fill's offset.

use crate::xpath::dates;
use crate::xpath::number;
use crate::xpath::world::World;

/// A node of some tree of the world; 0 is the primary instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeRef {
    pub(crate) tree: u16,
    pub(crate) node: u32,
}

/// The value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Text(String),
    Boolean(bool),
    /// In document order, unless a function says otherwise; without doubles.
    Nodes(Vec<NodeRef>),
}

impl Value {
    /// As text.
    pub(crate) fn text(self, world: &dyn World) -> String {
        match self {
            Value::Number(value) => number::print(value),
            Value::Text(text) => text,
            Value::Boolean(value) => value.to_string(),
            Value::Nodes(nodes) => nodes.first().map_or_else(String::new, |node| string_value(world, *node)),
        }
    }

    /// As a number; NaN where the text is none.
    pub(crate) fn number(&self, world: &dyn World) -> f64 {
        match self {
            Value::Number(value) => *value,
            Value::Text(text) => text_number(text, world),
            Value::Boolean(value) => f64::from(u8::from(*value)),
            Value::Nodes(nodes) => {
                nodes.first().map_or(f64::NAN, |node| text_number(&string_value(world, *node), world))
            }
        }
    }

    /// As a truth.
    pub(crate) fn truth(&self) -> bool {
        match self {
            Value::Number(value) => *value != 0.0 && !value.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::Boolean(value) => *value,
            Value::Nodes(nodes) => !nodes.is_empty(),
        }
    }
}

/// The string value of a node.
pub(crate) fn string_value(world: &dyn World, node: NodeRef) -> String {
    world.tree(node.tree).string_value(node.node)
}

/// A text as a number: a decimal number, or the days of a date.
pub(crate) fn text_number(text: &str, world: &dyn World) -> f64 {
    number::read(text).or_else(|| dates::days(text, world.now().offset())).unwrap_or(f64::NAN)
}
