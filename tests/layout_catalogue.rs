//! Forms seen in the wild, each with the reading that is expected of it: `tests/layout_catalogue/*.md`.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use hebiao::grid::{CellAddress, Sheet, Workbook};
use hebiao::layout::read_tables;
use hebiao::model::place_of;
use serde_json::Value;
use support::form_page;

#[test]
fn every_form_is_read_as_its_page_says() {
    let mut failures = Vec::new();
    for page in form_page::pages() {
        let actual = form_page::outline(&page.workbook);
        if actual != page.expected {
            failures.push(format!("--- {}\n{}", page.name, difference(&page.expected, &actual)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Lines only expected (`-`) and only read (`+`).
fn difference(expected: &str, actual: &str) -> String {
    let only = |from: &str, other: &str, sign: char| -> Vec<String> {
        let known: Vec<&str> = other.lines().collect();
        from.lines()
            .filter(|line| !known.contains(line))
            .map(|line| format!("{sign} {line}"))
            .collect()
    };
    let mut lines = only(expected, actual, '-');
    lines.extend(only(actual, expected, '+'));
    lines.join("\n")
}

#[test]
fn a_field_shows_what_its_cell_shows() {
    for page in form_page::pages() {
        for table in read_tables(&page.workbook).tables {
            let evaluation = serde_json::to_value(&table.evaluation).unwrap();
            each_field(&evaluation, &mut |cell, text| {
                let (name, own) = place_of(&table.sheet, &table.continued, cell);
                let sheet = page.workbook.sheets.iter().find(|sheet| sheet.name == name);
                assert_eq!(shown(sheet.unwrap(), own), text, "{}: {cell}", page.name);
            });
        }
    }
}

fn shown(sheet: &Sheet, cell: CellAddress) -> String {
    sheet
        .cell(cell)
        .map_or(String::new(), |cell| cell.shown().trim().to_owned())
}

fn each_field(value: &Value, visit: &mut impl FnMut(CellAddress, &str)) {
    match value {
        Value::Object(map) => {
            if let (Some(cell), Some(text)) = (map.get("cell"), map.get("text")) {
                visit(cell.as_str().unwrap().parse().unwrap(), text.as_str().unwrap());
            }
            map.values().for_each(|value| each_field(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|value| each_field(value, visit)),
        _ => {}
    }
}

#[test]
fn every_filled_cell_is_accounted_for_once() {
    for page in form_page::pages() {
        for table in read_tables(&page.workbook).tables {
            let coverage = &table.coverage;
            assert_eq!(
                coverage.filled,
                coverage.bound + coverage.decorative + coverage.unread.len(),
                "{}",
                page.name
            );
        }
    }
}

#[test]
fn the_same_workbook_is_read_the_same_way() {
    for page in form_page::pages() {
        let again: Workbook = page.workbook.clone();
        assert_eq!(read_tables(&page.workbook), read_tables(&again), "{}", page.name);
    }
}
