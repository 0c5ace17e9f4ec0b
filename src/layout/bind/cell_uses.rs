//! What became of each filled cell of a table.

use std::collections::BTreeMap;
use std::ops::Range;

/// What a filled cell became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellUse {
    Bound,
    Decorative,
}

/// The use of each cell, by its index in the sheet.
pub(super) struct CellUses {
    /// Index of the table's first cell.
    first: usize,
    /// The table's own cells.
    own: Vec<Option<CellUse>>,
    /// Cells of the rows above it whose regions reach down into it.
    above: BTreeMap<usize, CellUse>,
}

impl CellUses {
    /// Returns a cell_uses without entries for a table that has these cells.
    pub(super) fn new(cells: Range<usize>) -> Self {
        Self {
            first: cells.start,
            own: vec![None; cells.len()],
            above: BTreeMap::new(),
        }
    }

    /// Returns what a cell became so far.
    pub(super) fn usage(&self, cell: usize) -> Option<CellUse> {
        match cell.checked_sub(self.first) {
            Some(at) => self.own.get(at).copied().flatten(),
            None => self.above.get(&cell).copied(),
        }
    }

    /// Notes a cell as decorative, unless it is in use already.
    pub(super) fn decorate(&mut self, cell: usize) {
        if self.usage(cell).is_none() {
            self.set(cell, CellUse::Decorative);
        }
    }

    /// Notes a cell as bound; `false` when it was already.
    pub(super) fn bind(&mut self, cell: usize) -> bool {
        let is_new = self.usage(cell) != Some(CellUse::Bound);
        self.set(cell, CellUse::Bound);
        is_new
    }

    fn set(&mut self, cell: usize, usage: CellUse) {
        match cell.checked_sub(self.first) {
            Some(at) => {
                if let Some(place) = self.own.get_mut(at) {
                    *place = Some(usage);
                }
            }
            None => {
                self.above.insert(cell, usage);
            }
        }
    }
}
