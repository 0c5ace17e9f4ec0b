//! One evaluation table as data: what was declared, cell by cell. Nothing here is computed or corrected.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Field, FundField};
use crate::grid::CellAddress;
use crate::text::match_key;

/// What a table evaluates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TableKind {
    /// 项目支出绩效自评表 (财预〔2020〕10号 附件1).
    ProjectSelfEvaluation,
    /// 部门评价 or 财政评价.
    DepartmentEvaluation,
    /// 部门整体支出绩效自评表.
    OverallSelfEvaluation,
    /// 转移支付绩效自评表.
    TransferSelfEvaluation,
    /// An evaluation of another kind.
    Other,
}

impl TableKind {
    /// Returns the kind's Chinese name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ProjectSelfEvaluation => "项目支出绩效自评表",
            Self::DepartmentEvaluation => "部门（财政）评价表",
            Self::OverallSelfEvaluation => "部门整体支出绩效自评表",
            Self::TransferSelfEvaluation => "转移支付绩效自评表",
            Self::Other => "其他绩效评价表",
        }
    }
}

/// Unit of the amounts in the fund block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub enum MoneyUnit {
    /// 10⁴ yuan.
    #[serde(rename = "万元")]
    TenThousandYuan,
    /// Yuan.
    #[serde(rename = "元")]
    Yuan,
    /// 10³ yuan.
    #[serde(rename = "千元")]
    ThousandYuan,
    /// 10⁶ yuan.
    #[serde(rename = "百万元")]
    MillionYuan,
    /// 10⁸ yuan.
    #[serde(rename = "亿元")]
    HundredMillionYuan,
    /// A hundredth of a yuan.
    #[serde(rename = "分")]
    Fen,
}

impl MoneyUnit {
    /// Returns the unit as written.
    pub const fn title(self) -> &'static str {
        match self {
            Self::TenThousandYuan => "万元",
            Self::Yuan => "元",
            Self::ThousandYuan => "千元",
            Self::MillionYuan => "百万元",
            Self::HundredMillionYuan => "亿元",
            Self::Fen => "分",
        }
    }

    /// Returns the yuan in one of this unit.
    pub const fn yuan(self) -> Decimal {
        let yuan = match self {
            Self::Fen => return Decimal::from_parts(1, 0, 0, false, 2),
            Self::Yuan => 1,
            Self::ThousandYuan => 1_000,
            Self::TenThousandYuan => 10_000,
            Self::MillionYuan => 1_000_000,
            Self::HundredMillionYuan => 100_000_000,
        };
        Decimal::from_parts(yuan, 0, 0, false, 0)
    }

    /// Returns an amount of this unit in another; `None` when it is too large to compute with.
    pub fn convert(self, amount: Decimal, to: Self) -> Option<Decimal> {
        let (from, to) = (self.yuan(), to.yuan());
        let converted = if from >= to {
            amount.checked_mul(from.checked_div(to)?)
        } else {
            amount.checked_div(to.checked_div(from)?)
        };
        converted.map(|amount| amount.normalize())
    }

    /// Returns an amount of this unit in 万元; `None` when it is too large to compute with.
    pub fn in_wan(self, amount: Decimal) -> Option<Decimal> {
        self.convert(amount, Self::TenThousandYuan)
    }
}

/// Where a fund row's money comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FundSource {
    /// 年度资金总额.
    Total,
    /// 当年（本年）财政拨款.
    Fiscal,
    /// 中央财政资金.
    Central,
    /// 地方资金.
    Local,
    /// 上年结转资金.
    Carryover,
    /// 财政专户管理资金.
    SpecialAccount,
    /// 单位资金.
    Unit,
    /// 其他资金.
    Other,
}

/// The four grades of 财预〔2020〕10号 第十八条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Grade {
    /// 优.
    Excellent,
    /// 良.
    Good,
    /// 中.
    Fair,
    /// 差.
    Poor,
}

impl Grade {
    /// Returns the grade's name in the regulation.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Excellent => "优",
            Self::Good => "良",
            Self::Fair => "中",
            Self::Poor => "差",
        }
    }
}

