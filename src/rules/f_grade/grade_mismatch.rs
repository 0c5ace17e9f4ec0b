//! F01: the printed grade is not the grade of the recomputed total.

use rust_decimal::Decimal;

use crate::model::{ExecutionScorePlace, Field, Grade, RescoredRow};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "F01", "grade-mismatch", "评价等次与总分不符", Error, Grade }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(grade) = &context.evaluation().grade else {
        return;
    };
    let Some(total) = context.rescoring.rescored_total else {
        check_printed(context, findings, grade);
        return;
    };
    let Some(due) = context.standard.grade_of(total) else {
        return;
    };
    // Weights that do not make the hundred leave every total open.
    if grade.value == due || findings.is_condemned(grade.cell) || findings.has_found("A17") {
        return;
    }
    // Scores that are missing, or that only look wrong because their weight is, leave the total open.
    let (least, greatest) = open_points(context, findings);
    let is_possible = [total + least, total + greatest]
        .iter()
        .any(|&total| fits(context, grade.value, total))
        || straddles(context, grade.value, total + least, total + greatest);
    if is_possible {
        return;
    }
    let declared_sum = context.rescoring.sum_of_scores.filter(|sum| *sum != total);
    let cause = declared_sum
        .filter(|&sum| fits(context, grade.value, sum))
        .map_or_else(String::new, |sum| {
            format!(
                "照填报的得分相加为 {}，等次是对的；更正得分后等次随之改变。",
                plain(sum)
            )
        });
    let printed = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.score.as_ref());
    let by_printed = printed
        .filter(|printed| cause.is_empty() && printed.value != total && fits(context, grade.value, printed.value))
        .map_or_else(String::new, |printed| {
            format!(
                "等次是按 {} 的总分 {} 定的，而该总分与各项得分不符。",
                printed.cell,
                plain(printed.value)
            )
        });
    findings.report(
        Finding::new(
            grade.cell,
            format!(
                "评价等次应与总分对应；复算总分 {}，复算等次“{}”，{} 填的是“{}”。{cause}{by_printed}",
                plain(total),
                due.title(),
                grade.cell,
                as_written(grade)
            ),
            format!("总分核定后，把 {} 改为“{}”。", grade.cell, due.title()),
        )
        .field("grade")
        .declared(grade.value.title())
        .expected(due.title())
        .basis(&context.standard.clauses.grades)
        .related(printed.map(|printed| printed.cell)),
    );
}

/// Returns a grade as its cell has it, where that is a word and no row of boxes.
fn as_written(grade: &Field<Grade>) -> &str {
    const LONGEST_WORD: usize = 6;
    let text = grade.text.trim();
    match text.chars().count() {
        1..=LONGEST_WORD => text,
        _ => grade.value.title(),
    }
}

fn fits(context: &RuleContext, grade: Grade, total: Decimal) -> bool {
    context.standard.grade_of(total) == Some(grade)
}

/// Returns whether the band of the grade lies between the two totals.
fn straddles(context: &RuleContext, grade: Grade, least: Decimal, greatest: Decimal) -> bool {
    context
        .standard
        .lowest_total(grade)
        .is_some_and(|lowest| least <= lowest && lowest <= greatest)
}

/// By how much the true total may lie below and above the rescored one: scores that could not be read, and scores
/// that rescoring replaced although no rule holds them to be wrong (their weight or their amounts are).
fn open_points(context: &RuleContext, findings: &Findings) -> (Decimal, Decimal) {
    let (mut least, mut greatest) = (Decimal::ZERO, Decimal::ZERO);
    for item in &context.rescoring.items {
        let Some(row) = item.row else { continue };
        let is_counted = match row {
            RescoredRow::Indicator(_) => true,
            RescoredRow::Fund(_) => context.rescoring.execution_score == ExecutionScorePlace::Inside,
        };
        if !is_counted {
            continue;
        }
        match (item.declared, item.rescored) {
            (None, _) if findings.is_explained(item.cell) => {
                greatest += item.weight.filter(|weight| *weight > Decimal::ZERO).unwrap_or_default();
            }
            (Some(declared), Some(rescored)) if findings.possible_score(row).is_none() => {
                least += (declared - rescored).min(Decimal::ZERO);
                greatest += (declared - rescored).max(Decimal::ZERO);
            }
            _ => {}
        }
    }
    (least, greatest)
}

/// The grade against the printed total, where the points themselves give none.
fn check_printed(context: &RuleContext, findings: &mut Findings, grade: &Field<Grade>) {
    let printed = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.score.as_ref());
    let Some((total, due)) = printed.and_then(|total| Some((total, context.standard.grade_of(total.value)?))) else {
        return;
    };
    let is_whole = context.table.other_part.is_none() && total.value <= context.full_marks();
    if grade.value == due || !is_whole || findings.any_condemned([Some(grade.cell), Some(total.cell)]) {
        return;
    }
    findings.report(
        Finding::new(
            grade.cell,
            format!(
                "评价等次应与总分对应；{} 的总分为 {}，复算等次“{}”，{} 填的是“{}”。",
                total.cell,
                plain(total.value),
                due.title(),
                grade.cell,
                grade.value.title()
            ),
            format!("总分核定后，把 {} 改为“{}”。", grade.cell, due.title()),
        )
        .field("grade")
        .declared(grade.value.title())
        .expected(due.title())
        .basis(&context.standard.clauses.grades)
        .related([total.cell]),
    );
}
