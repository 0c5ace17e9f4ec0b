//! The fund block: amounts, rates, and the points of the execution rate.

use rust_decimal::Decimal;

use super::{FormPlan, INPUT_ROW, LAST, LimitKind, across, at, block};
use crate::grid::{CellAddress, CellRange};
use crate::standard::Standard;
use crate::write::blank_form::content::{Content, FundLine};
use crate::write::blank_form::wording::BlankFormWording;
use crate::write::kit::cell_text;
use crate::write::kit::number_format::CellContent;
use crate::write::normalized::plan::Role;

/// What stands for a figure that the form does not ask for.
const NO_FIGURE: &str = "—";

/// The fund block's points and score.
#[derive(Debug, Clone, Copy)]
pub(super) struct FundPoints {
    pub(super) weight: CellAddress,
    pub(super) score: CellAddress,
}

impl FormPlan {
    pub(super) fn put_funds(
        &mut self,
        wording: &BlankFormWording,
        content: &Content<'_>,
        standard: &Standard,
    ) -> Option<FundPoints> {
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
}
