//! Fund blocks without a row a source: amounts as labels with their values (预算数 | 200 | 执行数 | 186), and sources
//! side by side as columns (中央资金 | 地方资金 | 合计 | 执行数).

use std::rc::Rc;

use super::super::figure::{Figure, Quantity, read_figure};
use super::super::header::{FundHeader, FundRole, HeaderColumn, column_of};
use super::super::view::{RowView, Slot};
use super::super::vocabulary::{FundWord, RowWord};
use super::{Binder, Block};
use crate::grid::CellRange;
use crate::model::{FieldMap, FieldPath, FieldSlot, FundField, FundRow, FundSource, LabelledField};
use crate::text::keys::joined_label;

/// What stood beside a value in the row that began the block: a row below continues it under the same columns.
#[derive(Debug, Clone)]
pub(super) struct PairColumn {
    column: u32,
    role: FundRole,
    label: String,
}

impl<'v> Binder<'v, '_> {
    /// Binds a row of labels and amounts above the indicators; `false` when the row is none.
    pub(super) fn bind_fund_pairs(&mut self, row: &'v RowView<'_>) -> bool {
        let continued = match &self.block {
            Block::FundPairs(columns) => Some(Rc::clone(columns)),
            Block::Head | Block::Goals(_) => None,
            _ => return false,
        };
        if !self.is_above_header(row.row) {
            return false;
        }
        let pairs = self.fund_pairs(row);
        if pairs.is_empty() {
            return continued.is_some_and(|columns| self.bind_source_pairs(row, &columns));
        }
        let begun = continued.is_some();
        let has_amount = pairs
            .iter()
            .any(|(role, _, _)| matches!(role, FundRole::Column(column) if column.is_amount()));
        if !has_amount && !begun {
            return false;
        }
        for slot in row.own().filter(|slot| self.view.is(slot, RowWord::Block)) {
            self.note_money_unit(slot);
            self.decorate(slot);
        }
        let index = self.total_of_pairs();
        let mut columns = continued.map(Rc::unwrap_or_clone).unwrap_or_default();
        for (role, label, value) in pairs {
            self.note_money_unit(&label);
            self.decorate(&label);
            let text = self.view.text(&label).to_owned();
            if let FundRole::Column(column) = role {
                self.places.fund_headers.insert_if_missing(column, label.range.first);
            }
            self.bind_pair_value(index, role, &text, &value);
            columns.push(PairColumn {
                column: value.range.first.column,
                role,
                label: text,
            });
        }
        self.block = Block::FundPairs(Rc::new(columns));
        true
    }

    /// `其中：财政拨款 | 200 | 其中：财政拨款 | 186` below the totals.
    fn bind_source_pairs(&mut self, row: &'v RowView<'_>, columns: &[PairColumn]) -> bool {
        let slots: Vec<Slot> = row.own().copied().collect();
        let mut found: Vec<(Slot, Slot, PairColumn)> = Vec::new();
        for pair in slots.windows(2) {
            let [label, value] = pair else { continue };
            let known = columns.iter().find(|known| known.column == value.range.first.column);
            if let Some(known) = known
                && self.is_figure(value)
                && !self.is_figure(label)
            {
                found.push((*label, *value, known.clone()));
            }
        }
        let Some((first, _, _)) = found.first().cloned() else {
            return false;
        };
        let name = self.view.text(&first).to_owned();
        let source = self.vocabulary.fund_source(&name);
        if source == FundSource::Other && !self.view.key(&first).contains("其中") && !name.contains("其他") {
            return false;
        }
        let index = self.evaluation.funds.len();
        let mut fund = FundRow::new(source);
        fund.label = self.text_field(&first, FieldPath::fund(index, FundField::Label));
        self.evaluation.funds.push(fund);
        self.places.funds.push([(FundField::Label, first.range.first)].into());
        for (label, value, known) in found {
            self.decorate(&label);
            let header = joined_label(self.view.text(&label), &known.label);
            self.bind_pair_value(index, known.role, &header, &value);
        }
        true
    }

    fn bind_pair_value(&mut self, index: usize, role: FundRole, label: &str, slot: &Slot) {
        let FundRole::Column(column) = role else {
            let path = FieldPath::extra(self.evaluation.extra.len());
            if let Some(value) = self.text_field(slot, path) {
                let label = label.to_owned();
                self.evaluation.extra.push(LabelledField { label, value });
            }
            return;
        };
        let quantity = match column {
            FundField::ExecutionRate => Quantity::Rate {
                in_percent: label.contains(['%', '％']),
            },
            FundField::Weight | FundField::Score => Quantity::Points,
            _ => {
                self.note_amount_unit(slot, (index, column), [label, ""]);
                Quantity::Money
            }
        };
        let field = self.figure_field(slot, quantity, FieldPath::fund(index, column));
        let (Some(fund), Some(places)) = (self.evaluation.funds.get_mut(index), self.places.funds.get_mut(index))
        else {
            return;
        };
        if let FieldSlot::Number(target) = column.slot(fund)
            && target.is_none()
        {
            *target = field;
            places.insert(column, slot.range.first);
        }
    }

    /// Returns one fund for each source that heads a column; what is executed is that of the total.
    pub(super) fn bind_source_columns(&mut self, row: &'v RowView<'_>, header: &FundHeader) -> bool {
        let figures_from = header.first_figure_column();
        let values: Vec<(Slot, HeaderColumn<FundRole>)> = row
            .own()
            .filter_map(|slot| Some((*slot, column_of(&header.columns, slot)?.clone())))
            .collect();
        if values.is_empty() || self.evaluation.funds.len() > header.rows_above {
            return false;
        }
        for slot in row.own().filter(|slot| slot.range.last.column < figures_from) {
            self.note_money_unit(slot);
            self.decorate(slot);
        }
        for (slot, column) in values.iter().filter(|(_, column)| column.role == FundRole::Source) {
            let index = self.evaluation.funds.len();
            let mut fund = FundRow::new(self.vocabulary.fund_source(&column.text));
            let head = self
                .view
                .sheet
                .cells()
                .binary_search_by_key(&column.cell, |cell| cell.address);
            if let Ok(cell) = head {
                let head = Slot {
                    cell,
                    range: CellRange::single(column.cell),
                    carried: false,
                };
                fund.label = self.text_field(&head, FieldPath::fund(index, FundField::Label));
            }
            self.evaluation.funds.push(fund);
            self.places.funds.push([(FundField::Label, column.cell)].into());
            self.bind_pair_value(index, FundRole::Column(FundField::AnnualBudget), &column.text, slot);
        }
        let total = self.total_of_pairs();
        for (slot, column) in values.iter().filter(|(_, column)| column.role != FundRole::Source) {
            self.bind_pair_value(total, column.role, &column.text, slot);
        }
        true
    }

    /// Returns the fund row of the totals, made when the first of them is met.
    fn total_of_pairs(&mut self) -> usize {
        let known = self
            .evaluation
            .funds
            .iter()
            .position(|fund| fund.source == FundSource::Total);
        known.unwrap_or_else(|| {
            self.evaluation.funds.push(FundRow::new(FundSource::Total));
            self.places.funds.push(FieldMap::default());
            self.evaluation.funds.len() - 1
        })
    }

    /// Labels of the fund block, each directly followed by a figure.
    fn fund_pairs(&self, row: &'v RowView<'_>) -> Vec<(FundRole, Slot, Slot)> {
        let slots: Vec<Slot> = row.own().copied().collect();
        let mut found = Vec::new();
        let executed = Some(FundWord::Column(FundField::Executed));
        let has = |word: Option<FundWord>| slots.iter().any(|slot| self.view.meanings(slot).fund == word);
        let speaks_of_budget = |slot: &&Slot| {
            self.view.meanings(slot).fund.is_none() && self.vocabulary.loose_budget(self.view.key(slot)).is_some()
        };
        // 预算安排 alone beside 实际支出 is what was spent from.
        let needs_budget = has(executed) && !has(Some(FundWord::Column(FundField::AnnualBudget)));
        let mut budgets = slots.iter().filter(|_| needs_budget).filter(speaks_of_budget);
        let budget = match (budgets.next(), budgets.next()) {
            (Some(only), None) => Some(only.cell),
            _ => None,
        };
        for pair in slots.windows(2) {
            let [label, value] = pair else { continue };
            let role = match self.view.meanings(label).fund {
                None if budget == Some(label.cell) => FundRole::Column(FundField::AnnualBudget),
                Some(FundWord::Column(column)) if column != FundField::Label && column != FundField::Reason => {
                    FundRole::Column(column)
                }
                Some(FundWord::Extra) => FundRole::Extra,
                _ => continue,
            };
            if self.is_figure(value) {
                found.push((role, *label, *value));
            }
        }
        found
    }

    pub(super) fn is_figure(&self, slot: &Slot) -> bool {
        self.view.cell(slot).is_some_and(|cell| {
            matches!(
                read_figure(cell, Quantity::Money),
                Figure::Number(_)
                    | Figure::Shown { .. }
                    | Figure::Text { .. }
                    | Figure::Placeholder
                    | Figure::Error(_)
                    | Figure::Uncomputed(_)
            )
        })
    }
}
