//! What single regions add to the common rules, and for which tables a standard holds where nobody named one.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Standard, StandardError, Step, decimal};
use crate::model::TableKind;

/// The tables that a standard is picked for where none is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PickedFor {
    /// Kinds of tables; none is every kind.
    #[serde(default)]
    pub kinds: Vec<TableKind>,
    /// The last 年度.
    #[serde(default)]
    pub until_year: Option<i32>,
}

/// 满意度: points by the rate itself, whatever the target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Satisfaction {
    /// Steps by the rate, the highest first; none scores satisfaction as any other figure.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Points that it usually has, where the standard leaves the weights of the 一级指标 open.
    #[serde(default, with = "decimal::optional")]
    pub usual_weight: Option<Decimal>,
}

/// 成本指标.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cost {
    /// Most points of a cost indicator that only repeats its kind or the budget.
    #[serde(default, with = "decimal::optional")]
    pub default_row_at_most: Option<Decimal>,
}

/// One step of a table that counts downwards: up to `at_most`, `part` of the weight.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CeilingStep {
    /// Greatest ratio of the step.
    #[serde(with = "decimal")]
    pub at_most: Decimal,
    /// The part of the weight that it earns.
    #[serde(with = "decimal")]
    pub part: Decimal,
}

/// A rate that the standard scores by its name: by ceilings, or so much off for each step beyond the limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NamedRate {
    /// The 三级指标 as tables write it.
    pub names: Vec<String>,
    /// Whether less is better.
    #[serde(default)]
    pub inverse: bool,
    /// The ratio that earns the whole weight.
    #[serde(with = "decimal")]
    pub full_at: Decimal,
    /// For each so much beyond it (a ratio) …
    #[serde(default, with = "decimal::optional")]
    pub each: Option<Decimal>,
    /// … this part of the weight is taken off.
    #[serde(default, with = "decimal::optional")]
    pub part_off: Option<Decimal>,
    /// Ceilings, the lowest first; above the last nothing is earned.
    #[serde(default)]
    pub ceilings: Vec<CeilingStep>,
}

impl Standard {
    /// Returns the built-in standards that a table is asked for where none is named, in that order.
    pub fn picked_by_table() -> Vec<Self> {
        let built_in = Self::names().into_iter().filter_map(Self::named);
        built_in.filter(|standard| standard.picked_for.is_some()).collect()
    }

    /// Returns why this standard is the one for a table of that kind and year, in Chinese; `None` where it is not.
    pub fn why_picked(&self, kind: TableKind, year: Option<i32>) -> Option<String> {
        let picked_for = self.picked_for.as_ref()?;
        let mut reasons = Vec::new();
        if !picked_for.kinds.is_empty() {
            if !picked_for.kinds.contains(&kind) {
                return None;
            }
            reasons.push(format!("评价类型是{}", kind.title()));
        }
        if let Some(last) = picked_for.until_year {
            let year = year.filter(|year| *year <= last)?;
            reasons.push(format!("年度是 {year} 年"));
        }
        (!reasons.is_empty()).then(|| reasons.join("，"))
    }

    /// Returns the rate that the standard scores by this name, without white space.
    pub fn named_rate(&self, name: &str) -> Option<&NamedRate> {
        self.named_rates
            .iter()
            .find(|rate| rate.names.iter().any(|known| known == name))
    }

    pub(super) fn check_local(&self) -> Result<(), StandardError> {
        let refuse = |bad: bool, key: &str, reason: &str| {
            if bad {
                Err(StandardError::value(key, reason))
            } else {
                Ok(())
            }
        };
        let unit = Decimal::ZERO..=Decimal::ONE;
        refuse(
            self.quantitative
                .pass_mark
                .is_some_and(|mark| mark <= Decimal::ZERO || mark >= Decimal::ONE),
            "quantitative.pass_mark",
            "应大于 0，小于 1",
        )?;
        refuse(
            self.quantitative.pass_mark.is_some() && !self.quantitative.steps.is_empty(),
            "quantitative.pass_mark",
            "和 quantitative.steps 只能写一种",
        )?;
        refuse(
            self.cost.default_row_at_most.is_some_and(|most| most < Decimal::ZERO),
            "cost.default_row_at_most",
            "不能为负",
        )?;
        refuse(
            self.over_achievement
                .from_zero
                .is_some_and(|count| count <= Decimal::ZERO),
            "over_achievement.from_zero",
            "应大于 0",
        )?;
        for rate in &self.named_rates {
            refuse(rate.names.is_empty(), "named_rate.names", "至少要有一个名称")?;
            refuse(rate.full_at < Decimal::ZERO, "named_rate.full_at", "不能为负")?;
            let by_steps = rate.each.is_some() && rate.part_off.is_some();
            refuse(
                by_steps != rate.ceilings.is_empty() || rate.each.is_some() != rate.part_off.is_some(),
                "named_rate.each",
                "each 和 part_off 要一起写，或者改写 ceilings，只用一种",
            )?;
            refuse(
                rate.each.is_some_and(|each| each <= Decimal::ZERO)
                    || rate.part_off.is_some_and(|part| !unit.contains(&part)),
                "named_rate.each",
                "each 应大于 0，part_off 应在 0 到 1 之间",
            )?;
            let rises = rate.ceilings.iter().zip(rate.ceilings.iter().skip(1));
            refuse(
                rises
                    .into_iter()
                    .any(|(below, above)| below.at_most >= above.at_most || below.part < above.part),
                "named_rate.ceilings",
                "各档要从低到高写，上限逐级升高，得分逐级降低",
            )?;
            refuse(
                rate.ceilings.iter().any(|step| !unit.contains(&step.part)),
                "named_rate.ceilings",
                "part 应在 0 到 1 之间",
            )?;
        }
        Ok(())
    }
}
