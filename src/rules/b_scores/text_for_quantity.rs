//! B20: a figure was aimed at, and words are given for what was achieved.

use rust_decimal::Decimal;

use crate::model::RescoredRow;
use crate::model::measure::MeasureKind;
use crate::rescore::Assessment;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "B20", "text-for-quantity", "定量指标的完成值不是数量", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else {
            continue;
        };
        let Some(score) = indicator.score.as_ref().filter(|score| score.value > Decimal::ZERO) else {
            continue;
        };
        if words::given(Some(actual)).is_none() || findings.any_condemned([Some(actual.cell), Some(score.cell)]) {
            continue;
        }
        let is_text = |assessment| is_text_for_quantity(assessment, &actual.value);
        if !context.assessment(row).is_some_and(is_text) {
            continue;
        }
        findings.condemn(actual.cell);
        findings.condemn(score.cell);
        let weight = indicator
            .weight
            .as_ref()
            .map_or(score.value, |weight| weight.value.max(score.value));
        findings.bound_score(RescoredRow::Indicator(row), Decimal::ZERO, weight);
        let (wanted, given) = (words::shortened(&target.text), words::shortened(&actual.text));
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "指标值是数量的，完成值也应填数量；{}的指标值（{}）是“{wanted}”，完成值（{}）写的是“{given}”，无法核对得分 {}。",
                    context.name(row),
                    target.cell,
                    actual.cell,
                    score.cell
                ),
                format!("在 {} 填写实际完成的数量，并按完成比例计分。", actual.cell),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(given)
            .basis(&context.standard.clauses.quantitative)
            .related([target.cell, score.cell]),
        );
    }
}

/// Returns words alone where a figure is due; a claim about time is not.
fn is_text_for_quantity(assessment: &Assessment, said: &str) -> bool {
    assessment.is_text_for_quantity(said) && assessment.actual.kind != MeasureKind::Punctual
}
