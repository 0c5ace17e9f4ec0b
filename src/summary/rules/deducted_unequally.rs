//! K12: reviewers took very different parts of the points for the same problem.

use rust_decimal::Decimal;

use super::{BatchContext, Check, CrossFinding, CrossFindings, CrossRule};
use crate::report::{Severity, plain};
use crate::summary::SummaryError;

/// K12.
pub const RULE: CrossRule = CrossRule {
    code: "K12",
    slug: "deducted-unequally",
    title: "复核对同样的问题扣分不一",
    severity: Severity::Warning,
    page: include_str!("deducted-unequally.md"),
    check: Check::Batch(check),
};

/// Half of an indicator's points.
const MOST_APART: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    for uses in context.index.reviews.chunk_by(|one, other| one.reason == other.reason) {
        // Records of one reason are sorted by part.
        let (Some(least), Some(most)) = (uses.first(), uses.last()) else {
            continue;
        };
        if most.part.checked_sub(least.part).is_none_or(|apart| apart < MOST_APART) {
            continue;
        }
        let Some(row) = context.tables.get(most.spot.0) else {
            continue;
        };
        let indicator = context.indicator(most.spot)?;
        let percent = |part: Decimal| format!("{}%", plain((part * Decimal::ONE_HUNDRED).round_dp(1)));
        findings.report(
            CrossFinding::at(
                row,
                format!(
                    "同样的问题应扣同样的比例；原因同为“{}”的 {} 项指标，复核最少扣分值的 {}，最多扣 {}。",
                    indicator.reason.as_deref().unwrap_or_default(),
                    uses.len(),
                    percent(least.part),
                    percent(most.part)
                ),
                "请复核人员统一尺度，重新核定扣分。",
            )
            .cell(indicator.cell)
            .related(context.rows([least.spot.0]))
            .measure(format!("{} 到 {}", percent(least.part), percent(most.part))),
        );
    }
    Ok(())
}
