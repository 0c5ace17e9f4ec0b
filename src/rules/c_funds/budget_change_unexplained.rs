//! C09: the budget was changed during the year, and the reason column says nothing.

use rust_decimal::Decimal;

use crate::model::measure::normalise;
use crate::model::{FundField, FundRow, FundSource};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C09", "budget-change-unexplained", "预算调整未说明原因", Warning, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    // Only where the standard asks for reasons in the fund block.
    let Some(least) = context.standard.execution.reason_below else {
        return;
    };
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let (Some(initial), Some(annual), Some(reason)) = (
        &fund.initial_budget,
        &fund.annual_budget,
        context.fund_cell(row, FundField::Reason),
    ) else {
        // A form without the column explains elsewhere.
        return;
    };
    let change = annual.value.saturating_sub(initial.value);
    let has_reason = context
        .funds()
        .filter_map(|(_, fund)| fund.reason.as_ref())
        .any(|reason| !normalise(&reason.value).is_empty());
    let unsure = [Some(initial.cell), Some(annual.cell), Some(reason)];
    if change.abs() <= context.standard.tolerance.money
        || has_reason
        || findings.any_condemned(unsure)
        || is_carried_over(context, change)
        || is_low(fund, least)
    {
        return;
    }
    let word = if change > Decimal::ZERO { "增加" } else { "减少" };
    findings.report(
        Finding::new(
            reason,
            format!(
                "全年预算数与年初预算数不同的，应说明原因；{} 年初 {}，{} 全年 {}，{word} {}，原因栏 {reason} 是空的。",
                initial.cell,
                plain(initial.value),
                annual.cell,
                plain(annual.value),
                plain(change.abs())
            ),
            format!("在 {reason} 写明预算追加、调减或结转的文件和原因。"),
        )
        .field(format!("funds[{row}].reason"))
        .basis(&context.standard.clauses.funds)
        .related([initial.cell, annual.cell]),
    );
}

/// Returns whether the change is what the rows of 上年结转 brought in: the form says so itself.
fn is_carried_over(context: &RuleContext, change: Decimal) -> bool {
    let value =
        |field: &Option<crate::model::Field<Decimal>>| field.as_ref().map_or(Decimal::ZERO, |field| field.value);
    let carried = context
        .funds()
        .filter(|(_, fund)| fund.source == FundSource::Carryover)
        .fold(Decimal::ZERO, |sum, (_, fund)| {
            sum.saturating_add(value(&fund.annual_budget))
                .saturating_sub(value(&fund.initial_budget))
        });
    carried.saturating_sub(change).abs() <= context.standard.tolerance.money
}

/// Returns whether the same blank is reported for a low rate already.
fn is_low(fund: &FundRow, least: Decimal) -> bool {
    let (Some(annual), Some(executed)) = (&fund.annual_budget, &fund.executed) else {
        return false;
    };
    executed
        .value
        .checked_div(annual.value)
        .is_some_and(|rate| rate < least)
}
