//! R03: a formula whose stored result is not what its cells give, or a total's SUM over the wrong cells.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{
    ExecutionScorePlace, Field, FieldRef, FormulaReading, FundField, IndicatorField, Recomputed, RescoredRow,
};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "R03", "stale-formula", "公式与结果不符", Error, Reading }

fn check(context: &RuleContext, findings: &mut Findings) {
    for reading in &context.table.formulas {
        match reading.recomputed {
            Recomputed::Otherwise(value) => report_stale(context, findings, reading, value),
            Recomputed::AsStored | Recomputed::NotRecomputed => report_range(context, findings, reading),
        }
    }
}

fn report_stale(context: &RuleContext, findings: &mut Findings, reading: &FormulaReading, value: Decimal) {
    let cell = reading.cell;
    let Some(stored) = stored(context, cell) else { return };
    findings.condemn(cell);
    findings.suppose(cell, value);
    if let Some((row, is_weight)) = points_of(context, cell) {
        if is_weight {
            findings.doubt_weight(row);
        } else {
            findings.bound_score(row, value, stored);
        }
    }
    findings.report(
        Finding::new(
            cell,
            format!(
                "公式的结果应与它引用的单元格一致；{cell} 的公式“={}”按现在的单元格算得 {}，保存的结果是 {}。",
                reading.formula,
                plain(value),
                plain(stored)
            ),
            format!("用 Excel 或 WPS 打开文件，重新计算后保存；{cell} 的结果若是手工改动的，改正它引用的单元格。"),
        )
        .field(reading.field.clone())
        .figures(stored, value),
    );
}

/// Returns the figure that the formula gave, as bound.
fn stored(context: &RuleContext, cell: CellAddress) -> Option<Decimal> {
    let evaluation = context.evaluation();
    let of_funds = evaluation
        .funds
        .iter()
        .flat_map(|row| FundField::ALL.map(|field| field.get(row)));
    let points = || IndicatorField::ALL.into_iter().filter(|field| field.is_points());
    let of_indicators = evaluation
        .indicators
        .iter()
        .flat_map(|row| points().map(|field| field.get(row)));
    let of_rows = of_funds.chain(of_indicators).flatten().filter_map(FieldRef::number);
    let of_total = evaluation
        .total
        .iter()
        .flat_map(|total| [&total.weight, &total.score])
        .flatten();
    let mut figures = of_rows.chain(of_total);
    figures.find(|field| field.cell == cell).map(|field| field.value)
}

/// Returns the row whose weight (true) or score (false) stands in the cell.
fn points_of(context: &RuleContext, cell: CellAddress) -> Option<(RescoredRow, bool)> {
    let is_at = |field: &Option<Field<Decimal>>| field.as_ref().is_some_and(|field| field.cell == cell);
    let indicators = context
        .indicators()
        .map(|(row, indicator)| (RescoredRow::Indicator(row), &indicator.weight, &indicator.score));
    let funds = context
        .funds()
        .map(|(row, fund)| (RescoredRow::Fund(row), &fund.weight, &fund.score));
    indicators.chain(funds).find_map(|(row, weight, score)| {
        if is_at(weight) {
            Some((row, true))
        } else {
            is_at(score).then_some((row, false))
        }
    })
}

/// A total that adds up too few rows, or counts a subtotal beside its rows.
fn report_range(context: &RuleContext, findings: &mut Findings, reading: &FormulaReading) {
    let Some(ranges) = &reading.summed else { return };
    let is_score = match reading.field.as_str() {
        "total.score" => true,
        "total.weight" => false,
        _ => return,
    };
    let Some(stored) = stored(context, reading.cell) else {
        return;
    };
    let evaluation = context.evaluation();
    let inside = context.rescoring.execution_score == ExecutionScorePlace::Inside;
    let fund = context.execution_row().filter(|_| inside).map(|(_, fund)| fund);
    let rows: Vec<&Field<Decimal>> = evaluation
        .indicators
        .iter()
        .map(|row| if is_score { &row.score } else { &row.weight })
        .chain(fund.map(|fund| if is_score { &fund.score } else { &fund.weight }))
        .flatten()
        .collect();
    let sum: Decimal = rows.iter().map(|field| field.value).sum();
    let is_in = |field: &Field<Decimal>| ranges.iter().any(|range| range.contains(field.cell));
    let missed: Vec<&Field<Decimal>> = rows
        .into_iter()
        .filter(|field| !is_in(field) && !field.value.is_zero())
        .collect();
    let doubled: Vec<&Field<Decimal>> = evaluation
        .subtotals
        .iter()
        .filter_map(|subtotal| {
            if is_score {
                subtotal.score.as_ref()
            } else {
                subtotal.weight.as_ref()
            }
        })
        .filter(|field| is_in(field) && !field.value.is_zero())
        .collect();
    let total_of = |fields: &[&Field<Decimal>]| fields.iter().map(|field| field.value).sum::<Decimal>();
    let (lost, added) = (total_of(&missed), total_of(&doubled));
    let tolerance = if is_score {
        context.standard.tolerance.score
    } else {
        context.standard.tolerance.weight
    };
    // Only what makes the total wrong, and explains by how much, is a finding.
    if (stored - sum).abs() <= tolerance || (sum - lost + added - stored).abs() > tolerance {
        return;
    }
    let cells = |fields: &[&Field<Decimal>]| fields.iter().map(|field| field.cell).collect::<Vec<_>>();
    let left_out =
        (!missed.is_empty()).then(|| format!("漏了 {}（共 {} 分）", words::cells(&cells(&missed)), plain(lost)));
    let taken_twice = (!doubled.is_empty()).then(|| {
        format!(
            "又加了小计 {}（共 {} 分）",
            words::cells(&cells(&doubled)),
            plain(added)
        )
    });
    let what: Vec<String> = left_out.into_iter().chain(taken_twice).collect();
    findings.condemn(reading.cell);
    findings.report(
        Finding::new(
            reading.cell,
            format!(
                "总分的公式应把每一项加一次；{} 的公式“={}”{}，得 {}，复算为 {}。",
                reading.cell,
                reading.formula,
                what.join("，"),
                plain(stored),
                plain(sum)
            ),
            format!("改正 {} 的公式，使它正好包括全部各项。", reading.cell),
        )
        .field(reading.field.clone())
        .figures(stored, sum)
        .basis(&context.standard.clauses.total)
        .related(cells(&missed).into_iter().chain(cells(&doubled))),
    );
}
