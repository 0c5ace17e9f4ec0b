//! A sheet that is one list: perhaps a title and a few lines about it, a header, rows to be filtered and printed.

mod cells;
mod look;

pub use self::cells::{ListCell, RowCell, RowLink};
pub use self::look::Standing;
use self::look::{Align, CellFace, NumberFormat, hundredths};
use super::book::Book;
use super::cell_text;
use super::number_format::{CellContent, ContentRef};
use super::page;
use super::sheet_cells::SheetCells;
pub use super::sheet_links::CellLink;
use super::styles;
use super::text_width::{capacity, column_width, fit, is_one_line};
use crate::grid::{CellAddress, CellRange};
use crate::text::own_markers::COMPANION_PREFIX;
use crate::write::WriteError;
use crate::write::kit::styles::{BODY_SIZE, HEADER_HEIGHT, SMALLEST_ROW};

const TITLE_SIZE: f64 = 14.0;

/// A column: header, width in characters, standing.
pub type ListColumn = (&'static str, usize, Standing);

/// A list that is being written, from top to bottom.
pub struct ListSheet<'a> {
    cells: SheetCells<'a, CellFace>,
    columns: &'a [ListColumn],
    /// How many of them, from the left, are for a page.
    printed: usize,
    /// The columns' widths in Excel's units, and how much they have room for.
    widths: Vec<(f64, usize)>,
    next_row: u32,
    /// Height of the row at hand.
    height: f64,
    header_row: u32,
    /// The last row of the list, if more stands below it.
    last_row: Option<u32>,
}

impl<'a> ListSheet<'a> {
    /// Begins a sheet that is the list alone, its header in the first row.
    ///
    /// # Errors
    /// When the library refuses the name.
    pub fn bare(book: &'a mut Book, name: &str, footer: &str, columns: &'a [ListColumn]) -> Result<Self, WriteError> {
        let sheet = book.add_sheet(name)?;
        Self::of(SheetCells::new(book, sheet, CellFace::format), footer, columns)
    }

    /// As [`ListSheet::bare`], for a list of any number of rows: they wait on disk, each text in its cell.
    ///
    /// # Errors
    /// When the library refuses the name.
    pub fn streamed(
        book: &'a mut Book,
        name: &str,
        footer: &str,
        columns: &'a [ListColumn],
    ) -> Result<Self, WriteError> {
        let sheet = book.add_sheet(name)?;
        Self::of(SheetCells::streamed(book, sheet, CellFace::format), footer, columns)
    }

    fn of(mut cells: SheetCells<'a, CellFace>, footer: &str, columns: &'a [ListColumn]) -> Result<Self, WriteError> {
        cells.setup()?.footer = Some(footer.to_owned());
        let width = |(_, width, _): &ListColumn| {
            let width = column_width(*width, BODY_SIZE);
            (width, capacity(width, BODY_SIZE))
        };
        Ok(Self {
            cells,
            columns,
            printed: columns.len(),
            widths: columns.iter().map(width).collect(),
            next_row: 0,
            height: SMALLEST_ROW,
            header_row: 0,
            last_row: None,
        })
    }

    /// Keeps columns behind the first `columns` off the page.
    pub fn print_first(&mut self, columns: usize) {
        self.printed = columns.min(self.columns.len());
    }

