//! A unit's settings (`hebiao.toml`): which standard and forms hold, how much each rule weighs, which findings are
//! known and set aside. Text in, decisions out: it knows no folder and no clock.

mod baseline;
mod error;
mod load;
mod pattern;
mod suppress;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::standard::{RuleLevel, Standard};

pub use baseline::{Baseline, FoundFindings, KnownFinding};
pub use error::SettingsError;
pub use suppress::{Suppression, SuppressionUse};

/// Everything that a settings file may say. What it leaves out is the standard's or the program's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Settings {
    /// A built-in standard's name, or a standard file beside the settings file.
    pub standard: Option<String>,
    /// Folders of forms and wordings beside the settings file.
    pub forms: Vec<String>,
    /// Folders of rules of one's own beside the settings file.
    pub rules: Vec<String>,
    /// Folders of evidence beside the settings file.
    pub evidence: Vec<String>,
    /// Approved targets (批复的绩效目标表), files or folders beside the settings file.
    pub targets: Vec<String>,
    /// Lists of payments (支付明细) beside the settings file.
    pub payments: Vec<String>,
    /// Levels by rule; after reading, by the rule's code.
    pub severity: BTreeMap<String, RuleLevel>,
    /// Tolerances other than the standard's.
    pub tolerance: Tolerances,
    /// Where reasons are due.
    pub reasons: Reasons,
    /// Findings set aside.
    pub suppress: Vec<Suppression>,
}

/// Tolerances, each in its own unit as in [`crate::standard::Tolerance`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Tolerances {
    /// Scores, points.
    #[serde(deserialize_with = "crate::standard::decimal::optional::deserialize")]
    pub score: Option<Decimal>,
    /// Weights, points.
    #[serde(deserialize_with = "crate::standard::decimal::optional::deserialize")]
    pub weight: Option<Decimal>,
    /// Amounts, in the table's money unit.
    #[serde(deserialize_with = "crate::standard::decimal::optional::deserialize")]
    pub money: Option<Decimal>,
    /// Rates, as ratios.
    #[serde(deserialize_with = "crate::standard::decimal::optional::deserialize")]
    pub rate: Option<Decimal>,
}

/// Where reasons are due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Reasons {
    /// Where a missing reason is an error.
    pub required: Vec<ReasonFor>,
    /// An execution rate below this calls for a reason.
    #[serde(deserialize_with = "crate::standard::decimal::optional::deserialize")]
    pub execution_below: Option<Decimal>,
    /// Actual ÷ target from which on a reason is due.
    #[serde(deserialize_with = "crate::standard::decimal::optional::deserialize")]
    pub over_achievement: Option<Decimal>,
}

/// What a reason explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReasonFor {
    /// A score below its weight (E01).
    Deduction,
    /// A target far exceeded (B18).
    OverAchievement,
    /// A low execution rate (C10).
    Execution,
}

impl ReasonFor {
    /// Returns the rule that misses the reason.
    const fn rule(self) -> &'static str {
        match self {
            Self::Deduction => "E01",
            Self::OverAchievement => "B18",
            Self::Execution => "C10",
        }
    }
}

impl Settings {
    /// Returns the standard as these settings change it. A level set for a rule beats `reasons.required`.
    pub fn applied_to(&self, standard: &Standard) -> Standard {
        let mut standard = standard.clone();
        let tolerance = &mut standard.tolerance;
        for (own, of_standard) in [
            (self.tolerance.score, &mut tolerance.score),
            (self.tolerance.weight, &mut tolerance.weight),
            (self.tolerance.money, &mut tolerance.money),
            (self.tolerance.rate, &mut tolerance.rate),
        ] {
            if let Some(own) = own {
                *of_standard = own;
            }
        }
        if let Some(threshold) = self.reasons.over_achievement {
            standard.over_achievement.threshold = threshold;
        }
        if self.reasons.execution_below.is_some() {
            standard.execution.reason_below = self.reasons.execution_below;
        }
        for reason in &self.reasons.required {
            standard.severity.insert(reason.rule().to_owned(), RuleLevel::Error);
        }
        for (code, level) in &self.severity {
            standard.severity.insert(code.clone(), *level);
        }
        standard
    }
}
