//! C20: a budget of which nothing was spent, and nobody says why.

use rust_decimal::Decimal;

use crate::model::FundField;
use crate::rules::kit::rates;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C20", "nothing-spent", "资金全年没有支出且未说明原因", Warning, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let (Some(annual), Some(executed)) = (&fund.annual_budget, &fund.executed) else {
        return;
    };
    // Where the parts show spending, the sum is wrong and not the spending.
    let parts_spent = context
        .funds()
        .any(|(other, part)| other != row && part.executed.as_ref().is_some_and(|spent| !spent.value.is_zero()));
    // A standard that asks for the reason of a low rate says so itself (C10).
    let is_told =
        context.standard.execution.reason_below.is_some() && context.fund_cell(row, FundField::Reason).is_some();
    if is_told
        || annual.value <= Decimal::ZERO
        || !executed.value.is_zero()
        || parts_spent
        || rates::spending_is_explained(context)
        || findings.any_condemned([Some(annual.cell), Some(executed.cell)])
    {
        return;
    }
    findings.condemn(executed.cell);
    findings.report(
        Finding::new(
            executed.cell,
            format!(
                "安排了预算而全年没有支出的，应说明原因；{} 预算 {}，{} 执行 0，表中没有写原因。",
                annual.cell,
                plain(annual.value),
                executed.cell
            ),
            format!("核对 {}；确实没有支出的，写明原因和资金的去向。", executed.cell),
        )
        .field(format!("funds[{row}].executed"))
        .declared("0")
        .basis(&context.standard.clauses.funds)
        .related([annual.cell]),
    );
}
