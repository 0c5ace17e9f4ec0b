//! Figures against figures: put on one footing, then met or in proportion.

use rust_decimal::Decimal;

use super::assess::{Context, Expected, Figures, Outcome};
use super::direction::{Direction, DirectionSource};
use super::drift::{drift, drift_from_column, is_times};
use super::{inverse, points};
use crate::model::RescoringMethod;
use crate::model::measure::{
    Comparator, Comparison, Dimension, Factor, Incomparable, Quantity, Unit, UnitRelation, compare, names_unit,
    normalise, shown,
};
use crate::standard::{OverAchievementDeduction, Step};
use crate::text::sentence;
use crate::text::words::{Word, any_in, words};

/// Returns a number against a number.
pub(super) fn score(context: &Context<'_>, target: &Quantity, actual: &Quantity) -> Outcome {
    let fill = |quantity: &Quantity| {
        context
            .column_unit
            .map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column))
    };
    let (shown_target, shown_actual) = (fill(target), fill(actual));
    if actual.value.is_zero() && counts_no_part_of(&shown_target.unit, &actual.unit) {
        return Outcome::manual(format!(
            "指标值是比例（{shown_target}），完成值说的是件数（{shown_actual}），两者不能比较"
        ));
    }
    let compared = if actual.value.is_zero() {
        // Nothing is nothing in any unit.
        shown_target
            .base()
            .map(|target| Comparison {
                target,
                actual: Decimal::ZERO,
                relation: UnitRelation::Same,
                slip: None,
                note: None,
            })
            .ok_or(Incomparable::Overflow)
    } else {
        compare(target, actual, context.column_unit, is_rate(context))
    };
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(Incomparable::Units) => {
            let reason = format!("计量单位不同：指标值 {shown_target}，完成值 {shown_actual}");
            return Outcome {
                // 480元 beside 500元/人 leaves the 人 to the indicator's name; a person sees that they agree.
                units_differ: !says_per_thing(&shown_target, &shown_actual)
                    && !shown_target.unit.divides_alike(&shown_actual.unit),
                ..Outcome::manual(reason)
            };
        }
        Err(Incomparable::Ambiguous(reason)) => {
            return Outcome {
                times_apart: drift(target.value, actual.value),
                ..Outcome::manual(reason)
            };
        }
        Err(Incomparable::Overflow) => return Outcome::manual("数值过大，无法计算"),
    };
    let figures = Figures {
        target: comparison.target,
        actual: comparison.actual,
        relation: comparison.relation,
        achievement: comparison
            .actual
            .checked_div(comparison.target)
            .map(|ratio| ratio.normalize()),
    };
    let column_drift = || drift_from_column(context, target, actual, &comparison);
    let drift = drift(comparison.target, comparison.actual).or_else(column_drift);
    let sides = Sides {
        target: comparison.target,
        actual: comparison.actual,
        target_text: shown_target.spelled(),
        actual_text: shown_actual.spelled(),
    };
    let counts_things =
        shown_target.unit.dimension() == Dimension::Count && shown_target.unit.converts_to(&shown_actual.unit);
    let mut outcome = match drift {
        Some(times) if times > 10 && (!counts_things || column_drift().is_some()) => Outcome::manual(format!(
            "完成值 {} 与指标值 {} 相差 {times} 倍{}，可能单位或百分号填错",
            sides.actual_text,
            sides.target_text,
            if is_times(times, comparison.target, comparison.actual) {
                ""
            } else {
                "左右"
            },
        )),
        _ => judge(context, &sides, target),
    };
    if outcome.met == Some(false) && is_without_common_unit(context, target, actual) && are_far_apart(&sides) {
        outcome = Outcome {
            needs_unit: true,
            ..Outcome::manual(format!(
                "指标值 {} 与完成值 {} 都没有单位，又相差太多，不能确定是同一个量，请写明单位",
                sides.target_text, sides.actual_text
            ))
        };
    }
    if let Some(note) = comparison.note
        && outcome.method != RescoringMethod::Manual
    {
        outcome.trace = format!("{}；{note}", outcome.trace);
    }
    Outcome {
        figures: Some(figures),
        times_apart: comparison.slip.or(drift),
        ..outcome
    }
}

/// Returns whether one is a share and the other a number of things: no complaint is no 0 %.
fn counts_no_part_of(target: &Unit, actual: &Unit) -> bool {
    target.dimension() == Dimension::Ratio && actual.dimension() == Dimension::Count
}

/// Returns whether nothing says in what the two figures count: neither beside them, nor in the unit column, nor in
/// the name.
fn is_without_common_unit(context: &Context<'_>, target: &Quantity, actual: &Quantity) -> bool {
    let is_bare = |quantity: &Quantity| quantity.unit.is_none() && quantity.factor == Factor::ONE;
    let name = context.indicator.level3.as_ref().map(|name| normalise(&name.value));
    context.column_unit.is_none()
        && is_bare(target)
        && is_bare(actual)
        && !is_rate(context)
        && name.is_none_or(|name| !names_unit(&name.replace(char::is_whitespace, "")))
}

