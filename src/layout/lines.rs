//! Lines of a form told by their wording: year, unit of money, form number, title and note.

use crate::text::keys::match_key;
use crate::text::words::{any_in, words};

/// Returns the first year 1990–2099 that is followed by 年, and whether it reads 年度 (so that it names the year
/// evaluated).
///
/// Blanks within a year mean nothing, but they part it from a number before it: 附表2 2022年度 is 2022.
pub(super) fn year_in(text: &str) -> Option<(i32, bool)> {
    let key = match_key(text);
    let mut fallback = None;
    for (at, _) in key.match_indices('年') {
        let Some(year) = year_before(text, key.get(..at).unwrap_or_default()) else {
            continue;
        };
        if key.get(at..).unwrap_or_default().starts_with("年度") {
            return Some((year, true));
        }
        fallback.get_or_insert((year, false));
    }
    fallback
}

/// Returns the year at the end of the part of a key that stands before 年.
fn year_before(text: &str, key: &str) -> Option<i32> {
    const LENGTH: usize = 4;
    let is_numeral = |c: char| !c.is_ascii_digit() && western_digit(c).is_ascii_digit();
    // 附件一2023年: figures end where numerals begin.
    let last = key.chars().next_back()?;
    let digits: Vec<char> = key
        .chars()
        .rev()
        .take_while(|c| is_numeral(*c) == is_numeral(last) && western_digit(*c).is_ascii_digit())
        .take(LENGTH + 1)
        .collect();
    if digits.len() < LENGTH || (digits.len() > LENGTH && !is_parted(text, key)) {
        return None;
    }
    let number: String = digits.iter().take(LENGTH).rev().map(|c| western_digit(*c)).collect();
    number.parse().ok().filter(|year| (1990..2100).contains(year))
}

/// Returns whether the text has a blank before the last four characters of this beginning of its key.
fn is_parted(text: &str, key: &str) -> bool {
    const LENGTH: usize = 4;
    let Some(before) = key.chars().count().checked_sub(LENGTH) else {
        return false;
    };
    let mut met = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            if met == before {
                return true;
            }
        } else {
            met += match_key(c.encode_utf8(&mut [0; 4])).chars().count();
        }
        if met > before {
            return false;
        }
    }
    false
}

/// 二〇二三 digit by digit.
fn western_digit(c: char) -> char {
    match c {
        '〇' | '○' | '零' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        other => other,
    }
}

pub(super) fn bare_year(text: &str) -> Option<i32> {
    match_key(text).parse().ok().filter(|year| (1990..2100).contains(year))
}

/// `(2023年度)`, `2023年`, `(二〇二三年度)`, `(2023年度自评)`, `(年度)`, `(20xx年度)`, with either bracket lost.
pub(super) fn is_year_line(key: &str) -> bool {
    let inner = key.trim_matches(['(', ')']);
    let rest = ["年度绩效自评", "年度自评", "年度", "年"]
        .iter()
        .find_map(|end| inner.strip_suffix(end));
    let Some(rest) = rest else { return false };
    let is_left_open = |c: char| c.is_ascii_digit() || matches!(c, 'x' | '_' | '×' | '*' | '-');
    let is_year = || rest.chars().count() == 4 && rest.chars().map(western_digit).all(|c| c.is_ascii_digit());
    (rest.chars().count() <= 5 && rest.chars().all(is_left_open)) || is_year()
}

/// `单位：万元`, `金额单位：元`.
pub(super) fn is_unit_line(key: &str) -> bool {
    let inner = key.trim_matches(['(', ')']).trim_end_matches(':');
    ["单位:", "金额单位:", "单位", "金额单位"].iter().any(|prefix| {
        inner.strip_prefix(prefix).is_some_and(|unit| {
            matches!(
                unit,
                "万元" | "元" | "千元" | "百万元" | "亿元" | "人民币万元" | "人民币元" | "万元、%" | "万元,%"
            )
        })
    })
}

