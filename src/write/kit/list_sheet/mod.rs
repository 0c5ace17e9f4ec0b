//! A sheet that is one list: perhaps a title and a few lines about it, a header, rows to be filtered and printed.

mod look;

use rust_xlsxwriter::{Url, Worksheet};

pub use self::look::Standing;
use self::look::{Align, CellFace, NumberFormat, hundredths};
use super::number_format::CellContent;
use super::page;
use super::sheet_cells::SheetCells;
use super::styles;
use super::text_width::{capacity, column_width, fit, is_one_line};
use crate::grid::{CellAddress, CellRange};
use crate::text::own_markers::COMPANION_PREFIX;
use crate::write::WriteError;
use crate::write::kit::styles::{BODY_SIZE, HEADER_HEIGHT, MOST_LINKS, SMALLEST_ROW};

const TITLE_SIZE: f64 = 14.0;

/// A column: header, width in characters, standing.
pub type ListColumn = (&'static str, usize, Standing);

/// Where a click leads, and what a person is told over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellLink {
    /// As the xlsx library takes it: `internal:'评价表'!J6`, or `file://name.xlsx#'评价表'!J6`.
    pub target: String,
    /// What a person is told over the link.
    pub tip: Option<&'static str>,
}

impl CellLink {
    /// Returns a link without a word over it.
    pub const fn to(target: String) -> Self {
        Self { target, tip: None }
    }
}

/// One cell of a row.
#[derive(Debug)]
pub struct ListCell {
    /// What it shows.
    pub content: CellContent,
    /// Where a click leads.
    pub link: Option<CellLink>,
    /// A fill of its own.
    pub fill: Option<u32>,
}

impl From<CellContent> for ListCell {
    fn from(content: CellContent) -> Self {
        Self {
            content,
            link: None,
            fill: None,
        }
    }
}

/// A list that is being written, from top to bottom.
pub struct ListSheet<'a> {
    cells: SheetCells<'a, CellFace>,
    columns: &'a [ListColumn],
    /// How many of them, from the left, are for a page.
    printed: usize,
    /// The columns' widths in Excel's units, and how much they have room for.
    widths: Vec<(f64, usize)>,
    next_row: u32,
    header_row: u32,
    /// The last row of the list, if more stands below it.
    last_row: Option<u32>,
    links: usize,
}

impl<'a> ListSheet<'a> {
    /// Begins a sheet that is the list alone, its header in the first row.
    pub fn bare(worksheet: &'a mut Worksheet, footer: &str, columns: &'a [ListColumn]) -> Self {
        styles::set_page(worksheet, footer);
        let width = |(_, width, _): &ListColumn| {
            let width = column_width(*width, BODY_SIZE);
            (width, capacity(width, BODY_SIZE))
        };
        Self {
            cells: SheetCells::new(worksheet, CellFace::format),
            columns,
            printed: columns.len(),
            widths: columns.iter().map(width).collect(),
            next_row: 0,
            header_row: 0,
            last_row: None,
            links: 0,
        }
    }

    /// Keeps columns behind the first `columns` off the page.
    pub fn print_first(&mut self, columns: usize) {
        self.printed = columns.min(self.columns.len());
    }

