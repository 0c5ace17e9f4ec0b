//! Figures that are a power of ten apart, as when a unit or a percent sign was left out.

use rust_decimal::Decimal;

use super::assess::Context;
use crate::model::measure::{Comparison, Factor, Quantity};

/// Exactly 10, 100, 1000 or 10000 times apart, either way.
pub(super) fn drift(target: Decimal, actual: Decimal) -> Option<u32> {
    [10u32, 100, 1000, 10_000]
        .into_iter()
        .find(|times| is_times(*times, target, actual))
}

/// Returns whether one figure is exactly so many times the other, either way; none is of zero.
pub(crate) fn is_times(times: u32, target: Decimal, actual: Decimal) -> bool {
    let (low, high) = (target.abs().min(actual.abs()), target.abs().max(actual.abs()));
    !low.is_zero()
        && low
            .checked_mul(Decimal::from(times))
            .is_some_and(|product| product == high)
}

/// 495000 beside 50 under 万元: the larger is in 元, for what was aimed at and what was reached are seldom more than a few
/// times apart.
pub(super) fn drift_from_column(
    context: &Context<'_>,
    target: &Quantity,
    actual: &Quantity,
    comparison: &Comparison,
) -> Option<u32> {
    const MYRIAD: u32 = 10_000;
    const MOST_APART: u32 = 4;
    let is_bare = |quantity: &Quantity| quantity.unit.is_none() && quantity.factor == Factor::ONE;
    if context.column_unit?.factor.value() != Decimal::from(MYRIAD) || !is_bare(target) || !is_bare(actual) {
        return None;
    }
    let (low, high) = (
        comparison.target.min(comparison.actual),
        comparison.target.max(comparison.actual),
    );
    let least = low.checked_mul(Decimal::from(MYRIAD / MOST_APART))?;
    let most = low.checked_mul(Decimal::from(MYRIAD * MOST_APART))?;
    (low > Decimal::ZERO && least <= high && high <= most).then_some(MYRIAD)
}
