//! Standards: what a region's regulation fixes in a given year, as data with its clauses.
//!
//! A standard is a TOML file; nothing in it is code. It may build on a built-in one and change what differs. It knows points, bands, words and clauses, and no table.

pub(crate) mod decimal;
mod direction;
mod error;
mod getters;
mod load;
mod local;
mod score;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::model::{Grade, Severity};

pub use direction::DirectionWords;
pub use error::StandardError;
pub use local::{CeilingStep, Cost, NamedRate, PickedFor, Satisfaction};

/// Clauses quoted in findings: one Chinese sentence each, with the document and article.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Clauses {
    /// 总分 is the sum of the scores.
    pub total: String,
    /// Weights and their sum.
    pub weights: String,
    /// Scoring of quantitative indicators.
    pub quantitative: String,
    /// Targets far exceeded.
    pub over_achievement: String,
    /// Tiers of qualitative indicators.
    pub qualitative: String,
    /// Inverse indicators over their limit.
    pub inverse: String,
    /// Points of the 预算执行率.
    pub execution: String,
    /// Grade bands.
    pub grades: String,
    /// Amounts of the fund block.
    pub funds: String,
    /// Targets and actuals.
    pub targets: String,
    /// Reasons for deviations.
    pub reasons: String,
    /// What the form asks for.
    pub form: String,
}

/// One grade: every total of at least `at_least` points that no higher grade takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GradeBand {
    /// The grade.
    pub grade: Grade,
    /// Its lowest total, points.
    #[serde(with = "decimal")]
    pub at_least: Decimal,
    /// What tables call it, the usual name first.
    pub names: Vec<String>,
}

/// One tier of qualitative scoring.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TierBand {
    /// What the regulation calls it.
    pub name: String,
    /// Least and greatest part of the weight.
    #[serde(with = "decimal::pair")]
    pub ratios: (Decimal, Decimal),
    /// Whether exactly the upper ratio belongs to the tier above.
    #[serde(default)]
    pub open_above: bool,
    /// Words of actual values that fall into it.
    pub words: Vec<String>,
}

/// A formula for inverse indicators over their limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InverseFormula {
    /// Weight × (1 − (B − A) ÷ A), not below zero.
    Linear,
    /// Weight × A ÷ B.
    Ratio,
}

/// A way to bring a score to its decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RoundingMode {
    /// 四舍五入.
    HalfUp,
    /// 截尾.
    Truncate,
}

/// Inverse indicators.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Inverse {
    /// Formulas in use; where there are several, scores between their results are accepted.
    pub formulas: Vec<InverseFormula>,
}

/// One step of a step table: from `at_least` on, `part` of the weight.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Step {
    /// Lowest ratio of the step: actual ÷ target, or the execution rate.
    #[serde(with = "decimal")]
    pub at_least: Decimal,
    /// The part of the weight that it earns.
    #[serde(with = "decimal")]
    pub part: Decimal,
}

/// Quantitative indicators short of their target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Quantitative {
    /// Steps by actual ÷ target, the highest first; none scores in proportion. Below the last step nothing is earned.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// 及格线: below it nothing is earned, above it (ratio − mark) ÷ (1 − mark) of the weight.
    #[serde(default, with = "decimal::optional")]
    pub pass_mark: Option<Decimal>,
}

/// Points of the 预算执行率.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Execution {
    /// Steps by the rate, the highest first; none scores in proportion. Below the last step nothing is earned.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Nothing spent of no budget counts as 100 %.
    #[serde(default)]
    pub nothing_of_nothing: bool,
    /// More may be spent than the budget; the points stop at the weight all the same.
    #[serde(default)]
    pub may_exceed: bool,
    /// Spending outside the executed column (执行数（其他）) counts, so that a printed rate may be higher.
    #[serde(default)]
    pub counts_other_spending: bool,
    /// A rate below this calls for a reason.
    #[serde(default, with = "decimal::optional")]
    pub reason_below: Option<Decimal>,
    /// (Part of the indicators' points earned − rate) ÷ part earned: above this the two do not go together.
    #[serde(default, with = "decimal::optional")]
    pub result_gap: Option<Decimal>,
    /// A rate below this is next to nothing: what was delivered was not paid for.
    #[serde(default, with = "decimal::optional")]
    pub hardly_spent: Option<Decimal>,
}

/// What an 一级指标 weighs as a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LevelWeight {
    /// What tables call it, the usual name first.
    pub names: Vec<String>,
    /// Points.
    #[serde(with = "decimal")]
    pub weight: Decimal,
}

/// Yes-or-no indicators: parts of the weight.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BooleanScores {
    /// When the answer is the target's.
    #[serde(with = "decimal")]
    pub met: Decimal,
    /// When it is not.
    #[serde(with = "decimal")]
    pub not_met: Decimal,
}

/// Targets far exceeded.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OverAchievement {
    /// Actual ÷ target from which on an explanation is due.
    #[serde(with = "decimal")]
    pub threshold: Decimal,
    /// Whether points may be taken off once a reason is given.
    pub deduction: OverAchievementDeduction,
    /// Actual ÷ target from which on the target itself was too low.
    #[serde(default, with = "decimal::optional")]
    pub set_too_low: Option<Decimal>,
    /// With a target of zero, the actual from which on an explanation is due.
    #[serde(default, with = "decimal::optional")]
    pub from_zero: Option<Decimal>,
}

