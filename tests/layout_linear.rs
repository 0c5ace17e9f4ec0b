//! The recogniser is linear in cells: a sheet of many tables costs no more a cell than a sheet of one.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;
#[path = "support/work_time.rs"]
mod work_time;

use std::time::Duration;

use hebiao::grid::{CellAddress, FileFormat, Sheet, Workbook};
use hebiao::layout::read_tables;
use support::form_page;
use support::sheet_changes::Grid;
use work_time::worked;

/// How much dearer a cell may be on the large sheet: room for a busy machine, none for a quadratic step, which would
/// cost a hundred times.
const BOUND: u32 = 8;

fn grid(page: &str) -> Grid {
    let page = form_page::pages().into_iter().find(|known| known.name == page).unwrap();
    Grid::of(&page.workbook.sheets[0])
}

/// A sheet of copies of a form, `across` side by side and `down` one under another.
fn copies(form: &Grid, down: u32, across: u32) -> Workbook {
    let rows = form.cells.iter().map(|cell| cell.address.row).max().unwrap() + 3;
    let columns = form.merges.iter().map(|merge| merge.last.column).max().unwrap() + 2;
    let mut whole = Grid {
        name: form.name.clone(),
        cells: Vec::new(),
        merges: Vec::new(),
    };
    for copy in 0..down * across {
        let (row, column) = (copy / across * rows, copy % across * columns);
        let moved = form.moved(|cell| CellAddress::new(cell.row + row, cell.column + column));
        whole.cells.extend(moved.cells);
        whole.merges.extend(moved.merges);
    }
    Workbook {
        format: FileFormat::Xlsx,
        sheets: vec![Sheet::new("表", whole.cells, whole.merges)],
        losses: Vec::new(),
        text: Vec::new(),
    }
}

/// The best of several readings, so that a pause of the machine does not count; and the tables found.
fn cost(workbook: &Workbook, times: u32) -> (Duration, usize) {
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..times {
        let begun = worked();
        found = read_tables(workbook).tables.len();
        best = best.min(worked() - begun);
    }
    (best, found)
}

fn assert_linear(form: &str, down: u32, across: u32) {
    let form = grid(form);
    let (one, found) = cost(&copies(&form, 1, 1), 20);
    assert_eq!(found, 1);
    let tables = down * across;
    let (many, found) = cost(&copies(&form, down, across), 2);
    assert_eq!(found, tables as usize, "every copy is a table of its own");
    assert!(
        many < one * tables * BOUND,
        "{tables} tables took {many:?}, one {one:?}"
    );
}

#[test]
fn two_hundred_tables_one_under_another() {
    assert_linear("national_2020_form", 210, 1);
}

#[test]
fn two_hundred_tables_side_by_side_and_under_one_another() {
    assert_linear("sichuan_sign_and_unit_columns", 50, 4);
}

#[test]
fn a_hundred_tables_in_one_row() {
    assert_linear("anhui_weight_before_target", 1, 100);
}

#[test]
fn one_table_of_many_indicators() {
    let form = grid("national_2020_form");
    let long = |copies: u32| {
        let mut grid = form.clone();
        let rows: Vec<_> = form
            .cells
            .iter()
            .filter(|cell| cell.address.row == 17)
            .cloned()
            .collect();
        // The indicators between the last one and the total row.
        let shift = copies;
        grid = grid.moved(|cell| CellAddress::new(cell.row + if cell.row >= 20 { shift } else { 0 }, cell.column));
        for copy in 0..copies {
            for cell in &rows {
                let mut cell = cell.clone();
                cell.address.row = 20 + copy;
                grid.cells.push(cell);
            }
        }
        Workbook {
            format: FileFormat::Xlsx,
            sheets: vec![Sheet::new("表", grid.cells, grid.merges)],
            losses: Vec::new(),
            text: Vec::new(),
        }
    };
    let (few, _) = cost(&long(50), 10);
    let (many, found) = cost(&long(5_000), 2);
    assert_eq!(found, 1);
    assert!(many < few * 100 * BOUND, "5,000 indicators took {many:?}, 50 {few:?}");
}
