//! G01: a self-evaluation without any 产出 or without any 效益.

use super::{Finding, Findings, Rule, RuleContext, Stage, level_sums, signs};
use crate::layout::IndicatorColumn;
use crate::model::TableKind;
use crate::report::Severity;

/// G01.
pub const RULE: Rule = Rule {
    code: "G01",
    slug: "level-missing",
    title: "缺少产出或效益指标",
    severity: Severity::Warning,
    stage: Stage::WeightTotals,
    page: include_str!("level-missing.md"),
    check,
};

/// A project of fewer indicators may have one kind only.
const FEWEST: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    if context.table.kind != TableKind::ProjectSelfEvaluation
        || context.evaluation().indicators.len() < FEWEST
        || !context.is_scored()
        || !level_sums::names_its_levels(context)
        || findings.are_weights_explained()
    {
        return;
    }
    let Some(&header) = context.table.places.indicator_headers.get(&IndicatorColumn::Level1) else {
        return;
    };
    let names = |words: &[&str]| {
        context.indicators().any(|(_, indicator)| {
            [&indicator.level1, &indicator.level2]
                .into_iter()
                .any(|level| words.iter().any(|word| signs::tight(level.as_ref()).contains(word)))
        })
    };
    let has_output = names(&["产出", "数量", "质量", "时效"]);
    let has_benefit = names(&["效益", "效果", "成效", "影响"]);
    let (missing, there) = match (has_output, has_benefit) {
        (true, false) => ("效益", "产出"),
        (false, true) => ("产出", "效益"),
        _ => return,
    };
    findings.report(
        Finding::new(
            header,
            format!("自评表应同时有产出指标和效益指标；{header} 一级指标栏下有{there}指标，没有{missing}指标。"),
            format!("按批复的绩效目标补上{missing}指标及其分值。"),
        )
        .basis(&context.standard.clauses.weights),
    );
}
