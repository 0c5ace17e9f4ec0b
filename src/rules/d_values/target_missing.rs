//! D01: an indicator that counts has no target.

use crate::model::IndicatorColumn;
use crate::rules::kit::texts::{Word, words};
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
        if findings.is_condemned(cell) || has_no_target_by_form(context, row) {
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

/// Levels whose rows are held against points of evaluation, not against a target.
const PROCESS_LEVELS: [Word; 6] = words!["决策", "过程", "管理", "投入", "立项", "制度"];

/// Whether the form has no target for such a row: a mark stands there, or the block of these rows has none at all.
fn has_no_target_by_form(context: &RuleContext, row: usize) -> bool {
    let is_process = |row: usize| {
        let level1 = &context.texts(row).level1;
        level1.has_any(&PROCESS_LEVELS) && !["产出", "效益", "满意"].iter().any(|word| level1.contains(word))
    };
    let target = |row: usize| context.evaluation().indicators.get(row)?.target.as_ref();
    is_process(row)
        && (target(row).is_some()
            || context
                .indicators()
                .all(|(other, _)| !is_process(other) || words::given(target(other)).is_none()))
}
