//! 指标值 and 完成值 as typed values: ≥95%, 3家, 12月底前, 基本符合.
//!
//! Reads one text into a [`Measure`] and prints it back in one canonical spelling; `parse(print(m)) == m`.
//! It knows how values are written and which units convert; what a value is worth is the standard's business,
//! and whether it was reached is the rescoring's.

mod around;
mod compare;
mod date;
mod date_text;
mod dimension;
mod factor;
mod grammar;
mod named_unit;
pub(crate) mod normalise;
mod number;
mod operator;
mod print;
mod tier;
mod unit;
mod words;

use rust_decimal::Decimal;

pub use compare::{Comparison, Incomparable, UnitRelation, compare};
pub use date::{Date, DatePart, Deadline};
pub use dimension::Dimension;
pub use factor::Factor;
pub(crate) use named_unit::names_unit;
pub(crate) use normalise::normalise;
pub use operator::OperatorWord;
pub(crate) use print::shown;
pub use tier::{Degree, Tier};
pub use unit::Unit;
pub use words::{Rank, YesNo};

/// Numbers in Chinese numerals, for texts that are no values.
pub(crate) mod spelled_number {
    pub(crate) use super::number::{chinese, chinese_digits as digits, fraction};
}

/// A sign between a value and what is measured against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Comparator {
    /// ≥, 不低于, 以上.
    AtLeast,
    /// >, 高于.
    Above,
    /// =, 等于.
    Equal,
    /// ≤, 不超过, 以内.
    AtMost,
    /// <, 低于.
    Below,
}

impl Comparator {
    /// Returns the sign as one character.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::Above => ">",
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::Below => "<",
        }
    }
}

/// A number with factor and unit, as written: 208万元 is 208, 万, 元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number as written, without trailing zeros.
    pub value: Decimal,
    /// 万, 亿, 千 …
    pub factor: Factor,
    /// The unit without its factor.
    pub unit: Unit,
}

impl Quantity {
    /// Returns the number times its factor, in the unit as written; `None` on overflow.
    pub fn scaled(&self) -> Option<Decimal> {
        self.value.checked_mul(self.factor.value())
    }

    /// Returns the number in its dimension's base unit (a ratio for %, 元 for money); `None` on overflow.
    pub fn base(&self) -> Option<Decimal> {
        self.scaled()?.checked_mul(self.unit.scale())
    }

    /// This quantity with the unit of the 计量单位 column, where it has none of its own.
    pub fn with_column_unit(&self, column: &ColumnUnit) -> Self {
        if !self.unit.is_none() {
            return self.clone();
        }
        let factor = if self.factor == Factor::ONE {
            column.factor
        } else {
            self.factor
        };
        Self {
            value: self.value,
            factor,
            unit: column.unit.clone(),
        }
    }
}

/// The unit that a 计量单位 column gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnUnit {
    /// 万 in 万元.
    pub factor: Factor,
    /// 元 in 万元.
    pub unit: Unit,
}

impl ColumnUnit {
    /// Reads a unit cell; `None` when it is blank, a placeholder or no unit.
    pub fn parse(text: &str) -> Option<Self> {
        let text = normalise(text);
        if text.is_empty() || words::is_no_value(&text) || words::is_nothing(&text) {
            return None;
        }
        let (factor, rest) = Factor::take(around::without_bracket(&text));
        Some(Self {
            factor,
            unit: Unit::parse(rest)?,
        })
    }
}

