//! The one fixed layout: the form of 财预〔2020〕10号 附件1 from title to notes, whatever form came in.
//!
//! Declared values go in as declared; beside them stand only the columns 复算得分 and 差异标记.

use super::columns::{Column, across, block};
use super::indicators::put_indicators;
use super::kept;
use super::plan::{Role, SheetPlan, text_content};
use super::rescored::{content, derivation};
use super::wording::{FormWording, form_wording};
use crate::model::{Evaluation, Field, FieldPath, FundField, FundRow, Grade, HeadingField, RescoredRow, RescoredRows};
use crate::report::TableReport;
use crate::write::kit::number_format::CellContent;

/// Longest wording of a grade that is kept; anything longer is a line of boxes or a sentence.
const MOST_GRADE_CHARS: usize = 4;

/// Plans the form of one table, without findings and annex.
pub fn plan_form(table: &TableReport) -> SheetPlan {
    let mut plan = SheetPlan::default();
    let evaluation = &table.evaluation;
    let rescored = table.rescoring.by_row(evaluation);
    let wording = form_wording(table.kind);
    put_heading(&mut plan, evaluation, &wording);
    put_funds(&mut plan, evaluation, &rescored, &wording);
    put_goals(&mut plan, evaluation, &wording);
    put_indicators(&mut plan, evaluation, &rescored, &wording);
    let total = plan.next_row;
    put_total(&mut plan, table);
    put_grade(&mut plan, table);
    plan.total_rows = total..plan.next_row;
    put_signatures(&mut plan, evaluation);
    put_notes(&mut plan, evaluation);
    kept::put_kept_rows(&mut plan, evaluation);
    plan
}

fn put_heading(plan: &mut SheetPlan, evaluation: &Evaluation, wording: &FormWording) {
    let row = plan.take_row();
    let range = across(row, Column::Block, Column::Reason);
    plan.put_text(range, Role::Title, FieldPath::TITLE, evaluation.title.as_ref());

    let row = plan.take_row();
    let year = evaluation.year.as_ref();
    let line = year.map_or(CellContent::Blank, |year| {
        CellContent::Text(format!("（{}年度）", year.value))
    });
    let range = across(row, Column::Block, Column::Reason);
    plan.put_declared(range, Role::Year, FieldPath::YEAR, year.map(|year| year.cell), line);

    let row = plan.take_row();
    plan.put_label(across(row, Column::Block, Column::Level1), Role::Label, wording.project);
    let range = across(row, Column::Level2, Column::Reason);
    plan.put_text(
        range,
        Role::Text,
        FieldPath::heading(HeadingField::ProjectName),
        evaluation.project_name.as_ref(),
    );

    let row = plan.take_row();
    plan.put_label(
        across(row, Column::Block, Column::Level1),
        Role::Label,
        wording.department,
    );
    let range = across(row, Column::Level2, Column::MeasureUnit);
    plan.put_text(
        range,
        Role::Text,
        FieldPath::heading(HeadingField::Department),
        evaluation.department.as_ref(),
    );
    plan.put_label(across(row, Column::Actual, Column::Actual), Role::Label, wording.unit);
    let range = across(row, Column::Weight, Column::Reason);
    plan.put_text(
        range,
        Role::Text,
        FieldPath::heading(HeadingField::ImplementingUnit),
        evaluation.implementing_unit.as_ref(),
    );
}

