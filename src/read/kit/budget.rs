//! What a workbook may still hold while it is being read.

use crate::grid::{Cell, CellValue};
use crate::read::{Limits, ReadError};

/// Counts down from the [`Limits`]; whatever would go below zero stops the file.
pub(in crate::read) struct Budget {
    cells: usize,
    merges: usize,
    notes: usize,
    sheets: usize,
    text_bytes: usize,
    pub(in crate::read) limits: Limits,
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

    /// Counts a cell with all its texts.
    pub(in crate::read) fn take_cell(&mut self, cell: &Cell) -> Result<(), ReadError> {
        take_one(&mut self.cells, "有内容的单元格数", self.limits.cells)?;
        let value = match &cell.value {
            CellValue::Text(text) | CellValue::Error(text) => text.len(),
            _ => 0,
        };
        self.take_text(value + cell.shown().len() + cell.formula.as_ref().map_or(0, String::len))
    }

    pub(in crate::read) fn take_merge(&mut self) -> Result<(), ReadError> {
        take_one(&mut self.merges, "合并区域数", self.limits.merges)
    }

    pub(in crate::read) fn take_sheet(&mut self) -> Result<(), ReadError> {
        take_one(&mut self.sheets, "工作表数", self.limits.sheets)
    }

    pub(in crate::read) fn take_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.text_bytes = self.text_bytes.checked_sub(bytes).ok_or_else(|| {
            let limit = u64::try_from(self.limits.text_bytes).unwrap_or(u64::MAX);
            ReadError::more_bytes_than("全部文字的总量", limit)
        })?;
        Ok(())
    }

    /// Room for one note; `false` when there is none left, which no figure hangs on.
    pub(in crate::read) fn take_note(&mut self, text_bytes: usize) -> bool {
        match (self.notes.checked_sub(1), self.text_bytes.checked_sub(text_bytes)) {
            (Some(notes), Some(bytes)) => {
                self.notes = notes;
                self.text_bytes = bytes;
                true
            }
            _ => false,
        }
    }
}

fn take_one(left: &mut usize, what: &str, limit: usize) -> Result<(), ReadError> {
    *left = left.checked_sub(1).ok_or_else(|| ReadError::too_many(what, limit))?;
    Ok(())
}
