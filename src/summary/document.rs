//! The summary as one JSON document, written as it is read: details are never all in memory.

use schemars::JsonSchema;
use serde::ser::{Error, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::coverage::RosterOutcome;
use super::failed::FailedFile;
use super::groups::{GroupRow, Overview, ProblemRow};
use super::outcome::Summary;
use super::rows::{DiscrepancyRow, IndicatorRow, TableRow};
use super::rules::CrossFinding;
use super::{SUMMARY_VERSION, TableDetail};
use crate::disk::OneByOne;
use crate::report::Tool;

/// A summary as JSON. Amounts in 万元, rates as ratios, scores in points.
#[derive(Debug, Clone, Copy)]
pub struct SummaryDocument<'a>(pub &'a Summary);

/// The form of [`SummaryDocument`], for its schema alone.
#[derive(JsonSchema)]
#[schemars(rename = "Summary")]
#[allow(dead_code)]
struct Form {
    /// Version of this form, 1.
    summary_version: u32,
    /// The program.
    tool: Tool,
    /// Counts, amounts and scores over everything, and by kind of table.
    overview: Overview,
    /// By department, all kinds together.
    departments: Vec<GroupRow>,
    /// By department and kind.
    department_kinds: Vec<GroupRow>,
    /// Rules by how often they were broken.
    problems: Vec<ProblemRow>,
    /// The tables, by path and place in the file.
    tables: Vec<TableRow>,
    /// Files without a table.
    failed: Vec<FailedFile>,
    /// Findings between tables and between years.
    cross_findings: Vec<CrossFinding>,
    /// Who has reported; `null` without a roster.
    roster: Option<RosterOutcome>,
    /// Tables compared with last year's; `null` when last year's were not given.
    compared_years: Option<usize>,
    /// Every finding of every table.
    discrepancies: Vec<Placed<DiscrepancyRow>>,
    /// Every indicator of every table.
    indicators: Vec<Placed<IndicatorRow>>,
}

/// Returns the JSON Schema (draft 2020-12) of a summary.
pub fn schema() -> serde_json::Value {
    crate::report::schema_of::<Form>("summary")
}

/// A row and where it comes from.
#[derive(Serialize, JsonSchema)]
struct Placed<T> {
    /// Path of the file.
    file: String,
    /// The sheet's name.
    sheet: String,
    /// 实施单位.
    unit: Option<String>,
    /// 项目名称.
    project: Option<String>,
    /// The row.
    #[serde(flatten)]
    row: T,
}

impl Serialize for SummaryDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let summary = self.0;
        let mut document = serializer.serialize_struct("Summary", 13)?;
        document.serialize_field("summary_version", &SUMMARY_VERSION)?;
        document.serialize_field("tool", &Tool::this())?;
        document.serialize_field("overview", &summary.overview)?;
        document.serialize_field("departments", &summary.departments)?;
        document.serialize_field("department_kinds", &summary.department_kinds)?;
        document.serialize_field("problems", &summary.problems)?;
        document.serialize_field("tables", &OneByOne(|| summary.tables.rows()))?;
        document.serialize_field("failed", &OneByOne(|| summary.failed.iter()))?;
        document.serialize_field("cross_findings", &OneByOne(|| summary.findings.iter()))?;
        document.serialize_field("roster", &summary.roster)?;
        document.serialize_field("compared_years", &summary.compared_years)?;
        document.serialize_field("discrepancies", &Stream(summary, |detail| detail.discrepancies))?;
        document.serialize_field("indicators", &Stream(summary, |detail| detail.indicators))?;
        document.end()
    }
}

/// The rows of one sort of all tables, read back one table at a time.
struct Stream<'a, T>(&'a Summary, fn(TableDetail) -> Vec<T>);

impl<T: Serialize> Serialize for Stream<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(None)?;
        for table in self.0.tables.details() {
            let (at, detail) = table.map_err(S::Error::custom)?;
            for row in (self.1)(detail) {
                sequence.serialize_element(&Placed {
                    file: at.file.clone(),
                    sheet: at.sheet.clone(),
                    unit: at.unit.clone(),
                    project: at.project.clone(),
                    row,
                })?;
            }
        }
        sequence.end()
    }
}
