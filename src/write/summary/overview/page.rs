//! The page that 总览 is: blocks one below the other, twelve columns wide, charts at the right.

use rust_xlsxwriter::{Chart, FormatAlign, Worksheet};

use crate::write::WriteError;
use crate::write::kit::styles;
use crate::write::kit::text_width::{column_width, fit};
use crate::write::summary::cells::{ColumnKind, Value};
use crate::write::summary::looks;

const COLUMNS: u16 = 12;
const WIDTH: usize = 11;
const ROW_HEIGHT: f64 = 15.75;
const TITLE_HEIGHT: f64 = 30.0;
/// Pixels of a row of that height.
const ROW_PIXELS: u32 = 21;
/// Rows that a chart takes.
pub const CHART_ROWS: u32 = 12;
/// The column that charts begin at, right of the longest block.
const CHART_COLUMN: u16 = 7;
const CHART_WIDTH: u32 = 410;
/// Points of rows on a page: twelve columns of the page's width on A4 across are printed as they are.
pub const POINTS_ON_PAGE: u32 = 505;

/// The page, filled from above.
pub struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// Height of the rows so far.
    points: f64,
}

impl<'a> Page<'a> {
    /// Returns the page's title, and how its figures are to be read.
    pub fn begin(sheet: &'a mut Worksheet) -> Result<Self, WriteError> {
        styles::set_page(sheet, "绩效评价汇总");
        for column in 0..COLUMNS {
            sheet.set_column_width(column, column_width(WIDTH, styles::BODY_SIZE))?;
        }
        let title = styles::body(16.0).set_bold().set_align(FormatAlign::Center);
        sheet.merge_range(0, 0, 0, COLUMNS - 1, "绩效评价汇总", &title)?;
        sheet.set_row_height(0, TITLE_HEIGHT)?;
        sheet.set_freeze_panes(2, 0)?;
        let mut page = Self {
            sheet,
            row: 1,
            points: TITLE_HEIGHT,
        };
        page.line("金额单位：万元。比率由合计数相除，不由比率平均；加权平均分按全年预算数加权；“复算”是按标准重新计算得分之后。")?;
        Ok(page)
    }

    /// Returns the next row to be written.
    pub const fn row(&self) -> u32 {
        self.row
    }

