//! D12: a completion date before the evaluated year, and so before its money.

use crate::model::measure::MeasureKind;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D12", "completed-before-year", "完成时间早于评价年度", Info, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(year) = &context.evaluation().year else { return };
    if !context.table.places.year_is_explicit {
        return;
    }
    for (row, indicator) in context.indicators() {
        let (Some(actual), Some(assessment)) = (&indicator.actual, context.assessment(row)) else {
            continue;
        };
        let MeasureKind::Date(done) = &assessment.actual.kind else {
            continue;
        };
        let written = done.year.filter(|written| *written < year.value);
        // What was due before the year is another question, and one of its own rule.
        let is_due_before = match &assessment.target.kind {
            MeasureKind::Date(due) => due.year.is_some_and(|due| due < year.value),
            _ => false,
        };
        let (Some(written), false) = (written, is_due_before) else {
            continue;
        };
        if findings.is_condemned(actual.cell) {
            continue;
        }
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "本年度的资金应用在本年度的事上；{}的完成值（{}）是“{}”，在 {written} 年，评价年度是 {} 年。",
                    context.name(row),
                    actual.cell,
                    words::shortened(&actual.text),
                    year.value
                ),
                format!(
                    "核对 {} 的年份；确在以前年度完成、本年度付款的，在原因栏写明。",
                    actual.cell
                ),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.targets)
            .related([year.cell]),
        );
    }
}
