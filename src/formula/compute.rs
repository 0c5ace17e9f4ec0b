//! The value of a plain formula, from the stored values of its cells.

use rust_decimal::{Decimal, RoundingStrategy};

use super::PlainFormula;
use super::plain::{Expression, Function, Operator};
use crate::grid::{CellRange, CellValue, Sheet};

/// Cells that may be looked at before recomputing is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget(usize);

impl Budget {
    /// Enough for every formula of a real sheet; a sheet of whole-column sums over a million cells is no such.
    pub const fn new() -> Self {
        Self(2_000_000)
    }

    fn take(&mut self, cells: usize) -> Option<()> {
        self.0 = self.0.checked_sub(cells)?;
        Some(())
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new()
    }
}

/// What a cell is to a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CellFigure {
    /// No value.
    Blank,
    /// A figure.
    Number(Decimal),
    /// A text or a truth value: sums pass over it, arithmetic stops at it.
    Other,
}

impl PlainFormula {
    /// Returns the value; `None` where the program that made the sheet would show an error, where a cell has no
    /// stored value, and beyond the budget.
    pub fn value(&self, sheet: &Sheet, budget: &mut Budget) -> Option<Decimal> {
        Computation { sheet, budget }
            .scalar(&self.root)
            .map(|value| value.normalize())
    }
}

struct Computation<'a, 'b> {
    sheet: &'a Sheet,
    budget: &'b mut Budget,
}

impl Computation<'_, '_> {
    fn scalar(&mut self, expression: &Expression) -> Option<Decimal> {
        match expression {
            Expression::Number(number) => Some(*number),
            Expression::Cells(range) => {
                // A range where one value is due depends on where the formula stands.
                if range.first != range.last {
                    return None;
                }
                match self.cells(*range)?.first() {
                    None | Some(CellFigure::Blank) => Some(Decimal::ZERO),
                    Some(CellFigure::Number(number)) => Some(*number),
                    Some(CellFigure::Other) => None,
                }
            }
            Expression::Negated(inner) => self.scalar(inner).map(|value| -value),
            Expression::Percent(inner) => self.scalar(inner)?.checked_div(Decimal::ONE_HUNDRED),
            Expression::Binary(operator, left, right) => {
                let (left, right) = (self.scalar(left)?, self.scalar(right)?);
                match operator {
                    Operator::Add => left.checked_add(right),
                    Operator::Subtract => left.checked_sub(right),
                    Operator::Multiply => left.checked_mul(right),
                    Operator::Divide => left.checked_div(right),
                }
            }
            Expression::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn call(&mut self, function: Function, arguments: &[Expression]) -> Option<Decimal> {
        use Function::{Abs, Average, Count, Max, Min, Product, Round, RoundDown, RoundUp, Sum};
        match function {
            Sum | Average | Min | Max | Product | Count => {
                let mut numbers = Vec::new();
                for argument in arguments {
                    self.numbers(argument, &mut numbers)?;
                }
                let mut all = numbers.iter().copied();
                match function {
                    Sum => all.try_fold(Decimal::ZERO, Decimal::checked_add),
                    Count => Some(Decimal::from(numbers.len())),
                    Average => all
                        .try_fold(Decimal::ZERO, Decimal::checked_add)?
                        .checked_div(Decimal::from(numbers.len())),
                    Min => Some(all.min().unwrap_or_default()),
                    Max => Some(all.max().unwrap_or_default()),
                    _ if numbers.is_empty() => Some(Decimal::ZERO),
                    _ => all.try_fold(Decimal::ONE, Decimal::checked_mul),
                }
            }
            Abs => match arguments {
                [number] => self.scalar(number).map(|value| value.abs()),
                _ => None,
            },
            Round | RoundUp | RoundDown => {
                let (number, places) = match arguments {
                    [number] if function == RoundDown => (number, Decimal::ZERO),
                    [number, places] => (number, self.scalar(places)?),
                    _ => return None,
                };
                let strategy = match function {
                    Round => RoundingStrategy::MidpointAwayFromZero,
                    RoundUp => RoundingStrategy::AwayFromZero,
                    _ => RoundingStrategy::ToZero,
                };
                // Rounding to tens and hundreds is not what such tables do.
                let places = u32::try_from(i64::try_from(places.trunc()).ok()?).ok()?;
                Some(self.scalar(number)?.round_dp_with_strategy(places, strategy))
            }
        }
    }

    /// Returns the figures among an argument's values: all of a range's, or the one of an expression.
    fn numbers(&mut self, argument: &Expression, numbers: &mut Vec<Decimal>) -> Option<()> {
        if let Expression::Cells(range) = argument {
            numbers.extend(self.cells(*range)?.into_iter().filter_map(|figure| match figure {
                CellFigure::Number(number) => Some(number),
                _ => None,
            }));
            return Some(());
        }
        numbers.push(self.scalar(argument)?);
        Some(())
    }

    /// Returns the filled cells of a range; `None` when one holds an error, or a formula without a value.
    fn cells(&mut self, range: CellRange) -> Option<Vec<CellFigure>> {
        let cells = self.sheet.cells();
        let from = cells.partition_point(|cell| cell.address < range.first);
        let rows = cells.get(from..).unwrap_or_default();
        let rows = rows
            .get(..rows.partition_point(|cell| cell.address.row <= range.last.row))
            .unwrap_or_default();
        self.budget.take(rows.len().saturating_add(1))?;
        let mut figures = Vec::new();
        for cell in rows.iter().filter(|cell| range.contains(cell.address)) {
            figures.push(match &cell.value {
                CellValue::Number(number) => CellFigure::Number(*number),
                CellValue::Blank if cell.formula.is_none() => CellFigure::Blank,
                CellValue::Blank | CellValue::Error(_) => return None,
                CellValue::Text(_) | CellValue::Boolean(_) => CellFigure::Other,
            });
        }
        Some(figures)
    }
}
