//! A02: the printed total weight is not the sum of the weights.

use rust_decimal::Decimal;

use crate::model::ExecutionScorePlace;
use crate::rules::kit::weight_blocks::{self, Level};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A02", "total-weight-mismatch", "总分值与各项分值之和不符", Error, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(total) = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.weight.as_ref())
    else {
        return;
    };
    let Some(sum) = context.sum_of_weights() else { return };
    if findings.is_condemned(total.cell) || context.has_condemned_weight(findings) {
        return;
    }
    // The fund row counts, and nobody wrote how much: what the total has beyond the indicators is its weight.
    let is_weight_unknown =
        context.rescoring.execution_score == ExecutionScorePlace::Inside && context.execution_weight().is_none();
    if total.value > sum && (is_weight_unknown || context.may_have_unread_points()) {
        return;
    }
    let fits = |sum: Decimal| {
        context
            .weight_sums(sum)
            .iter()
            .any(|sum| (total.value - sum).abs() <= context.standard.tolerance.weight)
    };
    let off = |level: Level| -> Decimal {
        weight_blocks::broken(context, findings, level)
            .iter()
            .map(|block| block.excess)
            .sum()
    };
    // A level whose rows are off by the same points is the nearer place.
    if fits(sum) || fits(sum - off(Level::One)) || fits(sum - off(Level::Two)) {
        return;
    }
    let expected = context.weight_sums(sum).first().copied().unwrap_or(sum);
    let excess = expected - total.value;
    let count = context.evaluation().indicators.len();
    let rows = context.weighed_rows();
    // Only a printed full mark can be right against its rows.
    let is_full = (total.value - context.full_marks()).abs() <= context.standard.tolerance.weight;
    let suspect = if is_full {
        weight_blocks::suspect(context, findings, &rows, excess)
    } else {
        None
    };
    if let Some(suspect) = suspect {
        findings.doubt_weight(suspect.row);
    }
    findings.explain_weights();
    let parts = if expected == sum {
        format!("{} 项分值合计 {}", count, plain(sum))
    } else {
        format!(
            "{} 项分值合计 {}，加预算执行率 {}，共 {}",
            count,
            plain(sum),
            plain(expected - sum),
            plain(expected)
        )
    };
    findings.report(
        Finding::new(
            total.cell,
            format!(
                "总分值应等于各项分值之和；{parts}，{} 填的是 {}，相差 {}。{}",
                total.cell,
                plain(total.value),
                plain(excess.abs()),
                weight_blocks::hint(context, suspect)
            ),
            match suspect {
                Some(suspect) => format!("核对 {}，如系填错改为 {}。", suspect.cell, plain(suspect.supposed)),
                None if is_full => format!(
                    "满分是 {}，核对各项分值，共调{} {}。",
                    plain(total.value),
                    if excess > Decimal::ZERO { "减" } else { "增" },
                    plain(excess.abs())
                ),
                None => format!("核对各项分值；分值无误的，把 {} 改为 {}。", total.cell, plain(expected)),
            },
        )
        .field("total.weight")
        .figures(total.value, expected)
        .related(suspect.map(|suspect| suspect.cell)),
    );
}
