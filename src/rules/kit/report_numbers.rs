//! When two printed numbers agree.

use rust_decimal::Decimal;

use crate::model::Field;

/// Returns whether two numbers agree at the coarser printed precision: one rounded, or cut off, is the other.
pub fn agree(one: (Decimal, u32), other: (Decimal, u32)) -> bool {
    let digits = one.1.min(other.1);
    let cut = |value: Decimal| value.trunc_with_scale(digits);
    let rounded =
        |value: Decimal| value.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let (a, b) = (one.0, other.0);
    rounded(a) == rounded(b) || cut(a) == rounded(b) || rounded(a) == cut(b)
}

/// Returns a field's number with the digits that its cell shows behind the point.
pub fn printed(field: &Field<Decimal>) -> (Decimal, u32) {
    let shown = field.text.trim();
    let digits = shown.split_once('.').map_or(0, |(_, fraction)| {
        u32::try_from(fraction.chars().take_while(char::is_ascii_digit).count()).unwrap_or(0)
    });
    // A cell that shows fewer digits than it holds still holds them.
    (field.value, digits.max(field.value.normalize().scale()))
}

/// Returns the same for scores, which nobody cuts off: only rounding is allowed for.
pub fn agree_rounded(one: (Decimal, u32), other: (Decimal, u32)) -> bool {
    let digits = one.1.min(other.1);
    let rounded =
        |value: Decimal| value.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    rounded(one.0) == rounded(other.0)
}
