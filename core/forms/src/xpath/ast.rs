//! The shape of a read expression.
//!
//! Plain data; reading makes it, the compiler adds resolved paths to it, evaluating only looks.

use std::sync::Arc;

use crate::names::NameId;
use crate::xpath::table::Function;

/// An expression.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    Number(f64),
    Text(Arc<str>),
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    Arithmetic(Operator, Box<Expr>, Box<Expr>),
    Negate(Box<Expr>),
    Union(Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// `regex()` with a literal pattern, which is compiled once.
    Matches(Box<Expr>, Pattern),
    Path(Path),
}

/// A compiled pattern of `regex()`.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(pub(crate) regex::Regex);

/// Equality and order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Arithmetic on two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// A location path, or an expression followed by predicates and steps.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(crate) start: Start,
    pub(crate) steps: Vec<Step>,
    /// Set by the form compiler where the path leads straight to nodes of the primary instance.
    pub(crate) resolved: Option<Resolved>,
    /// Set by the form compiler where a hash index answers the first predicate.
    pub(crate) lookup: Option<Lookup>,
}

/// Where a path begins.
#[derive(Debug, Clone)]
pub(crate) enum Start {
    Root,
    Context,
    Filtered(Box<Expr>, Vec<Expr>),
}

/// One step.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) axis: Axis,
    pub(crate) test: Test,
    pub(crate) predicates: Vec<Expr>,
}

/// The direction of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Child,
    Parent,
    SelfNode,
    Attribute,
    Descendant,
    DescendantOrSelf,
    Ancestor,
    AncestorOrSelf,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
    Namespace,
}

impl Axis {
    /// Whether positions count against document order.
    pub(crate) fn backwards(self) -> bool {
        matches!(self, Axis::Parent | Axis::Ancestor | Axis::AncestorOrSelf | Axis::PrecedingSibling | Axis::Preceding)
    }
}

/// What a step takes.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    /// `*`
    AnyName,
    /// `prefix:*`
    Space(NameId),
    /// `name`: any element written without a prefix.
    Name(NameId),
    /// `prefix:name`
    Qualified(NameId, NameId),
    AnyNode,
    Text,
    Comment,
    /// `processing-instruction()`, with its target when one is named.
    Instruction(Option<NameId>),
}

/// A path of plain steps to a node of the form, worked out when the form was compiled: climb to a scope (the form or a
/// repeat item), then go down through repeats.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// How many repeat items to leave, counted from the node that carries the expression.
    pub(crate) climb: usize,
    /// Repeats to go down through, all of whose items are taken.
    pub(crate) through: Vec<u32>,
    /// The node (index in the form's model).
    pub(crate) target: u32,
    /// How many of the path's steps this answers; the others are walked.
    pub(crate) steps: usize,
}

/// `instance('id')/root/item[child = key]…`: the items come from a hash index.
#[derive(Debug, Clone)]
pub(crate) struct Lookup {
    /// Which index of the form.
    pub(crate) index: usize,
    /// The step whose first predicate the index answers.
    pub(crate) step: usize,
    /// The other side of the comparison; does not depend on the item.
    pub(crate) key: Box<Expr>,
}
