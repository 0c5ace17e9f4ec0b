//! B15: target and actual both say that all was reached, and yet points are missing.

use crate::model::RescoringMethod;
use crate::model::measure::{Degree, MeasureKind, normalise};
use crate::rescore::Assessment;
use crate::rules::kit::{score_checks, words};
use crate::rules::{Findings, RuleContext};
use crate::text::plain;

rule! { "B15", "deduction-despite-match", "完成值与指标值文字相同却扣了分", Info, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    score_checks::report_whole_rows(context, findings, |whole, findings| {
        let (score, target, actual) = (whole.score, whole.target, whole.actual);
        let lost = whole.weight.value.saturating_sub(score.value);
        if whole.assessment.method != RescoringMethod::Band
            || !says_wholly(whole.assessment)
            || normalise(&target.value) != normalise(&actual.value)
            || lost <= context.standard.tolerance.score
            || whole.is_condemned(findings)
            || score_checks::refused(whole.item).is_some()
            // A deduction without a reason is E01's.
            || !context.has_reason(whole.row)
        {
            return None;
        }
        let finding = whole.at_score(
            format!(
                "扣分应能从完成值看出来；{}指标值（{}）和完成值（{}）都是“{}”，{} 得 {} 分，扣了 {} 分。",
                context.name(whole.row),
                target.cell,
                actual.cell,
                words::shortened(&actual.text),
                score.cell,
                plain(score.value),
                plain(lost)
            ),
            format!(
                "没有完全达到的，在 {} 如实写明完成情况；已经达到的，核对 {}。",
                actual.cell, score.cell
            ),
        );
        Some(finding.basis(&context.standard.clauses.qualitative))
    });
}

/// 全部符合, 完全达成: words that leave nothing to take off. A described effect (明显改善) has degrees of its own.
fn says_wholly(assessment: &Assessment) -> bool {
    matches!(&assessment.actual.kind, MeasureKind::Tier(tier) if tier.degree == Degree::Full)
}
