//! Directions that no sign and no column states: what the scoring took for granted, so that a person can object.

use super::{DirectionSource, assess_all};
use crate::grid::CellAddress;
use crate::model::Evaluation;
use crate::standard::Standard;

/// A direction taken for granted, and the indicators that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumedDirection {
    /// What was assumed and why, in Chinese.
    pub message: String,
    /// Cells of the targets, in the table's order.
    pub cells: Vec<CellAddress>,
}

/// Returns what was assumed of indicators whose target is a figure without a sign, in the table's order.
pub fn assumed_directions(evaluation: &Evaluation, standard: &Standard) -> Vec<AssumedDirection> {
    let mut found: Vec<AssumedDirection> = Vec::new();
    for (indicator, assessment) in evaluation.indicators.iter().zip(assess_all(evaluation, standard)) {
        let is_assumed = matches!(
            assessment.direction_source,
            DirectionSource::Word(_) | DirectionSource::Unstated | DirectionSource::Unknown
        );
        let Some(target) = &indicator.target else { continue };
        if !is_assumed || !assessment.target.is_quantitative() {
            continue;
        }
        let message = assessment.direction_source.explain(assessment.direction);
        // There are as many messages as words that tell a direction: a handful.
        match found.iter_mut().find(|known| known.message == message) {
            Some(known) => known.cells.push(target.cell),
            None => found.push(AssumedDirection {
                message,
                cells: vec![target.cell],
            }),
        }
    }
    found
}
