//! 一级 and 二级指标: names with their weights, merged over the rows that share them.

use rust_decimal::Decimal;

use super::columns::{Column, across, block};
use super::plan::{Role, SheetPlan, text_content};
use crate::model::{Evaluation, Field, FieldPath, Indicator, IndicatorField};
use crate::text::plain;
use crate::write::kit::number_format::CellContent;

/// Name and weight of a level; neighbouring rows that share it share one merged cell.
pub type LevelKey<'a> = (Option<&'a str>, Option<Decimal>);

/// A level's cell that is still growing downwards.
pub struct OpenLevel<'a> {
    /// What its rows share.
    pub key: LevelKey<'a>,
    /// Its first row in the sheet.
    pub first_row: u32,
    /// Its first indicator.
    pub indicator: usize,
}

/// Returns the 一级指标 of a row.
pub fn level1_key(indicator: &Indicator) -> LevelKey<'_> {
    level_key(&indicator.level1, &indicator.level1_weight)
}

/// Returns the 二级指标 of a row.
pub fn level2_key(indicator: &Indicator) -> LevelKey<'_> {
    level_key(&indicator.level2, &indicator.level2_weight)
}

fn level_key<'a>(name: &'a Option<Field<String>>, weight: &Option<Field<Decimal>>) -> LevelKey<'a> {
    (
        name.as_ref().map(|name| name.value.as_str()),
        weight.as_ref().map(|weight| weight.value),
    )
}

/// Remembers where a row's levels stand; the row itself is the next one planned.
pub fn bind_levels(plan: &mut SheetPlan, index: usize, indicator: &Indicator, level1_row: u32, level2_row: u32) {
    let cell1 = across(level1_row, Column::Level1, Column::Level1).first;
    let cell2 = across(level2_row, Column::Level2, Column::Level2).first;
    // The row's own cells claim its source row first; a level's cell may stand in a row above.
    if let Some(cell) = indicator.own_cell() {
        plan.places.by_row.entry(cell.row).or_insert(plan.next_row);
    }
    plan.bind(
        FieldPath::indicator(index, IndicatorField::Level1),
        indicator.level1.as_ref().map(|field| field.cell),
        cell1,
    );
    plan.bind(
        FieldPath::indicator(index, IndicatorField::Level1Weight),
        indicator.level1_weight.as_ref().map(|field| field.cell),
        cell1,
    );
    plan.bind(
        FieldPath::indicator(index, IndicatorField::Level2),
        indicator.level2.as_ref().map(|field| field.cell),
        cell2,
    );
    plan.bind(
        FieldPath::indicator(index, IndicatorField::Level2Weight),
        indicator.level2_weight.as_ref().map(|field| field.cell),
        cell2,
    );
}

/// Puts a 一级指标 over its rows, up to the row `end`.
pub fn close_level1(plan: &mut SheetPlan, evaluation: &Evaluation, open: Option<OpenLevel>, end: u32) {
    let Some(open) = open else { return };
    let Some(indicator) = evaluation.indicators.get(open.indicator) else {
        return;
    };
    let content = level_content(indicator.level1.as_ref(), indicator.level1_weight.as_ref());
    plan.put(
        block(open.first_row, end - 1, Column::Level1, Column::Level1),
        Role::Figure,
        content,
    );
}

/// Puts a 二级指标 over its rows, up to the row `end`.
pub fn close_level2(plan: &mut SheetPlan, evaluation: &Evaluation, open: Option<OpenLevel>, end: u32) {
    let Some(open) = open else { return };
    let Some(indicator) = evaluation.indicators.get(open.indicator) else {
        return;
    };
    let content = level_content(indicator.level2.as_ref(), indicator.level2_weight.as_ref());
    plan.put(
        block(open.first_row, end - 1, Column::Level2, Column::Level2),
        Role::Figure,
        content,
    );
}

/// Returns a level's name with its weight behind: as declared where both stood in one cell, else in the form's
/// brackets.
fn level_content(name: Option<&Field<String>>, weight: Option<&Field<Decimal>>) -> CellContent {
    match (name, weight) {
        (None, None) => CellContent::Blank,
        (Some(name), None) => text_content(&name.value, name.cell),
        (Some(name), Some(weight)) if name.cell == weight.cell && !name.text.trim().is_empty() => {
            text_content(name.text.trim(), name.cell)
        }
        (name, Some(weight)) => {
            let name = name.map_or("", |name| name.value.as_str());
            text_content(&format!("{name}（{}分）", plain(weight.value)), weight.cell)
        }
    }
}
