//! A04: a row below 年度资金总额 repeats the points of the total row.

use crate::rules::kit::fund_sums;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A04", "execution-score-repeated", "资金明细行重复填列预算执行率分值", Warning, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let funds = &context.evaluation().funds;
    for group in fund_sums::groups(context) {
        let Some(total_row) = funds.get(group.total) else {
            continue;
        };
        let Some(total) = &total_row.weight else { continue };
        for &(row, _) in &group.parts {
            let Some(fund) = funds.get(row) else { continue };
            let Some(weight) = fund.weight.as_ref().filter(|weight| !weight.value.is_zero()) else {
                continue;
            };
            let scores = fund.score.as_ref().zip(total_row.score.as_ref());
            let repeats_score = scores.is_some_and(|(part, whole)| part.value == whole.value && !part.value.is_zero());
            if weight.cell == total.cell || !(weight.value == total.value || repeats_score) {
                continue;
            }
            // The repeated score is not a second score to be judged.
            fund.score.iter().for_each(|score| findings.condemn(score.cell));
            findings.report(
                Finding::new(
                    weight.cell,
                    format!(
                        "预算执行率只在年度资金总额行计分；{} 重复了总额行（{}）的分数，又列 {} 分，照表相加会重复计分。",
                        weight.cell,
                        total.cell,
                        plain(weight.value)
                    ),
                    format!("把 {} 及同一行的得分改为“—”。", weight.cell),
                )
                .field(format!("funds[{row}].weight"))
                .declared(plain(weight.value))
                .expected("—")
                .basis(&context.standard.clauses.funds)
                .related(
                    [total.cell]
                        .into_iter()
                        .chain(fund.score.as_ref().map(|score| score.cell)),
                ),
            );
        }
    }
}
