//! The 预算执行率 points of the fund block: where they stand to the hundred, and what they should be.

use rust_decimal::{Decimal, RoundingStrategy};

use super::assess::{Expected, Outcome};
use super::points;
use crate::model::measure::{normalise, shown};
use crate::model::{Evaluation, ExecutionScorePlace, Field, FundRow, FundSource, RescoringMethod};
use crate::standard::Standard;

/// Returns the one fund row whose points can count: 年度资金总额 where it carries points, else the first row that
/// does.
pub(super) fn scored_row(evaluation: &Evaluation) -> Option<(usize, &FundRow)> {
    let rows = || evaluation.funds.iter().enumerate();
    let carries = |row: &FundRow| row.weight.is_some() || row.score.is_some();
    rows()
        .find(|(_, row)| row.source == FundSource::Total && carries(row))
        .or_else(|| rows().find(|(_, row)| carries(row)))
        .or_else(|| rows().find(|(_, row)| row.source == FundSource::Total))
}

/// Returns the row's weight; where only its score is written, what the indicators leave of the hundred.
pub(super) fn weight(evaluation: &Evaluation, row: &FundRow, standard: &Standard) -> Option<Decimal> {
    if let Some(weight) = &row.weight {
        return Some(weight.value);
    }
    let score = row.score.as_ref()?.value;
    let mut sum = Decimal::ZERO;
    for indicator in &evaluation.indicators {
        sum = sum.checked_add(indicator.weight.as_ref()?.value)?;
    }
    let rest = standard.full_score.checked_sub(sum)?;
    (rest > Decimal::ZERO && rest < standard.full_score && score <= rest).then_some(rest)
}

/// Returns whether the fund row's weight is part of the hundred: the reading that comes nearer to it.
pub(super) fn place(evaluation: &Evaluation, standard: &Standard) -> ExecutionScorePlace {
    let scored = scored_row(evaluation).map(|(_, row)| row);
    let points = scored.and_then(|row| weight(evaluation, row, standard));
    if points.is_none() && scored.is_some_and(|row| row.score.is_some()) {
        // Without weights only the printed total tells whether the score is part of it.
        return printed_total(evaluation, standard)
            .filter(|place| *place == ExecutionScorePlace::Inside)
            .unwrap_or(ExecutionScorePlace::Absent);
    }
    let Some(fund_weight) = points.filter(|points| !points.is_zero()) else {
        return ExecutionScorePlace::Absent;
    };
    let weights = evaluation
        .indicators
        .iter()
        .filter_map(|indicator| indicator.weight.as_ref());
    let sum = weights.fold(Decimal::ZERO, |sum, field| sum.saturating_add(field.value));
    let missing = evaluation.indicators.iter().any(|indicator| indicator.weight.is_none());
    let by_rows = nearer_reading(sum, fund_weight, standard);
    let by_blocks = declared_blocks(evaluation).and_then(|sum| nearer_reading(sum, fund_weight, standard));
    match (by_rows, by_blocks) {
        (_, Some(blocks)) if missing => blocks,
        (Some(rows), Some(blocks)) if rows != blocks => printed_total(evaluation, standard).unwrap_or(rows),
        (Some(rows), _) => rows,
        (None, Some(blocks)) => blocks,
        // Both readings miss the hundred by as much.
        (None, None) => printed_total(evaluation, standard).unwrap_or(ExecutionScorePlace::Inside),
    }
}

/// Returns the reading that brings the weights nearer to the hundred: with the fund row, or without it.
fn nearer_reading(sum: Decimal, fund_weight: Decimal, standard: &Standard) -> Option<ExecutionScorePlace> {
    let inside = sum
        .saturating_add(fund_weight)
        .saturating_sub(standard.full_score)
        .abs();
    let outside = sum.saturating_sub(standard.full_score).abs();
    match inside.cmp(&outside) {
        std::cmp::Ordering::Less => Some(ExecutionScorePlace::Inside),
        std::cmp::Ordering::Greater => Some(ExecutionScorePlace::Outside),
        std::cmp::Ordering::Equal => None,
    }
}

/// Σ of the weights that the 一级指标 declare, where every one does: it stands in where a row's weight is missing or wrong.
fn declared_blocks(evaluation: &Evaluation) -> Option<Decimal> {
    let mut blocks: Vec<(&str, Decimal)> = Vec::new();
    for indicator in &evaluation.indicators {
        let name = indicator.level1.as_ref()?.value.as_str();
        let weight = indicator.level1_weight.as_ref()?.value;
        if blocks.last().is_none_or(|(last, _)| *last != name) {
            blocks.push((name, weight));
        }
    }
    let sum = blocks
        .iter()
        .fold(Decimal::ZERO, |sum, (_, weight)| sum.saturating_add(*weight));
    (!blocks.is_empty()).then_some(sum)
}

/// Returns the only reading that makes the printed total score true, if one does.
fn printed_total(evaluation: &Evaluation, standard: &Standard) -> Option<ExecutionScorePlace> {
    let total = evaluation.total.as_ref()?.score.as_ref()?.value;
    let scores = evaluation
        .indicators
        .iter()
        .filter_map(|indicator| indicator.score.as_ref());
    let sum = scores.fold(Decimal::ZERO, |sum, field| sum.saturating_add(field.value));
    let fund = scored_row(evaluation)
        .and_then(|(_, row)| row.score.as_ref())
        .map_or(Decimal::ZERO, |field| field.value);
    let fits = |sum: Decimal| total.saturating_sub(sum).abs() <= standard.tolerance.score;
    match (fits(sum.saturating_add(fund)), fits(sum)) {
        (true, false) => Some(ExecutionScorePlace::Inside),
        (false, true) => Some(ExecutionScorePlace::Outside),
        _ => None,
    }
}

