//! B07: less than nothing was reached of something that can only be reached.

use rust_decimal::Decimal;

use crate::model::measure::MeasureKind;
use crate::model::{Indicator, RescoredRow};
use crate::rescore::{Assessment, Direction};
use crate::rules::kit::{score_checks, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "B07", "negative-actual", "完成值为负数", Warning, MissingValues }

/// Things that can fall below zero.
const MAY_BE_NEGATIVE: [&str; 17] = [
    "增", "降", "减", "变化", "变动", "涨", "幅", "利润", "收益", "盈", "差", "温", "同比", "环比", "结余", "净", "偏",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else {
            continue;
        };
        let Some(assessment) = context.assessment(row) else {
            continue;
        };
        if !is_impossible(assessment, indicator) || findings.any_condemned([target.cell, actual.cell].map(Some)) {
            continue;
        }
        let item = context.indicator_item(row);
        let mut consequence = String::new();
        findings.condemn(actual.cell);
        if let (Some(score), Some(weight), Some(item)) = (&indicator.score, &indicator.weight, item)
            && score_checks::refused(item).is_some()
        {
            findings.condemn(score.cell);
            findings.bound_score(
                RescoredRow::Indicator(row),
                Decimal::ZERO,
                weight.value.max(score.value),
            );
            consequence = format!("负数按 0 计，得分 {} 也须随之核对。", score.cell);
        }
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "完成值不能是负数；{}指标值（{}）是“{}”，完成值（{}）填的是“{}”。{consequence}",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    actual.cell,
                    words::shortened(&actual.text)
                ),
                format!("核对 {}，多写了负号的去掉；没有完成的填 0 并说明原因。", actual.cell),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(actual.text.trim())
            .basis(&context.standard.clauses.targets)
            .related(
                [Some(target.cell), indicator.score.as_ref().map(|score| score.cell)]
                    .into_iter()
                    .flatten(),
            ),
        );
    }
}

/// Returns a target above zero of which more is better, and an actual below zero.
fn is_impossible(assessment: &Assessment, indicator: &Indicator) -> bool {
    let is_quantity = matches!(assessment.target.kind, MeasureKind::Quantity(_));
    let is_below = assessment
        .figures
        .as_ref()
        .is_some_and(|figures| figures.target > Decimal::ZERO && figures.actual < Decimal::ZERO);
    if !is_quantity || !is_below || assessment.direction != Some(Direction::Positive) {
        return false;
    }
    let may_be = [
        &indicator.level2,
        &indicator.level3,
        &indicator.target,
        &indicator.actual,
    ]
    .into_iter()
    .flatten()
    .any(|text| MAY_BE_NEGATIVE.iter().any(|word| text.value.contains(word)));
    !may_be
}
