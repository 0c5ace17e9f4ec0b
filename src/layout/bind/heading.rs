//! Rows of labels and values: title, year, 项目名称 and its kin, signatures, grade, notes.

use rust_decimal::Decimal;

use super::super::header::{ColumnRole, column_of};
use super::super::lines::{bare_year, is_unit_line, year_in};
use super::super::money::amount_with_unit;
use super::super::view::{RowView, Slot};
use super::super::vocabulary::{HeadingWord, IndicatorWord, Meanings, RowWord};
use super::inline::{unit_label, unit_named};
use super::{Binder, Block};
use crate::grid::CellAddress;
use crate::model::{Field, FieldPath, GuessedHeader, LabelledField, Signature};
use crate::model::{HeadingField, LabelledLine, LineKind};
use crate::text::keys::{gives_no_value, match_key};

/// What a label at hand asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Heading(HeadingField),
    ReportingUnit,
    HigherDepartment,
    /// 评价对象, a project or a unit.
    Evaluated,
    Total,
    /// A total that only the heading may hold.
    HeadTotal,
    /// Another score that only the heading may hold.
    HeadReview,
    Grade,
    Signature,
    Conclusion,
    Block,
    Derived,
    /// 金额单位.
    MoneyUnit,
}

impl<'v> Binder<'v, '_> {
    /// Binds a row outside the three blocks: labels with their values, or free text.
    pub(super) fn bind_labelled_row(&mut self, row: &'v RowView<'_>) {
        let mut slots: Vec<Slot> = row.own().copied().collect();
        if matches!(self.block, Block::Tail) {
            for slot in slots.extract_if(.., |slot| self.is_derived(slot)).collect::<Vec<_>>() {
                self.decorate(&slot);
            }
        }
        let mut index = 0;
        let mut labelled = false;
        while let Some(slot) = slots.get(index).copied() {
            index += 1;
            if self.is_used(&slot) {
                continue;
            }
            let is_first = index == 1;
            // 部门 over a list beside the table is the list's.
            let is_of_list = |label: &Label| matches!(label, Label::Heading(_)) && self.is_beside(&slot);
            let is_of_money = |label: &Label| {
                let value = slots.get(index).map_or("", |value| self.view.text(value));
                names_amount(*label, self.view.text(&slot), value)
            };
            // 资金名称 beside heads of amounts is one of them.
            let is_head = |label: &Label| {
                let heads = |other: &Slot| {
                    let meanings = self.view.meanings(other);
                    other.cell != slot.cell && (meanings.fund.is_some() || meanings.is(RowWord::Block))
                };
                let is_of_funds = *label == Label::Evaluated && self.view.meanings(&slot).fund.is_some();
                is_of_funds && slots.iter().any(heads)
            };
            let label = self
                .label(&slot)
                .filter(|label| !is_of_list(label) && !is_of_money(label) && !is_head(label));
            match label.or_else(|| self.mistyped_label(&slot, is_first)) {
                Some(Label::Total | Label::HeadTotal) if !self.is_past_header(row) => {
                    labelled = true;
                    let value = slots.get(index).copied();
                    if self.bind_head_total(&slot, value.as_ref()) {
                        index += 1;
                    }
                }
                Some(Label::Total) => {
                    self.bind_total_row(row, &slot);
                    return;
                }
                Some(Label::Grade) if self.bind_grade(&slot, slots.get(index..).unwrap_or_default()) => return,
                Some(Label::Block | Label::Derived) => {
                    self.note_money_unit(&slot);
                    self.decorate(&slot);
                    labelled = true;
                }
                Some(label) => {
                    labelled = true;
                    let value = slots
                        .get(index)
                        .copied()
                        .filter(|value| self.label(value).is_none() && self.inline_labels(value).is_empty());
                    if value.is_some() {
                        index += 1;
                    }
                    self.bind_pair(label, &slot, value.as_ref());
                }
                None if is_unit_line(self.view.key(&slot)) => self.bind_free_text(&slot, false),
                None if !self.is_past_header(row) && self.bind_inline_goal(&slot) => labelled = true,
                None if self.bind_inline(&slot) => labelled = true,
                None if labelled && slots.len() > 1 => {}
                None => self.bind_free_text(&slot, slots.len() == 1),
            }
        }
        if labelled && !matches!(self.block, Block::Tail) {
            self.block = Block::Head;
        }
    }

    /// Returns what a label means where it stands: 项目单位（盖章） below the table is a line to sign, where the
    /// heading has named the unit already, and 单位 above the indicators names the unit that reports.
    pub(super) fn placed(&self, label: Label, slot: &Slot, word: &str) -> Label {
        match label {
            Label::Signature
                if match_key(word).trim_matches([':', '*']) == "单位" && self.is_above_header(slot.range.first.row) =>
            {
                Label::ReportingUnit
            }
            Label::Heading(field) if matches!(self.block, Block::Tail) && self.places.headings.contains_key(&field) => {
                Label::Signature
            }
            other => other,
        }
    }

    /// Returns whether a row stands above the indicator header.
    pub(super) fn is_above_header(&self, row: u32) -> bool {
        self.header.columns.iter().all(|column| row < column.cell.row)
    }

    /// Returns whether a slot stands in a column that this program wrote itself.
    fn is_derived(&self, slot: &Slot) -> bool {
        column_of(&self.header.columns, slot)
            .is_some_and(|column| column.role == ColumnRole::Derived && column.first <= slot.range.first.column)
    }

    /// Returns whether a row stands below the indicator header.
    pub(super) fn is_past_header(&self, row: &RowView<'_>) -> bool {
        !self.is_above_header(row.row)
    }

    /// Returns the meaning of a slot that is nothing but a label.
    pub(super) fn label(&self, slot: &Slot) -> Option<Label> {
        label_of(self.view.meanings(slot)).or_else(|| unit_label(self.view.key(slot)))
    }

    /// Returns a heading label with one wrong character, where it begins a row above the fund block.
    fn mistyped_label(&mut self, slot: &Slot, is_first: bool) -> Option<Label> {
        if !is_first || !matches!(self.block, Block::Head) || !self.evaluation.funds.is_empty() {
            return None;
        }
        let (HeadingWord::Field(field), wording) = self.vocabulary.heading_typo(self.view.key(slot))? else {
            return None;
        };
        if self.places.headings.contains_key(&field) {
            return None;
        }
        let wording = wording.to_owned();
        self.guess(slot, format!("“{}”按“{wording}”读取", self.view.text(slot)));
        self.guessed.push(GuessedHeader {
            cell: slot.range.first,
            text: self.view.text(slot).to_owned(),
            taken_for: wording,
            field: FieldPath::heading(field).into(),
        });
        Some(Label::Heading(field))
    }

    fn bind_pair(&mut self, label: Label, label_slot: &Slot, value: Option<&Slot>) {
        let label = self.placed(label, label_slot, self.view.text(label_slot));
        self.decorate(label_slot);
        if let Some(value) = value
            && matches!(label, Label::ReportingUnit | Label::MoneyUnit)
            && let Some(unit) = unit_named(self.view.key(label_slot), self.view.key(value))
        {
            self.evaluation.money_unit.get_or_insert(unit);
            self.decorate(value);
            return;
        }
        match label {
            Label::Heading(field) => {
                if let Some(value) = value {
                    self.bind_heading_value(field, self.view.text(label_slot), value, None);
                }
                self.places.headings.insert_if_missing(field, label_slot.range.first);
            }
            Label::ReportingUnit | Label::HigherDepartment | Label::Evaluated | Label::Signature => {
                let index = self.evaluation.signatures.len();
                self.note_substitute(label, index, label_slot);
                let name = self
                    .view
                    .text(label_slot)
                    .trim_end_matches([':', '：'])
                    .trim()
                    .to_owned();
                let place = value.map(|value| value.range.first);
                if label == Label::Signature {
                    self.note_line(LineKind::Signature, &name, label_slot, place);
                }
                let value = value.and_then(|value| self.text_field(value, FieldPath::signature(index)));
                self.evaluation.signatures.push(Signature { label: name, value });
            }
            Label::Conclusion | Label::Grade => {
                let name = self.view.text(label_slot).trim_end_matches([':', '：']).trim();
                self.note_line(
                    LineKind::Conclusion,
                    name,
                    label_slot,
                    value.map(|value| value.range.first),
                );
                if let Some(value) = value {
                    self.push_note(value);
                }
            }
            Label::HeadReview => {
                let name = self.view.text(label_slot).to_owned();
                self.keep_labelled(name, value);
            }
            Label::MoneyUnit if value.is_some_and(|value| !self.view.is_placeholder(value)) => {
                let name = self.view.text(label_slot).to_owned();
                self.keep_labelled(name, value);
            }
            Label::Total | Label::HeadTotal | Label::Block | Label::Derived | Label::MoneyUnit => {}
        }
    }

    /// Keeps a value that the model has no field for beside the table, under its label.
    fn keep_labelled(&mut self, label: String, value: Option<&Slot>) {
        let path = FieldPath::extra(self.evaluation.extra.len());
        if let Some(value) = value.and_then(|value| self.text_field(value, path)) {
            self.evaluation.extra.push(LabelledField { label, value });
        }
    }

    pub(super) fn note_line(&mut self, kind: LineKind, label: &str, slot: &Slot, value: Option<CellAddress>) {
        self.places.lines.push(LabelledLine {
            kind,
            label: label.to_owned(),
            cell: slot.range.first,
            value,
        });
    }

    /// Remembers a line that stands for a heading field which the form may not have.
    pub(super) fn note_substitute(&mut self, label: Label, index: usize, slot: &Slot) {
        match label {
            Label::ReportingUnit => {
                self.head.reporting_unit.get_or_insert((index, slot.range.first));
            }
            Label::HigherDepartment => self.head.higher_department = Some((index, slot.range.first)),
            Label::Evaluated if self.is_above_header(slot.range.first.row) => {
                self.head.evaluated.get_or_insert((index, slot.range.first));
            }
            _ => {}
        }
    }

    /// Binds a heading's value: the slot's whole text, or the part of it behind an inline label.
    pub(super) fn bind_heading_value(&mut self, field: HeadingField, label: &str, slot: &Slot, part: Option<&str>) {
        let path = FieldPath::heading(field);
        if field == HeadingField::Year {
            let text = part.unwrap_or_else(|| self.view.text(slot));
            if let Some(year) = year_in(text).map(|(year, _)| year).or_else(|| bare_year(text)) {
                self.places.year_is_explicit = true;
                self.mark_bound(slot, path);
                self.evaluation
                    .year
                    .get_or_insert(Field::new(year, self.view.text(slot), slot.range.first));
            } else if gives_no_value(text) || match_key(text) == "年" {
                self.decorate(slot);
            }
            return;
        }
        let taken = match field {
            HeadingField::ProjectName => self.evaluation.project_name.is_some(),
            HeadingField::Department => self.evaluation.department.is_some(),
            HeadingField::ImplementingUnit => self.evaluation.implementing_unit.is_some(),
            HeadingField::Title | HeadingField::Year => true,
        };
        if part.is_none() && self.view.is_placeholder(slot) && !taken {
            self.decorate(slot);
            return;
        }
        let plainness = plainness(field, &match_key(label));
        let displaces = taken && self.head.plainness.get(&field).is_some_and(|known| *known < plainness);
        // A second 单位名称 and the like is kept as found, beside the first.
        if taken && !(displaces && self.displace(field)) {
            self.push_note(slot);
            return;
        }
        self.head.plainness.insert(field, plainness);
        let bound = self.text_field(slot, path).map(|whole| match part {
            Some(part) => whole.with(part.to_owned()),
            None => whole,
        });
        match field {
            HeadingField::ProjectName => self.evaluation.project_name = bound,
            HeadingField::Department => self.evaluation.department = bound,
            HeadingField::ImplementingUnit => self.evaluation.implementing_unit = bound,
            HeadingField::Title | HeadingField::Year => {}
        }
    }

    /// Makes a note of what is bound to a field so far, for a label that names it more plainly; `false` where there is
    /// nothing.
    fn displace(&mut self, field: HeadingField) -> bool {
        let bound = match field {
            HeadingField::ProjectName => self.evaluation.project_name.take(),
            HeadingField::Department => self.evaluation.department.take(),
            HeadingField::ImplementingUnit => self.evaluation.implementing_unit.take(),
            HeadingField::Title | HeadingField::Year => None,
        };
        let Some(bound) = bound else { return false };
        let path = FieldPath::heading(field);
        let note = FieldPath::note(self.evaluation.notes.len());
        self.bindings.rename(|field| if field == path { note } else { field });
        self.places.headings.remove(&field);
        self.evaluation.notes.push(bound);
        true
    }
}

