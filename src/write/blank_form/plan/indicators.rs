//! The indicator block: a row an indicator, names of levels over their rows.

use super::funds::FundPoints;
use super::{FormPlan, INPUT_ROW, LAST, LimitKind, across, at, block};
use crate::grid::{CellAddress, CellRange};
use crate::text::plain;
use crate::write::blank_form::content::{Content, Level, Line};
use crate::write::blank_form::wording::BlankFormWording;
use crate::write::kit::cell_text;
use crate::write::kit::number_format::CellContent;
use crate::write::normalized::plan::Role;

impl FormPlan {
    pub(super) fn put_indicators(
        &mut self,
        wording: &BlankFormWording,
        content: &Content<'_>,
        fund: Option<FundPoints>,
    ) -> CellRange {
        let header = self.take_row(INPUT_ROW);
        self.sheet.header_row = header;
        let reason_from = reason_from(wording);
        let form = &wording.form;
        for (from, to, text) in [
            (at::LEVEL1, at::LEVEL1, "一级指标"),
            (at::LEVEL2, at::LEVEL2, "二级指标"),
            (at::LEVEL3, at::LEVEL3, "三级指标"),
            (at::OPERATOR, at::OPERATOR, "指标性质"),
            (at::TARGET, at::TARGET, form.target),
            (at::MEASURE_UNIT, at::MEASURE_UNIT, "计量单位"),
            (at::ACTUAL, at::ACTUAL, form.actual),
            (reason_from, LAST, form.reason),
        ] {
            self.label(across(header, from, to), text);
        }
        if wording.is_scored {
            self.label(across(header, at::WEIGHT, at::WEIGHT), "分值");
            self.label(across(header, at::SCORE, at::SCORE), "得分");
        }
        let first = self.sheet.next_row;
        for line in &content.lines {
            self.put_line(wording, line);
        }
        let last = self.sheet.next_row - 1;
        self.put_levels(&content.lines, first);
        self.label(block(header, last, at::BLOCK, at::BLOCK), "绩效指标");
        let column = |column| block(first, last, column, column);
        for (at, kind) in [
            (at::LEVEL3, LimitKind::Name),
            (at::OPERATOR, LimitKind::Sign),
            (at::TARGET, LimitKind::Target),
            (at::MEASURE_UNIT, LimitKind::MeasureUnit),
        ] {
            self.limit(column(at), kind);
        }
        let mut row = first;
        for run in content
            .lines
            .chunk_by(|one, next| is_qualitative(one) == is_qualitative(next))
        {
            let end = row.saturating_add(u32::try_from(run.len()).unwrap_or(u32::MAX));
            let kind = if run.iter().any(is_qualitative) {
                LimitKind::Tier
            } else {
                LimitKind::Actual
            };
            self.limit(block(row, end.saturating_sub(1), at::ACTUAL, at::ACTUAL), kind);
            row = end;
        }
        if wording.is_scored {
            let fund = fund.map(|fund| fund.weight);
            self.limit(column(at::WEIGHT), LimitKind::Weight { fund });
            let weight = CellAddress::new(first, at::WEIGHT);
            self.limit(column(at::SCORE), LimitKind::Score { weight });
        }
        self.limit(block(first, last, reason_from, LAST), LimitKind::Reason);
        column(at::SCORE)
    }

    /// A planned indicator is not for the unit to change; what the plan leaves open is.
    fn put_line(&mut self, wording: &BlankFormWording, line: &Line<'_>) {
        let row = self.take_row(INPUT_ROW);
        let cell = |column| across(row, column, column);
        let own = |plan: &mut Self, column, role, content: CellContent| {
            if line.planned.is_none() {
                plan.inputs.insert(cell(column).first);
            }
            plan.sheet.put(cell(column), role, content);
        };
        let text = |field: Option<&String>| match field {
            Some(text) if !text.trim().is_empty() => CellContent::Text(cell_text::for_cell(text, None)),
            _ => CellContent::Blank,
        };
        let planned = line.planned;
        let name = planned.and_then(|planned| planned.level3.as_ref());
        own(self, at::LEVEL3, Role::Text, text(name.map(|name| &name.value)));
        let sign = planned.and_then(|planned| planned.operator.as_ref());
        own(self, at::OPERATOR, Role::Figure, text(sign.map(|sign| &sign.value)));
        let target = planned.and_then(|planned| planned.target.as_ref());
        let target = match text(target.map(|target| &target.value)) {
            CellContent::Text(text) => CellContent::number_like(&text),
            other => other,
        };
        if target == CellContent::Blank {
            self.texts.insert(cell(at::TARGET).first);
        }
        own(self, at::TARGET, Role::Figure, target);
        let unit = planned.and_then(|planned| planned.measure_unit.as_ref());
        own(self, at::MEASURE_UNIT, Role::Figure, text(unit.map(|unit| &unit.value)));
        self.inputs.insert(cell(at::ACTUAL).first);
        self.texts.insert(cell(at::ACTUAL).first);
        self.sheet.put(cell(at::ACTUAL), Role::Figure, CellContent::Blank);
        if wording.is_scored {
            match planned.and_then(|planned| planned.weight.as_ref()) {
                Some(weight) => {
                    let content = CellContent::declared_number(weight.value, &weight.text);
                    self.fixed(cell(at::WEIGHT), Role::Figure, content);
                }
                None => self.figure(cell(at::WEIGHT), None),
            }
            self.figure(cell(at::SCORE), None);
        }
        self.input_text(across(row, reason_from(wording), LAST));
    }

    /// Names of the levels, merged over their rows.
    fn put_levels(&mut self, lines: &[Line<'_>], first: u32) {
        let mut start1 = 0;
        let mut start2 = 0;
        for (index, line) in lines.iter().enumerate() {
            let next = lines.get(index + 1);
            let ends1 = next.is_none_or(|next| next.level1 != line.level1);
            let ends2 = ends1 || next.is_none_or(|next| next.level2 != line.level2);
            let row = |index: usize| first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
            for (ends, start, column, level) in [
                (ends2, &mut start2, at::LEVEL2, &line.level2),
                (ends1, &mut start1, at::LEVEL1, &line.level1),
            ] {
                if ends {
                    self.put_level(block(row(*start), row(index), column, column), level);
                    *start = index + 1;
                }
            }
        }
    }

    fn put_level(&mut self, range: CellRange, level: &Level) {
        if level.name.trim().is_empty() {
            self.input_text(range);
            return;
        }
        let name = match level.weight {
            Some(weight) => format!("{}\n（{}分）", level.name, plain(weight)),
            None => level.name.clone(),
        };
        let content = CellContent::Text(cell_text::for_cell(&name, None));
        self.fixed(range, Role::Label, content);
    }
}

/// Returns whether the plan says 定性.
fn is_qualitative(line: &Line<'_>) -> bool {
    let sign = line.planned.and_then(|planned| planned.operator.as_ref());
    sign.is_some_and(|sign| sign.value.contains("定性"))
}

/// Without points the reasons have their columns too.
const fn reason_from(wording: &BlankFormWording) -> u32 {
    if wording.is_scored { at::REASON } else { at::WEIGHT }
}
