//! Dates against deadlines. A date kept gives the whole weight; for one missed the regulation has no formula.

use super::assess::{Context, Expected, Outcome};
use crate::model::RescoringMethod;
use crate::model::measure::{Date, Deadline, MeasureKind, shown};

/// Returns a target that is a date.
pub(super) fn score(context: &Context<'_>, target: &Deadline) -> Outcome {
    match &context.actual.kind {
        MeasureKind::Date(actual) => dates(context, target, actual),
        MeasureKind::Punctual => kept(
            context,
            format!("完成值“{}”，没有写日期，按填报认可为按时", context.actual),
        ),
        MeasureKind::Tier(_) => Outcome::manual("指标值是时限，完成值没有写完成日期"),
        _ => Outcome::manual("指标值是时限，完成值不是日期，需人工判断"),
    }
}

fn kept(context: &Context<'_>, why: String) -> Outcome {
    let trace = format!("{why}，得满分 {}", shown(context.weight));
    Outcome::new(
        RescoringMethod::Deadline,
        Some(true),
        Expected::exactly(context.weight),
        trace,
    )
}

fn dates(context: &Context<'_>, target: &Deadline, actual: &Deadline) -> Outcome {
    // Without the table's year two dates that both lack one belong to the same year; one alone cannot be placed.
    const ANY_YEAR: i32 = 2000;
    let year = match (context.year, target.year, actual.year) {
        (Some(year), ..) => Some(year),
        (None, None, None) => Some(ANY_YEAR),
        (None, ..) => None,
    };
    let (Some((sure, latest)), Some((first, last))) = (target.limits(year), span(actual, year)) else {
        return if context.same_text {
            kept(context, format!("完成值 {} 与指标值相同", context.actual))
        } else {
            Outcome::manual("日期没有写年份，表中也没有年度，无法比较先后")
        };
    };
    if last <= sure {
        return kept(
            context,
            format!("完成值 {} 不晚于指标值 {}", context.actual, context.target),
        );
    }
    if first > latest {
        return Outcome {
            met: Some(false),
            ..Outcome::manual(format!(
                "完成值 {} 晚于指标值 {}，办法没有规定延期怎样计分",
                context.actual, context.target
            ))
        };
    }
    if context.same_text {
        return kept(context, format!("完成值 {} 与指标值相同", context.actual));
    }
    Outcome::manual(format!(
        "完成值 {} 与指标值 {} 的先后不能确定",
        context.actual, context.target
    ))
}

/// 年底前 as an actual says only that it was done by then.
fn span(actual: &Deadline, year: Option<i32>) -> Option<(Date, Date)> {
    let (first, last) = actual.span(year)?;
    if !actual.before {
        return Some((first, last));
    }
    Some((
        Date {
            year: i32::MIN,
            ..first
        },
        last,
    ))
}
