//! C07: money was spent, or points were given for spending, where the budget is nothing.

use rust_decimal::Decimal;

use crate::model::{Field, FundRow, RescoredRow, Severity};
use crate::rules::kit::rates;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C07", "zero-budget", "全年预算数为零却有执行数或执行率得分", Error, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let (Some(annual), Some(executed)) = (&fund.annual_budget, &fund.executed) else {
        return;
    };
    if !annual.value.is_zero() || findings.any_condemned([Some(annual.cell), Some(executed.cell)]) {
        return;
    }
    if rates::is_spent_without_budget(annual, executed) {
        findings.report(
            Finding::new(
                annual.cell,
                format!(
                    "没有预算就不应有支出；全年预算数 {} 为 0，全年执行数 {} 却是 {}，执行率无法计算。",
                    annual.cell,
                    executed.cell,
                    plain(executed.value)
                ),
                format!(
                    "在 {} 填调整后的全年预算数；没有支出的，改正 {}。",
                    annual.cell, executed.cell
                ),
            )
            .field(format!("funds[{row}].annual_budget"))
            .declared(plain(annual.value))
            .basis(&context.standard.clauses.funds)
            .related([executed.cell]),
        );
        doubt_score(findings, row, fund);
        return;
    }
    if context.standard.execution.nothing_of_nothing {
        return;
    }
    let Some(score) = fund.score.as_ref().filter(|score| score.value > Decimal::ZERO) else {
        rate_of_nothing(context, findings, row, annual, executed);
        return;
    };
    if !executed.value.is_zero() || findings.is_condemned(score.cell) {
        return;
    }
    findings.report(
        Finding::new(
            score.cell,
            format!(
                "没有预算和支出的，执行率无法计算，不能直接给分；{}、{} 都是 0，得分 {} 填的是 {}。",
                annual.cell,
                executed.cell,
                score.cell,
                plain(score.value)
            ),
            format!(
                "有资金的，补填 {}、{}；确实没有资金的，按规定把这部分分值调到其他指标，或说明给分的依据。",
                annual.cell, executed.cell
            ),
        )
        .severity(Severity::Warning)
        .field(format!("funds[{row}].score"))
        .declared(plain(score.value))
        .basis(&context.standard.clauses.execution)
        .related([annual.cell, executed.cell]),
    );
    doubt_score(findings, row, fund);
}

/// A rate without a budget or spending, where no points were given for it.
fn rate_of_nothing(
    context: &RuleContext,
    findings: &mut Findings,
    row: usize,
    annual: &Field<Decimal>,
    executed: &Field<Decimal>,
) {
    let rate = context
        .evaluation()
        .funds
        .get(row)
        .and_then(|fund| fund.execution_rate.as_ref());
    let Some(rate) = rate.filter(|rate| !rate.value.is_zero()) else {
        return;
    };
    if !executed.value.is_zero() || findings.is_condemned(rate.cell) {
        return;
    }
    findings.condemn(rate.cell);
    findings.report(
        Finding::new(
            rate.cell,
            format!(
                "没有预算和支出的，执行率无法计算；{}、{} 都是 0，{} 填的是 {}。",
                annual.cell,
                executed.cell,
                rate.cell,
                rate.text.trim()
            ),
            format!(
                "有资金的，补填 {}、{}；确实没有资金的，{} 填“—”。",
                annual.cell, executed.cell, rate.cell
            ),
        )
        .severity(Severity::Warning)
        .field(format!("funds[{row}].execution_rate"))
        .declared(rate.text.trim())
        .basis(&context.standard.clauses.execution)
        .related([annual.cell, executed.cell]),
    );
}

/// Without a budget the row's points are open.
fn doubt_score(findings: &mut Findings, row: usize, fund: &FundRow) {
    if let Some(score) = &fund.score {
        let weight = fund.weight.as_ref().map_or(score.value, |weight| weight.value);
        findings.condemn(score.cell);
        findings.bound_score(RescoredRow::Fund(row), Decimal::ZERO, weight.max(score.value));
    }
}
