//! The form as cells: what is printed, which cells are to be filled in, and what may stand there.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::content::{Content, FundLine, Level, Line};
use super::wording::{HeadingSlot, Wording};
use crate::grid::{CellAddress, CellRange};
use crate::report::plain;
use crate::standard::Standard;
use crate::write::cell_text;
use crate::write::normalized::columns::Widths;
use crate::write::normalized::plan::{Role, SheetPlan};
use crate::write::number_format::CellContent;

/// What stands for a figure that the form does not ask for.
const NO_FIGURE: &str = "—";
const LAST: u32 = 11;
/// Heights of rows to write in by hand, in points.
const INPUT_ROW: f64 = 26.0;
const GOAL_ROW: f64 = 72.0;
const STATEMENT_ROW: f64 = 32.0;

/// The physical columns of every form, from the left; 偏差原因 takes the last two, without points the last four.
mod at {
    pub const BLOCK: u32 = 0;
    pub const LEVEL1: u32 = 1;
    pub const LEVEL2: u32 = 2;
    pub const LEVEL3: u32 = 3;
    pub const OPERATOR: u32 = 4;
    pub const TARGET: u32 = 5;
    pub const MEASURE_UNIT: u32 = 6;
    pub const ACTUAL: u32 = 7;
    pub const WEIGHT: u32 = 8;
    pub const SCORE: u32 = 9;
    pub const REASON: u32 = 10;
}

/// Widths of the columns, in characters.
pub fn widths() -> Widths {
    let widths = [8, 10, 12, 26, 10, 14, 10, 16, 8, 10, 10, 24];
    (0u32..)
        .zip(widths)
        .map(|(column, width)| (column, (width, width, width)))
        .collect()
}

/// What may stand in some cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The cells, from the first one's point of view.
    pub range: CellRange,
    /// The limit.
    pub kind: LimitKind,
}

/// Kinds of limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitKind {
    /// 三级指标.
    Name,
    /// 指标性质.
    Sign,
    /// 年度指标值.
    Target,
    /// 计量单位.
    MeasureUnit,
    /// 实际完成值: tiers are offered.
    Actual,
    /// 实际完成值 of an indicator that the plan calls qualitative: a tier is expected.
    Tier,
    /// 分值; with the fund block's points they make the full score at most.
    Weight {
        /// The fund block's points.
        fund: Option<CellAddress>,
    },
    /// 得分, from 0 to the weight in this cell.
    Score {
        /// The weight beside the first cell.
        weight: CellAddress,
    },
    /// 偏差原因.
    Reason,
    /// An amount.
    Amount,
    /// 执行率.
    Rate,
    /// 总分: what these scores make.
    Total {
        /// Scores of the indicators.
        scores: CellRange,
        /// The fund block's score.
        fund: Option<CellAddress>,
    },
    /// 评价等次.
    Grade,
}

/// A planned form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormPlan {
    /// What is printed.
    pub sheet: SheetPlan,
    /// First cells of what is to be filled in.
    pub inputs: BTreeSet<CellAddress>,
    /// Of these, the ones where what is typed stays as typed.
    pub texts: BTreeSet<CellAddress>,
    /// Of these, the ones shown in percent.
    pub rates: BTreeSet<CellAddress>,
    /// Limits; no two cover the same cell.
    pub limits: Vec<Limit>,
    /// Least heights of rows, in points.
    pub least_heights: BTreeMap<u32, f64>,
    /// The last column of the table.
    pub last_column: u32,
}

/// Plans a form.
pub fn plan(wording: &Wording, content: &Content<'_>, standard: &Standard) -> FormPlan {
    let mut plan = FormPlan {
        last_column: LAST,
        ..FormPlan::default()
    };
    plan.put_heading(wording, content);
    let fund = plan.put_funds(wording, content, standard);
    plan.put_management(wording);
    plan.put_goals(wording, content);
    let rows = plan.put_indicators(wording, content, fund);
    if wording.is_scored {
        plan.put_total(rows, fund, standard);
    }
    if wording.has_grade {
        plan.put_grade();
    }
    if let Some(label) = wording.remark {
        let row = plan.take_row(STATEMENT_ROW);
        plan.label(across(row, at::BLOCK, at::LEVEL1), label);
        plan.input_text(across(row, at::LEVEL2, LAST));
    }
    plan.put_signatures(wording);
    plan
}

