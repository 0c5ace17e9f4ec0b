//! Formulas of a sheet: gathered while its records go by, turned into text when all that they share is known.

use std::collections::BTreeMap;

use super::globals::Globals;
use crate::grid::{Cell, CellAddress};
use crate::read::formula_tokens::{self, shared_anchor};
use crate::read::kit::budget::Budget;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::package::PartError;

/// Tokens by the cells that have them.
#[derive(Default)]
pub(super) struct Formulas<'a> {
    own: Vec<(CellAddress, &'a [u8])>,
    /// Tokens that a group of cells shares, by its first cell.
    shared: BTreeMap<CellAddress, &'a [u8]>,
    /// The tokens of array formulas, by their first cell.
    arrays: BTreeMap<CellAddress, &'a [u8]>,
}

impl<'a> Formulas<'a> {
    /// A cell's formula, as far as its record has it.
    pub(super) fn own(&mut self, cell: CellAddress, cursor: &mut Cursor<'a>) {
        // A formula whose tokens are cut short is still one; it only has no text.
        let length = cursor.u16().map_or(0, usize::from);
        self.own.push((cell, cursor.take(length).unwrap_or_default()));
    }

    /// SHRFMLA: the range, then tokens with offsets instead of positions.
    ///
    /// `before` is the cell that the record stands behind. Cells refer to that one, which need not be the range's first.
    pub(super) fn shared(&mut self, before: CellAddress, mut cursor: Cursor<'a>) -> Option<()> {
        let anchor = range_start(&mut cursor)?;
        cursor.skip(2)?;
        let length = usize::from(cursor.u16()?);
        let tokens = cursor.take(length)?;
        self.shared.entry(anchor).or_insert(tokens);
        self.shared.insert(before, tokens);
        Some(())
    }

    /// ARRAY: the range, then tokens.
    pub(super) fn array(&mut self, mut cursor: Cursor<'a>) -> Option<()> {
        let anchor = range_start(&mut cursor)?;
        cursor.skip(6)?;
        let length = usize::from(cursor.u16()?);
        self.arrays.insert(anchor, cursor.take(length)?);
        Some(())
    }

    /// Gives the cells, which are in the order in which their formulas came, their texts.
    ///
    /// Of an array formula only the first cell has the text, as in the xlsx form.
    pub(super) fn resolve(self, cells: &mut [Cell], globals: &Globals, budget: &mut Budget) -> Result<(), PartError> {
        let mut cells = cells.iter_mut();
        for (address, tokens) in &self.own {
            let Some(cell) = cells.find(|cell| cell.address == *address && cell.formula.is_some()) else {
                return Ok(());
            };
            let tokens = match shared_anchor(tokens, globals.dialect) {
                None => *tokens,
                Some((row, column)) => {
                    let anchor = CellAddress::new(row, column.unwrap_or_default());
                    match (self.shared.get(&anchor), self.arrays.get(&anchor)) {
                        (Some(tokens), _) => tokens,
                        (None, Some(tokens)) if anchor == *address => tokens,
                        (None, Some(_)) => {
                            cell.formula = None;
                            continue;
                        }
                        (None, None) => continue,
                    }
                }
            };
            let limit = budget.limits.text_length;
            if let Some(text) = formula_tokens::text(tokens, *address, globals.dialect, &globals.names, limit) {
                budget.take_text(text.len())?;
                cell.formula = Some(text);
            }
        }
        Ok(())
    }
}

/// Returns the first cell of a range of rows and columns, which are one byte here.
fn range_start(cursor: &mut Cursor) -> Option<CellAddress> {
    let row = cursor.u16()?;
    cursor.skip(2)?;
    let column = cursor.u8()?;
    cursor.skip(1)?;
    Some(CellAddress::new(row.into(), column.into()))
}
