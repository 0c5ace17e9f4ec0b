//! What the rows of a list look like, and the deflated pieces that they are made into.

use std::cell::Cell;

use super::cells::{Column, ColumnKind, Value};
use super::looks::ListLooks;
use crate::grid::CellAddress;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::cell_text;
use crate::write::kit::deflate::{Deflater, Piece};
use crate::write::kit::number_format::fits;
use crate::write::kit::sheet_xml::SheetXml;
use crate::write::kit::styles::{BODY_SIZE, SMALLEST_ROW};
use crate::write::kit::text_width::{capacity, column_width, fit, is_one_line};

pub const HEADER_HEIGHT: f64 = 36.0;
/// Rows of a streamed list that get a height of their own; programs fit further rows to their texts when they open the
/// workbook.
const FITTED_ROWS: u32 = 3_000;
/// Rows of a streamed list whose texts are wrapped: fitting more would hold up the opening. Further rows have one line,
/// in which a text shows its beginning.
const WRAPPED_ROWS: u32 = 20_000;
/// Height to which a text outside the printed columns raises its row, in points: three lines. A list of files would blow
/// up the pages, on which it does not stand.
const UNPRINTED_HEIGHT: f64 = 48.0;

/// How a list is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Whether rows come in any number: only the first ones are fitted to their texts.
    pub streamed: bool,
    /// Columns that a person reads on a page.
    pub printed: usize,
    /// Columns that stay in sight.
    pub frozen: u16,
    /// Rows that follow one another and belong on one page; of a list that is not streamed.
    pub together: usize,
}

impl Form {
    /// Returns whether the list's rows are few, and some belong on one page.
    pub const fn plans_pages(&self) -> bool {
        !self.streamed && self.together > 1
    }
}

/// What all rows of a list have in common. Pieces of rows are made from it alone, in any order.
#[derive(Debug)]
pub struct ListPlan<'a> {
    pub columns: &'a [Column],
    pub form: Form,
    looks: ListLooks,
    /// The columns' widths in Excel's units, and how much they have room for.
    pub widths: Vec<(f64, usize)>,
    pub rows_a_sheet: usize,
}

/// Rows that follow one another, deflated: by the sheets of the list that they stand in.
#[derive(Debug)]
pub struct ListPiece(pub Vec<(usize, Piece)>);

/// Takes a row of a list.
pub type RowTaker<'a> = dyn FnMut(&[Value<'_>]) -> Result<(), WriteError> + 'a;

/// Notes a link to a path from a cell of the list's sheet with this number, where there can be one.
pub type Linker<'a> = dyn FnMut(usize, CellAddress, &str) -> Result<bool, WriteError> + 'a;

/// Bytes of a piece's text whose room is kept for the next piece.
const KEPT: usize = 4 * 1024 * 1024;

thread_local! {
    /// Where this thread wrote its last piece: finding so much room anew for each takes longer than to write it.
    static SPARE: Cell<SheetXml> = Cell::default();
}

/// Rows that are being made into pieces.
pub struct PieceMaker {
    deflater: Deflater,
    xml: SheetXml,
    /// The list's sheet that the rows stand in, and the index of the next row in the list.
    sheet: usize,
    next: usize,
    pieces: Vec<(usize, Piece)>,
    /// Heights of the rows whose pages are planned, in points.
    pub heights: Vec<f64>,
}

impl PieceMaker {
    /// Returns a maker whose first row has this index in the list.
    pub fn new(plan: &ListPlan<'_>, first: usize) -> Self {
        Self {
            deflater: Deflater::default(),
            xml: SPARE.try_with(Cell::take).unwrap_or_default(),
            sheet: first / plan.rows_a_sheet,
            next: first,
            pieces: Vec::new(),
            heights: Vec::new(),
        }
    }

