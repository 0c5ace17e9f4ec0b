//! C12: an amount of money in the goals is nearly, but not quite, one of the fund block.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::grid::CellAddress;
use crate::model::Field;
use crate::rules::kit::amounts::{self, Written, yuan};
use crate::rules::kit::fund_sums::{self, AMOUNTS};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C12", "goal-amount-differs", "总体目标中的金额与资金栏略有出入", Info, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(unit) = context.evaluation().money_unit else {
        return;
    };
    let unit = yuan(unit);
    let mut amounts: Vec<Amount> = context
        .funds()
        .flat_map(|(_, fund)| {
            AMOUNTS
                .iter()
                .filter_map(|(column, _, _)| fund_sums::amount(fund, *column))
        })
        .filter(|field| field.value > Decimal::ZERO)
        .filter_map(|field| {
            Some(Amount {
                yuan: field.value.checked_mul(unit)?,
                cell: field.cell,
                decimals: 0,
                unit,
            })
        })
        .collect();
    let decimals = context
        .funds()
        .flat_map(|(_, fund)| {
            AMOUNTS
                .iter()
                .filter_map(|(column, _, _)| fund_sums::amount(fund, *column))
        })
        .map(|field| field.value.normalize().scale())
        .max()
        .unwrap_or_default();
    amounts.iter_mut().for_each(|amount| amount.decimals = decimals);
    amounts.sort_unstable_by_key(|amount| (amount.yuan, amount.cell));
    for (index, goal) in context.evaluation().goals.iter().enumerate() {
        for (leaf, text) in [("expected", &goal.expected), ("actual", &goal.actual)] {
            let Some(text) = text else { continue };
            let differing = amounts::written(&context.folded(text))
                .into_iter()
                .find_map(|written| near(&amounts, &written).map(|amount| (written, amount.yuan, amount.cell)));
            let Some((written, amount, cell)) = differing.filter(|_| !findings.is_condemned(text.cell)) else {
                continue;
            };
            report(
                findings,
                format!("goals[{index}].{leaf}"),
                text,
                &written,
                (amount, cell),
                unit,
            );
        }
    }
}

/// An amount of the fund block.
#[derive(Clone, Copy)]
struct Amount {
    yuan: Decimal,
    cell: CellAddress,
    /// Decimals that the fund block is written with.
    decimals: u32,
    /// Yuan in one of the table's units.
    unit: Decimal,
}

impl Amount {
    /// Returns whether a written amount is this one, rounded or cut at the decimals of the coarser of the two.
    fn is(&self, written: &Written, yuan: Decimal) -> bool {
        let same = |exact: Option<Decimal>, printed: Decimal, decimals: u32| {
            exact.is_none_or(|exact| {
                [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero]
                    .into_iter()
                    .any(|how| exact.round_dp_with_strategy(decimals, how) == printed)
            })
        };
        let printed = self.yuan.checked_div(self.unit).unwrap_or(self.yuan);
        same(
            self.yuan.checked_div(written.unit),
            written.number,
            written.number.scale(),
        ) || same(yuan.checked_div(self.unit), printed, self.decimals)
    }
}

fn report(
    findings: &mut Findings,
    path: String,
    text: &Field<String>,
    written: &Written,
    (amount, cell): (Decimal, CellAddress),
    unit: Decimal,
) {
    let stands = amount.checked_div(unit).unwrap_or(amount);
    if findings.is_condemned(cell) {
        return;
    }
    findings.report(
        Finding::new(
            text.cell,
            format!(
                "同一笔资金在文字和资金栏中应一致；{} 写的是“{}”，资金栏 {cell} 是 {}，相近而不相同。",
                text.cell,
                written.text,
                plain(stands)
            ),
            format!("说的是同一笔资金的，把 {} 与 {cell} 改为同一数值。", text.cell),
        )
        .field(path)
        .declared(written.text.clone())
        .expected(plain(stands))
        .related([cell]),
    );
}

/// Returns the amount of the fund block that is within half a percent of a written one, where none is the same once
/// both are brought to the same decimals. `amounts` ascending.
fn near(amounts: &[Amount], written: &Written) -> Option<Amount> {
    let value = written.number.checked_mul(written.unit)?;
    let after = amounts.partition_point(|amount| amount.yuan < value);
    let around = [after.checked_sub(1), Some(after)]
        .into_iter()
        .flatten()
        .filter_map(|index| amounts.get(index).copied());
    let around: Vec<Amount> = around.collect();
    if around.iter().any(|amount| amount.is(written, value)) {
        return None;
    }
    around.into_iter().find(|amount| {
        amount
            .yuan
            .checked_mul(NEARLY)
            .is_some_and(|margin| value.saturating_sub(amount.yuan).abs() <= margin)
    })
}

/// Part of an amount by which a slip of the pen is likelier than another amount.
const NEARLY: Decimal = Decimal::from_parts(5, 0, 0, false, 3);
