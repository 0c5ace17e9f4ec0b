//! B18: a target was far exceeded, and nothing says why.

use crate::model::IndicatorField;
use crate::rescore::Direction;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

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
        let figures = assessment.figures.as_ref();
        let reached = figures
            .filter(|_| assessment.direction == Some(Direction::Positive))
            .and_then(|figures| figures.achievement)
            .filter(|reached| *reached >= threshold);
        let from_zero = context.standard.over_achievement.from_zero;
        let beyond_zero = from_zero
            .filter(|least| figures.is_some_and(|figures| figures.target.is_zero() && figures.actual >= *least));
        let (law, share) = match (reached, beyond_zero) {
            (Some(reached), _) => (
                format!("完成值达到指标值 {} 及以上的，应说明原因", words::percent(threshold)),
                format!("是指标值的 {}，", words::percent(reached)),
            ),
            (None, Some(least)) => (
                format!("指标值为 0 的，完成值达到 {} 就应说明原因", plain(least)),
                String::new(),
            ),
            (None, None) => continue,
        };
        let reason = context.indicator_cell(row, IndicatorField::Reason);
        // A form without the column explains elsewhere.
        let Some(reason) = reason.filter(|_| context.has_column(IndicatorField::Reason)) else {
            continue;
        };
        if context.has_reason(row) || findings.any_condemned([target.cell, actual.cell, reason].map(Some)) {
            continue;
        }
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "{law}；{}指标值（{}）{}，完成值（{}）{}，{share}原因栏 {reason} 是空的。",
                    context.name(row),
                    target.cell,
                    target.text.trim(),
                    actual.cell,
                    actual.text.trim()
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
