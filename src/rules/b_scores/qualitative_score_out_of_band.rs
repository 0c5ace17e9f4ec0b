//! B11: the score of a qualitative indicator lies outside the band of the tier that its actual names.

use crate::model::RescoringMethod;
use crate::model::measure::{MeasureKind, normalise};
use crate::rescore::Assessment;
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
        |row, assessment| match assessment.method {
            RescoringMethod::Band => !is_explained_repetition(context, row, assessment),
            RescoringMethod::Boolean => true,
            _ => false,
        },
    );
}

/// Returns whether the actual repeats a target that names no tier, and a reason explains what was taken off: the words
/// say nothing of how far it was reached.
fn is_explained_repetition(context: &RuleContext, row: usize, assessment: &Assessment) -> bool {
    let Some(indicator) = context.evaluation().indicators.get(row) else {
        return false;
    };
    let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else {
        return false;
    };
    let is_below = match (&indicator.score, &assessment.expected) {
        (Some(score), Some(expected)) => score.value < expected.min,
        _ => false,
    };
    is_below
        && !matches!(assessment.actual.kind, MeasureKind::Tier(_))
        && normalise(&target.value) == normalise(&actual.value)
        && context.has_reason(row)
}
