//! Text without a label: title, year line, unit line, form number and notes; and what is settled once all is read.

use super::super::lines::{
    is_box_only, is_form_mark, is_note, is_page_mark, is_title, is_unit_line, is_year_line, year_in,
};
use super::super::money::money_unit;
use super::super::view::Slot;
use super::super::vocabulary::{FundWord, HeadingWord, RowWord};
use super::{Binder, Block};
use crate::grid::CellAddress;
use crate::model::{Field, FieldPath, HeadingField, ReadingGuess};
use crate::text::keys::{gives_no_value, match_key};

impl Binder<'_, '_> {
    /// Text without a label: title, year line, unit line, form number or note.
    pub(super) fn bind_free_text(&mut self, slot: &Slot, alone: bool) {
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
            self.evaluation.money_unit = self.evaluation.money_unit.or(money_unit(&key));
            self.decorate(slot);
            return;
        }
        if is_form_mark(&key) || is_page_mark(&key) || gives_no_value(text) || is_box_only(&key) {
            self.decorate(slot);
            return;
        }
        // A title stands first; below other lines only a text that names an evaluation is one.
        let is_first = self.evaluation.project_name.is_none();
        let names_evaluation = alone && (key.contains("自评") || key.contains("评价")) && key.chars().count() <= 40;
        let above = self
            .header
            .columns
            .iter()
            .all(|column| slot.range.last.row < column.cell.row);
        let is_below_banner = self.evaluation.title.as_ref().is_some_and(|title| {
            !names_form(&match_key(&title.value)) && alone && is_first && above && names_form(&key)
        });
        if is_below_banner {
            self.displace_title();
        }
        let may_be_title = self.evaluation.title.is_none() && self.evaluation.funds.is_empty() && !in_tail;
        if may_be_title && is_title(&key) && (is_first || (above && names_evaluation)) {
            self.places.headings.insert(HeadingField::Title, slot.range.first);
            self.evaluation.title = self.text_field(slot, FieldPath::TITLE);
            return;
        }
        let is_number = self.view.cell(slot).is_some_and(|cell| cell.number().is_some());
        let is_left_unread = above && self.names_amount(slot);
        if !is_number && !is_left_unread && (alone || is_note(&key)) && self.is_near(slot) {
            self.push_note(slot);
        }
    }

    /// Returns whether a text begins with the name of money and an amount, as 项目资金 100万元: no note, and unread where
    /// no block has it.
    fn names_amount(&self, slot: &Slot) -> bool {
        let key = self.view.key(slot);
        let Some(from) = key.find(|c: char| c.is_ascii_digit()) else {
            return false;
        };
        let (name, amount) = key.split_at(from);
        let unit = amount.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let has_unit = ["万元", "元", "亿元", "千元", "百万元"]
            .iter()
            .any(|word| unit.starts_with(word));
        let ends = unit.is_empty() && name.ends_with(':');
        let name = name.trim_end_matches([':', '为', '共', ',']);
        let is_money = || {
            let meanings = self.vocabulary.meanings(name);
            let is_amount = matches!(meanings.fund, Some(FundWord::Column(column)) if column.is_amount());
            let is_block = meanings.is(RowWord::Block) && ["资金", "预算"].iter().any(|word| name.contains(word));
            let is_spending =
                meanings.heading == Some(HeadingWord::Field(HeadingField::ProjectName)) && !name.contains('名');
            is_amount || is_block || is_spending || self.vocabulary.named_source(name).is_some()
        };
        (has_unit || ends) && is_money()
    }

    /// Makes a note of what was taken for the title: the banner of the page above the form's own name.
    fn displace_title(&mut self) {
        let Some(banner) = self.evaluation.title.take() else {
            return;
        };
        let note = FieldPath::note(self.evaluation.notes.len());
        self.bindings
            .rename(|field| if field == FieldPath::TITLE { note } else { field });
        self.places.headings.remove(&HeadingField::Title);
        self.evaluation.notes.push(banner);
    }

    /// Returns whether free text belongs to the table: under or over its columns, and not far below it.
    fn is_near(&self, slot: &Slot) -> bool {
        const FAR: u32 = 6;
        let place = slot.range.first;
        let is_on_another_sheet =
            self.last_row != u32::MAX && CellAddress::new(self.last_row, 0).part() != place.part();
        let distance = if is_on_another_sheet {
            place.on_its_sheet().row
        } else {
            place.row.saturating_sub(self.last_row)
        };
        !self.is_beside(slot) && distance <= FAR
    }

    /// Returns whether a slot stands left or right of all the table's columns.
    pub(super) fn is_beside(&self, slot: &Slot) -> bool {
        let columns = &self.header.columns;
        let first = columns.iter().map(|column| column.first).min().unwrap_or_default();
        let last = columns.iter().map(|column| column.last).max().unwrap_or_default();
        slot.range.last.column < first || slot.range.first.column > last
    }

    pub(super) fn push_note(&mut self, slot: &Slot) {
        if self.is_used(slot) {
            return;
        }
        let index = self.evaluation.notes.len();
        if let Some(note) = self.text_field(slot, FieldPath::note(index)) {
            self.evaluation.notes.push(note);
        }
    }

    fn bind_year_line(&mut self, slot: &Slot) {
        self.places
            .headings
            .insert_if_missing(HeadingField::Year, slot.range.first);
        match year_in(self.view.text(slot)) {
            Some((year, _)) if self.evaluation.year.is_none() => {
                self.places.year_is_explicit = true;
                self.mark_bound(slot, FieldPath::YEAR);
                self.evaluation.year = Some(Field::new(year, self.view.text(slot), slot.range.first));
            }
            _ => self.decorate(slot),
        }
    }

    /// Without a label 实施单位 the reporting unit holds, without 主管部门 the department above.
    pub(super) fn settle_substitutes(&mut self) {
        for field in [
            HeadingField::ImplementingUnit,
            HeadingField::Department,
            HeadingField::ProjectName,
        ] {
            let substitute = match field {
                HeadingField::ImplementingUnit => self.head.reporting_unit,
                HeadingField::Department => self.head.higher_department,
                _ => self.head.evaluated.filter(|(index, _)| self.is_project(*index)),
            };
            let Some((index, label)) = substitute.filter(|_| !self.places.headings.contains_key(&field)) else {
                continue;
            };
            self.places.headings.insert(field, label);
            if index >= self.evaluation.signatures.len() {
                continue;
            }
            let value = self.evaluation.signatures.remove(index).value;
            match field {
                HeadingField::ImplementingUnit => self.evaluation.implementing_unit = value,
                HeadingField::Department => self.evaluation.department = value,
                _ => self.evaluation.project_name = value,
            }
            self.forget_signature(index, FieldPath::heading(field));
        }
    }

    /// Returns whether what is evaluated, as a line names it, is a project: no unit, and not in a table of a unit's whole
    /// spending.
    fn is_project(&self, signature: usize) -> bool {
        const UNITS: [&str; 35] = [
            "会",
            "联",
            "室",
            "段",
            "团",
            "高中",
            "局",
            "委",
            "委员会",
            "办公室",
            "厅",
            "院",
            "政府",
            "街道",
            "部",
            "处",
            "所",
            "站",
            "校",
            "学",
            "园",
            "馆",
            "队",
            "社",
            "公司",
            "集团",
            "机关",
            "中心",
            "省",
            "市",
            "县",
            "区",
            "乡",
            "镇",
            "村",
        ];
        const KINDS: [&str; 9] = [
            "部门预算",
            "部门整体",
            "项目支出",
            "财政支出",
            "整体支出",
            "一级项目",
            "二级项目",
            "一般公共预算",
            "政府性基金",
        ];
        let evaluation = &self.evaluation;
        let is_of_whole = evaluation
            .title
            .as_ref()
            .is_some_and(|title| title.value.contains("整体"));
        let named = evaluation
            .signatures
            .get(signature)
            .and_then(|line| line.value.as_ref());
        let Some(name) = named.map(|name| match_key(&name.value)) else {
            return false;
        };
        let name = name.rsplit_once('(').map_or(&*name, |(name, _)| name);
        // 一级项目, 部门预算支出 and a lone year name a kind, and no project.
        let bare = name.trim_start_matches(|c: char| !c.is_alphabetic() || c == '年');
        let is_kind = bare.is_empty() || KINDS.iter().any(|kind| bare.starts_with(kind));
        let of_heading = [&evaluation.department, &evaluation.implementing_unit];
        let is_unit = UNITS.iter().any(|end| name.ends_with(end))
            || of_heading
                .into_iter()
                .flatten()
                .any(|unit| match_key(&unit.value) == name);
        !is_of_whole && !is_kind && !is_unit
    }

    /// 本单位 or 本级 as a value is the unit that the heading names elsewhere, else the department.
    pub(super) fn settle_own_names(&mut self) {
        let is_own = |field: &Field<String>| {
            matches!(
                &*match_key(&field.value),
                "本单位" | "本级" | "本部门" | "单位本级" | "部门本级" | "同上"
            )
        };
        let evaluation = &self.evaluation;
        let named = |field: &Option<Field<String>>| {
            field
                .as_ref()
                .filter(|field| !is_own(field))
                .map(|field| field.value.clone())
        };
        let reporting = self
            .head
            .reporting_unit
            .and_then(|(index, _)| named(&evaluation.signatures.get(index)?.value));
        let unit = reporting.clone().or_else(|| named(&evaluation.department));
        let department = named(&evaluation.implementing_unit).or(reporting);
        let mut resolved = Vec::new();
        for (field, name) in [
            (&mut self.evaluation.implementing_unit, unit),
            (&mut self.evaluation.department, department),
        ] {
            if let (Some(field), Some(name)) = (field.as_mut().filter(|field| is_own(field)), name) {
                let message = format!("“{}”按“{name}”读取", field.value);
                resolved.push(ReadingGuess {
                    cell: field.cell,
                    message,
                });
                field.value = name;
            }
        }
        self.guesses.extend(resolved);
    }

    /// Renames the bindings of a signature line that became a heading field, and of the lines after it.
    fn forget_signature(&mut self, index: usize, path: FieldPath) {
        self.bindings.rename(|field| match field.as_signature() {
            Some(position) if position == index => path,
            Some(position) if position > index => FieldPath::signature(position - 1),
            _ => field,
        });
        for other in [
            &mut self.head.reporting_unit,
            &mut self.head.higher_department,
            &mut self.head.evaluated,
        ] {
            if let Some((position, _)) = other
                && *position > index
            {
                *position -= 1;
            }
        }
    }

    /// Without a year line, the title's year holds, then the project's name. A year in the title is stated, unless it is
    /// part of the project's name there.
    pub(super) fn settle_year(&mut self) {
        if self.evaluation.year.is_some() {
            return;
        }
        let name = self.evaluation.project_name.as_ref();
        let in_name = name.and_then(|name| Some((match_key(&name.value), year_in(&name.value)?.0)));
        if let Some(title) = &self.evaluation.title
            && let Some((year, is_evaluated)) = year_in(&title.value)
        {
            let is_of_name =
                in_name.is_some_and(|(name, named)| named == year && match_key(&title.value).contains(&name));
            self.places.year_is_explicit = is_evaluated || !is_of_name;
            self.evaluation.year = Some(title.with(year));
        } else if let (Some(name), Some((_, year))) = (name, in_name) {
            self.evaluation.year = Some(name.with(year));
        }
    }
}

/// Returns whether a line is a form's own name, 项目支出绩效自评表, with its year in brackets at most; `key` is a
/// [`match_key`].
fn names_form(key: &str) -> bool {
    let name = key
        .rsplit_once('(')
        .map_or(key, |(name, year)| if year.contains('年') { name } else { key });
    name.ends_with('表') && ["绩效", "评价", "自评"].iter().any(|word| name.contains(word))
}
