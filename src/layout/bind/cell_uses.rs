//! What became of each filled cell of a table, and the paths of the fields that took them.

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

/// Enough for `indicators[123456].level1_weight`, so that a path is made without moving it.
const LONGEST_PATH: usize = 40;

/// Paths of the fields of one row, such as `indicators[3].score`, each made in the place of the one before.
pub(super) struct RowPaths {
    path: String,
    row: usize,
}

impl RowPaths {
    /// Paths of the entry at `index` in a list of the model.
    pub(super) fn new(list: &str, index: usize) -> Self {
        let mut path = String::with_capacity(LONGEST_PATH);
        path.push_str(list);
        path.push('[');
        push_number(&mut path, index);
        path.push_str("].");
        Self { row: path.len(), path }
    }

    /// Returns the path of one field.
    pub(super) fn leaf(&mut self, leaf: &str) -> &str {
        self.path.truncate(self.row);
        self.path.push_str(leaf);
        &self.path
    }
}

/// Appends a number in figures.
fn push_number(text: &mut String, number: usize) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from_digit((number % 10) as u32, 10).unwrap_or('0'));
}
