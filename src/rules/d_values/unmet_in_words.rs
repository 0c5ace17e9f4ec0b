//! D24: full marks beside a result that falls short of its target in words, or comes late within the year.

use rust_decimal::Decimal;

use crate::model::measure::MeasureKind;
use crate::rules::kit::{in_words, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "D24", "unmet-in-words", "完成值没有达到指标值仍记满分", Warning, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual), Some(weight), Some(score), Some(assessment)) = (
            &indicator.target,
            &indicator.actual,
            &indicator.weight,
            &indicator.score,
            context.assessment(row),
        ) else {
            continue;
        };
        if weight.value <= Decimal::ZERO
            || score.value < weight.value
            || context.has_written_reason(row)
            || findings.any_condemned([target.cell, actual.cell, weight.cell, score.cell].map(Some))
        {
            continue;
        }
        let is_date = matches!(assessment.target.kind, MeasureKind::Date(_));
        let is_rank = matches!(assessment.target.kind, MeasureKind::Rank(_));
        let how = match in_words::shortfall(indicator, assessment) {
            Some(short) => format!("{} 少于 {}", short.actual.text, short.target.text),
            None if assessment.met == Some(false) && is_date => "晚于指标值".to_owned(),
            None if assessment.met == Some(false) && is_rank => "低于指标值".to_owned(),
            None => continue,
        };
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "没有达到指标值的不应记满分；{}的指标值（{}）是“{}”，完成值（{}）是“{}”，{how}，得分（{}）仍是满分 {}。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    actual.cell,
                    words::shortened(&actual.text),
                    score.cell,
                    plain(score.value)
                ),
                format!(
                    "按完成情况调整 {} 的得分并写明原因；完成值填错的，改正 {}。",
                    score.cell, actual.cell
                ),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.quantitative)
            .related([target.cell, score.cell]),
        );
    }
}
