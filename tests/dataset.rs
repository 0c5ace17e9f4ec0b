//! The dataset: rows, sums and keys as in the reports, decimals throughout, the same bytes each time, whole or absent.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod write_support;

use std::fs;
use std::path::Path;

use hebiao::dataset::{DatasetError, DatasetWriter, FILES};
use hebiao::files::OutputError;
use hebiao::internals::plain;
use hebiao::report::*;
use hebiao::standard::Standard;
use hebiao::{batch, check_bytes};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field as Value, Row};
use rust_decimal::Decimal;
use write_support::*;

fn written(reports: &[FileReport]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = DatasetWriter::new(folder.path(), false).unwrap();
    for report in reports {
        dataset.add(report).unwrap();
    }
    dataset.finish().unwrap();
    folder
}

fn open(folder: &Path, name: &str) -> SerializedFileReader<fs::File> {
    SerializedFileReader::new(fs::File::open(folder.join(format!("{name}.parquet"))).unwrap()).unwrap()
}

fn rows(folder: &Path, name: &str) -> Vec<Row> {
    let reader = open(folder, name);
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

/// A value as a person writes it; `None` for null.
fn value(row: &Row, column: &str) -> Option<String> {
    let (_, value) = row.get_column_iter().find(|(name, _)| *name == column).unwrap();
    match value {
        Value::Null => None,
        Value::Str(text) => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::Decimal(decimal) => Some(plain(exact(decimal))),
        other => panic!("{column}: {other:?}"),
    }
}

fn exact(decimal: &parquet::data_type::Decimal) -> Decimal {
    let bytes = decimal.data();
    let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) {
        0xff
    } else {
        0
    };
    let mut all = [sign; 16];
    all[16 - bytes.len()..].copy_from_slice(bytes);
    Decimal::from_i128_with_scale(i128::from_be_bytes(all), decimal.scale().try_into().unwrap())
}

fn values(row: &Row, columns: &[&str]) -> Vec<String> {
    let shown = |column: &&str| value(row, column).unwrap_or_else(|| "null".to_owned());
    columns.iter().map(shown).collect()
}

fn bytes(folder: &Path) -> Vec<Vec<u8>> {
    FILES
        .map(|name| fs::read(folder.join(format!("{name}.parquet"))).unwrap())
        .to_vec()
}

fn sample() -> FileReport {
    let path = "samples/部门评价表-信丰.xlsx";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    check_bytes(path, &fs::read(root.join(path)).unwrap(), Standard::ministry()).report
}

fn with_unit(unit: Option<MoneyUnit>, funds: Vec<FundRow>) -> FileReport {
    let evaluation = Evaluation {
        money_unit: unit,
        funds,
        ..small_evaluation()
    };
    report(vec![table(evaluation, vec![])])
}

#[test]
fn every_table_indicator_fund_row_and_finding_is_a_row() {
    let report = sample();
    let table = &report.tables[0];
    let folder = written(std::slice::from_ref(&report));
    let counts = FILES.map(|name| rows(folder.path(), name).len());
    assert_eq!(
        counts,
        [
            1,
            1,
            table.evaluation.indicators.len(),
            table.evaluation.funds.len(),
            table.discrepancies.len()
        ]
    );
    let tables = rows(folder.path(), "tables");
    assert_eq!(
        values(
            &tables[0],
            &[
                "file",
                "table_index",
                "declared_total",
                "rescored_total",
                "kind",
                "money_unit"
            ]
        ),
        [
            "samples/部门评价表-信丰.xlsx",
            "1",
            "96",
            "94",
            "department_evaluation",
            "万元"
        ]
    );
}

#[test]
fn scores_add_up_to_what_the_report_says() {
    let report = sample();
    let table = &report.tables[0];
    let folder = written(std::slice::from_ref(&report));
    let sum = |column: &str| {
        let of = |row: &Row| value(row, column).map(|text| number(&text));
        rows(folder.path(), "indicators").iter().filter_map(of).sum::<Decimal>()
    };
    let scores = table.evaluation.indicators.iter().filter_map(|row| row.score.as_ref());
    assert_eq!(sum("score"), scores.map(|score| score.value).sum());
    let count = table.evaluation.indicators.len();
    let rescored = table
        .rescoring
        .items
        .iter()
        .take(count)
        .filter_map(|item| item.rescored);
    assert_eq!(sum("rescored"), rescored.sum());
}

