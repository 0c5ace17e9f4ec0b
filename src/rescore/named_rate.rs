//! Rates that a standard scores by their name: so much off for each step beyond the limit, or ceilings.

use rust_decimal::Decimal;

use super::assess::{Context, Expected, Outcome};
use super::points;
use crate::model::RescoringMethod;
use crate::model::measure::{ColumnUnit, Dimension, Quantity, normalise, shown};
use crate::standard::NamedRate;

/// Returns the points of such a rate; `None` for any other row, and where the table sets a limit of its own.
pub(super) fn score(context: &Context<'_>) -> Option<Outcome> {
    let name = normalise(&context.indicator.level3.as_ref()?.value);
    let rule = context.standard.named_rate(&name)?;
    let actual = ratio(context.actual.quantity()?, context.column_unit)?;
    let target = ratio(context.target.quantity()?, context.column_unit)?;
    if target != rule.full_at {
        return None;
    }
    let percent = |ratio| points::in_percent(ratio).unwrap_or_default();
    let beyond = if rule.inverse {
        actual.checked_sub(rule.full_at)?
    } else {
        rule.full_at.checked_sub(actual)?
    };
    let weight = context.weight;
    if beyond <= Decimal::ZERO {
        let trace = format!(
            "{}达到 {}，得满分 {}",
            percent(actual),
            percent(rule.full_at),
            shown(weight)
        );
        return Some(outcome(Some(true), Expected::exactly(weight), trace));
    }
    if rule.ceilings.is_empty() {
        by_each(rule, weight, beyond, &percent(actual))
    } else {
        let step = rule.ceilings.iter().find(|step| actual <= step.at_most);
        let points = weight.checked_mul(step.map_or(Decimal::ZERO, |step| step.part))?;
        let reached = step.map_or_else(
            || "超过最高一档".to_owned(),
            |step| format!("在 {}（含）以下一档", percent(step.at_most)),
        );
        let trace = format!("{} {reached}，得 {}", percent(actual), shown(points.normalize()));
        Some(outcome(Some(false), Expected::exactly(points), trace))
    }
}

/// Returns a part off for each step; a step begun may count or not.
fn by_each(rule: &NamedRate, weight: Decimal, beyond: Decimal, actual: &str) -> Option<Outcome> {
    let (each, part_off) = (rule.each?, rule.part_off?);
    let steps = beyond.checked_div(each)?;
    let left = |steps: Decimal| {
        let off = weight.checked_mul(part_off)?.checked_mul(steps)?;
        Some(weight.checked_sub(off)?.max(Decimal::ZERO))
    };
    let (max, min) = (left(steps.floor())?, left(steps.ceil())?);
    let percent = |ratio| points::in_percent(ratio).unwrap_or_default();
    let trace = format!(
        "{actual} 与 {} 相差 {}，每 {} 扣 {}，得 {}",
        percent(rule.full_at),
        percent(beyond),
        percent(each),
        shown(weight.checked_mul(part_off)?.normalize()),
        if min == max {
            shown(min.normalize())
        } else {
            format!("{}～{}", shown(min.normalize()), shown(max.normalize()))
        }
    );
    Some(outcome(Some(false), Expected { min, max }, trace))
}

fn outcome(met: Option<bool>, expected: Expected, trace: String) -> Outcome {
    Outcome::new(RescoringMethod::Ratio, met, expected, trace)
}

fn ratio(quantity: &Quantity, column: Option<&ColumnUnit>) -> Option<Decimal> {
    let whole = column.map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column));
    whole
        .base()
        .filter(|_| whole.unit.dimension() == Dimension::Ratio || whole.value.is_zero())
}
