//! J02: the report's grade is not the one ticked, nor the one that the total gives.

use crate::prose::{ClaimKind, ClaimValue};
use crate::rules::kit::report_names::BASIS;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J02", "report-grade-differs", "报告等次与表不一致", Error, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let evaluation = context.evaluation();
    let ticked = evaluation.grade.as_ref();
    let total = evaluation.total.as_ref().and_then(|total| total.score.as_ref());
    // A grade that the table itself has wrong is told once, by the table's own rule.
    let by_total = total.and_then(|total| context.standard.grade_of(total.value));
    let by_sum = context
        .rescoring
        .sum_of_scores
        .and_then(|sum| context.standard.grade_of(sum));
    let Some(cell) = ticked.map(|grade| grade.cell).or_else(|| total.map(|total| total.cell)) else {
        return;
    };
    for (index, claim) in report.comparable(|kind| kind == ClaimKind::Grade) {
        let ClaimValue::Grade(grade) = claim.value else {
            continue;
        };
        let agrees = match ticked {
            Some(ticked) => ticked.value == grade,
            None => [by_total, by_sum].into_iter().flatten().any(|known| known == grade),
        };
        if ticked.is_none() && by_total.or(by_sum).is_none() {
            continue;
        }
        findings.compared(index, cell, agrees);
        if agrees {
            continue;
        }
        let expected = ticked.map(|ticked| ticked.value).or(by_sum).or(by_total);
        let in_table = match (ticked, by_sum.or(by_total)) {
            (Some(ticked), Some(by_score)) if ticked.value != by_score => format!(
                "表中 {cell} 是“{}”，按得分是“{}”",
                ticked.value.title(),
                by_score.title()
            ),
            (Some(ticked), _) => format!("表中 {cell} 是“{}”", ticked.value.title()),
            (None, Some(by_score)) => format!("表中没有填写等次，按得分（{cell}）是“{}”", by_score.title()),
            (None, None) => continue,
        };
        let mut finding = Finding::new(
            cell,
            format!(
                "报告的等次应与表中等次一致；报告写“{}”，{in_table}。",
                report.shown(claim)
            ),
            "先核对总分，再把报告和表的等次改成一致。",
        )
        .field("grade")
        .declared(grade.title())
        .basis(BASIS)
        .quote(report.quote(claim));
        if let Some(expected) = expected {
            finding = finding.expected(expected.title());
        }
        findings.report(finding);
    }
}
