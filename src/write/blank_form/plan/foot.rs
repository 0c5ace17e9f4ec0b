//! Below the indicators: total, grade, remark, signatures.

use super::funds::FundPoints;
use super::{FormPlan, INPUT_ROW, LAST, LimitKind, STATEMENT_ROW, across, at};
use crate::grid::{CellAddress, CellRange};
use crate::standard::Standard;
use crate::write::blank_form::wording::BlankFormWording;
use crate::write::kit::number_format::CellContent;
use crate::write::normalized::plan::Role;

impl FormPlan {
    pub(super) fn put_total(&mut self, scores: CellRange, fund: Option<FundPoints>, standard: &Standard) {
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

    pub(super) fn put_grade(&mut self) {
        let row = self.take_row(INPUT_ROW);
        self.label(across(row, at::BLOCK, at::ACTUAL), "评价等次");
        let grade = across(row, at::WEIGHT, at::SCORE);
        self.figure(grade, None);
        self.limit(grade, LimitKind::Grade);
        self.fixed(across(row, at::REASON, LAST), Role::Text, CellContent::Blank);
    }

    pub(super) fn put_signatures(&mut self, wording: &BlankFormWording) {
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

    pub(super) fn put_remark(&mut self, label: &str) {
        let row = self.take_row(STATEMENT_ROW);
        self.label(across(row, at::BLOCK, at::LEVEL1), label);
        self.input_text(across(row, at::LEVEL2, LAST));
    }
}
