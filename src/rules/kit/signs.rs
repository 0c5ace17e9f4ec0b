//! Signs of targets and what they are about: what the rules on directions share.

use super::texts::FoldedText;
use crate::model::Field;
use crate::model::measure::{Comparator, Dimension, OperatorWord};
use crate::rescore::Assessment;

/// Returns whether the sign asks for at least so much.
pub const fn asks_for_more(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::AtLeast | Comparator::Above)
}

/// Returns whether the sign allows at most so much.
pub const fn asks_for_less(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::AtMost | Comparator::Below)
}

/// Returns the one sign of a row, in its column or in the target; `None` where there is none or the two disagree.
pub fn sign(assessment: &Assessment) -> Option<Comparator> {
    let own = assessment.target.comparator;
    match assessment.operator {
        Some(OperatorWord::Sign(sign)) => own.is_none_or(|own| own == sign).then_some(sign),
        Some(OperatorWord::Positive) => own.filter(|own| asks_for_more(*own)),
        Some(OperatorWord::Inverse) => own.filter(|own| asks_for_less(*own)),
        Some(OperatorWord::Qualitative | OperatorWord::Quantitative) | None => own,
    }
}

/// Returns what the target measures, with the unit of the 计量单位 column where it has none of its own.
pub fn dimension(assessment: &Assessment) -> Option<Dimension> {
    let quantity = assessment.target.quantity()?;
    let column = assessment.column_unit.as_ref().filter(|_| quantity.unit.is_none());
    Some(column.map_or(&quantity.unit, |column| &column.unit).dimension())
}

/// Returns a field's text without white space; nothing where the field is missing.
pub fn tight(field: Option<&Field<String>>) -> FoldedText<'_> {
    FoldedText::of(field)
}
