//! Units of money: in labels, behind amounts, and what one table's amounts come to in one of them.

use crate::model::MoneyUnit;

/// Words behind an amount, the longer of two that end alike first.
const BEHIND: [(&str, MoneyUnit); 9] = [
    ("亿元", MoneyUnit::HundredMillionYuan),
    ("亿", MoneyUnit::HundredMillionYuan),
    ("百万元", MoneyUnit::MillionYuan),
    ("百万", MoneyUnit::MillionYuan),
    ("万元", MoneyUnit::TenThousandYuan),
    ("万", MoneyUnit::TenThousandYuan),
    ("千元", MoneyUnit::ThousandYuan),
    ("元整", MoneyUnit::Yuan),
    ("元", MoneyUnit::Yuan),
];

/// Returns an amount such as 100万元 without its unit, and the unit; `key` is a
/// [`match_key`](crate::text::keys::match_key).
pub(super) fn amount_with_unit(key: &str) -> Option<(&str, MoneyUnit)> {
    BEHIND
        .into_iter()
        .find_map(|(word, unit)| Some((key.strip_suffix(word)?, unit)))
}

/// Returns the unit of money that a label names: 项目资金（万元）, 单位：元; `key` is a
/// [`match_key`](crate::text::keys::match_key).
pub(super) fn money_unit(key: &str) -> Option<MoneyUnit> {
    if !key.contains(['元', '万']) {
        None
    } else if key.contains("亿元") {
        Some(MoneyUnit::HundredMillionYuan)
    } else if let Some((before, _)) = key.split_once("万元") {
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
            ("0.0208亿", Some(("0.0208", MoneyUnit::HundredMillionYuan))),
            ("208", None),
        ] {
            assert_eq!(amount_with_unit(key), expected, "{key}");
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