/// Returns the fund row's points: weight × executed ÷ budget, never above the weight.
/// `other` is what was spent outside the executed column, where the table says so and the standard counts it.
pub(super) fn score(row: &FundRow, weight: Option<Decimal>, other: Option<Decimal>, standard: &Standard) -> Outcome {
    let Some(weight) = weight else {
        return Outcome::manual("没有分值，无法复算得分");
    };
    let amounts = match (&row.annual_budget, &row.executed) {
        (Some(budget), Some(executed)) if budget.value > Decimal::ZERO => Some((budget.value, executed.value)),
        (Some(budget), Some(executed))
            if standard.execution.nothing_of_nothing && budget.value.is_zero() && executed.value.is_zero() =>
        {
            let trace = format!("预算数、执行数都是 0，按 100% 计，得满分 {}", shown(weight));
            return Outcome::new(RescoringMethod::Execution, None, Expected::exactly(weight), trace);
        }
        _ => None,
    };
    match (amounts, &row.execution_rate) {
        (Some((budget, executed)), rate) => by_amounts(weight, budget, (executed, other), rate.as_ref(), standard),
        (None, Some(rate)) => scored(weight, rate.value, Decimal::ONE, None, "按所填执行率", standard),
        (None, None) => Outcome::manual("缺少全年预算数、全年执行数，也没有执行率"),
    }
}

/// Returns the points that a rate earns under a standard, before rounding; `None` on overflow.
pub fn points_for_rate(weight: Decimal, rate: Decimal, standard: &Standard) -> Option<Decimal> {
    let rate = rate.clamp(Decimal::ZERO, Decimal::ONE);
    let steps = &standard.execution.steps;
    if steps.is_empty() {
        points::part(weight, rate, Decimal::ONE)
    } else {
        points::by_steps(weight, steps, rate, Decimal::ONE).map(|(points, _)| points)
    }
}

/// Returns whether a standard's own rule gives a fund row the score that it declares.
pub fn fits(row: &FundRow, weight: Decimal, standard: &Standard) -> bool {
    let Some(declared) = &row.score else { return false };
    let expected = score(row, Some(weight), None, standard).expected;
    expected.is_some_and(|expected| points::settle(declared.value, &expected, standard) == declared.value)
}

fn by_amounts(
    weight: Decimal,
    budget: Decimal,
    (in_column, other): (Decimal, Option<Decimal>),
    rate: Option<&Field<Decimal>>,
    standard: &Standard,
) -> Outcome {
    let executed = other
        .and_then(|other| in_column.checked_add(other))
        .unwrap_or(in_column);
    let why = match other {
        Some(other) => format!(
            "（全年执行数 {} + 执行数（其他）{}）÷ 全年预算数 {}",
            shown(in_column),
            shown(other),
            shown(budget)
        ),
        None => format!("全年执行数 {} ÷ 全年预算数 {}", shown(executed), shown(budget)),
    };
    // Units print 96% for 95.88% and score by what they print; both are the same rate at that precision.
    let printed = rate.filter(|field| {
        let exact = executed.checked_div(budget).unwrap_or_default();
        let places = printed_places(field);
        (other.is_none() && standard.execution.counts_other_spending && field.value > exact)
            || exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
                == field.value.round_dp(places)
    });
    scored(
        weight,
        executed,
        budget,
        printed.map(|field| field.value),
        &why,
        standard,
    )
}

/// Decimal places of the rate as a ratio: two more than its percent shows.
fn printed_places(rate: &Field<Decimal>) -> u32 {
    let text = normalise(&rate.text);
    let Some(digits) = text.strip_suffix('%') else {
        return rate.value.normalize().scale().max(2);
    };
    let places = digits
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.chars().count());
    u32::try_from(places).unwrap_or(0).saturating_add(2).min(20)
}

fn scored(
    weight: Decimal,
    part: Decimal,
    whole: Decimal,
    printed_rate: Option<Decimal>,
    why: &str,
    standard: &Standard,
) -> Outcome {
    let capped = part.clamp(Decimal::ZERO, whole);
    if !standard.execution.steps.is_empty() {
        return by_steps(weight, capped, whole, printed_rate, why, standard);
    }
    let (Some(exact), Some(percent)) = (points::part(weight, capped, whole), points::percent(capped, whole)) else {
        return Outcome::manual("数值过大，无法计算");
    };
    let printed = printed_rate
        .and_then(|rate| points::part(weight, rate.clamp(Decimal::ZERO, Decimal::ONE), Decimal::ONE))
        .unwrap_or(exact);
    let mut trace = format!(
        "{} × {percent} = {}（{why}）",
        shown(weight),
        shown(standard.rounded(exact))
    );
    if part > whole {
        trace.push_str("，超过 100% 按 100% 计");
    }
    let expected = Expected {
        min: exact.min(printed),
        max: exact.max(printed),
    };
    Outcome::new(RescoringMethod::Execution, None, expected, trace)
}

/// Points by the steps of the standard. A printed rate that rounds into another step is that step's reading.
fn by_steps(
    weight: Decimal,
    part: Decimal,
    whole: Decimal,
    printed_rate: Option<Decimal>,
    why: &str,
    standard: &Standard,
) -> Outcome {
    let steps = &standard.execution.steps;
    let Some((exact, reason)) = points::by_steps(weight, steps, part, whole) else {
        return Outcome::manual("数值过大，无法计算");
    };
    let printed = printed_rate
        .and_then(|rate| points::by_steps(weight, steps, rate, Decimal::ONE))
        .map_or(exact, |(points, _)| points);
    let expected = Expected {
        min: exact.min(printed),
        max: exact.max(printed),
    };
    Outcome::new(RescoringMethod::Execution, None, expected, format!("{reason}（{why}）"))
}
