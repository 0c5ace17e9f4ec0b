//! Law 6 over every form of the catalogue: what people do to a form without changing what it says gives the same
//! Evaluation, cells aside.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeSet;

use hebiao::grid::{CellAddress, Workbook};
use hebiao::internals::match_key;
use hebiao::layout::read_tables;
use proptest::prelude::*;
use serde_json::Value;
use support::form_page::{self, FormPage};
use support::sheet_changes::{Grid, each_sheet, meaning, place};

/// Every page whose name is not in `without`.
fn pages(without: &[&str]) -> Vec<FormPage> {
    let mut pages = form_page::pages();
    for name in without {
        assert!(pages.iter().any(|page| page.name == *name), "{name} is a page");
    }
    pages.retain(|page| !without.contains(&page.name.as_str()));
    pages
}

fn as_written(text: &str) -> String {
    text.to_owned()
}

/// Gathers what differs, so that one run shows all.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare(&mut self, label: &str, before: &Value, after: &Value) {
        if before != after {
            let (path, one, other) = first_difference("", before, after);
            self.0.push(format!("{label}: {path}: {one} became {other}"));
        }
    }

    fn unread(&mut self, label: &str, before: &Workbook, after: &Workbook) {
        let count = |workbook: &Workbook| -> usize {
            let tables = read_tables(workbook).tables;
            tables.iter().map(|table| table.coverage.unread.len()).sum()
        };
        if count(before) != count(after) {
            let tables = read_tables(after).tables;
            let unread: Vec<_> = tables.iter().flat_map(|table| &table.coverage.unread).collect();
            self.0.push(format!("{label}: unread {unread:?}"));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{} differences\n{}", self.0.len(), self.0.join("\n"));
    }
}

fn first_difference(path: &str, one: &Value, other: &Value) -> (String, String, String) {
    match (one, other) {
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => left
            .iter()
            .zip(right)
            .enumerate()
            .find(|(_, (left, right))| left != right)
            .map(|(index, (left, right))| first_difference(&format!("{path}[{index}]"), left, right))
            .unwrap(),
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => left
            .iter()
            .find(|(key, value)| right.get(*key) != Some(*value))
            .map(|(key, value)| first_difference(&format!("{path}.{key}"), value, &right[key]))
            .unwrap(),
        _ => (path.to_owned(), shortened(one), shortened(other)),
    }
}

fn shortened(value: &Value) -> String {
    value.to_string().chars().take(160).collect()
}

fn extent(workbook: &Workbook) -> CellAddress {
    let ends = workbook.sheets.iter().filter_map(|sheet| sheet.extent());
    ends.fold(CellAddress::new(0, 0), |end, range| {
        CellAddress::new(end.row.max(range.last.row), end.column.max(range.last.column))
    })
}

#[test]
fn a_blank_row_or_column_anywhere_changes_nothing() {
    let mut differences = Differences::default();
    for page in pages(&[]) {
        let before = meaning(&page.workbook, &as_written);
        let end = extent(&page.workbook);
        for at in 0..=end.row {
            let changed = each_sheet(&page.workbook, |grid| grid.with_blank_row(at));
            let label = format!("{}: blank row before {}", page.name, at + 1);
            differences.compare(&label, &before, &meaning(&changed, &as_written));
            differences.unread(&label, &page.workbook, &changed);
        }
        for at in 0..=end.column {
            let changed = each_sheet(&page.workbook, |grid| grid.with_blank_column(at));
            let label = format!("{}: blank column before {}", page.name, at + 1);
            differences.compare(&label, &before, &meaning(&changed, &as_written));
            differences.unread(&label, &page.workbook, &changed);
        }
    }
    differences.none();
}

#[test]
fn a_moved_table_is_the_same_table() {
    let mut differences = Differences::default();
    for page in pages(&[]) {
        let changed = each_sheet(&page.workbook, |grid| {
            grid.moved(|cell| CellAddress::new(cell.row + 37, cell.column + 11))
        });
        let before = meaning(&page.workbook, &as_written);
        differences.compare(&page.name, &before, &meaning(&changed, &as_written));
        differences.unread(&page.name, &page.workbook, &changed);
    }
    differences.none();
}

#[test]
fn merged_repeated_and_blank_names_are_the_same_names() {
    type Change = fn(&Grid) -> Grid;
    let changes: [(&str, Change); 3] = [
        ("over blanks", |grid| grid.without_vertical_merges(false)),
        ("repeated", |grid| grid.without_vertical_merges(true)),
        ("no merge at all", Grid::without_merges),
    ];
    let mut differences = Differences::default();
    for page in pages(&[]) {
        let before = meaning(&page.workbook, &as_written);
        for (label, change) in changes {
            let changed = each_sheet(&page.workbook, change);
            let label = format!("{}: {label}", page.name);
            differences.compare(&label, &before, &meaning(&changed, &as_written));
            differences.unread(&label, &page.workbook, &changed);
        }
    }
    differences.none();
}

#[test]
fn numbers_kept_as_text_have_the_same_values() {
    let mut differences = Differences::default();
    for page in pages(&[]) {
        let changed = each_sheet(&page.workbook, Grid::with_numbers_as_text);
        let before = meaning(&page.workbook, &as_written);
        differences.compare(&page.name, &before, &meaning(&changed, &as_written));
    }
    differences.none();
}

