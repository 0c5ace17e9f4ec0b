//! A05: the rows under a 一级指标 do not make the weight that its cell declares.

use rust_decimal::Decimal;

use crate::rules::kit::weight_blocks::{self, Level};
use crate::rules::kit::weight_findings;
use crate::rules::{Findings, RuleContext};

rule! { "A05", "level-weight-mismatch", "一级指标分值与下级分值之和不符", Error, LevelWeights }

fn check(context: &RuleContext, findings: &mut Findings) {
    let inner = weight_blocks::broken(context, findings, Level::Two);
    for block in weight_blocks::broken(context, findings, Level::One) {
        // A 二级指标 that is off by the same points is the nearer place; A06 reports it.
        let nearer: Decimal = inner
            .iter()
            .filter(|part| block.rows.binary_search(&part.first_row).is_ok())
            .map(|part| part.excess)
            .sum();
        if (nearer - block.excess).abs() > context.standard.tolerance.weight {
            weight_findings::report(context, findings, &block, Level::One);
        }
    }
}
