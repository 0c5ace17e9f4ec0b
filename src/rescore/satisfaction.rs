//! 满意度 by the rate itself, where the standard has steps for it.

use rust_decimal::Decimal;

use super::assess::{Context, Expected, Outcome};
use super::points;
use crate::model::measure::{Dimension, MeasureKind};
use crate::model::{Field, RescoringMethod};

/// Returns the points of a satisfaction rate; `None` where the standard has no steps or the row is none.
pub(super) fn score(context: &Context<'_>) -> Option<Outcome> {
    let steps = &context.standard.satisfaction.steps;
    if steps.is_empty() || !is_satisfaction(context) {
        return None;
    }
    let MeasureKind::Quantity(actual) = &context.actual.kind else {
        return None;
    };
    let with_unit = context
        .column_unit
        .map_or_else(|| actual.clone(), |column| actual.with_column_unit(column));
    let rate = with_unit
        .base()
        .filter(|_| with_unit.unit.dimension() == Dimension::Ratio)
        .filter(|rate| (Decimal::ZERO..=Decimal::ONE).contains(rate))?;
    let target = context.target.quantity().map(|target| {
        context
            .column_unit
            .map_or_else(|| target.clone(), |column| target.with_column_unit(column))
    });
    let target = target
        .filter(|target| target.unit.dimension() == Dimension::Ratio)?
        .base()?;
    let (points, reason) = points::by_steps(context.weight, steps, rate, Decimal::ONE)?;
    let is_met = rate >= target;
    // Whoever reaches the target agreed upon may also count it as reached.
    let max = if is_met { context.weight } else { points };
    let trace = format!("满意度 {reason}（完成值 {with_unit}）");
    Some(Outcome::new(
        RescoringMethod::Ratio,
        Some(is_met),
        Expected { min: points, max },
        trace,
    ))
}

fn is_satisfaction(context: &Context<'_>) -> bool {
    let indicator = context.indicator;
    let says = |field: &Option<Field<String>>| field.as_ref().is_some_and(|field| field.value.contains("满意"));
    says(&indicator.level3) && !context.actual.is_missing()
}