/// What far exceeding a target may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OverAchievementDeduction {
    /// A person may take points off, with a reason.
    WithReason,
    /// Full marks are due whatever the reason.
    Never,
}

/// Greatest lengths of texts, in characters without blanks; what is left out has no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TextLength {
    /// Where the limits come from, quoted in findings.
    #[serde(default)]
    pub source: String,
    /// 预期目标 and 实际完成情况, each.
    #[serde(default)]
    pub goal: Option<usize>,
    /// 年度指标值.
    #[serde(default)]
    pub target: Option<usize>,
    /// 实际完成值.
    #[serde(default)]
    pub actual: Option<usize>,
}

/// Decimal places of scores.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rounding {
    /// Decimal places.
    pub places: u32,
    /// Modes whose results are accepted.
    pub accept: Vec<RoundingMode>,
}

/// Greatest differences that are no difference, each in its own unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tolerance {
    /// Scores, points.
    #[serde(with = "decimal")]
    pub score: Decimal,
    /// Weights, points.
    #[serde(with = "decimal")]
    pub weight: Decimal,
    /// Amounts, in the table's money unit.
    #[serde(with = "decimal")]
    pub money: Decimal,
    /// Rates, as ratios (0.0001 is 0.01 %).
    #[serde(with = "decimal")]
    pub rate: Decimal,
}

/// How much a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RuleLevel {
    /// Its findings are not reported; what they explain stays explained.
    Off,
    /// 提示.
    Info,
    /// 预警.
    Warning,
    /// 错误.
    Error,
}

impl RuleLevel {
    /// Returns the level of findings; `None` where there are to be none.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A dated set of parameters of a region, checked when it was read. Points and ratios are exact decimals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Stable name, e.g. `ministry-2020`.
    pub(crate) name: String,
    /// The built-in standard that this one changes in some places only.
    #[serde(default)]
    pub(crate) extends: Option<String>,
    /// Chinese title.
    pub(crate) title: String,
    /// The document it comes from.
    pub(crate) document: String,
    /// Year of the document.
    pub(crate) year: i32,
    /// The tables that it is picked for where no standard is named; `None` where it has to be named.
    #[serde(default)]
    pub(crate) picked_for: Option<PickedFor>,
    /// Points of a whole table.
    #[serde(with = "decimal")]
    pub(crate) full_score: Decimal,
    /// Points of the 预算执行率 in the fund block.
    #[serde(with = "decimal")]
    pub(crate) fund_weight: Decimal,
    /// What each 一级指标 weighs as a rule; empty where it is left open.
    #[serde(rename = "level_weight", default)]
    pub(crate) level_weights: Vec<LevelWeight>,
    /// Least points of 产出 and 效益 together, where the standard fixes them.
    #[serde(default, with = "decimal::optional")]
    pub(crate) results_at_least: Option<Decimal>,
    /// Fewest indicators of a project's self-evaluation, where the standard names a number.
    #[serde(default)]
    pub(crate) indicators_at_least: Option<usize>,
    /// Most indicators of a table, where the standard names a number.
    #[serde(default)]
    pub(crate) indicators_at_most: Option<usize>,
    /// Clauses quoted in findings.
    pub(crate) clauses: Clauses,
    /// Grades, the highest first.
    #[serde(rename = "grade")]
    pub(crate) grades: Vec<GradeBand>,
    /// Tiers, the one of a reached target first.
    #[serde(rename = "tier")]
    pub(crate) tiers: Vec<TierBand>,
    /// Quantitative indicators short of their target.
    #[serde(default)]
    pub(crate) quantitative: Quantitative,
    /// Points of the 预算执行率.
    #[serde(default)]
    pub(crate) execution: Execution,
    /// 满意度.
    #[serde(default)]
    pub(crate) satisfaction: Satisfaction,
    /// 成本指标.
    #[serde(default)]
    pub(crate) cost: Cost,
    /// Rates that are scored by their name.
    #[serde(rename = "named_rate", default)]
    pub(crate) named_rates: Vec<NamedRate>,
    /// Columns whose points are taken off what the figures earn.
    #[serde(default)]
    pub(crate) deduction_columns: Vec<String>,
    /// Inverse indicators.
    pub(crate) inverse: Inverse,
    /// Yes-or-no indicators.
    pub(crate) boolean: BooleanScores,
    /// Targets far exceeded.
    pub(crate) over_achievement: OverAchievement,
    /// Direction by words.
    pub(crate) direction: DirectionWords,
    /// Decimal places of scores.
    pub(crate) rounding: Rounding,
    /// Tolerances.
    pub(crate) tolerance: Tolerance,
    /// Greatest lengths of texts.
    #[serde(default)]
    pub(crate) text_length: TextLength,
    /// Rules that weigh more or less here than they usually do, by code.
    #[serde(default)]
    pub(crate) severity: BTreeMap<String, RuleLevel>,
    /// Tier by canonical word, filled when loading.
    #[serde(skip)]
    tier_words: BTreeMap<String, usize>,
}
