//! Cells of one sheet and their looks. It knows no list and no form.
//!
//! The library finds a format again by hashing all of it, for each cell that it is given with. So cells are written
//! bare, and each run of cells of one look below one another gets its format at once.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Url, Worksheet};

use super::number_format::{CellContent, to_f64};
use crate::grid::{CellAddress, CellRange};
use crate::write::WriteError;

/// The cells of a sheet that is being written; `K` is what a look depends on.
pub struct SheetCells<'a, K> {
    worksheet: &'a mut Worksheet,
    format: fn(&K) -> Format,
    looks: BTreeMap<K, usize>,
    formats: Vec<Format>,
    /// The last look in each column, and its position.
    above: Vec<Option<(K, usize)>>,
    /// Column, row and look of each cell that has no format yet.
    bare: Vec<(u16, u32, usize)>,
    /// The rows and columns from the first to the last in which something is written.
    extent: Option<CellRange>,
}

impl<'a, K: Ord + Clone> SheetCells<'a, K> {
    /// Returns the cells of a worksheet; `format` makes a look.
    pub fn new(worksheet: &'a mut Worksheet, format: fn(&K) -> Format) -> Self {
        Self {
            worksheet,
            format,
            looks: BTreeMap::new(),
            formats: Vec::new(),
            above: Vec::new(),
            bare: Vec::new(),
            extent: None,
        }
    }

    /// Returns the sheet, for what is not a cell.
    pub const fn worksheet(&mut self) -> &mut Worksheet {
        self.worksheet
    }

    /// Writes one cell.
    ///
    /// # Errors
    /// When the library refuses the value.
    pub fn put(&mut self, row: u32, column: u16, content: CellContent, look: K) -> Result<(), WriteError> {
        let look = self.look(column, look);
        self.bare.push((column, row, look));
        match content {
            // It comes to be with its format.
            CellContent::Blank => return Ok(()),
            CellContent::Text(text) if text.is_empty() => return Ok(()),
            CellContent::Text(text) => self.worksheet.write_string(row, column, text)?,
            CellContent::Number { value, .. } => self.worksheet.write_number(row, column, to_f64(value))?,
        };
        self.reach(CellRange::single(CellAddress::new(row, u32::from(column))));
        Ok(())
    }

    /// Writes one cell, or a merged region.
    ///
    /// # Errors
    /// When the library refuses the region or the value.
    pub fn put_range(&mut self, range: CellRange, content: &CellContent, look: K) -> Result<(), WriteError> {
        if range.first == range.last {
            self.put(range.first.row, cell_column(range.first.column)?, content.clone(), look)
        } else {
            self.put_merged(range, content, look)
        }
    }

    /// Writes one cell that is a link.
    ///
    /// # Errors
    /// When the library refuses the link.
    pub fn put_link(&mut self, row: u32, column: u16, url: Url, look: K) -> Result<(), WriteError> {
        let look = self.look(column, look);
        self.reach(CellRange::single(CellAddress::new(row, u32::from(column))));
        // Without a format the library would take one of its own.
        if let Some(format) = self.formats.get(look) {
            self.worksheet.write_url_with_format(row, column, url, format)?;
        }
        Ok(())
    }

    /// Writes a merged region of more than one cell.
    ///
    /// # Errors
    /// When the library refuses the region or the value.
    pub fn put_merged(&mut self, range: CellRange, content: &CellContent, look: K) -> Result<(), WriteError> {
        let (row, column) = (range.first.row, cell_column(range.first.column)?);
        let (last_row, last_column) = (range.last.row, cell_column(range.last.column)?);
        let look = self.look(column, look);
        self.reach(range);
        let Some(format) = self.formats.get(look) else {
            return Ok(());
        };
        let text = match content {
            CellContent::Text(text) => text,
            CellContent::Blank | CellContent::Number { .. } => "",
        };
        self.worksheet
            .merge_range(row, column, last_row, last_column, text, format)?;
        if let CellContent::Number { value, .. } = content {
            self.worksheet
                .write_number_with_format(row, column, to_f64(*value), format)?;
        }
        Ok(())
    }

    /// Gives the cells their formats.
    ///
    /// # Errors
    /// When the library refuses a format.
    pub fn finish(mut self) -> Result<&'a mut Worksheet, WriteError> {
        self.bare.sort_unstable();
        for run in self
            .bare
            .chunk_by(|above, below| above.0 == below.0 && above.1 + 1 == below.1 && above.2 == below.2)
        {
            let (Some(&(column, first, look)), Some(&(_, last, _))) = (run.first(), run.last()) else {
                continue;
            };
            let Some(format) = self.formats.get(look) else { continue };
            let [top, bottom] = [first, last].map(|row| CellAddress::new(row, u32::from(column)));
            // Blank cells beyond the others: the library writes them only where it has been told of each end.
            if self
                .extent
                .is_none_or(|extent| !extent.contains(top) || !extent.contains(bottom))
            {
                self.worksheet.set_cell_format(first, column, format)?;
                self.worksheet.set_cell_format(last, column, format)?;
            }
            self.worksheet.set_range_format(first, column, last, column, format)?;
        }
        Ok(self.worksheet)
    }

    fn reach(&mut self, range: CellRange) {
        self.extent = Some(self.extent.map_or(range, |extent| CellRange {
            first: CellAddress::new(
                extent.first.row.min(range.first.row),
                extent.first.column.min(range.first.column),
            ),
            last: CellAddress::new(
                extent.last.row.max(range.last.row),
                extent.last.column.max(range.last.column),
            ),
        }));
    }

    /// Returns the position of a look among the formats. Most cells look as the one above.
    fn look(&mut self, column: u16, key: K) -> usize {
        let column = usize::from(column);
        if let Some(Some((above, look))) = self.above.get(column)
            && *above == key
        {
            return *look;
        }
        let next = self.formats.len();
        let format = self.format;
        let formats = &mut self.formats;
        let look = *self.looks.entry(key.clone()).or_insert_with_key(|key| {
            formats.push(format(key));
            next
        });
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
    u16::try_from(column).map_err(|_| rust_xlsxwriter::XlsxError::RowColumnLimitError.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Read};

    use rust_xlsxwriter::Workbook;

    use super::*;

    /// Returns the XML of a sheet whose looks are bold or not.
    fn sheet(put: impl FnOnce(&mut SheetCells<bool>)) -> String {
        let look = |bold: &bool| match bold {
            true => Format::new().set_bold(),
            false => Format::new().set_italic(),
        };
        let mut workbook = Workbook::new();
        let mut cells = SheetCells::new(workbook.add_worksheet(), look);
        put(&mut cells);
        cells.finish().unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
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
                cells.put(row, 0, text("甲"), bold).unwrap();
                cells.put(row, 1, CellContent::Blank, !bold).unwrap();
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
            cells.put(1, 1, text("甲"), true).unwrap();
            cells.put(1, 2, CellContent::Blank, true).unwrap();
            cells.put(4, 3, CellContent::Blank, false).unwrap();
            cells.put(5, 3, text(""), false).unwrap();
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
            cells.put(0, 2, text("甲"), true).unwrap();
            cells.put_range(range, &number, true).unwrap();
        });
        for cell in ["A1", "A2", "B1", "B2"] {
            assert_eq!(style(&xml, cell), style(&xml, "C1"), "{cell}");
        }
        assert!(xml.contains("<v>7</v>") && xml.contains("<mergeCell ref=\"A1:B2\"/>"));
    }
}
