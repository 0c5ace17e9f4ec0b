//! How wide a list's columns are: what must stand whole on one line takes its room from the sentences beside it.

use super::columns::Column;
use super::list::{DiscrepancyList, ListedDiscrepancy};
use crate::write::kit::list_sheet::ListColumn;
use crate::write::kit::number_format::CellContent;
use crate::write::kit::page::{self, PAGE_PIXELS};
use crate::write::kit::styles::BODY_SIZE;
use crate::write::kit::text_width::{capacity, column_width, display_width};

/// Columns that no program may break: it cuts links and shows a number that does not fit as `###`.
const WHOLE: [Column; 4] = [Column::Cell, Column::Declared, Column::Expected, Column::Difference];

/// The columns of one list with their widths.
pub struct Widths {
    /// Column and characters, in the order of the sheet.
    columns: Vec<(Column, usize)>,
    has_quotes: bool,
}

impl Widths {
    /// Returns the widths for what a list holds in these columns; those printed stay on one page across.
    pub fn of(list: &DiscrepancyList, columns: impl Iterator<Item = Column>) -> Self {
        let columns: Vec<Column> = columns.collect();
        let has_quotes = columns.contains(&Column::Quote);
        let usual = columns.iter().map(|column| (*column, column.characters(has_quotes)));
        let mut widths = Self {
            columns: usual.collect(),
            has_quotes,
        };
        let mut taken = 0;
        for (column, characters) in &mut widths.columns {
            if WHOLE.contains(column) {
                let needed = list.findings.iter().map(|row| needed(list, row, *column, *characters));
                let more = needed.max().unwrap_or_default().saturating_sub(*characters);
                *characters += more;
                taken += if column.is_printed() { more } else { 0 };
            }
        }
        if taken > 0 {
            widths.make_room();
        }
        widths
    }

    /// Narrows the sentences until the printed columns fit a page, and what is left over the cell's column.
    fn make_room(&mut self) {
        let page: Vec<f64> = self
            .columns
            .iter()
            .filter(|(column, _)| column.is_printed())
            .map(|(_, characters)| column_width(*characters, BODY_SIZE))
            .collect();
        // Pixels of a narrow character.
        let character = BODY_SIZE * 2.0 / 3.0;
        let over = ((page::pixels(&page) - PAGE_PIXELS) / character).ceil().max(0.0) as usize;
        let has_quotes = self.has_quotes;
        let spare = self
            .columns
            .iter()
            .map(|(column, _)| column.spare_characters(has_quotes));
        let room: usize = spare.sum();
        if over == 0 || room == 0 {
            return;
        }
        for (column, characters) in &mut self.columns {
            let spare = column.spare_characters(has_quotes);
            *characters -= (spare * over.min(room)).div_ceil(room);
            if *column == Column::Cell {
                let usual = column.characters(has_quotes);
                *characters = characters.saturating_sub(over.saturating_sub(room)).max(usual);
            }
        }
    }

    /// Returns a column's width in Excel's units.
    pub fn width(&self, column: Column) -> f64 {
        let characters = self.columns.iter().find(|(known, _)| *known == column);
        column_width(characters.map_or(0, |(_, characters)| *characters), BODY_SIZE)
    }

    /// Returns whether a link of this text stands on one line of its column. Some programs wrap no link: of a longer one
    /// they would show a part, which may read as another cell.
    pub fn holds_link(&self, text: &str) -> bool {
        display_width(text) <= capacity(self.width(Column::Cell), BODY_SIZE)
    }

    /// Returns the columns of a list sheet.
    pub fn in_list(&self) -> Vec<ListColumn> {
        let columns = self.columns.iter();
        columns
            .map(|(column, characters)| (column.header(), *characters, column.standing()))
            .collect()
    }
}

/// Returns how many characters a row's cell needs, if more than its column has.
fn needed(list: &DiscrepancyList, row: &ListedDiscrepancy, column: Column, usual: usize) -> usize {
    if column == Column::Cell {
        return display_width(&list.cell_text(row)) + 1;
    }
    let text = match column {
        Column::Declared => &row.declared,
        Column::Expected => &row.expected,
        _ => &row.difference,
    };
    // Only a long text may be a number that is too long.
    let long = text.as_deref().map(str::trim).filter(|text| text.len() >= usual);
    match long.map(CellContent::number_like) {
        Some(number @ CellContent::Number { .. }) => display_width(&number.shown()) + 1,
        _ => 0,
    }
}
