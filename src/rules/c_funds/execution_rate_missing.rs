//! C04: the 执行率 is blank although both amounts are there.

use rust_decimal::Decimal;

use crate::model::FundField;
use crate::rules::kit::{fund_sums, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C04", "execution-rate-missing", "预算数、执行数已填而执行率未填", Info, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let (None, Some(annual), Some(executed)) = (&fund.execution_rate, &fund.annual_budget, &fund.executed) else {
        return;
    };
    // A form without the column asks for no rate; a row without points has nothing that rests on it.
    let Some(cell) = context.fund_cell(row, FundField::ExecutionRate) else {
        return;
    };
    let carries_points = fund.score.is_some() || fund.weight.is_some();
    let same_cell = [Some(annual), Some(executed), fund.score.as_ref(), fund.weight.as_ref()]
        .into_iter()
        .flatten()
        .any(|field| field.cell == cell);
    if !carries_points || same_cell || annual.value <= Decimal::ZERO || findings.is_condemned(cell) {
        return;
    }
    let Some(ratio) = fund_sums::quotient(executed.value, annual.value) else {
        return;
    };
    let due = words::percent(ratio.round_dp(4));
    findings.report(
        Finding::new(
            cell,
            format!(
                "填了预算数、执行数的，应填执行率；{} 预算 {}、{} 执行 {}，执行率 {cell} 没有填。",
                annual.cell,
                plain(annual.value),
                executed.cell,
                plain(executed.value)
            ),
            format!("在 {cell} 填 {due}。"),
        )
        .field(format!("funds[{row}].execution_rate"))
        .expected(due)
        .basis(&context.standard.clauses.funds)
        .related([annual.cell, executed.cell]),
    );
}
