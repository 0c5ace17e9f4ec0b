//! Arithmetic on points: parts of a weight, percents for people, and whether a declared score is accepted.

use rust_decimal::{Decimal, RoundingStrategy};

use super::assess::Expected;
use crate::model::measure::shown;
use crate::standard::{Standard, Step};
use crate::text::sentence;
use crate::text::sentence::{Say, say_all};

/// `weight × part ÷ whole`, multiplied first so that 8 × 1 ÷ 3 × 3 loses nothing; `None` on overflow or a zero whole.
pub(super) fn part(weight: Decimal, part: Decimal, whole: Decimal) -> Option<Decimal> {
    let product = weight.checked_mul(part).and_then(|product| product.checked_div(whole));
    product.or_else(|| part.checked_div(whole)?.checked_mul(weight))
}

/// `part ÷ whole` as a person writes it: `75%`, `95.88%`.
pub(super) fn percent(part: Decimal, whole: Decimal) -> Option<String> {
    in_percent(part.checked_div(whole)?)
}

/// A ratio as a person writes it: `75%`.
pub(super) fn in_percent(ratio: Decimal) -> Option<String> {
    let percent = percent_of(ratio)?;
    Some(sentence![percent, '%'])
}

/// A ratio that a sentence says in percent; nothing where it is too large.
pub(super) struct InPercent(pub(super) Decimal);

impl Say for InPercent {
    fn say(&self, text: &mut String) {
        if let Some(percent) = percent_of(self.0) {
            say_all(text, &[&percent, &'%']);
        }
    }
}

fn percent_of(ratio: Decimal) -> Option<Decimal> {
    let percent = ratio.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// Returns the points of the step that `part ÷ whole` reaches, and how: `85% 在 80%（含）以上一档，10 × 60% = 6`.
pub(super) fn by_steps(weight: Decimal, steps: &[Step], part: Decimal, whole: Decimal) -> Option<(Decimal, String)> {
    let ratio = part.checked_div(whole)?;
    let reached = percent(part, whole)?;
    let Some(step) = steps.iter().find(|step| ratio >= step.at_least) else {
        let lowest = steps
            .last()
            .and_then(|step| in_percent(step.at_least))
            .unwrap_or_default();
        return Some((Decimal::ZERO, format!("{reached} 低于最低一档 {lowest}，得 0")));
    };
    let points = weight.checked_mul(step.part)?;
    let reason = format!(
        "{reached} 在 {}（含）以上一档，{} × {} = {}",
        in_percent(step.at_least)?,
        shown(weight),
        in_percent(step.part)?,
        shown(points.normalize())
    );
    Some((points.normalize(), reason))
}

/// Returns the declared score where it is acceptable, else the nearest end of what is expected.
pub(super) fn settle(declared: Decimal, expected: &Expected, standard: &Standard) -> Decimal {
    let (low, _) = standard.accepted_roundings(expected.min);
    let (_, high) = standard.accepted_roundings(expected.max);
    let tolerance = standard.tolerance.score;
    if declared < low.saturating_sub(tolerance) {
        standard.rounded(expected.min)
    } else if declared > high.saturating_add(tolerance) {
        standard.rounded(expected.max)
    } else {
        declared
    }
}

/// [`settle`], where a score that is only rounded or cut at the decimals of the table's own scores is accepted too.
pub(super) fn settle_at(declared: Decimal, expected: &Expected, standard: &Standard, places: u32) -> Decimal {
    // What is due to the point needs no rounding where it has no more places.
    if expected.min == declared && expected.max == declared && declared.scale() <= places {
        return declared;
    }
    let (low, _) = standard.accepted_roundings_at(expected.min, places);
    let (_, high) = standard.accepted_roundings_at(expected.max, places);
    if low <= declared && declared <= high {
        declared
    } else {
        settle(declared, expected, standard)
    }
}
