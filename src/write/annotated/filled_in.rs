//! What people filled in on the list of an earlier copy, so that the next one keeps it.

use std::collections::BTreeMap;

use crate::grid::{CellAddress, Sheet};
use crate::write::discrepancies::Column;

/// The row of the headers, from zero.
const HEADER_ROW: u32 = 1;
/// Stands above what people wrote on the sheet outside the two columns, by which a later run knows it again.
pub const KEPT: &str = "在本页另写的话（批注和表格右边的字，由核表移到这里）";

/// What people filled in on the sheet of an earlier run: by code and place, and by code and field.
#[derive(Debug, Default)]
pub struct FilledIn {
    by_place: BTreeMap<(String, String), (String, String)>,
    by_field: BTreeMap<(String, String), Vec<(String, String)>>,
    /// Notes on cells of the sheet and texts beside the list, each with what it was written at.
    pub kept: Vec<String>,
}

impl FilledIn {
    /// Returns whether the sheet has the list's headers.
    pub fn has_headers(sheet: &Sheet) -> bool {
        let has = |column: Column| {
            let cells = sheet.cells().iter().filter(|cell| cell.address.row == HEADER_ROW);
            cells
                .map(|cell| cell.shown().trim())
                .any(|text| text == column.header())
        };
        [Column::Code, Column::Cell, Column::UnitExplanation]
            .into_iter()
            .all(has)
    }

    /// Reads it from the sheet.
    pub fn of(sheet: &Sheet) -> Self {
        let text = |row: u32, column: u32| {
            let cell = sheet.cell(CellAddress::new(row, column));
            cell.map(|cell| cell.shown().trim().to_owned()).unwrap_or_default()
        };
        let mut places: BTreeMap<Column, u32> = BTreeMap::new();
        for cell in sheet.cells().iter().filter(|cell| cell.address.row == HEADER_ROW) {
            let column = Column::ALL
                .into_iter()
                .find(|column| column.header() == cell.shown().trim());
            if let Some(column) = column {
                places.entry(column).or_insert(cell.address.column);
            }
        }
        let mut filled = Self {
            kept: kept(sheet, &places),
            ..Self::default()
        };
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
            let code = code.shown().trim().to_owned();
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

/// Returns what people wrote on the sheet outside the two columns: what an earlier run kept, then notes and texts beside
/// the list from top to bottom, each once.
fn kept(sheet: &Sheet, places: &BTreeMap<Column, u32>) -> Vec<String> {
    let text = |row: u32, column: u32| {
        let cell = sheet.cell(CellAddress::new(row, column));
        cell.map(|cell| cell.shown().trim().to_owned()).unwrap_or_default()
    };
    let mut lines: Vec<String> = Vec::new();
    let mut first_column = sheet.cells().iter().filter(|cell| cell.address.column == 0);
    if first_column.by_ref().any(|cell| cell.shown().trim() == KEPT) {
        lines.extend(first_column.map(|cell| cell.shown().trim().to_owned()));
        lines.retain(|line| !line.is_empty());
    }
    let last_column = places.values().max().copied().unwrap_or_default();
    let beside = sheet.cells().iter().filter(|cell| cell.address.column > last_column);
    let beside = beside.map(|cell| (cell.address, cell.shown()));
    let notes = sheet.notes.iter().map(|(address, note)| (*address, note.as_str()));
    let mut written: Vec<(CellAddress, &str)> = beside.chain(notes).collect();
    written.sort_by_key(|(address, _)| (address.row, address.column));
    for (address, said) in written {
        let said = said.trim();
        let of_row = |column: Column| {
            let place = places.get(&column).filter(|_| address.row > HEADER_ROW);
            place.map(|place| text(address.row, *place)).unwrap_or_default()
        };
        let row = [Column::Code, Column::Cell, Column::Field].map(of_row);
        let row: Vec<&str> = row.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let at = if row.is_empty() {
            format!("本页 {address}")
        } else {
            row.join(" ")
        };
        let line = format!("{at}：{said}");
        if !said.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