    /// Writes the next row.
    pub fn row(
        &mut self,
        plan: &ListPlan<'_>,
        values: &[Value<'_>],
        linked: &mut Linker<'_>,
    ) -> Result<(), WriteError> {
        let sheet = self.next / plan.rows_a_sheet;
        if sheet != self.sheet {
            self.end_piece()?;
            self.sheet = sheet;
        }
        let row = u32::try_from(self.next % plan.rows_a_sheet).unwrap_or(u32::MAX);
        if row == 0 {
            plan.header(&mut self.xml);
        }
        self.next += 1;
        let height = plan.row(&mut self.xml, row.saturating_add(1), values, &mut |cell, path| {
            linked(sheet, cell, path)
        })?;
        if plan.form.plans_pages() {
            self.heights.push(height);
        }
        Ok(())
    }

    fn end_piece(&mut self) -> Result<(), WriteError> {
        let piece = self.deflater.piece(&self.xml.text).map_err(WriteError::internal)?;
        self.pieces.push((self.sheet, piece));
        self.xml.text.clear();
        Ok(())
    }

    /// Returns the rows so far; the next ones begin another piece.
    pub fn end(&mut self) -> Result<ListPiece, WriteError> {
        self.end_piece()?;
        Ok(ListPiece(std::mem::take(&mut self.pieces)))
    }
}

impl Drop for PieceMaker {
    fn drop(&mut self) {
        let mut xml = std::mem::take(&mut self.xml);
        xml.text.clear();
        if xml.text.capacity() <= KEPT {
            // A thread that ends keeps none.
            let _ = SPARE.try_with(|spare| spare.set(xml));
        }
    }
}

impl<'a> ListPlan<'a> {
    /// Returns the plan of a list; its looks are put into the book.
    pub fn new(book: &mut Book, columns: &'a [Column], form: Form, most_rows: u32) -> Self {
        let width = |(_, width, _): &Column| {
            let width = column_width(*width, BODY_SIZE);
            (width, capacity(width, BODY_SIZE))
        };
        Self {
            columns,
            form: Form {
                printed: form.printed.min(columns.len()),
                ..form
            },
            looks: ListLooks::new(book, columns),
            widths: columns.iter().map(width).collect(),
            rows_a_sheet: most_rows.saturating_sub(1).max(1) as usize,
        }
    }
}

impl ListPlan<'_> {
    /// Returns rows of which the first is that with this index in the list; none is a link.
    pub fn piece(
        &self,
        first: usize,
        fill: impl FnOnce(&mut RowTaker<'_>) -> Result<(), WriteError>,
    ) -> Result<ListPiece, WriteError> {
        let mut maker = PieceMaker::new(self, first);
        fill(&mut |values| maker.row(self, values, &mut |_, _, _| Ok(false)))?;
        maker.end()
    }

    /// Writes the header row.
    pub fn header(&self, xml: &mut SheetXml) {
        xml.begin_row(0, Some(HEADER_HEIGHT));
        for (at, (title, _, _)) in (0_u16..).zip(self.columns) {
            // A unit or qualifier goes on a line of its own rather than be broken anywhere.
            xml.inline(at, self.looks.header, &title.replace('（', "\n（"));
        }
        xml.end_row();
    }

    /// Writes a row; its height in points.
    fn row(
        &self,
        xml: &mut SheetXml,
        row: u32,
        values: &[Value<'_>],
        linked: &mut dyn FnMut(CellAddress, &str) -> Result<bool, WriteError>,
    ) -> Result<f64, WriteError> {
        let wraps = !self.form.streamed || row <= WRAPPED_ROWS;
        let mut height = SMALLEST_ROW;
        let mut sizes = [BODY_SIZE; 32];
        if wraps {
            let columns = values.iter().zip(&self.widths).zip(&mut sizes);
            for (at, ((value, (width, room)), size)) in columns.enumerate() {
                if let Value::Text(text) | Value::Path(text) = value
                    && !is_one_line(text, *room)
                {
                    let (fitting, needed) = fit(&cell_text::fitting(text, None), *width, BODY_SIZE);
                    if at < self.form.printed {
                        (*size, height) = (fitting, height.max(needed));
                    } else {
                        height = height.max(needed.min(UNPRINTED_HEIGHT));
                    }
                }
            }
        }
        let is_fitted = !self.form.streamed || row <= FITTED_ROWS;
        xml.begin_row(row, is_fitted.then_some(height));
        for ((at, value), size) in values.iter().enumerate().zip(sizes) {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            let look = self.looks.of(at, size, wraps);
            match value {
                Value::None => xml.blank(column, look),
                Value::Text(text) | Value::Path(text) if text.is_empty() => xml.blank(column, look),
                Value::Text(text) => xml.inline_fitting(column, look, text),
                Value::Path(path) => {
                    let path = cell_text::fitting(path, None);
                    let is_link = linked(CellAddress::new(row, u32::from(column)), &path)?;
                    let look = if is_link { self.looks.link(size, wraps) } else { look };
                    xml.inline(column, look, &path);
                }
                Value::Level(severity) => xml.inline(column, self.looks.level(*severity, wraps), severity.title()),
                Value::Number(number) => {
                    let number = number.normalize();
                    let is_whole = number.scale() == 0;
                    let is_points = self
                        .columns
                        .get(at)
                        .is_some_and(|(_, _, kind)| *kind == ColumnKind::Score);
                    let look = if is_points && is_whole {
                        self.looks.whole(wraps)
                    } else {
                        look
                    };
                    if is_whole && !fits(number) {
                        xml.inline(column, look, &number.to_string());
                    } else {
                        xml.decimal(column, look, number);
                    }
                }
            }
        }
        xml.end_row();
        Ok(height)
    }
}
