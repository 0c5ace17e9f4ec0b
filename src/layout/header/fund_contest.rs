//! Which of several heads of one amount holds, and amounts whose heads say too little or nothing.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::figure::{Figure, Quantity, read_figure};
use super::super::lines::{is_year_line, year_in};
use super::super::view::{RowView, SheetView, Slot};
use super::super::vocabulary::{BudgetStanding, RowWord, Vocabulary};
use super::HeaderColumn;
use super::fund_parts::HeadsAbove;
use super::funds::{FundRole, column};
use super::years::year_of_table;
use crate::model::{FundField, FundSource};
use crate::text::keys::header_key;

/// The heads of a row, asked which of two that name one amount holds.
pub(super) struct Contest<'v, 's> {
    pub view: &'v SheetView<'s>,
    pub row: &'v RowView<'s>,
    pub vocabulary: &'v Vocabulary,
}

/// How surely a head names an amount of the year evaluated.
struct Standing {
    /// No head over it speaks of another time.
    is_of_the_time: bool,
    /// The year that the head over it names.
    year: Option<i32>,
    /// That year is the table's.
    is_of_table: bool,
    budget: BudgetStanding,
}

impl Standing {
    /// Returns which of two speaks more of the time evaluated.
    fn by_time(&self, other: &Self) -> Ordering {
        let by_year = match (self.year, other.year) {
            (Some(own), Some(earlier)) => self.is_of_table.cmp(&other.is_of_table).then(own.cmp(&earlier)),
            _ => Ordering::Equal,
        };
        self.is_of_the_time.cmp(&other.is_of_the_time).then(by_year)
    }
}

impl Contest<'_, '_> {
    /// Puts a head in the place of a known one of the same amount, which is kept beside it, where it names the amount of
    /// the year more surely; returns whether it did.
    pub(super) fn displace(&self, known: &mut HeaderColumn<FundRole>, slot: &Slot, field: FundField) -> bool {
        if !field.is_amount() {
            return false;
        }
        let Some(holder) = self.row.own().find(|other| other.range.first == known.cell) else {
            return false;
        };
        let heads = HeadsAbove::near(self.view, self.row);
        let (own, held) = (
            self.standing(heads.as_ref(), slot, field),
            self.standing(heads.as_ref(), holder, field),
        );
        let is_filled = |head: &Slot| self.amount_below(head).is_some_and(|amount| !amount.is_zero());
        let outranks = match own.by_time(&held) {
            // 调整后预算数 that nobody filled in says nothing of the budget.
            Ordering::Equal if field == FundField::AnnualBudget && is_filled(slot) != is_filled(holder) => {
                is_filled(slot)
            }
            Ordering::Equal => own.budget > held.budget,
            by_time => by_time == Ordering::Greater,
        };
        if !outranks {
            return false;
        }
        known.role = FundRole::Extra;
        if let Some(head) = heads.as_ref().and_then(|heads| heads.over(holder)) {
            let text = self.view.text(head).trim_end_matches([':', '：']);
            if self.names_a_time(head) {
                known.text.insert_str(0, text);
            } else if self.view.meanings(head).fund.is_some() {
                let own = known.text.trim_end_matches([':', '：']).len();
                known.text.truncate(own);
                known.text.push_str(text);
            }
        }
        true
    }

    fn names_a_time(&self, head: &Slot) -> bool {
        let key = self.view.key(head);
        self.vocabulary.turns(key) || self.is_year(head)
    }

    fn is_year(&self, head: &Slot) -> bool {
        is_year_line(self.view.key(head).trim_end_matches(':'))
    }

    fn standing(&self, heads: Option<&HeadsAbove<'_, '_>>, slot: &Slot, field: FundField) -> Standing {
        let head = heads.and_then(|heads| heads.over(slot));
        let key = self.view.key(slot);
        let says_enough = self.view.meanings(slot).fund.is_some();
        let budget = match head {
            _ if field != FundField::AnnualBudget => BudgetStanding::default(),
            Some(head) if !says_enough => {
                let whole = format!("{}{}", header_key(key), header_key(self.view.key(head)));
                self.vocabulary.budget_standing(&whole)
            }
            _ => self.vocabulary.budget_standing(key),
        };
        let year = head
            .filter(|head| self.is_year(head))
            .and_then(|head| Some(year_in(self.view.text(head))?.0));
        Standing {
            is_of_the_time: head.is_none_or(|head| !self.vocabulary.turns(self.view.key(head))),
            is_of_table: year.is_some() && year == heads.and_then(|heads| self.year_above(heads)),
            year,
            budget,
        }
    }