fn put_funds(plan: &mut SheetPlan, evaluation: &Evaluation, rescored: &RescoredRows, wording: &FormWording) {
    let header = plan.take_row();
    for (from, to, text) in [
        (Column::Level1, Column::Level2, ""),
        (Column::Level3, Column::Level3, "年初预算数"),
        (Column::Operator, Column::Target, wording.annual_budget),
        (Column::MeasureUnit, Column::Actual, wording.executed),
        (Column::Weight, Column::Weight, "分值"),
        (Column::Score, Column::Score, wording.execution_rate),
        (Column::ReviewScore, Column::ReviewScore, "得分"),
        (Column::Rescored, Column::Rescored, Column::Rescored.header(wording)),
        (Column::Mark, Column::Mark, Column::Mark.header(wording)),
        (Column::Reason, Column::Reason, "原因"),
    ] {
        plan.put_label(across(header, from, to), Role::Label, text);
    }
    for (index, fund) in evaluation.funds.iter().enumerate() {
        put_fund(plan, index, fund, rescored);
    }
    if evaluation.funds.is_empty() {
        put_fund(plan, 0, &FundRow::new(crate::model::FundSource::Total), rescored);
    }
    let label = match evaluation.money_unit {
        Some(unit) => format!("{}（{}）", wording.funds, unit.title()),
        None => wording.funds.to_owned(),
    };
    let range = block(header, plan.next_row - 1, Column::Block, Column::Block);
    plan.bind(FieldPath::MONEY_UNIT, None, range.first);
    plan.put_label(range, Role::Label, &label);
}

fn put_fund(plan: &mut SheetPlan, index: usize, fund: &FundRow, rescored: &RescoredRows) {
    let row = plan.take_row();
    let path = |field| FieldPath::fund(index, field);
    let label = across(row, Column::Level1, Column::Level2);
    plan.bind(FieldPath::fund_row(index), None, label.first);
    plan.put_text(label, Role::Text, path(FundField::Label), fund.label.as_ref());
    for (from, to, name, field) in [
        (
            Column::Level3,
            Column::Level3,
            FundField::InitialBudget,
            &fund.initial_budget,
        ),
        (
            Column::Operator,
            Column::Target,
            FundField::AnnualBudget,
            &fund.annual_budget,
        ),
        (Column::MeasureUnit, Column::Actual, FundField::Executed, &fund.executed),
        (Column::Weight, Column::Weight, FundField::Weight, &fund.weight),
        (Column::ReviewScore, Column::ReviewScore, FundField::Score, &fund.score),
    ] {
        plan.put_number(across(row, from, to), path(name), field.as_ref());
    }
    let range = across(row, Column::Score, Column::Score);
    plan.put_rate(range, path(FundField::ExecutionRate), fund.execution_rate.as_ref());
    let item = rescored.get(RescoredRow::Fund(index));
    plan.put_rescored(row, content(item), derivation(item));
    let range = across(row, Column::Reason, Column::Reason);
    plan.put_text(range, Role::Text, path(FundField::Reason), fund.reason.as_ref());
}

fn put_goals(plan: &mut SheetPlan, evaluation: &Evaluation, wording: &FormWording) {
    let header = plan.take_row();
    plan.put_label(
        across(header, Column::Level1, Column::MeasureUnit),
        Role::Label,
        wording.expected,
    );
    plan.put_label(
        across(header, Column::Actual, Column::Reason),
        Role::Label,
        wording.actual_goal,
    );
    // The form always has a row for goals, so an empty one stands in for none.
    for index in 0..evaluation.goals.len().max(1) {
        let goal = evaluation.goals.get(index);
        let row = plan.take_row();
        let range = across(row, Column::Level1, Column::MeasureUnit);
        plan.bind(FieldPath::goal(index), None, range.first);
        let expected = goal.and_then(|goal| goal.expected.as_ref());
        plan.put_text(range, Role::Text, FieldPath::goal_expected(index), expected);
        let range = across(row, Column::Actual, Column::Reason);
        let actual = goal.and_then(|goal| goal.actual.as_ref());
        plan.put_text(range, Role::Text, FieldPath::goal_actual(index), actual);
    }
    let range = block(header, plan.next_row - 1, Column::Block, Column::Block);
    plan.put_label(range, Role::Label, wording.goals);
}

