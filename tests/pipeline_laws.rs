//! What holds for every table, however it was damaged: tried on the samples with cells overwritten at random.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Content, Table, department, ministry};
use hebiao::report::{FileStatus, Report};
use hebiao::standard::Standard;
use hebiao::write::{ListFormat, TextEncoding, normalized_workbook};
use hebiao::{CheckedFile, check_bytes};
use proptest::prelude::*;

const COLUMNS: &str = "ABCDEFGHI";
const TEXTS: &[&str] = &[
    "",
    " ",
    "/",
    "—",
    "无",
    "0",
    "-1",
    "1e30",
    "９５",
    "95%",
    "≥95%",
    "≤208万元",
    "12月底前",
    "2023年2月30日",
    "全部符合",
    "未达成年度指标且效果较差",
    "合计",
    "总分",
    "小计",
    "一级指标",
    "三级指标",
    "分值（10分）",
    "得分",
    "优☑良☑中□差□",
    "甲\n乙",
    "其中：当年财政拨款",
    "79228162514264337593543950335",
    "0.00000000000000000000000001",
    "=1+1",
    "\u{202e}9",
];

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        3 => proptest::sample::select(TEXTS).prop_map(Content::from),
        2 => (-1000i32..1000).prop_map(Content::from),
        1 => any::<f64>().prop_filter("xlsx has no such number", |number| number.is_finite()).prop_map(Content::from),
        1 => (-3.0..3.0).prop_map(|ratio| Content::Formatted(ratio, "0.00%")),
        1 => (0.0..1e6).prop_map(|serial| Content::Formatted(serial, "yyyy\"年\"m\"月\"d\"日\"")),
    ]
}

fn damaged() -> impl Strategy<Value = Table> {
    let edit = (0..COLUMNS.len(), 1..35u32, content());
    (any::<bool>(), proptest::collection::vec(edit, 0..12)).prop_map(|(seed, edits)| {
        let mut table = if seed { department::table() } else { ministry::table() };
        for (column, row, content) in edits {
            table.set(&format!("{}{row}", &COLUMNS[column..=column]), content);
        }
        table
    })
}

fn check(table: &Table) -> CheckedFile {
    check_bytes("表.xlsx", &table.to_xlsx().unwrap(), &Standard::ministry())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_filled_cell_is_accounted_for(table in damaged()) {
        for table in check(&table).report.tables {
            let coverage = table.coverage;
            prop_assert_eq!(coverage.filled, coverage.bound + coverage.decorative + coverage.unread.len());
        }
    }

    #[test]
    fn a_report_is_the_same_each_time_and_survives_its_json(table in damaged()) {
        let report = Report::new(vec![check(&table).report]);
        let json = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(&json, &serde_json::to_string(&Report::new(vec![check(&table).report])).unwrap());
        prop_assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), without_rows(report));
    }

    #[test]
    fn status_error_and_findings_agree(table in damaged()) {
        let report = check(&table).report;
        let findings = report.tables.iter().map(|table| table.discrepancies.len()).sum::<usize>();
        prop_assert_eq!(report.status == FileStatus::Unrecognized, report.tables.is_empty());
        prop_assert_eq!(report.status == FileStatus::Unrecognized, report.error.is_some());
        prop_assert_eq!(report.status == FileStatus::Clean, !report.tables.is_empty() && findings == 0);
        for finding in report.tables.iter().flat_map(|table| &table.discrepancies) {
            prop_assert!(!finding.message.is_empty() && !finding.basis.is_empty());
        }
    }

    #[test]
    fn whatever_was_read_can_be_written(table in damaged()) {
        let report = check(&table).report;
        if !report.tables.is_empty() {
            prop_assert!(normalized_workbook(&report).is_ok());
            for format in [
                ListFormat::Xlsx,
                ListFormat::Csv,
                ListFormat::Json,
                ListFormat::Markdown,
                ListFormat::Html,
            ] {
                prop_assert!(format.write(&report, "表.规范表.xlsx", TextEncoding::Gb18030).is_ok());
            }
        }
    }
}

/// The row that an item belongs to is for the rules and no part of the JSON form.
fn without_rows(mut report: Report) -> Report {
    for table in report.files.iter_mut().flat_map(|file| &mut file.tables) {
        for item in &mut table.rescoring.items {
            item.row = None;
        }
    }
    report
}
