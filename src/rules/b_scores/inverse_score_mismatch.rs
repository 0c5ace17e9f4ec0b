//! B04: the score of an indicator where less is better is not what its figures give.

use crate::model::RescoringMethod;
use crate::rescore::Direction;
use crate::rules::kit::score_checks;
use crate::rules::{Findings, RuleContext};

rule! { "B04", "inverse-score-mismatch", "反向指标得分与完成情况不符", Error, RowScores }

fn check(context: &RuleContext, findings: &mut Findings) {
    let law = "越少越好的指标没有超过指标值的得满分，超过的按超出程度扣分";
    score_checks::report_indicators(
        context,
        findings,
        law,
        &context.standard.clauses.inverse,
        |_, assessment| {
            matches!(
                assessment.method,
                RescoringMethod::Full | RescoringMethod::Ratio | RescoringMethod::Inverse | RescoringMethod::Deadline
            ) && assessment.direction == Some(Direction::Inverse)
        },
    );
}
