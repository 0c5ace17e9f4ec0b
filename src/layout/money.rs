//! Units of money: in labels, behind amounts, and what one table's amounts come to in one of them.

use rust_decimal::Decimal;

use crate::model::MoneyUnit;
use crate::model::measure::spelled_number;
use crate::text::words::split_at_word;

/// Words before 元 with their units, the longer of two that end alike first, and whether they stand without it too.
const BEFORE_YUAN: [(&str, MoneyUnit, bool); 7] = [
    ("亿", MoneyUnit::HundredMillionYuan, true),
    ("億", MoneyUnit::HundredMillionYuan, true),
    ("百万", MoneyUnit::MillionYuan, true),
    ("百萬", MoneyUnit::MillionYuan, true),
    ("万", MoneyUnit::TenThousandYuan, true),
    ("萬", MoneyUnit::TenThousandYuan, true),
    ("千", MoneyUnit::ThousandYuan, false),
];

/// Returns an amount such as 100万元, 100万元整 or 100(万元) without its unit, and the unit; `key` is a
/// [`match_key`](crate::text::keys::match_key).
pub(super) fn amount_with_unit(key: &str) -> Option<(&str, MoneyUnit)> {
    if let Some((amount, inner)) = key.strip_suffix(')').and_then(|key| key.rsplit_once('(')) {
        let (rest, unit) = amount_with_unit(inner)?;
        return rest.is_empty().then_some((amount, unit));
    }
    let (stem, has_yuan) = without_yuan(key);
    let larger = BEFORE_YUAN
        .into_iter()
        .filter(|(.., alone)| has_yuan || *alone)
        .find_map(|(word, unit, _)| Some((stem.strip_suffix(word)?, unit)));
    let found = match larger {
        // Nobody counts in 十万 and 千万, and they are not 万.
        Some((amount, _)) => larger.filter(|_| !amount.ends_with(['十', '百', '千'])),
        None if has_yuan => Some((stem, MoneyUnit::Yuan)),
        None => None,
    };
    found.or_else(|| Some((key.strip_suffix('分')?, MoneyUnit::Fen)))
}

/// Returns an amount without 元 at its end, and whether it had one; 整 behind 元, and 人民币, say nothing.
fn without_yuan(key: &str) -> (&str, bool) {
    const YUAN: [char; 3] = ['元', '圆', '圓'];
    let key = key.strip_suffix("人民币").unwrap_or(key);
    let whole = key.strip_suffix(['整', '正']).filter(|rest| rest.ends_with(YUAN));
    let key = whole.unwrap_or(key);
    match key.strip_suffix(YUAN) {
        Some(stem) => (stem, true),
        None => (key, false),
    }
}

/// Returns an amount that is written in Chinese numerals alone, as a number with its unit: 贰佰零捌万元整.
pub(super) fn spelled_amount(key: &str) -> Option<(Decimal, MoneyUnit)> {
    let (stem, has_yuan) = without_yuan(key.strip_prefix("人民币").unwrap_or(key));
    let whole = |text| spelled_number::chinese(text).and_then(|(number, rest)| rest.is_empty().then_some(number));
    let in_larger = [
        ("万", MoneyUnit::TenThousandYuan),
        ("亿", MoneyUnit::HundredMillionYuan),
    ]
    .into_iter()
    .filter_map(|(word, unit)| Some((stem.strip_suffix(word)?, unit)))
    .find(|(amount, _)| !amount.contains(['万', '亿']));
    match in_larger {
        Some((amount, unit)) => Some((whole(amount)?, unit)),
        None if has_yuan => Some((whole(stem)?, MoneyUnit::Yuan)),
        None => None,
    }
}

/// Returns the unit that stands behind an amount. A stored number that a format spells (贰佰零捌万元) has the unit by
/// which what is spelled comes to it: the 万 may be of the number or of the unit.
pub(super) fn unit_behind(key: &str, stored: Option<Decimal>) -> Option<MoneyUnit> {
    let numerals = key.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let Some((number, unit)) = spelled_amount(numerals) else {
        return amount_with_unit(key).map(|(_, unit)| unit);
    };
    match stored {
        Some(stored) if stored == number => Some(unit),
        Some(stored) if unit.convert(number, MoneyUnit::Yuan) == Some(stored) => Some(MoneyUnit::Yuan),
        Some(_) => None,
        None => Some(unit),
    }
}

