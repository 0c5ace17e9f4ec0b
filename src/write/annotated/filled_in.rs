//! What people filled in on the list of an earlier copy, so that the next one keeps it.

use std::collections::BTreeMap;

use crate::grid::{CellAddress, Sheet};
use crate::write::discrepancies::Column;

/// The row of the headers, from zero.
const HEADER_ROW: u32 = 1;

/// What people filled in on the sheet of an earlier run: by code and place, and by code and field.
#[derive(Debug, Default)]
pub struct FilledIn {
    by_place: BTreeMap<(String, String), (String, String)>,
    by_field: BTreeMap<(String, String), Vec<(String, String)>>,
}

impl FilledIn {
    /// Returns whether the sheet has the list's headers.
    pub fn has_headers(sheet: &Sheet) -> bool {
        let has = |column: Column| {
            let cells = sheet.cells().iter().filter(|cell| cell.address.row == HEADER_ROW);
            cells.map(|cell| cell.shown.trim()).any(|text| text == column.header())
        };
        [Column::Code, Column::Cell, Column::UnitExplanation]
            .into_iter()
            .all(has)
    }

    /// Reads it from the sheet.
    pub fn of(sheet: &Sheet) -> Self {
        let text = |row: u32, column: u32| {
            let cell = sheet.cell(CellAddress::new(row, column));
            cell.map(|cell| cell.shown.trim().to_owned()).unwrap_or_default()
        };
        let mut places: BTreeMap<Column, u32> = BTreeMap::new();
        for cell in sheet.cells().iter().filter(|cell| cell.address.row == HEADER_ROW) {
            let column = Column::ALL
                .into_iter()
                .find(|column| column.header() == cell.shown.trim());
            if let Some(column) = column {
                places.entry(column).or_insert(cell.address.column);
            }
        }
        let mut filled = Self::default();
        let Some(code_column) = places.get(&Column::Code) else {
            return filled;
        };
        let codes = sheet.cells().iter().filter(|cell| cell.address.column == *code_column);
        for code in codes.filter(|cell| cell.address.row > HEADER_ROW) {
            let at = |column: Column| {
                places
                    .get(&column)
                    .map(|place| text(code.address.row, *place))
                    .unwrap_or_default()
            };
            let texts = (at(Column::UnitExplanation), at(Column::ReviewerOpinion));
            if texts.0.is_empty() && texts.1.is_empty() {
                continue;
            }
            let code = code.shown.trim().to_owned();
            filled
                .by_field
                .entry((code.clone(), at(Column::Field)))
                .or_default()
                .push(texts.clone());
            filled.by_place.insert((code, at(Column::Cell)), texts);
        }
        filled
    }

    /// Returns the texts for a finding: of the row with its place, else of the only row with its field.
    pub fn texts(&self, code: &str, cell: &str, field: &str) -> Option<&(String, String)> {
        let by_place = self.by_place.get(&(code.to_owned(), cell.to_owned()));
        let by_field = || match self.by_field.get(&(code.to_owned(), field.to_owned()))?.as_slice() {
            [only] if !field.is_empty() => Some(only),
            _ => None,
        };
        by_place.or_else(by_field)
    }
}
