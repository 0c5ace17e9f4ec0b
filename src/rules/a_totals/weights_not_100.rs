//! A17: the weights do not make the full mark, and nothing else says why.

use rust_decimal::Decimal;

use crate::model::{Indicator, IndicatorField};
use crate::rules::kit::weight_blocks;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A17", "weights-not-100", "分值合计不是 100 分", Error, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sum) = context.sum_of_weights() else { return };
    if findings.are_weights_explained() || context.has_condemned_weight(findings) {
        return;
    }
    // Rows with points and no place for a weight belong to a part whose weights are not written.
    let lacks_place = |(row, indicator): (usize, &Indicator)| {
        indicator.score.is_some()
            && indicator.weight.is_none()
            && context.indicator_cell(row, IndicatorField::Weight).is_none()
    };
    if context.indicators().any(lacks_place) {
        return;
    }
    let full = context.full_marks();
    let execution = context.execution_weight();
    let sums: Vec<Decimal> = [Some(sum), execution.map(|weight| sum + weight)]
        .into_iter()
        .flatten()
        .collect();
    let fits = |sum: Decimal| (sum - full).abs() <= context.standard.tolerance.weight;
    if sums.iter().any(|&sum| fits(sum)) || are_shares(context, sum) || (sum < full && context.may_have_unread_points())
    {
        return;
    }
    let total = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.weight.as_ref())
        .map(|weight| weight.cell);
    let header = context
        .table
        .places
        .indicator_headers
        .get(&IndicatorField::Weight)
        .copied();
    let Some(cell) = total.or(header) else { return };
    let counted = context.weight_sums(sum).first().copied().unwrap_or(sum);
    let count = context.evaluation().indicators.len();
    let rows = context.weighed_rows();
    let suspect = weight_blocks::suspect(context, findings, &rows, counted - full);
    if let Some(suspect) = suspect {
        findings.doubt_weight(suspect.row);
    }
    let with_execution = match execution {
        Some(weight) => format!("，加预算执行率 {} 为 {}，都", plain(weight), plain(sum + weight)),
        None => "，".to_owned(),
    };
    let printed = if total.is_some() {
        format!("总分值在 {cell}。")
    } else {
        format!("分值栏在 {cell}。")
    };
    let finding = Finding::new(
        cell,
        format!(
            "各项分值合计应是 {} 分；{} 项指标分值合计 {}{with_execution}不是 {}。{printed}{}",
            plain(full),
            count,
            plain(sum),
            plain(full),
            weight_blocks::hint(context, suspect)
        ),
        format!("按批复的权重核对各项分值，使合计为 {} 分。", plain(full)),
    )
    .basis(&context.standard.clauses.weights)
    .figures(counted, full)
    .related(suspect.map(|suspect| suspect.cell));
    findings.report(if total.is_some() {
        finding.field("total.weight")
    } else {
        finding
    });
}

/// Weights written as shares of the whole (20 %, 30 % …) make one.
fn are_shares(context: &RuleContext, sum: Decimal) -> bool {
    (sum - Decimal::ONE).abs() <= Decimal::new(1, 4)
        && context
            .indicators()
            .filter_map(|(_, indicator)| indicator.weight.as_ref())
            .all(|weight| weight.text.contains(['%', '％']))
}
