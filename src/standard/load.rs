//! Standards by name and from TOML, checked before use.

use rust_decimal::Decimal;

use super::{Standard, StandardError};
use crate::model::measure::Measure;

const MINISTRY: &str = include_str!("ministry.toml");

/// The built-in standards by name, in the order people read them.
const BUILT_IN: [(&str, &str); 1] = [("ministry-2020", MINISTRY)];

impl Standard {
    /// The default: 财预〔2020〕10号.
    pub fn ministry() -> Self {
        // The text is part of the program and a test reads it, so that no user can meet this.
        Self::from_toml(MINISTRY).unwrap_or_else(|error| panic!("the built-in standard is sound: {error}"))
    }

    /// Names of the built-in standards.
    pub fn names() -> Vec<&'static str> {
        BUILT_IN.iter().map(|(name, _)| *name).collect()
    }

    /// The built-in standard of that name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::from_toml(text).ok()
    }

    /// Reads and checks a standard. Errors name the line and key in Chinese.
    pub fn from_toml(text: &str) -> Result<Self, StandardError> {
        let mut standard: Self = toml::from_str(text).map_err(|error| StandardError::from_toml(text, &error))?;
        standard.check()?;
        standard.index_tiers()?;
        Ok(standard)
    }

    fn check(&self) -> Result<(), StandardError> {
        let refuse = |bad: bool, key: &str, reason: &str| {
            if bad {
                Err(StandardError::value(key, reason))
            } else {
                Ok(())
            }
        };
        let zero = Decimal::ZERO;
        refuse(self.name.is_empty(), "name", "不能为空")?;
        refuse(
            self.full_score <= zero || self.full_score > Decimal::ONE_THOUSAND,
            "full_score",
            "应大于 0，不超过 1000",
        )?;
        refuse(
            self.fund_weight < zero || self.fund_weight > self.full_score,
            "fund_weight",
            "应在 0 和总分值之间",
        )?;
        refuse(self.grades.is_empty(), "grade", "至少要有一个等级")?;
        let falling = self
            .grades
            .iter()
            .zip(self.grades.iter().skip(1))
            .all(|(above, below)| above.at_least > below.at_least);
        refuse(!falling, "grade.at_least", "各等级要从高到低写，下限逐级降低")?;
        refuse(
            self.grades.iter().any(|band| band.names.is_empty()),
            "grade.names",
            "每个等级至少要有一个名称",
        )?;
        refuse(self.tiers.is_empty(), "tier", "至少要有一档")?;
        let unit = zero..=Decimal::ONE;
        let sound = |(low, high): (Decimal, Decimal)| unit.contains(&low) && unit.contains(&high) && low <= high;
        refuse(
            !self.tiers.iter().all(|tier| sound(tier.ratios)),
            "tier.ratios",
            "应为 0 到 1 之间的 [下限, 上限]",
        )?;
        refuse(self.inverse.formulas.is_empty(), "inverse.formulas", "至少要有一种算式")?;
        refuse(!unit.contains(&self.boolean.met), "boolean.met", "应在 0 到 1 之间")?;
        refuse(
            !unit.contains(&self.boolean.not_met),
            "boolean.not_met",
            "应在 0 到 1 之间",
        )?;
        refuse(
            self.over_achievement.threshold < Decimal::ONE,
            "over_achievement.threshold",
            "应不小于 1",
        )?;
        refuse(self.rounding.places > 6, "rounding.places", "应在 0 到 6 之间")?;
        refuse(self.rounding.accept.is_empty(), "rounding.accept", "至少要有一种")?;
        for (key, tolerance) in [
            ("tolerance.score", self.tolerance.score),
            ("tolerance.weight", self.tolerance.weight),
            ("tolerance.money", self.tolerance.money),
            ("tolerance.rate", self.tolerance.rate),
        ] {
            refuse(!unit.contains(&tolerance), key, "应在 0 到 1 之间")?;
        }
        Ok(())
    }

    /// Words are kept in the spelling that measures print, so that a table's 达成年度指标 finds 达成.
    fn index_tiers(&mut self) -> Result<(), StandardError> {
        for (index, tier) in self.tiers.iter().enumerate() {
            for word in &tier.words {
                if self
                    .tier_words
                    .insert(Measure::parse(word).to_string(), index)
                    .is_some()
                {
                    return Err(StandardError::value("tier.words", format!("“{word}”写在了两处")));
                }
            }
        }
        Ok(())
    }
}
