//! B22: an indicator that does not apply has kept its points.

use rust_decimal::Decimal;

use crate::model::RescoredRow;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B22", "points-for-not-applicable", "不适用的指标仍计得分", Warning, MissingValues }

const NOT_APPLICABLE: [&str; 6] = ["不适用", "不涉及", "未涉及", "无此项", "N/A", "NA"];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator, texts) in context.rows() {
        let (Some(score), Some(actual)) = (&indicator.score, &indicator.actual) else {
            continue;
        };
        let says = texts.actual.trim_end_matches('。');
        if score.value <= Decimal::ZERO
            || !NOT_APPLICABLE.iter().any(|word| says.eq_ignore_ascii_case(word))
            || findings.any_condemned([Some(score.cell), Some(actual.cell)])
        {
            continue;
        }
        let weight = indicator.weight.as_ref().map_or(score.value, |weight| weight.value);
        findings.condemn(actual.cell);
        findings.condemn(score.cell);
        findings.bound_score(RescoredRow::Indicator(row), Decimal::ZERO, weight.max(score.value));
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "不适用的指标不应计得分；{}的完成值（{}）写的是“{}”，{} 却得 {} 分。",
                    context.name(row),
                    actual.cell,
                    words::shortened(&actual.text),
                    score.cell,
                    plain(score.value)
                ),
                format!(
                    "确实不适用的，把这项分值按规定调到其他指标，{} 不再计分；适用的，在 {} 填写完成情况。",
                    score.cell, actual.cell
                ),
            )
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .basis(&context.standard.clauses.targets)
            .related(
                [Some(actual.cell), indicator.weight.as_ref().map(|weight| weight.cell)]
                    .into_iter()
                    .flatten(),
            ),
        );
    }
}