/// One row of the fund block. Amounts in the table's money unit; rates as ratios (`1` = 100 %).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FundRow {
    /// Source by wording.
    pub source: FundSource,
    /// 资金名称.
    pub label: Option<Field<String>>,
    /// 年初预算数.
    pub initial_budget: Option<Field<Decimal>>,
    /// 全年预算数 (A).
    pub annual_budget: Option<Field<Decimal>>,
    /// 全年执行数 (B).
    pub executed: Option<Field<Decimal>>,
    /// 分值.
    pub weight: Option<Field<Decimal>>,
    /// 执行率 (B/A), a ratio.
    pub execution_rate: Option<Field<Decimal>>,
    /// 得分.
    pub score: Option<Field<Decimal>>,
    /// 原因.
    pub reason: Option<Field<String>>,
}

impl FundRow {
    /// Returns a row without any figure.
    pub const fn new(source: FundSource) -> Self {
        Self {
            source,
            label: None,
            initial_budget: None,
            annual_budget: None,
            executed: None,
            weight: None,
            execution_rate: None,
            score: None,
            reason: None,
        }
    }
}

/// 年度总体目标: one pair of expected goal and actual completion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Goal {
    /// 预期目标.
    pub expected: Option<Field<String>>,
    /// 实际完成情况.
    pub actual: Option<Field<String>>,
}

/// A value under a known header that the model has no field of its own for, e.g. 评分标准.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LabelledField {
    /// The header as written.
    pub label: String,
    /// The value.
    pub value: Field<String>,
}

/// One indicator row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Indicator {
    /// 一级指标, without its bracketed weight.
    pub level1: Option<Field<String>>,
    /// Weight declared with the 一级指标 (points).
    pub level1_weight: Option<Field<Decimal>>,
    /// 二级指标, without its bracketed weight.
    pub level2: Option<Field<String>>,
    /// Weight declared with the 二级指标 (points).
    pub level2_weight: Option<Field<Decimal>>,
    /// 三级指标, without a leading 指标1：.
    pub level3: Option<Field<String>>,
    /// 指标性质 or 计算符号, where it has its own column.
    pub operator: Option<Field<String>>,
    /// 年度指标值, as shown.
    pub target: Option<Field<String>>,
    /// 计量单位, where it has its own column.
    pub measure_unit: Option<Field<String>>,
    /// 实际完成值, as shown.
    pub actual: Option<Field<String>>,
    /// 分值 (points).
    pub weight: Option<Field<Decimal>>,
    /// 得分 (points).
    pub score: Option<Field<Decimal>>,
    /// 复核得分 (points).
    pub review_score: Option<Field<Decimal>>,
    /// 偏差原因分析及改进措施.
    pub reason: Option<Field<String>>,
    /// Further columns (评分标准, 指标解释 …); left out of the JSON where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<LabelledField>,
}

/// 总分 row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// Printed total of the weights.
    pub weight: Option<Field<Decimal>>,
    /// Printed total of the scores.
    pub score: Option<Field<Decimal>>,
}

/// 小计 of one 一级指标 or 二级指标; printed figures that are never summed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Subtotal {
    /// 小计 as written.
    pub label: Field<String>,
    /// Printed weight.
    pub weight: Option<Field<Decimal>>,
    /// Printed score.
    pub score: Option<Field<Decimal>>,
}

/// 项目负责人, 填报人, 联系电话, 填报日期 …
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// The label as written, without its colon.
    pub label: String,
    /// What stands beside it.
    pub value: Option<Field<String>>,
}

