//! Rows of a list that is a sheet, found by its headers on whatever sheet and in whatever column they stand.

use std::collections::BTreeMap;

use super::ExplanationsError;
use super::row::{Row, code, written};
use crate::grid::{Cell, CellAddress, CellValue, Sheet, Workbook};
use crate::model::Explanation;
use crate::write::discrepancies::Column;

/// Returns the rows of all lists in a workbook, those without a text too.
pub(super) fn rows(workbook: &Workbook) -> Result<Vec<Row>, ExplanationsError> {
    let mut rows = Vec::new();
    let mut is_list = false;
    let several = workbook.sheets.len() > 1;
    for sheet in &workbook.sheets {
        let reading = Reading {
            sheet,
            spans: Spans::of(sheet),
            names_sheet: several,
        };
        is_list |= reading.add_rows(&mut rows);
    }
    if is_list {
        Ok(rows)
    } else {
        Err(ExplanationsError::NoList)
    }
}

struct Reading<'a> {
    sheet: &'a Sheet,
    spans: Spans,
    names_sheet: bool,
}

/// Where each column stands.
type Columns = BTreeMap<Column, u32>;

impl Reading<'_> {
    /// Adds the rows under each header; whether there was one. Lists may stand one below another.
    fn add_rows(&self, rows: &mut Vec<Row>) -> bool {
        let mut columns: Option<Columns> = None;
        let cells = self.sheet.cells();
        for cells in cells.chunk_by(|one, next| one.address.row == next.address.row) {
            if let Some(found) = self.header(cells) {
                columns = Some(found);
            } else if let (Some(columns), Some(first)) = (&columns, cells.first()) {
                rows.push(self.row(columns, first.address.row));
            }
        }
        columns.is_some()
    }

    /// Returns the columns, if these cells are a header: it names the code and a column to fill in.
    fn header(&self, cells: &[Cell]) -> Option<Columns> {
        let mut columns = Columns::new();
        for cell in cells {
            let text: String = cell.shown().split_whitespace().collect();
            // People add a remark behind a header: 单位说明（请盖章）.
            let name = text.split(['（', '(']).next().unwrap_or_default();
            if let Some(column) = Column::ALL.into_iter().find(|column| column.header() == name) {
                columns.entry(column).or_insert(cell.address.column);
            }
        }
        let has = |column: Column| columns.contains_key(&column);
        let is_header = has(Column::Code) && (has(Column::UnitExplanation) || has(Column::ReviewerOpinion));
        is_header.then_some(columns)
    }

    fn row(&self, columns: &Columns, row: u32) -> Row {
        let at = |column: Column| columns.get(&column).map(|column| CellAddress::new(row, *column));
        let text = |column: Column| at(column).map(|address| self.text(address)).unwrap_or_default();
        let written_at = |column: Column| written(&self.text(self.spans.start(at(column)?)));
        let number = row.saturating_add(1);
        let mut result = Row {
            place: if self.names_sheet {
                format!("工作表“{}”第 {number} 行", self.sheet.name)
            } else {
                format!("第 {number} 行")
            },
            code: code(&text(Column::Code)),
            field_title: at(Column::Field).map(|address| self.text(address).trim().to_owned()),
            quote: written(&text(Column::Quote)),
            source_file: written(&text(Column::SourceFile)),
            source_mark: written(&text(Column::SourceMark)).map(|mark| mark.to_ascii_lowercase()),
            explanation: Explanation {
                unit: written_at(Column::UnitExplanation),
                reviewer: written_at(Column::ReviewerOpinion),
            },
            ..Row::default()
        };
        // A cell merged over several findings says nothing of a row that names none.
        if result.code.is_empty() {
            let own = |column: Column| at(column).and_then(|address| written(&self.text(address)));
            result.explanation.unit = own(Column::UnitExplanation);
            result.explanation.reviewer = own(Column::ReviewerOpinion);
        }
        result.set_cell(&text(Column::Cell));
        result
    }

    fn text(&self, address: CellAddress) -> String {
        let Some(cell) = self.sheet.cell(address) else {
            return String::new();
        };
        match &cell.value {
            CellValue::Text(text) => text.clone(),
            CellValue::Number(_) | CellValue::Boolean(_) => cell.shown().to_owned(),
            CellValue::Blank | CellValue::Error(_) => String::new(),
        }
    }
}

/// Cells merged downwards: one text for several findings.
struct Spans {
    /// By column, then first row: the last row.
    by_start: BTreeMap<(u32, u32), u32>,
}

impl Spans {
    fn of(sheet: &Sheet) -> Self {
        let merges = sheet.merges().iter().filter(|range| range.first.row < range.last.row);
        Self {
            by_start: merges
                .map(|range| ((range.first.column, range.first.row), range.last.row))
                .collect(),
        }
    }

    /// Returns the cell whose text shows at an address.
    fn start(&self, address: CellAddress) -> CellAddress {
        let before = self
            .by_start
            .range((address.column, 0)..=(address.column, address.row))
            .next_back();
        match before {
            Some((&(column, first), &last)) if address.row <= last => CellAddress::new(first, column),
            _ => address,
        }
    }
}
