//! The amounts of the fund block in one unit, whatever unit each names beside it.

use super::super::money::{money_unit, unit_behind, unit_of_name};
use super::super::view::Slot;
use super::Binder;
use crate::grid::Cell;
use crate::model::{CellFact, CellFactAt, FieldSlot, FundField, MoneyUnit};
use crate::text::keys::match_key;

/// The unit that an amount itself, its row's name or its column's header states.
pub(super) struct AmountUnit {
    row: usize,
    column: FundField,
    unit: MoneyUnit,
    /// The amount's own cell states it.
    is_own: bool,
}

impl Binder<'_, '_> {
    /// Remembers the unit of an amount: what stands behind it (100万元), else what its header or its row's name says.
    pub(super) fn note_amount_unit(&mut self, slot: &Slot, place: (usize, FundField), [header, name]: [&str; 2]) {
        let stored = self.view.cell(slot).and_then(Cell::number);
        let own = unit_behind(self.view.key(slot), stored);
        let unit = own
            .or_else(|| unit_of_name(&match_key(name)))
            .or_else(|| money_unit(&match_key(header)));
        if let Some(unit) = unit {
            self.amount_units.push(AmountUnit {
                row: place.0,
                column: place.1,
                unit,
                is_own: own.is_some(),
            });
        }
    }

    /// Settles the table's unit and converts the amounts that name another. A label's word holds before that of an
    /// amount, wherever it stands.
    pub(super) fn settle_amounts(&mut self) {
        let units = std::mem::take(&mut self.amount_units);
        let own = units.iter().find(|amount| amount.is_own).or(units.first());
        let Some(unit) = self.evaluation.money_unit.or(own.map(|amount| amount.unit)) else {
            return;
        };
        self.evaluation.money_unit = Some(unit);
        for amount in units.into_iter().filter(|amount| amount.unit != unit) {
            let Some(row) = self.evaluation.funds.get_mut(amount.row) else {
                continue;
            };
            let FieldSlot::Number(Some(field)) = amount.column.slot(row) else {
                continue;
            };
            let Some(converted) = amount.unit.convert(field.value, unit) else {
                continue;
            };
            field.value = converted;
            self.facts.push(CellFactAt {
                cell: field.cell,
                text: field.text.clone(),
                field: Some(format!("funds[{}].{}", amount.row, amount.column.path())),
                fact: CellFact::AmountInOwnUnit { unit: amount.unit },
            });
        }
    }
}
