//! The page that 总览 is: blocks one below the other, twelve columns wide, charts at the right.

use rust_xlsxwriter::{Chart, FormatAlign, Worksheet};

use crate::write::WriteError;
use crate::write::kit::styles;
use crate::write::kit::text_width::{column_width, fit, line_count};
use crate::write::summary::cells::{ColumnKind, Value};
use crate::write::summary::looks;

const COLUMNS: u16 = 12;
const WIDTH: usize = 11;
const ROW_HEIGHT: f64 = 15.75;
const TITLE_HEIGHT: f64 = 30.0;
const HEADING_HEIGHT: f64 = 20.0;
const ABOVE_HEADING: f64 = 8.0;
const PIXELS_A_POINT: f64 = 96.0 / 72.0;
/// Height of the smallest chart that can be read.
const CHART_HEIGHT: f64 = 150.0;
/// The column that charts begin at, right of the longest block.
const CHART_COLUMN: u16 = 7;
const CHART_WIDTH: u32 = 410;
/// Pixels that a chart stays away from its block and from the rows below, which may begin a further page.
const LEFT_OF_CHART: u32 = 6;
const ABOVE_CHART: u32 = 2;
const BELOW_CHART: u32 = 6;
/// Points of rows on a page: twelve columns of the page's width on A4 across are printed as they are.
const POINTS_ON_PAGE: f64 = 505.0;
/// Rows that a block has at least on each of the pages that it goes over.
const LEAST_ROWS: usize = 8;

/// A column of the page's tables: its title, how many of the page's columns it takes, and what stands in it.
pub type PageColumn<'a> = (&'a str, u16, ColumnKind);

/// A table with a chart of its rows beside it.
pub struct ChartedTable<'a> {
    pub heading: &'a str,
    pub columns: &'a [PageColumn<'a>],
    pub rows: &'a [Vec<Value<'a>>],
    /// What is said below the last row.
    pub note: Option<String>,
}

