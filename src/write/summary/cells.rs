//! What stands in one cell of a summary, whatever the format.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::Severity;
use crate::text::plain;
use crate::write::kit::number_format::fits;

/// How a column shows its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnKind {
    /// A whole number.
    Count,
    /// 万元.
    Money,
    /// A ratio as a percentage.
    Rate,
    /// Points, as written.
    Score,
    /// Points, two places.
    Mean,
    /// A short word in the middle.
    Word,
    /// Sentences from the left.
    Text,
}

impl ColumnKind {
    /// Returns its number format.
    pub const fn number_format(self) -> &'static str {
        match self {
            Self::Count => "0",
            Self::Money => "#,##0.00",
            Self::Rate => "0.00%",
            Self::Score => "0.##########",
            Self::Mean => "0.00",
            Self::Word | Self::Text => "General",
        }
    }
}

/// One column: header, width in narrow characters, look.
pub type Column = (&'static str, usize, ColumnKind);

/// What one cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    None,
    /// A text, never interpreted.
    Text(Cow<'a, str>),
    /// A number.
    Number(Decimal),
    /// A level, with its colour.
    Level(Severity),
    /// A path that may be a link.
    Path(Cow<'a, str>),
}

impl<'a> Value<'a> {
    /// A count.
    pub fn count(count: usize) -> Self {
        Self::Number(Decimal::from(count))
    }

    /// Returns a text, or nothing for none.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::None, Self::words)
    }

    /// Returns a text.
    pub fn words(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Returns a number where the text is one that is shown the same again, so that it can be added up; else the text.
    pub fn number_like(text: Option<&'a str>) -> Self {
        let number = text
            .filter(|text| text.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
            .and_then(|text| text.parse().ok().filter(|number| plain(*number) == text))
            .filter(|number| fits(*number));
        number.map_or_else(|| Self::text(text), Self::Number)
    }

    /// Returns a path that may be a link.
    pub fn path(path: impl Into<Cow<'a, str>>) -> Self {
        Self::Path(path.into())
    }

    /// Returns the text of a file of separated values.
    pub fn plain(&self, look: ColumnKind) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) | Self::Path(text) => text.clone().into_owned(),
            Self::Level(severity) => severity.title().to_owned(),
            Self::Number(number) if look == ColumnKind::Rate => number
                .checked_mul(Decimal::ONE_HUNDRED)
                .map_or_else(|| plain(*number), |percent| format!("{}%", plain(two_places(percent)))),
            Self::Number(number) => plain(*number),
        }
    }
}

impl From<Option<Decimal>> for Value<'_> {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::None, Self::Number)
    }
}

fn two_places(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}