/// The fund block's points and score.
#[derive(Debug, Clone, Copy)]
struct FundPoints {
    weight: CellAddress,
    score: CellAddress,
}

const fn across(row: u32, from: u32, to: u32) -> CellRange {
    block(row, row, from, to)
}

const fn block(first: u32, last: u32, from: u32, to: u32) -> CellRange {
    CellRange {
        first: CellAddress::new(first, from),
        last: CellAddress::new(last, to),
    }
}

impl FormPlan {
    fn take_row(&mut self, height: f64) -> u32 {
        let row = self.sheet.take_row();
        self.least_heights.insert(row, height);
        row
    }

    fn label(&mut self, range: CellRange, text: &str) {
        self.sheet.put_label(range, Role::Label, text);
    }

    fn fixed(&mut self, range: CellRange, role: Role, content: CellContent) {
        self.sheet.put(range, role, content);
    }

    /// A cell for a text; what is known of it stands there already.
    fn text(&mut self, range: CellRange, known: Option<&String>) {
        self.inputs.insert(range.first);
        let known = known.filter(|text| !text.trim().is_empty());
        let content = known.map_or(CellContent::Blank, |text| {
            CellContent::Text(cell_text::for_cell(text, None))
        });
        self.sheet.put(range, Role::Text, content);
    }

    fn input_text(&mut self, range: CellRange) {
        self.text(range, None);
    }

    fn figure(&mut self, range: CellRange, known: Option<Decimal>) {
        self.inputs.insert(range.first);
        let content = known.map_or(CellContent::Blank, CellContent::computed_number);
        self.sheet.put(range, Role::Figure, content);
    }

    fn limit(&mut self, range: CellRange, kind: LimitKind) {
        self.limits.push(Limit { range, kind });
    }

    fn put_heading(&mut self, wording: &Wording, content: &Content<'_>) {
        let row = self.take_row(34.0);
        self.sheet.put_label(across(row, 0, LAST), Role::Title, wording.title);
        let row = self.take_row(20.0);
        let year = across(row, 0, LAST);
        match content.year {
            Some(number) => self.sheet.put_label(year, Role::Year, &format!("（{number}年度）")),
            None => {
                self.inputs.insert(year.first);
                self.sheet.put_label(year, Role::Year, "（    年度）");
            }
        }
        for line in wording.heading {
            let row = self.take_row(INPUT_ROW);
            let known = |slot| match slot {
                HeadingSlot::Project => content.project.as_ref(),
                HeadingSlot::Department => content.department.as_ref(),
                HeadingSlot::Unit => content.unit.as_ref(),
                HeadingSlot::HigherDepartment => content.higher_department.as_ref(),
            };
            let end = if line.len() > 1 { at::MEASURE_UNIT } else { LAST };
            let places = [
                (at::BLOCK, at::LEVEL1, at::LEVEL2, end),
                (at::ACTUAL, at::ACTUAL, at::WEIGHT, LAST),
            ];
            for (slot, (label_from, label_to, from, to)) in line.iter().zip(places) {
                self.label(across(row, label_from, label_to), slot.label(&wording.form));
                self.text(across(row, from, to), known(*slot));
            }
        }
    }

