//! Figures beyond any budget: kept away from the arithmetic, so that no sum or product overflows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{
    CellFact, CellFactAt, Evaluation, Field, FieldPath, FieldSlot, FundField, IndicatorField, TableReading, UnreadCell,
};

/// Returns whether a figure is one that a person may have meant: none but zero below 10⁻⁹, none above 10¹².
fn is_plausible(figure: Decimal) -> bool {
    let size = figure.abs();
    size.is_zero() || (Decimal::new(1, 9) <= size && size <= Decimal::from(1_000_000_000_000_u64))
}

/// Returns the table, with implausible figures taken out of the evaluation and listed as unread.
pub fn bounded(table: &TableReading) -> Cow<'_, TableReading> {
    if !has_implausible(&table.evaluation) {
        return Cow::Borrowed(table);
    }
    let mut table = table.clone();
    let implausible =
        slots(&mut table.evaluation).filter(|slot| slot.as_ref().is_some_and(|figure| !is_plausible(figure.value)));
    let refused: Vec<Field<Decimal>> = implausible.filter_map(Option::take).collect();
    let fields: BTreeMap<CellAddress, FieldPath> = table
        .bindings
        .iter()
        .map(|binding| (binding.cell, binding.field))
        .collect();
    for figure in refused {
        let field = fields.get(&figure.cell).map(|field| String::from(*field));
        table.coverage.unread.push(UnreadCell {
            cell: figure.cell,
            text: figure.text.clone(),
        });
        table.facts.push(CellFactAt {
            cell: figure.cell,
            text: figure.text,
            field,
            fact: CellFact::UnreadableFigure,
        });
    }
    table.coverage.unread.sort_by_key(|unread| unread.cell);
    Cow::Owned(table)
}

/// Returns whether any figure of an evaluation is implausible.
fn has_implausible(evaluation: &Evaluation) -> bool {
    let mut found = false;
    evaluation.each_field(|_, field| {
        found |= field.number().is_some_and(|figure| !is_plausible(figure.value));
    });
    found
}

/// Returns the places of the figures of funds, indicators and the total.
fn slots(evaluation: &mut Evaluation) -> impl Iterator<Item = &mut Option<Field<Decimal>>> {
    let indicators = evaluation.indicators.iter_mut().flat_map(IndicatorField::slots);
    let funds = evaluation.funds.iter_mut().flat_map(FundField::slots);
    let total = evaluation
        .total
        .iter_mut()
        .flat_map(|total| [&mut total.weight, &mut total.score]);
    indicators.chain(funds).filter_map(FieldSlot::number).chain(total)
}
