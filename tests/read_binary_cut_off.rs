//! xls, xlsb and ods that end too early, wherever that is: nothing is read that was not there, and what is missing is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/ods.rs"]
mod ods;
#[path = "support/package.rs"]
mod package;
#[path = "support/xlsb.rs"]
mod xlsb;

use biff::Version::{Biff5, Biff8};
use hebiao::grid::{Cell, CellAddress, CellValue, FileFormat, Sheet, Workbook};
use hebiao::read::{Limits, read_workbook};

/// A table with values of every kind, texts, merged regions and two sheets.
fn whole() -> Workbook {
    let texts = ["项目名称", "预算执行率", "abc"];
    let cells = (0..12).map(|index| {
        let text = texts[index as usize % 3].to_owned();
        let value = match index % 4 {
            0 => CellValue::Number((index * 37).into()),
            1 => CellValue::Boolean(true),
            2 => CellValue::Error("#REF!".to_owned()),
            _ => CellValue::Text(text),
        };
        let shown = match &value {
            CellValue::Number(number) => number.to_string(),
            CellValue::Text(text) | CellValue::Error(text) => text.clone(),
            _ => "TRUE".to_owned(),
        };
        Cell {
            address: CellAddress::new(index / 3, index % 3),
            shown_otherwise: value.shown_as(shown),
            value,
            shown_unsure: false,
            formula: None,
            number_format: None,
        }
    });
    let cells: Vec<_> = cells.collect();
    let merge = "A6:C7".parse().unwrap();
    let sheets = ["甲", "乙"].map(|name| Sheet::new(name, cells.clone(), vec![merge]));
    Workbook {
        format: FileFormat::Xls,
        sheets: sheets.to_vec(),
        losses: Vec::new(),
        text: Vec::new(),
    }
}

/// Whatever was read of a file that ends too early was in it; and unless all was read, it is said that something is lost.
fn only_what_was_there(cut: usize, bytes: &[u8]) {
    let whole = whole();
    let Ok(workbook) = read_workbook(bytes, None, &Limits::default()) else {
        return;
    };
    let mut is_all = workbook.sheets.len() == whole.sheets.len();
    for (sheet, original) in workbook.sheets.iter().zip(&whole.sheets) {
        assert!(
            sheet.cells().is_empty() || sheet.cells() == original.cells(),
            "{cut}: half a table is never read as if it were all"
        );
        assert!(
            sheet.merges().iter().all(|range| original.merges().contains(range)),
            "{cut}"
        );
        is_all &= sheet.cells() == original.cells() && sheet.merges() == original.merges();
    }
    let is_said = !workbook.losses.is_empty() || workbook.sheets.iter().any(|sheet| !sheet.losses.is_empty());
    assert!(is_all || is_said, "{cut}: what is missing is said");
}

#[test]
fn an_xls_cut_off_anywhere_gives_nothing_that_was_not_there() {
    for version in [Biff5, Biff8] {
        let mut book = biff::Book::from_sheets(&whole().sheets, version);
        for tab in &mut book.tabs {
            if version == Biff5 {
                tab.records.push(biff::merges(&[[5, 6, 0, 2]]));
            }
        }
        let stream = book.stream();
        let name = if version == Biff8 { "Workbook" } else { "Book" };
        only_what_was_there(stream.len(), &biff::compound(&[(name, &stream)]));
        for cut in 0..stream.len() {
            only_what_was_there(cut, &biff::compound(&[(name, &stream[..cut])]));
        }
    }
}

#[test]
fn an_xlsb_part_cut_off_anywhere_gives_nothing_that_was_not_there() {
    let package = xlsb::Book::from_sheets(&whole().sheets).package();
    for part in ["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/sharedStrings.bin"] {
        let content = package.parts[part].clone();
        for cut in 0..content.len() {
            let cut_off = package.clone().bytes_part(part, &content[..cut]);
            match part {
                // A cell without its text is left out of its table, and said.
                "xl/sharedStrings.bin" => drop(read_workbook(&cut_off.zip(), None, &Limits::default()).unwrap()),
                _ => only_what_was_there(cut, &cut_off.zip()),
            }
        }
    }
}

#[test]
fn an_ods_cut_off_anywhere_gives_nothing_that_was_not_there() {
    let content = ods::Document::from_sheets(&whole().sheets, ods::Shown::InTheFile).content();
    only_what_was_there(content.len(), &ods::package(&content));
    for (cut, _) in content.char_indices() {
        only_what_was_there(cut, &ods::package(&content[..cut]));
    }
}

/// Where the records of a stream begin.
fn records_of(stream: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at + 4 <= stream.len() {
        starts.push(at);
        at += 4 + usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
    }
    starts
}

#[test]
fn an_xls_record_whose_length_lies_is_never_passed_over_in_silence() {
    for version in [Biff5, Biff8] {
        let stream = biff::Book::from_sheets(&whole().sheets, version).stream();
        let name = if version == Biff8 { "Workbook" } else { "Book" };
        let original = read_workbook(&biff::compound(&[(name, &stream)]), None, &Limits::default()).unwrap();
        let mut silent = Vec::new();
        for at in records_of(&stream) {
            let length = u16::from_le_bytes([stream[at + 2], stream[at + 3]]);
            for wrong in [
                length.wrapping_sub(2),
                length.wrapping_sub(1),
                length + 1,
                length + 2,
                length + 4,
                length + 20,
                0xFFFF,
            ] {
                let mut broken = stream.clone();
                broken[at + 2..at + 4].copy_from_slice(&wrong.to_le_bytes());
                let Ok(workbook) = read_workbook(&biff::compound(&[(name, &broken)]), None, &Limits::default()) else {
                    continue;
                };
                let is_said =
                    !workbook.losses.is_empty() || workbook.sheets.iter().any(|sheet| !sheet.losses.is_empty());
                if !is_said && workbook.sheets != original.sheets {
                    silent.push(format!(
                        "record {:#06x} at {at}, {length} as {wrong}",
                        u16::from_le_bytes([stream[at], stream[at + 1]])
                    ));
                }
            }
        }
        assert_eq!(silent, Vec::<String>::new(), "{version:?}");
    }
}

#[test]
fn an_xlsb_record_whose_length_lies_is_never_passed_over_in_silence() {
    let book = xlsb::Book::from_sheets(&whole().sheets);
    let package = book.package();
    let original = read_workbook(&package.zip(), None, &Limits::default()).unwrap();
    let part = "xl/worksheets/sheet1.bin";
    let content = package.parts[part].clone();
    let mut silent = Vec::new();
    let mut at = 0;
    while at + 2 <= content.len() {
        let length_at = if content[at] & 0x80 == 0 { at + 1 } else { at + 2 };
        let length = content[length_at];
        for wrong in [
            length.wrapping_sub(1) & 0x7F,
            length + 1,
            length + 2,
            length + 10,
            length + 14,
            0x7F,
        ] {
            let mut broken = content.clone();
            broken[length_at] = wrong;
            let file = package.clone().bytes_part(part, &broken).zip();
            let Ok(workbook) = read_workbook(&file, None, &Limits::default()) else {
                continue;
            };
            let is_said = !workbook.losses.is_empty() || workbook.sheets.iter().any(|sheet| !sheet.losses.is_empty());
            if !is_said && workbook.sheets != original.sheets {
                silent.push(format!("record {:#x} at {at}, {length} as {wrong}", content[at]));
            }
        }
        at = length_at + 1 + usize::from(length);
    }
    assert_eq!(silent, Vec::<String>::new());
}
