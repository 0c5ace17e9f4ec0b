//! G03: in a departmental evaluation 产出 and 效益 weigh less than the regulation asks for.

use rust_decimal::Decimal;

use crate::model::TableKind;
use crate::rules::kit::level_sums;
use crate::rules::kit::texts::{any_in, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "G03", "results-weigh-too-little", "产出、效益指标权重偏低", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(least) = context.standard.results_at_least else {
        return;
    };
    if context.table.kind != TableKind::DepartmentEvaluation {
        return;
    }
    let Some(sums) = level_sums::level_sums(context, findings) else {
        return;
    };
    let is_result = |name: &str| any_in(name, &const { words!["产出", "效益", "效果", "满意度"] });
    let has = |word: &str| sums.iter().any(|sum| sum.name.contains(word));
    // Only the framework of 决策、过程、产出、效益 is meant.
    if !has("决策") || !has("过程") || !has("产出") {
        return;
    }
    let results: Vec<_> = sums.iter().filter(|sum| is_result(&sum.name)).collect();
    let together = results
        .iter()
        .fold(Decimal::ZERO, |total, sum| total.saturating_add(sum.weight));
    let Some(first) = results.first() else { return };
    if together.saturating_add(context.standard.tolerance.weight) >= least {
        return;
    }
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "部门评价、财政评价中产出、效益指标合计原则上不低于 {} 分；本表自 {} 起合计 {} 分。",
                plain(least),
                first.cell,
                plain(together)
            ),
            "调整指标权重，使评价突出结果；评价方案另有规定的，在报告中说明。",
        )
        .figures(together, least)
        .basis(&context.standard.clauses.weights)
        .related(results.iter().map(|sum| sum.cell)),
    );
}
