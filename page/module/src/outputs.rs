//! The files that the page saves for a table: the same names and bytes as the program's.

use std::collections::BTreeMap;
use std::path::Path;

use hebiao::CheckedFile;
use hebiao::files::{ANNOTATED_STEM, NORMALIZED_STEM, output_stems, safe_stem};
use hebiao::report::{FileReport, Report};
use hebiao::write::{
    ListFormat, QuotedFinding, ReadingPage, ReportWriter, Sources, TextEncoding, WriteError, annotated_copy,
    annotated_extension, annotated_report, document_extension, is_unchanged_normalized,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::basis::Basis;
use crate::check::{has_tables, report_of};

/// An output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// 规范表.
    Normalized,
    /// 差异清单.
    List,
    /// The list as a page.
    ListPage,
    /// 批注副本.
    Annotated,
    /// The report in its JSON form.
    Json,
    /// How the file was read, as a page.
    Reading,
}

/// Returns the outputs of a file, a part each, under their names. What could not be made is said under `refusals`.
///
/// # Errors
/// When a report was handed over that is none.
pub fn outputs(
    path: &str,
    stem: &str,
    wanted: &[Wanted],
    bytes: &[u8],
    report: Option<&[u8]>,
    basis: &Basis,
) -> Answer {
    let checked = checked_as(path, bytes, report, basis)?;
    let mut names = Vec::new();
    let mut parts = Vec::new();
    let mut refusals = Vec::new();
    for wanted in wanted {
        match made(*wanted, stem, &checked, bytes, basis) {
            None => {}
            Some(Ok((name, bytes))) => {
                names.push(name);
                parts.push(bytes);
            }
            Some(Err(error)) => refusals.push(error.to_string()),
        }
    }
    Ok((json!({ "names": names, "refusals": refusals }), parts))
}

/// Returns the annotated copy of a report in prose (part 0) by the reports of the files whose findings may quote it
/// (further parts, in the order of the files).
///
/// # Errors
/// When a part is no report, or the copy cannot be made.
pub fn report_copy(path: &str, stem: &str, parts: &[&[u8]]) -> Answer {
    let (bytes, reports) = parts.split_first().ok_or_else(|| "没有给出报告".to_owned())?;
    let mut findings = Vec::new();
    for report in reports {
        let quoted = QuotedFinding::of(&report_of(report)?).into_iter();
        findings.extend(quoted.filter(|finding| finding.report() == path));
    }
    if findings.is_empty() {
        return Ok((json!({ "names": [], "refusals": [] }), Vec::new()));
    }
    Ok(match annotated_report(bytes, &findings) {
        Ok(copy) => {
            let extension = document_extension(bytes).unwrap_or("docx");
            let name = format!("{stem}{ANNOTATED_STEM}.{extension}");
            (json!({ "names": [name], "refusals": [] }), vec![copy])
        }
        Err(error) => (json!({ "names": [], "refusals": [error.to_string()] }), Vec::new()),
    })
}

/// Returns whether tables were compared with the prose of their own file, and something was found: the prose is then
/// annotated when all tables are known.
fn quotes_itself(report: &FileReport) -> bool {
    let mut findings = report.tables.iter().flat_map(|table| &table.discrepancies);
    findings.any(|finding| finding.quote.as_ref().is_some_and(|quote| quote.file == report.file))
}

/// Returns a file as checked, with the report that the page knows of it, which people may have explained since.
///
/// # Errors
/// When the report is none.
pub fn checked_as(path: &str, bytes: &[u8], report: Option<&[u8]>, basis: &Basis) -> Result<CheckedFile, String> {
    let mut checked = basis.check(path, bytes);
    if let Some(report) = report {
        let known: FileReport = report_of(report)?;
        if known.sha256 != checked.report.sha256 {
            return Err(format!("{path}：文件在核对之后改动过；请重新拖进来核对"));
        }
        checked.report = known;
    }
    Ok(checked)
}

type Made = Result<(String, Vec<u8>), WriteError>;

/// Returns an output; `None` where there is nothing to write.
fn made(wanted: Wanted, stem: &str, checked: &CheckedFile, bytes: &[u8], basis: &Basis) -> Option<Made> {
    let report = &checked.report;
    if wanted == Wanted::Reading {
        let mut page = ReadingPage::default();
        page.add(checked, basis.standard());
        return Some(Ok((format!("{stem}.读取.html"), page.finish().into_bytes())));
    }
    if wanted == Wanted::Json {
        let report = Report::new(vec![report.clone()]);
        let json = serde_json::to_vec_pretty(&report).map(|mut json| {
            json.push(b'\n');
            (format!("{stem}{NORMALIZED_STEM}.json"), json)
        });
        return Some(json.map_err(|error| WriteError::Internal(error.into())));
    }
    if !has_tables(report) || (wanted == Wanted::Annotated && quotes_itself(report)) {
        return None;
    }
    let normalized = format!("{stem}{NORMALIZED_STEM}.xlsx");
    let writer = ReportWriter::new(report);
    let list = |format: ListFormat| {
        let made = writer.list(format, &normalized, TextEncoding::Utf8);
        made.map(|bytes| (format!("{stem}{}", format.suffix()), bytes))
    };
    Some(match wanted {
        Wanted::Normalized => {
            let is_unchanged = checked
                .workbook
                .as_ref()
                .is_some_and(|workbook| is_unchanged_normalized(workbook, &report.tables));
            let name = Path::new(&report.file).file_name().map(|name| name.to_string_lossy());
            let made = if is_unchanged {
                Ok(bytes.to_vec())
            } else {
                writer.normalized_workbook(Sources::at(name.as_deref()))
            };
            made.map(|bytes| (normalized.clone(), bytes))
        }
        Wanted::List => list(ListFormat::Xlsx),
        Wanted::ListPage => list(ListFormat::Html),
        _ => annotated_copy(bytes, report).map(|copy| {
            let extension = annotated_extension(bytes).unwrap_or("xlsx");
            (format!("{stem}{ANNOTATED_STEM}.{extension}"), copy)
        }),
    })
}

/// Returns for each path the folder and the name, before their suffixes, of its outputs: those in one folder differ.
pub fn stems(paths: &[String]) -> Value {
    let folder_of = |path: &str| -> String {
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let parts = folders.split('/').filter(|part| !part.is_empty());
        parts.map(|part| format!("{}/", safe_stem(part))).collect()
    };
    let mut by_folder: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, path) in paths.iter().enumerate() {
        by_folder.entry(folder_of(path).to_lowercase()).or_default().push(index);
    }
    let mut named = vec![(String::new(), String::new()); paths.len()];
    for indexes in by_folder.into_values() {
        let of_folder: Vec<(usize, &String)> = indexes
            .into_iter()
            .filter_map(|index| Some((index, paths.get(index)?)))
            .collect();
        let stems = output_stems(of_folder.iter().map(|(_, path)| Path::new(path.as_str())));
        for ((index, path), stem) in of_folder.into_iter().zip(stems) {
            if let Some(named) = named.get_mut(index) {
                *named = (folder_of(path), stem);
            }
        }
    }
    json!({ "stems": named })
}