    /// Returns the year that the table names above its heads.
    fn year_above(&self, heads: &HeadsAbove<'_, '_>) -> Option<i32> {
        let first = self.view.rows.partition_point(|row| row.row < heads.row().row);
        let above = self.view.rows.get(..first).unwrap_or_default();
        year_of_table(above, self.view)?.try_into().ok()
    }

    /// Returns the one head of figures that speaks of a budget, where amounts were spent and no other names what they
    /// were spent from: 预算安排 beside 实际支出.
    pub(super) fn loose_budget(&self, known: &[HeaderColumn<FundRole>]) -> Option<HeaderColumn<FundRole>> {
        let has = |field: FundField| known.iter().any(|column| column.role == FundRole::Column(field));
        if !has(FundField::Executed) || has(FundField::AnnualBudget) || has(FundField::InitialBudget) {
            return None;
        }
        let mut found: Vec<(BudgetStanding, &Slot)> = self
            .row
            .own()
            .filter(|slot| known.iter().all(|column| column.cell != slot.range.first))
            .filter_map(|slot| Some((self.vocabulary.loose_budget(self.view.key(slot))?, slot)))
            .filter(|(_, slot)| self.has_figure_below(slot))
            .collect();
        let best = found.iter().map(|(standing, _)| *standing).max()?;
        found.retain(|(standing, _)| *standing == best);
        let [(_, slot)] = found.as_slice() else { return None };
        Some(column(self.view, slot, FundRole::Column(FundField::AnnualBudget)))
    }

