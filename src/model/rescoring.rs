//! What each score should be, as rescoring found it.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Evaluation, Grade, decimal_json};
use crate::grid::CellAddress;
use crate::text::plain;

/// How the 预算执行率 points of the fund block stand to the hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ExecutionScorePlace {
    /// The indicators make 90 (or 80) and the fund row the rest.
    Inside,
    /// The indicators alone make 100; the fund row's points are never added.
    Outside,
    /// The block carries no points.
    Absent,
}

/// How an expected score was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RescoringMethod {
    /// Target met: the whole weight.
    Full,
    /// Weight × actual ÷ target.
    Ratio,
    /// 反向 indicator over its limit.
    Inverse,
    /// 定性 tier: only a band is given.
    Band,
    /// Weight × 执行率.
    Execution,
    /// Yes or no: full or nothing.
    Boolean,
    /// A date met or missed.
    Deadline,
    /// Cannot be decided by rule; a person must look.
    Manual,
}

/// Which row of the table an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RescoredRow {
    /// Index into `Evaluation::indicators`.
    Indicator(usize),
    /// Index into `Evaluation::funds`.
    Fund(usize),
}

/// One score: what was declared and what it should be. Points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RescoringItem {
    /// The score's cell, filled or not.
    pub cell: CellAddress,
    /// The indicator's name.
    pub indicator: String,
    /// 分值.
    #[serde(serialize_with = "decimal_json::option::serialize")]
    #[schemars(with = "Option<Decimal>")]
    pub weight: Option<Decimal>,
    /// 得分 as declared.
    #[serde(serialize_with = "decimal_json::option::serialize")]
    #[schemars(with = "Option<Decimal>")]
    pub declared: Option<Decimal>,
    /// Least acceptable score; `null` when manual.
    #[serde(serialize_with = "decimal_json::option::serialize")]
    #[schemars(with = "Option<Decimal>")]
    pub expected_min: Option<Decimal>,
    /// Greatest acceptable score; `null` when manual.
    #[serde(serialize_with = "decimal_json::option::serialize")]
    #[schemars(with = "Option<Decimal>")]
    pub expected_max: Option<Decimal>,
    /// The score after rescoring: the declared one where it is acceptable or cannot be decided, else the expected one
    /// (of a band, the nearest end).
    #[serde(serialize_with = "decimal_json::option::serialize")]
    #[schemars(with = "Option<Decimal>")]
    pub rescored: Option<Decimal>,
    /// How it was found.
    pub method: RescoringMethod,
    /// The derivation, e.g. `8 × 75% = 6`; for manual, the reason why.
    pub trace: String,
    /// The clause that it follows; empty for manual, and then left out of the JSON.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// The row it belongs to; left out of the JSON where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RescoredRow>,
}

/// One table rescored under a standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rescoring {
    /// Name of the standard used.
    pub standard: String,
    /// Why the program picked it, in Chinese; `null` or left out where it was named or is the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_picked: Option<String>,
    /// How the fund block's points stand to the hundred.
    pub execution_score: ExecutionScorePlace,
    /// 总分 as printed.
    pub declared_total: Option<Decimal>,
    /// Σ as the standard counts it, from the scores as declared; `null` when the table carries no score at all.
    pub sum_of_scores: Option<Decimal>,
    /// The same sum after each score that the rules can decide was replaced.
    pub rescored_total: Option<Decimal>,
    /// Grade as printed.
    pub declared_grade: Option<Grade>,
    /// Grade of `rescored_total`; `null` where undecided scores could change it.
    pub rescored_grade: Option<Grade>,
    /// How many of the scores that make `rescored_total` no rule decides: they count as declared.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undecided: usize,
    /// Whether the grade is left open because of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub grade_is_open: bool,
    /// One item for each scored row.
    pub items: Vec<RescoringItem>,
}

impl Rescoring {
    /// Returns the rescored total as a person is told it: `85（9 项按申报计）`, and where there is none, why.
    pub fn rescored_total_text(&self) -> String {
        match self.rescored_total {
            Some(total) if self.undecided > 0 => format!("{}（{} 项按申报计）", plain(total), self.undecided),
            Some(total) => plain(total),
            None => format!("无（{}）", self.why_no_total()),
        }
    }

    /// Returns why there is no rescored total.
    pub const fn why_no_total(&self) -> &'static str {
        if self.sum_of_scores.is_none() {
            "没有得分"
        } else {
            "没有分值"
        }
    }

    /// Returns the rescored grade as a person is told it.
    pub fn rescored_grade_text(&self) -> &'static str {
        match self.rescored_grade {
            Some(grade) => grade.title(),
            None if self.grade_is_open => GRADE_IS_OPEN,
            None => "无",
        }
    }
}

/// What a grade is called that undecided scores could change.
pub const GRADE_IS_OPEN: &str = "待定";

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
pub(crate) const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The items of a rescoring by the rows that they belong to.
#[derive(Debug, Default)]
pub struct RescoredRows<'a> {
    indicators: Vec<Option<&'a RescoringItem>>,
    funds: Vec<Option<&'a RescoringItem>>,
}

impl<'a> RescoredRows<'a> {
    /// Returns the item of a row.
    pub fn get(&self, row: RescoredRow) -> Option<&'a RescoringItem> {
        let (list, index) = match row {
            RescoredRow::Indicator(index) => (&self.indicators, index),
            RescoredRow::Fund(index) => (&self.funds, index),
        };
        list.get(index).copied().flatten()
    }

    fn put(&mut self, row: RescoredRow, item: &'a RescoringItem) {
        let (list, index) = match row {
            RescoredRow::Indicator(index) => (&mut self.indicators, index),
            RescoredRow::Fund(index) => (&mut self.funds, index),
        };
        if let Some(place) = list.get_mut(index) {
            *place = Some(item);
        }
    }
}

impl Rescoring {
    /// Returns the items by row of the evaluation. An item that does not say its row (of a report by a program that did
    /// not write it) belongs to the row whose score stands in its cell, if there is one.
    pub fn by_row(&self, evaluation: &Evaluation) -> RescoredRows<'_> {
        let by_cell = LazyCell::new(|| rows_by_score(evaluation));
        let mut rows = RescoredRows {
            indicators: vec![None; evaluation.indicators.len()],
            funds: vec![None; evaluation.funds.len()],
        };
        for item in &self.items {
            if let Some(row) = item.row.or_else(|| by_cell.get(&item.cell).copied()) {
                rows.put(row, item);
            }
        }
        rows
    }
}

/// Returns the rows by the cells of their scores.
fn rows_by_score(evaluation: &Evaluation) -> BTreeMap<CellAddress, RescoredRow> {
    let funds = (0..).map(RescoredRow::Fund).zip(&evaluation.funds);
    let indicators = (0..).map(RescoredRow::Indicator).zip(&evaluation.indicators);
    let scores = funds
        .map(|(row, fund)| (row, &fund.score))
        .chain(indicators.map(|(row, indicator)| (row, &indicator.score)));
    scores
        .filter_map(|(row, score)| Some((score.as_ref()?.cell, row)))
        .collect()
}
