//! The canonical spelling of a measure.

use std::fmt;

use rust_decimal::Decimal;

use super::{Measure, MeasureKind, Quantity};
use crate::text::sentence;
use crate::text::sentence::{Say, push_plain, say_all};

/// Returns a decimal as a person writes it: no trailing zeros, no exponent.
pub fn shown(number: Decimal) -> String {
    sentence![number]
}

impl Quantity {
    /// Returns the quantity in its canonical spelling.
    pub fn spelled(&self) -> String {
        sentence![self]
    }
}

impl Measure {
    /// Returns the measure in its canonical spelling.
    pub fn spelled(&self) -> String {
        sentence![self]
    }
}

impl Say for Quantity {
    fn say(&self, text: &mut String) {
        push_plain(text, self.value);
        text.push_str(self.factor.word());
        text.push_str(self.unit.text());
    }
}

impl Say for Measure {
    fn say(&self, text: &mut String) {
        let sign = self.comparator.map_or("", |comparator| comparator.sign());
        match &self.kind {
            MeasureKind::Blank => {}
            MeasureKind::Placeholder => text.push('/'),
            MeasureKind::Nothing => text.push('无'),
            MeasureKind::Quantity(quantity) => say_all(text, &[&sign, quantity]),
            MeasureKind::Range { low, high } => say_all(text, &[&sign, low, &'-', high]),
            MeasureKind::Growth { rising, amount } => {
                say_all(text, &[if *rising { &"增长" } else { &"下降" }, &sign, amount]);
            }
            MeasureKind::Date(deadline) => text.push_str(&deadline.to_string()),
            MeasureKind::Punctual => text.push_str("按时完成"),
            MeasureKind::Boolean { question, answer } => text.push_str(question.word(*answer)),
            MeasureKind::Rank(rank) => text.push_str(rank.word()),
            MeasureKind::Scale { steps, .. } => text.push_str(steps),
            MeasureKind::Tier(tier) => text.push_str(&tier.to_string()),
            MeasureKind::Several(words) | MeasureKind::Text(words) => text.push_str(words),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelled())
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelled())
    }
}
