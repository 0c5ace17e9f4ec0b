//! C10: little of the budget was spent, and the reason column says nothing.

use crate::model::FundField;
use crate::model::measure::normalise;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C10", "low-execution-unexplained", "执行率偏低未说明原因", Warning, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(least) = context.standard.execution.reason_below else {
        return;
    };
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let Some(reason) = context.fund_cell(row, FundField::Reason) else {
        // A form without the column explains elsewhere.
        return;
    };
    let (Some(budget), Some(executed)) = (&fund.annual_budget, &fund.executed) else {
        return;
    };
    if findings.any_condemned([Some(budget.cell), Some(executed.cell)])
        || fund
            .reason
            .as_ref()
            .is_some_and(|reason| !normalise(&reason.value).is_empty())
    {
        return;
    }
    let Some(rate) = executed.value.checked_div(budget.value).filter(|rate| *rate < least) else {
        return;
    };
    findings.report(
        Finding::new(
            reason,
            format!(
                "执行率低于 {} 的，应填写原因；{} 执行 {}、{} 预算 {}，执行率 {}，原因栏 {reason} 是空的。",
                words::percent(least),
                executed.cell,
                plain(executed.value),
                budget.cell,
                plain(budget.value),
                words::percent(rate)
            ),
            format!("在 {reason} 写明执行率偏低的原因。"),
        )
        .field(format!("funds[{row}].reason"))
        .basis(&context.standard.clauses.execution)
        .related([executed.cell, budget.cell]),
    );
}
