//! Writes a planned sheet: strings and numbers only, never a formula.

use rust_xlsxwriter::{Format, FormatAlign};

use super::columns::Column;
use super::plan::{Annotation, Role, SheetPlan};
use super::sizes::{Sizes, role_size};
use crate::grid::{CellAddress, CellRange};
use crate::model::Severity;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::number_format::CellContent;
use crate::write::kit::page::Together;
use crate::write::kit::sheet_cells::{SheetCells, cell_column};
use crate::write::kit::sheet_setup::{SheetNote, SheetSetup};
use crate::write::kit::styles::SMALLEST_ROW;
use crate::write::kit::text_width::{column_width, line_count};
use crate::write::kit::{cell_text, page, styles};

const NOTE_LINE_PIXELS: u32 = 17;
const MOST_NOTE_PIXELS: u32 = 480;

/// What a cell's look depends on: role, level of its findings, font size in hundredths, number format.
pub type StyleKey<'a> = (Role, Option<Severity>, Option<u32>, Option<&'a str>);

/// Writes plan and sizes into a sheet of the book.
pub fn render(book: &mut Book, sheet: usize, plan: &SheetPlan, sizes: &Sizes) -> Result<(), WriteError> {
    let mut cells = SheetCells::new(book, sheet, format);
    for cell in &plan.cells {
        let severity = plan
            .annotations
            .get(&cell.range.first)
            .and_then(|annotation| annotation.severity);
        let number_format = match &cell.content {
            CellContent::Number { format, .. } => Some(format.as_str()),
            CellContent::Text(text) => cell_text::kept_as_text(text),
            CellContent::Blank => None,
        };
        let size = cell.font_size.map(|size| (size * 100.0) as u32);
        cells.put_range(cell.range, &cell.content, (cell.role, severity, size, number_format))?;
    }
    for (&row, &height) in &sizes.rows {
        cells.set_height(row, height);
    }
    let setup = cells.finish()?;
    for (place, annotation) in &plan.annotations {
        setup.notes.extend(note(annotation).map(|note| (*place, note)));
    }
    for (&column, &width) in &sizes.columns {
        setup.widths.insert(cell_column(column)?, width);
    }
    if !setup.notes.is_empty() {
        setup.heights.clone_from(&sizes.rows);
    }
    setup.repeated_rows = Some((plan.header_row, plan.header_row));
    let last_row = plan.next_row.saturating_sub(1);
    let last_column = plan
        .cells
        .iter()
        .map(|cell| cell.range.last.column)
        .max()
        .unwrap_or_default();
    let last_column = last_column.max(Column::Reason.index());
    setup.print_area = Some(CellRange::new(
        CellAddress::new(0, 0),
        CellAddress::new(last_row, last_column),
    ));
    set_pages(setup, plan, sizes, last_column);
    Ok(())
}

/// Prints what the form has no column for behind it, where both do not fit one page: the rows that have something there,
/// so that nothing of the form is cut.
fn print_kept_apart(setup: &mut SheetSetup, plan: &SheetPlan) {
    let reason = Column::Reason.index();
    let kept = plan.cells.iter().filter(|cell| cell.range.first.column > reason);
    let kept = kept.map(|cell| cell.range).reduce(|one, other| {
        let (first, last) = (one.first, one.last);
        CellRange::new(
            CellAddress::new(first.row.min(other.first.row), first.column.min(other.first.column)),
            CellAddress::new(last.row.max(other.last.row), last.column.max(other.last.column)),
        )
    });
    if let (Some(area), Some(_), false) = (&mut setup.print_area, kept, setup.column_breaks.is_empty()) {
        area.last.column = reason;
        setup.further_area = kept;
    }
}

/// What it costs to part a name from its rows, and rows that nobody would part: an indicator's header from the first of
/// them, the total from the grade.
const OF_ONE_NAME: usize = 1;
const OF_ONE_MIND: usize = 100;

