//! What a sheet has beside its cells: page, panes, widths, filter, notes.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Note, Worksheet, XlsxError};

use super::page::SEVERAL_PAGES_SCALE;
use super::sheet_cells::cell_column;
use super::styles;
use crate::grid::{CellAddress, CellRange};
use crate::write::WriteError;

/// Who writes notes.
pub const NOTE_AUTHOR: &str = "核表";
/// Pixels of a column that has no width of its own, and of the widest.
const USUAL_COLUMN: u32 = 64;
const WIDEST_COLUMN: u32 = 1_790;
/// Pixels of a row that has no height of its own.
const USUAL_ROW: u32 = 20;
const UNIT_PIXELS: f64 = 7.0;
const COLUMN_PIXELS: u32 = 5;
/// Excel opens no sheet with more breaks of one sort.
const MOST_BREAKS: usize = 1_023;

/// What a sheet has beside its cells.
#[derive(Debug, Clone, Default)]
pub struct SheetSetup {
    /// Its name.
    pub name: String,
    /// The name in the footer of its page; `None` where the library is told of the page by others.
    pub footer: Option<String>,
    /// A sentence on top of each page.
    pub header: Option<String>,
    /// Widths of columns in Excel's units.
    pub widths: BTreeMap<u16, f64>,
    /// Rows and columns that stay in view.
    pub frozen: (u32, u16),
    /// First and last row of those repeated on each page.
    pub repeated_rows: Option<(u32, u32)>,
    /// First and last column of those repeated on each page.
    pub repeated_columns: Option<(u16, u16)>,
    /// What is printed.
    pub print_area: Option<CellRange>,
    /// What is printed behind it, on pages of its own; of a sheet that the library does not write.
    pub further_area: Option<CellRange>,
    /// What is filtered.
    pub filter: Option<CellRange>,
    /// Rows that begin a page.
    pub row_breaks: Vec<u32>,
    /// Columns that begin a page; with one, pages are not made to fit.
    pub column_breaks: Vec<u32>,
    /// Notes of cells.
    pub notes: BTreeMap<CellAddress, SheetNote>,
    /// Heights of rows in points, by which notes are placed.
    pub heights: BTreeMap<u32, f64>,
    /// Whether few ever open it.
    pub is_rarely_opened: bool,
}

/// A note of a cell, seen when the pointer is over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetNote {
    /// What it says.
    pub text: String,
    /// Height of its box in pixels.
    pub height: u32,
}

impl SheetNote {
    /// Pixels of a box's width.
    pub const WIDTH: u32 = 340;
    /// Font size in points.
    pub const FONT_SIZE: f64 = 9.0;
}

impl SheetSetup {
    /// Returns the setup of a sheet of which only the name is known.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Returns a column's width in whole pixels.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn column_pixels(&self, column: u16) -> u32 {
        let Some(width) = self.widths.get(&column) else {
            return USUAL_COLUMN;
        };
        let pixels = if *width < 1.0 {
            (width * (UNIT_PIXELS + f64::from(COLUMN_PIXELS))).round() as u32
        } else {
            (width * UNIT_PIXELS).round() as u32 + COLUMN_PIXELS
        };
        pixels.min(WIDEST_COLUMN)
    }

    /// Returns whether a column's width is the usual one.
    pub const fn is_usual_column(pixels: u32) -> bool {
        pixels == USUAL_COLUMN
    }

    /// Returns a row's height in whole pixels.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn row_pixels(&self, row: u32) -> u32 {
        let height = self.heights.get(&row);
        height.map_or(USUAL_ROW, |height| (height * 4.0 / 3.0).round() as u32)
    }

    /// Returns breaks as a sheet's part holds them.
    ///
    /// # Errors
    /// When there are more than a sheet can have.
    pub fn breaks(breaks: &[u32]) -> Result<Vec<u32>, WriteError> {
        let mut breaks: Vec<u32> = breaks.iter().copied().filter(|at| *at > 0).collect();
        breaks.sort_unstable();
        breaks.dedup();
        if breaks.len() > MOST_BREAKS {
            return Err(XlsxError::ParameterError(format!("{} page breaks", breaks.len())).into());
        }
        Ok(breaks)
    }

    /// Tells the library all of it.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn apply(&self, worksheet: &mut Worksheet) -> Result<(), WriteError> {
        if let Some(footer) = &self.footer {
            styles::set_page(worksheet, footer);
        }
        if let Some(header) = &self.header {
            worksheet.set_header(styles::header_code(header));
        }
        for (column, width) in &self.widths {
            worksheet.set_column_width(*column, *width)?;
        }
        if self.frozen != (0, 0) {
            worksheet.set_freeze_panes(self.frozen.0, self.frozen.1)?;
        }
        if let Some((first, last)) = self.repeated_rows {
            worksheet.set_repeat_rows(first, last)?;
        }
        if let Some(CellRange { first, last }) = self.filter {
            worksheet.autofilter(
                first.row,
                cell_column(first.column)?,
                last.row,
                cell_column(last.column)?,
            )?;
        }
        if let Some(CellRange { first, last }) = self.print_area {
            worksheet.set_print_area(
                first.row,
                cell_column(first.column)?,
                last.row,
                cell_column(last.column)?,
            )?;
        }
        worksheet.set_page_breaks(&self.row_breaks)?;
        if !self.column_breaks.is_empty() {
            worksheet.set_print_scale(SEVERAL_PAGES_SCALE);
            worksheet.set_vertical_page_breaks(&self.column_breaks)?;
            worksheet.set_page_order(false);
        }
        if let Some((first, last)) = self.repeated_columns {
            worksheet.set_repeat_columns(first, last)?;
        }
        for (place, note) in &self.notes {
            let told = Note::new(&note.text)
                .add_author_prefix(false)
                .set_author(NOTE_AUTHOR)
                .set_font_name(styles::BODY_FONT)
                .set_font_size(SheetNote::FONT_SIZE)
                .set_width(SheetNote::WIDTH)
                .set_height(note.height);
            worksheet.insert_note(place.row, cell_column(place.column)?, &told)?;
        }
        for (row, height) in &self.heights {
            worksheet.set_row_height(*row, *height)?;
        }
        Ok(())
    }
}
