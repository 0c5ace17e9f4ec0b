//! Rows of labels and values: title, year, 项目名称 and its kin, signatures, grade, notes.

use super::super::header::{ColumnRole, column_of};
use super::super::reading::HeadingField;
use super::super::text::{header_key, is_placeholder, match_key};
use super::super::view::{RowView, Slot};
use super::super::vocabulary::{HeadingWord, IndicatorWord, RowWord};
use super::funds::money_unit;
use super::{Binder, Block};
use crate::model::{Field, Signature};

/// What a label at hand asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Heading(HeadingField),
    ReportingUnit,
    Total,
    Grade,
    Signature,
    Conclusion,
    Block,
    Derived,
}

impl<'v> Binder<'v, '_> {
    /// Binds a row outside the three blocks: labels with their values, or free text.
    pub(super) fn bind_labelled_row(&mut self, row: &'v RowView) {
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
            match self.label(&slot) {
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
                None if self.bind_inline(&slot) => labelled = true,
                None if labelled && slots.len() > 1 => {}
                None => self.bind_free_text(&slot, slots.len() == 1),
            }
        }
        if labelled && !matches!(self.block, Block::Tail) {
            self.block = Block::Head;
        }
    }

    /// Whether a slot stands in a column that this program wrote itself.
    fn is_derived(&self, slot: &Slot) -> bool {
        column_of(&self.header.columns, slot)
            .is_some_and(|column| column.role == ColumnRole::Derived && column.first <= slot.range.first.column)
    }

    /// The meaning of a slot that is nothing but a label.
    pub(super) fn label(&self, slot: &Slot) -> Option<Label> {
        self.label_of_key(self.view.key(slot))
    }

    fn label_of_key(&self, key: &str) -> Option<Label> {
        match self.vocabulary.heading_label(key) {
            Some(HeadingWord::Field(field)) => return Some(Label::Heading(field)),
            Some(HeadingWord::ReportingUnit) => return Some(Label::ReportingUnit),
            None => {}
        }
        for (word, label) in [
            (RowWord::Total, Label::Total),
            (RowWord::Grade, Label::Grade),
            (RowWord::Signature, Label::Signature),
            (RowWord::Conclusion, Label::Conclusion),
            (RowWord::Block, Label::Block),
        ] {
            if self.vocabulary.is_row_label(key, word) {
                return Some(label);
            }
        }
        (self.vocabulary.indicator_header(key) == Some(IndicatorWord::Derived)).then_some(Label::Derived)
    }

    fn bind_pair(&mut self, label: Label, label_slot: &Slot, value: Option<&Slot>) {
        self.decorate(label_slot);
        match label {
            Label::Heading(field) => {
                self.places.headings.entry(field).or_insert(label_slot.range.first);
                if let Some(value) = value {
                    self.bind_heading_value(field, value, None);
                }
            }
            Label::ReportingUnit | Label::Signature => {
                let index = self.evaluation.signatures.len();
                if label == Label::ReportingUnit {
                    self.reporting_unit.get_or_insert((index, label_slot.range.first));
                }
                let name = self
                    .view
                    .text(label_slot)
                    .trim_end_matches([':', '：'])
                    .trim()
                    .to_owned();
                let value = value.and_then(|value| self.text_field(value, &format!("signatures[{index}].value")));
                self.evaluation.signatures.push(Signature { label: name, value });
            }
            Label::Conclusion | Label::Grade => {
                if let Some(value) = value {
                    self.push_note(value);
                }
            }
            Label::Total | Label::Block | Label::Derived => {}
        }
    }

    /// Binds a heading's value: the slot's whole text, or the part of it behind an inline label.
    fn bind_heading_value(&mut self, field: HeadingField, slot: &Slot, part: Option<&str>) {
        let path = heading_path(field);
        if field == HeadingField::Year {
            let text = part.unwrap_or_else(|| self.view.text(slot));
            if let Some(year) = year_in(text).map(|(year, _)| year).or_else(|| bare_year(text)) {
                self.places.year_is_explicit = true;
                self.mark_bound(slot, path);
                self.evaluation
                    .year
                    .get_or_insert(Field::new(year, self.view.text(slot), slot.range.first));
            } else if is_placeholder(text) || match_key(text) == "年" {
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
        // A second 单位名称 and the like is kept as found, beside the first.
        if taken {
            self.push_note(slot);
            return;
        }
        if part.is_none() && is_placeholder(self.view.text(slot)) {
            self.decorate(slot);
            return;
        }
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

    /// Labels with a colon inside one cell: `项目名称：道路改造`, `填报单位：某局 填报日期：2024年1月5日`.
    fn inline_labels(&self, slot: &Slot) -> Vec<(Label, String, String)> {
        let text = self.view.text(slot);
        let mut found: Vec<(Label, String, String)> = Vec::new();
        // The word before each colon, as far back as white space or the cell's beginning.
        let mut pieces: Vec<(Label, String, usize, usize)> = Vec::new();
        for (at, colon) in text.char_indices().filter(|(_, c)| matches!(c, ':' | '：')) {
            let before = text.get(..at).unwrap_or_default();
            let start = before
                .char_indices()
                .rev()
                .find(|(_, c)| c.is_whitespace() || matches!(c, ';' | '；' | '。' | '，' | ','))
                .map_or(0, |(start, c)| start + c.len_utf8());
            // 项 目 名 称： has blanks inside the label; try the whole beginning of the cell as well.
            let candidates = [start, if pieces.is_empty() { 0 } else { start }];
            for start in candidates {
                let word = before.get(start..).unwrap_or_default().trim();
                if let Some(label) = self.label_of_key(&match_key(word)) {
                    pieces.push((label, word.to_owned(), start, at + colon.len_utf8()));
                    break;
                }
            }
        }
        for (index, (label, word, _, from)) in pieces.iter().enumerate() {
            let to = pieces.get(index + 1).map_or(text.len(), |(_, _, start, _)| *start);
            let value = text.get(*from..to).unwrap_or_default().trim();
            found.push((*label, word.clone(), value.to_owned()));
        }
        // Text before the first label belongs to no label: then the cell is a sentence, not a form line.
        if pieces.first().is_some_and(|(_, _, start, _)| *start > 0) {
            Vec::new()
        } else {
            found
        }
    }

    fn bind_inline(&mut self, slot: &Slot) -> bool {
        let labels = self.inline_labels(slot);
        if labels.is_empty() {
            return false;
        }
        for (label, word, value) in labels {
            match label {
                Label::Heading(field) => {
                    self.places.headings.entry(field).or_insert(slot.range.first);
                    if !value.is_empty() && !is_placeholder(&value) {
                        self.bind_heading_value(field, slot, Some(&value));
                    }
                }
                Label::Grade => {
                    if !self.bind_grade_text(slot, &value) && !value.is_empty() {
                        self.push_note(slot);
                    }
                }
                Label::Total => self.bind_inline_total(slot, &value),
                Label::ReportingUnit | Label::Signature => {
                    let index = self.evaluation.signatures.len();
                    if label == Label::ReportingUnit {
                        self.reporting_unit.get_or_insert((index, slot.range.first));
                    }
                    let field = if value.is_empty() {
                        None
                    } else {
                        self.text_field(slot, &format!("signatures[{index}].value"))
                            .map(|whole| whole.with(value.clone()))
                    };
                    self.evaluation.signatures.push(Signature {
                        label: word,
                        value: field,
                    });
                }
                Label::Conclusion => self.push_note(slot),
                Label::Block | Label::Derived => self.note_money_unit(slot),
            }
        }
        self.decorate(slot);
        true
    }

    /// Text without a label: title, year line, unit line, form number or note.
    fn bind_free_text(&mut self, slot: &Slot, alone: bool) {
        let text = self.view.text(slot);
        let key = self.view.key(slot).to_owned();
        if key.is_empty() {
            return;
        }
        let in_tail = matches!(self.block, Block::Tail);
        if is_year_line(&key) {
            self.bind_year_line(slot);
            return;
        }
        if is_unit_line(&key) {
            self.evaluation.money_unit = self.evaluation.money_unit.or(money_unit(text));
            self.decorate(slot);
            return;
        }
        if is_form_mark(&key) || is_placeholder(text) || is_box_only(&key) {
            self.decorate(slot);
            return;
        }
        let starts_form = self.evaluation.project_name.is_none() && self.evaluation.funds.is_empty();
        if !in_tail && starts_form && self.evaluation.title.is_none() && is_title(&key) {
            self.places.headings.insert(HeadingField::Title, slot.range.first);
            self.evaluation.title = self.text_field(slot, "title");
            return;
        }
        let is_number = self.view.cell(slot).is_some_and(|cell| cell.number().is_some());
        if !is_number && (alone || is_note(&key)) && self.is_near(slot) {
            self.push_note(slot);
        }
    }

    /// Whether free text belongs to the table: under or over its columns, and not far below it.
    fn is_near(&self, slot: &Slot) -> bool {
        const FAR: u32 = 6;
        let columns = &self.header.columns;
        let first = columns.iter().map(|column| column.first).min().unwrap_or_default();
        let last = columns.iter().map(|column| column.last).max().unwrap_or_default();
        let beside = slot.range.last.column < first || slot.range.first.column > last;
        !beside && slot.range.first.row.saturating_sub(self.last_row) <= FAR
    }

    pub(super) fn push_note(&mut self, slot: &Slot) {
        if self.is_used(slot) {
            return;
        }
        let index = self.evaluation.notes.len();
        if let Some(note) = self.text_field(slot, &format!("notes[{index}]")) {
            self.evaluation.notes.push(note);
        }
    }

    fn bind_year_line(&mut self, slot: &Slot) {
        self.places
            .headings
            .entry(HeadingField::Year)
            .or_insert(slot.range.first);
        match year_in(self.view.text(slot)) {
            Some((year, _)) if self.evaluation.year.is_none() => {
                self.places.year_is_explicit = true;
                self.mark_bound(slot, "year");
                self.evaluation.year = Some(Field::new(year, self.view.text(slot), slot.range.first));
            }
            _ => self.decorate(slot),
        }
    }

    /// Without a label 实施单位, the reporting unit holds.
    pub(super) fn settle_unit(&mut self) {
        if self.places.headings.contains_key(&HeadingField::ImplementingUnit) {
            return;
        }
        if let Some((index, label)) = self.reporting_unit {
            self.places.headings.insert(HeadingField::ImplementingUnit, label);
            if index >= self.evaluation.signatures.len() {
                return;
            }
            self.evaluation.implementing_unit = self.evaluation.signatures.remove(index).value;
            for binding in &mut self.bindings {
                let position = binding
                    .field
                    .strip_prefix("signatures[")
                    .and_then(|rest| rest.split(']').next())
                    .and_then(|digits| digits.parse::<usize>().ok());
                match position {
                    Some(position) if position == index => binding.field = "implementing_unit".to_owned(),
                    Some(position) if position > index => binding.field = format!("signatures[{}].value", position - 1),
                    _ => {}
                }
            }
        }
    }

    /// Without a year line, the title's year holds, then the project's name.
    pub(super) fn settle_year(&mut self) {
        if self.evaluation.year.is_some() {
            return;
        }
        let source = [&self.evaluation.title, &self.evaluation.project_name]
            .into_iter()
            .flatten()
            .find_map(|field| year_in(&field.value).map(|(year, explicit)| (field.with(year), explicit)));
        if let Some((year, explicit)) = source {
            let from_title = self
                .evaluation
                .title
                .as_ref()
                .is_some_and(|title| title.cell == year.cell);
            self.places.year_is_explicit = explicit && from_title;
            self.evaluation.year = Some(year);
        }
    }
}

fn heading_path(field: HeadingField) -> &'static str {
    match field {
        HeadingField::Title => "title",
        HeadingField::Year => "year",
        HeadingField::ProjectName => "project_name",
        HeadingField::Department => "department",
        HeadingField::ImplementingUnit => "implementing_unit",
    }
}

/// The first year 1990–2099 that is followed by 年, and whether it reads 年度 (so that it names the year evaluated).
pub(super) fn year_in(text: &str) -> Option<(i32, bool)> {
    let key = match_key(text);
    let mut fallback = None;
    for (at, _) in key.match_indices('年') {
        let before = key.get(..at).unwrap_or_default();
        let digits: Vec<char> = before.chars().rev().take_while(char::is_ascii_digit).take(5).collect();
        if digits.len() != 4 {
            continue;
        }
        let number: String = digits.iter().rev().collect();
        let Some(year) = number.parse().ok().filter(|year| (1990..2100).contains(year)) else {
            continue;
        };
        if key.get(at..).unwrap_or_default().starts_with("年度") {
            return Some((year, true));
        }
        fallback.get_or_insert((year, false));
    }
    fallback
}

fn bare_year(text: &str) -> Option<i32> {
    match_key(text).parse().ok().filter(|year| (1990..2100).contains(year))
}

/// `(2023年度)`, `2023年`, `(年度)`, `(20xx年度)`, with either bracket lost.
fn is_year_line(key: &str) -> bool {
    let inner = key.trim_matches(['(', ')']);
    let rest = inner.strip_suffix("年度").or_else(|| inner.strip_suffix('年'));
    rest.is_some_and(|rest| {
        rest.chars().count() <= 5
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, 'x' | '_' | '×' | '*' | '-'))
    })
}

