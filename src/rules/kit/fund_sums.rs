//! Arithmetic of the fund block that several rules share: which rows make a total, and whether a printed rate
//! is the quotient of two amounts at the precision it is printed with.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};

use super::fund_breakdowns::{Breakdowns, Place, Standing};
use super::fund_readings::can_add_up;
use crate::grid::CellAddress;
use crate::model::{Field, FundField, FundRow, FundSource};
use crate::rules::RuleContext;

/// The three columns of amounts with their path and usual Chinese name.
pub const AMOUNTS: [(FundField, &str, &str); 3] = [
    (FundField::InitialBudget, "initial_budget", "年初预算数"),
    (FundField::AnnualBudget, "annual_budget", "全年预算数"),
    (FundField::Executed, "executed", "全年执行数"),
];

/// Returns a fund row's amount in one of the three columns.
pub const fn amount(fund: &FundRow, column: FundField) -> Option<&Field<Decimal>> {
    match column {
        FundField::InitialBudget => fund.initial_budget.as_ref(),
        FundField::AnnualBudget => fund.annual_budget.as_ref(),
        FundField::Executed => fund.executed.as_ref(),
        _ => None,
    }
}

/// A total row and the rows that make it, by index.
pub struct FundGroup {
    /// 年度资金总额.
    pub total: usize,
    /// The other rows, with whether the row repeats part of another (中央 under 财政拨款).
    pub parts: Vec<(usize, bool)>,
    /// What each of the parts is by its name.
    standings: Vec<Standing>,
}

/// Total rows with their parts. One total owns every other row, wherever it stands; several own the rows below each.
pub fn groups(context: &RuleContext) -> Vec<FundGroup> {
    let totals: Vec<usize> = context
        .funds()
        .filter(|(_, fund)| fund.source == FundSource::Total)
        .map(|(row, _)| row)
        .collect();
    let mut groups: Vec<FundGroup> = totals
        .iter()
        .map(|&total| FundGroup {
            total,
            parts: Vec::new(),
            standings: Vec::new(),
        })
        .collect();
    let mut seen = 0_usize;
    let mut breakdowns = Breakdowns::default();
    for (row, fund) in context.funds() {
        if fund.source == FundSource::Total {
            seen += 1;
            if groups.len() > 1 {
                breakdowns = Breakdowns::default();
            }
            continue;
        }
        let Some(group) = groups.get_mut(seen.saturating_sub(1)) else {
            break;
        };
        let standing = breakdowns.next(fund);
        group.parts.push((row, standing.is_nested()));
        group.standings.push(standing);
    }
    groups
}

/// Returns the rows whose points make those of the total: 基本支出 and 项目支出 with five each. None where they do not.
pub fn scored_parts<'a>(context: &'a RuleContext, group: &FundGroup) -> Vec<&'a FundRow> {
    const LEAST: usize = 2;
    let funds = &context.evaluation().funds;
    let value = |points: &Option<Field<Decimal>>| points.as_ref().map_or(Decimal::ZERO, |points| points.value);
    let rows = group.parts.iter().filter_map(|&(row, _)| funds.get(row));
    let scored: Vec<&FundRow> = rows
        .filter(|row| !value(&row.weight).is_zero() && row.score.is_some())
        .collect();
    let sum = |points: fn(&FundRow) -> &Option<Field<Decimal>>| {
        let sum = scored
            .iter()
            .try_fold(Decimal::ZERO, |sum, row| sum.checked_add(value(points(row))));
        let total = funds.get(group.total).and_then(|total| points(total).as_ref());
        total.is_some_and(|total| sum == Some(total.value))
    };
    if scored.len() >= LEAST && sum(|row| &row.weight) && sum(|row| &row.score) {
        scored
    } else {
        Vec::new()
    }
}

/// A column of a group that does not add up.
pub struct SumMismatch {
    /// The total row's cell.
    pub cell: CellAddress,
    /// What stands there.
    pub declared: Option<Decimal>,
    /// The sum of the parts that stand beside each other.
    pub expected: Decimal,
    /// The parts with a figure: row, cell, amount.
    pub parts: Vec<(usize, CellAddress, Decimal)>,
}

