//! C15: points of the 预算执行率 stand in a row below 年度资金总额.

use crate::rules::kit::{fund_sums, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C15", "detail-row-carries-points", "预算执行率的分值、得分填在资金明细行", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let funds = &context.evaluation().funds;
    for group in fund_sums::groups(context) {
        let Some(total) = funds.get(group.total) else { continue };
        if !fund_sums::scored_parts(context, &group).is_empty() {
            continue;
        }
        for &(row, _) in &group.parts {
            let Some(fund) = funds.get(row) else { continue };
            let points: Vec<_> = [(&fund.weight, &total.weight), (&fund.score, &total.score)]
                .into_iter()
                .filter_map(|(points, of_total)| {
                    let points = points.as_ref().filter(|points| !points.value.is_zero())?;
                    let is_merged = of_total.as_ref().is_some_and(|of_total| of_total.cell == points.cell);
                    (!is_merged).then_some(points)
                })
                .collect();
            let [first, ..] = points.as_slice() else { continue };
            let is_told = points
                .iter()
                .any(|points| findings.reported_at("A04", points.cell).is_some() || findings.is_condemned(points.cell));
            if is_told {
                continue;
            }
            let cells: Vec<_> = points.iter().map(|points| points.cell).collect();
            findings.report(
                Finding::new(
                    first.cell,
                    format!(
                        "预算执行率只在年度资金总额行计分；{} 是资金明细行，填了 {} 分。",
                        words::cells(&cells),
                        plain(first.value)
                    ),
                    format!("分值、得分只填在年度资金总额行，{} 改为“—”。", words::cells(&cells)),
                )
                .field(format!("funds[{row}].weight"))
                .declared(plain(first.value))
                .expected("—")
                .basis(&context.standard.clauses.funds)
                .related(cells.iter().copied()),
            );
        }
    }
}
