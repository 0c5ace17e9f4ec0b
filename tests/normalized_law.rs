//! Law 5 over every form of the catalogue: the normalized workbook, read as any other table, gives the Evaluation that
//! it was made of, cells and looks aside, and every filled cell of it is accounted for.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use hebiao::grid::{CellValue, Sheet, Workbook};
use hebiao::read::{Limits, read_workbook};
use hebiao::report::{FileReport, TableReport};
use hebiao::standard::Standard;
use hebiao::write::{is_unchanged_normalized, normalized_csv, normalized_workbook};
use hebiao::{CheckOptions, check_workbook};
use support::form_page;

fn report(name: &str, workbook: Workbook) -> FileReport {
    let standard = Standard::ministry();
    check_workbook(name, workbook, &CheckOptions::new(standard)).report
}

/// What differs between a page's tables and those read back from a file made of them.
fn differences(before: &FileReport, bytes: &[u8], name: &str, keeps_sheets: bool) -> Vec<String> {
    let page = &before.file;
    let again = read_workbook(bytes, Some(name), &Limits::default()).unwrap();
    let after = report(page, again.clone());
    if before.tables.len() != after.tables.len() {
        let (one, other) = (before.tables.len(), after.tables.len());
        return vec![format!(
            "{page}: {one} tables became {other}: {:?}",
            after.skipped_sheets
        )];
    }
    let mut wrong = Vec::new();
    for (index, (one, other)) in before.tables.iter().zip(&after.tables).enumerate() {
        if let Some(difference) = difference("", &values(one), &values(other)) {
            wrong.push(format!("{page} {index}: {difference}"));
        }
        if one.kind != other.kind {
            wrong.push(format!("{page} {index}: {:?} became {:?}", one.kind, other.kind));
        }
        if !other.coverage.unread.is_empty() {
            wrong.push(format!("{page} {index}: unread {:?}", other.coverage.unread));
        }
    }
    if keeps_sheets && before.tables.len() + 3 != again.sheets.len() {
        wrong.push(format!("{page}: {} sheets", again.sheets.len()));
    }
    wrong
}

fn reports() -> impl Iterator<Item = FileReport> {
    form_page::pages()
        .into_iter()
        .map(|page| report(&page.name, page.workbook))
        .filter(|report| !report.tables.is_empty())
}

#[test]
fn reading_back_the_normalized_workbook_gives_the_same_evaluation() {
    let wrong: Vec<String> = reports()
        .flat_map(|report| differences(&report, &normalized_workbook(&report).unwrap(), "a.xlsx", true))
        .collect();
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn reading_back_the_normalized_csv_gives_the_same_evaluation() {
    let wrong: Vec<String> = reports()
        .flat_map(|report| differences(&report, &normalized_csv(&report).unwrap(), "a.csv", false))
        .collect();
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_normalized_workbook_is_known_to_be_unchanged_until_a_cell_is() {
    for before in reports() {
        let bytes = normalized_workbook(&before).unwrap();
        let mut again = read_workbook(&bytes, Some("a.xlsx"), &Limits::default()).unwrap();
        let tables = report("again", again.clone()).tables;
        assert!(is_unchanged_normalized(&again, &tables), "{}", before.file);
        let sheet = &again.sheets[0];
        let mut cells = sheet.cells().to_vec();
        let last = cells.len() / 2;
        cells[last].value = CellValue::Text("改".to_owned());
        again.sheets[0] = Sheet::new(&sheet.name, cells, sheet.merges().to_vec());
        assert!(!is_unchanged_normalized(&again, &tables), "{}", before.file);
    }
}

fn difference(path: &str, one: &serde_json::Value, other: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            keys.into_iter().find_map(|key| {
                difference(
                    &format!("{path}.{key}"),
                    a.get(key).unwrap_or(&Value::Null),
                    b.get(key).unwrap_or(&Value::Null),
                )
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(index, (a, b))| difference(&format!("{path}[{index}]"), a, b)),
        (a, b) if a == b => None,
        (a, b) => Some(format!("{path}: {} became {}", short(a), short(b))),
    }
}

fn short(value: &serde_json::Value) -> String {
    value.to_string().chars().take(160).collect()
}

/// What is declared, without cells and looks.
fn values(table: &TableReport) -> serde_json::Value {
    fn strip(value: &serde_json::Value) -> serde_json::Value {
        use serde_json::Value;
        match value {
            Value::Object(fields) if fields.contains_key("cell") => fields["value"].clone(),
            Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), strip(value))).collect(),
            Value::Array(items) => items.iter().map(strip).collect(),
            other => other.clone(),
        }
    }
    strip(&serde_json::to_value(&table.evaluation).unwrap())
}
