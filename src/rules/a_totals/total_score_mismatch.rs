//! A01: the printed total is not the sum of the scores.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{ExecutionScorePlace, FundField, IndicatorField, RescoredRow};
use crate::rules::kit::{total_readings, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::sentence;
use crate::text::sentence::say_all;

rule! { "A01", "total-score-mismatch", "总分与各项得分之和不符", Error, TotalScore }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(total) = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.score.as_ref())
    else {
        return;
    };
    let Some(sum) = context.rescoring.sum_of_scores else {
        return;
    };
    let tolerance = context.standard.tolerance.score;
    if findings.is_condemned(total.cell) || (total.value - sum).abs() <= tolerance {
        return;
    }
    // A row that another finding has condemned may hold the score that makes the total right.
    if let Some((least, greatest)) = possible_sums(context, findings, sum)
        && least - tolerance <= total.value
        && total.value <= greatest + tolerance
    {
        return;
    }
    if total.value > sum && context.may_have_unread_points() {
        return;
    }
    if is_total_of_indicators(context, total.value) {
        return;
    }
    let readings = total_readings::explain(context, total.value, sum);
    let word = if total.value > sum { "多" } else { "少" };
    let way_out = if readings.is_explained {
        "按上面的原因核对后"
    } else {
        "核对各项得分；得分无误的，"
    };
    findings.report(
        Finding::new(
            total.cell,
            sentence![
                "总分应等于各项得分之和；",
                how_the_sum_is_made(context, sum),
                "，",
                total.cell,
                " 填的是 ",
                total.value,
                "，",
                word,
                ' ',
                (total.value - sum).abs(),
                "。",
                readings.text,
                other_grade(context, total.value, sum),
            ],
            sentence![way_out, "把 ", total.cell, " 改为 ", sum, "。"],
        )
        .field("total.score")
        .figures(total.value, sum)
        .basis(&context.standard.clauses.total)
        .related(readings.cells),
    );
}

/// Returns what to add where the two totals belong to different grades.
fn other_grade(context: &RuleContext, printed: Decimal, sum: Decimal) -> String {
    let grades = context.standard.grade_of(printed).zip(context.standard.grade_of(sum));
    grades
        .filter(|(printed, summed)| printed != summed)
        .map_or_else(String::new, |(by_printed, by_sum)| {
            sentence![
                "两个总分不在同一等次：",
                printed,
                " 为“",
                by_printed.title(),
                "”，",
                sum,
                " 为“",
                by_sum.title(),
                "”，应优先核对。",
            ]
        })
}

/// Returns whether the printed totals, weight and score alike, are those of the indicators alone: the fund block's
/// points are then added elsewhere, or not at all.
fn is_total_of_indicators(context: &RuleContext, total: Decimal) -> bool {
    let evaluation = context.evaluation();
    let printed = evaluation.total.as_ref().and_then(|total| total.weight.as_ref());
    let (Some(printed), Some(weights)) = (printed, context.sum_of_weights()) else {
        return false;
    };
    let scores = evaluation.indicators.iter().filter_map(|row| row.score.as_ref());
    let scores = scores.fold(Decimal::ZERO, |sum, score| sum.saturating_add(score.value));
    context.rescoring.execution_score == ExecutionScorePlace::Inside
        && (printed.value - weights).abs() <= context.standard.tolerance.weight
        && (total - scores).abs() <= context.standard.tolerance.score
}

/// Between what sums the total may lie if each condemned or missing score is what it should be.
fn possible_sums(context: &RuleContext, findings: &Findings, sum: Decimal) -> Option<(Decimal, Decimal)> {
    let tolerance = context.standard.tolerance.score;
    let (mut least, mut greatest, mut any) = (sum, sum, false);
    let is_explained = |cell: Option<CellAddress>| cell.is_some_and(|cell| findings.is_explained(cell));
    let mut widen = |declared: Decimal, range: (Decimal, Decimal)| {
        least += range.0 - declared;
        greatest += range.1 - declared;
        any = true;
    };
    for (row, indicator) in context.indicators() {
        let weight = indicator.weight.as_ref().map_or(Decimal::ZERO, |weight| weight.value);
        match &indicator.score {
            Some(score) => {
                if let Some((least, greatest)) = findings.possible_score(RescoredRow::Indicator(row)) {
                    // Whoever gave a reason meant a deduction, so that the full weight was never counted.
                    let is_deduction = context.has_written_reason(row) && greatest >= weight && least < greatest;
                    let below_full = if is_deduction {
                        weight - tolerance - tolerance
                    } else {
                        greatest
                    };
                    widen(score.value, (least, below_full));
                }
            }
            None if is_explained(context.indicator_cell(row, IndicatorField::Score)) => {
                widen(Decimal::ZERO, (Decimal::ZERO, weight));
            }
            None => {}
        }
    }
    if context.rescoring.execution_score == ExecutionScorePlace::Inside
        && let Some((row, fund)) = context.execution_row()
    {
        let weight = fund.weight.as_ref().map_or(Decimal::ZERO, |weight| weight.value);
        match &fund.score {
            Some(score) => {
                if let Some(range) = findings.possible_score(RescoredRow::Fund(row)) {
                    widen(score.value, range);
                }
            }
            None if is_explained(context.fund_cell(row, FundField::Score)) => {
                widen(Decimal::ZERO, (Decimal::ZERO, weight));
            }
            None => {}
        }
    }
    any.then_some((least, greatest))
}

/// "17 项得分相加为 94（满分 100，扣 3 处各 2 分：G15、G22、G25）".
fn how_the_sum_is_made(context: &RuleContext, sum: Decimal) -> String {
    let scores = context
        .evaluation()
        .indicators
        .iter()
        .filter(|indicator| indicator.score.is_some())
        .count();
    let execution = match context.rescoring.execution_score {
        ExecutionScorePlace::Inside => context.execution_row().and_then(|(_, fund)| fund.score.as_ref()),
        ExecutionScorePlace::Outside | ExecutionScorePlace::Absent => None,
    };
    let with = execution.map_or_else(String::new, |score| {
        sentence!["加预算执行率得分 ", score.value, "（", score.cell, "）"]
    });
    let mut text = sentence![scores, " 项指标得分", with, "相加为 ", sum];
    let deductions = total_readings::deductions(context);
    let deducted: Decimal = deductions.iter().map(|points| points.1).sum();
    let full = context.full_marks();
    if execution.is_none() && !deductions.is_empty() && full - deducted == sum {
        let cells: Vec<_> = deductions.iter().map(|points| points.0).collect();
        let first = deductions.first().map(|points| points.1).unwrap_or_default();
        let how = if deductions.len() > 1 && deductions.iter().all(|points| points.1 == first) {
            sentence!["扣 ", deductions.len(), " 处各 ", first, " 分"]
        } else {
            sentence!["扣 ", deductions.len(), " 处共 ", deducted, " 分"]
        };
        say_all(
            &mut text,
            &[&"（满分 ", &full, &"，", &how, &"：", &words::cells(&cells), &"）"],
        );
    }
    text
}
