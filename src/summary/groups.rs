//! Tables added up: by kind, by department, by grade, by broken rule. Rates come from sums, never from rates.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::amounts::{Amounts, quotient};
use super::doubtful::DoubtfulAmounts;
use super::rows::TableRow;
use crate::model::{Grade, Severity, TableKind};

/// Everything at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Overview {
    /// Files seen.
    pub files: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Files without an evaluation table.
    pub unrecognized: usize,
    /// Departments named by the tables.
    pub departments: usize,
    /// Units named by the tables.
    pub units: usize,
    /// All tables together. Amounts of different kinds may hold the same money twice.
    pub all: GroupRow,
    /// By kind of table.
    pub kinds: Vec<GroupRow>,
    /// Tables whose amounts look as if yuan had been typed for 万元; `null` where there is none.
    pub doubtful_amounts: Option<DoubtfulAmounts>,
}

/// Some tables added up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct GroupRow {
    /// 主管部门 as most tables write it; `null` for tables that name none, and for groups that are no department.
    pub department: Option<String>,
    /// The kind of its tables; `null` for a group of any kind.
    pub kind: Option<TableKind>,
    /// Tables.
    pub tables: usize,
    /// Units that answer for them.
    pub units: usize,
    /// Sums of their amounts.
    pub amounts: Amounts,
    /// As declared.
    pub declared: Scoring,
    /// After rescoring.
    pub rescored: Scoring,
    /// 错误.
    pub errors: usize,
    /// 预警.
    pub warnings: usize,
    /// 提示.
    pub infos: usize,
    /// Tables with at least one 错误.
    pub tables_with_errors: usize,
    /// Tables without any finding.
    pub clean: usize,
    /// Indicators.
    pub indicators: usize,
    /// Indicators whose score is below their weight.
    pub unmet: usize,
    #[serde(skip)]
    unit_marks: BTreeSet<u64>,
}

/// Scores and grades of some tables, by one way of scoring.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Scoring {
    /// Tables that have a score.
    pub scored: usize,
    /// Simple mean of the scores.
    pub mean: Option<Decimal>,
    /// Σ(score × 全年预算数) ÷ Σ 全年预算数.
    pub weighted_mean: Option<Decimal>,
    /// Tables that take part in the weighted mean: those with a score and an amount.
    pub weighted: usize,
    /// 优, 良, 中, 差, and tables without a grade.
    pub grades: [GradeShare; 5],
    /// Of the tables without a grade, those that have a score whose grade is open.
    pub open: GradeShare,
    /// Tables that print no grade, and count under the grade that their score has.
    pub graded_by_score: usize,
    #[serde(skip)]
    sum: Decimal,
    #[serde(skip)]
    weighted_sum: Decimal,
    #[serde(skip)]
    weights: Decimal,
}

/// Tables of one grade.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct GradeShare {
    /// The grade; `null` for tables without one.
    pub grade: Option<Grade>,
    /// Tables.
    pub tables: usize,
    /// Their share of all tables of the group.
    pub share: Option<Decimal>,
    /// Σ 全年预算数, 万元.
    pub amount: Decimal,
    /// Its share of the group's amount.
    pub amount_share: Option<Decimal>,
}

/// The grades in the order of lists.
pub const GRADES: [Option<Grade>; 5] = [
    Some(Grade::Excellent),
    Some(Grade::Good),
    Some(Grade::Fair),
    Some(Grade::Poor),
    None,
];

