//! A block of statements: one row a subject, its columns free text (转移支付's 资金管理情况).

use std::rc::Rc;

use super::super::header::{HeaderColumn, column_of};
use super::super::view::{RowView, Slot};
use super::super::vocabulary::RowWord;
use super::{Binder, Block};
use crate::model::{FieldPath, LabelledField};
use crate::text::keys::joined_label;

impl<'v> Binder<'v, '_> {
    /// Recognises the header of a block of statements; `false` when the row is none.
    pub(super) fn bind_statement_header(&mut self, row: &'v RowView<'_>) -> bool {
        let is_header = |binder: &Self, slot: &Slot| binder.view.is(slot, RowWord::Statement);
        let columns: Vec<HeaderColumn<()>> = row
            .own()
            .filter(|slot| is_header(self, slot))
            .map(|slot| HeaderColumn {
                first: slot.range.first.column,
                last: slot.range.last.column,
                role: (),
                cell: slot.range.first,
                text: self.view.text(slot).to_owned(),
            })
            .collect();
        if columns.len() < 2 {
            return false;
        }
        for slot in row.own() {
            self.decorate(slot);
        }
        self.block = Block::Statements(Rc::new(columns));
        true
    }

    /// Binds what is stated of one subject; `false` when the row states nothing.
    pub(super) fn bind_statement_row(&mut self, row: &'v RowView<'_>, columns: &[HeaderColumn<()>]) -> bool {
        let first = columns.iter().map(|column| column.first).min().unwrap_or_default();
        let subject = row
            .own()
            .filter(|slot| slot.range.last.column < first)
            .rfind(|slot| !self.view.is(slot, RowWord::Block))
            .copied();
        let Some(subject) = subject.filter(|slot| self.label(slot).is_none()) else {
            return false;
        };
        for slot in row
            .own()
            .filter(|slot| slot.range.first.column <= subject.range.first.column)
        {
            self.decorate(slot);
        }
        let name = self.view.text(&subject).to_owned();
        for slot in row.own() {
            let Some(column) = column_of(columns, slot).filter(|column| column.first <= slot.range.first.column) else {
                continue;
            };
            if self.view.is_placeholder(slot) {
                self.decorate(slot);
                continue;
            }
            let label = joined_label(&name, &column.text);
            let path = FieldPath::extra(self.evaluation.extra.len());
            if let Some(value) = self.text_field(slot, path) {
                self.evaluation.extra.push(LabelledField { label, value });
            }
        }
        true
    }
}
