//! Two quantities on one footing: units converted, a missing unit read the only plausible way, or not at all.

use rust_decimal::Decimal;

use super::{ColumnUnit, Dimension, Factor, Quantity, shown};

/// How the units of two quantities stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnitRelation {
    /// The same unit (or none on both sides).
    Same,
    /// Different units of one dimension, converted.
    Converted,
    /// One side has no unit; it was read in the other's.
    Unstated,
}

/// Two comparable numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The target's number.
    pub target: Decimal,
    /// The actual's number, in the same unit.
    pub actual: Decimal,
    /// How they became comparable.
    pub relation: UnitRelation,
    /// How many times larger the one side had to be written to look like the other (0.95 beside 95% is 100).
    pub slip: Option<u32>,
    /// What was assumed, in Chinese, where anything was.
    pub note: Option<String>,
}

/// Why two quantities cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incomparable {
    /// Both have units, which do not convert.
    Units,
    /// A missing unit could be read in two ways, or in none; the reason in Chinese.
    Ambiguous(String),
    /// Too large to compute with.
    Overflow,
}

/// Puts two quantities on one footing. `column` is the 计量单位 column's unit, for sides without their own;
/// `is_rate` says that the indicator is a rate by its name, so that a bare 0.95 can mean 95%.
pub fn compare(
    target: &Quantity,
    actual: &Quantity,
    column: Option<&ColumnUnit>,
    is_rate: bool,
) -> Result<Comparison, Incomparable> {
    let (bare_target, bare_actual) = (target, actual);
    let fill = |quantity: &Quantity| column.map_or_else(|| quantity.clone(), |unit| quantity.with_column_unit(unit));
    let (target, actual) = (&fill(target), &fill(actual));
    let (here, there) = (target.unit.dimension(), actual.unit.dimension());

    if here != Dimension::None && there != Dimension::None {
        if !target.unit.converts_to(&actual.unit) {
            return Err(Incomparable::Units);
        }
        let filled = bare_target.unit.is_none() || bare_actual.unit.is_none();
        if here == Dimension::Ratio && filled && could_be_ratio(target, actual) {
            return Err(Incomparable::Ambiguous("一处可能按百分数、一处按小数填写".to_owned()));
        }
        let same = target.unit == actual.unit && target.factor == actual.factor;
        return Ok(Comparison {
            target: target.base().ok_or(Incomparable::Overflow)?,
            actual: actual.base().ok_or(Incomparable::Overflow)?,
            relation: if same {
                UnitRelation::Same
            } else {
                UnitRelation::Converted
            },
            slip: None,
            note: None,
        });
    }
    if here == there {
        return both_bare(target, actual, is_rate);
    }
    // One side has a unit. The bare one is read beside it.
    let target_is_bare = here == Dimension::None;
    let (stated, bare) = if target_is_bare {
        (actual, target)
    } else {
        (target, actual)
    };
    let (stated_number, bare_number, slip, note) = if stated.unit.dimension() == Dimension::Ratio {
        beside_ratio(stated, bare)?
    } else {
        beside_unit(stated, bare)?
    };
    let (target, actual) = if target_is_bare {
        (bare_number, stated_number)
    } else {
        (stated_number, bare_number)
    };
    Ok(Comparison {
        target,
        actual,
        relation: UnitRelation::Unstated,
        slip,
        note,
    })
}

fn both_bare(target: &Quantity, actual: &Quantity, is_rate: bool) -> Result<Comparison, Incomparable> {
    if is_rate && could_be_ratio(target, actual) {
        return Err(Incomparable::Ambiguous("一处可能按百分数、一处按小数填写".to_owned()));
    }
    if target.factor == actual.factor {
        return Ok(Comparison {
            target: target.scaled().ok_or(Incomparable::Overflow)?,
            actual: actual.scaled().ok_or(Incomparable::Overflow)?,
            relation: UnitRelation::Same,
            slip: None,
            note: None,
        });
    }
    let target_is_bare = target.factor == Factor::ONE;
    let (stated, bare) = if target_is_bare {
        (actual, target)
    } else {
        (target, actual)
    };
    if bare.factor != Factor::ONE {
        return Ok(Comparison {
            target: target.scaled().ok_or(Incomparable::Overflow)?,
            actual: actual.scaled().ok_or(Incomparable::Overflow)?,
            relation: UnitRelation::Converted,
            slip: None,
            note: None,
        });
    }
    let (stated_number, bare_number, slip, note) = beside_unit(stated, bare)?;
    let (target, actual) = if target_is_bare {
        (bare_number, stated_number)
    } else {
        (stated_number, bare_number)
    };
    Ok(Comparison {
        target,
        actual,
        relation: UnitRelation::Unstated,
        slip,
        note,
    })
}

