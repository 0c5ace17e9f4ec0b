//! Above the indicators: title, year and names, how the money was managed, the goals.

use super::{FormPlan, INPUT_ROW, LAST, across, at, block};
use crate::write::blank_form::content::Content;
use crate::write::blank_form::wording::{BlankFormWording, HeadingSlot};
use crate::write::normalized::plan::Role;

/// Height of a row for a goal, in points.
const GOAL_ROW: f64 = 72.0;
/// The same below how the money was managed: all of it fills the form's first page.
const GOAL_ROW_BELOW_MANAGEMENT: f64 = 50.0;

impl FormPlan {
    pub(super) fn put_heading(&mut self, wording: &BlankFormWording, content: &Content<'_>) {
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

    pub(super) fn put_management(&mut self, wording: &BlankFormWording) {
        if wording.management.is_empty() {
            return;
        }
        let header = self.take_row(INPUT_ROW);
        self.label(across(header, at::LEVEL1, at::LEVEL3), "");
        self.label(across(header, at::OPERATOR, at::ACTUAL), "情况说明");
        self.label(across(header, at::WEIGHT, LAST), "存在问题和改进措施");
        for subject in wording.management {
            let row = self.take_row(INPUT_ROW);
            self.label(across(row, at::LEVEL1, at::LEVEL3), subject);
            self.input_text(across(row, at::OPERATOR, at::ACTUAL));
            self.input_text(across(row, at::WEIGHT, LAST));
        }
        self.label(
            block(header, self.sheet.next_row - 1, at::BLOCK, at::BLOCK),
            "资金管理情况",
        );
    }

    pub(super) fn put_goals(&mut self, wording: &BlankFormWording, content: &Content<'_>) {
        let header = self.take_row(INPUT_ROW);
        self.label(across(header, at::LEVEL1, at::MEASURE_UNIT), wording.form.expected);
        self.label(across(header, at::ACTUAL, LAST), wording.form.actual_goal);
        let height = if wording.management.is_empty() {
            GOAL_ROW
        } else {
            GOAL_ROW_BELOW_MANAGEMENT
        };
        for goal in &content.goals {
            let row = self.take_row(height);
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
}
