//! Signs of targets and what they are about: what the rules on directions share.

use super::words;
use crate::model::measure::{Comparator, Dimension, OperatorWord};
use crate::model::{Field, Indicator};
use crate::rescore::Assessment;

/// Whether the sign asks for at least so much.
pub const fn asks_for_more(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::AtLeast | Comparator::Above)
}

/// Whether the sign allows at most so much.
pub const fn asks_for_less(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::AtMost | Comparator::Below)
}

/// The one sign of a row, in its column or in the target; `None` where there is none or the two disagree.
pub fn sign(assessment: &Assessment) -> Option<Comparator> {
    let own = assessment.target.comparator;
    match assessment.operator {
        Some(OperatorWord::Sign(sign)) => own.is_none_or(|own| own == sign).then_some(sign),
        Some(OperatorWord::Positive) => own.filter(|own| asks_for_more(*own)),
        Some(OperatorWord::Inverse) => own.filter(|own| asks_for_less(*own)),
        Some(OperatorWord::Qualitative | OperatorWord::Quantitative) | None => own,
    }
}

/// What the target measures, with the unit of the 计量单位 column where it has none of its own.
pub fn dimension(assessment: &Assessment) -> Option<Dimension> {
    let quantity = assessment.target.quantity()?;
    let quantity = assessment
        .column_unit
        .as_ref()
        .map_or_else(|| quantity.clone(), |column| quantity.with_column_unit(column));
    Some(quantity.unit.dimension())
}

/// Whether the row belongs to the costs, by its level or its name.
pub fn is_cost(indicator: &Indicator) -> bool {
    [&indicator.level1, &indicator.level2, &indicator.level3]
        .into_iter()
        .any(|field| tight(field.as_ref()).contains("成本"))
}

/// A field's text without white space; nothing where the field is missing.
pub fn tight(field: Option<&Field<String>>) -> String {
    field.map(|field| words::tight(&field.value)).unwrap_or_default()
}
