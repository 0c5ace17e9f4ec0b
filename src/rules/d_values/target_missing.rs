//! D01: an indicator that counts has no target.

use crate::model::IndicatorField;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{placeholders, rates, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D01", "target-missing", "指标值未填", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    // A form without a single actual or score has not been filled in yet.
    if !context.has_column(IndicatorField::Target) || (!context.is_scored() && !context.has_actuals()) {
        return;
    }
    for (row, indicator) in context.indicators() {
        let is_given = words::given(indicator.target.as_ref()).is_some();
        let is_gap = is_given && placeholders::lacks_its_figure(&context.texts(row).target);
        if !context.counts(indicator) || (is_given && !is_gap) {
            continue;
        }
        let Some(cell) = context.indicator_cell(row, IndicatorField::Target) else {
            continue;
        };
        if findings.is_condemned(cell) || has_no_target_by_form(context, row) {
            continue;
        }
        findings.condemn(cell);
        let stands = match &indicator.target {
            Some(target) if is_gap => format!("写的是“{}”，没有填数", words::shortened(&target.text)),
            Some(target) => format!("只填了占位符“{}”", words::shortened(&target.text)),
            None => "没有填".to_owned(),
        };
        let mut finding = Finding::new(
            cell,
            format!(
                "各项指标应有年度指标值；{}的指标值（{cell}）{stands}，完成情况无从比较。",
                context.name(row)
            ),
            format!("按批复的绩效目标在 {cell} 填写指标值。"),
        )
        .in_series("按批复的绩效目标逐格填写指标值。")
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

/// Returns whether the form has no target for such a row: a dash stands there as in half of these rows, or none has
/// any.
fn has_no_target_by_form(context: &RuleContext, row: usize) -> bool {
    // What was to be reached is all of the budget.
    if rates::names_execution(context.texts(row))
        && context
            .evaluation()
            .indicators
            .get(row)
            .is_some_and(|indicator| indicator.target.is_none())
    {
        return true;
    }
    let is_process = |row: usize| {
        let level1 = &context.texts(row).level1;
        level1.has_any(&PROCESS_LEVELS) && !["产出", "效益", "满意"].iter().any(|word| level1.contains(word))
    };
    if !is_process(row) {
        return false;
    }
    let target = |row: usize| context.evaluation().indicators.get(row)?.target.as_ref();
    let rows: Vec<usize> = context
        .indicators()
        .map(|(row, _)| row)
        .filter(|row| is_process(*row))
        .collect();
    let without = rows.iter().filter(|row| words::given(target(**row)).is_none()).count();
    match target(row) {
        Some(mark) => mark.text.trim().chars().all(|c| DASHES.contains(c)) && without * 2 >= rows.len(),
        None => without == rows.len(),
    }
}

/// Marks that say that nothing belongs here, where dots wait for something.
const DASHES: &str = "-—–―─－/／\\";
