//! What rules between tables find.

use schemars::JsonSchema;
use serde::Serialize;

use super::CrossRule;
use crate::grid::CellAddress;
use crate::report::Severity;
use crate::summary::rows::TableRow;

/// One finding between tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
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
}

/// Related tables named in one finding.
const MOST_RELATED: usize = 20;

impl CrossFinding {
    /// A finding at a table.
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

    /// A finding about something that has no table.
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

    /// With the other tables.
    pub fn related<'a>(mut self, rows: impl IntoIterator<Item = &'a TableRow>) -> Self {
        let mut paths: Vec<String> = Vec::new();
        for row in rows {
            if paths.len() == MOST_RELATED {
                break;
            }
            if !paths.contains(&row.file) {
                paths.push(row.file.clone());
            }
        }
        self.related = paths;
        self
    }
}

/// Collects findings, each under the rule that is running.
#[derive(Debug, Default)]
pub struct CrossFindings {
    rule: Option<&'static CrossRule>,
    findings: Vec<CrossFinding>,
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
        self.findings.push(finding);
    }

    /// The findings by code, then path, sheet and cell.
    pub(in crate::summary) fn sorted(mut self) -> Vec<CrossFinding> {
        let place = |finding: &CrossFinding| {
            (
                finding.code.clone(),
                finding.file.clone(),
                finding.sheet.clone(),
                finding.cell,
            )
        };
        self.findings
            .sort_by(|one, other| place(one).cmp(&place(other)).then_with(|| one.cmp(other)));
        self.findings
    }
}
