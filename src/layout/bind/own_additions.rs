//! What the program itself wrote below a normalized form: kept content of the source, and the annex.

use super::super::view::RowView;
use super::{Binder, Block};
use crate::model::{FieldPath, LabelledField};
use crate::text::own_markers::{ANNEX_BAND, kept_label};
use crate::text::trimmed;

impl<'v> Binder<'v, '_> {
    /// Binds a row of kept content, or of the annex; `false` when it is neither.
    pub(super) fn bind_own_addition(&mut self, row: &'v RowView<'_>) -> bool {
        if matches!(self.block, Block::Annex) {
            row.own().for_each(|slot| self.decorate(slot));
            return true;
        }
        if !matches!(self.block, Block::Tail | Block::Indicators) {
            return false;
        }
        let mut slots = row.own();
        let Some(first) = slots.next() else { return false };
        let text = self.view.text(first);
        let (second, third) = (slots.next(), slots.next());
        if trimmed(text) == ANNEX_BAND && second.is_none() {
            self.decorate(first);
            self.block = Block::Annex;
            return true;
        }
        let (Some(label), Some(value), None) = (kept_label(text), second, third) else {
            return false;
        };
        let path = FieldPath::extra(self.evaluation.extra.len());
        let Some(value) = self.text_field(value, path) else {
            return false;
        };
        let label = label.to_owned();
        self.decorate(first);
        self.evaluation.extra.push(LabelledField { label, value });
        self.block = Block::Tail;
        true
    }
}
