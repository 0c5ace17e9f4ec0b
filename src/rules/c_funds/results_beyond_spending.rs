//! C17: the indicators are nearly full although little of the money was spent.

use rust_decimal::Decimal;

use crate::rules::kit::rates::Spending;
use crate::rules::kit::{rates, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C17", "results-beyond-spending", "指标得分率远高于预算执行率", Info, TotalScore }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(most) = context.standard.execution.result_gap else {
        return;
    };
    let explained = context
        .funds()
        .filter_map(|(_, fund)| fund.reason.as_ref())
        .any(|reason| !words::is_empty_reason(&reason.value));
    let Some(spending) = rates::total_spending(context, findings).filter(|_| !explained) else {
        return;
    };
    let Spending {
        row,
        annual,
        executed,
        rate_cell,
        rate,
    } = spending;
    let Some((points, weights)) = earned(context, findings) else {
        return;
    };
    let Some(score_rate) = points.checked_div(weights).filter(|rate| *rate > Decimal::ZERO) else {
        return;
    };
    let gap = score_rate.saturating_sub(rate).checked_div(score_rate);
    if gap.is_none_or(|gap| gap <= most) {
        return;
    }
    findings.report(
        Finding::new(
            executed.cell,
            format!(
                "钱花得少而指标完成得好的，应说明原因；{} 执行 {} ÷ {} 预算 {}，执行率 {}，各项指标得分 {} ÷ 分值 {}，得分率 {}。",
                executed.cell,
                plain(executed.value),
                annual.cell,
                plain(annual.value),
                words::percent(rate),
                plain(points),
                plain(weights),
                words::percent(score_rate)
            ),
            format!(
                "核对 {}、{} 和各项完成值；属于跨年结算、节约资金的，写明原因。",
                executed.cell, annual.cell
            ),
        )
        .field(format!("funds[{row}].executed"))
        .basis("公开的绩效系统预警规则：指标得分率明显高于预算执行率的预警")
        .related([Some(annual.cell), rate_cell].into_iter().flatten()),
    );
}

/// Points earned and points possible of the indicators; `None` where a row lacks one or is wrong.
fn earned(context: &RuleContext, findings: &Findings) -> Option<(Decimal, Decimal)> {
    let (mut points, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for (_, indicator) in context.indicators() {
        if !RuleContext::claims_points(indicator) {
            continue;
        }
        let (score, weight) = (indicator.score.as_ref()?, indicator.weight.as_ref()?);
        if findings.any_condemned([Some(score.cell), Some(weight.cell)]) {
            return None;
        }
        points = points.checked_add(score.value)?;
        weights = weights.checked_add(weight.value)?;
    }
    (weights > Decimal::ZERO).then_some((points, weights))
}
