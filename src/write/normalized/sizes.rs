//! Widths of columns and heights of rows, counted from the texts: spreadsheets fit no merged cell by themselves.

use std::collections::BTreeMap;

use super::columns::Widths;
use super::plan::{PlannedCell, Role, SheetPlan};
use crate::grid::{CellAddress, CellRange};
use crate::write::kit::number_format::CellContent;
use crate::write::kit::page;
use crate::write::kit::styles::BODY_SIZE;
use crate::write::kit::styles::SMALLEST_ROW;
use crate::write::kit::text_width::{MAX_ROW_HEIGHT, column_width, display_width, fit, is_cut, widths as text_widths};

/// Lines that a usual row may have before its column is made wider.
const MOST_LINES: f64 = 16.0;
/// Widths of the columns right of the form, as [`Column::widths`].
const KEPT_WIDTHS: (usize, usize, usize) = (14, 24, 48);

/// The sizes of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// Column widths in Excel's units, by column.
    pub columns: BTreeMap<u32, f64>,
    /// Row heights in points, for every row up to the last planned one.
    pub rows: BTreeMap<u32, f64>,
    /// Cells that are too small for their texts whatever the row's height.
    pub cut: Vec<CellAddress>,
}

/// Font size of a role in points.
pub const fn role_size(role: Role) -> f64 {
    match role {
        Role::Title => 16.0,
        Role::Year => 11.0,
        _ => BODY_SIZE,
    }
}

/// Narrows the form's columns to one page across; texts take more lines, numbers stay whole.
fn keep_to_a_page(cells: &[PlannedCell], allowed: &Widths, widths: &mut BTreeMap<u32, f64>) {
    let mut least: BTreeMap<u32, f64> = allowed
        .iter()
        .map(|(&column, &(least, _, _))| (column, column_width(least, BODY_SIZE)))
        .collect();
    for cell in cells.iter().filter(|cell| cell.range.width() == 1) {
        if let (CellContent::Number { .. }, Some(least)) = (&cell.content, least.get_mut(&cell.range.first.column)) {
            *least = least.max(column_width(display_width(&cell.content.shown()) + 1, BODY_SIZE));
        }
    }
    let form: Vec<f64> = least.keys().filter_map(|column| widths.get(column).copied()).collect();
    let over = page::pixels(&form) - page::PAGE_PIXELS;
    let narrowest: Vec<f64> = least.values().copied().collect();
    let room = page::pixels(&form) - page::pixels(&narrowest);
    if over <= 0.0 || room <= 0.0 {
        return;
    }
    let kept = 1.0 - (over / room).min(1.0);
    for (column, least) in least {
        if let Some(width) = widths.get_mut(&column) {
            // Whole pixels, downwards: together they stay within the page.
            *width = least + ((*width - least).max(0.0) * kept * 7.0).floor() / 7.0;
        }
    }
}

/// Measures a plan. Cells whose text would stand higher than a row can be get a smaller font in the plan.
pub fn measure(plan: &mut SheetPlan, allowed: &Widths) -> Sizes {
    let columns = widths(&plan.cells, allowed);
    let mut rows = vec![SMALLEST_ROW; plan.next_row as usize];
    let mut tall: Vec<(u32, u32, f64)> = Vec::new();
    let mut cut = Vec::new();
    for cell in &mut plan.cells {
        let width = || -> f64 {
            let columns = columns.range(cell.range.first.column..=cell.range.last.column);
            columns.map(|(_, width)| width).sum()
        };
        let base = role_size(cell.role);
        let (size, height) = match &cell.content {
            CellContent::Text(text) => {
                let (size, height) = fit(text, width(), base);
                if height >= MAX_ROW_HEIGHT && is_cut(text, width()) {
                    cut.push(cell.range.first);
                }
                (size, height)
            }
            CellContent::Blank | CellContent::Number { .. } => (base, SMALLEST_ROW),
        };
        cell.font_size = (size < base).then_some(size);
        let CellRange { first, last } = cell.range;
        if rows.len() <= last.row as usize {
            rows.resize(last.row as usize + 1, SMALLEST_ROW);
        }
        if cell.range.height() > 1 {
            tall.push((first.row, last.row, height));
        } else if let Some(row) = rows.get_mut(first.row as usize) {
            *row = row.max(height);
        }
    }
    // A name merged over few rows may need more than they have: each gives its part.
    for (first, last, height) in tall {
        let taken = rows.get_mut(first as usize..=last as usize).unwrap_or_default();
        let have: f64 = taken.iter().sum();
        if have < height {
            let part = (height - have) / f64::from(last - first + 1);
            for row in taken {
                *row = (*row + part).ceil().min(MAX_ROW_HEIGHT);
            }
        }
    }
    let rows = (0..).zip(rows).collect();
    Sizes { columns, rows, cut }
}

fn widths(cells: &[PlannedCell], allowed: &Widths) -> BTreeMap<u32, f64> {
    let mut widths: BTreeMap<u32, f64> = allowed
        .iter()
        .map(|(&column, &(least, _, _))| (column, column_width(least, BODY_SIZE)))
        .collect();
    for cell in cells
        .iter()
        .filter(|cell| cell.range.width() == 1 && cell.role != Role::Label)
    {
        let column = cell.range.first.column;
        let (least, usual, utmost) = allowed.get(&column).copied().unwrap_or(KEPT_WIDTHS);
        widths.entry(column).or_insert(column_width(least, BODY_SIZE));
        let wanted = match &cell.content {
            // A number that does not fit shows as ###; a text only wraps.
            CellContent::Number { .. } => column_width(display_width(&cell.content.shown()) + 1, BODY_SIZE),
            CellContent::Blank => 0.0,
            CellContent::Text(text) => {
                let (longest, all) = text_widths(text);
                let many_lines = (all as f64 / MOST_LINES).ceil() as usize;
                column_width(longest.min(usual).max(many_lines.min(utmost)), BODY_SIZE)
            }
        };
        widths.entry(column).and_modify(|width| *width = width.max(wanted));
    }
    keep_to_a_page(cells, allowed, &mut widths);
    // Amounts in merged cells must not show as ### either: the last column gives way.
    for cell in cells.iter().filter(|cell| cell.range.width() > 1) {
        if let CellContent::Number { .. } = cell.content {
            let have: f64 = (cell.range.first.column..=cell.range.last.column)
                .map(|column| widths.get(&column).copied().unwrap_or_default())
                .sum();
            let need = column_width(display_width(&cell.content.shown()) + 1, BODY_SIZE);
            if have < need {
                widths
                    .entry(cell.range.last.column)
                    .and_modify(|width| *width += need - have);
            }
        }
    }
    widths
}
