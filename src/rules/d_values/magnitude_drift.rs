//! D05: target and actual are powers of ten apart, as when a percent sign or a 万 is missing.

use rust_decimal::Decimal;

use crate::model::measure::{Dimension, MeasureKind};
use crate::model::{RescoredRow, RescoringItem};
use crate::rescore::{Assessment, is_times};
use crate::rules::kit::{score_checks, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D05", "magnitude-drift", "完成值与指标值相差整十、百、千或万倍", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else {
            continue;
        };
        let Some(assessment) = context.assessment(row) else {
            continue;
        };
        let Some(times) = assessment.times_apart else { continue };
        let item = context.indicator_item(row);
        if findings.any_condemned([target.cell, actual.cell].map(Some)) || is_plausible(assessment, times, item) {
            continue;
        }
        findings.condemn(actual.cell);
        if let (Some(score), Some(weight)) = (&indicator.score, &indicator.weight)
            && item.is_none_or(|item| item.rescored != Some(score.value))
        {
            findings.condemn(score.cell);
            findings.bound_score(
                RescoredRow::Indicator(row),
                Decimal::ZERO,
                weight.value.max(score.value),
            );
        }
        let (wanted, given) = (words::shortened(&target.text), words::shortened(&actual.text));
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "完成值与指标值应按同一单位填写；{}指标值（{}）是“{wanted}”，完成值（{}）是“{given}”，相差 {times} 倍{}，像是漏写或错写了单位、百分号或小数点。",
                    context.name(row),
                    target.cell,
                    actual.cell,
                    if is_exact(assessment, times) { "" } else { "左右" }
                ),
                format!("核对 {} 的数值和单位，按指标值的写法重填。", actual.cell),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(given)
            .basis(&context.standard.clauses.targets)
            .related([target.cell]),
        );
    }
}

/// A hundred is what a percent sign stands for; yuan under a column of wan are seldom a round number.
fn is_exact(assessment: &Assessment, times: u32) -> bool {
    const MYRIAD: u32 = 10_000;
    let figures = assessment.figures.as_ref();
    times < MYRIAD || figures.is_none_or(|figures| is_times(times, figures.target, figures.actual))
}

/// Things are counted in any number; and ten times more or less of anything else is believed where the score agrees.
fn is_plausible(assessment: &Assessment, times: u32, item: Option<&RescoringItem>) -> bool {
    let counts_things =
        |kind: &MeasureKind| matches!(kind, MeasureKind::Quantity(q) if q.unit.dimension() == Dimension::Count);
    let one = assessment
        .figures
        .as_ref()
        .is_some_and(|figures| figures.target == Decimal::ONE);
    let counts = counts_things(&assessment.target.kind) && counts_things(&assessment.actual.kind);
    let agrees = item.is_some_and(|item| item.declared.is_some() && score_checks::refused(item).is_none());
    (counts && (one || times == 10)) || (times == 10 && agrees)
}
