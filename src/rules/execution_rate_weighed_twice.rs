//! G13: the 预算执行率 earns points in the fund block and once more as an indicator.

use rust_decimal::Decimal;

use super::{Finding, Findings, Rule, RuleContext, Stage, signs, words};
use crate::report::{Severity, plain};
use crate::rescore::ExecutionScorePlace;

/// G13.
pub const RULE: Rule = Rule {
    code: "G13",
    slug: "execution-rate-weighed-twice",
    title: "预算执行率重复计分",
    severity: Severity::Info,
    stage: Stage::WeightTotals,
    page: include_str!("execution-rate-weighed-twice.md"),
    check,
};

/// Names of the rate as an indicator.
const NAMES: [&str; 8] = [
    "预算执行率",
    "资金执行率",
    "预算资金执行率",
    "预算执行情况",
    "资金支付率",
    "资金支出率",
    "预算支出率",
    "预算完成率",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    // Points outside the hundred count for nothing (A03).
    if context.rescoring.execution_score != ExecutionScorePlace::Inside {
        return;
    }
    let Some((_, fund)) = context.execution_row() else {
        return;
    };
    let Some(points) = fund.weight.as_ref().filter(|weight| weight.value > Decimal::ZERO) else {
        return;
    };
    for (row, indicator) in context.indicators() {
        let (Some(name), Some(weight)) = (&indicator.level3, &indicator.weight) else {
            continue;
        };
        let key = signs::tight(Some(name));
        if !NAMES.contains(&key.as_str())
            || weight.value <= Decimal::ZERO
            || findings.any_condemned([name.cell, weight.cell, points.cell].map(Some))
        {
            continue;
        }
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "同一内容只应计分一次；预算执行率已在资金栏计 {} 分（{}），指标“{}”（{}）又计 {} 分。",
                    plain(points.value),
                    points.cell,
                    words::shortened(&name.value),
                    name.cell,
                    plain(weight.value)
                ),
                format!("把 {} 换成其他产出或效益指标。", name.cell),
            )
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.value))
            .basis(&context.standard.clauses.weights)
            .related([points.cell, weight.cell]),
        );
    }
}
