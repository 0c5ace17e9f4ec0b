//! Targets that are not filled in although something stands there: a sign and a unit without a figure, a choice of
//! answers.

use super::in_words::UNITS;
use super::texts::{FoldedText, Word, words};
use crate::text::words::strip_prefix;

/// Signs between a value and what is measured against it.
const SIGNS: [char; 10] = ['≥', '≤', '>', '<', '=', '≧', '≦', '±', '≈', '≠'];

/// The same in words.
const SIGN_WORDS: [Word; 10] = words![
    "大于等于",
    "小于等于",
    "不低于",
    "不少于",
    "不小于",
    "不超过",
    "不高于",
    "不大于",
    "大于",
    "小于",
];

/// What a form prints for the figure that is to be filled in.
const GAPS: [char; 8] = ['X', 'x', '×', '*', '_', '…', '○', '□'];

/// Units that no sentence counts in, but a value may stand in.
const FURTHER_UNITS: [&str; 11] = [
    "个", "天", "日", "周", "个月", "月", "年", "小时", "分钟", "元/人", "起",
];

/// Kinds of a target, which stand in a column of their own.
const KINDS: [&str; 5] = ["定性", "定量", "定性指标", "定量指标", "百分比"];

/// Returns whether a target has signs, gaps and a unit, or the name of its kind, where a figure belongs: `≥**人`,
/// `XX%`, `____公里`, `≥、≤、=`, `定量`.
pub fn lacks_its_figure(text: &FoldedText<'_>) -> bool {
    let text = text.as_str();
    if KINDS.contains(&text) {
        return true;
    }
    let mut rest = text;
    let mut has_sign = false;
    loop {
        let after = rest.trim_start_matches(SIGNS);
        let after = strip_prefix(after, &SIGN_WORDS).unwrap_or(after);
        if after.len() == rest.len() {
            break;
        }
        has_sign = true;
        rest = after.trim_start_matches(['、', '/', ',', '或']);
    }
    let unit = rest.trim_start_matches(GAPS);
    let gaps = rest.chars().count() - unit.chars().count();
    let is_unit = || UNITS.contains(&unit) || FURTHER_UNITS.contains(&unit);
    match (has_sign, gaps, unit) {
        (true, _, "") => true,
        (true, ..) => is_unit(),
        (false, 0, _) | (false, 1, "") => false,
        (false, 1, _) => unit == "%" && !rest.starts_with(['○', '□']),
        (false, _, "") => gaps >= 2,
        (false, ..) => is_unit(),
    }
}

/// Answers of which a form offers several, from the best down; each with what its opposite begins with.
const ANSWERS: [(&str, &[&str]); 6] = [
    ("是", &["否", "不是"]),
    ("有", &["无", "没有"]),
    ("达成", &["未达成", "没有达成"]),
    ("完成", &["未完成", "没有完成"]),
    ("合格", &["不合格"]),
    ("好", &["一般", "差", "较差", "不好"]),
];

/// Returns whether a target is the answers to choose from: `是/否`, `达成、部分达成、未达成`.
pub fn is_choice(text: &FoldedText<'_>) -> bool {
    let parts: Vec<&str> = text
        .split(['/', '、', '或', '|', '\\', ',', '，', ';', '；'])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, .., last] = parts.as_slice() else {
        return false;
    };
    ANSWERS.iter().any(|(best, worst)| {
        let tail = first.strip_prefix(best).or_else(|| {
            let is_good = *best == "好" && matches!(*first, "很好" | "较好");
            is_good.then_some("")
        });
        let Some(tail) = tail else { return false };
        worst.iter().any(|worst| match last.strip_prefix(worst) {
            // 有组织、无投诉 are two demands, 有台账、无台账 is a choice.
            Some(rest) if parts.len() == 2 => rest == tail || rest.is_empty(),
            Some(_) => !matches!(*best, "是" | "有") && parts.iter().all(|part| part.chars().count() <= LONGEST_ANSWER),
            None => false,
        })
    })
}

/// `部分达成预期指标并具有一定效果` has fifteen characters.
const LONGEST_ANSWER: usize = 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_a_gap_and_a_unit_are_no_figure() {
        for text in [
            "≥**人",
            "≥××公里",
            "XX%",
            "≥X%",
            "____公里",
            "≥公里",
            "≥",
            "≥、≤、=",
            "不少于XX场",
            ">=__万元",
            "定量",
        ] {
            assert!(lacks_its_figure(&FoldedText::new(text)), "{text}");
        }
        for text in [
            "≥20人",
            "20公里",
            "X射线机",
            "XX村道路",
            "≥一个",
            "全部合格",
            "=基期值",
            "≥上年",
            "",
            "x",
            "人",
            "定性描述到位",
            "不低于上年",
        ] {
            assert!(!lacks_its_figure(&FoldedText::new(text)), "{text}");
        }
    }

    #[test]
    fn answers_to_choose_from_are_no_answer() {
        for text in [
            "是/否",
            "有、无",
            "达成/部分达成/未达成",
            "达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差",
            "好、较好、一般",
            "合格/不合格",
        ] {
            assert!(is_choice(&FoldedText::new(text)), "{text}");
        }
        for text in [
            "是",
            "有组织、无投诉",
            "完成验收、完成结算",
            "合格",
            "好",
            "完成招标，无违规行为",
            "有制度、有台账、无违规行为发生",
        ] {
            assert!(!is_choice(&FoldedText::new(text)), "{text}");
        }
    }
}