/// Returns whether one figure is more than five times the other: a target so far missed is likelier another thing.
fn are_far_apart(sides: &Sides) -> bool {
    let (low, high) = (sides.target.min(sides.actual), sides.target.max(sides.actual));
    low > Decimal::ZERO && low.checked_mul(Decimal::from(5)).is_none_or(|limit| high > limit)
}

/// Returns whether one unit is the other per something: 元 and 元/人.
fn says_per_thing(one: &Quantity, other: &Quantity) -> bool {
    let (one, other) = (one.unit.to_string(), other.unit.to_string());
    let is_per = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('/'));
    is_per(&one, &other) || is_per(&other, &one)
}

/// Returns a number against 无: zero, where the indicator counts what should not happen.
pub(super) fn score_nothing(context: &Context<'_>, target: &Quantity) -> Outcome {
    if target.value.is_zero() || context.direction == Some(Direction::Inverse) {
        let none = Quantity {
            value: Decimal::ZERO,
            factor: Factor::ONE,
            unit: Unit::NONE,
        };
        return score(context, target, &none);
    }
    Outcome::manual("指标值是数量，完成值写的是“无”")
}

/// Returns a target of 无 against 无 or a number.
pub(super) fn score_none_of(context: &Context<'_>, actual: Option<&Quantity>) -> Outcome {
    if context.direction != Some(Direction::Inverse) {
        return Outcome::manual("指标值写的是“无”，无法判断是否完成");
    }
    let none = Quantity {
        value: Decimal::ZERO,
        factor: Factor::ONE,
        unit: Unit::NONE,
    };
    score(context, &none, actual.unwrap_or(&none))
}

/// Both numbers in one unit, and how a person reads them.
pub(super) struct Sides {
    pub(super) target: Decimal,
    pub(super) actual: Decimal,
    pub(super) target_text: String,
    pub(super) actual_text: String,
}

/// Returns a number against a range: inside it the target is met; outside, the 办法 gives no formula.
pub(super) fn score_range(context: &Context<'_>, low: Decimal, high: &Quantity, actual: &Quantity) -> Outcome {
    let low = Quantity {
        value: low,
        ..high.clone()
    };
    let against = |end: &Quantity| compare(end, actual, context.column_unit, is_rate(context)).ok();
    let (Some(least), Some(most)) = (against(&low), against(high)) else {
        return Outcome::manual("完成值与指标值的区间单位不同，无法比较");
    };
    if least.target <= least.actual && most.actual <= most.target {
        let weight = context.weight;
        let expected = Expected {
            min: weight,
            max: weight,
        };
        let trace = format!(
            "完成值 {actual} 在指标值 {}～{high} 之内，得满分 {}",
            shown(low.value),
            shown(weight)
        );
        return Outcome::new(RescoringMethod::Full, Some(true), expected, trace);
    }
    Outcome::manual("完成值在指标值的区间之外，办法没有规定怎样计分")
}

fn judge(context: &Context<'_>, sides: &Sides, target: &Quantity) -> Outcome {
    let (a, b) = (sides.target, sides.actual);
    if a < Decimal::ZERO {
        return Outcome::manual("指标值为负数，无法按比例计分");
    }
    if a.is_zero() {
        return inverse::zero_target(context, sides, target);
    }
    if let Some(sign) = context.actual.comparator
        && hides_the_worse_side(sign, context.direction)
    {
        return Outcome::manual(format!("完成值带“{}”，不能确定具体数值", sign.sign()));
    }
    let source = context.source.explain(context.direction);
    match context.direction {
        Some(Direction::Positive) if b > a && *context.source == DirectionSource::Unknown => {
            let outcome = full(context, sides, "≥");
            // Points that were taken off may be due: less may be better.
            let any = |expected: Expected| Expected {
                min: Decimal::ZERO,
                ..expected
            };
            Outcome {
                expected: outcome.expected.map(any),
                ..outcome
            }
        }
        Some(Direction::Positive) if b >= a => full(context, sides, "≥"),
        Some(Direction::Positive) if *context.source == DirectionSource::Unknown => Outcome::manual(format!(
            "完成值 {} 低于指标值 {}，指标值未写符号，名称也看不出是多好还是少好；越多越好的补写“≥”，越少越好的补写“≤”",
            sides.actual_text, sides.target_text
        )),
        Some(Direction::Positive) => ratio(context, sides, &source),
        Some(Direction::Inverse) if b <= a => full(context, sides, "≤"),
        Some(Direction::Inverse) => inverse::over_limit(context, sides, &source),
        None if a == b => full(context, sides, "="),
        None => Outcome::manual(format!(
            "完成值 {} 与指标值 {} 不同，{source}",
            sides.actual_text, sides.target_text
        )),
    }
}

/// "Under 5%" says nothing certain where more is better, nor "over 5%" where less is.
fn hides_the_worse_side(sign: Comparator, direction: Option<Direction>) -> bool {
    match sign {
        Comparator::AtMost | Comparator::Below => direction != Some(Direction::Inverse),
        Comparator::AtLeast | Comparator::Above => direction != Some(Direction::Positive),
        Comparator::Equal => false,
    }
}

