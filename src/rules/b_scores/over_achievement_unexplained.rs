//! B18: a target was far exceeded, and nothing says why.

use crate::model::IndicatorColumn;
use crate::rescore::Direction;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "B18", "over-achievement-unexplained", "超额完成较多未说明原因", Warning, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    let threshold = context.standard.over_achievement.threshold;
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else {
            continue;
        };
        let Some(assessment) = context.assessment(row) else {
            continue;
        };
        let reached = assessment
            .figures
            .as_ref()
            .filter(|_| assessment.direction == Some(Direction::Positive))
            .and_then(|figures| figures.achievement);
        let Some(reached) = reached.filter(|reached| *reached >= threshold) else {
            continue;
        };
        let reason = context.indicator_cell(row, IndicatorColumn::Reason);
        // A form without the column explains elsewhere.
        let Some(reason) = reason.filter(|_| context.has_column(IndicatorColumn::Reason)) else {
            continue;
        };
        if context.has_reason(row) || findings.any_condemned([target.cell, actual.cell, reason].map(Some)) {
            continue;
        }
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "完成值达到指标值 {} 及以上的，应说明原因；{}指标值（{}）{}，完成值（{}）{}，是指标值的 {}，原因栏 {reason} 是空的。",
                    words::percent(threshold),
                    context.name(row),
                    target.cell,
                    target.text.trim(),
                    actual.cell,
                    actual.text.trim(),
                    words::percent(reached)
                ),
                format!("在 {reason} 写明超额完成的原因；完成值填错的改正，指标值定得偏低的下年调整。"),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(actual.text.trim())
            .basis(&context.standard.clauses.over_achievement)
            .related([target.cell, reason]),
        );
    }
}