    fn put_funds(&mut self, wording: &Wording, content: &Content<'_>, standard: &Standard) -> Option<FundPoints> {
        let form = &wording.form;
        let header = self.take_row(INPUT_ROW);
        if wording.is_scored {
            for (from, to, text) in [
                (at::LEVEL1, at::LEVEL2, ""),
                (at::LEVEL3, at::LEVEL3, "年初预算数"),
                (at::OPERATOR, at::TARGET, form.annual_budget),
                (at::MEASURE_UNIT, at::ACTUAL, form.executed),
                (at::WEIGHT, at::WEIGHT, "分值"),
                (at::SCORE, at::SCORE, form.execution_rate),
                (at::REASON, at::REASON, "得分"),
                (LAST, LAST, "原因"),
            ] {
                self.label(across(header, from, to), text);
            }
        } else {
            for (from, to, text) in [
                (at::LEVEL1, at::LEVEL3, ""),
                (at::OPERATOR, at::TARGET, form.annual_budget),
                (at::MEASURE_UNIT, at::ACTUAL, form.executed),
                (at::WEIGHT, LAST, form.execution_rate),
            ] {
                self.label(across(header, from, to), text);
            }
        }
        let has_points = wording.has_fund_points && !standard.fund_weight.is_zero();
        let mut points = None;
        let first = self.sheet.next_row;
        for line in &content.funds {
            let row = self.take_row(INPUT_ROW);
            if wording.is_scored {
                let carries = has_points && line.is_total && points.is_none();
                let found = self.put_scored_fund(row, line, carries.then_some(standard.fund_weight));
                points = points.or(found);
            } else {
                self.fixed(
                    across(row, at::LEVEL1, at::LEVEL3),
                    Role::Text,
                    CellContent::Text(cell_text::for_cell(&line.label, None)),
                );
                self.figure(across(row, at::OPERATOR, at::TARGET), line.annual);
                self.figure(across(row, at::MEASURE_UNIT, at::ACTUAL), None);
                self.rate(across(row, at::WEIGHT, LAST));
            }
        }
        let last = self.sheet.next_row - 1;
        let amounts = if wording.is_scored { at::LEVEL3 } else { at::OPERATOR };
        self.limit(block(first, last, amounts, at::ACTUAL), LimitKind::Amount);
        let rates = if wording.is_scored {
            (at::SCORE, at::SCORE)
        } else {
            (at::WEIGHT, LAST)
        };
        self.limit(block(first, last, rates.0, rates.1), LimitKind::Rate);
        if let Some(points) = points {
            let kind = LimitKind::Score { weight: points.weight };
            self.limit(CellRange::single(points.score), kind);
        }
        let label = format!("{}\n（{}）", wording.form.funds, content.money_unit.title());
        self.label(block(header, last, at::BLOCK, at::BLOCK), &label);
        points
    }

    fn put_scored_fund(&mut self, row: u32, line: &FundLine, weight: Option<Decimal>) -> Option<FundPoints> {
        let cell = |column| across(row, column, column);
        let label = CellContent::Text(cell_text::for_cell(&line.label, None));
        self.fixed(across(row, at::LEVEL1, at::LEVEL2), Role::Text, label);
        self.figure(cell(at::LEVEL3), line.initial);
        self.figure(across(row, at::OPERATOR, at::TARGET), line.annual);
        self.figure(across(row, at::MEASURE_UNIT, at::ACTUAL), None);
        self.rate(cell(at::SCORE));
        self.input_text(cell(LAST));
        let no_figure = CellContent::Text(NO_FIGURE.to_owned());
        match weight {
            Some(weight) => {
                self.fixed(cell(at::WEIGHT), Role::Figure, CellContent::computed_number(weight));
                self.figure(cell(at::REASON), None);
                Some(FundPoints {
                    weight: CellAddress::new(row, at::WEIGHT),
                    score: CellAddress::new(row, at::REASON),
                })
            }
            None => {
                self.fixed(cell(at::WEIGHT), Role::Figure, no_figure.clone());
                self.fixed(cell(at::REASON), Role::Figure, no_figure);
                None
            }
        }
    }

    fn rate(&mut self, range: CellRange) {
        self.figure(range, None);
        self.rates.insert(range.first);
    }

