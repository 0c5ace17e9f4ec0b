//! Whether the rows below a total add up to it under any reading of their names: what stands below 其中 may be a part of
//! the row above or stand beside it, and names alone do not always tell.

use rust_decimal::Decimal;

use super::fund_breakdowns::{Place, Standing};

/// A row below a total, with its amount where it has one.
pub(super) type Part = (Standing, Option<Decimal>);

/// Returns whether the rows add up under some reading. Where there are too many readings to tell, they may.
pub(super) fn can_add_up(rows: &[Part], total: Decimal, tolerance: Decimal) -> bool {
    const MOST_READINGS: usize = 256;
    let target = Target { total, tolerance };
    let mut readings = vec![Reading::default()];
    for &(standing, amount) in rows {
        let places = standing.perhaps.iter().flatten().chain([&standing.taken_for]);
        let mut next: Vec<Reading> = Vec::with_capacity(readings.len());
        for place in places {
            let is_certain = *place == standing.taken_for;
            for reading in &readings {
                let went_on = reading.with(*place, is_certain, amount, &target);
                next.extend(went_on.filter(|reading| !next.contains(reading)));
            }
        }
        if next.len() > MOST_READINGS {
            return true;
        }
        readings = next;
    }
    readings.iter().any(|reading| reading.ends_in(&target))
}

struct Target {
    total: Decimal,
    tolerance: Decimal,
}

impl Target {
    fn fits(&self, sum: Decimal, whole: Decimal) -> bool {
        whole.saturating_sub(sum).abs() <= self.tolerance
    }
}

/// One way to read the rows so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Reading {
    sum: Decimal,
    rows: usize,
    figures: usize,
    /// Nothing certain says that the whole is divided again here.
    is_chosen: bool,
    /// The amount of the last row that stands by itself.
    above: Decimal,
    part: Option<Parts>,
}

/// The parts of one row so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    whole: Decimal,
    sum: Decimal,
    /// Some of them are parts only because all of them make the whole.
    must_add_up: bool,
}

impl Reading {
    /// Returns the reading with the next row in its place; `None` where it cannot stand there.
    fn with(&self, place: Place, is_certain: bool, amount: Option<Decimal>, target: &Target) -> Option<Self> {
        let value = amount.unwrap_or_default();
        let mut reading = *self;
        match place {
            Place::Begins => {
                if !reading.ends_in(target) {
                    return None;
                }
                reading = Self {
                    is_chosen: !is_certain,
                    ..Self::default()
                };
                reading.stand(amount);
            }
            Place::Stands => {
                reading.close(target)?;
                reading.stand(amount);
            }
            Place::Opens => {
                let whole = reading.above;
                reading.part.get_or_insert(Parts {
                    whole,
                    sum: value,
                    must_add_up: false,
                });
            }
            Place::Nested => {
                if let Some(part) = &mut reading.part {
                    part.sum = part.sum.saturating_add(value);
                }
            }
            Place::Joins { is_of_kind } => {
                let part = reading.part.as_mut()?;
                part.sum = part.sum.saturating_add(value);
                part.must_add_up |= !is_of_kind;
            }
        }
        if matches!(place, Place::Opens | Place::Nested | Place::Joins { .. }) {
            reading.rows += 1;
        }
        Some(reading)
    }

    fn stand(&mut self, amount: Option<Decimal>) {
        let value = amount.unwrap_or_default();
        self.sum = self.sum.saturating_add(value);
        self.above = value;
        self.rows += 1;
        self.figures += usize::from(amount.is_some());
    }

    fn close(&mut self, target: &Target) -> Option<()> {
        let is_whole = |part: Parts| !part.must_add_up || target.fits(part.sum, part.whole);
        self.part.take().is_none_or(is_whole).then_some(())
    }

    /// Returns whether the whole may end here: its parts make it, or are too few to.
    fn ends_in(&self, target: &Target) -> bool {
        let mut reading = *self;
        if reading.close(target).is_none() {
            return false;
        }
        let is_excerpt = reading.rows == 1 && reading.sum < target.total;
        match (reading.figures, reading.is_chosen) {
            (0, is_chosen) => !is_chosen,
            (1, true) => false,
            _ => is_excerpt || target.fits(reading.sum, target.total),
        }
    }
}
