//! G02: the 一级指标 weigh something else than the standard lays down.

use std::collections::BTreeSet;

use crate::model::{ExecutionScorePlace, TableKind};
use crate::rules::kit::level_sums;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "G02", "level-weights-unusual", "一级指标权重与标准不同", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let standard = context.standard;
    let tolerance = standard.tolerance.weight;
    // Another standard's fund points (G22) go with another division of the rest.
    if context.table.kind != TableKind::ProjectSelfEvaluation
        || context.rescoring.execution_score != ExecutionScorePlace::Inside
        || context
            .execution_weight()
            .is_none_or(|weight| weight.saturating_sub(standard.fund_weight).abs() > tolerance)
    {
        return;
    }
    let Some(sums) = level_sums::level_sums(context, findings) else {
        return;
    };
    // The parts of a level that stands in two places (G17) weigh less than the whole.
    let names: BTreeSet<&str> = sums.iter().map(|sum| sum.name.as_str()).collect();
    if names.len() < sums.len() {
        return;
    }
    let mut off = Vec::new();
    for sum in &sums {
        let known = standard
            .level_weights
            .iter()
            .find(|level| level.names.contains(&sum.name));
        // An 一级指标 that the standard does not know takes its points from the others.
        let Some(known) = known else { return };
        if sum.weight.saturating_sub(known.weight).abs() > tolerance {
            off.push((sum, known));
        }
    }
    if sums.len() != standard.level_weights.len() {
        return;
    }
    let Some((first, _)) = off.first() else { return };
    let facts: Vec<String> = off
        .iter()
        .map(|(sum, known)| {
            format!(
                "{}（{}）{} 分，标准为 {} 分",
                sum.name,
                sum.cell,
                plain(sum.weight),
                plain(known.weight)
            )
        })
        .collect();
    findings.report(
        Finding::new(
            first.cell,
            format!("单位自评一级指标的权重原则上统一设置；{}。", facts.join("，")),
            "本级财政部门另有规定的不必改；没有的，按标准调整各项分值。",
        )
        .basis(&standard.clauses.weights)
        .related(off.iter().map(|(sum, _)| sum.cell)),
    );
}
