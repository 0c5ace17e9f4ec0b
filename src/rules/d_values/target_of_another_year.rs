//! D11: the deadline lies in a year before the one that the table evaluates.

use crate::model::measure::MeasureKind;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D11", "target-of-another-year", "指标值的年份早于评价年度", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(year) = &context.evaluation().year else { return };
    if !context.table.places.year_is_explicit {
        return;
    }
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(assessment)) = (&indicator.target, context.assessment(row)) else {
            continue;
        };
        // A later year is a project over several years; an earlier one was copied from an old table.
        let MeasureKind::Date(deadline) = &assessment.target.kind else {
            continue;
        };
        let Some(written) = deadline.year.filter(|written| *written < year.value) else {
            continue;
        };
        if findings.is_condemned(target.cell) {
            continue;
        }
        findings.condemn(target.cell);
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "年度指标值应是评价年度的目标；本表评价 {} 年度（{}），{}的指标值（{}）“{}”却是 {written} 年的。",
                    year.value,
                    year.cell,
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text)
                ),
                format!("按批复的绩效目标改正 {} 的年份。", target.cell),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related([year.cell]),
        );
    }
}
