//! Standards by name and from TOML, checked before use.

use std::sync::{LazyLock, OnceLock};

use rust_decimal::Decimal;
use toml::{Table, Value};

use super::{Standard, StandardError, Step};
use crate::model::measure::Measure;
use crate::text::toml_error::{TomlError, without_byte_order_mark};

const MINISTRY: &str = include_str!("ministry.toml");

/// The built-in standards by name, in the order people read them.
const BUILT_IN: &[(&str, &str)] = &[
    ("ministry-2020", MINISTRY),
    ("department-2020", include_str!("department.toml")),
    ("ministry-2018", include_str!("ministry-2018.toml")),
    ("overall-2020", include_str!("overall.toml")),
    ("core-2021", include_str!("core.toml")),
    ("jiangxi", include_str!("jiangxi.toml")),
    ("hubei", include_str!("hubei.toml")),
    ("guangxi", include_str!("guangxi.toml")),
    ("sichuan", include_str!("sichuan.toml")),
    ("zhejiang", include_str!("zhejiang.toml")),
    ("shanxi", include_str!("shanxi.toml")),
    ("hunan-overall", include_str!("hunan-overall.toml")),
];

/// The key that names the standard to build on.
const EXTENDS: &str = "extends";

impl Standard {
    /// Returns the default: 财预〔2020〕10号, read once in a run.
    pub fn ministry() -> &'static Self {
        // The text is part of the program and a test reads it, so that no user can meet this.
        static READ: LazyLock<Standard> = LazyLock::new(|| {
            Standard::from_toml(MINISTRY).unwrap_or_else(|error| panic!("the built-in standard is sound: {error}"))
        });
        &READ
    }

    /// Returns names of the built-in standards.
    pub fn names() -> Vec<&'static str> {
        BUILT_IN.iter().map(|(name, _)| *name).collect()
    }

    /// Returns the built-in standard of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::built_in(name).cloned()
    }

    /// Returns the built-in standard of that name, read once in a run.
    pub fn built_in(name: &str) -> Option<&'static Self> {
        static READ: [OnceLock<Option<Standard>>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];
        let mut known = BUILT_IN.iter().zip(&READ);
        let ((_, text), read) = known.find(|((known, _), _)| *known == name)?;
        read.get_or_init(|| Self::from_toml(text).ok()).as_ref()
    }

    /// Returns the file of the built-in standard of that name, comments and all.
    pub fn source(name: &str) -> Option<&'static str> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(text)
    }

    /// Reads and checks a standard. With `extends`, what the file leaves out is the named standard's; a list that it
    /// writes (等级, 档, 一级指标权重, words) takes the place of the whole list. Errors name the line and key in Chinese.
    pub fn from_toml(text: &str) -> Result<Self, StandardError> {
        let text = without_byte_order_mark(text);
        let written: Table = toml::from_str(text).map_err(|error| TomlError::refused(text, &error))?;
        let mut standard: Self = if written.contains_key(EXTENDS) {
            let whole = on_its_base(text, written)?;
            whole
                .try_into()
                .map_err(|error| StandardError::from(TomlError::refused_value(text, &error)))?
        } else {
            toml::from_str(text).map_err(|error| TomlError::refused(text, &error))?
        };
        standard.check().map_err(|error| error.in_file(text))?;
        standard.index_tiers().map_err(|error| error.in_file(text))?;
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
        for (key, steps) in [
            ("quantitative.steps", &self.quantitative.steps),
            ("execution.steps", &self.execution.steps),
            ("satisfaction.steps", &self.satisfaction.steps),
        ] {
            let falls = |(above, below): (&Step, &Step)| above.at_least > below.at_least && above.part >= below.part;
            refuse(
                !steps.iter().zip(steps.iter().skip(1)).all(falls),
                key,
                "各档要从高到低写，下限和得分逐级降低",
            )?;
            refuse(
                !steps
                    .iter()
                    .all(|step| unit.contains(&step.part) && step.at_least >= zero),
                key,
                "at_least 不能为负，part 应在 0 到 1 之间",
            )?;
        }
        refuse(
            self.execution.reason_below.is_some_and(|rate| !unit.contains(&rate)),
            "execution.reason_below",
            "应在 0 到 1 之间",
        )?;
        refuse(
            self.execution.result_gap.is_some_and(|gap| !unit.contains(&gap)),
            "execution.result_gap",
            "应在 0 到 1 之间",
        )?;
        refuse(
            self.execution.hardly_spent.is_some_and(|rate| !unit.contains(&rate)),
            "execution.hardly_spent",
            "应在 0 到 1 之间",
        )?;
        refuse(
            self.level_weights
                .iter()
                .any(|level| level.names.is_empty() || level.weight < zero || level.weight > self.full_score),
            "level_weight",
            "每个一级指标要有名称，权重应在 0 和总分值之间",
        )?;
        refuse(
            self.results_at_least
                .is_some_and(|least| least < zero || least > self.full_score),
            "results_at_least",
            "应在 0 和总分值之间",
        )?;
        refuse(
            self.indicators_at_least
                .zip(self.indicators_at_most)
                .is_some_and(|(least, most)| least > most),
            "indicators_at_least",
            "不能大于 indicators_at_most",
        )?;
        let sound = |(low, high): (Decimal, Decimal)| unit.contains(&low) && unit.contains(&high) && low <= high;
        refuse(
            !self.tiers.iter().all(|tier| sound(tier.ratios)),
            "tier.ratios",
            "须是 0 到 1 之间的 [下限, 上限]",
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
        refuse(
            self.over_achievement
                .set_too_low
                .is_some_and(|times| times < Decimal::ONE),
            "over_achievement.set_too_low",
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
        let is_code = |code: &String| {
            let mut letters = code.chars();
            letters.next().is_some_and(|letter| letter.is_ascii_uppercase())
                && code.len() == 3
                && letters.all(|digit| digit.is_ascii_digit())
        };
        refuse(
            !self.severity.keys().all(is_code),
            "severity",
            "应写规则的编号，例如 D14 = \"warning\"",
        )?;
        self.check_local()
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

/// Returns what was written, laid over the standard that it builds on.
fn on_its_base(text: &str, written: Table) -> Result<Table, StandardError> {
    let refuse = |reason: String| StandardError::value(EXTENDS, reason).in_file(text);
    let Some(name) = written.get(EXTENDS).and_then(Value::as_str) else {
        return Err(refuse("须是一个内置标准的名称".to_owned()));
    };
    let Some(base) = Standard::source(name) else {
        let known = Standard::names().join("、");
        return Err(refuse(format!("没有名为“{name}”的内置标准；内置的有：{known}")));
    };
    let base_table: Table = toml::from_str(base).map_err(|error| TomlError::refused(base, &error))?;
    // A built-in standard never builds on itself: a test reads them all.
    let mut whole = if base_table.contains_key(EXTENDS) {
        on_its_base(base, base_table)?
    } else {
        base_table
    };
    lay_over(&mut whole, written);
    Ok(whole)
}

fn lay_over(base: &mut Table, written: Table) {
    for (key, value) in written {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => lay_over(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn a_standard_that_builds_on_another_changes_only_what_it_writes() {
        let own = "extends = \"hubei\"\nname = \"county\"\ntitle = \"某县\"\ndocument = \"某财绩〔2024〕1号\"\nyear = 2024\n\
               [execution]\nreason_below = 0.85\n[severity]\nD14 = \"warning\"\n";
        let (own, hubei) = (Standard::from_toml(own).unwrap(), Standard::named("hubei").unwrap());
        assert_eq!(own.extends.as_deref(), Some("hubei"));
        assert_eq!(own.execution.reason_below, Some(number("0.85")));
        assert_eq!(own.severity.len(), 1);
        let mut but_for_what_it_writes = own;
        but_for_what_it_writes.name.clone_from(&hubei.name);
        but_for_what_it_writes.extends.clone_from(&hubei.extends);
        but_for_what_it_writes.title.clone_from(&hubei.title);
        but_for_what_it_writes.document.clone_from(&hubei.document);
        but_for_what_it_writes.year = hubei.year;
        but_for_what_it_writes.execution = hubei.execution.clone();
        but_for_what_it_writes.severity.clone_from(&hubei.severity);
        assert_eq!(but_for_what_it_writes, hubei);
        assert_eq!(hubei.fund_weight, number("20"));
        assert_eq!(hubei.clauses.grades, Standard::ministry().clauses.grades);
    }
}
