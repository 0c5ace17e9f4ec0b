//! Factors between a number and its unit: 万 in 208万元.

use std::fmt;

use rust_decimal::Decimal;

/// A power of ten written before a unit: 万 in 208万元. [`Factor::ONE`] is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Factor(u8);

/// Words with their exponents, longer ones first.
#[rustfmt::skip]
const FACTORS: [(&str, u8); 11] = [
    ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("千万", 7), ("百万", 6), ("十万", 5),
    ("亿", 8), ("万", 4), ("千", 3), ("百", 2),
];

impl Factor {
    /// No factor.
    pub const ONE: Self = Self(0);

    /// Returns the factor as a number: 万 is 10,000.
    pub fn value(self) -> Decimal {
        Decimal::from(10u64.pow(u32::from(self.0)))
    }

    /// Returns a factor at the start of a text and what follows it.
    pub(super) fn take(text: &str) -> (Self, &str) {
        if !text.starts_with(['万', '千', '百', '十', '亿']) {
            return (Self::ONE, text);
        }
        // 百分点 and 百分比 are units.
        if text.starts_with("百分") {
            return (Self::ONE, text);
        }
        FACTORS
            .iter()
            .find_map(|&(word, exponent)| text.strip_prefix(word).map(|rest| (Self(exponent), rest)))
            .unwrap_or((Self::ONE, text))
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Factor {
    /// Returns the factor in words: 万; empty for one.
    pub(super) fn word(self) -> &'static str {
        let found = FACTORS.iter().find(|(_, exponent)| *exponent == self.0);
        found.map_or("", |(word, _)| word)
    }
}
