//! What stands below a sum: a greater one, the total that counts it, or further indicators.

use rust_decimal::Decimal;

use super::super::header::{ColumnRole, column_of};
use super::super::view::{RowView, Slot};
use super::super::vocabulary::IndicatorWord;
use super::Binder;
use super::heading::Label;
use super::running_sums::Points;
use super::sums::{MOST_POINTS, names_sum};
use crate::model::IndicatorField;
use crate::text::keys::header_key;

/// Rows looked at below a sum for a greater one.
const MOST_BELOW: usize = 8;

impl<'v> Binder<'v, '_> {
    /// Returns whether the total below counts this row's points beside those of the rows above.
    pub(super) fn is_counted_below(&self, row: &RowView<'_>, points: Points) -> bool {
        let Some(own) = points.weight else { return false };
        let all = self.indicator_rows.sums.all.weight.unwrap_or_default();
        let fund = self.execution_points().weight.unwrap_or_default();
        let sum = |parts: &[Decimal]| parts.iter().fold(all, |sum, part| sum.saturating_add(*part));
        let mut rest = Decimal::ZERO;
        for next in self.rows_below(row) {
            let weight = self.points_of(next);
            if next.own().any(|slot| self.label(slot) == Some(Label::Total)) {
                let is = |sum: Decimal| weight == Some(sum);
                let is_without = is(all) || is(sum(&[fund]));
                return !is_without && (is(sum(&[own, rest])) || is(sum(&[own, rest, fund])));
            }
            rest = rest.saturating_add(weight.unwrap_or_default());
        }
        false
    }

    /// Returns the rows below, as long as they may belong to the sums of this table.
    fn rows_below<'a>(&'a self, row: &RowView<'_>) -> impl Iterator<Item = &'a RowView<'a>> + use<'a, 'v> {
        self.all_below(row).take(MOST_BELOW)
    }

    /// Returns the rows below up to one of a single cell.
    fn all_below<'a>(&'a self, row: &RowView<'_>) -> impl Iterator<Item = &'a RowView<'a>> + use<'a, 'v> {
        let below = self.view.rows.partition_point(|other| other.row <= row.row);
        let rows = self.view.rows.get(below..).unwrap_or_default().iter();
        rows.take_while(|next| next.own().nth(1).is_some())
    }

    /// Returns whether a sum below this one is greater, with nothing but names and points in between.
    pub(super) fn has_greater_below(&self, row: &RowView<'_>, points: Points) -> bool {
        self.rows_below(row)
            .map_while(|next| self.points_row(next))
            .any(|next| self.is_sum_by_name(&next.label) && next.points.are_more_than(points))
    }

    /// Returns the name of the next sum, and whether indicators stand before it; without them it must be greater.
    pub(super) fn sum_below(&self, row: &RowView<'_>, points: Points) -> Option<(Slot, bool)> {
        /// Rows of a level at most.
        const MOST: usize = 64;
        let mut goes_on = false;
        for next in self.all_below(row).take(MOST) {
            let is_value = |slot: &&Slot| {
                let word = self.view.meanings(slot).indicator;
                word.is_some_and(|word| matches!(word, IndicatorWord::Column(column) if !column.is_of_level()))
            };
            if next.own().filter(is_value).nth(1).is_some() {
                // Another header.
                return None;
            }
            if let Some(sum) = self.points_row(next).filter(|next| self.is_sum_by_name(&next.label)) {
                let is_greater_score = sum.points.weight.is_none() && sum.points.score > points.score;
                // With more than a hundred points, those between are a bonus.
                let has_bonus = sum.points.weight.is_some_and(|weight| weight > Decimal::ONE_HUNDRED);
                let is_greater = || {
                    sum.points.are_more_than(points)
                        || (is_greater_score && self.label(&sum.label) == Some(Label::Total))
                };
                let counts = if goes_on { !has_bonus } else { is_greater() };
                return counts.then_some((sum.label, goes_on));
            }
            goes_on |= self.is_indicator_row(next);
        }
        None
    }

    /// Returns whether an indicator follows.
    pub(super) fn goes_on_below(&self, row: &RowView<'_>) -> bool {
        self.rows_below(row).any(|next| self.is_indicator_row(next))
    }

    /// Returns whether a row has points beside a target or an actual, or beside several names where the form has neither.
    fn is_indicator_row(&self, row: &RowView<'_>) -> bool {
        use IndicatorField::{Actual, Score, Target, Weight};
        let has_values = [Target, Actual]
            .into_iter()
            .any(|column| self.header.column(column).is_some());
        let has_points = |slot: &Slot| {
            self.begins_in(slot, [Weight, Score]) && self.points_at(slot).is_some_and(|points| points <= MOST_POINTS)
        };
        let is_indicator = match has_values {
            true => self.has_value(row),
            false => self.points_row(row).is_none(),
        };
        is_indicator && row.own().any(has_points)
    }

    /// Returns whether a row has a target or an actual.
    pub(super) fn has_value(&self, row: &RowView<'_>) -> bool {
        let is_value = |slot: &Slot| {
            self.begins_in(slot, [IndicatorField::Target, IndicatorField::Actual]) && !self.view.is_placeholder(slot)
        };
        row.own().any(is_value)
    }

    fn begins_in(&self, slot: &Slot, columns: [IndicatorField; 2]) -> bool {
        column_of(&self.header.columns, slot).is_some_and(|column| {
            column.first <= slot.range.first.column
                && columns.iter().any(|wanted| column.role == ColumnRole::Column(*wanted))
        })
    }

    fn is_sum_by_name(&self, label: &Slot) -> bool {
        self.label(label) == Some(Label::Total) || names_sum(&header_key(self.view.key(label)))
    }
}
