//! Formulas behind bound figures, computed again from the sheet.

use rust_decimal::Decimal;

use crate::formula::{Budget, PlainFormula};
use crate::grid::Sheet;
use crate::model::{Bindings, CellFact, CellFactAt, FormulaReading, Recomputed};

/// Stored values carry 15 digits; a difference beyond the ninth decimal is none.
const LEAST_DIFFERENCE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// Returns each bound figure that a formula gave, in the order of the bindings, which is that of their cells.
pub(super) fn formulas(sheet: &Sheet, bindings: &Bindings, facts: &[CellFactAt]) -> Vec<FormulaReading> {
    let mut budget = Budget::new();
    let mut readings = Vec::new();
    let mut cells = sheet.cells().iter().filter(|cell| cell.formula.is_some()).peekable();
    for binding in bindings.iter() {
        while cells.next_if(|cell| cell.address < binding.cell).is_some() {}
        let Some(cell) = cells.peek().filter(|cell| cell.address == binding.cell) else {
            continue;
        };
        let (Some(formula), Some(stored)) = (&cell.formula, cell.number()) else {
            continue;
        };
        let plain = PlainFormula::parse(formula);
        let value = plain.as_ref().and_then(|plain| plain.value(sheet, &mut budget));
        let recomputed = match value {
            None => Recomputed::NotRecomputed,
            Some(value) if agree(value, stored) => Recomputed::AsStored,
            // The figure that was read is another than the stored one.
            Some(_)
                if facts
                    .iter()
                    .any(|fact| fact.cell == binding.cell && is_conversion(&fact.fact)) =>
            {
                Recomputed::NotRecomputed
            }
            Some(value) => Recomputed::Otherwise(value.round_dp(10).normalize()),
        };
        readings.push(FormulaReading {
            cell: binding.cell,
            field: binding.field.into(),
            formula: formula.clone(),
            recomputed,
            summed: plain.and_then(|plain| plain.summed()),
        });
    }
    readings
}

const fn is_conversion(fact: &CellFact) -> bool {
    matches!(fact, CellFact::ShownOtherwise { .. } | CellFact::AmountInOwnUnit { .. })
}

fn agree(value: Decimal, stored: Decimal) -> bool {
    let size = value.abs().max(stored.abs()).max(Decimal::ONE);
    value.saturating_sub(stored).abs() <= size.saturating_mul(LEAST_DIFFERENCE)
}
