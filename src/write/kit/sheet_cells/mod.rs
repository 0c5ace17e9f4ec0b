//! Cells of one sheet and their looks, kept until the sheet ends, or deflated as their rows end where there may be any
//! number. It knows no list and no form.

mod rows;

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, XlsxError};

use self::rows::{PlacedCell, RowsAtHand, Stream, Value};
use super::book::{Book, Rows, SheetContent};
use super::number_format::{CellContent, ContentRef};
use super::sheet_links::{CellLink, SheetLinks};
use super::sheet_setup::SheetSetup;
use crate::grid::{CellAddress, CellRange};
use crate::write::WriteError;

/// Rows and columns of a sheet.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;
/// Cells of a streamed sheet that are deflated at once.
const CELLS_A_PIECE: usize = 8_000;

/// The cells of a sheet that is being written, in any order; `K` is what a look depends on.
pub struct SheetCells<'a, K> {
    book: &'a mut Book,
    sheet: usize,
    format: fn(&K) -> Format,
    looks: BTreeMap<K, u32>,
    /// The last look in each column, and its number.
    above: Vec<Option<(K, u32)>>,
    /// The number of the last text in each column.
    texts_above: Vec<Option<u32>>,
    at_hand: RowsAtHand,
    merges: Vec<CellRange>,
    links: SheetLinks,
    /// Where rows are deflated as they end, with each text in its cell.
    stream: Option<Stream>,
}

impl<'a, K: Ord + Clone> SheetCells<'a, K> {
    /// Returns the cells of a sheet of the book; `format` makes a look.
    pub const fn new(book: &'a mut Book, sheet: usize, format: fn(&K) -> Format) -> Self {
        Self {
            book,
            sheet,
            format,
            looks: BTreeMap::new(),
            above: Vec::new(),
            texts_above: Vec::new(),
            at_hand: RowsAtHand::new(),
            merges: Vec::new(),
            links: SheetLinks::new(),
            stream: None,
        }
    }

    /// As [`SheetCells::new`], for rows of any number: they come from top to bottom, and none that
    /// [`SheetCells::end_rows`] was told of is written to again.
    pub fn streamed(book: &'a mut Book, sheet: usize, format: fn(&K) -> Format) -> Self {
        Self {
            stream: Some(Stream::default()),
            ..Self::new(book, sheet, format)
        }
    }

