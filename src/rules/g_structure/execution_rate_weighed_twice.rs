//! G13: the spending of the budget earns points more than once: in the fund block, as an indicator, as a cost.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{ExecutionScorePlace, FundRow};
use crate::rules::kit::{budget_costs, rates, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "G13", "execution-rate-weighed-twice", "预算执行率重复计分", Info, WeightTotals }

/// Another place that weighs the spending, in words, with its cells.
struct Place {
    text: String,
    cells: [CellAddress; 2],
}

fn check(context: &RuleContext, findings: &mut Findings) {
    let mut named = context
        .rows()
        .filter(|(_, _, texts)| rates::EXECUTION_RATES.contains(&texts.level3.as_str()))
        .peekable();
    if named.peek().is_none() {
        return;
    }
    let mut others: Vec<Place> = Vec::new();
    others.extend(fund_points(context, findings));
    others.extend(costs(context, findings));
    if others.is_empty() {
        return;
    }
    let places: Vec<&str> = others.iter().map(|place| place.text.as_str()).collect();
    for (row, indicator, _) in named {
        let (Some(name), Some(weight)) = (&indicator.level3, &indicator.weight) else {
            continue;
        };
        if weight.value <= Decimal::ZERO || findings.any_condemned([name.cell, weight.cell].map(Some)) {
            continue;
        }
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "同一内容只应计分一次；预算花了多少已在{}，指标“{}”（{}）又计 {} 分。",
                    places.join("、"),
                    words::shortened(&name.value),
                    name.cell,
                    plain(weight.value)
                ),
                format!("只留一处计分，把 {} 或与它重复的换成其他产出或效益指标。", name.cell),
            )
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.value))
            .basis(&context.standard.clauses.weights)
            .related(others.iter().flat_map(|place| place.cells).chain([weight.cell])),
        );
    }
}

/// Returns the fund block's points where they are part of the hundred; those outside it count for nothing (A03).
fn fund_points(context: &RuleContext, findings: &Findings) -> Option<Place> {
    let (_, fund): (usize, &FundRow) = context
        .execution_row()
        .filter(|_| context.rescoring.execution_score == ExecutionScorePlace::Inside)?;
    let points = fund.weight.as_ref().filter(|weight| weight.value > Decimal::ZERO)?;
    (!findings.is_explained(points.cell)).then(|| Place {
        text: format!("资金栏计 {} 分（{}）", plain(points.value), points.cell),
        cells: [points.cell; 2],
    })
}

/// Costs whose limit is the budget itself.
fn costs<'a>(context: &'a RuleContext, findings: &'a Findings) -> impl Iterator<Item = Place> + 'a {
    context.indicators().filter_map(|(row, indicator)| {
        let weight = indicator
            .weight
            .as_ref()
            .filter(|weight| weight.value > Decimal::ZERO)?;
        let target = indicator.target.as_ref()?;
        budget_costs::same_budget(context, row)?;
        let in_doubt = [weight.cell, target.cell]
            .iter()
            .any(|cell| findings.is_explained(*cell));
        (!in_doubt).then(|| Place {
            text: format!(
                "{}（指标值 {} 就是预算数）计 {} 分（{}）",
                context.name(row),
                words::shortened(&target.text),
                plain(weight.value),
                weight.cell
            ),
            cells: [target.cell, weight.cell],
        })
    })
}
