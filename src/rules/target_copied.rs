//! D16: every completed value of a table is its target, copied word for word, signs and all.

use rust_decimal::Decimal;

use super::{Finding, Findings, Rule, RuleContext, Stage, reasons, words};
use crate::model::measure::{Comparator, Dimension, Measure, MeasureKind, normalise};
use crate::model::{Field, Severity};

/// D16.
pub const RULE: Rule = Rule {
    code: "D16",
    slug: "target-copied",
    title: "完成值逐项照抄指标值",
    severity: Severity::Info,
    stage: Stage::MissingValues,
    page: include_str!("target-copied.md"),
    check,
};

/// Fewer rows may well agree.
const FEWEST: usize = 5;

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(rows) = copied_rows(context) else { return };
    let Some((row, actual)) = rows
        .iter()
        .copied()
        .find(|(_, actual)| !findings.is_explained(actual.cell))
    else {
        return;
    };
    let mut cells: Vec<_> = rows.iter().map(|(_, actual)| actual.cell).collect();
    cells.sort();
    findings.report(
        Finding::new(
            actual.cell,
            format!(
                "完成值应填实际结果；本表 {} 项指标的完成值（{}）与指标值一字不差，如{}都是“{}”，分不清是完成情况还是照抄目标。",
                rows.len(),
                words::span(&cells),
                context.name(row),
                words::shortened(&actual.text)
            ),
            "逐项改填实际完成的数量、比率和日期；确实正好达到的保留不变。",
        )
        .field(format!("indicators[{row}].actual"))
        .declared(words::shortened(&actual.text))
        .basis(&context.standard.clauses.targets)
        .related(cells.iter().copied()),
    );
}

/// The rows with both values, if each actual is its target's text and one at least could hardly be a result:
/// a sign, a deadline or a description taken over, or a rate below the whole met to the point. The row that shows it
/// comes first.
pub(super) fn copied_rows<'a>(context: &RuleContext<'a>) -> Option<Vec<(usize, &'a Field<String>)>> {
    let mut rows = Vec::new();
    let mut tell_tale = None;
    for (row, indicator) in context.indicators() {
        let (target, actual) = (indicator.target.as_ref(), indicator.actual.as_ref());
        let (Some(target), Some(actual)) = (words::given(target).and(target), words::given(actual).and(actual)) else {
            continue;
        };
        // Whoever takes off points has looked at the results.
        let is_deducted = reasons::lost(indicator).is_some_and(|lost| lost > context.standard.tolerance.score);
        if is_deducted || normalise(&target.value) != normalise(&actual.value) {
            return None;
        }
        let assessment = context.assessment(row)?;
        if tell_tale.is_none() && is_hardly_a_result(&assessment.actual) {
            tell_tale = Some(rows.len());
        }
        rows.push((row, actual));
    }
    let tell_tale = tell_tale.filter(|_| rows.len() >= FEWEST)?;
    if let Some(first) = rows.get_mut(..=tell_tale) {
        first.rotate_right(1);
    }
    Some(rows)
}

fn is_hardly_a_result(measure: &Measure) -> bool {
    if measure.comparator.is_some_and(|sign| sign != Comparator::Equal) {
        return true;
    }
    match &measure.kind {
        MeasureKind::Date(_) => false,
        MeasureKind::Quantity(quantity) => {
            quantity.unit.dimension() == Dimension::Ratio
                && quantity
                    .base()
                    .is_some_and(|ratio| ratio > Decimal::ZERO && ratio < Decimal::ONE)
        }
        MeasureKind::Text(_) => !measure.has_figures(),
        _ => false,
    }
}
