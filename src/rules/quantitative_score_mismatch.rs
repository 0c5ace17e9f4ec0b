//! B02: the score of a quantitative indicator is not what its figures give.

use super::{Findings, Rule, RuleContext, Stage, score_checks};
use crate::model::{RescoringMethod, Severity};
use crate::rescore::Direction;

/// B02.
pub const RULE: Rule = Rule {
    code: "B02",
    slug: "quantitative-score-mismatch",
    title: "定量指标得分与完成情况不符",
    severity: Severity::Error,
    stage: Stage::RowScores,
    page: include_str!("quantitative-score-mismatch.md"),
    check,
};

fn check(context: &RuleContext, findings: &mut Findings) {
    let law = "定量指标完成指标值的得满分，未完成的按完成比例计分";
    score_checks::report_indicators(
        context,
        findings,
        law,
        &context.standard.clauses.quantitative,
        |assessment| {
            matches!(
                assessment.method,
                RescoringMethod::Full | RescoringMethod::Ratio | RescoringMethod::Inverse | RescoringMethod::Deadline
            ) && assessment.direction != Some(Direction::Inverse)
        },
    );
}
