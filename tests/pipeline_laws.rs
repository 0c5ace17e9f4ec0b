//! What holds for every table, however it was damaged: tried on the samples with cells overwritten at random.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
mod damaged;

use common::Table;
use damaged::damaged;
use hebiao::report::{FileStatus, Report};
use hebiao::standard::Standard;
use hebiao::write::{ListFormat, TextEncoding, normalized_workbook};
use hebiao::{CheckOptions, CheckedFile, check_bytes, check_bytes_with};
use proptest::prelude::*;

fn check(table: &Table) -> CheckedFile {
    check_bytes("表.xlsx", &table.to_xlsx().unwrap(), Standard::ministry())
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
        prop_assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    }

    #[test]
    fn a_report_wanted_alone_is_the_one_with_its_readings(table in damaged()) {
        let both = check(&table);
        let mut options = CheckOptions::new(Standard::ministry());
        options.keeps_readings = false;
        let alone = check_bytes_with("表.xlsx", &table.to_xlsx().unwrap(), &options);
        prop_assert_eq!(both.tables.len(), both.report.tables.len());
        prop_assert!(alone.tables.is_empty());
        prop_assert_eq!(alone.report, both.report);
        prop_assert_eq!(alone.met, both.met);
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
