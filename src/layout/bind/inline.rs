//! Labels with their values in one cell: `项目名称：道路改造`, `填报单位：某局    金额单位：万元`.

use super::super::lines::{is_form_mark, is_unit_line, is_year_line};
use super::super::money::money_unit;
use super::super::view::Slot;
use super::Binder;
use super::heading::{Label, label_of, names_amount};
use crate::model::{FieldPath, HeadingField, LineKind, MoneyUnit, Signature};
use crate::text::keys::{gives_no_value, match_key};

/// One label of a cell with the value behind its colon.
pub(super) struct InlineLabel {
    pub label: Label,
    pub word: String,
    pub value: String,
}

/// A label's place in the text of its cell.
struct Piece<'t> {
    label: Label,
    word: &'t str,
    start: usize,
    value_from: usize,
}

impl Binder<'_, '_> {
    /// Returns the labels with a colon inside one cell, each with its value; none where the cell is a sentence.
    pub(super) fn inline_labels(&self, slot: &Slot) -> Vec<InlineLabel> {
        let text = self.view.text(slot);
        if !text.contains([':', '：']) {
            return Vec::new();
        }
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for (at, colon) in text.char_indices().filter(|(_, c)| matches!(c, ':' | '：')) {
            let from = pieces.last().map_or(0, |piece| piece.value_from);
            let before = text.get(from..at).unwrap_or_default();
            if let Some((label, start)) = self.label_before(before) {
                pieces.push(Piece {
                    label,
                    word: before.get(start..).unwrap_or_default().trim(),
                    start: from + start,
                    value_from: at + colon.len_utf8(),
                });
            }
        }
        let Some(first) = pieces.first() else {
            return Vec::new();
        };
        let mut found = Vec::with_capacity(pieces.len());
        // Text before the first label belongs to no label: but for a year line, the cell is a sentence, not a form line.
        let ahead = text.get(..first.start).unwrap_or_default().trim();
        if is_year_line(&match_key(ahead)) {
            found.push(year_of(ahead));
        } else if !ahead.is_empty() && !is_form_mark(&match_key(ahead)) {
            return Vec::new();
        }
        let ends = pieces.iter().skip(1).map(|piece| piece.start).chain([text.len()]);
        for (piece, end) in pieces.iter().zip(ends) {
            let value = text.get(piece.value_from..end).unwrap_or_default().trim();
            let (value, year) = without_year(value);
            let is_unit = unit_named(&match_key(piece.word), &match_key(value)).is_some();
            found.push(InlineLabel {
                label: if is_unit { Label::MoneyUnit } else { piece.label },
                word: piece.word.to_owned(),
                value: value.to_owned(),
            });
            found.extend(year.map(year_of));
        }
        found
    }

    /// Returns the label at the end of a text, with where it begins: as far back as it goes on being one, since 项 目
    /// 名 称 has blanks inside.
    fn label_before(&self, text: &str) -> Option<(Label, usize)> {
        const MOST_PARTS: usize = 10;
        let parts = text
            .char_indices()
            .rev()
            .filter(|(_, c)| c.is_whitespace() || matches!(c, ';' | '；' | '。' | '，' | ','))
            .map(|(at, c)| at + c.len_utf8())
            .chain([0]);
        let mut label = None;
        for start in parts.take(MOST_PARTS) {
            let key = match_key(text.get(start..).unwrap_or_default());
            let known = label_of(self.vocabulary.meanings(&key)).or_else(|| unit_label(&key));
            label = known.map(|known| (known, start)).or(label);
        }
        label
    }

