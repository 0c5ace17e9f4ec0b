//! Many reports to a summary and to notices.

use std::collections::BTreeSet;

use hebiao::batch::{ReportSpool, SpooledReports, documents_handed_in, read_lines};
use hebiao::read::read_workbook;
use hebiao::report::{FileError, FileReport};
use hebiao::summary::{Previous, Roster, Summary, SummaryBuilder, SummaryError, SummaryOptions, unread_document};
use hebiao::write::{LEDGER_FILE, NoticeGroups, NoticeLedger, NoticeSender, notice, summary_workbook};
use serde_json::json;

use crate::answer::Answer;
use crate::basis::Basis;
use crate::check::report_of;

/// Reports on their way into a summary.
#[derive(Debug)]
pub struct Collection {
    builder: SummaryBuilder,
    spool: ReportSpool,
}

impl Collection {
    /// Begins, with roster and last year's results by name and bytes.
    ///
    /// # Errors
    /// One sentence on what cannot be read.
    pub fn begin(
        roster: Option<(&str, &[u8])>,
        previous: Option<(&str, &[u8])>,
        basis: &Basis,
    ) -> Result<Self, String> {
        let mut options = SummaryOptions::default();
        options.standards = vec![basis.standard().clone()];
        options.roster = match roster {
            Some((name, bytes)) => Some(Roster::read(name, bytes, read_workbook).map_err(told)?),
            None => None,
        };
        options.previous = match previous {
            Some((name, bytes)) => Some(previous_of(name, bytes)?),
            None => None,
        };
        Ok(Self {
            builder: SummaryBuilder::new(options),
            spool: ReportSpool::default(),
        })
    }

    /// Takes a report in.
    ///
    /// # Errors
    /// When it is none.
    pub fn add(&mut self, report: &[u8]) -> Result<(), String> {
        self.take(&report_of(report)?)
    }

    /// Takes in, as files that could not be read, the documents that may be all that somebody handed in, beside tables
    /// in named folders.
    ///
    /// # Errors
    /// When there is no room.
    pub fn add_documents(
        &mut self,
        documents: &[String],
        tables: &[String],
        named: &BTreeSet<String>,
    ) -> Result<(), String> {
        for document in documents_handed_in(documents, tables.iter().map(String::as_str), named) {
            self.take(&unread_document(&document))?;
        }
        Ok(())
    }

    fn take(&mut self, report: &FileReport) -> Result<(), String> {
        self.spool.add(report).map_err(told)?;
        self.builder.add(report).map_err(told)
    }

    /// Returns the workbook as part 0, and notices behind it under their names.
    ///
    /// # Errors
    /// When a writer refuses.
    pub fn end(self, wants_notices: bool) -> Answer {
        let summary = self.builder.finish().map_err(told)?;
        let mut workbook = Vec::new();
        summary_workbook(&summary, &|path| Some(outermost(path).to_owned()), &mut workbook).map_err(told)?;
        let mut parts = vec![workbook];
        let mut names = Vec::new();
        let mut unplaced = 0;
        if wants_notices {
            let reports = self.spool.finish().map_err(told)?;
            let (notices, left_over) = notices(&reports, &summary)?;
            unplaced = left_over;
            for (name, bytes) in notices {
                names.push(name);
                parts.push(bytes);
            }
        }
        let all = &summary.overview.all;
        let head = json!({
            "files": summary.overview.files,
            "tables": all.tables,
            "failed": summary.overview.unreadable + summary.overview.unrecognized,
            "errors": all.errors,
            "warnings": all.warnings,
            "infos": all.infos,
            "cross": summary.findings.len(),
            "notices": names,
            "unplaced": unplaced,
        });
        Ok((head, parts))
    }
}

fn previous_of(name: &str, bytes: &[u8]) -> Result<Previous, String> {
    let refused = |error: SummaryError| format!("上年的结果 {name}：{error}");
    let previous = if bytes.starts_with(b"PK") {
        Previous::from_workbook(name, bytes).map_err(refused)?
    } else {
        let reports = read_lines(bytes).map(|line| {
            Ok(line.unwrap_or_else(|fault| {
                let error = FileError {
                    code: "broken_result_line".to_owned(),
                    message: fault.to_string(),
                };
                FileReport::unreadable(&format!("{name} 第 {} 行", fault.line), error)
            }))
        });
        Previous::from_reports(reports).map_err(refused)?
    };
    if previous.is_empty() {
        return Err(format!(
            "上年的结果 {name}：里面没有评价表；请给出上年的 ndjson 结果或汇总工作簿"
        ));
    }
    Ok(previous)
}

/// Returns what can be opened of a path: of a file in an archive, the archive.
fn outermost(path: &str) -> &str {
    const ARCHIVE: &str = ".zip/";
    let lower = path.to_ascii_lowercase();
    let end = lower.find(ARCHIVE).map(|at| at + ARCHIVE.len() - 1);
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

type Named = (String, Vec<u8>);

fn notices(reports: &SpooledReports, summary: &Summary) -> Result<(Vec<Named>, usize), String> {
    let mut groups = NoticeGroups::default();
    for row in summary.roster.iter().flat_map(|roster| &roster.rows) {
        for name in [&row.unit, &row.department].into_iter().flatten() {
            groups.know(name);
        }
    }
    for (position, report) in reports.iter().enumerate() {
        groups.add(position, &report.map_err(told)?);
    }
    for (position, finding) in summary.findings.iter().enumerate() {
        groups.add_cross(position, &finding.map_err(told)?);
    }
    let units = groups.into_units().map_err(told)?;
    let mut written = Vec::new();
    let mut letters = NoticeLedger::default();
    for unit in &units.units {
        let contents = unit
            .contents(|at| reports.get(at), |at| summary.findings.get(at))
            .map_err(told)?;
        written.push((unit.file_name.clone(), notice(&unit.name, &contents).map_err(told)?));
        letters.add(&unit.name, &unit.file_name, &contents).map_err(told)?;
    }
    if !letters.is_empty() {
        let mut ledger = Vec::new();
        letters.write(&NoticeSender::default(), &mut ledger).map_err(told)?;
        written.push((LEDGER_FILE.to_owned(), ledger));
    }
    Ok((written, units.unplaced))
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
