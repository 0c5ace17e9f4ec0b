//! The format General: as many digits as fit into eleven characters, else scientific.

use rust_decimal::Decimal;

use crate::read::kit::decimal::round;

/// Returns a number as General shows it in a wide cell: `208`, `0.3`, `1.23457E+12`.
pub(super) fn text(value: Decimal) -> String {
    if value.is_zero() {
        return "0".to_owned();
    }
    let magnitude = value.abs().normalize();
    let unsigned = unsigned_text(magnitude);
    if value.is_sign_negative() {
        format!("-{unsigned}")
    } else {
        unsigned
    }
}

/// Returns the same of a number of so few digits that none of them is cut or rounded, without the way through any
/// rounding; `None` for others.
pub(super) fn short_text(value: Decimal) -> Option<String> {
    const DIGITS: u32 = 9;
    let places = value.scale();
    let mut rest = u32::try_from(value.mantissa().unsigned_abs()).ok()?;
    let is_normal = places == 0 || rest % 10 != 0;
    if rest >= 10_u32.pow(DIGITS) || places > DIGITS || !is_normal {
        return None;
    }
    // From the last digit to the first: sign, a zero before the point, the point and ten digits at most.
    let mut written = [0_u8; 16];
    let mut from = written.len();
    let mut put = |byte: u8| {
        from = from.saturating_sub(1);
        if let Some(place) = written.get_mut(from) {
            *place = byte;
        }
    };
    let mut count = 0;
    while count <= places || rest > 0 {
        if count == places && places > 0 {
            put(b'.');
        }
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        count += 1;
    }
    if value.is_sign_negative() && !value.is_zero() {
        put(b'-');
    }
    let text = std::str::from_utf8(written.get(from..)?).ok()?;
    Some(text.to_owned())
}

fn unsigned_text(magnitude: Decimal) -> String {
    let exponent = exponent(magnitude);
    let places = match exponent {
        11.. => return scientific(magnitude, exponent),
        // Digits before the point, the point, and what is left of eleven characters.
        0..=10 => u32::try_from(9 - exponent).unwrap_or(0),
        -4..=-1 => 9,
        // Smaller numbers keep plain form only when nothing of them is cut.
        _ if magnitude.scale() <= 9 => 9,
        _ => return scientific(magnitude, exponent),
    };
    let rounded = round(magnitude, places).normalize();
    if self::exponent(rounded) >= 11 {
        return scientific(rounded, 11);
    }
    rounded.to_string()
}

/// Returns the power of ten of the first digit.
pub(super) fn exponent(magnitude: Decimal) -> i32 {
    let digits = magnitude.mantissa().unsigned_abs().checked_ilog10().unwrap_or(0);
    i32::try_from(digits).unwrap_or(0) - i32::try_from(magnitude.scale()).unwrap_or(0)
}

fn scientific(magnitude: Decimal, exponent: i32) -> String {
    let mut exponent = exponent;
    let mut mantissa = round(shifted(magnitude, -exponent), 5).normalize();
    if mantissa >= Decimal::TEN {
        exponent += 1;
        mantissa = (mantissa / Decimal::TEN).normalize();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}E{sign}{:02}", exponent.abs())
}

/// Returns the number times a power of ten, exact to 28 places.
pub(super) fn shifted(number: Decimal, power: i32) -> Decimal {
    let mut result = number;
    for _ in 0..power.unsigned_abs() {
        result = if power > 0 {
            result.checked_mul(Decimal::TEN).unwrap_or(Decimal::MAX)
        } else {
            result / Decimal::TEN
        };
    }
    result
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn general_shows_eleven_characters() {
        let cases = [
            ("0", "0"),
            ("208.0", "208"),
            ("0.3", "0.3"),
            ("-96.50", "-96.5"),
            ("0.333333333333333", "0.333333333"),
            ("0.0123456789", "0.012345679"),
            ("0.000123456789", "0.000123457"),
            ("0.0000123456789", "1.23457E-05"),
            ("0.00001", "0.00001"),
            ("0.0000000001", "1E-10"),
            ("100000.123456", "100000.1235"),
            ("1234567.891234", "1234567.891"),
            ("1234567890.5", "1234567891"),
            ("12345678901", "12345678901"),
            ("99999999999", "99999999999"),
            ("99999999999.9", "1E+11"),
            ("123456789012", "1.23457E+11"),
            ("-1234567890123", "-1.23457E+12"),
            ("9999999999999", "1E+13"),
        ];
        for (value, expected) in cases {
            assert_eq!(text(value.parse().unwrap()), expected, "{value}");
        }
    }

    #[test]
    fn short_numbers_take_the_short_way_to_the_same_text() {
        for digits in [0, 1, 7, 10, 95, 100, 208, 12_345, 999_999_999, 100_000_000] {
            for scale in 0..12 {
                for sign in [1, -1] {
                    let value = Decimal::new(sign * digits, scale);
                    if let Some(short) = short_text(value) {
                        assert_eq!(short, text(value), "{value}");
                    }
                }
            }
        }
        assert_eq!(short_text(Decimal::new(95, 2)).as_deref(), Some("0.95"));
        assert_eq!(short_text(Decimal::new(-208, 0)).as_deref(), Some("-208"));
        assert_eq!(short_text(Decimal::ZERO).as_deref(), Some("0"));
        assert_eq!(short_text(Decimal::new(1_000_000_000, 0)), None);
    }
}
