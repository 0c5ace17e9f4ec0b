//! How many findings there are, by level, and how many of them the unit has explained.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Discrepancy, Severity};

/// Findings of one level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LevelTotal {
    /// All of them.
    pub found: usize,
    /// Those that the unit has explained.
    pub explained: usize,
}

/// Findings by level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// 错误.
    pub errors: LevelTotal,
    /// 预警.
    pub warnings: LevelTotal,
    /// 提示.
    pub infos: LevelTotal,
}

impl Totals {
    /// The counts of some findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Discrepancy>) -> Self {
        let mut totals = Self::default();
        for finding in findings {
            let level = match finding.severity {
                Severity::Error => &mut totals.errors,
                Severity::Warning => &mut totals.warnings,
                Severity::Info => &mut totals.infos,
            };
            level.found += 1;
            level.explained += usize::from(finding.is_explained());
        }
        totals
    }

    /// These and others.
    pub const fn plus(self, other: Self) -> Self {
        Self {
            errors: self.errors.plus(other.errors),
            warnings: self.warnings.plus(other.warnings),
            infos: self.infos.plus(other.infos),
        }
    }

    /// `错误 2 项（其中已说明 1 项），预警 0 项，提示 3 项`.
    pub fn text(&self) -> String {
        let levels = [
            (Severity::Error, self.errors),
            (Severity::Warning, self.warnings),
            (Severity::Info, self.infos),
        ];
        levels.map(|(severity, total)| total.text(severity)).join("，")
    }
}

impl LevelTotal {
    const fn plus(self, other: Self) -> Self {
        Self {
            found: self.found + other.found,
            explained: self.explained + other.explained,
        }
    }

    /// `错误 2 项（其中已说明 1 项）`.
    pub fn text(self, severity: Severity) -> String {
        let Self { found, explained } = self;
        let title = severity.title();
        if explained == 0 {
            format!("{title} {found} 项")
        } else {
            format!("{title} {found} 项（其中已说明 {explained} 项）")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explained_findings_are_counted_within_their_level() {
        let totals = Totals {
            errors: LevelTotal { found: 2, explained: 1 },
            warnings: LevelTotal::default(),
            infos: LevelTotal { found: 1, explained: 0 },
        };
        assert_eq!(totals.text(), "错误 2 项（其中已说明 1 项），预警 0 项，提示 1 项");
        assert_eq!(
            totals.plus(totals).text(),
            "错误 4 项（其中已说明 2 项），预警 0 项，提示 2 项"
        );
    }
}
