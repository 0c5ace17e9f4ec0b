//! C18: next to nothing was spent, and all was delivered.

use rust_decimal::Decimal;

use crate::model::Field;
use crate::rules::kit::output_kinds::OutputKind;
use crate::rules::kit::rates::Spending;
use crate::rules::kit::{amounts, rates, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C18", "results-without-spending", "资金基本没有支出而产出全部完成", Warning, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(least) = context.standard.execution.hardly_spent else {
        return;
    };
    let Some(spending) = rates::total_spending(context, findings) else {
        return;
    };
    let Spending {
        row,
        annual,
        executed,
        rate_cell,
        rate,
    } = spending;
    if rate >= least || executed.value <= Decimal::ZERO || rates::spending_is_explained(context) {
        return;
    }
    let Some(outputs) = delivered(context, findings) else {
        return;
    };
    let Some(&(first, actual)) = outputs.first() else {
        return;
    };
    let cells: Vec<_> = outputs.iter().map(|(_, actual)| actual.cell).collect();
    let unit_cost = unit_cost(context, first, executed.value)
        .map_or_else(String::new, |cost| format!("，平均每一单位只花 {} 元", plain(cost)));
    findings.condemn(executed.cell);
    findings.report(
        Finding::new(
            executed.cell,
            format!(
                "支出应与产出相称；{} 执行 {} ÷ {} 预算 {}，执行率 {}，而数量指标（{}）全部完成，如{}完成“{}”{unit_cost}，没有写原因。",
                executed.cell,
                plain(executed.value),
                annual.cell,
                plain(annual.value),
                words::percent(rate),
                words::cells(&cells),
                context.name(first),
                words::shortened(&actual.text)
            ),
            format!(
                "核对 {} 的数和单位；资金尚未支付或由其他资金支付的，写明原因。",
                executed.cell
            ),
        )
        .field(format!("funds[{row}].executed"))
        .declared(plain(executed.value))
        .basis(&context.standard.clauses.funds)
        .related([annual.cell].into_iter().chain(rate_cell).chain(cells)),
    );
}

/// Returns the rows of quantities with their actuals, if every one is a figure that reaches its target.
fn delivered<'a>(context: &RuleContext<'a>, findings: &Findings) -> Option<Vec<(usize, &'a Field<String>)>> {
    context
        .rows()
        .filter(|(_, _, texts)| texts.output_kind == Some(OutputKind::Quantity))
        .map(|(row, indicator, _)| {
            let assessment = context.assessment(row)?;
            let actual = indicator.actual.as_ref()?;
            let is_positive = assessment
                .figures
                .as_ref()
                .is_some_and(|figures| figures.actual > Decimal::ZERO);
            (is_positive && assessment.met == Some(true) && !findings.is_explained(actual.cell))
                .then_some((row, actual))
        })
        .collect()
}

/// Yuan spent on each unit of the row's actual; `None` where nothing was spent or the unit of money is unknown.
fn unit_cost(context: &RuleContext, row: usize, executed: Decimal) -> Option<Decimal> {
    let unit = context.evaluation().money_unit?;
    let done = context.assessment(row)?.actual.quantity()?.scaled()?;
    let cost = executed.checked_mul(amounts::yuan(unit))?.checked_div(done)?;
    (cost > Decimal::ZERO).then(|| cost.round_dp(2))
}
