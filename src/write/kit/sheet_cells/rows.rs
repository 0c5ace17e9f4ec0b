//! Rows that are being filled, and those of a streamed sheet, which wait deflated.

use std::io;

use rust_decimal::Decimal;

use crate::grid::{CellAddress, CellRange};
use crate::write::kit::cell_text;
use crate::write::kit::deflate::{DeflatedPart, Deflater};
use crate::write::kit::sheet_xml::SheetXml;

/// Bytes that a cell takes as XML, with its part of the row's own.
const CELL_BYTES: usize = 48;

/// A cell, its look and what it shows.
pub struct PlacedCell {
    pub row: u32,
    pub column: u16,
    pub look: u32,
    pub value: Value,
}

/// What a cell shows.
#[derive(Clone, Copy)]
pub enum Value {
    Blank,
    Number(Decimal),
    /// The number of a text of the workbook.
    Text(u32),
    /// A text that stands in the cell itself: from where to where among those of the rows at hand.
    OwnText(usize, usize),
}

/// Cells in any order, and heights of their rows in points.
pub struct RowsAtHand {
    pub cells: Vec<PlacedCell>,
    heights: Vec<(u32, f64)>,
    /// Texts that stand in the cells themselves, one behind the other.
    texts: String,
}

/// What a sheet that is streamed has behind it.
#[derive(Default)]
pub struct Stream {
    pub rows: DeflatedPart,
    pub extent: Option<CellRange>,
}

impl RowsAtHand {
    /// Returns none.
    pub const fn new() -> Self {
        Self {
            cells: Vec::new(),
            heights: Vec::new(),
            texts: String::new(),
        }
    }

    /// Returns a text that is to stand in its cell itself.
    pub fn own_text(&mut self, text: &str) -> Value {
        let start = self.texts.len();
        self.texts.push_str(&cell_text::fitting(text, None));
        Value::OwnText(start, self.texts.len())
    }

    /// Sets a row's height in points; of two the later stands.
    pub fn set_height(&mut self, row: u32, height: f64) {
        match self.heights.last_mut() {
            Some((last, known)) if *last == row => *known = height,
            _ => self.heights.push((row, height)),
        }
    }

    /// Returns them as XML.
    pub fn xml(&mut self) -> SheetXml {
        // Of two values for one cell the later stands.
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut xml = SheetXml::default();
        xml.text.reserve(self.cells.len() * CELL_BYTES + self.texts.len());
        self.heights.sort_by_key(|(row, _)| *row);
        let heights = self.heights.chunk_by(|(one, _), (next, _)| one == next);
        let mut heights = heights.filter_map(|row| row.last().copied()).peekable();
        for row in self.cells.chunk_by(|one, next| one.row == next.row) {
            let Some(number) = row.first().map(|cell| cell.row) else {
                continue;
            };
            while let Some((row, height)) = heights.next_if(|(row, _)| *row < number) {
                xml.begin_row(row, Some(height));
                xml.end_row();
            }
            let height = heights.next_if(|(row, _)| *row == number).map(|(_, height)| height);
            xml.begin_row(number, height);
            for cell in row.chunk_by(|one, next| one.column == next.column) {
                let Some(cell) = cell.last() else { continue };
                match cell.value {
                    Value::Blank => xml.blank(cell.column, cell.look),
                    Value::Number(number) => xml.decimal(cell.column, cell.look, number),
                    Value::Text(number) => xml.shared(cell.column, cell.look, number),
                    Value::OwnText(start, end) => {
                        let text = self.texts.get(start..end).unwrap_or_default();
                        xml.inline(cell.column, cell.look, text);
                    }
                }
            }
            xml.end_row();
        }
        for (row, height) in heights {
            xml.begin_row(row, Some(height));
            xml.end_row();
        }
        xml
    }

    /// Returns the rows and columns from the first cell to the last; the cells are in order.
    pub fn extent(&self) -> Option<CellRange> {
        let columns = || self.cells.iter().map(|cell| u32::from(cell.column));
        Some(CellRange {
            first: CellAddress::new(self.cells.first()?.row, columns().min()?),
            last: CellAddress::new(self.cells.last()?.row, columns().max()?),
        })
    }
}

impl Stream {
    /// Deflates rows, which are gone then.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn take(&mut self, rows: &mut RowsAtHand) -> io::Result<()> {
        let xml = rows.xml();
        self.rows.push(&Deflater::default().piece(&xml.text)?)?;
        self.extent = union(self.extent, rows.extent());
        rows.cells.clear();
        rows.heights.clear();
        rows.texts.clear();
        Ok(())
    }
}

fn union(one: Option<CellRange>, other: Option<CellRange>) -> Option<CellRange> {
    let (Some(one), Some(other)) = (one, other) else {
        return one.or(other);
    };
    let (low, high) = (one.first, other.first);
    let first = CellAddress::new(low.row.min(high.row), low.column.min(high.column));
    let (low, high) = (one.last, other.last);
    let last = CellAddress::new(low.row.max(high.row), low.column.max(high.column));
    Some(CellRange { first, last })
}
