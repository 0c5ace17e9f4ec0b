//! B16: the percentage reached was taken for the part of the points earned, instead of what it is of the target.

use rust_decimal::Decimal;

use crate::model::measure::{Dimension, MeasureKind};
use crate::model::{IndicatorField, Severity};
use crate::rescore::{Assessment, Direction};
use crate::rules::kit::score_checks;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B16", "percentage-used-as-score-rate", "把完成值的百分比当作得分率", Error, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    if context.has_column(IndicatorField::Weight) {
        with_weights(context, findings);
    } else {
        without_weights(context, findings);
    }
}

/// Where no weight is printed: the target is met, and the score is the percentage reached of a whole number of points.
fn without_weights(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (None, Some(score), Some(target), Some(actual), Some(assessment)) = (
            &indicator.weight,
            &indicator.score,
            &indicator.target,
            &indicator.actual,
            context.assessment(row),
        ) else {
            continue;
        };
        let (Some(true), Some(figures)) = (assessment.met, &assessment.figures) else {
            continue;
        };
        // Weights are whole or half: 9.5 may be one, 19.6 is none.
        let is_a_weight = score.value.saturating_mul(Decimal::TWO).fract().is_zero();
        if is_a_weight
            || !is_two_percentages(assessment)
            || assessment.direction != Some(Direction::Positive)
            || figures.actual <= Decimal::ZERO
            || figures.actual >= Decimal::ONE
            || findings.any_condemned([score.cell, target.cell, actual.cell].map(Some))
        {
            continue;
        }
        let points = score
            .value
            .checked_div(figures.actual)
            .filter(|points| points.fract().is_zero());
        let Some(points) = points.map(|points| plain(points.normalize())) else {
            continue;
        };
        findings.condemn(score.cell);
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "完成指标值的得满分，不是满分乘完成的百分比；{}完成值（{}）{} 已达到指标值（{}）{}，{} 填的 {} 正好是 {points} × {}。",
                    context.name(row),
                    actual.cell,
                    actual.text.trim(),
                    target.cell,
                    target.text.trim(),
                    score.cell,
                    plain(score.value),
                    actual.text.trim()
                ),
                format!("满分是 {points} 分的，把 {} 改为 {points}。", score.cell),
            )
            .severity(Severity::Warning)
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .expected(points)
            .basis(&context.standard.clauses.quantitative)
            .related([target.cell, actual.cell]),
        );
    }
}

fn with_weights(context: &RuleContext, findings: &mut Findings) {
    score_checks::report_whole_rows(context, findings, |whole, findings| {
        let (score, weight) = (whole.score, whole.weight);
        if whole.is_condemned(findings) || !is_percentage(whole.assessment) {
            return None;
        }
        let by_percentage = weight.value.checked_mul(whole.assessment.figures.as_ref()?.actual)?;
        let (low, high) = context.standard.accepted_roundings(by_percentage);
        if score.value < low || score.value > high {
            return None;
        }
        let (least, greatest) = score_checks::refuse(findings, whole.row, score, whole.item)?;
        let due = score_checks::due(least, greatest);
        let finding = whole.at_score(
            format!(
                "得分应按完成值与指标值之比计算，不是分值乘完成的百分比；{}复算 {due} 分（{}），{} 填的 {} 是 {} × {}。",
                context.name(whole.row),
                whole.item.trace,
                score.cell,
                plain(score.value),
                plain(weight.value),
                whole.actual.text.trim()
            ),
            format!("把 {} 改为 {}。", score.cell, score_checks::to_write(least, greatest)),
        );
        Some(
            finding
                .expected(due)
                .difference(score_checks::distance(score.value, least, greatest))
                .basis(&context.standard.clauses.quantitative),
        )
    });
}

/// Returns two percentages of which more is better.
fn is_percentage(assessment: &Assessment) -> bool {
    assessment.is_scored_by_figures(Direction::Positive) && is_two_percentages(assessment)
}

fn is_two_percentages(assessment: &Assessment) -> bool {
    let is_ratio =
        |kind: &MeasureKind| matches!(kind, MeasureKind::Quantity(q) if q.unit.dimension() == Dimension::Ratio);
    is_ratio(&assessment.target.kind) || is_ratio(&assessment.actual.kind)
}