    /// Says that all rows so far are whole.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn end_rows(&mut self) -> Result<(), WriteError> {
        match &mut self.stream {
            Some(stream) if self.at_hand.cells.len() >= CELLS_A_PIECE => {
                stream.take(&mut self.at_hand).map_err(WriteError::internal)
            }
            _ => Ok(()),
        }
    }

    /// Returns what the sheet has beside its cells.
    ///
    /// # Errors
    /// When the book has no such sheet.
    pub fn setup(&mut self) -> Result<&mut SheetSetup, WriteError> {
        self.book.setup(self.sheet)
    }

    /// Sets a row's height in points.
    pub fn set_height(&mut self, row: u32, height: f64) {
        self.at_hand.set_height(row, height);
    }

    /// Writes one cell.
    ///
    /// # Errors
    /// When no sheet has such a cell.
    pub fn put<'c>(
        &mut self,
        row: u32,
        column: u16,
        content: impl Into<ContentRef<'c>>,
        look: K,
    ) -> Result<(), WriteError> {
        let look = self.look(column, look);
        let value = self.value(column, content.into());
        self.place(row, column, look, value)
    }

    /// Writes one cell, or a merged region.
    ///
    /// # Errors
    /// When no sheet has such cells.
    pub fn put_range(&mut self, range: CellRange, content: &CellContent, look: K) -> Result<(), WriteError> {
        if range.first == range.last {
            self.put(range.first.row, cell_column(range.first.column)?, content, look)
        } else {
            self.put_merged(range, content, look)
        }
    }

    /// Writes one cell that is a link, unless no program would take the link.
    ///
    /// # Errors
    /// When no sheet has such a cell, or the links cannot be kept.
    pub fn put_link<'c>(
        &mut self,
        row: u32,
        column: u16,
        content: impl Into<ContentRef<'c>>,
        link: &CellLink,
        (look, linked): (K, K),
    ) -> Result<(), WriteError> {
        let cell = CellAddress::new(row, u32::from(column));
        let content = content.into();
        let shown = content.shown();
        let is_link = self.links.add(cell, link, &shown).map_err(WriteError::internal)?;
        if is_link {
            self.put(row, column, shown.as_ref(), linked)
        } else {
            self.put(row, column, content, look)
        }
    }

    /// Writes a merged region of more than one cell.
    ///
    /// # Errors
    /// When no sheet has such cells.
    pub fn put_merged(&mut self, range: CellRange, content: &CellContent, look: K) -> Result<(), WriteError> {
        let first_column = cell_column(range.first.column)?;
        let look = self.look(first_column, look);
        self.merges.push(range);
        for row in range.first.row..=range.last.row {
            for column in range.first.column..=range.last.column {
                let value = if CellAddress::new(row, column) == range.first {
                    self.value(first_column, content.into())
                } else {
                    Value::Blank
                };
                self.place(row, cell_column(column)?, look, value)?;
            }
        }
        Ok(())
    }

    /// Writes one text with a look of its own.
    ///
    /// # Errors
    /// When no sheet has such a cell.
    pub fn put_text(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Result<(), WriteError> {
        let look = self.book.look(format);
        let value = self.text(column, text);
        self.place(row, column, look, value)
    }

    /// Puts the cells into the book; what the sheet has beside them.
    ///
    /// # Errors
    /// When the book has no such sheet.
    pub fn finish(mut self) -> Result<&'a mut SheetSetup, WriteError> {
        let (rows, extent) = match self.stream.take() {
            Some(mut stream) => {
                stream.take(&mut self.at_hand).map_err(WriteError::internal)?;
                (Rows::Deflated(stream.rows), stream.extent)
            }
            None => {
                let rows = Rows::Text(self.at_hand.xml().text);
                (rows, self.at_hand.extent())
            }
        };
        let content = SheetContent {
            rows,
            extent,
            merges: self.merges,
            links: self.links,
        };
        self.book.fill(self.sheet, content);
        self.book.setup(self.sheet)
    }

    /// Returns a text as its cell has it. Many a column says the same in each row.
    fn text(&mut self, column: u16, text: &str) -> Value {
        if self.stream.is_some() {
            return self.at_hand.own_text(text);
        }
        let column = usize::from(column);
        if self.texts_above.len() <= column {
            self.texts_above.resize(column + 1, None);
        }
        let above = self.texts_above.get_mut(column);
        let number = self.book.text(text, above.as_deref().copied().flatten());
        if let Some(above) = above {
            *above = Some(number);
        }
        Value::Text(number)
    }

    fn value(&mut self, column: u16, content: ContentRef<'_>) -> Value {
        match content {
            ContentRef::Blank => Value::Blank,
            ContentRef::Text("") => Value::Blank,
            ContentRef::Text(text) => self.text(column, text),
            ContentRef::Number { value, .. } => Value::Number(value),
        }
    }

    fn place(&mut self, row: u32, column: u16, look: u32, value: Value) -> Result<(), WriteError> {
        if row >= MOST_ROWS || u32::from(column) >= MOST_COLUMNS {
            return Err(XlsxError::RowColumnLimitError.into());
        }
        self.at_hand.cells.push(PlacedCell {
            row,
            column,
            look,
            value,
        });
        Ok(())
    }

    /// Returns the number of a look. Most cells look as the one above.
    fn look(&mut self, column: u16, key: K) -> u32 {
        let column = usize::from(column);
        if let Some(Some((above, look))) = self.above.get(column)
            && *above == key
        {
            return *look;
        }
        let (book, format) = (&mut *self.book, self.format);
        let look = match self.looks.get(&key) {
            Some(look) => *look,
            None => {
                let look = book.look(&format(&key));
                self.looks.insert(key.clone(), look);
                look
            }
        };
        if self.above.len() <= column {
            self.above.resize(column + 1, None);
        }
        if let Some(above) = self.above.get_mut(column) {
            *above = Some((key, look));
        }
        look
    }
}