/// `单位：万元`, `金额单位：元`.
fn is_unit_line(key: &str) -> bool {
    let inner = key.trim_matches(['(', ')']);
    ["单位:", "金额单位:", "单位", "金额单位"].iter().any(|prefix| {
        inner.strip_prefix(prefix).is_some_and(|unit| {
            matches!(
                unit,
                "万元" | "元" | "亿元" | "人民币万元" | "人民币元" | "万元、%" | "万元,%"
            )
        })
    })
}

/// `附件1`, `附表2：`, `公开14表`, `表1`, `报表编号：510000_0013zp`.
fn is_form_mark(key: &str) -> bool {
    let short = key.chars().count() <= 24;
    let numbered = |prefix: &str| {
        key.strip_prefix(prefix).is_some_and(|rest| {
            rest.trim_matches([':', '.', '-', ' '])
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十-_.表".contains(c))
        })
    };
    short
        && (["附件", "附表", "附", "表", "公开"]
            .iter()
            .any(|prefix| numbered(prefix))
            || key.starts_with("报表编号"))
}

fn is_title(key: &str) -> bool {
    let named = key.contains('表') || key.contains("绩效") || key.contains("评价") || key.contains("自评");
    named && key.chars().count() <= 80 && !is_note(key)
}

fn is_note(key: &str) -> bool {
    ["注:", "注", "备注", "说明", "填表说明", "填报说明", "*"]
        .iter()
        .any(|prefix| {
            key.strip_prefix(prefix)
                .is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphabetic() || prefix.ends_with(':')))
        })
}

