//! E01: points were deducted and nobody says why.

use crate::model::{IndicatorColumn, RescoredRow};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "E01", "deviation-reason-missing", "扣分没有说明原因", Error, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(weight), Some(score)) = (&indicator.weight, &indicator.score) else {
            continue;
        };
        let deduction = weight.value - score.value;
        if deduction < context.standard.tolerance.score
            || context.has_reason(row)
            || findings.any_condemned([Some(score.cell), Some(weight.cell)])
            || findings.is_weight_doubtful(RescoredRow::Indicator(row))
        {
            continue;
        }
        let reason = context.indicator_cell(row, IndicatorColumn::Reason);
        if findings.any_condemned([reason]) {
            continue;
        }
        let place = reason.map_or_else(String::new, |cell| format!("（{cell}）"));
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "得分低于分值的，应说明偏差原因和改进措施；{}分值 {}、得分 {}（{}），扣 {} 分，原因栏{place}是空的。",
                    context.name(row),
                    plain(weight.value),
                    plain(score.value),
                    score.cell,
                    plain(deduction)
                ),
                format!("在原因栏{place}写明扣分原因和改进措施。"),
            )
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .basis(&context.standard.clauses.reasons)
            .related([weight.cell].into_iter().chain(reason)),
        );
    }
}
