//! Formulas of a sheet: gathered while its records go by, turned into text when all that they share is known.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::grid::{Cell, CellAddress};
use crate::read::formula_tokens::{self, Dialect, Names, shared_anchor};
use crate::read::kit::budget::Budget;
use crate::read::kit::cursor::Cursor;
use crate::read::kit::package::PartError;

/// Formulas that could not be written down at once.
#[derive(Default)]
pub(super) struct Formulas {
    /// Cells whose tokens stand elsewhere: the position in the list of cells, and the cell where they stand.
    waiting: Vec<(usize, CellAddress)>,
    shared: BTreeMap<CellAddress, Rc<[u8]>>,
    arrays: BTreeMap<CellAddress, Vec<u8>>,
}

impl Formulas {
    /// Returns a cell's own formula, as text; empty when it stands elsewhere or is not understood.
    ///
    /// `position` is where the cell will stand in the list of cells.
    pub(super) fn own(
        &mut self,
        position: usize,
        cell: CellAddress,
        cursor: &mut Cursor,
        names: &Names,
        limit: usize,
    ) -> String {
        self.read_own(position, cell, cursor, names, limit).unwrap_or_default()
    }

    fn read_own(
        &mut self,
        position: usize,
        cell: CellAddress,
        cursor: &mut Cursor,
        names: &Names,
        limit: usize,
    ) -> Option<String> {
        cursor.skip(2)?;
        let tokens = counted(cursor)?;
        if let Some((row, _)) = shared_anchor(tokens, Dialect::Biff12) {
            let column = Cursor::new(counted(cursor)?).u32()?;
            self.waiting.push((position, CellAddress::new(row, column)));
            return None;
        }
        formula_tokens::text(tokens, cell, Dialect::Biff12, names, limit)
    }

    /// Tokens with offsets that the cells of a range share.
    ///
    /// `before` is the cell that the record stands behind. Cells refer to that one, which need not be the range's first.
    pub(super) fn shared(&mut self, before: Option<CellAddress>, mut cursor: Cursor) -> Option<()> {
        let anchor = range_start(&mut cursor)?;
        let tokens: Rc<[u8]> = counted(&mut cursor)?.into();
        self.shared.entry(anchor).or_insert_with(|| tokens.clone());
        if let Some(before) = before {
            self.shared.insert(before, tokens);
        }
        Some(())
    }

    /// Returns the tokens of an array formula.
    pub(super) fn array(&mut self, mut cursor: Cursor) -> Option<()> {
        let anchor = range_start(&mut cursor)?;
        cursor.skip(1)?;
        self.arrays.insert(anchor, counted(&mut cursor)?.to_vec());
        Some(())
    }

    /// Gives the waiting cells their texts. Of an array formula only the first cell has it, as in the xlsx form.
    pub(super) fn resolve(self, cells: &mut [Cell], names: &Names, budget: &mut Budget) -> Result<(), PartError> {
        for (position, anchor) in &self.waiting {
            let Some(cell) = cells.get_mut(*position) else {
                continue;
            };
            let tokens = match (self.shared.get(anchor), self.arrays.get(anchor)) {
                (Some(tokens), _) => &**tokens,
                (None, Some(tokens)) if *anchor == cell.address => tokens,
                (None, Some(_)) => {
                    cell.formula = None;
                    continue;
                }
                (None, None) => continue,
            };
            let limit = budget.limits.text_length;
            if let Some(text) = formula_tokens::text(tokens, cell.address, Dialect::Biff12, names, limit) {
                budget.take_text(text.len())?;
                cell.formula = Some(text);
            }
        }
        Ok(())
    }
}

/// Bytes behind their count.
fn counted<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let count = usize::try_from(cursor.u32()?).ok()?;
    cursor.take(count)
}

/// Returns the first cell of a range: first row, last row, first column, last column.
pub(super) fn range_start(cursor: &mut Cursor) -> Option<CellAddress> {
    let row = cursor.u32()?;
    cursor.skip(4)?;
    let column = cursor.u32()?;
    cursor.skip(4)?;
    Some(CellAddress::new(row, column))
}
