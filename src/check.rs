//! All stages in a row: one file's bytes to its report. Pure: no file, clock or thread.

mod earlier_report;
mod no_table;
mod one_table;
mod report_text;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use no_table::no_evaluation_table;
use one_table::judge;

use crate::grid::{Confirmation, FileFormat, ReadingLoss, Workbook};
use crate::layout::{self, FormLibrary};
use crate::model::{LostContent, SkippedSheet, TableKind, TableReading};
use crate::own_rules::OwnRules;
use crate::prose::ReportText;
use crate::read::{self, Limits, ReadError};
use crate::reference::References;
use crate::report::{ComparedText, FileError, FileReport, FileStatus, TableReport, read_json_report};
use crate::rules::{ComparedClaim, Source};
use crate::standard::Standard;
pub use crate::text::named_files::EvidenceFiles;
pub use report_text::Reports;

/// One file after all stages: the report, and for whoever explains the reading, what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedFile {
    /// The file's part of a report.
    pub report: FileReport,
    /// How each table was read, in the order of `report.tables`; empty where only the report was wanted.
    pub tables: Vec<TableReading>,
    /// The file's cells; `None` when it could not be read, or when it is an earlier report.
    pub workbook: Option<Workbook>,
    /// What rescoring found of each table's indicators, in the order of `report.tables`.
    pub met: Vec<TargetsMet>,
}

/// Whether each indicator of a table reached its target, where that can be told.
pub type TargetsMet = Vec<Option<bool>>;

impl CheckedFile {
    /// Returns a file without anything to check, for the reason that its report gives.
    pub const fn unreadable(report: FileReport) -> Self {
        Self {
            report,
            tables: Vec::new(),
            workbook: None,
            met: Vec::new(),
        }
    }
}

/// How a file's bytes become a workbook: what [`read::read_workbook`] is given, and what it gives.
pub type ReadWorkbook = fn(&[u8], Option<&str>, &Limits) -> Result<Workbook, ReadError>;

/// The same with a second reading: what [`read::read_confirmed`] is given, and what it gives.
pub type ReadConfirmed = fn(&[u8], Option<&str>, &Limits) -> Result<(Workbook, Confirmation), ReadError>;

/// What a check goes by.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CheckOptions<'a> {
    /// The standard that scores follow.
    pub standard: &'a Standard,
    /// The standards that take its place for tables of their kind or year; none where one was named.
    pub picked: &'a [Standard],
    /// The forms and wordings that tables are recognised by.
    pub forms: &'a FormLibrary,
    /// The rules of one's own that hold besides.
    pub rules: &'a OwnRules,
    /// Reads workbooks: [`read::read_workbook`], or what reads as it does in another process.
    pub read_workbook: ReadWorkbook,
    /// The reports that tables are compared with.
    pub reports: Reports<'a>,
    /// The files handed in as evidence, where a folder of them was given.
    pub evidence: Option<&'a EvidenceFiles>,
    /// The approved targets and the payments that tables are held against.
    pub references: &'a References,
    /// Whether the readings behind a report are handed over with it ([`CheckedFile::tables`]); who wants the report alone
    /// is spared their copies.
    pub keeps_readings: bool,
    /// Reads each workbook a second time with another reader and compares: [`read::read_confirmed`], or what does so
    /// in another process; `None` reads it once.
    pub read_confirmed: Option<ReadConfirmed>,
}

impl<'a> CheckOptions<'a> {
    /// Returns a standard, with the built-in forms.
    pub fn new(standard: &'a Standard) -> Self {
        Self {
            standard,
            picked: &[],
            forms: FormLibrary::builtin(),
            rules: OwnRules::none(),
            read_workbook: read::read_workbook,
            reports: Reports::default(),
            evidence: None,
            references: References::none(),
            keeps_readings: true,
            read_confirmed: None,
        }
    }

    /// Returns the standard of one table, and why it was picked where it was.
    pub fn standard_of(&self, table: &TableReading) -> (&'a Standard, Option<String>) {
        self.standard_for(table.kind, table.evaluation.year.as_ref().map(|year| year.value))
    }

    /// As [`CheckOptions::standard_of`], of a table of this kind and year.
    pub fn standard_for(&self, kind: TableKind, year: Option<i32>) -> (&'a Standard, Option<String>) {
        self.picked
            .iter()
            .find_map(|standard| Some((standard, Some(standard.why_picked(kind, year)?))))
            .unwrap_or((self.standard, None))
    }
}

/// Reads, rescores and checks one file by the built-in forms. Never fails: a file that gives no table is a report
/// that says why.
///
/// `file` is the path as given; of it only the extension matters, and only for the wording of refusals.
pub fn check_bytes(file: &str, bytes: &[u8], standard: &Standard) -> CheckedFile {
    check_bytes_with(file, bytes, &CheckOptions::new(standard))
}

/// [`check_bytes`] by a standard and forms of the caller's choice.
pub fn check_bytes_with(file: &str, bytes: &[u8], options: &CheckOptions<'_>) -> CheckedFile {
    if read::is_json(bytes) {
        return match read_json_report(bytes) {
            Ok(earlier) => earlier_report::check_report(file, bytes, earlier, options),
            Err(error) => refused(file, bytes, &error),
        };
    }
    let limits = Limits::default();
    let read = match options.read_confirmed {
        Some(read) => read(bytes, Some(file), &limits).map(|(workbook, confirmation)| (workbook, Some(confirmation))),
        None => (options.read_workbook)(bytes, Some(file), &limits).map(|workbook| (workbook, None)),
    };
    let (mut workbook, confirmation) = match read {
        Ok(read) => read,
        Err(error) => return refused(file, bytes, &error),
    };
    if let Some(confirmation) = &confirmation {
        confirmation.add_to_losses(&mut workbook);
    }
    let mut checked = check_workbook(file, workbook, options);
    checked.report.reading_confirmed = confirmation;
    checked.report.sha256 = Some(fingerprint(bytes));
    checked
}

