//! Where the cells of one table stand: rows, spans that hang down into later rows, tables inside cells.
//!
//! Follows the standard's "forming a table": spans of rows end with their row group. Columns in use are kept as joined
//! intervals, so that no span, however large, costs more than its own cell.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::super::ReadError;
use crate::grid::{CellAddress, CellRange};
use crate::read::kit::budget::Budget;
use crate::read::kit::sheet_builder::{CellContent, SheetBuilder};

/// Columns in use by cells that hang down from above, as disjoint inclusive intervals; touching ones are joined.
#[derive(Debug, Default)]
struct Columns(BTreeMap<u32, u32>);

impl Columns {
    /// Adds an interval that overlaps none.
    fn add(&mut self, first: u32, last: u32) {
        let mut start = first;
        let mut end = last;
        if let Some((left, left_end)) = self.0.range(..first).next_back()
            && left_end.saturating_add(1) == first
        {
            start = *left;
        }
        if let Some(right_end) = self.0.remove(&last.saturating_add(1)) {
            end = right_end;
        }
        self.0.insert(start, end);
    }

    /// Takes an interval out of the one that holds it.
    fn remove(&mut self, first: u32, last: u32) {
        let Some((start, end)) = self.0.range(..=first).next_back().map(|(start, end)| (*start, *end)) else {
            return;
        };
        self.0.remove(&start);
        if start < first {
            self.0.insert(start, first - 1);
        }
        if last < end {
            self.0.insert(last + 1, end);
        }
    }

    fn next_free(&self, column: u32) -> u32 {
        match self.0.range(..=column).next_back() {
            Some((_, end)) if *end >= column => end.saturating_add(1),
            _ => column,
        }
    }

    /// Returns the first column in use at or behind this one.
    fn next_used(&self, column: u32) -> Option<u32> {
        self.0.range(column..).next().map(|(start, _)| *start)
    }
}

/// A table being formed. Addresses count from its own upper left corner.
#[derive(Default)]
pub(super) struct TableGrid {
    pub draft: SheetBuilder,
    /// The current row; meaningless before the first one.
    row: u32,
    has_rows: bool,
    in_row: bool,
    row_is_hidden: bool,
    column: u32,
    width: u32,
    hanging: Columns,
    ending: BinaryHeap<Reverse<(u32, u32, u32)>>,
    /// Merged regions of this row group that reach below their first row.
    tall: Vec<CellRange>,
    /// Tables inside cells of the current row, with their columns.
    nested: Vec<(CellAddress, Self)>,
    /// Tables inside cells that found no place here.
    pub apart: Vec<Self>,
    /// Whether all of it is hidden.
    pub is_hidden: bool,
}

impl TableGrid {
    pub(super) const fn is_in_row(&self) -> bool {
        self.in_row
    }

    /// Returns the current row; rows above are done.
    fn place(&self) -> CellAddress {
        CellAddress::new(self.row, self.column)
    }

    /// Begins a row, ending the one before.
    pub(super) fn begin_row(&mut self, is_hidden: bool) {
        self.end_row();
        if self.has_rows {
            self.row = self.row.saturating_add(1);
        }
        self.has_rows = true;
        self.in_row = true;
        self.row_is_hidden = is_hidden || self.is_hidden;
        self.column = 0;
        while let Some(Reverse((last, first_column, last_column))) = self.ending.peek().copied() {
            if last >= self.row {
                break;
            }
            self.ending.pop();
            self.hanging.remove(first_column, last_column);
        }
        if self.row_is_hidden {
            self.hide_rows(self.row, self.row);
        }
    }

    fn hide_rows(&mut self, first: u32, last: u32) {
        match self.draft.hidden_rows.last_mut() {
            Some((_, end)) if end.saturating_add(1) == first => *end = last,
            _ => self.draft.hidden_rows.push((first, last)),
        }
    }

    /// Places a cell in the next free columns of the current row; returns where it starts.
    pub(super) fn place_cell(
        &mut self,
        column_span: u32,
        row_span: u32,
        content: Option<CellContent>,
        budget: &mut Budget,
    ) -> Result<CellAddress, ReadError> {
        self.column = self.hanging.next_free(self.column);
        let first = self.place();
        let mut last_column = first.column.saturating_add(column_span.max(1) - 1);
        if let Some(used) = self.hanging.next_used(first.column) {
            last_column = last_column.min(used.saturating_sub(1));
        }
        self.column = last_column.saturating_add(1);
        // A span of 0 reaches to the end of the row group.
        let last_row = match row_span {
            0 => u32::MAX - 1,
            rows => first.row.saturating_add(rows - 1),
        };
        let range = CellRange::new(first, CellAddress::new(last_row, last_column));
        if last_row > first.row {
            // Counted at once, so that a page of nothing but spans stops early.
            budget.take_merge()?;
            self.hanging.add(first.column, last_column);
            self.ending.push(Reverse((last_row, first.column, last_column)));
            self.tall.push(range);
        } else {
            self.draft.merge(range, budget)?;
        }
        if let Some(content) = content {
            self.width = self.width.max(self.column);
            self.draft.put(first, content, budget)?;
        }
        Ok(first)
    }

