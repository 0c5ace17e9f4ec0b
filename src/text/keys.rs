//! Texts made comparable: what is left of a label after width, blanks and decoration are taken away.
//!
//! Two steps, because a value must keep what a header may lose: [`match_key`] only folds width and
//! white space; [`header_key`] also drops bracketed units, formula letters and closing punctuation.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::placeholder::{is_not_applicable, is_placeholder};
use crate::text::width::{folded, nfkc};
use crate::text::words::split_first_code;

/// Returns the text in half width, without any white space or invisible characters, in lower case.
pub fn match_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    push_match_key(text, &mut key);
    key
}

/// Returns what is left of a name of a project or unit when width, blanks, punctuation and case are taken away.
pub(crate) fn name_key(name: &str) -> String {
    let is_of_name = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric();
    let mut key = match_key(name);
    if !key.chars().all(is_of_name) {
        key.retain(is_of_name);
    }
    key
}

/// 2023年农村公路养护 goes on from 2022年农村公路养护.
pub(crate) fn without_year(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    match rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) {
        Some(rest) if digits == 4 && !rest.is_empty() => rest,
        _ => name,
    }
}

/// Parts a name into the code that a system puts before it and the name: 51000021R000000019951-农村公路养护,
/// 219001-县公路站.
pub(crate) fn project_code(name: &str) -> Option<(&str, &str)> {
    const SHORTEST: usize = 3;
    let trimmed = name.trim();
    let rest = trimmed.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let code = trimmed.get(..trimmed.len() - rest.len())?;
    let name = rest.strip_prefix(['-', '－', '—', '_'])?.trim();
    let is_code = code.len() >= SHORTEST && code.bytes().any(|byte| byte.is_ascii_digit());
    (is_code && !name.is_empty()).then_some((code, name))
}

/// Returns a unit's or department's name without the code that a system puts before it: 219001-县公路站, [155]县教育局.
pub(crate) fn without_unit_code(name: &str) -> &str {
    let trimmed = name.trim();
    let bracketed = [('[', ']'), ('［', '］'), ('【', '】'), ('(', ')'), ('（', '）')];
    let without = bracketed.into_iter().find_map(|(open, close)| {
        let (code, name) = trimmed.strip_prefix(open)?.split_once(close)?;
        let is_code = !code.is_empty() && code.chars().all(|c| c.is_ascii_digit());
        (is_code && !name.trim().is_empty()).then_some(name.trim())
    });
    let without = without.or_else(|| Some(project_code(trimmed)?.1));
    // Behind a code that is all there is, nothing would name the unit.
    without.filter(|name| !name_key(name).is_empty()).unwrap_or(trimmed)
}

/// Returns the key of a unit's or department's name, see [`without_unit_code`] and [`name_key`].
pub(crate) fn unit_name_key(name: &str) -> String {
    name_key(without_unit_code(name))
}

/// Returns a 64-bit mark of a text, by which long lists are compared: the same on every machine and in every version.
pub(crate) fn mark(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |mark, byte| (mark << 8) | u64::from(*byte))
}

/// Appends the [`match_key`] of a text.
pub(crate) fn push_match_key(text: &str, key: &mut String) {
    // Nearly all characters of a table stay as they are and are taken over together.
    let start = key.len();
    let mut piece = 0;
    let mut rest = text.as_bytes();
    while let Some((code, after)) = split_first_code(rest) {
        let at = text.len() - rest.len();
        rest = after;
        if matches!(code, 0x4e00..=0x9fff | 0x30..=0x39 | 0x2e) {
            continue;
        }
        key.push_str(text.get(piece..at).unwrap_or_default());
        piece = text.len() - rest.len();
        match char::from_u32(code).and_then(folded) {
            Some(c) => push_key_character(c, key),
            None => {
                key.truncate(start);
                nfkc(text).chars().for_each(|c| push_key_character(c, key));
                return;
            }
        }
    }
    key.push_str(text.get(piece..).unwrap_or_default());
}

fn push_key_character(c: char, key: &mut String) {
    match c {
        c if c.is_whitespace() || is_invisible(c) => {}
        c if c.is_ascii() => key.push(fold_punctuation(c.to_ascii_lowercase())),
        c => key.extend(c.to_lowercase().map(fold_punctuation)),
    }
}

pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

fn fold_punctuation(c: char) -> char {
    match c {
        '【' | '〔' | '［' | '[' | '{' | '〈' | '《' | '（' | '「' => '(',
        '】' | '〕' | '］' | ']' | '}' | '〉' | '》' | '）' | '」' => ')',
        '︰' | '∶' | '：' => ':',
        '、' | '，' => ',',
        other => other,
    }
}

/// Returns a header's or label's wording alone: [`match_key`] without brackets that hold a unit, points or formula
/// letters, without a trailing formula letter (全年预算数A), and without closing punctuation.
pub fn header_key(key: &str) -> Cow<'_, str> {
    if !key.as_bytes().contains(&b'(') {
        return Cow::Borrowed(wording(key));
    }
    Cow::Owned(wording(&without_decoration(key)).to_owned())
}

fn without_decoration(key: &str) -> String {
    let mut rest = String::with_capacity(key.len());
    let mut chars = key.chars();
    while let Some(c) = chars.next() {
        if c == '(' {
            let ahead: String = chars.clone().take_while(|c| *c != ')').collect();
            let closed = chars.clone().nth(ahead.chars().count()) == Some(')');
            if closed && is_decoration(&ahead) {
                chars.by_ref().take(ahead.chars().count() + 1).for_each(drop);
                continue;
            }
        }
        rest.push(c);
    }
    rest
}

fn wording(rest: &str) -> &str {
    let is_ideograph = |c: Option<char>| matches!(c, Some('\u{4e00}'..='\u{9fff}'));
    if is_ideograph(rest.chars().next()) && is_ideograph(rest.chars().next_back()) {
        return rest;
    }
    let trimmed = rest.trim_matches(|c: char| matches!(c, ':' | '*' | '★' | '。' | '.' | ';' | ',' | '-' | '_' | '#'));
    let without_letter = match trimmed.char_indices().next_back() {
        Some((at, last)) if last.is_ascii_lowercase() => {
            let head = trimmed.get(..at).unwrap_or_default();
            if head.chars().next_back().is_some_and(|c| !c.is_ascii()) {
                head
            } else {
                trimmed
            }
        }
        _ => trimmed,
    };
    without_letter.trim_end_matches(':')
}

/// Returns whether a bracket only holds points, a unit or formula letters: (20分) (万元) (A) (B/A×100%) (①).
fn is_decoration(inner: &str) -> bool {
    const WORDS: [&str; 24] = [
        "分",
        "%",
        "万元",
        "元",
        "亿元",
        "万",
        "百分比",
        "百分制",
        "盖章",
        "公章",
        "签章",
        "签字",
        "章",
        "字",
        "必填",
        "选填",
        "可选",
        "千元",
        "百万元",
        "单位:万元",
        "单位:元",
        "单位:千元",
        "单位:百万元",
        "单位:亿元",
    ];
    WORDS.contains(&inner)
        || inner.is_empty()
        // How the column is worked out: 得分（=分值×完成率）.
        || inner.starts_with('=')
        || is_length_hint(inner)
        || (inner.contains('分')
            && inner.chars().any(|c| c.is_ascii_digit())
            && inner
                .chars()
                .all(|c| c.is_ascii_digit() || "分满值共计权重为占制*×x.%:执行率".contains(c)))
        || inner.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || matches!(c, '/' | '*' | '×' | 'x' | '%' | '+' | '-' | '=' | '.' | '÷' | '①'..='⑩')
        })
}

/// `200字`, `500字以内`, `不超过300字`: how long the answer may be.
fn is_length_hint(inner: &str) -> bool {
    inner.contains('字')
        && inner.chars().any(|c| c.is_ascii_digit())
        && inner
            .chars()
            .all(|c| c.is_ascii_digit() || "字以内左右不超过限约-~".contains(c))
}

/// Returns the half-width form of a single character.
pub(crate) fn fold_width(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    fold_punctuation(narrow)
}

/// Returns two labels as one: 合计·复核得分.
pub(crate) fn joined_label(row: &str, column: &str) -> String {
    let bare = |text: &str| text.trim().trim_end_matches([':', '：']).trim_end().to_owned();
    format!("{}·{}", bare(row), bare(column))
}

