//! D10: full marks for something that was finished only after the evaluated year.

use crate::model::measure::{Date, Deadline, MeasureKind};
use crate::model::{Field, RescoredRow, RescoringMethod, Severity};
use crate::rescore::Assessment;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;
use crate::text::words::{Word, any_in, words};

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
        let is_judged = assessment.method == RescoringMethod::Deadline
            || is_later(assessment, indicator.target.as_ref(), year.value)
            || is_put_off(indicator.reason.as_ref());
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
        let is_judged = matches!(assessment.target.kind, MeasureKind::Date(_))
            || is_later(assessment, indicator.target.as_ref(), year.value);
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

/// Returns whether the target itself lies behind the evaluated year: 次年2月底前, 2023-2024学年.
fn is_later(assessment: &Assessment, target: Option<&Field<String>>, year: i32) -> bool {
    const LATER: [Word; 12] = words![
        "次年",
        "下年",
        "下一年",
        "翌年",
        "来年",
        "后一年",
        "终了",
        "结束后",
        "学年",
        "学期",
        "跨年",
        "冬春",
    ];
    let is_dated = |deadline: &Deadline| deadline.year.is_some_and(|written| written > year);
    matches!(&assessment.target.kind, MeasureKind::Date(deadline) if is_dated(deadline))
        || target.is_some_and(|target| {
            any_in(&target.value, &LATER) || target.value.contains(plain((year.saturating_add(1)).into()).as_str())
        })
}

/// Returns whether a reason says that putting it off was agreed.
fn is_put_off(reason: Option<&Field<String>>) -> bool {
    const AGREED: [Word; 5] = words!["批复", "批准", "同意", "经批", "报经"];
    const PUT_OFF: [Word; 4] = words!["延期", "延长", "顺延", "推迟"];
    reason.is_some_and(|reason| any_in(&reason.value, &AGREED) && any_in(&reason.value, &PUT_OFF))
}
