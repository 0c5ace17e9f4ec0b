//! Content of the source that the fixed form has no place for: columns right of the form, rows below it, each under its
//! own label so that it is read back as what it was.

use std::collections::BTreeMap;

use super::columns::{Column, across};
use super::plan::{Role, SheetPlan, text_content};
use crate::grid::{CellAddress, CellRange};
use crate::model::{Evaluation, FieldPath, Indicator};
use crate::text::own_markers::KEPT_PREFIX;
use crate::write::kit::cell_text;
use crate::write::kit::number_format::CellContent;

/// The columns right of the form: one for each label, and for the second use of a label in one row another.
#[derive(Debug, Default)]
pub struct KeptColumns<'a> {
    /// In the order of their first appearance.
    labels: Vec<&'a str>,
    /// Label and how often it stood in the row before, to the position in `labels`.
    positions: BTreeMap<(&'a str, usize), usize>,
}

impl<'a> KeptColumns<'a> {
    /// Returns the columns that the indicators need.
    pub fn of(indicators: &'a [Indicator]) -> Self {
        let mut columns = Self::default();
        for indicator in indicators {
            for (key, _) in numbered(indicator) {
                let next = columns.labels.len();
                if *columns.positions.entry(key).or_insert(next) == next {
                    columns.labels.push(key.0);
                }
            }
        }
        columns
    }

    /// Puts the headers into the header row.
    pub fn put_headers(&self, plan: &mut SheetPlan, header: u32) {
        for (position, label) in self.labels.iter().enumerate() {
            let text = cell_text::for_cell(&format!("{KEPT_PREFIX}{label}"), None);
            plan.put_label(column_cell(header, position), Role::Label, &text);
        }
    }

    /// Puts what an indicator holds under them, and cells of the table where it holds nothing; its row is the next one
    /// planned.
    pub fn put_values(&self, plan: &mut SheetPlan, index: usize, indicator: &'a Indicator) {
        let row = plan.next_row;
        let mut is_filled = vec![false; self.labels.len()];
        for (place, (key, field)) in numbered(indicator).into_iter().enumerate() {
            let Some(&position) = self.positions.get(&key) else {
                continue;
            };
            if let Some(is_filled) = is_filled.get_mut(position) {
                *is_filled = true;
            }
            let path = FieldPath::indicator_extra(index, place);
            plan.put_text(column_cell(row, position), Role::Text, path, Some(field));
        }
        for (position, _) in is_filled.iter().enumerate().filter(|(_, is_filled)| !**is_filled) {
            plan.put(column_cell(row, position), Role::Text, CellContent::Blank);
        }
    }
}

type KeptField<'a> = ((&'a str, usize), &'a crate::model::Field<String>);

/// Returns an indicator's kept content; labels are counted, since one may stand twice.
fn numbered(indicator: &Indicator) -> Vec<KeptField<'_>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut fields = Vec::with_capacity(indicator.extra.len());
    for extra in &indicator.extra {
        let count = counts.entry(&extra.label).or_default();
        fields.push(((extra.label.as_str(), *count), &extra.value));
        *count += 1;
    }
    fields
}

fn column_cell(row: u32, position: usize) -> CellRange {
    let column = Column::Reason.index() + 1 + u32::try_from(position).unwrap_or(u32::MAX >> 1);
    CellRange::single(CellAddress::new(row, column))
}

/// Puts the table's own kept content, a row each: label and value.
pub fn put_kept_rows(plan: &mut SheetPlan, evaluation: &Evaluation) {
    for (index, extra) in evaluation.extra.iter().enumerate() {
        let row = plan.take_row();
        let label = cell_text::for_cell(&format!("{KEPT_PREFIX}{}", extra.label), None);
        plan.put(
            across(row, Column::Block, Column::Level2),
            Role::Label,
            CellContent::Text(label),
        );
        plan.put_declared(
            across(row, Column::Level3, Column::Reason),
            Role::Text,
            FieldPath::extra(index),
            Some(extra.value.cell),
            text_content(&extra.value.value, extra.value.cell),
        );
    }
}
