//! The annotated copy of a workbook, round after round: the input is the parts of `containers::ANNOTATED`, then bytes that
//! say which cells findings stand at.
#![no_main]

use std::sync::LazyLock;

use hebiao::grid::CellAddress;
use hebiao::read::read_workbook;
use hebiao::report::FileReport;
use hebiao::standard::Standard;
use hebiao::write::annotated_copy;
use hebiao_fuzz::containers::{ANNOTATED, package};
use hebiao_fuzz::{limits, parts};
use libfuzzer_sys::fuzz_target;

/// A report with findings of every level, bound to no bytes.
static REPORT: LazyLock<FileReport> = LazyLock::new(|| {
    let bytes = include_bytes!("../../samples/部门评价表-信丰.xlsx");
    let mut report = hebiao::check_bytes("表.xlsx", bytes, Standard::ministry()).report;
    report.sha256 = None;
    report
});

/// The report with its findings at these cells of a sheet.
fn at(sheet: &str, choice: &[u8]) -> FileReport {
    let mut report = REPORT.clone();
    for table in &mut report.tables {
        table.sheet = sheet.to_owned();
        table.discrepancies.truncate(choice.len());
        for (finding, byte) in table.discrepancies.iter_mut().zip(choice) {
            finding.cell = CellAddress::new(u32::from(byte >> 4), u32::from(byte & 15));
            finding.related.clear();
        }
    }
    report
}

fuzz_target!(|data: &[u8]| {
    let parts = parts(data);
    let Some(file) = package(&ANNOTATED, &parts) else {
        return;
    };
    let Ok(read) = read_workbook(&file, None, &limits()) else {
        return;
    };
    let Some(sheet) = read.sheets.first().map(|sheet| sheet.name.clone()) else {
        return;
    };
    let choice = parts.get(ANNOTATED.given.len()).copied().unwrap_or(b"\x00\x11\x62");
    let (one, other) = (at(&sheet, choice), at(&sheet, choice.get(1..).unwrap_or_default()));
    match annotated_copy(&file, &one) {
        Ok(copy) => {
            let Ok(again) = annotated_copy(&copy, &one) else { return };
            assert!(again == copy, "a second run");
            // Other findings in between, then these again.
            if let Ok(between) = annotated_copy(&copy, &other)
                && let Ok(back) = annotated_copy(&between, &one)
            {
                let (first, second) = (
                    read_workbook(&copy, None, &limits()),
                    read_workbook(&back, None, &limits()),
                );
                let notes = |book: hebiao::grid::Workbook| book.sheets.into_iter().next().map(|sheet| sheet.notes);
                assert_eq!(first.map(notes).ok(), second.map(notes).ok(), "the notes");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
