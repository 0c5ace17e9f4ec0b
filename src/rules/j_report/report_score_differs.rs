//! J05: a score, weight, deduction or result of the report is not the table's.

use rust_decimal::Decimal;

use crate::prose::{Claim, ClaimKind};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_naming::Name;
use crate::rules::kit::report_numbers::agree_rounded;
use crate::rules::kit::report_results;
use crate::rules::kit::report_scores::{PartPoints, PointsOf, part_points, points_of};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "J05", "report-score-differs", "报告的得分或完成值与表不一致", Error, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    for (index, claim) in report.comparable(|_| true) {
        match claim.kind {
            ClaimKind::TotalScore
            | ClaimKind::Score
            | ClaimKind::BareScore
            | ClaimKind::Weight
            | ClaimKind::Deduction
            | ClaimKind::ScoreRate => points(context, report, (index, claim), findings),
            ClaimKind::Quantity => report_results::quantity(context, report, (index, claim), findings),
            ClaimKind::Day => report_results::day(context, report, (index, claim), findings),
            _ => {}
        }
    }
    report_results::questionnaires(context, report, findings);
}

fn points(context: &RuleContext, report: &ReportMatch<'_>, (index, claim): (usize, &Claim), findings: &mut Findings) {
    let Some(PointsOf::Part(name)) = points_of(context, report, claim) else {
        return;
    };
    let (Some(known), Some(number)) = (part_points(context, name), claim.number()) else {
        return;
    };
    let Some((what, expected)) = expected(claim.kind, &known) else {
        return;
    };
    if expected.is_empty() {
        return;
    }
    // Full points are no rounding of fewer.
    let is_full = matches!(claim.kind, ClaimKind::Score | ClaimKind::TotalScore)
        && known.weights.iter().any(|weight| weight.0 == number.0);
    let agrees = expected
        .iter()
        .any(|value| agree_rounded(number, *value) && (!is_full || value.0 == number.0));
    findings.compared(index, known.cell, agrees);
    if agrees || findings.any_condemned([Some(known.cell)]) {
        return;
    }
    let Some(first) = expected.first() else { return };
    let sign = claim.unit.title().unwrap_or_default();
    let rows = match known.related.len() {
        0 => known.cell.to_string(),
        more => format!("{} 起 {} 项", known.cell, more + 1),
    };
    findings.report(
        Finding::new(
            known.cell,
            format!(
                "报告的{what}应与表一致；报告写“{}”{}，表中（{rows}）是 {}{sign}。",
                name.plain,
                report_results::shown(report, claim),
                plain(first.0.round_dp(2))
            ),
            "核对该项得分，把报告和表改成一致。",
        )
        .field_of(name, "score")
        .figures(number.0, first.0.round_dp(2))
        .related(known.related)
        .basis(BASIS)
        .quote(report.quote(claim)),
    );
}

/// Returns what a claim in points should be, and what it is called.
fn expected(kind: ClaimKind, known: &PartPoints) -> Option<(&'static str, Vec<(Decimal, u32)>)> {
    let scores = || known.scores.clone();
    let each = |of: fn(Decimal, Decimal) -> Option<Decimal>| -> Vec<(Decimal, u32)> {
        let pairs = known
            .scores
            .iter()
            .flat_map(|score| known.weights.iter().map(move |weight| (*score, *weight)));
        pairs
            .filter_map(|(score, weight)| Some((of(score.0, weight.0)?, score.1.max(weight.1))))
            .collect()
    };
    Some(match kind {
        ClaimKind::TotalScore | ClaimKind::Score => ("得分", scores()),
        // 项目立项6分 may be either.
        ClaimKind::BareScore => ("得分", known.scores.iter().chain(&known.weights).copied().collect()),
        ClaimKind::Weight => ("分值", known.weights.clone()),
        ClaimKind::Deduction => ("扣分", each(|score, weight| weight.checked_sub(score))),
        ClaimKind::ScoreRate => {
            const EXACT: u32 = 12;
            let rates = each(|score, weight| score.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(weight));
            ("得分率", rates.into_iter().map(|(rate, _)| (rate, EXACT)).collect())
        }
        _ => return None,
    })
}

impl Finding {
    /// Returns the field of a part's first row.
    fn field_of(self, name: &Name, field: &str) -> Self {
        match name.rows.first() {
            Some(row) => self.field(format!("indicators[{row}].{field}")),
            None => self,
        }
    }
}
