//! A file's report, and the few facts of it that a list shows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use hebiao::batch::line;
use hebiao::files::is_own_result;
use hebiao::model::Severity;
use hebiao::read::{Limits, confirm as confirm_reading, read_workbook};
use hebiao::report::{FileReport, FileStatus, TableReport, Totals};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::basis::Basis;

/// Checks a file: its digest, and its report as a line. One that was only met, and is a result of this program under
/// whatever name, is said to be one instead.
pub fn check(path: &str, bytes: &[u8], is_met: bool, basis: &Basis) -> Answer {
    if is_met && is_own_result(path, || Some(Cursor::new(bytes))) {
        return Ok((json!({ "own_result": true }), Vec::new()));
    }
    let report = basis.check(path, bytes).report;
    Ok((digest(&report), vec![line(&report, None).into_bytes()]))
}

/// Reads a file twice, by two readers: a sentence on what came of it, and where they differ.
///
/// # Errors
/// Where the file is not read at all.
pub fn confirm(path: &str, bytes: &[u8]) -> Answer {
    let limits = Limits::default();
    let workbook = read_workbook(bytes, Some(path), &limits).map_err(|error| error.to_string())?;
    let confirmation = confirm_reading(bytes, &workbook, &limits);
    let head = json!({ "sentence": confirmation.sentence(), "differing": confirmation.differing });
    Ok((head, Vec::new()))
}

/// Returns what a list shows of a file.
pub fn digest(report: &FileReport) -> Value {
    json!({
        "file": report.file,
        "sha256": report.sha256,
        "status": report.status,
        "error": report.error.as_ref().map(|error| &error.message),
        "tables": report.tables.iter().map(table).collect::<Vec<_>>(),
        "skipped_sheets": report.skipped_sheets.len(),
        "quoted": quoted(report),
    })
}

fn table(table: &TableReport) -> Value {
    let evaluation = &table.evaluation;
    let rescoring = &table.rescoring;
    let totals = Totals::of(&table.discrepancies);
    let text = |field: &Option<hebiao::model::Field<String>>| field.as_ref().map(|field| field.value.clone());
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &table.discrepancies {
        *codes.entry(&finding.code).or_default() += 1;
    }
    json!({
        "sheet": table.sheet,
        "range": table.range,
        "kind": table.kind.title(),
        "project": text(&evaluation.project_name).or_else(|| text(&evaluation.title)),
        "department": text(&evaluation.department),
        "unit": text(&evaluation.implementing_unit),
        "year": evaluation.year.as_ref().map(|year| year.value),
        "declared": rescoring.declared_total,
        "rescored": rescoring.rescored_total,
        "declared_grade": rescoring.declared_grade.map(|grade| grade.title()),
        "rescored_grade": rescoring.rescored_grade.map(|grade| grade.title()),
        "errors": totals.errors.found,
        "warnings": totals.warnings.found,
        "infos": totals.infos.found,
        "explained": totals.errors.explained + totals.warnings.explained + totals.infos.explained,
        "reviews": table.for_review.len(),
        "set_aside": table.set_aside.len(),
        "unread": table.coverage.unread.len(),
        "verdict": verdict(&totals),
        "codes": codes,
    })
}

/// Returns the reports in prose that the findings of a file quote.
fn quoted(report: &FileReport) -> BTreeSet<&str> {
    let findings = report.tables.iter().flat_map(|table| &table.discrepancies);
    findings
        .filter_map(|finding| Some(finding.quote.as_ref()?.file.as_str()))
        .collect()
}

fn verdict(totals: &Totals) -> Option<Severity> {
    [
        (totals.errors, Severity::Error),
        (totals.warnings, Severity::Warning),
        (totals.infos, Severity::Info),
    ]
    .into_iter()
    .find_map(|(level, severity)| (level.found > 0).then_some(severity))
}

/// Returns a report that the page hands back.
///
/// # Errors
/// When the bytes are none.
pub fn report_of(bytes: &[u8]) -> Result<FileReport, String> {
    serde_json::from_slice(bytes).map_err(|_| "这不是一个文件的核对结果".to_owned())
}

/// Returns whether a file gave tables.
pub const fn has_tables(report: &FileReport) -> bool {
    matches!(report.status, FileStatus::Clean | FileStatus::Findings)
}
