//! Rows of a list in its own JSON form.

use serde::Deserialize;

use super::ExplanationsError;
use super::row::{Row, code, written};
use crate::model::Explanation;
use crate::write::discrepancies::source_mark;

/// The list as far as it is read back. Keys that are missing are empty, keys that are new do no harm.
#[derive(Deserialize)]
struct List {
    // Tells a list from other JSON.
    #[serde(rename = "list_version")]
    _list_version: u32,
    file: Option<String>,
    sha256: Option<String>,
    findings: Vec<Finding>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Finding {
    code: String,
    sheet: Option<String>,
    cell: Option<String>,
    field_title: Option<String>,
    quote: Option<String>,
    unit_explanation: Option<String>,
    reviewer_opinion: Option<String>,
}

/// Returns the rows, those without a text too.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, ExplanationsError> {
    let text = crate::report::json_text(bytes).map_err(ExplanationsError::Unreadable)?;
    let text = text.ok_or(ExplanationsError::OtherJson)?;
    let list: List = serde_json::from_slice(text.as_bytes()).map_err(|_| ExplanationsError::OtherJson)?;
    let source_file = list.file;
    let mark = list.sha256.as_deref().and_then(source_mark);
    let findings = list.findings.into_iter().zip(1_usize..);
    Ok(findings
        .map(|(finding, number)| {
            let mut row = Row {
                place: format!("第 {number} 项"),
                code: code(&finding.code),
                quote: finding.quote,
                source_file: source_file.clone(),
                source_mark: mark.clone(),
                field_title: Some(finding.field_title.unwrap_or_default()),
                explanation: Explanation {
                    unit: finding.unit_explanation.as_deref().and_then(written),
                    reviewer: finding.reviewer_opinion.as_deref().and_then(written),
                },
                ..Row::default()
            };
            row.set_cell(&finding.cell.unwrap_or_default());
            row.sheet = finding.sheet;
            row
        })
        .collect())
}
