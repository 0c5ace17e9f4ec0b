//! The indicator block: one row an indicator, level names merged over their rows, 小计 rows where they stood.

use std::iter::Peekable;

use super::columns::{Column, across, block};
use super::kept::KeptColumns;
use super::levels::{LevelKey, OpenLevel, bind_levels, close_level1, close_level2, level1_key, level2_key};
use super::plan::{Role, SheetPlan};
use super::rescored::{content, derivation};
use super::wording::FormWording;
use crate::model::{Evaluation, FieldPath, FieldRef, Indicator, IndicatorField, RescoredRow, RescoredRows, Subtotal};
use crate::write::kit::number_format::CellContent;

/// A row of the block, as index into the Evaluation.
#[derive(Debug, Clone, Copy)]
enum Line {
    Indicator(usize),
    Subtotal(usize),
}

/// Plans header and rows of the block.
pub fn put_indicators<'a>(
    plan: &mut SheetPlan,
    evaluation: &'a Evaluation,
    rescored: &RescoredRows,
    wording: &FormWording,
) {
    let header = plan.take_row();
    plan.header_row = header;
    for column in Column::ALL.into_iter().filter(|&column| column != Column::Block) {
        plan.put_label(across(header, column, column), Role::Label, column.header(wording));
    }
    let kept = KeptColumns::of(&evaluation.indicators);
    kept.put_headers(plan, header);
    let mut level1: Option<OpenLevel<'a>> = None;
    let mut level2: Option<OpenLevel<'a>> = None;
    let mut lines = lines(evaluation).into_iter().peekable();
    while let Some(line) = lines.next() {
        let row = plan.next_row;
        match line {
            Line::Indicator(index) => {
                let Some(indicator) = evaluation.indicators.get(index) else {
                    continue;
                };
                let key1 = level1_key(indicator);
                let same1 = level1.as_ref().is_some_and(|open| open.key == key1 && key1.0.is_some());
                let key2 = level2_key(indicator);
                let same2 = same1 && level2.as_ref().is_some_and(|open| open.key == key2 && key2.0.is_some());
                if !same2 {
                    close_level2(plan, evaluation, level2.take(), row);
                    level2 = Some(OpenLevel {
                        key: key2,
                        first_row: row,
                        indicator: index,
                    });
                }
                if !same1 {
                    close_level1(plan, evaluation, level1.take(), row);
                    level1 = Some(OpenLevel {
                        key: key1,
                        first_row: row,
                        indicator: index,
                    });
                }
                let (Some(open1), Some(open2)) = (&level1, &level2) else {
                    continue;
                };
                bind_levels(plan, index, indicator, open1.first_row, open2.first_row);
                kept.put_values(plan, index, indicator);
                put_indicator(plan, index, indicator, rescored);
            }
            Line::Subtotal(index) => {
                let Some(subtotal) = evaluation.subtotals.get(index) else {
                    continue;
                };
                let next = next_indicator(&mut lines, evaluation);
                let goes_on = |open: &Option<OpenLevel>, key: Option<LevelKey>| {
                    open.as_ref()
                        .is_some_and(|open| open.key.0.is_some() && Some(open.key) == key)
                };
                let in_level1 = goes_on(&level1, next.map(level1_key));
                let in_level2 = in_level1 && goes_on(&level2, next.map(level2_key));
                if !in_level2 {
                    close_level2(plan, evaluation, level2.take(), row);
                }
                if !in_level1 {
                    close_level1(plan, evaluation, level1.take(), row);
                }
                let from = match (in_level1, in_level2) {
                    (true, true) => Column::Level3,
                    (true, false) => Column::Level2,
                    _ => Column::Level1,
                };
                put_subtotal(plan, index, subtotal, from);
            }
        }
    }
    let end = plan.next_row;
    close_level2(plan, evaluation, level2, end);
    close_level1(plan, evaluation, level1, end);
    plan.put_label(
        block(header, end - 1, Column::Block, Column::Block),
        Role::Label,
        Column::Block.header(wording),
    );
}

/// Indicators and 小计 rows in the order of their source rows.
fn lines(evaluation: &Evaluation) -> Vec<Line> {
    let mut subtotals: Vec<(u32, usize)> = evaluation
        .subtotals
        .iter()
        .enumerate()
        .map(|(index, subtotal)| (subtotal.label.cell.row, index))
        .collect();
    subtotals.sort_unstable();
    let mut subtotals = subtotals.into_iter().peekable();
    let mut lines = Vec::with_capacity(evaluation.indicators.len() + evaluation.subtotals.len());
    for (index, indicator) in evaluation.indicators.iter().enumerate() {
        if let Some(cell) = indicator.own_cell() {
            while let Some((_, subtotal)) = subtotals.next_if(|&(row, _)| row < cell.row) {
                lines.push(Line::Subtotal(subtotal));
            }
        }
        lines.push(Line::Indicator(index));
    }
    lines.extend(subtotals.map(|(_, subtotal)| Line::Subtotal(subtotal)));
    lines
}

fn next_indicator<'a, I: Iterator<Item = Line>>(
    lines: &mut Peekable<I>,
    evaluation: &'a Evaluation,
) -> Option<&'a Indicator> {
    match lines.peek() {
        Some(&Line::Indicator(index)) => evaluation.indicators.get(index),
        _ => None,
    }
}

fn put_indicator(plan: &mut SheetPlan, index: usize, indicator: &Indicator, rescored: &RescoredRows) {
    let row = plan.take_row();
    let at = |column: Column| across(row, column, column);
    plan.bind(FieldPath::indicator_row(index), None, at(Column::Level3).first);
    for column in Column::ALL {
        let (range, item) = (at(column), rescored.get(RescoredRow::Indicator(index)));
        let Some(field) = column.field().filter(|field| !field.is_of_level()) else {
            if column == Column::Rescored {
                plan.put_rescored(row, content(item), derivation(item));
            }
            continue;
        };
        let role = match field {
            IndicatorField::Level3 | IndicatorField::Reason => Role::Text,
            _ => Role::Figure,
        };
        let path = FieldPath::indicator(index, field);
        match (field, field.get(indicator)) {
            (_, Some(FieldRef::Number(number))) => plan.put_number(range, path, Some(number)),
            (IndicatorField::Target | IndicatorField::Actual, Some(FieldRef::Text(text))) => {
                plan.put_measure(range, path, Some(text));
            }
            (_, text) => plan.put_text(range, role, path, text.and_then(FieldRef::as_text)),
        }
    }
}

fn put_subtotal(plan: &mut SheetPlan, index: usize, subtotal: &Subtotal, from: Column) {
    let row = plan.take_row();
    let label = across(row, from, Column::Actual);
    plan.bind(FieldPath::subtotal(index), None, label.first);
    plan.put_text(
        label,
        Role::Label,
        FieldPath::subtotal_label(index),
        Some(&subtotal.label),
    );
    plan.put_number(
        across(row, Column::Weight, Column::Weight),
        FieldPath::subtotal_weight(index),
        subtotal.weight.as_ref(),
    );
    plan.put_number(
        across(row, Column::Score, Column::Score),
        FieldPath::subtotal_score(index),
        subtotal.score.as_ref(),
    );
    plan.put_label(across(row, Column::ReviewScore, Column::ReviewScore), Role::Figure, "");
    plan.put_rescored(row, CellContent::Blank, None);
    plan.put_label(across(row, Column::Reason, Column::Reason), Role::Text, "");
}