pub(super) fn full(context: &Context<'_>, sides: &Sides, sign: &str) -> Outcome {
    let weight = context.weight;
    let exceeded = sides
        .actual
        .checked_div(sides.target)
        .is_some_and(|q| q >= context.standard.over_achievement.threshold);
    let declared = context.indicator.score.as_ref().map(|field| field.value);
    let reasoned = context
        .indicator
        .reason
        .as_ref()
        .is_some_and(|field| !normalise(&field.value).is_empty());
    if context.direction == Some(Direction::Positive)
        && exceeded
        && reasoned
        && declared.is_some_and(|score| score < weight)
        && context.standard.over_achievement.deduction == OverAchievementDeduction::WithReason
    {
        return Outcome {
            met: Some(true),
            ..Outcome::manual(format!(
                "完成值 {} 明显高于指标值 {}，且已说明原因，可按偏离度适度调减，分值由人工确定",
                sides.actual_text, sides.target_text
            ))
        };
    }
    let trace = sentence![
        "完成值 ",
        sides.actual_text,
        " ",
        sign,
        " 指标值 ",
        sides.target_text,
        "，得满分 ",
        weight,
        "（",
        context.source.explain(context.direction),
        "）",
    ];
    Outcome::new(RescoringMethod::Full, Some(true), Expected::exactly(weight), trace)
}

fn ratio(context: &Context<'_>, sides: &Sides, source: &str) -> Outcome {
    let weight = context.weight;
    let reached = sides.actual.max(Decimal::ZERO);
    let steps = &context.standard.quantitative.steps;
    if !steps.is_empty() {
        return by_steps(context, sides, steps, reached, source);
    }
    if let Some(mark) = context.standard.quantitative.pass_mark {
        return above_pass_mark(context, sides, mark, reached, source);
    }
    let exact = points::part(weight, reached, sides.target);
    let (Some(exact), Some(part)) = (exact, points::percent(reached, sides.target)) else {
        return Outcome::manual("数值过大，无法计算");
    };
    let negative = if sides.actual < Decimal::ZERO {
        "，负数按 0 计"
    } else {
        ""
    };
    let trace = sentence![
        weight,
        " × ",
        part,
        " = ",
        context.standard.rounded(exact),
        "（完成值 ",
        sides.actual_text,
        " ÷ 指标值 ",
        sides.target_text,
        negative,
        "，",
        source,
        "）",
    ];
    Outcome::new(RescoringMethod::Ratio, Some(false), Expected::exactly(exact), trace)
}

fn by_steps(context: &Context<'_>, sides: &Sides, steps: &[Step], reached: Decimal, source: &str) -> Outcome {
    let Some((points, reason)) = points::by_steps(context.weight, steps, reached, sides.target) else {
        return Outcome::manual("数值过大，无法计算");
    };
    let trace = format!(
        "{reason}（完成值 {} ÷ 指标值 {}，{source}）",
        sides.actual_text, sides.target_text
    );
    Outcome::new(RescoringMethod::Ratio, Some(false), Expected::exactly(points), trace)
}

/// Points above a pass mark: nothing below it, then from nothing to all in proportion.
fn above_pass_mark(context: &Context<'_>, sides: &Sides, mark: Decimal, reached: Decimal, source: &str) -> Outcome {
    let weight = context.weight;
    let of_target = |ratio: Decimal| sides.target.checked_mul(ratio);
    let (Some(ratio), Some(least)) = (points::percent(reached, sides.target), of_target(mark)) else {
        return Outcome::manual("数值过大，无法计算");
    };
    let in_percent = points::in_percent(mark).unwrap_or_default();
    let figures = format!("完成值 {} ÷ 指标值 {}，{source}", sides.actual_text, sides.target_text);
    if reached < least {
        let trace = format!("{ratio} 低于及格线 {in_percent}，得 0（{figures}）");
        return Outcome::new(
            RescoringMethod::Ratio,
            Some(false),
            Expected::exactly(Decimal::ZERO),
            trace,
        );
    }
    let span = sides.target.checked_sub(least);
    let above = reached.checked_sub(least);
    let Some(exact) = above
        .zip(span)
        .and_then(|(above, span)| points::part(weight, above, span))
    else {
        return Outcome::manual("数值过大，无法计算");
    };
    let trace = format!(
        "{} ×（{ratio} − {in_percent}）÷（1 − {in_percent}）= {}（{figures}）",
        shown(weight),
        shown(context.standard.rounded(exact))
    );
    Outcome::new(RescoringMethod::Ratio, Some(false), Expected::exactly(exact), trace)
}

fn is_rate(context: &Context<'_>) -> bool {
    const RATES: [Word; 4] = words!["率", "满意度", "比例", "占比"];
    let name = context.indicator.level3.as_ref();
    name.is_some_and(|field| any_in(&field.value, &RATES))
}