/// Returns one side at most 1, the other at least 10: 0.95 beside 95, or 1 beside 100.
fn could_be_ratio(one: &Quantity, other: &Quantity) -> bool {
    let (low, high) = (
        one.value.abs().min(other.value.abs()),
        one.value.abs().max(other.value.abs()),
    );
    low > Decimal::ZERO && low <= Decimal::ONE && high >= Decimal::TEN
}

/// The stated number, the bare one, the slip between their writings, what was assumed.
type Reading = (Decimal, Decimal, Option<u32>, Option<String>);

/// Returns a bare number beside a percentage: 95 is 95%, 0.95 is 95% too; what fits neither or both is left open.
fn beside_ratio(stated: &Quantity, bare: &Quantity) -> Result<Reading, Incomparable> {
    let stated_ratio = stated.base().ok_or(Incomparable::Overflow)?;
    let number = bare.scaled().ok_or(Incomparable::Overflow)?;
    if number.is_zero() {
        return Ok((stated_ratio, number, None, None));
    }
    let as_percent = number.checked_mul(stated.unit.scale()).ok_or(Incomparable::Overflow)?;
    // How far the reading lies from the stated value, as a quotient; a stated zero leaves no measure of nearness.
    let quotient = |reading: Decimal| reading.checked_div(stated_ratio);
    let third = Decimal::new(3333, 4);
    let is_near = |reading| quotient(reading).is_some_and(|q| q >= third && q <= Decimal::from(3));
    let percent_fits = if number > Decimal::TWO {
        number <= Decimal::ONE_THOUSAND
    } else {
        is_near(as_percent)
    };
    let ratio_fits = number <= Decimal::ONE && is_near(number);
    let written = shown(bare.value);
    match (percent_fits, ratio_fits) {
        (true, false) => Ok((
            stated_ratio,
            as_percent,
            None,
            Some(format!("{written} 按 {written}{} 理解", stated.unit)),
        )),
        (false, true) => {
            let percent = shown(number.checked_mul(Decimal::ONE_HUNDRED).ok_or(Incomparable::Overflow)?);
            Ok((
                stated_ratio,
                number,
                Some(100),
                Some(format!("{written} 按 {percent}% 理解")),
            ))
        }
        _ => Err(Incomparable::Ambiguous(format!(
            "{written} 没有写单位，无法确定是百分数还是小数"
        ))),
    }
}

/// Returns a bare number beside one with a unit: the same unit, or the same unit without its factor.
fn beside_unit(stated: &Quantity, bare: &Quantity) -> Result<Reading, Incomparable> {
    let scale = stated.unit.scale();
    let stated_base = stated.base().ok_or(Incomparable::Overflow)?;
    let in_unit = |factor: Decimal| {
        bare.value
            .checked_mul(factor)
            .and_then(|n| n.checked_mul(scale))
            .ok_or(Incomparable::Overflow)
    };
    if bare.factor != Factor::ONE || stated.factor == Factor::ONE {
        return Ok((stated_base, in_unit(bare.factor.value())?, None, None));
    }
    let with_factor = in_unit(stated.factor.value())?;
    let without = in_unit(Decimal::ONE)?;
    let near = |reading: Decimal| {
        stated_base.is_zero()
            || reading.is_zero()
            || reading
                .checked_div(stated_base)
                .is_some_and(|q| q >= Decimal::new(1, 1) && q <= Decimal::TEN)
    };
    let written = shown(bare.value);
    match (near(with_factor), near(without)) {
        (true, _) => Ok((
            stated_base,
            with_factor,
            None,
            Some(format!("{written} 按 {written}{}{} 理解", stated.factor, stated.unit)),
        )),
        (false, true) => Ok((
            stated_base,
            without,
            u32::try_from(stated.factor.value()).ok(),
            Some(format!("{written} 按 {written}{} 理解", stated.unit)),
        )),
        _ => Err(Incomparable::Ambiguous(format!(
            "{written} 没有写单位，与另一值相差过大"
        ))),
    }
}
