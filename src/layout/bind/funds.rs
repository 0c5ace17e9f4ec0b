//! The fund block: one row a source of money, under headers found by their wording.

use std::rc::Rc;

use super::super::figure::Quantity;
use super::super::header::{FundHeader, FundRole, HeadsAbove, column_of, holds_figure};
use super::super::money::money_unit;
use super::super::view::{RowView, Slot};
use super::super::vocabulary::{FundWord, RowWord};
use super::{Binder, Block};
use crate::grid::CellAddress;
use crate::model::{
    Field, FieldMap, FieldPath, FieldSlot, FundField, FundRow, FundSource, LabelledField, UnknownHeader,
};
use crate::text::keys::{is_formula_letters, joined_label};

impl<'v> Binder<'v, '_> {
    pub(super) fn begin_funds(&mut self, row: &'v RowView<'_>, mut header: FundHeader) {
        for slot in row.own() {
            self.note_money_unit(slot);
            let known = column_of(&header.columns, slot).is_some();
            let left_of_figures = slot.range.last.column < header.first_figure_column();
            if known || left_of_figures {
                self.decorate(slot);
            }
        }
        if let Some(heads) = HeadsAbove::of(self.view, row) {
            for head in row
                .own()
                .filter_map(|part| heads.over(part).or_else(|| heads.repeated(part)))
            {
                self.decorate(head);
            }
            for head in heads.row().own() {
                let is_label = self.view.meanings(head).fund == Some(FundWord::Column(FundField::Label));
                if is_label || header.columns.iter().any(|column| column.cell == head.range.first) {
                    self.decorate(head);
                }
            }
        }
        if let Some((cell, _, _)) = &header.points
            && let Some(slot) = row.slots.iter().find(|slot| slot.range.first == *cell)
        {
            self.mark_bound(slot, FieldPath::fund(self.evaluation.funds.len(), FundField::Weight));
        }
        for column in header.columns.iter().filter(|column| column.role == FundRole::Unknown) {
            self.unknown_headers.push(UnknownHeader {
                cell: column.cell,
                text: column.text.trim().to_owned(),
            });
        }
        header.rows_above = self.evaluation.funds.len();
        // A second header row, before any row of funds, divides columns of the first.
        if let Block::Funds(above) = std::mem::replace(&mut self.block, Block::Head)
            && above.rows_above == header.rows_above
        {
            for column in &above.columns {
                if let FundRole::Column(role) = column.role
                    && self.places.fund_headers.get(&role) == Some(&column.cell)
                {
                    self.places.fund_headers.remove(&role);
                }
            }
            header = Rc::unwrap_or_clone(above).divided_by(header);
        }
        for column in &header.columns {
            if let FundRole::Column(role) = column.role {
                self.places.fund_headers.insert_if_missing(role, column.cell);
            }
        }
        self.block = Block::Funds(Rc::new(header));
    }

    /// Binds a row of the fund block; `false` when the row is none.
    pub(super) fn bind_fund_row(&mut self, row: &'v RowView<'_>, header: &FundHeader) -> bool {
        let figures_from = header.first_figure_column();
        let mut under_header = row
            .own()
            .filter(|slot| slot.range.first.column >= figures_from)
            .peekable();
        if under_header.peek().is_some() && under_header.all(|slot| is_formula_letters(self.view.text(slot))) {
            for slot in row.own() {
                self.decorate(slot);
            }
            return true;
        }
        let label = row
            .own()
            .filter(|slot| slot.range.first.column < figures_from)
            .filter(|slot| {
                column_of(&header.columns, slot)
                    .is_none_or(|column| !matches!(column.role, FundRole::Ordinal | FundRole::Extra))
            })
            .rfind(|slot| self.may_name_fund(row, slot))
            .copied();
        if let Some(label) = &label
            && ((self.view.meanings(label).heading.is_some() && !self.is_row_of_amounts(row, header))
                || self.view.is(label, RowWord::Signature)
                || self.view.is(label, RowWord::Grade)
                || header.reaches_figures(label))
        {
            return false;
        }
        let figures: Vec<(FundField, Slot)> = row
            .own()
            .filter(|slot| slot.range.first.column >= figures_from)
            .filter_map(|slot| match column_of(&header.columns, slot)?.role {
                FundRole::Column(column) => Some((column, *slot)),
                _ => None,
            })
            .collect();
        if label.is_none() && figures.is_empty() {
            return false;
        }
        if header.columns.iter().any(|column| column.role == FundRole::Source) {
            return self.bind_source_columns(row, header);
        }
        let index = self.evaluation.funds.len();
        for slot in row.own() {
            let is_before = slot.range.first.column < figures_from;
            if is_before && self.view.is(slot, RowWord::Block) {
                self.note_money_unit(slot);
                self.decorate(slot);
            }
            if is_before && self.view.is(slot, RowWord::Subtotal) && label.is_some_and(|name| name.cell != slot.cell) {
                self.decorate(slot);
            }
            if column_of(&header.columns, slot)
                .is_some_and(|column| matches!(column.role, FundRole::Derived | FundRole::Ordinal))
            {
                self.decorate(slot);
            }
        }
        let label_field = label.and_then(|slot| self.text_field(&slot, FieldPath::fund(index, FundField::Label)));
        let source = label_field
            .as_ref()
            .map(|field| self.vocabulary.fund_source(&field.value));
        // A single row needs no name: it is the whole.
        let source = source.unwrap_or(if index == header.rows_above {
            FundSource::Total
        } else {
            FundSource::Other
        });
        let mut fund = FundRow::new(source);
        fund.label = label_field;
        for (column, slot) in &figures {
            if column.is_amount() {
                let header = column_of(&header.columns, slot).map_or("", |column| column.text.as_str());
                self.note_amount_unit(
                    slot,
                    (index, *column),
                    [header, label.as_ref().map_or("", |label| self.view.text(label))],
                );
            }
            let rate = Quantity::Rate {
                in_percent: header
                    .columns
                    .iter()
                    .any(|c| c.role == FundRole::Column(*column) && c.text.contains(['%', '％'])),
            };
            let quantity = match column {
                FundField::Weight | FundField::Score => Quantity::Points,
                FundField::ExecutionRate => rate,
                _ => Quantity::Money,
            };
            match column.slot(&mut fund) {
                FieldSlot::Number(field) if field.is_none() => {
                    *field = self.figure_field(slot, quantity, FieldPath::fund(index, *column));
                }
                FieldSlot::Text(field) if field.is_none() && *column != FundField::Label => {
                    if self.view.is_placeholder(slot) {
                        self.decorate(slot);
                    } else {
                        *field = self.text_field(slot, FieldPath::fund(index, *column));
                    }
                }
                _ => {}
            }
        }
        let name = fund.label.as_ref().map(|label| label.value.clone());
        self.bind_fund_extras(row, header, name.as_deref().unwrap_or_default());
        let is_first_total = source == FundSource::Total
            && self
                .evaluation
                .funds
                .iter()
                .all(|known| known.source != FundSource::Total);
        if let Some((cell, text, points)) = &header.points
            && is_first_total
            && fund.weight.is_none()
        {
            fund.weight = Some(Field::new(*points, text.clone(), *cell));
        }
        let mut cells: FieldMap<FundField> = header
            .columns
            .iter()
            .filter_map(|column| match column.role {
                FundRole::Column(role) => Some((role, CellAddress::new(row.row, column.first))),
                _ => None,
            })
            .collect();
        if let Some(label) = label {
            cells.insert(FundField::Label, label.range.first);
        }
        for (column, slot) in &figures {
            cells.insert(*column, slot.range.first);
        }
        self.evaluation.funds.push(fund);
        self.places.funds.push(cells);
        true
    }

    /// Returns whether a text before the figures may be the row's name: no heading of the block, and not 小计 behind a
    /// name.
    fn may_name_fund(&self, row: &RowView<'_>, slot: &Slot) -> bool {
        let is_text = |slot: &Slot| !self.view.is(slot, RowWord::Block) && !holds_figure(self.view, slot);
        let has_name_before = || {
            let mut before = row
                .own()
                .filter(|other| other.range.last.column < slot.range.first.column);
            before.any(|other| is_text(other) && self.vocabulary.named_source(self.view.key(other)).is_some())
        };
        is_text(slot) && !(self.view.is(slot, RowWord::Subtotal) && has_name_before())
    }

    /// Returns whether a row gives amounts under the block's headers, and nothing else there: 项目支出 before them is a
    /// source of money, whatever it is called elsewhere.
    fn is_row_of_amounts(&self, row: &'v RowView<'_>, header: &FundHeader) -> bool {
        const LEAST: usize = 2;
        let mut amounts = 0;
        for slot in row.own() {
            let role = column_of(&header.columns, slot).map(|column| column.role);
            if !matches!(role, Some(FundRole::Column(column)) if column.is_amount()) {
                continue;
            }
            if !self.is_figure(slot) {
                return false;
            }
            amounts += usize::from(!self.view.is_placeholder(slot));
        }
        amounts >= LEAST
    }

    /// Keeps what stands under known headers without a field, such as 得分计算方法, with the row's name.
    fn bind_fund_extras(&mut self, row: &'v RowView<'_>, header: &FundHeader, name: &str) {
        for slot in row.own() {
            let Some(column) = column_of(&header.columns, slot)
                .filter(|column| matches!(column.role, FundRole::Extra | FundRole::Unknown))
            else {
                continue;
            };
            // The block's heading, repeated in its rows, is no value.
            if self.view.is_placeholder(slot) || self.view.is(slot, RowWord::Block) {
                self.decorate(slot);
                continue;
            }
            let label = joined_label(name, &column.text);
            let path = FieldPath::extra(self.evaluation.extra.len());
            if let Some(value) = self.text_field(slot, path) {
                self.evaluation.extra.push(LabelledField { label, value });
            }
        }
    }

    /// Takes the unit of money from a label such as 项目资金（万元） or 单位：万元; the first one found holds.
    pub(super) fn note_money_unit(&mut self, slot: &Slot) {
        if self.evaluation.money_unit.is_none() {
            self.evaluation.money_unit = money_unit(self.view.key(slot));
        }
    }
}
