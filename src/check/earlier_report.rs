//! The tables of an earlier report, rescored and checked again, each at its original cells.

use std::collections::BTreeMap;

use super::one_table::{TableResult, check_table};
use super::{CheckOptions, CheckedFile, TargetsMet, fingerprint, lost, report_text, verdict, without_reference};
use crate::grid::{CellAddress, FileFormat};
use crate::model::{Explanation, LostContent, Quote, SkippedSheet};
use crate::read;
use crate::report::{FileReport, Report, TableReport};
use crate::rules::Source;

/// Rescores and checks the tables of an earlier report again, each at its original cells.
pub(super) fn check_report(file: &str, bytes: &[u8], earlier: Report, options: &CheckOptions<'_>) -> CheckedFile {
    let several = earlier.files.len() > 1;
    let mut readings = Vec::new();
    let mut earlier_tables = Vec::new();
    let mut skipped = Vec::new();
    let mut reading_confirmed = None;
    let mut report_text = None;
    let mut more_report_texts = Vec::new();
    let mut losses: Vec<LostContent> = read::misnamed_json(file).iter().map(|loss| lost(None, loss)).collect();
    for part in earlier.files {
        // Sheets of different files may have one name.
        let name_of = |sheet: &str| {
            if several {
                format!("{} {sheet}", part.file)
            } else {
                sheet.to_owned()
            }
        };
        let source = EarlierSource::of(&part);
        for table in &part.tables {
            let mut reading = table.reading();
            reading.sheet = name_of(&reading.sheet);
            if table.places.is_none() {
                losses.push(LostContent {
                    sheet: Some(reading.sheet.clone()),
                    cell: None,
                    message: NO_PLACES.to_owned(),
                });
            }
            for part in &mut reading.continued {
                part.sheet = name_of(&part.sheet);
            }
            readings.push(reading);
            let of_text = report_text::findings_of(&table.discrepancies);
            earlier_tables.push((source.clone(), explanations(table), of_text));
        }
        skipped.extend(part.skipped_sheets.into_iter().map(|sheet| SkippedSheet {
            sheet: name_of(&sheet.sheet),
            ..sheet
        }));
        skipped.extend(part.error.map(|error| SkippedSheet {
            sheet: part.file.clone(),
            reason: error.message,
        }));
        losses.extend(part.losses);
        reading_confirmed = part.reading_confirmed.filter(|_| !several);
        report_text = part.report_text.filter(|_| !several);
        if !several {
            more_report_texts = part.more_report_texts;
        }
    }
    // What an earlier check could not compare is told once.
    let known_losses = losses.clone();
    let (tables, met): (Vec<TableReport>, Vec<TargetsMet>) = readings
        .iter()
        .zip(earlier_tables)
        .map(|(table, (source, mut explained, of_text))| {
            let references = options.references.of(&table.evaluation, table.kind);
            let source = Source {
                references: Some(&references),
                ..source.as_source()
            };
            let TableResult { mut report, met, .. } = check_table(table, &source, options);
            let notes = without_reference(table, references.notes);
            losses.extend(notes.filter(|note| !known_losses.contains(note)));
            report_text::keep_findings(&mut report.discrepancies, of_text);
            for finding in &mut report.discrepancies {
                let known = explained.remove(&(finding.code.clone(), finding.cell, finding.quote.clone()));
                finding.explanation = known.unwrap_or_default();
            }
            (report, met)
        })
        .unzip();
    let (status, error) = verdict(&tables, &skipped, &losses);
    CheckedFile {
        report: FileReport {
            file: file.to_owned(),
            format: Some(FileFormat::Json),
            sha256: Some(fingerprint(bytes)),
            status,
            error,
            tables,
            skipped_sheets: skipped,
            losses,
            report_text,
            more_report_texts,
            reading_confirmed,
        },
        tables: readings,
        workbook: None,
        met,
    }
}

/// What is said of a table whose report does not tell where things stand.
const NO_PLACES: &str = "这份核对结果没有记下空格子、公式和隐藏内容在原表的位置（由较早的程序写出，或经过改写），与它们有关的检查没有做；请用原来的表格重新核对";

/// The file that an earlier report tells of.
#[derive(Clone)]
struct EarlierSource {
    format: FileFormat,
    file: Option<String>,
    tables: usize,
}

impl EarlierSource {
    fn of(part: &FileReport) -> Self {
        let format = part.format.unwrap_or(FileFormat::Json);
        Self {
            format,
            // The name of a report says nothing of the tables in it.
            file: (format != FileFormat::Json).then(|| part.file.clone()),
            tables: part.tables.len(),
        }
    }

    fn as_source(&self) -> Source<'_> {
        Source {
            format: self.format,
            file: self.file.as_deref(),
            tables: self.tables,
            report: None,
            evidence: None,
            references: None,
        }
    }
}

/// What tells a finding from others of its table: rule, cell, and for one about a report the place in it.
type FindingKey = (String, CellAddress, Option<Quote>);

/// Returns what people wrote about the findings of an earlier report.
fn explanations(table: &TableReport) -> BTreeMap<FindingKey, Explanation> {
    let findings = table.discrepancies.iter();
    findings
        .map(|finding| {
            let key = (finding.code.clone(), finding.cell, finding.quote.clone());
            (key, finding.explanation.clone())
        })
        .collect()
}
