//! What people do to a form without changing what it says: rows and columns inserted, merges taken apart, words rewritten.

use hebiao::grid::{Cell, CellAddress, CellRange, CellValue, Sheet, Workbook};
use hebiao::layout::read_tables;
use hebiao::model::{TableReading, place_of};
use serde_json::Value;

/// The sheet that a cell of a table stands on, and the cell as that sheet names it.
pub fn place(table: &TableReading, cell: CellAddress) -> (String, CellAddress) {
    let (sheet, cell) = place_of(&table.sheet, &table.continued, cell);
    (sheet.to_owned(), cell)
}

/// A workbook with every sheet changed in the same way.
pub fn each_sheet(workbook: &Workbook, change: impl Fn(&Grid) -> Grid) -> Workbook {
    let mut changed = workbook.clone();
    for sheet in &mut changed.sheets {
        let grid = change(&Grid::of(sheet));
        let mut rebuilt = Sheet::new(sheet.name.clone(), grid.cells, grid.merges);
        rebuilt.visibility = sheet.visibility;
        *sheet = rebuilt;
    }
    changed
}

/// A sheet by its name, its cells and merged regions.
#[derive(Clone)]
pub struct Grid {
    pub name: String,
    pub cells: Vec<Cell>,
    pub merges: Vec<CellRange>,
}

impl Grid {
    pub fn of(sheet: &Sheet) -> Self {
        Self {
            name: sheet.name.clone(),
            cells: sheet.cells().to_vec(),
            merges: sheet.merges().to_vec(),
        }
    }

    pub fn moved(&self, to: impl Fn(CellAddress) -> CellAddress) -> Self {
        let mut grid = self.clone();
        for cell in &mut grid.cells {
            cell.address = to(cell.address);
        }
        for merge in &mut grid.merges {
            *merge = CellRange::new(to(merge.first), to(merge.last));
        }
        grid
    }

    pub fn with_blank_row(&self, at: u32) -> Self {
        self.moved(|cell| CellAddress::new(cell.row + u32::from(cell.row >= at), cell.column))
    }

    pub fn with_blank_column(&self, at: u32) -> Self {
        self.moved(|cell| CellAddress::new(cell.row, cell.column + u32::from(cell.column >= at)))
    }

    /// Takes vertical merges apart; the name stands once over blanks, or in every row.
    pub fn without_vertical_merges(&self, repeat: bool) -> Self {
        let mut grid = Self {
            name: self.name.clone(),
            cells: self.cells.clone(),
            merges: Vec::new(),
        };
        for merge in &self.merges {
            let corner = self.cells.iter().find(|cell| cell.address == merge.first);
            let (true, Some(corner)) = (merge.height() > 1, corner) else {
                grid.merges.push(*merge);
                continue;
            };
            for row in merge.first.row..=merge.last.row {
                if repeat && row > merge.first.row {
                    let address = CellAddress::new(row, merge.first.column);
                    grid.cells.push(Cell {
                        address,
                        ..corner.clone()
                    });
                }
                if merge.width() > 1 {
                    let first = CellAddress::new(row, merge.first.column);
                    grid.merges
                        .push(CellRange::new(first, CellAddress::new(row, merge.last.column)));
                }
            }
        }
        grid
    }

    pub fn without_merges(&self) -> Self {
        Self {
            name: self.name.clone(),
            cells: self.cells.clone(),
            merges: Vec::new(),
        }
    }

    /// Rewrites texts; `change` gives the new text of a cell, or nothing to leave it.
    pub fn map_texts(&self, change: impl Fn(CellAddress, &str) -> Option<String>) -> Self {
        let mut grid = self.clone();
        for cell in &mut grid.cells {
            if let CellValue::Text(text) = &cell.value
                && let Some(changed) = change(cell.address, text.trim())
            {
                cell.shown_otherwise = None;
                cell.value = CellValue::Text(changed);
            }
        }
        grid
    }

    pub fn with_numbers_as_text(&self) -> Self {
        let mut grid = self.clone();
        for cell in &mut grid.cells {
            if matches!(cell.value, CellValue::Number(_)) {
                cell.value = CellValue::Text(cell.shown().trim().to_owned());
            }
        }
        grid
    }
}

/// Kind and Evaluation of each table without its cells; texts as `text` rewrites them.
pub fn meaning(workbook: &Workbook, text: &impl Fn(&str) -> String) -> Value {
    read_tables(workbook)
        .tables
        .iter()
        .map(|table| table_meaning(table, text))
        .collect()
}

pub fn table_meaning(table: &TableReading, text: &impl Fn(&str) -> String) -> Value {
    fn strip(value: &mut Value, text: &impl Fn(&str) -> String) {
        match value {
            Value::Object(map) => {
                map.remove("cell");
                map.values_mut().for_each(|value| strip(value, text));
            }
            Value::Array(items) => items.iter_mut().for_each(|value| strip(value, text)),
            Value::String(found) => *found = text(found),
            _ => {}
        }
    }
    let mut value = serde_json::to_value((table.kind, &table.evaluation)).unwrap();
    strip(&mut value, text);
    value
}
