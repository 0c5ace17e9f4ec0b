//! A06: the rows under a 二级指标 do not make the weight that its cell declares.

use super::weight_blocks::{self, Level};
use super::{Findings, Rule, RuleContext, Stage, level_weight_mismatch};
use crate::report::Severity;

/// A06.
pub const RULE: Rule = Rule {
    code: "A06",
    slug: "level2-weight-mismatch",
    title: "二级指标分值与下级分值之和不符",
    severity: Severity::Error,
    stage: Stage::LevelWeights,
    page: include_str!("level2-weight-mismatch.md"),
    check,
};

fn check(context: &RuleContext, findings: &mut Findings) {
    for block in weight_blocks::broken(context, findings, Level::Two) {
        level_weight_mismatch::report(context, findings, &block, Level::Two);
    }
}
