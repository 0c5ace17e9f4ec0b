//! B11: the score of a qualitative indicator lies outside the band of the tier that its actual names.

use crate::model::RescoringMethod;
use crate::rules::kit::score_checks;
use crate::rules::{Findings, RuleContext};

rule! { "B11", "qualitative-score-out-of-band", "定性指标得分不在档内", Error, RowScores }

fn check(context: &RuleContext, findings: &mut Findings) {
    let law = "定性指标的得分应在完成情况所属的档内";
    score_checks::report_indicators(
        context,
        findings,
        law,
        &context.standard.clauses.qualitative,
        |assessment| matches!(assessment.method, RescoringMethod::Band | RescoringMethod::Boolean),
    );
}