/// Returns whether a text is only a formula letter or its place in a formula row: (A), ①, B/A×100%, ⑤=③/②.
pub(crate) fn is_formula_letters(text: &str) -> bool {
    let inner: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(fold_width).collect();
    let circled = |c: char| ('①'..='⑳').contains(&c);
    let letters = inner.iter().filter(|c| c.is_ascii_alphabetic()).count();
    letters <= 4
        && inner.iter().any(|c| c.is_ascii_alphabetic() || circled(*c))
        && inner
            .iter()
            .all(|c| c.is_ascii_alphabetic() || circled(*c) || "/*×+-=÷()%10".contains(*c))
}

/// Returns a header without the number of its column or the formula behind it: 执行率⑤=③/②, whose key ends in 5=3/2.
pub(crate) fn without_column_number(key: &str) -> &str {
    key.trim_end_matches(|c: char| matches!(c, '0'..='9' | '=' | '/' | '*' | '×' | '+' | '-' | '÷' | '(' | ')' | '%'))
}

/// Returns a heading without the ordinal before it: 二、预算执行情况, （一）基本情况, 3.绩效指标.
pub(crate) fn without_ordinal(key: &str) -> Option<&str> {
    // Few texts begin with one.
    if !key.starts_with(|c| c == '(' || is_numeral(c)) {
        return None;
    }
    let bare = key.trim_start_matches('(');
    let rest = bare.trim_start_matches(is_numeral);
    let name = rest.trim_start_matches([')', ',', '.', ':']);
    (rest.len() < bare.len() && name.len() < rest.len() && !name.is_empty()).then_some(name)
}

const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    )
}

/// Returns a 三级指标 name without its leading `指标1：`, trimmed; inner text as found.
pub fn strip_indicator_prefix(text: &str) -> &str {
    let trimmed = super::trimmed(text);
    for prefix in ["三级指标", "指标"] {
        if let Some(rest) = trimmed.strip_prefix(prefix) {
            let after_digits = rest.trim_start().trim_start_matches(|c: char| {
                c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c)
            });
            let had_digits = after_digits.len() < rest.trim_start().len();
            let after = after_digits.trim_start();
            if had_digits && let Some(name) = after.strip_prefix([':', '：', '.', '、', '．']) {
                return name.trim();
            }
        }
    }
    trimmed
}

/// Returns whether a cell's text gives no value: a placeholder, or the answer that none applies.
pub fn gives_no_value(text: &str) -> bool {
    is_placeholder(text) || is_not_applicable(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_wording_survives_its_decoration() {
        for (written, expected) in [
            ("全年预算数A", "全年预算数"),
            ("全年预算数（A）", "全年预算数"),
            ("执行率（B/A×100%）", "执行率"),
            ("得 分\n（分）", "得分"),
            ("项目名称：", "项目名称"),
            ("绩效指标(90分)", "绩效指标"),
            ("项目资金\n（万元）", "项目资金"),
            ("转移支付（项目）名称", "转移支付(项目)名称"),
            ("三 级　指 标", "三级指标"),
            ("评价结论（200字以内）", "评价结论"),
        ] {
            assert_eq!(header_key(&match_key(written)), expected, "{written}");
        }
    }

    #[test]
    fn a_systems_code_is_no_part_of_a_units_name() {
        for (written, name) in [
            ("219001-县公路站", "县公路站"),
            ("[155] 县教育局", "县教育局"),
            ("（155）县教育局", "县教育局"),
            ("县教育局", "县教育局"),
            ("（原）县教育局", "（原）县教育局"),
            ("[155]—", "[155]—"),
            ("2-县教育局", "2-县教育局"),
        ] {
            assert_eq!(without_unit_code(written), name, "{written}");
        }
    }

    #[test]
    fn an_indicator_number_is_no_part_of_its_name() {
        assert_eq!(strip_indicator_prefix("指标1：培训人数"), "培训人数");
        assert_eq!(strip_indicator_prefix("指标 2: 合格率"), "合格率");
        assert_eq!(strip_indicator_prefix("指标完成率"), "指标完成率");
    }
}
