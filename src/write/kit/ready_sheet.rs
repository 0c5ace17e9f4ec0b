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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rust_xlsxwriter::Format;

    use super::*;
    use crate::grid::CellAddress;
    use crate::read::{Limits, read_workbook};
    use crate::write::kit::list_sheet::CellLink;
    use crate::write::kit::number_format::CellContent;
    use crate::write::kit::sheet_cells::SheetCells;

    /// Adds a sheet with a number and these texts below one another.
    fn add(book: &mut Book, name: &str, texts: &[&str]) {
        let sheet = book.add_sheet(name).unwrap();
        let mut cells = SheetCells::new(book, sheet, |is_bold: &bool| match is_bold {
            true => Format::new().set_bold(),
            false => Format::new().set_italic(),
        });
        cells.put(0, 0, &CellContent::count(7), true).unwrap();
        for (row, text) in (1..).zip(texts) {
            let text = CellContent::Text((*text).to_owned());
            cells.put(row, 0, &text, false).unwrap();
        }
        cells.finish().unwrap().footer = Some(name.to_owned());
    }

    /// Returns the names of a workbook's sheets and what their cells show.
    fn shown(bytes: &[u8]) -> Vec<(String, Vec<String>)> {
        let workbook = read_workbook(bytes, Some("a.xlsx"), &Limits::default()).unwrap();
        let sheets = workbook.sheets.iter();
        sheets
            .map(|sheet| {
                let cells = sheet.cells().iter().map(|cell| cell.shown().to_string());
                (sheet.name.clone(), cells.collect())
            })
            .collect()
    }

    #[test]
    fn a_sheet_written_once_stands_in_several_workbooks() {
        let mut once = Book::new();
        add(&mut once, "清单", &["甲 & 乙", "丙", "丙"]);
        let ready = once.into_ready_sheet().unwrap().unwrap();
        let links = || {
            let mut links = SheetLinks::new();
            let link = CellLink::to("internal:'清单'!A1".to_owned());
            assert!(links.add(CellAddress::new(1, 0), &link, "甲 & 乙").unwrap());
            links
        };
        let list = ["7", "甲 & 乙", "丙", "丙"].map(str::to_owned).to_vec();

        let mut alone = Book::beginning_with(&ready);
        alone.put_ready_sheet(&ready, links());
        assert_eq!(shown(&alone.into_bytes().unwrap()), [("清单".to_owned(), list.clone())]);

        let mut with_others = Book::beginning_with(&ready);
        add(&mut with_others, "表", &["丙", "丁"]);
        with_others.put_ready_sheet(&ready, links());
        add(&mut with_others, "后", &["甲 & 乙", "戊"]);
        let of = |texts: [&str; 3]| texts.map(str::to_owned).to_vec();
        assert_eq!(
            shown(&with_others.into_bytes().unwrap()),
            [
                ("表".to_owned(), of(["7", "丙", "丁"])),
                ("清单".to_owned(), list),
                ("后".to_owned(), of(["7", "甲 & 乙", "戊"])),
            ]
        );
    }

    #[test]
    fn texts_longer_than_a_piece_follow_those_that_are_deflated() {
        let mut once = Book::new();
        add(&mut once, "清单", &["甲"]);
        let ready = once.into_ready_sheet().unwrap().unwrap();
        let mut book = Book::beginning_with(&ready);
        let texts: Vec<String> = (0..9_000).map(|row| format!("第 {row} 行的绩效目标和指标")).collect();
        add(&mut book, "表", &texts.iter().map(String::as_str).collect::<Vec<_>>());
        book.put_ready_sheet(&ready, SheetLinks::new());
        let sheets = shown(&book.into_bytes().unwrap());
        let [(_, table), (_, list)] = sheets.as_slice() else {
            unreachable!()
        };
        assert!(table.iter().skip(1).eq(&texts));
        assert_eq!(list, &["7", "甲"]);
    }

    #[test]
    fn a_workbook_of_several_sheets_is_no_ready_sheet() {
        let mut book = Book::new();
        add(&mut book, "甲", &[]);
        add(&mut book, "乙", &[]);
        assert!(book.into_ready_sheet().unwrap().is_none());
    }
}
