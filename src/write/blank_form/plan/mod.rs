//! The form as cells: what is printed, which cells are to be filled in, and what may stand there. Each part of the form
//! is a room; here is what they share.

mod foot;
mod funds;
mod head;
mod indicators;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::content::Content;
use super::wording::BlankFormWording;
use crate::grid::{CellAddress, CellRange};
use crate::standard::Standard;
use crate::write::kit::cell_text;
use crate::write::kit::number_format::CellContent;
use crate::write::normalized::columns::Widths;
use crate::write::normalized::plan::{Role, SheetPlan};

const LAST: u32 = 11;
/// Heights of rows to write in by hand, in points.
const INPUT_ROW: f64 = 22.0;
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
    let widths = [6, 9, 10, 23, 8, 12, 8, 14, 7, 8, 9, 24];
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
pub fn plan(wording: &BlankFormWording, content: &Content<'_>, standard: &Standard) -> FormPlan {
    let mut plan = FormPlan {
        last_column: LAST,
        ..FormPlan::default()
    };
    plan.put_heading(wording, content);
    let fund = plan.put_funds(wording, content, standard);
    plan.put_management(wording);
    plan.put_goals(wording, content);
    let rows = plan.put_indicators(wording, content, fund);
    let below = plan.sheet.next_row;
    if wording.is_scored {
        plan.put_total(rows, fund, standard);
    }
    if wording.has_grade {
        plan.put_grade();
    }
    if let Some(label) = wording.remark {
        plan.put_remark(label);
    }
    plan.put_signatures(wording);
    plan.sheet.total_rows = below..plan.sheet.next_row;
    plan
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

    fn rate(&mut self, range: CellRange) {
        self.figure(range, None);
        self.rates.insert(range.first);
    }

    fn limit(&mut self, range: CellRange, kind: LimitKind) {
        self.limits.push(Limit { range, kind });
    }
}
