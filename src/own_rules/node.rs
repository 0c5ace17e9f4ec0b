//! A condition that has been understood: every name resolved, every number exact, nothing that could fail to be there.

use rust_decimal::Decimal;

/// A part of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// 真 or 假.
    Bool(bool),
    /// 空.
    Null,
    /// A field of the row at hand, else of the table.
    Field(&'static str),
    /// The cell that the finding speaks of.
    Cell,
    /// A loop's variable, by its place among those that hold here.
    Local(usize),
    /// A field of a row.
    Select(Box<Node>, &'static str),
    /// An element of a list.
    Index(Box<Node>, Box<Node>),
    /// `!x`.
    Not(Box<Node>),
    /// `-x`.
    Negate(Box<Node>),
    /// Whether a loop need not stop: what cannot be decided yet stops nothing.
    NotFalse(Box<Node>),
    /// `x && y`.
    And(Box<Node>, Box<Node>),
    /// `x || y`.
    Or(Box<Node>, Box<Node>),
    /// `x ? y : z`.
    Choice(Box<Node>, Box<Node>, Box<Node>),
    /// Arithmetic, comparison and membership.
    Binary(Operator, Box<Node>, Box<Node>),
    /// A function of these arguments, the receiver first.
    Call(Function, Vec<Node>),
    /// `[x, y]`.
    List(Vec<Node>),
    /// A loop's list with one element more.
    Append(usize, Box<Node>),
    /// `filter`, `all`, `exists` …
    Loop(Box<Loop>),
}

/// A loop over a list. Within it two more variables hold: what is gathered, then the element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Loop {
    /// The list.
    pub(super) range: Node,
    /// What is gathered at first.
    pub(super) start: Node,
    /// Whether to go on.
    pub(super) going: Node,
    /// What is gathered after an element.
    pub(super) step: Node,
    /// What comes of it.
    pub(super) result: Node,
}

/// What stands between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    In,
}

/// The functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Size,
    Contains,
    StartsWith,
    EndsWith,
    Sum,
    Filled,
    Number,
    Round,
    Abs,
    Min,
    Max,
}

impl Function {
    /// Returns the function of this name and the number of its arguments, the receiver counted.
    pub(super) fn named(name: &str) -> Option<(Self, usize)> {
        Some(match name {
            "size" => (Self::Size, 1),
            "contains" => (Self::Contains, 2),
            "startsWith" => (Self::StartsWith, 2),
            "endsWith" => (Self::EndsWith, 2),
            "sum" => (Self::Sum, 1),
            "filled" => (Self::Filled, 1),
            "number" => (Self::Number, 1),
            "round" => (Self::Round, 2),
            "abs" => (Self::Abs, 1),
            "min" => (Self::Min, 1),
            "max" => (Self::Max, 1),
            _ => return None,
        })
    }
}