/// Checks a workbook that has been read already; `file` names it. Its report has no fingerprint of the file.
pub fn check_workbook(file: &str, workbook: Workbook, options: &CheckOptions<'_>) -> CheckedFile {
    let recognition = layout::read_tables_with(&workbook, options.forms);
    let own = report_text::own_text(file, &workbook);
    let choice = report_text::choose(own.as_ref(), options.reports, &recognition.tables);
    let count = recognition.tables.len();
    let mut tables: Vec<TableReport> = Vec::with_capacity(count);
    let mut readings = Vec::new();
    let mut met = Vec::with_capacity(count);
    let mut accounts: Vec<(&ReportText, BTreeMap<usize, ComparedClaim>)> = Vec::new();
    let mut not_compared: Vec<LostContent> = Vec::new();
    for (table, part) in recognition.tables.into_iter().zip(&choice.parts) {
        let references = options.references.of(&table.evaluation, table.kind);
        let source = Source {
            format: workbook.format,
            file: Some(file),
            tables: count,
            report: part.as_ref(),
            evidence: options.evidence,
            references: Some(&references),
        };
        let judged = judge(&table, &source, options);
        not_compared.extend(without_reference(&table, references.notes));
        let checked = if options.keeps_readings {
            let checked = judged.result(|rescoring| TableReport::new(&table, rescoring));
            readings.push(table);
            checked
        } else {
            judged.result(|rescoring| TableReport::from_reading(table, rescoring))
        };
        if let Some(part) = part {
            let known = accounts.iter_mut().find(|(text, _)| std::ptr::eq(*text, part.text));
            match known {
                Some((_, compared)) => report_text::merge(compared, checked.compared),
                None => accounts.push((part.text, checked.compared)),
            }
        }
        tables.push(checked.report);
        met.push(checked.met);
    }
    let mut losses = losses(&workbook);
    let (status, error) = match &own {
        Some(text) if tables.is_empty() => {
            let error = report_text::without_table(text.tables);
            (FileStatus::Unrecognized, Some(error))
        }
        // Nothing but words, and none that restate a table.
        None if tables.is_empty()
            && recognition.skipped.is_empty()
            && matches!(workbook.format, FileFormat::Docx | FileFormat::Html) =>
        {
            let fact = if workbook.format == FileFormat::Docx {
                "这个 Word 文档里没有表格"
            } else {
                "这个网页里没有表格"
            };
            let error = ReadError::not_a_spreadsheet(fact);
            (FileStatus::Unreadable, Some(file_error(&error)))
        }
        _ => verdict(&tables, &recognition.skipped, &losses),
    };
    let why_not = choice.notes.first().map(|note| note.message.clone());
    if let (Some(own), true) = (&own, accounts.is_empty()) {
        accounts.push((own, BTreeMap::new()));
    }
    losses.extend(accounts.iter().filter_map(|(text, _)| report_text::not_read(text)));
    let mut texts = accounts
        .iter()
        .map(|(text, compared)| report_text::account(text, compared, why_not.clone()));
    let report_text = texts.next();
    let more_report_texts: Vec<ComparedText> = texts.collect();
    losses.extend(choice.notes);
    losses.extend(not_compared);
    let report = FileReport {
        file: file.to_owned(),
        format: Some(workbook.format),
        sha256: None,
        status,
        error,
        tables,
        skipped_sheets: recognition.skipped,
        losses,
        report_text,
        more_report_texts,
        reading_confirmed: None,
    };
    CheckedFile {
        report,
        tables: readings,
        workbook: Some(workbook),
        met,
    }
}

fn refused(file: &str, bytes: &[u8], error: &ReadError) -> CheckedFile {
    CheckedFile::unreadable(FileReport {
        sha256: Some(fingerprint(bytes)),
        ..FileReport::unreadable(file, file_error(error))
    })
}

fn file_error(error: &ReadError) -> FileError {
    FileError {
        code: error.code().to_owned(),
        message: error.to_string(),
    }
}

/// Returns what a table could not be held against, and why.
fn without_reference(table: &TableReading, notes: Vec<String>) -> impl Iterator<Item = LostContent> {
    notes.into_iter().map(|message| LostContent {
        sheet: Some(table.sheet.clone()),
        cell: None,
        message,
    })
}

fn verdict(
    tables: &[TableReport],
    skipped: &[SkippedSheet],
    losses: &[LostContent],
) -> (FileStatus, Option<FileError>) {
    if tables.is_empty() {
        (FileStatus::Unrecognized, Some(no_evaluation_table(skipped, losses)))
    } else if tables.iter().all(|table| table.discrepancies.is_empty()) {
        (FileStatus::Clean, None)
    } else {
        (FileStatus::Findings, None)
    }
}

/// SHA-256 of a file in lower-case hex, as a report gives it.
pub fn fingerprint(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    halves.filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

fn losses(workbook: &Workbook) -> Vec<LostContent> {
    let of_file = workbook.losses.iter().map(|loss| lost(None, loss));
    let of_sheets = workbook
        .sheets
        .iter()
        .flat_map(|sheet| sheet.losses.iter().map(|loss| lost(Some(&sheet.name), loss)));
    of_file.chain(of_sheets).collect()
}

fn lost(sheet: Option<&str>, loss: &ReadingLoss) -> LostContent {
    LostContent {
        sheet: sheet.map(str::to_owned),
        cell: loss.cell,
        message: loss.message.clone(),
    }
}
