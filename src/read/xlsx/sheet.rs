//! One sheet part, in one pass: rows and cells, merged regions, what is hidden.
//!
//! A sheet that breaks off inside its rows is lost as a whole: half a table would be checked as if it were all.

use quick_xml::events::BytesStart;

use super::cells::{RawCell, read_cell};
use super::value::{Reading, cell_of};
use super::{Book, Budget};
use crate::grid::{CellAddress, CellRange, MAX_COLUMNS, MAX_ROWS};
use crate::read::kit::encoding::bad_text_note;
use crate::read::kit::package::PartError;
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
    fn read(&mut self, xml: &mut Xml, book: &Book, budget: &mut Budget) -> Result<(), PartError> {
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    _ if depth == 0 => {}
                    "cols" | "mergeCells" if depth == 1 => {}
                    "sheetFormatPr" if depth == 1 => self.sheet.rows_hidden_by_default = is_on(&start, "zeroHeight"),
                    "col" if depth == 2 => self.column(&start),
                    "mergeCell" if depth == 2 => self.merge(&start, budget)?,
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

    fn merge(&mut self, start: &BytesStart, budget: &mut Budget) -> Result<(), PartError> {
        let reference = attribute(start, "ref").unwrap_or_default();
        match reference.trim().parse::<CellRange>() {
            Ok(range) => {
                budget.take_merge()?;
                self.sheet.merges.push(range);
            }
            Err(_) => {
                let message = || format!("合并区域“{}”不是有效的单元格范围，已忽略", shortened(&reference));
                self.sheet.losses.add(None, message);
            }
        }
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml, book: &Book, budget: &mut Budget) -> Result<(), PartError> {
        let inside = xml.depth();
        let mut next_row = 0;
        let mut next_column = 0;
        let mut raw = RawCell::default();
        let mut reading = Reading::default();
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "row" if depth == inside => {
                        let row = self.row(&start, next_row);
                        if row >= MAX_ROWS {
                            self.sheet
                                .losses
                                .add(None, || format!("行号超出表格范围（最多 {MAX_ROWS} 行），该行没有读到"));
                            xml.skip()?;
                            continue;
                        }
                        next_row = row + 1;
                        next_column = 0;
                    }
                    "c" if depth == inside + 1 => {
                        let expected = CellAddress::new(next_row.saturating_sub(1), next_column);
                        let place = raw.begin(&start, expected);
                        read_cell(xml, &mut raw)?;
                        let Some(address) = place.filter(|place| place.column < MAX_COLUMNS) else {
                            let content = shortened(&raw.value);
                            self.sheet.losses.add(None, || {
                                format!(
                                    "第 {} 行有一个位置无效的单元格，内容“{content}”没有读到",
                                    expected.row + 1
                                )
                            });
                            continue;
                        };
                        next_column = address.column + 1;
                        if let Some(cell) =
                            cell_of(&mut raw, address, book, &mut reading, budget, &mut self.sheet.losses)?
                        {
                            self.sheet.cells.push(cell);
                        }
                    }
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside => break,
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
        reading.resolve_late(&mut self.sheet.cells, budget, &mut self.sheet.losses)
    }

    /// Notes whether the row is hidden; returns its zero-based position.
    fn row(&mut self, start: &BytesStart, expected: u32) -> u32 {
        let row = match attribute(start, "r") {
            None => expected,
            Some(number) => match number.trim().parse::<u32>() {
                Ok(number @ 1..=MAX_ROWS) => number - 1,
                _ => MAX_ROWS,
            },
        };
        if row < MAX_ROWS {
            let has_no_height = attribute(start, "ht").and_then(|height| height.trim().parse().ok()) == Some(0.0);
            self.sheet.row(row, is_on(start, "hidden") || has_no_height);
        }
        row
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
