//! What a standard shows to those outside.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Execution, OverAchievement, Quantitative, RuleLevel, Standard, Tolerance};

impl Standard {
    /// Returns the stable name, e.g. `ministry-2020`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the name of the built-in standard that this one changes in some places only.
    pub fn extends(&self) -> Option<&str> {
        self.extends.as_deref()
    }

    /// Returns the Chinese title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The title of the document it comes from.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// Returns the year of the document.
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// Returns the points of the 预算执行率 in the fund block.
    pub const fn fund_weight(&self) -> Decimal {
        self.fund_weight
    }

    /// Returns how quantitative indicators short of their target are scored.
    pub const fn quantitative(&self) -> &Quantitative {
        &self.quantitative
    }

    /// Returns how the 预算执行率 is scored.
    pub const fn execution(&self) -> &Execution {
        &self.execution
    }

    /// Returns what holds for targets far exceeded.
    pub const fn over_achievement(&self) -> &OverAchievement {
        &self.over_achievement
    }

    /// Returns the tolerances.
    pub const fn tolerance(&self) -> &Tolerance {
        &self.tolerance
    }

    /// Returns the rules that weigh more or less here than they usually do, by code.
    pub const fn severity(&self) -> &BTreeMap<String, RuleLevel> {
        &self.severity
    }
}
