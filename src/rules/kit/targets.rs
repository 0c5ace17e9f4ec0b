//! Targets that leave open what is meant, and results that are copies of their targets.

use rust_decimal::Decimal;

use super::texts::{FoldedText, Word, words};
use super::{reasons, words};
use crate::model::Field;
use crate::model::measure::{Comparator, Dimension, Measure, MeasureKind, normalise};
use crate::rules::RuleContext;

/// Words that leave open how much is meant.
const HEDGES: [Word; 14] = words![
    "基本达成",
    "基本完成",
    "基本实现",
    "基本达到",
    "基本落实",
    "基本到位",
    "较好",
    "有一定",
    "一定程度",
    "一定的",
    "一定提升",
    "一定改善",
    "一定效果",
    "一定作用",
];

/// Returns whether the target of a row leaves open how much is meant; `folded` is the same text without white space.
pub fn is_hedged(text: &str, folded: &FoldedText<'_>) -> bool {
    says_hedge(folded) && {
        let measure = Measure::parse(text);
        !measure.has_figures() && !matches!(measure.kind, MeasureKind::Scale { .. })
    }
}

fn says_hedge(text: &FoldedText<'_>) -> bool {
    if matches!(text.as_str(), "一定" | "基本") {
        return true;
    }
    // A printed scale (较好、一般、较差) names its steps; it does not hedge.
    text.has_any(&HEDGES) && !(text.contains("较差") || text.contains("一般"))
}

/// Fewer rows may well agree.
const FEWEST_COPIED: usize = 5;

/// Returns the rows with both values, if each actual is its target's text and one at least could hardly be a result:
/// a sign, a deadline or a description taken over, or a rate below the whole met to the point. The row that shows it
/// comes first.
pub fn copied_rows<'a>(context: &RuleContext<'a>) -> Option<Vec<(usize, &'a Field<String>)>> {
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
    let tell_tale = tell_tale.filter(|_| rows.len() >= FEWEST_COPIED)?;
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
