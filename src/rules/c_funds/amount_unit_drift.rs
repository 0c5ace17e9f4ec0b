//! C11: an amount of the fund block is ten thousand times another of its row: 元 beside 万元.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{Field, FundRow, MoneyUnit};
use crate::rules::kit::fund_sums::{self, AMOUNTS};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C11", "amount-unit-drift", "同一行资金金额相差一万倍", Error, MissingValues }

/// An amount in the wrong unit, and another of its row that is right.
struct Drift<'a> {
    row: usize,
    column: usize,
    amount: &'a Field<Decimal>,
    beside: &'a Field<Decimal>,
    supposed: Decimal,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    let in_yuan = context.evaluation().money_unit == Some(MoneyUnit::Yuan);
    let mut by_column: BTreeMap<usize, Vec<Drift>> = BTreeMap::new();
    // A row of three amounts shows which one is odd; a row of two follows the others.
    let mut rows: Vec<(usize, &FundRow)> = context.funds().collect();
    rows.sort_by_key(|(row, fund)| (std::cmp::Reverse(amounts(fund).len()), *row));
    for (row, fund) in rows {
        if let Some(drift) = drift(row, fund, in_yuan, &by_column) {
            by_column.entry(drift.column).or_default().push(drift);
        }
    }
    for drifts in by_column.values_mut() {
        drifts.sort_by_key(|drift| drift.row);
    }
    for (column, drifts) in &by_column {
        let Some((_, field, title)) = AMOUNTS.get(*column) else {
            continue;
        };
        for drift in drifts {
            findings.condemn(drift.amount.cell);
            findings.suppose(drift.amount.cell, drift.supposed);
        }
        let Some(first) = drifts.first() else { continue };
        let cause = match (first.amount.value > first.supposed, in_yuan) {
            (true, false) => "像是按元填的",
            (false, true) => "像是按万元填的",
            _ => "像是单位或小数点填错",
        };
        findings.report(
            Finding::new(
                first.amount.cell,
                format!(
                    "资金栏各项金额的单位应一致；{title} {} 填的是 {}，同一行 {} 是 {}，相差约一万倍，{cause}。",
                    first.amount.cell,
                    plain(first.amount.value),
                    first.beside.cell,
                    plain(first.beside.value)
                ),
                format!(
                    "核对 {}，按表头的单位复算为 {}。",
                    first.amount.cell,
                    plain(first.supposed)
                ),
            )
            .field(format!("funds[{}].{field}", first.row))
            .figures(first.amount.value, first.supposed)
            .related(
                [first.beside.cell]
                    .into_iter()
                    .chain(drifts.iter().map(|drift| drift.amount.cell)),
            ),
        );
    }
}

/// Returns the row's amount that is exactly ten thousand times as great or small as another, or that makes the
/// printed rate true once it is brought to the other's unit.
fn drift<'a>(row: usize, fund: &'a FundRow, in_yuan: bool, known: &BTreeMap<usize, Vec<Drift>>) -> Option<Drift<'a>> {
    let amounts = amounts(fund);
    let exactly = |great: &Field<Decimal>, small: &Field<Decimal>| brought_down(great.value) == Some(small.value);
    let by_rate = |great: &Field<Decimal>, small: &Field<Decimal>| {
        let (Some(rate), Some(annual), Some(executed)) = (&fund.execution_rate, &fund.annual_budget, &fund.executed)
        else {
            return false;
        };
        let fits = |executed, annual| {
            fund_sums::quotient(executed, annual).is_some_and(|ratio| fund_sums::rate_fits(rate, ratio))
        };
        let is_pair = |one: &Field<Decimal>, two: &Field<Decimal>| one.cell == annual.cell && two.cell == executed.cell;
        // A rate of nothing fits whatever is small.
        if rate.value < Decimal::new(1, 2) || fits(executed.value, annual.value) {
            return false;
        }
        let Some(down) = brought_down(great.value) else {
            return false;
        };
        (is_pair(great, small) && fits(small.value, down)) || (is_pair(small, great) && fits(down, small.value))
    };
    for &(great_column, great) in &amounts {
        for &(small_column, small) in &amounts {
            if great_column == small_column || !(exactly(great, small) || by_rate(great, small)) {
                continue;
            }
            let third = amounts
                .iter()
                .find(|(column, _)| *column != great_column && *column != small_column);
            let great_is_odd = match third {
                Some((_, third)) => third.value < great.value.checked_div(Decimal::ONE_HUNDRED)?,
                None => match (known.contains_key(&great_column), known.contains_key(&small_column)) {
                    (true, false) => true,
                    (false, true) => false,
                    _ => !in_yuan,
                },
            };
            let (column, amount, beside, supposed) = if great_is_odd {
                (great_column, great, small, brought_down(great.value)?)
            } else {
                let up = small.value.checked_mul(Decimal::from(TEN_THOUSAND))?;
                (small_column, small, great, up)
            };
            return Some(Drift {
                row,
                column,
                amount,
                beside,
                supposed,
            });
        }
    }
    None
}

/// Returns the row's amounts above zero, with their place in [`AMOUNTS`].
fn amounts(fund: &FundRow) -> Vec<(usize, &Field<Decimal>)> {
    AMOUNTS
        .iter()
        .enumerate()
        .filter_map(|(index, (column, _, _))| Some((index, fund_sums::amount(fund, *column)?)))
        .filter(|(_, field)| field.value > Decimal::ZERO)
        .collect()
}

const TEN_THOUSAND: u32 = 10_000;

fn brought_down(great: Decimal) -> Option<Decimal> {
    Some(great.checked_div(Decimal::from(TEN_THOUSAND))?.normalize())
}
