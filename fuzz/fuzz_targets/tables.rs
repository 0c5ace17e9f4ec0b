//! Every stage after reading, on arbitrary tables: layout, rescoring, rules, report, and the workbooks written.
#![no_main]

use hebiao::report::{FileReport, FileStatus, Report};
use hebiao::standard::Standard;
use hebiao::write::{discrepancy_list, normalized_workbook};
use hebiao::{CheckOptions, check_bytes, check_bytes_with};
use hebiao_fuzz::tables::spelled;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut options = CheckOptions::new(Standard::ministry());
    options.picked = &[];
    options.read_workbook = spelled;
    let report = check_bytes_with("a.xlsx", data, &options).report;
    for table in &report.tables {
        let coverage = &table.coverage;
        assert_eq!(
            coverage.filled,
            coverage.bound + coverage.decorative + coverage.unread.len()
        );
        for finding in &table.discrepancies {
            assert!(!finding.message.is_empty() && !finding.basis.is_empty());
        }
    }
    assert_eq!(report.status == FileStatus::Unrecognized, report.tables.is_empty());
    // Writing takes ten times as long as checking, so that only some inputs are written.
    let sum = data
        .iter()
        .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    if report.tables.is_empty() || sum % 16 != 0 {
        return;
    }
    normalized_workbook(&report).expect("every table can be written");
    discrepancy_list(&report, "a.xlsx").expect("every finding can be written");
    let totals = |report: &FileReport| -> Vec<_> {
        let rescored = report.tables.iter().map(|table| &table.rescoring);
        rescored
            .map(|rescoring| (rescoring.declared_total, rescoring.rescored_total))
            .collect()
    };
    let expected = totals(&report);
    let json = serde_json::to_vec(&Report::new(vec![report])).expect("every report is JSON");
    let again = check_bytes("a.json", &json, Standard::ministry()).report;
    assert_ne!(again.status, FileStatus::Unreadable);
    assert_eq!(totals(&again), expected);
});
