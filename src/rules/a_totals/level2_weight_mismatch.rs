//! A06: the rows under a 二级指标 do not make the weight that its cell declares.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::rules::kit::weight_blocks::{self, Level};
use crate::rules::kit::weight_findings;
use crate::rules::{Findings, RuleContext};

rule! { "A06", "level2-weight-mismatch", "二级指标分值与下级分值之和不符", Error, LevelWeights }

fn check(context: &RuleContext, findings: &mut Findings) {
    if are_shares(context) {
        return;
    }
    for block in weight_blocks::broken(context, findings, Level::Two) {
        weight_findings::report(context, findings, &block, Level::Two);
    }
}

/// Returns whether the 二级指标 under every 一级指标 make a hundred: then they are shares of it, not points.
fn are_shares(context: &RuleContext) -> bool {
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    let mut declared = BTreeSet::new();
    for (_, row) in context.indicators() {
        let (Some(level1), Some(weight)) = (&row.level1, &row.level2_weight) else {
            return false;
        };
        let sum = sums.entry(level1.value.as_str()).or_default();
        if declared.insert(weight.cell) {
            *sum = sum.saturating_add(weight.value);
        }
    }
    let full = context.full_marks();
    sums.len() > 1
        && sums
            .values()
            .all(|sum| (*sum - full).abs() <= context.standard.tolerance.weight)
}
