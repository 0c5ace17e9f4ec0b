//! A table described cell by cell and written as a workbook: what the samples and the tests are made from.
//!
//! It writes with rust_xlsxwriter only and knows nothing of the library, so that a sample is an independent witness.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// What one cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A number in General format.
    Number(f64),
    /// A number with a number format of its own, e.g. 1 with `0%`.
    Formatted(f64, &'static str),
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Content {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Content {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

/// A whole number of percent, stored as a ratio and shown with `0%`.
pub fn percent(points: f64) -> Content {
    Content::Formatted(points / 100.0, "0%")
}

/// One sheet's cells and merged regions, all in A1 notation.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The tab's name.
    pub sheet: String,
    /// Column widths in characters, from column A.
    pub widths: Vec<f64>,
    cells: BTreeMap<(u32, u16), Content>,
    merges: Vec<String>,
}

impl Table {
    /// An empty sheet.
    pub fn new(sheet: &str, widths: &[f64]) -> Self {
        Self {
            sheet: sheet.to_owned(),
            widths: widths.to_vec(),
            cells: BTreeMap::new(),
            merges: Vec::new(),
        }
    }

    /// Fills one cell, or fills it anew; the empty text empties it.
    pub fn set(&mut self, cell: &str, content: impl Into<Content>) -> &mut Self {
        self.cells.insert(position(cell), content.into());
        self
    }

    /// Merges one region, e.g. `A1:H1`.
    pub fn merge(&mut self, region: &str) -> &mut Self {
        self.merges.push(region.to_owned());
        self
    }

    /// The workbook file's bytes; the same table gives the same bytes.
    ///
    /// # Errors
    /// Whatever rust_xlsxwriter refuses, e.g. overlapping merged regions.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let boxed = Format::new()
            .set_font_name("仿宋")
            .set_font_size(11)
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_ymd(2024, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let sheet = workbook.add_worksheet();
        sheet.set_name(&self.sheet)?;
        for (column, width) in (0u16..).zip(&self.widths) {
            sheet.set_column_width(column, *width)?;
        }
        for region in &self.merges {
            let (first, last) = region.split_once(':').unwrap_or((region, region));
            let ((row1, column1), (row2, column2)) = (position(first), position(last));
            sheet.merge_range(row1, column1, row2, column2, "", &boxed)?;
        }
        for (&(row, column), content) in &self.cells {
            match content {
                Content::Text(text) => sheet.write_string_with_format(row, column, text, &boxed)?,
                Content::Number(number) => sheet.write_number_with_format(row, column, *number, &boxed)?,
                Content::Formatted(number, code) => {
                    let format = boxed.clone().set_num_format(*code);
                    sheet.write_number_with_format(row, column, *number, &format)?
                }
            };
        }
        workbook.save_to_buffer()
    }
}

/// Zero-based row and column of an A1 address.
fn position(cell: &str) -> (u32, u16) {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters.fold(0u16, |sum, letter| sum * 26 + u16::from(letter - b'A') + 1);
    let row: u32 = cell
        .trim_start_matches(|letter: char| letter.is_ascii_uppercase())
        .parse()
        .unwrap_or(0);
    (row.saturating_sub(1), column.saturating_sub(1))
}
