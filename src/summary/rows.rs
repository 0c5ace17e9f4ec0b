//! What a summary keeps of a table: one compact row, and details that wait on disk.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::disk::exact;
use crate::grid::{CellAddress, CellRange};
use crate::model::{FindingTexts, FundSource, Grade, MoneyUnit, Quote, Severity, TableKind};

/// One table as a row. Amounts in 万元, rates as ratios, scores in points; what is not known is `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableRow {
    /// The path as the report gives it.
    pub file: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: Option<String>,
    /// The sheet's name.
    pub sheet: String,
    /// The rectangle of the table.
    pub range: CellRange,
    /// What it evaluates.
    pub kind: TableKind,
    /// The standard that rescored it.
    pub standard: String,
    /// The form was sent back without results: it counts neither as received nor in any mean.
    #[serde(default)]
    pub not_filled_in: bool,
    /// 年度.
    pub year: Option<i32>,
    /// 主管部门.
    pub department: Option<String>,
    /// 实施单位.
    pub unit: Option<String>,
    /// 项目名称; of a table about a whole department, none.
    pub project: Option<String>,
    /// Unit of the amounts in the table itself.
    pub money_unit: Option<MoneyUnit>,
    /// 年初预算数 of the total row.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub initial_budget: Option<Decimal>,
    /// 全年预算数 of the total row.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub annual_budget: Option<Decimal>,
    /// 全年执行数 of the total row.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub executed: Option<Decimal>,
    /// 全年预算数 of 上年结转资金.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub carryover: Option<Decimal>,
    /// 全年执行数 ÷ 全年预算数.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub execution_rate: Option<Decimal>,
    /// Why the amounts take no part in any sum.
    pub amount_gap: Option<AmountGap>,
    /// The amounts that take no part, as the table has them.
    pub amounts_as_written: Option<String>,
    /// 总分 as printed, or Σ of the scores where none is printed.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub declared_score: Option<Decimal>,
    /// Whether `declared_score` is a sum because no total is printed.
    pub score_is_sum: bool,
    /// The total after rescoring.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub rescored_score: Option<Decimal>,
    /// The printed grade, or the one that `declared_score` has.
    pub declared_grade: Option<Grade>,
    /// Whether `declared_grade` is that of the score because none is printed.
    #[serde(default)]
    pub grade_from_score: bool,
    /// The grade after rescoring.
    pub rescored_grade: Option<Grade>,
    /// Σ of 得分 over the rows that have a 复核得分.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub reviewed_declared: Option<Decimal>,
    /// Σ of 复核得分.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub review_score: Option<Decimal>,
    /// Third-level indicators.
    pub indicators: usize,
    /// Indicators whose target was not reached; where that cannot be told, those whose score is below their weight.
    pub unmet: usize,
    /// Scores that no rule decides.
    pub manual: usize,
    /// Of those, the ones that `rescored_score` counts as declared.
    #[serde(default)]
    pub undecided: usize,
    /// Whether they could change the grade, which is then left open.
    #[serde(default)]
    pub grade_is_open: bool,
    /// 错误.
    pub errors: usize,
    /// 预警.
    pub warnings: usize,
    /// 提示.
    pub infos: usize,
    /// Findings that the unit has explained.
    pub explained: usize,
    /// Findings set aside.
    pub set_aside: usize,
    /// Entries for a person.
    pub for_review: usize,
    /// Filled cells that no field took.
    pub unread: usize,
}

impl TableRow {
    /// Returns whether the grade after rescoring is neither known nor missing: scores that no rule decides could change it.
    pub const fn is_grade_open(&self) -> bool {
        self.rescored_grade.is_none() && self.grade_is_open && !self.not_filled_in
    }
}

/// Why a table's amounts take no part in sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AmountGap {
    /// The table does not say in which unit its amounts are.
    NoUnit,
    /// No row for the total and more than one row of parts, or no amount at all.
    NoTotal,
    /// Larger than can be computed with.
    TooLarge,
}

impl AmountGap {
    /// Why, in Chinese.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NoUnit => "金额单位未注明，未计入金额合计",
            Self::NoTotal => "没有读到年度资金总额，未计入金额合计",
            Self::TooLarge => "金额过大，未计入金额合计",
        }
    }
}

/// What waits on disk for one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TableDetail {
    /// Indicators, in the table's order.
    pub indicators: Vec<IndicatorRow>,
    /// Fund rows, in the table's order.
    pub funds: Vec<FundDetail>,
    /// 预期目标 and 实际完成情况, as written.
    pub goals: Vec<String>,
    /// Findings, in the report's order.
    pub discrepancies: Vec<DiscrepancyRow>,
}

/// One indicator in the long form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorRow {
    /// Cell of the name, else of the first filled field.
    pub cell: Option<CellAddress>,
    /// 一级指标.
    pub level1: Option<String>,
    /// 二级指标.
    pub level2: Option<String>,
    /// 三级指标.
    pub level3: Option<String>,
    /// 指标性质 or 计算符号.
    pub operator: Option<String>,
    /// 年度指标值, as shown.
    pub target: Option<String>,
    /// 计量单位.
    pub measure_unit: Option<String>,
    /// 实际完成值, as shown.
    pub actual: Option<String>,
    /// 分值.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub weight: Option<Decimal>,
    /// 得分.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub score: Option<Decimal>,
    /// 复核得分.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub review_score: Option<Decimal>,
    /// The score after rescoring.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub rescored: Option<Decimal>,
    /// How the rescored score was found, or why no rule decides it.
    pub trace: Option<String>,
    /// 偏差原因分析及改进措施.
    pub reason: Option<String>,
}

/// One row of the fund block. Amounts in 万元 where the table's unit is known, else as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FundDetail {
    /// Source by wording.
    pub source: FundSource,
    /// 资金名称.
    pub label: Option<String>,
    /// 年初预算数.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub initial_budget: Option<Decimal>,
    /// 全年预算数.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub annual_budget: Option<Decimal>,
    /// 全年执行数.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub executed: Option<Decimal>,
    /// 执行率 as declared.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub execution_rate: Option<Decimal>,
    /// 分值.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub weight: Option<Decimal>,
    /// 得分.
    #[serde(with = "exact")]
    #[schemars(with = "Option<Decimal>")]
    pub score: Option<Decimal>,
}

/// One finding as a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiscrepancyRow {
    /// Rule code.
    pub code: String,
    /// The rule's Chinese title.
    pub title: String,
    /// Level.
    pub severity: Severity,
    /// The cell.
    pub cell: CellAddress,
    /// The field in the words of the form.
    pub field: Option<String>,
    /// What a list says of it.
    #[serde(flatten)]
    pub texts: FindingTexts,
    /// What the unit has explained.
    pub explanation: Option<String>,
    /// The report's words that it speaks of; left out where it speaks of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}
