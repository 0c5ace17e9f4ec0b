//! The canonical spelling of a measure.

use std::fmt;

use rust_decimal::Decimal;

use super::{Measure, MeasureKind, Quantity};

/// Returns a decimal as a person writes it: no trailing zeros, no exponent.
pub fn shown(number: Decimal) -> String {
    number.normalize().to_string()
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", shown(self.value), self.factor, self.unit)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = self.comparator.map_or("", |comparator| comparator.sign());
        match &self.kind {
            MeasureKind::Blank => Ok(()),
            MeasureKind::Placeholder => f.write_str("/"),
            MeasureKind::Nothing => f.write_str("无"),
            MeasureKind::Quantity(quantity) => write!(f, "{sign}{quantity}"),
            MeasureKind::Range { low, high } => write!(f, "{sign}{}-{high}", shown(*low)),
            MeasureKind::Growth { rising, amount } => {
                write!(f, "{}{sign}{amount}", if *rising { "增长" } else { "下降" })
            }
            MeasureKind::Date(deadline) => write!(f, "{deadline}"),
            MeasureKind::Punctual => f.write_str("按时完成"),
            MeasureKind::Boolean { question, answer } => f.write_str(question.word(*answer)),
            MeasureKind::Rank(rank) => f.write_str(rank.word()),
            MeasureKind::Scale { steps, .. } => f.write_str(steps),
            MeasureKind::Tier(tier) => write!(f, "{tier}"),
            MeasureKind::Several(text) | MeasureKind::Text(text) => f.write_str(text),
        }
    }
}
