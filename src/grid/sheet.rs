//! A sheet as a sorted list of its filled cells: memory follows what is filled, never the extent.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Cell, CellAddress, CellRange, OpenRegions};

/// Whether a person can see the sheet's tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Visibility {
    /// Shown.
    #[default]
    Visible,
    /// Hidden; a person can unhide it in the menu.
    Hidden,
    /// Hidden so that only a program can unhide it.
    VeryHidden,
}

/// One sheet: filled cells in row order, merged regions and what is hidden.
///
/// Built by [`Sheet::new`], which sorts and validates; the fields that must stay in order are private.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// The tab's name.
    pub name: String,
    /// Whether the tab is shown.
    pub visibility: Visibility,
    #[serde(deserialize_with = "with_shared_formats")]
    cells: Vec<Cell>,
    merges: Vec<CellRange>,
    /// Hidden rows as inclusive zero-based intervals, sorted and disjoint.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns as inclusive zero-based intervals, sorted and disjoint.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Widths of columns in 256ths of a digit, by inclusive zero-based intervals in the file's order; none where the
    /// file gives none. Of no meaning for what is read.
    pub column_widths: Vec<(u32, u32, u32)>,
    /// Notes (comments) by cell, sorted.
    pub notes: Vec<(CellAddress, String)>,
    /// What could not be read here, in plain Chinese, with the cell where it is known.
    pub losses: Vec<ReadingLoss>,
    /// The text behind the name [`FORM_MARK_NAME`], where the sheet has it.
    pub form_mark: Option<String>,
}

/// The defined name by which a sheet says which form it was made from. A name belongs to its sheet, goes with it into
/// another workbook, and is kept by every program that saves the file.
pub const FORM_MARK_NAME: &str = "_hebiao.form";

/// Something in a file that could not be read, though the rest could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingLoss {
    /// The cell, where it is known.
    pub cell: Option<CellAddress>,
    /// What was lost and why, one Chinese sentence.
    pub message: String,
}

/// A broken file can have any number of overlapping regions; a person reads the first ones.
const OVERLAPS_LISTED: usize = 100;

impl Sheet {
    /// Returns a sheet from cells and merged regions in any order.
    ///
    /// Of cells at the same address the last wins. A region of a single cell is dropped; of overlapping
    /// regions the one with the earlier upper left corner (then the larger) is kept, the others are reported in `losses`, the first hundred one by one.
    pub fn new(name: impl Into<String>, mut cells: Vec<Cell>, mut merges: Vec<CellRange>) -> Self {
        let mut losses = Vec::new();
        cells.sort_by_key(|cell| cell.address);
        cells.reverse();
        cells.dedup_by_key(|cell| cell.address);
        cells.reverse();

        merges.retain(|range| range.first != range.last);
        merges.sort_by_key(|range| (range.first, std::cmp::Reverse(range.last)));
        merges.dedup();
        let mut kept: Vec<CellRange> = Vec::with_capacity(merges.len());
        let mut open = OpenRegions::default();
        let mut unlisted = 0_usize;
        for range in merges {
            if open.open(range, ()) {
                kept.push(range);
            } else if losses.len() >= OVERLAPS_LISTED {
                unlisted += 1;
            } else {
                losses.push(ReadingLoss {
                    cell: Some(range.first),
                    message: format!("合并区域 {range} 与另一合并区域重叠，已忽略"),
                });
            }
        }
        if unlisted > 0 {
            losses.push(ReadingLoss {
                cell: None,
                message: format!("另有 {unlisted} 个重叠的合并区域已忽略，未逐一列出"),
            });
        }
        Self {
            name: name.into(),
            cells,
            merges: kept,
            losses,
            ..Self::default()
        }
    }

    /// Puts a cell in its place, instead of the one that may be there.
    pub fn put(&mut self, cell: Cell) {
        match self.cells.binary_search_by_key(&cell.address, |known| known.address) {
            Ok(index) => {
                if let Some(known) = self.cells.get_mut(index) {
                    *known = cell;
                }
            }
            Err(index) => self.cells.insert(index, cell),
        }
    }

    /// Returns all filled cells, by row, then column.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Merged regions of more than one cell, without overlaps, by upper left corner.
    pub fn merges(&self) -> &[CellRange] {
        &self.merges
    }

    /// Returns the filled cell at an address.
    pub fn cell(&self, address: CellAddress) -> Option<&Cell> {
        self.cells
            .binary_search_by_key(&address, |cell| cell.address)
            .ok()
            .and_then(|index| self.cells.get(index))
    }

    /// Returns the filled cells of one row, by column.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.address.row < row);
        let end = self.cells.partition_point(|cell| cell.address.row <= row);
        self.cells.get(start..end).unwrap_or_default()
    }

    /// Returns whether the row is hidden.
    pub fn is_row_hidden(&self, row: u32) -> bool {
        covers(&self.hidden_rows, row)
    }

    /// Returns whether the column is hidden.
    pub fn is_column_hidden(&self, column: u32) -> bool {
        covers(&self.hidden_columns, column)
    }

    /// Returns whether a person cannot see the cell without unhiding its row, column or sheet.
    pub fn is_hidden(&self, cell: CellAddress) -> bool {
        self.visibility != Visibility::Visible || self.is_row_hidden(cell.row) || self.is_column_hidden(cell.column)
    }

    /// Returns the smallest rectangle around all filled cells.
    pub fn extent(&self) -> Option<CellRange> {
        let mut cells = self.cells.iter().filter(|cell| !cell.is_blank());
        let first = CellRange::single(cells.next()?.address);
        Some(cells.fold(first, |range, cell| range.including(cell.address)))
    }
}

fn covers(intervals: &[(u32, u32)], position: u32) -> bool {
    let after = intervals.partition_point(|&(first, _)| first <= position);
    after
        .checked_sub(1)
        .and_then(|index| intervals.get(index))
        .is_some_and(|&(_, last)| position <= last)
}

/// Returns cells with each number format kept once.
fn with_shared_formats<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Cell>, D::Error> {
    let mut cells = Vec::<Cell>::deserialize(deserializer)?;
    let mut known: BTreeSet<Arc<str>> = BTreeSet::new();
    for format in cells.iter_mut().filter_map(|cell| cell.number_format.as_mut()) {
        match known.get(format) {
            Some(same) => *format = Arc::clone(same),
            None => {
                known.insert(Arc::clone(format));
            }
        }
    }
    Ok(cells)
}
