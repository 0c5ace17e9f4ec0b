//! D01: an indicator that counts has no target.

use crate::model::IndicatorColumn;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D01", "target-missing", "指标值未填", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    // A form without a single actual or score has not been filled in yet.
    if !context.has_column(IndicatorColumn::Target) || (!context.is_scored() && !context.has_actuals()) {
        return;
    }
    for (row, indicator) in context.indicators() {
        if !RuleContext::claims_points(indicator) || words::given(indicator.target.as_ref()).is_some() {
            continue;
        }
        let Some(cell) = context.indicator_cell(row, IndicatorColumn::Target) else {
            continue;
        };
        if findings.is_condemned(cell) {
            continue;
        }
        findings.condemn(cell);
        let stands = match &indicator.target {
            Some(target) => format!("只填了占位符“{}”", words::shortened(&target.text)),
            None => "没有填".to_owned(),
        };
        let mut finding = Finding::new(
            cell,
            format!(
                "计分的指标应有年度指标值；{}的指标值（{cell}）{stands}，完成情况无从比较。",
                context.name(row)
            ),
            format!("按批复的绩效目标在 {cell} 填写指标值。"),
        )
        .basis(&context.standard.clauses.targets)
        .field(format!("indicators[{row}].target"));
        if let Some(target) = &indicator.target {
            finding = finding.declared(words::shortened(&target.text));
        }
        findings.report(finding);
    }
}
