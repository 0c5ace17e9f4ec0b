//! B16: the percentage reached was taken for the part of the points earned, instead of what it is of the target.

use crate::model::RescoredRow;
use crate::model::measure::{Dimension, MeasureKind};
use crate::rescore::{Assessment, Direction};
use crate::rules::kit::score_checks;
use crate::rules::kit::score_checks::WholeRow;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B16", "percentage-used-as-score-rate", "把完成值的百分比当作得分率", Error, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    for whole in score_checks::whole_rows(context) {
        let WholeRow {
            row,
            score,
            weight,
            target,
            actual,
            item,
            assessment,
        } = whole;
        if whole.is_condemned(findings)
            || findings.is_weight_doubtful(RescoredRow::Indicator(row))
            || !is_percentage(assessment)
        {
            continue;
        }
        let (Some(figures), Some((least, greatest))) = (&assessment.figures, score_checks::refused(item)) else {
            continue;
        };
        let Some(by_percentage) = weight.value.checked_mul(figures.actual) else {
            continue;
        };
        let (low, high) = context.standard.accepted_roundings(by_percentage);
        if score.value < low || score.value > high {
            continue;
        }
        findings.condemn(score.cell);
        findings.bound_score(RescoredRow::Indicator(row), least, greatest);
        let due = score_checks::due(least, greatest);
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "得分应按完成值与指标值之比计算，不是分值乘完成的百分比；{}应得 {due} 分（{}），{} 填的 {} 是 {} × {}。",
                    context.name(row),
                    item.trace,
                    score.cell,
                    plain(score.value),
                    plain(weight.value),
                    actual.text.trim()
                ),
                format!("把 {} 改为 {due}。", score.cell),
            )
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .expected(due)
            .difference(score_checks::distance(score.value, least, greatest))
            .basis(&context.standard.clauses.quantitative)
            .related([target.cell, actual.cell, weight.cell]),
        );
    }
}

/// Returns two percentages of which more is better.
fn is_percentage(assessment: &Assessment) -> bool {
    let is_ratio =
        |kind: &MeasureKind| matches!(kind, MeasureKind::Quantity(q) if q.unit.dimension() == Dimension::Ratio);
    assessment.is_scored_by_figures(Direction::Positive)
        && (is_ratio(&assessment.target.kind) || is_ratio(&assessment.actual.kind))
}