/// The page, filled from above.
pub struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// Height of the rows of the page of paper so far.
    points: f64,
    /// Rows that begin a page of paper.
    breaks: Vec<u32>,
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
            breaks: Vec::new(),
        };
        page.line("金额单位：万元。比率由合计数相除，不由比率平均；加权平均分按全年预算数加权；“复算”是按标准重新计算得分之后。")?;
        Ok(page)
    }

    /// Ends the row at hand at this height.
    fn end_row(&mut self, height: f64) -> Result<(), WriteError> {
        self.sheet.set_row_height(self.row, height)?;
        self.points += height;
        self.row += 1;
        Ok(())
    }

    /// Begins a page of paper.
    fn turn(&mut self) {
        self.breaks.push(self.row);
        self.points = 0.0;
    }

    /// Ends the page.
    pub fn end(self) -> Result<(), WriteError> {
        self.sheet.set_page_breaks(&self.breaks)?;
        self.sheet.set_print_area(0, 0, self.row, COLUMNS - 1)?;
        Ok(())
    }

    /// Returns a sentence across the page.
    pub fn line(&mut self, text: &str) -> Result<(), WriteError> {
        let look = styles::body(styles::BODY_SIZE).set_align(FormatAlign::Left);
        self.sheet
            .merge_range(self.row, 0, self.row, COLUMNS - 1, text, &look)?;
        self.end_row(text_height(text, COLUMNS))
    }

    /// Returns the heading of a block.
    pub fn heading(&mut self, text: &str) -> Result<(), WriteError> {
        self.end_row(ABOVE_HEADING)?;
        let look = styles::body(12.0).set_bold();
        self.sheet
            .merge_range(self.row, 0, self.row, COLUMNS - 1, text, &look)?;
        self.end_row(HEADING_HEIGHT)
    }

    /// Writes a header and rows from the first column on; a column of two takes two of the page's. The first row's
    /// number.
    pub fn table(
        &mut self,
        columns: &[PageColumn<'_>],
        rows: &[Vec<Value<'_>>],
        has_sum: bool,
    ) -> Result<u32, WriteError> {
        let header = looks::header();
        let mut at = 0;
        for (title, span, _) in columns {
            self.spanned(at, *span, &Value::words(title_lines(title)), &header)?;
            at += span;
        }
        self.end_row(header_height(columns))?;
        let first = self.row;
        for (index, row) in rows.iter().enumerate() {
            let is_sum = has_sum && index + 1 == rows.len();
            let mut at = 0;
            for (value, (_, span, look)) in row.iter().zip(columns) {
                if *span == 1 && !is_sum {
                    self.cell(at, value, *look)?;
                } else {
                    let format = looks::of_column(*look, styles::BODY_SIZE);
                    let format = if is_sum { format.set_bold() } else { format };
                    self.spanned(at, *span, value, &format)?;
                }
                at += span;
            }
            self.end_row(row_height(columns, row))?;
        }
        Ok(first)
    }

    /// Writes a block with its charts. What does not fit on the page of paper begins a further one; a long table goes
    /// over several, each with its head and a chart of its rows.
    pub fn charted(&mut self, block: &ChartedTable<'_>, chart: impl Fn((u32, u32)) -> Chart) -> Result<(), WriteError> {
        let head = ABOVE_HEADING + HEADING_HEIGHT + header_height(block.columns);
        let heights: Vec<f64> = block.rows.iter().map(|row| row_height(block.columns, row)).collect();
        let mut rows = block.rows;
        let mut heights = heights.as_slice();
        let mut heading = block.heading.to_owned();
        while !rows.is_empty() {
            let least = CHART_HEIGHT - header_height(block.columns);
            let note = if block.note.is_some() { ROW_HEIGHT } else { 0.0 };
            let room = POINTS_ON_PAGE - self.points - head - note;
            let count = match rows_on_page(heights, least, room) {
                None if self.points > 0.0 => {
                    self.turn();
                    continue;
                }
                count => count.unwrap_or(rows.len()),
            };
            let (here, further) = rows.split_at_checked(count).unwrap_or((rows, &[]));
            self.heading(&heading)?;
            let (top, above) = (self.row, self.points);
            let first = self.table(block.columns, here, false)?;
            let chart = chart((first, self.row.saturating_sub(1)));
            if further.is_empty()
                && let Some(note) = &block.note
            {
                self.note_in_block(note)?;
            }
            self.place(chart, top, above)?;
            (rows, heights) = (further, heights.get(count..).unwrap_or_default());
            heading = format!("{}（续）", block.heading);
        }
        Ok(())
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

    /// Writes a sentence below a block, left of its chart.
    fn note_in_block(&mut self, text: &str) -> Result<(), WriteError> {
        let look = styles::body(styles::BODY_SIZE);
        self.sheet
            .merge_range(self.row, 0, self.row, CHART_COLUMN - 1, text, &look)?;
        self.end_row(ROW_HEIGHT)
    }

    /// Puts a chart beside what was written from the row `top` on, `above` points from the page's top; goes on below the
    /// longer of the two.
    fn place(&mut self, mut chart: Chart, top: u32, above: f64) -> Result<(), WriteError> {
        while self.points - above < CHART_HEIGHT {
            self.end_row(ROW_HEIGHT)?;
        }
        let height = pixels(self.points - above).saturating_sub(ABOVE_CHART + BELOW_CHART);
        chart.set_width(CHART_WIDTH).set_height(height);
        self.sheet
            .insert_chart_with_offset(top, CHART_COLUMN, &chart, LEFT_OF_CHART, ABOVE_CHART)?;
        Ok(())
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn pixels(points: f64) -> u32 {
    (points * PIXELS_A_POINT) as u32
}

/// Returns the height of a row with this text over so many columns.
fn text_height(text: &str, span: u16) -> f64 {
    let width = column_width(WIDTH, styles::BODY_SIZE) * f64::from(span);
    if line_count(text, width, styles::BODY_SIZE) == 1 {
        return ROW_HEIGHT;
    }
    fit(text, width, styles::BODY_SIZE).1
}

/// Returns a title with its unit on a line of its own.
fn title_lines(title: &str) -> String {
    title.replace('（', "\n（")
}

fn header_height(columns: &[PageColumn<'_>]) -> f64 {
    let heights = columns
        .iter()
        .map(|(title, span, _)| text_height(&title_lines(title), *span));
    heights.fold(ROW_HEIGHT, f64::max)
}

fn row_height(columns: &[PageColumn<'_>], row: &[Value<'_>]) -> f64 {
    let heights = row.iter().zip(columns).map(|(value, (_, span, _))| match value {
        Value::Text(text) => text_height(text, *span),
        _ => ROW_HEIGHT,
    });
    heights.fold(ROW_HEIGHT, f64::max)
}

/// Returns how many of the rows of these heights go on a page with so much room left: all, which take `least` at any
/// rate, or as many as leave enough for both pages. None if the block has to begin on a further page.
fn rows_on_page(heights: &[f64], least: f64, room: f64) -> Option<usize> {
    if heights.iter().sum::<f64>().max(least) <= room {
        return Some(heights.len());
    }
    let mut taken = 0.0;
    let fits = |height: &&f64| {
        taken += **height;
        taken <= room
    };
    let fitting = heights.iter().take_while(fits).count();
    let count = fitting.min(heights.len().saturating_sub(LEAST_ROWS));
    (count >= LEAST_ROWS).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_goes_on_the_page_whole_or_with_enough_rows_on_both() {
        let rows = [15.0; 20];
        assert_eq!(rows_on_page(&rows, 100.0, 300.0), Some(20));
        assert_eq!(rows_on_page(&[15.0; 5], 100.0, 90.0), None, "its chart does not fit");
        assert_eq!(
            rows_on_page(&rows, 100.0, 299.0),
            Some(12),
            "eight are left for the next page"
        );
        assert_eq!(rows_on_page(&rows, 100.0, 150.0), Some(10));
        assert_eq!(rows_on_page(&rows, 100.0, 119.0), None);
        assert_eq!(rows_on_page(&[15.0; 15], 100.0, 200.0), None, "too few for two pages");
    }
}
