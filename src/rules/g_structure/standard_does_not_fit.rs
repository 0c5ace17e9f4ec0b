//! G22: the fund block's points are those of another standard than the one in use.

use crate::model::ExecutionScorePlace;
use crate::rules::{Finding, Findings, RuleContext};
use crate::standard::Standard;
use crate::text::plain;

rule! { "G22", "standard-does-not-fit", "预算执行率分值与所用标准不同", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let standard = context.standard;
    if context.rescoring.execution_score != ExecutionScorePlace::Inside {
        return;
    }
    let Some((row, fund)) = context.execution_row() else {
        return;
    };
    let Some(weight) = &fund.weight else { return };
    let tolerance = standard.tolerance.weight;
    if (weight.value - standard.fund_weight).abs() <= tolerance || findings.is_condemned(weight.cell) {
        return;
    }
    // The indicators make the rest of the hundred, else the figure is a slip and no other standard's.
    let rest = context.full_marks() - weight.value;
    if context
        .sum_of_weights()
        .is_none_or(|sum| (sum - rest).abs() > tolerance)
    {
        return;
    }
    let fitting = Standard::names()
        .into_iter()
        .filter_map(Standard::built_in)
        .find(|other| other.name != standard.name && (other.fund_weight - weight.value).abs() <= tolerance);
    let (fit, way_out) = fitting.map_or_else(
        || {
            (
                "内置的标准中没有这样的".to_owned(),
                format!(
                    "核对 {} 的分值；本地另有规定的，把规定写成标准文件，核对时选用。",
                    weight.cell
                ),
            )
        },
        |other| {
            (
                format!("与“{}”（{}）相符", other.title, other.name),
                format!(
                    "应当适用该标准的，核对时选用 --standard {}；否则改正 {} 的分值。",
                    other.name, weight.cell
                ),
            )
        },
    );
    findings.report(
        Finding::new(
            weight.cell,
            format!(
                "预算执行率的分值应与所用标准一致；{} 为 {} 分，“{}”规定 {} 分，{fit}。",
                weight.cell,
                plain(weight.value),
                standard.title,
                plain(standard.fund_weight)
            ),
            way_out,
        )
        .field(format!("funds[{row}].weight"))
        .figures(weight.value, standard.fund_weight)
        .basis(&standard.clauses.weights),
    );
}
