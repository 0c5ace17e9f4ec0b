//! Which rescored score belongs to which row of the table, and how it is written.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{
    Evaluation, ExecutionScorePlace, Field, FundRow, Indicator, RescoredRow, Rescoring, RescoringItem, RescoringMethod,
};
use crate::text::plain;
use crate::write::kit::number_format::CellContent;

/// The rescoring's items by row of the Evaluation.
#[derive(Debug, Default)]
pub struct RescoredRows<'a> {
    indicators: BTreeMap<usize, &'a RescoringItem>,
    funds: BTreeMap<usize, &'a RescoringItem>,
}

impl<'a> RescoredRows<'a> {
    /// Finds each item's row: as the item says; else (a report read back from JSON) by its score's cell, else by its
    /// source row.
    pub fn of(evaluation: &Evaluation, rescoring: &'a Rescoring) -> Self {
        let mut by_cell: BTreeMap<CellAddress, RescoredRow> = BTreeMap::new();
        let mut by_row: BTreeMap<u32, RescoredRow> = BTreeMap::new();
        for (index, fund) in evaluation.funds.iter().enumerate() {
            let row = RescoredRow::Fund(index);
            fund.score
                .as_ref()
                .map(|score| by_cell.entry(score.cell).or_insert(row));
            fund_cell(fund).map(|cell| by_row.entry(cell.row).or_insert(row));
        }
        for (index, indicator) in evaluation.indicators.iter().enumerate() {
            let row = RescoredRow::Indicator(index);
            indicator
                .score
                .as_ref()
                .map(|score| by_cell.entry(score.cell).or_insert(row));
            indicator_cell(indicator).map(|cell| by_row.entry(cell.row).or_insert(row));
        }
        let mut rows = Self::default();
        for item in &rescoring.items {
            let row = item
                .row
                .or_else(|| by_cell.get(&item.cell).copied())
                .or_else(|| by_row.get(&item.cell.row).copied());
            match row {
                Some(RescoredRow::Indicator(index)) => rows.indicators.entry(index).or_insert(item),
                Some(RescoredRow::Fund(index)) => rows.funds.entry(index).or_insert(item),
                None => continue,
            };
        }
        rows
    }

    /// The item of an indicator.
    pub fn indicator(&self, index: usize) -> Option<&'a RescoringItem> {
        self.indicators.get(&index).copied()
    }

    /// The item of a fund row.
    pub fn fund(&self, index: usize) -> Option<&'a RescoringItem> {
        self.funds.get(&index).copied()
    }
}

/// A cell of the fund row itself.
fn fund_cell(fund: &FundRow) -> Option<CellAddress> {
    let numbers = [&fund.annual_budget, &fund.executed, &fund.initial_budget, &fund.weight];
    cell(&fund.label).or_else(|| numbers.into_iter().find_map(cell))
}

/// A cell of the indicator's own row; level names may stand in a row above.
pub fn indicator_cell(indicator: &Indicator) -> Option<CellAddress> {
    let texts = [
        &indicator.level3,
        &indicator.target,
        &indicator.actual,
        &indicator.operator,
        &indicator.reason,
    ];
    let numbers = [&indicator.weight, &indicator.score, &indicator.review_score];
    texts
        .into_iter()
        .find_map(cell)
        .or_else(|| numbers.into_iter().find_map(cell))
}

fn cell<T>(field: &Option<Field<T>>) -> Option<CellAddress> {
    field.as_ref().map(|field| field.cell)
}

/// The 重算得分 cell of a row: a score, a band, or that a person must look.
pub fn content(item: Option<&RescoringItem>) -> CellContent {
    let Some(item) = item else { return CellContent::Blank };
    if item.method == RescoringMethod::Manual {
        return CellContent::Text("人工复核".to_owned());
    }
    match (item.expected_min, item.expected_max) {
        (Some(least), Some(most)) if least != most => CellContent::Text(band(least, most, item)),
        (least, most) => item
            .rescored
            .or(least)
            .or(most)
            .map_or(CellContent::Blank, CellContent::computed_number),
    }
}

fn band(least: Decimal, most: Decimal, item: &RescoringItem) -> String {
    let band = format!("{}～{}", plain(least), plain(most));
    match item.rescored.filter(|_| differs(item)) {
        Some(taken) => format!("{band}\n取{}", plain(taken)),
        None => band,
    }
}

/// The derivation, where the rescored score is not the declared one.
pub fn derivation(item: Option<&RescoringItem>) -> Option<&str> {
    item.filter(|item| differs(item)).map(|item| item.trace.as_str())
}

fn differs(item: &RescoringItem) -> bool {
    item.method != RescoringMethod::Manual && item.rescored.is_some() && item.rescored != item.declared
}

/// How the 预算执行率 points stand to the hundred, in words.
pub const fn execution_score_words(place: ExecutionScorePlace) -> &'static str {
    match place {
        ExecutionScorePlace::Inside => "预算执行率分值计入百分",
        ExecutionScorePlace::Outside => "指标分值已满百分，预算执行率分值不计入总分",
        ExecutionScorePlace::Absent => "资金栏没有预算执行率分值",
    }
}
