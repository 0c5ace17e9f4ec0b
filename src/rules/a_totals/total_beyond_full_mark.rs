//! A12: the printed total score is beyond what the table can give.

use rust_decimal::Decimal;

use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A12", "total-beyond-full-mark", "总分超过满分", Error, TotalScore }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(total) = context.evaluation().total.as_ref() else {
        return;
    };
    let Some(score) = &total.score else { return };
    let tolerance = context.standard.tolerance.score;
    let (limit, whence) = match &total.weight {
        Some(weight) if weight.value > Decimal::ZERO && weight.cell != score.cell => {
            (weight.value, format!("{} 的总分值", weight.cell))
        }
        _ => (context.full_marks(), "满分".to_owned()),
    };
    if findings.is_condemned(score.cell)
        || score.value.saturating_sub(limit) <= tolerance
        || is_explained(context, findings, score.value)
        || gives_bonus(context)
    {
        return;
    }
    findings.report(
        Finding::new(
            score.cell,
            format!(
                "总分不能超过满分；{} 填的是 {}，{whence}只有 {}。",
                score.cell,
                plain(score.value),
                plain(limit)
            ),
            format!("核对各项得分和 {}，把总分改为实际得分之和。", score.cell),
        )
        .field("total.score")
        .declared(plain(score.value))
        .expected(format!("≤{}", plain(limit)))
        .difference(score.value.saturating_sub(limit))
        .basis(&context.standard.clauses.total)
        .related(total.weight.as_ref().map(|weight| weight.cell)),
    );
}

/// Returns whether a finding about the rows or the weights says it already: the total is not their sum, a row's score
/// is wrong, or the weights go beyond the whole.
fn is_explained(context: &RuleContext, findings: &Findings, printed: Decimal) -> bool {
    let tolerance = context.standard.tolerance.score;
    let is_no_sum = context
        .rescoring
        .sum_of_scores
        .is_some_and(|sum| printed.saturating_sub(sum).abs() > tolerance);
    let scores = context
        .evaluation()
        .indicators
        .iter()
        .filter_map(|row| row.score.as_ref());
    let funds = context.evaluation().funds.iter().filter_map(|row| row.score.as_ref());
    let beyond = context
        .sum_of_weights()
        .is_some_and(|sum| sum.saturating_sub(context.full_marks()) > tolerance);
    is_no_sum
        || beyond
        || findings.are_weights_explained()
        || findings.any_condemned(scores.chain(funds).map(|score| Some(score.cell)))
}

/// Returns whether the table adds points beyond the whole.
fn gives_bonus(context: &RuleContext) -> bool {
    let mut rows = context.evaluation().indicators.iter();
    rows.any(|row| words::is_named_with(row, &["加分", "附加"]))
}
