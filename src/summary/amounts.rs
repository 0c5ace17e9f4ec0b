//! Amounts of money in one unit, and their sums.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::rows::{AmountGap, TableRow};

/// Places that a rate or a mean keeps; shown with fewer.
const PLACES: u32 = 6;

/// Returns a quotient as summaries give it: six places, halves away from zero. `None` for a divisor of zero.
pub fn quotient(dividend: Decimal, divisor: Decimal) -> Option<Decimal> {
    if divisor.is_zero() {
        return None;
    }
    let exact = dividend.checked_div(divisor)?;
    Some(rounded(exact))
}

/// Six places, halves away from zero.
pub fn rounded(value: Decimal) -> Decimal {
    value
        .round_dp_with_strategy(PLACES, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
        .normalize()
}

/// Sums of amounts, 万元. A rate comes from the sums of the tables that give both of its parts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Amounts {
    /// Σ 年初预算数.
    pub initial_budget: Decimal,
    /// Σ 全年预算数.
    pub annual_budget: Decimal,
    /// Σ 全年执行数.
    pub executed: Decimal,
    /// Σ 全年执行数 ÷ Σ 全年预算数, over tables that give both.
    pub execution_rate: Option<Decimal>,
    /// Tables whose amounts are in the sums.
    pub tables: usize,
    /// Tables left out because they name no unit.
    pub without_unit: usize,
    /// Tables left out because no total row was read, or for amounts beyond computing.
    pub without_total: usize,
    /// Tables that state each of the three amounts.
    #[serde(skip)]
    pub stated: [usize; 3],
    /// Tables that state both parts of the rate.
    #[serde(skip)]
    pub paired: usize,
    #[serde(skip)]
    paired_budget: Decimal,
    #[serde(skip)]
    paired_executed: Decimal,
}

impl Amounts {
    /// Takes a table in.
    pub fn add(&mut self, row: &TableRow) {
        match row.amount_gap {
            Some(AmountGap::NoUnit) => self.without_unit += 1,
            Some(AmountGap::NoTotal | AmountGap::TooLarge) => self.without_total += 1,
            None => match self.with(row) {
                Some(sums) => *self = sums,
                None => self.without_total += 1,
            },
        }
    }

    /// Takes out a table that was taken in.
    pub fn take_out(&mut self, row: &TableRow) {
        let minus = |sum: &mut Decimal, amount: Option<Decimal>| *sum = sum.saturating_sub(amount.unwrap_or_default());
        minus(&mut self.initial_budget, row.initial_budget);
        minus(&mut self.annual_budget, row.annual_budget);
        minus(&mut self.executed, row.executed);
        for (stated, amount) in self.stated.iter_mut().zip(three(row)) {
            *stated = stated.saturating_sub(usize::from(amount.is_some()));
        }
        if row.annual_budget.is_some() && row.executed.is_some() {
            minus(&mut self.paired_budget, row.annual_budget);
            minus(&mut self.paired_executed, row.executed);
            self.paired = self.paired.saturating_sub(1);
        }
        self.execution_rate = quotient(self.paired_executed, self.paired_budget);
        self.tables = self.tables.saturating_sub(1);
    }

    /// Returns the three sums, each where any table states it.
    pub fn stated_sums(&self) -> [Option<Decimal>; 3] {
        let sums = [self.initial_budget, self.annual_budget, self.executed];
        let mut stated = self.stated.iter();
        sums.map(|sum| stated.next().is_some_and(|count| *count > 0).then_some(sum))
    }

    /// Returns Σ 全年执行数 ÷ Σ 全年预算数 of the sums as they stand where that is not the rate: money spent of budgets
    /// that nobody stated makes it too high, budgets of which nobody stated what was spent too low.
    pub fn other_rate_of_sums(&self) -> Option<Decimal> {
        let [_, budget, executed] = self.stated_sums();
        let rate = quotient(executed?, budget?);
        rate.filter(|_| rate != self.execution_rate)
    }

    fn with(&self, row: &TableRow) -> Option<Self> {
        let plus = |sum: Decimal, amount: Option<Decimal>| sum.checked_add(amount.unwrap_or_default());
        let mut sums = Self {
            initial_budget: plus(self.initial_budget, row.initial_budget)?,
            annual_budget: plus(self.annual_budget, row.annual_budget)?,
            executed: plus(self.executed, row.executed)?,
            tables: self.tables + 1,
            ..self.clone()
        };
        for (stated, amount) in sums.stated.iter_mut().zip(three(row)) {
            *stated += usize::from(amount.is_some());
        }
        if row.annual_budget.is_some() && row.executed.is_some() {
            sums.paired_budget = plus(self.paired_budget, row.annual_budget)?;
            sums.paired_executed = plus(self.paired_executed, row.executed)?;
            sums.paired += 1;
        }
        sums.execution_rate = quotient(sums.paired_executed, sums.paired_budget);
        Some(sums)
    }
}

/// 年初预算数, 全年预算数, 全年执行数.
const fn three(row: &TableRow) -> [Option<Decimal>; 3] {
    [row.initial_budget, row.annual_budget, row.executed]
}
