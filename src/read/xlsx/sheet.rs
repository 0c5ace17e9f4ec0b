//! One sheet part, in one pass: rows and cells, merged regions, what is hidden.
//!
//! A sheet that breaks off inside its rows is lost as a whole: half a table would be checked as if it were all.

use quick_xml::events::BytesStart;

use super::cells::{CellElement, RawCell, read_cell};
use super::plain_cells;
use super::value::{Reading, cell_of};
use super::{Book, Budget};
use crate::grid::{CellAddress, CellRange, MAX_COLUMNS, MAX_ROWS};
use crate::read::kit::encoding::bad_text_note;
use crate::read::kit::package::PartError;
use crate::read::kit::plain_xml::PlainXml;
use crate::read::kit::sheet_builder::SheetBuilder;
use crate::read::kit::xml::{Node, Xml, attribute, is_on};

/// Reads a sheet part.
pub(super) fn read(mut xml: Xml, book: &Book, budget: &mut Budget) -> Result<SheetBuilder, PartError> {
    let mut reader = SheetReader {
        sheet: SheetBuilder::default(),
        rows_done: false,
    };
    match reader.read(&mut xml, book, budget) {
        Err(PartError::Broken) if reader.rows_done => {
            reader
                .sheet
                .losses
                .add(None, || "工作表末尾已损坏：单元格已读到，合并区域可能不全".to_owned());
        }
        other => other?,
    }
    if xml.has_bad_text() {
        reader.sheet.losses.add(None, bad_text_note);
    }
    Ok(reader.sheet)
}

struct SheetReader {
    sheet: SheetBuilder,
    rows_done: bool,
}

