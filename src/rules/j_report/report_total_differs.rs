//! J01: the report's total score is not the table's, or not what the rows add up to.

use crate::grid::CellAddress;
use crate::prose::{Claim, ClaimKind};
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_numbers::agree_rounded;
use crate::rules::kit::report_scores::{PointsOf, points_of};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "J01", "report-total-differs", "报告总分与表不一致", Error, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let printed = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.score.as_ref());
    let sum = context.rescoring.sum_of_scores;
    let Some(cell) = printed.map(|total| total.cell).or_else(|| total_cell(context)) else {
        return;
    };
    // The printed total is wrong by itself: the report either repeats that or has it right.
    let own_error = findings.reported_at("A01", cell).is_some();
    let is_printed =
        |number| printed.map(|total| agree_rounded(number, crate::rules::kit::report_numbers::printed(total)));
    let is_sum = |number| sum.map(|sum| agree_rounded(number, (sum, sum.normalize().scale())));
    let totals: Vec<(usize, &Claim)> = report
        .comparable(|kind| matches!(kind, ClaimKind::TotalScore | ClaimKind::Score))
        .filter(|(_, claim)| matches!(points_of(context, report, claim), Some(PointsOf::Total)))
        .collect();
    let agrees = |claim: &Claim| {
        let number = claim.number()?;
        is_printed(number).or(is_sum(number))
    };
    for &(index, claim) in &totals {
        let (Some(number), Some(is_right)) = (claim.number(), agrees(claim)) else {
            continue;
        };
        // 自评96分，复核后94.6分: of two in one sentence the table holds one.
        let beside = totals.iter().any(|(_, other)| {
            other.place.paragraph == claim.place.paragraph
                && other.place.sentence == claim.place.sentence
                && agrees(other) == Some(true)
        });
        if !is_right && beside {
            continue;
        }
        let (is_printed, is_sum, agrees) = (is_printed(number), is_sum(number), is_right);
        findings.compared(index, cell, agrees && !(own_error && is_sum == Some(false)));
        let tells_own_error = findings.reported_at("A01", cell).is_some();
        if agrees && !tells_own_error {
            continue;
        }
        let shown = report.shown(claim);
        let in_table = printed.map_or_else(
            || "表中没有填写总分".to_owned(),
            |total| format!("表中 {} 是 {}", total.cell, plain(total.value)),
        );
        let supported = match (is_printed, is_sum) {
            (Some(true), Some(false)) => "两处相同，但都不等于各项之和",
            (Some(false), Some(true)) => "各项之和与报告一致，表中的总分有误",
            (Some(false), Some(false)) if printed.map(|total| total.value) == sum => {
                "表中的总分与各项之和一致，报告有误"
            }
            (None, Some(false)) => "报告与各项之和不同",
            _ => "三处各不相同",
        };
        let rows = sum.map_or_else(String::new, |sum| format!("，各项得分相加为 {}", plain(sum)));
        let way_out = sum.map_or_else(
            || "核对后把报告与表改成一致。".to_owned(),
            |sum| format!("核对各项得分；得分无误的，把报告和 {cell} 都改为 {}。", plain(sum)),
        );
        let expected = sum.or_else(|| printed.map(|total| total.value));
        // One cause, one finding: what the table's own check found belongs to it.
        let own = findings.reported_at("A01", cell);
        let told = own.map_or_else(String::new, |own| format!("表内核对（A01，合并在此）：{}", own.message));
        let mut finding = Finding::new(
            cell,
            format!("报告的总分应与表中总分、各项得分之和一致；报告写“{shown}”，{in_table}{rows}：{supported}。{told}"),
            way_out,
        )
        .field("total.score")
        .basis(BASIS)
        .quote(report.quote(claim));
        if let Some(expected) = expected {
            finding = finding.figures(number.0, expected);
        }
        if let Some(own) = own {
            finding = finding.related(own.related.clone()).basis(own.basis.clone());
        }
        findings.report(finding);
        findings.absorb("A01", cell);
    }
}

fn total_cell(context: &RuleContext) -> Option<CellAddress> {
    let total = context.table.places.total.as_ref()?;
    Some(total.score.unwrap_or(total.label))
}
