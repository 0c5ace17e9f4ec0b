//! B15: target and actual both say that all was reached, and yet points are missing.

use crate::model::RescoringMethod;
use crate::model::measure::{Degree, MeasureKind, normalise};
use crate::rescore::Assessment;
use crate::rules::kit::score_checks::WholeRow;
use crate::rules::kit::{score_checks, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B15", "deduction-despite-match", "完成值与指标值文字相同却扣了分", Info, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    for whole in score_checks::whole_rows(context) {
        let WholeRow {
            row,
            score,
            weight,
            target,
            actual,
            item,
            assessment,
        } = whole;
        let lost = weight.value.saturating_sub(score.value);
        if assessment.method != RescoringMethod::Band
            || !says_wholly(assessment)
            || normalise(&target.value) != normalise(&actual.value)
            || lost <= context.standard.tolerance.score
            || whole.is_condemned(findings)
            || score_checks::refused(item).is_some()
            // A deduction without a reason is E01's.
            || !context.has_reason(row)
        {
            continue;
        }
        findings.report(
            Finding::new(
                score.cell,
                format!(
                    "扣分应能从完成值看出来；{}指标值（{}）和完成值（{}）都是“{}”，{} 得 {} 分，扣了 {} 分。",
                    context.name(row),
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
            )
            .field(format!("indicators[{row}].score"))
            .declared(plain(score.value))
            .basis(&context.standard.clauses.qualitative)
            .related([target.cell, actual.cell, weight.cell]),
        );
    }
}

/// 全部符合, 完全达成: words that leave nothing to take off. A described effect (明显改善) has degrees of its own.
fn says_wholly(assessment: &Assessment) -> bool {
    matches!(&assessment.actual.kind, MeasureKind::Tier(tier) if tier.degree == Degree::Full)
}
