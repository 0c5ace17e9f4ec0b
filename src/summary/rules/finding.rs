//! What rules between tables find.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CrossRule;
use crate::disk::{DiskVec, Record, Sorter, stored};
use crate::grid::CellAddress;
use crate::model::Severity;
use crate::summary::SummaryError;
use crate::summary::rows::TableRow;

stored!(CrossFinding);

/// One finding between tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct CrossFinding {
    /// Rule code.
    pub code: String,
    /// Rule slug.
    pub rule: String,
    /// The rule's Chinese title.
    pub title: String,
    /// Level.
    pub severity: Severity,
    /// 主管部门 of the table it is reported at.
    pub department: Option<String>,
    /// 实施单位.
    pub unit: Option<String>,
    /// 项目名称.
    pub project: Option<String>,
    /// Path of the table; `null` where there is none, as for a project that was not received.
    pub file: Option<String>,
    /// Its sheet.
    pub sheet: Option<String>,
    /// The cell, where the finding is about one.
    pub cell: Option<CellAddress>,
    /// Paths of the other tables that take part, the first of many.
    pub related: Vec<String>,
    /// How alike or how far apart, in Chinese.
    pub measure: Option<String>,
    /// Rule and fact, in Chinese.
    pub message: String,
    /// The way out.
    pub suggestion: String,
    /// What the unit is asked, where the way out is for whoever collects the tables; `null` where it is the same.
    pub unit_suggestion: Option<String>,
}

/// Related tables named in one finding.
pub(super) const MOST_RELATED: usize = 20;

/// The rule on how reviewers deduct (K12).
const ABOUT_REVIEWERS: &str = "K12";

impl CrossFinding {
    /// Returns a finding at a table.
    pub fn at(row: &TableRow, message: impl Into<String>, suggestion: impl Into<String>) -> Self {
        Self {
            department: row.department.clone(),
            unit: row.unit.clone(),
            project: row.project.clone(),
            file: Some(row.file.clone()),
            sheet: Some(row.sheet.clone()),
            ..Self::nowhere(message, suggestion)
        }
    }

    /// Returns a finding about something that has no table.
    pub fn nowhere(message: impl Into<String>, suggestion: impl Into<String>) -> Self {
        Self {
            code: String::new(),
            rule: String::new(),
            title: String::new(),
            severity: Severity::Info,
            department: None,
            unit: None,
            project: None,
            file: None,
            sheet: None,
            cell: None,
            related: Vec::new(),
            measure: None,
            message: message.into(),
            suggestion: suggestion.into(),
            unit_suggestion: None,
        }
    }

    /// With its cell.
    pub fn cell(mut self, cell: Option<CellAddress>) -> Self {
        self.cell = cell;
        self
    }

    /// With how alike or how far apart.
    pub fn measure(mut self, measure: impl Into<String>) -> Self {
        self.measure = Some(measure.into());
        self
    }

    /// With what the unit is asked instead.
    pub fn asks_unit(mut self, suggestion: impl Into<String>) -> Self {
        self.unit_suggestion = Some(suggestion.into());
        self
    }

    /// With the paths of the other tables.
    pub fn related(mut self, paths: Vec<String>) -> Self {
        self.related = paths;
        self
    }

    /// Returns whether a unit can do something about it. How reviewers judge is for reviewers.
    pub fn is_for_units(&self) -> bool {
        self.code != ABOUT_REVIEWERS
    }

    /// Returns whether it is about tables of one year alone.
    pub fn is_of_one_year(&self) -> bool {
        super::find(&self.code).is_some_and(|rule| matches!(rule.check, super::Check::Batch(_)))
    }

    fn heap_bytes(&self) -> usize {
        let texts = [
            &self.department,
            &self.unit,
            &self.project,
            &self.file,
            &self.sheet,
            &self.measure,
            &self.unit_suggestion,
        ];
        let texts = texts.into_iter().flatten();
        let all = texts.chain([&self.code, &self.rule, &self.title, &self.message, &self.suggestion]);
        all.chain(&self.related)
            .map(|text| text.capacity() + size_of::<String>())
            .sum()
    }
}

/// A finding by code, then path, sheet and cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct InOrder(CrossFinding);

impl InOrder {
    fn place(&self) -> (&str, Option<&str>, Option<&str>, Option<CellAddress>) {
        let finding = &self.0;
        (
            &finding.code,
            finding.file.as_deref(),
            finding.sheet.as_deref(),
            finding.cell,
        )
    }
}

impl Ord for InOrder {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for InOrder {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Record for InOrder {
    fn heap_bytes(&self) -> usize {
        self.0.heap_bytes()
    }
}

/// Collects findings, each under the rule that is running.
#[derive(Debug, Default)]
pub struct CrossFindings {
    rule: Option<&'static CrossRule>,
    findings: Sorter<InOrder>,
    /// Why a finding could not be put on disk; told at the end, so that rules need not look.
    failure: Option<SummaryError>,
}

impl CrossFindings {
    pub(super) fn begin(&mut self, rule: &'static CrossRule) {
        self.rule = Some(rule);
    }

    /// Takes a finding at the rule's usual level.
    pub(super) fn report(&mut self, finding: CrossFinding) {
        let severity = self.rule.map_or(Severity::Info, |rule| rule.severity);
        self.report_as(severity, finding);
    }

    /// Takes a finding at another level.
    pub(super) fn report_as(&mut self, severity: Severity, mut finding: CrossFinding) {
        let Some(rule) = self.rule else { return };
        finding.code = rule.code.to_owned();
        finding.rule = rule.slug.to_owned();
        finding.title = rule.title.to_owned();
        finding.severity = severity;
        if let Err(error) = self.findings.push(InOrder(finding)) {
            self.failure.get_or_insert(error.into());
        }
    }

    /// Returns the findings by code, then path, sheet and cell.
    pub(in crate::summary) fn sorted(self) -> Result<DiskVec<CrossFinding>, SummaryError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut findings = DiskVec::default();
        for finding in self.findings.finish()?.iter() {
            let InOrder(finding) = finding?;
            findings.push(&finding)?;
        }
        Ok(findings)
    }
}
