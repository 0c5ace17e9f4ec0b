//! From a formula's text to an expression of the plain kind.

use formualizer_parse::LiteralValue;
use formualizer_parse::parser::{ASTNode, ASTNodeType, ReferenceType, parse};
use rust_decimal::Decimal;

use crate::grid::{CellAddress, CellRange, MAX_COLUMNS, MAX_ROWS};

/// A formula whose value follows from figures and cells of its own sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainFormula {
    pub(super) root: Expression,
}

/// What a plain formula is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Number(Decimal),
    Cells(CellRange),
    Negated(Box<Expression>),
    Percent(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    Call(Function, Vec<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Average,
    Min,
    Max,
    Product,
    Count,
    Abs,
    Round,
    RoundUp,
    RoundDown,
}

/// Formulas of such tables are short; what is longer or nested deeper is no plain formula.
const MOST_CHARACTERS: usize = 1000;
const DEEPEST: usize = 32;

impl PlainFormula {
    /// Reads a formula without its `=`; `None` when it is not plain.
    pub fn parse(formula: &str) -> Option<Self> {
        if !is_modest(formula) {
            return None;
        }
        let tree = parse(format!("={formula}")).ok()?;
        expression(&tree, DEEPEST * 4).map(|root| Self { root })
    }

    /// Returns whether it can give nothing but a number or an error: anything but a single cell's own value.
    pub const fn gives_number(&self) -> bool {
        !matches!(self.root, Expression::Cells(_))
    }

    /// Returns the ranges that are added up, when the formula does nothing else: SUM, cells joined by +, or one cell.
    pub fn summed(&self) -> Option<Vec<CellRange>> {
        let mut ranges = Vec::new();
        summed(&self.root, &mut ranges).then_some(ranges)
    }
}

/// Short, not nested deep, and of characters that plain formulas use.
fn is_modest(formula: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0_usize;
    for character in formula.chars() {
        match character {
            '(' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ')' => depth = depth.saturating_sub(1),
            c if c.is_ascii_alphanumeric() || "$:,+-*/%. _\n".contains(c) => {}
            _ => return false,
        }
    }
    deepest <= DEEPEST && formula.len() <= MOST_CHARACTERS && !formula.contains("--------")
}

fn expression(node: &ASTNode, depth: usize) -> Option<Expression> {
    let depth = depth.checked_sub(1)?;
    let boxed = |node: &ASTNode| expression(node, depth).map(Box::new);
    match &node.node_type {
        ASTNodeType::Literal(LiteralValue::Number(number)) => {
            // The shortest text that reads back as the same number is what was typed.
            Decimal::from_str_exact(&number.to_string())
                .ok()
                .map(Expression::Number)
        }
        ASTNodeType::Literal(LiteralValue::Int(number)) => Some(Expression::Number(Decimal::from(*number))),
        ASTNodeType::Reference { reference, .. } => range(reference).map(Expression::Cells),
        ASTNodeType::UnaryOp { op, expr } => match op.as_str() {
            "-" => Some(Expression::Negated(boxed(expr)?)),
            "+" => expression(expr, depth),
            "%" => Some(Expression::Percent(boxed(expr)?)),
            _ => None,
        },
        ASTNodeType::BinaryOp { op, left, right } => {
            let operator = match op.as_str() {
                "+" => Operator::Add,
                "-" => Operator::Subtract,
                "*" => Operator::Multiply,
                "/" => Operator::Divide,
                _ => return None,
            };
            Some(Expression::Binary(operator, boxed(left)?, boxed(right)?))
        }
        ASTNodeType::Function { name, args } => {
            let function = match name.to_ascii_uppercase().as_str() {
                "SUM" => Function::Sum,
                "AVERAGE" => Function::Average,
                "MIN" => Function::Min,
                "MAX" => Function::Max,
                "PRODUCT" => Function::Product,
                "COUNT" => Function::Count,
                "ABS" => Function::Abs,
                "ROUND" => Function::Round,
                "ROUNDUP" => Function::RoundUp,
                "ROUNDDOWN" | "TRUNC" => Function::RoundDown,
                _ => return None,
            };
            let arguments: Option<Vec<Expression>> = args.iter().map(|node| expression(node, depth)).collect();
            arguments
                .filter(|arguments| !arguments.is_empty())
                .map(|arguments| Expression::Call(function, arguments))
        }
        _ => None,
    }
}

fn range(reference: &ReferenceType) -> Option<CellRange> {
    let address = |row: u32, column: u32| {
        let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
        (row < MAX_ROWS && column < MAX_COLUMNS).then(|| CellAddress::new(row, column))
    };
    match reference {
        ReferenceType::Cell {
            sheet: None, row, col, ..
        } => address(*row, *col).map(CellRange::single),
        ReferenceType::Range {
            sheet: None,
            start_row: Some(first_row),
            start_col: Some(first_column),
            end_row: Some(last_row),
            end_col: Some(last_column),
            ..
        } => {
            let first = address((*first_row).min(*last_row), (*first_column).min(*last_column))?;
            let last = address((*first_row).max(*last_row), (*first_column).max(*last_column))?;
            Some(CellRange::new(first, last))
        }
        _ => None,
    }
}

fn summed(expression: &Expression, ranges: &mut Vec<CellRange>) -> bool {
    match expression {
        Expression::Cells(range) => {
            ranges.push(*range);
            true
        }
        Expression::Binary(Operator::Add, left, right) => summed(left, ranges) && summed(right, ranges),
        Expression::Call(Function::Sum, arguments) => arguments.iter().all(|argument| summed(argument, ranges)),
        _ => false,
    }
}
