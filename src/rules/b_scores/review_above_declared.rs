//! B24: the review gives a row more points than the unit itself, or more than the row has.

use crate::model::{IndicatorField, RescoredRow, Severity};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B24", "review-above-declared", "复核得分高于自评得分或分值", Info, RowScores }

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.has_column(IndicatorField::ReviewScore) {
        return;
    }
    for (row, indicator) in context.indicators() {
        let Some(review) = indicator
            .review_score
            .as_ref()
            .filter(|review| !findings.is_condemned(review.cell))
        else {
            continue;
        };
        let weight = indicator
            .weight
            .as_ref()
            .filter(|weight| review.value > weight.value && !findings.is_condemned(weight.cell))
            .filter(|_| !findings.is_weight_doubtful(RescoredRow::Indicator(row)));
        let above = indicator
            .score
            .as_ref()
            .filter(|score| review.value > score.value && !findings.is_condemned(score.cell));
        let (limit, severity, fact, way_out) = match (weight, above) {
            (Some(weight), _) => (
                weight,
                Severity::Error,
                format!("复核得分不得超过分值；{}的分值", context.name(row)),
                format!("更正 {}，最高为 {} 分。", review.cell, plain(weight.value)),
            ),
            (None, Some(score)) => (
                score,
                Severity::Info,
                format!("复核一般不会高于自评；{}的自评得分", context.name(row)),
                format!("核对 {} 是不是填错了；确实应当调高的，在备注中写明理由。", review.cell),
            ),
            (None, None) => continue,
        };
        findings.report(
            Finding::new(
                review.cell,
                format!(
                    "{fact}（{}）是 {}，复核得分（{}）填了 {}。",
                    limit.cell,
                    plain(limit.value),
                    review.cell,
                    plain(review.value)
                ),
                way_out,
            )
            .severity(severity)
            .field(format!("indicators[{row}].review_score"))
            .figures(review.value, limit.value)
            .basis(&context.standard.clauses.quantitative)
            .related([limit.cell]),
        );
    }
}
