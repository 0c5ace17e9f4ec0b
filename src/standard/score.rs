//! What a standard answers: the grade of a total, the tier of a word, the rounding of a score.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{RoundingMode, Standard, TierBand};
use crate::model::Grade;
use crate::model::measure::{Measure, normalise};

impl Standard {
    /// Returns the grade of a total; `None` below every band.
    pub fn grade_of(&self, total: Decimal) -> Option<Grade> {
        self.grades
            .iter()
            .find(|band| total >= band.at_least)
            .map(|band| band.grade)
    }

    /// Returns the grade that a table calls by this name.
    pub fn grade_named(&self, name: &str) -> Option<Grade> {
        let name = normalise(name);
        self.grades
            .iter()
            .find(|band| band.names.iter().any(|known| *known == name))
            .map(|band| band.grade)
    }

    /// Returns the lowest total of a grade, points.
    pub fn lowest_total(&self, grade: Grade) -> Option<Decimal> {
        self.grades
            .iter()
            .find(|band| band.grade == grade)
            .map(|band| band.at_least)
    }

    /// Returns the tier whose words the value is one of.
    pub fn tier_of(&self, actual: &Measure) -> Option<&TierBand> {
        self.tier_words
            .get(&actual.spelled())
            .and_then(|index| self.tiers.get(*index))
    }

    /// Returns the tier of a reached target.
    pub fn top_tier(&self) -> Option<&TierBand> {
        self.tiers.first()
    }

    /// Returns a score at the standard's decimal places, 四舍五入.
    pub fn rounded(&self, score: Decimal) -> Decimal {
        Self::round_by(score, RoundingMode::HalfUp, self.rounding.places)
    }

    /// Returns the least and the greatest of the accepted roundings.
    pub fn accepted_roundings(&self, score: Decimal) -> (Decimal, Decimal) {
        self.accepted_roundings_at(score, self.rounding.places)
    }

    /// Returns the same at as many decimal places as a table writes its scores with.
    pub fn accepted_roundings_at(&self, score: Decimal, places: u32) -> (Decimal, Decimal) {
        let mut roundings = self
            .rounding
            .accept
            .iter()
            .map(|mode| Self::round_by(score, *mode, places));
        let first = roundings.next().unwrap_or(score);
        roundings.fold((first, first), |(low, high), rounded| {
            (low.min(rounded), high.max(rounded))
        })
    }

    fn round_by(score: Decimal, mode: RoundingMode, places: u32) -> Decimal {
        let strategy = match mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::Truncate => RoundingStrategy::ToZero,
        };
        score.round_dp_with_strategy(places, strategy).normalize()
    }
}
