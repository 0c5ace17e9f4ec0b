//! What the indicators of a table add up to, row by row.

use rust_decimal::Decimal;

use crate::model::Indicator;

/// Points printed or added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Points {
    pub(super) weight: Option<Decimal>,
    pub(super) score: Option<Decimal>,
}

impl Points {
    /// The same and what others are.
    pub(super) fn and(self, other: Self) -> Self {
        let both = |one: Option<Decimal>, other: Option<Decimal>| match (one, other) {
            (Some(one), Some(other)) => Some(one.saturating_add(other)),
            (one, other) => one.or(other),
        };
        Self {
            weight: both(self.weight, other.weight),
            score: both(self.score, other.score),
        }
    }

    /// Returns whether these, as printed, are those: by the weights, which nobody works out, else by the scores.
    pub(super) fn are(self, sum: Self) -> bool {
        let same = |printed: Option<Decimal>, sum: Option<Decimal>| {
            printed.is_some_and(|points| !points.is_zero() && Some(points) == sum)
        };
        match self.weight {
            Some(_) => same(self.weight, sum.weight),
            None => same(self.score, sum.score),
        }
    }

    pub(super) fn are_more_than(self, other: Self) -> bool {
        match (self.weight, other.weight) {
            (Some(own), Some(other)) => own > other,
            (None, None) => self.score > other.score,
            _ => false,
        }
    }
}

/// The points of the indicators so far.
#[derive(Default)]
pub(super) struct RunningSums {
    pub(super) rows: usize,
    pub(super) all: Points,
    pub(super) since_sum: Points,
    /// By 一级指标, in their order.
    pub(super) levels: Vec<(String, Points)>,
}

impl RunningSums {
    /// 一级指标 that are kept apart; no form has more.
    const MOST_LEVELS: usize = 32;

    pub(super) fn add(&mut self, indicator: &Indicator) {
        let points = Points {
            weight: indicator.weight.as_ref().map(|weight| weight.value),
            score: indicator.score.as_ref().map(|score| score.value),
        };
        self.rows += 1;
        self.all = self.all.and(points);
        self.since_sum = self.since_sum.and(points);
        let Some(level1) = &indicator.level1 else { return };
        let is_full = self.levels.len() >= Self::MOST_LEVELS;
        match self.levels.last_mut() {
            Some((name, sum)) if *name == level1.value => *sum = sum.and(points),
            _ if !is_full => self.levels.push((level1.value.clone(), points)),
            _ => {}
        }
    }
}