/// Sets where pages begin: not within a merged cell or the annex, not behind the indicators' header or the total, and
/// before the annex rather than the total.
pub fn set_pages(setup: &mut SheetSetup, plan: &SheetPlan, sizes: &Sizes, last_column: u32) {
    /// Columns up to 三级指标 are repeated where there is a second page across.
    const KEYS: usize = 4;
    let widths: Vec<f64> = (0..=last_column)
        .map(|column| sizes.columns.get(&column).copied().unwrap_or_default())
        .collect();
    let kept = Column::Reason.index() as usize + 1;
    page::set_grouped_columns(setup, &widths, KEYS, std::slice::from_ref(&(kept..widths.len())));
    print_kept_apart(setup, plan);
    let heights: Vec<f64> = (0..plan.next_row)
        .map(|row| sizes.rows.get(&row).copied().unwrap_or(SMALLEST_ROW))
        .collect();
    let total = &plan.total_rows;
    let merged = plan.cells.iter().filter(|cell| cell.range.height() > 1);
    let mut whole: Vec<Together> = merged
        .map(|cell| {
            let (first, last) = (cell.range.first, cell.range.last.row);
            let is_table = first == CellAddress::new(plan.header_row, Column::Block.index());
            // A page that holds all indicators and not their total would leave the total alone.
            let last = if is_table && !total.is_empty() {
                total.end - 1
            } else {
                last
            };
            together(first.row, last, OF_ONE_NAME)
        })
        .collect();
    whole.push(together(plan.header_row, plan.header_row + 1, OF_ONE_MIND));
    if total.start > 0 && !total.is_empty() {
        whole.push(together(total.start, total.end - 1, OF_ONE_MIND));
        whole.push(together(total.start - 1, total.end - 1, OF_ONE_NAME));
    }
    let last = plan.next_row.saturating_sub(1);
    if let Some(band) = plan.cells.iter().find(|cell| cell.role == Role::Band) {
        let band = band.range.first.row;
        whole.push(together(band, last, OF_ONE_NAME));
        let mut cells = plan.cells.iter();
        let foot = total.end.max(1)..band;
        // Who signs a page wants to see what else stands on it.
        if total.end > 0 && cells.any(|cell| foot.contains(&cell.range.first.row)) {
            whole.push(together(foot.start, last, OF_ONE_NAME));
        }
    }
    let scale = page::scale_of(setup, &widths);
    setup.row_breaks = page::row_breaks_at_least_cost(&heights, plan.header_row as usize, &whole, scale);
}

const fn together(first: u32, last: u32, cost: usize) -> Together {
    Together::new(first as usize, last as usize, cost)
}

/// Returns the look of a cell.
pub fn format(key: &StyleKey<'_>) -> Format {
    let (role, severity, size, number_format) = key;
    let size = size.map_or_else(|| role_size(*role), |size| f64::from(size) / 100.0);
    let body = styles::body(size);
    let mut format = match role {
        Role::Title => body.set_bold().set_align(FormatAlign::Center),
        Role::Year => body.set_align(FormatAlign::Center),
        Role::Label => styles::bordered(body)
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_background_color(styles::HEADER_FILL),
        Role::Text => styles::bordered(body).set_align(FormatAlign::Left),
        Role::Figure | Role::Mark | Role::Rescored => styles::bordered(body).set_align(FormatAlign::Center),
        Role::RescoredDiffers => styles::bordered(body).set_align(FormatAlign::Center).set_bold(),
        Role::Band => styles::bordered(body.set_font_name(styles::ANNEX_FONT))
            .set_bold()
            .set_align(FormatAlign::Left)
            .set_background_color(styles::HEADER_FILL),
        Role::AnnexLabel | Role::AnnexText => {
            styles::bordered(body.set_font_name(styles::ANNEX_FONT)).set_align(FormatAlign::Left)
        }
    };
    if *role == Role::Mark && severity.is_some() {
        format = format.set_bold();
    }
    if let Some(severity) = severity {
        format = format.set_background_color(styles::severity_fill(*severity));
    }
    if let Some(number_format) = number_format {
        format = format.set_num_format(*number_format);
    }
    format
}

fn note(annotation: &Annotation) -> Option<SheetNote> {
    if annotation.notes.is_empty() {
        return None;
    }
    let text = cell_text::for_note(&annotation.notes.join("\n\n"));
    // The box is as wide as this many narrow characters of its font.
    let width = column_width(
        (f64::from(SheetNote::WIDTH) / (SheetNote::FONT_SIZE * 2.0 / 3.0)) as usize,
        SheetNote::FONT_SIZE,
    );
    let lines = u32::try_from(line_count(&text, width, SheetNote::FONT_SIZE)).unwrap_or(u32::MAX);
    let height = lines
        .saturating_add(1)
        .saturating_mul(NOTE_LINE_PIXELS)
        .min(MOST_NOTE_PIXELS);
    Some(SheetNote { text, height })
}
