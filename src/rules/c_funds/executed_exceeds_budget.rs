//! C05: more was spent than the budget allows.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, FundSource};
use crate::rules::kit::rates::is_spent_without_budget;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C05", "executed-exceeds-budget", "执行数大于预算数", Warning, Funds }

struct Excess<'a> {
    row: usize,
    source: FundSource,
    annual: &'a Field<Decimal>,
    executed: &'a Field<Decimal>,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    if context.standard.execution.may_exceed {
        return;
    }
    // Where there is no budget at all, C07 says so.
    let total = context.fund_total().map(|(_, fund)| fund);
    if let Some((annual, executed)) = total.and_then(|fund| fund.annual_budget.as_ref().zip(fund.executed.as_ref()))
        && is_spent_without_budget(annual, executed)
        && !findings.any_condemned([Some(annual.cell), Some(executed.cell)])
    {
        return;
    }
    let mut over: Vec<Excess> = Vec::new();
    for (row, fund) in context.funds() {
        let (Some(annual), Some(executed)) = (&fund.annual_budget, &fund.executed) else {
            continue;
        };
        // Once a sum that does not add up is put right, the excess may be gone.
        let is_explained = findings
            .readings(executed)
            .into_iter()
            .any(|executed| findings.readings(annual).into_iter().any(|annual| executed <= annual));
        if executed.value > annual.value && !is_explained {
            over.push(Excess {
                row,
                source: fund.source,
                annual,
                executed,
            });
        }
    }
    // The total exceeds because a part does: one finding, at the total.
    if over.iter().any(|excess| excess.source == FundSource::Total) {
        let parts: Vec<CellAddress> = over
            .iter()
            .filter(|excess| excess.source != FundSource::Total)
            .map(|excess| excess.executed.cell)
            .collect();
        for excess in over.iter().filter(|excess| excess.source == FundSource::Total) {
            report(findings, excess, &parts);
        }
    } else {
        for excess in &over {
            report(findings, excess, &[]);
        }
    }
}

fn report(findings: &mut Findings, excess: &Excess, parts: &[CellAddress]) {
    let (annual, executed) = (excess.annual, excess.executed);
    findings.report(
        Finding::new(
            executed.cell,
            format!(
                "全年执行数不应大于全年预算数；{} 执行 {}，{} 预算 {}，超出 {}。",
                executed.cell,
                plain(executed.value),
                annual.cell,
                plain(annual.value),
                plain(executed.value - annual.value)
            ),
            format!(
                "核对 {} 与 {}；年中追加或结转资金没有计入预算数的，补入预算数；确实超支的，写明原因。",
                executed.cell, annual.cell
            ),
        )
        .field(format!("funds[{}].executed", excess.row))
        .declared(plain(executed.value))
        .expected(format!("≤{}", plain(annual.value)))
        .difference(executed.value - annual.value)
        .related([annual.cell].into_iter().chain(parts.iter().copied())),
    );
}
