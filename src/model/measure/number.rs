//! Numbers in Arabic figures (`1,234.5`) and in Chinese numerals (`十二`, `一千二百`, `叁拾`).
//!
//! Works on normalised text; knows no units. Every reader returns the number and the text after it.

use rust_decimal::Decimal;

/// More numerals than this in a row are no number that a table would hold.
const LONGEST_NUMERAL: usize = 20;

/// Returns an Arabic number at the start: optional sign, thousands in groups of three, fraction. `None` when there is
/// none or it has more digits than a decimal holds.
pub(super) fn arabic(text: &str) -> Option<(Decimal, &str)> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (head, mut rest) = split_digits(body)?;
    let mut digits = head.to_owned();
    if head.len() <= 3 {
        while let Some((group, after)) = rest.strip_prefix(',').and_then(|tail| tail.split_at_checked(3)) {
            if !group.bytes().all(|b| b.is_ascii_digit()) || after.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            digits.push_str(group);
            rest = after;
        }
    }
    if let Some((fraction, after)) = rest.strip_prefix('.').and_then(split_digits) {
        digits.push('.');
        digits.push_str(fraction);
        rest = after;
    }
    let number = Decimal::from_str_exact(&digits).ok()?.normalize();
    Some((if negative && !number.is_zero() { -number } else { number }, rest))
}

fn split_digits(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        None
    } else {
        text.split_at_checked(length)
    }
}

enum Numeral {
    Digit(u64),
    Unit(u64),
    Section(u64),
}

fn numeral(c: char) -> Option<Numeral> {
    Some(match c {
        '零' | '〇' => Numeral::Digit(0),
        '一' | '壹' => Numeral::Digit(1),
        '二' | '两' | '贰' => Numeral::Digit(2),
        '三' | '叁' => Numeral::Digit(3),
        '四' | '肆' => Numeral::Digit(4),
        '五' | '伍' => Numeral::Digit(5),
        '六' | '陆' => Numeral::Digit(6),
        '七' | '柒' => Numeral::Digit(7),
        '八' | '捌' => Numeral::Digit(8),
        '九' | '玖' => Numeral::Digit(9),
        '十' | '拾' => Numeral::Unit(10),
        '百' | '佰' => Numeral::Unit(100),
        '千' | '仟' => Numeral::Unit(1000),
        '万' => Numeral::Section(10_000),
        '亿' => Numeral::Section(100_000_000),
        _ => return None,
    })
}

/// Returns whether the character can be part of a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    numeral(c).is_some()
}

/// Returns a Chinese numeral at the start. It must begin with a digit or 十, so that 千家万户 and 百姓 are none.
pub(crate) fn chinese(text: &str) -> Option<(Decimal, &str)> {
    if !text.starts_with(|c| matches!(numeral(c), Some(Numeral::Digit(_) | Numeral::Unit(10)))) {
        return None;
    }
    let (mut total, mut section, mut current) = (0u64, 0u64, 0u64);
    // The latest 万 or 亿.
    let mut latest = 0;
    let mut end = 0;
    for (count, c) in text.chars().enumerate() {
        let Some(part) = numeral(c) else { break };
        if count >= LONGEST_NUMERAL {
            return None;
        }
        match part {
            Numeral::Digit(digit) => current = current.checked_mul(10)?.checked_add(digit)?,
            Numeral::Unit(unit) => {
                section = section.checked_add(current.max(1).checked_mul(unit)?)?;
                current = 0;
            }
            Numeral::Section(unit) => {
                let part = section.checked_add(current)?;
                // 一万二千亿 is all in 亿, the 二千 of 一亿二千万 alone is in 万.
                total = if unit < latest {
                    total.checked_add(part.checked_mul(unit)?)?
                } else {
                    total.checked_add(part)?.checked_mul(unit)?
                };
                (section, current, latest) = (0, 0, unit);
            }
        }
        end += c.len_utf8();
    }
    let number = total.checked_add(section)?.checked_add(current)?;
    Some((Decimal::from(number), text.get(end..)?))
}

/// Returns a small whole number in either script, for months, days and quarters.
pub(super) fn small(text: &str) -> Option<(u32, &str)> {
    if let Some((digits, rest)) = split_digits(text) {
        return Some((digits.parse().ok()?, rest));
    }
    let (number, rest) = chinese(text)?;
    Some((number.try_into().ok()?, rest))
}

/// `百分之九十五`, `千分之3`, `三分之二`: the value with its unit sign (none for a plain fraction).
pub(crate) fn fraction(text: &str) -> Option<(Decimal, &'static str, &str)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for (lead, sign) in [("百分之", "%"), ("千分之", "‰"), ("万分之", "‱")] {
        if let Some(rest) = text.strip_prefix(lead) {
            // A second 百 belongs to 百分之百, which starts with no digit.
            if let Some(after) = rest.strip_prefix('百') {
                return Some((Decimal::ONE_HUNDRED, sign, after));
            }
            let (number, after) = arabic(rest).or_else(|| chinese(rest))?;
            // 九十九点五
            if let Some(tail) = after.strip_prefix('点') {
                let (point, end) = chinese_digits(tail)?;
                let joined = format!("{}.{point}", number.normalize());
                return Some((Decimal::from_str_exact(&joined).ok()?.normalize(), sign, end));
            }
            return Some((number, sign, after));
        }
    }
    let (denominator, rest) = chinese(text)?;
    let (numerator, after) = chinese(rest.strip_prefix("分之")?)?;
    Some((numerator.checked_div(denominator)?.normalize(), "", after))
}

pub(crate) fn chinese_digits(text: &str) -> Option<(String, &str)> {
    let mut digits = String::new();
    let mut end = 0;
    for c in text.chars().take(LONGEST_NUMERAL) {
        let Some(Numeral::Digit(digit)) = numeral(c) else { break };
        digits.push_str(&digit.to_string());
        end += c.len_utf8();
    }
    if digits.is_empty() {
        None
    } else {
        Some((digits, text.get(end..)?))
    }
}

#[cfg(test)]
mod tests {
    use super::chinese;
    use rust_decimal::Decimal;

    #[test]
    fn ten_thousands_and_hundred_millions_multiply_what_is_theirs() {
        for (text, expected) in [
            ("二百零八万五千", 2_085_000_u64),
            ("一亿二千万", 120_000_000),
            ("一亿二千万零五百", 120_000_500),
            ("一万二千亿", 1_200_000_000_000),
            ("三亿", 300_000_000),
            ("一万万", 100_000_000),
            ("十二", 12),
        ] {
            assert_eq!(chinese(text), Some((Decimal::from(expected), "")), "{text}");
        }
    }
}
