//! Which rescored score belongs to which row. A report says so by cells and by order; a score that is not filled in has
//! no cell of its own in the Evaluation, so order has to do there.

use rust_decimal::Decimal;

use crate::model::{Evaluation, Field, FundSource, RescoringItem};
use crate::report::TableReport;

/// The items of a table by the rows that they belong to.
#[derive(Debug)]
pub(super) struct Rescored<'a> {
    /// One entry an indicator.
    pub indicators: Vec<Option<&'a RescoringItem>>,
    /// One entry a fund row.
    pub funds: Vec<Option<&'a RescoringItem>>,
}

impl<'a> Rescored<'a> {
    /// Items come in the table's order, one an indicator with a weight or a score, the fund row's last.
    pub(super) fn of(table: &'a TableReport) -> Self {
        let evaluation = &table.evaluation;
        let mut items = table.rescoring.items.iter().peekable();
        let indicators = evaluation
            .indicators
            .iter()
            .map(|row| items.next_if(|item| agrees(item, row.weight.as_ref(), row.score.as_ref())))
            .collect();
        let mut funds = vec![None; evaluation.funds.len()];
        if let Some(item) = items.next()
            && let Some(slot) = fund_index(item, evaluation).and_then(|index| funds.get_mut(index))
        {
            *slot = Some(item);
        }
        Self { indicators, funds }
    }
}

fn agrees(item: &RescoringItem, weight: Option<&Field<Decimal>>, score: Option<&Field<Decimal>>) -> bool {
    let is_scored = weight.is_some() || score.is_some();
    let same_score = item.declared == score.map(|field| field.value);
    let same_weight = item.weight == weight.map(|field| field.value);
    let same_cell = score.is_none_or(|score| score.cell == item.cell);
    is_scored && same_score && same_weight && same_cell
}

/// 年度资金总额 where it carries points, else the first row that does, else 年度资金总额.
fn fund_index(item: &RescoringItem, evaluation: &Evaluation) -> Option<usize> {
    let rows = || evaluation.funds.iter().enumerate();
    let at_cell = rows().find(|(_, row)| row.score.as_ref().is_some_and(|score| score.cell == item.cell));
    at_cell
        .or_else(|| rows().find(|(_, row)| row.source == FundSource::Total && row.weight.is_some()))
        .or_else(|| rows().find(|(_, row)| row.weight.is_some()))
        .or_else(|| rows().find(|(_, row)| row.source == FundSource::Total))
        .map(|(index, _)| index)
}
