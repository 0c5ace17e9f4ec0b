//! G22: the fund block's points are those of another standard than the one in use.

use rust_decimal::Decimal;

use crate::model::{ExecutionScorePlace, Field, FundRow};
use crate::rescore::execution_score_fits;
use crate::rules::kit::other_standards;
use crate::rules::{Finding, Findings, RuleContext};
use crate::standard::Standard;
use crate::text::plain;

rule! { "G22", "standard-does-not-fit", "预算执行率分值与所用标准不同", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((row, fund)) = context.execution_row() else {
        return;
    };
    if let Some(weight) = &fund.weight
        && context.rescoring.execution_score == ExecutionScorePlace::Inside
    {
        check_weight(context, findings, row, weight);
    } else if context.sum_of_weights().is_none() {
        check_score(context, findings, row, fund);
    }
}

/// The points that the fund row is given, in a table whose weights make the hundred.
fn check_weight(context: &RuleContext, findings: &mut Findings, row: usize, weight: &Field<Decimal>) {
    let standard = context.standard;
    let tolerance = standard.tolerance.weight;
    let fits = |other: &Standard| (other.fund_weight - weight.value).abs() <= tolerance;
    // A standard that was picked by the table's kind says nothing against the usual points.
    let is_usual = context.rescoring.standard_picked.is_some() && Standard::built_in("ministry-2020").is_some_and(fits);
    if fits(standard) || is_usual || findings.is_condemned(weight.cell) {
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
    let fitting = other_standards::others(standard).find(|other| fits(other));
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
                other_standards::way_out(&[other], &format!("改正 {} 的分值", weight.cell)),
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

/// The score of the execution rate in a table without points, right under another standard only.
fn check_score(context: &RuleContext, findings: &mut Findings, row: usize, fund: &FundRow) {
    let standard = context.standard;
    let Some(score) = &fund.score else { return };
    if standard.fund_weight.is_zero()
        || score.value.is_zero()
        || findings.is_condemned(score.cell)
        || execution_score_fits(fund, standard.fund_weight, standard)
    {
        return;
    }
    let Some(other) = other_standards::weighing_otherwise(fund, standard) else {
        return;
    };
    findings.report(
        Finding::new(
            score.cell,
            format!(
                "预算执行率的分值应与所用标准一致；“{}”规定 {} 分，{} 的得分 {} 却是按 {} 分算的，与“{}”（{}）相符。",
                standard.title,
                plain(standard.fund_weight),
                score.cell,
                plain(score.value),
                plain(other.fund_weight),
                other.title,
                other.name
            ),
            other_standards::way_out(&[other], &format!("核对 {}", score.cell)),
        )
        .field(format!("funds[{row}].score"))
        .declared(plain(score.value))
        .basis(&standard.clauses.execution),
    );
}
