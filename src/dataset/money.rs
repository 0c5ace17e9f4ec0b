//! Amounts in one unit.

use rust_decimal::Decimal;

use super::column::Value;
use crate::model::{Field, FundRow, FundSource, MoneyUnit};

/// An amount in 万元; `Null` where the table names no unit, so that nobody adds up yuan and 万元.
pub(super) fn in_wan(field: Option<&Field<Decimal>>, unit: Option<MoneyUnit>) -> Value<'static> {
    let Some((field, unit)) = field.zip(unit) else {
        return Value::Null;
    };
    let amount = match unit {
        MoneyUnit::TenThousandYuan => Some(field.value),
        MoneyUnit::Yuan => field.value.checked_div(Decimal::from(10_000)),
        MoneyUnit::HundredMillionYuan => field.value.checked_mul(Decimal::from(10_000)),
    };
    Value::decimal(amount)
}

/// The row that stands for all of a table's money: 年度资金总额, or the only row there is.
pub(super) fn total_row(funds: &[FundRow]) -> Option<&FundRow> {
    let has_amount =
        |row: &&FundRow| row.initial_budget.is_some() || row.annual_budget.is_some() || row.executed.is_some();
    let total = funds
        .iter()
        .filter(has_amount)
        .find(|row| row.source == FundSource::Total);
    total.or_else(|| {
        let mut rows = funds.iter().filter(has_amount);
        rows.next().filter(|_| rows.next().is_none())
    })
}
