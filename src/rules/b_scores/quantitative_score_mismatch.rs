//! B02: the score of a quantitative indicator is not what its figures give.

use crate::model::RescoringMethod;
use crate::rescore::Direction;
use crate::rules::kit::score_checks;
use crate::rules::{Findings, RuleContext};

rule! { "B02", "quantitative-score-mismatch", "定量指标得分与完成情况不符", Error, RowScores }

fn check(context: &RuleContext, findings: &mut Findings) {
    let law = "定量指标完成指标值的得满分，未完成的按完成比例计分";
    score_checks::report_indicators(
        context,
        findings,
        law,
        &context.standard.clauses.quantitative,
        |_, assessment| {
            matches!(
                assessment.method,
                RescoringMethod::Full | RescoringMethod::Ratio | RescoringMethod::Inverse | RescoringMethod::Deadline
            ) && assessment.direction != Some(Direction::Inverse)
        },
    );
}
