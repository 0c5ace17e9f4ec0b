//! Number formats that show a number as its source showed it.
//!
//! A format is only chosen when showing the number through it gives the source's text again; otherwise the number
//! is shown plainly, with exactly the digits that it has.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::number_shape::{Shape, pattern};
use crate::text::plain;

/// The first number with more significant digits than a spreadsheet's number keeps.
const TOO_MANY_DIGITS: u128 = 1_000_000_000_000_000;
/// The format code of a whole number.
pub const WHOLE: &str = "0";
/// Whole numbers below it are the same as a float.
const EXACT_FLOATS: i128 = 1 << 53;

/// What goes into one cell.
#[derive(Debug, Clone, PartialEq)]
pub enum CellContent {
    /// Nothing but the style.
    Blank,
    /// A text, never interpreted.
    Text(String),
    /// A number with its format code.
    Number {
        /// The number.
        value: Decimal,
        /// The format code, never empty.
        format: String,
    },
}

/// A [`CellContent`] that another holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ContentRef<'a> {
    /// Nothing but the style.
    Blank,
    /// A text, never interpreted.
    Text(&'a str),
    /// A number with its format code.
    Number {
        /// The number.
        value: Decimal,
        /// The format code, never empty.
        format: &'a str,
    },
}

impl<'a> From<&'a CellContent> for ContentRef<'a> {
    fn from(content: &'a CellContent) -> Self {
        match content {
            CellContent::Blank => Self::Blank,
            CellContent::Text(text) => Self::Text(text),
            CellContent::Number { value, format } => Self::Number { value: *value, format },
        }
    }
}

impl<'a> From<&'a str> for ContentRef<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> ContentRef<'a> {
    /// A count of rows.
    pub fn count(number: usize) -> Self {
        Self::Number {
            value: Decimal::from(number),
            format: WHOLE,
        }
    }

    /// As [`CellContent::shown`].
    pub fn shown(self) -> Cow<'a, str> {
        match self {
            Self::Blank => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number { value, format } if format == WHOLE && value.scale() == 0 && !value.is_zero() => {
                Cow::Owned(value.to_string())
            }
            Self::Number { value, format } => Cow::Owned(Shape::of_format(format).render(value)),
        }
    }
}

impl CellContent {
    /// Returns a declared number, shown as its source showed it. A number with more digits than a cell keeps becomes
    /// its text.
    pub fn declared_number(value: Decimal, text: &str) -> Self {
        match Self::number_or_text(value, text, || plain_format(value)) {
            Self::Number { value, format } => Self::Number {
                value,
                format: cents_back(value, text.trim()).unwrap_or(format),
            },
            content => content,
        }
    }

    /// Returns a declared ratio: as its source showed it, else as a percentage.
    pub fn declared_rate(value: Decimal, text: &str) -> Self {
        Self::number_or_text(value, text, || {
            let percent = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value).normalize();
            format!("{}%", pattern(percent.scale(), false))
        })
    }

    /// Returns a number of our own, with exactly the digits that it has.
    pub fn computed_number(value: Decimal) -> Self {
        Self::number_or_text(value, &plain(value), || plain_format(value))
    }

    /// A count of our own, such as a 序号.
    pub fn count(number: usize) -> Self {
        let value = Decimal::from(number);
        if fits(value) {
            let format = WHOLE.to_owned();
            Self::Number { value, format }
        } else {
            Self::computed_number(value)
        }
    }

    /// Returns a number cell if the text is exactly a number or a percentage and would be shown the same again; else
    /// the text.
    pub fn number_like(text: &str) -> Self {
        let Some((value, format)) = exact_number(text) else {
            return Self::Text(text.to_owned());
        };
        if fits(value) {
            Self::Number { value, format }
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// Returns the text that a person sees.
    pub fn shown(&self) -> Cow<'_, str> {
        ContentRef::from(self).shown()
    }

    fn number_or_text(value: Decimal, text: &str, otherwise: impl Fn() -> String) -> Self {
        if !fits(value) {
            let text = if text.trim().is_empty() {
                plain(value)
            } else {
                text.trim().to_owned()
            };
            return Self::Text(text);
        }
        let format = Shape::of_text(text.trim())
            .filter(|shape| shape.render(value) == text.trim())
            .map_or_else(otherwise, |shape| shape.format());
        Self::Number { value, format }
    }
}

/// Returns the number nearest to a decimal, for the file only.
pub fn to_f64(value: Decimal) -> f64 {
    if value.scale() == 0 && (-EXACT_FLOATS..EXACT_FLOATS).contains(&value.mantissa()) {
        return value.mantissa() as f64;
    }
    plain(value).parse().unwrap_or_default()
}

/// Returns the format of an amount whose cents its cell had no room for: without a format of its own a cell shows eleven
/// characters, and of 123456789.12 only 123456789.1.
fn cents_back(value: Decimal, shown: &str) -> Option<String> {
    /// Whole digits from which no room is left for a point and two others.
    const MANY: usize = 9;
    let shape = Shape::of_text(shown).filter(|shape| !shape.grouped && !shape.percent && shape.suffix.is_empty())?;
    let whole = shown.trim_start_matches('-').split('.').next().unwrap_or_default();
    let decimals = value.normalize().scale().min(2);
    (whole.len() >= MANY && shape.decimals < decimals).then(|| pattern(decimals, false))
}

