//! A sheet while it is being read.

use std::sync::Arc;

use super::budget::Budget;
use super::cell_builder::{cut, shorten};
use super::losses::Losses;
use super::text_boxes::geometry::Geometry;
use super::text_boxes::{self, TextBox};
use crate::grid::{Cell, CellAddress, CellRange, CellValue, MAX_COLUMNS, MAX_ROWS, Sheet, Visibility};
use crate::read::ReadError;

/// Parts of a digit in which columns' widths are kept.
const WIDTH_PARTS: f64 = 256.0;

/// A sheet while it is being read.
#[derive(Default)]
pub(in crate::read) struct SheetBuilder {
    pub cells: Vec<Cell>,
    pub merges: Vec<CellRange>,
    /// Inclusive intervals in any order.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Inclusive intervals in any order.
    pub hidden_columns: Vec<(u32, u32)>,
    column_widths: Vec<(u32, u32, u32)>,
    pub notes: Vec<(CellAddress, String)>,
    pub losses: Losses,
    pub visibility: Visibility,
    /// Rows are hidden unless they are said to be shown.
    pub rows_hidden_by_default: bool,
    shown_rows: Vec<(u32, u32)>,
    outside: bool,
    /// Texts that float over the sheet.
    pub text_boxes: Vec<TextBox>,
    /// Sizes of rows, and of columns without a width of their own.
    pub geometry: Geometry,
}

/// What a cell holds besides its place.
pub(in crate::read) struct CellContent {
    pub value: CellValue,
    /// What is seen where it is another text than the value: see [`CellValue::shown_as`].
    pub shown_otherwise: Option<String>,
    pub shown_unsure: bool,
    pub formula: Option<String>,
    pub number_format: Option<Arc<str>>,
}

impl CellContent {
    /// Returns a text that is shown as it is.
    pub(in crate::read) fn text(text: String) -> Self {
        Self {
            value: CellValue::Text(text),
            shown_otherwise: None,
            shown_unsure: false,
            formula: None,
            number_format: None,
        }
    }
}

impl SheetBuilder {
    /// Notes the width of columns, in 256ths of a digit; a width of nothing hides them.
    pub(in crate::read) fn columns(&mut self, first: u32, last: u32, width: Option<u32>, is_hidden: bool) {
        if first > last {
            return;
        }
        if is_hidden || width == Some(0) {
            self.hidden_columns.push((first, last));
        } else if let Some(width) = width
            && self.column_widths.len() < MAX_COLUMNS as usize
        {
            self.column_widths.push((first, last, width));
        }
    }

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
        shorten(
            &mut content.value,
            &mut content.formula,
            address,
            limit,
            &mut self.losses,
        );
        if let Some(shown) = &mut content.shown_otherwise {
            cut(shown, limit);
        }
        let cell = Cell {
            address,
            value: content.value,
            shown_otherwise: content.shown_otherwise,
            shown_unsure: content.shown_unsure,
            formula: content.formula,
            number_format: content.number_format,
        };
        self.keep(cell, budget)
    }

    /// Adds a cell that is as it shall be: a repetition of one costs what a cell costs.
    pub(in crate::read) fn keep(&mut self, cell: Cell, budget: &mut Budget) -> Result<(), ReadError> {
        budget.take_cell(&cell)?;
        self.cells.push(cell);
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

    /// Takes note of a row that the file tells the height of. Rows mostly come in order.
    pub(in crate::read) fn row(&mut self, row: u32, is_hidden: bool) {
        if is_hidden {
            push(&mut self.hidden_rows, row);
        } else {
            push(&mut self.shown_rows, row);
        }
    }

    /// Returns the finished sheet.
    pub(in crate::read) fn into_sheet(self, name: impl Into<String>) -> Sheet {
        let (mut sheet, losses) = self.into_sheet_and_losses(name);
        sheet.losses.extend(losses.into_list());
        sheet
    }

    /// Returns the finished sheet, with the texts that float over it where they belong.
    ///
    /// # Errors
    /// When those texts are more than a workbook may hold.
    pub(in crate::read) fn into_sheet_under_boxes(
        mut self,
        name: impl Into<String>,
        budget: &mut Budget,
    ) -> Result<Sheet, ReadError> {
        let boxes = std::mem::take(&mut self.text_boxes);
        if boxes.is_empty() {
            return Ok(self.into_sheet(name));
        }
        let mut geometry = std::mem::take(&mut self.geometry);
        let (mut sheet, mut losses) = self.into_sheet_and_losses(name);
        if !geometry.has_true_widths {
            for (first, last, width) in &sheet.column_widths {
                geometry.add_columns(*first, *last, f64::from(*width) / WIDTH_PARTS);
            }
        }
        geometry.hide_columns(&sheet.hidden_columns);
        geometry.hide_rows(&sheet.hidden_rows);
        text_boxes::put(boxes, &geometry, &mut sheet, budget, &mut losses)?;
        sheet.losses.extend(losses.into_list());
        Ok(sheet)
    }

    /// Returns the finished sheet, and losses that others may be added to before they become the sheet's.
    pub(in crate::read) fn into_sheet_and_losses(mut self, name: impl Into<String>) -> (Sheet, Losses) {
        // Tables that were put below others may reach beyond the edges only now.
        let filled = self.cells.len();
        self.cells.retain(|cell| is_inside(cell.address));
        if self.cells.len() < filled {
            self.note_outside();
        }
        let merges = self.merges.into_iter().filter_map(clipped).collect();
        let mut sheet = Sheet::new(name, self.cells, merges);
        sheet.visibility = self.visibility;
        sheet.hidden_rows = if self.rows_hidden_by_default {
            gaps_between(joined(self.shown_rows))
        } else {
            joined(self.hidden_rows)
        };
        sheet.hidden_columns = joined(self.hidden_columns);
        sheet.column_widths = self.column_widths;
        sheet.notes = self.notes;
        sheet.notes.sort_by_key(|(cell, _)| *cell);
        (sheet, self.losses)
    }
}

const fn is_inside(address: CellAddress) -> bool {
    address.row < MAX_ROWS && address.column < MAX_COLUMNS
}

/// Returns a region clipped to a sheet's edges; none when nothing or a single cell is left.
fn clipped(range: CellRange) -> Option<CellRange> {
    let last = CellAddress::new(range.last.row.min(MAX_ROWS - 1), range.last.column.min(MAX_COLUMNS - 1));
    (is_inside(range.first) && range.first != last).then(|| CellRange::new(range.first, last))
}

/// Adds a position to intervals, lengthening the last one when it follows it.
fn push(intervals: &mut Vec<(u32, u32)>, position: u32) {
    match intervals.last_mut() {
        Some((_, last)) if last.checked_add(1) == Some(position) => *last = position,
        _ => intervals.push((position, position)),
    }
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

/// Returns all rows of a sheet outside the (ordered, disjoint) intervals.
fn gaps_between(intervals: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut gaps = Vec::with_capacity(intervals.len() + 1);
    let mut next = 0;
    for (first, last) in intervals {
        if next < first {
            gaps.push((next, first - 1));
        }
        next = last + 1;
    }
    if next < MAX_ROWS {
        gaps.push((next, MAX_ROWS - 1));
    }
    gaps
}
