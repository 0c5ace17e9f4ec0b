//! B16: the percentage reached was taken for the part of the points earned, instead of what it is of the target.

use crate::model::measure::{Dimension, MeasureKind};
use crate::rescore::{Assessment, Direction};
use crate::rules::kit::score_checks;
use crate::rules::{Findings, RuleContext};
use crate::text::plain;

rule! { "B16", "percentage-used-as-score-rate", "把完成值的百分比当作得分率", Error, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    score_checks::report_whole_rows(context, findings, |whole, findings| {
        let (score, weight) = (whole.score, whole.weight);
        if !is_percentage(whole.assessment) {
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
                "得分应按完成值与指标值之比计算，不是分值乘完成的百分比；{}应得 {due} 分（{}），{} 填的 {} 是 {} × {}。",
                context.name(whole.row),
                whole.item.trace,
                score.cell,
                plain(score.value),
                plain(weight.value),
                whole.actual.text.trim()
            ),
            format!("把 {} 改为 {due}。", score.cell),
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
    let is_ratio =
        |kind: &MeasureKind| matches!(kind, MeasureKind::Quantity(q) if q.unit.dimension() == Dimension::Ratio);
    assessment.is_scored_by_figures(Direction::Positive)
        && (is_ratio(&assessment.target.kind) || is_ratio(&assessment.actual.kind))
}
