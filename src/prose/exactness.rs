//! Whether a figure is meant exactly, as a bound, or as no value at all.

use super::figure::Figure;

/// Words before a figure that make it no exact one.
const ABOUT_BEFORE: [&str; 11] = [
    "约", "近", "大约", "将近", "接近", "超过", "超", "逾", "约为", "约占", "不足",
];
/// Words behind it.
const ABOUT_AFTER: [&str; 5] = ["左右", "上下", "余", "多元", "多万"];
/// Words before a figure that make it a bound and no value.
const BOUND_BEFORE: [&str; 24] = [
    "≥",
    "≤",
    ">",
    "<",
    "不少于",
    "不低于",
    "不高于",
    "不超过",
    "不大于",
    "不小于",
    "大于",
    "小于",
    "低于",
    "高于",
    "至少",
    "最多",
    "少于",
    "多于",
    "不得低于",
    "不得超过",
    "大于等于",
    "小于等于",
    "控制在",
    "达不到",
];

/// Marks a figure by the words around it.
pub(super) fn judge(text: &str, figure: &mut Figure, after: &str) {
    let before = text.get(..figure.start).unwrap_or_default();
    // 节约2.4万元 is exact.
    let is_word = ["节约", "签约", "集约", "合约", "契约", "附近"]
        .iter()
        .any(|word| before.ends_with(word));
    figure.is_about |= !is_word && ABOUT_BEFORE.iter().any(|word| before.ends_with(word))
        || ABOUT_AFTER.iter().any(|word| after.starts_with(word));
    let is_range = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '~' | '至' | '—'));
    let next = after.chars().next();
    let ranged_on = is_range(next)
        && after
            .get(next.map_or(0, char::len_utf8)..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let previous = before.chars().next_back();
    let ranged_back = is_range(previous)
        && before
            .trim_end_matches(['-', '~', '至', '—'])
            .ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '分' | ')' | '元'));
    figure.is_bound |= ranged_on
        || ranged_back
        || previous == Some('第')
        || previous == Some('列')
        || BOUND_BEFORE.iter().any(|word| before.ends_with(word))
        || ["以上", "以下", "以内", "及以上", "(含)以上", "(含)", "以外"]
            .iter()
            .any(|word| after.starts_with(word));
}