#[test]
fn each_rescored_score_stands_in_the_row_of_its_cell() {
    let report = sample();
    let folder = written(std::slice::from_ref(&report));
    let mut seen = 0;
    for row in rows(folder.path(), "indicators")
        .iter()
        .chain(&rows(folder.path(), "funds"))
    {
        let (cell, trace) = (value(row, "score_cell"), value(row, "trace"));
        let items = &report.tables[0].rescoring.items;
        if let Some(item) = items.iter().find(|item| Some(item.cell.to_string()) == cell) {
            assert_eq!(trace.unwrap_or_default(), item.trace, "{cell:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, report.tables[0].rescoring.items.len());
}

#[test]
fn a_score_that_is_missing_does_not_shift_the_others() {
    let mut evaluation = small_evaluation();
    evaluation.indicators[1].score = None;
    let mut of = table(evaluation, vec![]);
    for (index, item) in of.rescoring.items.iter_mut().enumerate() {
        item.trace = format!("第{index}项");
    }
    of.rescoring.items[1].cell = at("G14");
    let folder = written(&[report(vec![of])]);
    let indicators = rows(folder.path(), "indicators");
    for (index, row) in indicators.iter().enumerate() {
        assert_eq!(value(row, "trace"), Some(format!("第{index}项")));
    }
    assert_eq!(values(&indicators[1], &["score", "score_cell"]), ["null", "G14"]);
}

#[test]
fn amounts_are_in_ten_thousand_yuan_beside_those_as_written() {
    let row = || {
        vec![fund(
            FundSource::Total,
            6,
            "年度资金总额",
            ["1234567.89", "2000000", "0.01"],
        )]
    };
    let columns = [
        "money_unit",
        "initial_budget",
        "annual_budget",
        "executed",
        "executed_as_written",
    ];
    for (unit, expected) in [
        (Some(MoneyUnit::Yuan), ["元", "123.456789", "200", "0.000001", "0.01"]),
        (
            Some(MoneyUnit::TenThousandYuan),
            ["万元", "1234567.89", "2000000", "0.01", "0.01"],
        ),
        (
            Some(MoneyUnit::HundredMillionYuan),
            ["亿元", "12345678900", "20000000000", "100", "0.01"],
        ),
        (None, ["null", "null", "null", "null", "0.01"]),
    ] {
        let folder = written(&[with_unit(unit, row())]);
        assert_eq!(values(&rows(folder.path(), "funds")[0], &columns), expected);
        assert_eq!(values(&rows(folder.path(), "tables")[0], &columns), expected);
    }
}

#[test]
fn a_file_that_could_not_be_read_is_a_row_with_its_reason() {
    let error = FileError {
        code: "damaged".to_owned(),
        message: "文件已损坏".to_owned(),
    };
    let folder = written(&[FileReport::unreadable("坏.xlsx", error)]);
    let files = rows(folder.path(), "files");
    assert_eq!(
        values(
            &files[0],
            &["file", "status", "format", "error_code", "error_message", "tables"]
        ),
        ["坏.xlsx", "unreadable", "null", "damaged", "文件已损坏", "0"]
    );
    assert!(
        rows(folder.path(), "tables").is_empty(),
        "the file is there, without rows"
    );
}

#[test]
fn findings_lead_to_their_rows() {
    let findings = vec![
        finding("A09", Severity::Error, "G14", Some("indicators[1].score")),
        finding("C02", Severity::Warning, "G5", Some("funds[0].execution_rate")),
        finding("A01", Severity::Error, "G30", Some("total.score")),
    ];
    let folder = written(&[report(vec![table(small_evaluation(), findings)])]);
    let places: Vec<Vec<String>> = rows(folder.path(), "discrepancies")
        .iter()
        .map(|row| values(row, &["row_index", "code", "of_table", "of_row"]))
        .collect();
    assert_eq!(
        places,
        [
            ["1", "A09", "indicators", "2"],
            ["2", "C02", "funds", "1"],
            ["3", "A01", "null", "null"]
        ]
    );
    let indicators = rows(folder.path(), "indicators");
    assert_eq!(values(&indicators[1], &["row_index", "score_cell"]), ["2", "G14"]);
}

#[test]
fn a_report_from_its_line_gives_the_same_bytes() {
    let report = sample();
    let line = batch::line(&report, None);
    let from_line = batch::read_lines(line.as_bytes()).next().unwrap().unwrap();
    assert_eq!(bytes(written(&[report]).path()), bytes(written(&[from_line]).path()));
}

#[test]
fn many_rows_go_out_in_groups() {
    let one = sample();
    let per_file = one.tables[0].evaluation.indicators.len();
    let reports = vec![one; 140_000 / per_file];
    let folder = written(&reports);
    let reader = open(folder.path(), "indicators");
    let groups = reader.metadata().row_groups();
    assert!(groups.len() > 2);
    assert!(groups.iter().all(|group| group.num_rows() <= 66_560));
    let all: i64 = groups.iter().map(|group| group.num_rows()).sum();
    assert_eq!(usize::try_from(all).unwrap(), reports.len() * per_file);
}

#[test]
fn nothing_is_replaced_unasked_and_nothing_is_left_of_a_dataset_that_was_not_finished() {
    let folder = written(&[sample()]);
    let before = bytes(folder.path());
    assert!(matches!(
        DatasetWriter::new(folder.path(), false),
        Err(DatasetError::Output(OutputError::Exists(_)))
    ));
    let mut dropped = DatasetWriter::new(folder.path(), true).unwrap();
    dropped.add(&sample()).unwrap();
    drop(dropped);
    assert_eq!(bytes(folder.path()), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), FILES.len());
    DatasetWriter::new(folder.path(), true).unwrap().finish().unwrap();
    assert!(rows(folder.path(), "tables").is_empty());
}
