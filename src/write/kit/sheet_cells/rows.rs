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
    /// The number of a text of the workbook, or among those of the rows at hand.
    Text(u32),
}

/// Cells in any order, and heights of their rows in points.
pub struct RowsAtHand {
    pub cells: Vec<PlacedCell>,
    heights: Vec<(u32, f64)>,
}

/// What a sheet that is streamed has behind it, and the texts of the rows at hand, which stand in the cells themselves.
#[derive(Default)]
pub struct Stream {
    pub rows: DeflatedPart,
    pub extent: Option<CellRange>,
    texts: Vec<String>,
}

impl RowsAtHand {
    /// Returns none.
    pub const fn new() -> Self {
        Self {
            cells: Vec::new(),
            heights: Vec::new(),
        }
    }

    /// Sets a row's height in points; of two the later stands.
    pub fn set_height(&mut self, row: u32, height: f64) {
        match self.heights.last_mut() {
            Some((last, known)) if *last == row => *known = height,
            _ => self.heights.push((row, height)),
        }
    }

    /// Returns them as XML; `texts` are theirs, where texts stand in the cells.
    pub fn xml(&mut self, texts: Option<&[String]>) -> SheetXml {
        // Of two values for one cell the later stands.
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut xml = SheetXml::default();
        xml.text.reserve(self.cells.len() * CELL_BYTES);
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
                match (cell.value, texts) {
                    (Value::Blank, _) => xml.blank(cell.column, cell.look),
                    (Value::Number(number), _) => xml.decimal(cell.column, cell.look, number),
                    (Value::Text(number), None) => xml.shared(cell.column, cell.look, number),
                    (Value::Text(number), Some(texts)) => {
                        let text = usize::try_from(number).ok().and_then(|number| texts.get(number));
                        xml.inline(cell.column, cell.look, text.map_or("", String::as_str));
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
        let xml = rows.xml(Some(&self.texts));
        self.rows.push(&Deflater::default().piece(&xml.text)?)?;
        self.extent = union(self.extent, rows.extent());
        self.texts.clear();
        rows.cells.clear();
        rows.heights.clear();
        Ok(())
    }

    /// Returns the number of a text among those of the rows at hand.
    pub fn text(&mut self, text: &str) -> u32 {
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(cell_text::fitting(text, None).into_owned());
        number
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