fn is_box_only(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| matches!(c, '□' | '☐' | '○'))
}

/// The wording of a label without decoration, for comparison by other parts of the binder.
pub(super) fn label_wording(key: &str) -> String {
    header_key(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_evaluated_is_told_from_years_in_names() {
        assert_eq!(year_in("（ 2023 年度）"), Some((2023, true)));
        assert_eq!(year_in("2023年度项目支出绩效自评表"), Some((2023, true)));
        assert_eq!(year_in("工信局2023年中小企业专项"), Some((2023, false)));
        assert_eq!(year_in("２０２４年度"), Some((2024, true)));
        assert_eq!(year_in("十四五规划"), None);
        assert_eq!(year_in("12023年"), None);
    }

    #[test]
    fn lines_of_the_form_are_told_from_content() {
        for key in ["(2023年度)", "2023年度", "2019年度)", "(年度)", "(20xx年度)"] {
            assert!(is_year_line(&match_key(key)), "{key}");
        }
        assert!(!is_year_line(&match_key("2023年度道路维修")));
        assert!(is_unit_line(&match_key("金额单位：万元")));
        assert!(is_form_mark(&match_key("附件1")));
        assert!(!is_form_mark(&match_key("附件一览表与说明")));
        assert!(is_note(&match_key("注：1.一级指标分值统一设置为")));
        assert!(!is_note(&match_key("注册企业数量")));
    }
}
