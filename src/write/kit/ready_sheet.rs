//! A sheet that stands alike in several workbooks: its cells are numbered and written once.

use super::book::{Book, Rows, SheetContent};
use super::numbered::{Looks, Texts};
use super::sheet_links::SheetLinks;
use super::sheet_setup::SheetSetup;
use crate::grid::CellRange;

/// The only sheet of a workbook that began with it, without its links.
pub struct ReadySheet {
    setup: SheetSetup,
    looks: Looks,
    texts: Texts,
    rows: Vec<u8>,
    extent: Option<CellRange>,
    merges: Vec<CellRange>,
}

impl Book {
    /// Returns the only sheet of a workbook, its links left out; `None` where there is not one alone, or its rows are
    /// not in memory.
    pub fn into_ready_sheet(mut self) -> Option<ReadySheet> {
        let content = self.contents.remove(&0)?;
        let (Rows::Text(rows), 1) = (content.rows, self.sheets.len()) else {
            return None;
        };
        Some(ReadySheet {
            setup: self.sheets.pop()?,
            looks: self.looks,
            texts: self.texts,
            rows,
            extent: content.extent,
            merges: content.merges,
        })
    }

    /// Returns a workbook without sheets, whose looks and texts begin with those of a sheet that is put into it later.
    pub fn beginning_with(sheet: &ReadySheet) -> Self {
        Self {
            looks: sheet.looks.clone(),
            texts: sheet.texts.clone(),
            ..Self::default()
        }
    }

    /// Puts the sheet that the workbook [begins with](Book::beginning_with) behind the others, with links.
    pub fn put_ready_sheet(&mut self, sheet: &ReadySheet, links: SheetLinks) {
        let content = SheetContent {
            rows: Rows::Text(sheet.rows.clone()),
            extent: sheet.extent,
            merges: sheet.merges.clone(),
            links,
        };
        self.fill(self.sheets.len(), content);
        self.sheets.push(sheet.setup.clone());
    }
}
