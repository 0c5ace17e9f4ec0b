//! B11: the score of a qualitative indicator lies outside the band of the tier that its actual names.

use super::{Findings, Rule, RuleContext, Stage, score_checks};
use crate::model::{RescoringMethod, Severity};

/// B11.
pub const RULE: Rule = Rule {
    code: "B11",
    slug: "qualitative-score-out-of-band",
    title: "定性指标得分不在档内",
    severity: Severity::Error,
    stage: Stage::RowScores,
    page: include_str!("qualitative-score-out-of-band.md"),
    check,
};

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