/// One evaluation table as declared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evaluation {
    /// The table's title.
    pub title: Option<Field<String>>,
    /// 年度.
    pub year: Option<Field<i32>>,
    /// 项目名称.
    pub project_name: Option<Field<String>>,
    /// 主管部门.
    pub department: Option<Field<String>>,
    /// 实施单位.
    pub implementing_unit: Option<Field<String>>,
    /// Unit of the fund block.
    pub money_unit: Option<MoneyUnit>,
    /// Fund block, in the table's order.
    pub funds: Vec<FundRow>,
    /// 年度总体目标.
    pub goals: Vec<Goal>,
    /// Indicators, in the table's order.
    pub indicators: Vec<Indicator>,
    /// Printed 小计 rows, left out of the JSON where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subtotals: Vec<Subtotal>,
    /// 总分 row.
    pub total: Option<Total>,
    /// 评价等次.
    pub grade: Option<Field<Grade>>,
    /// Signature lines.
    pub signatures: Vec<Signature>,
    /// Notes, conclusions and explanations.
    pub notes: Vec<Field<String>>,
    /// Statements under known headers (资金管理情况 …); left out of the JSON where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<LabelledField>,
}

impl Evaluation {
    /// Returns the place of 年度资金总额 among the fund rows: the first total. Of 收入合计 and 支出合计 it is the latter,
    /// since what came in is never executed; an amount of the heading without a row of its own gives way to a total row.
    pub fn total_fund_row(&self) -> Option<usize> {
        let says = |row: &FundRow, word: &str| row.label.as_ref().is_some_and(|label| label.value.contains(word));
        let rows = self.funds.iter().enumerate();
        let mut totals = rows.filter(|(_, row)| row.source == FundSource::Total);
        let (first, row) = totals.next()?;
        let better = if row.label.is_none() && row.executed.is_none() {
            totals.find(|(_, row)| row.label.is_some())
        } else if says(row, "收入") && !says(row, "支出") {
            totals.find(|(_, row)| says(row, "支出"))
        } else {
            None
        };
        Some(better.map_or(first, |(at, _)| at))
    }

    /// Returns the row that stands for all of the table's money: 年度资金总额, or the only row there is.
    pub fn total_fund(&self) -> Option<&FundRow> {
        let amounts = [FundField::InitialBudget, FundField::AnnualBudget, FundField::Executed];
        let has_amount = |row: &&FundRow| amounts.iter().any(|field| field.get(row).is_some());
        let mut rows = self.funds.iter().filter(has_amount);
        let total = self
            .total_fund_row()
            .and_then(|row| self.funds.get(row))
            .filter(has_amount);
        let first = || rows.clone().find(|row| row.source == FundSource::Total);
        total
            .or_else(first)
            .or_else(|| rows.next().filter(|_| rows.next().is_none()))
    }

    /// Returns what a fund row has under 执行数（其他）, a column that some systems print beside 执行数: the amount and
    /// its cell, in the unit of the row's other amounts. `None` where there is no such column, or no plain number in it.
    pub fn other_spending(&self, fund: usize) -> Option<(Decimal, CellAddress)> {
        const HEADERS: [&str; 2] = ["执行数(其他)", "其他执行数"];
        let row = self
            .funds
            .get(fund)?
            .label
            .as_ref()
            .map_or("", |label| label.value.as_str());
        self.extra.iter().find_map(|field| {
            let (of_row, header) = field.label.rsplit_once('·')?;
            let is_here = HEADERS.contains(&match_key(header).as_str())
                && match_key(of_row) == match_key(row.trim().trim_end_matches([':', '：']));
            let number = field.value.value.trim().replace([',', '，'], "");
            let amount = Decimal::from_str_exact(&number).ok().filter(|_| is_here)?;
            Some((amount, field.value.cell))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_spent_stands_for_the_money_where_income_is_summed_up_above_it() {
        let total = |label: &str| FundRow {
            label: Some(Field::new(label.to_owned(), label, CellAddress::new(0, 0))),
            ..FundRow::new(FundSource::Total)
        };
        for (labels, expected) in [
            (["收入合计", "支出合计"], Some(1)),
            (["支出合计", "收入合计"], Some(0)),
            (["收入合计", "合计"], Some(0)),
            (["收入支出合计", "支出合计"], Some(0)),
        ] {
            let evaluation = Evaluation {
                funds: labels.map(total).into(),
                ..Evaluation::default()
            };
            assert_eq!(evaluation.total_fund_row(), expected, "{labels:?}");
        }
    }
}
