//! Writes a planned form with the library: looks, protection and the page.

use rust_xlsxwriter::{Format, ProtectionOptions};

use super::plan::FormPlan;
use crate::grid::{CellAddress, CellRange};
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::cell_text::AS_TEXT;
use crate::write::kit::number_format::CellContent;
use crate::write::kit::sheet_cells::{SheetCells, cell_column};
use crate::write::kit::styles::FILL_IN;
use crate::write::normalized::plan::Role;
use crate::write::normalized::render::{StyleKey, format, set_pages};
use crate::write::normalized::sizes::Sizes;

const RATE_FORMAT: &str = "0.00%";

/// Writes plan and sizes into a sheet of the book and protects it.
pub fn render(book: &mut Book, sheet: usize, plan: &FormPlan, sizes: &Sizes) -> Result<(), WriteError> {
    let mut cells = SheetCells::new(book, sheet, look);
    for cell in &plan.sheet.cells {
        let first = cell.range.first;
        let is_input = plan.inputs.contains(&first);
        let number_format = match &cell.content {
            CellContent::Number { format, .. } => Some(format.as_str()),
            _ if plan.rates.contains(&first) => Some(RATE_FORMAT),
            _ if plan.texts.contains(&first) => Some(AS_TEXT),
            _ => None,
        };
        let size = cell.font_size.map(|size| (size * 100.0) as u32);
        let key: StyleKey = (cell.role, None, size, number_format);
        cells.put_range(cell.range, &cell.content, (key, is_input))?;
    }
    for (&row, &height) in &sizes.rows {
        cells.set_height(row, height);
    }
    let setup = cells.finish()?;
    for (&column, &width) in &sizes.columns {
        setup.widths.insert(cell_column(column)?, width);
    }
    setup.repeated_rows = Some((plan.sheet.header_row, plan.sheet.header_row));
    let last_row = plan.sheet.next_row.saturating_sub(1);
    setup.print_area = Some(CellRange::new(
        CellAddress::new(0, 0),
        CellAddress::new(last_row, plan.last_column),
    ));
    set_pages(setup, &plan.sheet, sizes, plan.last_column);
    book.worksheet(sheet)?.protect_with_options(&protection());
    Ok(())
}

/// The structure is kept; rows and columns may be made larger for long texts.
pub fn protection() -> ProtectionOptions {
    ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    }
}

fn look((key, is_input): &(StyleKey, bool)) -> Format {
    let look = format(key);
    match (*is_input, key.0) {
        (true, Role::Year) => look.set_unlocked(),
        (true, _) => look.set_unlocked().set_background_color(FILL_IN),
        (false, _) => look,
    }
}