/// Returns the mismatch of one column, if under no reading of nested rows the parts make the total: all of them
/// together, each breakdown by itself, or with rows in the other place that their names allow.
pub fn mismatch(
    context: &RuleContext,
    group: &FundGroup,
    column: FundField,
    tolerance: Decimal,
) -> Option<SumMismatch> {
    let whole = mismatch_of(context, group.total, &group.parts, column, tolerance)?;
    // By source, then by kind of spending.
    let begins = |(_, standing): &(usize, &Standing)| standing.taken_for == Place::Begins;
    let breaks = group.standings.iter().enumerate().filter(begins).map(|(at, _)| at);
    let ends: Vec<usize> = breaks.chain([group.parts.len()]).collect();
    let found = if ends.len() == 1 {
        whole
    } else {
        let mut start = 0;
        ends.into_iter().find_map(|end| {
            let parts = group.parts.get(start..end).unwrap_or_default();
            start = end;
            mismatch_of(context, group.total, parts, column, tolerance)
        })?
    };
    let rows = group.parts.iter().zip(&group.standings).map(|(&(row, _), &standing)| {
        let fund = context.evaluation().funds.get(row);
        (
            standing,
            fund.and_then(|fund| amount(fund, column)).map(|amount| amount.value),
        )
    });
    let adds_up =
        |declared: Decimal| !declared.is_zero() && can_add_up(&rows.clone().collect::<Vec<_>>(), declared, tolerance);
    (!found.declared.is_some_and(adds_up)).then_some(found)
}

fn mismatch_of(
    context: &RuleContext,
    total_row: usize,
    rows: &[(usize, bool)],
    column: FundField,
    tolerance: Decimal,
) -> Option<SumMismatch> {
    let total = context.evaluation().funds.get(total_row)?;
    let cell = context
        .fund_cell(total_row, column)
        .or_else(|| amount(total, column).map(|field| field.cell))?;
    let declared = amount(total, column).map(|field| field.value);
    let mut all = Decimal::ZERO;
    let mut beside = Decimal::ZERO;
    let mut parts = Vec::new();
    for &(row, is_nested) in rows {
        let Some(part) = context
            .evaluation()
            .funds
            .get(row)
            .and_then(|fund| amount(fund, column))
        else {
            continue;
        };
        all += part.value;
        if !is_nested {
            beside += part.value;
            parts.push((row, part.cell, part.value));
        }
    }
    // A part that starts with 其中 may be the only one shown; then it need not be the whole.
    let is_excerpt = rows.len() == 1 && declared.is_some_and(|declared| beside < declared);
    if parts.is_empty() || is_excerpt {
        return None;
    }
    let value = declared.unwrap_or(Decimal::ZERO);
    let fits = |sum: Decimal| (value - sum).abs() <= tolerance;
    if fits(all) || fits(beside) {
        return None;
    }
    Some(SumMismatch {
        cell,
        declared,
        expected: beside,
        parts,
    })
}

/// Decimals of a percentage that a printed rate shows: `86%` has 0, `85.75%` has 2, `0.86` (a ratio) has 0.
fn printed_decimals(rate: &Field<Decimal>) -> u32 {
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
    let bare = rate.text.trim_end_matches(['%', '％']);
    let text = if bare.chars().all(is_of_number) {
        Cow::Borrowed(bare)
    } else {
        Cow::Owned(rate.text.chars().filter(|c| is_of_number(*c)).collect())
    };
    let decimals = text.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    let decimals = u32::try_from(decimals).unwrap_or(0);
    let is_ratio = text.parse::<Decimal>().is_ok_and(|number| number == rate.value.abs());
    // A bare 1 is 100 %, not "anything that rounds to one".
    if is_ratio && !rate.text.contains(['%', '％']) {
        decimals.saturating_sub(2)
    } else {
        decimals
    }
}

/// Executed over budget as a ratio; `None` where the budget is zero or the quotient out of range.
pub fn quotient(executed: Decimal, annual: Decimal) -> Option<Decimal> {
    executed.checked_div(annual)
}

/// Returns whether a printed rate is this ratio, at the precision it is printed with.
///
/// Half-up is accepted, and truncation where at least one decimal is printed: both are in use.
pub fn rate_fits(rate: &Field<Decimal>, ratio: Decimal) -> bool {
    let decimals = printed_decimals(rate).min(6);
    let hundredfold = |ratio: Decimal| ratio.checked_mul(Decimal::ONE_HUNDRED);
    let (Some(percent), Some(printed)) = (hundredfold(ratio), hundredfold(rate.value)) else {
        return false;
    };
    let printed = printed.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let is_rounded = printed == percent.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let is_truncated = decimals > 0 && printed == percent.round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
    // A stored value more exact than its format is right when it is the quotient itself.
    is_rounded || is_truncated || rate.value.saturating_sub(ratio).abs() <= Decimal::new(1, 6)
}

/// Returns the ratio at the precision that a printed rate shows, two decimals at least.
pub fn at_precision(ratio: Decimal, rate: &Field<Decimal>) -> Decimal {
    let decimals = printed_decimals(rate).clamp(2, 6) + 2;
    ratio.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
