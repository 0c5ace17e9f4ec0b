//! A sheet while it is being read, and how much a file may still hold: shared by the readers of text formats.

use std::sync::Arc;

use super::losses::Losses;
use super::package::Fault;
use crate::grid::{Cell, CellAddress, CellRange, CellValue, MAX_COLUMNS, MAX_ROWS, Sheet, Visibility};
use crate::read::{Limits, ReadError};

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::Limit(error)
    }
}

/// What a file may still hold.
pub(in crate::read) struct Budget {
    cells: usize,
    merges: usize,
    notes: usize,
    sheets: usize,
    text_bytes: usize,
    pub limits: Limits,
}

impl Budget {
    pub(in crate::read) fn new(limits: &Limits) -> Self {
        Self {
            cells: limits.cells,
            merges: limits.merges,
            notes: limits.notes,
            sheets: limits.sheets,
            text_bytes: limits.text_bytes,
            limits: limits.clone(),
        }
    }

    fn take_cell(&mut self, text_bytes: usize) -> Result<(), ReadError> {
        self.cells = self
            .cells
            .checked_sub(1)
            .ok_or_else(|| ReadError::too_many("有内容的单元格数", self.limits.cells))?;
        self.take_text(text_bytes)
    }

    pub(in crate::read) fn take_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.text_bytes = self.text_bytes.checked_sub(bytes).ok_or_else(|| {
            let limit = u64::try_from(self.limits.text_bytes).unwrap_or(u64::MAX);
            ReadError::more_bytes_than("全部文字的总量", limit)
        })?;
        Ok(())
    }

    pub(in crate::read) fn take_merge(&mut self) -> Result<(), ReadError> {
        self.merges = self
            .merges
            .checked_sub(1)
            .ok_or_else(|| ReadError::too_many("合并区域数", self.limits.merges))?;
        Ok(())
    }

    pub(in crate::read) fn take_sheet(&mut self) -> Result<(), ReadError> {
        self.sheets = self
            .sheets
            .checked_sub(1)
            .ok_or_else(|| ReadError::too_many("工作表数", self.limits.sheets))?;
        Ok(())
    }

    /// Whether one more note may be kept.
    pub(in crate::read) fn take_note(&mut self) -> bool {
        match self.notes.checked_sub(1) {
            Some(left) => {
                self.notes = left;
                true
            }
            None => false,
        }
    }
}

/// A sheet while it is being read.
#[derive(Default)]
pub(in crate::read) struct SheetDraft {
    pub cells: Vec<Cell>,
    pub merges: Vec<CellRange>,
    /// Inclusive intervals in any order.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Inclusive intervals in any order.
    pub hidden_columns: Vec<(u32, u32)>,
    pub notes: Vec<(CellAddress, String)>,
    pub losses: Losses,
    pub visibility: Visibility,
    outside: bool,
}

/// What a cell holds besides its place.
pub(in crate::read) struct CellContent {
    pub value: CellValue,
    pub shown: String,
    pub shown_unsure: bool,
    pub formula: Option<String>,
    pub number_format: Option<Arc<str>>,
}

impl CellContent {
    /// A text that is shown as it is.
    pub(in crate::read) fn text(text: String) -> Self {
        Self {
            value: CellValue::Text(text.clone()),
            shown: text,
            shown_unsure: false,
            formula: None,
            number_format: None,
        }
    }
}

impl SheetDraft {
    /// Adds a text; an empty one leaves the cell unfilled.
    pub(in crate::read) fn put_text(
        &mut self,
        address: CellAddress,
        text: String,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        if text.is_empty() {
            return Ok(());
        }
        self.put(address, CellContent::text(text), budget)
    }

    /// Adds a cell. A text beyond the limit is cut, a cell beyond a sheet's edges is left out; both are said so.
    pub(in crate::read) fn put(
        &mut self,
        address: CellAddress,
        mut content: CellContent,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        if !is_inside(address) {
            self.note_outside();
            return Ok(());
        }
        let limit = budget.limits.text_length;
        let mut was_cut = cut(&mut content.shown, limit);
        let mut bytes = content.shown.len();
        if let CellValue::Text(text) = &mut content.value {
            was_cut |= cut(text, limit);
            bytes += text.len();
        }
        if let Some(formula) = &mut content.formula {
            was_cut |= cut(formula, limit);
            bytes += formula.len();
        }
        if was_cut {
            self.losses
                .add(Some(address), || format!("单元格的文字超过 {limit} 字，后面的没有读到"));
        }
        budget.take_cell(bytes)?;
        self.cells.push(Cell {
            address,
            value: content.value,
            shown: content.shown,
            shown_unsure: content.shown_unsure,
            formula: content.formula,
            number_format: content.number_format,
        });
        Ok(())
    }

    fn note_outside(&mut self) {
        if !self.outside {
            self.outside = true;
            self.losses.add(None, || {
                format!("内容超出表格范围（最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列），超出的部分没有读到")
            });
        }
    }

    /// Adds a merged region, clipped to a sheet's edges; one of a single cell is none.
    pub(in crate::read) fn merge(&mut self, range: CellRange, budget: &mut Budget) -> Result<(), ReadError> {
        if range.first != range.last {
            budget.take_merge()?;
            self.push_merge(range);
        }
        Ok(())
    }

    /// The same for a region that was counted before.
    pub(in crate::read) fn push_merge(&mut self, range: CellRange) {
        if let Some(range) = clipped(range) {
            self.merges.push(range);
        }
    }

    /// The finished sheet.
    pub(in crate::read) fn into_sheet(mut self, name: impl Into<String>) -> Sheet {
        // Tables that were put below others may reach beyond the edges only now.
        let filled = self.cells.len();
        self.cells.retain(|cell| is_inside(cell.address));
        if self.cells.len() < filled {
            self.note_outside();
        }
        let merges = self.merges.into_iter().filter_map(clipped).collect();
        let mut sheet = Sheet::new(name, self.cells, merges);
        sheet.visibility = self.visibility;
        sheet.hidden_rows = joined(self.hidden_rows);
        sheet.hidden_columns = joined(self.hidden_columns);
        sheet.notes = self.notes;
        sheet.notes.sort_by_key(|(cell, _)| *cell);
        sheet.losses.extend(self.losses.into_list());
        sheet
    }
}

const fn is_inside(address: CellAddress) -> bool {
    address.row < MAX_ROWS && address.column < MAX_COLUMNS
}

/// A region clipped to a sheet's edges; none when nothing or a single cell is left.
fn clipped(range: CellRange) -> Option<CellRange> {
    let last = CellAddress::new(range.last.row.min(MAX_ROWS - 1), range.last.column.min(MAX_COLUMNS - 1));
    (is_inside(range.first) && range.first != last).then(|| CellRange::new(range.first, last))
}

/// Intervals in order, touching ones joined.
fn joined(mut intervals: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    intervals.sort_unstable();
    let mut result: Vec<(u32, u32)> = Vec::with_capacity(intervals.len());
    for (first, last) in intervals {
        match result.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => result.push((first, last)),
        }
    }
    result
}

/// Shortens to `limit` characters; says whether anything was cut.
fn cut(text: &mut String, limit: usize) -> bool {
    // Bytes are never fewer than characters, so most texts need no count.
    if text.len() <= limit {
        return false;
    }
    match text.char_indices().nth(limit) {
        Some((end, _)) => {
            text.truncate(end);
            true
        }
        None => false,
    }
}
