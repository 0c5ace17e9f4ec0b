//! What a workbook may still hold while it is being read.

use super::package::Fault;
use crate::read::{Limits, ReadError};

/// Counts down from the [`Limits`]; whatever would go below zero stops the file.
pub(in crate::read) struct Budget {
    pub(in crate::read) cells: usize,
    pub(in crate::read) merges: usize,
    pub(in crate::read) notes: usize,
    pub(in crate::read) text_bytes: usize,
    pub(in crate::read) limits: Limits,
}

impl Budget {
    pub(in crate::read) fn new(limits: &Limits) -> Self {
        Self {
            cells: limits.cells,
            merges: limits.merges,
            notes: limits.notes,
            text_bytes: limits.text_bytes,
            limits: limits.clone(),
        }
    }

    pub(in crate::read) fn take_cell(&mut self, text_bytes: usize) -> Result<(), Fault> {
        self.cells = self
            .cells
            .checked_sub(1)
            .ok_or_else(|| Fault::Limit(ReadError::too_many("有内容的单元格数", self.limits.cells)))?;
        self.take_text(text_bytes)
    }

    pub(in crate::read) fn take_text(&mut self, bytes: usize) -> Result<(), Fault> {
        self.text_bytes = self.text_bytes.checked_sub(bytes).ok_or_else(|| {
            let limit = u64::try_from(self.limits.text_bytes).unwrap_or(u64::MAX);
            Fault::Limit(ReadError::more_bytes_than("全部文字的总量", limit))
        })?;
        Ok(())
    }

    pub(in crate::read) fn take_merge(&mut self) -> Result<(), Fault> {
        self.merges = self
            .merges
            .checked_sub(1)
            .ok_or_else(|| Fault::Limit(ReadError::too_many("合并区域数", self.limits.merges)))?;
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
