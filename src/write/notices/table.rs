//! What a notice says of one table, taken from a report.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::disk::{exact, stored};
use crate::grid::CellAddress;
use crate::model::{Grade, Quote, Rescoring, Severity};
use crate::report::{FileReport, TableReport};
use crate::write::kit::styles;

/// One table of a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticeTable {
    /// The file's own name, without its folder.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// 项目名称; of a table without one, what it evaluates.
    pub project: String,
    /// The standard that rescored it.
    pub standard: String,
    /// 总分 as printed, or Σ of the scores where none is printed.
    #[serde(with = "exact")]
    pub declared_total: Option<Decimal>,
    /// The total after rescoring.
    #[serde(with = "exact")]
    pub rescored_total: Option<Decimal>,
    /// How many scores of that total count as declared, or why there is none.
    pub total_note: Option<String>,
    /// Grade as printed.
    pub declared_grade: Option<Grade>,
    /// Grade of the rescored total.
    pub rescored_grade: String,
    /// Errors, then warnings, each by cell and code.
    pub findings: Vec<NoticeFinding>,
    /// Remarks, which are only counted.
    pub infos: usize,
}

/// One finding that the unit is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFinding {
    /// 级别.
    pub severity: Severity,
    /// 单元格.
    pub cell: CellAddress,
    /// The rule's Chinese title.
    pub title: String,
    /// Rule, fact and way out.
    pub message: String,
    /// 申报值.
    pub declared: Option<String>,
    /// 复算值.
    pub expected: Option<String>,
    /// The clause or source.
    pub basis: String,
    /// 修改建议.
    pub suggestion: String,
    /// The report's words that it speaks of.
    pub quote: Option<String>,
    /// What the unit has explained already.
    pub explanation: Option<String>,
}

stored!(NoticeTable);

impl NoticeTable {
    /// Returns what a notice says of this table of the report.
    pub fn of(report: &FileReport, table: &TableReport) -> Self {
        let project = table.evaluation.project_name.as_ref().map(|field| field.value.trim());
        let mut findings: Vec<(NoticeFinding, &str)> = table
            .discrepancies
            .iter()
            .filter(|finding| finding.severity > Severity::Info)
            .map(|finding| {
                let noticed = NoticeFinding {
                    severity: finding.severity,
                    cell: finding.cell,
                    title: finding.title.clone(),
                    message: Quote::taken_from(finding.quote.as_ref(), &finding.message).to_owned(),
                    quote: finding.quote.as_ref().map(Quote::in_a_cell),
                    declared: finding.declared.clone(),
                    expected: finding.expected.clone(),
                    basis: finding.basis.clone(),
                    suggestion: finding.suggestion.clone(),
                    explanation: finding.explanation.unit.clone(),
                };
                (noticed, finding.code.as_str())
            })
            .collect();
        findings.sort_by(|(one, code), (other, other_code)| {
            (Reverse(one.severity), one.cell, *code).cmp(&(Reverse(other.severity), other.cell, *other_code))
        });
        Self {
            file: styles::source_name(report).to_owned(),
            sheet: table.sheet.clone(),
            project: project
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| table.kind.title())
                .to_owned(),
            standard: table.rescoring.standard.clone(),
            declared_total: table.rescoring.declared_total.or(table.rescoring.sum_of_scores),
            rescored_total: table.rescoring.rescored_total,
            total_note: total_note(&table.rescoring),
            declared_grade: table.rescoring.declared_grade,
            rescored_grade: match table.rescoring.rescored_grade_text() {
                "无" => "—",
                grade => grade,
            }
            .to_owned(),
            infos: table.discrepancies.len() - findings.len(),
            findings: findings.into_iter().map(|(finding, _)| finding).collect(),
        }
    }

    /// Returns how many findings are of this level.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Info => self.infos,
            _ => self.findings.iter().filter(|it| it.severity == severity).count(),
        }
    }
}

fn total_note(rescoring: &Rescoring) -> Option<String> {
    match rescoring.rescored_total {
        Some(_) if rescoring.undecided > 0 => Some(format!("{} 项按申报计", rescoring.undecided)),
        Some(_) => None,
        None => Some(rescoring.why_no_total().to_owned()),
    }
}
