//! G08: one indicator carries half of all points.

use rust_decimal::Decimal;

use crate::model::RescoredRow;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "G08", "weight-concentrated", "一项指标占一半以上分值", Info, WeightTotals }

/// Fewer indicators cannot but weigh much.
const FEWEST: usize = 5;

fn check(context: &RuleContext, findings: &mut Findings) {
    if context.evaluation().indicators.len() < FEWEST {
        return;
    }
    if findings.are_weights_explained() || context.has_condemned_weight(findings) {
        return;
    }
    let full = context.full_marks();
    let tolerance = context.standard.tolerance.weight;
    // Points of another scale than the hundred say nothing.
    let Some(sum) = context.sum_of_weights() else { return };
    let with_fund = sum.saturating_add(context.execution_weight().unwrap_or_default());
    if [sum, with_fund]
        .iter()
        .all(|sum| sum.saturating_sub(full).abs() > tolerance)
    {
        return;
    }
    for (row, indicator) in context.indicators() {
        // A table of levels only gives its points to kinds of indicators.
        let (Some(weight), Some(_), Some(_)) = (&indicator.weight, &indicator.level1, &indicator.level3) else {
            continue;
        };
        if weight.value.saturating_mul(Decimal::TWO) < full || findings.is_weight_doubtful(RescoredRow::Indicator(row))
        {
            continue;
        }
        findings.report(
            Finding::new(
                weight.cell,
                format!(
                    "分值应当分布到各项指标；{}一项就有 {} 分（{}），占总分 {} 的一半以上。",
                    context.name(row),
                    plain(weight.value),
                    weight.cell,
                    plain(full)
                ),
                format!("把 {} 考核的内容细化为几项指标，分别赋分。", weight.cell),
            )
            .field(format!("indicators[{row}].weight"))
            .declared(plain(weight.value))
            .basis(&context.standard.clauses.weights),
        );
    }
}