impl SheetReader {
    fn read(&mut self, xml: &mut Xml<'_>, book: &Book, budget: &mut Budget) -> Result<(), PartError> {
        loop {
            self.take_plain_merges(xml, budget)?;
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    _ if depth == 0 => {}
                    "cols" | "mergeCells" if depth == 1 => {}
                    "sheetFormatPr" if depth == 1 => self.sheet.rows_hidden_by_default = is_on(&start, "zeroHeight"),
                    "col" if depth == 2 => self.column(&start),
                    "mergeCell" if depth == 2 => {
                        self.merge(&attribute(&start, "ref").unwrap_or_default(), budget)?;
                    }
                    "sheetData" if depth == 1 => {
                        self.rows(xml, book, budget)?;
                        self.rows_done = true;
                    }
                    _ => xml.skip()?,
                },
                Node::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn column(&mut self, start: &BytesStart) {
        let position = |name| attribute(start, name).and_then(|text| text.trim().parse::<u32>().ok());
        let width = attribute(start, "width").and_then(|width| width.trim().parse::<f64>().ok());
        // Excel takes no column wider than 255 digits.
        let width = width.filter(|width| (0.0..=255.0).contains(width));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let width = width.map(|width| {
            if width == 0.0 {
                0
            } else {
                ((width * 256.0) as u32).max(1)
            }
        });
        if let (Some(first @ 1..), Some(last @ 1..)) = (position("min"), position("max")) {
            let last = last.min(MAX_COLUMNS) - 1;
            self.sheet.columns(first - 1, last, width, is_on(start, "hidden"));
        }
    }

    /// Takes the merged regions from here on that are written as most are.
    fn take_plain_merges(&mut self, xml: &mut Xml, budget: &mut Budget) -> Result<(), PartError> {
        if xml.depth() != 2 {
            return Ok(());
        }
        let Some(rest) = xml.rest(1) else {
            return Ok(());
        };
        let mut plain = PlainXml::new(rest);
        while let Some(reference) = plain_cells::merge(&mut plain) {
            self.merge(reference, budget)?;
        }
        xml.advance(plain.rest());
        Ok(())
    }

    fn merge(&mut self, reference: &str, budget: &mut Budget) -> Result<(), PartError> {
        match reference.trim().parse::<CellRange>() {
            Ok(range) => {
                budget.take_merge()?;
                self.sheet.merges.push(range);
            }
            Err(_) => {
                let message = || format!("合并区域“{}”不是有效的单元格范围，已忽略", shortened(reference));
                self.sheet.losses.add(None, message);
            }
        }
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml, book: &Book, budget: &mut Budget) -> Result<(), PartError> {
        let inside = xml.depth();
        let mut rows = Rows {
            sheet: &mut self.sheet,
            book,
            budget,
            reading: Reading::default(),
            next_row: 0,
            next_column: 0,
        };
        let mut raw = RawCell::default();
        loop {
            rows.take_plain(xml, inside)?;
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "row" if depth == inside => {
                        if !rows.begin_at(&start) {
                            xml.skip()?;
                        }
                    }
                    "c" if depth == inside + 1 => {
                        let expected = rows.expected();
                        let place = raw.begin(&start, expected);
                        read_cell(xml, &mut raw)?;
                        match place.filter(|place| place.column < MAX_COLUMNS) {
                            Some(address) => rows.cell(address, raw.element())?,
                            None => rows.lose(expected, &raw.value),
                        }
                    }
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => break,
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
        let Rows {
            sheet, budget, reading, ..
        } = rows;
        reading.resolve_late(&mut sheet.cells, budget, &mut sheet.losses)
    }
}

/// About so many bytes are written for each cell of a filled table.
const CELL_LENGTH: usize = 48;

/// Room for so many cells is made at most before any is read: enough for nearly every table.
const MOST_RESERVED: usize = 1024;

/// The rows of a sheet while they are read.
struct Rows<'a> {
    sheet: &'a mut SheetBuilder,
    book: &'a Book,
    budget: &'a mut Budget,
    reading: Reading,
    next_row: u32,
    next_column: u32,
}

impl Rows<'_> {
    /// Reads what is written as most programs write it, up to a row or a cell that is not.
    fn take_plain<'x>(&mut self, xml: &mut Xml<'x>, inside: usize) -> Result<(), PartError> {
        // A row, its cell, the cell's inline text and that text's characters.
        const LEVELS: usize = 4;
        let Some(rest) = xml.rest(LEVELS) else {
            return Ok(());
        };
        if self.sheet.cells.is_empty() {
            self.sheet.cells.reserve((rest.len() / CELL_LENGTH).min(MOST_RESERVED));
        }
        let mut plain = PlainXml::new(rest);
        if xml.depth() == inside + 1 {
            self.take_plain_cells(&mut plain)?;
        } else if xml.depth() == inside {
            let mut start = plain.rest();
            while let Some(row) = plain_cells::row(&mut plain) {
                self.begin(row.row, row.is_hidden);
                if !row.is_empty {
                    self.take_plain_cells(&mut plain)?;
                    if !plain_cells::row_end(&mut plain) {
                        // The full reader goes on inside the row, so it must see the row's start.
                        xml.advance(start);
                        while xml.depth() == inside {
                            xml.next()?;
                        }
                        break;
                    }
                }
                start = plain.rest();
            }
        }
        xml.advance(plain.rest());
        Ok(())
    }

    fn take_plain_cells(&mut self, plain: &mut PlainXml) -> Result<(), PartError> {
        while let Some((address, element)) = plain_cells::cell(plain, self.expected()) {
            self.cell(address, element)?;
        }
        Ok(())
    }

    /// Begins a row.
    fn begin(&mut self, row: u32, is_hidden: bool) {
        self.sheet.row(row, is_hidden);
        self.next_row = row + 1;
        self.next_column = 0;
    }

    /// Begins the row of a start tag; `false` when it lies outside of a sheet.
    fn begin_at(&mut self, start: &BytesStart) -> bool {
        let row = match attribute(start, "r") {
            None => self.next_row,
            Some(number) => match number.trim().parse::<u32>() {
                Ok(number @ 1..=MAX_ROWS) => number - 1,
                _ => MAX_ROWS,
            },
        };
        if row < MAX_ROWS {
            let has_no_height = attribute(start, "ht").is_some_and(|height| plain_cells::has_no_height(&height));
            self.begin(row, is_on(start, "hidden") || has_no_height);
            return true;
        }
        self.sheet
            .losses
            .add(None, || format!("行号超出表格范围（最多 {MAX_ROWS} 行），该行没有读到"));
        false
    }

    /// Returns the place of the next cell, unless it says otherwise.
    const fn expected(&self) -> CellAddress {
        CellAddress::new(self.next_row.saturating_sub(1), self.next_column)
    }

    fn cell(&mut self, address: CellAddress, element: CellElement) -> Result<(), PartError> {
        self.next_column = address.column + 1;
        let losses = &mut self.sheet.losses;
        if let Some(cell) = cell_of(element, address, self.book, &mut self.reading, self.budget, losses)? {
            self.sheet.cells.push(cell);
        }
        Ok(())
    }

    /// Lists a cell whose place is none.
    fn lose(&mut self, expected: CellAddress, content: &str) {
        let content = shortened(content);
        self.sheet.losses.add(None, || {
            format!(
                "第 {} 行有一个位置无效的单元格，内容“{content}”没有读到",
                expected.row + 1
            )
        });
    }
}

/// Returns the head of a text from the file, fit to be quoted in a message.
pub(super) fn shortened(text: &str) -> String {
    const QUOTED: usize = 20;
    let mut head: String = text
        .chars()
        .take(QUOTED)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(QUOTED).is_some() {
        head.push('…');
    }
    head
}