/// What kind of value a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MeasureKind {
    /// Nothing written.
    Blank,
    /// A mark that holds the place: / — …… XX 不适用.
    Placeholder,
    /// 无, 未发生: zero, no, or nothing to say, whichever the other value is about.
    Nothing,
    /// A number with its unit; durations, money and rates too (see [`Unit::dimension`]).
    Quantity(Quantity),
    /// 5-10次: two numbers with one factor and unit.
    Range {
        /// The lower end.
        low: Decimal,
        /// The upper end with the unit of both.
        high: Quantity,
    },
    /// 增长10%, 下降5%: a change against an earlier value.
    Growth {
        /// Whether it is a rise.
        rising: bool,
        /// By how much.
        amount: Quantity,
    },
    /// A date or deadline.
    Date(Deadline),
    /// 按时完成, 及时: a claim about time without a date.
    Punctual,
    /// 是, 合格 and their opposites.
    Boolean {
        /// The question answered.
        question: YesNo,
        /// The answer.
        answer: bool,
    },
    /// 优, 良好, 一般, 较差.
    Rank(Rank),
    /// A whole scale in place of a step: 优良中差.
    Scale {
        /// The scale's steps, joined.
        steps: &'static str,
        /// Its highest step.
        highest: &'static str,
    },
    /// 达成, 基本符合, 未完成.
    Tier(Tier),
    /// Several values in one cell; the normalised text.
    Several(String),
    /// Anything else; the normalised text.
    Text(String),
}

/// One 指标值 or 完成值, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The sign, if one is written in signs or words; `None` means that it is implied.
    pub comparator: Option<Comparator>,
    /// The value.
    pub kind: MeasureKind,
}

impl Measure {
    /// Reads a text as shown in a cell. Never fails: what is no other kind is [`MeasureKind::Text`].
    pub fn parse(text: &str) -> Self {
        grammar::parse(&normalise(text))
    }

    /// Reads a text that is in its one spelling already: [`normalise`] made it.
    pub(crate) fn parse_normalised(text: &str) -> Self {
        grammar::parse(text)
    }

    /// Returns the date that a text in its one spelling says by figures alone: 2023.12, 20231231, 2023. Without knowing
    /// that a date is meant each is a number; 2023.1 is none, for a sheet makes it of 2023.10 as well.
    pub(crate) fn date_in_figures(text: &str) -> Option<Deadline> {
        date_text::parse_figures(text)
    }

    /// As [`Measure::date_in_figures`], for a day without its year: 11.30. 9.3 is none, for a sheet makes it of 9.30 too.
    pub(crate) fn day_in_figures(text: &str) -> Option<Deadline> {
        date_text::parse_day_figures(text)
    }

    /// Returns whether a text may say a date or a figure with its sign: it has a digit, a numeral or a year in it.
    /// Zero in words (零投诉, 无事故) is not meant.
    pub fn may_be_dated_or_counted(text: &str) -> bool {
        text.chars().any(Self::is_of_a_figure)
    }

    /// Returns whether a character may be one of a date or of a figure.
    pub fn is_of_a_figure(c: char) -> bool {
        match c {
            '0'..='9' | '年' => true,
            '\u{4e00}'..='\u{9fff}' => number::is_numeral(c),
            _ => c.is_numeric(),
        }
    }

    /// Returns whether there is no value: nothing written, or only a placeholder.
    pub const fn is_missing(&self) -> bool {
        matches!(self.kind, MeasureKind::Blank | MeasureKind::Placeholder)
    }

    /// Returns the number, if the value is one.
    pub const fn quantity(&self) -> Option<&Quantity> {
        match &self.kind {
            MeasureKind::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// Returns whether the value is a figure to be met: a number, a range, a change, or several of them.
    pub const fn is_quantitative(&self) -> bool {
        matches!(
            self.kind,
            MeasureKind::Quantity(_) | MeasureKind::Range { .. } | MeasureKind::Growth { .. } | MeasureKind::Several(_)
        )
    }

    /// Returns whether any figure stands in it: a quantitative value, a date, 无 (zero), or a text with digits or
    /// numerals in it.
    pub fn has_figures(&self) -> bool {
        match &self.kind {
            MeasureKind::Date(_) | MeasureKind::Nothing => true,
            MeasureKind::Text(text) => text.chars().any(|c| c.is_numeric() || number::is_numeral(c)),
            _ => self.is_quantitative(),
        }
    }

    /// Returns whether the words promise less than the whole: 基本达成, 部分完成, 较好.
    pub fn is_hedged(&self) -> bool {
        match &self.kind {
            MeasureKind::Tier(tier) => matches!(
                tier.degree,
                Degree::Well | Degree::Basic | Degree::Partial | Degree::Low
            ),
            MeasureKind::Text(text) => words::is_hedging_word(text),
            _ => false,
        }
    }
}
