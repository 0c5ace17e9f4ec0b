//! The seed's sheet with cells put anew, and any sheet as an xlsx file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use hebiao::grid::{Cell, CellAddress, CellValue, Sheet};
use hebiao::internals::number_format::{Epoch, NumberFormat};
use hebiao::read::{Limits, read_workbook};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{Format, Workbook};

/// The published table of the samples.
pub fn seed_bytes() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/部门评价表-信丰.xlsx");
    std::fs::read(path).unwrap()
}

/// Its one sheet.
pub fn seed_sheet() -> Sheet {
    let mut workbook = read_workbook(&seed_bytes(), Some("a.xlsx"), &Limits::default()).unwrap();
    workbook.sheets.remove(0)
}

/// Puts a text into a cell.
pub fn put_text(sheet: &mut Sheet, address: CellAddress, text: &str) {
    sheet.put(Cell {
        address,
        value: CellValue::Text(text.to_owned()),
        shown_otherwise: None,
        shown_unsure: false,
        formula: None,
        number_format: None,
    });
}

/// Puts a number with a format into a cell.
pub fn put_number(sheet: &mut Sheet, address: CellAddress, number: Decimal, code: Option<&str>) {
    let format = code.map_or_else(NumberFormat::general, NumberFormat::parse);
    let seen = format.number(number, Epoch::Year1900);
    assert!(!seen.unsure, "{code:?}");
    sheet.put(Cell {
        address,
        value: CellValue::Number(number.normalize()),
        shown_otherwise: Some(seen.text),
        shown_unsure: false,
        formula: None,
        number_format: code.map(Arc::from),
    });
}

/// Takes what a cell holds away.
pub fn without(sheet: &Sheet, address: CellAddress) -> Sheet {
    let cells = sheet.cells().iter().filter(|cell| cell.address != address).cloned();
    Sheet::new(&sheet.name, cells.collect(), sheet.merges().to_vec())
}

/// A sheet as an xlsx file: values, formats and merged regions.
pub fn xlsx(sheet: &Sheet) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(&sheet.name).unwrap();
    let plain = Format::new();
    let mut merged: BTreeSet<CellAddress> = BTreeSet::new();
    for range in sheet.merges() {
        let (first, last) = (range.first, range.last);
        page.merge_range(first.row, first.column as u16, last.row, last.column as u16, "", &plain)
            .unwrap();
        merged.insert(first);
    }
    for cell in sheet.cells() {
        let (row, column) = (cell.address.row, cell.address.column as u16);
        let format = cell
            .number_format
            .as_deref()
            .map_or_else(Format::new, |code| Format::new().set_num_format(code));
        match &cell.value {
            CellValue::Number(number) => page
                .write_number_with_format(row, column, number.to_f64().unwrap(), &format)
                .unwrap(),
            CellValue::Text(text) => page.write_string_with_format(row, column, text, &format).unwrap(),
            other => panic!("{other:?}"),
        };
    }
    workbook.save_to_buffer().unwrap()
}
