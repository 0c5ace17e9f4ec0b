//! Figures beyond any budget: kept away from the arithmetic, so that no sum or product overflows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{CellFact, CellFactAt, Field, TableReading, UnreadCell};

/// Whether a figure is one that a person may have meant: none but zero below 10⁻⁹, none above 10¹².
fn is_plausible(figure: Decimal) -> bool {
    let size = figure.abs();
    size.is_zero() || (Decimal::new(1, 9) <= size && size <= Decimal::from(1_000_000_000_000_u64))
}

/// The table, with implausible figures taken out of the evaluation and listed as unread.
pub fn bounded(table: &TableReading) -> Cow<'_, TableReading> {
    let mut copy = None;
    let mut refused: Vec<Field<Decimal>> = Vec::new();
    if figures(&table.evaluation).any(|figure| !is_plausible(figure.value)) {
        let mut table = table.clone();
        for slot in slots(&mut table.evaluation) {
            if slot.as_ref().is_some_and(|figure| !is_plausible(figure.value)) {
                refused.extend(slot.take());
            }
        }
        copy = Some(table);
    }
    let Some(mut table) = copy else {
        return Cow::Borrowed(table);
    };
    let fields: BTreeMap<CellAddress, String> = table
        .bindings
        .iter()
        .map(|binding| (binding.cell, binding.field.clone()))
        .collect();
    for figure in refused {
        let field = fields.get(&figure.cell).cloned();
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

fn figures(evaluation: &crate::model::Evaluation) -> impl Iterator<Item = &Field<Decimal>> {
    let indicators = evaluation.indicators.iter().flat_map(|row| {
        [
            &row.level1_weight,
            &row.level2_weight,
            &row.weight,
            &row.score,
            &row.review_score,
        ]
    });
    let funds = evaluation.funds.iter().flat_map(|row| {
        [
            &row.initial_budget,
            &row.annual_budget,
            &row.executed,
            &row.weight,
            &row.execution_rate,
            &row.score,
        ]
    });
    let total = evaluation.total.iter().flat_map(|total| [&total.weight, &total.score]);
    indicators.chain(funds).chain(total).flatten()
}

fn slots(evaluation: &mut crate::model::Evaluation) -> impl Iterator<Item = &mut Option<Field<Decimal>>> {
    let indicators = evaluation.indicators.iter_mut().flat_map(|row| {
        [
            &mut row.level1_weight,
            &mut row.level2_weight,
            &mut row.weight,
            &mut row.score,
            &mut row.review_score,
        ]
    });
    let funds = evaluation.funds.iter_mut().flat_map(|row| {
        [
            &mut row.initial_budget,
            &mut row.annual_budget,
            &mut row.executed,
            &mut row.weight,
            &mut row.execution_rate,
            &mut row.score,
        ]
    });
    let total = evaluation
        .total
        .iter_mut()
        .flat_map(|total| [&mut total.weight, &mut total.score]);
    indicators.chain(funds).chain(total)
}