impl GroupRow {
    /// Takes in a table whose unit has this mark, 0 for none.
    pub(super) fn add(&mut self, row: &TableRow, unit: u64) {
        self.tables += 1;
        if unit != 0 {
            self.unit_marks.insert(unit);
        }
        self.amounts.add(row);
        self.declared.add(row.declared_score, row.declared_grade, row);
        self.declared.graded_by_score += usize::from(row.grade_from_score);
        self.rescored.add(row.rescored_score, row.rescored_grade, row);
        if row.is_grade_open() {
            self.rescored.open.add(row);
        }
        self.errors += row.errors;
        self.warnings += row.warnings;
        self.infos += row.infos;
        self.tables_with_errors += usize::from(row.errors > 0);
        self.clean += usize::from(row.errors + row.warnings + row.infos == 0);
        self.indicators += row.indicators;
        self.unmet += row.unmet;
    }

    /// Returns the sums as shares and means, under a department and a kind.
    pub(super) fn finish(mut self, department: Option<String>, kind: Option<TableKind>) -> Self {
        (self.department, self.kind) = (department, kind);
        self.units = std::mem::take(&mut self.unit_marks).len();
        self.declared.finish(self.tables);
        self.rescored.finish(self.tables);
        self
    }
}

impl Scoring {
    fn add(&mut self, score: Option<Decimal>, grade: Option<Grade>, row: &TableRow) {
        for (share, of) in self.grades.iter_mut().zip(GRADES) {
            share.grade = of;
            if of == grade {
                share.add(row);
            }
        }
        let Some(score) = score else { return };
        let Some(sum) = self.sum.checked_add(score) else { return };
        self.scored += 1;
        self.sum = sum;
        let weighted = row
            .annual_budget
            .filter(|amount| *amount > Decimal::ZERO)
            .and_then(|amount| {
                let sum = self.weighted_sum.checked_add(score.checked_mul(amount)?)?;
                Some((sum, self.weights.checked_add(amount)?))
            });
        if let Some((sum, weights)) = weighted {
            self.weighted += 1;
            (self.weighted_sum, self.weights) = (sum, weights);
        }
    }

    fn finish(&mut self, tables: usize) {
        self.mean = quotient(self.sum, Decimal::from(self.scored));
        self.weighted_mean = quotient(self.weighted_sum, self.weights);
        let amounts = self
            .grades
            .iter()
            .try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share.amount));
        for (share, of) in self.grades.iter_mut().zip(GRADES) {
            share.grade = of;
            share.finish(tables, amounts);
        }
        self.open.finish(tables, amounts);
    }
}

impl GradeShare {
    fn add(&mut self, row: &TableRow) {
        self.tables += 1;
        let amount = row.annual_budget.unwrap_or_default();
        self.amount = self.amount.checked_add(amount).unwrap_or(self.amount);
    }

    fn finish(&mut self, tables: usize, amounts: Option<Decimal>) {
        self.share = quotient(Decimal::from(self.tables), Decimal::from(tables));
        self.amount_share = amounts.and_then(|all| quotient(self.amount, all));
    }
}

/// One rule and how often it was broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProblemRow {
    /// Rule code.
    pub code: String,
    /// The rule's Chinese title.
    pub title: String,
    /// The gravest level that it was found at.
    pub severity: Severity,
    /// Findings.
    pub findings: usize,
    /// Tables with at least one.
    pub tables: usize,
}

/// Counts broken rules.
#[derive(Debug, Default)]
pub struct Problems(BTreeMap<String, ProblemRow>);

impl Problems {
    /// Takes in the rules that a table broke.
    pub fn add(&mut self, of_table: &[ProblemRow]) {
        for more in of_table {
            match self.0.get_mut(&more.code) {
                Some(row) => {
                    row.severity = row.severity.max(more.severity);
                    row.findings += more.findings;
                    row.tables += more.tables;
                }
                None => {
                    self.0.insert(more.code.clone(), more.clone());
                }
            }
        }
    }

    /// Returns the most widespread first, then the most frequent, then by code.
    pub fn finish(self) -> Vec<ProblemRow> {
        let mut rows: Vec<ProblemRow> = self.0.into_values().collect();
        rows.sort_by_key(|row| (Reverse(row.tables), Reverse(row.findings), row.code.clone()));
        rows
    }
}
