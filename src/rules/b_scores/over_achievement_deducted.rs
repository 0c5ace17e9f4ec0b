//! B19: points were taken off for far exceeding a target, which the standard does not allow.

use crate::model::{RescoredRow, RescoringMethod};
use crate::rescore::Direction;
use crate::rules::kit::score_checks::WholeRow;
use crate::rules::kit::{score_checks, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::standard::OverAchievementDeduction;
use crate::text::plain;

rule! { "B19", "over-achievement-deducted", "标准规定超额完成不扣分却扣了分", Warning, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    let over = &context.standard.over_achievement;
    if over.deduction != OverAchievementDeduction::Never {
        return;
    }
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
        let reached = assessment.figures.as_ref().and_then(|figures| figures.achievement);
        let Some(reached) = reached.filter(|reached| *reached >= over.threshold) else {
            continue;
        };
        if assessment.method != RescoringMethod::Full
            || assessment.direction != Some(Direction::Positive)
            || score.value >= weight.value
            || whole.is_condemned(findings)
            || findings.is_weight_doubtful(RescoredRow::Indicator(row))
        {
            continue;
        }
        let Some((least, greatest)) = score_checks::refused(item) else {
            continue;
        };
        findings.condemn(score.cell);
        findings.bound_score(RescoredRow::Indicator(row), least, greatest);
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "所用标准规定超额完成不扣分；{}完成值（{}）{} 是指标值（{}）{} 的 {}，应得满分 {}，{} 填的是 {}。",
                    context.name(row),
                    actual.cell,
                    actual.text.trim(),
                    target.cell,
                    target.text.trim(),
                    words::percent(reached),
                    plain(weight.value),
                    score.cell,
                    plain(score.value)
                ),
                format!(
                    "把 {} 改为 {}；偏离的原因在原因栏说明即可。",
                    score.cell,
                    plain(weight.value)
                ),
            )
            .field(format!("indicators[{row}].score"))
            .figures(score.value, weight.value)
            .basis(&context.standard.clauses.over_achievement)
            .related([target.cell, actual.cell, weight.cell]),
        );
    }
}
