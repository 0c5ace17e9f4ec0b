//! A fund header over two rows: 年初 and 调整后 below 预算数, or 分值 merged down beside 预算安排 over its two amounts.

use super::super::view::{RowView, SheetView, Slot};
use super::super::vocabulary::{FundWord, RowWord, Vocabulary};
use crate::model::FundField;
use crate::text::keys::header_key;

/// The row of heads right above another row, where a fund header may stand over its parts.
pub(in crate::layout) struct HeadsAbove<'v, 's> {
    view: &'v SheetView<'s>,
    row: &'v RowView<'s>,
}

impl<'v, 's> HeadsAbove<'v, 's> {
    /// Returns the heads above a row; `None` where none of them is of a fund block.
    pub(in crate::layout) fn of(view: &'v SheetView<'s>, row: &RowView<'_>) -> Option<Self> {
        let near = Self::near(view, row)?;
        let is_of_funds = near.row.own().any(|slot| view.meanings(slot).fund.is_some());
        is_of_funds.then_some(near)
    }

    /// Returns what stands in the row above, whatever it says.
    pub(super) fn near(view: &'v SheetView<'s>, row: &RowView<'_>) -> Option<Self> {
        /// One blank row may stand between.
        const NEAR: u32 = 2;
        let above = view.rows.partition_point(|other| other.row < row.row).checked_sub(1)?;
        let above = view.rows.get(above)?;
        (row.row - above.row <= NEAR).then_some(Self { view, row: above })
    }

    /// Returns the row itself.
    pub(in crate::layout) const fn row(&self) -> &'v RowView<'s> {
        self.row
    }

    /// Returns the heads that the row below does not divide while it divides others: 分值 beside 预算安排 over its two
    /// amounts.
    pub(super) fn undivided(&self, row: &RowView<'_>) -> impl Iterator<Item = &'v Slot> {
        let divides = row.own().any(|slot| self.over(slot).is_some());
        let has_part = move |head: &Slot| {
            let next = row
                .slots
                .partition_point(|slot| slot.range.first.column < head.range.first.column);
            row.slots
                .get(next)
                .is_some_and(|slot| !slot.carried && slot.range.first.column <= head.range.last.column)
        };
        self.row.own().filter(move |head| divides && !has_part(head))
    }

    /// Returns the head that spans a slot below and more: a merged one, or one with blanks to its right.
    pub(in crate::layout) fn over(&self, slot: &Slot) -> Option<&'v Slot> {
        let heads = self.row.slots;
        let next = heads.partition_point(|head| head.range.first.column <= slot.range.first.column);
        let head = heads.get(next.checked_sub(1)?).filter(|head| !head.carried)?;
        let end = match heads.get(next) {
            _ if head.range.last.column > head.range.first.column => head.range.last.column,
            Some(next) => next.range.first.column.saturating_sub(1),
            // Nothing shows how far the last one reaches.
            None => head.range.last.column,
        };
        /// A longer text is no head.
        const LONGEST: usize = 20;
        let spans_more = end > head.range.first.column && self.view.key(head).chars().count() <= LONGEST;
        (spans_more && slot.range.last.column <= end).then_some(head)
    }

    /// Returns the head that says the same as a slot below it.
    pub(in crate::layout) fn repeated(&self, slot: &Slot) -> Option<&'v Slot> {
        let heads = self.row.slots;
        let at = heads.partition_point(|head| head.range.first.column < slot.range.first.column);
        let head = heads.get(at).filter(|head| !head.carried)?;
        let is_same = head.range.first.column == slot.range.first.column && self.view.key(head) == self.view.key(slot);
        is_same.then_some(head)
    }

    /// Returns what a slot says together with the head over it: 年初 below 预算数 is 年初预算数, 合计 the head's own.
    pub(super) fn joined_word(&self, slot: &Slot, vocabulary: &Vocabulary) -> Option<FundWord> {
        let head = self.over(slot)?;
        let (own, of_head) = (self.view.key(slot), self.view.meanings(head).fund);
        if let Some(word @ FundWord::Column(column)) = of_head
            && column.is_amount()
            && (self.view.is(slot, RowWord::Total)
                || self.view.is(slot, RowWord::Subtotal)
                || vocabulary.is_bare_value(own))
        {
            return Some(word);
        }
        let whole = format!("{}{}", header_key(own), header_key(self.view.key(head)));
        vocabulary.meanings(&whole).fund
    }

    /// Returns whether a row does nothing but divide heads above it: every text of it stands below an amount's head
    /// that spans more, and none is a figure.
    pub(super) fn are_divided_by(&self, row: &RowView<'_>) -> bool {
        let is_amounts = |head: &&Slot| matches!(self.view.meanings(head).fund, Some(FundWord::Column(column)) if column.is_amount());
        self.has_texts_below(row)
            && self
                .parts(row)
                .all(|slot| self.over(slot).as_ref().is_some_and(is_amounts))
    }

    /// Returns whether nothing but texts stands below the heads, as a row of headers has it.
    pub(super) fn has_texts_below(&self, row: &RowView<'_>) -> bool {
        let is_text = |slot: &Slot| self.view.cell(slot).is_some_and(|cell| cell.number().is_none());
        self.parts(row)
            .all(|slot| is_text(slot) && !self.view.is_placeholder(slot))
    }

    /// Returns whether several names stand below the heads, none of which has a figure in it: 中央, 省级 and 县级.
    pub(super) fn has_names_below(&self, row: &RowView<'_>) -> bool {
        let is_name = |slot: &Slot| !self.view.key(slot).contains(|c: char| c.is_ascii_digit());
        self.parts(row).nth(1).is_some() && self.parts(row).all(is_name)
    }

    /// Returns what stands in a row below the heads of a fund block, and to the right of the first of them.
    pub(super) fn parts<'r>(&self, row: &'r RowView<'_>) -> impl Iterator<Item = &'r Slot> {
        let is_figures = |head: &&Slot| {
            let word = self.view.meanings(head).fund;
            word.is_some() && word != Some(FundWord::Column(FundField::Label))
        };
        let spans = |head: &&Slot| head.range.last.column > head.range.first.column;
        let first = self.row.own().find(|head| is_figures(head) || spans(head));
        let from = first.map_or(u32::MAX, |first| first.range.first.column);
        row.own().filter(move |slot| slot.range.first.column >= from)
    }
}
