//! B04: the score of an indicator where less is better is not what its figures give.

use super::{Findings, Rule, RuleContext, Stage, score_checks};
use crate::model::{RescoringMethod, Severity};
use crate::rescore::Direction;

/// B04.
pub const RULE: Rule = Rule {
    code: "B04",
    slug: "inverse-score-mismatch",
    title: "反向指标得分与完成情况不符",
    severity: Severity::Error,
    stage: Stage::RowScores,
    page: include_str!("inverse-score-mismatch.md"),
    check,
};

fn check(context: &RuleContext, findings: &mut Findings) {
    let law = "越少越好的指标没有超过指标值的得满分，超过的按超出程度扣分";
    score_checks::report_indicators(
        context,
        findings,
        law,
        &context.standard.clauses.inverse,
        |assessment| {
            matches!(
                assessment.method,
                RescoringMethod::Full | RescoringMethod::Ratio | RescoringMethod::Inverse | RescoringMethod::Deadline
            ) && assessment.direction == Some(Direction::Inverse)
        },
    );
}
