//! Formulas whose result was never stored, though an empty text stands in its place: some programs write it so.

use crate::formula::PlainFormula;
use crate::grid::{Cell, CellValue, Sheet};

/// Takes the empty text away from formulas that can only give a number. Any other may well give an empty text.
pub(in crate::read) fn blank_unstored(sheet: &mut Sheet) {
    let is_empty = |cell: &&Cell| matches!(&cell.value, CellValue::Text(text) if text.is_empty());
    let is_numeric = |cell: &&Cell| {
        let formula = cell.formula.as_deref().and_then(PlainFormula::parse);
        formula.is_some_and(|formula| formula.gives_number())
    };
    let unstored: Vec<Cell> = sheet
        .cells()
        .iter()
        .filter(is_empty)
        .filter(is_numeric)
        .cloned()
        .collect();
    for cell in unstored {
        sheet.put(Cell {
            value: CellValue::Blank,
            ..cell
        });
    }
}
