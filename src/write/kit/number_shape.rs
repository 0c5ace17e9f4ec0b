//! The ways to write a number that a number format can hold, read from a text and turned into a format code.

use rust_decimal::{Decimal, RoundingStrategy};

/// A longer unit behind a number is prose, not part of a number format.
const MAX_SUFFIX_CHARS: usize = 6;

/// How a number is written: decimals, groups of three, percent sign, unit behind it.
pub struct Shape {
    /// Digits behind the point.
    pub decimals: u32,
    /// Thousands are set apart by commas.
    pub grouped: bool,
    /// Shown as a percentage.
    pub percent: bool,
    /// Unit behind the number, e.g. 分.
    pub suffix: String,
}

impl Shape {
    /// Returns the shape of a text that starts with a number.
    pub fn of_text(text: &str) -> Option<Self> {
        let body = text.strip_prefix('-').unwrap_or(text);
        let end = body
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
            .unwrap_or(body.len());
        let (number, rest) = body.split_at_checked(end)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() || fraction.contains(['.', ',']) || (number.contains('.') && fraction.is_empty()) {
            return None;
        }
        let (percent, suffix) = match rest.strip_prefix('%') {
            Some(behind) => (true, behind),
            None => (false, rest),
        };
        // A digit or a format character behind the unit could not be told from the number when read again.
        let unclear = |c: char| c.is_numeric() || c.is_control() || c.is_whitespace() || matches!(c, '"' | '\\' | '%');
        if suffix.chars().count() > MAX_SUFFIX_CHARS || suffix.contains(unclear) || (percent && !suffix.is_empty()) {
            return None;
        }
        Some(Self {
            decimals: u32::try_from(fraction.len()).ok().filter(|&decimals| decimals <= 20)?,
            grouped: whole.contains(','),
            percent,
            suffix: suffix.to_owned(),
        })
    }

    /// Returns the shape of a format code made by [`Shape::format`].
    pub fn of_format(format: &str) -> Self {
        let (number, suffix) = format.split_once('"').unwrap_or((format, ""));
        let percent = number.ends_with('%');
        let fraction = number
            .trim_end_matches('%')
            .split_once('.')
            .map_or("", |(_, fraction)| fraction);
        Self {
            decimals: u32::try_from(fraction.len()).unwrap_or_default(),
            grouped: number.contains(','),
            percent,
            suffix: suffix.trim_end_matches('"').to_owned(),
        }
    }

    /// Returns the format code.
    pub fn format(&self) -> String {
        let mut format = pattern(self.decimals, self.grouped);
        if self.percent {
            format.push('%');
        }
        if !self.suffix.is_empty() {
            format.push('"');
            format.push_str(&self.suffix);
            format.push('"');
        }
        format
    }

    /// Returns what a spreadsheet shows for the number: rounded half away from zero.
    pub fn render(&self, value: Decimal) -> String {
        let scaled = if self.percent {
            value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value)
        } else {
            value
        };
        let mut rounded = scaled.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(self.decimals);
        let digits = rounded.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut shown = String::new();
        if rounded.is_sign_negative() && !rounded.is_zero() {
            shown.push('-');
        }
        for (index, digit) in whole.chars().enumerate() {
            if self.grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        if !fraction.is_empty() {
            shown.push('.');
            shown.push_str(fraction);
        }
        if self.percent {
            shown.push('%');
        }
        shown.push_str(&self.suffix);
        shown
    }
}

/// Returns the format code of a number with so many digits behind the point.
pub fn pattern(decimals: u32, grouped: bool) -> String {
    let mut format = String::from(if grouped { "#,##0" } else { "0" });
    if decimals > 0 {
        format.push('.');
        format.extend(std::iter::repeat_n('0', decimals as usize));
    }
    format
}
