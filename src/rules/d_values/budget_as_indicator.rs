//! D19: an indicator's target is the budget itself, or its execution, which the fund block weighs already.

use crate::rules::kit::{budget_costs, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "D19", "budget-as-indicator", "成本指标只是预算数", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let Some(target) = &indicator.target else { continue };
        let Some(same) = budget_costs::same_budget(context, row).filter(|_| !findings.is_explained(target.cell)) else {
            continue;
        };
        let budget = same.budget;
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "成本指标应考核单位成本或成本节约；{}的指标值（{}）“{}”就是资金总额的{} {}{}（{}），支出不超预算便得满分，与预算执行率重复。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    same.column.title(),
                    plain(budget.value),
                    same.unit.title(),
                    budget.cell
                ),
                format!("在 {} 改填单位成本等能反映成本水平的指标值。", target.cell),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related([budget.cell, same.label]),
        );
    }
}