/// Returns a column as the library takes it.
///
/// # Errors
/// When no sheet has so many columns.
pub fn cell_column(column: u32) -> Result<u16, WriteError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    /// Returns the XML of a sheet whose looks are bold or not.
    fn sheet(put: impl FnOnce(&mut SheetCells<bool>)) -> String {
        let look = |bold: &bool| match bold {
            true => Format::new().set_bold(),
            false => Format::new().set_italic(),
        };
        let mut book = Book::new();
        let sheet = book.add_sheet("表").unwrap();
        let mut cells = SheetCells::new(&mut book, sheet, look);
        put(&mut cells);
        cells.finish().unwrap();
        part(&book.into_bytes().unwrap(), "xl/worksheets/sheet1.xml")
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = archive.by_name(name).unwrap();
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        xml
    }

    /// Returns the number of the style that a cell has.
    fn style(xml: &str, cell: &str) -> u32 {
        let (_, behind) = xml.split_once(&format!("<c r=\"{cell}\" s=\"")).unwrap();
        behind.split('"').next().unwrap().parse().unwrap()
    }

    fn text(text: &str) -> CellContent {
        CellContent::Text(text.to_owned())
    }

    #[test]
    fn each_cell_has_its_own_look_whatever_stands_above() {
        let xml = sheet(|cells| {
            for (row, bold) in [(0, true), (1, true), (2, false), (3, true), (5, true)] {
                cells.put(row, 0, &text("甲"), bold).unwrap();
                cells.put(row, 1, &CellContent::Blank, !bold).unwrap();
            }
        });
        let styles = |cells: [&str; 5]| cells.map(|cell| style(&xml, cell));
        let [first, second, third, fourth, sixth] = styles(["A1", "A2", "A3", "A4", "A6"]);
        assert!(first == second && first == fourth && first == sixth && first != third);
        assert_eq!(
            styles(["B1", "B2", "B3", "B4", "B6"]),
            [third, third, first, third, third]
        );
        assert!(!xml.contains("r=\"A5\"") && !xml.contains("r=\"B5\""));
    }

    #[test]
    fn blank_cells_beyond_all_others_are_written_too() {
        let xml = sheet(|cells| {
            cells.put(1, 1, &text("甲"), true).unwrap();
            cells.put(1, 2, &CellContent::Blank, true).unwrap();
            cells.put(4, 3, &CellContent::Blank, false).unwrap();
            cells.put(5, 3, &text(""), false).unwrap();
        });
        assert!(xml.contains("<dimension ref=\"B2:D6\"/>"), "{xml}");
        assert_eq!(style(&xml, "B2"), style(&xml, "C2"));
        assert_eq!(style(&xml, "D5"), style(&xml, "D6"));
    }

    #[test]
    fn a_merged_region_has_its_look_throughout_and_its_content_first() {
        let range = CellRange {
            first: CellAddress::new(0, 0),
            last: CellAddress::new(1, 1),
        };
        let number = CellContent::count(7);
        let xml = sheet(|cells| {
            cells.put(0, 2, &text("甲"), true).unwrap();
            cells.put_range(range, &number, true).unwrap();
        });
        for cell in ["A1", "A2", "B1", "B2"] {
            assert_eq!(style(&xml, cell), style(&xml, "C1"), "{cell}");
        }
        assert!(xml.contains("<v>7</v>") && xml.contains("<mergeCell ref=\"A1:B2\"/>"));
    }

    #[test]
    fn a_streamed_sheet_shows_what_one_in_memory_shows() {
        const ROWS: u32 = 5_000;
        let whole = sheet(|cells| fill(cells, ROWS));
        let look = |bold: &bool| {
            if *bold {
                Format::new().set_bold()
            } else {
                Format::new().set_italic()
            }
        };
        let mut book = Book::new();
        let at = book.add_sheet("表").unwrap();
        let mut cells = SheetCells::streamed(&mut book, at, look);
        fill(&mut cells, ROWS);
        cells.finish().unwrap();
        let bytes = book.into_bytes().unwrap();
        let streamed = part(&bytes, "xl/worksheets/sheet1.xml");
        let before = |xml: &str| xml.split_once("<sheetData>").unwrap().0.to_owned();
        assert_eq!(before(&whole), before(&streamed));
        // Texts were numbered in the order of their cells.
        let mut pieces = streamed.split("t=\"inlineStr\"><is><t>");
        let mut with_numbers = pieces.next().unwrap().to_owned();
        for (number, piece) in pieces.enumerate() {
            let (text, rest) = piece.split_once("</t></is>").unwrap();
            assert_eq!(text, format!("第 {number} 行 &amp;"));
            with_numbers.push_str(&format!("t=\"s\"><v>{number}</v>{rest}"));
        }
        assert!(whole == with_numbers, "rows differ");
    }

    fn fill(cells: &mut SheetCells<bool>, rows: u32) {
        for row in 0..rows {
            cells.put(row, 0, &CellContent::count(7), true).unwrap();
            cells.put(row, 2, &text(&format!("第 {row} 行 &")), false).unwrap();
            cells.set_height(row, 20.0);
            cells.end_rows().unwrap();
        }
    }
}
