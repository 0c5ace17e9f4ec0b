//! A report read back gives the reading that it was written from, whatever was set aside in it, and nothing in it is
//! guessed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
mod damaged;

use common::{Folder, Table, department, hebiao};
use damaged::damaged;
use hebiao::model::{RescoredRow, TableReading};
use hebiao::read::{Limits, read_workbook};
use hebiao::report::{FileReport, Report};
use hebiao::settings::{Baseline, Settings, SuppressionUse};
use hebiao::standard::Standard;
use hebiao::summary::{SummaryBuilder, SummaryOptions};
use hebiao::write::{normalized_workbook, summary_json};
use hebiao::{CheckedFile, check_bytes};
use parquet::file::reader::{FileReader, SerializedFileReader};
use proptest::prelude::*;
use serde_json::Value;

fn check(table: &Table) -> CheckedFile {
    check_bytes("表.xlsx", &table.to_xlsx().unwrap(), Standard::ministry())
}

fn written(report: FileReport) -> Vec<u8> {
    serde_json::to_vec(&Report::new(vec![report])).unwrap()
}

fn read_back(report: FileReport) -> CheckedFile {
    check_bytes("结果.json", &written(report), Standard::ministry())
}

/// What a report carries of a reading.
fn carried(reading: &TableReading) -> impl PartialEq + std::fmt::Debug {
    (
        (reading.sheet.clone(), reading.range, reading.kind),
        reading.evaluation.clone(),
        reading.places.clone(),
        reading.bindings.clone(),
        (reading.labels.clone(), reading.coverage.clone()),
        (reading.facts.clone(), reading.formulas.clone()),
    )
}

/// A report whose every finding is set aside.
fn all_known(mut report: FileReport) -> FileReport {
    let mut known = Baseline::default();
    known.add(&report);
    let settings = Settings::default();
    let mut used = SuppressionUse::new(&settings);
    settings.set_aside(&mut report, "2026-01-01".parse().unwrap(), &mut used, Some(&mut known));
    assert_eq!(
        report
            .tables
            .iter()
            .map(|table| table.discrepancies.len())
            .sum::<usize>(),
        0
    );
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_report_read_back_gives_the_same_reading_and_the_same_findings(table in damaged()) {
        let first = check(&table);
        let again = read_back(first.report.clone());
        prop_assert_eq!(again.tables.len(), first.tables.len());
        for (again, first) in again.tables.iter().zip(&first.tables) {
            prop_assert_eq!(carried(again), carried(first));
        }
        prop_assert_eq!(&again.report.tables, &first.report.tables);
        // And once more: a report of a report is no different.
        prop_assert_eq!(&read_back(again.report).report.tables, &first.report.tables);
    }

    #[test]
    fn what_was_set_aside_in_a_report_comes_back(table in damaged()) {
        let first = check(&table).report;
        prop_assert_eq!(read_back(all_known(first.clone())).report.tables, first.tables);
    }

    #[test]
    fn what_was_not_reported_in_a_report_comes_back(table in damaged()) {
        let first = check(&table).report;
        let off = hebiao::rules::registry()
            .iter()
            .map(|rule| format!("{} = \"off\"\n", rule.code));
        let silent = format!("extends = \"ministry-2020\"\n[severity]\n{}", off.collect::<String>());
        let silent = Standard::from_toml(&silent).unwrap();
        let quiet = check_bytes("表.xlsx", &table.to_xlsx().unwrap(), &silent).report;
        prop_assert!(quiet.tables.iter().all(|table| table.discrepancies.is_empty()));
        prop_assert_eq!(read_back(quiet).report.tables, first.tables);
    }
}