    /// Begins a sheet that accompanies a normalized table: its title, which is its name, stands in the first row.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn companion(
        book: &'a mut Book,
        title: &str,
        footer: &str,
        columns: &'a [ListColumn],
    ) -> Result<Self, WriteError> {
        Self::bare(book, title, footer, columns)?.titled(title)
    }

    /// As [`ListSheet::companion`], for a list of any number of rows.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn streamed_companion(
        book: &'a mut Book,
        title: &str,
        footer: &str,
        columns: &'a [ListColumn],
    ) -> Result<Self, WriteError> {
        Self::streamed(book, title, footer, columns)?.titled(title)
    }

    fn titled(mut self, title: &str) -> Result<Self, WriteError> {
        let look = styles::body(TITLE_SIZE).set_bold().unset_text_wrap();
        let text = format!("{COMPANION_PREFIX}{title}");
        self.cells.put_text(0, 0, &text, &look)?;
        self.cells.set_height(0, HEADER_HEIGHT);
        self.next_row = 1;
        Ok(self)
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
        self.cells.set_height(row, height.max(SMALLEST_ROW));
        Ok(())
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
            self.cells.put(row, column, &content, look)?;
        }
        self.cells.set_height(row, HEADER_HEIGHT);
        let setup = self.cells.setup()?;
        setup.frozen = (row + 1, 0);
        setup.repeated_rows = Some((row, row));
        self.header_row = row;
        Ok(())
    }

    /// Returns a row under the header.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn row(&mut self, cells: impl IntoIterator<Item = ListCell>) -> Result<(), WriteError> {
        let row = self.begin_row();
        for (column, cell) in cells.into_iter().enumerate() {
            self.put(row, column, RowCell::from(&cell))?;
        }
        self.end_row(row)
    }

    /// As [`ListSheet::row`], of what others hold.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn row_of<'c>(&mut self, cells: impl IntoIterator<Item = RowCell<'c>>) -> Result<(), WriteError> {
        let row = self.begin_row();
        for (column, cell) in cells.into_iter().enumerate() {
            self.put(row, column, cell)?;
        }
        self.end_row(row)
    }

    /// Returns the row that is written next.
    pub const fn next_row(&self) -> u32 {
        self.next_row
    }

    const fn begin_row(&mut self) -> u32 {
        self.height = SMALLEST_ROW;
        self.take_row()
    }

    /// Puts a cell into the row at hand; one beyond the columns of the list is left out.
    fn put(&mut self, row: u32, at: usize, cell: RowCell<'_>) -> Result<(), WriteError> {
        let (Some((_, _, standing)), Some((width, room))) = (self.columns.get(at), self.widths.get(at)) else {
            return Ok(());
        };
        let column = u16::try_from(at).unwrap_or(u16::MAX);
        let mut look = CellFace {
            fill: cell.fill,
            ..CellFace::of(*standing)
        };
        if *standing == Standing::FillIn {
            look.fill = Some(styles::FILL_IN);
            look.number_format = NumberFormat::Text;
        }
        match cell.content {
            ContentRef::Blank => {}
            // Spreadsheets wrap no number.
            ContentRef::Number { format, .. } => look.number_format = NumberFormat::of(format),
            ContentRef::Text(text) if is_one_line(text, *room) => {}
            ContentRef::Text(text) => {
                let (size, needed) = fit(text, *width, BODY_SIZE);
                self.height = self.height.max(needed);
                look.size = hundredths(size);
            }
        }
        if let ContentRef::Text(text) = cell.content
            && cell_text::kept_as_text(text).is_some()
        {
            look.number_format = NumberFormat::Text;
        }
        if matches!(cell.link, RowLink::None) {
            return self.cells.put(row, column, cell.content, look);
        }
        let linked = CellFace {
            is_link: true,
            ..look.clone()
        };
        match cell.link {
            RowLink::To(link) => self.cells.put_link(row, column, cell.content, link, (look, linked)),
            _ => self.cells.put(row, column, cell.content, linked),
        }
    }

    fn end_row(&mut self, row: u32) -> Result<(), WriteError> {
        self.cells.set_height(row, self.height);
        self.cells.end_rows()
    }

    /// Returns a sentence over the printed columns in place of rows.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn instead_of_rows(&mut self, text: &str) -> Result<(), WriteError> {
        let row = self.take_row();
        self.put_across(row, text, CellFace::of(Standing::Centred))?;
        self.cells.set_height(row, SMALLEST_ROW);
        Ok(())
    }

    /// Ends the rows and writes a legend below them, behind an empty row that filters and sorting stop at: a heading,
    /// then sentences, some on a ground of their own.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn legend(&mut self, heading: &str, lines: &[(String, Option<u32>)]) -> Result<(), WriteError> {
        self.last_row.get_or_insert(self.next_row.saturating_sub(1));
        let _ = self.take_row();
        let row = self.take_row();
        let look = CellFace {
            bold: true,
            fill: Some(styles::HEADER_FILL),
            ..CellFace::of(Standing::Text)
        };
        self.put_across(row, heading, look)?;
        self.cells.set_height(row, SMALLEST_ROW);
        let width: f64 = self.widths.iter().take(self.printed).map(|(width, _)| width).sum();
        for (line, fill) in lines {
            let row = self.take_row();
            let (_, height) = fit(line, width, BODY_SIZE);
            let look = CellFace {
                fill: *fill,
                ..CellFace::of(Standing::Text)
            };
            self.put_across(row, line, look)?;
            self.cells.set_height(row, height.max(SMALLEST_ROW));
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

    /// As [`ListSheet::finish`], for a list that few look things up in, on the screen: its print area is an empty cell, so
    /// that nothing of it goes on paper.
    ///
    /// # Errors
    /// When the library refuses a value.
    pub fn finish_unprinted(mut self) -> Result<(), WriteError> {
        self.cells.setup()?.is_rarely_opened = true;
        let beyond = self.columns.len();
        self.end((0, beyond), (0, beyond + 1))
    }

    /// Prints from a row and column up to a row and before a column.
    fn end(self, from: (u32, usize), to: (u32, usize)) -> Result<(), WriteError> {
        let at = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
        let last_of = |columns: usize| at(columns).saturating_sub(1);
        let last_row = self.last_row.unwrap_or(self.next_row.saturating_sub(1));
        let setup = self.cells.finish()?;
        setup.widths = (0u16..).zip(self.widths.iter().map(|(width, _)| *width)).collect();
        let last_filtered = last_row.max(self.header_row + 1);
        let range = |first: (u32, u16), last: (u32, u16)| {
            let cell = |(row, column): (u32, u16)| CellAddress::new(row, u32::from(column));
            Some(CellRange::new(cell(first), cell(last)))
        };
        setup.filter = range((self.header_row, 0), (last_filtered, last_of(self.columns.len())));
        setup.print_area = range((from.0, at(from.1)), (to.0, last_of(to.1)));
        let printed: Vec<f64> = self.widths.iter().take(self.printed).map(|(width, _)| *width).collect();
        page::set_columns(setup, &printed, 1);
        Ok(())
    }

    const fn take_row(&mut self) -> u32 {
        let row = self.next_row;
        self.next_row += 1;
        row
    }
}