/// Returns the unit of money that a label names: 项目资金（万元）, 单位：元; `key` is a
/// [`match_key`](crate::text::keys::match_key).
pub(super) fn money_unit(key: &str) -> Option<MoneyUnit> {
    if !key.contains(['元', '万']) {
        None
    } else if key.contains("亿元") {
        Some(MoneyUnit::HundredMillionYuan)
    } else if let Some((before, _)) = split_at_word(key, "万元") {
        match before.chars().next_back() {
            Some('百') => Some(MoneyUnit::MillionYuan),
            // Nobody counts in them, and they are not 万元.
            Some('十' | '千') => None,
            _ => Some(MoneyUnit::TenThousandYuan),
        }
    } else if key.contains("(万)") {
        Some(MoneyUnit::TenThousandYuan)
    } else if key.contains("千元") {
        Some(MoneyUnit::ThousandYuan)
    } else if key.contains("(元)") || key.contains(":元") || key.ends_with("人民币元") {
        Some(MoneyUnit::Yuan)
    } else {
        None
    }
}

/// Returns the unit in brackets at the end of a row's name: 财政拨款（元）. Amounts within the name are none.
pub(super) fn unit_of_name(key: &str) -> Option<MoneyUnit> {
    let (_, inner) = key.strip_suffix(')')?.rsplit_once('(')?;
    let inner = inner.strip_prefix("单位:").unwrap_or(inner);
    amount_with_unit(inner).and_then(|(rest, unit)| (rest.is_empty() || rest == "人民币").then_some(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unit_behind_an_amount_is_taken() {
        for (key, expected) in [
            ("208万元", Some(("208", MoneyUnit::TenThousandYuan))),
            ("208万", Some(("208", MoneyUnit::TenThousandYuan))),
            ("2.08百万元", Some(("2.08", MoneyUnit::MillionYuan))),
            ("2080千元", Some(("2080", MoneyUnit::ThousandYuan))),
            ("2080000元", Some(("2080000", MoneyUnit::Yuan))),
            ("2080000元整", Some(("2080000", MoneyUnit::Yuan))),
            ("208万元整", Some(("208", MoneyUnit::TenThousandYuan))),
            ("208(万元)", Some(("208", MoneyUnit::TenThousandYuan))),
            ("208万人民币", Some(("208", MoneyUnit::TenThousandYuan))),
            ("208萬圓", Some(("208", MoneyUnit::TenThousandYuan))),
            ("208000000分", Some(("208000000", MoneyUnit::Fen))),
            ("20.8十万元", None),
            ("208(第一批万元)", None),
            ("0.0208亿", Some(("0.0208", MoneyUnit::HundredMillionYuan))),
            ("208", None),
        ] {
            assert_eq!(amount_with_unit(key), expected, "{key}");
        }
    }

    #[test]
    fn spelled_amounts_have_the_unit_by_which_they_come_to_what_is_stored() {
        for (key, stored, expected) in [
            ("贰佰零捌万元整", Some(208), Some(MoneyUnit::TenThousandYuan)),
            ("rmb贰佰零捌万元整", Some(2_080_000), Some(MoneyUnit::Yuan)),
            ("贰佰零捌万伍仟元整", Some(2_085_000), Some(MoneyUnit::Yuan)),
            ("一亿二千万元", Some(12_000), None),
            ("贰佰零捌万元整", None, Some(MoneyUnit::TenThousandYuan)),
            ("208万元", Some(208), Some(MoneyUnit::TenThousandYuan)),
        ] {
            assert_eq!(unit_behind(key, stored.map(Decimal::from)), expected, "{key}");
        }
        for (key, expected) in [
            ("贰佰零捌万元整", Some((208, MoneyUnit::TenThousandYuan))),
            ("人民币二百零八万五千元", Some((2_085_000, MoneyUnit::Yuan))),
            ("一亿二千万元", Some((120_000_000, MoneyUnit::Yuan))),
            ("贰佰零捌元伍角", None),
            ("一百", None),
            ("千万", None),
        ] {
            let expected = expected.map(|(number, unit)| (Decimal::from(number), unit));
            assert_eq!(spelled_amount(key), expected, "{key}");
        }
    }

    #[test]
    fn a_label_names_its_unit() {
        for (key, expected) in [
            ("项目资金(万元)", Some(MoneyUnit::TenThousandYuan)),
            ("单位:千元", Some(MoneyUnit::ThousandYuan)),
            ("预算数(百万元)", Some(MoneyUnit::MillionYuan)),
            ("预算数(十万元)", None),
            ("金额单位:元", Some(MoneyUnit::Yuan)),
            ("元旦慰问", None),
        ] {
            assert_eq!(money_unit(key), expected, "{key}");
        }
        assert_eq!(unit_of_name("财政拨款(元)"), Some(MoneyUnit::Yuan));
        assert_eq!(unit_of_name("财政拨款(第二批200万元)"), None);
        assert_eq!(unit_of_name("财政拨款200万元"), None);
    }
}