#[test]
fn a_heading_left_empty_and_a_number_as_text_survive_a_baseline() {
    let folder = Folder::new();
    let mut table = department::table();
    table.set("C3", "").set("F24", "7").set("G10", "=1/0");
    let path = folder.table("表.xlsx", &table);
    let codes = |words: &[&str]| {
        let run = hebiao(words);
        let findings = run.file()["tables"][0]["discrepancies"].as_array().unwrap().clone();
        findings
            .into_iter()
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let first = codes(&["check", "--format", "json", &path]);
    assert!(
        first.contains(&"H01".to_owned()) && first.contains(&"A14".to_owned()),
        "{first:?}"
    );
    let baseline = folder.word("已知.json");
    hebiao(&["check", "--write-baseline", &baseline, &path]);
    let reduced = hebiao(&["check", "--format", "json", "--baseline", &baseline, &path]);
    assert_eq!(reduced.file()["tables"][0]["discrepancies"], Value::Array(Vec::new()));
    let report = folder.file("结果.json", reduced.stdout.as_bytes());
    assert_eq!(codes(&["check", "--format", "json", &report]), first);
}

#[test]
fn a_field_of_another_version_is_passed_over_and_the_report_is_read() {
    let mut table = department::table();
    table.set("C3", "");
    let first = check(&table).report;
    let mut report: Value = serde_json::from_slice(&written(first.clone())).unwrap();
    let bindings = &mut report["files"][0]["tables"][0]["bindings"];
    assert_eq!(*bindings, Value::Null);
    *bindings = serde_json::json!([{ "field": "funds[0].of_a_later_version", "cell": "C3", "text": "" }]);
    let checked = check_bytes("结果.json", report.to_string().as_bytes(), Standard::ministry());
    assert_eq!(checked.report.tables, first.tables);
}

#[test]
fn a_report_that_does_not_tell_its_places_is_said_to_be_checked_in_part() {
    let mut table = department::table();
    table.set("C3", "");
    let mut report: Value = serde_json::from_slice(&written(check(&table).report)).unwrap();
    let old = report["files"][0]["tables"][0].as_object_mut().unwrap();
    for key in ["places", "facts", "formulas", "labels", "bindings"] {
        old.remove(key);
    }
    for item in old["rescoring"]["items"].as_array_mut().unwrap() {
        item.as_object_mut().unwrap().remove("row");
    }
    let checked = check_bytes("结果.json", report.to_string().as_bytes(), Standard::ministry());
    let losses: Vec<&str> = checked.report.losses.iter().map(|loss| loss.message.as_str()).collect();
    assert_eq!(
        losses,
        [
            "这份核对结果没有记下空格子、公式和隐藏内容在原表的位置（由较早的程序写出，或经过改写），与它们有关的检查没有做；请用原来的表格重新核对"
        ]
    );
    let found = &checked.report.tables[0].discrepancies;
    assert!(
        found.iter().any(|finding| finding.code == "A01"),
        "what its figures tell is still checked"
    );
    assert!(
        found
            .iter()
            .all(|finding| finding.field.as_deref() != Some("department"))
    );
}

/// The score of 三级指标 in row 24 is left out; it should be 7.
fn with_a_blank_score() -> FileReport {
    let mut table = department::table();
    table.set("G24", "");
    check(&table).report
}

#[test]
fn a_score_that_was_left_out_is_rescored_alike_in_every_output() {
    let report = with_a_blank_score();
    let table = &report.tables[0];
    let g24 = "G24".parse().unwrap();
    let item = table.rescoring.items.iter().find(|item| item.cell == g24).unwrap();
    assert_eq!((item.declared, item.rescored), (None, Some(7.into())));
    let Some(RescoredRow::Indicator(row)) = item.row else {
        panic!("{item:?}")
    };
    let name = table.evaluation.indicators[row].level3.as_ref().unwrap().value.clone();

    let json: Value = serde_json::from_slice(&written(report.clone())).unwrap();
    let items = json["files"][0]["tables"][0]["rescoring"]["items"].as_array().unwrap();
    let of_row = items.iter().find(|item| item["row"]["indicator"] == row).unwrap();
    assert_eq!((&of_row["cell"], &of_row["rescored"]), (&"G24".into(), &7.into()));

    let workbook = read_workbook(&normalized_workbook(&report).unwrap(), None, &Limits::default()).unwrap();
    let sheet = &workbook.sheets[0];
    let row_of = |text: &str| sheet.cells().iter().find(|cell| cell.shown() == text).unwrap().address;
    let (rescored, named) = (row_of("复算得分"), row_of(&name));
    let at = hebiao::grid::CellAddress::new(named.row, rescored.column);
    assert_eq!(sheet.cell(at).unwrap().shown(), "7");

    let mut builder = SummaryBuilder::new(SummaryOptions::default());
    builder.add(&report).unwrap();
    let mut summary = Vec::new();
    summary_json(&builder.finish().unwrap(), &mut summary).unwrap();
    let summary: Value = serde_json::from_slice(&summary).unwrap();
    let rows = summary["indicators"].as_array().unwrap();
    let of_row = rows
        .iter()
        .find(|indicator| indicator["level3"] == name.as_str())
        .unwrap();
    assert_eq!(of_row["rescored"], 7);

    let folder = tempfile::tempdir().unwrap();
    let mut dataset = hebiao::dataset::DatasetWriter::new(folder.path(), false).unwrap();
    dataset.add(&report).unwrap();
    dataset.finish().unwrap();
    let file = std::fs::File::open(folder.path().join("indicators.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let of_row = reader.get_row_iter(None).unwrap().nth(row).unwrap().unwrap();
    let columns: Vec<(String, String)> = of_row
        .get_column_iter()
        .map(|(name, value)| (name.clone(), value.to_string()))
        .collect();
    let rescored = columns.iter().find(|(name, _)| name == "rescored").unwrap();
    assert_eq!(rescored.1.trim_end_matches('0').trim_end_matches('.'), "7");
}