    /// Keeps a table that stands inside a cell of the current row, until the row is known.
    pub(super) fn nest(&mut self, cell: CellAddress, below_text: bool, mut table: Self) {
        self.apart.append(&mut table.apart);
        if table.draft.cells.is_empty() {
            return;
        }
        let row = cell.row.saturating_add(u32::from(below_text));
        self.nested.push((CellAddress::new(row, cell.column), table));
    }

    fn end_row(&mut self) {
        if !self.in_row {
            return;
        }
        self.in_row = false;
        let mut nested = std::mem::take(&mut self.nested);
        // It takes the cell's place only where it pushes nothing else aside.
        if nested.len() == 1
            && self.hanging.0.is_empty()
            && let Some((place, table)) = nested.pop()
        {
            let beside = self
                .draft
                .cells
                .iter()
                .rev()
                .take_while(|cell| cell.address.row == self.row)
                .any(|cell| cell.address.column > place.column);
            if beside {
                nested.push((place, table));
            } else {
                self.splice(place, table);
            }
        }
        for (place, table) in nested {
            let cell = CellAddress::new(self.row, place.column);
            self.draft.losses.add(Some(cell), || {
                "单元格里套着另一张表格，已作为单独的一张工作表读取".to_owned()
            });
            self.apart.push(table);
        }
    }

    /// Puts a finished table's rows at a place; the current row then is its last.
    fn splice(&mut self, place: CellAddress, table: Self) {
        let shift = |cell: CellAddress| {
            CellAddress::new(
                cell.row.saturating_add(place.row),
                cell.column.saturating_add(place.column),
            )
        };
        // The outer cell's own region would cover the inner table. It is among the row's, which come last.
        let from_end = self.draft.merges.iter().rev();
        let own = from_end
            .take_while(|range| range.first.row == self.row)
            .position(|range| range.first.column == place.column);
        if let Some(back) = own {
            let index = self.draft.merges.len() - 1 - back;
            self.draft.merges.swap_remove(index);
        }
        self.draft.cells.extend(table.draft.cells.into_iter().map(|mut cell| {
            cell.address = shift(cell.address);
            cell
        }));
        let merges = table.draft.merges.into_iter();
        self.draft
            .merges
            .extend(merges.map(|range| CellRange::new(shift(range.first), shift(range.last))));
        let last = place.row.saturating_add(table.row);
        if self.row_is_hidden {
            self.hide_rows(self.row.saturating_add(1), last);
        } else {
            let rows = table.draft.hidden_rows.into_iter();
            self.draft
                .hidden_rows
                .extend(rows.map(|(first, last)| (first.saturating_add(place.row), last.saturating_add(place.row))));
        }
        let columns = table.draft.hidden_columns.into_iter();
        self.draft.hidden_columns.extend(
            columns.map(|(first, last)| (first.saturating_add(place.column), last.saturating_add(place.column))),
        );
        for loss in table.draft.losses.into_list() {
            self.draft.losses.add(loss.cell.map(shift), || loss.message);
        }
        self.width = self.width.max(place.column.saturating_add(table.width));
        self.row = last;
    }

    /// Ends the row group: what hangs down ends here.
    pub(super) fn end_group(&mut self) {
        self.end_row();
        self.ending.clear();
        self.hanging.0.clear();
        let last_row = self.row;
        for mut range in self.tall.drain(..) {
            range.last.row = range.last.row.min(last_row);
            self.draft.push_merge(range);
        }
    }

    /// Returns rows in all.
    pub(super) fn height(&self) -> u32 {
        if self.has_rows { self.row.saturating_add(1) } else { 0 }
    }

    /// Puts a finished table below what a sheet holds, at `row`.
    pub(super) fn append_to(self, sheet: &mut SheetBuilder, row: u32) {
        let mut whole = Self {
            draft: std::mem::take(sheet),
            row,
            ..Self::default()
        };
        whole.splice(CellAddress::new(row, 0), self);
        *sheet = whole.draft;
    }
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn columns_in_use_join_and_part() {
        let mut columns = Columns::default();
        columns.add(2, 3);
        columns.add(6, 6);
        columns.add(4, 5);
        assert_eq!(columns.0.iter().collect::<Vec<_>>(), [(&2, &6)]);
        assert_eq!((columns.next_free(0), columns.next_free(3)), (0, 7));
        assert_eq!((columns.next_used(0), columns.next_used(7)), (Some(2), None));
        columns.remove(4, 5);
        assert_eq!(columns.0.iter().collect::<Vec<_>>(), [(&2, &3), (&6, &6)]);
    }
}