/// Returns how plainly a label names its field: of 预算单位 and 实施单位 the latter is the one, and an office of it is
/// neither; 一级项目名称 is that of a kind of projects.
fn plainness(field: HeadingField, label: &str) -> u8 {
    const OFFICES: [&str; 4] = ["处室", "科室", "股室", "内设机构"];
    match field {
        HeadingField::ImplementingUnit if OFFICES.iter().any(|office| label.contains(office)) => 0,
        HeadingField::ImplementingUnit if label.contains("实施") => 2,
        HeadingField::ProjectName if label.contains("一级") => 0,
        HeadingField::ProjectName if label.contains("项目名称") => 2,
        _ => 1,
    }
}

/// Returns whether what stands behind 项目支出 is an amount: a label that does not ask for a name is then that of money.
pub(super) fn names_amount(asked: Label, label: &str, value: &str) -> bool {
    let is_amount = || {
        let key = match_key(value);
        let number = amount_with_unit(&key)
            .map_or(key.as_str(), |(number, _)| number)
            .replace(',', "");
        Decimal::from_str_exact(&number).is_ok()
    };
    asked == Label::Heading(HeadingField::ProjectName) && !label.contains('名') && is_amount()
}

/// Returns the label that a wording is, where it has several meanings the first of this order.
pub(super) fn label_of(meanings: Meanings) -> Option<Label> {
    match meanings.heading {
        Some(HeadingWord::Field(field)) => return Some(Label::Heading(field)),
        Some(HeadingWord::ReportingUnit) => return Some(Label::ReportingUnit),
        Some(HeadingWord::HigherDepartment) => return Some(Label::HigherDepartment),
        Some(HeadingWord::Evaluated) => return Some(Label::Evaluated),
        Some(HeadingWord::MoneyUnit) => return Some(Label::MoneyUnit),
        None => {}
    }
    let row_label = [
        (RowWord::Total, Label::Total),
        (RowWord::HeadTotal, Label::HeadTotal),
        (RowWord::HeadReview, Label::HeadReview),
        (RowWord::Grade, Label::Grade),
        (RowWord::Signature, Label::Signature),
        (RowWord::Conclusion, Label::Conclusion),
        (RowWord::Block, Label::Block),
    ]
    .into_iter()
    .find(|(word, _)| meanings.is(*word));
    match row_label {
        Some((_, label)) => Some(label),
        None => (meanings.indicator == Some(IndicatorWord::Derived)).then_some(Label::Derived),
    }
}