    /// Returns the head 合计 behind heads of amounts that it adds up, in the first row below, where it says the budget
    /// that was spent from: 上年结转, 本年预算 and 合计 before 执行数. What stood for that budget is kept beside it.
    pub(super) fn take_sum(&self, columns: &mut Vec<HeaderColumn<FundRole>>) {
        let executed = FundRole::Column(FundField::Executed);
        let Some((spent, spent_cell)) = columns
            .iter()
            .find(|column| column.role == executed)
            .map(|column| (column.first, column.cell))
        else {
            return;
        };
        let mut own = self.row.own();
        let spent_amount = own
            .find(|slot| slot.range.first == spent_cell)
            .and_then(|head| self.amount_below(head));
        let heads: Vec<&Slot> = self.row.own().filter(|slot| slot.range.last.column < spent).collect();
        let Some((sum, before)) = heads.split_last() else {
            return;
        };
        if !self.view.is(sum, RowWord::Total) && !self.view.is(sum, RowWord::Subtotal) {
            return;
        }
        let first = heads.iter().find(|slot| self.amount_below(slot).is_some());
        let from = first.map_or(u32::MAX, |slot| slot.range.first.column);
        let amounts: Option<Vec<Decimal>> = before
            .iter()
            .filter(|slot| slot.range.first.column >= from)
            .map(|slot| self.amount_below(slot))
            .collect();
        let Some(amounts) = amounts.filter(|amounts| amounts.len() > 1) else {
            return;
        };
        let added = amounts
            .iter()
            .try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount));
        if added.is_none() || added != self.amount_below(sum) {
            return;
        }
        let budget = FundRole::Column(FundField::AnnualBudget);
        // 全年预算数 that what was spent is within is believed.
        let is_within = |head: &Slot| {
            let stated = self.amount_below(head);
            let is_whole = self.vocabulary.budget_standing(self.view.key(head)) >= BudgetStanding::WholeYear;
            is_whole
                && stated.is_some_and(|stated| !stated.is_zero() && spent_amount.is_none_or(|spent| spent <= stated))
        };
        let is_held = |column: &HeaderColumn<FundRole>| {
            column.role == budget
                && before
                    .iter()
                    .any(|head| head.range.first == column.cell && is_within(head))
        };
        if columns.iter().any(is_held) {
            return;
        }
        for column in columns.iter_mut().filter(|column| column.role == budget) {
            column.role = FundRole::Extra;
        }
        columns.push(column(self.view, sum, budget));
    }

    fn amount_below(&self, head: &Slot) -> Option<Decimal> {
        let below = self.view.row_below(self.row)?;
        let mut under = below
            .own()
            .filter(|slot| head.range.first.column == slot.range.first.column);
        match read_figure(self.view.cell(under.next()?)?, Quantity::Money) {
            Figure::Number(number) | Figure::Shown { number, .. } | Figure::Text { number, .. } => Some(number),
            _ => None,
        }
    }

    /// Heads that nobody knows right before the first known one, with figures below them, or with texts beside the names
    /// of the rows: 上年结转 before 全年预算数, 指标文号 behind 资金来源.
    pub(super) fn unknown_before(&self, known: &[HeaderColumn<FundRole>]) -> Vec<HeaderColumn<FundRole>> {
        let is_label = |column: &&HeaderColumn<FundRole>| column.role == FundRole::Column(FundField::Label);
        let figures = known.iter().filter(|column| !is_label(column));
        let first = figures.map(|column| column.first).min().unwrap_or_default();
        let from = known.iter().find(is_label).map_or(0, |label| label.last + 1);
        self.row
            .own()
            .rev()
            .filter(|slot| slot.range.last.column < first)
            .take_while(|slot| {
                let is_known = !self.is_unknown_head(slot);
                slot.range.first.column >= from
                    && ((!is_known && self.has_figure_below(slot))
                        || ((!is_known || self.view.is(slot, RowWord::Signature)) && self.has_texts_beside_names(slot)))
            })
            .map(|slot| column(self.view, slot, FundRole::Unknown))
            .collect()
    }

    fn is_unknown_head(&self, slot: &Slot) -> bool {
        let meanings = self.view.meanings(slot);
        let is_label = meanings.heading.is_some()
            || meanings.goal.is_some()
            || (meanings.is_row_label() && !meanings.is(RowWord::Block));
        !is_label && !self.view.is_placeholder(slot) && !holds_figure(self.view, slot)
    }

    /// Returns whether what stands below a head are no names of money: papers and dates, or any text behind the name of
    /// a total, each with a name to its left.
    fn has_texts_beside_names(&self, head: &Slot) -> bool {
        /// Rows of a fund block that are looked at.
        const MOST: usize = 12;
        const OF_PAPERS: [&str; 8] = ["文号", "文件", "依据", "时间", "日期", "编号", "编码", "代码"];
        let key = header_key(self.view.key(head));
        let mut is_beside = OF_PAPERS.iter().any(|word| key.ends_with(word));
        let mut first_name = None;
        let (mut texts, mut is_repeated) = (0_usize, false);
        let column = head.range.first.column;
        let is_name = |slot: &&Slot| {
            !self.view.is(slot, RowWord::Block) && !self.view.is_placeholder(slot) && !holds_figure(self.view, slot)
        };
        let from = self.view.rows.partition_point(|other| other.row <= self.row.row);
        // A second row of heads may stand between.
        let divides = self.view.row_below(self.row).is_some_and(|row| {
            let mut own = row.own().peekable();
            own.peek().is_some() && own.all(|slot| slot.range.first.column > column && !holds_figure(self.view, slot))
        });
        let rows = self
            .view
            .rows
            .get(from + usize::from(divides)..)
            .unwrap_or_default()
            .iter();
        let of_block = |row: &&RowView<'_>| {
            let mut right = row.own().filter(|slot| slot.range.first.column > column);
            right.any(|slot| holds_figure(self.view, slot))
        };
        for row in rows.take(MOST).take_while(of_block) {
            let Some(text) = row.own().find(|slot| slot.range.first.column == column).filter(is_name) else {
                continue;
            };
            let mut left = row.own().filter(|slot| slot.range.last.column < column);
            let Some(name) = left.rfind(is_name) else {
                return false;
            };
            let (key, of_text) = (self.view.key(name), self.view.key(text));
            // One name repeated down the rows names none of them.
            let first_name = *first_name.get_or_insert(key);
            is_repeated = texts > 0 && key == first_name;
            texts += 1;
            is_beside |= self.vocabulary.named_source(key) == Some(FundSource::Total)
                && self.vocabulary.named_source(of_text).is_none()
                && !self.view.meanings(text).is_row_label();
        }
        texts > 0 && is_beside && !is_repeated
    }

    fn has_figure_below(&self, head: &Slot) -> bool {
        let below = self.view.row_below(self.row).into_iter().flat_map(RowView::own);
        let mut under =
            below.filter(|slot| (head.range.first.column..=head.range.last.column).contains(&slot.range.first.column));
        under.next().is_some_and(|slot| holds_figure(self.view, slot))
    }
}

/// Returns whether a slot holds a figure, stored or written as a text.
pub(in crate::layout) fn holds_figure(view: &SheetView<'_>, slot: &Slot) -> bool {
    view.cell(slot).is_some_and(|cell| {
        matches!(
            read_figure(cell, Quantity::Money),
            Figure::Number(_) | Figure::Shown { .. } | Figure::Text { .. }
        )
    })
}