/// `附件1`, `附表2：`, `公开14表`, `表1`, `报表编号：510000_0013zp`.
pub(super) fn is_form_mark(key: &str) -> bool {
    let short = key.chars().count() <= 24;
    let numbered = |prefix: &str| {
        key.strip_prefix(prefix).is_some_and(|rest| {
            rest.trim_matches([':', '.', '-', ' '])
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十-_.表".contains(c))
        })
    };
    short
        && (["附件", "附表", "附", "表", "公开"]
            .iter()
            .any(|prefix| numbered(prefix))
            || key.starts_with("报表编号"))
}

/// `第1页`, `第1页 共2页`, `共2页`, `续表`, `接上页`: what a page break leaves.
pub(super) fn is_page_mark(key: &str) -> bool {
    let inner = key.trim_matches(['(', ')', '-', '—', ':']);
    matches!(inner, "续" | "续表" | "接上页" | "转下页" | "接下页")
        || (inner.contains('页')
            && inner
                .chars()
                .all(|c| c.is_ascii_digit() || "第共页/,一二三四五六七八九十".contains(c)))
}

pub(super) fn is_title(key: &str) -> bool {
    let named = any_in(key, &const { words!["表", "绩效", "评价", "自评"] });
    named && key.chars().count() <= 80 && !is_note(key)
}

pub(super) fn is_note(key: &str) -> bool {
    ["注:", "注", "备注", "说明", "填表说明", "填报说明", "*"]
        .iter()
        .any(|prefix| {
            key.strip_prefix(prefix)
                .is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphabetic() || prefix.ends_with(':')))
        })
}

pub(super) fn is_box_only(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| matches!(c, '□' | '☐' | '○'))
}

/// Returns whether a text is nothing but the number of a row: 1, 一, （二）, 1.2.
pub(super) fn is_number_of_row(key: &str) -> bool {
    const LONGEST: usize = 8;
    let is_of_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '(' | ')' | '.' | ',' | '-' | ':')
            || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    };
    !key.is_empty() && key.chars().all(is_of_number) && key.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_evaluated_is_told_from_years_in_names() {
        assert_eq!(year_in("（ 2023 年度）"), Some((2023, true)));
        assert_eq!(year_in("2023年度项目支出绩效自评表"), Some((2023, true)));
        assert_eq!(year_in("工信局2023年中小企业专项"), Some((2023, false)));
        assert_eq!(year_in("２０２４年度"), Some((2024, true)));
        assert_eq!(year_in("二〇二三年度项目支出绩效自评表"), Some((2023, true)));
        assert_eq!(year_in("十四五规划"), None);
        assert_eq!(year_in("12023年"), None);
        assert_eq!(year_in("附表2 2022年度项目自评表"), Some((2022, true)));
        assert_eq!(year_in("附件一2023年度"), Some((2023, true)));
        assert_eq!(year_in("附表2 2 0 2 2年度"), Some((2022, true)));
        assert_eq!(year_in("编号1 22022年"), None);
    }

    #[test]
    fn lines_of_the_form_are_told_from_content() {
        for key in [
            "(2023年度)",
            "2023年度",
            "2019年度)",
            "(年度)",
            "(20xx年度)",
            "(二〇二三年度)",
            "二○二三年",
            "（2023年度自评）",
        ] {
            assert!(is_year_line(&match_key(key)), "{key}");
        }
        for text in ["2023年度道路维修", "三年", "十三五年度", "连续三年"] {
            assert!(!is_year_line(&match_key(text)), "{text}");
        }
        assert!(is_unit_line(&match_key("金额单位：万元")));
        assert!(is_form_mark(&match_key("附件1")));
        assert!(!is_form_mark(&match_key("附件一览表与说明")));
        assert!(is_page_mark(&match_key("第 1 页，共 2 页")));
        assert!(!is_page_mark(&match_key("印制3页宣传单")));
        assert!(is_note(&match_key("注：1.一级指标分值统一设置为")));
        assert!(!is_note(&match_key("注册企业数量")));
    }
}
