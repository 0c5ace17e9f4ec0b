//! A08: the printed total counts every 小计 beside the rows it closes.

use rust_decimal::Decimal;

use crate::model::{Field, Subtotal};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A08", "subtotal-in-total", "总分把小计又加了一遍", Error, LevelWeights }

fn check(context: &RuleContext, findings: &mut Findings) {
    let evaluation = context.evaluation();
    let Some(total) = &evaluation.total else { return };
    let weights = context
        .sum_of_weights()
        .map(|sum| context.weight_sums(sum))
        .unwrap_or_default();
    let scores: Vec<Decimal> = context.rescoring.sum_of_scores.into_iter().collect();
    let tolerance = &context.standard.tolerance;
    let of_weights = Summed {
        field: "total.weight",
        total: total.weight.as_ref(),
        sums: &weights,
        tolerance: tolerance.weight,
        of_subtotal: |subtotal| subtotal.weight.as_ref(),
    };
    let of_scores = Summed {
        field: "total.score",
        total: total.score.as_ref(),
        sums: &scores,
        tolerance: tolerance.score,
        of_subtotal: |subtotal| subtotal.score.as_ref(),
    };
    for summed in [of_weights, of_scores] {
        report(context, findings, &summed);
    }
}

/// A printed total and what it may be made of.
struct Summed<'a> {
    field: &'static str,
    total: Option<&'a Field<Decimal>>,
    /// The sums that are right.
    sums: &'a [Decimal],
    tolerance: Decimal,
    of_subtotal: fn(&Subtotal) -> Option<&Field<Decimal>>,
}

fn report(context: &RuleContext, findings: &mut Findings, summed: &Summed<'_>) {
    let (Some(total), Some(&sum)) = (summed.total, summed.sums.first()) else {
        return;
    };
    let subtotals: Vec<&Field<Decimal>> = context
        .evaluation()
        .subtotals
        .iter()
        .filter_map(summed.of_subtotal)
        .filter(|field| !field.value.is_zero())
        .collect();
    let added = subtotals
        .iter()
        .try_fold(Decimal::ZERO, |sum, field| sum.checked_add(field.value));
    let Some(added) = added.filter(|added| !added.is_zero()) else {
        return;
    };
    let is_near = |one: Decimal, other: Decimal| one.saturating_sub(other).abs() <= summed.tolerance;
    let is_right = summed.sums.iter().any(|sum| is_near(*sum, total.value));
    if is_right || findings.is_condemned(total.cell) || !is_near(sum.saturating_add(added), total.value) {
        return;
    }
    let cells: Vec<_> = subtotals.iter().map(|field| field.cell).collect();
    findings.condemn(total.cell);
    findings.report(
        Finding::new(
            total.cell,
            format!(
                "小计已经是各行之和，不再计入总分；{} 填的是 {}，正好是各行合计 {} 再加小计 {}（{}）。",
                total.cell,
                plain(total.value),
                plain(sum),
                plain(added),
                words::cells(&cells)
            ),
            format!("把 {} 改为 {}；用公式的，公式里不要包括小计。", total.cell, plain(sum)),
        )
        .field(summed.field)
        .figures(total.value, sum)
        .basis(&context.standard.clauses.total)
        .related(cells),
    );
}
