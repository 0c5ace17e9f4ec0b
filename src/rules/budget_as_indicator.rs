//! D19: an indicator's target is the budget itself, or its execution, which the fund block weighs already.

use rust_decimal::Decimal;

use super::texts::{Word, words};
use super::{Finding, Findings, Rule, RuleContext, Stage, amounts, words};
use crate::grid::CellAddress;
use crate::model::measure::{Dimension, Factor};
use crate::model::{Field, FundColumn, MoneyUnit, Severity};
use crate::text::plain;

/// D19.
pub const RULE: Rule = Rule {
    code: "D19",
    slug: "budget-as-indicator",
    title: "成本指标只是预算数",
    severity: Severity::Info,
    stage: Stage::MissingValues,
    page: include_str!("budget-as-indicator.md"),
    check,
};

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let Some(target) = &indicator.target else { continue };
        let Some(same) = same_budget(context, row).filter(|_| !findings.is_explained(target.cell)) else {
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

/// The budget that a cost's limit is.
pub(super) struct SameBudget<'a> {
    budget: &'a Field<Decimal>,
    column: FundColumn,
    unit: MoneyUnit,
    label: CellAddress,
}

/// The budget of the fund block's total that equals the limit of this cost; `None` where the row is no cost or its
/// limit another.
pub(super) fn same_budget<'a>(context: &RuleContext<'a>, row: usize) -> Option<SameBudget<'a>> {
    let (fund_row, total) = context.fund_total()?;
    let unit = context.evaluation().money_unit?;
    let limit = cost_limit(context, row)?;
    let budgets = [
        (&total.annual_budget, FundColumn::AnnualBudget),
        (&total.initial_budget, FundColumn::InitialBudget),
    ];
    budgets.into_iter().find_map(|(budget, column)| {
        let budget = budget.as_ref()?;
        let budget_yuan = budget.value.checked_mul(amounts::yuan(unit))?;
        (budget_yuan == limit).then(|| SameBudget {
            budget,
            column,
            unit,
            label: context.fund_cell(fund_row, FundColumn::Label).unwrap_or(budget.cell),
        })
    })
}

/// Words of a cost of one unit.
const OF_ONE: [Word; 6] = words!["单位", "每", "人均", "单价", "标准", "平均"];

/// The limit of a cost in yuan; `None` for costs of one unit and for what is no cost.
fn cost_limit(context: &RuleContext, row: usize) -> Option<Decimal> {
    let assessment = context.assessment(row)?;
    let texts = context.texts(row);
    if !texts.is_cost || texts.level3.has_any(&OF_ONE) {
        return None;
    }
    let quantity = assessment.target.quantity()?;
    let quantity = match &assessment.column_unit {
        Some(column) => quantity.with_column_unit(column),
        None => quantity.clone(),
    };
    // 208万 beside a cost is money without its 元.
    let is_money =
        quantity.unit.dimension() == Dimension::Money || (quantity.unit.is_none() && quantity.factor != Factor::ONE);
    if !is_money {
        return None;
    }
    quantity.base().filter(|yuan| *yuan > Decimal::ZERO)
}