    fn put_management(&mut self, wording: &Wording) {
        if wording.management.is_empty() {
            return;
        }
        let header = self.take_row(INPUT_ROW);
        self.label(across(header, at::LEVEL1, at::LEVEL3), "");
        self.label(across(header, at::OPERATOR, at::ACTUAL), "情况说明");
        self.label(across(header, at::WEIGHT, LAST), "存在问题和改进措施");
        for subject in wording.management {
            let row = self.take_row(STATEMENT_ROW);
            self.label(across(row, at::LEVEL1, at::LEVEL3), subject);
            self.input_text(across(row, at::OPERATOR, at::ACTUAL));
            self.input_text(across(row, at::WEIGHT, LAST));
        }
        self.label(
            block(header, self.sheet.next_row - 1, at::BLOCK, at::BLOCK),
            "资金管理情况",
        );
    }

    fn put_goals(&mut self, wording: &Wording, content: &Content<'_>) {
        let header = self.take_row(INPUT_ROW);
        self.label(across(header, at::LEVEL1, at::MEASURE_UNIT), wording.form.expected);
        self.label(across(header, at::ACTUAL, LAST), wording.form.actual_goal);
        for goal in &content.goals {
            let row = self.take_row(GOAL_ROW);
            let expected = across(row, at::LEVEL1, at::MEASURE_UNIT);
            self.text(expected, goal.as_ref());
            // A goal that was approved is not for the unit to change.
            if goal.is_some() {
                self.inputs.remove(&expected.first);
            }
            self.input_text(across(row, at::ACTUAL, LAST));
        }
        self.label(
            block(header, self.sheet.next_row - 1, at::BLOCK, at::BLOCK),
            wording.form.goals,
        );
    }

    fn put_indicators(&mut self, wording: &Wording, content: &Content<'_>, fund: Option<FundPoints>) -> CellRange {
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
    fn put_line(&mut self, wording: &Wording, line: &Line<'_>) {
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

    fn put_total(&mut self, scores: CellRange, fund: Option<FundPoints>, standard: &Standard) {
        let row = self.take_row(INPUT_ROW);
        self.label(across(row, at::BLOCK, at::ACTUAL), "总分");
        let full = CellContent::computed_number(standard.full_score);
        self.fixed(across(row, at::WEIGHT, at::WEIGHT), Role::Figure, full);
        let total = across(row, at::SCORE, at::SCORE);
        self.figure(total, None);
        let fund = fund.map(|fund| fund.score);
        self.limit(total, LimitKind::Total { scores, fund });
        self.fixed(across(row, at::REASON, LAST), Role::Text, CellContent::Blank);
    }

    fn put_grade(&mut self) {
        let row = self.take_row(INPUT_ROW);
        self.label(across(row, at::BLOCK, at::ACTUAL), "评价等次");
        let grade = across(row, at::WEIGHT, at::SCORE);
        self.figure(grade, None);
        self.limit(grade, LimitKind::Grade);
        self.fixed(across(row, at::REASON, LAST), Role::Text, CellContent::Blank);
    }

    fn put_signatures(&mut self, wording: &Wording) {
        let row = self.take_row(INPUT_ROW);
        let places = [
            (at::BLOCK, at::LEVEL1, at::LEVEL2, at::LEVEL3),
            (at::OPERATOR, at::TARGET, at::MEASURE_UNIT, at::ACTUAL),
            (at::WEIGHT, at::SCORE, at::REASON, LAST),
        ];
        for (label, (label_from, label_to, from, to)) in wording.signatures.into_iter().zip(places) {
            self.label(across(row, label_from, label_to), label);
            self.input_text(across(row, from, to));
            self.texts.insert(CellAddress::new(row, from));
        }
    }
}

/// Whether the plan says 定性.
fn is_qualitative(line: &Line<'_>) -> bool {
    let sign = line.planned.and_then(|planned| planned.operator.as_ref());
    sign.is_some_and(|sign| sign.value.contains("定性"))
}

/// Without points the reasons have their columns too.
const fn reason_from(wording: &Wording) -> u32 {
    if wording.is_scored { at::REASON } else { at::WEIGHT }
}
