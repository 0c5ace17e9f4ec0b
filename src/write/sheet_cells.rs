//! Cells of one sheet and their looks. It knows no list and no form.
//!
//! The library finds a format again by hashing all of it, for each cell that it is given with. So cells are written
//! bare, and each run of cells of one look below one another gets its format at once.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Url, Worksheet};

use super::WriteError;
use super::number_format::{CellContent, to_f64};
use crate::grid::{CellAddress, CellRange};

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
    /// The cells of a worksheet; `format` makes a look.
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

    /// The sheet, for what is not a cell.
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

    /// The position of a look among the formats. Most cells look as the one above.
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

/// A column as the library takes it.
///
/// # Errors
/// When no sheet has so many columns.
pub fn cell_column(column: u32) -> Result<u16, WriteError> {
    u16::try_from(column).map_err(|_| rust_xlsxwriter::XlsxError::RowColumnLimitError.into())
}
