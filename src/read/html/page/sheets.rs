//! Sheets from a page's outermost tables and the lines around them.

use super::{Builder, Page};
use crate::grid::CellAddress;
use crate::read::ReadError;
use crate::read::html::grid::TableGrid;
use crate::read::kit::sheet_builder::SheetBuilder;
use crate::read::kit::surroundings::{lines_after, lines_before};

impl Builder<'_> {
    /// Puts a finished outermost table below those before it, with the lines around it.
    pub(super) fn place_table(&mut self, caption: String, mut grid: TableGrid) -> Result<(), ReadError> {
        self.apart.append(&mut grid.apart);
        if grid.draft.cells.is_empty() {
            return Ok(());
        }
        // Columns hidden in one table must not hide those of another.
        if self.has_table && grid.draft.hidden_columns != self.hidden_columns {
            self.finish_sheet()?;
        }
        self.put_lines_after()?;
        let from = self.lines.len().saturating_sub(lines_before(&self.lines));
        let before: Vec<String> = self.lines.drain(..).skip(from).collect();
        for line in before.into_iter().chain([caption]).filter(|line| !line.is_empty()) {
            self.put_line(line)?;
        }
        self.hidden_columns.clone_from(&grid.draft.hidden_columns);
        let height = grid.height();
        grid.append_to(&mut self.sheet, self.next_row);
        self.next_row = self.next_row.saturating_add(height);
        self.has_table = true;
        Ok(())
    }

    /// Keeps the remarks of the table before.
    fn put_lines_after(&mut self) -> Result<(), ReadError> {
        if self.has_table {
            let after: Vec<String> = self.lines.drain(..lines_after(&self.lines)).collect();
            for line in after {
                self.put_line(line)?;
            }
        }
        Ok(())
    }

    fn put_line(&mut self, line: String) -> Result<(), ReadError> {
        self.sheet
            .put_text(CellAddress::new(self.next_row, 0), line, self.budget)?;
        self.next_row = self.next_row.saturating_add(1);
        Ok(())
    }

    fn finish_sheet(&mut self) -> Result<(), ReadError> {
        self.put_lines_after()?;
        self.budget.take_sheet()?;
        let sheet = std::mem::take(&mut self.sheet);
        self.page.sheets.push((sheet, String::new()));
        self.next_row = 0;
        self.has_table = false;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Page, ReadError> {
        while !self.open.is_empty() {
            self.end_table()?;
        }
        self.line.block();
        self.break_line();
        if self.has_table {
            self.finish_sheet()?;
        }
        for grid in std::mem::take(&mut self.apart) {
            self.budget.take_sheet()?;
            let mut sheet = SheetBuilder::default();
            grid.append_to(&mut sheet, 0);
            self.page.sheets.push((sheet, String::new()));
        }
        Ok(self.page)
    }
}