fn plain_format(value: Decimal) -> String {
    pattern(value.normalize().scale(), false)
}

/// Returns whether a spreadsheet's number keeps all digits.
pub fn fits(value: Decimal) -> bool {
    value.normalize().mantissa().unsigned_abs() < TOO_MANY_DIGITS
}

/// Value and format of a text that is exactly a number, with or without a percent sign.
fn exact_number(text: &str) -> Option<(Decimal, String)> {
    let shape = Shape::of_text(text)?;
    if !shape.suffix.is_empty() {
        return None;
    }
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '%')).collect();
    let shown: Decimal = digits.parse().ok()?;
    let value = if shape.percent {
        shown.checked_div(Decimal::ONE_HUNDRED)?
    } else {
        shown
    };
    (shape.render(value) == text).then(|| (value, shape.format()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn number(value: &str, format: &str) -> CellContent {
        CellContent::Number {
            value: value.parse().unwrap(),
            format: format.to_owned(),
        }
    }

    fn declared(value: &str, text: &str) -> CellContent {
        CellContent::declared_number(value.parse().unwrap(), text)
    }

    #[test]
    fn a_declared_number_keeps_the_look_of_its_source() {
        assert_eq!(declared("208", "208"), number("208", "0"));
        assert_eq!(declared("94.5", "94.50"), number("94.5", "0.00"));
        assert_eq!(declared("1234567.8", "1,234,567.80"), number("1234567.8", "#,##0.00"));
        assert_eq!(declared("95.876", "95.88"), number("95.876", "0.00"));
        assert_eq!(declared("10", "10分"), number("10", "0\"分\""));
        assert_eq!(declared("-2", "-2"), number("-2", "0"));
    }

    #[test]
    fn an_amount_that_its_cell_had_no_room_for_keeps_its_cents() {
        assert_eq!(declared("123456789.12", "123456789.1"), number("123456789.12", "0.00"));
        assert_eq!(
            declared("118518517.5648", "118518517.6"),
            number("118518517.5648", "0.00")
        );
        assert_eq!(declared("1234567890.5", "1234567891"), number("1234567890.5", "0.0"));
        assert_eq!(
            declared("123456789.12", "123,456,789.1"),
            number("123456789.12", "#,##0.0")
        );
        assert_eq!(declared("12345678.128", "12345678.1"), number("12345678.128", "0.0"));
    }

    #[test]
    fn a_look_that_cannot_be_had_gives_the_plain_number() {
        assert_eq!(declared("10", "（10）"), number("10", "0"));
        assert_eq!(declared("9.5", "九点五"), number("9.5", "0.0"));
        assert_eq!(declared("20", "项目决策（20分）"), number("20", "0"));
        assert_eq!(declared("10", "8.5分+1.5"), number("10", "0"));
    }

    #[test]
    fn a_rate_is_shown_as_declared_else_in_percent() {
        let rate = |value: &str, text: &str| CellContent::declared_rate(value.parse().unwrap(), text);
        assert_eq!(rate("1", "100%"), number("1", "0%"));
        assert_eq!(rate("0.9588", "95.88%"), number("0.9588", "0.00%"));
        assert_eq!(rate("0.95875", "95.88%"), number("0.95875", "0.00%"));
        assert_eq!(rate("0.9588", "95.88"), number("0.9588", "0.00%"));
        assert_eq!(rate("0.95", "0.95"), number("0.95", "0.00"));
    }

    #[test]
    fn a_text_becomes_a_number_only_when_it_reads_back_the_same() {
        let like = CellContent::number_like;
        assert_eq!(like("95%"), number("0.95", "0%"));
        assert_eq!(like("1.20%"), number("0.012", "0.00%"));
        assert_eq!(like("12"), number("12", "0"));
        assert_eq!(like("1,200.0"), number("1200", "#,##0.0"));
        for text in [
            "≥95%", "12家", "007", "1,2", "+5", "-0", " 5", "95％", "1.", ".5", "12,", "1e5", "=1+1", "5%以上",
        ] {
            assert_eq!(like(text), CellContent::Text(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn more_digits_than_a_cell_keeps_stay_text() {
        let digits = "12345678901234567.5";
        assert_eq!(declared(digits, digits), CellContent::Text(digits.to_owned()));
        assert_eq!(
            CellContent::number_like("1234567890123456"),
            CellContent::Text("1234567890123456".to_owned())
        );
    }

    #[test]
    fn what_is_shown_is_known_without_a_spreadsheet() {
        for (value, text) in [
            ("208", "208"),
            ("94.5", "94.50"),
            ("1234567.8", "1,234,567.80"),
            ("10", "10分"),
        ] {
            assert_eq!(declared(value, text).shown(), text);
        }
    }

    #[test]
    fn the_file_gets_the_nearest_float() {
        assert_eq!(to_f64("0.3".parse().unwrap()), 0.3);
        assert_eq!(to_f64("94.5".parse().unwrap()), 94.5);
        assert_eq!(to_f64("123456.789012345".parse().unwrap()), 123456.789012345);
    }
}
