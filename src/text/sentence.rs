//! Sentences put together from words and figures, without the machinery of `format!`: a check makes some hundred, and
//! all they need is their parts one behind the other.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::figures::Figures;

/// What can stand in a sentence.
pub(crate) trait Say {
    /// Appends it to a text.
    fn say(&self, text: &mut String);
}

/// Puts parts together into one text: `sentence!["得 ", points, " 分"]`. A decimal is written as [`super::plain`]
/// writes it.
macro_rules! sentence {
    [$($part:expr),+ $(,)?] => {
        $crate::text::sentence::said(&[$(&$part as &dyn $crate::text::sentence::Say),+])
    };
}
pub(crate) use sentence;

/// Returns the parts as one text.
pub(crate) fn said(parts: &[&dyn Say]) -> String {
    // Enough for most: Chinese words have three bytes a character. A longer one grows.
    let mut text = String::with_capacity(24 + 12 * parts.len());
    say_all(&mut text, parts);
    text
}

/// Appends the parts one behind the other.
pub(crate) fn say_all(text: &mut String, parts: &[&dyn Say]) {
    for part in parts {
        part.say(text);
    }
}

impl Say for str {
    fn say(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl Say for String {
    fn say(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl Say for Cow<'_, str> {
    fn say(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl Say for char {
    fn say(&self, text: &mut String) {
        text.push(*self);
    }
}

impl Say for usize {
    fn say(&self, text: &mut String) {
        push_number(text, *self as u64);
    }
}

impl Say for u32 {
    fn say(&self, text: &mut String) {
        push_number(text, u64::from(*self));
    }
}

impl Say for Decimal {
    fn say(&self, text: &mut String) {
        push_plain(text, *self);
    }
}

impl<T: Say + ?Sized> Say for &T {
    fn say(&self, text: &mut String) {
        (**self).say(text);
    }
}

/// Appends a number in figures.
pub(crate) fn push_number(text: &mut String, number: u64) {
    push_digits(text, number, 0);
}

/// Appends a decimal as a person writes it: no trailing zeros, no exponent.
pub(crate) fn push_plain(text: &mut String, number: Decimal) {
    let number = number.normalize();
    let Ok(digits) = u64::try_from(number.mantissa().unsigned_abs()) else {
        text.push_str(&number.to_string());
        return;
    };
    if number.is_sign_negative() {
        text.push('-');
    }
    push_digits(text, digits, number.scale() as usize);
}

/// Appends figures, so many of them behind the point.
fn push_digits(text: &mut String, digits: u64, places: usize) {
    // One by one: most numbers have two or three figures.
    for figure in Figures::of(digits, places).bytes() {
        text.push(char::from(*figure));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn figures_are_written_as_they_always_are(digits in any::<i64>(), few in -2000_i64..2000, places in 0_u32..=28, whole in any::<u32>()) {
            for digits in [digits, few] {
                let number = Decimal::new(digits, places);
                prop_assert_eq!(sentence![number], number.normalize().to_string());
            }
            prop_assert_eq!(sentence!["第 ", whole, '行'], format!("第 {whole}行"));
        }
    }

    #[test]
    fn the_greatest_and_the_least_decimal_are_written_whole() {
        for number in [
            Decimal::MAX,
            Decimal::MIN,
            Decimal::ZERO,
            Decimal::new(-5, 2),
            Decimal::new(0, 3),
        ] {
            assert_eq!(sentence![number], number.normalize().to_string());
        }
    }
}
