//! A report kept as plain text: its lines as paragraphs, and a table that was flattened to one cell a line.
//!
//! A flattened table comes from programs that turn a document into text: each cell begins with a tab on a line of its
//! own, rows are parted by an empty line, and what a cell has beyond its first line follows without a tab.

use super::kit::budget::Budget;
use super::kit::sheet_builder::SheetBuilder;
use super::{Limits, ReadError};
use crate::grid::{CellAddress, FileFormat, ReadingLoss, TextBlock, Workbook};

/// Lines looked at for a title.
const TITLE_WITHIN: usize = 8;

/// Characters that a line with a sentence has at least.
const LEAST_LENGTH: usize = 12;

/// Reads a text that is a report; `None` for one that is a table with separators.
pub(super) fn read(text: &str, limits: &Limits) -> Option<Result<Workbook, ReadError>> {
    is_report(text).then(|| blocks(text, limits))
}

/// Returns whether lines are sentences under a title or numbered headings, and no rows of a table.
fn is_report(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    // Rows have several fields each.
    let fields = |line: &str| line.contains('\t') || line.contains("\",") || line.matches(',').count() >= MOST_COMMAS;
    let (mut all, mut rows) = (0_usize, 0_usize);
    for line in lines() {
        all += 1;
        rows += usize::from(fields(line) && !line.contains('。'));
    }
    if rows * 2 > all {
        return false;
    }
    let is_titled = lines()
        .take(TITLE_WITHIN)
        .any(|line| line.contains("报告") && !line.contains([',', '\t']));
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
        rest.len() < line.len() && rest.starts_with('、') && !rest.contains(',')
    };
    let headings = lines()
        .filter(|line| is_heading(line.rsplit(']').next().unwrap_or(line)))
        .take(2)
        .count();
    let sentences = lines()
        .filter(|line| line.contains('。') && line.chars().count() >= LEAST_LENGTH && !line.contains("\","))
        .take(3)
        .count();
    match (is_titled, headings) {
        (true, 1..) => sentences >= 1,
        (true, 0) => sentences >= 3,
        (false, 2..) => sentences >= 2,
        (false, _) => false,
    }
}

/// ASCII commas of a line that is no row; prose typed with them has a few.
const MOST_COMMAS: usize = 4;

fn blocks(text: &str, limits: &Limits) -> Result<Workbook, ReadError> {
    let mut budget = Budget::new(limits);
    let mut workbook = Workbook {
        format: FileFormat::Csv,
        sheets: Vec::new(),
        losses: Vec::new(),
        text: Vec::new(),
    };
    let mut table: Option<Flattened> = None;
    for line in text.lines() {
        match (&mut table, line.strip_prefix('\t')) {
            (Some(table), Some(cell)) => table.begin_cell(cell),
            (None, Some(cell)) => {
                let mut begun = Flattened::default();
                begun.begin_cell(cell);
                table = Some(begun);
            }
            (Some(open), None) if line.trim().is_empty() => open.end_row(),
            (Some(open), None) if open.continues() => open.add_line(line),
            (_, None) => {
                if let Some(done) = table.take() {
                    finish(done, &mut workbook, &mut budget)?;
                }
                workbook.text.push(TextBlock::Paragraph(line.to_owned()));
            }
        }
    }
    if let Some(done) = table.take() {
        finish(done, &mut workbook, &mut budget)?;
    }
    Ok(workbook)
}

fn finish(table: Flattened, workbook: &mut Workbook, budget: &mut Budget) -> Result<(), ReadError> {
    let rows: Vec<Vec<String>> = table.rows.into_iter().filter(|row| !row.is_empty()).collect();
    // A line that merely begins with a tab is an indented paragraph.
    if rows.iter().map(Vec::len).max().unwrap_or_default() < 2 {
        let lines = rows.into_iter().flatten();
        workbook.text.extend(lines.map(TextBlock::Paragraph));
        return Ok(());
    }
    let mut draft = SheetBuilder::default();
    budget.take_sheet()?;
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    for (row, cells) in (0_u32..).zip(rows) {
        let shift = shift_of(&cells, width);
        for (position, cell) in cells.into_iter().enumerate() {
            let column = if position == 0 { 0 } else { position + shift };
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            let text = cell.trim();
            if !text.is_empty() {
                draft.put_text(CellAddress::new(row, column), text.to_owned(), budget)?;
            }
        }
    }
    let index = workbook.sheets.len();
    let mut sheet = draft.into_sheet(format!("表{}", index + 1));
    sheet.losses.push(ReadingLoss {
        cell: None,
        message: "这张表是从纯文本还原的：原文件每行一个单元格，行列按先后推定，单元格地址不是原表的地址".to_owned(),
    });
    workbook.sheets.push(sheet);
    workbook.text.push(TextBlock::Table(Some(index)));
    Ok(())
}

/// Returns how far the cells behind the first stand to the right: a row of figures that is shorter than the table has
/// its label merged over the cells that are missing (总分 over all levels).
fn shift_of(cells: &[String], width: usize) -> usize {
    let is_figure = |cell: &String| {
        let cell = cell.trim();
        !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%'))
    };
    let missing = width.saturating_sub(cells.len());
    let is_long = cells.len() * 2 > width;
    if missing > 0 && is_long && cells.iter().skip(1).any(is_figure) {
        missing
    } else {
        0
    }
}

/// Rows of a flattened table so far.
#[derive(Default)]
struct Flattened {
    rows: Vec<Vec<String>>,
    is_row_open: bool,
}

impl Flattened {
    fn begin_cell(&mut self, text: &str) {
        if !self.is_row_open {
            self.rows.push(Vec::new());
            self.is_row_open = true;
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(text.to_owned());
        }
    }

    fn add_line(&mut self, line: &str) {
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push('\n');
            }
            cell.push_str(line);
        }
    }

    /// Returns whether a line without a tab belongs to the last cell.
    const fn continues(&self) -> bool {
        self.is_row_open
    }

    const fn end_row(&mut self) {
        self.is_row_open = false;
    }
}