    /// Begins a sheet that accompanies a normalized table: its title in the first row says so.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn companion(
        worksheet: &'a mut Worksheet,
        title: &str,
        footer: &str,
        columns: &'a [ListColumn],
    ) -> Result<Self, WriteError> {
        let mut sheet = Self::bare(worksheet, footer, columns);
        let look = styles::body(TITLE_SIZE).set_bold().unset_text_wrap();
        let worksheet = sheet.cells.worksheet();
        worksheet.write_string_with_format(0, 0, format!("{COMPANION_PREFIX}{title}"), &look)?;
        worksheet.set_row_height(0, HEADER_HEIGHT)?;
        sheet.next_row = 1;
        Ok(sheet)
    }

    /// Returns a line of label and value over the width of the list.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn line(&mut self, label: &str, content: &CellContent) -> Result<(), WriteError> {
        let row = self.take_row();
        let last = self.last_printed();
        let across = |first, last| CellRange {
            first: CellAddress::new(row, first),
            last: CellAddress::new(row, last),
        };
        let label = CellContent::Text(label.to_owned());
        let look = CellFace {
            fill: Some(styles::HEADER_FILL),
            bold: true,
            align: Align::General,
            ..CellFace::of(Standing::Text)
        };
        self.cells.put_merged(across(0, 1), &label, look)?;
        self.cells
            .put_merged(across(2, last), content, CellFace::of(Standing::Text))?;
        let width: f64 = self
            .widths
            .iter()
            .take(self.printed)
            .skip(2)
            .map(|(width, _)| width)
            .sum();
        let (_, height) = fit(&content.shown(), width, BODY_SIZE);
        self.set_height(row, height.max(SMALLEST_ROW))
    }

    /// Returns the header, from which rows are filtered; it stays in view and is repeated in print.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn header(&mut self) -> Result<(), WriteError> {
        let row = self.take_row();
        for (column, (header, _, standing)) in (0u16..).zip(self.columns) {
            let look = CellFace {
                fill: Some(match standing {
                    Standing::FillIn => styles::FILL_IN_HEADER,
                    Standing::Centred | Standing::Text => styles::HEADER_FILL,
                }),
                bold: true,
                ..CellFace::of(Standing::Centred)
            };
            let content = CellContent::Text((*header).to_owned());
            self.cells.put(row, column, content, look)?;
        }
        self.set_height(row, HEADER_HEIGHT)?;
        let worksheet = self.cells.worksheet();
        worksheet.set_freeze_panes(row + 1, 0)?;
        worksheet.set_repeat_rows(row, row)?;
        self.header_row = row;
        Ok(())
    }

    /// Returns a row under the header.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn row(&mut self, cells: impl IntoIterator<Item = ListCell>) -> Result<(), WriteError> {
        let row = self.take_row();
        let mut height = SMALLEST_ROW;
        let columns = (0u16..).zip(self.columns).zip(&self.widths);
        for (((column, (_, _, standing)), (width, room)), cell) in columns.zip(cells) {
            let mut look = CellFace {
                fill: cell.fill,
                ..CellFace::of(*standing)
            };
            if *standing == Standing::FillIn {
                look.fill = Some(styles::FILL_IN);
                look.number_format = NumberFormat::Text;
            }
            let content = cell.content;
            match &content {
                CellContent::Blank => {}
                // Spreadsheets wrap no number.
                CellContent::Number { format, .. } => look.number_format = NumberFormat::of(format),
                CellContent::Text(text) if is_one_line(text, *room) => {}
                CellContent::Text(text) => {
                    let (size, needed) = fit(text, *width, BODY_SIZE);
                    height = height.max(needed);
                    look.size = hundredths(size);
                }
            }
            let link = cell.link.filter(|_| self.links < MOST_LINKS);
            match link.and_then(|link| url(link, &content.shown())) {
                Some(url) => {
                    self.links += 1;
                    look.is_link = true;
                    self.cells.put_link(row, column, url, look)?;
                }
                None => self.cells.put(row, column, content, look)?,
            }
        }
        self.set_height(row, height)
    }

    /// Returns a sentence over the printed columns in place of rows.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn instead_of_rows(&mut self, text: &str) -> Result<(), WriteError> {
        let row = self.take_row();
        self.put_across(row, text, CellFace::of(Standing::Centred))?;
        self.set_height(row, SMALLEST_ROW)
    }

    /// Ends the rows and writes a legend below them, behind an empty row that filters and sorting stop at: a heading,
    /// then sentences, some on a ground of their own.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn legend(&mut self, heading: &str, lines: &[(String, Option<u32>)]) -> Result<(), WriteError> {
        self.last_row = Some(self.next_row.saturating_sub(1));
        let _ = self.take_row();
        let row = self.take_row();
        let look = CellFace {
            bold: true,
            fill: Some(styles::HEADER_FILL),
            ..CellFace::of(Standing::Text)
        };
        self.put_across(row, heading, look)?;
        self.set_height(row, SMALLEST_ROW)?;
        let width: f64 = self.widths.iter().take(self.printed).map(|(width, _)| width).sum();
        for (line, fill) in lines {
            let row = self.take_row();
            let (_, height) = fit(line, width, BODY_SIZE);
            let look = CellFace {
                fill: *fill,
                ..CellFace::of(Standing::Text)
            };
            self.put_across(row, line, look)?;
            self.set_height(row, height.max(SMALLEST_ROW))?;
        }
        Ok(())
    }

    fn put_across(&mut self, row: u32, text: &str, look: CellFace) -> Result<(), WriteError> {
        let range = CellRange {
            first: CellAddress::new(row, 0),
            last: CellAddress::new(row, self.last_printed()),
        };
        self.cells.put_merged(range, &CellContent::Text(text.to_owned()), look)
    }

    fn last_printed(&self) -> u32 {
        u32::try_from(self.printed).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// Ends the list: filter and print area.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn finish(self) -> Result<(), WriteError> {
        let (row, column) = (self.next_row.saturating_sub(1).max(self.header_row), self.printed);
        self.end((0, 0), (row, column))
    }

    /// As [`ListSheet::finish`], for a list that is for the screen: its print area is an empty cell, so that nothing of it
    /// goes on paper.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn finish_unprinted(self) -> Result<(), WriteError> {
        let beyond = self.columns.len();
        self.end((0, beyond), (0, beyond + 1))
    }

    /// Prints from a row and column up to a row and before a column.
    fn end(self, from: (u32, usize), to: (u32, usize)) -> Result<(), WriteError> {
        let at = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
        let last_of = |columns: usize| at(columns).saturating_sub(1);
        let last_row = self.last_row.unwrap_or(self.next_row.saturating_sub(1));
        let worksheet = self.cells.finish()?;
        // Set sooner, the library would ask for each cell whether its column has a look.
        for (column, (width, _)) in (0u16..).zip(&self.widths) {
            worksheet.set_column_width(column, *width)?;
        }
        let last_filtered = last_row.max(self.header_row + 1);
        worksheet.autofilter(self.header_row, 0, last_filtered, last_of(self.columns.len()))?;
        worksheet.set_print_area(from.0, at(from.1), to.0, last_of(to.1))?;
        let printed: Vec<f64> = self.widths.iter().take(self.printed).map(|(width, _)| *width).collect();
        page::set_columns(worksheet, &printed, 1)?;
        Ok(())
    }

    const fn take_row(&mut self) -> u32 {
        let row = self.next_row;
        self.next_row += 1;
        row
    }

    fn set_height(&mut self, row: u32, height: f64) -> Result<(), WriteError> {
        self.cells.worksheet().set_row_height(row, height)?;
        Ok(())
    }
}

fn url(link: CellLink, shown: &str) -> Option<Url> {
    /// Longest link and shown text that Excel takes.
    const LONGEST: usize = 2_000;
    const LONGEST_SHOWN: usize = 255;
    let is_taken =
        link.target.chars().count() <= LONGEST && !shown.is_empty() && shown.encode_utf16().count() <= LONGEST_SHOWN;
    is_taken.then(|| {
        let url = Url::new(link.target).set_text(shown);
        match link.tip {
            Some(tip) => url.set_tip(tip),
            None => url,
        }
    })
}