    /// Binds the labels of a cell that holds its values as well; `false` when it holds none.
    pub(super) fn bind_inline(&mut self, slot: &Slot) -> bool {
        let labels = self.inline_labels(slot);
        let is_of_money = |found: &InlineLabel| names_amount(found.label, &found.word, &found.value);
        // What stands behind 项目资金 or 项目概况 is no heading.
        let has_text = |found: &InlineLabel| {
            let (label, value) = (match_key(&found.word), match_key(&found.value));
            // （10分） is said of the block itself.
            let is_remark = value.is_empty() || (value.starts_with('(') && value.ends_with(')'));
            found.label == Label::Block
                && !is_remark
                && !gives_no_value(&found.value)
                && money_unit(&value).or_else(|| unit_named(&label, &value)).is_none()
        };
        let is_text = matches!(labels.as_slice(), [only] if has_text(only));
        if labels.is_empty() || is_text || labels.iter().any(is_of_money) {
            return false;
        }
        for InlineLabel { label, word, value } in labels {
            let label = self.placed(label, slot, &word);
            match label {
                Label::Heading(field) => {
                    if !value.is_empty() && !gives_no_value(&value) {
                        self.bind_heading_value(field, &word, slot, Some(&value));
                    }
                    self.places.headings.insert_if_missing(field, slot.range.first);
                }
                Label::Grade => {
                    if !self.bind_grade_text(slot, &value) && !value.is_empty() {
                        self.push_note(slot);
                    }
                }
                Label::Total | Label::HeadTotal => self.bind_inline_total(slot, &value),
                Label::ReportingUnit | Label::HigherDepartment | Label::Evaluated | Label::Signature => {
                    let index = self.evaluation.signatures.len();
                    self.note_substitute(label, index, slot);
                    if label == Label::Signature {
                        let place = (!value.is_empty()).then_some(slot.range.first);
                        self.note_line(LineKind::Signature, &word, slot, place);
                    }
                    let field = if value.is_empty() {
                        None
                    } else {
                        self.text_field(slot, FieldPath::signature(index))
                            .map(|whole| whole.with(value.clone()))
                    };
                    self.evaluation.signatures.push(Signature {
                        label: word,
                        value: field,
                    });
                }
                Label::Conclusion => {
                    let place = (!value.is_empty()).then_some(slot.range.first);
                    self.note_line(LineKind::Conclusion, &word, slot, place);
                    self.push_note(slot);
                }
                Label::HeadReview => self.push_note(slot),
                Label::MoneyUnit => {
                    let unit = unit_named(&match_key(&word), &match_key(&value));
                    self.evaluation.money_unit = self.evaluation.money_unit.or(unit);
                }
                Label::Block | Label::Derived => self.note_money_unit(slot),
            }
        }
        self.decorate(slot);
        true
    }
}

fn year_of(text: &str) -> InlineLabel {
    InlineLabel {
        label: Label::Heading(HeadingField::Year),
        word: String::new(),
        value: text.to_owned(),
    }
}

/// Returns a value without the year line that stands some blanks behind it.
fn without_year(value: &str) -> (&str, Option<&str>) {
    let wide = value.rmatch_indices(char::is_whitespace).map(|(at, _)| at);
    for at in wide {
        let (before, behind) = value.split_at(at);
        let behind = behind.trim();
        if behind.chars().count() > 12 {
            break;
        }
        if is_year_line(&match_key(behind)) && behind.chars().any(|c| c.is_numeric()) {
            return (before.trim(), Some(behind));
        }
    }
    (value, None)
}

/// 金额单位 as a label; `key` is a [`match_key`].
pub(super) fn unit_label(key: &str) -> Option<Label> {
    // Most keys are ruled out by how they begin.
    if !key.starts_with(['金', '货', '资', ':', '*', '(', ')']) {
        return None;
    }
    let word = key.trim_matches([':', '*', '(', ')']);
    matches!(word, "金额单位" | "货币单位" | "资金单位").then_some(Label::MoneyUnit)
}

/// Returns the unit of money that stands behind 单位 or 金额单位; both are [`match_key`]s.
pub(super) fn unit_named(label: &str, value: &str) -> Option<MoneyUnit> {
    let label = label.trim_matches([':', '*', '(', ')']);
    if label != "单位" && unit_label(label).is_none() {
        return None;
    }
    let line = format!("单位:{}", value.trim_matches(['(', ')', ':']));
    is_unit_line(&line).then(|| money_unit(&line)).flatten()
}
