//! D25: the points were written into the columns of values.

use crate::model::measure::Measure;
use crate::model::{Field, Indicator};
use crate::rescore::Assessment;
use crate::rules::{Finding, Findings, RuleContext};
use rust_decimal::Decimal;

rule! { "D25", "points-as-values", "把分值、得分填进了指标值、完成值", Error, Reading }

/// Fewer rows may well agree by chance.
const FEWEST_ROWS: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    let claiming = || {
        context
            .indicators()
            .filter(|(_, row)| row.weight.is_some() && row.target.is_some() && row.actual.is_some())
    };
    let rows: Vec<&Indicator> = claiming()
        .filter(|(at, row)| {
            context
                .assessment(*at)
                .is_some_and(|read| repeats_its_points(row, read))
        })
        .map(|(_, row)| row)
        .collect();
    // A few rows among others are targets of their own that look alike.
    if rows.len() < FEWEST_ROWS || rows.len().saturating_mul(2) <= claiming().count() {
        return;
    }
    let cells: Vec<_> = rows
        .iter()
        .flat_map(|row| [&row.target, &row.actual])
        .flatten()
        .map(|field| field.cell)
        .collect();
    let Some((&first, others)) = cells.split_first() else {
        return;
    };
    cells.iter().for_each(|cell| findings.condemn(*cell));
    findings.report(
        Finding::new(
            first,
            format!(
                "指标值和完成值应填目标和完成的数量；自 {first} 起 {} 项指标的指标值、完成值就是该行的分值、得分。",
                rows.len()
            ),
            "按批复的绩效目标填写指标值，按实际完成情况填写完成值。",
        )
        .basis(&context.standard.clauses.targets)
        .related(others.iter().copied()),
    );
}

/// Returns whether the target is the weight as a bare figure, and the actual the weight or the score.
fn repeats_its_points(indicator: &Indicator, read: &Assessment) -> bool {
    let Some(weight) = &indicator.weight else {
        return false;
    };
    let score = indicator.score.as_ref().map(|score| score.value);
    let is_weight = |points: Decimal| points == weight.value;
    let is_given = |points: Decimal| is_weight(points) || Some(points) == score;
    points(indicator.target.as_ref(), &read.target).is_some_and(is_weight)
        && points(indicator.actual.as_ref(), &read.actual).is_some_and(is_given)
}

/// Returns a bare number, one of 分, or one that a cell formatted for percents shows as 1000%.
fn points(field: Option<&Field<String>>, measure: &Measure) -> Option<Decimal> {
    let text = &field?.value;
    // Most targets say at least or at most how much, and are no bare number.
    if text.starts_with(['≥', '≤']) {
        return None;
    }
    let quantity = measure.quantity().filter(|_| measure.comparator.is_none())?;
    if quantity.unit.is_none() || quantity.unit.text() == "分" {
        return quantity.scaled();
    }
    quantity
        .base()
        .filter(|ratio| quantity.unit.text() == "%" && *ratio > Decimal::ONE)
        .map(|ratio| ratio.normalize())
}
