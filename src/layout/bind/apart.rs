//! Tables of money that are no fund block: 三公经费, and what the money was used for item by item below a fund block. They
//! are kept beside the table, row by row.

use std::rc::Rc;

use super::super::header::{FundHeader, FundRole, column_of, holds_figure};
use super::super::view::{RowView, Slot};
use super::super::vocabulary::RowWord;
use super::{Binder, Block};
use crate::model::{FieldPath, FundField, FundSource, LabelledField};
use crate::text::keys::{joined_label, without_ordinal};

/// Expenses that are controlled by themselves, and no source of what is evaluated.
const CONTROLLED_EXPENSES: &str = "三公经费";

impl<'v> Binder<'v, '_> {
    /// Begins the fund block or the table that a header heads.
    pub(super) fn begin_money(&mut self, row: &'v RowView<'_>, header: FundHeader) {
        if self.heads_table_apart(row, &header) {
            self.begin_table_apart(row, header);
        } else {
            self.begin_funds(row, header);
        }
    }

    /// Returns whether a fund header heads a table of its own: one that is named so, or a numbered list of uses below
    /// money that has its total already.
    fn heads_table_apart(&self, row: &RowView<'_>, header: &FundHeader) -> bool {
        let figures_from = header.first_figure_column();
        let names = row.slots.iter().filter(|slot| slot.range.last.column < figures_from);
        // 部门预算及三公经费 is the budget of the whole.
        let is_controlled = |slot: &Slot| {
            let key = self.view.key(slot);
            let name = without_ordinal(key).unwrap_or(key);
            name.trim_start_matches(|c: char| !c.is_alphanumeric())
                .starts_with(CONTROLLED_EXPENSES)
        };
        if names.clone().any(is_controlled) {
            return true;
        }
        let is_numbered = header
            .columns
            .iter()
            .any(|column| column.role == FundRole::Ordinal && column.last < figures_from);
        let has_own_name = |slot: &Slot| {
            let meanings = self.view.meanings(slot);
            let is_known = meanings.fund.is_some() || meanings.heading.is_some() || meanings.is_row_label();
            let is_of_uses = column_of(&header.columns, slot).is_some_and(|column| column.role == FundRole::Unknown);
            is_of_uses && !is_known
        };
        let total = self.evaluation.total_fund_row();
        let total = total.and_then(|row| self.evaluation.funds.get(row));
        if total.is_none_or(|total| total.label.is_none()) {
            return false;
        }
        (is_numbered && !self.goes_on_with(header) && names.clone().any(has_own_name)) || self.lists_uses(row, header)
    }

    /// Returns whether a header below money with its total and parts heads what has names of its own all over: neither
    /// its heads nor the names of its rows are those of sources, and nothing has points.
    fn lists_uses(&self, row: &RowView<'_>, header: &FundHeader) -> bool {
        /// Rows that are looked at.
        const MOST: usize = 40;
        let figures_from = header.first_figure_column();
        let is_own_name = |slot: &Slot| {
            let meanings = self.view.meanings(slot);
            meanings.fund.is_none() && meanings.heading.is_none() && !meanings.is_row_label()
        };
        let mut heads = row.slots.iter().filter(|slot| slot.range.last.column < figures_from);
        let has_own_heads = heads.next().is_some_and(is_own_name) && heads.all(is_own_name);
        if !has_own_heads || self.evaluation.funds.len() < 2 {
            return false;
        }
        let below = self.view.rows.partition_point(|other| other.row <= row.row);
        let rows = self.view.rows.get(below..).unwrap_or_default();
        let mut names = rows.iter().take(MOST).map_while(|row| {
            let mut figures = row.own().filter(|slot| slot.range.first.column >= figures_from);
            figures.any(|slot| holds_figure(self.view, slot)).then_some(())?;
            let is_name = |slot: &&Slot| slot.range.last.column < figures_from && !holds_figure(self.view, slot);
            let name = row.own().rfind(is_name)?;
            Some((row, name))
        });
        let is_use = |(row, name): (&RowView<'_>, &Slot)| {
            let has_points = row.own().any(|slot| {
                let role = column_of(&header.columns, slot).map(|column| column.role);
                let is_points = matches!(role, Some(FundRole::Column(FundField::Weight | FundField::Score)));
                is_points && holds_figure(self.view, slot)
            });
            is_own_name(name) && !has_points && self.vocabulary.named_source(self.view.key(name)).is_none()
        };
        let is_sum = |name: &Slot| self.vocabulary.named_source(self.view.key(name)) == Some(FundSource::Total);
        names.next().is_some_and(is_use) && names.all(|(row, name)| is_sum(name) || is_use((row, name)))
    }

    /// Returns whether a header is that of the fund block at hand once more.
    fn goes_on_with(&self, header: &FundHeader) -> bool {
        let Block::Funds(known) = &self.block else { return false };
        let heads = |header: &FundHeader| -> Vec<(u32, FundRole)> {
            header
                .columns
                .iter()
                .map(|column| (column.first, column.role))
                .collect()
        };
        heads(known) == heads(header)
    }

    fn begin_table_apart(&mut self, row: &'v RowView<'_>, header: FundHeader) {
        let figures_from = header.first_figure_column();
        for slot in row.own() {
            if slot.range.last.column < figures_from || column_of(&header.columns, slot).is_some() {
                self.decorate(slot);
            }
        }
        self.block = Block::Apart(Rc::new(header));
    }

    /// Binds a row of such a table; `false` when the row has no name or no figure.
    pub(super) fn bind_row_apart(&mut self, row: &'v RowView<'_>, header: &FundHeader) -> bool {
        let figures_from = header.first_figure_column();
        let name = row
            .own()
            .filter(|slot| slot.range.last.column < figures_from)
            .rfind(|slot| !self.view.is(slot, RowWord::Block) && !holds_figure(self.view, slot));
        let values = row.own().filter(|slot| slot.range.first.column >= figures_from);
        let (Some(name), true) = (name, values.clone().any(|slot| holds_figure(self.view, slot))) else {
            self.block = Block::Head;
            return false;
        };
        // Amounts of another year may stand before those of this one.
        let is_beside = |slot: &&Slot| {
            let column = column_of(&header.columns, slot);
            slot.range.first.column < figures_from && column.is_none_or(|column| column.role != FundRole::Extra)
        };
        for slot in row.own().filter(is_beside) {
            self.decorate(slot);
        }
        let name = self.view.text(name);
        for slot in row.own().filter(|slot| !is_beside(slot)) {
            let Some(column) = column_of(&header.columns, slot) else {
                continue;
            };
            if self.view.is_placeholder(slot) {
                self.decorate(slot);
                continue;
            }
            let path = FieldPath::extra(self.evaluation.extra.len());
            if let Some(value) = self.text_field(slot, path) {
                let label = joined_label(name, &column.text);
                self.evaluation.extra.push(LabelledField { label, value });
            }
        }
        true
    }
}
