//! Rates by name, and the rate of spending of a row of funds.

use rust_decimal::Decimal;

use super::texts::{RowTexts, Word, any_in, words};
use super::{fund_sums, signs, words};
use crate::grid::CellAddress;
use crate::model::{Field, FundField, FundRow, Indicator};
use crate::rescore::points_for_rate;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

/// The execution of the budget among the indicators, by whatever name.
const EXECUTION: [Word; 1] = words!["执行率"];

/// Returns whether an indicator row weighs the execution of the budget, by any of its names.
pub fn names_execution(texts: &RowTexts<'_>) -> bool {
    [&texts.level1, &texts.level2, &texts.level3]
        .into_iter()
        .any(|text| text.has_any(&EXECUTION))
}

/// Returns whether a row's rate is executed over 年初预算数 and not over 全年预算数.
pub fn is_on_initial(fund: &FundRow) -> bool {
    let (Some(rate), Some(initial), Some(annual), Some(executed)) = (
        &fund.execution_rate,
        &fund.initial_budget,
        &fund.annual_budget,
        &fund.executed,
    ) else {
        return false;
    };
    let fits =
        |budget| fund_sums::quotient(executed.value, budget).is_some_and(|ratio| fund_sums::rate_fits(rate, ratio));
    // Nothing over anything is nothing.
    !executed.value.is_zero() && !annual.value.is_zero() && fits(initial.value) && !fits(annual.value)
}

/// Returns what to say when the row's score was taken from the wrong rate.
fn score_from_rate(context: &RuleContext, fund: &FundRow, printed: Decimal, ratio: Decimal) -> Option<String> {
    let (weight, score) = (fund.weight.as_ref()?, fund.score.as_ref()?);
    let of = |rate: Decimal| points_for_rate(weight.value, rate, context.standard);
    let fits = |points: Decimal| (points - score.value).abs() <= context.standard.tolerance.score;
    let (by_printed, due) = (of(printed)?, of(ratio)?);
    (fits(by_printed) && !fits(due)).then(|| {
        format!(
            "得分 {} 也是按 {} 算的，复算为 {}。",
            score.cell,
            words::percent(printed),
            plain(due.round_dp(2))
        )
    })
}

/// What was spent of the whole budget, where nothing of it is in doubt.
pub struct Spending<'a> {
    /// Index of the total row.
    pub row: usize,
    /// 全年预算数, above nothing.
    pub annual: &'a Field<Decimal>,
    /// 全年执行数.
    pub executed: &'a Field<Decimal>,
    /// Cell of the 执行率.
    pub rate_cell: Option<CellAddress>,
    /// Executed over budget.
    pub rate: Decimal,
}

/// Returns the spending of the total row, unless a figure of it is in doubt, or the standard has the reason of a low
/// rate asked for, which is C10's where the form has a place for it.
pub fn total_spending<'a>(context: &RuleContext<'a>, findings: &Findings) -> Option<Spending<'a>> {
    let (row, fund) = context.fund_total()?;
    let (annual, executed) = (fund.annual_budget.as_ref()?, fund.executed.as_ref()?);
    let rate_cell = fund.execution_rate.as_ref().map(|rate| rate.cell);
    let is_doubted = findings.any_condemned([Some(annual.cell), Some(executed.cell), rate_cell])
        || findings.readings(annual).len() > 1
        || findings.readings(executed).len() > 1;
    let is_told =
        context.standard.execution.reason_below.is_some() && context.fund_cell(row, FundField::Reason).is_some();
    if is_doubted || is_told || annual.value <= Decimal::ZERO {
        return None;
    }
    let rate = fund_sums::quotient(executed.value, annual.value)?;
    Some(Spending {
        row,
        annual,
        executed,
        rate_cell,
        rate,
    })
}

/// A printed rate that is not executed over budget.
pub struct WrongRate<'a> {
    /// Index of the row.
    pub row: usize,
    /// The row.
    pub fund: &'a FundRow,
    /// 执行率.
    pub rate: &'a Field<Decimal>,
    /// Executed over budget.
    pub ratio: Decimal,
}

