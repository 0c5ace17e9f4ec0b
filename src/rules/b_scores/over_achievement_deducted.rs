//! B19: points were taken off for far exceeding a target, which the standard does not allow.

use crate::model::RescoringMethod;
use crate::rescore::Direction;
use crate::rules::kit::{score_checks, words};
use crate::rules::{Findings, RuleContext};
use crate::standard::OverAchievementDeduction;
use crate::text::plain;

rule! { "B19", "over-achievement-deducted", "标准规定超额完成不扣分却扣了分", Warning, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    let over = &context.standard.over_achievement;
    if over.deduction != OverAchievementDeduction::Never {
        return;
    }
    score_checks::report_whole_rows(context, findings, |whole, findings| {
        let (score, weight, target, actual) = (whole.score, whole.weight, whole.target, whole.actual);
        let assessment = whole.assessment;
        let reached = assessment.figures.as_ref().and_then(|figures| figures.achievement);
        let reached = reached.filter(|reached| *reached >= over.threshold)?;
        if assessment.method != RescoringMethod::Full
            || assessment.direction != Some(Direction::Positive)
            || score.value >= weight.value
            || whole.is_condemned(findings)
        {
            return None;
        }
        score_checks::refuse(findings, whole.row, score, whole.item)?;
        let finding = whole.at_score(
            format!(
                "所用标准规定超额完成不扣分；{}完成值（{}）{} 是指标值（{}）{} 的 {}，复算为满分 {}，{} 填的是 {}。",
                context.name(whole.row),
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
        );
        Some(
            finding
                .figures(score.value, weight.value)
                .basis(&context.standard.clauses.over_achievement),
        )
    });
}
