//! C19: a rate or points for spending, and no amount spent.

use rust_decimal::Decimal;

use crate::model::{Field, FundField};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "C19", "executed-missing", "有执行率或得分而没有执行数", Warning, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let Some(cell) = context.fund_cell(row, FundField::Executed) else {
        return;
    };
    let is_positive = |field: &&Field<Decimal>| field.value > Decimal::ZERO;
    let claims: Vec<&Field<Decimal>> = [&fund.execution_rate, &fund.score]
        .into_iter()
        .flatten()
        .filter(is_positive)
        .collect();
    let Some(first) = claims.first() else { return };
    if fund.executed.is_some()
        || fund.annual_budget.is_none()
        || context.fact(cell).is_some()
        || findings.is_condemned(cell)
        || findings.any_condemned(claims.iter().map(|field| Some(field.cell)))
    {
        return;
    }
    findings.condemn(cell);
    findings.report(
        Finding::new(
            cell,
            format!(
                "执行率和得分应由全年执行数算出；年度资金总额的全年执行数（{cell}）没有填，{} 却填了 {}。",
                first.cell,
                first.text.trim()
            ),
            format!("在 {cell} 填写全年执行数，再核对执行率和得分。"),
        )
        .field(format!("funds[{row}].executed"))
        .basis(&context.standard.clauses.funds)
        .related(claims.iter().map(|field| field.cell)),
    );
}
