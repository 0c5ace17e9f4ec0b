//! G01: a self-evaluation without any 产出 or without any 效益.

use crate::model::IndicatorField;
use crate::rules::kit::level_sums;
use crate::rules::kit::texts::{Word, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G01", "level-missing", "缺少产出或效益指标", Warning, WeightTotals }

/// A project of fewer indicators may have one kind only.
const FEWEST: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(header) = level_sums::header_of_scored(context, findings, IndicatorField::Level1, FEWEST) else {
        return;
    };
    let names = |words: &[Word]| {
        context
            .rows()
            .any(|(_, _, texts)| texts.level1.has_any(words) || texts.level2.has_any(words))
    };
    let has_output = names(&const { words!["产出", "数量", "质量", "时效"] });
    let has_benefit = names(&const { words!["效益", "效果", "成效", "影响"] });
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
