//! Chinese numerals: 一百二十三 and 壹佰贰拾叁.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::section::Numerals;

const SMALL: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const CAPITAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Returns a digit as a numeral; any other character as it is.
pub(super) fn numeral(digit: char, numerals: Numerals) -> char {
    let set = match numerals {
        Numerals::Small => SMALL,
        Numerals::Capital => CAPITAL,
    };
    digit
        .to_digit(10)
        .and_then(|value| set.get(value as usize).copied())
        .unwrap_or(digit)
}

/// Returns a whole number below a trillion in words; `None` for any other.
pub(super) fn spell(magnitude: Decimal, numerals: Numerals) -> Option<String> {
    let number = Some(magnitude)
        .filter(Decimal::is_integer)?
        .to_u64()
        .filter(|number| *number < 1_000_000_000_000)?;
    let units = match numerals {
        Numerals::Small => ["", "十", "百", "千"],
        Numerals::Capital => ["", "拾", "佰", "仟"],
    };
    let zero = numeral('0', numerals);
    if number == 0 {
        return Some(zero.to_string());
    }
    let mut out = String::new();
    let mut owes_zero = false;
    for (divisor, group_name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let group = number / divisor % 10_000;
        if group == 0 {
            owes_zero |= !out.is_empty();
            continue;
        }
        for (power, unit) in units.iter().enumerate().rev() {
            let digit = group / 10_u64.pow(u32::try_from(power).ok()?) % 10;
            if digit == 0 {
                owes_zero |= !out.is_empty();
                continue;
            }
            if owes_zero {
                out.push(zero);
                owes_zero = false;
            }
            out.push(numeral(char::from_digit(u32::try_from(digit).ok()?, 10)?, numerals));
            out.push_str(unit);
        }
        // Zeros at the end of a group are silent unless digits follow further on.
        out.push_str(group_name);
    }
    Some(out)
}

/// Returns a number of a date (month, day, hour) in words: 十二, not 一十二, in small numerals.
pub(super) fn spell_date_part(number: u32, numerals: Numerals) -> Option<String> {
    let spelled = spell(Decimal::from(number), numerals)?;
    Some(match spelled.strip_prefix('一') {
        Some(rest) if rest.starts_with('十') => rest.to_owned(),
        _ => spelled,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_spelled() {
        let cases = [
            (0, "〇", "零"),
            (10, "一十", "壹拾"),
            (123, "一百二十三", "壹佰贰拾叁"),
            (1001, "一千〇一", "壹仟零壹"),
            (1010, "一千〇一十", "壹仟零壹拾"),
            (10_000, "一万", "壹万"),
            (10_203, "一万〇二百〇三", "壹万零贰佰零叁"),
            (120_000_000, "一亿二千万", "壹亿贰仟万"),
            (100_000_001, "一亿〇一", "壹亿零壹"),
            (100_050_000, "一亿〇五万", "壹亿零伍万"),
        ];
        for (number, small, capital) in cases {
            assert_eq!(spell(Decimal::from(number), Numerals::Small).unwrap(), small);
            assert_eq!(spell(Decimal::from(number), Numerals::Capital).unwrap(), capital);
        }
        assert_eq!(spell(Decimal::new(15, 1), Numerals::Small), None);
    }
}
