//! Costs whose limit is the budget itself.

use rust_decimal::Decimal;

use super::amounts;
use super::texts::{Word, words};
use crate::grid::CellAddress;
use crate::model::measure::{Dimension, Factor};
use crate::model::{Field, FundField, MoneyUnit};
use crate::rules::RuleContext;

/// The budget that a cost's limit is.
pub struct SameBudget<'a> {
    /// What the fund block says.
    pub budget: &'a Field<Decimal>,
    /// In which column.
    pub column: FundField,
    /// In which unit.
    pub unit: MoneyUnit,
    /// The label of its row.
    pub label: CellAddress,
}

/// Returns the budget of the fund block's total that equals the limit of this cost; `None` where the row is no cost
/// or its limit another.
pub fn same_budget<'a>(context: &RuleContext<'a>, row: usize) -> Option<SameBudget<'a>> {
    let (fund_row, total) = context.fund_total()?;
    let unit = context.evaluation().money_unit?;
    let limit = cost_limit(context, row)?;
    let budgets = [
        (&total.annual_budget, FundField::AnnualBudget),
        (&total.initial_budget, FundField::InitialBudget),
    ];
    budgets.into_iter().find_map(|(budget, column)| {
        let budget = budget.as_ref()?;
        let budget_yuan = budget.value.checked_mul(amounts::yuan(unit))?;
        (budget_yuan == limit).then(|| SameBudget {
            budget,
            column,
            unit,
            label: context.fund_cell(fund_row, FundField::Label).unwrap_or(budget.cell),
        })
    })
}

/// Words of a cost of one unit.
const OF_ONE: [Word; 6] = words!["单位", "每", "人均", "单价", "标准", "平均"];

/// Returns the limit of a cost in yuan; `None` for costs of one unit and for what is no cost.
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
