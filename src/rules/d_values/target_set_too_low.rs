//! D21: a target exceeded several times over, so that it measured nothing.

use rust_decimal::Decimal;

use crate::model::IndicatorField;
use crate::model::measure::Dimension;
use crate::rescore::Direction;
use crate::rules::kit::{reasons, signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D21", "target-set-too-low", "指标值定得过低", Info, Reasons }

/// What a reason may blame: the target, not the market.
const TARGETS: [&str; 9] = [
    "目标",
    "指标",
    "计划",
    "设定",
    "设置",
    "定得",
    "任务数",
    "年初数",
    "预期值",
];

/// What is wrong with it.
const TOO_LOW: [&str; 5] = ["偏低", "过低", "较低", "定低", "保守"];

/// Words that say both.
const MISJUDGED: [&str; 6] = ["低估", "预估不足", "预计不足", "估计不足", "测算不足", "预判不足"];

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(times) = context.standard.over_achievement.set_too_low else {
        return;
    };
    let has_reasons = context.has_column(IndicatorField::Reason);
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual), Some(assessment)) =
            (&indicator.target, &indicator.actual, context.assessment(row))
        else {
            continue;
        };
        let Some(figures) = assessment
            .figures
            .as_ref()
            .filter(|_| assessment.direction == Some(Direction::Positive))
        else {
            continue;
        };
        // One more of a few is no sign of a low target.
        let is_small = figures.target < FEWEST && signs::dimension(assessment) == Some(Dimension::Count);
        let Some(reached) = figures.achievement.filter(|reached| *reached >= times && !is_small) else {
            continue;
        };
        let is_full = reasons::lost(indicator).is_some_and(|lost| lost <= context.standard.tolerance.score);
        let reason = indicator.reason.as_ref().filter(|_| context.has_written_reason(row));
        // A form with room for reasons that gives none is B18's; another reason than the target's is one.
        let is_due = match reason {
            Some(reason) => blames_target(&reason.value),
            None => !has_reasons,
        };
        if !is_full || !is_due || findings.any_condemned([target.cell, actual.cell].map(Some)) {
            continue;
        }
        let admitted = reason.map_or_else(String::new, |reason| {
            format!("，原因（{}）也说是指标值定得低", reason.cell)
        });
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "年初指标值明显偏低的，应按偏离度适度调减分值；{}指标值（{}）{}，完成值（{}）{}，是指标值的 {}{admitted}，得了满分。",
                    context.name(row),
                    target.cell,
                    target.text.trim(),
                    actual.cell,
                    actual.text.trim(),
                    words::percent(reached)
                ),
                format!(
                    "核对 {}、{} 的数和单位；指标值确实定低了的，酌减得分，下年按实际水平设定。",
                    target.cell, actual.cell
                ),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(actual.text.trim())
            .basis(&context.standard.clauses.over_achievement)
            .related([Some(target.cell), reason.map(|reason| reason.cell)].into_iter().flatten()),
        );
    }
}

/// Counts below this double easily.
const FEWEST: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// Returns whether some clause of a reason says that the target was too low.
fn blames_target(reason: &str) -> bool {
    let says = |clause: &str, words: &[&str]| words.iter().any(|word| clause.contains(word));
    words::tight(reason)
        .split([',', '。', ';', '、', ':'])
        .any(|clause| says(clause, &MISJUDGED) || (says(clause, &TARGETS) && says(clause, &TOO_LOW)))
}
