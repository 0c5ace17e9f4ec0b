//! Less is better: limits exceeded, and targets of zero.

use rust_decimal::Decimal;

use super::assess::{Context, Expected, Outcome};
use super::direction::{Direction, DirectionSource};
use super::points;
use super::quantity::{Sides, full};
use crate::model::RescoringMethod;
use crate::model::measure::{Comparator, OperatorWord, Quantity, shown};
use crate::standard::InverseFormula;
use crate::text::words::Characters;

/// Returns a limit exceeded: every formula in use gives its points, and the span between them is due.
pub(super) fn over_limit(context: &Context<'_>, sides: &Sides, source: &str) -> Outcome {
    let (weight, a, b) = (context.weight, sides.target, sides.actual);
    let mut results = Vec::new();
    let mut traces = Vec::new();
    for formula in &context.standard.inverse.formulas {
        let over = b.checked_sub(a);
        let (result, text) = match formula {
            InverseFormula::Linear => {
                let kept = over
                    .and_then(|over| a.checked_sub(over))
                    .map(|kept| kept.max(Decimal::ZERO));
                let percent = over.and_then(|over| points::percent(over, a)).unwrap_or_default();
                (
                    kept.and_then(|kept| points::part(weight, kept, a)),
                    format!("线性 {} ×（1 − {percent}）", shown(weight)),
                )
            }
            InverseFormula::Ratio => {
                let percent = points::percent(a, b).unwrap_or_default();
                (
                    points::part(weight, a, b),
                    format!("比例 {} × {percent}", shown(weight)),
                )
            }
        };
        let Some(result) = result else {
            return Outcome::manual("数值过大，无法计算");
        };
        traces.push(format!("{text} = {}", shown(context.standard.rounded(result))));
        results.push(result);
    }
    let (Some(min), Some(max)) = (results.iter().min().copied(), results.iter().max().copied()) else {
        return Outcome::manual("评价标准没有规定反向指标的算式");
    };
    let trace = format!(
        "完成值 {} 超出指标值 {}：{}（{source}）",
        sides.actual_text,
        sides.target_text,
        traces.join("，")
    );
    Outcome::new(RescoringMethod::Inverse, Some(false), Expected { min, max }, trace)
}

/// Returns a target of zero: nothing gives all, anything gives nothing, where nothing is what is wanted.
pub(super) fn zero_target(context: &Context<'_>, sides: &Sides, target: &Quantity) -> Outcome {
    let equal = context.target.comparator == Some(Comparator::Equal)
        || context.operator == Some(OperatorWord::Sign(Comparator::Equal));
    let unit = target.unit.text();
    let counts_harm = context.standard.direction.inverse.any_in(unit, Characters::of(unit));
    let is_stated = !matches!(context.source, DirectionSource::Unstated | DirectionSource::Unknown);
    let is_inverse = context.direction == Some(Direction::Inverse) || *context.source == DirectionSource::Unknown;
    let none_wanted = equal || counts_harm || is_inverse;
    if sides.actual <= Decimal::ZERO {
        return full(context, sides, if none_wanted { "≤" } else { "=" });
    }
    if none_wanted {
        let trace = format!("指标值为 0，完成值 {} 大于 0，得 0 分", sides.actual_text);
        return Outcome::new(
            RescoringMethod::Inverse,
            Some(false),
            Expected::exactly(Decimal::ZERO),
            trace,
        );
    }
    if is_stated && context.direction == Some(Direction::Positive) {
        return full(context, sides, "≥");
    }
    Outcome::manual(format!(
        "指标值为 0，完成值为 {}，不能确定是多好还是少好",
        sides.actual_text
    ))
}
