//! D10: full marks for something that was finished only after the evaluated year.

use crate::model::measure::{Date, MeasureKind};
use crate::model::{Field, RescoredRow, RescoringMethod, Severity};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "D10", "completed-after-year-end", "完成时间晚于评价年度仍记满分", Error, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(year) = &context.evaluation().year else { return };
    if !context.table.places.year_is_explicit {
        return;
    }
    if context.has_no_points() {
        without_points(context, findings, year);
        return;
    }
    for (row, indicator) in context.indicators() {
        let (Some(actual), Some(weight), Some(score), Some(assessment)) = (
            &indicator.actual,
            &indicator.weight,
            &indicator.score,
            context.assessment(row),
        ) else {
            continue;
        };
        let MeasureKind::Date(done) = &assessment.actual.kind else {
            continue;
        };
        let Some((first, _)) = done.span(Some(year.value)).filter(|_| done.year.is_some()) else {
            continue;
        };
        // Against a deadline the score itself is judged; one in a later year was agreed.
        let is_judged = assessment.method == RescoringMethod::Deadline || is_later(&assessment.target.kind, year.value);
        let is_full = weight.value > rust_decimal::Decimal::ZERO && score.value >= weight.value;
        if is_judged
            || !is_full
            || first <= year_end(year.value)
            || findings.any_condemned([actual.cell, score.cell, weight.cell].map(Some))
        {
            continue;
        }
        findings.condemn(score.cell);
        findings.bound_score(
            RescoredRow::Indicator(row),
            rust_decimal::Decimal::ZERO,
            weight.value.max(score.value),
        );
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "评价年度内没有完成的，不能记满分；{}的完成值（{}）是“{}”，晚于 {} 年底，得分（{}）仍是满分 {}。",
                    context.name(row),
                    actual.cell,
                    words::shortened(&actual.text),
                    year.value,
                    score.cell,
                    plain(score.value)
                ),
                format!(
                    "核对 {} 的日期；日期无误的，按逾期完成调整得分并说明原因。",
                    actual.cell
                ),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.targets)
            .related([year.cell, score.cell]),
        );
    }
}

/// Without points a reason is what is due. A deadline that was missed is E01's.
fn without_points(context: &RuleContext, findings: &mut Findings, year: &Field<i32>) {
    for (row, indicator) in context.indicators() {
        let (Some(actual), Some(assessment)) = (&indicator.actual, context.assessment(row)) else {
            continue;
        };
        let MeasureKind::Date(done) = &assessment.actual.kind else {
            continue;
        };
        let first = done.span(Some(year.value)).filter(|_| done.year.is_some());
        let is_late = first.is_some_and(|(first, _)| first > year_end(year.value));
        let is_judged = matches!(assessment.target.kind, MeasureKind::Date(_));
        if !is_late || is_judged || context.has_reason(row) || findings.is_condemned(actual.cell) {
            continue;
        }
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "评价年度内没有完成的，应写明原因；{}的完成值（{}）是“{}”，晚于 {} 年底，原因栏是空的。",
                    context.name(row),
                    actual.cell,
                    words::shortened(&actual.text),
                    year.value
                ),
                format!("核对 {} 的日期；日期无误的，写明逾期的原因和改进措施。", actual.cell),
            )
            .severity(Severity::Warning)
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.targets)
            .related([year.cell]),
        );
    }
}

const fn year_end(year: i32) -> Date {
    Date {
        year,
        month: 12,
        day: 31,
    }
}

fn is_later(target: &MeasureKind, year: i32) -> bool {
    matches!(target, MeasureKind::Date(deadline) if deadline.year.is_some_and(|written| written > year))
}