#[test]
fn full_and_half_width_are_the_same_text() {
    let wide = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap(),
                other => other,
            })
            .collect()
    };
    let narrow = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap(),
                other => other,
            })
            .collect()
    };
    let mut differences = Differences::default();
    for page in pages(&[]) {
        let before = meaning(&page.workbook, &match_key);
        for (label, change) in [("full width", wide as fn(&str) -> String), ("half width", narrow)] {
            let changed = each_sheet(&page.workbook, |grid| grid.map_texts(|_, text| Some(change(text))));
            let label = format!("{}: {label}", page.name);
            differences.compare(&label, &before, &meaning(&changed, &match_key));
            differences.unread(&label, &page.workbook, &changed);
        }
    }
    differences.none();
}

/// Cells that became a heading or a label, by sheet.
fn decorative(workbook: &Workbook) -> BTreeSet<(String, CellAddress)> {
    let mut cells = BTreeSet::new();
    for sheet in &workbook.sheets {
        for cell in sheet.cells() {
            cells.insert((sheet.name.clone(), cell.address));
        }
    }
    for table in read_tables(workbook).tables {
        for binding in table.bindings.iter() {
            cells.remove(&place(&table, binding.cell));
        }
        for unread in &table.coverage.unread {
            cells.remove(&place(&table, unread.cell));
        }
    }
    cells
}

#[test]
fn blanks_line_breaks_and_colons_in_labels_change_nothing() {
    type Change = fn(&str) -> String;
    let changes: [(&str, Change); 5] = [
        ("blanks", |text| text.chars().map(|c| format!("{c} ")).collect()),
        ("wide blanks", |text| text.chars().map(|c| format!("{c}　")).collect()),
        ("line breaks", |text| text.chars().map(|c| format!("{c}\n")).collect()),
        ("no-break spaces", |text| format!("\u{a0}{text}\u{a0}")),
        ("colon", |text| format!("{text}：")),
    ];
    let mut differences = Differences::default();
    for page in pages(&[]) {
        // Labels are kept beside what has no field of its own.
        let text = |text: &str| match_key(text).trim_end_matches(':').to_owned();
        let before = meaning(&page.workbook, &text);
        let labels = decorative(&page.workbook);
        for (label, change) in changes {
            let mut changed = page.workbook.clone();
            for sheet in &mut changed.sheets {
                let name = sheet.name.clone();
                let grid = Grid::of(sheet).map_texts(|cell, text| {
                    let is_label = labels.contains(&(name.clone(), cell)) && text.chars().any(char::is_alphabetic);
                    is_label.then(|| change(text))
                });
                *sheet = hebiao::grid::Sheet::new(name, grid.cells, grid.merges);
            }
            let label = format!("{}: {label}", page.name);
            differences.compare(&label, &before, &meaning(&changed, &text));
            differences.unread(&label, &page.workbook, &changed);
        }
    }
    differences.none();
}

/// A page and the page after some harmless changes.
fn before_and_after(page: &FormPage, steps: &[(u8, u32)]) -> (Value, Value) {
    let mut changed = page.workbook.clone();
    let mut merges_apart = false;
    for (step, at) in steps {
        let at = *at;
        changed = match step {
            0 => each_sheet(&changed, |grid| grid.with_blank_row(at)),
            1 => each_sheet(&changed, |grid| grid.with_blank_column(at % 14)),
            2 => each_sheet(&changed, |grid| {
                grid.moved(|cell| CellAddress::new(cell.row + at, cell.column + at / 3))
            }),
            3 => each_sheet(&changed, Grid::with_numbers_as_text),
            // Between the rows of a header taken apart a blank row leaves nothing that holds them together.
            _ if merges_apart => continue,
            4 => each_sheet(&changed, |grid| grid.without_vertical_merges(true)),
            _ => each_sheet(&changed, |grid| grid.without_vertical_merges(false)),
        };
        merges_apart |= *step >= 4;
    }
    (meaning(&page.workbook, &as_written), meaning(&changed, &as_written))
}

#[test]
fn a_name_repeated_beside_an_empty_row_ends_no_block() {
    for (name, row) in [
        ("five_fund_levels", 3),
        ("huoshan_transfer_with_points", 5),
        ("several_goals_and_instructions", 6),
    ] {
        let pages = pages(&[]);
        let page = pages.iter().find(|page| page.name == name).unwrap();
        let (before, after) = before_and_after(page, &[(0, row), (4, 0)]);
        assert_eq!(before, after, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_harmless_changes_changes_nothing(
        page in 0..1_000_usize,
        steps in prop::collection::vec((0..6_u8, 0..24_u32), 1..6),
    ) {
        let pages = form_page::pages();
        let page = &pages[page % pages.len()];
        // Names repeated into an empty row between the rows of a header make it a header of three; where such a row is
        // harmless is said above.
        let inserted = steps.iter().position(|(step, _)| *step == 0).unwrap_or(steps.len());
        let steps: Vec<(u8, u32)> = steps
            .iter()
            .enumerate()
            .map(|(number, (step, at))| (if *step == 4 && number > inserted { 5 } else { *step }, *at))
            .collect();
        let (before, after) = before_and_after(page, &steps);
        prop_assert_eq!(before, after, "{} {:?}", page.name, steps);
    }
}
