//! Rates by name, and the rate of spending of a row of funds.

use rust_decimal::Decimal;

use super::texts::{Word, any_in, words};
use super::{fund_sums, signs, words};
use crate::model::{Field, FundRow, Indicator};
use crate::rescore::points_for_rate;
use crate::rules::RuleContext;
use crate::text::plain;

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
pub fn score_from_rate(context: &RuleContext, fund: &FundRow, printed: Decimal, ratio: Decimal) -> Option<String> {
    let (weight, score) = (fund.weight.as_ref()?, fund.score.as_ref()?);
    let of = |rate: Decimal| points_for_rate(weight.value, rate, context.standard);
    let fits = |points: Decimal| (points - score.value).abs() <= context.standard.tolerance.score;
    let (by_printed, due) = (of(printed)?, of(ratio)?);
    (fits(by_printed) && !fits(due)).then(|| {
        format!(
            "得分 {} 也是按 {} 算的，应为 {}。",
            score.cell,
            words::percent(printed),
            plain(due.round_dp(2))
        )
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