    /// Returns the height of the rows so far, in whole points.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub const fn points(&self) -> u32 {
        self.points as u32
    }

    /// Ends the row at hand at this height.
    fn end_row(&mut self, height: f64) -> Result<(), WriteError> {
        self.sheet.set_row_height(self.row, height)?;
        self.points += height;
        self.row += 1;
        Ok(())
    }

    /// Ends the page, with breaks before these rows.
    pub fn end(self, breaks: &[u32]) -> Result<(), WriteError> {
        self.sheet.set_page_breaks(breaks)?;
        self.sheet.set_print_area(0, 0, self.row, COLUMNS - 1)?;
        Ok(())
    }

    /// Returns a sentence across the page.
    pub fn line(&mut self, text: &str) -> Result<(), WriteError> {
        let look = styles::body(styles::BODY_SIZE).set_align(FormatAlign::Left);
        let width = column_width(WIDTH, styles::BODY_SIZE) * f64::from(COLUMNS);
        let (_, height) = fit(text, width, styles::BODY_SIZE);
        self.sheet
            .merge_range(self.row, 0, self.row, COLUMNS - 1, text, &look)?;
        self.end_row(height.max(ROW_HEIGHT))?;
        Ok(())
    }

    /// Returns the heading of a block.
    pub fn heading(&mut self, text: &str) -> Result<(), WriteError> {
        self.end_row(8.0)?;
        let look = styles::body(12.0).set_bold();
        self.sheet
            .merge_range(self.row, 0, self.row, COLUMNS - 1, text, &look)?;
        self.end_row(20.0)?;
        Ok(())
    }

    /// Returns a header and rows from the first column on; a column of two takes two of the page's. The first row's
    /// number.
    pub fn table(
        &mut self,
        columns: &[(&str, u16, ColumnKind)],
        rows: &[Vec<Value<'_>>],
        has_sum: bool,
    ) -> Result<u32, WriteError> {
        let header = looks::header();
        let mut at = 0;
        let mut height = ROW_HEIGHT;
        for (title, span, _) in columns {
            self.spanned(at, *span, &Value::words(*title), &header)?;
            let width = column_width(WIDTH, styles::BODY_SIZE) * f64::from(*span);
            height = fit(title, width, styles::BODY_SIZE).1.max(height);
            at += span;
        }
        self.end_row(height)?;
        let first = self.row;
        for (index, row) in rows.iter().enumerate() {
            let is_sum = has_sum && index + 1 == rows.len();
            let mut at = 0;
            let mut height = ROW_HEIGHT;
            for (value, (_, span, look)) in row.iter().zip(columns) {
                if let Value::Text(text) = value {
                    let width = column_width(WIDTH, styles::BODY_SIZE) * f64::from(*span);
                    height = fit(text, width, styles::BODY_SIZE).1.max(height);
                }
                if *span == 1 && !is_sum {
                    self.cell(at, value, *look)?;
                } else {
                    let format = looks::of_column(*look, styles::BODY_SIZE);
                    let format = if is_sum { format.set_bold() } else { format };
                    self.spanned(at, *span, value, &format)?;
                }
                at += span;
            }
            self.end_row(height)?;
        }
        Ok(first)
    }

    fn cell(&mut self, at: u16, value: &Value<'_>, kind: ColumnKind) -> Result<(), WriteError> {
        let format = match value {
            Value::Level(severity) => looks::level(*severity),
            // A whole number keeps no bare point behind it.
            Value::Number(number) if kind == ColumnKind::Score && number.normalize().scale() == 0 => {
                looks::of_column(ColumnKind::Count, styles::BODY_SIZE)
            }
            _ => looks::of_column(kind, styles::BODY_SIZE),
        };
        self.spanned(at, 1, value, &format)
    }

    fn spanned(
        &mut self,
        at: u16,
        span: u16,
        value: &Value<'_>,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), WriteError> {
        let row = self.row;
        if span > 1 {
            self.sheet.merge_range(row, at, row, at + span - 1, "", format)?;
        }
        match value {
            Value::Number(number) => {
                let number = crate::write::kit::number_format::to_f64(*number);
                self.sheet.write_number_with_format(row, at, number, format)?;
            }
            Value::None => {
                self.sheet.write_blank(row, at, format)?;
            }
            other => {
                let mut text = other.plain(ColumnKind::Text);
                // The library takes a text between these two for markup and writes it as it is.
                if text.starts_with("<r>") && text.ends_with("</r>") {
                    text.push(' ');
                }
                self.sheet.write_string_with_format(row, at, text, format)?;
            }
        }
        Ok(())
    }

    /// Returns names with their values, four pairs a row.
    pub fn pairs(&mut self, pairs: &[(&str, Value<'_>, ColumnKind)]) -> Result<(), WriteError> {
        let label = looks::header();
        for chunk in pairs.chunks(4) {
            for (at, (name, value, kind)) in (0_u16..).step_by(3).zip(chunk) {
                let value_look = looks::of_column(*kind, styles::BODY_SIZE);
                self.spanned(at, 2, &Value::words(*name), &label)?;
                self.spanned(at + 2, 1, value, &value_look)?;
            }
            self.end_row(ROW_HEIGHT)?;
        }
        Ok(())
    }

    /// Returns a sentence below a block, left of its chart.
    pub fn note_in_block(&mut self, text: &str) -> Result<(), WriteError> {
        let look = styles::body(styles::BODY_SIZE);
        self.sheet
            .merge_range(self.row, 0, self.row, CHART_COLUMN - 1, text, &look)?;
        self.end_row(ROW_HEIGHT)?;
        Ok(())
    }

    /// Puts a chart beside its block, and goes on below the longer of the two.
    pub fn place(&mut self, mut chart: Chart, top: u32, rows: u32) -> Result<(), WriteError> {
        chart.set_width(CHART_WIDTH).set_height(rows * ROW_PIXELS);
        self.sheet.insert_chart_with_offset(top, CHART_COLUMN, &chart, 6, 2)?;
        let below = top + rows;
        while self.row < below {
            self.end_row(ROW_HEIGHT)?;
        }
        Ok(())
    }
}