/// A table without a 总分 row gets none: an empty one would say that the unit left it empty.
fn put_total(plan: &mut SheetPlan, table: &TableReport) {
    let Some(total) = &table.evaluation.total else { return };
    let row = plan.take_row();
    plan.put_label(across(row, Column::Block, Column::Actual), Role::Label, "总分");
    let weight = across(row, Column::Weight, Column::Weight);
    plan.put_number(weight, FieldPath::TOTAL_WEIGHT, total.weight.as_ref());
    let score = across(row, Column::Score, Column::Score);
    plan.put_number(score, FieldPath::TOTAL_SCORE, total.score.as_ref());
    plan.bind(FieldPath::TOTAL, None, score.first);
    plan.put_label(across(row, Column::ReviewScore, Column::ReviewScore), Role::Figure, "");
    let rescoring = &table.rescoring;
    let rescored = rescoring.rescored_total;
    let differs = rescored.is_some() && rescored != rescoring.declared_total;
    // A bare figure is certain; what counts scores as declared says so, and what is missing says why.
    let content = match rescored {
        Some(total) if rescoring.undecided == 0 => CellContent::computed_number(total),
        _ => CellContent::Text(rescoring.rescored_total_text()),
    };
    plan.put_rescored(row, content, differs.then_some(""));
    plan.put_label(across(row, Column::Reason, Column::Reason), Role::Text, "");
}

fn put_grade(plan: &mut SheetPlan, table: &TableReport) {
    let row = plan.take_row();
    let grade = table.evaluation.grade.as_ref();
    plan.put_label(across(row, Column::Block, Column::Actual), Role::Label, "评价等次");
    let range = across(row, Column::Weight, Column::ReviewScore);
    let content = grade.map_or(CellContent::Blank, |grade| CellContent::Text(grade_wording(grade)));
    plan.put_declared(
        range,
        Role::Figure,
        FieldPath::GRADE,
        grade.map(|grade| grade.cell),
        content,
    );
    let rescored = table.rescoring.rescored_grade;
    let differs = rescored.is_some() && rescored != table.rescoring.declared_grade;
    let content = if rescored.is_some() || table.rescoring.grade_is_open {
        CellContent::Text(table.rescoring.rescored_grade_text().to_owned())
    } else {
        CellContent::Blank
    };
    plan.put_rescored(row, content, differs.then_some(""));
    plan.put_label(across(row, Column::Reason, Column::Reason), Role::Text, "");
}

/// Returns the grade in its declared wording (优秀, 合格 …), or by its name where the cell holds a line of boxes.
fn grade_wording(grade: &Field<Grade>) -> String {
    let text = grade.text.trim();
    let is_word = !text.is_empty()
        && text.chars().count() <= MOST_GRADE_CHARS
        && text
            .chars()
            .all(|character| character.is_alphabetic() && !"口囗".contains(character));
    if is_word {
        text.to_owned()
    } else {
        grade.value.title().to_owned()
    }
}

fn put_signatures(plan: &mut SheetPlan, evaluation: &Evaluation) {
    for (pair_index, pair) in evaluation.signatures.chunks(2).enumerate() {
        let row = plan.take_row();
        let places = [
            (Column::Block, Column::Level1, Column::Level2, Column::Target),
            (Column::MeasureUnit, Column::Actual, Column::Weight, Column::Reason),
        ];
        for (offset, (label_from, label_to, from, to)) in places.into_iter().enumerate() {
            let index = pair_index * 2 + offset;
            let signature = pair.get(offset);
            let label = signature.map_or(CellContent::Blank, |signature| {
                let name = signature.label.trim_end_matches([':', '：']);
                CellContent::Text(crate::write::kit::cell_text::for_cell(&format!("{name}："), None))
            });
            let role = if signature.is_some() { Role::Label } else { Role::Text };
            plan.put(across(row, label_from, label_to), role, label);
            let range = across(row, from, to);
            let value = signature.and_then(|signature| signature.value.as_ref());
            if signature.is_some() {
                plan.bind(FieldPath::signature_line(index), None, range.first);
                plan.put_text(range, Role::Text, FieldPath::signature(index), value);
            } else {
                plan.put_label(range, Role::Text, "");
            }
        }
    }
}

fn put_notes(plan: &mut SheetPlan, evaluation: &Evaluation) {
    for (index, note) in evaluation.notes.iter().enumerate() {
        let row = plan.take_row();
        let range = across(row, Column::Block, Column::Reason);
        let content = text_content(&note.value, note.cell);
        plan.put_declared(range, Role::Text, FieldPath::note(index), Some(note.cell), content);
    }
}
