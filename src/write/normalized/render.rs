//! Writes a planned sheet with the library: strings and numbers only, never a formula.

use rust_xlsxwriter::{Format, FormatAlign, Note, Worksheet};

use super::columns::Column;
use super::plan::{Annotation, Role, SheetPlan};
use super::sizes::{Sizes, role_size};
use crate::model::Severity;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::number_format::CellContent;
use crate::write::kit::sheet_cells::{SheetCells, cell_column};
use crate::write::kit::styles::SMALLEST_ROW;
use crate::write::kit::text_width::{column_width, line_count};
use crate::write::kit::{cell_text, page, styles};

/// Rows under the band that stay with it.
const ROWS_BESIDE_BAND: usize = 2;
const NOTE_WIDTH_PIXELS: u32 = 340;
const NOTE_LINE_PIXELS: u32 = 17;
const NOTE_FONT_SIZE: f64 = 9.0;
const MOST_NOTE_PIXELS: u32 = 480;

/// What a cell's look depends on: role, level of its findings, font size in hundredths, number format.
pub type StyleKey = (Role, Option<Severity>, Option<u32>, Option<String>);

/// Writes plan and sizes into a sheet of the book.
pub fn render(book: &mut Book, sheet: usize, plan: &SheetPlan, sizes: &Sizes) -> Result<(), WriteError> {
    let mut cells = SheetCells::new(book, sheet, format);
    for cell in &plan.cells {
        let severity = plan
            .annotations
            .get(&cell.range.first)
            .and_then(|annotation| annotation.severity);
        let number_format = match &cell.content {
            CellContent::Number { format, .. } => Some(format.clone()),
            _ => None,
        };
        let size = cell.font_size.map(|size| (size * 100.0) as u32);
        cells.put_range(cell.range, &cell.content, (cell.role, severity, size, number_format))?;
    }
    for (&row, &height) in &sizes.rows {
        cells.set_height(row, height);
    }
    let worksheet = cells.finish()?;
    for (place, annotation) in &plan.annotations {
        if let Some(note) = note(annotation) {
            worksheet.insert_note(place.row, cell_column(place.column)?, &note)?;
        }
    }
    for (&column, &width) in &sizes.columns {
        worksheet.set_column_width(cell_column(column)?, width)?;
    }
    if plan.annotations.values().any(|annotation| !annotation.notes.is_empty()) {
        // The library places a note's box by the rows above it.
        for (&row, &height) in &sizes.rows {
            worksheet.set_row_height(row, height)?;
        }
    }
    worksheet.set_repeat_rows(plan.header_row, plan.header_row)?;
    let last_row = plan.next_row.saturating_sub(1);
    let last_column = plan
        .cells
        .iter()
        .map(|cell| cell.range.last.column)
        .max()
        .unwrap_or_default();
    let last_column = last_column.max(Column::Reason.index());
    worksheet.set_print_area(0, 0, last_row, cell_column(last_column)?)?;
    set_pages(worksheet, plan, sizes, last_column)
}

/// Sets where pages begin: not within a merged cell, and not with the annex alone.
pub fn set_pages(
    worksheet: &mut Worksheet,
    plan: &SheetPlan,
    sizes: &Sizes,
    last_column: u32,
) -> Result<(), WriteError> {
    /// Columns up to 三级指标 are repeated where there is a second page across.
    const KEYS: usize = 4;
    let widths: Vec<f64> = (0..=last_column)
        .map(|column| sizes.columns.get(&column).copied().unwrap_or_default())
        .collect();
    page::set_columns(worksheet, &widths, KEYS)?;
    let heights: Vec<f64> = (0..plan.next_row)
        .map(|row| sizes.rows.get(&row).copied().unwrap_or(SMALLEST_ROW))
        .collect();
    let cells = plan.cells.iter().filter(|cell| cell.range.height() > 1);
    let mut whole: Vec<_> = cells
        .map(|cell| cell.range.first.row as usize..=cell.range.last.row as usize)
        .collect();
    let last_block = whole.iter().map(|rows| *rows.end()).max();
    let band = plan.cells.iter().find(|cell| cell.role == Role::Band);
    if let (Some(band), Some(last_block)) = (band, last_block) {
        whole.push(last_block + 1..=band.range.first.row as usize + ROWS_BESIDE_BAND);
    }
    let scale = page::printed_scale(&widths);
    let breaks = page::row_breaks(&heights, plan.header_row as usize, &whole, scale);
    worksheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Returns the look of a cell.
pub fn format(key: &StyleKey) -> Format {
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
        format = format.set_num_format(number_format);
    }
    format
}

fn note(annotation: &Annotation) -> Option<Note> {
    if annotation.notes.is_empty() {
        return None;
    }
    let text = cell_text::for_note(&annotation.notes.join("\n\n"));
    // The box is as wide as this many narrow characters of its font.
    let width = column_width(
        (f64::from(NOTE_WIDTH_PIXELS) / (NOTE_FONT_SIZE * 2.0 / 3.0)) as usize,
        NOTE_FONT_SIZE,
    );
    let lines = u32::try_from(line_count(&text, width, NOTE_FONT_SIZE)).unwrap_or(u32::MAX);
    let height = lines
        .saturating_add(1)
        .saturating_mul(NOTE_LINE_PIXELS)
        .min(MOST_NOTE_PIXELS);
    Some(
        Note::new(text)
            .add_author_prefix(false)
            .set_author("核表")
            .set_font_name(styles::BODY_FONT)
            .set_font_size(NOTE_FONT_SIZE)
            .set_width(NOTE_WIDTH_PIXELS)
            .set_height(height),
    )
}
