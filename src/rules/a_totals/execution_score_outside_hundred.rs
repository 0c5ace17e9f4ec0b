//! A03: the fund block carries points on top of indicators that already make the full mark.

use crate::model::ExecutionScorePlace;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A03", "execution-score-outside-hundred", "预算执行率分值在百分之外", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    if context.rescoring.execution_score != ExecutionScorePlace::Outside {
        return;
    }
    let Some((row, fund)) = context.execution_row() else {
        return;
    };
    let Some(weight) = &fund.weight else { return };
    let sum = context.sum_of_weights().unwrap_or_default();
    findings.report(
        Finding::new(
            weight.cell,
            format!(
                "预算执行率的分值应包含在 {} 分之内；指标分值合计已有 {}，资金行 {} 又列 {} 分，合起来是 {}。本次核对不把这 {} 分计入总分。",
                plain(context.full_marks()),
                plain(sum),
                weight.cell,
                plain(weight.value),
                plain(sum + weight.value),
                plain(weight.value)
            ),
            format!("预算执行率不单独计分的，清空 {} 和同一行的得分；要计分的，把指标分值调减为 {}。", weight.cell, plain(context.full_marks() - weight.value)),
        )
        .field(format!("funds[{row}].weight"))
        .declared(plain(weight.value))
        .basis(&context.standard.clauses.weights)
        .related(fund.score.as_ref().map(|score| score.cell)),
    );
}
