//! From a spreadsheet's binary number to the decimal that a person typed.
//!
//! Spreadsheets keep and show 15 significant digits; what lies behind them is noise of the binary form
//! (`0.94999999999999996` was typed as 0.95), so it is cut here and never seen again.

use rust_decimal::{Decimal, RoundingStrategy};

const SIGNIFICANT_DIGITS: usize = 15;

/// Returns the decimal of a number as written in a file (`208`, `0.95`, `1.2E-3`), by its 15 significant digits.
///
/// `None` when the text is no number, is infinite, or lies beyond ±7.9 × 10²⁸.
pub(in crate::read) fn parse_number(text: &str) -> Option<Decimal> {
    if let Some(number) = parse_short_literal(text) {
        return Some(number);
    }
    // Rust also reads "inf", "nan" and "infinity".
    if !text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'))
    {
        return None;
    }
    from_binary(text.parse::<f64>().ok()?)
}

/// Returns the decimal of a binary number, by its 15 significant digits. `None` when not finite or beyond ±7.9 ×
/// 10²⁸.
pub(in crate::read) fn from_binary(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let written = format!("{number:.14e}");
    let (mantissa, exponent) = written.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let mantissa: Decimal = mantissa.parse().ok()?;
    let mut digits = mantissa.mantissa();
    let mut scale = i32::try_from(mantissa.scale()).ok()? - exponent;
    while scale < 0 {
        digits = digits.checked_mul(10)?;
        scale += 1;
    }
    // A Decimal has at most 28 places; what is smaller cannot matter to any figure of a table.
    if scale > 60 {
        return Some(Decimal::ZERO);
    }
    while scale > 28 && digits != 0 {
        let (quotient, remainder) = (digits / 10, digits % 10);
        digits = if scale == 29 && remainder.abs() >= 5 {
            quotient + remainder.signum()
        } else {
            quotient
        };
        scale -= 1;
    }
    if digits == 0 {
        return Some(Decimal::ZERO);
    }
    let number = Decimal::try_from_i128_with_scale(digits, u32::try_from(scale).ok()?).ok()?;
    Some(number.normalize())
}

/// A plain literal of at most 15 digits is its own decimal; no way through binary is needed.
fn parse_short_literal(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let mut digits: i64 = 0;
    let mut places: u32 = 0;
    let mut count = 0;
    let mut seen_point = false;
    for byte in unsigned.bytes() {
        match byte {
            b'0'..=b'9' => {
                count += 1;
                if count > SIGNIFICANT_DIGITS {
                    return None;
                }
                digits = digits * 10 + i64::from(byte - b'0');
                places += u32::from(seen_point);
            }
            b'.' if !seen_point => seen_point = true,
            _ => return None,
        }
    }
    if count == 0 {
        return None;
    }
    let signed = if unsigned.len() < text.len() { -digits } else { digits };
    let number = Decimal::new(signed, places).normalize();
    // There is no negative zero in a table.
    Some(if number.is_zero() { Decimal::ZERO } else { number })
}

/// Rounds half away from zero, as spreadsheets do.
pub(in crate::read) fn round(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Returns a computed number by the 15 significant digits that a spreadsheet would keep of it.
pub(in crate::read) fn significant(number: Decimal) -> Decimal {
    const DIGITS: u32 = 15;
    number
        .round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero)
        .unwrap_or(number)
        .normalize()
}

/// Returns a number in 30 bits: an integer, or the upper part of a binary number, perhaps in hundredths.
pub(in crate::read) fn rk(bits: u32) -> (Option<Decimal>, f64) {
    let is_hundredths = bits & 1 != 0;
    if bits & 2 != 0 {
        let integer = bits.cast_signed() >> 2;
        let number = Decimal::new(integer.into(), if is_hundredths { 2 } else { 0 }).normalize();
        return (Some(number), f64::from(integer));
    }
    let binary = f64::from_bits(u64::from(bits & !3) << 32);
    let binary = if is_hundredths { binary / 100.0 } else { binary };
    (from_binary(binary), binary)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_are_what_was_typed() {
        let cases = [
            ("208", "208"),
            ("0.95", "0.95"),
            ("0.94999999999999996", "0.95"),
            ("44764.386000000006", "44764.386"),
            ("434.99999999999994", "435"),
            ("0.30000000000000004", "0.3"),
            ("1.0049999999999999", "1.005"),
            ("1.2E-3", "0.0012"),
            ("1e+3", "1000"),
            ("-0", "0"),
            ("-12.50", "-12.5"),
            ("123456789012345678", "123456789012346000"),
            ("1e28", "10000000000000000000000000000"),
            ("5.551115123125783E-17", "0.0000000000000000555111512313"),
            ("1e-300", "0"),
            ("6e-29", "0.0000000000000000000000000001"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_number(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn no_number_is_none() {
        for text in [
            "", "-", ".", "NaN", "inf", "1e400", "8e28", "1,234", "12 ", "0x10", "1.2.3", "1e", "１２",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
