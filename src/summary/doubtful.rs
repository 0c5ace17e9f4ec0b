//! Amounts that look as if yuan had been typed for 万元: a table ten thousand times larger than its like.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::SummaryError;
use super::amounts::Amounts;
use super::tables::{Brief, Tables};
use crate::model::TableKind;

/// Tables of one kind with an amount, below which none can stand out.
const LEAST_TABLES: usize = 6;
/// Of so many tables one may stand out; where more do, it is no slip.
const TABLES_FOR_ONE: usize = 4;
/// The least that stands out is so many times the largest of the others,
const TIMES_THE_LARGEST: Decimal = Decimal::TEN;
/// and so many times their median.
const TIMES_THE_MEDIAN: Decimal = Decimal::ONE_HUNDRED;
/// 元 to one 万元.
const SLIP: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// Tables whose amounts look as if yuan had been typed for 万元, and what the sums are with and without them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DoubtfulAmounts {
    /// Such tables.
    pub tables: usize,
    /// Path of the first of them.
    pub file: String,
    /// Σ 全年预算数 of them as written, 万元.
    pub annual_budget: Decimal,
    /// Their share of the 全年预算数 of all tables.
    pub share: Option<Decimal>,
    /// The sums of all tables without them.
    pub without: Amounts,
}

/// Returns the positions of such tables, in order.
pub(super) fn positions(briefs: &[Brief]) -> Vec<usize> {
    let mut kinds: BTreeMap<TableKind, Vec<(Decimal, usize)>> = BTreeMap::new();
    for (position, brief) in briefs.iter().enumerate() {
        if let Some(budget) = brief.budget.filter(|budget| *budget > Decimal::ZERO) {
            kinds.entry(brief.kind).or_default().push((budget, position));
        }
    }
    let mut found: Vec<usize> = kinds.into_values().flat_map(of_kind).collect();
    found.sort_unstable();
    found
}

fn of_kind(mut budgets: Vec<(Decimal, usize)>) -> Vec<usize> {
    if budgets.len() < LEAST_TABLES {
        return Vec::new();
    }
    budgets.sort_unstable_by(|one, other| other.cmp(one));
    for count in 1..=budgets.len() / TABLES_FOR_ONE {
        let (above, others) = budgets.split_at(count);
        if stands_out(above, others) {
            return above.iter().map(|(_, position)| *position).collect();
        }
    }
    Vec::new()
}

/// Both from the largest down.
fn stands_out(above: &[(Decimal, usize)], others: &[(Decimal, usize)]) -> bool {
    let (Some((greatest, _)), Some((least, _))) = (above.first(), above.last()) else {
        return false;
    };
    let (Some((largest, _)), Some((smallest, _))) = (others.first(), others.last()) else {
        return false;
    };
    let Some((median, _)) = others.get(others.len() / 2) else {
        return false;
    };
    let times = |amount: &Decimal, times: Decimal| amount.saturating_mul(times);
    // Read as yuan they must be like the others.
    let in_wan = |amount: &Decimal| amount.checked_div(SLIP).unwrap_or_default();
    *least >= times(largest, TIMES_THE_LARGEST)
        && *least >= times(median, TIMES_THE_MEDIAN)
        && in_wan(greatest) <= times(largest, TIMES_THE_LARGEST)
        && times(&in_wan(least), TIMES_THE_LARGEST) >= *smallest
}

/// Returns what the sums are with and without such tables; `None` where there is none.
pub(super) fn sums(all: &Amounts, tables: &Tables) -> Result<Option<DoubtfulAmounts>, SummaryError> {
    let positions = positions(tables.briefs());
    let mut file = None;
    let mut annual_budget = Decimal::ZERO;
    let mut without = all.clone();
    for position in &positions {
        let Some(row) = tables.row(*position)? else { continue };
        annual_budget = annual_budget.saturating_add(row.annual_budget.unwrap_or_default());
        without.take_out(&row);
        file.get_or_insert(row.file);
    }
    Ok(file.map(|file| DoubtfulAmounts {
        tables: positions.len(),
        file,
        annual_budget,
        share: super::amounts::quotient(annual_budget, all.annual_budget),
        without,
    }))
}
