//! E01: points were deducted and nobody says why.

use crate::model::{Field, IndicatorField, RescoredRow};
use crate::rules::kit::{in_words, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "E01", "deviation-reason-missing", "扣分或未完成没有说明原因", Error, Reasons }

/// Rules that say what a score should be instead.
const CORRECTING: [&str; 5] = ["A09", "B02", "B04", "B11", "B16"];

fn check(context: &RuleContext, findings: &mut Findings) {
    if context.has_no_points() {
        check_unmet(context, findings);
        return;
    }
    for (row, indicator) in context.indicators() {
        let (Some(weight), Some(score)) = (&indicator.weight, &indicator.score) else {
            continue;
        };
        if context.has_reason(row)
            || findings.any_condemned([Some(weight.cell)])
            || findings.is_weight_doubtful(RescoredRow::Indicator(row))
        {
            continue;
        }
        let tolerance = context.standard.tolerance.score;
        // A score that another finding corrects may still be below the weight once it is corrected.
        let corrected = findings
            .explained_by(score.cell)
            .filter(|code| CORRECTING.contains(code))
            .and_then(|_| findings.possible_score(RescoredRow::Indicator(row)));
        let deduction = match corrected {
            Some((_, greatest)) => weight.value.saturating_sub(greatest),
            None if findings.is_condemned(score.cell) => continue,
            None => weight.value.saturating_sub(score.value),
        };
        if deduction < tolerance {
            continue;
        }
        let fact = match corrected {
            Some(_) => format!(
                "得分 {}（{}）更正后仍要扣 {} 分",
                plain(score.value),
                score.cell,
                plain(deduction.normalize())
            ),
            None => format!(
                "得分 {}（{}），扣 {} 分",
                plain(score.value),
                score.cell,
                plain(deduction)
            ),
        };
        let reason = context.indicator_cell(row, IndicatorField::Reason);
        if findings.any_condemned([reason]) {
            continue;
        }
        let place = reason.map_or_else(String::new, |cell| format!("（{cell}）"));
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "得分低于分值的，应说明偏差原因和改进措施；{}分值 {}、{fact}，原因栏{place}{}。",
                    context.name(row),
                    plain(weight.value),
                    what_it_says(indicator.reason.as_ref()),
                ),
                format!("在原因栏{place}写明扣分原因和改进措施。"),
            )
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .basis(&context.standard.clauses.reasons)
            .related([weight.cell].into_iter().chain(reason)),
        );
    }
}

/// Targets that were not reached, in a form without points.
fn check_unmet(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual), Some(assessment)) =
            (&indicator.target, &indicator.actual, context.assessment(row))
        else {
            continue;
        };
        let reason = context.indicator_cell(row, IndicatorField::Reason);
        let is_unmet = assessment.met == Some(false) || in_words::shortfall(indicator, assessment).is_some();
        if !is_unmet
            || context.has_reason(row)
            || findings.any_condemned([Some(target.cell), Some(actual.cell), reason])
        {
            continue;
        }
        let place = reason.map_or_else(String::new, |cell| format!("（{cell}）"));
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "没有完成指标值的，应说明原因和改进措施；{}的指标值（{}）是“{}”，完成值（{}）是“{}”，原因栏{place}{}。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    actual.cell,
                    words::shortened(&actual.text),
                    what_it_says(indicator.reason.as_ref())
                ),
                format!("在原因栏{place}写明未完成的原因和改进措施；完成值填错的，改正 {}。", actual.cell),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.reasons)
            .related([target.cell].into_iter().chain(reason)),
        );
    }
}

/// Returns what a reason that says nothing says.
fn what_it_says(reason: Option<&Field<String>>) -> String {
    match reason.map(|reason| reason.text.trim()).filter(|text| !text.is_empty()) {
        Some(text) => format!("只写了“{}”", words::shortened(text)),
        None => "是空的".to_owned(),
    }
}
