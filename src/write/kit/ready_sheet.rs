//! A sheet that stands alike in several workbooks: its cells are numbered, written and deflated once.

use std::io;
use std::sync::Arc;

use super::book::{Book, Rows, SheetContent};
use super::deflate::{Deflater, Piece};
use super::numbered::{Looks, Texts};
use super::sheet_links::SheetLinks;
use super::sheet_setup::SheetSetup;
use crate::grid::CellRange;

/// The only sheet of a workbook that began with it, without its links.
pub struct ReadySheet {
    setup: SheetSetup,
    looks: Looks,
    texts: Texts,
    rows: Arc<Piece>,
    extent: Option<CellRange>,
    merges: Vec<CellRange>,
}

impl Book {
    /// Returns the only sheet of a workbook, its links left out; `None` where there is not one alone, or its rows are
    /// not in memory.
    ///
    /// # Errors
    /// When the library refuses to deflate it.
    pub fn into_ready_sheet(mut self) -> io::Result<Option<ReadySheet>> {
        let (Some(content), Some(setup), true) = (self.contents.remove(&0), self.sheets.pop(), self.sheets.is_empty())
        else {
            return Ok(None);
        };
        let Rows::Text(rows) = content.rows else {
            return Ok(None);
        };
        let mut deflater = Deflater::default();
        self.texts.deflate(&mut deflater)?;
        Ok(Some(ReadySheet {
            setup,
            looks: self.looks,
            texts: self.texts,
            rows: Arc::new(deflater.piece(&rows)?),
            extent: content.extent,
            merges: content.merges,
        }))
    }

    /// Returns a workbook without sheets, whose looks and texts begin with those of a sheet that is put into it later.
    pub fn beginning_with(sheet: &ReadySheet) -> Self {
        Self {
            looks: sheet.looks.clone(),
            texts: Texts::beginning_with(&sheet.texts),
            ..Self::default()
        }
    }

    /// Puts the sheet that the workbook [begins with](Book::beginning_with) behind the others, with links.
    pub fn put_ready_sheet(&mut self, sheet: &ReadySheet, links: SheetLinks) {
        let content = SheetContent {
            rows: Rows::Ready(Arc::clone(&sheet.rows)),
            extent: sheet.extent,
            merges: sheet.merges.clone(),
            links,
        };
        self.fill(self.sheets.len(), content);
        self.sheets.push(sheet.setup.clone());
    }
}