impl WrongRate<'_> {
    /// Condemns the rate and a score taken from it, and reports them. `say` makes message and way out of the rate as it
    /// should be and of what holds for the score.
    pub fn report(
        &self,
        context: &RuleContext,
        findings: &mut Findings,
        amounts: &[CellAddress],
        say: impl FnOnce(&str, &str) -> (String, String),
    ) {
        let Self { row, fund, rate, ratio } = *self;
        findings.condemn(rate.cell);
        let expected = fund_sums::at_precision(ratio, rate);
        let consequence = score_from_rate(context, fund, rate.value, ratio);
        if consequence.is_some() {
            fund.score.iter().for_each(|score| findings.condemn(score.cell));
        }
        let due = words::percent(expected);
        let (message, suggestion) = say(&due, consequence.as_deref().unwrap_or_default());
        let score = fund.score.as_ref().map(|score| score.cell);
        findings.report(
            Finding::new(rate.cell, message, suggestion)
                .field(format!("funds[{row}].execution_rate"))
                .declared(rate.text.trim())
                .expected(due)
                .difference_text(words::percent(rate.value.saturating_sub(expected).abs()))
                .related(amounts.iter().copied().chain(score))
                .basis(&context.standard.clauses.funds),
        );
    }
}

/// Returns whether a rate is right once a sum that does not add up is put right.
pub fn fits_supposed(
    findings: &Findings,
    rate: &Field<Decimal>,
    annual: &Field<Decimal>,
    executed: &Field<Decimal>,
) -> bool {
    findings.readings(executed).into_iter().any(|executed| {
        findings
            .readings(annual)
            .into_iter()
            .any(|annual| fund_sums::quotient(executed, annual).is_some_and(|ratio| fund_sums::rate_fits(rate, ratio)))
    })
}

/// Returns whether a total row's budget is nothing although money was spent.
pub fn is_spent_without_budget(annual: &Field<Decimal>, executed: &Field<Decimal>) -> bool {
    annual.value.is_zero() && executed.value > Decimal::ZERO
}

/// Names of the rate as an indicator.
pub const EXECUTION_RATES: [&str; 8] = [
    "预算执行率",
    "资金执行率",
    "预算资金执行率",
    "预算执行情况",
    "资金支付率",
    "资金支出率",
    "预算支出率",
    "预算完成率",
];

/// Returns whether the name is one of the rate of spending.
pub fn is_the_rate(name: &Field<String>) -> bool {
    EXECUTION_RATES.contains(&signs::tight(Some(name)).as_str())
}

/// Names of what is a part of a whole.
const RATES: [Word; 4] = words!["率", "满意度", "比例", "占比"];

/// Names with 率 that are none.
const NO_RATES: [Word; 8] = words!["功率", "频率", "汇率", "心率", "容积率", "分辨率", "增长率", "效率"];

/// Returns whether a name is one of a part of a whole.
pub fn is_rate(name: &str) -> bool {
    any_in(name, &RATES) && !any_in(name, &NO_RATES)
}

/// Returns whether anything is said about the spending: in the fund block, or beside an indicator of it.
pub fn spending_is_explained(context: &RuleContext) -> bool {
    let says = |reason: &Field<String>| !words::is_empty_reason(&reason.value);
    let about_money = |indicator: &&Indicator| {
        let name = indicator.level3.as_ref().map(|name| words::tight(&name.value));
        name.is_some_and(|name| name.has_any(&const { words!["执行", "支出", "支付", "资金"] }))
    };
    let evaluation = context.evaluation();
    evaluation
        .funds
        .iter()
        .filter_map(|fund| fund.reason.as_ref())
        .any(says)
        || evaluation
            .indicators
            .iter()
            .filter(about_money)
            .filter_map(|indicator| indicator.reason.as_ref())
            .any(says)
}
